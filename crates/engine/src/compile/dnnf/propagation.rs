//! Unit propagation with two watched literals, learning from conflicts, and satisfiability of a part of the clauses.
//!
//! Learning follows the first unique implication point: Marques-Silva & Sakallah, "GRASP", 1999; watched literals:
//! Moskewicz et al., "Chaff", 2001. There are no restarts: the questions asked here are small and almost all easy.
//!
//! The solver has another such core ([`crate::solver`]). A search through the whole space needs a trail that only grows and
//! shrinks with its decisions, so that nothing learnt may take one of them back, questions about one component at a time, and
//! clauses that can be passed over or taken out. The solver asks the same clauses again and again under other assumptions:
//! it restarts, picks from a heap of all Booleans, tells which assumptions contradict, and is copied with all it has learnt.
//! One core for both would ask which of them it serves in the loops where nearly all time goes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::literal::Literal;

/// Where a clause starts in the arena: its length stands there, its literals behind.
pub(super) type ClauseReference = u32;

const NONE: ClauseReference = u32::MAX;
const BINARY: u32 = 1 << 31;

#[derive(Clone, Copy)]
struct Watch {
    /// The clause, with [`BINARY`] set when it has no literal but the watched one and the blocker.
    clause: u32,
    /// Some literal of the clause: while it is true the clause needs no visit.
    blocker: Literal,
}

struct Learnt {
    clause: ClauseReference,
    /// How many decision levels its literals came from: few means useful.
    levels: u32,
}

/// Clauses, a partial assignment with its decision levels, and what was learnt.
pub(super) struct Propagation {
    /// By literal: 1 true, -1 false, 0 open.
    values: Vec<i8>,
    watches: Vec<Vec<Watch>>,
    arena: Vec<u32>,
    level: Vec<u32>,
    reason: Vec<ClauseReference>,
    trail: Vec<Literal>,
    level_starts: Vec<usize>,
    head: usize,
    /// By variable: how often it took part in conflicts lately.
    activity: Vec<f64>,
    activity_step: f64,
    /// By variable: its value in the last solution found for the part it is in.
    phases: Vec<bool>,
    learnt: Vec<Learnt>,
    /// Learnt clauses that are kept before the worse half is dropped; grows with every drop.
    pub learnt_limit: usize,
    seen: Vec<bool>,
    clause: Vec<Literal>,
    /// A clause that propagation passes over.
    ignored: ClauseReference,
    /// Literals propagated so far, and other work of that size.
    pub steps: u64,
    /// Steps after which questions are not answered any more.
    pub limit: u64,
}

/// More steps than the limit allows.
#[derive(Debug)]
pub(super) struct Exhausted;

impl Propagation {
    /// No clauses over this many variables.
    pub fn new(variables: usize) -> Self {
        Self {
            values: vec![0; variables * 2],
            watches: (0..variables * 2).map(|_| Vec::new()).collect(),
            arena: Vec::new(),
            level: vec![0; variables],
            reason: vec![NONE; variables],
            trail: Vec::with_capacity(variables),
            level_starts: Vec::new(),
            head: 0,
            activity: vec![0.0; variables],
            activity_step: 1.0,
            phases: vec![false; variables],
            learnt: Vec::new(),
            learnt_limit: 4000,
            seen: vec![false; variables],
            clause: Vec::new(),
            ignored: NONE,
            steps: 0,
            limit: u64::MAX,
        }
    }

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.level.len()
    }

    /// Whether the literal is true.
    pub fn is_true(&self, literal: Literal) -> bool {
        self.values[literal.index()] > 0
    }

    /// Whether the literal is false.
    pub fn is_false(&self, literal: Literal) -> bool {
        self.values[literal.index()] < 0
    }

    /// Whether the variable has no value yet.
    pub fn is_open(&self, variable: usize) -> bool {
        self.values[variable * 2] == 0
    }

    /// How often the variable took part in conflicts lately.
    pub fn activity(&self, variable: usize) -> f64 {
        self.activity[variable] / self.activity_step
    }

    /// The variable's value in the last solution found for the part it is in.
    pub fn phase(&self, variable: usize) -> bool {
        self.phases[variable]
    }

    /// The literals that are true, in the order they became so.
    pub fn trail(&self) -> &[Literal] {
        &self.trail
    }

    /// How many decisions are open.
    pub fn level(&self) -> usize {
        self.level_starts.len()
    }

    /// Adds a clause of at least two literals, none of them assigned unless it is certain to be redundant.
    pub fn add(&mut self, literals: &[Literal]) -> ClauseReference {
        let reference = self.arena.len() as ClauseReference;
        self.arena.push(literals.len() as u32);
        self.arena.extend(literals.iter().map(|literal| literal.0));
        let flag = if literals.len() == 2 { BINARY } else { 0 };
        for (watched, blocker) in [(literals[0], literals[1]), (literals[1], literals[0])] {
            self.watches[watched.index()].push(Watch { clause: reference | flag, blocker });
        }
        reference
    }

    fn literals(&self, clause: ClauseReference) -> &[u32] {
        let start = (clause & !BINARY) as usize;
        &self.arena[start + 1..start + 1 + self.arena[start] as usize]
    }

    /// Takes a clause out for good.
    pub fn remove(&mut self, clause: ClauseReference) {
        let literals = [self.literals(clause)[0], self.literals(clause)[1]];
        for literal in literals {
            self.watches[literal as usize].retain(|watch| watch.clause & !BINARY != clause);
        }
    }

    /// Passes over this clause from now on; over none with `None`.
    pub fn ignore(&mut self, clause: Option<ClauseReference>) {
        self.ignored = clause
            .map_or(NONE, |clause| if self.literals(clause).len() == 2 { clause | BINARY } else { clause });
    }

    /// Opens a decision level with this open literal.
    pub fn decide(&mut self, literal: Literal) {
        self.level_starts.push(self.trail.len());
        self.assign(literal, NONE);
    }

    /// Makes an open literal true on the present level, for no reason.
    pub fn assume(&mut self, literal: Literal) {
        self.assign(literal, NONE);
    }

    fn assign(&mut self, literal: Literal, reason: ClauseReference) {
        let variable = literal.variable();
        self.values[literal.index()] = 1;
        self.values[(!literal).index()] = -1;
        self.level[variable] = self.level_starts.len() as u32;
        self.reason[variable] = reason;
        self.trail.push(literal);
    }

    /// Takes back every decision beyond this level and what followed from it.
    pub fn backtrack(&mut self, level: usize) {
        let Some(&start) = self.level_starts.get(level) else { return };
        for &literal in &self.trail[start..] {
            self.values[literal.index()] = 0;
            self.values[(!literal).index()] = 0;
        }
        self.trail.truncate(start);
        self.level_starts.truncate(level);
        self.head = start;
    }

    /// Draws all direct conclusions.
    ///
    /// # Errors
    /// A clause that has become false.
    pub fn propagate(&mut self) -> Result<(), ClauseReference> {
        while let Some(&literal) = self.trail.get(self.head) {
            self.head += 1;
            self.steps += 1;
            let falsified = !literal;
            let mut list = std::mem::take(&mut self.watches[falsified.index()]);
            let result = self.visit(falsified, &mut list);
            self.watches[falsified.index()] = list;
            if let Err(clause) = result {
                self.head = self.trail.len();
                return Err(clause);
            }
        }
        Ok(())
    }

    /// Visits the clauses that watch a literal that has become false.
    fn visit(&mut self, falsified: Literal, list: &mut Vec<Watch>) -> Result<(), ClauseReference> {
        let mut kept = 0;
        let mut next = 0;
        let mut result = Ok(());
        'watches: while next < list.len() {
            let watch = list[next];
            next += 1;
            list[kept] = watch;
            kept += 1;
            let blocker = self.values[watch.blocker.index()];
            if blocker > 0 || watch.clause == self.ignored {
                continue;
            }
            if watch.clause & BINARY != 0 {
                if blocker < 0 {
                    result = Err(watch.clause);
                    break;
                }
                self.assign(watch.blocker, watch.clause);
                continue;
            }
            let start = watch.clause as usize;
            let length = self.arena[start] as usize;
            let literals = &mut self.arena[start + 1..start + 1 + length];
            if literals[0] == falsified.0 {
                literals.swap(0, 1);
            }
            let first = Literal(literals[0]);
            let value = self.values[first.index()];
            if value > 0 {
                list[kept - 1].blocker = first;
                continue;
            }
            for position in 2..length {
                let candidate = literals[position] as usize;
                if self.values[candidate] >= 0 {
                    literals.swap(1, position);
                    self.watches[candidate].push(Watch { clause: watch.clause, blocker: first });
                    kept -= 1;
                    continue 'watches;
                }
            }
            if value < 0 {
                result = Err(watch.clause);
                break;
            }
            self.assign(first, watch.clause);
        }
        list.copy_within(next.., kept);
        list.truncate(kept + list.len() - next);
        result
    }

    /// Learns a clause from one that is false. Leaves it in `self.clause`: first the literal to turn, then one of the
    /// highest remaining level, which is returned.
    fn analyse(&mut self, conflict: ClauseReference) -> u32 {
        let position = self.gather(conflict);
        let gathered = self.clause.len();
        let kept = self.put_implied_last();
        for position in 0..gathered {
            let variable = self.clause[position].variable();
            self.seen[variable] = false;
        }
        // Those of the top level that were resolved away lie on the trail.
        for position in position..self.trail.len() {
            let variable = self.trail[position].variable();
            self.seen[variable] = false;
        }
        self.clause.truncate(kept);
        self.decay();
        let highest = (1..kept).max_by_key(|&position| self.level[self.clause[position].variable()]);
        highest.map_or(0, |position| {
            self.clause.swap(1, position);
            self.level[self.clause[1].variable()]
        })
    }

    /// Puts reasons in place of the top level's literals of a clause that is false until one is left, which comes first in
    /// `self.clause`. Returns how far down the trail that went; what was met there and what the clause has stays marked.
    fn gather(&mut self, conflict: ClauseReference) -> usize {
        let top = self.level_starts.len() as u32;
        let mut clause = std::mem::take(&mut self.clause);
        clause.clear();
        clause.push(Literal(0));
        let mut open = 0;
        let mut reason = conflict;
        let mut position = self.trail.len();
        let turned = loop {
            let start = (reason & !BINARY) as usize;
            for offset in 0..self.arena[start] as usize {
                let literal = Literal(self.arena[start + 1 + offset]);
                let variable = literal.variable();
                let level = self.level[variable];
                // The literal that the reason implied has been seen already, on its way here.
                if self.seen[variable] || level == 0 {
                    continue;
                }
                self.seen[variable] = true;
                self.bump(variable);
                if level >= top {
                    open += 1;
                } else {
                    clause.push(literal);
                }
            }
            while position > 0 && !self.is_met(position - 1, top) {
                position -= 1;
            }
            if position == 0 {
                break Literal(0);
            }
            position -= 1;
            let literal = self.trail[position];
            open -= 1;
            if open == 0 {
                break literal;
            }
            reason = self.reason[literal.variable()];
        };
        clause[0] = !turned;
        self.clause = clause;
        position
    }

    /// Moves literals that follow from others of the clause, and so add nothing, to its end; how many stand before them.
    fn put_implied_last(&mut self) -> usize {
        let mut kept = 1;
        for position in 1..self.clause.len() {
            let literal = self.clause[position];
            let reason = self.reason[literal.variable()];
            let follows = reason != NONE
                && self.literals(reason).iter().all(|&other| {
                    let variable = Literal(other).variable();
                    variable == literal.variable() || self.seen[variable] || self.level[variable] == 0
                });
            if !follows {
                self.clause.swap(kept, position);
                kept += 1;
            }
        }
        kept
    }

    fn is_met(&self, position: usize, top: u32) -> bool {
        let variable = self.trail[position].variable();
        self.seen[variable] && self.level[variable] >= top
    }

    fn bump(&mut self, variable: usize) {
        self.activity[variable] += self.activity_step;
    }

    /// Makes what took part in conflicts before count for less.
    fn decay(&mut self) {
        self.activity_step *= 1.0 / 0.95;
        if self.activity_step > 1e100 {
            self.activity.iter_mut().for_each(|activity| *activity *= 1e-100);
            self.activity_step *= 1e-100;
        }
    }

    /// Learns from a conflict, takes decisions beyond the level `base` back and goes on with what the learnt clause says.
    /// `false` when the conflict holds on `base` already; then the level is lower than that.
    fn resolve(&mut self, conflict: ClauseReference, base: usize) -> bool {
        let top =
            self.literals(conflict).iter().map(|&literal| self.level[Literal(literal).variable()]).max();
        let top = top.unwrap_or(0) as usize;
        self.backtrack(top);
        if top == 0 {
            return false;
        }
        let asserting = self.analyse(conflict) as usize;
        self.backtrack(base.max(asserting).min(top - 1));
        let clause = std::mem::take(&mut self.clause);
        let literal = clause[0];
        let reason = if clause.len() == 1 {
            // Stands in the arena as a reason without being watched.
            self.arena.extend([1, literal.0]);
            self.arena.len() as ClauseReference - 2
        } else {
            let levels = self.distinct_levels(&clause);
            let reference = self.add(&clause);
            self.learnt.push(Learnt { clause: reference, levels });
            reference
        };
        self.clause = clause;
        if top <= base {
            return false;
        }
        self.assign(literal, reason);
        true
    }

    fn distinct_levels(&self, clause: &[Literal]) -> u32 {
        let mut levels: Vec<u32> = clause[1..].iter().map(|literal| self.level[literal.variable()]).collect();
        levels.sort_unstable();
        levels.dedup();
        levels.len() as u32
    }

    /// Whether what is assigned can be extended to these variables, which no clause joins to other open variables.
    /// If so, their [`Propagation::phase`]s are a solution and the level is as before; if not, the level is one lower.
    ///
    /// # Errors
    /// The limit of steps is reached.
    pub fn is_satisfiable(&mut self, variables: &[u32]) -> Result<bool, Exhausted> {
        let base = self.level_starts.len();
        let mut next = 0;
        loop {
            if let Err(conflict) = self.propagate() {
                if !self.resolve(conflict, base) {
                    self.backtrack(base.saturating_sub(1));
                    return Ok(false);
                }
                next = 0;
                continue;
            }
            if self.steps > self.limit {
                self.backtrack(base);
                return Err(Exhausted);
            }
            while next < variables.len() && !self.is_open(variables[next] as usize) {
                next += 1;
            }
            let Some(&variable) = variables.get(next) else { break };
            self.decide(Literal::new(variable as usize, self.phases[variable as usize]));
        }
        for &variable in variables {
            self.phases[variable as usize] = self.values[variable as usize * 2] > 0;
        }
        self.backtrack(base);
        Ok(true)
    }

    /// Drops the worse half of the learnt clauses when there are too many.
    pub fn forget(&mut self) {
        if self.learnt.len() < self.learnt_limit {
            return;
        }
        self.learnt_limit += self.learnt_limit / 10 + 1;
        let mut learnt = std::mem::take(&mut self.learnt);
        // Among equals the younger ones, which stand later, are kept.
        learnt.sort_by_key(|learnt| (learnt.levels, Reverse(learnt.clause)));
        let keep = learnt.len() / 2;
        let mut dropped = BTreeSet::new();
        let mut kept = Vec::with_capacity(learnt.len());
        for (position, learnt) in learnt.into_iter().enumerate() {
            let first = Literal(self.literals(learnt.clause)[0]);
            let second = Literal(self.literals(learnt.clause)[1]);
            let is_reason = [first, second].iter().any(|literal| {
                self.is_true(*literal) && self.reason[literal.variable()] & !BINARY == learnt.clause
            });
            if position < keep || learnt.levels <= 2 || is_reason {
                kept.push(learnt);
            } else {
                dropped.insert(learnt.clause);
            }
        }
        self.learnt = kept;
        self.compact(&dropped);
    }

    /// Takes dropped clauses out of the arena.
    fn compact(&mut self, dropped: &BTreeSet<ClauseReference>) {
        for list in &mut self.watches {
            list.retain(|watch| !dropped.contains(&(watch.clause & !BINARY)));
        }
        // Where a clause stood its new place is left behind.
        let mut arena = Vec::with_capacity(self.arena.len());
        let mut start = 0;
        while let Some(&length) = self.arena.get(start) {
            let end = start + 1 + length as usize;
            let place = arena.len() as u32;
            if !dropped.contains(&(start as u32)) {
                arena.extend_from_slice(&self.arena[start..end]);
            }
            self.arena[start] = place;
            start = end;
        }
        let moved = |reference: u32| self.arena[(reference & !BINARY) as usize] | reference & BINARY;
        for watch in self.watches.iter_mut().flatten() {
            watch.clause = moved(watch.clause);
        }
        for learnt in &mut self.learnt {
            learnt.clause = moved(learnt.clause);
        }
        for literal in &self.trail {
            let reason = &mut self.reason[literal.variable()];
            if *reason != NONE {
                *reason = moved(*reason);
            }
        }
        self.arena = arena;
    }
}
