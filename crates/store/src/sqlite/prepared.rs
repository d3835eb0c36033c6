//! What is made of revisions once: what a list says of them, and what the browser loads.

use shop::catalogue::{ListQuery, ListingRow, ListingTexts, PackedArtifact, Prepared};
use shop::{RevisionNumber, Slug};
use sqlx::{FromRow, SqliteConnection};

use super::SqliteStore;
use super::rows::Moment;

/// What follows `SELECT …` in a statement about the list: the words are a list in JSON.
macro_rules! from_listed {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM products JOIN listings
                ON listings.slug = products.slug AND listings.revision = products.live_revision AND listings.format = $1
            JOIN revisions ON revisions.slug = listings.slug AND revisions.number = listings.revision
            WHERE NOT EXISTS (SELECT 1 FROM json_each($2) AS word WHERE INSTR(listings.words, word.value) = 0) ",
            $rest
        )
    };
}

const COUNT_LISTED: &str = from_listed!("COUNT(*)", "");
const LISTED: &str = from_listed!(
    "listings.slug, listings.revision, \
     COALESCE((SELECT name FROM listing_texts AS texts WHERE texts.slug = listings.slug AND texts.revision = listings.revision \
        AND texts.format = listings.format AND texts.language = $5), listings.name) AS name, \
     COALESCE((SELECT summary FROM listing_texts AS texts WHERE texts.slug = listings.slug AND texts.revision = listings.revision \
        AND texts.format = listings.format AND texts.language = $5), listings.summary) AS summary, \
     currency, low_price, high_price, standard_price, lead_time_days, published_at",
    "ORDER BY products.position LIMIT $3 OFFSET $4"
);
const ARTIFACT: &str = "SELECT hash, brotli FROM artifacts WHERE slug = $1 AND revision = $2 AND format = $3";
const KEEP_LISTING: &str = "\
    INSERT INTO listings (slug, revision, format, name, summary, words, currency, low_price, high_price, standard_price,
        lead_time_days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (slug, revision, format) DO UPDATE SET name = excluded.name, summary = excluded.summary,
        words = excluded.words, currency = excluded.currency, low_price = excluded.low_price, high_price = excluded.high_price,
        standard_price = excluded.standard_price, lead_time_days = excluded.lead_time_days";
const FORGET_TEXTS: &str = "DELETE FROM listing_texts WHERE slug = $1 AND revision = $2 AND format = $3";
const KEEP_TEXTS: &str = "\
    INSERT INTO listing_texts (slug, revision, format, language, name, summary) VALUES ($1, $2, $3, $4, $5, $6)";
const KEEP_ARTIFACT: &str = "\
    INSERT INTO artifacts (slug, revision, format, hash, brotli) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (slug, revision, format) DO UPDATE SET hash = excluded.hash, brotli = excluded.brotli";
const FORGET_LISTING_TEXTS: &str = "DELETE FROM listing_texts WHERE format < $1";
const FORGET_LISTINGS: &str = "DELETE FROM listings WHERE format < $1";
const FORGET_ARTIFACTS: &str = "DELETE FROM artifacts WHERE format < $1";

#[derive(FromRow)]
struct ListingRecord {
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
        let row = |row: ListingRecord| ListingRow {
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
        };
        Ok(rows.into_iter().map(row).collect())
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
    let further = prepared.texts.iter().flat_map(|texts| [texts.name.as_str(), texts.summary.as_str()]);
    let words: Vec<&str> =
        [prepared.name.as_str(), prepared.summary.as_str()].into_iter().chain(further).collect();
    let words = words.join("\n").to_lowercase();
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
