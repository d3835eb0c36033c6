//! Nearest neighbours: every order has a vote, which weighs less with each known value in which it differs.

use std::collections::HashMap;

use super::counts::Singles;
use super::{Cell, Columns, Model, normalise};

/// What a cell is that is not known.
const UNKNOWN: u16 = u16::MAX;
/// Votes that weigh less than this beside the nearest are not counted.
const LEAST: f64 = 1e-6;
/// How many votes everybody's shares have beside those of the nearest orders.
const BEFORE: f64 = 1.0;

/// All orders, equal ones counted.
#[derive(Clone, Debug)]
pub struct Neighbours {
    columns: Columns,
    /// What a vote weighs less for each value in which its order differs: above 0, below 1.
    factor: f64,
    /// By column, then by order.
    cells: Vec<Vec<u16>>,
    counts: Vec<u32>,
    places: HashMap<Vec<u16>, usize>,
    singles: Singles,
}

impl Neighbours {
    /// A model that knows no order yet. `factor` is what an order's vote is multiplied with for each known value in which it
    /// differs, between 0.001 and 0.999.
    #[must_use]
    pub fn new(columns: &Columns, factor: f64) -> Self {
        Self {
            columns: columns.clone(),
            factor: factor.clamp(0.001, 0.999),
            cells: vec![Vec::new(); columns.count()],
            counts: Vec::new(),
            places: HashMap::new(),
            singles: Singles::new(columns),
        }
    }

    fn coded(&self, row: &[Cell]) -> Vec<u16> {
        let mut cells = vec![UNKNOWN; self.columns.count()];
        for (column, value) in self.columns.known(row) {
            cells[column] = value as u16;
        }
        cells
    }

    /// The orders near enough to count, each with how many more values it differs in than the nearest; and the most of that.
    fn near(&self, known: &[(usize, usize)]) -> (Vec<(usize, usize)>, usize) {
        let mut distances = vec![0_u16; self.counts.len()];
        for &(column, value) in known {
            let value = value as u16;
            for (distance, &cell) in distances.iter_mut().zip(&self.cells[column]) {
                *distance += u16::from(cell != value);
            }
        }
        let counted = distances.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        let least = counted.map(|(&distance, _)| distance).min().unwrap_or(0);
        let mut reach = 0;
        let mut weight = self.factor;
        while weight >= LEAST && reach < self.columns.count() {
            weight *= self.factor;
            reach += 1;
        }
        let beyond = |distance: u16| usize::from(distance.saturating_sub(least));
        let near = distances
            .iter()
            .enumerate()
            .filter(|&(order, &distance)| self.counts[order] > 0 && beyond(distance) <= reach);
        (near.map(|(order, &distance)| (order, beyond(distance))).collect(), reach)
    }
}

impl Model for Neighbours {
    fn name(&self) -> &str {
        "neighbours"
    }

    fn learn(&mut self, row: &[Cell], times: u32) {
        self.singles.learn(&self.columns, row, times);
        let cells = self.coded(row);
        if let Some(&place) = self.places.get(&cells) {
            self.counts[place] = self.counts[place].saturating_add(times);
            return;
        }
        for (column, &cell) in self.cells.iter_mut().zip(&cells) {
            column.push(cell);
        }
        self.places.insert(cells, self.counts.len());
        self.counts.push(times);
    }

    fn forget(&mut self, row: &[Cell], times: u32) {
        self.singles.forget(&self.columns, row, times);
        let cells = self.coded(row);
        let Some(&place) = self.places.get(&cells) else { return };
        self.counts[place] = self.counts[place].saturating_sub(times);
        if self.counts[place] > 0 {
            return;
        }
        // Nothing is left of an order that was taken away: the last one takes its place.
        self.places.remove(&cells);
        self.counts.swap_remove(place);
        for column in &mut self.cells {
            column.swap_remove(place);
        }
        if place < self.counts.len() {
            let moved: Vec<u16> = self.cells.iter().map(|column| column[place]).collect();
            self.places.insert(moved, place);
        }
    }

    fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        let known: Vec<_> = self.columns.known(known).filter(|(column, _)| !open.contains(column)).collect();
        let (near, reach) = self.near(&known);
        let of_column = |&column: &usize| {
            // Whole numbers, so that the order in which orders came makes no difference.
            let size = self.columns.size(column);
            let mut votes = vec![0_u64; size * (reach + 1)];
            for &(order, beyond) in &near {
                let value = self.cells[column][order];
                if value != UNKNOWN {
                    votes[usize::from(value) * (reach + 1) + beyond] += u64::from(self.counts[order]);
                }
            }
            let shares = self.singles.shares(&self.columns, column);
            let mut found: Vec<f64> = votes
                .chunks(reach + 1)
                .zip(&shares)
                .map(|(votes, share)| {
                    votes.iter().rev().fold(0.0, |sum, &votes| sum * self.factor + votes as f64)
                        + BEFORE * share
                })
                .collect();
            normalise(&mut found);
            found
        };
        open.iter().map(of_column).collect()
    }
}
