//! How many visitors an experiment takes, before it starts.

use statrs::function::erf::erfc;

use super::lift::Lift;
use super::sums::Baseline;

/// Above this an experiment is none that a shop could run.
const MOST: f64 = 1e9;

/// The fewest visitors, in both arms together, after which a true lift is seen with this chance by an interval of this
/// confidence that is looked at all along. `shares` are those of holdout and policy, `cap` is the greatest value that counts. Nothing
/// where a thousand million would not do.
///
/// By the sums' normal law at the end (they are sums of many): the chance that the evidence is enough there. It may have been
/// enough before, so a few less would do.
#[must_use]
pub fn visitors_needed(
    cap: f64,
    shares: (f64, f64),
    baseline: Baseline,
    lift: f64,
    chance: f64,
    confidence: f64,
) -> Option<u64> {
    let is_enough = |visitors: f64| {
        chance_to_see(&Lift::new(cap, shares, baseline, visitors, confidence), baseline, lift, visitors)
            >= chance
    };
    let mut high = 1_000.0;
    while !is_enough(high) {
        high *= 2.0;
        if high > MOST {
            return None;
        }
    }
    let mut low = high / 2.0;
    while high - low > high / 1_000.0 {
        let middle = f64::midpoint(low, high);
        if is_enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a thousand million")]
    let visitors = high.ceil() as u64;
    Some(visitors)
}

/// The chance that the evidence for a lift above 0 is enough after so many visitors.
fn chance_to_see(comparison: &Lift, baseline: Baseline, lift: f64, visitors: f64) -> f64 {
    let (cap, holdout, policy) = comparison.frame();
    // Of one visitor, in units of cap / holdout: the mean of what moves the bettor, and of its square.
    let scale = holdout / cap;
    let mean = baseline.mean * lift * scale;
    let square = baseline.mean_of_squares * (1.0 / holdout + (1.0 + lift) / policy) * scale.powi(2);
    let squares = visitors * square;
    let spread = (visitors * (square - mean.powi(2)).max(0.0)).sqrt();
    let mut high = squares.sqrt().max(1.0);
    while !comparison.is_seen_at(high, squares) {
        high *= 2.0;
    }
    let boundary = crate::bounds::last_below(0.0, high, |sum| !comparison.is_seen_at(sum, squares));
    // The normal law's upper tail.
    0.5 * erfc((boundary - visitors * mean) / (spread * std::f64::consts::SQRT_2))
}
