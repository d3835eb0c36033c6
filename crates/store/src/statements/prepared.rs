//! What is made of revisions once: what a list says of them, and what the browser loads.

use shop::catalogue::{ListingRow, Prepared};
use shop::{RevisionNumber, Slug};
use sqlx::FromRow;

use crate::rows::Moment;

/// What follows `SELECT …` in a statement about the list, for a database's own way to say that none of the words is missing.
macro_rules! from_listed {
    ($columns:literal, $none_is_missing:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM products JOIN listings
                ON listings.slug = products.slug AND listings.revision = products.live_revision AND listings.format = $1
            JOIN revisions ON revisions.slug = listings.slug AND revisions.number = listings.revision
            WHERE products.standing = 'listed' AND ",
            $none_is_missing,
            " ",
            $rest
        )
    };
}

/// How many products a list has.
macro_rules! count_listed {
    ($none_is_missing:literal) => {
        $crate::statements::prepared::from_listed!("COUNT(*)", $none_is_missing, "")
    };
}

/// The products of a list.
macro_rules! listed {
    ($none_is_missing:literal) => {
        $crate::statements::prepared::from_listed!(
            "listings.slug, listings.revision, \
             COALESCE((SELECT name FROM listing_texts AS texts WHERE texts.slug = listings.slug AND texts.revision = listings.revision \
                AND texts.format = listings.format AND texts.language = $5), listings.name) AS name, \
             COALESCE((SELECT summary FROM listing_texts AS texts WHERE texts.slug = listings.slug AND texts.revision = listings.revision \
                AND texts.format = listings.format AND texts.language = $5), listings.summary) AS summary, \
             currency, low_price, high_price, standard_price, lead_time_days, published_at",
            $none_is_missing,
            "ORDER BY products.position LIMIT $3 OFFSET $4"
        )
    };
}

pub(crate) use {count_listed, from_listed, listed};

pub(crate) const ARTIFACT: &str =
    "SELECT hash, brotli FROM artifacts WHERE slug = $1 AND revision = $2 AND format = $3";
pub(crate) const KEEP_LISTING: &str = "\
    INSERT INTO listings (slug, revision, format, name, summary, words, currency, low_price, high_price, standard_price,
        lead_time_days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (slug, revision, format) DO UPDATE SET name = excluded.name, summary = excluded.summary,
        words = excluded.words, currency = excluded.currency, low_price = excluded.low_price, high_price = excluded.high_price,
        standard_price = excluded.standard_price, lead_time_days = excluded.lead_time_days";
pub(crate) const FORGET_TEXTS: &str =
    "DELETE FROM listing_texts WHERE slug = $1 AND revision = $2 AND format = $3";
pub(crate) const KEEP_TEXTS: &str = "\
    INSERT INTO listing_texts (slug, revision, format, language, name, summary) VALUES ($1, $2, $3, $4, $5, $6)";
pub(crate) const KEEP_ARTIFACT: &str = "\
    INSERT INTO artifacts (slug, revision, format, hash, brotli) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (slug, revision, format) DO UPDATE SET hash = excluded.hash, brotli = excluded.brotli";
pub(crate) const FORGET_LISTING_TEXTS: &str = "DELETE FROM listing_texts WHERE format < $1";
pub(crate) const FORGET_LISTINGS: &str = "DELETE FROM listings WHERE format < $1";
pub(crate) const FORGET_ARTIFACTS: &str = "DELETE FROM artifacts WHERE format < $1";

#[derive(FromRow)]
pub(crate) struct ListingRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    name: String,
    summary: String,
    currency: String,
    low_price: i64,
    high_price: Option<i64>,
    standard_price: i64,
    #[sqlx(try_from = "i64")]
    lead_time_days: u32,
    #[sqlx(try_from = "i64")]
    published_at: Moment,
}

impl From<ListingRecord> for ListingRow {
    fn from(row: ListingRecord) -> Self {
        Self {
            slug: row.slug,
            revision: row.revision,
            name: row.name,
            summary: row.summary,
            currency: row.currency,
            low_price: row.low_price,
            high_price: row.high_price,
            standard_price: row.standard_price,
            lead_time_days: row.lead_time_days,
            published_at: row.published_at.0,
        }
    }
}

/// What is searched of a revision: its names, its summaries and what else it is found by, folded as what is asked for is.
pub(crate) fn searched_words(prepared: &Prepared) -> String {
    let further = prepared.texts.iter().flat_map(|texts| [texts.name.as_str(), texts.summary.as_str()]);
    let own = [prepared.name.as_str(), prepared.summary.as_str(), prepared.found_by.as_str()];
    let words: Vec<&str> = own.into_iter().chain(further).collect();
    shop::folded(&words.join("\n"))
}
