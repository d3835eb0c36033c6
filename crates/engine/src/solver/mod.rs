//! Answers by search, for models that are too large for a diagram: the same menus, conflicts and repairs.
//!
//! What is available, conflicts and repairs are exact and depend on the question alone, not on what was asked before. Totals
//! and numbers of completions are bounds that are certain ([`Figures`]), the best assignment ([`Optimum`]) says whether it
//! is proven to be that, and a completion is *near* the default rather than nearest.

mod bounds;
mod boxes;
mod guarded;
mod optimum;
mod prices;
mod relaxation;
mod repair;
mod search;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::OnceLock;

use crate::cnf::{Cnf, Limits, TRUTH, TooLarge};
use crate::effort::Effort;
use crate::model::{Model, ValueId, VariableId};

pub use bounds::{Figures, Within};
pub use guarded::{Culprits, GuardedConstraints};
pub use optimum::{First, Optimum};
use prices::{MOST_ROWS, Prices};
pub use repair::Repair;
use search::{Literal, ROOM, Search};

/// A choice: this variable has this value.
pub type Choice = (VariableId, ValueId);

/// A solver for one model, with what it has learnt about it.
pub struct Solver {
    cnf: Cnf,
    /// The model without its constraints: what it costs.
    priced: Model,
    /// Most combinations for which a price is written out.
    most_rows: usize,
    /// Worked out when they are first asked for: conflicts and repairs need none.
    prices: OnceLock<Prices>,
    /// By variable, by value.
    literals: Vec<Vec<Literal>>,
    /// The clauses before any question: answers that could depend on the past are searched for from here.
    fresh: Search,
    search: Search,
    /// Whether it is known what is blocked without any choice.
    rooted: bool,
    /// Valid assignments found lately with their totals, the latest last.
    pool: VecDeque<(Vec<ValueId>, i64)>,
    /// What was found blocked lately, the latest last.
    blocked: VecDeque<Blocked>,
}

/// Values that some choices block. They stay blocked whatever is chosen on top.
struct Blocked {
    choices: Vec<Choice>,
    values: Vec<Choice>,
}

/// Which values each variable can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// By variable, by value: whether some valid assignment has this value together with the choices. For the values
    /// of a variable that is chosen, together with the other choices.
    pub values: Vec<Vec<bool>>,
}

/// Why something cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Indexes of choices that cannot all be kept; each of them is needed for that.
    pub choices: Vec<usize>,
    /// Indexes of the model's constraints that contradict these choices and what is wanted; each is needed for that.
    pub constraints: Vec<usize>,
}

/// Most valid assignments kept.
const POOL: usize = 400;
/// Most sets of blocked values kept: enough to step back a few choices.
const BLOCKED: usize = 16;

impl Solver {
    /// A solver for a model.
    ///
    /// # Errors
    /// When the model outgrows a limit as clauses.
    pub fn new(model: &Model, limits: &Limits) -> Result<Self, TooLarge> {
        let cnf = Cnf::new(model, limits)?;
        // Each clause may get a selector, to find those that are to blame. A Boolean has two literals.
        let literals_with_selectors =
            cnf.clauses.iter().fold(0, |sum: usize, clause| sum.saturating_add(clause.len() + 1));
        if literals_with_selectors.max(cnf.variables.saturating_mul(2)) > ROOM {
            return Err(TooLarge { name: "all constraints together".to_owned() });
        }
        let mut fresh = Search::new(cnf.variables);
        for clause in &cnf.clauses {
            fresh.add(&literals(clause));
        }
        Ok(Self {
            literals: cnf.literals.iter().map(|values| literals(values)).collect(),
            cnf,
            priced: Model {
                variables: model.variables.clone(),
                prices: model.prices.clone(),
                base_price: model.base_price,
                ..Model::default()
            },
            most_rows: limits.states.min(MOST_ROWS),
            prices: OnceLock::new(),
            search: fresh.clone(),
            fresh,
            rooted: false,
            pool: VecDeque::new(),
            blocked: VecDeque::new(),
        })
    }

    /// Forgets what was learnt.
    pub fn forget(&mut self) {
        self.search = self.fresh.clone();
        self.rooted = false;
        self.pool.clear();
        self.blocked.clear();
    }

    /// Whether all choices can be had together.
    pub fn is_possible(&mut self, choices: &[Choice]) -> bool {
        self.is_possible_within(choices, &Effort::unbounded()) == Some(true)
    }

    /// The same with this much effort; `None` when that does not tell.
    pub fn is_possible_within(&mut self, choices: &[Choice], effort: &Effort) -> Option<bool> {
        let assumptions = self.assumptions(choices);
        self.search.solve_within(&assumptions, effort)
    }

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

    /// A valid assignment with the choices that is near the default, one value per variable: variable by variable it
    /// keeps the default's value where the ones before allow it, otherwise it takes the first value that can be.
    /// `None` when the choices contradict.
    ///
    /// Near, not nearest: another valid assignment may keep more of the default.
    pub fn complete(&mut self, choices: &[Choice], default: &[ValueId]) -> Option<Vec<ValueId>> {
        let mut assumptions = self.assumptions(choices);
        let mut found = self.solve_near(&assumptions, default)?;
        for variable in 0..self.literals.len() {
            let wanted = default.get(variable).copied().unwrap_or(ValueId(0));
            let others =
                (0..self.literals[variable].len()).map(ValueId::new).filter(|value| *value != wanted);
            for value in std::iter::once(wanted).chain(others) {
                if value.index() >= self.literals[variable].len() {
                    continue;
                }
                assumptions.push(self.literals[variable][value.index()]);
                if found[variable] == value {
                    break;
                }
                if let Some(better) = self.solve_near(&assumptions, default) {
                    found = better;
                    break;
                }
                assumptions.pop();
            }
        }
        Some(found)
    }

    fn solve_near(&mut self, assumptions: &[Literal], default: &[ValueId]) -> Option<Vec<ValueId>> {
        self.search.assume(assumptions);
        for (literals, value) in self.literals.iter().zip(default) {
            for (index, literal) in literals.iter().enumerate() {
                self.search.prefer(if index == value.index() { *literal } else { !*literal });
            }
        }
        self.search.search().then(|| self.assignment(&self.search))
    }

    /// The assignment that a search found last.
    fn assignment(&self, search: &Search) -> Vec<ValueId> {
        let value = |literals: &Vec<Literal>| literals.iter().position(|&literal| search.holds(literal));
        self.literals.iter().map(|literals| ValueId::new(value(literals).unwrap_or(0))).collect()
    }

    fn prices(&self) -> &Prices {
        self.prices.get_or_init(|| Prices::of(&self.priced, self.most_rows))
    }

    /// The literal of a choice; one that cannot be is false.
    fn literal(&self, choice: Choice) -> Literal {
        literal_of(&self.literals, choice)
    }

    fn assumptions(&self, choices: &[Choice]) -> Vec<Literal> {
        choices.iter().map(|&choice| self.literal(choice)).collect()
    }
}

/// The literal of a choice by those of all variables; one that cannot be is false.
fn literal_of(literals: &[Vec<Literal>], (variable, value): Choice) -> Literal {
    let known = literals.get(variable.index()).and_then(|literals| literals.get(value.index()));
    known.copied().unwrap_or(!Literal::new(TRUTH))
}

fn literals(clause: &[i32]) -> Vec<Literal> {
    clause.iter().map(|&literal| Literal::new(literal)).collect()
}

/// The variables whose value in a valid assignment is shown to be available next to the choices: all when it has the
/// choices, one when it lacks only that one's.
fn shown(choices: &[Choice], assignment: &[ValueId]) -> Range<usize> {
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
    fallback: &'f mut Solver,
    effort: &'f Effort,
    choices: Vec<Choice>,
    assumptions: Vec<Literal>,
    /// By variable: whether it is chosen.
    chosen: Vec<bool>,
    /// By variable, by value: available or not, once known.
    known: Vec<Vec<Option<bool>>>,
}

impl<'f> Probe<'f> {
    fn new(fallback: &'f mut Solver, choices: &[Choice], effort: &'f Effort) -> Self {
        let mut chosen = vec![false; fallback.literals.len()];
        let at_root = |&literal: &Literal| fallback.search.is_refuted(literal, 0).then_some(false);
        let known = fallback.literals.iter().map(|literals| literals.iter().map(at_root).collect()).collect();
        for choice in choices {
            if let Some(chosen) = chosen.get_mut(choice.0.index()) {
                *chosen = true;
            }
        }
        let assumptions = fallback.assumptions(choices);
        Self { fallback, effort, choices: choices.to_vec(), assumptions, chosen, known }
    }

    /// What earlier questions tell about this one.
    fn recall(&mut self) {
        // Assignments that tell something go to the end, to be kept longest.
        let pool = std::mem::take(&mut self.fallback.pool);
        let (telling, quiet): (Vec<_>, Vec<_>) =
            pool.into_iter().rev().partition(|(assignment, _)| self.cover(assignment));
        self.fallback.pool = quiet.into_iter().rev().chain(telling.into_iter().rev()).collect();
        let mut choices = self.choices.clone();
        choices.sort_unstable();
        for blocked in &self.fallback.blocked {
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
        let search = &mut self.fallback.search;
        search.assume(assumptions);
        for (literals, known) in self.fallback.literals.iter().zip(&self.known) {
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
        let assignment = self.fallback.assignment(&self.fallback.search);
        self.cover(&assignment);
        if self.fallback.pool.len() >= POOL {
            self.fallback.pool.pop_front();
        }
        let total = self.fallback.prices().total(&assignment);
        self.fallback.pool.push_back((assignment, total));
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
                let literal = self.fallback.literals[variable][value];
                let mut answer = Some(false);
                if possible && !self.fallback.search.is_refuted(literal, count) {
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
                kept.push(self.fallback.literals[variable][value]);
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
                self.fallback.search.add(&[!self.fallback.literals[variable.index()][value.index()]]);
            }
        }
        self.choices.sort_unstable();
        self.fallback.blocked.retain(|blocked| blocked.choices != self.choices);
        if self.fallback.blocked.len() >= BLOCKED {
            self.fallback.blocked.pop_front();
        }
        self.fallback.blocked.push_back(Blocked { choices: self.choices, values });
        self.known
    }
}

#[cfg(test)]
mod tests {
    use super::{Effort, Probe, Solver};
    use crate::cnf::Limits;
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
        let mut fallback = Solver::new(&model, &Limits::default()).unwrap();
        let choices = [(VariableId(2), ValueId(1))];
        assert_eq!(Probe::new(&mut fallback, &choices, &Effort::unbounded()).known[1], [None, None]);
        fallback.menu(&choices);
        assert_eq!(Probe::new(&mut fallback, &choices, &Effort::unbounded()).known[1], [None, Some(false)]);
        assert_eq!(Probe::new(&mut fallback, &[], &Effort::unbounded()).known[1], [None, Some(false)]);
    }

    #[test]
    fn conflicts_and_repairs_do_not_work_out_prices() {
        let model = Model { variables: vec![Variable::boolean("a")], ..Model::default() };
        let mut fallback = Solver::new(&model, &Limits::default()).unwrap();
        let [without, with] = [0, 1].map(|value| (VariableId(0), ValueId(value)));
        fallback.explain(&[without], &[with]);
        assert_eq!(fallback.repair(&[(without, 1)], &[with], 1).len(), 1);
        assert!(fallback.prices.get().is_none());
        fallback.figures(&[]);
        assert!(fallback.prices.get().is_some());
    }
}
