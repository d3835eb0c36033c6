//! Which rules are behind a conflict, remembered: the same conflicts come up click after click, and working out which rules
//! are to blame is the slowest thing on a menu.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::design::{Choices, Design};
use crate::refute::Blame;

/// How many answers are kept; then all are forgotten.
const MOST: usize = 4_096;

/// Conflicts of one product, each a set of choices over a reference, with what is behind them; `None` for what took too long to
/// find out. That does not depend on what was asked before, so remembering changes nothing but the time. What shoppers typed
/// must not get in: it would make every conflict new, and stay.
#[derive(Debug, Default)]
pub(crate) struct KnownConflicts(Mutex<HashMap<(Choices, Design), Option<Blame>, FxBuildHasher>>);

impl KnownConflicts {
    /// What is known of a conflict, or else what `find` finds out.
    pub(crate) fn or_find(
        &self,
        conflict: (Choices, Design),
        find: impl FnOnce(&Choices, &Design) -> Option<Blame>,
    ) -> Option<Blame> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(blame) = known().get(&conflict) {
            return blame.clone();
        }
        let blame = find(&conflict.0, &conflict.1);
        let mut known = known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(conflict, blame.clone());
        blame
    }
}

/// A copy finds out for itself.
impl Clone for KnownConflicts {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What is remembered makes no difference.
impl PartialEq for KnownConflicts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for KnownConflicts {}
