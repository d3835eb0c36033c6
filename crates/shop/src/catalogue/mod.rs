//! The catalogue: products and their revisions.

mod bundle;
mod folder;
mod list;
mod load;
mod low_price;
mod prepared;
mod revision;
mod spoken;
mod store;
mod update;

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use words::Language;

pub use bundle::{Bundle, inspect};
pub use folder::{PastOrders, product_folder, read_folder};
pub use list::{Listing, ProductList};
pub use load::{BrokenFolder, Loaded, unfit_name};
pub use prepared::{FORMAT, KeptArtifactError, ListingTexts, PackedArtifact, Prepared};
pub use revision::Revision;
pub(crate) use revision::{Revisions, revisions};
pub use spoken::Spoken;
pub use store::{CatalogueStore, ListQuery, ListingRow, NewProduct, ProductRow, RevisionInfo, RevisionRow};

use crate::Shop;
pub use update::{Differing, Update, Updated, folders_at};

use crate::error::ShopError;

impl Shop {
    /// The address that this text is, when a product has it.
    ///
    /// # Errors
    /// No product can have it, or the store failed.
    pub async fn slug(&self, text: &str) -> Result<Slug, ShopError> {
        match text.parse() {
            Ok(slug) => Ok(slug),
            Err(_) => Err(self.unknown_product(text).await?),
        }
    }

    /// The revision of a product that shoppers see.
    ///
    /// # Errors
    /// There is no such product, its live revision is not sound for this release, or the store failed.
    pub async fn live(&self, slug: &Slug) -> Result<Arc<Revision>, ShopError> {
        let number = self.live_number(slug).await?;
        self.revision(slug, number).await
    }

    /// A revision by its number.
    ///
    /// # Errors
    /// There is no such product or revision, it is not sound for this release, or the store failed.
    pub async fn revision(&self, slug: &Slug, number: RevisionNumber) -> Result<Arc<Revision>, ShopError> {
        match self.find_revision(slug, number).await? {
            Some(revision) => Ok(revision),
            None => {
                self.live_number(slug).await?;
                Err(ShopError::UnknownRevision { slug: slug.clone(), number })
            }
        }
    }

    /// The history of a product, newest first.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn revisions(&self, slug: &Slug) -> Result<Vec<RevisionInfo>, ShopError> {
        self.live_number(slug).await?;
        Ok(self.store.revisions(slug).await?)
    }

    /// Makes an earlier revision live again. A draft that was begun stays; without one, editing starts
    /// from this revision.
    ///
    /// # Errors
    /// There is no such product or revision, the revision is not sound for this release, or the store failed.
    pub async fn roll_back(&self, slug: &Slug, number: RevisionNumber, by: &str) -> Result<(), ShopError> {
        self.revision(slug, number).await?;
        if self.store.roll_back(slug, number, by, self.now()).await? {
            Ok(())
        } else {
            Err(ShopError::UnknownRevision { slug: slug.clone(), number })
        }
    }

    /// Number of a product's live revision.
    pub(crate) async fn live_number(&self, slug: &Slug) -> Result<RevisionNumber, ShopError> {
        if let Some(number) = self.store.live(slug).await? {
            return Ok(number);
        }
        Err(self.unknown_product(slug.as_str()).await?)
    }

    /// That there is no such product, and some that there are.
    async fn unknown_product(&self, slug: &str) -> Result<ShopError, ShopError> {
        let listed = self.list("", 1, Language::default()).await?.items;
        let known = listed.into_iter().map(|listing| (listing.slug, listing.name)).collect();
        Ok(ShopError::UnknownProduct { slug: slug.to_owned(), known })
    }
}
