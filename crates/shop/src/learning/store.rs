//! What learning asks of the store.

use async_trait::async_trait;
use configurator::Slug;

use crate::store_error::StoreError;

/// A design that was ordered, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDesignRow {
    /// The use the shopper stated.
    pub stated_use: Option<String>,
    /// Attribute codes and values.
    pub choices: Vec<(String, String)>,
    /// How many orders had it, at least 1.
    pub count: u32,
    /// How many of those are synthetic.
    pub synthetic: u32,
}

/// What was ordered, to learn from.
#[async_trait]
pub trait LearningStore: Send + Sync {
    /// What the shop may learn defaults from: the designs of the last 5 000 orders whose shopper stated a use and that were
    /// confirmed since, and neither cancelled nor returned, marked as tests or left out, at most three of one buyer (by e-mail
    /// address, large and small letters alike); and the synthetic ones; equal designs are counted together, the most frequent come first.
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError>;

    /// The examples that came with a product, without made-up orders, as [`LearningStore::past_designs`] has them.
    async fn examples(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError>;

    /// Makes these the made-up orders of a product, in place of those it had. They are synthetic, too.
    async fn replace_made_up(&self, slug: &Slug, orders: &[PastDesignRow]) -> Result<(), StoreError>;
}
