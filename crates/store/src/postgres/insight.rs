//! Daily sums of what happens on products' pages.

use async_trait::async_trait;
use shop::insight::{DayCount, InsightStore, Sums};
use shop::orders::OrderedValue;
use shop::{Slug, StoreError};
use time::Date;

use super::PostgresStore;
use super::query::{query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::{MaybeDay, failed_to, julian_day};
use crate::statements::insight::*;

#[async_trait]
impl InsightStore for PostgresStore {
    async fn add_counts(&self, counts: &[DayCount]) -> Result<(), StoreError> {
        writing!(self.database, "add daily sums", |connection| {
            for DayCount { slug, day, count, times } in counts {
                let add = query(ADD_COUNT).bind(slug.as_str()).bind(julian_day(Some(*day)));
                let add =
                    add.bind(count.kind.code()).bind(&count.subject).bind(&count.option).bind(&count.rule);
                add.bind(i64::from(*times)).execute(&mut *connection).await?;
            }
            Ok(())
        })
    }

    async fn sums(&self, slug: &Slug, from: Date, to: Date) -> Result<Sums, StoreError> {
        let rows = reading!(self.database, "read daily sums", |connection| {
            let rows = query_as::<SumRecord>(SUMS).bind(slug.as_str());
            rows.bind(julian_day(Some(from))).bind(julian_day(Some(to))).fetch_all(connection).await
        });
        Ok(sums(rows?))
    }

    async fn taken_out(
        &self,
        slug: &Slug,
        from: Date,
        to: Date,
    ) -> Result<Vec<Vec<OrderedValue>>, StoreError> {
        let rows = reading!(self.database, "find orders that count no more", |connection| {
            let rows = query_as::<TakenOutRecord>(TAKEN_OUT).bind(slug.as_str());
            rows.bind(julian_day(Some(from))).bind(julian_day(Some(to))).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Vec::from).collect())
    }

    async fn counted_since(&self, slug: &Slug) -> Result<Option<Date>, StoreError> {
        let day = reading!(self.database, "find the first daily sum", |connection| {
            query_scalar::<Option<i64>>(COUNTED_SINCE).bind(slug.as_str()).fetch_one(connection).await
        });
        let failed = failed_to("find the first daily sum");
        Ok(MaybeDay::try_from(day?).map_err(|error| failed(sqlx::Error::Decode(error.into())))?.0)
    }

    async fn forget_counts(&self, before: Date) -> Result<u64, StoreError> {
        let done = writing!(self.database, "forget daily sums", |connection| {
            query(FORGET_COUNTS).bind(julian_day(Some(before))).execute(connection).await
        });
        Ok(done?.rows_affected())
    }
}
