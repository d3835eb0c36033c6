//! Releases: products that are published together or not at all, at once or at a time, and that may end: what they replaced returns
//! then, unless something newer is live. Where the shop says so, a second person has to agree first. What is published is what was
//! agreed to, however the drafts were edited since.

mod approve;
mod carry_out;
mod plan;
pub(crate) mod release;
pub(crate) mod store;

pub use approve::{ApprovalError, ReleaseLook};
pub use plan::{LONGEST_HOLD, LONGEST_NAME, NewPlan, PlanError, PlannedProduct};
pub use release::{EndOutcome, InvalidReleaseId, Obstacle, ReleaseId, ReleaseState, UnknownCode};
pub use store::{
    ApprovalRow, Approving, Beginning, BegunProduct, BegunRelease, Decision, Ended, Ending, Failing,
    FrozenDraft, NewApproval, NewRelease, Planning, ReleaseRow, ReleaseStore, ReleasedRow, Returning,
};
