//! Log-in, log-out, invitations, and the proof of a session that every other page of the admin asks for.

use app::pages::admin::{self, Frame, LogInForm, PasswordForm};
use app::paths::route::admin as route;
use axum::extract::{FromRequestParts, Path, RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use shop::AdminError;
use words::Language;

use super::super::query;
use crate::http::failure::Failure;
use crate::http::language::{Reads, reader};
use crate::http::site::Site;

/// The session's cookie. It is sent to the admin only.
const COOKIE: &str = "atelier_admin";
const PATH: &str = route::PRODUCTS;

/// Who is logged in. As an argument of a handler it keeps everybody else out.
pub(super) struct Admin {
    pub(super) email: String,
    /// The language they read.
    pub(super) language: Language,
}

impl Admin {
    /// What every page needs.
    pub(super) fn frame<'a>(&'a self, site: &'a Site) -> Frame<'a> {
        Frame { assets: &site.assets, administrator: &self.email, language: self.language }
    }
}

impl FromRequestParts<Site> for Admin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let known = match session(&parts.headers) {
            Some(session) => site
                .shop
                .administrator(&session)
                .await
                .map_err(|error| Failure::from(error).into_response())?,
            None => None,
        };
        let language = reader(&parts.uri, &parts.headers, site).language;
        known.map(|known| Self { email: known.email, language }).ok_or_else(|| {
            let wanted = match parts.method {
                Method::GET => parts.uri.path_and_query().map(ToString::to_string),
                _ => came_from(&parts.headers),
            };
            let next = form_urlencoded::Serializer::new(String::new())
                .append_pair("next", &own(wanted.as_deref()))
                .finish();
            Redirect::to(&format!("{}?{next}", route::LOG_IN)).into_response()
        })
    }
}

fn session(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// Path and query of the page that sent a form.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let uri: axum::http::Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    uri.path_and_query().map(ToString::to_string)
}

/// An address within the admin, or the admin's first page: nobody is sent elsewhere after a log-in.
fn own(wanted: Option<&str>) -> String {
    let within = |address: &&str| {
        let rest = address.strip_prefix(PATH);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
            && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
            && !address.starts_with(route::LOG)
    };
    wanted.filter(within).unwrap_or(PATH).to_owned()
}

fn cookie(site: &Site, value: String) -> Cookie<'static> {
    Cookie::build((COOKIE, value))
        .path(PATH)
        .http_only(true)
        .secure(site.secure)
        .same_site(SameSite::Strict)
        .build()
}

/// The log-in page.
pub(super) async fn form(
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let next = own(query::value(&sent, "next"));
    if let Some(session) = session(&headers)
        && site.shop.administrator(&session).await?.is_some()
    {
        return Ok(Redirect::to(&next).into_response());
    }
    let form = LogInForm { next, ..LogInForm::default() };
    Ok(Html(admin::log_in(&site.assets, reader.language, form)).into_response())
}

/// Starts a session.
pub(super) async fn log_in(
    State(site): State<Site>,
    Reads(reader): Reads,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().to_owned();
    let next = own(query::value(&sent, "next"));
    match site.shop.log_in(&field("email"), &field("password")).await {
        Ok(session) => {
            Ok((CookieJar::new().add(cookie(&site, session)), Redirect::to(&next)).into_response())
        }
        Err(error) => {
            let error = refused(error)?;
            let form =
                LogInForm { next, email: field("email"), message: Some(error.sentence(reader.language)) };
            Ok((error.status(), Html(admin::log_in(&site.assets, reader.language, form))).into_response())
        }
    }
}

/// What is shown in place; everything that is not about the person is a page of its own.
fn refused(error: AdminError) -> Result<Failure, Failure> {
    match Failure::from(error) {
        error @ Failure::Access(_) => Ok(error),
        error => Err(error),
    }
}

/// Ends a session, also one that has ended already.
pub(super) async fn log_out(State(site): State<Site>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(session) = session(&headers) {
        site.shop.log_out(&session).await?;
    }
    let mut over = cookie(&site, String::new());
    over.set_max_age(time::Duration::ZERO);
    Ok((CookieJar::new().add(over), Redirect::to(route::LOG_IN)).into_response())
}

/// The page of an invitation.
pub(super) async fn invitation(
    State(site): State<Site>,
    Path(token): Path<String>,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    match site.shop.invited(&token).await? {
        Some(email) => {
            let form = PasswordForm { token, email, ..PasswordForm::default() };
            Ok(Html(admin::invite(&site.assets, reader.language, form)).into_response())
        }
        None => Ok(over(&site, reader.language)),
    }
}

fn over(site: &Site, language: Language) -> Response {
    let status = Failure::from(AdminError::InviteNotValid).status();
    (status, Html(admin::invite_over(&site.assets, language))).into_response()
}

/// Sets the password of an invited person and starts a session.
pub(super) async fn accept(
    State(site): State<Site>,
    Path(token): Path<String>,
    Reads(reader): Reads,
    body: String,
) -> Result<Response, Failure> {
    let language = reader.language;
    let Some(email) = site.shop.invited(&token).await? else { return Ok(over(&site, language)) };
    let sent = query::form(&body)?;
    let field = |name: &str| query::value(&sent, name).unwrap_or_default();
    let mut form = PasswordForm { token: token.clone(), email, ..PasswordForm::default() };
    if field("password") != field("again") {
        let error = Failure::PasswordsDiffer;
        form.again = Some(error.sentence(language));
        return Ok((error.status(), Html(admin::invite(&site.assets, language, form))).into_response());
    }
    match site.shop.accept_invite(&token, field("password")).await {
        Ok(session) => Ok((CookieJar::new().add(cookie(&site, session)), Redirect::to(PATH)).into_response()),
        Err(AdminError::InviteNotValid) => Ok(over(&site, language)),
        Err(error) => {
            let error = refused(error)?;
            form.password = Some(error.sentence(language));
            Ok((error.status(), Html(admin::invite(&site.assets, language, form))).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn leads_nowhere_but_into_the_admin() {
        for address in ["/admin", "/admin/orders?before=1001", "/admin/products/trainer", "/admin?x=1"] {
            assert_eq!(own(Some(address)), address);
        }
        for address in [
            "https://example.org/admin",
            "//example.org/admin",
            "/administrators",
            "/admin\\example.org",
            "/admin/\r\nlocation: x",
            "/admin/log-in",
            "/admin/logout",
            "/admin/ü",
            "/",
            "",
        ] {
            assert_eq!(own(Some(address)), "/admin", "{address}");
        }
        assert_eq!(own(None), "/admin");
    }
}
