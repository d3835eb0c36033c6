//! Bounds of a share that hold at any size: how often something is right at least, from how often it was (looked at once),
//! and how often it is right at most (looked at after every case).

use statrs::function::beta::checked_beta_reg;

/// Halvings of an interval until its ends are neighbours, as far as a probability goes.
const HALVINGS: u32 = 60;

/// The share that is at least there, at this confidence, where `right` of `cases` independent cases were: the exact lower
/// bound of Clopper and Pearson (Biometrika 26, 1934), one-sided. 0 where nothing was right.
///
/// It is for one look at cases that nobody picked by how they went.
#[must_use]
pub fn lower_bound(right: u32, cases: u32, confidence: f64) -> f64 {
    if right == 0 || cases < right {
        return 0.0;
    }
    // At a share p, `right` or more of `cases` have the probability I_p(right, cases - right + 1), which rises with p.
    let (a, b) = (f64::from(right), f64::from(cases - right) + 1.0);
    let is_below = |share: f64| checked_beta_reg(a, b, share).is_ok_and(|tail| tail <= 1.0 - confidence);
    last_below(0.0, 1.0, is_below)
}

/// The fewest cases, all of them right, whose [`lower_bound`] reaches `share`: 59 for 95 of 100 at 95 %.
#[must_use]
pub fn fewest_faultless(share: f64, confidence: f64) -> u32 {
    let cases = ((1.0 - confidence).ln() / share.ln()).ceil();
    // A share of 1 asks for more than there are; from a float it is cut to the greatest.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and cut to the type's range"
    )]
    let cases = cases as u32;
    cases.max(1)
}

/// What was right among cases that are looked at one by one, as long as one likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// How many cases.
    pub cases: u32,
    /// How many of them were right.
    pub right: u32,
}

/// By how much the odds of being wrong are greater in what [`Running::evidence_below`] bets on, from one bet to the next.
const NEXT_BET: f64 = 1.25;
/// How many it bets on: the last has 1.25²⁰, eighty-six times the odds.
const BETS: u32 = 20;

impl Running {
    /// Counts a case.
    pub fn count(&mut self, was_right: bool) {
        self.cases = self.cases.saturating_add(1);
        self.right = self.right.saturating_add(u32::from(was_right));
    }

    /// Counts several.
    pub fn count_all(&mut self, right: u32, wrong: u32) {
        self.cases = self.cases.saturating_add(right).saturating_add(wrong);
        self.right = self.right.saturating_add(right);
    }

    /// The evidence that less than `share` is right, as a natural logarithm: what a bettor has made of 1 who bet against
    /// it. Where `share` or more is right, the chance that it is ever above ln(1/a) is a at most, however often one looks
    /// (Ville's inequality).
    ///
    /// It is a mixture of likelihood ratios over shares below (Robbins, Annals of Mathematical Statistics 41, 1970); each
    /// of them is a supermartingale where `share` or more is right, and so is their mean.
    #[must_use]
    pub fn evidence_below(&self, share: f64) -> f64 {
        let wrong = self.cases.saturating_sub(self.right);
        if share <= 0.0 {
            return 0.0;
        }
        if share >= 1.0 {
            return if wrong > 0 { f64::INFINITY } else { 0.0 };
        }
        let odds = (1.0 - share) / share;
        let bets = (1..=BETS).map(|bet| {
            let odds = odds * NEXT_BET.powf(f64::from(bet));
            let (is_right, is_wrong) = (1.0 / (1.0 + odds), odds / (1.0 + odds));
            f64::from(self.right) * (is_right / share).ln()
                + f64::from(wrong) * (is_wrong / (1.0 - share)).ln()
        });
        log_mean(&bets.collect::<Vec<_>>())
    }

    /// The share that is right at most, at this confidence, which holds at every look at once.
    #[must_use]
    pub fn upper_bound(&self, confidence: f64) -> f64 {
        let seen = f64::from(self.right) / f64::from(self.cases.max(1));
        let limit = -(1.0 - confidence).ln();
        last_below(seen, 1.0, |share| self.evidence_below(share) < limit)
    }
}

/// Where a condition that holds up to some place ends, between two places; the last place found at which it still holds,
/// or `low`.
pub(crate) fn last_below(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if holds(high) {
        return high;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The logarithm of the mean of what these are the logarithms of.
pub(crate) fn log_mean(logarithms: &[f64]) -> f64 {
    let greatest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !greatest.is_finite() {
        return greatest;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let count = logarithms.len() as f64;
    let sum: f64 = logarithms.iter().map(|logarithm| (logarithm - greatest).exp()).sum();
    greatest + (sum / count).ln()
}

#[cfg(test)]
mod tests {
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    use super::*;
    use crate::random::chance;

    /// The probability of at least `right` of `cases`, added up.
    fn tail(right: u32, cases: u32, share: f64) -> f64 {
        let mut term = f64::from(cases) * share.ln();
        let mut sum = 0.0;
        // From all right downwards; each term from the one before.
        for wrong in 0..=cases - right {
            sum += term.exp();
            term += (f64::from(cases - wrong) / f64::from(wrong + 1)).ln() + ((1.0 - share) / share).ln();
        }
        sum
    }

    #[test]
    fn lower_bounds_are_the_published_ones() {
        // Faultless: 0.05^(1/n). The others are quantiles of the beta distribution, as in tables of these bounds.
        for (right, cases, bound) in [
            (59, 59, 0.950_49),
            (58, 58, 0.949_66),
            (10, 10, 0.741_13),
            (8, 10, 0.493_10),
            (1, 10, 0.005_116),
        ] {
            let found = lower_bound(right, cases, 0.95);
            assert!((found - bound).abs() < 1e-5, "{right} of {cases}: {found}");
        }
        // The sample sizes of 95/95 tolerance limits with none to four outside.
        for (wrong, cases) in [(0, 59), (1, 93), (2, 124), (3, 153), (4, 181)] {
            assert!(lower_bound(cases - wrong, cases, 0.95) >= 0.95, "{wrong} of {cases}");
            assert!(lower_bound(cases - 1 - wrong, cases - 1, 0.95) < 0.95, "{wrong} of {}", cases - 1);
        }
        assert_eq!(lower_bound(0, 10, 0.95), 0.0);
        assert_eq!(fewest_faultless(0.95, 0.95), 59);
    }

    #[test]
    fn the_lower_bound_leaves_exactly_its_tail_at_any_size() {
        for (right, cases) in
            [(1, 1), (57, 61), (180, 200), (1_900, 2_000), (19_050, 20_000), (96_000, 100_000)]
        {
            let bound = lower_bound(right, cases, 0.95);
            let tail = tail(right, cases, bound);
            assert!((tail - 0.05).abs() < 1e-6, "{right} of {cases}: {bound} leaves {tail}");
        }
    }

    /// How many of 1 000 runs of 500 cases ever are below the promise, and after how many cases half of them are.
    fn closed(share: f64) -> (usize, usize) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(20);
        let mut after: Vec<usize> = Vec::new();
        for _ in 0..1_000 {
            let mut running = Running::default();
            let closes = (1..=500).find(|_| {
                running.count(chance(&mut random) < share);
                running.evidence_below(0.95) >= 20_f64.ln()
            });
            after.extend(closes);
        }
        after.sort_unstable();
        (after.len(), after.get(500).copied().unwrap_or(usize::MAX))
    }

    #[test]
    fn the_running_bound_closes_what_breaks_the_promise_and_hardly_ever_what_keeps_it() {
        let (kept, _) = closed(0.95);
        assert!(kept <= 50 + 14, "closed in {kept} of 1 000 runs in which the promise was kept");
        let (broken, half) = closed(0.85);
        assert!(broken >= 995 && half <= 100, "{broken} of 1 000 closed, half of them after {half}");
    }

    #[test]
    fn the_upper_bound_is_where_the_evidence_is_enough() {
        let running = Running { cases: 400, right: 360 };
        let bound = running.upper_bound(0.95);
        assert!(bound > 0.9 && bound < 0.95, "{bound}");
        assert!((running.evidence_below(bound) - 20_f64.ln()).abs() < 1e-6);
        assert_eq!(Running::default().upper_bound(0.95), 1.0);
        assert_eq!(Running { cases: 5, right: 5 }.upper_bound(0.95), 1.0);
    }
}
