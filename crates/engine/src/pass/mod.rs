//! Passes: one traversal of a diagram up and one down answer a question for every literal at once, over any semiring.
//!
//! Upwards every node gets the sum over its valid assignments; downwards every literal gets the sum over the valid
//! assignments that contain it, the choice for its own variable taken back (A. Darwiche, "A differential approach to
//! inference in Bayesian networks", 2003). Buffers are kept from pass to pass.

mod optimum;
mod semiring;
mod staircase;
mod traversal;

pub use optimum::Assignment;
#[cfg(feature = "bignum")]
pub use semiring::WideCount;
pub use semiring::{Bounds, Count, EachPossible, Least, Possible, Semiring, Totals, Weight};
pub use staircase::{Merit, Staircase};
pub use traversal::Pass;

#[cfg(test)]
mod tests;
