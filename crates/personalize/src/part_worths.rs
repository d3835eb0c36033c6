//! Part-worths: what options are worth to shoppers, from what they chose, with intervals; and what they would pay for them where
//! prices varied. By conditional logit (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974). Pure.

use thiserror::Error;

/// One choice: what there was, and which of it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// By alternative: its features, as many as there are part-worths to find. An option is a feature of 0 or 1, where one option of
    /// each attribute has none, against which the others are measured; the price is a feature, too, best in units in which it is about
    /// as large as the others.
    pub alternatives: Vec<Vec<f64>>,
    /// Which was taken.
    pub taken: usize,
    /// How often it was met.
    pub times: u32,
}

/// What a feature is worth, in units of the spread of taste.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartWorth {
    /// The likeliest.
    pub worth: f64,
    /// How far it may lie to each side, with 95 % confidence, looked at once.
    pub within: f64,
}

/// Part-worths of features.
#[derive(Clone, Debug, PartialEq)]
pub struct PartWorths {
    /// By feature.
    pub worths: Vec<PartWorth>,
    /// The inverse of the information: variances and covariances of the worths.
    covariance: Vec<Vec<f64>>,
}

/// Why there are none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PartWorthsError {
    /// Choices that don't fit together.
    #[error(
        "choice {choice} has no taken alternative, or one with other than {features} features; leave it out or mend it"
    )]
    Misfit {
        /// Its place, from 0.
        choice: usize,
        /// How many features the first alternative of all has.
        features: usize,
    },
    /// Choices that don't tell features apart.
    #[error(
        "the choices do not tell the features apart: one never varies, goes with others, or decides every choice; leave it out"
    )]
    NotToldApart,
}

/// Rounds until the worths stand still; a handful do.
const ROUNDS: usize = 50;
/// No worth is beyond this: a feature that seems so decides every choice.
const GREATEST: f64 = 15.0;
/// The standard deviations of a 95 % interval.
const DEVIATIONS: f64 = 1.96;

impl PartWorths {
    /// Finds the likeliest worths by Newton's method.
    ///
    /// # Errors
    ///
    /// Choices that don't fit together, or don't tell features apart.
    pub fn of(choices: &[Choice]) -> Result<Self, PartWorthsError> {
        let features = choices.first().and_then(|choice| choice.alternatives.first()).map_or(0, Vec::len);
        for (place, choice) in choices.iter().enumerate() {
            let fits = choice.alternatives.iter().all(|alternative| alternative.len() == features);
            if !fits || choice.taken >= choice.alternatives.len() {
                return Err(PartWorthsError::Misfit { choice: place, features });
            }
        }
        let mut worths = vec![0.0; features];
        for _ in 0..ROUNDS {
            let (gradient, information) = slopes(choices, &worths);
            let covariance = inverse(&information).ok_or(PartWorthsError::NotToldApart)?;
            let step: Vec<f64> = covariance.iter().map(|row| dot(row, &gradient)).collect();
            for (worth, step) in worths.iter_mut().zip(&step) {
                // Steps from far away may overshoot.
                *worth += step.clamp(-1.0, 1.0);
            }
            if worths.iter().any(|worth| worth.abs() > GREATEST) {
                return Err(PartWorthsError::NotToldApart);
            }
            if step.iter().all(|step| step.abs() < 1e-9) {
                let of = |(feature, worth): (usize, f64)| PartWorth {
                    worth,
                    within: DEVIATIONS * covariance[feature][feature].sqrt(),
                };
                let worths = worths.into_iter().enumerate().map(of).collect();
                return Ok(Self { worths, covariance });
            }
        }
        Err(PartWorthsError::NotToldApart)
    }

    /// What shoppers would pay for a feature, in units of the price's feature: how much dearer makes up for it, by the delta method.
    /// Nothing where it is not certain that a higher price is worth less: prices have not varied enough then.
    #[must_use]
    pub fn willingness_to_pay(&self, feature: usize, price: usize) -> Option<PartWorth> {
        let (worth, of_price) = (self.worths.get(feature)?, self.worths.get(price)?);
        if of_price.worth + of_price.within >= 0.0 {
            return None;
        }
        let paid = -worth.worth / of_price.worth;
        let between = |a: usize, b: usize| self.covariance[a][b];
        let variance = (between(feature, feature)
            + 2.0 * paid * between(feature, price)
            + paid * paid * between(price, price))
            / of_price.worth.powi(2);
        Some(PartWorth { worth: paid, within: DEVIATIONS * variance.max(0.0).sqrt() })
    }
}

/// The slope of the log-likelihood by worth, and its information.
fn slopes(choices: &[Choice], worths: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let features = worths.len();
    let (mut gradient, mut information) = (vec![0.0; features], vec![vec![0.0; features]; features]);
    for choice in choices {
        let gains: Vec<f64> =
            choice.alternatives.iter().map(|alternative| dot(alternative, worths)).collect();
        let greatest = gains.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds: Vec<f64> = gains.iter().map(|gain| (gain - greatest).exp()).collect();
        let all: f64 = odds.iter().sum();
        let mut mean = vec![0.0; features];
        for (alternative, odds) in choice.alternatives.iter().zip(&odds) {
            mean.iter_mut().zip(alternative).for_each(|(mean, feature)| *mean += odds / all * feature);
        }
        let (taken, times) = (&choice.alternatives[choice.taken], f64::from(choice.times));
        for (place, slope) in gradient.iter_mut().enumerate() {
            *slope += times * (taken[place] - mean[place]);
        }
        for (alternative, odds) in choice.alternatives.iter().zip(&odds) {
            let off: Vec<f64> = alternative.iter().zip(&mean).map(|(feature, mean)| feature - mean).collect();
            let weight = times * odds / all;
            for (row, of_row) in information.iter_mut().zip(&off) {
                row.iter_mut().zip(&off).for_each(|(cell, of_cell)| *cell += weight * of_row * of_cell);
            }
        }
    }
    (gradient, information)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The inverse of a symmetric matrix by Gauss and Jordan; nothing where it has none to speak of.
fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let mut rows: Vec<Vec<f64>> = matrix.to_vec();
    for (place, row) in rows.iter_mut().enumerate() {
        row.extend((0..size).map(|column| if column == place { 1.0 } else { 0.0 }));
    }
    for pivot in 0..size {
        // The matrix is positive where there is an inverse, so pivots need no search.
        let greatest = rows[pivot][pivot];
        if greatest.is_nan() || greatest <= matrix[pivot][pivot] * 1e-9 || greatest <= 0.0 {
            return None;
        }
        rows[pivot].iter_mut().for_each(|cell| *cell /= greatest);
        let row = rows[pivot].clone();
        for (_, other) in rows.iter_mut().enumerate().filter(|(place, _)| *place != pivot) {
            let part = other[pivot];
            other.iter_mut().zip(&row).for_each(|(cell, of_row)| *cell -= part * of_row);
        }
    }
    Some(rows.into_iter().map(|mut row| row.split_off(size)).collect())
}

#[cfg(test)]
mod tests {
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    use super::*;
    use crate::random::{chance, gumbel};

    /// What an option, another and 100 of price are worth in truth.
    const TRUTH: [f64; 3] = [1.2, -0.4, -0.8];

    /// Shoppers choose one of three options; the first is what the others are measured against. Prices vary, or don't.
    fn choices(count: usize, vary: bool, random: &mut Xoshiro256PlusPlus) -> Vec<Choice> {
        (0..count)
            .map(|_| {
                let mut price = |usual: f64| if vary { usual + 2.0 * chance(random) } else { usual };
                let alternatives =
                    vec![vec![0.0, 0.0, price(0.0)], vec![1.0, 0.0, price(1.0)], vec![0.0, 1.0, price(0.5)]];
                let mut taken = (0, f64::NEG_INFINITY);
                for (place, alternative) in alternatives.iter().enumerate() {
                    let gain = dot(alternative, &TRUTH) + gumbel(random);
                    if gain > taken.1 {
                        taken = (place, gain);
                    }
                }
                Choice { alternatives, taken: taken.0, times: 1 }
            })
            .collect()
    }

    #[test]
    fn part_worths_and_what_is_paid_for_them_are_within_their_intervals_as_often_as_said() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(8);
        let (mut held, mut paid) = ([0; 3], 0);
        for _ in 0..200 {
            let found = PartWorths::of(&choices(500, true, &mut random)).expect("part-worths");
            for ((held, found), truth) in held.iter_mut().zip(&found.worths).zip(TRUTH) {
                *held += u32::from((found.worth - truth).abs() <= found.within);
            }
            let pay = found.willingness_to_pay(0, 2).expect("prices varied");
            paid += u32::from((pay.worth - 1.5).abs() <= pay.within);
        }
        // 95 % of 200, less two standard deviations.
        assert!(held.iter().chain([&paid]).all(|held| *held >= 184), "{held:?} and {paid} of 200");
    }

    #[test]
    fn what_choices_do_not_tell_is_not_told() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(9);
        assert_eq!(
            PartWorths::of(&choices(500, false, &mut random)),
            Err(PartWorthsError::NotToldApart),
            "prices never varied"
        );
        assert_eq!(
            PartWorths::of(&[Choice { alternatives: vec![vec![1.0], vec![0.0]], taken: 0, times: 1 }]),
            Err(PartWorthsError::NotToldApart)
        );
        let misfit = PartWorths::of(&[Choice { alternatives: vec![vec![1.0]], taken: 1, times: 1 }]);
        assert_eq!(misfit, Err(PartWorthsError::Misfit { choice: 0, features: 1 }));
        let few = choices(30, true, &mut random);
        let found = PartWorths::of(&few).expect("part-worths");
        assert!(found.worths.iter().all(|worth| worth.within > 0.3), "thirty choices are few: {found:?}");
        let (thrice, at_once): (Vec<_>, Vec<_>) =
            few.iter().map(|choice| (vec![choice.clone(); 3], Choice { times: 3, ..choice.clone() })).unzip();
        let thrice = PartWorths::of(&thrice.concat()).expect("part-worths");
        let at_once = PartWorths::of(&at_once).expect("part-worths");
        for (one, other) in thrice.worths.iter().zip(&at_once.worths) {
            assert!((one.worth - other.worth).abs() < 1e-6 && (one.within - other.within).abs() < 1e-6);
        }
    }
}
