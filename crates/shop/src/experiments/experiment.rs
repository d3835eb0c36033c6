//! An experiment as it was started: fixed from then on.

use configurator::Slug;
use personalize::experiment::{Arm, Baseline, Plan, PlanError, Shown, Treatment, WHOLE};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::policy::{Policy, Presentation};

/// What an experiment compares, and how much it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// The arms; the first is the holdout, which sees the shop as it was when the experiment started.
    pub arms: Vec<ArmSetup>,
    /// What chooses for the holdout.
    pub holdout: Policy,
    /// The greatest order value of a visitor that counts, in minor units.
    pub cap: i64,
    /// Mean order value per visitor as it was expected, in minor units; whoever orders nothing counts with 0.
    pub mean: f64,
    /// Mean square of the same.
    pub mean_of_squares: f64,
    /// How many visitors are planned, in all arms.
    pub visitors: u64,
    /// The lift that is worth seeing, in percent.
    pub worth_seeing: u32,
    /// For how many days after their first visit somebody's orders count.
    pub window_days: u32,
    /// ISO 4217 code of the amounts.
    pub currency: String,
    /// The share of the visitors, in hundredths of a percent, who are in no arm and always get the standard.
    #[serde(default)]
    pub always_standard: u16,
    /// Answers to the question about use by which it is told for whom it pays: code and the people of that use.
    pub segments: Vec<(String, String)>,
}

/// An arm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArmSetup {
    /// Its share of the visitors, in hundredths of a percent.
    pub share: u16,
    /// What chooses the design that its visitors begin with; nothing for what chooses for the holdout.
    pub policy: Option<Policy>,
    /// What it shows otherwise than the holdout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentation: Option<Presentation>,
    /// Codes of all attributes in the order in which its visitors find them; none where that is the product's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
}

impl ArmSetup {
    /// Its code in reports and files.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.policy.map(Policy::code).or(self.presentation.map(Presentation::code)).unwrap_or("holdout")
    }
}

impl Setup {
    /// What assigns visitors and judges what they did; `id` salts the assignment.
    ///
    /// # Errors
    /// It is none, such as one without a holdout.
    pub fn plan(&self, id: &str) -> Result<Plan, PlanError> {
        let arm = |arm: &ArmSetup| Arm {
            code: arm.code().to_owned(),
            share: arm.share,
            treatment: Treatment {
                reach: arm.policy.map(Policy::reach),
                policy: arm.policy.map(|policy| policy.start_code().to_owned()),
                shown: match arm.presentation {
                    Some(Presentation::Badge) => Some(Shown::Badge),
                    Some(Presentation::ReasonFirst) => Some(Shown::ReasonFirst),
                    _ => None,
                },
                attribute_order: Some(arm.order.clone()).filter(|order| !order.is_empty()),
                // As many as there are.
                menu_length: (arm.presentation == Some(Presentation::AllOptions)).then_some(u16::MAX),
            },
        };
        let baseline = Baseline { mean: self.mean, mean_of_squares: self.mean_of_squares };
        #[expect(clippy::cast_precision_loss, reason = "amounts of orders fit")]
        let cap = self.cap as f64;
        Plan::new(id, self.arms.iter().map(arm).collect(), cap, baseline, self.visitors)
    }

    /// How many visitors come until so many are in arms as are planned: some are in none.
    #[must_use]
    pub fn visitors_in_all(&self) -> u64 {
        let whole = u64::from(WHOLE);
        let in_arms = whole.saturating_sub(self.always_standard.into()).max(1);
        self.visitors.saturating_mul(whole).div_ceil(in_arms)
    }

    /// For how long after their first visit somebody's orders count.
    #[must_use]
    pub fn window(&self) -> Duration {
        Duration::days(self.window_days.into())
    }
}

/// Why an experiment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBecause {
    /// Somebody ended it.
    Asked,
    /// An arm lowered order value: it ended by itself.
    Harm,
}

impl EndedBecause {
    /// As it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Harm => "harm",
        }
    }

    /// The reason with a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Asked, Self::Harm].into_iter().find(|reason| reason.code() == code)
    }
}

/// An experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// What its address ends with, and what salts the assignment.
    pub code: String,
    /// Its name.
    pub title: String,
    /// The product.
    pub slug: Slug,
    /// What it compares.
    pub setup: Setup,
    /// When it started.
    pub started_at: OffsetDateTime,
    /// Who started it.
    pub started_by: String,
    /// When it ended, and why. Whose days were not over by then counts nothing.
    pub ended: Option<(OffsetDateTime, EndedBecause)>,
}

#[cfg(test)]
mod tests {
    use personalize::experiment::Reach;

    use super::*;

    fn setup(arms: Vec<ArmSetup>) -> Setup {
        Setup {
            arms,
            holdout: Policy::Standard,
            cap: 1,
            mean: 1.0,
            mean_of_squares: 1.0,
            visitors: 900,
            worth_seeing: 5,
            window_days: 14,
            currency: "EUR".to_owned(),
            always_standard: 0,
            segments: Vec::new(),
        }
    }

    #[test]
    fn an_arm_has_the_level_of_its_policy_and_else_none_of_its_own() {
        let arm = |share, policy, presentation| ArmSetup { share, policy, presentation, order: Vec::new() };
        let policies = Policy::ALL.map(|policy| arm(1_000, Some(policy), None));
        let others = [arm(3_000, None, None), arm(1_000, None, Some(Presentation::Same))];
        let plan = setup(others.into_iter().chain(policies).collect()).plan("spring").unwrap();
        let reaches: Vec<_> = plan.arms().iter().map(|arm| arm.treatment.reach).collect();
        let (all, some, one) = (Some(Reach::OneToAll), Some(Reach::OneToN), Some(Reach::OneToOne));
        assert_eq!(reaches, [None, None, all, all, some, all, some, one]);
    }

    #[test]
    fn more_visitors_come_than_are_in_arms() {
        let mut setup = setup(Vec::new());
        assert_eq!(setup.visitors_in_all(), 900);
        setup.always_standard = 1_000;
        assert_eq!(setup.visitors_in_all(), 1_000);
        setup.always_standard = 500;
        assert_eq!(setup.visitors_in_all(), 948);
    }
}
