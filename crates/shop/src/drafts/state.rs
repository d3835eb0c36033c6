//! What stands between a draft and the shop.

use std::sync::Arc;

use configurator::completeness::Finding;
use configurator::{FailedTest, Problem, Product};

use super::draft::Draft;
use super::unsettled::Unsettled;
use crate::catalogue::revision::Revision;

/// What stands between a draft and the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// The draft equals the live revision.
    Unchanged,
    /// The draft can be published.
    Ready,
    /// The draft has this many problems.
    Problems(usize),
    /// The draft is sound, but so many test designs and things that look forgotten keep it from being published.
    Unsettled(usize),
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
    /// Test designs of which something else comes than they say.
    pub failed: Vec<FailedTest>,
    /// What the product and its options lack, and nobody marked as meant.
    pub findings: Vec<Finding>,
}

impl DraftState {
    /// The state of a draft with these problems, and this to settle. One of a product that was never published equals nothing, if there
    /// is one at all.
    pub(super) fn of(
        draft: &Draft,
        live: Option<&Revision>,
        problems: &[Problem],
        unsettled: &Unsettled,
    ) -> Self {
        match (problems.len(), unsettled.count()) {
            (0, _) if live.map_or(draft.version == 0, |live| draft.bundle == live.bundle) => Self::Unchanged,
            (0, 0) => Self::Ready,
            (0, unsettled) => Self::Unsettled(unsettled),
            (problems, _) => Self::Problems(problems),
        }
    }

    /// Whether the draft is another than what is live, and sound: only a person's decision may still stand between it and the shop.
    #[must_use]
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Ready | Self::Unsettled(_))
    }
}
