//! What counting asks of the store.

use async_trait::async_trait;
use configurator::Slug;
use time::Date;

use super::count::{Count, Sums};
use crate::orders::order::OrderedValue;
use crate::store_error::StoreError;

/// How often something happened on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The product.
    pub slug: Slug,
    /// The day where the shop is.
    pub day: Date,
    /// What happened.
    pub count: Count,
    /// How often.
    pub times: u32,
}

/// Sums by the day. Nothing says who did something, or what the same visit did besides.
#[async_trait]
pub trait InsightStore: Send + Sync {
    /// Adds to the sums, all of them or none.
    async fn add_counts(&self, counts: &[DayCount]) -> Result<(), StoreError>;
    /// The sums of a product over some days, the first and the last included.
    async fn sums(&self, slug: &Slug, from: Date, to: Date) -> Result<Sums, StoreError>;
    /// The designs of a product's orders that were counted on some days, and are cancelled or tests by now.
    async fn taken_out(
        &self,
        slug: &Slug,
        from: Date,
        to: Date,
    ) -> Result<Vec<Vec<OrderedValue>>, StoreError>;
    /// The first day on which anything of a product was counted.
    async fn counted_since(&self, slug: &Slug) -> Result<Option<Date>, StoreError>;
    /// Forgets the sums of all days before this one; how many rows they were.
    async fn forget_counts(&self, before: Date) -> Result<u64, StoreError>;
}
