//! What the shop makes of a draft.

use std::sync::Arc;

use configurator::{Problem, Product};

use super::draft::Draft;
use crate::catalogue::bundle::inspect;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// What stands between a draft and the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// The draft equals the live revision.
    Unchanged,
    /// The draft can be published.
    Ready,
    /// The draft has this many problems.
    Problems(usize),
}

/// What the shop makes of a draft.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What stands between it and the shop.
    pub state: DraftState,
    /// Everything that keeps it from being published.
    pub problems: Vec<Problem>,
    /// The product, where that is sound in itself.
    pub product: Option<Arc<Product>>,
}

impl Shop {
    /// Inspects a draft. May take as long as [`inspect`].
    ///
    /// # Errors
    /// The shop is busy.
    pub async fn analyse(&self, draft: &Draft, live: &Revision) -> Result<Analysis, ShopError> {
        let bundle = draft.bundle.clone();
        let work = move || match inspect(&bundle) {
            Ok(product) => (Vec::new(), Some(Arc::clone(product.product()))),
            Err(problems) => (problems, Product::check(&bundle.source).ok().map(Arc::new)),
        };
        let (problems, product) = self.executor.run(work).await?;
        let state = match problems.len() {
            0 if draft.bundle == live.bundle => DraftState::Unchanged,
            0 => DraftState::Ready,
            problems => DraftState::Problems(problems),
        };
        Ok(Analysis { state, problems, product })
    }

    /// The state of a draft; one that equals the live revision is not inspected again.
    ///
    /// # Errors
    /// The shop is busy, the live revision is not sound for this release, or the store failed.
    pub async fn draft_state(&self, draft: &Draft) -> Result<DraftState, ShopError> {
        if draft.version == 0 {
            return Ok(DraftState::Unchanged);
        }
        let live = self.published(&draft.slug).await?;
        if draft.bundle == live.bundle {
            return Ok(DraftState::Unchanged);
        }
        Ok(self.analyse(draft, &live).await?.state)
    }
}
