//! What happens on products' pages, counted by the day without a person: what visits counted, what orders kept of their start, the
//! sums of a period, and what they advise.

mod advice;
pub(crate) mod buffer;
pub(crate) mod count;
mod keep;
pub(crate) mod period;
pub(crate) mod store;
pub(crate) mod visit;

pub use advice::{Advice, AskedFor, LeastEvidence, advise};
pub use count::{Count, CountKind, Sums};
pub use period::{Insight, Period};
pub use store::{DayCount, InsightStore};
pub use visit::{AskedWhileBlocked, Visit, ordered_of};
