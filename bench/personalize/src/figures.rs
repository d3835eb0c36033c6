//! What is counted while orders are gone through, and what it comes to.

use std::time::Duration;

/// Steps into which probabilities are divided.
const STEPS: usize = 1_000;
/// What a default that is preselected has to be right in.
const PROMISE: f64 = 0.95;

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
    /// By order, each by itself: sum and sum of squares of the accuracies, and how many.
    orders: (f64, f64, u64),
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
    }

    /// Counts how well a whole order was told.
    pub(crate) fn count_order(&mut self, share: Share) {
        if share.tries > 0 {
            let accuracy = share.hits as f64 / share.tries as f64;
            self.orders = (self.orders.0 + accuracy, self.orders.1 + accuracy * accuracy, self.orders.2 + 1);
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
        let (sum, squares, count) = other.orders;
        self.orders = (self.orders.0 + sum, self.orders.1 + squares, self.orders.2 + count);
    }

    /// Half the width of the interval in which the accuracy is with 95 % confidence, orders being drawn at random, in points.
    pub(crate) fn half_width(&self) -> f64 {
        let (sum, squares, count) = self.orders;
        let count = count as f64;
        let variance = (squares / count - (sum / count).powi(2)).max(0.0);
        196.0 * (variance / count).sqrt()
    }

    /// How many orders were gone through.
    pub(crate) fn count_of_orders(&self) -> u64 {
        self.orders.2
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

/// What is at or above the threshold at which the other folds' unseen orders were right in 95 of 100: how much of each fold's, and
/// how often it was right.
pub(crate) fn gated(folds: &[Tally]) -> (Share, Share) {
    let (mut covered, mut right) = (Share::default(), Share::default());
    for (place, own) in folds.iter().enumerate() {
        let mut others = Tally::default();
        folds.iter().enumerate().filter(|(fold, _)| *fold != place).for_each(|(_, fold)| others.add(fold));
        let mut above = Share::default();
        let mut threshold = STEPS + 1;
        for (step, share) in others.by_probability.iter().enumerate().rev() {
            above.add(share[1]);
            if above.tries > 0 && above.hits as f64 >= PROMISE * above.tries as f64 {
                threshold = step;
            }
        }
        for (step, share) in own.by_probability.iter().enumerate() {
            let passes = if step >= threshold { share[1] } else { Share::default() };
            covered.add(Share { hits: passes.tries, tries: share[1].tries });
            right.add(passes);
        }
    }
    (covered, right)
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
    use super::{Prediction, Share, Tally, gated};

    /// Predictions with this probability, so many of them right.
    fn said(tally: &mut Tally, probability: f64, right: u64, all: u64, unseen: bool) {
        for at in 0..all {
            let hit = at < right;
            tally.count(Prediction { known: 0, unseen, settled: false, probability, hit, in_three: true });
        }
    }

    #[test]
    fn the_threshold_is_that_of_the_other_folds() {
        let mut sure = Tally::default();
        said(&mut sure, 0.995, 100, 100, true);
        said(&mut sure, 0.605, 50, 100, true);
        // What was seen in training says nothing of it.
        said(&mut sure, 0.605, 100, 100, false);
        let mut other = Tally::default();
        said(&mut other, 0.995, 90, 100, true);
        said(&mut other, 0.605, 80, 100, true);
        let (covered, right) = gated(&[sure, other]);
        // The second fold never reaches 95 of 100, so nothing of the first passes; its own lets the second's best pass.
        assert_eq!(covered, Share { hits: 100, tries: 400 });
        assert_eq!(right, Share { hits: 90, tries: 100 });
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
            tally.count_order(Share { hits, tries: 4 });
        }
        assert!((tally.half_width() - 196.0 * 0.25 / 2.0).abs() < 1e-9);
        assert_eq!(tally.count_of_orders(), 4);
    }
}
