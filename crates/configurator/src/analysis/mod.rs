//! What the rules of a product do, for whoever writes them: which designs there are and what they cost, options and attributes
//! without a choice, what each rule forbids that nothing else does, the fewest rules behind what can't be, and what tables of
//! combinations leave out, say twice or for nothing.
//!
//! Of a draft, too, that nobody could sell: one without a valid design, or whose standard breaks rules
//! ([`Product::to_look_into`](crate::Product::to_look_into)).

mod follow;
mod overview;
mod rules;
mod shared;
mod table;
mod witness;

pub use follow::{Follows, Pairs};
pub use overview::{Overview, PriceBounds};
pub use rules::{Fault, Matter, RuleSet};
pub use table::{Gap, Idle, MOST_NAMED as MOST_TABLE_NAMED, Overlap, TableReport};
pub use witness::Witness;

use crate::answers::Near;
use crate::configured::Configured;
use crate::design::{Choices, Design};
use engine::effort::TooComplex;

/// A valid design that comes near to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestValid {
    /// The design.
    pub design: Design,
    /// Whether none comes nearer for certain.
    pub is_proven: bool,
}

impl Configured {
    /// The valid design that departs from another one, valid or not, in as few values as possible, in those that are moved last
    /// only where nothing else will do; `None` where there is no valid design with texts that are the other's, the standard's or
    /// empty.
    ///
    /// # Errors
    /// It would take too long to find one.
    pub fn nearest_valid(&self, design: &Design) -> Result<Option<NearestValid>, TooComplex> {
        let near = Near { reference: design, then: None };
        let found = self.nearest(&Choices::new(), near, self.patience().design(), &self.effort())?;
        Ok(found.map(|found| NearestValid { design: found.design, is_proven: found.is_proven }))
    }
}
