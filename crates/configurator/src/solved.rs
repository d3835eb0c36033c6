//! What a menu asks of a product without a diagram. Behind a trait, so that a page which never solves anything does not
//! carry a solver.

use std::fmt;
use std::sync::Arc;

use crate::blame::Blame;
use crate::compiled::Offers;
use crate::design::{Choices, Design, Member};
use crate::product::{AttributeId, Product};
use engine::effort::{Effort, Patience, TooComplex};

/// A design that comes near to a reference.
#[derive(Debug)]
pub(crate) struct Nearest {
    pub design: Design,
    /// Whether none comes nearer for certain.
    pub is_proven: bool,
}

/// A design to look for: with these values, and near to a reference, from which departing weighs so much by attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    pub fixed: &'w Choices,
    pub members: &'w [Member],
    pub reference: &'w Design,
    pub weights: &'w [u32],
}

/// Answers questions about one product, or says that it would take too long. A text that nobody typed is the reference's, the
/// standard's or none.
pub(crate) trait Solve: Send + Sync {
    /// Whether some valid design has these choices and members.
    fn is_possible(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        members: &[Member],
        effort: &Effort,
    ) -> Result<bool, TooComplex>;

    /// The valid design that is wanted, the one that departs least from the reference,
    /// or one that comes near to that. Any is looked for with the effort of `finding`, and a nearer one as far as patience goes,
    /// whatever is left of `effort`, of which what that took is taken off: the same question always gets the same design, if it
    /// gets one.
    fn nearest(
        &self,
        product: &Product,
        wanted: &Wanted,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex>;

    /// Which values are known to be possible beside the choices, without their prices. `design` is a valid one with the
    /// choices, if there is one at hand.
    fn offers(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        design: Option<&Design>,
        effort: &Effort,
    ) -> Offers<'_>;

    /// Why no valid design has these choices. `wanted` is kept.
    fn conflict(
        &self,
        product: &Product,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Conflict, TooComplex>;
}

/// Choices that no valid design has, each needed for that as far as effort went to find out, and what forbids them, where
/// that was found.
#[derive(Debug)]
pub(crate) struct Conflict {
    pub kept: Choices,
    pub blame: Option<Blame>,
}

/// A product's solver. All solvers of one product answer alike.
#[derive(Clone)]
pub(crate) struct Solved {
    solver: Arc<dyn Solve>,
    pub patience: Patience,
}

impl Solved {
    pub(crate) fn new(solver: impl Solve + 'static, patience: Patience) -> Self {
        Self { solver: Arc::new(solver), patience }
    }
}

impl std::ops::Deref for Solved {
    type Target = dyn Solve;
    fn deref(&self) -> &Self::Target {
        &*self.solver
    }
}

impl PartialEq for Solved {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Solved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Solved")
    }
}
