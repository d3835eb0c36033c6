//! Several models as one: the products of their probabilities, each to the power of its weight (C. Genest and J. V. Zidek,
//! "Combining probability distributions", 1986). The weights are those under which orders that the models had not seen are most
//! probable. They need not add up to one: less makes the whole less sure, more makes it surer, which is what calibrates it.

use super::{Cell, Model, normalise};

/// Probabilities count as no less than this, so that no model can rule a value out by itself.
const LEAST: f64 = 1e-6;
/// Rounds of climbing towards the best weights.
const ROUNDS: usize = 200;
/// The largest weight.
const MOST: f64 = 4.0;

/// Models with their weights.
#[derive(Debug)]
pub struct Blend {
    parts: Vec<(Box<dyn Model>, f64)>,
    name: String,
}

impl Blend {
    /// These models, each with its weight.
    #[must_use]
    pub fn new(parts: Vec<(Box<dyn Model>, f64)>) -> Self {
        let names: Vec<String> =
            parts.iter().map(|(model, weight)| format!("{} {weight:.2}", model.name())).collect();
        Self { parts, name: names.join(", ") }
    }

    /// The models with their weights.
    pub fn parts(&self) -> impl Iterator<Item = (&dyn Model, f64)> {
        self.parts.iter().map(|(model, weight)| (model.as_ref(), *weight))
    }
}

impl Model for Blend {
    fn name(&self) -> &str {
        &self.name
    }

    fn learn(&mut self, row: &[Cell], times: u32) {
        self.parts.iter_mut().for_each(|(model, _)| model.learn(row, times));
    }

    fn forget(&mut self, row: &[Cell], times: u32) {
        self.parts.iter_mut().for_each(|(model, _)| model.forget(row, times));
    }

    fn predict(&self, known: &[Cell], open: &[usize]) -> Vec<Vec<f64>> {
        let each: Vec<_> = self.parts.iter().map(|(model, _)| model.predict(known, open)).collect();
        let weights: Vec<f64> = self.parts.iter().map(|(_, weight)| *weight).collect();
        let of_column = |at: usize| {
            let logarithms: Vec<Vec<f64>> =
                each.iter().filter_map(|columns| columns.get(at)).map(|column| logarithms(column)).collect();
            blended(&logarithms, &weights)
        };
        (0..open.len()).map(of_column).collect()
    }
}

/// What models said of a value that is known by now.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// By model, then by value: the logarithm of its probability.
    pub(super) logarithms: Vec<Vec<f64>>,
    /// What it was.
    pub(super) truth: usize,
}

/// Logarithms of probabilities, none below that of the least that counts.
pub(super) fn logarithms(probabilities: &[f64]) -> Vec<f64> {
    probabilities.iter().map(|&probability| libm::log(probability.max(LEAST))).collect()
}

/// The blend of several models' logarithms.
pub(super) fn blended(logarithms: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let size = logarithms.first().map_or(0, Vec::len);
    let mut sums = vec![0.0; size];
    for (logarithms, weight) in logarithms.iter().zip(weights) {
        sums.iter_mut().zip(logarithms).for_each(|(sum, logarithm)| *sum += weight * logarithm);
    }
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    sums.iter_mut().for_each(|sum| *sum = libm::exp((*sum - most).max(-600.0)));
    normalise(&mut sums);
    sums
}

/// The mean logarithm of what the blend said of the truth.
pub(super) fn likelihood(said: &[Said], weights: &[f64]) -> f64 {
    let of_one = |said: &Said| logarithms(&blended(&said.logarithms, weights))[said.truth];
    said.iter().map(of_one).sum::<f64>() / said.len().max(1) as f64
}

/// The weights under which what turned out to be true is most probable: none below 0. The likelihood has one summit only, so
/// climbing finds it.
pub(super) fn fitted(said: &[Said], models: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / models.max(1) as f64; models];
    let mut reached = likelihood(said, &weights);
    let mut step = 1.0;
    for _ in 0..ROUNDS {
        let slope = slope(said, &weights);
        let next: Vec<f64> = weights
            .iter()
            .zip(&slope)
            .map(|(weight, slope)| (weight + step * slope).clamp(0.0, MOST))
            .collect();
        let found = likelihood(said, &next);
        if found > reached {
            let gained = found - reached;
            (weights, reached, step) = (next, found, step * 1.5);
            if gained < 1e-7 {
                break;
            }
        } else {
            step *= 0.4;
            if step < 1e-4 {
                break;
            }
        }
    }
    weights
}

/// By model: how much the likelihood grows with its weight.
fn slope(said: &[Said], weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; weights.len()];
    for Said { logarithms, truth } in said {
        let found = blended(logarithms, weights);
        for (sum, logarithms) in sums.iter_mut().zip(logarithms) {
            let mean: f64 =
                found.iter().zip(logarithms).map(|(probability, logarithm)| probability * logarithm).sum();
            *sum += logarithms[*truth] - mean;
        }
    }
    sums.iter_mut().for_each(|sum| *sum /= said.len().max(1) as f64);
    sums
}
