//! A draft behind a secret link, walked as a shopper would.

use app::pages::{self, PreviewPage, Reader};
use app::paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::query;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// The draft that a link shows, with the choices of the address.
pub(super) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    RawQuery(sent): RawQuery,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let reader = Reader { language: reader.language.in_admin(), ..reader };
    let say = reader.language.gate();
    let Some(draft) = site.shop.previewed(&token).await? else {
        let page = pages::problem(&site.assets, &reader, say.preview_over(), say.preview_over_hint(), &[]);
        return Ok(private(StatusCode::NOT_FOUND, page));
    };
    // Of several values of one attribute the empty one only says that it was asked for.
    let mut choices = query::design(&query::pairs(sent.as_deref().unwrap_or_default())).choices;
    for (_, value) in &mut choices {
        *value = value.trim_matches(',').to_owned();
    }
    let Some(walk) = site.shop.walk_draft(draft, choices).await? else {
        let page =
            pages::problem(&site.assets, &reader, say.preview_broken(), say.preview_broken_hint(), &[]);
        return Ok(private(StatusCode::CONFLICT, page));
    };
    let action = paths::draft_preview(&token);
    let page = PreviewPage {
        product: walk.product,
        drawings: walk.drawings,
        menu: walk.menu,
        left_out: walk.left_out,
        action,
    };
    let assets = site.assets.clone();
    let html = site.shop.executor().run(move || pages::preview(&assets, &reader, &page)).await?;
    Ok(private(StatusCode::OK, html))
}

/// A page that no cache keeps, no search finds, and no link tells the address of.
fn private(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "private, no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}
