//! Learning from orders.

mod choices;
mod default_design;
mod demo_orders;
mod habits;
mod individual;
pub(crate) mod lately_worth;
pub(crate) mod learnt;
pub(crate) mod models;
mod offers;
mod option_worths;
mod past;
mod report;
pub(crate) mod store;
mod who;
mod why;
mod worths;

pub use choices::{Agreement, ChoicesOf, Chosen, beside_orders};
pub use demo_orders::MadeUpOrders;
pub use offers::Offered;
pub use report::{Found, FoundStart, LearntReport};
pub use store::{LearningStore, OrderedChoices, OrderedDesign, OwnDesignRow, PastDesignRow};
pub use why::{Source, Why, WhyDefault};
pub use worths::{MenuWorths, OptionWorth, OptionWorths};
