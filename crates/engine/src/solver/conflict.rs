//! Why something can't be had: choices, and constraints of the model, each of them needed.

use super::search::Literal;
use super::state::{Choice, Solver};

/// Why something cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Indexes of choices that cannot all be kept; each of them is needed for that.
    pub choices: Vec<usize>,
    /// Indexes of the model's constraints that contradict these choices and what is wanted; each is needed for that.
    pub constraints: Vec<usize>,
}

impl Solver {
    /// Why `wanted` cannot be had next to the choices, or `None` when it can. Choices about variables that `wanted`
    /// speaks of are set aside.
    ///
    /// Choices that come first matter most: of two conflicts, the one is told whose first choice comes later, and so
    /// on. So what is told to be given up are the less important ones.
    pub fn explain(&mut self, choices: &[Choice], wanted: &[Choice]) -> Option<Conflict> {
        let kept: Vec<usize> = (0..choices.len())
            .filter(|&index| wanted.iter().all(|want| want.0 != choices[index].0))
            .collect();
        let background = self.assumptions(wanted);
        let candidates: Vec<Literal> = kept.iter().map(|&index| self.literal(choices[index])).collect();
        let conflict = self.conflict(&background, &candidates)?;
        let mut assumptions = background;
        assumptions.extend(conflict.iter().map(|&index| candidates[index]));
        let constraints = self.guarded().contradicting(&assumptions);
        Some(Conflict { choices: conflict.into_iter().map(|index| kept[index]).collect(), constraints })
    }

    /// Positions of candidates that contradict the background, each needed for that; of all such sets the last in
    /// lexicographic order. `None` when there is no contradiction.
    ///
    /// Junker's QuickXplain (2004) finds the same set by halving; here the solver's cores say where to go on.
    fn conflict(&mut self, background: &[Literal], candidates: &[Literal]) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        let mut fixed = background.to_vec();
        let mut start = 0;
        // Contradictory, always: `fixed` and the candidates from `start` on.
        if self.search.solve(&[&fixed[..], candidates].concat()) {
            return None;
        }
        loop {
            // All before the first of the core can go: what follows it contradicts without them.
            let core = &self.search.core;
            let Some(first) = (start..candidates.len()).find(|&index| core.contains(&candidates[index]))
            else {
                return Some(found);
            };
            start = first + 1;
            // `fixed` comes first to be shared between the questions, later candidates before earlier ones.
            let rest = candidates[start..].iter().rev().copied();
            let question: Vec<Literal> = fixed.iter().copied().chain(rest).collect();
            if self.search.solve(&question) {
                fixed.push(candidates[first]);
                found.push(first);
                let rest = candidates[start..].iter().rev().copied();
                let question: Vec<Literal> = fixed.iter().copied().chain(rest).collect();
                self.search.solve(&question);
            }
        }
    }
}
