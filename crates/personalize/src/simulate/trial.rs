//! An experiment on made-up visitors, looked at after every one.

use rand_xoshiro::Xoshiro256PlusPlus;

use super::shoppers::{Shoppers, Visited};
use crate::experiment::{ArmId, Baseline, Plan, Rail, Seen, SeenOfArm, Sums};
use crate::random::{chance, pick};

/// What visitors of one arm are drawn from, so that the truth about them is known exactly: visits to the shop as it is, some of
/// them replaced by visits under a policy.
#[derive(Clone, Copy, Debug)]
pub struct Crowd<'o> {
    /// Under the shop as it is.
    pub standard: &'o [Visited],
    /// Under the policy.
    pub policy: &'o [Visited],
    /// Which share of the visitors the policy reaches.
    pub reached: f64,
}

impl<'o> Crowd<'o> {
    /// The shop as it is.
    #[must_use]
    pub fn untouched(standard: &'o [Visited]) -> Self {
        Self { standard, policy: standard, reached: 0.0 }
    }

    /// As many reached by a policy as make a lift; nothing where the policy's own lift is smaller.
    #[must_use]
    pub fn with_lift(standard: &'o [Visited], policy: &'o [Visited], lift: f64, cap: f64) -> Option<Self> {
        let without = Self::untouched(standard).mean(cap);
        let reached = without * lift / (Self::untouched(policy).mean(cap) - without);
        (0.0..=1.0).contains(&reached).then_some(Self { standard, policy, reached })
    }

    /// The mean order value of its visitors.
    #[must_use]
    pub fn mean(&self, cap: f64) -> f64 {
        let of = |outcomes: &[Visited]| sums(outcomes, cap).mean();
        (1.0 - self.reached) * of(self.standard) + self.reached * of(self.policy)
    }

    /// A visitor.
    pub fn visit(&self, random: &mut Xoshiro256PlusPlus) -> &'o Visited {
        let from =
            if self.reached > 0.0 && chance(random) < self.reached { self.policy } else { self.standard };
        &from[pick(from.len(), random)]
    }
}

/// Sums over visits.
fn sums(outcomes: &[Visited], cap: f64) -> Sums {
    let mut sums = Sums::default();
    outcomes.iter().for_each(|outcome| sums.add(outcome.value, cap));
    sums
}

impl Shoppers {
    /// Visits under a policy that says a segment's defaults.
    pub fn visits(
        &self,
        count: usize,
        defaults: impl Fn(usize) -> Vec<usize>,
        random: &mut Xoshiro256PlusPlus,
    ) -> Vec<Visited> {
        let defaults: Vec<Vec<usize>> = (0..self.segments.len()).map(defaults).collect();
        let visit = |_| {
            let segment = self.segment(random);
            self.visit(segment, &defaults[segment], random)
        };
        (0..count).map(visit).collect()
    }

    /// What a plan has to know of visits so far.
    #[must_use]
    pub fn baseline(outcomes: &[Visited], cap: f64) -> Baseline {
        let sums = sums(outcomes, cap);
        Baseline { mean: sums.mean(), mean_of_squares: sums.mean_of_squares() }
    }
}

/// What an experiment would have said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trial {
    /// After how many visitors a lift other than 0 was claimed.
    pub claimed: Option<u64>,
    /// Whether it was above 0.
    pub claimed_above: bool,
    /// Whether the interval left out the truth at some visitor.
    pub missed: bool,
    /// After how many visitors the policy was stopped for harm.
    pub stopped: Option<u64>,
    /// Whether a z-test at 95 %, done once a day, ever claimed a lift.
    pub claimed_by_daily_test: bool,
    /// The lift's interval at the end: both ends.
    pub ends: (f64, f64),
}

/// Runs a plan's first policy against its holdout, until `days` are over on which visitors come in equal numbers. Nothing is stopped, so
/// that all of it can be seen.
pub fn try_out(plan: &Plan, crowds: [Crowd<'_>; 2], days: u64, random: &mut Xoshiro256PlusPlus) -> Trial {
    let [holdout, policy] = crowds;
    let truth = policy.mean(plan.cap()) / holdout.mean(plan.cap()) - 1.0;
    let policy_arm = plan.policies().next().unwrap_or(ArmId::HOLDOUT);
    let (lift, harm) = (plan.lift(policy_arm), plan.harm(policy_arm));
    let shares = plan.shares();
    let holdout_share = shares[0] / (shares[0] + shares[policy_arm.index()]);
    let (mut a, mut b, mut trial) = (Sums::default(), Sums::default(), Trial::default());
    let day = (plan.visitors() / days).max(1);
    for visitor in 1..=plan.visitors() {
        let (sums, crowd) =
            if chance(random) < holdout_share { (&mut a, &holdout) } else { (&mut b, &policy) };
        let value = crowd.visit(random).value;
        sums.add(value, plan.cap());
        // Whoever orders nothing moves no evidence.
        if value > 0.0 {
            if trial.claimed.is_none() && lift.excludes(&a, &b, 0.0) {
                trial.claimed = Some(visitor);
                trial.claimed_above = lift.evidence_above(&a, &b, 0.0) > lift.evidence_below(&a, &b, 0.0);
            }
            trial.missed = trial.missed || lift.excludes(&a, &b, truth);
            if trial.stopped.is_none() && harm.evidence_below(&a, &b, 0.0) >= harm.enough() {
                trial.stopped = Some(visitor);
            }
        }
        if visitor % day == 0 {
            let spread = (a.variance_of_mean() + b.variance_of_mean()).sqrt();
            trial.claimed_by_daily_test |= (b.mean() - a.mean()).abs() > 1.96 * spread;
        }
    }
    let interval = lift.interval(&a, &b);
    trial.ends = (interval.low, interval.high);
    trial
}

/// The arm that a chance between 0 and 1 falls to.
fn arm_of(shares: &[f64], chance: f64) -> usize {
    let mut passed = 0.0;
    let is_before = |share: &&f64| {
        passed += **share;
        chance >= passed
    };
    shares.iter().take_while(is_before).count()
}

/// What is kept of a plan's visitors at its end, by arm and by segment; with the crowd that comes to each arm.
pub fn see(plan: &Plan, crowds: &[Crowd<'_>], segments: &[&str], random: &mut Xoshiro256PlusPlus) -> Seen {
    let mut arms = vec![SeenOfArm::default(); crowds.len()];
    let mut by_segment = vec![vec![Sums::default(); crowds.len()]; segments.len()];
    let shares = plan.shares();
    for _ in 0..plan.visitors() {
        let arm = arm_of(&shares, chance(random)).min(crowds.len() - 1);
        let visited = crowds[arm].visit(random);
        arms[arm].value.add(visited.value, plan.cap());
        arms[arm].at_standard.add(visited.at_standard, plan.cap());
        if visited.value > 0.0 {
            arms[arm].rails[0].add(f64::from(visited.changed), Rail::DefaultsChanged.cap());
        }
        if let Some(sums) = by_segment.get_mut(visited.segment) {
            sums[arm].add(visited.value, plan.cap());
        }
    }
    let segments = segments.iter().zip(by_segment).map(|(name, sums)| ((*name).to_owned(), sums));
    Seen { arms, segments: segments.collect() }
}
