//! What a wrong default costs, from groups of visitors among whom the policy is right more or less often.

use super::sums::Sums;

/// Visitors among whom the policy is about equally often right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// How often it is right: the share of the holdout's orders that have what the policy would have preselected. Nobody there was
    /// shown it, so that nobody kept it for being shown.
    pub right: f64,
    /// Order value in the holdout, in minor units.
    pub holdout: Sums,
    /// Order value under the policy.
    pub policy: Sums,
}

/// What defaults gain and cost, in minor units of order value for each visitor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrongDefault {
    /// What a right one gains.
    pub gain: f64,
    /// What a wrong one costs.
    pub cost: f64,
    /// How far the cost may lie to each side, with 95 % confidence, looked at once.
    pub cost_within: f64,
}

/// Fits gain and cost: among visitors for whom the policy is right with probability p, order value changes by p · gain -
/// (1 - p) · cost, a line in p, by least squares weighted by how exactly each change is known. Nothing where all strata are right
/// about equally often.
#[must_use]
pub fn wrong_default(strata: &[Stratum]) -> Option<WrongDefault> {
    // Sums of the weights, of p, of p², of the change and of change · p.
    let (mut w, mut wx, mut wxx, mut wy, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for stratum in strata {
        let weight = 1.0 / (stratum.holdout.variance_of_mean() + stratum.policy.variance_of_mean());
        if !(weight > 0.0 && weight.is_finite()) {
            continue;
        }
        let (x, y) = (stratum.right, stratum.policy.mean() - stratum.holdout.mean());
        w += weight;
        wx += weight * x;
        wxx += weight * x * x;
        wy += weight * y;
        wxy += weight * x * y;
    }
    let spread = w * wxx - wx * wx;
    if spread <= w * w * 1e-6 {
        return None;
    }
    let slope = (w * wxy - wx * wy) / spread;
    let at_never_right = (wxx * wy - wx * wxy) / spread;
    Some(WrongDefault {
        gain: at_never_right + slope,
        cost: -at_never_right,
        cost_within: 1.96 * (wxx / spread).sqrt(),
    })
}
