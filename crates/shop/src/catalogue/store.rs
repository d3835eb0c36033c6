//! What the catalogue asks of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use crate::learning::PastDesignRow;
use crate::store::StoreError;

/// A product and its live revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// Its address in the shop.
    pub slug: Slug,
    /// Number of the live revision.
    pub live: RevisionNumber,
}

/// A revision as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionRow {
    /// The product.
    pub slug: Slug,
    /// Counts from 1 for each product.
    pub number: RevisionNumber,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// Who published it.
    pub published_by: String,
    /// What they wrote about it.
    pub note: String,
}

/// A revision in a product's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionInfo {
    /// Counts from 1 for each product.
    pub number: RevisionNumber,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// Who published it.
    pub published_by: String,
    /// What they wrote about it.
    pub note: String,
    /// Whether it is the one that shoppers see.
    pub live: bool,
    /// How many orders were placed for it.
    pub orders: i64,
}

/// A product to be added with its first revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct {
    /// Its address in the shop.
    pub slug: Slug,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// When it is added.
    pub at: OffsetDateTime,
    /// Who adds it.
    pub by: String,
    /// About its first revision.
    pub note: String,
    /// Synthetic past orders to learn the first defaults from.
    pub past: Vec<PastDesignRow>,
}

/// Products and their revisions.
#[async_trait]
pub trait CatalogueStore: Send + Sync {
    /// The products in the order in which they were added.
    async fn products(&self) -> Result<Vec<ProductRow>, StoreError>;
    /// Number of a product's live revision.
    async fn live(&self, slug: &Slug) -> Result<Option<RevisionNumber>, StoreError>;
    /// One revision.
    async fn revision(&self, slug: &Slug, number: RevisionNumber) -> Result<Option<RevisionRow>, StoreError>;
    /// A product's revisions, newest first.
    async fn revisions(&self, slug: &Slug) -> Result<Vec<RevisionInfo>, StoreError>;
    /// Adds a product with its first revision and its past orders; `false` when it is known already.
    async fn add_product(&self, product: &NewProduct) -> Result<bool, StoreError>;
    /// Makes a revision live and notes it in the audit; `false` when there is no such revision.
    async fn roll_back(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
}
