//! What the life of products asks of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use super::standing::Standing;
use crate::catalogue::prepared::Prepared;
use crate::store_error::StoreError;

/// A product, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRow {
    /// The product.
    pub slug: Slug,
    /// Number of the live revision; of one that was never published, what its draft began as.
    pub live: RevisionNumber,
    /// How it stands.
    pub standing: Standing,
    /// The address it has now, where that is another one.
    pub moved_to: Option<Slug>,
}

/// A product in the admin's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedRow {
    /// The product and how it stands.
    pub product: StandingRow,
    /// Its place among the listed ones, from 1; nothing where it is not listed.
    pub place: Option<u32>,
    /// When its live revision was published.
    pub published_at: OffsetDateTime,
    /// Price of the standard design in minor units, and its currency, where that revision is prepared.
    pub standard_price: Option<(i64, String)>,
}

/// A published product that asks its shoppers about their use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsesRow {
    /// The product.
    pub slug: Slug,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What it asks, as its bundle has it: JSON.
    pub uses: String,
}

/// A product to be begun: nobody sees it before it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewlyBegun {
    /// Its address in the shop.
    pub slug: Slug,
    /// What its draft begins as, as JSON: the bundle of a revision that nobody ever sees.
    pub empty: String,
    /// First 16 hexadecimal digits of that bundle's SHA-256.
    pub hash: String,
    /// What was made of that revision.
    pub prepared: Prepared,
    /// The draft's bundle as JSON.
    pub draft: String,
    /// When.
    pub at: OffsetDateTime,
    /// Who begins it.
    pub by: String,
    /// What it is made of, for the audit.
    pub from: String,
}

/// A change of how a product stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStanding {
    /// The product.
    pub slug: Slug,
    /// How it stood when somebody decided.
    pub was: Standing,
    /// How it is to stand.
    pub becomes: Standing,
    /// When.
    pub at: OffsetDateTime,
    /// Who does.
    pub by: String,
}

/// How products begin, stand, are ordered and called.
#[async_trait]
pub trait ProductStore: Send + Sync {
    /// A product, and how it stands.
    async fn standing(&self, slug: &Slug) -> Result<Option<StandingRow>, StoreError>;
    /// The products that the admin shows, in the shop's order: all but those that were removed or have another address now.
    async fn managed(&self, format: u8, offset: u32, limit: u32) -> Result<Vec<ManagedRow>, StoreError>;
    /// The addresses of those, each with the name in its draft, or in its live revision where it has none; nothing where
    /// that has no name.
    async fn managed_names(&self) -> Result<Vec<(Slug, Option<String>)>, StoreError>;
    /// The same of these addresses alone.
    async fn names_of(&self, slugs: &[Slug]) -> Result<Vec<(Slug, Option<String>)>, StoreError>;
    /// The published ones of those that ask about use, each by its live revision.
    async fn product_uses(&self) -> Result<Vec<UsesRow>, StoreError>;
    /// How many of them there are, published or not.
    async fn count_managed(&self) -> Result<u32, StoreError>;
    /// The place of a product among the listed ones, from 1; nothing when it is not listed.
    async fn place(&self, slug: &Slug) -> Result<Option<u32>, StoreError>;
    /// Begins a product with a draft, and notes it in the audit; `false`, and nothing written, when its address is taken. One
    /// that was removed makes room.
    async fn begin_product(&self, begun: &NewlyBegun) -> Result<bool, StoreError>;
    /// Changes how a product stands and notes it in the audit; the link that shows the draft of one that is removed ends. `false`, and nothing written, when it stands otherwise than was
    /// thought.
    async fn change_standing(&self, change: &NewStanding) -> Result<bool, StoreError>;
    /// Moves a listed product to a place among the listed ones, from 1 (beyond the last is the last), and notes it in the audit;
    /// `false`, and nothing written, when it is not listed.
    async fn move_product(
        &self,
        slug: &Slug,
        place: u32,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
    /// Gives a product another address and notes it in the audit. Everything that is kept of the product goes along, and the
    /// former address leads to it; `false`, and nothing written, when another product has or had the address, or there is no
    /// such product.
    async fn change_address(
        &self,
        slug: &Slug,
        to: &Slug,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
}
