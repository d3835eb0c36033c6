//! How often each value was ordered, and each pair of values of two columns.

use super::{Cell, Columns};

/// How many orders a value is taken to have before the first one, shared by the values of its column.
const BEFORE: f64 = 0.5;

/// How often each value was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Singles {
    counts: Vec<u32>,
}

impl Singles {
    pub(super) fn new(columns: &Columns) -> Self {
        Self { counts: vec![0; columns.values()] }
    }

    pub(super) fn learn(&mut self, columns: &Columns, row: &[Cell], times: u32) {
        for (column, value) in columns.known(row) {
            let count = &mut self.counts[columns.place(column, value)];
            *count = count.saturating_add(times);
        }
    }

    pub(super) fn forget(&mut self, columns: &Columns, row: &[Cell], times: u32) {
        for (column, value) in columns.known(row) {
            let count = &mut self.counts[columns.place(column, value)];
            *count = count.saturating_sub(times);
        }
    }

    /// How often a value was ordered.
    pub(super) fn of(&self, columns: &Columns, column: usize, value: usize) -> u32 {
        self.counts[columns.place(column, value)]
    }

    /// Each value's share of the orders in which the column is known, as if every value had been ordered half a time more.
    pub(super) fn shares(&self, columns: &Columns, column: usize) -> Vec<f64> {
        let counts = &self.counts[columns.place(column, 0)..columns.place(column + 1, 0)];
        let all: f64 = counts.iter().map(|&count| f64::from(count) + BEFORE).sum();
        counts.iter().map(|&count| (f64::from(count) + BEFORE) / all).collect()
    }
}

/// How often each value was ordered, and each two together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) columns: Columns,
    pub(super) singles: Singles,
    /// Square, by two values of all columns.
    counts: Vec<u32>,
}

impl Pairs {
    pub(super) fn new(columns: &Columns) -> Self {
        let values = columns.values();
        Self {
            columns: columns.clone(),
            singles: Singles::new(columns),
            counts: vec![0; values.saturating_mul(values)],
        }
    }

    pub(super) fn learn(&mut self, row: &[Cell], times: u32) {
        self.singles.learn(&self.columns, row, times);
        self.each(row, |count| *count = count.saturating_add(times));
    }

    pub(super) fn forget(&mut self, row: &[Cell], times: u32) {
        self.singles.forget(&self.columns, row, times);
        self.each(row, |count| *count = count.saturating_sub(times));
    }

    fn each(&mut self, row: &[Cell], change: impl Fn(&mut u32)) {
        let places: Vec<usize> =
            self.columns.known(row).map(|(column, value)| self.columns.place(column, value)).collect();
        let values = self.columns.values();
        for &one in &places {
            for &other in &places {
                change(&mut self.counts[one * values + other]);
            }
        }
    }

    /// How often two values were ordered together.
    pub(super) fn together(&self, one: (usize, usize), other: (usize, usize)) -> u32 {
        let place = |(column, value)| self.columns.place(column, value);
        self.counts[place(one) * self.columns.values() + place(other)]
    }

    /// The probability of a value among the orders with another, whose column's `shares` stand for `before` orders more.
    pub(super) fn given(&self, value: (usize, usize), other: (usize, usize), share: f64, before: f64) -> f64 {
        let all = self.singles.of(&self.columns, other.0, other.1);
        (f64::from(self.together(value, other)) + before * share) / (f64::from(all) + before)
    }
}
