//! Drafts found, saved and forgotten.

use configurator::{RevisionNumber, Slug};

use super::draft::Draft;
use super::noted::Noted;
use super::store::{Discard, NewDraft, Way};
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The draft of a product, also by a former address; the live revision's bundle where nothing was changed yet.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn draft(&self, slug: &Slug) -> Result<Draft, ShopError> {
        let mut slug = slug.clone();
        loop {
            if let Some(row) = self.store.draft(&slug).await? {
                return self.executor.run(move || Draft::read(row)).await?;
            }
            match self.moved_from(&slug).await? {
                Some(to) => slug = to,
                None => break,
            }
        }
        let live = self.live_number(&slug).await?;
        let bundle = self.bundle(&slug, live).await?;
        let changed_by = String::new();
        Ok(Draft { slug, version: 0, base: live, bundle, changed_at: None, changed_by })
    }

    /// Saves a draft if nobody else did since `version`, and returns it with its new version. It need not be sound. Where the
    /// product got another address meanwhile, it is saved there.
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
        self.save_draft_on(slug, version, bundle, by, (way, None)).await
    }

    /// The same of a draft that is one of another revision from then on.
    pub(super) async fn save_draft_on(
        &self,
        slug: &Slug,
        version: i64,
        bundle: Bundle,
        by: &str,
        (way, base): (Way, Option<RevisionNumber>),
    ) -> Result<Draft, ShopError> {
        self.live_number(slug).await?;
        // Where another version is there meanwhile, nothing is saved.
        let before = self.draft(slug).await?.bundle;
        self.write_draft((slug, version), (before, bundle), by, (way, base)).await
    }

    /// The same over a draft that was read.
    pub(super) async fn save_over(
        &self,
        draft: &Draft,
        bundle: Bundle,
        by: &str,
        (way, base): (Way, Option<RevisionNumber>),
    ) -> Result<Draft, ShopError> {
        self.live_number(&draft.slug).await?;
        let over = (&draft.slug, draft.version);
        self.write_draft(over, (draft.bundle.clone(), bundle), by, (way, base)).await
    }

    async fn write_draft(
        &self,
        (slug, version): (&Slug, i64),
        (before, bundle): (Bundle, Bundle),
        by: &str,
        (way, base): (Way, Option<RevisionNumber>),
    ) -> Result<Draft, ShopError> {
        let write = move || {
            let what = Noted::between(&before, &bundle).written();
            bundle.write().map(|(text, _)| (bundle, text, what))
        };
        let (bundle, text, what) = self.executor.run(write).await??;
        let (at, by) = (self.now(), by.to_owned());
        let mut new = NewDraft { slug: slug.clone(), version, bundle: text, at, by, way, base, what };
        loop {
            if let Some(row) = self.store.save_draft(&new).await? {
                self.forget_studies(&new.slug);
                self.forget_looked(&new.slug);
                return Ok(Draft::of(row, bundle));
            }
            match self.moved_from(&new.slug).await? {
                Some(to) => new.slug = to,
                None => return Err(self.draft_changed(&new.slug).await?),
            }
        }
    }

    /// Forgets a product's draft if nobody saved it since `version`. Undoing brings it back while the same revision is live.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did, or when there is no draft any more; [`ShopError::StandsOtherwise`] when the
    /// product was never published, which has nothing but its draft; there is no such product; the store failed.
    pub async fn discard_draft(&self, slug: &Slug, version: i64, by: &str) -> Result<(), ShopError> {
        self.live_number(slug).await?;
        if self.store.standing(slug).await?.is_some_and(|row| row.standing.is_unpublished()) {
            return Err(ShopError::StandsOtherwise { slug: slug.clone() });
        }
        let mut discard = Discard { slug: slug.clone(), version, at: self.now(), by: by.to_owned() };
        loop {
            if self.store.discard_draft(&discard).await? {
                self.forget_studies(&discard.slug);
                self.forget_looked(&discard.slug);
                return Ok(());
            }
            match self.moved_from(&discard.slug).await? {
                Some(to) => discard.slug = to,
                None => return Err(self.draft_changed(&discard.slug).await?),
            }
        }
    }

    /// The address that a product has now; nothing where it is this one.
    pub(super) async fn moved_from(&self, slug: &Slug) -> Result<Option<Slug>, ShopError> {
        Ok(self.store.standing(slug).await?.and_then(|row| row.moved_to))
    }

    pub(crate) async fn draft_changed(&self, slug: &Slug) -> Result<ShopError, ShopError> {
        let changed_by = self.store.draft(slug).await?.map(|row| row.changed_by);
        Ok(ShopError::DraftChanged { slug: slug.clone(), changed_by })
    }
}
