//! Conflict-driven clause learning, made for many questions that differ in a few assumptions.
//!
//! The usual parts: two watched literals with blockers, first unique implication points with local minimisation,
//! activities and saved phases, Luby restarts, forgetting by glue (Marques-Silva and Sakallah, "GRASP", 1999;
//! Moskewicz and others, "Chaff", 2001; Eén and Sörensson, "An extensible SAT-solver", 2003; Audemard and Simon,
//! "Predicting learnt clauses quality", 2009). What is asked next to the last question keeps the part of the trail
//! that both share. A solver can be cloned, and its phases are open to the caller.

use crate::effort::Effort;

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

    /// The assumptions that make this one false, with itself.
    fn explain_assumption(&mut self, assumption: Literal) {
        self.core.push(assumption);
        let first = self.starts.first().copied().unwrap_or(self.trail.len());
        self.seen[assumption.variable()] = true;
        for index in (first..self.trail.len()).rev() {
            let literal = self.trail[index];
            if !std::mem::take(&mut self.seen[literal.variable()]) {
                continue;
            }
            let reason = self.reasons[literal.variable()];
            if reason == NONE {
                // Only assumptions have been decided before the last of them.
                self.core.push(literal);
                continue;
            }
            for index in self.range(reason) {
                let other = self.literals[index].variable();
                if self.levels[other] > 0 && other != literal.variable() {
                    self.seen[other] = true;
                }
            }
        }
        self.seen[assumption.variable()] = false;
    }

    fn range(&self, clause: u32) -> std::ops::Range<usize> {
        let Clause { start, length, .. } = self.clauses[clause as usize];
        start as usize..(start + length) as usize
    }

    /// Stores and watches a clause of at least two literals.
    fn attach(&mut self, literals: &[Literal], glue: u32) -> u32 {
        let index = self.clauses.len() as u32;
        let start = self.literals.len() as u32;
        self.literals.extend_from_slice(literals);
        let clause = Clause { start, length: literals.len() as u32, glue, activity: self.clause_step };
        self.clauses.push(clause);
        self.learnt += usize::from(glue > 0);
        self.watch(index);
        index
    }

    fn watch(&mut self, clause: u32) {
        let range = self.range(clause);
        let (first, second) = (self.literals[range.start], self.literals[range.start + 1]);
        let binary = range.len() == 2;
        self.watches[(!first).index()].push(Watch { clause, blocker: second, binary });
        self.watches[(!second).index()].push(Watch { clause, blocker: first, binary });
    }

    fn assign(&mut self, literal: Literal, reason: u32) {
        self.values[literal.index()] = 1;
        self.values[(!literal).index()] = -1;
        self.levels[literal.variable()] = self.starts.len() as u32;
        self.reasons[literal.variable()] = reason;
        self.trail.push(literal);
    }

    /// Takes back every level above this one.
    fn back_to(&mut self, level: usize) {
        let Some(&start) = self.starts.get(level) else { return };
        for literal in self.trail.drain(start..) {
            self.values[literal.index()] = 0;
            self.values[(!literal).index()] = 0;
            self.phases[literal.variable()] = literal.is_positive();
            self.order.insert(literal.variable());
        }
        self.starts.truncate(level);
        self.head = start;
    }

    /// Follows all units; the clause that became false, or `NONE`.
    fn propagate(&mut self) -> u32 {
        while let Some(&literal) = self.trail.get(self.head) {
            self.head += 1;
            let mut watches = std::mem::take(&mut self.watches[literal.index()]);
            let conflict = self.visit(literal, &mut watches);
            self.watches[literal.index()] = watches;
            if conflict != NONE {
                self.head = self.trail.len();
                return conflict;
            }
        }
        NONE
    }

    /// Looks at the clauses that watch the negation of a literal that became true.
    fn visit(&mut self, literal: Literal, watches: &mut Vec<Watch>) -> u32 {
        let (mut read, mut write) = (0, 0);
        let mut conflict = NONE;
        'watches: while read < watches.len() {
            let watch = watches[read];
            read += 1;
            let blocked = self.value(watch.blocker);
            if blocked > 0 || watch.binary {
                watches[write] = watch;
                write += 1;
                if blocked < 0 {
                    conflict = watch.clause;
                    break;
                }
                if blocked == 0 {
                    self.assign(watch.blocker, watch.clause);
                }
                continue;
            }
            let range = self.range(watch.clause);
            let literals = &mut self.literals[range];
            if literals[0] == !literal {
                literals.swap(0, 1);
            }
            let first = literals[0];
            let watch = Watch { blocker: first, ..watch };
            let value = self.values[first.index()];
            if value <= 0 {
                for index in 2..literals.len() {
                    let other = literals[index];
                    if self.values[other.index()] >= 0 {
                        literals.swap(1, index);
                        self.watches[(!other).index()].push(watch);
                        continue 'watches;
                    }
                }
            }
            watches[write] = watch;
            write += 1;
            if value < 0 {
                conflict = watch.clause;
                break;
            }
            if value == 0 {
                self.assign(first, watch.clause);
            }
        }
        self.looked_at += read as u64;
        watches.copy_within(read.., write);
        watches.truncate(write + watches.len() - read);
        conflict
    }

    /// Learns from a clause that is false: the first unique implication point, where the search goes on.
    fn learn(&mut self, conflict: u32) {
        let level = self.starts.len() as u32;
        let mut learnt = vec![Literal(0)];
        let mut open = 0;
        let mut position = self.trail.len();
        let mut reason = conflict;
        let mut implied = None;
        loop {
            self.bump(reason);
            for index in self.range(reason) {
                let literal = self.literals[index];
                let variable = literal.variable();
                if Some(literal) == implied || self.seen[variable] || self.levels[variable] == 0 {
                    continue;
                }
                self.seen[variable] = true;
                self.order.bump(variable);
                if self.levels[variable] == level {
                    open += 1;
                } else {
                    learnt.push(literal);
                }
            }
            loop {
                position -= 1;
                if self.seen[self.trail[position].variable()] {
                    break;
                }
            }
            let literal = self.trail[position];
            self.seen[literal.variable()] = false;
            open -= 1;
            if open == 0 {
                learnt[0] = !literal;
                break;
            }
            implied = Some(literal);
            reason = self.reasons[literal.variable()];
        }
        let marked: Vec<Literal> = learnt[1..].to_vec();
        let mut index = 0;
        learnt.retain(|&literal| {
            index += 1;
            index == 1 || !self.is_implied(literal)
        });
        for literal in marked {
            self.seen[literal.variable()] = false;
        }
        self.order.decay();
        self.clause_step /= 0.999;
        let mut levels: Vec<u32> = learnt.iter().map(|literal| self.levels[literal.variable()]).collect();
        // The literal of the deepest other level is watched, too: it is the next to become open again.
        let deepest = (1..learnt.len()).max_by_key(|&index| levels[index]);
        let target = deepest.map_or(0, |index| levels[index]);
        if let Some(index) = deepest {
            learnt.swap(1, index);
        }
        levels.sort_unstable();
        levels.dedup();
        if self.literals.len() + learnt.len() > 2 * self.room {
            // The search goes on without it, and forgets first.
            self.back_to(0);
            return;
        }
        self.back_to(target as usize);
        let reason = if learnt.len() > 1 { self.attach(&learnt, levels.len() as u32) } else { NONE };
        self.assign(learnt[0], reason);
    }

    /// Whether a literal of a learnt clause follows from the others.
    fn is_implied(&self, literal: Literal) -> bool {
        let reason = self.reasons[literal.variable()];
        reason != NONE
            && self.range(reason).all(|index| {
                let variable = self.literals[index].variable();
                variable == literal.variable() || self.seen[variable] || self.levels[variable] == 0
            })
    }

    fn bump(&mut self, clause: u32) {
        let clause = &mut self.clauses[clause as usize];
        clause.activity += self.clause_step;
        if clause.activity > 1e20 {
            self.clause_step *= 1e-20;
            self.clauses.iter_mut().for_each(|clause| clause.activity *= 1e-20);
        }
    }

    /// Whether what was learnt takes most of its room.
    fn is_crowded(&self) -> bool {
        self.learnt > 0 && self.literals.len() > self.room + self.room / 2
    }

    /// Drops the less useful half of what was learnt; all of it when it is crowded.
    fn forget(&mut self) {
        let crowded = self.is_crowded();
        self.back_to(0);
        let spared = if crowded { 0 } else { 2 };
        let mut candidates: Vec<usize> =
            (0..self.clauses.len()).filter(|&index| self.clauses[index].glue > spared).collect();
        candidates.sort_by(|&first, &second| {
            let (first, second) = (&self.clauses[first], &self.clauses[second]);
            second.glue.cmp(&first.glue).then(first.activity.total_cmp(&second.activity))
        });
        let mut dropped = vec![false; self.clauses.len()];
        let dropping = if crowded { candidates.len() } else { candidates.len() / 2 };
        for &index in &candidates[..dropping] {
            dropped[index] = true;
        }
        self.most_learnt += LEARNT / 4;
        self.learnt = 0;
        self.watches.iter_mut().for_each(Vec::clear);
        let clauses = std::mem::take(&mut self.clauses);
        let literals = std::mem::take(&mut self.literals);
        for (clause, _) in clauses.into_iter().zip(dropped).filter(|(_, dropped)| !dropped) {
            let old = &literals[clause.start as usize..(clause.start + clause.length) as usize];
            if old.iter().any(|&literal| self.value(literal) > 0) {
                continue;
            }
            // What is left has two open literals at least: all units were followed.
            let open: Vec<Literal> =
                old.iter().copied().filter(|&literal| self.value(literal) == 0).collect();
            let index = self.attach(&open, clause.glue) as usize;
            self.clauses[index].activity = clause.activity;
        }
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

/// Booleans by activity: a binary heap that knows where everything is.
#[derive(Clone, Default)]
struct Order {
    heap: Vec<u32>,
    positions: Vec<u32>,
    activities: Vec<f64>,
    step: f64,
}

impl Order {
    fn add(&mut self) {
        self.activities.push(0.0);
        self.positions.push(NONE);
        self.insert(self.activities.len() - 1);
        if self.step == 0.0 {
            self.step = 1.0;
        }
    }

    fn insert(&mut self, variable: usize) {
        if self.positions[variable] == NONE {
            self.positions[variable] = self.heap.len() as u32;
            self.heap.push(variable as u32);
            self.up(self.heap.len() - 1);
        }
    }

    fn pop(&mut self) -> Option<usize> {
        let top = *self.heap.first()? as usize;
        self.heap.swap_remove(0);
        self.positions[top] = NONE;
        if let Some(&moved) = self.heap.first() {
            self.positions[moved as usize] = 0;
            self.down(0);
        }
        Some(top)
    }

    fn bump(&mut self, variable: usize) {
        self.activities[variable] += self.step;
        if self.activities[variable] > 1e100 {
            self.step *= 1e-100;
            self.activities.iter_mut().for_each(|activity| *activity *= 1e-100);
        }
        if self.positions[variable] != NONE {
            self.up(self.positions[variable] as usize);
        }
    }

    fn decay(&mut self) {
        self.step /= 0.95;
    }

    /// Whether what is at one place comes before what is at another.
    fn before(&self, first: usize, second: usize) -> bool {
        self.activities[self.heap[first] as usize] > self.activities[self.heap[second] as usize]
    }

    fn swap(&mut self, first: usize, second: usize) {
        self.heap.swap(first, second);
        self.positions[self.heap[first] as usize] = first as u32;
        self.positions[self.heap[second] as usize] = second as u32;
    }

    fn up(&mut self, mut place: usize) {
        while place > 0 && self.before(place, (place - 1) / 2) {
            self.swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    fn down(&mut self, mut place: usize) {
        loop {
            let mut best = place;
            for child in [2 * place + 1, 2 * place + 2] {
                if child < self.heap.len() && self.before(child, best) {
                    best = child;
                }
            }
            if best == place {
                return;
            }
            self.swap(place, best);
            place = best;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LEARNT, Literal, Search};

    /// Random clauses of three literals, as many as make the question hard.
    fn clauses(variables: u64, seed: u64) -> Vec<Vec<Literal>> {
        let mut state = seed;
        let mut below = |count: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % count
        };
        let count = variables * 43 / 10;
        (0..count).map(|_| (0..3).map(|_| Literal(below(2 * variables) as u32)).collect()).collect()
    }

    fn holds(clauses: &[Vec<Literal>], mut value: impl FnMut(Literal) -> bool) -> bool {
        clauses.iter().all(|clause| clause.iter().any(|&literal| value(literal)))
    }

    #[test]
    fn small_hard_questions_are_answered_as_by_trying() {
        for seed in 0..200 {
            let clauses = clauses(12, seed);
            let mut search = Search::new(12);
            clauses.iter().for_each(|clause| search.add(clause));
            let expected = (0_u32..1 << 12).any(|model| {
                holds(&clauses, |literal| (model >> literal.variable() & 1 == 1) == literal.is_positive())
            });
            assert_eq!(search.solve(&[]), expected);
        }
    }

    #[test]
    fn hard_questions_are_answered_without_room_to_learn_much() {
        let mut forgetful = 0;
        for seed in 0..40 {
            let clauses = clauses(40, seed);
            let mut search = Search::new(40);
            clauses.iter().for_each(|clause| search.add(clause));
            let mut roomy = search.clone();
            let room = search.literals.len();
            search.room = room;
            for assumption in 0..20 {
                let assumptions = [Literal(assumption), Literal(assumption + 31)];
                let answer = search.solve(&assumptions);
                assert!(!search.gave_up && search.literals.len() <= 2 * room);
                assert_eq!(answer, roomy.solve(&assumptions));
            }
            forgetful += usize::from(search.most_learnt > LEARNT);
        }
        assert!(forgetful > 0);
    }

    #[test]
    fn a_clause_without_room_makes_the_search_give_up() {
        let mut search = Search::new(4);
        search.room = 3;
        let literals = [Literal(0), Literal(2), Literal(4), Literal(6)];
        search.add(&literals[..3]);
        assert!(search.solve(&[]));
        search.add(&literals[2..]);
        assert!(!search.solve(&[]) && search.gave_up);
    }

    #[test]
    fn large_hard_questions_survive_restarts_and_forgetting() {
        let mut answers = [0, 0];
        for seed in 0..20 {
            let clauses = clauses(120, seed);
            let mut search = Search::new(120);
            search.most_learnt = 30;
            clauses.iter().for_each(|clause| search.add(clause));
            let mut patient = search.clone();
            patient.most_learnt = usize::MAX;
            for assumption in 0..20 {
                let assumptions =
                    [Literal(assumption), Literal(assumption + 31), Literal(assumption * 2 + 70)];
                let answer = search.solve(&assumptions);
                assert_eq!(answer, patient.solve(&assumptions));
                answers[usize::from(answer)] += 1;
                if answer {
                    assert!(holds(&clauses, |literal| search.holds(literal)));
                    assert!(assumptions.iter().all(|&literal| search.holds(literal)));
                } else {
                    let core = search.core.clone();
                    assert!(core.iter().all(|literal| assumptions.contains(literal)));
                    assert!(!patient.solve(&core));
                }
            }
        }
        assert!(answers.iter().all(|&count| count > 20), "{answers:?}");
    }
}
