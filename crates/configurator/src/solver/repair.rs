//! The cheapest ways to make room for what is wanted: minimum-weight sets of choices to change.
//!
//! Unsatisfiable cores are relaxed one by one, each with a totalizer whose bound grows when it is met again (Morgado,
//! Dodaro, Marques-Silva, "Core-guided MaxSAT with soft cardinality constraints", 2014; Bailleux and Boufkhad,
//! "Efficient CNF encoding of Boolean cardinality constraints", 2003).

use std::collections::BTreeMap;

use super::search::{Literal, Search};
use super::{Choice, Fallback};

/// Choices to change so that something wanted becomes possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Indexes of the choices that cannot stay; all others can, together with what is wanted.
    pub changed: Vec<usize>,
    /// Sum of their weights, saturating.
    pub weight: u64,
}

impl Fallback {
    /// The `count` cheapest ways to have what is wanted, by the weights of the choices that change; of two that weigh
    /// the same the one that changes fewer choices comes first. None contains another. Fewer when there are fewer;
    /// empty when what is wanted cannot be had at all.
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
        let mut relaxation =
            Relaxation { search: self.fresh.clone(), background, soft, next: BTreeMap::new() };
        let mut found: Vec<Repair> = Vec::new();
        while found.len() < count && relaxation.optimise() {
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

struct Relaxation {
    search: Search,
    /// What must hold.
    background: Vec<Literal>,
    /// What should hold, and what it costs when it does not.
    soft: BTreeMap<Literal, u128>,
    /// By literal "fewer than n of a core fail": the literal "fewer than n + 1 of it fail".
    next: BTreeMap<Literal, Literal>,
}

impl Relaxation {
    /// Finds a model of least cost; whether there is a model.
    fn optimise(&mut self) -> bool {
        loop {
            let soft: Vec<Literal> = self.soft.keys().copied().collect();
            if self.search.solve(&[&self.background[..], &soft].concat()) {
                return true;
            }
            let core = std::mem::take(&mut self.search.core);
            let core = self.search.shrink(&self.background, core);
            if core.is_empty() {
                return false;
            }
            self.relax(&core);
        }
    }

    /// Pays for one failure among the literals of a core.
    fn relax(&mut self, core: &[Literal]) {
        let weight = core.iter().filter_map(|literal| self.soft.get(literal)).copied().min().unwrap_or(0);
        for literal in core {
            if let Some(rest) = self.soft.get_mut(literal) {
                *rest -= weight;
                if *rest == 0 {
                    self.soft.remove(literal);
                }
            }
            if let Some(next) = self.next.get(literal) {
                *self.soft.entry(*next).or_insert(0) += weight;
            }
        }
        let failures: Vec<Literal> = core.iter().map(|&literal| !literal).collect();
        let counts = totalizer(&mut self.search, &failures);
        for pair in counts.windows(2) {
            self.next.insert(!pair[0], !pair[1]);
        }
        if let Some(second) = counts.get(1) {
            *self.soft.entry(!*second).or_insert(0) += weight;
        }
    }
}

/// Literals that are true when at least one, two, … of the inputs are.
fn totalizer(search: &mut Search, inputs: &[Literal]) -> Vec<Literal> {
    if inputs.len() <= 1 {
        return inputs.to_vec();
    }
    let (left, right) = inputs.split_at(inputs.len() / 2);
    let (left, right) = (totalizer(search, left), totalizer(search, right));
    let counts: Vec<Literal> = inputs.iter().map(|_| search.add_variable()).collect();
    for first in 0..=left.len() {
        for second in 0..=right.len() {
            let mut clause = Vec::new();
            clause.extend(first.checked_sub(1).map(|index| !left[index]));
            clause.extend(second.checked_sub(1).map(|index| !right[index]));
            if first + second > 0 {
                clause.push(counts[first + second - 1]);
                search.add(&clause);
            }
        }
    }
    counts
}
