//! Releases: products that are published together or not at all, at once or at a time, and that may end: what they replaced returns
//! then, unless something newer is live. What is published is what was agreed to, however the drafts were edited since.

mod carry_out;
mod plan;
mod release;
pub(crate) mod store;

pub use plan::{NewPlan, PlanError, PlannedProduct};
pub use release::{EndOutcome, InvalidReleaseId, Obstacle, ReleaseId, ReleaseState, UnknownCode};
pub use store::{
    Beginning, BegunProduct, BegunRelease, Ended, Ending, Failing, FrozenDraft, NewRelease, Planning,
    ReleaseRow, ReleaseStore, ReleasedRow, Returning,
};
