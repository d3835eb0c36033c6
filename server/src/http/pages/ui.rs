//! The gallery of components.

use app::pages;
use axum::extract::State;
use axum::response::Html;

use super::page::Page;
use crate::http::site::Site;

pub(super) async fn show(State(site): State<Site>) -> Page {
    Ok(Html(pages::ui(&site.assets)))
}
