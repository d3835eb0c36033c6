//! Learning from orders.

mod default_design;
mod demo_orders;
mod habits;
mod individual;
pub(crate) mod learnt;
pub(crate) mod models;
mod offers;
mod past;
pub(crate) mod store;
mod why;

pub use demo_orders::MadeUpOrders;
pub use offers::Offered;
pub use store::{LearningStore, OrderedChoices, PastDesignRow};
pub use why::{Source, Why, WhyDefault};
