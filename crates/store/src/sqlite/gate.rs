//! What rests on revisions, and links that show drafts.

use async_trait::async_trait;
use shop::drafts::{GateStore, PreviewLink, ReplayDesignRow, ReplayMark, ReplayOrderRow, RestingRow};
use shop::{Slug, StoreError};
use sqlx::{query, query_as, query_scalar};
use time::OffsetDateTime;

use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::access::Note;
use crate::statements::gate::*;

#[async_trait]
impl GateStore for SqliteStore {
    async fn replay_mark(&self, slug: &Slug) -> Result<ReplayMark, StoreError> {
        let row = query_as::<_, ReplayMarkRecord>(REPLAY_MARK).bind(slug.as_str());
        let row = row.fetch_one(&self.readers).await.map_err(failed_to("find what is replayed"))?;
        Ok(row.into())
    }

    async fn replay_orders(&self, slug: &Slug, limit: u32) -> Result<(u64, Vec<ReplayOrderRow>), StoreError> {
        let failed = failed_to("read orders for the replay");
        let count = query_scalar::<_, i64>(COUNT_REPLAY_ORDERS).bind(slug.as_str());
        let count = count.fetch_one(&self.readers).await.map_err(failed)?;
        let rows = query_as::<_, ReplayOrderRecord>(REPLAY_ORDERS).bind(slug.as_str()).bind(i64::from(limit));
        let rows = rows.fetch_all(&self.readers).await.map_err(failed)?;
        Ok((count.unsigned_abs(), rows.into_iter().map(ReplayOrderRow::from).collect()))
    }

    async fn replay_designs(
        &self,
        slug: &Slug,
        limit: u32,
    ) -> Result<(u64, Vec<ReplayDesignRow>), StoreError> {
        let failed = failed_to("read designs for the replay");
        let count = query_scalar::<_, i64>(COUNT_REPLAY_DESIGNS).bind(slug.as_str());
        let count = count.fetch_one(&self.readers).await.map_err(failed)?;
        let rows =
            query_as::<_, ReplayDesignRecord>(REPLAY_DESIGNS).bind(slug.as_str()).bind(i64::from(limit));
        let rows = rows.fetch_all(&self.readers).await.map_err(failed)?;
        Ok((count.unsigned_abs(), rows.into_iter().map(ReplayDesignRow::from).collect()))
    }

    async fn resting_on(&self, slug: &Slug) -> Result<Vec<RestingRow>, StoreError> {
        let rows = query_as::<_, RestingRecord>(RESTING_ON).bind(slug.as_str());
        let rows = rows.fetch_all(&self.readers).await.map_err(failed_to("count what rests on revisions"))?;
        Ok(rows.into_iter().map(RestingRow::from).collect())
    }

    async fn keep_preview(&self, token_hash: &str, link: &PreviewLink) -> Result<bool, StoreError> {
        let failed = failed_to("keep a preview's link");
        let PreviewLink { slug, at, by } = link;
        let mut transaction = self.begin().await.map_err(failed)?;
        let keep = query(KEEP_PREVIEW).bind(slug.as_str()).bind(token_hash).bind(milliseconds(*at)).bind(by);
        if keep.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        let done = Note { at: *at, by, action: "preview", subject: slug.as_str(), detail: "" };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn previewed(&self, token_hash: &str) -> Result<Option<Slug>, StoreError> {
        let row = query_as::<_, PreviewedRecord>(PREVIEWED).bind(token_hash);
        let row = row.fetch_optional(&self.readers).await.map_err(failed_to("find a preview"))?;
        Ok(row.map(|row| row.slug))
    }

    async fn preview_link(&self, slug: &Slug) -> Result<Option<PreviewLink>, StoreError> {
        let row = query_as::<_, PreviewRecord>(PREVIEW_LINK).bind(slug.as_str());
        let row = row.fetch_optional(&self.readers).await.map_err(failed_to("find a preview's link"))?;
        Ok(row.map(PreviewLink::from))
    }

    async fn end_preview(&self, slug: &Slug, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let failed = failed_to("end a preview");
        let mut transaction = self.begin().await.map_err(failed)?;
        let end = query(END_PREVIEW).bind(slug.as_str());
        if end.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        let done = Note { at, by, action: "end preview", subject: slug.as_str(), detail: "" };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }
}
