//! What a conflict teaches: a clause, or the assumptions that can't hold together.

use super::{Literal, NONE, Search};

impl Search {
    /// Learns from a clause that is false: the first unique implication point, where the search goes on.
    pub(super) fn learn(&mut self, conflict: u32) {
        let mut learnt = self.first_implication_point(conflict);
        self.leave_out_implied(&mut learnt);
        self.order.decay();
        self.clause_step /= 0.999;
        let (target, glue) = self.watch_deepest(&mut learnt);
        if self.literals.len() + learnt.len() > 2 * self.room {
            // The search goes on without it, and forgets first.
            self.back_to(0);
            return;
        }
        self.back_to(target);
        let reason = if learnt.len() > 1 { self.attach(&learnt, glue) } else { NONE };
        self.assign(learnt[0], reason);
    }

    /// What is false of a clause once reasons are put in place of the present level's literals until one is left, which
    /// comes first. The others stay marked as seen.
    fn first_implication_point(&mut self, conflict: u32) -> Vec<Literal> {
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
                return learnt;
            }
            implied = Some(literal);
            reason = self.reasons[literal.variable()];
        }
    }

    /// Leaves out what follows from other literals of a clause to be learnt, and takes the marks off.
    fn leave_out_implied(&mut self, learnt: &mut Vec<Literal>) {
        let marked: Vec<Literal> = learnt[1..].to_vec();
        let mut index = 0;
        learnt.retain(|&literal| {
            index += 1;
            index == 1 || !self.is_implied(literal)
        });
        for literal in marked {
            self.seen[literal.variable()] = false;
        }
    }

    /// Puts the literal of the deepest other level second; that level, and how many levels there are. It is watched, too: it
    /// is the next to become open again.
    fn watch_deepest(&self, learnt: &mut [Literal]) -> (usize, u32) {
        let mut levels: Vec<u32> = learnt.iter().map(|literal| self.levels[literal.variable()]).collect();
        let deepest = (1..learnt.len()).max_by_key(|&index| levels[index]);
        let target = deepest.map_or(0, |index| levels[index]);
        if let Some(index) = deepest {
            learnt.swap(1, index);
        }
        levels.sort_unstable();
        levels.dedup();
        (target as usize, levels.len() as u32)
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

    /// The assumptions that make this one false, with itself.
    pub(super) fn explain_assumption(&mut self, assumption: Literal) {
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
}
