//! Learning from orders.

mod default_design;
pub(crate) mod learnt;
pub(crate) mod store;

pub use store::{LearningStore, PastDesignRow};
