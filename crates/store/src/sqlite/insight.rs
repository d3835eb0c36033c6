//! Daily sums of what happens on products' pages.

use async_trait::async_trait;
use shop::insight::{DayCount, InsightStore, Sums};
use shop::orders::OrderedValue;
use shop::{Slug, StoreError};
use sqlx::{query, query_as, query_scalar};
use time::Date;

use super::SqliteStore;
use crate::rows::{MaybeDay, failed_to, julian_day};
use crate::statements::insight::*;

#[async_trait]
impl InsightStore for SqliteStore {
    async fn add_counts(&self, counts: &[DayCount]) -> Result<(), StoreError> {
        let failed = failed_to("add daily sums");
        let mut transaction = self.begin().await.map_err(failed)?;
        for DayCount { slug, day, count, times } in counts {
            let add = query(ADD_COUNT).bind(slug.as_str()).bind(julian_day(Some(*day)));
            let add = add.bind(count.kind.code()).bind(&count.subject).bind(&count.option).bind(&count.rule);
            add.bind(i64::from(*times)).execute(&mut *transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn sums(&self, slug: &Slug, from: Date, to: Date) -> Result<Sums, StoreError> {
        let rows = query_as::<_, SumRecord>(SUMS).bind(slug.as_str());
        let rows = rows.bind(julian_day(Some(from))).bind(julian_day(Some(to)));
        Ok(sums(rows.fetch_all(&self.readers).await.map_err(failed_to("read daily sums"))?))
    }

    async fn taken_out(
        &self,
        slug: &Slug,
        from: Date,
        to: Date,
    ) -> Result<Vec<Vec<OrderedValue>>, StoreError> {
        let rows = query_as::<_, TakenOutRecord>(TAKEN_OUT).bind(slug.as_str());
        let rows =
            rows.bind(julian_day(Some(from))).bind(julian_day(Some(to))).fetch_all(&self.readers).await;
        let rows = rows.map_err(failed_to("find orders that count no more"))?;
        Ok(rows.into_iter().map(Vec::from).collect())
    }

    async fn counted_since(&self, slug: &Slug) -> Result<Option<Date>, StoreError> {
        let failed = failed_to("find the first daily sum");
        let day = query_scalar::<_, Option<i64>>(COUNTED_SINCE).bind(slug.as_str()).fetch_one(&self.readers);
        let day = MaybeDay::try_from(day.await.map_err(failed)?);
        Ok(day.map_err(|error| failed(sqlx::Error::Decode(error.into())))?.0)
    }

    async fn forget_counts(&self, before: Date) -> Result<u64, StoreError> {
        self.change("forget daily sums", query(FORGET_COUNTS).bind(julian_day(Some(before)))).await
    }
}
