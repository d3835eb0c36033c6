//! Drafts that somebody walked lately, in memory.

use configurator::{Configured, Slug};
use quick_cache::sync::Cache;

/// Drafts by product and version.
pub(crate) type WalkedDrafts = Cache<(Slug, i64), Configured>;

/// How many are kept.
const MOST_WALKED: usize = 16;

/// Room for drafts.
pub(crate) fn walked_drafts() -> WalkedDrafts {
    Cache::new(MOST_WALKED)
}
