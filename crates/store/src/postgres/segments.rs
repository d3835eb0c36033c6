//! Buyers by what they ordered, and segments of them.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::Note;
use shop::segments::{BuyerQuery, BuyerSummary, Segment, SegmentStore};
use time::OffsetDateTime;

use super::PostgresStore;
use super::query::{change_noted, query, query_as};
use super::transaction::{reading, writing};
use crate::statements::segments::*;

#[async_trait]
impl SegmentStore for PostgresStore {
    async fn buyers(&self, query: &BuyerQuery) -> Result<Vec<BuyerSummary>, StoreError> {
        let rows = reading!(self.database, "list buyers", |connection| {
            let mut statement = buyers::<sqlx::Postgres>(query);
            let rows = statement.build_query_as::<BuyerSummaryRecord>().persistent(false);
            rows.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(BuyerSummary::from).collect())
    }

    async fn count_buyers(&self, query: &BuyerQuery) -> Result<u64, StoreError> {
        let count = reading!(self.database, "count buyers", |connection| {
            let mut statement = count_buyers::<sqlx::Postgres>(query);
            statement.build_query_scalar::<i64>().persistent(false).fetch_one(connection).await
        });
        Ok(u64::try_from(count?).unwrap_or_default())
    }

    async fn segments(&self) -> Result<Vec<Segment>, StoreError> {
        let rows = reading!(self.database, "read segments", |connection| {
            query_as::<SegmentRecord>(SEGMENTS).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Segment::from).collect())
    }

    async fn keep_segment(&self, segment: &Segment, by: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let rule = segment.rule.to_string();
        let done = writing!(self.database, "keep a segment", |connection| {
            let keep = query(KEEP_SEGMENT).bind(&segment.name).bind(&rule);
            let note = Note { at, by, action: "keep segment", subject: &segment.name, detail: &rule };
            change_noted(connection, keep, note).await
        });
        done.map(|_| ())
    }

    async fn remove_segment(&self, name: &str, by: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let done = writing!(self.database, "remove a segment", |connection| {
            let note = Note { at, by, action: "remove segment", subject: name, detail: "" };
            change_noted(connection, query(REMOVE_SEGMENT).bind(name), note).await
        });
        done.map(|_| ())
    }
}
