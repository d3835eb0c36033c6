//! Buyers by what they ordered, and segments of them.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::Note;
use shop::segments::{BuyerQuery, BuyerSummary, Segment, SegmentStore};
use sqlx::{query, query_as};
use time::OffsetDateTime;

use super::SqliteStore;
use crate::rows::failed_to;
use crate::statements::segments::*;

#[async_trait]
impl SegmentStore for SqliteStore {
    async fn buyers(&self, query: &BuyerQuery) -> Result<Vec<BuyerSummary>, StoreError> {
        let mut statement = buyers::<sqlx::Sqlite>(query);
        let rows = statement.build_query_as::<BuyerSummaryRecord>().fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list buyers"))?;
        Ok(rows.into_iter().map(BuyerSummary::from).collect())
    }

    async fn count_buyers(&self, query: &BuyerQuery) -> Result<u64, StoreError> {
        let mut statement = count_buyers::<sqlx::Sqlite>(query);
        let count = statement.build_query_scalar::<i64>().fetch_one(&self.readers);
        let count = count.await.map_err(failed_to("count buyers"))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    async fn segments(&self) -> Result<Vec<Segment>, StoreError> {
        let rows = query_as::<_, SegmentRecord>(SEGMENTS).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("read segments"))?;
        Ok(rows.into_iter().map(Segment::from).collect())
    }

    async fn keep_segment(&self, segment: &Segment, by: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let rule = segment.rule.to_string();
        let keep = query(KEEP_SEGMENT).bind(&segment.name).bind(&rule);
        let note = Note { at, by, action: "keep segment", subject: &segment.name, detail: &rule };
        self.change_noted("keep a segment", keep, note).await?;
        Ok(())
    }

    async fn remove_segment(&self, name: &str, by: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let note = Note { at, by, action: "remove segment", subject: name, detail: "" };
        self.change_noted("remove a segment", query(REMOVE_SEGMENT).bind(name), note).await?;
        Ok(())
    }
}
