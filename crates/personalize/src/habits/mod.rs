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
use figures::{Figures, key_of};
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
        let columns = columns_of(product).ok_or(HabitsError::AnotherProduct)?;
        Self::read(bytes, columns, Spans::of(product))
    }

    fn read(bytes: &[u8], columns: Columns, spans: Spans) -> Result<Self, HabitsError> {
        let mut reader = Reader::open(bytes, MAGIC, VERSION, "habits")?;
        if bytes.len() > MOST_BYTES {
            return Err(reader.damaged().into());
        }
        if u32::read(&mut reader)? != mark_of(&columns) {
            return Err(HabitsError::AnotherProduct);
        }
        let figures = Figures::read(&mut reader, levels_of(&columns))?;
        let steps = Steps(reader.rest().to_vec());
        let tables = steps.tables(&columns).ok_or_else(|| reader.damaged())?;
        Ok(Self { columns, steps, tables, figures, spans })
    }

    /// As bytes: equal orders make equal ones.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = [MAGIC.as_slice(), &[VERSION]].concat();
        mark_of(&self.columns).write(&mut bytes);
        self.figures.write(&mut bytes);
        bytes.extend(&self.steps.0);
        bytes
    }

    /// How many kinds of shoppers it tells apart.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.tables.shares.len()
    }
}

impl Usual for Habits {
    fn chances(&self, known: &[Cell]) -> Vec<Vec<f64>> {
        self.tables.chances(&self.columns, known)
    }

    fn told(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence> {
        let had = self.place(product, had)?;
        let given = match given {
            Some(given) => Some(self.place(product, given)?),
            None => None,
        };
        let own = use_place(product, stated_use).map_or(0, |place| place + 1);
        let told = self.figures.told(own, stated_use.filter(|_| own > 0), had, given);
        told.or_else(|| self.figures.told(0, None, had, given))
    }
}

impl Habits {
    fn place(&self, product: &Product, had: (AttributeId, &Value)) -> Option<usize> {
        let (span, cells) = self.spans.wanted(product, had)?;
        self.figures.place(key_of(span.start, &cells))
    }
}

/// A product's columns: its variables, and last the stated use. Nothing for a product without a diagram.
fn columns_of(product: &Configured) -> Option<Columns> {
    let mut sizes: Vec<usize> = product.diagram()?.sizes().collect();
    sizes.push(product.uses.as_ref().map_or(0, |uses| uses.answers.len()));
    Some(Columns::new(&sizes))
}

/// How many levels figures are of: everybody, and each use.
fn levels_of(columns: &Columns) -> usize {
    1 + columns.size(columns.count() - 1)
}

/// A number that other columns hardly have.
fn mark_of(columns: &Columns) -> u32 {
    let mut mark = 0;
    for column in 0..columns.count() {
        mark = key_of(columns.size(column), &[Some(mark as u16), Some((mark >> 16) as u16)]);
    }
    mark
}

/// How many of so many orders, and how many of those are examples, may be told of: of buyers' orders none where five buyers need not
/// stand behind them, and nothing where all are too few. Examples are nobody's.
fn tellable(real: u64, examples: u64, least: u64) -> u64 {
    let real = if real < least { 0 } else { real };
    let all = real + examples;
    if all < least { 0 } else { all }
}

/// As many whole orders as five buyers have at least.
pub const LEAST: u64 = LEAST_TOLD as u64;
