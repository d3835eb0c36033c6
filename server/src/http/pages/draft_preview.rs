//! A draft behind a secret link, walked as a shopper would: its pages are a product's, at an address of its own.

use app::pages;
use app::paths;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::drafts::{is_preview, preview_slug};

use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// Leads to the draft that a link shows, with the choices of the address.
pub(super) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    RawQuery(sent): RawQuery,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let slug = match preview_slug(&token) {
        Some(slug) => site.shop.previewed(&token).await?.map(|_| slug),
        None => None,
    };
    let Some(slug) = slug else {
        let say = reader.language.shop();
        let page = pages::problem(&site.assets, &reader, say.preview_over(), say.preview_over_hint(), &[]);
        return Ok(unseen((StatusCode::NOT_FOUND, Html(page)).into_response()));
    };
    let query = sent.map(|sent| format!("?{sent}")).unwrap_or_default();
    Ok(unseen(Redirect::to(&(paths::product(&slug) + &query)).into_response()))
}

/// Keeps pages of previewed drafts out of caches and searches, and their address out of other websites.
pub(super) async fn keep_secret(request: Request, next: Next) -> Response {
    let place = request.uri().path().split('/').find(|part| !part.is_empty() && *part != "products");
    let is_secret = place.and_then(|place| place.parse::<Slug>().ok()).is_some_and(|slug| is_preview(&slug));
    let response = next.run(request).await;
    if is_secret { unseen(response) } else { response }
}

/// An answer that no cache keeps, no search finds, and no link tells the address of.
fn unseen(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "private, no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
