//! Segments: who orders here by how lately, how often and for how much, and named groups of them by a rule that can be read.

mod buyers;
mod rule;
pub(crate) mod store;

pub use buyers::BuyerStanding;
pub use rule::{InvalidRule, Rule};
pub use store::{BuyerQuery, BuyerSummary, Segment, SegmentStore};
