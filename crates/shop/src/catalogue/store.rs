//! What the catalogue asks of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use super::offer::{Offer, Withdrawal};
use super::prepared::{PackedArtifact, Prepared};
use crate::learning::store::PastDesignRow;
use crate::store_error::StoreError;

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
    /// What became of its offer.
    pub offer: Offer,
}

/// A revision that is not live and whose prices end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingPrices {
    /// The product.
    pub slug: Slug,
    /// The revision.
    pub number: RevisionNumber,
    /// When they end.
    pub ends: OffsetDateTime,
}

/// Which products are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// In which format they have to be prepared.
    pub format: u8,
    /// Which language its texts are wanted in, as a tag of BCP 47; they are as written where there are none.
    pub language: String,
    /// What each has in its name or summary, in lower case.
    pub words: Vec<String>,
    /// How many come before the first that is asked for.
    pub offset: u32,
    /// At most how many.
    pub limit: u32,
}

/// What a list says of a product's live revision, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingRow {
    /// The product.
    pub slug: Slug,
    /// Its live revision.
    pub revision: RevisionNumber,
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// The lowest price known, in minor units.
    pub low_price: i64,
    /// The price of the standard design in minor units.
    pub standard_price: i64,
    /// The highest price of a valid design in minor units, where it is known.
    pub high_price: Option<i64>,
    /// Days from order to dispatch of the standard design.
    pub lead_time_days: u32,
    /// When the revision was published.
    pub published_at: OffsetDateTime,
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
    /// What was made of the revision.
    pub prepared: Prepared,
}

/// Products and their revisions.
#[async_trait]
pub trait CatalogueStore: Send + Sync {
    /// The products in the order in which they were added.
    async fn products(&self) -> Result<Vec<ProductRow>, StoreError>;
    /// How many products a list has, whose live revisions are prepared in this format and have all of these words, which are
    /// in lower case.
    async fn count_listed(&self, format: u8, words: &[String]) -> Result<u32, StoreError>;
    /// Those products, in the order in which they were added.
    async fn listed(&self, query: &ListQuery) -> Result<Vec<ListingRow>, StoreError>;
    /// The products whose live revision is not prepared in this format.
    async fn unprepared(&self, format: u8) -> Result<Vec<ProductRow>, StoreError>;
    /// What the browser loads of a revision, in this format.
    async fn artifact(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        format: u8,
    ) -> Result<Option<PackedArtifact>, StoreError>;
    /// Keeps what was made of a revision in place of what is kept of the same format.
    async fn keep_prepared(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        prepared: &Prepared,
    ) -> Result<(), StoreError>;
    /// Forgets what was made of revisions in formats below this one, and returns how many revisions' artifacts that were.
    async fn forget_prepared_before(&self, format: u8) -> Result<u64, StoreError>;
    /// Number of a product's live revision.
    async fn live(&self, slug: &Slug) -> Result<Option<RevisionNumber>, StoreError>;
    /// One revision.
    async fn revision(&self, slug: &Slug, number: RevisionNumber) -> Result<Option<RevisionRow>, StoreError>;
    /// A product's revisions, newest first.
    async fn revisions(&self, slug: &Slug) -> Result<Vec<RevisionInfo>, StoreError>;
    /// The revisions that are not live and whose prices end after a time and not after another one, the one that ends first coming first.
    /// Prices hold for `hold_days` where nothing else is said of a revision.
    async fn prices_ending(
        &self,
        hold_days: i64,
        within: (OffsetDateTime, OffsetDateTime),
    ) -> Result<Vec<EndingPrices>, StoreError>;
    /// What became of a revision's offer.
    async fn offer(&self, slug: &Slug, number: RevisionNumber) -> Result<Offer, StoreError>;
    /// Withdraws a revision that is not live, in place of an earlier withdrawal, and notes it in the audit; `false`, and
    /// nothing written, when there is none.
    async fn withdraw(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        withdrawal: &Withdrawal,
    ) -> Result<bool, StoreError>;
    /// Takes a withdrawal back and notes it in the audit; `false` when there was none.
    async fn offer_again(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
    /// Adds a product with its first revision and its past orders; `false` when it is known already.
    async fn add_product(&self, product: &NewProduct) -> Result<bool, StoreError>;
    /// Makes a revision live, supersedes the one that was, and notes it in the audit; `false` when there is no such
    /// revision, or it is withdrawn.
    async fn roll_back(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
}
