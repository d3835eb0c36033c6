//! Naive Bayes: what is known speaks for a value as if it knew nothing of the rest.

use super::counts::Pairs;
use super::{Cell, Columns, Model, normalise};

/// How many orders the shares of a value's column stand for in each pair.
const BEFORE: f64 = 1.0;

/// Each value is as probable as its share, times how probable each known value is among its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaiveBayes {
    pairs: Pairs,
}

impl NaiveBayes {
    /// A model that knows no order yet.
    #[must_use]
    pub fn new(columns: &Columns) -> Self {
        Self { pairs: Pairs::new(columns) }
    }
}

impl Model for NaiveBayes {
    fn name(&self) -> &str {
        "naive Bayes"
    }

    fn learn(&mut self, row: &[Cell], times: u32) {
        self.pairs.learn(row, times);
    }

    fn forget(&mut self, row: &[Cell], times: u32) {
        self.pairs.forget(row, times);
    }

    fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        let columns = &self.pairs.columns;
        let known: Vec<_> = columns
            .known(known)
            .map(|(column, value)| (column, value, self.pairs.singles.shares(columns, column)[value]))
            .collect();
        let of_column = |&column: &usize| {
            let mut found = self.pairs.singles.shares(columns, column);
            for &(other, value, share) in known.iter().filter(|(other, _, _)| *other != column) {
                for (own, probability) in found.iter_mut().enumerate() {
                    *probability *= self.pairs.given((other, value), (column, own), share, BEFORE);
                }
                // In between, so that products never become zero.
                normalise(&mut found);
                found.iter_mut().for_each(|probability| *probability = probability.max(f64::MIN_POSITIVE));
            }
            normalise(&mut found);
            found
        };
        open.iter().map(of_column).collect()
    }
}
