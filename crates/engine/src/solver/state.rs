//! A solver: its clauses, and what it has learnt about them.

use std::collections::VecDeque;
use std::sync::OnceLock;

use super::prices::{MOST_ROWS, Prices};
use super::search::{Literal, ROOM, Search};
use crate::cnf::{Cnf, Limits, TRUTH, TooLarge};
use crate::effort::Effort;
use crate::model::{Model, ValueId, VariableId};

/// A choice: this variable has this value.
pub type Choice = (VariableId, ValueId);

/// A solver for one model, with what it has learnt about it.
pub struct Solver {
    pub(super) cnf: Cnf,
    /// The model without its constraints: what it costs.
    pub(super) priced: Model,
    /// Most combinations for which a price is written out.
    pub(super) most_rows: usize,
    /// Worked out when they are first asked for: conflicts and repairs need none.
    pub(super) prices: OnceLock<Prices>,
    /// By variable, by value.
    pub(super) literals: Vec<Vec<Literal>>,
    /// The clauses before any question: answers that could depend on the past are searched for from here.
    pub(super) fresh: Search,
    pub(super) search: Search,
    /// Whether it is known what is blocked without any choice.
    pub(super) rooted: bool,
    /// Valid assignments found lately with their totals, the latest last.
    pub(super) pool: VecDeque<(Vec<ValueId>, i64)>,
    /// What was found blocked lately, the latest last.
    pub(super) blocked: VecDeque<Blocked>,
}

/// Values that some choices block. They stay blocked whatever is chosen on top.
pub(super) struct Blocked {
    pub choices: Vec<Choice>,
    pub values: Vec<Choice>,
}

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

    /// The assignment that a search found last.
    pub(super) fn assignment(&self, search: &Search) -> Vec<ValueId> {
        let value = |literals: &Vec<Literal>| literals.iter().position(|&literal| search.holds(literal));
        self.literals.iter().map(|literals| ValueId::new(value(literals).unwrap_or(0))).collect()
    }

    pub(super) fn prices(&self) -> &Prices {
        self.prices.get_or_init(|| Prices::of(&self.priced, self.most_rows))
    }

    /// The literal of a choice; one that cannot be is false.
    pub(super) fn literal(&self, choice: Choice) -> Literal {
        literal_of(&self.literals, choice)
    }

    pub(super) fn assumptions(&self, choices: &[Choice]) -> Vec<Literal> {
        choices.iter().map(|&choice| self.literal(choice)).collect()
    }
}

/// The literal of a choice by those of all variables; one that cannot be is false.
pub(super) fn literal_of(literals: &[Vec<Literal>], (variable, value): Choice) -> Literal {
    let known = literals.get(variable.index()).and_then(|literals| literals.get(value.index()));
    known.copied().unwrap_or(!Literal::new(TRUTH))
}

pub(super) fn literals(clause: &[i32]) -> Vec<Literal> {
    clause.iter().map(|&literal| Literal::new(literal)).collect()
}
