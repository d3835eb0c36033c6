//! By how much a measure of those who ordered differs between a policy and the holdout, with an interval that holds at every look.
//!
//! A lift is about visitors, whom chance puts into arms in known shares. Who of them orders is the policy's doing, so that a measure of
//! orderers can't be compared by shares: more orders at equal habits would seem more of everything. Here each arm has a bettor of its own.
//! If the holdout's mean is m and the policy's (1 + L) m at most, one who bets that the policy's is above that and one who bets that the
//! holdout's is below m both win nothing on average: with X at most c, ξ = ±(X - m)/c is at least -1, so that exp(λ ξ - ψ(λ) ξ²) is at most
//! 1 + λ ξ as in `lift`, and the product of both is a supermartingale. What m is nobody knows: the evidence is the least over all m.

use super::lift::{Bets, Interval, end};
use super::sums::Sums;

/// Rises that are thought of: from nearly nothing left to ten times as much.
const RISES: (f64, f64) = (-0.95, 9.0);
/// The part of the money that is not staked, so that a mean that is far off costs no more than this.
const KEPT: f64 = 0.1;
/// Means that are looked at, and how many deviations around what was seen.
const LOOKED_AT: u32 = 96;
const DEVIATIONS: f64 = 8.0;

/// How a measure of orderers is compared with the holdout's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rate {
    cap: f64,
    enough: f64,
    holdout: Bets,
    policy: Bets,
}

/// Which way the policy's mean is off.
#[derive(Clone, Copy)]
enum Way {
    Above,
    Below,
}

impl Rate {
    /// A comparison at a confidence (of both ends together), before the start: `cap` is the greatest value of an orderer, `orderers` about how
    /// many are expected in holdout and policy, which spoils nothing where it is not right.
    pub(super) fn new(cap: f64, orderers: (f64, f64), confidence: f64) -> Self {
        let enough = -((1.0 - confidence) / 2.0).ln();
        // A tenth of the greatest variance but for few: that is in the middle of what stakes serve.
        let bets = |orderers: f64| Bets::for_squares(orderers / 10.0, enough);
        Self { cap, enough, holdout: bets(orderers.0), policy: bets(orderers.1) }
    }

    /// The interval: by how much more there is under the policy for each orderer.
    pub(super) fn interval(&self, holdout: &Sums, policy: &Sums) -> Interval {
        let (least, most) = RISES;
        let estimate =
            (holdout.sum > 0.0 && policy.visitors > 0).then(|| policy.mean() / holdout.mean() - 1.0);
        let middle = estimate.unwrap_or(most).clamp(least, most);
        let is_out = |way, rise| self.evidence(way, holdout, policy, rise) >= self.enough;
        Interval {
            low: if is_out(Way::Above, least) {
                end(least, middle, |rise| is_out(Way::Above, rise))
            } else {
                -1.0
            },
            estimate,
            high: if is_out(Way::Below, most) {
                end(most, middle, |rise| is_out(Way::Below, rise))
            } else {
                f64::INFINITY
            },
        }
    }

    /// The evidence, as a natural logarithm, that the policy's mean is above (or below) so much more than the holdout's.
    fn evidence(&self, way: Way, holdout: &Sums, policy: &Sums, rise: f64) -> f64 {
        let times = 1.0 + rise;
        let (one, other) = (holdout.mean(), policy.mean() / times);
        let spread = DEVIATIONS * (deviation(holdout, self.cap) + deviation(policy, self.cap) / times);
        let (least, most) =
            ((one.min(other) - spread).max(0.0), (one.max(other) + spread).min(self.cap / times.max(1.0)));
        let at = |place: u32| {
            let mean = least + (most - least) * f64::from(place) / f64::from(LOOKED_AT);
            let (of_holdout, of_policy) = match way {
                Way::Above => (Way::Below, Way::Above),
                Way::Below => (Way::Above, Way::Below),
            };
            self.money(&self.holdout, of_holdout, holdout, mean)
                + self.money(&self.policy, of_policy, policy, times * mean)
        };
        (0..=LOOKED_AT).map(at).fold(f64::INFINITY, f64::min)
    }

    /// What a bettor has, as a logarithm, who bets that a mean is above (or below) this.
    fn money(&self, bets: &Bets, way: Way, sums: &Sums, mean: f64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "orderers of a shop fit")]
        let orderers = sums.visitors as f64;
        let off = (sums.sum - orderers * mean) / self.cap;
        let squares = (sums.squares - 2.0 * mean * sums.sum + orderers * mean * mean) / self.cap.powi(2);
        let won = match way {
            Way::Above => bets.evidence(off, squares),
            Way::Below => bets.evidence(-off, squares),
        } + (1.0 - KEPT).ln();
        let greatest = won.max(KEPT.ln());
        greatest + ((won - greatest).exp() + (KEPT.ln() - greatest).exp()).ln()
    }
}

/// How far a mean may be off, at least as far as one orderer more would move it.
fn deviation(sums: &Sums, cap: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "orderers of a shop fit")]
    let one_more = cap / (sums.visitors as f64 + 1.0);
    let variance = sums.variance_of_mean();
    one_more.max(if variance.is_finite() { variance.max(0.0).sqrt() } else { cap })
}

#[cfg(test)]
mod tests {
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    use super::*;
    use crate::random::chance;

    #[test]
    fn the_truth_is_within_at_every_look_whatever_share_orders() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(12);
        let rate = Rate::new(1.0, (4_000.0, 4_000.0), 0.95);
        let (mut missed, mut found) = (0, 0);
        for _ in 0..200 {
            let (mut holdout, mut policy, mut misses) = (Sums::default(), Sums::default(), false);
            for orderer in 1..=8_000_u32 {
                // Three of four are the policy's. The truth is half as much again.
                let (sums, often) =
                    if chance(&mut random) < 0.75 { (&mut policy, 0.15) } else { (&mut holdout, 0.1) };
                sums.add(f64::from(u8::from(chance(&mut random) < often)), 1.0);
                if orderer.is_multiple_of(200) {
                    let is_out = |way| rate.evidence(way, &holdout, &policy, 0.5) >= rate.enough;
                    misses |= is_out(Way::Above) || is_out(Way::Below);
                }
            }
            missed += u32::from(misses);
            found += u32::from(rate.interval(&holdout, &policy).low > 0.05);
        }
        // 5 % of 200 and two standard deviations.
        assert!(missed <= 16, "missed in {missed} of 200");
        assert!(found >= 160, "found in {found} of 200");
    }

    #[test]
    fn of_nobody_nothing_is_known() {
        let rate = Rate::new(1.0, (100.0, 100.0), 0.95);
        let none = Sums::default();
        let unknown = Interval { low: -1.0, estimate: None, high: f64::INFINITY };
        assert_eq!(rate.interval(&none, &none), unknown);
        let one = Sums { visitors: 1, sum: 1.0, squares: 1.0 };
        assert_eq!(rate.interval(&none, &one), unknown);
        assert_eq!(rate.interval(&one, &none), unknown);
    }
}
