//! Counts that are not in the store yet: they wait in memory, so that counting costs no order and no page anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use configurator::Slug;
use time::Date;

use super::count::Count;
use super::store::DayCount;

/// Most different counts that wait; what comes beyond them, while the store can't be reached for long, is not counted.
const MOST_WAITING: usize = 50_000;

/// Counts that wait, each once with how often it happened.
#[derive(Debug, Default)]
pub(crate) struct Buffer(Mutex<BTreeMap<(Slug, Date, Count), u32>>);

impl Buffer {
    fn waiting(&self) -> MutexGuard<'_, BTreeMap<(Slug, Date, Count), u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, counts: impl IntoIterator<Item = DayCount>) {
        let mut waiting = self.waiting();
        for DayCount { slug, day, count, times } in counts {
            let key = (slug, day, count);
            if waiting.len() < MOST_WAITING || waiting.contains_key(&key) {
                let sum = waiting.entry(key).or_default();
                *sum = sum.saturating_add(times);
            }
        }
    }

    /// All that wait, in an order that is the same for everybody who writes.
    pub(super) fn take(&self) -> Vec<DayCount> {
        let taken = std::mem::take(&mut *self.waiting());
        taken.into_iter().map(|((slug, day, count), times)| DayCount { slug, day, count, times }).collect()
    }
}
