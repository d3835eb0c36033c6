//! Drafts found, saved and forgotten.

use configurator::Slug;

use super::draft::Draft;
use super::store::{Discard, NewDraft, Way};
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The draft of a product; the live revision's bundle where nothing was changed yet.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn draft(&self, slug: &Slug) -> Result<Draft, ShopError> {
        if let Some(row) = self.store.draft(slug).await? {
            return self.executor.run(move || Draft::read(row)).await?;
        }
        let live = self.live_number(slug).await?;
        let bundle = self.bundle(slug, live).await?;
        let (slug, changed_by) = (slug.clone(), String::new());
        Ok(Draft { slug, version: 0, base: live, bundle, changed_at: None, changed_by })
    }

    /// Saves a draft if nobody else did since `version`, and returns it with its new version. It need not be sound.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did, or when the draft was published or discarded meanwhile; there is
    /// no such product; the shop is busy; the store failed.
    pub async fn save_draft(
        &self,
        slug: &Slug,
        version: i64,
        bundle: Bundle,
        by: &str,
    ) -> Result<Draft, ShopError> {
        self.save_draft_as(slug, version, bundle, by, Way::Saved).await
    }

    pub(super) async fn save_draft_as(
        &self,
        slug: &Slug,
        version: i64,
        bundle: Bundle,
        by: &str,
        way: Way,
    ) -> Result<Draft, ShopError> {
        self.live_number(slug).await?;
        let write = move || bundle.write().map(|(text, _)| (bundle, text));
        let (bundle, text) = self.executor.run(write).await??;
        let (at, by) = (self.now(), by.to_owned());
        let new = NewDraft { slug: slug.clone(), version, bundle: text, at, by, way };
        match self.store.save_draft(&new).await? {
            Some(row) => Ok(Draft::of(row, bundle)),
            None => Err(self.draft_changed(slug).await?),
        }
    }

    /// Forgets a product's draft if nobody saved it since `version`. Undoing brings it back while the same revision is live.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did, or when there is no draft any more; there is no such product; the
    /// store failed.
    pub async fn discard_draft(&self, slug: &Slug, version: i64, by: &str) -> Result<(), ShopError> {
        self.live_number(slug).await?;
        let discard = Discard { slug: slug.clone(), version, at: self.now(), by: by.to_owned() };
        if self.store.discard_draft(&discard).await? {
            return Ok(());
        }
        Err(self.draft_changed(slug).await?)
    }

    pub(super) async fn draft_changed(&self, slug: &Slug) -> Result<ShopError, ShopError> {
        let changed_by = self.store.draft(slug).await?.map(|row| row.changed_by);
        Ok(ShopError::DraftChanged { slug: slug.clone(), changed_by })
    }
}
