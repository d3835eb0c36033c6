//! What options were worth when somebody looked lately, in memory.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use quick_cache::sync::Cache;
use time::OffsetDateTime;

use super::worths::OptionWorths;

/// What was found lately, by product and revision, and when.
pub(crate) type LatelyWorth = Cache<(Slug, RevisionNumber), (Arc<OptionWorths>, OffsetDateTime)>;

/// Of how many products it is kept.
const MANY: usize = 256;

/// Room for it.
pub(crate) fn lately_worth() -> LatelyWorth {
    Cache::new(MANY)
}
