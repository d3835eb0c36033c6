//! What the handlers of pages share.

use axum::http::{HeaderName, header};
use axum::response::Html;
use configurator::{Currency, Money};
use shop::Shop;
use time::{Date, OffsetDateTime};
use words::Language;

use crate::http::failure::Failure;
use crate::http::site::Site;

/// An answer: a page, or why there is none.
pub(super) type Page = Result<Html<String>, Failure>;

/// For whom the address was made: in no cache, and found by no search.
pub(super) const PRIVATE: [(HeaderName, &str); 2] =
    [(header::CACHE_CONTROL, "private, no-store"), (HeaderName::from_static("x-robots-tag"), "noindex")];

/// How times are written for whoever reads a page: in their language, as clocks show them where the shop is.
#[derive(Clone, Copy)]
pub(super) struct Times<'s> {
    pub(super) language: Language,
    shop: &'s Shop,
}

impl<'s> Times<'s> {
    pub(super) fn of(site: &'s Site, language: Language) -> Self {
        Self { language, shop: &site.shop }
    }

    /// The day at a time.
    pub(super) fn day(self, at: OffsetDateTime) -> Date {
        self.shop.profile().day(at)
    }

    /// The day at a time, as people write it: `22 November 2026`.
    pub(super) fn date(self, at: OffsetDateTime) -> String {
        day_in_words(self.language, self.day(at))
    }

    /// The time of day at a time, as clocks of the shop show it: `17:04`.
    pub(super) fn time(self, at: OffsetDateTime) -> String {
        let (local, _) = self.shop.profile().local(at);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// Day and time as the admin writes them: `22 November 2026, 17:04 CET`.
    pub(super) fn moment(self, at: OffsetDateTime) -> String {
        let (_, zone) = self.shop.profile().local(at);
        self.language.admin().moment(&self.date(at), &self.time(at), &zone)
    }
}

/// A day as people write it: `22 November 2026`.
pub(super) fn day_in_words(language: Language, day: Date) -> String {
    language.date(day.day(), day.month().into(), day.year())
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
