//! What an experiment is before it starts: arms with shares, of which the first is the holdout, and who is in which.

use siphasher::sip::SipHasher24;
use thiserror::Error;

use super::lift::Lift;
use super::rate::Rate;
use super::sums::Baseline;

/// All visitors, in the unit of shares: hundredths of a percent.
pub const WHOLE: u16 = 10_000;
/// The least share of a holdout: 5 %.
const LEAST_HOLDOUT: u16 = 500;

/// An arm's place in its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArmId(usize);

impl ArmId {
    /// The arm that is shown the standard.
    pub const HOLDOUT: Self = Self(0);

    /// Its place, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// For whom a default is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The same for all.
    OneToAll,
    /// By segment.
    OneToN,
    /// By shopper.
    OneToOne,
}

/// How a default is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Chosen already.
    Preselected,
    /// Marked, not chosen.
    Badge,
    /// Its reason first.
    ReasonFirst,
}

/// What an arm does otherwise than the shop does for everybody; nothing for what stays. It holds names and counts, so that a policy
/// learns of no margin here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treatment {
    /// For whom defaults are chosen.
    pub reach: Option<Reach>,
    /// Which policy chooses defaults, by its code.
    pub policy: Option<String>,
    /// How defaults are shown.
    pub shown: Option<Shown>,
    /// Attributes in this order, by their codes.
    pub attribute_order: Option<Vec<String>>,
    /// How many options are shown first.
    pub menu_length: Option<u16>,
}

/// A group of visitors who are treated alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// Its code.
    pub code: String,
    /// Its share of the visitors, of [`WHOLE`].
    pub share: u16,
    /// What it does otherwise.
    pub treatment: Treatment,
}

/// An experiment, fixed before its first visitor: what changes later is another experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    id: String,
    arms: Vec<Arm>,
    lifts: Vec<Lift>,
    harms: Vec<Lift>,
    /// The greatest order value that counts, in minor units.
    pub(super) cap: f64,
    pub(super) baseline: Baseline,
    /// How many visitors are planned, in all arms.
    pub(super) visitors: u64,
    /// How sure claims are, over all arms together.
    pub(super) confidence: f64,
}

/// Why a plan is none.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PlanError {
    /// Fewer than two arms.
    #[error("an experiment has a holdout and at least one more arm, and this has {arms}; add an arm")]
    TooFewArms {
        /// How many.
        arms: usize,
    },
    /// Shares that are not all visitors.
    #[error("the arms' shares add up to {sum} of 10000; make them 10000")]
    Shares {
        /// Their sum.
        sum: u32,
    },
    /// An arm that nobody comes into.
    #[error("arm '{arm}' has no share; give it one, or take it out")]
    NoShare {
        /// Its code.
        arm: String,
    },
    /// Two arms of one code.
    #[error("two arms have the code '{arm}'; give one another")]
    SameCode {
        /// The code.
        arm: String,
    },
    /// A holdout that is too small to compare with.
    #[error("the holdout '{arm}' has {share} of 10000; give it at least 500")]
    SmallHoldout {
        /// Its code.
        arm: String,
        /// Its share.
        share: u16,
    },
    /// A holdout that is not the shop as it is.
    #[error("the holdout '{arm}' does something otherwise; leave its treatment empty")]
    TreatedHoldout {
        /// Its code.
        arm: String,
    },
    /// A number that must be above 0.
    #[error("{field} is {value}; write a number above 0")]
    NotPositive {
        /// Which.
        field: &'static str,
        /// What it is.
        value: f64,
    },
}

impl Plan {
    /// How sure claims are, over all arms together.
    pub const CONFIDENCE: f64 = 0.95;
    /// The chance that the alarm about the arms' sizes is ever false.
    pub const ALARM: f64 = 0.01;
    /// The chance that a policy that harms nothing is ever stopped for harm.
    pub const FALSE_STOP: f64 = 0.05;
    /// Harm is looked for within this part of the planned visitors first of all.
    const HARM_WITHIN: f64 = 0.125;

    /// A plan. The first arm is the holdout.
    ///
    /// # Errors
    ///
    /// No holdout, or too small a one; shares that are not all visitors; a code twice; what must be above 0 and isn't.
    pub fn new(
        id: &str,
        arms: Vec<Arm>,
        cap: f64,
        baseline: Baseline,
        visitors: u64,
    ) -> Result<Self, PlanError> {
        check_arms(&arms)?;
        #[expect(clippy::cast_precision_loss, reason = "visitors of a shop fit")]
        let planned = visitors as f64;
        let positive = [
            ("the cap of order values", cap),
            ("the mean order value per visitor so far", baseline.mean),
            ("the mean square of order values so far", baseline.mean_of_squares),
            ("the number of planned visitors", planned),
        ];
        if let Some((field, value)) =
            positive.into_iter().find(|(_, value)| !(*value > 0.0 && value.is_finite()))
        {
            return Err(PlanError::NotPositive { field, value });
        }
        #[expect(clippy::cast_precision_loss, reason = "a few arms")]
        let policies = (arms.len() - 1) as f64;
        let compared = |chance: f64, part: f64| -> Vec<Lift> {
            let holdout = f64::from(arms[0].share);
            let policies = arms[1..].iter().map(|arm| f64::from(arm.share));
            let visitors = |policy| part * planned * (holdout + policy) / f64::from(WHOLE);
            policies
                .map(|policy| Lift::new(cap, (holdout, policy), baseline, visitors(policy), 1.0 - chance))
                .collect()
        };
        Ok(Self {
            lifts: compared((1.0 - Self::CONFIDENCE) / policies, 1.0),
            // Only harm is asked of these, one of two ends.
            harms: compared(2.0 * Self::FALSE_STOP / policies, Self::HARM_WITHIN),
            id: id.to_owned(),
            arms,
            cap,
            baseline,
            visitors,
            confidence: Self::CONFIDENCE,
        })
    }

    /// Its id, which salts the assignment, so that experiments do not share their arms.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its arms, the holdout first.
    #[must_use]
    pub fn arms(&self) -> &[Arm] {
        &self.arms
    }

    /// Its arms but for the holdout.
    pub fn policies(&self) -> impl Iterator<Item = ArmId> + use<> {
        (1..self.arms.len()).map(ArmId)
    }

    /// Whether an arm does nothing otherwise than the holdout, so that whatever differs is a fault of the experiment.
    #[must_use]
    pub fn is_same(&self, policy: ArmId) -> bool {
        self.arms.get(policy.0).is_some_and(|arm| arm.treatment == Treatment::default())
    }

    /// How many visitors are planned.
    #[must_use]
    pub fn visitors(&self) -> u64 {
        self.visitors
    }

    /// The greatest order value that counts, in minor units.
    #[must_use]
    pub fn cap(&self) -> f64 {
        self.cap
    }

    /// The arms' shares, which add up to 1.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        self.arms.iter().map(|arm| f64::from(arm.share) / f64::from(WHOLE)).collect()
    }

    /// The arm that a visitor is in, always the same: by SipHash-2-4 of the experiment's id and theirs.
    #[must_use]
    pub fn arm_of(&self, unit: &str) -> ArmId {
        self.arm_salted(&self.id, unit)
    }

    pub(super) fn arm_salted(&self, salt: &str, unit: &str) -> ArmId {
        let mut place = place_of(salt, unit);
        for (index, arm) in self.arms.iter().enumerate() {
            let share = u128::from(arm.share);
            if place < share {
                return ArmId(index);
            }
            place -= share;
        }
        ArmId::HOLDOUT
    }

    /// How an arm is compared with the holdout; the holdout as the first policy is.
    #[must_use]
    pub fn lift(&self, policy: ArmId) -> &Lift {
        &self.lifts[policy.0.saturating_sub(1)]
    }

    /// How harm of an arm is looked for.
    #[must_use]
    pub fn harm(&self, policy: ArmId) -> &Lift {
        &self.harms[policy.0.saturating_sub(1)]
    }

    /// How an arm is compared in one of `segments`, so that all of these hold together.
    pub(super) fn lift_of_segment(&self, policy: ArmId, segments: usize) -> Lift {
        #[expect(clippy::cast_precision_loss, reason = "a few segments and arms, and visitors of a shop")]
        let (parts, planned) =
            ((segments.max(1) * (self.arms.len() - 1)) as f64, self.visitors as f64 / segments.max(1) as f64);
        let (holdout, policy) = (f64::from(self.arms[0].share), f64::from(self.arms[policy.0].share));
        let visitors = planned * (holdout + policy) / f64::from(WHOLE);
        Lift::new(self.cap, (holdout, policy), self.baseline, visitors, 1.0 - (1.0 - self.confidence) / parts)
    }

    /// How another measure of an arm is compared: `cap` is the greatest that counts of it for a visitor.
    pub(super) fn lift_of_measure(&self, policy: ArmId, cap: f64) -> Lift {
        let (holdout, policy) = (f64::from(self.arms[0].share), f64::from(self.arms[policy.0].share));
        #[expect(clippy::cast_precision_loss, reason = "visitors of a shop fit")]
        let visitors = self.visitors as f64 * (holdout + policy) / f64::from(WHOLE);
        // Nothing is known of it beforehand: a tenth of the cap for one in ten.
        let baseline = Baseline { mean: cap / 100.0, mean_of_squares: cap * cap / 1_000.0 };
        Lift::new(cap, (holdout, policy), baseline, visitors, self.confidence)
    }

    /// How a measure of those who ordered is compared: `cap` is the greatest that counts of it for one of them.
    pub(super) fn rate_of_measure(&self, policy: ArmId, cap: f64) -> Rate {
        // Order values that are alike, at least so many order: of others more do.
        let ordering = self.baseline.mean.powi(2) / self.baseline.mean_of_squares;
        #[expect(clippy::cast_precision_loss, reason = "visitors of a shop fit")]
        let planned = self.visitors as f64 * ordering.min(1.0) / f64::from(WHOLE);
        let orderers = |arm: usize| planned * f64::from(self.arms[arm].share);
        Rate::new(cap, (orderers(0), orderers(policy.0)), self.confidence)
    }
}

/// Whether a visitor is of the `share`, of [`WHOLE`], that chance picks by a salt: always the same, and of a smaller share only those
/// of a larger one.
#[must_use]
pub fn is_picked(salt: &str, unit: &str, share: u16) -> bool {
    place_of(salt, unit) < u128::from(share)
}

/// A visitor's place among all, from 0 to below [`WHOLE`].
fn place_of(salt: &str, unit: &str) -> u128 {
    // Assignments outlive releases, so the hash is one with a fixed definition; it guards nothing.
    let hash = SipHasher24::new().hash(format!("{salt}\0{unit}").as_bytes());
    (u128::from(hash) * u128::from(WHOLE)) >> 64
}

fn check_arms(arms: &[Arm]) -> Result<(), PlanError> {
    let [holdout, policies @ ..] = arms else { return Err(PlanError::TooFewArms { arms: 0 }) };
    if policies.is_empty() {
        return Err(PlanError::TooFewArms { arms: 1 });
    }
    let sum: u32 = arms.iter().map(|arm| u32::from(arm.share)).sum();
    if sum != u32::from(WHOLE) {
        return Err(PlanError::Shares { sum });
    }
    for (index, arm) in arms.iter().enumerate() {
        if arm.share == 0 {
            return Err(PlanError::NoShare { arm: arm.code.clone() });
        }
        if arms[..index].iter().any(|other| other.code == arm.code) {
            return Err(PlanError::SameCode { arm: arm.code.clone() });
        }
    }
    if holdout.share < LEAST_HOLDOUT {
        return Err(PlanError::SmallHoldout { arm: holdout.code.clone(), share: holdout.share });
    }
    if holdout.treatment != Treatment::default() {
        return Err(PlanError::TreatedHoldout { arm: holdout.code.clone() });
    }
    Ok(())
}
