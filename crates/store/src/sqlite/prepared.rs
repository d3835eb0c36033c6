//! What is made of revisions once: what a list says of them, and what the browser loads.

use shop::catalogue::{ListQuery, ListingRow, ListingTexts, PackedArtifact, Prepared};
use shop::{RevisionNumber, Slug};
use sqlx::SqliteConnection;

use super::SqliteStore;
use crate::statements::prepared::*;

// The words are a list in JSON.
const COUNT_LISTED: &str = count_listed!(
    "NOT EXISTS (SELECT 1 FROM json_each($2) AS word WHERE INSTR(listings.words, word.value) = 0)"
);
const LISTED: &str =
    listed!("NOT EXISTS (SELECT 1 FROM json_each($2) AS word WHERE INSTR(listings.words, word.value) = 0)");

/// Words as a list in JSON, which one statement takes however many they are.
fn list_of(words: &[String]) -> String {
    serde_json::Value::from(words).to_string()
}

impl SqliteStore {
    pub(super) async fn count_in_list(&self, format: u8, words: &[String]) -> sqlx::Result<u32> {
        let query = sqlx::query_scalar(COUNT_LISTED).bind(format).bind(list_of(words));
        query.fetch_one(&self.readers).await
    }

    pub(super) async fn in_list(&self, query: &ListQuery) -> sqlx::Result<Vec<ListingRow>> {
        let rows = sqlx::query_as::<_, ListingRecord>(LISTED).bind(query.format).bind(list_of(&query.words));
        let rows =
            rows.bind(query.limit).bind(query.offset).bind(&query.language).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(ListingRow::from).collect())
    }

    pub(super) async fn kept_artifact(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        format: u8,
    ) -> sqlx::Result<Option<PackedArtifact>> {
        let query = sqlx::query_as(ARTIFACT).bind(slug.as_str()).bind(number.get()).bind(format);
        let row: Option<(String, Vec<u8>)> = query.fetch_optional(&self.readers).await?;
        Ok(row.map(|(hash, brotli)| PackedArtifact { hash, brotli }))
    }
}

/// Keeps what was made of a revision, in the transaction of the revision itself where that is new.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    slug: &Slug,
    number: i64,
    prepared: &Prepared,
) -> sqlx::Result<()> {
    let words = searched_words(prepared);
    let query = sqlx::query(KEEP_LISTING).bind(slug.as_str()).bind(number).bind(prepared.format);
    let query = query.bind(&prepared.name).bind(&prepared.summary).bind(words).bind(&prepared.currency);
    let query = query
        .bind(prepared.low_price)
        .bind(prepared.high_price)
        .bind(prepared.standard_price)
        .bind(prepared.lead_time_days);
    query.execute(&mut *connection).await?;
    let forget = sqlx::query(FORGET_TEXTS).bind(slug.as_str()).bind(number).bind(prepared.format);
    forget.execute(&mut *connection).await?;
    for ListingTexts { language, name, summary } in &prepared.texts {
        let query = sqlx::query(KEEP_TEXTS).bind(slug.as_str()).bind(number).bind(prepared.format);
        query.bind(language).bind(name).bind(summary).execute(&mut *connection).await?;
    }
    let query = sqlx::query(KEEP_ARTIFACT).bind(slug.as_str()).bind(number).bind(prepared.format);
    let query = query.bind(&prepared.artifact.hash).bind(&prepared.artifact.brotli);
    query.execute(connection).await?;
    Ok(())
}

/// Forgets what was made in formats below this one; how many artifacts that were.
pub(super) async fn forget_before(connection: &mut SqliteConnection, format: u8) -> sqlx::Result<u64> {
    sqlx::query(FORGET_LISTING_TEXTS).bind(format).execute(&mut *connection).await?;
    sqlx::query(FORGET_LISTINGS).bind(format).execute(&mut *connection).await?;
    let done = sqlx::query(FORGET_ARTIFACTS).bind(format).execute(connection).await?;
    Ok(done.rows_affected())
}
