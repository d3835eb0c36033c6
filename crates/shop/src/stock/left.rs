//! What is remembered of what is sold out, and of what is left then.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use quick_cache::sync::Cache;

use super::missing::Prices;
use super::store::SoldOut;

/// Options that are sold out today, by product.
pub(crate) type SoldOutOfAll = HashMap<Slug, Arc<[SoldOut]>>;

/// The prices of what is left of a revision without these options; nothing where nothing is left.
pub(crate) type Left = Cache<(Slug, RevisionNumber, Vec<SoldOut>), Option<Prices>>;

/// Of how many revisions it is remembered what is left.
const MOST_LEFT: usize = 4_000;

pub(crate) fn left() -> Left {
    Cache::new(MOST_LEFT)
}
