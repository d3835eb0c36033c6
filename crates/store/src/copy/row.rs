//! Rows as both databases have them, and their sum.

use std::fmt;

use sha2::{Digest, Sha256};

/// What a column holds; both databases have no other kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Integer,
    Text,
    Bytes,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub holds: Holds,
}

/// What stands in a column of a row.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// What stands in the columns of a row.
pub(super) type Row = Vec<Cell>;

/// How many rows a table has, and a sum over them that does not depend on their order: each row's SHA-256, as a number,
/// added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksum {
    rows: u64,
    sum: [u64; 4],
}

impl Checksum {
    pub(super) fn add(&mut self, row: &Row) {
        let mut hash = Sha256::new();
        for cell in row {
            let number;
            let (tag, bytes): (u8, &[u8]) = match cell {
                Cell::Null => (0, &[]),
                Cell::Integer(integer) => {
                    number = integer.to_be_bytes();
                    (1, &number)
                }
                Cell::Text(text) => (2, text.as_bytes()),
                Cell::Bytes(bytes) => (3, bytes),
            };
            hash.update([tag]);
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        }
        self.rows += 1;
        for (sum, part) in self.sum.iter_mut().zip(hash.finalize().as_chunks::<8>().0) {
            *sum = sum.wrapping_add(u64::from_be_bytes(*part));
        }
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.rows == 1 { "" } else { "s" };
        write!(formatter, "{} row{plural}, sum {:016x}", self.rows, self.sum[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[Row]) -> Checksum {
        let mut sum = Checksum::default();
        rows.iter().for_each(|row| sum.add(row));
        sum
    }

    #[test]
    fn sums_tell_rows_apart_and_not_their_order() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let one = vec![Cell::Integer(1), text("a")];
        let two = vec![Cell::Integer(2), Cell::Null];
        assert_eq!(sum(&[one.clone(), two.clone()]), sum(&[two.clone(), one.clone()]));
        for other in [
            vec![],
            vec![one.clone()],
            vec![one.clone(), one.clone()],
            vec![one.clone(), vec![Cell::Integer(2), text("")]],
            vec![one.clone(), vec![Cell::Integer(2), Cell::Bytes(Vec::new())]],
            vec![vec![Cell::Integer(1), text("")], vec![Cell::Integer(2), text("a")]],
        ] {
            assert_ne!(sum(&[one.clone(), two.clone()]), sum(&other), "{other:?}");
        }
        assert_ne!(sum(&[vec![text("ab"), text("c")]]), sum(&[vec![text("a"), text("bc")]]));
    }
}
