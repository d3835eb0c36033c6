//! What the handlers of pages share.

use axum::http::{HeaderName, header};
use axum::response::Html;
use configurator::{Currency, Money};
use words::Language;

use crate::http::failure::Failure;

/// An answer: a page, or why there is none.
pub(super) type Page = Result<Html<String>, Failure>;

/// For whom the address was made: in no cache, and found by no search.
pub(super) const PRIVATE: [(HeaderName, &str); 2] =
    [(header::CACHE_CONTROL, "private, no-store"), (HeaderName::from_static("x-robots-tag"), "noindex")];

/// A day as people write it: `22 November 2026`.
pub(super) fn date(language: Language, at: time::OffsetDateTime) -> String {
    let date = at.date();
    language.date(date.day(), date.month().into(), date.year())
}

/// A product with how many are ordered of it, where that is not one: `3 × Desk lamp`.
pub(super) fn pieces_of(quantity: u32, product: String) -> String {
    if quantity == 1 { product } else { format!("{quantity} × {product}") }
}

/// An amount in minor units of a currency, which may be one that this release does not know.
pub(super) fn money(currency: &str, amount: i64, language: Language) -> String {
    let locale = &language.words().locale;
    Currency::new(currency)
        .map_or_else(|| locale.number(amount), |currency| Money::new(amount, currency).written(locale))
}
