//! What those who ordered usually have, small enough for a browser: latent classes ([`crate::learn::classes`]) in steps of an eighth of a
//! bit, and the figures that are told as reasons. Only what five buyers or more stand behind is in it; no order's row is.

mod figures;
mod made;
mod steps;

#[cfg(test)]
mod tests;

use configurator::{AttributeId, Configured, Product, Value};
use engine::bytes::{Binary, BytesError, Reader};

use crate::Evidence;
use crate::learn::classes::Tables;
use crate::learn::{Cell, Columns};
use crate::offers::Usual;
use crate::orders::{LEAST_TOLD, Spans, use_place};
use figures::Figures;
use steps::Steps;

const MAGIC: &[u8; 3] = b"HAB";
const VERSION: u8 = 1;
/// Most bytes that they take: packed they are fewer.
pub const MOST_BYTES: usize = 40_000;

/// Bytes that are none of a product's habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HabitsError {
    /// They can't be read.
    #[error(transparent)]
    Bytes(#[from] BytesError),
    /// They are of a product with other attributes or options.
    #[error("they are another product's")]
    AnotherProduct,
}

/// What those who ordered a product usually have.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    columns: Columns,
    steps: Steps,
    tables: Tables,
    figures: Figures,
    /// Where the product's attributes are among the columns.
    spans: Spans,
}

impl Habits {
    /// Reads what [`Habits::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are damaged, of another version, or another product's.
    pub fn from_bytes(bytes: &[u8], product: &Configured) -> Result<Self, HabitsError> {
        let sizes = sizes(product).ok_or(HabitsError::AnotherProduct)?;
        let found = Self::read(bytes, Spans::of(product))?;
        let is_own = found.columns.count() == sizes.len()
            && sizes.iter().enumerate().all(|(at, size)| found.columns.size(at) == *size);
        if is_own { Ok(found) } else { Err(HabitsError::AnotherProduct) }
    }

    fn read(bytes: &[u8], spans: Spans) -> Result<Self, BytesError> {
        let mut reader = Reader::open(bytes, MAGIC, VERSION, "habits")?;
        if bytes.len() > MOST_BYTES {
            return Err(reader.damaged());
        }
        let sizes = Vec::<usize>::read(&mut reader)?;
        let values = sizes.iter().fold(0_usize, |sum, size| sum.saturating_add(*size));
        // Each value has a byte of its own.
        if sizes.is_empty() || values > bytes.len() {
            return Err(reader.damaged());
        }
        let columns = Columns::new(&sizes);
        let steps = Steps::read(&mut reader, &columns)?;
        let uses = sizes.last().copied().unwrap_or(0);
        let figures = Figures::read(&mut reader, &columns, uses)?;
        reader.end()?;
        Ok(Self { tables: steps.tables(&columns), columns, steps, figures, spans })
    }

    /// As bytes: equal orders make equal ones.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = [MAGIC.as_slice(), &[VERSION]].concat();
        let sizes: Vec<usize> = (0..self.columns.count()).map(|column| self.columns.size(column)).collect();
        sizes.write(&mut bytes);
        self.steps.write(&mut bytes);
        self.figures.write(&mut bytes);
        bytes
    }

    /// How many kinds of shoppers it tells apart.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.tables.shares.len()
    }

    /// The probability of each value of each open column, as a [`crate::learn::Model`] has it.
    #[must_use]
    pub fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        self.tables.predict(&self.columns, known, open)
    }
}

impl Usual for Habits {
    fn chances(&self, known: &[Cell]) -> Vec<Vec<f64>> {
        let variables = self.columns.count() - 1;
        let open: Vec<usize> =
            (0..variables).filter(|at| known.get(*at).copied().flatten().is_none()).collect();
        let mut found = vec![Vec::new(); variables];
        for (at, chances) in open.iter().zip(self.predict(known, &open)) {
            found[*at] = chances;
        }
        found
    }

    fn told(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence> {
        let place = |wanted: (AttributeId, &Value)| {
            let (span, cells) = self.spans.wanted(product, wanted)?;
            self.figures.place(span.start, &cells)
        };
        let had = place(had)?;
        let given = match given {
            Some(given) => Some(place(given)?),
            None => None,
        };
        let own = use_place(product, stated_use).zip(stated_use);
        own.and_then(|(place, code)| self.figures.told(place + 1, Some(code), had, given))
            .or_else(|| self.figures.told(0, None, had, given))
    }
}

/// The sizes of a product's columns: its variables, and last the stated use. Nothing for a product without a diagram.
fn sizes(product: &Configured) -> Option<Vec<usize>> {
    let uses = product.uses.iter().flat_map(|uses| &uses.answers).count();
    Some(product.diagram()?.sizes().chain([uses]).collect())
}

/// How many of so many orders, and how many of those are examples, may be told of: of buyers' orders none where five buyers need not
/// stand behind them, and nothing where all are too few. Examples are nobody's.
fn tellable(real: u64, examples: u64, least: u64) -> u64 {
    let real = if real < least { 0 } else { real };
    let all = real + examples;
    if all < least { 0 } else { all }
}

/// As many whole orders as five buyers have at least.
const LEAST: u64 = LEAST_TOLD as u64;
