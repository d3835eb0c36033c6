//! What the shop makes of a draft.

use std::sync::Arc;

use configurator::{Product, Slug};

use super::draft::Draft;
use super::state::{Analysis, DraftState};
use super::unsettled::Unsettled;
use crate::catalogue::bundle::inspect;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The live revision that a product's draft is compared with; nothing where the product was never published.
    ///
    /// # Errors
    /// There is no such product, its live revision is not sound for this release, or the store failed.
    pub async fn compared_with(&self, slug: &Slug) -> Result<Option<Arc<Revision>>, ShopError> {
        match self.store.standing(slug).await? {
            Some(row) if row.standing.is_unpublished() => Ok(None),
            _ => self.published(slug).await.map(Some),
        }
    }

    /// Inspects a draft beside what is live of it. May take as long as [`inspect`].
    ///
    /// # Errors
    /// The shop is busy.
    pub async fn analyse(&self, draft: &Draft, live: Option<&Revision>) -> Result<Analysis, ShopError> {
        let bundle = draft.bundle.clone();
        let work = move || match inspect(&bundle) {
            Ok(product) => {
                let unsettled = Unsettled::of(&bundle.source, &product);
                (Vec::new(), Some(Arc::clone(product.product())), unsettled)
            }
            Err(problems) => {
                let product = Product::check(&bundle.source).ok().map(Arc::new);
                let unsettled = product.as_ref().map(|product| Unsettled::of(&bundle.source, product));
                (problems, product, unsettled.unwrap_or_default())
            }
        };
        let (problems, product, unsettled) = self.executor.run(work).await?;
        let state = DraftState::of(draft, live, &problems, &unsettled);
        let Unsettled { failed, findings } = unsettled;
        Ok(Analysis { state, problems, product, failed, findings })
    }

    /// The state of a draft; one that equals the live revision is not inspected again.
    ///
    /// # Errors
    /// The shop is busy, the live revision is not sound for this release, or the store failed.
    pub async fn draft_state(&self, draft: &Draft) -> Result<DraftState, ShopError> {
        if self.equals_live(draft).await? {
            return Ok(DraftState::Unchanged);
        }
        let live = self.compared_with(&draft.slug).await?;
        Ok(self.analyse(draft, live.as_deref()).await?.state)
    }

    /// What keeps a product's draft from being published, as far as somebody looked at it since it was saved; nothing where nobody did,
    /// or where this process has forgotten it. Nothing is looked into for that.
    ///
    /// # Errors
    /// There is no such product, or the store failed; where only something is to settle, also as [`Shop::draft_state`].
    pub async fn known_draft_state(&self, slug: &Slug) -> Result<Option<DraftState>, ShopError> {
        let (Some(row), Some(stands)) = (self.store.draft(slug).await?, self.store.standing(slug).await?)
        else {
            return Ok(Some(DraftState::Unchanged));
        };
        let live = (!stands.standing.is_unpublished()).then_some(stands.live);
        let threshold = self.profile().large_price_change;
        let studied = self.studies.get(&(slug.clone(), row.version, row.base, live));
        let looked = self.looked_at.get(&(slug.clone(), row.base, row.version, live, threshold));
        let counts = studied.map(|study| study.counts()).or_else(|| looked.map(|looked| looked.counts()));
        Ok(match counts {
            None => None,
            Some((0, 0)) => Some(DraftState::Ready),
            Some((0, unsettled)) => {
                let draft = self.executor.run(move || Draft::read(row)).await??;
                let is_same = self.equals_live(&draft).await?;
                Some(if is_same { DraftState::Unchanged } else { DraftState::Unsettled(unsettled) })
            }
            Some((problems, _)) => Some(DraftState::Problems(problems)),
        })
    }

    /// Whether a draft is what is live, so that there is nothing to publish.
    ///
    /// # Errors
    /// The store failed.
    pub async fn equals_live(&self, draft: &Draft) -> Result<bool, ShopError> {
        if draft.version == 0 {
            return Ok(true);
        }
        let live = self.compared_with(&draft.slug).await?;
        Ok(live.is_some_and(|live| draft.bundle == live.bundle))
    }
}
