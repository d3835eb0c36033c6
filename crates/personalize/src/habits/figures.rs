//! How many had what: the figures that are told as reasons. They are plain numbers, so that reading them takes a page little code.

use engine::bytes::{Binary, BytesError, Reader};

use crate::learn::Cell;
use crate::{Evidence, Level};

/// Orders, as far as they may be told of, and how many of them are examples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) orders: u32,
    pub(super) examples: u32,
}

/// All that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// By level, everybody's first, then by use: orders, and how many of them are no examples.
    pub(super) orders: Vec<u32>,
    /// What was had: [`key_of`] an attribute's first column and what is in its columns. Ascending.
    pub(super) keys: Vec<u32>,
    /// The same numbers as in `orders`, by key.
    pub(super) had: Vec<u32>,
    /// Where those who had one value had another clearly more often: level, place of the one, place of the other, orders, and how
    /// many of them are no examples. Ascending.
    pub(super) together: Vec<u32>,
}

/// How many numbers one entry of `together` has.
pub(super) const TOGETHER: usize = 5;

/// What an attribute's value is found by. Two values that have the same are not told of.
pub(super) fn key_of(first: usize, cells: &[Cell]) -> u32 {
    // As in FNV-1a, by 32 bits.
    let start = first as u32 ^ 0x811c_9dc5;
    let mixed = |key: u32, cell: &Cell| (key ^ u32::from(cell.unwrap_or(u16::MAX))).wrapping_mul(0x0100_0193);
    cells.iter().fold(start.wrapping_mul(0x0100_0193), mixed)
}

impl Figures {
    /// Where the orders with this are.
    pub(super) fn place(&self, key: u32) -> Option<usize> {
        self.keys.binary_search(&key).ok()
    }

    /// What can be told of a value at a level, with `given` of those alone who had that, too.
    pub(super) fn told(
        &self,
        level: usize,
        stated_use: Option<&str>,
        had: usize,
        given: Option<usize>,
    ) -> Option<Evidence> {
        let of = |place: usize| count_at(&self.had, place * self.orders.len() + 2 * level);
        let (all, own) = match given {
            None => (count_at(&self.orders, 2 * level)?, of(had)?),
            Some(given) => {
                let wanted = [level as u32, given as u32, had as u32];
                let found = self.together.chunks(TOGETHER).find(|one| one.starts_with(&wanted))?;
                (of(given)?, count_at(found, wanted.len())?)
            }
        };
        let stated = stated_use.map(|code| Level::SameUse { stated_use: code.to_owned() });
        let (orders, agreeing) = (all.orders, own.orders);
        let level = stated.unwrap_or(Level::Everybody);
        (agreeing > 0).then_some(Evidence { level, orders, synthetic: all.examples, agreeing, sure: 0 })
    }

    pub(super) fn read(reader: &mut Reader<'_>, levels: usize) -> Result<Self, BytesError> {
        let mut lists = [const { Vec::new() }; 4];
        for list in &mut lists {
            *list = Vec::<u32>::read(reader)?;
        }
        let [orders, keys, had, together] = lists;
        let is_sound = orders.len() == 2 * levels
            && had.len() == keys.len() * orders.len()
            && together.len() % TOGETHER == 0
            && keys.is_sorted();
        if is_sound { Ok(Self { orders, keys, had, together }) } else { Err(reader.damaged()) }
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let Self { orders, keys, had, together } = self;
        [orders, keys, had, together].into_iter().for_each(|list| list.write(bytes));
    }
}

/// The count that is written at a place.
pub(super) fn count_at(numbers: &[u32], at: usize) -> Option<Count> {
    let (orders, real) = (*numbers.get(at)?, *numbers.get(at + 1)?);
    Some(Count { orders, examples: orders.saturating_sub(real) })
}
