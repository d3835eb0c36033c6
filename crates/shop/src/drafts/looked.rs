//! Drafts as the gate saw them lately, in memory: what whoever looks again, or asks how far the replay came, need not wait for.

use std::sync::Arc;

use configurator::{Configured, Problem, Product, RevisionNumber, Slug};
use quick_cache::sync::Cache;

use super::effect::Effect;
use super::replaying::LastReplay;
use super::state::{Analysis, DraftState};
use super::unsettled::Unsettled;
use crate::catalogue::bundle::{Bundle, inspect};
use crate::catalogue::revision::Revision;

/// Drafts by product, the revision that they began as, version, what is live, and from which change of a price on it is large.
pub(super) type LookedKey = (Slug, RevisionNumber, i64, Option<RevisionNumber>, u32);
pub(crate) type LookedAt = Cache<LookedKey, Arc<Looked>>;

/// How many are kept: each has what answers for its product, and all that was judged.
const MOST_LOOKED_AT: usize = 16;

/// Room for drafts that were looked at.
pub(crate) fn looked_at() -> LookedAt {
    Cache::new(MOST_LOOKED_AT)
}

/// A draft as the gate saw it.
#[derive(Debug)]
pub(crate) struct Looked {
    /// What keeps it from being published.
    pub(super) problems: Vec<Problem>,
    /// Its product, where that is sound in itself.
    pub(super) product: Option<Arc<Product>>,
    pub(super) unsettled: Unsettled,
    /// What answers for it, and what publishing it does, where it is sound.
    pub(super) sound: Option<(Configured, Effect)>,
    pub(super) last_replay: LastReplay,
}

impl Looked {
    /// At a draft beside what is live of it.
    pub(super) fn at(bundle: &Bundle, live: Option<&Revision>, threshold: u32) -> Self {
        let source = &bundle.source;
        let (problems, product, sound) = match inspect(bundle) {
            Ok(compiled) => {
                let before = live.map(|live| (&live.bundle.source, &live.product));
                let effect = Effect::of(before, (source, &compiled), threshold);
                (Vec::new(), Some(Arc::clone(compiled.product())), Some((compiled, effect)))
            }
            Err(problems) => (problems, Product::check(source).ok().map(Arc::new), None),
        };
        let unsettled = product.as_ref().map(|product| Unsettled::of(source, product));
        let unsettled = unsettled.unwrap_or_default();
        Self { problems, product, unsettled, sound, last_replay: LastReplay::default() }
    }

    /// How many problems it has, and how much there is to settle.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.problems.len(), self.unsettled.count())
    }

    /// What keeps it from being sold, where it stands as `state` says.
    pub(super) fn analysis(&self, state: DraftState) -> Analysis {
        Analysis {
            state,
            problems: self.problems.clone(),
            product: self.product.clone(),
            failed: self.unsettled.failed.clone(),
            findings: self.unsettled.findings.clone(),
        }
    }
}
