//! A draft behind a secret link, walked as a shopper would: its pages are a product's, at an address of its own.

use app::pages;
use app::paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::drafts::preview_slug;

use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;
use crate::http::unseen::unseen;

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
