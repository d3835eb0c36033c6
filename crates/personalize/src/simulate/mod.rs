//! Made-up shoppers whose preferences are known, and experiments on them, so that what statistics say can be held to the truth.
//! Randomness is handed in. Pure.

mod orders;
mod shoppers;
mod trial;

pub use orders::{Firmness, MadeUp};
pub use shoppers::{Menu, Segment, Shoppers, Visited, demo};
pub use trial::{Crowd, Trial, see, try_out};
