//! A Bayesian network whose shape is a tree: the one under which the orders are most probable (C. K. Chow and C. N. Liu,
//! "Approximating discrete probability distributions with dependence trees", 1968). What is known is conditioned on exactly, by
//! messages up and down (J. Pearl, "Reverend Bayes on inference engines", 1982).

use super::counts::Pairs;
use super::{Cell, Columns, Model, normalise};

/// How many orders the shares of a column stand for under each value above it.
const BEFORE: f64 = 1.0;

/// A tree over the columns, and how often values were ordered together. Orders change the counts; the shape is that of the
/// orders it was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pairs: Pairs,
    /// The columns, each after the one above it, which is none for the root.
    above: Vec<(usize, Option<usize>)>,
}

impl Tree {
    /// Learns shape and counts.
    #[must_use]
    pub fn fit(columns: &Columns, rows: &[(Vec<Cell>, u32)]) -> Self {
        let mut pairs = Pairs::new(columns);
        for (row, times) in rows {
            pairs.learn(row, *times);
        }
        let above = shape(&pairs);
        Self { pairs, above }
    }

    /// The probability of each value of a column under each of the one above it.
    fn conditional(&self, column: usize, above: usize, under: usize, shares: &[f64]) -> Vec<f64> {
        let given = |(value, &share)| self.pairs.given((column, value), (above, under), share, BEFORE);
        shares.iter().enumerate().map(given).collect()
    }

    /// By column: whether it is open or above one that is.
    fn asked(&self, open: &[usize]) -> Vec<bool> {
        let mut asked = vec![false; self.pairs.columns.count()];
        open.iter().for_each(|&column| asked[column] = true);
        for &(column, above) in self.above.iter().rev() {
            if let Some(above) = above.filter(|_| asked[column]) {
                asked[above] = true;
            }
        }
        asked
    }

    /// By column: what is known of it and below it says for each of its values.
    fn upwards(&self, known: &[Option<usize>], shares: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let columns = &self.pairs.columns;
        let mut says: Vec<Vec<f64>> = (0..columns.count())
            .map(|column| {
                (0..columns.size(column))
                    .map(|value| if known[column].is_none_or(|known| known == value) { 1.0 } else { 0.0 })
                    .collect()
            })
            .collect();
        // What knows nothing says nothing: only from what is known there is something to hand up.
        let mut informed: Vec<bool> = known.iter().map(Option::is_some).collect();
        for &(column, above) in self.above.iter().rev() {
            let Some(above) = above.filter(|_| informed[column]) else { continue };
            informed[above] = true;
            let below = std::mem::take(&mut says[column]);
            let heard = || below.iter().enumerate().filter(|(_, says)| **says > 0.0);
            for (under, says) in says[above].iter_mut().enumerate().filter(|(_, says)| **says > 0.0) {
                let given = |value: usize| {
                    self.pairs.given((column, value), (above, under), shares[column][value], BEFORE)
                };
                *says *= heard().map(|(value, says)| given(value) * says).sum::<f64>();
            }
            normalise(&mut says[above]);
            says[column] = below;
        }
        says
    }
}

/// The tree of most mutual information, from the first column; of equals the first.
fn shape(pairs: &Pairs) -> Vec<(usize, Option<usize>)> {
    let count = pairs.columns.count();
    let mut best: Vec<(f64, Option<usize>)> = vec![(f64::NEG_INFINITY, None); count];
    let mut found = Vec::with_capacity(count);
    let mut open: Vec<usize> = (0..count).collect();
    while let Some(at) =
        (0..open.len()).reduce(|one, other| if best[open[other]].0 > best[open[one]].0 { other } else { one })
    {
        let column = open.remove(at);
        found.push((column, best[column].1));
        for &other in &open {
            let shared = mutual_information(pairs, column, other);
            if shared > best[other].0 {
                best[other] = (shared, Some(column));
            }
        }
    }
    found
}

/// What two columns tell of each other, in nats.
fn mutual_information(pairs: &Pairs, one: usize, other: usize) -> f64 {
    let columns = &pairs.columns;
    let mut table = Vec::new();
    for value in 0..columns.size(one) {
        table.extend(
            (0..columns.size(other)).map(|with| f64::from(pairs.together((one, value), (other, with)))),
        );
    }
    let width = columns.size(other).max(1);
    let all: f64 = table.iter().sum();
    let rows: Vec<f64> = table.chunks(width).map(|row| row.iter().sum()).collect();
    let sums: Vec<f64> = (0..width).map(|at| table.iter().skip(at).step_by(width).sum()).collect();
    let part = |(at, &both): (usize, &f64)| {
        if both > 0.0 {
            both / all * libm::log(both * all / (rows[at / width] * sums[at % width]))
        } else {
            0.0
        }
    };
    table.iter().enumerate().map(part).sum()
}

impl Model for Tree {
    fn name(&self) -> &str {
        "tree"
    }

    fn learn(&mut self, row: &[Cell], times: u32) {
        self.pairs.learn(row, times);
    }

    fn forget(&mut self, row: &[Cell], times: u32) {
        self.pairs.forget(row, times);
    }

    fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        let columns = &self.pairs.columns;
        let mut values = vec![None; columns.count()];
        for (column, value) in columns.known(known).filter(|(column, _)| !open.contains(column)) {
            values[column] = Some(value);
        }
        let shares: Vec<Vec<f64>> =
            (0..columns.count()).map(|column| self.pairs.singles.shares(columns, column)).collect();
        let says = self.upwards(&values, &shares);
        let mut beliefs: Vec<Vec<f64>> = vec![Vec::new(); columns.count()];
        let asked = self.asked(open);
        for &(column, above) in self.above.iter().filter(|(column, _)| asked[*column]) {
            let mut belief = match above {
                None => shares[column].clone(),
                Some(above) => {
                    let mut sum = vec![0.0; columns.size(column)];
                    for (under, &weight) in
                        beliefs[above].iter().enumerate().filter(|(_, weight)| **weight > 0.0)
                    {
                        let mut part = self.conditional(column, above, under, &shares[column]);
                        // What is below this column is in the belief above it already: taken back by dividing by it.
                        let own: f64 = part.iter().zip(&says[column]).map(|(given, says)| given * says).sum();
                        part.iter_mut().for_each(|given| *given *= weight / own.max(f64::MIN_POSITIVE));
                        sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
                    }
                    sum
                }
            };
            belief.iter_mut().zip(&says[column]).for_each(|(belief, says)| *belief *= says);
            normalise(&mut belief);
            beliefs[column] = belief;
        }
        open.iter()
            .map(|&column| {
                let mut found = beliefs[column].clone();
                found.iter_mut().for_each(|probability| *probability = probability.max(f64::MIN_POSITIVE));
                normalise(&mut found);
                found
            })
            .collect()
    }
}
