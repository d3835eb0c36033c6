//! Which learnt clauses are kept.

use super::{LEARNT, Literal, Search};

impl Search {
    /// Whether what was learnt takes most of its room.
    pub(super) fn is_crowded(&self) -> bool {
        self.learnt > 0 && self.literals.len() > self.room + self.room / 2
    }

    /// Drops the less useful half of what was learnt; all of it when it is crowded.
    pub(super) fn forget(&mut self) {
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
