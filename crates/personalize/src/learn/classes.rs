//! Latent classes: shoppers of a few kinds that nobody named, each with its own shares of every column (P. F. Lazarsfeld and
//! N. W. Henry, "Latent structure analysis", 1968), found by expectation maximisation (A. P. Dempster, N. M. Laird and D. B.
//! Rubin, "Maximum likelihood from incomplete data via the EM algorithm", 1977).
//!
//! What is found first is the reference: it says to how much an order belongs to each class. What orders change are counts of
//! whole parts of orders by that reference, so that an order taken away is as if it had never been, to the last bit.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::counts::Singles;
use super::{Cell, Columns, Model, normalise};

/// Rounds of expectation maximisation.
const ROUNDS: usize = 30;
/// Most cells of orders times classes that a round goes through; of more orders, some are drawn.
const WORK: usize = 200_000_000;
/// Parts that an order is divided into among the classes.
pub(crate) const PARTS: u32 = 65_536;
/// How many orders everybody's shares stand for in each class.
const BEFORE: f32 = 1.0;
/// How many orders a class is taken to have before the first.
const CLASS_BEFORE: f32 = 0.1;
/// How much of a class's first shares is the order it is made of; the rest is everybody's.
const FIRST: f32 = 0.7;

/// Shares of classes, and of values in them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tables {
    /// By class.
    pub(crate) shares: Vec<f32>,
    /// By value of all columns, then by class.
    pub(crate) values: Vec<f32>,
}

impl Tables {
    /// To how much an order belongs to each class by what is known of it.
    fn belonging(&self, columns: &Columns, known: &[Cell]) -> Vec<f32> {
        belonging(self, &positions(columns, known))
    }

    /// The probability of each value of a column for who belongs so much to each class.
    fn of_column(&self, columns: &Columns, belongs: &[f32], column: usize) -> Vec<f64> {
        let classes = belongs.len();
        let mut found = Vec::with_capacity(columns.size(column));
        for place in columns.place(column, 0)..columns.place(column + 1, 0) {
            let mut sum = f64::MIN_POSITIVE;
            for (belongs, share) in belongs.iter().zip(&self.values[place * classes..]) {
                sum += f64::from(belongs * share);
            }
            found.push(sum);
        }
        normalise(&mut found);
        found
    }

    /// By column but the last: the probability of each value. Of known columns nothing is said.
    pub(crate) fn chances(&self, columns: &Columns, known: &[Cell]) -> Vec<Vec<f64>> {
        let belongs = self.belonging(columns, known);
        let mut found = Vec::with_capacity(columns.count());
        for column in 0..columns.count() - 1 {
            let is_known = known.get(column).is_some_and(Option::is_some);
            found.push(if is_known { Vec::new() } else { self.of_column(columns, &belongs, column) });
        }
        found
    }

    /// The probability of each value of each of the open columns, as [`Model::predict`] has it.
    pub(crate) fn predict(&self, columns: &Columns, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        let mut known = known.to_vec();
        for &column in open {
            if let Some(cell) = known.get_mut(column) {
                *cell = None;
            }
        }
        let belongs = self.belonging(columns, &known);
        open.iter().map(|&column| self.of_column(columns, &belongs, column)).collect()
    }
}

/// Orders divided among classes, in parts of orders.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parts {
    /// By class.
    pub(crate) classes: Vec<u64>,
    /// By value of all columns, then by class.
    pub(crate) values: Vec<u64>,
}

/// Kinds of shoppers.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    columns: Columns,
    classes: usize,
    /// By value of all columns: everybody's share when the classes were found.
    everybody: Vec<f32>,
    /// By what orders are divided among classes.
    reference: Tables,
    parts: Parts,
    current: Tables,
}

impl Classes {
    /// Finds this many classes, at least one; fewer where there are fewer than eight different orders for each.
    #[must_use]
    pub fn fit(columns: &Columns, rows: &[(Vec<Cell>, u32)], classes: usize, seed: u64) -> Self {
        let mut random = SplitMix64::seed_from_u64(seed);
        let classes = classes.min(rows.len() / 8).max(1);
        let mut singles = Singles::new(columns);
        rows.iter().for_each(|(row, times)| singles.learn(columns, row, *times));
        let everybody: Vec<f32> = (0..columns.count())
            .flat_map(|column| singles.shares(columns, column))
            .map(|share| share as f32)
            .collect();
        let mut places: Vec<usize> = (0..rows.len()).collect();
        for at in 0..places.len() {
            let other = at + below(&mut random, places.len() - at);
            places.swap(at, other);
        }
        places.truncate((WORK / (columns.count().max(1) * classes)).max(classes));
        let known: Vec<(Vec<usize>, f32)> =
            places.iter().map(|&row| (positions(columns, &rows[row].0), rows[row].1 as f32)).collect();
        let mut reference = first(columns, &known, &everybody, classes);
        for _ in 0..ROUNDS {
            reference = round(columns, &known, &everybody, &reference);
        }
        let parts = Parts { classes: vec![0; classes], values: vec![0; columns.values() * classes] };
        let current = reference.clone();
        let mut found = Self { columns: columns.clone(), classes, parts, current, everybody, reference };
        found.parts = found.divided(rows);
        found.refresh();
        found
    }

    /// Orders divided among the classes.
    pub(crate) fn divided(&self, rows: &[(Vec<Cell>, u32)]) -> Parts {
        let mut parts =
            Parts { classes: vec![0; self.classes], values: vec![0; self.columns.values() * self.classes] };
        for (row, times) in rows {
            let add = |count: &mut u64, parts: u64| {
                *count = count.saturating_add(parts.saturating_mul(u64::from(*times)));
            };
            self.divide(row, &mut parts, add);
        }
        parts
    }

    /// How many classes there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.classes
    }

    /// Changes the counts by an order's parts.
    fn divide(&self, row: &[Cell], counts: &mut Parts, change: impl Fn(&mut u64, u64)) {
        let places = positions(&self.columns, row);
        let belongs = belonging(&self.reference, &places);
        for (class, belongs) in belongs.iter().enumerate() {
            let parts = (belongs * PARTS as f32 + 0.5) as u64;
            change(&mut counts.classes[class], parts);
            for &place in &places {
                change(&mut counts.values[place * self.classes + class], parts);
            }
        }
    }

    /// Changes its own counts by an order's parts.
    fn change(&mut self, row: &[Cell], change: impl Fn(&mut u64, u64)) {
        let mut parts = std::mem::replace(&mut self.parts, Parts { classes: Vec::new(), values: Vec::new() });
        self.divide(row, &mut parts, change);
        self.parts = parts;
        self.refresh();
    }

    /// Makes the tables anew from the counts.
    fn refresh(&mut self) {
        let orders = |parts: &u64| *parts as f32 / PARTS as f32;
        let shares: Vec<f32> = self.parts.classes.iter().map(orders).collect();
        let values: Vec<f32> = self.parts.values.iter().map(orders).collect();
        self.current = tables(&self.columns, shares, values, &self.everybody);
    }
}

/// A number below a bound, which is not 0.
fn below(random: &mut SplitMix64, bound: usize) -> usize {
    usize::try_from(random.next_u64() % (bound.max(1) as u64)).unwrap_or(0)
}

/// Where an order's known values are among those of all columns.
fn positions(columns: &Columns, row: &[Cell]) -> Vec<usize> {
    columns.known(row).map(|(column, value)| columns.place(column, value)).collect()
}

/// Classes that are near one order each.
fn first(columns: &Columns, known: &[(Vec<usize>, f32)], everybody: &[f32], classes: usize) -> Tables {
    let mut values = Vec::with_capacity(columns.values() * classes);
    for share in everybody {
        values.extend(std::iter::repeat_n(share * (1.0 - FIRST), classes));
    }
    for (class, (places, _)) in known.iter().take(classes).enumerate() {
        places.iter().for_each(|place| values[place * classes + class] += FIRST);
    }
    Tables { shares: vec![1.0 / classes as f32; classes], values }
}

/// To how much an order belongs to each class; adds up to one.
fn belonging(tables: &Tables, places: &[usize]) -> Vec<f32> {
    let classes = tables.shares.len();
    let mut found = tables.shares.clone();
    for places in places.chunks(4) {
        for &place in places {
            let shares = &tables.values[place * classes..(place + 1) * classes];
            found.iter_mut().zip(shares).for_each(|(found, share)| *found *= share);
        }
        // In between, so that products never all become zero.
        let most = found.iter().copied().fold(0.0, f32::max);
        if most > 0.0 {
            let factor = 1.0 / most;
            found.iter_mut().for_each(|found| *found *= factor);
        } else {
            found.clone_from(&tables.shares);
        }
    }
    let sum: f32 = found.iter().sum();
    let factor = 1.0 / sum;
    found.iter_mut().for_each(|found| *found *= factor);
    found
}

/// One round of expectation maximisation.
fn round(columns: &Columns, known: &[(Vec<usize>, f32)], everybody: &[f32], old: &Tables) -> Tables {
    let classes = old.shares.len();
    let mut shares = vec![0.0_f32; classes];
    let mut values = vec![0.0_f32; old.values.len()];
    for (places, times) in known {
        let mut belongs = belonging(old, places);
        belongs.iter_mut().for_each(|belongs| *belongs *= times);
        shares.iter_mut().zip(&belongs).for_each(|(share, belongs)| *share += belongs);
        for &place in places {
            let sums = &mut values[place * classes..(place + 1) * classes];
            sums.iter_mut().zip(&belongs).for_each(|(sum, belongs)| *sum += belongs);
        }
    }
    tables(columns, shares, values, everybody)
}

/// Shares from counts of orders.
fn tables(columns: &Columns, mut shares: Vec<f32>, mut values: Vec<f32>, everybody: &[f32]) -> Tables {
    let classes = shares.len();
    shares.iter_mut().for_each(|share| *share += CLASS_BEFORE);
    let all: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= all);
    for column in 0..columns.count() {
        let places = columns.place(column, 0)..columns.place(column + 1, 0);
        let mut sums = vec![BEFORE; classes];
        for place in places.clone() {
            let counts = &values[place * classes..(place + 1) * classes];
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        for place in places {
            let counts = &mut values[place * classes..(place + 1) * classes];
            let before = BEFORE * everybody[place];
            counts.iter_mut().zip(&sums).for_each(|(count, sum)| *count = (*count + before) / sum);
        }
    }
    Tables { shares, values }
}

impl Model for Classes {
    fn name(&self) -> &str {
        "classes"
    }

    fn learn(&mut self, row: &[Cell], times: u32) {
        self.change(row, |count, parts| *count = count.saturating_add(parts * u64::from(times)));
    }

    fn forget(&mut self, row: &[Cell], times: u32) {
        self.change(row, |count, parts| *count = count.saturating_sub(parts * u64::from(times)));
    }

    fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        self.current.predict(&self.columns, known, open)
    }
}
