//! The cheapest ways to make room for what is wanted: minimum-weight sets of choices to change.

use std::collections::BTreeMap;

use super::relaxation::{Relaxation, Step};
use super::search::Literal;
use super::state::{Choice, Solver};

/// Choices to change so that something wanted becomes possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Indexes of the choices that cannot stay; all others can, together with what is wanted.
    pub changed: Vec<usize>,
    /// Sum of their weights, saturating.
    pub weight: u64,
}

impl Solver {
    /// The `count` cheapest ways to have what is wanted, by the weights of the choices that change; of two that weigh
    /// the same the one that changes fewer choices comes first. None contains another. Fewer when there are fewer;
    /// empty when what is wanted cannot be had at all. Fewer also when a search would outgrow its room: with thousands of
    /// choices of which any one has to change.
    #[must_use]
    pub fn repair(&self, choices: &[(Choice, u64)], wanted: &[Choice], count: usize) -> Vec<Repair> {
        let literals: Vec<Literal> = choices.iter().map(|(choice, _)| self.literal(*choice)).collect();
        let mut soft = BTreeMap::new();
        for (literal, (_, weight)) in literals.iter().zip(choices) {
            // The number of changes decides between equal weights.
            let weight = u128::from(*weight) * (choices.len() as u128 + 1) + 1;
            *soft.entry(*literal).or_insert(0) += weight;
        }
        let background = self.assumptions(wanted);
        let mut relaxation = Relaxation::new(self.fresh.clone(), background, soft);
        let mut found: Vec<Repair> = Vec::new();
        while found.len() < count {
            match relaxation.step(1) {
                Step::Model => {}
                Step::Core => continue,
                Step::Nothing | Step::GivenUp => break,
            }
            let search = &mut relaxation.search;
            let changed: Vec<usize> =
                (0..literals.len()).filter(|&index| !search.holds(literals[index])).collect();
            let weight = changed.iter().map(|&index| choices[index].1).fold(0, u64::saturating_add);
            let kept: Vec<Literal> = changed.iter().map(|&index| literals[index]).collect();
            found.push(Repair { changed, weight });
            if kept.is_empty() {
                break;
            }
            search.add(&kept);
        }
        found
    }
}
