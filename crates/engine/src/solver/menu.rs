//! Which values can be had: assignments that earlier questions found show many of them at once, the rest is asked for.

use std::ops::Range;

use super::search::Literal;
use super::state::{Blocked, Choice, Solver};
use crate::effort::Effort;
use crate::model::{ValueId, VariableId};

/// Which values each variable can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// By variable, by value: whether some valid assignment has this value together with the choices. For the values
    /// of a variable that is chosen, together with the other choices.
    pub values: Vec<Vec<bool>>,
}

/// Most valid assignments kept.
const POOL: usize = 400;
/// Most sets of blocked values kept: enough to step back a few choices.
const BLOCKED: usize = 16;

impl Solver {
    /// Which values are available next to the choices.
    pub fn menu(&mut self, choices: &[Choice]) -> Available {
        let found = self.menu_within(choices, &[], &Effort::unbounded());
        let available = |known: Vec<Option<bool>>| known.iter().map(|known| *known == Some(true)).collect();
        Available { values: found.into_iter().map(available).collect() }
    }

    /// The same, where these valid assignments are known already, with this much effort: `None` for what is not known after
    /// that. That may depend on what was asked before.
    pub fn menu_within(
        &mut self,
        choices: &[Choice],
        known: &[Vec<ValueId>],
        effort: &Effort,
    ) -> Vec<Vec<Option<bool>>> {
        // What no choice makes possible is found once, as far as effort goes, and what is found is never asked again.
        if !std::mem::replace(&mut self.rooted, true) && !choices.is_empty() {
            self.menu_within(&[], &[], effort);
        }
        let mut probe = Probe::new(self, choices, effort);
        probe.recall();
        for assignment in known {
            probe.cover(assignment);
        }
        probe.open_variables();
        probe.chosen_variables();
        probe.finish()
    }
}

/// The variables whose value in a valid assignment is shown to be available next to the choices: all when it has the
/// choices, one when it lacks only that one's.
pub(super) fn shown(choices: &[Choice], assignment: &[ValueId]) -> Range<usize> {
    let mut differences =
        choices.iter().filter(|(variable, value)| assignment.get(variable.index()) != Some(value));
    match (differences.next(), differences.next()) {
        (None, _) => 0..assignment.len(),
        (Some((variable, _)), None) if variable.index() < assignment.len() => {
            variable.index()..variable.index() + 1
        }
        _ => 0..0,
    }
}

/// A menu in the making.
struct Probe<'f> {
    solver: &'f mut Solver,
    effort: &'f Effort,
    choices: Vec<Choice>,
    assumptions: Vec<Literal>,
    /// By variable: whether it is chosen.
    chosen: Vec<bool>,
    /// By variable, by value: available or not, once known.
    known: Vec<Vec<Option<bool>>>,
}

impl<'f> Probe<'f> {
    fn new(solver: &'f mut Solver, choices: &[Choice], effort: &'f Effort) -> Self {
        let mut chosen = vec![false; solver.literals.len()];
        let at_root = |&literal: &Literal| solver.search.is_refuted(literal, 0).then_some(false);
        let known = solver.literals.iter().map(|literals| literals.iter().map(at_root).collect()).collect();
        for choice in choices {
            if let Some(chosen) = chosen.get_mut(choice.0.index()) {
                *chosen = true;
            }
        }
        let assumptions = solver.assumptions(choices);
        Self { solver, effort, choices: choices.to_vec(), assumptions, chosen, known }
    }

    /// What earlier questions tell about this one.
    fn recall(&mut self) {
        // Assignments that tell something go to the end, to be kept longest.
        let pool = std::mem::take(&mut self.solver.pool);
        let (telling, quiet): (Vec<_>, Vec<_>) =
            pool.into_iter().rev().partition(|(assignment, _)| self.cover(assignment));
        self.solver.pool = quiet.into_iter().rev().chain(telling.into_iter().rev()).collect();
        let mut choices = self.choices.clone();
        choices.sort_unstable();
        for blocked in &self.solver.blocked {
            if blocked.choices.iter().all(|choice| choices.binary_search(choice).is_ok()) {
                for (variable, value) in &blocked.values {
                    self.known[variable.index()][value.index()] = Some(false);
                }
            }
        }
    }

    /// Marks what a valid assignment shows to be available; whether that was news.
    fn cover(&mut self, assignment: &[ValueId]) -> bool {
        let mut news = false;
        for variable in shown(&self.choices, assignment) {
            let known = &mut self.known[variable][assignment[variable].index()];
            news |= known.is_none();
            *known = Some(true);
        }
        news
    }

    /// Asks a question, preferring values not known to be available; keeps what is found. `None` when effort does not suffice.
    fn ask(&mut self, assumptions: &[Literal]) -> Option<bool> {
        let search = &mut self.solver.search;
        search.assume(assumptions);
        for (literals, known) in self.solver.literals.iter().zip(&self.known) {
            if known.contains(&None) {
                for (literal, known) in literals.iter().zip(known) {
                    search.prefer(if known.is_none() { *literal } else { !*literal });
                }
            }
        }
        let answer = search.search_within(self.effort);
        if answer != Some(true) {
            return answer;
        }
        let assignment = self.solver.assignment(&self.solver.search);
        self.cover(&assignment);
        if self.solver.pool.len() >= POOL {
            self.solver.pool.pop_front();
        }
        let total = self.solver.prices().total(&assignment);
        self.solver.pool.push_back((assignment, total));
        answer
    }

    /// Values of a variable that are neither known to be available nor known to be blocked.
    fn unknown(&self, variable: usize) -> Vec<usize> {
        (0..self.known[variable].len()).filter(|&value| self.known[variable][value].is_none()).collect()
    }

    fn open_variables(&mut self) {
        let open: Vec<usize> = (0..self.chosen.len()).filter(|&variable| !self.chosen[variable]).collect();
        if open.iter().all(|&variable| self.unknown(variable).is_empty()) {
            return;
        }
        let mut assumptions = self.assumptions.clone();
        let count = assumptions.len();
        let possible = self.ask(&assumptions) != Some(false);
        for variable in open {
            for value in self.unknown(variable) {
                if self.known[variable][value].is_some() {
                    continue;
                }
                let literal = self.solver.literals[variable][value];
                let mut answer = Some(false);
                if possible && !self.solver.search.is_refuted(literal, count) {
                    assumptions.push(literal);
                    answer = self.ask(&assumptions);
                    assumptions.pop();
                }
                self.known[variable][value] = answer;
            }
        }
    }

    /// Asks for other values of what is chosen, each next to all other choices.
    fn chosen_variables(&mut self) {
        let mut items: Vec<(usize, Vec<Literal>)> = Vec::new();
        let mut kept = Vec::new();
        for (choice, literal) in self.choices.iter().zip(&self.assumptions) {
            let variable = choice.0.index();
            if variable >= self.known.len() || !self.known[variable].contains(&None) {
                kept.push(*literal);
            } else if let Some(item) = items.iter_mut().find(|item| item.0 == variable) {
                item.1.push(*literal);
            } else {
                items.push((variable, vec![*literal]));
            }
        }
        self.leave_one_out(&mut kept, &items);
    }

    /// Leaves out one item after the other. Halving lets neighbouring questions share most of their assumptions.
    fn leave_one_out(&mut self, kept: &mut Vec<Literal>, items: &[(usize, Vec<Literal>)]) {
        if items.iter().all(|(variable, _)| !self.known[*variable].contains(&None)) {
            return;
        }
        let length = kept.len();
        if let [(variable, _)] = *items {
            for value in self.unknown(variable) {
                kept.push(self.solver.literals[variable][value]);
                self.known[variable][value] = self.ask(kept);
                kept.truncate(length);
            }
            return;
        }
        let (left, right) = items.split_at(items.len() / 2);
        for (half, other) in [(left, right), (right, left)] {
            kept.extend(other.iter().flat_map(|(_, literals)| literals));
            self.leave_one_out(kept, half);
            kept.truncate(length);
        }
    }

    fn finish(mut self) -> Vec<Vec<Option<bool>>> {
        let blocked = self.known.iter().enumerate().flat_map(|(variable, known)| {
            let blocked = known.iter().enumerate().filter(|(_, known)| **known == Some(false));
            blocked.map(move |(value, _)| (VariableId::new(variable), ValueId::new(value)))
        });
        let values: Vec<Choice> = blocked.collect();
        if self.choices.is_empty() {
            // Blocked without any choice: blocked for good.
            for &(variable, value) in &values {
                self.solver.search.add(&[!self.solver.literals[variable.index()][value.index()]]);
            }
        }
        self.choices.sort_unstable();
        self.solver.blocked.retain(|blocked| blocked.choices != self.choices);
        if self.solver.blocked.len() >= BLOCKED {
            self.solver.blocked.pop_front();
        }
        self.solver.blocked.push_back(Blocked { choices: self.choices, values });
        self.known
    }
}

#[cfg(test)]
mod tests {
    use super::{Probe, Solver};
    use crate::cnf::Limits;
    use crate::effort::Effort;
    use crate::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};

    #[test]
    fn what_is_blocked_without_choices_is_not_asked_again() {
        // Neither with `a` nor without it is there `b`: propagation alone does not see that.
        let mut model = Model::default();
        let names = ["a", "b", "c"];
        model.variables.extend(names.map(Variable::boolean));
        for with in [0, 1] {
            let a = Formula::In(VariableId(0), vec![ValueId(with)]);
            let b = Formula::In(VariableId(1), vec![ValueId(1)]);
            model.add_constraint("not both", ConstraintKind::Formula(Formula::And(vec![a, b]).negated()));
        }
        let mut solver = Solver::new(&model, &Limits::default()).unwrap();
        let choices = [(VariableId(2), ValueId(1))];
        assert_eq!(Probe::new(&mut solver, &choices, &Effort::unbounded()).known[1], [None, None]);
        solver.menu(&choices);
        assert_eq!(Probe::new(&mut solver, &choices, &Effort::unbounded()).known[1], [None, Some(false)]);
        assert_eq!(Probe::new(&mut solver, &[], &Effort::unbounded()).known[1], [None, Some(false)]);
    }
}
