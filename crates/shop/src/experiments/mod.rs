//! Experiments: whether it pays to choose for shoppers. Of one product, shoppers who agreed to personal starts are put into arms that
//! begin with another design; what they order is compared with what those order who see the shop as it is.

pub(crate) mod alarmed;
mod assign;
mod attribute_order;
mod count;
mod experiment;
mod plan;
mod policy;
mod report;
pub(crate) mod running;
pub(crate) mod store;
mod wrong_default;

pub use experiment::{ArmSetup, EndedBecause, Experiment, Setup};
pub use plan::{ExperimentError, NewExperiment, PastVisits, Planned, Wanted};
pub use policy::{Policy, Presentation};
pub use report::{Apart, ExperimentReport};
pub use running::{Presented, Treated};
pub use store::{ArmSums, Counted, ExperimentRow, ExperimentStore, Fit, PastOrders, Visitor, VisitorsOrder};
