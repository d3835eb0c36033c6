//! Experiments that showed nothing when they were looked after last, in memory.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Their codes.
#[derive(Debug, Default)]
pub(crate) struct Alarmed(Mutex<BTreeSet<String>>);

impl Alarmed {
    /// Notes whether one showed nothing.
    pub(super) fn note(&self, code: &str, is_alarming: bool) {
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_alarming {
            codes.insert(code.to_owned());
        } else {
            codes.remove(code);
        }
    }

    pub(super) fn has(&self, code: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(code)
    }
}
