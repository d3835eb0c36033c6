//! The A/A check: visitors of the past, all of whom were treated alike, are put into arms as an experiment would, again and
//! again. Whatever is claimed then is false, and there must be little of it.

use super::plan::{ArmId, Plan};
use super::sample_ratio::evidence_against_shares;
use super::sums::Sums;
use crate::bounds::lower_bound;

/// A visitor of the past.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// What assignment would go by.
    pub unit: String,
    /// Their order value, in minor units; 0 for none.
    pub value: f64,
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SameTwice {
    /// How often visitors were put into arms.
    pub times: u32,
    /// How many of these claimed a lift at some visitor.
    pub claimed: u32,
    /// How many had the alarm about the arms' sizes at the end.
    pub alarms: u32,
}

impl SameTwice {
    /// Whether more is claimed than the plan's confidence leaves room for, or arms are of wrong sizes too often: with 99 %
    /// confidence. Then nothing that an experiment here says should be believed.
    #[must_use]
    pub fn is_unsound(&self, plan: &Plan) -> bool {
        lower_bound(self.claimed, self.times, 0.99) > 1.0 - plan.confidence
            || lower_bound(self.alarms, self.times, 0.99) > Plan::ALARM
    }
}

/// Puts the visitors into the plan's arms this often, each time by another hash, looking after every order. Arms with a policy
/// are compared with the holdout as the plan says.
#[must_use]
pub fn same_twice(plan: &Plan, visits: &[Visit], times: u32) -> SameTwice {
    let mut found = SameTwice { times, claimed: 0, alarms: 0 };
    for time in 0..times {
        let salt = format!("{}/a-a/{time}", plan.id());
        let mut arms = vec![Sums::default(); plan.arms().len()];
        let mut claimed = false;
        for visit in visits {
            let arm = plan.arm_salted(&salt, &visit.unit);
            arms[arm.index()].add(visit.value, plan.cap);
            // Whoever orders nothing moves no evidence.
            claimed = claimed
                || visit.value > 0.0
                    && plan.policies().any(|arm| {
                        plan.lift(arm).excludes(&arms[ArmId::HOLDOUT.index()], &arms[arm.index()], 0.0)
                    });
        }
        found.claimed += u32::from(claimed);
        let visitors: Vec<u64> = arms.iter().map(|arm| arm.visitors).collect();
        found.alarms += u32::from(evidence_against_shares(&visitors, &plan.shares()) >= -Plan::ALARM.ln());
    }
    found
}
