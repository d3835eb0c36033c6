//! What follows from what was seen: whether each policy pays, does harm, or only sells dearer; and for whom.

use super::lift::Interval;
use super::plan::{ArmId, Plan};
use super::sample_ratio::evidence_against_shares;
use super::sums::Sums;

/// What must not rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rail {
    /// Defaults that the shopper changed, for each order: the other side of defaults kept.
    DefaultsChanged,
    /// Clicks that changed the design, for each visitor.
    Edits,
    /// Options asked for that were blocked, for each visitor.
    Blocked,
    /// Returned orders, for each order.
    Returns,
}

impl Rail {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::DefaultsChanged, Self::Edits, Self::Blocked, Self::Returns];

    /// Whether it is counted of those who ordered, and not of all visitors: whoever orders nothing changes and returns nothing either, so
    /// that more orders alone would seem more of it.
    #[must_use]
    pub fn is_of_orderers(self) -> bool {
        matches!(self, Self::DefaultsChanged | Self::Returns)
    }

    /// The most that counts of one visitor, or of an order.
    #[must_use]
    pub fn cap(self) -> f64 {
        match self {
            Self::DefaultsChanged | Self::Blocked => 20.0,
            Self::Edits => 50.0,
            Self::Returns => 1.0,
        }
    }

    /// By how much more than in the holdout it may be, as a share.
    const TOLERANCE: f64 = 0.05;
}

/// What is kept of an arm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SeenOfArm {
    /// Order value, in minor units.
    pub value: Sums,
    /// Order value with each piece counted at its product's standard price, whatever was chosen.
    pub at_standard: Sums,
    /// The rails, in the order of [`Rail::ALL`]: over visitors, or over those of them who ordered, each with the mean of their orders.
    pub rails: [Sums; 4],
}

/// What is kept of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// By arm.
    pub arms: Vec<SeenOfArm>,
    /// By segment, named before the start: its name and order value by arm.
    pub segments: Vec<(String, Vec<Sums>)>,
}

/// What an arm came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Visitors do not come in the planned shares: nothing can be said.
    Unsound,
    /// It does nothing otherwise than the holdout, and its order value is another: the experiment counts or assigns wrongly.
    SameDiffers,
    /// It does nothing otherwise than the holdout, and no difference is seen.
    Same,
    /// An arm that does nothing otherwise differs: nothing can be said of this one.
    Doubted,
    /// It lowers order value. It is to be stopped.
    Harms,
    /// It lifts order value, but not, or not yet, at standard prices: the same orders of dearer designs could be all there is to
    /// it. No win.
    MayBeDearer,
    /// It lifts order value, and something rises that must not. No win.
    AtACost,
    /// It lifts order value, at standard prices, too, and nothing rises that must not.
    Pays,
    /// Whatever it does is less than the lift that was looked for.
    TooLittle,
    /// It can't be told yet.
    Open,
}

/// What was found of a rail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RailFinding {
    /// Which.
    pub rail: Rail,
    /// How much of it there is in the holdout, for each visitor or for each who ordered; nothing where that is nobody.
    pub holdout: Option<f64>,
    /// How much of it there is under the policy.
    pub policy: Option<f64>,
    /// How much more of it there is than in the holdout.
    pub change: Interval,
    /// Whether that is certainly more than may be.
    pub breached: bool,
}

impl RailFinding {
    /// Whether it is certain that it rises by no more than may be.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.change.high <= Rail::TOLERANCE
    }
}

/// What was found of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmFinding {
    /// Which arm.
    pub arm: ArmId,
    /// What it came to.
    pub outcome: Outcome,
    /// The lift of order value per visitor.
    pub lift: Interval,
    /// The same at standard prices.
    pub at_standard: Interval,
    /// The rails.
    pub rails: Vec<RailFinding>,
}

/// What was found of a policy in a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentFinding {
    /// The segment.
    pub segment: String,
    /// Which arm.
    pub arm: ArmId,
    /// The lift of order value per visitor; the intervals of all segments and arms hold together.
    pub lift: Interval,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// How many visitors were seen.
    pub visitors: u64,
    /// By policy.
    pub arms: Vec<ArmFinding>,
    /// By segment and policy.
    pub segments: Vec<SegmentFinding>,
}

/// Judges what was seen so far. `worth_seeing` is the lift that the experiment was planned for, such as 0.08. It may be asked
/// after every visitor; who asks keeps what was claimed first.
///
/// An arm that does nothing otherwise than the holdout raises an alarm where its lift is not 0: of what is right it does so in 1 - the
/// plan's confidence of all experiments at most.
///
/// A policy pays where the lift of order value is above 0, its lift at standard prices is, too, and no rail is breached. Each claim
/// that must hold beside another needs no more certainty than alone (Berger, Technometrics 24, 1982).
#[must_use]
pub fn judge(plan: &Plan, seen: &Seen, worth_seeing: f64) -> Findings {
    let visitors: Vec<u64> = seen.arms.iter().map(|arm| arm.value.visitors).collect();
    let unsound = evidence_against_shares(&visitors, &plan.shares()) >= -Plan::ALARM.ln();
    let found = plan.policies().filter_map(|arm| {
        let holdout = seen.arms.first()?;
        let policy = seen.arms.get(arm.index())?;
        Some(of_arm(plan, arm, holdout, policy, worth_seeing))
    });
    let mut arms: Vec<ArmFinding> = found.collect();
    let alarmed = arms.iter().any(|found| found.outcome == Outcome::SameDiffers);
    for found in &mut arms {
        found.outcome = match found.outcome {
            _ if unsound => Outcome::Unsound,
            // What harms is stopped, whatever is wrong beside.
            kept @ (Outcome::SameDiffers | Outcome::Harms) => kept,
            _ if alarmed => Outcome::Doubted,
            kept => kept,
        };
    }
    let segments = seen.segments.iter().flat_map(|(segment, sums)| {
        plan.policies().filter(|arm| !plan.is_same(*arm)).filter_map(|arm| {
            let lift = plan.lift_of_segment(arm, seen.segments.len());
            let lift = lift.interval(sums.first()?, sums.get(arm.index())?);
            Some(SegmentFinding { segment: segment.clone(), arm, lift })
        })
    });
    // Of what is unsound nothing is told.
    let segments = segments.filter(|_| !unsound && !alarmed).collect();
    Findings { visitors: visitors.iter().sum(), arms, segments }
}

/// Whether a policy harms: it may be asked after every visitor.
fn harms(plan: &Plan, arm: ArmId, holdout: &Sums, policy: &Sums) -> bool {
    plan.harm(arm).evidence_below(holdout, policy, 0.0) >= plan.harm(arm).enough()
}

/// The mean; nothing where that is of nobody.
fn of_each(sums: &Sums) -> Option<f64> {
    (sums.visitors > 0).then(|| sums.mean())
}

fn of_arm(plan: &Plan, arm: ArmId, holdout: &SeenOfArm, policy: &SeenOfArm, worth_seeing: f64) -> ArmFinding {
    let lift = plan.lift(arm).interval(&holdout.value, &policy.value);
    let at_standard = plan.lift(arm).interval(&holdout.at_standard, &policy.at_standard);
    let rails: Vec<RailFinding> = Rail::ALL
        .into_iter()
        .zip(holdout.rails.iter().zip(&policy.rails))
        .map(|(rail, (holdout, policy))| {
            let change = match rail.is_of_orderers() {
                true => plan.rate_of_measure(arm, rail.cap()).interval(holdout, policy),
                false => plan.lift_of_measure(arm, rail.cap()).interval(holdout, policy),
            };
            let breached = change.low > Rail::TOLERANCE;
            RailFinding { rail, holdout: of_each(holdout), policy: of_each(policy), change, breached }
        })
        .collect();
    let outcome = if plan.is_same(arm) {
        let differs = lift.low > 0.0 || lift.high < 0.0;
        if differs { Outcome::SameDiffers } else { Outcome::Same }
    } else if harms(plan, arm, &holdout.value, &policy.value) || lift.high < 0.0 {
        Outcome::Harms
    } else if lift.low > 0.0 && at_standard.low <= 0.0 {
        Outcome::MayBeDearer
    } else if lift.low > 0.0 && rails.iter().any(|rail| rail.breached) {
        Outcome::AtACost
    } else if lift.low > 0.0 {
        Outcome::Pays
    } else if lift.high < worth_seeing {
        Outcome::TooLittle
    } else {
        Outcome::Open
    };
    ArmFinding { arm, outcome, lift, at_standard, rails }
}
