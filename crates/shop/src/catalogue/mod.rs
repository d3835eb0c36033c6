//! The catalogue: products and their revisions.

mod bundle;
mod folder;
mod load;
mod low_price;
mod revision;
mod store;

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};

pub use bundle::{Bundle, inspect};
pub use folder::{PastOrders, product_folder, read_folder};
pub use load::{BrokenFolder, Loaded, unfit_name};
pub use revision::Revision;
use revision::checked;
pub use store::{CatalogueStore, NewProduct, ProductRow, RevisionInfo, RevisionRow};

use crate::error::ShopError;
use crate::memory::Memory;
use crate::{Shop, in_background};

/// Revisions, which never change.
pub(crate) type Revisions = Memory<(Slug, RevisionNumber), Arc<Revision>>;

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

    /// The live revisions of all products, in the order in which the products were added. One that is not sound for
    /// this release is left out and logged.
    ///
    /// # Errors
    /// The store failed.
    pub async fn products(&self) -> Result<Vec<Arc<Revision>>, ShopError> {
        let mut live = Vec::new();
        for row in self.store.products().await? {
            match self.find_revision(&row.slug, row.live).await {
                Ok(revision) => live.extend(revision),
                Err(error @ ShopError::BrokenRevision { .. }) => {
                    tracing::error!(%error, "a product is left out")
                }
                Err(error) => return Err(error),
            }
        }
        Ok(live)
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

    async fn find_revision(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Option<Arc<Revision>>, ShopError> {
        let key = (slug.clone(), number);
        if let Some(revision) = self.revisions.get(&key) {
            return Ok(Some(revision));
        }
        let Some(row) = self.store.revision(slug, number).await? else { return Ok(None) };
        let revision = Arc::new(in_background(move || checked(row)).await??);
        self.revisions.insert(key, Arc::clone(&revision));
        Ok(Some(revision))
    }

    /// Number of a product's live revision.
    pub(crate) async fn live_number(&self, slug: &Slug) -> Result<RevisionNumber, ShopError> {
        if let Some(number) = self.store.live(slug).await? {
            return Ok(number);
        }
        Err(self.unknown_product(slug.as_str()).await?)
    }

    /// That there is no such product, and which there are.
    async fn unknown_product(&self, slug: &str) -> Result<ShopError, ShopError> {
        let products = self.products().await?;
        let known =
            products.iter().map(|revision| (revision.slug.clone(), revision.product.name.clone())).collect();
        Ok(ShopError::UnknownProduct { slug: slug.to_owned(), known })
    }
}
