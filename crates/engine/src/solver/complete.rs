//! A valid assignment that is near another.

use super::search::Literal;
use super::state::{Choice, Solver};
use crate::model::ValueId;

impl Solver {
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
}
