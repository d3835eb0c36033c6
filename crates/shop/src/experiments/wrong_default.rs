//! What a wrong default costs, from sums by arm and use: how often a policy is right is told by what the holdout ordered, to whom nobody showed
//! what it would have chosen. Pure.

use personalize::experiment::{Stratum, Sums, WrongDefault, wrong_default};

use super::experiment::Setup;
use super::store::{ArmSums, Fit};

impl Setup {
    /// What a wrong default costs; nothing where uses don't differ in how often a policy is right. Of several policies it is the one of which
    /// that is known most exactly: they share a holdout, so that what they say does not add up.
    pub(super) fn wrong_default(&self, sums: &[ArmSums]) -> Option<WrongDefault> {
        let policies = self.arms.iter().enumerate().skip(1).filter(|(_, arm)| arm.policy.is_some());
        let found = policies.filter_map(|(arm, _)| wrong_default(&strata(arm, sums)));
        found.min_by(|one, other| one.cost_within.total_cmp(&other.cost_within))
    }
}

/// Visitors of each use, of the holdout and of an arm.
fn strata(arm: usize, sums: &[ArmSums]) -> Vec<Stratum> {
    let of = |row: &ArmSums| Sums { visitors: row.visitors, sum: row.value[0], squares: row.value[1] };
    let stratum = |holdout: &ArmSums| {
        let policy = sums.iter().find(|row| row.arm == arm && row.stated_use == holdout.stated_use)?;
        let fit = holdout.fits.iter().find(|fit| fit.arm == arm && fit.chosen > 0)?;
        Some(Stratum { right: share(*fit), holdout: of(holdout), policy: of(policy) })
    };
    sums.iter().filter(|row| row.arm == 0).filter_map(stratum).collect()
}

fn share(fit: Fit) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "values of a shop's orders fit")]
    let share = fit.fitting as f64 / fit.chosen as f64;
    share
}

#[cfg(test)]
mod tests {
    use personalize::simulate::{Menu, Segment, Shoppers};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    use super::*;
    use crate::experiments::{ArmSetup, Policy};

    /// How many of each hundred shoppers of a use want what the policy chooses.
    const WANTED_BY: [(&str, f64); 4] = [("town", 25.0), ("train", 50.0), ("tours", 75.0), ("", 90.0)];
    const VISITORS: u64 = 150_000;

    fn setup(policies: &[Option<Policy>]) -> Setup {
        let arm =
            |policy: Option<Policy>| ArmSetup { share: 2_500, policy, presentation: None, order: Vec::new() };
        Setup {
            arms: std::iter::once(None).chain(policies.iter().copied()).map(arm).collect(),
            always_standard: 0,
            holdout: Policy::Standard,
            cap: 100_000,
            mean: 2_000.0,
            mean_of_squares: 4e7,
            visitors: 100_000,
            worth_seeing: 8,
            window_days: 14,
            currency: "EUR".to_owned(),
            segments: Vec::new(),
        }
    }

    /// Two kinds of shoppers, firm in what they like: those who want the second of two options, and those who want the first. Whoever has to
    /// change it, or keeps what they don't want, orders less often.
    fn shoppers() -> Shoppers {
        let segment = |name, worth| Segment { name, share: 0.5, worth: vec![worth] };
        Shoppers {
            menu: Menu { base_price: 20_000.0, prices: vec![vec![0.0, 400.0]], standard: vec![0] },
            segments: vec![segment("want it", vec![0.0, 7.0]), segment("don't", vec![7.0, 0.0])],
            price_sensitivity: 1e-5,
            effort: 1.0,
            hesitation: 0.1,
            patience: 5,
            wish: -1.0,
        }
    }

    /// Sums over visitors of a use to an arm that begins with an option.
    fn visits(arm: usize, (stated_use, wanted_by): (&str, f64), random: &mut Xoshiro256PlusPlus) -> ArmSums {
        let (shoppers, mut value, mut fit) =
            (shoppers(), Sums::default(), Fit { arm: 1, chosen: 0, fitting: 0 });
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        for visitor in 0..VISITORS {
            let wants_it = (visitor % 100) as f64 <= wanted_by - 1.0;
            let visited = shoppers.visit(usize::from(!wants_it), &[arm], random);
            value.add(visited.value, 100_000.0);
            if visited.value > 0.0 {
                fit.chosen += 1;
                fit.fitting += u64::from(visited.value > 20_000.0);
            }
        }
        ArmSums {
            arm,
            stated_use: stated_use.to_owned(),
            visitors: VISITORS,
            orderers: Some(fit.chosen),
            value: [value.sum, value.squares],
            at_standard: [0.0; 2],
            rails: [[0.0; 2]; 4],
            fits: if arm == 0 { vec![fit] } else { Vec::new() },
        }
    }

    /// What a visitor of a kind orders for more where the design begins with the second option.
    fn truth(kind: usize, random: &mut Xoshiro256PlusPlus) -> f64 {
        let mut mean = |option: usize| {
            let mut value = Sums::default();
            (0..1_000_000)
                .for_each(|_| value.add(shoppers().visit(kind, &[option], random).value, 100_000.0));
            value.mean()
        };
        mean(1) - mean(0)
    }

    #[test]
    fn what_a_wrong_default_costs_made_up_shoppers_is_found_by_what_the_holdout_orders() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(20);
        let (gain, cost) = (truth(0, &mut random), -truth(1, &mut random));
        assert!(gain > 300.0 && cost > 300.0, "{gain} {cost}: else this shows nothing");
        let mut sums = Vec::new();
        for arm in [0, 1] {
            sums.extend(WANTED_BY.map(|of_use| visits(arm, of_use, &mut random)));
        }
        for (row, (_, wanted_by)) in sums.iter().zip(WANTED_BY) {
            assert!((share(row.fits[0]) * 100.0 - wanted_by).abs() < 4.0, "{row:?}");
        }
        let found = setup(&[Some(Policy::LearntByUse)]).wrong_default(&sums).expect("uses that differ");
        assert!(
            (found.cost - cost).abs() < found.cost_within && found.cost_within < cost / 2.0,
            "{found:?}, {cost}"
        );
        assert!((found.gain - gain).abs() < gain / 4.0, "{found:?}, {gain}");
        // A group that is only shown something otherwise tells nothing of it, nor do visitors of one use.
        assert_eq!(setup(&[None]).wrong_default(&sums), None);
        sums.retain(|row| row.stated_use == "town");
        assert_eq!(setup(&[Some(Policy::LearntByUse)]).wrong_default(&sums), None);
    }
}
