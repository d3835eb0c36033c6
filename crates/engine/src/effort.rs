//! How much may be done to answer a question, counted in clauses looked at rather than in time: the same question gets the
//! same answer on every machine.

use std::cell::Cell;

/// The question took more than may be done for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this product has too many combinations to find out what fits")]
pub struct TooComplex;

/// How many clauses a solver may look at or copy for the questions that share it. One about what is possible takes a quarter of
/// what is left at most, so that hard ones leave something to those after them.
#[derive(Debug)]
pub struct Effort(Cell<u64>);

impl Effort {
    /// This many clauses, some ten million a second.
    #[must_use]
    pub fn new(clauses: u64) -> Self {
        Self(Cell::new(clauses))
    }

    /// For questions that are answered however long it takes.
    pub(crate) fn unbounded() -> Self {
        Self::new(u64::MAX)
    }

    /// What the next question may take.
    #[inline]
    pub(crate) fn share(&self) -> u64 {
        self.0.get() / 4
    }

    /// Takes off what a question took.
    #[inline]
    pub(crate) fn take(&self, clauses: u64) {
        self.0.set(self.0.get().saturating_sub(clauses));
    }

    /// Whether nothing is left.
    #[must_use]
    #[inline]
    pub fn is_spent(&self) -> bool {
        self.share() == 0
    }
}

/// How far a product's solver goes for an answer. Efforts are numbers of clauses it looks at, some ten million a second. Where it
/// meets no conflict it goes on in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// After how many steps each search on the way to a reason gives way to the solver.
    pub steps: u32,
    /// After how much effort no valid design is looked for any more to tell a price or a repair, and once there is one no
    /// nearer one, attribute by attribute.
    pub finding: u64,
    /// After how much effort no proof is looked for any more that a design is the nearest.
    pub proving: u64,
    /// After how much effort together a menu leaves open what is possible, what options do to the price, or which choices and
    /// rules of a reason are needed: each of the three. Also after how much no further repairs are looked for, and a menu's
    /// design is given up, unless `finding` is more.
    pub menu: u64,
}

impl Patience {
    /// After how much effort a menu's design is given up.
    #[must_use]
    pub fn design(&self) -> u64 {
        self.finding.max(self.menu)
    }
}

impl Default for Patience {
    /// Menus of the hardest rules that were tried, three equal sums over 24 attributes, took one to two seconds each, six at most.
    fn default() -> Self {
        Self { steps: 1_000, finding: 4_000_000, proving: 1_000_000, menu: 20_000_000 }
    }
}
