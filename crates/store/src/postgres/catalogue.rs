//! Products and their revisions.

use async_trait::async_trait;
use shop::access::Note;
use shop::catalogue::{
    CatalogueStore, EndingPrices, ListQuery, ListingRow, NewProduct, Offer, PackedArtifact, Prepared,
    ProductRow, RevisionInfo, RevisionRow, Withdrawal,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::offers::{forget_withdrawal, keep_withdrawal, kept_offer, supersede};
use super::prepared::{count_in_list, forget_before, in_list, keep, kept_artifact};
use super::query::{Turn, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::{json, milliseconds};
use crate::statements::catalogue::*;
use crate::statements::offers::{ENDING, EndingRecord};

pub(super) const WAIT_FOR_PRODUCT: &str = "SELECT live_revision FROM products WHERE slug = $1 FOR UPDATE";

/// Waits until nobody else changes this product; what is read after that is what the last of them left.
pub(super) async fn wait_for_product(connection: &mut PgConnection, slug: &Slug) -> sqlx::Result<()> {
    query_scalar::<i64>(WAIT_FOR_PRODUCT).bind(slug.as_str()).fetch_optional(connection).await?;
    Ok(())
}

/// Inserts a revision, and what was made of it, under its product's next number.
pub(super) async fn add_revision(
    connection: &mut PgConnection,
    revision: Published<'_>,
) -> sqlx::Result<i64> {
    let query = query_scalar(ADD_REVISION).bind(revision.slug.as_str()).bind(revision.bundle);
    let query = query.bind(revision.hash).bind(milliseconds(revision.at)).bind(revision.by);
    let number = query.bind(revision.note).fetch_one(&mut *connection).await?;
    keep(connection, revision.slug, number, revision.prepared).await?;
    Ok(number)
}

/// Makes a revision live; `false` when there is no such revision.
pub(super) async fn make_live(
    connection: &mut PgConnection,
    slug: &Slug,
    number: i64,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    supersede(connection, slug, number, at).await?;
    let done = query(MAKE_LIVE).bind(slug.as_str()).bind(number).execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

/// Adds a product with its first revision and its past orders, whose choices are written out.
async fn add(connection: &mut PgConnection, product: &NewProduct, choices: &[String]) -> sqlx::Result<bool> {
    let NewProduct { slug, bundle, hash, at, by, note: words, past, prepared } = product;
    Turn::Products.wait(&mut *connection).await?;
    let known: Option<i64> = query_scalar(LIVE).bind(slug.as_str()).fetch_optional(&mut *connection).await?;
    if known.is_some() {
        return Ok(false);
    }
    query(ADD_PRODUCT).bind(slug.as_str()).execute(&mut *connection).await?;
    let revision = Published { slug, bundle, hash, at: *at, by, note: words, prepared };
    add_revision(connection, revision).await?;
    for (past, choices) in past.iter().zip(choices) {
        let query = query(ADD_PAST_DESIGN).bind(slug.as_str()).bind(&past.stated_use).bind(choices);
        query.bind(i64::from(past.count)).execute(&mut *connection).await?;
    }
    let done = Note { at: *at, by, action: "add", subject: slug.as_str(), detail: "revision 1" };
    note(connection, done).await?;
    Ok(true)
}

#[async_trait]
impl CatalogueStore for PostgresStore {
    async fn products(&self) -> Result<Vec<ProductRow>, StoreError> {
        let products = reading!(self.database, "list the products", |connection| {
            query_as::<ProductRecord>(PRODUCTS).fetch_all(connection).await
        });
        Ok(products?.into_iter().map(ProductRow::from).collect())
    }

    async fn count_listed(&self, format: u8, words: &[String]) -> Result<u32, StoreError> {
        let what = "count the products of a list";
        reading!(self.database, what, |connection| count_in_list(connection, format, words).await)
    }

    async fn listed(&self, query: &ListQuery) -> Result<Vec<ListingRow>, StoreError> {
        reading!(self.database, "list products", |connection| in_list(connection, query).await)
    }

    async fn unprepared(&self, format: u8) -> Result<Vec<ProductRow>, StoreError> {
        let rows = reading!(self.database, "find what is not prepared", |connection| {
            query_as::<ProductRecord>(UNPREPARED).bind(i64::from(format)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(ProductRow::from).collect())
    }

    async fn artifact(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        format: u8,
    ) -> Result<Option<PackedArtifact>, StoreError> {
        reading!(self.database, "read an artifact", |connection| {
            kept_artifact(connection, slug, number, format).await
        })
    }

    async fn keep_prepared(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        prepared: &Prepared,
    ) -> Result<(), StoreError> {
        writing!(self.database, "keep what was prepared of a revision", |connection| {
            keep(connection, slug, number.get(), prepared).await
        })
    }

    async fn forget_prepared_before(&self, format: u8) -> Result<u64, StoreError> {
        writing!(self.database, "forget what older releases prepared", |connection| {
            forget_before(connection, format).await
        })
    }

    async fn live(&self, slug: &Slug) -> Result<Option<RevisionNumber>, StoreError> {
        let number = reading!(self.database, "find a live revision", |connection| {
            query_scalar(LIVE).bind(slug.as_str()).fetch_optional(connection).await
        });
        number?.map(revision_number).transpose()
    }

    async fn revision(&self, slug: &Slug, number: RevisionNumber) -> Result<Option<RevisionRow>, StoreError> {
        let row = reading!(self.database, "read a revision", |connection| {
            let query = query_as::<RevisionRecord>(REVISION).bind(slug.as_str()).bind(number.get());
            query.fetch_optional(connection).await
        });
        Ok(row?.map(RevisionRow::from))
    }

    async fn revisions(&self, slug: &Slug) -> Result<Vec<RevisionInfo>, StoreError> {
        let rows = reading!(self.database, "list a product's revisions", |connection| {
            query_as::<InfoRecord>(REVISIONS).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(RevisionInfo::from).collect())
    }

    async fn add_product(&self, product: &NewProduct) -> Result<bool, StoreError> {
        let choices: Result<Vec<String>, _> =
            product.past.iter().map(|past| json(&past.choices, "past choices")).collect();
        let choices = choices?;
        writing!(self.database, "add a product", |connection| add(connection, product, &choices).await)
    }

    async fn prices_ending(
        &self,
        hold_days: i64,
        (after, until): (OffsetDateTime, OffsetDateTime),
    ) -> Result<Vec<EndingPrices>, StoreError> {
        let rows = reading!(self.database, "find prices that end", |connection| {
            let query = query_as::<EndingRecord>(ENDING).bind(hold_days);
            query.bind(milliseconds(after)).bind(milliseconds(until)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(EndingPrices::from).collect())
    }

    async fn offer(&self, slug: &Slug, number: RevisionNumber) -> Result<Offer, StoreError> {
        reading!(self.database, "read what became of an offer", |connection| {
            kept_offer(connection, slug, number).await
        })
    }

    async fn withdraw(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        withdrawal: &Withdrawal,
    ) -> Result<bool, StoreError> {
        let by_language = json(&withdrawal.reasons.by_language, "the reasons of a withdrawal")?;
        writing!(self.database, "withdraw a revision", |connection| {
            wait_for_product(connection, slug).await?;
            // An order of it that is under way is written before, or not at all.
            Turn::Orders.wait(&mut *connection).await?;
            keep_withdrawal(connection, slug, number, withdrawal, &by_language).await
        })
    }

    async fn offer_again(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "offer a revision again", |connection| {
            wait_for_product(connection, slug).await?;
            forget_withdrawal(connection, slug, number, (by, at)).await
        })
    }

    async fn roll_back(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "roll back", |connection| {
            wait_for_product(connection, slug).await?;
            if !make_live(connection, slug, number.get(), at).await? {
                return Ok(false);
            }
            let detail = format!("revision {number}");
            let done = Note { at, by, action: "roll back", subject: slug.as_str(), detail: &detail };
            note(connection, done).await?;
            Ok(true)
        })
    }
}
