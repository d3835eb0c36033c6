//! How many had what: the figures that are told as reasons.

use engine::bytes::{Binary, BytesError, Reader};

use crate::learn::{Cell, Columns};
use crate::{Evidence, Level};

/// Orders, as far as they may be told of, and how many of them are examples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) orders: u32,
    pub(super) examples: u32,
}

/// Orders with a value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Had {
    /// The attribute's first column.
    pub(super) first: usize,
    /// What is in its columns.
    pub(super) values: Vec<u16>,
    /// By level, everybody's first, then by use.
    pub(super) counts: Vec<Count>,
}

/// Orders with two values, where those who had one had the other clearly more often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Together {
    /// The level.
    pub(super) level: usize,
    /// The places of the values among those that are told.
    pub(super) given: usize,
    pub(super) had: usize,
    pub(super) count: Count,
}

/// All that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// By level, everybody's first, then by use.
    pub(super) orders: Vec<Count>,
    /// By first column and values, ascending.
    pub(super) had: Vec<Had>,
    /// By level, `given` and `had`, ascending.
    pub(super) together: Vec<Together>,
}

impl Figures {
    /// Where the orders with this are.
    pub(super) fn place(&self, first: usize, cells: &[Cell]) -> Option<usize> {
        let is_it = |had: &Had| {
            had.first == first
                && had.values.len() == cells.len()
                && had.values.iter().zip(cells).all(|(value, cell)| Some(*value) == *cell)
        };
        self.had.iter().position(is_it)
    }

    /// What can be told of a value at a level, with `given` of those alone who had that, too.
    pub(super) fn told(
        &self,
        level: usize,
        stated_use: Option<&str>,
        had: usize,
        given: Option<usize>,
    ) -> Option<Evidence> {
        let count = |place: usize| self.had.get(place)?.counts.get(level).copied();
        let (all, own) = match given {
            None => (*self.orders.get(level)?, count(had)?),
            Some(given) => {
                let is_it = |one: &&Together| (one.level, one.given, one.had) == (level, given, had);
                (count(given)?, self.together.iter().find(is_it)?.count)
            }
        };
        let stated = stated_use.map(|code| Level::SameUse { stated_use: code.to_owned() });
        let (orders, agreeing) = (all.orders, own.orders);
        let level = stated.unwrap_or(Level::Everybody);
        (agreeing > 0).then_some(Evidence { level, orders, synthetic: all.examples, agreeing, sure: 0 })
    }

    pub(super) fn read(reader: &mut Reader<'_>, columns: &Columns, uses: usize) -> Result<Self, BytesError> {
        let levels = uses + 1;
        let orders = counts(reader, levels)?;
        let mut had = Vec::new();
        for _ in 0..reader.length()? {
            let first = reader.number(columns.count())?;
            let mut values = Vec::new();
            for _ in 0..reader.number(columns.count() - first)? {
                let value = reader.number(usize::from(u16::MAX))?;
                values.push(u16::try_from(value).map_err(|_| reader.damaged())?);
            }
            had.push(Had { first, values, counts: counts(reader, levels)? });
        }
        let mut together = Vec::new();
        for _ in 0..reader.length()? {
            let level = reader.number(uses)?;
            let (given, own) = (reader.number(had.len())?, reader.number(had.len())?);
            together.push(Together { level, given, had: own, count: Count::read(reader)? });
        }
        Ok(Self { orders, had, together })
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        self.orders.iter().for_each(|count| count.write(bytes));
        self.had.len().write(bytes);
        self.had.iter().for_each(|had| had.write(bytes));
        self.together.len().write(bytes);
        self.together.iter().for_each(|one| one.write(bytes));
    }
}

fn counts(reader: &mut Reader<'_>, levels: usize) -> Result<Vec<Count>, BytesError> {
    (0..levels).map(|_| Count::read(reader)).collect()
}

impl Count {
    /// Most are examples, or none is.
    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        let (orders, real) = (u32::read(reader)?, u32::read(reader)?);
        let examples = orders.checked_sub(real).ok_or_else(|| reader.damaged())?;
        Ok(Self { orders, examples })
    }

    fn write(self, bytes: &mut Vec<u8>) {
        self.orders.write(bytes);
        (self.orders - self.examples.min(self.orders)).write(bytes);
    }
}

impl Had {
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        self.first.write(bytes);
        self.values.len().write(bytes);
        self.values.iter().for_each(|value| u32::from(*value).write(bytes));
        self.counts.iter().for_each(|count| count.write(bytes));
    }
}

impl Together {
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        [self.level, self.given, self.had].iter().for_each(|place| place.write(bytes));
        self.count.write(bytes);
    }
}
