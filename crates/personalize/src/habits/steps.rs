//! Shares of classes and of values in them, in steps of an eighth of a bit.

use crate::learn::Columns;
use crate::learn::classes::Tables;

/// Most classes.
pub(super) const MOST_CLASSES: usize = 64;
/// Steps in which a share is halved.
const HALVING: i32 = 8;
/// The smallest share, in steps.
const SMALLEST: u8 = 248;
/// A value of a class that is told only with the rest of its column.
pub(super) const UNTOLD: u8 = 255;
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

/// Shares as steps below one, a byte each: everybody's by value of all columns; then for each class its own, by column what a value
/// that is not told has of everybody's share, and by value of all columns its share, or that it is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps(pub(super) Vec<u8>);

impl Steps {
    /// How many classes so many bytes are of; nothing where they are of none.
    fn classes(&self, columns: &Columns) -> Option<usize> {
        let further = self.0.len().checked_sub(columns.values())?;
        let own = of_class(columns);
        (further % own == 0 && further / own <= MOST_CLASSES).then_some(further / own)
    }

    /// What they stand for: all shares of a column of a class add up to one. Nothing where there are too few or too many.
    pub(super) fn tables(&self, columns: &Columns) -> Option<Tables> {
        let many = self.classes(columns)?;
        let (everybody, rest) = self.0.split_at_checked(columns.values())?;
        let everybody = everybody_of(everybody, columns);
        if many == 0 {
            return Some(Tables { shares: vec![1.0], values: everybody });
        }
        let mut shares = Vec::with_capacity(many);
        let mut values = vec![0.0; columns.values() * many];
        for (class, bytes) in rest.chunks(of_class(columns)).enumerate() {
            let (rest, own) = bytes.split_at_checked(columns.count() + 1)?;
            shares.push(share(i32::from(rest[0])));
            for column in 0..columns.count() {
                let rest = share(i32::from(rest[column + 1]) - ABOVE);
                let mut sum = 0.0;
                let places = columns.place(column, 0)..columns.place(column + 1, 0);
                for place in places.clone() {
                    let found = match own[place] {
                        UNTOLD => everybody[place] * rest,
                        steps => share(i32::from(steps)),
                    };
                    sum += found;
                    values[place * many + class] = found;
                }
                for place in places {
                    values[place * many + class] /= sum;
                }
            }
        }
        normalise(&mut shares);
        Some(Tables { shares, values })
    }
}

/// How many bytes a class takes.
pub(super) fn of_class(columns: &Columns) -> usize {
    1 + columns.count() + columns.values()
}

/// By value of all columns: everybody's share.
pub(super) fn everybody_of(steps: &[u8], columns: &Columns) -> Vec<f32> {
    let mut found = Vec::with_capacity(steps.len());
    for steps in steps {
        found.push(share(i32::from(*steps)));
    }
    for column in 0..columns.count() {
        normalise(&mut found[columns.place(column, 0)..columns.place(column + 1, 0)]);
    }
    found
}

/// Makes shares add up to one.
fn normalise(shares: &mut [f32]) {
    let mut sum = 0.0;
    for share in shares.iter() {
        sum += share;
    }
    for share in shares {
        *share /= sum;
    }
}

/// What so many steps below one are; above it where they are fewer than none.
fn share(steps: i32) -> f32 {
    // A power of two by its exponent: there are fewer than forty halvings.
    let exponent = (127 - steps.div_euclid(HALVING)).unsigned_abs();
    EIGHTHS[(steps & (HALVING - 1)).unsigned_abs() as usize] * f32::from_bits(exponent << 23)
}

/// The steps nearest to a share; never what stands for one that is not told.
pub(super) fn steps_of(share: f64) -> u8 {
    in_steps(share).clamp(0.0, f64::from(SMALLEST)) as u8
}

/// The steps nearest to the factor of a column's rest.
pub(super) fn rest_of(factor: f64) -> u8 {
    (in_steps(factor) + f64::from(ABOVE)).clamp(0.0, f64::from(SMALLEST)) as u8
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
        assert!(share(255) > 0.0 && share(-ABOVE) == 256.0);
    }
}
