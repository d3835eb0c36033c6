//! Which constraints contradict some choices: every one has a selector and counts only while that is true.

use std::ops::Range;

use super::search::{Literal, Search};
use super::state::{Choice, Solver, literal_of, literals};
use crate::effort::Effort;

/// The clauses of a model, those of each constraint only while its selector is true.
#[derive(Clone)]
pub struct GuardedConstraints {
    pub(super) search: Search,
    /// By constraint of the model.
    pub(super) selectors: Vec<Literal>,
    /// By variable, by value.
    pub(super) literals: Vec<Vec<Literal>>,
}

/// Constraints that contradict some choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Culprits {
    /// Indexes of those among which some were looked for.
    pub constraints: Vec<usize>,
    /// Whether the one that was to be spared is needed, too.
    pub spared: bool,
}

impl Solver {
    /// The constraints, to be told apart in conflicts.
    #[must_use]
    pub fn guarded(&self) -> GuardedConstraints {
        let mut search = Search::new(self.cnf.variables);
        let selectors: Vec<Literal> = self.cnf.groups.iter().map(|_| search.add_variable()).collect();
        let grouped = self.cnf.groups.first().map_or(self.cnf.clauses.len(), |group| group.start);
        for clause in &self.cnf.clauses[..grouped] {
            search.add(&literals(clause));
        }
        for (group, selector) in self.cnf.groups.iter().zip(&selectors) {
            for clause in &self.cnf.clauses[group.clone()] {
                let mut clause = literals(clause);
                clause.push(!*selector);
                search.add(&clause);
            }
        }
        GuardedConstraints { search, selectors, literals: self.literals.clone() }
    }
}

impl GuardedConstraints {
    /// All constraints that contradict these literals, each needed for that.
    pub(super) fn contradicting(mut self, literals: &[Literal]) -> Vec<usize> {
        self.search.solve(&[literals, &self.selectors].concat());
        let mut core = std::mem::take(&mut self.search.core);
        core.sort_unstable();
        let needed = self.search.shrink(literals, core);
        (0..self.selectors.len()).filter(|&index| needed.contains(&self.selectors[index])).collect()
    }

    /// Which of the constraints in `among` contradict these choices beside all others, each needed for that; without the
    /// constraint `spared` if that will do. `None` when they do not, or when it takes too long to find out. An effort that
    /// ends leaves constraints in that may not be needed.
    #[must_use]
    pub fn culprits(
        &self,
        choices: &[Choice],
        among: Range<usize>,
        spared: Option<usize>,
        effort: &Effort,
    ) -> Option<Culprits> {
        let mut search = self.search.clone();
        effort.take(search.copying());
        let is_fixed = |index: &usize| !among.contains(index) && Some(*index) != spared;
        let fixed = (0..self.selectors.len()).filter(is_fixed).map(|index| self.selectors[index]);
        let chosen = choices.iter().map(|&choice| literal_of(&self.literals, choice));
        let mut fixed: Vec<Literal> = chosen.chain(fixed).collect();
        let open: Vec<Literal> = self.selectors[among.clone()].iter().rev().copied().collect();
        let needs_spared = search.solve_within(&[&fixed[..], &open].concat(), effort)?;
        if needs_spared {
            fixed.extend(spared.map(|spared| self.selectors[spared]));
            search.solve_within(&[&fixed[..], &open].concat(), effort).filter(|possible| !possible)?;
        }
        let core = open.into_iter().filter(|selector| search.core.contains(selector)).collect();
        let share = effort.share();
        search.effort = share;
        let needed = search.shrink(&fixed, core);
        effort.take(share - search.effort);
        let constraints = among.filter(|&index| needed.contains(&self.selectors[index])).collect();
        Some(Culprits { constraints, spared: needs_spared })
    }
}
