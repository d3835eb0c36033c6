//! What segments ask of the store.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::rule::Rule;
use crate::customers::customer::CustomerId;
use crate::store_error::StoreError;

/// Which buyers are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuyerQuery {
    /// Beginnings of words of theirs, folded: names, addresses, numbers of orders. Orders are looked at that have all of them.
    pub words: Vec<String>,
    /// What has to hold.
    pub rule: Rule,
    /// When the rule's day `since` begins, where the shop is.
    pub since: Option<OffsetDateTime>,
    /// When the rule's day `before` begins there.
    pub before: Option<OffsetDateTime>,
    /// The address that is theirs, in lower case.
    pub email: Option<String>,
    /// The customer who it is, if they agreed in this version of the wording or a later one that their orders may speak.
    pub customer: Option<(CustomerId, u32)>,
    /// How many are passed over.
    pub offset: u32,
    /// How many come at most.
    pub limit: u32,
}

/// A buyer with what their orders in one currency come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyerSummary {
    /// Their e-mail address, in lower case.
    pub email: String,
    /// The name on their last order.
    pub name: String,
    /// How many orders.
    pub orders: u32,
    /// What they come to, in minor units.
    pub value: i64,
    /// ISO 4217 code of that.
    pub currency: String,
    /// When the first was placed.
    pub first: OffsetDateTime,
    /// When the last was placed.
    pub last: OffsetDateTime,
}

/// A named group of buyers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub rule: Rule,
}

/// Buyers by what they ordered, and named groups of them. Whoever was erased is not among them.
#[async_trait]
pub trait SegmentStore: Send + Sync {
    /// Buyers, those whose orders come to most first.
    async fn buyers(&self, query: &BuyerQuery) -> Result<Vec<BuyerSummary>, StoreError>;
    /// How many different buyers a query finds, wherever it begins and ends.
    async fn count_buyers(&self, query: &BuyerQuery) -> Result<u64, StoreError>;
    /// All segments, by name.
    async fn segments(&self) -> Result<Vec<Segment>, StoreError>;
    /// Keeps a segment, in place of one of this name, and notes it in the audit.
    async fn keep_segment(&self, segment: &Segment, by: &str, at: OffsetDateTime) -> Result<(), StoreError>;
    /// Forgets a segment, if it is there, and notes it in the audit.
    async fn remove_segment(&self, name: &str, by: &str, at: OffsetDateTime) -> Result<(), StoreError>;
}
