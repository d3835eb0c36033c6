//! What is made of revisions once: what a list says of them, and what the browser loads.

use shop::catalogue::{ListQuery, ListingRow, ListingTexts, PackedArtifact, Prepared};
use shop::{RevisionNumber, Slug};
use sqlx::PgConnection;

use super::query::{query, query_as, query_scalar};
use crate::statements::prepared::*;

const COUNT_LISTED: &str = count_listed!(
    "NOT EXISTS (SELECT 1 FROM unnest($2::TEXT[]) AS word WHERE STRPOS(listings.words, word) = 0)"
);
const LISTED: &str =
    listed!("NOT EXISTS (SELECT 1 FROM unnest($2::TEXT[]) AS word WHERE STRPOS(listings.words, word) = 0)");

/// How many products a list has.
pub(super) async fn count_in_list(
    connection: &mut PgConnection,
    format: u8,
    words: &[String],
) -> sqlx::Result<u32> {
    let query = query_scalar::<i64>(COUNT_LISTED).bind(i64::from(format)).bind(words.to_vec());
    let count = query.fetch_one(connection).await?;
    u32::try_from(count).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// The products of a list.
pub(super) async fn in_list(
    connection: &mut PgConnection,
    wanted: &ListQuery,
) -> sqlx::Result<Vec<ListingRow>> {
    let query = query_as::<ListingRecord>(LISTED).bind(i64::from(wanted.format)).bind(wanted.words.clone());
    let query = query.bind(i64::from(wanted.limit)).bind(i64::from(wanted.offset)).bind(&wanted.language);
    Ok(query.fetch_all(connection).await?.into_iter().map(ListingRow::from).collect())
}

/// What the browser loads of a revision.
pub(super) async fn kept_artifact(
    connection: &mut PgConnection,
    slug: &Slug,
    number: RevisionNumber,
    format: u8,
) -> sqlx::Result<Option<PackedArtifact>> {
    let query = query_as(ARTIFACT).bind(slug.as_str()).bind(number.get()).bind(i64::from(format));
    let row: Option<(String, Vec<u8>)> = query.fetch_optional(connection).await?;
    Ok(row.map(|(hash, brotli)| PackedArtifact { hash, brotli }))
}

/// Keeps what was made of a revision, in the transaction of the revision itself where that is new. The listing is written
/// first: whoever keeps the same waits there.
pub(super) async fn keep(
    connection: &mut PgConnection,
    slug: &Slug,
    number: i64,
    prepared: &Prepared,
) -> sqlx::Result<()> {
    let format = i64::from(prepared.format);
    let words = searched_words(prepared);
    let listing = query(KEEP_LISTING).bind(slug.as_str()).bind(number).bind(format);
    let listing = listing.bind(&prepared.name).bind(&prepared.summary).bind(words).bind(&prepared.currency);
    let listing = listing.bind(prepared.low_price).bind(prepared.high_price).bind(prepared.standard_price);
    listing.bind(i64::from(prepared.lead_time_days)).execute(&mut *connection).await?;
    let forget = query(FORGET_TEXTS).bind(slug.as_str()).bind(number).bind(format);
    forget.execute(&mut *connection).await?;
    for ListingTexts { language, name, summary } in &prepared.texts {
        let text = query(KEEP_TEXTS).bind(slug.as_str()).bind(number).bind(format);
        text.bind(language).bind(name).bind(summary).execute(&mut *connection).await?;
    }
    let artifact = query(KEEP_ARTIFACT).bind(slug.as_str()).bind(number).bind(format);
    artifact.bind(&prepared.artifact.hash).bind(&prepared.artifact.brotli).execute(connection).await?;
    Ok(())
}

/// Forgets what was made in formats below this one; how many artifacts that were.
pub(super) async fn forget_before(connection: &mut PgConnection, format: u8) -> sqlx::Result<u64> {
    let format = i64::from(format);
    query(FORGET_LISTING_TEXTS).bind(format).execute(&mut *connection).await?;
    query(FORGET_LISTINGS).bind(format).execute(&mut *connection).await?;
    let done = query(FORGET_ARTIFACTS).bind(format).execute(connection).await?;
    Ok(done.rows_affected())
}
