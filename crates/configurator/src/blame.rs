//! Which rules are behind a conflict, remembered: the same conflicts come up click after click, and working out which rules
//! are to blame is the slowest thing on a menu.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::design::{Choices, Value};
use crate::product::RuleId;

/// How many answers are kept; then all are forgotten.
const MOST: usize = 4_096;

/// The rules behind a conflict of choices, none of which can be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blame {
    pub rules: Vec<RuleId>,
    /// Whether the budget is behind it, too.
    pub budget: bool,
}

/// A conflict: its choices, and what the texts are that nobody chose.
pub(crate) type Question = (Choices, Vec<Value>);

/// Answers for one product; `None` for what took too long to find out. Answers do not depend on what was asked before, so
/// remembering changes nothing but the time.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<HashMap<Question, Option<Blame>, FxBuildHasher>>);

impl Remembered {
    /// What is known, or else what `find` finds out.
    pub(crate) fn or_find(&self, question: Question, find: impl FnOnce() -> Option<Blame>) -> Option<Blame> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(blame) = known().get(&question) {
            return blame.clone();
        }
        let blame = find();
        let mut known = known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(question, blame.clone());
        blame
    }
}

/// A copy finds out for itself.
impl Clone for Remembered {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What is remembered makes no difference.
impl PartialEq for Remembered {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Remembered {}
