//! Experiments: who is shown what, whether it pays, and when to stop. Pure: sums by arm go in, findings come out.
//!
//! `plan` says who is in which arm, `sums` what is kept of visitors, `lift` what it says at any moment, `sample_ratio` and
//! `same_twice` whether the experiment itself is sound, `rate` the same of those who ordered, `needed` how many visitors it takes, `judge` what follows,
//! `wrong_default` what a wrong default costs, `report` says it in words.

mod judge;
mod lift;
mod needed;
mod plan;
mod rate;
#[cfg(feature = "report")]
mod report;
mod same_twice;
mod sample_ratio;
mod sums;
mod wrong_default;

pub use judge::{ArmFinding, Findings, Outcome, Rail, RailFinding, Seen, SeenOfArm, SegmentFinding, judge};
pub use lift::{Interval, Lift};
pub use needed::visitors_needed;
pub use plan::{Arm, ArmId, Plan, PlanError, Reach, Shown, Treatment, WHOLE, is_picked};
#[cfg(feature = "report")]
pub use report::{RailTold, Report};
pub use same_twice::{SameTwice, Visit, same_twice};
pub use sample_ratio::evidence_against_shares;
pub use sums::{Baseline, Sums};
pub use wrong_default::{Stratum, WrongDefault, wrong_default};

#[cfg(test)]
mod tests;
