//! Preparing what another release published or left, while what is ready is served; clearing away what older ones made.

use super::prepared::{FORMAT, FORMER_FORMAT};
use crate::error::ShopError;
use crate::shop::Shop;
use crate::store_error::StoreError;

impl Shop {
    /// Prepares the live revisions that are not prepared in this release's format, one after the other, while those that
    /// are can be served. Those that this release can't read, that are not sound for it, or that can't be made are logged
    /// and left out. Then what was prepared in formats older than the one before is forgotten.
    ///
    /// # Errors
    /// The store failed.
    pub async fn prepare_all(&self) -> Result<u32, ShopError> {
        let mut prepared = 0;
        for row in self.store.unprepared(FORMAT).await? {
            let found = loop {
                // Shoppers come first, and each turn is waited for patiently.
                match self.find_revision(&row.slug, row.live).await {
                    Err(ShopError::Busy) => {}
                    found => break found,
                }
            };
            match found {
                Ok(_) => prepared += 1,
                Err(error @ ShopError::Store(StoreError::Failed { .. } | StoreError::Unavailable { .. })) => {
                    return Err(error);
                }
                Err(error) => tracing::error!(slug = %row.slug, %error, "a product is left out"),
            }
        }
        let forgotten = self.store.forget_prepared_before(FORMER_FORMAT).await?;
        if forgotten > 0 {
            tracing::info!(artifacts = forgotten, "forgot what older releases had prepared");
        }
        Ok(prepared)
    }
}
