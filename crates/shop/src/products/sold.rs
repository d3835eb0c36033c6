//! Which product an address leads to, and whether it is sold.

use configurator::Slug;

use super::standing::Standing;
use super::store::StandingRow;
use crate::drafts::previewed::is_preview;
use crate::error::ShopError;
use crate::lately::LATELY;
use crate::shop::Shop;

impl Shop {
    /// A product as it stands; nothing when none has or had this address.
    ///
    /// # Errors
    /// The store failed.
    pub async fn standing(&self, slug: &Slug) -> Result<Option<StandingRow>, ShopError> {
        Ok(self.store.standing(slug).await?)
    }

    /// The same, at most a second old.
    ///
    /// # Errors
    /// The store failed.
    pub async fn standing_lately(&self, slug: &Slug) -> Result<Option<StandingRow>, ShopError> {
        let now = self.environment.now();
        if let Some((row, since)) = self.lately_standing.get(slug)
            && (now - since).abs() < LATELY
        {
            return Ok(Some(row));
        }
        let row = self.store.standing(slug).await?;
        if let Some(row) = &row {
            self.lately_standing.insert(slug.clone(), (row.clone(), now));
        }
        Ok(row)
    }

    /// What is said of a product's standing from now on is asked for anew.
    pub(crate) fn forget_standing(&self, slug: &Slug) {
        self.lately_standing.remove(slug);
        self.lately_live.remove(slug);
    }

    /// Makes sure that a product is one that shoppers know and can order.
    ///
    /// # Errors
    /// [`ShopError::Archived`] when it is not sold any more; there is no such product for shoppers; the store failed.
    pub async fn sold(&self, slug: &Slug) -> Result<(), ShopError> {
        match self.standing_lately(slug).await? {
            Some(row) if row.standing.is_sold() => Ok(()),
            Some(row) if row.standing == Standing::Archived => {
                let name = self.bundle(slug, row.live).await?.source.name;
                Err(ShopError::Archived { slug: slug.clone(), name })
            }
            // One with another address is found by it.
            Some(row) if row.standing == Standing::Moved => Ok(()),
            None if is_preview(slug) => Ok(()),
            Some(_) | None => Err(self.unknown_product(slug.as_str()).await?),
        }
    }
}
