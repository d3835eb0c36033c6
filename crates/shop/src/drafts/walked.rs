//! Drafts that somebody walked lately, in memory.

use configurator::{Configured, RevisionNumber, Slug};
use quick_cache::sync::Cache;

/// Drafts by product, version and the revision they began as; nothing where one is not sound.
pub(crate) type WalkedDrafts = Cache<(Slug, i64, RevisionNumber), Option<Configured>>;

/// How many are kept.
const MOST_WALKED: usize = 16;

/// Room for drafts.
pub(crate) fn walked_drafts() -> WalkedDrafts {
    Cache::new(MOST_WALKED)
}
