//! Named objectives: what the values of a model's variables are worth, by agreement with a design, by benefits that matter
//! or by how often they were ordered. [`Engine::best`](crate::Engine::best) finds what is worth most together.

use crate::facade::Chosen;
use crate::model::{Model, ValueId};

/// Bits behind the point of a logarithm.
const FRACTION: u32 = 20;

/// What each value of each variable is worth, and which of the assignments that are worth the same come first. Sums of them
/// never overflow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    worth: Vec<i32>,
    /// How far each value is from what is wanted: among assignments that are worth the same the least sum comes first.
    distances: Vec<u32>,
}

/// Scores and distances that are too large to be added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these scores are too large to be told apart from distances: give smaller ones")]
pub struct TooWorthy;

/// Most that scores may come to, on either side of 0.
const MOST: i64 = 1 << 59;

/// A design of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// What is known of it, by variable.
    pub design: Vec<Option<ValueId>>,
    /// How often it was ordered.
    pub count: u32,
}

impl Scores {
    /// These scores: those of the first variable's values, then those of the second's, and so on. Values without one are
    /// worth 0.
    #[must_use]
    pub fn new(scores: Vec<i32>) -> Self {
        Self { worth: scores, distances: Vec::new() }
    }

    /// With these distances, by value of each variable like scores: of assignments that are worth the same, those come first
    /// whose values' distances have the least sum, and of these the cheapest.
    ///
    /// # Errors
    /// Scores times distances, all added up, go beyond 2⁵⁹.
    pub fn with_distances(self, distances: Vec<u32>) -> Result<Self, TooWorthy> {
        let sum =
            |numbers: &mut dyn Iterator<Item = u32>| numbers.map(i64::from).fold(0, i64::saturating_add);
        let worth = sum(&mut self.worth.iter().map(|worth| worth.unsigned_abs()));
        let distance = sum(&mut distances.iter().copied());
        let all = worth.saturating_mul(distance.saturating_add(1)).saturating_add(distance);
        if all > MOST { Err(TooWorthy) } else { Ok(Self { distances, ..self }) }
    }

    /// More than the distances of any assignment come to.
    fn unit(&self) -> i64 {
        self.distances.iter().fold(1, |sum: i64, &distance| sum.saturating_add(i64::from(distance)))
    }

    /// By value of each variable, without end: its worth in units that no sum of distances comes to, less its distance. The
    /// highest sum is the best.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> {
        let unit = self.unit();
        let worth = self.worth.iter().copied().map(i64::from).chain(std::iter::repeat(0));
        let distances = self.distances.iter().copied().map(i64::from).chain(std::iter::repeat(0));
        worth.zip(distances).map(move |(worth, distance)| worth.saturating_mul(unit).saturating_sub(distance))
    }

    /// What an assignment is worth, from the sum of what [`Scores::iter`] says of its values.
    pub(crate) fn worth(&self, sum: i64) -> i64 {
        -sum.saturating_neg().div_euclid(self.unit())
    }

    /// A value scores when the design has it: the weight of its variable, 1 where `weights` (by variable) ends early. What
    /// the design leaves open scores nothing.
    #[must_use]
    pub fn agreement(model: &Model, design: &Chosen, weights: &[i32]) -> Self {
        let weights = weights.iter().copied().chain(std::iter::repeat(1));
        let design = design.iter().copied().chain(std::iter::repeat(None));
        let mut scores = Vec::new();
        for ((variable, wanted), weight) in model.variables.iter().zip(design).zip(weights) {
            let agrees = |value| wanted == Some(ValueId::new(value));
            scores.extend((0..variable.size()).map(|value| if agrees(value) { weight } else { 0 }));
        }
        Self::new(scores)
    }

    /// A value scores the binary logarithm of its share of what was ordered, as if every value had been ordered once more;
    /// in units of 2⁻²⁰, within two of them. The sum is the logarithm of the probability of a design whose attributes are
    /// independent of each other. What a design leaves open is not counted.
    #[must_use]
    pub fn frequencies(model: &Model, orders: &[Ordered]) -> Self {
        let mut scores = Vec::new();
        for (index, variable) in model.variables.iter().enumerate() {
            let mut counts = vec![1_u64; variable.size()];
            for order in orders {
                let value = order.design.get(index).copied().flatten();
                if let Some(count) = value.and_then(|value| counts.get_mut(value.index())) {
                    *count = count.saturating_add(u64::from(order.count));
                }
            }
            let all = counts.iter().fold(0, |sum: u64, &count| sum.saturating_add(count));
            scores.extend(counts.iter().map(|&count| logarithm(count) - logarithm(all)));
        }
        Self::new(scores)
    }
}

/// The binary logarithm of a number, of 1 for 0, cut off at [`FRACTION`] bits behind the point (C. S. Turner, "A fast binary
/// logarithm algorithm", 2010). Floats would not be the same everywhere.
fn logarithm(number: u64) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    let mut found = i32::try_from(whole).unwrap_or(0);
    // At least 1 and below 2, with 63 bits behind the point. Squared it is below 4.
    let mut rest = u128::from(number) << (63 - whole);
    for _ in 0..FRACTION {
        rest = (rest * rest) >> 63;
        let doubled = rest >> 64 != 0;
        found = found << 1 | i32::from(doubled);
        rest >>= u32::from(doubled);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{FRACTION, logarithm};

    #[test]
    fn logarithms_are_those_of_floats_cut_off() {
        let powers = (0..64).map(|power| 1_u64 << power);
        for number in (1..2_000).chain(powers).chain([u64::MAX, 10_u64.pow(18), 6_700_417]) {
            let exact = (number as f64).log2() * f64::from(1_u32 << FRACTION);
            let found = f64::from(logarithm(number));
            assert!((exact - 1.001..=exact + 0.001).contains(&found), "{number}: {found}, not {exact}");
        }
        assert_eq!(logarithm(0), 0);
        assert_eq!(logarithm(1 << 40), 40 << FRACTION);
    }
}
