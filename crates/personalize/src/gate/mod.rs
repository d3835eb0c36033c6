//! The gate: a default is preselected only where the promise holds that it is right in at least 95 of 100 cases, by a bound
//! that is exact at any number of cases; else it is suggested, or nothing is said. Pure.

mod decide;

use thiserror::Error;

pub use decide::{Decision, Proposal, Speaker, decide};

use crate::bounds::{Running, fewest_faultless, lower_bound};

/// What must hold before a default is preselected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise {
    right: f64,
    confidence: f64,
    cost_of_wrong: f64,
    suggest_from: f64,
}

/// Why a promise can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum PromiseError {
    /// Not between 0 and 1.
    #[error(
        "the promise's {field} is {value}; it is a share, so write a number above 0 and below 1, such as 0.95"
    )]
    NoShare {
        /// Which field.
        field: &'static str,
        /// What it is.
        value: f64,
    },
    /// A negative cost, or none that is a number.
    #[error("a wrong default costs {value} right ones; write 0 or more, such as 5")]
    NoCost {
        /// What it is.
        value: f64,
    },
}

impl Default for Promise {
    /// Right in at least 95 of 100, with 95 % confidence; a wrong default costs what five right ones gain; suggested where
    /// right more often than not.
    fn default() -> Self {
        Self { right: 0.95, confidence: 0.95, cost_of_wrong: 5.0, suggest_from: 0.5 }
    }
}

impl Promise {
    /// A promise: the least share that is right, how sure that is, what a wrong default costs (in gains of a right one),
    /// and the least confidence of the learner at which a value is suggested.
    ///
    /// # Errors
    ///
    /// A share that is not above 0 and below 1, or a negative cost.
    pub fn new(
        right: f64,
        confidence: f64,
        cost_of_wrong: f64,
        suggest_from: f64,
    ) -> Result<Self, PromiseError> {
        for (field, value) in
            [("share right", right), ("confidence", confidence), ("threshold to suggest", suggest_from)]
        {
            if !(value > 0.0 && value < 1.0) {
                return Err(PromiseError::NoShare { field, value });
            }
        }
        if !(cost_of_wrong >= 0.0 && cost_of_wrong.is_finite()) {
            return Err(PromiseError::NoCost { value: cost_of_wrong });
        }
        Ok(Self { right, confidence, cost_of_wrong, suggest_from })
    }

    /// The same where a wrong default costs so many gains of a right one.
    #[must_use]
    pub fn at_cost(self, cost_of_wrong: u32) -> Self {
        Self { cost_of_wrong: f64::from(cost_of_wrong), ..self }
    }

    /// The share that must be right: the promise's, or more where a wrong default costs so much that fewer would lose.
    #[must_use]
    pub fn needed(&self) -> f64 {
        self.right.max(self.cost_of_wrong / (1.0 + self.cost_of_wrong))
    }

    /// How sure it is that the promise is kept, from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// The fewest cases that can keep it, all of them right: 59 for 95 of 100 at 95 %.
    #[must_use]
    pub fn fewest_cases(&self) -> u32 {
        fewest_faultless(self.needed(), self.confidence)
    }
}

/// A default tried on an order that the learner had not seen: one case an order, so that cases are independent. Which value is
/// right is the order's, and the value judged is the one that would have been shown, after completion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldOut {
    /// How sure the learner was of the value, from 0 to 1.
    pub confidence: f64,
    /// Whether the order has the value.
    pub right: bool,
}

/// What a threshold was tried on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// The least confidence of the learner.
    pub from: f64,
    /// Cases held out with at least that confidence.
    pub cases: u32,
    /// How many of them were right.
    pub right: u32,
    /// The share that is right at least, at the promise's confidence.
    pub bound: f64,
}

/// Confidences from which a default may be preselected, tried in this order; fixed, so that no choice among them is left to the
/// cases.
const THRESHOLDS: [f64; 22] = [
    0.995, 0.99, 0.985, 0.98, 0.975, 0.97, 0.96, 0.95, 0.94, 0.92, 0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.75,
    0.7, 0.65, 0.6, 0.55, 0.5,
];

/// Whether one attribute's default may be preselected at one level, and from which confidence on.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    promise: Promise,
    opening: Option<Tried>,
    last_tried: Option<Tried>,
    kept: Running,
}

/// What may be done with a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing is said; the standard stands.
    Silent,
    /// Offered beside the standard, not chosen for the shopper.
    Suggest,
    /// Chosen for the shopper before they decide.
    Preselect,
}

impl Gate {
    /// Finds the laxest threshold at which the promise holds.
    ///
    /// Thresholds are tried from strict to lax, each at the full confidence, up to the first that fails: since the order is
    /// fixed beforehand, the chance that any threshold passes that should not is the promise's own (fixed-sequence testing:
    /// Maurer, Hothorn and Lehmacher 1995; for learners' thresholds Angelopoulos, Bates and others, "Learn then Test", 2021).
    /// The first tried is the strictest with enough cases to stand a mistake or two, which is told from how many cases there
    /// are, never from how they went. The promise is about orders like those held out; it presumes that a learner that is surer
    /// is not less often right.
    #[must_use]
    pub fn calibrate(promise: Promise, cases: &[HeldOut]) -> Self {
        let mut gate = Self { promise, opening: None, last_tried: None, kept: Running::default() };
        let fewest = promise.fewest_cases();
        let all = u32::try_from(cases.len()).unwrap_or(u32::MAX);
        let enough = (all / 2).clamp(fewest, fewest.saturating_mul(3));
        for from in THRESHOLDS {
            let tried = gate.tried(from, cases);
            if tried.cases < enough {
                continue;
            }
            gate.last_tried = Some(tried);
            if tried.bound < promise.needed() {
                break;
            }
            gate.opening = Some(tried);
        }
        gate
    }

    fn tried(&self, from: f64, cases: &[HeldOut]) -> Tried {
        let above = cases.iter().filter(|case| case.confidence >= from);
        let (mut count, mut right) = (0_u32, 0_u32);
        for case in above {
            count = count.saturating_add(1);
            right = right.saturating_add(u32::from(case.right));
        }
        Tried { from, cases: count, right, bound: lower_bound(right, count, self.promise.confidence) }
    }

    /// Counts what a shopper did with a preselected default: kept it, or chose another. One a shopper and attribute.
    pub fn count(&mut self, was_kept: bool) {
        self.kept.count(was_kept);
    }

    /// Counts how many kept it, and how many did not.
    pub fn count_all(&mut self, kept: u32, changed: u32) {
        self.kept.count_all(kept, changed);
    }

    /// Whether shoppers kept so few preselected defaults that the promise is broken. It may be asked after every order: where
    /// the promise is kept, the chance that it is ever answered yes is one minus the promise's confidence at most.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.kept.evidence_below(self.promise.needed()) >= -(1.0 - self.promise.confidence).ln()
    }

    /// The share of preselected defaults that shoppers keep at most, at the promise's confidence and at every look.
    #[must_use]
    pub fn kept_at_most(&self) -> f64 {
        self.kept.upper_bound(self.promise.confidence)
    }

    /// What was found at the threshold from which defaults are preselected; nothing while none is.
    #[must_use]
    pub fn opening(&self) -> Option<Tried> {
        self.opening.filter(|_| !self.is_closed())
    }

    /// What was found where trying ended; nothing where there were too few cases for any threshold.
    #[must_use]
    pub fn last_tried(&self) -> Option<Tried> {
        self.last_tried
    }

    /// What may be done with a value of which the learner is this sure.
    #[must_use]
    pub fn verdict(&self, confidence: f64) -> Verdict {
        if self.opening().is_some_and(|opening| confidence >= opening.from) {
            Verdict::Preselect
        } else if confidence >= self.promise.suggest_from {
            Verdict::Suggest
        } else {
            Verdict::Silent
        }
    }
}

#[cfg(test)]
mod tests;
