//! What is on the trail and what follows from it: clauses with two watched literals each.

use super::{Clause, Literal, NONE, Search, Watch};

impl Search {
    #[inline]
    pub(super) fn range(&self, clause: u32) -> std::ops::Range<usize> {
        let Clause { start, length, .. } = self.clauses[clause as usize];
        start as usize..(start + length) as usize
    }

    /// Stores and watches a clause of at least two literals.
    pub(super) fn attach(&mut self, literals: &[Literal], glue: u32) -> u32 {
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

    #[inline]
    pub(super) fn assign(&mut self, literal: Literal, reason: u32) {
        self.values[literal.index()] = 1;
        self.values[(!literal).index()] = -1;
        self.levels[literal.variable()] = self.starts.len() as u32;
        self.reasons[literal.variable()] = reason;
        self.trail.push(literal);
    }

    /// Takes back every level above this one.
    pub(super) fn back_to(&mut self, level: usize) {
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
    pub(super) fn propagate(&mut self) -> u32 {
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
}
