//! What learning asks of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use personalize::Asker;
use time::OffsetDateTime;

use crate::customers::customer::CustomerId;
use crate::orders::order::OrderedValue;
use crate::store_error::StoreError;

/// A design that was ordered, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDesignRow {
    /// The use the shopper stated.
    pub stated_use: Option<String>,
    /// What else was known of the shopper, as they agreed.
    pub asker: Asker,
    /// Attribute codes and values.
    pub choices: Vec<(String, String)>,
    /// How many orders had it, at least 1.
    pub count: u32,
    /// How many of those are synthetic.
    pub synthetic: u32,
}

/// What was ordered once: attribute codes and values.
pub type OrderedChoices = Vec<(String, String)>;

/// A design of somebody's own, ordered or kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDesignRow {
    /// Attribute codes and values: of an order all, of a kept design what they chose.
    pub choices: OrderedChoices,
    /// What else was known of them when it was ordered.
    pub asker: Asker,
}

/// A design that was ordered, with where each value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedDesign {
    /// The revision that it was ordered from.
    pub revision: RevisionNumber,
    /// Its values.
    pub values: Vec<OrderedValue>,
}

/// What was ordered, to learn from.
#[async_trait]
pub trait LearningStore: Send + Sync {
    /// What the shop may learn defaults from: orders whose shopper stated a use, or of whom more was kept as they agreed, and that were
    /// confirmed since, and neither cancelled nor returned, marked as tests or left out; of each buyer (by e-mail address, large and small
    /// letters alike) the last three at most, and of those the designs of the last 5 000; and the synthetic ones; equal designs of whom the
    /// same is known are counted together, the most frequent come first.
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError>;

    /// What each buyer ordered who came back, the oldest first and the last six of each, of the orders that
    /// [`LearningStore::past_designs`] learns from. Nothing says who they are.
    async fn returning_buyers(&self, slug: &Slug) -> Result<Vec<Vec<OrderedChoices>>, StoreError>;

    /// The designs of orders that were placed since, whether a use was stated or not, with where each value came from:
    /// confirmed ones that are neither tests nor left out, the last three at most of each buyer, and of those the newest 2 000.
    async fn learnt_from(
        &self,
        slug: &Slug,
        since: OffsetDateTime,
    ) -> Result<Vec<Vec<OrderedValue>>, StoreError>;

    /// The designs of the newest 2 000 orders, as [`LearningStore::learnt_from`] counts them, but for those of buyers who were erased and
    /// whose orders are kept by law.
    async fn ordered_designs(&self, slug: &Slug) -> Result<Vec<OrderedDesign>, StoreError>;

    /// What a customer ordered of a product and what was confirmed since, the oldest first, the last twenty; tests, cancelled and
    /// returned orders are none. Nothing without their consent, asked for in this wording or a later one.
    async fn own_orders(
        &self,
        customer: &CustomerId,
        slug: &Slug,
        wording: u32,
    ) -> Result<Vec<OwnDesignRow>, StoreError>;

    /// What a customer chose in the designs of a product that they keep and did not order, the oldest first, the last twenty. Nothing
    /// without their consent, as above.
    async fn own_designs(
        &self,
        customer: &CustomerId,
        slug: &Slug,
        wording: u32,
    ) -> Result<Vec<OwnDesignRow>, StoreError>;

    /// The examples that came with a product, without made-up orders, as [`LearningStore::past_designs`] has them.
    async fn examples(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError>;

    /// Makes these the made-up orders of a product, in place of those it had. They are synthetic, too.
    async fn replace_made_up(&self, slug: &Slug, orders: &[PastDesignRow]) -> Result<(), StoreError>;
}
