//! What a menu asks of a product without a diagram. Behind a trait, so that a page which never solves anything does not
//! carry a solver.

use std::fmt;
use std::sync::Arc;

use crate::blame::Blame;
use crate::compiled::Offers;
use crate::design::{Choices, Design, Member};
use crate::product::{AttributeId, Product};

/// A design that comes near to a reference.
#[derive(Debug)]
pub(crate) struct Nearest {
    pub design: Design,
    /// Whether none comes nearer for certain.
    pub is_proven: bool,
}

/// Answers questions about one product. A text that nobody typed is the reference's, the standard's or none.
pub(crate) trait Solve: Send + Sync {
    /// Whether some valid design has these choices and members.
    fn is_possible(&self, product: &Product, fixed: &Choices, reference: &Design, members: &[Member])
    -> bool;

    /// The valid design with these choices and members that departs least from the reference, each attribute by its weight,
    /// or one that comes near to that.
    fn nearest(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        weights: &[u32],
        members: &[Member],
    ) -> Option<Nearest>;

    /// Which values are possible beside the choices, without their prices.
    fn offers(&self, product: &Product, fixed: &Choices, reference: &Design) -> Offers<'_>;

    /// Why no valid design has these choices. `wanted` is kept.
    fn conflict(
        &self,
        product: &Product,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
    ) -> Conflict;
}

/// Choices that no valid design has, each needed for that, and what forbids them.
#[derive(Debug)]
pub(crate) struct Conflict {
    pub kept: Choices,
    pub blame: Blame,
}

/// A product's solver. All solvers of one product answer alike.
#[derive(Clone)]
pub(crate) struct Solved {
    solver: Arc<dyn Solve>,
    /// After how many steps a search for a reason gives way to it.
    pub steps: u32,
}

impl Solved {
    pub(crate) fn new(solver: impl Solve + 'static, steps: u32) -> Self {
        Self { solver: Arc::new(solver), steps }
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
