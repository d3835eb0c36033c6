//! Shares of classes and of values in them, in steps of an eighth of a bit.

use engine::bytes::{Binary, BytesError, Reader};

use crate::learn::Columns;
use crate::learn::classes::Tables;

/// Most classes.
pub(super) const MOST_CLASSES: usize = 64;
/// Steps in which a share is halved.
const HALVING: i32 = 8;
/// The smallest share, in steps.
const SMALLEST: u8 = 248;
/// A value of a class that is told only with the rest of its column.
const UNTOLD: u8 = 255;
/// The factor of a column's rest goes as far above one.
const ABOVE: i32 = 64;

/// Powers of two to eighths below one.
const EIGHTHS: [f32; 8] = [
    1.0,
    0.917_004_05,
    0.840_896_4,
    0.771_105_4,
    std::f32::consts::FRAC_1_SQRT_2,
    0.648_419_8,
    0.594_603_56,
    0.545_253_9,
];

/// Shares as steps below one: a byte each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps {
    /// By value of all columns: everybody's share.
    pub(super) everybody: Vec<u8>,
    /// By class: its share. None where everybody is of one kind.
    pub(super) classes: Vec<u8>,
    /// By class, then by column: what a value that is not told has of everybody's share.
    pub(super) rest: Vec<u8>,
    /// By class, then by value of all columns: its share, or that it is not told.
    pub(super) values: Vec<u8>,
}

impl Steps {
    pub(super) fn read(reader: &mut Reader<'_>, columns: &Columns) -> Result<Self, BytesError> {
        let everybody = bytes(reader, columns.values())?;
        let classes = reader.number(MOST_CLASSES)?;
        Ok(Self {
            everybody,
            classes: bytes(reader, classes)?,
            rest: bytes(reader, classes * columns.count())?,
            values: bytes(reader, classes * columns.values())?,
        })
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let Self { everybody, classes, rest, values } = self;
        bytes.extend(everybody);
        classes.len().write(bytes);
        [classes, rest, values].into_iter().for_each(|part| bytes.extend(part));
    }

    /// What they stand for: all shares of a column of a class add up to one.
    pub(super) fn tables(&self, columns: &Columns) -> Tables {
        let classes = self.classes.len().max(1);
        let everybody = self.everybody_of(columns);
        if self.classes.is_empty() {
            return Tables { shares: vec![1.0], values: everybody };
        }
        let mut shares: Vec<f32> = self.classes.iter().map(|steps| share(i32::from(*steps))).collect();
        normalise(&mut shares);
        let mut values = vec![0.0; columns.values() * classes];
        for class in 0..classes {
            for column in 0..columns.count() {
                let places = columns.place(column, 0)..columns.place(column + 1, 0);
                let rest = self.rest.get(class * columns.count() + column).copied().unwrap_or(UNTOLD);
                let of_place = |place: usize| match self.values.get(class * columns.values() + place) {
                    Some(&UNTOLD) | None => everybody[place] * share(i32::from(rest) - ABOVE),
                    Some(steps) => share(i32::from(*steps)),
                };
                let mut own: Vec<f32> = places.clone().map(of_place).collect();
                normalise(&mut own);
                places.zip(own).for_each(|(place, share)| values[place * classes + class] = share);
            }
        }
        Tables { shares, values }
    }

    /// By value of all columns: everybody's share.
    pub(super) fn everybody_of(&self, columns: &Columns) -> Vec<f32> {
        let mut found: Vec<f32> = self.everybody.iter().map(|steps| share(i32::from(*steps))).collect();
        for column in 0..columns.count() {
            let places = columns.place(column, 0)..columns.place(column + 1, 0);
            if let Some(own) = found.get_mut(places) {
                normalise(own);
            }
        }
        found
    }
}

/// Makes shares add up to one.
fn normalise(shares: &mut [f32]) {
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
}

fn bytes(reader: &mut Reader<'_>, count: usize) -> Result<Vec<u8>, BytesError> {
    (0..count).map(|_| reader.byte()).collect()
}

/// What so many steps below one are; above it where they are fewer than none.
fn share(steps: i32) -> f32 {
    let halvings = steps.div_euclid(HALVING).clamp(-30, 31);
    let part = EIGHTHS[steps.rem_euclid(HALVING).unsigned_abs() as usize];
    match u32::try_from(halvings) {
        Ok(halvings) => part / (1_u32 << halvings) as f32,
        Err(_) => part * (1_u32 << halvings.unsigned_abs()) as f32,
    }
}

/// The steps nearest to a share; never what stands for one that is not told.
pub(super) fn steps_of(share: f64) -> u8 {
    in_steps(share).clamp(0.0, f64::from(SMALLEST)) as u8
}

/// The steps nearest to the factor of a column's rest.
pub(super) fn rest_of(factor: f64) -> u8 {
    (in_steps(factor) + f64::from(ABOVE)).clamp(0.0, f64::from(SMALLEST)) as u8
}

/// Where a value is not told.
pub(super) fn untold() -> u8 {
    UNTOLD
}

fn in_steps(share: f64) -> f64 {
    libm::round(-libm::log2(share.max(f64::MIN_POSITIVE)) * f64::from(HALVING))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_within_a_sixteenth_of_a_bit_of_its_steps() {
        for thousandths in 1..=1_000 {
            let wanted = f64::from(thousandths) / 1_000.0;
            let found = f64::from(share(i32::from(steps_of(wanted))));
            assert!((found / wanted).log2().abs() <= 1.0 / 16.0 + 1e-6, "{wanted}: {found}");
            let factor = wanted * 200.0;
            let found = f64::from(share(i32::from(rest_of(factor)) - ABOVE));
            assert!((found / factor).log2().abs() <= 1.0 / 16.0 + 1e-6, "{factor}: {found}");
        }
        assert_eq!((steps_of(0.0), steps_of(1.0)), (SMALLEST, 0));
    }
}
