//! Variables of the clauses and their negations.

use std::ops::Not;

/// A variable or its negation: twice the variable's index, plus one when negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Literal(pub u32);

impl Literal {
    /// The literal that is true when the variable is `value`.
    pub fn new(variable: usize, value: bool) -> Self {
        Self(u32::try_from(variable * 2 + usize::from(!value)).unwrap_or(u32::MAX))
    }

    /// Its variable.
    pub fn variable(self) -> usize {
        (self.0 / 2) as usize
    }

    /// The variable's value that makes it true.
    pub fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    /// Its place in arrays by literal.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Not for Literal {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}
