//! Products and their revisions.

use async_trait::async_trait;
use shop::access::Note;
use shop::catalogue::{
    CatalogueStore, EndingPrices, ListQuery, ListingRow, NewProduct, Offer, PackedArtifact, Prepared,
    ProductRow, RevisionInfo, RevisionRow, Withdrawal,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::SqliteConnection;
use time::OffsetDateTime;

use super::offers::supersede;
use super::prepared::{forget_before, keep};
use super::{SqliteStore, note};
use crate::rows::{failed_to, json, milliseconds};
use crate::statements::catalogue::*;
use crate::statements::offers::{ENDING, EndingRecord};

/// Inserts a revision, and what was made of it, under its product's next number.
pub(super) async fn add_revision(
    connection: &mut SqliteConnection,
    revision: Published<'_>,
) -> sqlx::Result<i64> {
    let query = sqlx::query_scalar(ADD_REVISION).bind(revision.slug.as_str()).bind(revision.bundle);
    let query = query.bind(revision.hash).bind(milliseconds(revision.at)).bind(revision.by);
    let number = query.bind(revision.note).fetch_one(&mut *connection).await?;
    keep(connection, revision.slug, number, revision.prepared).await?;
    Ok(number)
}

/// Makes a revision live; `false` when there is no such revision.
pub(super) async fn make_live(
    connection: &mut SqliteConnection,
    slug: &Slug,
    number: i64,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    supersede(connection, slug, number, at).await?;
    let done = sqlx::query(MAKE_LIVE).bind(slug.as_str()).bind(number).execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

#[async_trait]
impl CatalogueStore for SqliteStore {
    async fn products(&self) -> Result<Vec<ProductRow>, StoreError> {
        let query = sqlx::query_as::<_, ProductRecord>(PRODUCTS);
        let products = query.fetch_all(&self.readers).await.map_err(failed_to("list the products"))?;
        Ok(products.into_iter().map(ProductRow::from).collect())
    }

    async fn count_listed(&self, format: u8, words: &[String]) -> Result<u32, StoreError> {
        self.count_in_list(format, words).await.map_err(failed_to("count the products of a list"))
    }

    async fn listed(&self, query: &ListQuery) -> Result<Vec<ListingRow>, StoreError> {
        self.in_list(query).await.map_err(failed_to("list products"))
    }

    async fn unprepared(&self, format: u8) -> Result<Vec<ProductRow>, StoreError> {
        let query = sqlx::query_as::<_, ProductRecord>(UNPREPARED).bind(format);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("find what is not prepared"))?;
        Ok(rows.into_iter().map(ProductRow::from).collect())
    }

    async fn artifact(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        format: u8,
    ) -> Result<Option<PackedArtifact>, StoreError> {
        self.kept_artifact(slug, number, format).await.map_err(failed_to("read an artifact"))
    }

    async fn keep_prepared(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        prepared: &Prepared,
    ) -> Result<(), StoreError> {
        let failed = failed_to("keep what was prepared of a revision");
        let mut transaction = self.begin().await.map_err(failed)?;
        keep(&mut transaction, slug, number.get(), prepared).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn forget_prepared_before(&self, format: u8) -> Result<u64, StoreError> {
        let failed = failed_to("forget what older releases prepared");
        let mut transaction = self.begin().await.map_err(failed)?;
        let forgotten = forget_before(&mut transaction, format).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(forgotten)
    }

    async fn live(&self, slug: &Slug) -> Result<Option<RevisionNumber>, StoreError> {
        let query = sqlx::query_scalar(LIVE).bind(slug.as_str()).fetch_optional(&self.readers);
        query.await.map_err(failed_to("find a live revision"))?.map(revision_number).transpose()
    }

    async fn revision(&self, slug: &Slug, number: RevisionNumber) -> Result<Option<RevisionRow>, StoreError> {
        let query = sqlx::query_as::<_, RevisionRecord>(REVISION).bind(slug.as_str()).bind(number.get());
        let row = query.fetch_optional(&self.readers).await.map_err(failed_to("read a revision"))?;
        Ok(row.map(RevisionRow::from))
    }

    async fn revisions(&self, slug: &Slug) -> Result<Vec<RevisionInfo>, StoreError> {
        let query = sqlx::query_as::<_, InfoRecord>(REVISIONS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("list a product's revisions"))?;
        Ok(rows.into_iter().map(RevisionInfo::from).collect())
    }

    async fn add_product(&self, product: &NewProduct) -> Result<bool, StoreError> {
        let failed = failed_to("add a product");
        let slug = product.slug.as_str();
        let mut transaction = self.begin().await.map_err(failed)?;
        let known: Option<i64> =
            sqlx::query_scalar(LIVE).bind(slug).fetch_optional(&mut *transaction).await.map_err(failed)?;
        if known.is_some() {
            return Ok(false);
        }
        sqlx::query(ADD_PRODUCT).bind(slug).execute(&mut *transaction).await.map_err(failed)?;
        let NewProduct { slug, bundle, hash, at, by, note: words, past, prepared } = product;
        let revision = Published { slug, bundle, hash, at: *at, by, note: words, prepared };
        add_revision(&mut transaction, revision).await.map_err(failed)?;
        for past in past {
            let choices = json(&past.choices, "past choices")?;
            let query = sqlx::query(ADD_PAST_DESIGN).bind(slug.as_str()).bind(&past.stated_use).bind(choices);
            query.bind(past.count).execute(&mut *transaction).await.map_err(failed)?;
        }
        let done = Note { at: *at, by, action: "add", subject: slug.as_str(), detail: "revision 1" };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn prices_ending(
        &self,
        hold_days: i64,
        (after, until): (OffsetDateTime, OffsetDateTime),
    ) -> Result<Vec<EndingPrices>, StoreError> {
        let query = sqlx::query_as::<_, EndingRecord>(ENDING).bind(hold_days);
        let rows = query.bind(milliseconds(after)).bind(milliseconds(until)).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("find prices that end"))?;
        Ok(rows.into_iter().map(EndingPrices::from).collect())
    }

    async fn offer(&self, slug: &Slug, number: RevisionNumber) -> Result<Offer, StoreError> {
        self.kept_offer(slug, number).await.map_err(failed_to("read what became of an offer"))
    }

    async fn withdraw(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        withdrawal: &Withdrawal,
    ) -> Result<bool, StoreError> {
        let by_language = json(&withdrawal.reasons.by_language, "the reasons of a withdrawal")?;
        let kept = self.keep_withdrawal(slug, number, withdrawal, &by_language).await;
        kept.map_err(failed_to("withdraw a revision"))
    }

    async fn offer_again(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.forget_withdrawal(slug, number, by, at).await.map_err(failed_to("offer a revision again"))
    }

    async fn roll_back(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("roll back");
        let mut transaction = self.begin().await.map_err(failed)?;
        if !make_live(&mut transaction, slug, number.get(), at).await.map_err(failed)? {
            return Ok(false);
        }
        let detail = format!("revision {number}");
        let done = Note { at, by, action: "roll back", subject: slug.as_str(), detail: &detail };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }
}
