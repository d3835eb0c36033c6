//! What browsers may have of what was learnt, to propose values from a visit's choices without sending them anywhere.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};

use crate::catalogue::prepared::PackedArtifact;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The hash of what browsers may have of what was learnt of a revision; nothing while nothing is.
    ///
    /// # Errors
    /// The store failed.
    pub async fn habits(&self, revision: &Arc<Revision>) -> Result<Option<String>, ShopError> {
        let model = self.model(revision).await?;
        Ok(model.and_then(|model| model.habits.as_ref().map(|habits| habits.hash.clone())))
    }

    /// The same of a revision that need not be in memory. Whether its orders are others by now is looked at behind.
    ///
    /// # Errors
    /// The store failed.
    pub async fn habits_lately(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Option<String>, ShopError> {
        let (known, is_due) = self.models.find(&(slug.clone(), number), self.now());
        let Some(known) = known else { return Ok(None) };
        if is_due {
            return self.habits(&self.as_published(slug, number).await?).await;
        }
        Ok(known.habits.as_ref().map(|habits| habits.hash.clone()))
    }

    /// What browsers may have of a revision, by its hash: what is learnt by now, or was before that.
    #[must_use]
    pub fn habits_of_hash(&self, slug: &Slug, number: RevisionNumber, hash: &str) -> Option<PackedArtifact> {
        let (known, _) = self.models.find(&(slug.clone(), number), self.now());
        known?.habits_of_hash(hash).cloned()
    }
}
