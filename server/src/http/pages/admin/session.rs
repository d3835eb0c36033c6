//! Log-in, log-out, invitations, and the proof of a session that every other page of the admin asks for.

use std::sync::Arc;

use app::pages::admin::{self, Frame, LogInForm, PasswordForm, Rail};
use app::paths::route::admin as route;
use app::ui::form::Rights;
use axum::extract::{FromRequestParts, Path, RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{CookieJar, SameSite};
use shop::access::{Capability, Role};
use shop::{AdminError, Administrator, Entered, Visitor};
use url::Url;
use words::Language;

use super::super::query;
use super::browser::browser;
use crate::http::access::Access;
use crate::http::cookies;
use crate::http::counted::Refusal;
use crate::http::failure::Failure;
use crate::http::language::{Reads, reader};
use crate::http::limits::Asking;
use crate::http::site::Site;

/// The session's cookie.
const COOKIE: &str = "atelier_admin";
const PATH: &str = route::START;
/// The cookie by which a browser is known that was logged in before.
const DEVICE: &str = "atelier_device";
/// How long such a browser is known.
const DEVICE_KEPT: time::Duration = time::Duration::days(365);

/// Who is logged in. As an argument of a handler it keeps everybody else out.
pub(crate) struct Admin {
    pub(super) email: String,
    /// The language they read.
    pub(super) language: Language,
    /// Their role.
    pub(super) role: Role,
    /// The pages that they may read.
    menu: Vec<Rail>,
    /// Whether they may change what the page shows.
    may_change: bool,
    /// The addresses that they may send forms to.
    rights: Rights,
}

impl Admin {
    /// What every page needs.
    pub(super) fn frame<'a>(&'a self, site: &'a Site) -> Frame<'a> {
        Frame {
            assets: &site.assets,
            administrator: &self.email,
            language: self.language,
            menu: &self.menu,
            may_change: self.may_change,
            rights: &self.rights,
        }
    }

    /// Somebody whose request failed, whatever they may do, for a page that says so.
    pub(crate) async fn of_failed(site: &Site, headers: &HeaderMap, language: Language) -> Option<Self> {
        let session = session(site, headers)?;
        let who = site.shop.administrator(&session).await.ok()??;
        Some(Self::with(site, who, true, language))
    }

    /// The page that tells them what went wrong.
    pub(crate) fn failed(&self, site: &Site, title: &str, message: &str) -> String {
        admin::failed(self.frame(site), title, message)
    }

    fn with(site: &Site, who: Administrator, may_change: bool, language: Language) -> Self {
        let role = who.role;
        let menu = Rail::ALL.into_iter().filter(|rail| role.may(takes(*rail))).collect();
        let addresses = Arc::clone(&site.access);
        let rights = Rights::new(move |address| addresses.may_send(role, address));
        Self { may_change, rights, email: who.email, language, role, menu }
    }

    /// Somebody on a page, where their role lets them.
    async fn on(parts: &Parts, site: &Site, who: Administrator) -> Result<Self, Failure> {
        let Some(Access::Needs { see, act }) = parts.extensions.get::<Access>().copied() else {
            return Err(Failure::BrokenOff);
        };
        let needed = if parts.method.is_safe() { see } else { act };
        site.shop.allow(&who, needed).await?;
        let may_change = who.role.may(act);
        Ok(Self::with(site, who, may_change, reader(&parts.uri, &parts.headers, site).language))
    }
}

impl FromRequestParts<Site> for Admin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let known = match session(site, &parts.headers) {
            Some(session) => site
                .shop
                .administrator(&session)
                .await
                .map_err(|error| Failure::from(error).into_response())?,
            None => None,
        };
        if let Some(known) = known {
            return Self::on(parts, site, known).await.map_err(IntoResponse::into_response);
        }
        let wanted = match parts.method {
            Method::GET => parts.uri.path_and_query().map(ToString::to_string),
            _ => came_from(&parts.headers),
        };
        let next = form_urlencoded::Serializer::new(String::new())
            .append_pair("next", &own(wanted.as_deref()))
            .finish();
        Err(Redirect::to(&format!("{}?{next}", route::LOG_IN)).into_response())
    }
}

/// What it takes to read a part of the admin.
fn takes(rail: Rail) -> Capability {
    match rail {
        Rail::Start | Rail::Account => Capability::OwnAccount,
        Rail::Products | Rail::Releases | Rail::Insight => Capability::SeeProducts,
        Rail::Orders => Capability::SeeOrders,
        Rail::Customers => Capability::SeeCustomers,
        Rail::Experiments => Capability::RunExperiments,
        Rail::Campaigns => Capability::RunCampaigns,
        Rail::People => Capability::ManagePeople,
        Rail::Settings => Capability::EditSettings,
    }
}

pub(super) fn session(site: &Site, headers: &HeaderMap) -> Option<String> {
    cookies::kept(site, headers, COOKIE)
}

/// Path and query of the page that sent a form.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let uri: axum::http::Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    uri.path_and_query().map(ToString::to_string)
}

/// An address within the admin as browsers resolve it, or the admin's first page: nobody is sent elsewhere after a log-in.
fn own(wanted: Option<&str>) -> String {
    let within = |address: &str| {
        // Its host is nowhere; whatever leads to another one is not ours.
        let here = Url::parse("http://atelier.invalid/").ok()?;
        let there = here.join(address).ok().filter(|there| there.origin() == here.origin())?;
        let path = there.path();
        let rest = path.strip_prefix(PATH)?;
        let is_admin = rest.is_empty() || rest.starts_with('/');
        // What is left of an encoded slash or backslash might be resolved once more by somebody.
        let is_plain = !path.starts_with(route::LOG) && !path.contains(['%', '\\']) && !path.contains("//");
        let query = there.query().map(|query| format!("?{query}")).unwrap_or_default();
        (is_admin && is_plain).then(|| format!("{path}{query}"))
    };
    let plain = wanted.filter(|address| address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'));
    plain.and_then(within).unwrap_or_else(|| PATH.to_owned())
}

/// What a browser keeps of somebody who was let in.
fn let_in(site: &Site, entered: Entered) -> CookieJar {
    known_anew(site, entered.device).add(cookies::cookie(site, COOKIE, entered.session, SameSite::Strict))
}

/// What a browser keeps by which it is known to an account whose password it changed.
pub(super) fn known_anew(site: &Site, device: String) -> CookieJar {
    let mut device = cookies::cookie(site, DEVICE, device, SameSite::Strict);
    device.set_max_age(DEVICE_KEPT);
    CookieJar::new().add(device)
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
    if let Some(session) = session(&site, &headers)
        && site.shop.administrator(&session).await?.is_some()
    {
        return Ok(Redirect::to(&next).into_response());
    }
    if waits(&site, &headers).await?.is_some() && query::value(&sent, "anew").is_none() {
        let form = LogInForm { next, ..LogInForm::default() };
        return Ok(Html(admin::enter_code(&site.assets, reader.language, form)).into_response());
    }
    let form = LogInForm { next, ..LogInForm::default() };
    Ok(Html(admin::log_in(&site.assets, reader.language, form)).into_response())
}

/// The session that waits for a second factor, if this browser has one.
async fn waits(site: &Site, headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(session) = session(site, headers) else { return Ok(None) };
    Ok(site.shop.waits_for_code(&session).await?.then_some(session))
}

/// Lets a session in that waits for its second factor.
async fn take_code(
    site: &Site,
    session: &str,
    code: &str,
    next: String,
    language: Language,
) -> Result<Response, Failure> {
    match site.shop.enter_code(session, code).await {
        Ok(()) => Ok(Redirect::to(&next).into_response()),
        Err(error) => {
            let error = refused(error)?;
            let form = LogInForm { next, message: Some(error.sentence(language)), ..LogInForm::default() };
            let wait = error.retry_after().map(|wait| [(header::RETRY_AFTER, wait.to_string())]);
            let html = Html(admin::enter_code(&site.assets, language, form));
            Ok(Refusal(error.kind().code).as_told_by((error.status(), wait, html).into_response()))
        }
    }
}

/// Starts a session, or lets one in that waits for a code.
pub(super) async fn log_in(
    State(site): State<Site>,
    Reads(reader): Reads,
    Asking(client): Asking,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().to_owned();
    let next = own(query::value(&sent, "next"));
    if let Some(code) = query::value(&sent, "code")
        && let Some(session) = waits(&site, &headers).await?
    {
        return take_code(&site, &session, code, next, reader.language).await;
    }
    let device = cookies::kept(&site, &headers, DEVICE);
    let visitor = Visitor { client, device, browser: browser(&headers) };
    match site.shop.log_in(&field("email"), &field("password"), &visitor).await {
        Ok(entered) => Ok((let_in(&site, entered), Redirect::to(&next)).into_response()),
        Err(error) => {
            let error = refused(error)?;
            let form =
                LogInForm { next, email: field("email"), message: Some(error.sentence(reader.language)) };
            let wait = error.retry_after().map(|wait| [(header::RETRY_AFTER, wait.to_string())]);
            let html = Html(admin::log_in(&site.assets, reader.language, form));
            let shown = (error.status(), wait, html).into_response();
            Ok(Refusal(error.kind().code).as_told_by(shown))
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
    if let Some(session) = session(&site, &headers) {
        site.shop.log_out(&session).await?;
    }
    Ok((CookieJar::new().add(cookies::over(&site, COOKIE, SameSite::Strict)), Redirect::to(route::LOG_IN))
        .into_response())
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
    headers: HeaderMap,
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
    match site.shop.accept_invite_in(&token, field("password"), &browser(&headers)).await {
        Ok(entered) => Ok((let_in(&site, entered), Redirect::to(PATH)).into_response()),
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
            "/admin/..",
            "/admin/../..",
            "/admin/../products/mug",
            "/admin/x/../../products",
            "/admin/%2e%2e/products",
            "/admin/.%2E/products",
            "/admin/%5c..%5c../products",
            "/admin/..%2f..%2fproducts",
            "/admin/x\\..\\..\\products",
            "/admin//example.org",
            "/admin/./log-in",
            "/admin/x/../logout",
            "/",
            "",
        ] {
            assert_eq!(own(Some(address)), "/admin", "{address}");
        }
        assert_eq!(own(None), "/admin");
        assert_eq!(own(Some("/admin/products/../orders?before=1001")), "/admin/orders?before=1001");
        assert_eq!(own(Some("/products/../admin/orders")), "/admin/orders");
    }
}
