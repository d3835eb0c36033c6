//! Orders in hand: what can't be placed within a moment is refused at once, so that a crowd costs those little who are served,
//! and leaves room for those who only look.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::error::ShopError;

/// How long an order may wait for those before it.
const MOMENT: Duration = Duration::from_secs(2);
/// So many are taken whatever is expected: orders that come together are written together, so what a lonely one takes says
/// little of them.
const FEWEST: u32 = 64;
/// Most of them, unless the shop says otherwise.
const MOST: u32 = 512;
/// How much of what is expected the last order says.
const WEIGHT: f64 = 1.0 / 16.0;

/// The orders that were taken and are not answered yet.
#[derive(Debug)]
pub(crate) struct InHand {
    most: u32,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    many: u32,
    /// Seconds by which an order takes longer for each one before it, as the last ones tell.
    pace: f64,
}

/// A place among them, given back when dropped. It is taken before anything of the order is thought about.
#[derive(Debug)]
#[must_use]
pub struct OrderInHand<'i> {
    in_hand: &'i InHand,
    since: Instant,
    /// Its place in the row, from 1 on.
    place: u32,
    is_placed: bool,
}

impl Default for InHand {
    fn default() -> Self {
        Self::new(MOST)
    }
}

impl InHand {
    /// At most so many at once.
    pub(crate) fn new(most: u32) -> Self {
        Self { most: most.max(1), state: Mutex::default() }
    }

    /// A place for one more order.
    ///
    /// # Errors
    /// [`ShopError::Busy`] where there is none, or where it would wait for too long.
    pub(crate) fn take(&self) -> Result<OrderInHand<'_>, ShopError> {
        let mut state = self.state();
        let place = state.next(self.most).ok_or(ShopError::Busy)?;
        state.many = place;
        Ok(OrderInHand { in_hand: self, since: Instant::now(), place, is_placed: false })
    }

    /// Whether there is a place for one more order.
    pub(crate) fn has_room(&self) -> bool {
        self.state().next(self.most).is_some()
    }

    /// A panic elsewhere leaves nothing half done here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The place of one more order where there may be so many; nothing where it would wait for too long.
    fn next(&self, most: u32) -> Option<u32> {
        let place = self.many + 1;
        let takes_too_long = place > FEWEST && self.pace * f64::from(place) > MOMENT.as_secs_f64();
        (place <= most && !takes_too_long).then_some(place)
    }
}

impl OrderInHand<'_> {
    /// It was placed.
    pub(crate) fn placed(mut self) {
        self.is_placed = true;
    }
}

impl Drop for OrderInHand<'_> {
    /// What it took says how long others will take. Where it was refused or given up, to place it would have taken longer still:
    /// that says something only where it is much already.
    fn drop(&mut self) {
        let pace = self.since.elapsed().as_secs_f64() / f64::from(self.place);
        let mut state = self.in_hand.state();
        state.many -= 1;
        if self.is_placed || pace > state.pace {
            state.pace += (pace - state.pace) * WEIGHT;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_taken_than_may_be_and_a_place_is_given_back() {
        let in_hand = InHand::new(2);
        let first = in_hand.take().unwrap();
        let _second = in_hand.take().unwrap();
        assert!(matches!(in_hand.take(), Err(ShopError::Busy)) && !in_hand.has_room());
        first.placed();
        assert!(in_hand.has_room());
        let _third = in_hand.take().unwrap();
        assert!(matches!(in_hand.take(), Err(ShopError::Busy)));
    }

    /// How many orders are taken at once where each of so many at once took so long until it was placed or given up.
    fn taken_at(place: u32, takes: Duration, is_placed: bool) -> usize {
        let in_hand = InHand::new(10_000);
        for _ in 0..100 {
            let since = Instant::now().checked_sub(takes).unwrap();
            in_hand.state().many += 1;
            drop(OrderInHand { in_hand: &in_hand, since, place, is_placed });
        }
        let mut taken = Vec::new();
        while let Ok(one) = in_hand.take() {
            taken.push(one);
        }
        taken.len()
    }

    #[test]
    fn as_many_are_taken_as_are_placed_within_a_moment() {
        // A hundred in a second: two hundred in two.
        let taken = taken_at(100, Duration::from_secs(1), true);
        assert!((190..=201).contains(&taken), "{taken}");
        let taken = taken_at(1_000, Duration::from_secs(1), true);
        assert!((1_900..=2_010).contains(&taken), "{taken}");
        // However slow they are, some are, and what those take is looked at again.
        assert_eq!(taken_at(1, Duration::from_secs(9), true), 64);
    }

    #[test]
    fn orders_whose_time_is_over_say_how_slow_it_is_too() {
        let taken = taken_at(100, Duration::from_secs(3), false);
        assert!((64..=70).contains(&taken), "{taken}");
        // Those that are refused at once say nothing.
        let in_hand = InHand::new(10_000);
        for _ in 0..100 {
            let since = Instant::now().checked_sub(Duration::from_secs(3)).unwrap();
            in_hand.state().many += 1;
            OrderInHand { in_hand: &in_hand, since, place: 100, is_placed: true }.placed();
            drop(in_hand.take().unwrap());
        }
        assert!(in_hand.state().pace > 0.02);
    }
}
