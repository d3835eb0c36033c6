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
    pub(super) fn take(&self) -> Taken<'_> {
        let taken = std::mem::take(&mut *self.waiting());
        let unwritten = taken
            .into_iter()
            .map(|((slug, day, count), times)| DayCount { slug, day, count, times })
            .collect();
        Taken { buffer: self, unwritten }
    }
}

/// Counts that are being written. What is not written waits again, also where whoever writes is stopped.
pub(super) struct Taken<'b> {
    buffer: &'b Buffer,
    /// What has yet to be written.
    pub unwritten: Vec<DayCount>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.buffer.add(std::mem::take(&mut self.unwritten));
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::insight::count::CountKind;

    #[test]
    fn what_was_not_written_waits_again() {
        let buffer = Buffer::default();
        let counted = |slug: &str| DayCount {
            slug: slug.parse().expect("an address"),
            day: date!(2027 - 01 - 15),
            count: Count::of(CountKind::Visit),
            times: 2,
        };
        buffer.add([counted("lamp"), counted("shoe")]);
        buffer.take().unwritten.remove(0);
        buffer.add([counted("shoe")]);
        let taken = buffer.take();
        assert_eq!(taken.unwritten, [DayCount { times: 4, ..counted("shoe") }]);
    }
}
