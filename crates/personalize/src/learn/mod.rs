//! Learners: how probable each value of an attribute is, given what is known. They know columns and values by index, nothing of
//! products; rows are orders. What is known of the shopper (a stated use, what matters to them, a segment) is a column like any other.
//!
//! All are deterministic: equal input gives equal output; chance comes from a seed.

pub mod bayes;
pub mod blend;
pub mod choose;
pub mod classes;
mod counts;
pub mod neighbours;
pub mod popularity;
pub mod tree;

#[cfg(test)]
mod tests;

/// A column's value, counted from 0, where it is known.
pub type Cell = Option<u16>;

/// How many values each column has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// By column: how many values come before its own; then how many there are in all.
    first: Vec<usize>,
}

impl Columns {
    /// Columns with this many values each. More than 65 535 are not told apart.
    #[must_use]
    pub fn new(sizes: &[usize]) -> Self {
        let mut first = vec![0];
        let mut all = 0;
        for &size in sizes {
            all += size.min(usize::from(u16::MAX));
            first.push(all);
        }
        Self { first }
    }

    /// The first of them: so many.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        Self { first: self.first[..=count.min(self.count())].to_vec() }
    }

    /// How many columns there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.first.len() - 1
    }

    /// How many values a column has.
    #[must_use]
    pub fn size(&self, column: usize) -> usize {
        self.first[column + 1] - self.first[column]
    }

    /// How many values all have together.
    #[must_use]
    pub fn values(&self) -> usize {
        self.first[self.count()]
    }

    /// Where a value is among those of all columns.
    pub(crate) fn place(&self, column: usize, value: usize) -> usize {
        self.first[column] + value
    }

    /// The columns that are known in a row, with their values; values that the column has not are left out.
    pub(crate) fn known<'r>(&'r self, row: &'r [Cell]) -> impl Iterator<Item = (usize, usize)> + 'r {
        row.iter().take(self.count()).enumerate().filter_map(|(column, &cell)| {
            let value = usize::from(cell?);
            (value < self.size(column)).then_some((column, value))
        })
    }
}

/// Learns from orders how probable each value of a column is.
pub trait Model: std::fmt::Debug + Send + Sync {
    /// What it is called, in a word.
    fn name(&self) -> &str;

    /// Adds an order, this many times.
    fn learn(&mut self, row: &[Cell], times: u32);

    /// Takes an order away that was added, this many times. The model is then as if it had never been.
    fn forget(&mut self, row: &[Cell], times: u32);

    /// The probability of each value of each of the open columns, given what is known, in the order of `open`. Each adds up
    /// to one, none is zero.
    fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>>;
}

/// Leaves the possible values only and makes their probabilities add up to one again; even where all of them had none. Where
/// nothing is possible, nothing changes. Values beyond the mask's end are impossible.
pub fn restrict(probabilities: &mut [f64], possible: &[bool]) {
    let allowed = |value: usize| possible.get(value).copied().unwrap_or(false);
    let count = (0..probabilities.len()).filter(|&value| allowed(value)).count();
    if count == 0 {
        return;
    }
    let left: f64 =
        probabilities.iter().enumerate().filter(|(value, _)| allowed(*value)).map(|(_, p)| p).sum();
    for (value, probability) in probabilities.iter_mut().enumerate() {
        *probability = match (allowed(value), left > 0.0) {
            (false, _) => 0.0,
            (true, true) => *probability / left,
            (true, false) => 1.0 / count as f64,
        };
    }
}

/// The most probable value; of equals the first. `None` when there are no values.
#[must_use]
pub fn most_probable(probabilities: &[f64]) -> Option<usize> {
    (0..probabilities.len())
        .reduce(|best, value| if probabilities[value] > probabilities[best] { value } else { best })
}

/// Makes numbers add up to one; all the same where they add up to nothing.
fn normalise(numbers: &mut [f64]) {
    let sum: f64 = numbers.iter().sum();
    let even = 1.0 / numbers.len().max(1) as f64;
    for number in numbers {
        *number = if sum > 0.0 { *number / sum } else { even };
    }
}
