//! What was learnt lately, in memory.

use configurator::{RevisionNumber, Slug};
use personalize::StartingDesign;
use quick_cache::sync::Cache;
use time::OffsetDateTime;

use crate::stock::store::SoldOut;

/// What was learnt lately.
pub(crate) type StartingDesigns = Cache<Subject, Learnt>;

/// What a starting design is learnt for: a revision, what of it is sold out, and a stated use.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    pub(super) slug: Slug,
    pub(super) revision: RevisionNumber,
    pub(super) sold_out: Vec<SoldOut>,
    pub(super) stated_use: Option<String>,
}

#[derive(Clone)]
pub(crate) struct Learnt {
    pub(super) at: OffsetDateTime,
    pub(super) starting_design: StartingDesign,
}

/// How many are remembered.
const MOST_LEARNT: usize = 2_000;

/// Room for starting designs.
pub(crate) fn starting_designs() -> StartingDesigns {
    Cache::new(MOST_LEARNT)
}
