//! What is counted while orders are gone through, and what it comes to.

use std::time::Duration;

use personalize::gate::{Gate, HeldOut, Promise};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;

use crate::walk::{below, shuffle};

/// Steps into which probabilities are divided.
const STEPS: usize = 1_000;

/// Something tried, and how often it succeeded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Share {
    pub(crate) hits: u64,
    pub(crate) tries: u64,
}

impl Share {
    pub(crate) fn count(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.tries += 1;
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.tries += other.tries;
    }

    /// In percent; not a number when nothing was tried.
    pub(crate) fn percent(self) -> f64 {
        100.0 * self.hits as f64 / self.tries as f64
    }
}

/// One prediction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prediction {
    /// How many columns were known.
    pub(crate) known: usize,
    /// Whether no order like this one was in training.
    pub(crate) unseen: bool,
    /// Whether only one value was possible.
    pub(crate) settled: bool,
    /// The probability of the most probable value.
    pub(crate) probability: f64,
    pub(crate) hit: bool,
    /// Whether what was ordered is among the three most probable values.
    pub(crate) in_three: bool,
}

/// How sure a prediction was, and whether it was right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) probability: f32,
    pub(crate) hit: bool,
}

/// Counts of predictions, of orders seen in training and of the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Unseen orders are the second.
    pub(crate) all: [Share; 2],
    pub(crate) three: [Share; 2],
    /// Where more than one value was possible.
    pub(crate) open: [Share; 2],
    /// By number of known columns.
    pub(crate) by_known: Vec<[Share; 2]>,
    /// By probability, in a thousandth.
    pub(crate) by_probability: Vec<[Share; 2]>,
    /// Of each order unseen in training, its predictions.
    pub(crate) unseen: Vec<Vec<Case>>,
    /// By order, each by itself: sum and sum of squares of the accuracies, and how many.
    orders: [(f64, f64, u64); 2],
}

impl Tally {
    pub(crate) fn count(&mut self, prediction: Prediction) {
        let Prediction { known, unseen, settled, probability, hit, in_three } = prediction;
        let kind = usize::from(unseen);
        self.all[kind].count(hit);
        self.three[kind].count(in_three);
        if !settled {
            self.open[kind].count(hit);
        }
        at(&mut self.by_known, known)[kind].count(hit);
        let step = (probability * STEPS as f64) as usize;
        at(&mut self.by_probability, step.min(STEPS))[kind].count(hit);
        if unseen {
            self.case_of_order(
                known == 0 || self.unseen.is_empty(),
                Case { probability: probability as f32, hit },
            );
        }
    }

    fn case_of_order(&mut self, is_first: bool, case: Case) {
        if is_first {
            self.unseen.push(Vec::new());
        }
        if let Some(order) = self.unseen.last_mut() {
            order.push(case);
        }
    }

    /// Counts how well a whole order was told.
    pub(crate) fn count_order(&mut self, unseen: bool, share: Share) {
        if share.tries > 0 {
            let accuracy = share.hits as f64 / share.tries as f64;
            let (sum, squares, count) = &mut self.orders[usize::from(unseen)];
            (*sum, *squares, *count) = (*sum + accuracy, *squares + accuracy * accuracy, *count + 1);
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for kind in 0..2 {
            self.all[kind].add(other.all[kind]);
            self.three[kind].add(other.three[kind]);
            self.open[kind].add(other.open[kind]);
            for (place, share) in other.by_known.iter().enumerate() {
                at(&mut self.by_known, place)[kind].add(share[kind]);
            }
            for (place, share) in other.by_probability.iter().enumerate() {
                at(&mut self.by_probability, place)[kind].add(share[kind]);
            }
        }
        self.unseen.extend_from_slice(&other.unseen);
        for (own, other) in self.orders.iter_mut().zip(other.orders) {
            *own = (own.0 + other.0, own.1 + other.1, own.2 + other.2);
        }
    }

    /// Half the width of the interval in which the accuracy is with 95 % confidence, orders being drawn at random, in points: of all orders,
    /// or of those unseen in training.
    pub(crate) fn half_width(&self, unseen: bool) -> f64 {
        let [seen, others] = self.orders;
        let all = (seen.0 + others.0, seen.1 + others.1, seen.2 + others.2);
        let (sum, squares, count) = if unseen { others } else { all };
        let count = count as f64;
        let variance = (squares / count - (sum / count).powi(2)).max(0.0);
        196.0 * (variance / count).sqrt()
    }

    /// How many orders were gone through.
    pub(crate) fn count_of_orders(&self) -> u64 {
        self.orders.iter().map(|(_, _, count)| count).sum()
    }

    /// By tenth of probability, of all orders: how often it was said, the mean of what was said and how often it was right, in
    /// percent.
    pub(crate) fn calibration(&self) -> Vec<(u64, f64, f64)> {
        let mut found = vec![(Share::default(), 0.0); 10];
        for (step, [seen, unseen]) in self.by_probability.iter().enumerate() {
            let (share, said) = &mut found[(step * 10 / STEPS).min(9)];
            share.add(*seen);
            share.add(*unseen);
            *said +=
                (seen.tries + unseen.tries) as f64 * (step as f64 + 0.5).min(STEPS as f64) / STEPS as f64;
        }
        found
            .into_iter()
            .map(|(share, said)| (share.tries, 100.0 * said / share.tries as f64, share.percent()))
            .collect()
    }

    /// The mean distance of what was said from how often it was right, in points.
    pub(crate) fn calibration_error(&self) -> f64 {
        let tenths = self.calibration();
        let all: u64 = tenths.iter().map(|(tries, _, _)| tries).sum();
        let off = tenths.iter().filter(|(tries, _, _)| *tries > 0);
        off.map(|&(tries, said, right)| tries as f64 / all as f64 * (said - right).abs()).sum()
    }
}

/// The element at a place, which is made when it isn't there.
fn at<T: Clone + Default>(list: &mut Vec<T>, place: usize) -> &mut T {
    if list.len() <= place {
        list.resize(place + 1, T::default());
    }
    &mut list[place]
}

/// How often the shop's gate is set anew, on another half of the orders each time.
const SPLITS: u64 = 1_000;

/// What the shop's gate lets through of orders that were not in training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Promised {
    /// Positions that are preselected, of all, over all splits.
    pub(crate) covered: Share,
    /// Those of them that are right.
    pub(crate) right: Share,
    /// Splits in which fewer than promised are right.
    pub(crate) broken: Share,
}

/// Sets the gate on one half of the orders unseen in training, and judges it on all positions of the other half. A case is one position of
/// an order, drawn at random, as the gate asks for: those of one order go together.
pub(crate) fn promised(orders: &[Vec<Case>], promise: Promise, seed: u64) -> Promised {
    let mut random = SplitMix64::seed_from_u64(seed);
    let mut found = Promised { covered: Share::default(), right: Share::default(), broken: Share::default() };
    let mut places: Vec<usize> = (0..orders.len()).collect();
    for _ in 0..SPLITS {
        shuffle(&mut places, &mut random);
        let (held_out, others) = places.split_at(places.len() / 2);
        let mut drawn = |place: &usize| {
            let order = &orders[*place];
            let case = order[below(&mut random, order.len())];
            HeldOut { confidence: f64::from(case.probability), right: case.hit }
        };
        let cases: Vec<HeldOut> = held_out.iter().map(&mut drawn).collect();
        let from = Gate::calibrate(promise, &cases).opening().map_or(f64::INFINITY, |opening| opening.from);
        let (mut covered, mut right) = (Share::default(), Share::default());
        for case in others.iter().flat_map(|place| &orders[*place]) {
            let passes = f64::from(case.probability) >= from;
            covered.count(passes);
            if passes {
                right.count(case.hit);
            }
        }
        // Nothing that is preselected breaks no promise.
        found.broken.count(right.tries > 0 && (right.hits as f64) < promise.needed() * right.tries as f64);
        found.covered.add(covered);
        found.right.add(right);
    }
    found
}

/// Times of many questions of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn count(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Which no more than this percentage are above, in microseconds.
    pub(crate) fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
    }
}

#[cfg(test)]
mod tests {
    use personalize::gate::Promise;

    use super::{Case, Prediction, Promised, Share, Tally, promised};

    /// Predictions with this probability, so many of them right.
    fn said(tally: &mut Tally, probability: f64, right: u64, all: u64, unseen: bool) {
        for at in 0..all {
            let hit = at < right;
            tally.count(Prediction { known: 0, unseen, settled: false, probability, hit, in_three: true });
        }
    }

    /// Orders of one position each, of which so many in a hundred are right.
    fn orders(probability: f32, right: usize, all: usize) -> Vec<Vec<Case>> {
        (0..all).map(|at| vec![Case { probability, hit: at % 100 < right }]).collect()
    }

    #[test]
    fn the_gate_lets_through_what_keeps_the_promise() {
        let sure = orders(0.97, 99, 2_000);
        let unsure = orders(0.6, 80, 2_000);
        let both = [sure, unsure.clone()].concat();
        let Promised { covered, right, broken } = promised(&both, Promise::default(), 7);
        assert!((covered.percent() - 50.0).abs() < 1.0, "{covered:?}");
        assert!((right.percent() - 99.0).abs() < 0.2, "{right:?}");
        assert_eq!(broken, Share { hits: 0, tries: 1_000 });
        let nothing = promised(&unsure, Promise::default(), 7);
        assert_eq!((nothing.covered.hits, nothing.broken.hits), (0, 0));
    }

    #[test]
    fn a_promise_that_is_nearly_kept_is_seldom_made() {
        // Right in 94 of 100: a gate without a bound would let it through whenever a half looks better than it is.
        let Promised { broken, .. } = promised(&orders(0.97, 94, 4_000), Promise::default(), 7);
        assert!(broken.hits <= 50, "{broken:?}");
    }

    #[test]
    fn predictions_are_kept_by_order() {
        let mut tally = Tally::default();
        for known in [0, 1, 2, 0, 1] {
            let unseen = true;
            tally.count(Prediction {
                known,
                unseen,
                settled: false,
                probability: 0.9,
                hit: true,
                in_three: true,
            });
        }
        assert_eq!(tally.unseen.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
    }

    #[test]
    fn what_is_said_is_set_beside_what_was_right() {
        let mut tally = Tally::default();
        said(&mut tally, 0.7505, 60, 100, false);
        let (tries, mean, right) = tally.calibration()[7];
        assert_eq!((tries, right), (100, 60.0));
        assert!((mean - 75.05).abs() < 1e-9);
        assert!((tally.calibration_error() - 15.05).abs() < 1e-9);
    }

    #[test]
    fn the_interval_is_that_of_whole_orders() {
        let mut tally = Tally::default();
        for hits in [1, 3, 1, 3] {
            tally.count_order(hits == 3, Share { hits, tries: 4 });
        }
        assert!((tally.half_width(false) - 196.0 * 0.25 / 2.0).abs() < 1e-9);
        assert!(tally.half_width(true).abs() < 1e-9, "all of them are alike");
        assert_eq!(tally.count_of_orders(), 4);
    }
}
