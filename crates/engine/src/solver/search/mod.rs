//! Conflict-driven clause learning, made for many questions that differ in a few assumptions.
//!
//! The usual parts: two watched literals with blockers, first unique implication points with local minimisation,
//! activities and saved phases, Luby restarts, forgetting by glue (Marques-Silva and Sakallah, "GRASP", 1999;
//! Moskewicz and others, "Chaff", 2001; Eén and Sörensson, "An extensible SAT-solver", 2003; Audemard and Simon,
//! "Predicting learnt clauses quality", 2009). What is asked next to the last question keeps the part of the trail
//! that both share. A solver can be cloned, and its phases are open to the caller.
//!
//! The compiler by clauses has another such core (`compile/dnnf/propagation.rs`), whose trail is that of a search through the
//! whole space: nothing learnt may take its decisions back, there are no restarts and no assumptions, and the next Boolean
//! is one of a component. One core for both would ask which of them it serves in the loops where nearly all time goes.

mod forget;
mod learn;
mod order;
mod trail;

use crate::effort::Effort;
use order::Order;

/// A literal: twice the Boolean's index, plus one when negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal(u32);

impl Literal {
    /// From a literal as in DIMACS.
    pub fn new(dimacs: i32) -> Self {
        Self(dimacs.unsigned_abs().saturating_sub(1) * 2 + u32::from(dimacs < 0))
    }

    fn from_variable(variable: usize, positive: bool) -> Self {
        Self((variable * 2) as u32 + u32::from(!positive))
    }

    fn index(self) -> usize {
        self.0 as usize
    }

    /// Index of its Boolean.
    pub fn variable(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }
}

impl std::ops::Not for Literal {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// No clause: a decision, or known from the start.
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Clause {
    start: u32,
    length: u32,
    /// Number of decision levels among its literals when it was learnt; 0 for clauses that are given.
    glue: u32,
    activity: f32,
}

#[derive(Clone, Copy)]
struct Watch {
    clause: u32,
    /// Another literal of the clause; the other one, when it has two.
    blocker: Literal,
    binary: bool,
}

/// Conflicts before the first restart.
const RESTART: u64 = 64;
/// Learnt clauses kept at first, and how many more each time they are thinned out.
const LEARNT: usize = 4000;

/// Most literals of given clauses: a clause is addressed by 32 bits, and as much again is left to what is learnt.
pub(super) const ROOM: usize = (u32::MAX / 2) as usize;

/// A solver with its clauses and what it learnt.
#[derive(Clone)]
pub(super) struct Search {
    literals: Vec<Literal>,
    clauses: Vec<Clause>,
    learnt: usize,
    most_learnt: usize,
    /// Most literals of given clauses. With those of learnt ones there are no more than twice as many.
    pub room: usize,
    /// Whether a given clause found no room.
    full: bool,
    watches: Vec<Vec<Watch>>,
    /// By literal: 1 true, -1 false, 0 open.
    values: Vec<i8>,
    levels: Vec<u32>,
    reasons: Vec<u32>,
    trail: Vec<Literal>,
    /// Where each decision level starts on the trail.
    starts: Vec<usize>,
    head: usize,
    /// The assumptions whose levels the trail may still hold.
    assumptions: Vec<Literal>,
    /// By Boolean: the value to try first.
    phases: Vec<bool>,
    order: Order,
    clause_step: f32,
    seen: Vec<bool>,
    /// Whether the clauses contradict each other.
    contradiction: bool,
    /// After "yes", by Boolean.
    model: Vec<bool>,
    /// After "no": assumptions that cannot hold together.
    pub core: Vec<Literal>,
    /// Conflicts left until it gives up; never because of them with `u64::MAX`.
    pub patience: u64,
    /// Watched clauses it may still look at until it gives up, at the next conflict; never because of them with `u64::MAX`. A
    /// better measure of time than conflicts, of which one may cost a thousand times as much as another.
    pub effort: u64,
    /// Watched clauses it looked at that are not taken off yet.
    looked_at: u64,
    /// Whether the last "no" only means that patience, effort or room ran out.
    pub gave_up: bool,
}

impl Search {
    /// A solver over this many Booleans, without clauses.
    pub fn new(variables: usize) -> Self {
        let mut search = Self {
            literals: Vec::new(),
            clauses: Vec::new(),
            learnt: 0,
            most_learnt: LEARNT,
            room: ROOM,
            full: false,
            watches: Vec::new(),
            values: Vec::new(),
            levels: Vec::new(),
            reasons: Vec::new(),
            trail: Vec::new(),
            starts: Vec::new(),
            head: 0,
            assumptions: Vec::new(),
            phases: Vec::new(),
            order: Order::default(),
            clause_step: 1.0,
            seen: Vec::new(),
            contradiction: false,
            model: Vec::new(),
            core: Vec::new(),
            patience: u64::MAX,
            effort: u64::MAX,
            looked_at: 0,
            gave_up: false,
        };
        for _ in 0..variables {
            search.add_variable();
        }
        search
    }

    /// Another Boolean; its positive literal.
    pub fn add_variable(&mut self) -> Literal {
        let variable = self.levels.len();
        self.watches.extend([Vec::new(), Vec::new()]);
        self.values.extend([0, 0]);
        self.levels.push(0);
        self.reasons.push(NONE);
        self.phases.push(false);
        self.seen.push(false);
        self.order.add();
        Literal::from_variable(variable, true)
    }

    /// Adds a clause that always holds from now on. When there is no room for it, every later search gives up.
    pub fn add(&mut self, clause: &[Literal]) {
        self.back_to(0);
        let mut open: Vec<Literal> = clause.to_vec();
        open.sort_unstable();
        open.dedup();
        let satisfied = open.windows(2).any(|pair| pair[0] == !pair[1]);
        if satisfied || open.iter().any(|&literal| self.value(literal) > 0) {
            return;
        }
        open.retain(|&literal| self.value(literal) == 0);
        match open[..] {
            [] => self.contradiction = true,
            [literal] => {
                self.assign(literal, NONE);
                self.contradiction |= self.propagate() != NONE;
            }
            _ if self.literals.len() + open.len() > self.room => self.full = true,
            _ => {
                self.attach(&open, 0);
            }
        }
    }

    /// How many clauses there are of two literals and more.
    pub fn size(&self) -> usize {
        self.clauses.len()
    }

    /// What a copy is worth, in clauses looked at.
    pub fn copying(&self) -> u64 {
        u64::try_from(self.size()).unwrap_or(u64::MAX)
    }

    /// 1 when the literal is true, -1 when it is false, 0 while it is open: on the trail as it stands.
    fn value(&self, literal: Literal) -> i8 {
        self.values[literal.index()]
    }

    /// Whether propagation knows the literal to be false from the first so many assumptions of the last question.
    pub fn is_refuted(&self, literal: Literal, assumptions: usize) -> bool {
        self.value(literal) < 0 && self.levels[literal.variable()] as usize <= assumptions
    }

    /// Whether the clauses and the assumptions can hold together. "Yes" leaves a `model`, "no" a `core`, unless the search
    /// gave up.
    pub fn solve(&mut self, assumptions: &[Literal]) -> bool {
        self.assume(assumptions);
        self.search()
    }

    /// Answers the question that was prepared, with this much effort: `None` when that does not suffice.
    pub fn search_within(&mut self, effort: &Effort) -> Option<bool> {
        let share = effort.share();
        let own = std::mem::replace(&mut self.effort, share);
        let answer = self.search();
        effort.take(share - self.effort);
        self.effort = own;
        (answer || !self.gave_up).then_some(answer)
    }

    /// As [`Self::solve`], with this much effort.
    pub fn solve_within(&mut self, assumptions: &[Literal], effort: &Effort) -> Option<bool> {
        self.assume(assumptions);
        self.search_within(effort)
    }

    /// Tries this value of the literal's Boolean first.
    pub fn prefer(&mut self, literal: Literal) {
        self.phases[literal.variable()] = literal.is_positive();
    }

    /// Whether the literal is true in the model found last.
    pub fn holds(&self, literal: Literal) -> bool {
        self.model.get(literal.variable()).is_some_and(|value| *value == literal.is_positive())
    }

    /// Shrinks a core, some of whose literals may be among `fixed`, to literals that are each needed to contradict
    /// `fixed`, or that patience or effort did not suffice to do without. In the order given by the core before.
    pub fn shrink(&mut self, fixed: &[Literal], mut core: Vec<Literal>) -> Vec<Literal> {
        core.retain(|literal| !fixed.contains(literal));
        let mut needed = 0;
        while needed < core.len() {
            let others =
                core.iter().enumerate().filter(|(index, _)| *index != needed).map(|(_, other)| *other);
            let question: Vec<Literal> = fixed.iter().copied().chain(others).collect();
            if self.solve(&question) || self.gave_up {
                needed += 1;
            } else {
                core.retain(|literal| self.core.contains(literal));
            }
        }
        core
    }

    /// Prepares a question: what is on the trail beyond the assumptions it shares with the last one is taken back,
    /// which sets the phases of that part.
    pub fn assume(&mut self, assumptions: &[Literal]) {
        let shared = self.assumptions.iter().zip(assumptions).take_while(|(old, new)| old == new).count();
        self.back_to(shared);
        self.assumptions.truncate(shared);
        self.assumptions.extend_from_slice(&assumptions[shared..]);
    }

    /// Answers the question that was prepared.
    pub fn search(&mut self) -> bool {
        let answer = self.run();
        self.spend();
        answer
    }

    /// Takes off what was looked at.
    fn spend(&mut self) {
        let looked_at = std::mem::take(&mut self.looked_at);
        if self.effort < u64::MAX {
            self.effort = self.effort.saturating_sub(looked_at);
        }
    }

    fn run(&mut self) -> bool {
        self.core.clear();
        self.gave_up = false;
        if self.contradiction {
            return false;
        }
        if self.full {
            self.gave_up = true;
            return false;
        }
        let mut restarts = 0;
        let mut conflicts = 0;
        loop {
            let conflict = self.propagate();
            if conflict != NONE {
                if self.starts.is_empty() {
                    self.contradiction = true;
                    return false;
                }
                conflicts += 1;
                self.learn(conflict);
                if self.patience < u64::MAX {
                    self.patience = self.patience.saturating_sub(1);
                }
                self.spend();
                if self.patience == 0 || self.effort == 0 {
                    self.gave_up = true;
                    return false;
                }
                continue;
            }
            if conflicts >= RESTART * luby(restarts) || self.is_crowded() {
                conflicts = 0;
                restarts += 1;
                if self.learnt > self.most_learnt || self.is_crowded() {
                    self.forget();
                } else {
                    self.back_to(self.assumptions.len());
                }
            }
            let Some(literal) = self.next_decision() else {
                if self.core.is_empty() {
                    self.model.clear();
                    self.model.extend((0..self.levels.len()).map(|variable| self.values[variable * 2] > 0));
                    return true;
                }
                return false;
            };
            self.starts.push(self.trail.len());
            if self.value(literal) == 0 {
                self.assign(literal, NONE);
            }
        }
    }

    /// The next assumption, else an open Boolean. `None` when an assumption is false, which gives the core, or when
    /// nothing is open.
    fn next_decision(&mut self) -> Option<Literal> {
        if let Some(&assumption) = self.assumptions.get(self.starts.len()) {
            // One that holds already gets a level of its own all the same, so that levels count assumptions.
            if self.value(assumption) >= 0 {
                return Some(assumption);
            }
            self.explain_assumption(assumption);
            return None;
        }
        while let Some(variable) = self.order.pop() {
            if self.values[variable * 2] == 0 {
                return Some(Literal::from_variable(variable, self.phases[variable]));
            }
        }
        None
    }
}

/// The sequence 1, 1, 2, 1, 1, 2, 4, … (Luby, Sinclair, Zuckerman, "Optimal speedup of Las Vegas algorithms", 1993).
fn luby(index: u64) -> u64 {
    let mut index = index + 1;
    loop {
        let power = (index + 1).next_power_of_two();
        if power == index + 1 {
            return power / 2;
        }
        index -= power / 2 - 1;
    }
}

#[cfg(test)]
mod tests;
