//! Counts that are not in the store yet: they wait in memory, so that counting costs no order and no page anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use configurator::Slug;
use time::Date;

use super::count::Count;
use super::store::DayCount;
use crate::error::ShopError;
use crate::shop::Shop;

/// Most different counts that wait; what comes beyond them, while the store can't be reached for long, is not counted.
const MOST_WAITING: usize = 50_000;
/// How many are written at once, so that an order that comes meanwhile hardly waits.
const AT_ONCE: usize = 500;

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
    fn take(&self) -> Vec<DayCount> {
        let taken = std::mem::take(&mut *self.waiting());
        taken.into_iter().map(|((slug, day, count), times)| DayCount { slug, day, count, times }).collect()
    }
}

impl Shop {
    /// Writes what was counted since the last time.
    ///
    /// # Errors
    /// The store failed; what is not written waits for the next time.
    pub async fn keep_counts(&self) -> Result<(), ShopError> {
        let counts = self.counts.take();
        for (index, part) in counts.chunks(AT_ONCE).enumerate() {
            if let Err(error) = self.store.add_counts(part).await {
                self.counts.add(counts[index * AT_ONCE..].iter().cloned());
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Forgets sums that are older than the shop keeps them; how many rows they were.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_counts(&self) -> Result<u64, ShopError> {
        let days = i64::from(self.profile.insight_months) * 365 / 12;
        let before = self.today().saturating_sub(time::Duration::days(days));
        Ok(self.store.forget_counts(before).await?)
    }

    /// The day where the shop is.
    pub(super) fn today(&self) -> Date {
        self.profile.day(self.now())
    }
}
