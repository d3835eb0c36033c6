//! What rests on revisions, and links that show drafts.

use async_trait::async_trait;
use shop::drafts::{GateStore, PreviewLink, ReplayDesignRow, ReplayMark, ReplayOrderRow, RestingRow};
use shop::{Slug, StoreError};
use time::OffsetDateTime;

use super::PostgresStore;
use super::catalogue::wait_for_product;
use super::query::{note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::access::Note;
use crate::statements::gate::*;

#[async_trait]
impl GateStore for PostgresStore {
    async fn replay_mark(&self, slug: &Slug) -> Result<ReplayMark, StoreError> {
        let row = reading!(self.database, "find what is replayed", |connection| {
            query_as::<ReplayMarkRecord>(REPLAY_MARK).bind(slug.as_str()).fetch_one(connection).await
        });
        Ok(row?.into())
    }

    async fn replay_orders(&self, slug: &Slug, limit: u32) -> Result<(u64, Vec<ReplayOrderRow>), StoreError> {
        let (count, rows) = reading!(self.database, "read orders for the replay", |connection| {
            let count = query_scalar::<i64>(COUNT_REPLAY_ORDERS).bind(slug.as_str());
            let count = count.fetch_one(&mut *connection).await?;
            let rows =
                query_as::<ReplayOrderRecord>(REPLAY_ORDERS).bind(slug.as_str()).bind(i64::from(limit));
            Ok((count, rows.fetch_all(connection).await?))
        })?;
        Ok((count.unsigned_abs(), rows.into_iter().map(ReplayOrderRow::from).collect()))
    }

    async fn replay_designs(
        &self,
        slug: &Slug,
        limit: u32,
    ) -> Result<(u64, Vec<ReplayDesignRow>), StoreError> {
        let (count, rows) = reading!(self.database, "read designs for the replay", |connection| {
            let count = query_scalar::<i64>(COUNT_REPLAY_DESIGNS).bind(slug.as_str());
            let count = count.fetch_one(&mut *connection).await?;
            let rows =
                query_as::<ReplayDesignRecord>(REPLAY_DESIGNS).bind(slug.as_str()).bind(i64::from(limit));
            Ok((count, rows.fetch_all(connection).await?))
        })?;
        Ok((count.unsigned_abs(), rows.into_iter().map(ReplayDesignRow::from).collect()))
    }

    async fn resting_on(&self, slug: &Slug) -> Result<Vec<RestingRow>, StoreError> {
        let rows = reading!(self.database, "count what rests on revisions", |connection| {
            query_as::<RestingRecord>(RESTING_ON).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(RestingRow::from).collect())
    }

    async fn keep_preview(&self, token_hash: &str, link: &PreviewLink) -> Result<bool, StoreError> {
        writing!(self.database, "keep a preview's link", |connection| {
            let PreviewLink { slug, at, by } = link;
            wait_for_product(connection, slug).await?;
            let keep = query(KEEP_PREVIEW).bind(slug.as_str()).bind(token_hash);
            let keep = keep.bind(milliseconds(*at)).bind(by).execute(&mut *connection).await?;
            if keep.rows_affected() == 0 {
                return Ok(false);
            }
            note(connection, Note { at: *at, by, action: "preview", subject: slug.as_str(), detail: "" })
                .await?;
            Ok(true)
        })
    }

    async fn previewed(&self, token_hash: &str) -> Result<Option<Slug>, StoreError> {
        let row = reading!(self.database, "find a preview", |connection| {
            query_as::<PreviewedRecord>(PREVIEWED).bind(token_hash).fetch_optional(connection).await
        });
        Ok(row?.map(|row| row.slug))
    }

    async fn preview_link(&self, slug: &Slug) -> Result<Option<PreviewLink>, StoreError> {
        let row = reading!(self.database, "find a preview's link", |connection| {
            query_as::<PreviewRecord>(PREVIEW_LINK).bind(slug.as_str()).fetch_optional(connection).await
        });
        Ok(row?.map(PreviewLink::from))
    }

    async fn end_preview(&self, slug: &Slug, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        writing!(self.database, "end a preview", |connection| {
            wait_for_product(connection, slug).await?;
            let end = query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
            if end.rows_affected() == 0 {
                return Ok(false);
            }
            note(connection, Note { at, by, action: "end preview", subject: slug.as_str(), detail: "" })
                .await?;
            Ok(true)
        })
    }
}
