//! What the handlers of pages share.

use axum::response::Html;

use crate::http::failure::Failure;

/// An answer: a page, or why there is none.
pub(super) type Page = Result<Html<String>, Failure>;

/// A day as people write it: `22 November 2026`.
pub(super) fn date(at: time::OffsetDateTime) -> String {
    let date = at.date();
    format!("{} {} {}", date.day(), date.month(), date.year())
}
