//! The plainest model: what most ordered, whatever is known.

use super::counts::Singles;
use super::{Cell, Columns, Model};

/// Each value is as probable as its share of the orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Popularity {
    columns: Columns,
    singles: Singles,
}

impl Popularity {
    /// A model that knows no order yet.
    #[must_use]
    pub fn new(columns: &Columns) -> Self {
        Self { columns: columns.clone(), singles: Singles::new(columns) }
    }
}

impl Model for Popularity {
    fn name(&self) -> &str {
        "popularity"
    }

    fn learn(&mut self, row: &[Cell], times: u32) {
        self.singles.learn(&self.columns, row, times);
    }

    fn forget(&mut self, row: &[Cell], times: u32) {
        self.singles.forget(&self.columns, row, times);
    }

    fn predict(&self, _: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        open.iter().map(|&column| self.singles.shares(&self.columns, column)).collect()
    }
}
