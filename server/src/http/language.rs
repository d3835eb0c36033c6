//! Which language a page is in: what its address says (`?_lang=de`, which a cookie then keeps), what the cookie says, or
//! what the browser asks for; the shop's first language where none of it is one of the shop's.

use app::address;
use app::pages::Reader;
use app::paths::route;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, SameSite};
use words::{Language, matching};

use super::basket::Basket;
use super::cookies;
use super::site::Site;
use super::unseen::is_of_draft;

const COOKIE: &str = "atelier_language";
/// How long a language that was chosen is kept.
const KEPT: time::Duration = time::Duration::days(365);
/// Most languages of a browser's list that are looked at.
const MOST_ASKED: usize = 20;

/// Who reads, as an argument of a handler.
pub(super) struct Reads(pub(super) Reader);

impl FromRequestParts<Site> for Reads {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        Ok(Self(reader(&parts.uri, &parts.headers, site)))
    }
}

/// Who asks for an address.
pub(super) fn reader(uri: &Uri, headers: &HeaderMap, site: &Site) -> Reader {
    let language = named(uri, site)
        .or_else(|| offered(site, &cookies::kept(site, headers, COOKIE)?))
        .or_else(|| asked_for(headers, site))
        .or_else(|| site.languages.first().copied())
        .unwrap_or_default();
    let (languages, shop) = (site.languages.to_vec(), site.storefront());
    let (is_preview, basket) = (is_of_draft(uri), Basket::read(site, headers).lines.len());
    let mut reader = Reader { language, languages, here: without_language(uri), shop, is_preview, basket };
    // Languages without texts of the admin are not offered there.
    if uri.path().starts_with(route::admin::START) {
        reader.language = language.in_admin();
        reader.languages.retain(|language| language.in_admin() == *language);
    }
    reader
}

/// A language that a form names among its fields, and the cookie that keeps it.
pub(super) fn sent(pairs: &[(String, String)], site: &Site) -> Option<(Language, Cookie<'static>)> {
    let (_, tag) = pairs.iter().find(|(key, _)| key == address::LANGUAGE)?;
    let language = offered(site, tag)?;
    Some((language, cookie(language, site)))
}

/// Keeps the language that the address of a page names, or of what leads to one. Files that others may keep, too, carry no
/// cookie.
pub(super) async fn keep(State(site): State<Site>, request: Request, next: Next) -> Response {
    let named = named(request.uri(), &site);
    let mut response = next.run(request).await;
    let leads_on = response.status().is_redirection();
    let headers = response.headers_mut();
    let is_page =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    let named = named.filter(|_| is_page || leads_on);
    let cookie = named.map(|language| cookie(language, &site).to_string());
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

fn cookie(language: Language, site: &Site) -> Cookie<'static> {
    let mut cookie = cookies::cookie(site, COOKIE, language.tag().to_owned(), SameSite::Lax);
    cookie.set_max_age(KEPT);
    cookie
}

/// The shop's language of a tag.
fn offered(site: &Site, tag: &str) -> Option<Language> {
    matching(tag).filter(|language| site.languages.contains(language))
}

/// The language that an address names.
fn named(uri: &Uri, site: &Site) -> Option<Language> {
    let pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    let tag = pairs.filter(|(key, _)| key == address::LANGUAGE).map(|(_, tag)| tag).last()?;
    offered(site, &tag)
}

/// The first of the languages that a browser asks for which the shop has, after their weights (RFC 9110, section 12.5.4).
fn asked_for(headers: &HeaderMap, site: &Site) -> Option<Language> {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let asked = values.flat_map(|value| value.split(',')).take(MOST_ASKED).filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight: f32 = weight.trim().strip_prefix(['q', 'Q'])?.strip_prefix('=')?.parse().ok()?;
        (weight > 0.0).then_some((tag.trim(), weight))
    });
    let mut asked: Vec<(&str, f32)> = asked.collect();
    asked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    asked.into_iter().find_map(|(tag, _)| offered(site, tag))
}

/// Path and query without what says the language, as an address of this shop: with a second slash it would name another
/// host, and browsers take a backslash for one.
fn without_language(uri: &Uri) -> String {
    let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
    let own = |pair: &&str| pair.split('=').next() != Some(address::LANGUAGE);
    let query: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(own).filter(|pair| !pair.is_empty()).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}
