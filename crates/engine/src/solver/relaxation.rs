//! Models that fail as little as possible of what should hold, each with its weight.
//!
//! Unsatisfiable cores are relaxed one by one, each with a totalizer whose bound grows when it is met again (Morgado,
//! Dodaro, Marques-Silva, "Core-guided MaxSAT with soft cardinality constraints", 2014; Bailleux and Boufkhad,
//! "Efficient CNF encoding of Boolean cardinality constraints", 2003).

use std::collections::BTreeMap;

use super::search::{Literal, Search};

/// Most conflicts while a core is made smaller.
const SHRINKING: u64 = 300;

/// Most literals of a core among which failures are counted: that takes half as many clauses as its square.
const MOST_COUNTED: usize = 2000;
/// Most clauses that count failures, over all cores: some hundred megabytes.
const MOST_COUNTING: usize = 1 << 23;

pub(super) struct Relaxation {
    pub search: Search,
    /// What must hold.
    background: Vec<Literal>,
    /// What should hold, and what it costs when it does not.
    pub soft: BTreeMap<Literal, u128>,
    /// By literal "fewer than n of a core fail": the literal "fewer than n + 1 of it fail".
    next: BTreeMap<Literal, Literal>,
    /// What every model costs at least.
    pub paid: u128,
    /// Whether further failures of all that was paid for are counted: there was room for that.
    pub counted: bool,
    /// How many clauses may still be added to count failures.
    room: usize,
}

/// What a step led to.
pub(super) enum Step {
    /// A model, in `search`, that fails nothing of the weight asked for beyond what is paid.
    Model,
    /// Something that can't hold together was paid for.
    Core,
    /// There is no model.
    Nothing,
    /// The search ran out of patience or room. What is paid stays certain.
    GivenUp,
}

impl Relaxation {
    pub fn new(search: Search, background: Vec<Literal>, soft: BTreeMap<Literal, u128>) -> Self {
        Self { search, background, soft, next: BTreeMap::new(), paid: 0, counted: true, room: MOST_COUNTING }
    }

    /// Looks for a model that fails nothing whose weight is at least this.
    pub fn step(&mut self, least: u128) -> Step {
        let soft = self.soft.iter().filter(|(_, weight)| **weight >= least).map(|(literal, _)| *literal);
        let question: Vec<Literal> = self.background.iter().copied().chain(soft).collect();
        if self.search.solve(&question) {
            return Step::Model;
        }
        if self.search.gave_up {
            return Step::GivenUp;
        }
        let core = std::mem::take(&mut self.search.core);
        let patience = self.search.patience;
        if patience != u64::MAX || self.search.effort != u64::MAX {
            self.search.patience = patience.min(SHRINKING);
        }
        let before = self.search.patience;
        let core = self.search.shrink(&self.background, core);
        self.search.patience = patience - (before - self.search.patience).min(patience);
        if core.is_empty() {
            return Step::Nothing;
        }
        if self.relax(&core) { Step::Core } else { Step::GivenUp }
    }

    /// From now on nothing fails that costs more than this beyond what is paid.
    pub fn harden(&mut self, most: u128) {
        let heavy = self.soft.iter().filter(|(_, weight)| **weight > most).map(|(literal, _)| *literal);
        for literal in heavy.collect::<Vec<_>>() {
            self.soft.remove(&literal);
            self.search.add(&[literal]);
        }
    }

    /// Pays for one failure among the literals of a core; false when there is no room to count further ones.
    fn relax(&mut self, core: &[Literal]) -> bool {
        let weight = core.iter().filter_map(|literal| self.soft.get(literal)).copied().min().unwrap_or(0);
        self.paid += weight;
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
        let clauses = counting(core.len());
        if core.len() > MOST_COUNTED || clauses > self.room {
            self.counted = false;
            return false;
        }
        self.room -= clauses;
        let failures: Vec<Literal> = core.iter().map(|&literal| !literal).collect();
        let counts = totalizer(&mut self.search, &failures);
        for pair in counts.windows(2) {
            self.next.insert(!pair[0], !pair[1]);
        }
        if let Some(second) = counts.get(1) {
            *self.soft.entry(!*second).or_insert(0) += weight;
        }
        true
    }
}

/// How many clauses the totalizer of so many inputs has, at most.
fn counting(inputs: usize) -> usize {
    // Each node has a clause for every pair of counts below it; together that is less than half the square and as much
    // again for each of its levels.
    let levels = inputs.checked_ilog2().unwrap_or(0) as usize + 1;
    inputs.saturating_mul(inputs / 2 + levels)
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

#[cfg(test)]
mod tests {
    use super::{MOST_COUNTED, Relaxation, Step, counting};
    use crate::solver::search::{Literal, Search};

    /// Of so many literals that should hold, weighing 1 each, one fails, and a search that knows it.
    fn one_fails(count: usize) -> Relaxation {
        let mut search = Search::new(0);
        let literals: Vec<Literal> = (0..count).map(|_| search.add_variable()).collect();
        search.add(&literals.iter().map(|&literal| !literal).collect::<Vec<_>>());
        Relaxation::new(search, Vec::new(), literals.into_iter().map(|literal| (literal, 1)).collect())
    }

    #[test]
    fn cores_too_large_to_count_in_are_paid_for_and_given_up() {
        let mut relaxation = one_fails(40);
        assert!(matches!(relaxation.step(1), Step::Core));
        assert!(matches!(relaxation.step(1), Step::Model));
        let mut relaxation = one_fails(40);
        relaxation.room = counting(39);
        assert!(matches!(relaxation.step(1), Step::GivenUp));
        assert_eq!(relaxation.paid, 1);
        let mut relaxation = one_fails(MOST_COUNTED + 1);
        // Not to be made smaller one by one.
        relaxation.search.patience = 1;
        assert!(matches!(relaxation.step(1), Step::GivenUp));
        assert_eq!(relaxation.paid, 1);
    }

    #[test]
    fn a_search_without_room_for_clauses_gives_up() {
        let mut relaxation = one_fails(40);
        relaxation.search.room = 50;
        assert!(matches!(relaxation.step(1), Step::Core));
        assert!(matches!(relaxation.step(1), Step::GivenUp));
        assert_eq!(relaxation.paid, 1);
    }

    #[test]
    fn counting_takes_no_more_clauses_than_are_reckoned_with() {
        for inputs in [0, 1, 2, 3, 7, 8, 31, 100] {
            let mut search = Search::new(0);
            let literals: Vec<Literal> = (0..inputs).map(|_| search.add_variable()).collect();
            super::totalizer(&mut search, &literals);
            assert!(search.size() <= counting(inputs), "{inputs}");
        }
    }
}
