//! By how much a policy lifts order value per visitor, with an interval that holds at every look at once.
//!
//! For each lift L that might be true, a bettor bets against it. With shares a and b of the visitors in holdout and policy,
//! a visitor moves the bettor by Z = value / ((1 + L) b) in the policy's arm, by -value / a in the holdout, and most, who
//! order nothing, by 0. Where L is true Z is 0 on average, whatever the values' law, and if demand changes from day to day,
//! too, for chance alone put the visitor in an arm. Z is at least -c with c = cap / a, so exp(λ Z/c - ψ(λ) (Z/c)²) with
//! ψ(λ) = -ln(1 - λ) - λ is at most 1 + λ Z/c (Fan, Grama and Liu, Electronic Journal of Probability 20, 2015; Howard,
//! Ramdas, McAuliffe and Sekhon, Annals of Statistics 49, 2021), and the product over visitors, a supermartingale, exceeds
//! 1/α ever with a chance of α at most (Ville). This is exact: there is no large number of visitors that it waits for,
//! and it asks for nothing but sums. A mixture over several λ fixed beforehand is such a product, too.

use super::sums::{Baseline, Sums};

/// The lifts that are thought of: from nearly nothing sold to ten times as much.
const LIFTS: (f64, f64) = (-0.95, 9.0);
/// Halvings until an end of the interval is found: to 10⁻⁷.
const HALVINGS: u32 = 27;

/// Where a lift lies: 0.08 is 8 % more for each visitor than in the holdout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The least it may be; -1 where nothing is known.
    pub low: f64,
    /// The likeliest; nothing while the holdout ordered nothing.
    pub estimate: Option<f64>,
    /// The greatest it may be; infinite where nothing is known.
    pub high: f64,
}

/// How one policy is compared with the holdout.
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    cap: f64,
    /// Shares of the holdout and of the policy among the visitors of both.
    holdout: f64,
    policy: f64,
    enough: f64,
    more: Bets,
    less: Bets,
}

/// Stakes, as shares of the most that may be staked, and the logarithms of the parts of the money that they have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bets(Vec<(f64, f64)>);

/// From one stake to the next.
const NEXT_STAKE: f64 = 1.6;
/// The parts of the money for stakes from a little below the one that serves best at the planned number of visitors to those
/// that serve early.
const PARTS: [f64; 8] = [0.18, 0.26, 0.2, 0.13, 0.09, 0.06, 0.05, 0.03];

impl Bets {
    /// Those that serve best where the squares of Z/c add up to `squares` at the planned end.
    pub(super) fn for_squares(squares: f64, enough: f64) -> Self {
        let best = (2.0 * enough / squares.max(1.0)).sqrt();
        let mut stake = best / NEXT_STAKE;
        let bets = PARTS.map(|part| {
            let bet = (stake.min(0.7), part.ln());
            stake *= NEXT_STAKE;
            bet
        });
        Self(bets.to_vec())
    }

    /// The money, as a logarithm, when Z/c added up to `sum` and their squares to `squares`.
    pub(super) fn evidence(&self, sum: f64, squares: f64) -> f64 {
        let made = |(stake, part): &(f64, f64)| part + stake * sum - squares * (-(-stake).ln_1p() - stake);
        let greatest = self.0.iter().map(made).fold(f64::NEG_INFINITY, f64::max);
        greatest + self.0.iter().map(|bet| (made(bet) - greatest).exp()).sum::<f64>().ln()
    }
}

impl Lift {
    /// A comparison at a confidence (of both ends together), before the start: `cap` is the greatest value that counts,
    /// `shares` those of holdout and policy, `baseline` what a visitor's value was so far, and `visitors` how many are planned in
    /// both arms. Baseline and visitors sharpen the interval where they are right and spoil nothing where they are not.
    #[must_use]
    pub fn new(cap: f64, shares: (f64, f64), baseline: Baseline, visitors: f64, confidence: f64) -> Self {
        let enough = -((1.0 - confidence) / 2.0).ln();
        let (holdout, policy) = (shares.0 / (shares.0 + shares.1), shares.1 / (shares.0 + shares.1));
        let squares = visitors * baseline.mean_of_squares * (1.0 / holdout + 1.0 / policy) / cap.powi(2);
        Self {
            cap,
            holdout,
            policy,
            enough,
            more: Bets::for_squares(squares * holdout.powi(2), enough),
            less: Bets::for_squares(squares * policy.powi(2), enough),
        }
    }

    /// The evidence, as a natural logarithm, that the lift is above `lift`.
    #[must_use]
    pub fn evidence_above(&self, holdout: &Sums, policy: &Sums, lift: f64) -> f64 {
        let (a, b) = (self.cap, self.cap * (1.0 + lift) * self.policy / self.holdout);
        self.more.evidence(
            policy.sum / b - holdout.sum / a,
            policy.squares / b.powi(2) + holdout.squares / a.powi(2),
        )
    }

    /// The evidence, as a natural logarithm, that the lift is below `lift`.
    #[must_use]
    pub fn evidence_below(&self, holdout: &Sums, policy: &Sums, lift: f64) -> f64 {
        let (a, b) = (self.cap * self.holdout / ((1.0 + lift) * self.policy), self.cap);
        self.less.evidence(
            holdout.sum / a - policy.sum / b,
            policy.squares / b.powi(2) + holdout.squares / a.powi(2),
        )
    }

    /// Whether the interval leaves out a lift.
    #[must_use]
    pub fn excludes(&self, holdout: &Sums, policy: &Sums, lift: f64) -> bool {
        self.evidence_above(holdout, policy, lift) >= self.enough
            || self.evidence_below(holdout, policy, lift) >= self.enough
    }

    /// The interval: at the confidence asked for, it has the truth in it at every look.
    #[must_use]
    pub fn interval(&self, holdout: &Sums, policy: &Sums) -> Interval {
        let (least, most) = LIFTS;
        let estimate =
            (holdout.sum > 0.0).then(|| (policy.sum / self.policy) / (holdout.sum / self.holdout) - 1.0);
        let middle = estimate.unwrap_or(most).clamp(least, most);
        let is_too_low = |lift| self.evidence_above(holdout, policy, lift) >= self.enough;
        let is_too_high = |lift| self.evidence_below(holdout, policy, lift) >= self.enough;
        Interval {
            low: if is_too_low(least) { end(least, middle, is_too_low) } else { -1.0 },
            estimate,
            high: if is_too_high(most) { end(most, middle, is_too_high) } else { f64::INFINITY },
        }
    }

    /// The evidence, as a natural logarithm, that is enough to leave a lift out at one end.
    #[must_use]
    pub fn enough(&self) -> f64 {
        self.enough
    }

    /// Whether that is enough evidence for a lift above: Z/c added up to `sum`, their squares to `squares`.
    pub(super) fn is_seen_at(&self, sum: f64, squares: f64) -> bool {
        self.more.evidence(sum, squares) >= self.enough
    }

    /// The cap and both shares.
    pub(super) fn frame(&self) -> (f64, f64, f64) {
        (self.cap, self.holdout, self.policy)
    }
}

/// Between a lift that is left out and one that is not: the last that is left out.
pub(super) fn end(mut out: f64, mut within: f64, is_out: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(out, within);
        if is_out(middle) {
            out = middle;
        } else {
            within = middle;
        }
    }
    out
}
