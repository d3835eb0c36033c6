//! Tries gate and experiments on made-up shoppers whose truth is known, and prints what came of it as JSON. Each run has a seed of its
//! own, so that the answer does not hang on how many threads there are.

mod gates;

use std::thread;

use anyhow::Context;
use clap::Parser;
use personalize::experiment::{
    Arm, Outcome, Plan, Report, Treatment, WHOLE, evidence_against_shares, judge, visitors_needed,
};
use personalize::random::chance;
use personalize::simulate::{Crowd, Shoppers, Trial, Visited, demo, see, try_out};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use serde::Serialize;
use words::Language;

/// The greatest order value that counts, in minor units: above the dearest bike.
const CAP: f64 = 240_000.0;
/// The lift that experiments are planned for, and the chance to see it.
const LIFT: f64 = 0.08;
const CHANCE: f64 = 0.9;
/// An experiment's days.
const DAYS: u64 = 28;
/// Visits of which visitors are drawn.
const VISITS: usize = 200_000;

#[derive(Parser)]
struct Options {
    /// How many experiments without a lift.
    #[arg(long, default_value_t = 2_000)]
    nulls: u64,
    /// How many with a lift, and with harm.
    #[arg(long, default_value_t = 400)]
    runs: u64,
    /// How many threads.
    #[arg(long, default_value_t = 2)]
    threads: u64,
}

#[derive(Serialize)]
struct Answer {
    visitors: u64,
    visitors_with_small_holdout: u64,
    conversion: f64,
    order_value: f64,
    spread: f64,
    nulls: Counted,
    small_holdout_nulls: Counted,
    lifts: Counted,
    harms: Counted,
    right: Outcomes,
    dearer: Outcomes,
    ratio: Ratio,
    gates: Vec<gates::Gates>,
    /// What one of the experiments with right defaults is reported to have found.
    report: Vec<String>,
}

/// What came of some experiments.
#[derive(Serialize)]
struct Counted {
    runs: usize,
    claimed: usize,
    claimed_above: usize,
    missed: usize,
    daily: usize,
    stopped: usize,
    stopped_in_a_quarter: usize,
    /// Visitors, as a share of those planned, after which half of the claims were there.
    half_claimed: Option<f64>,
    half_stopped: Option<f64>,
}

/// What experiments were judged to be at their end.
#[derive(Serialize)]
struct Outcomes {
    runs: usize,
    pays: usize,
    may_be_dearer: usize,
    other: usize,
}

#[derive(Serialize)]
struct Ratio {
    runs: usize,
    false_alarms: usize,
    found: usize,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let shoppers = demo();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let standard = shoppers.visits(VISITS, |_| shoppers.menu.standard.clone(), &mut random);
    let best = shoppers.visits(VISITS, |segment| shoppers.best(segment), &mut random);
    let worst = shoppers.visits(VISITS, |segment| shoppers.worst(segment), &mut random);
    let dearer: Vec<Visited> =
        standard.iter().map(|visited| Visited { value: visited.value * (1.0 + LIFT), ..*visited }).collect();
    let plan = plan(&standard, 5_000)?;
    let small_holdout = plan_with_small_holdout(&standard)?;
    let plain = Crowd::untouched(&standard);
    let lifted =
        Crowd::with_lift(&standard, &best, LIFT, CAP).context("the best defaults lift less than that")?;
    let harmful = Crowd::with_lift(&standard, &worst, -0.2, CAP).context("the worst cost less than that")?;
    let (nulls, runs) = (options.nulls, options.runs);
    let tried = |plan: &Plan, crowd, runs, seed| {
        let trials = in_threads(&options, runs, seed, |random| try_out(plan, [plain, crowd], DAYS, random));
        counted(plan, &trials)
    };
    let judged = |crowd, seed| {
        let outcomes = in_threads(&options, runs, seed, |random| {
            let findings = judge(&plan, &see(&plan, &[plain, crowd], &[], random), LIFT);
            findings.arms.first().map(|arm| arm.outcome)
        });
        of_outcomes(&outcomes)
    };
    let orders: Vec<f64> =
        standard.iter().map(|visited| visited.value).filter(|value| *value > 0.0).collect();
    let baseline = Shoppers::baseline(&standard, CAP);
    let answer = Answer {
        visitors: plan.visitors(),
        visitors_with_small_holdout: small_holdout.visitors(),
        conversion: orders.len() as f64 / standard.len() as f64,
        order_value: orders.iter().sum::<f64>() / orders.len() as f64,
        spread: (baseline.mean_of_squares / baseline.mean.powi(2) - 1.0).sqrt(),
        nulls: tried(&plan, plain, nulls, 1_000_000),
        small_holdout_nulls: tried(&small_holdout, plain, nulls / 4, 2_000_000),
        lifts: tried(&plan, lifted, runs, 3_000_000),
        harms: tried(&plan, harmful, runs, 4_000_000),
        right: judged(more_orders(&standard, &best), 5_000_000),
        dearer: judged(Crowd::untouched(&dearer), 6_000_000),
        ratio: ratio(&options, nulls / 2),
        gates: gates::tried(),
        report: report(&plan, [plain, more_orders(&standard, &best)], &shoppers),
    };
    println!("{}", serde_json::to_string(&answer)?);
    Ok(())
}

/// As many reached by a policy as make the lift at standard prices: of orders, not of what they cost.
fn more_orders<'o>(standard: &'o [Visited], policy: &'o [Visited]) -> Crowd<'o> {
    let orders = |visits: &[Visited]| visits.iter().filter(|visited| visited.value > 0.0).count() as f64;
    Crowd { standard, policy, reached: orders(standard) * LIFT / (orders(policy) - orders(standard)) }
}

/// One experiment's report.
fn report(plan: &Plan, crowds: [Crowd<'_>; 2], shoppers: &Shoppers) -> Vec<String> {
    let segments: Vec<&str> = shoppers.segments.iter().map(|segment| segment.name).collect();
    let seen = see(plan, &crowds, &segments, &mut Xoshiro256PlusPlus::seed_from_u64(5_000_000));
    let report = Report::new(plan, &judge(plan, &seen, LIFT), LIFT, None, (2, "€"), Language::ENGLISH, true);
    let parts = [vec![report.visitors], report.policies.concat(), report.segments];
    parts.concat()
}

/// An experiment of a holdout and one policy, of as many visitors as see the lift.
fn plan(standard: &[Visited], holdout: u16) -> anyhow::Result<Plan> {
    let baseline = Shoppers::baseline(standard, CAP);
    let shares = (f64::from(holdout), f64::from(WHOLE - holdout));
    let visitors = visitors_needed(CAP, shares, baseline, LIFT, CHANCE, Plan::CONFIDENCE)
        .context("no number of visitors would do")?;
    let arm = |code: &str, share, policy| Arm {
        code: code.to_owned(),
        share,
        treatment: Treatment { policy, ..Treatment::default() },
    };
    let arms = vec![arm("holdout", holdout, None), arm("learnt", WHOLE - holdout, Some("learnt".to_owned()))];
    Ok(Plan::new("bench", arms, CAP, baseline, visitors)?)
}

fn plan_with_small_holdout(standard: &[Visited]) -> anyhow::Result<Plan> {
    plan(standard, 1_000)
}

/// Runs, each by a seed of its own, in the order of their seeds.
fn in_threads<T: Send>(
    options: &Options,
    runs: u64,
    seed: u64,
    run: impl Fn(&mut Xoshiro256PlusPlus) -> T + Sync,
) -> Vec<T> {
    let run = &run;
    thread::scope(|scope| {
        let of_thread = |thread: u64| {
            let seeds = (thread..runs).step_by(usize::try_from(options.threads.max(1)).unwrap_or(1));
            seeds.map(|place| run(&mut Xoshiro256PlusPlus::seed_from_u64(seed + place))).collect::<Vec<T>>()
        };
        let threads: Vec<_> =
            (0..options.threads.max(1)).map(|thread| scope.spawn(move || of_thread(thread))).collect();
        // A thread that panicked has said so; its runs are missing from the counts.
        threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    })
}

fn counted(plan: &Plan, trials: &[Trial]) -> Counted {
    let count = |what: &dyn Fn(&Trial) -> bool| trials.iter().filter(|trial| what(trial)).count();
    let half = |when: &dyn Fn(&Trial) -> Option<u64>| {
        let mut visitors: Vec<u64> = trials.iter().filter_map(when).collect();
        visitors.sort_unstable();
        visitors.get(visitors.len() / 2).map(|visitors| *visitors as f64 / plan.visitors() as f64)
    };
    Counted {
        runs: trials.len(),
        claimed: count(&|trial| trial.claimed.is_some()),
        claimed_above: count(&|trial| trial.claimed.is_some() && trial.claimed_above),
        missed: count(&|trial| trial.missed),
        daily: count(&|trial| trial.claimed_by_daily_test),
        stopped: count(&|trial| trial.stopped.is_some()),
        stopped_in_a_quarter: count(&|trial| {
            trial.stopped.is_some_and(|visitors| visitors <= plan.visitors() / 4)
        }),
        half_claimed: half(&|trial| trial.claimed),
        half_stopped: half(&|trial| trial.stopped),
    }
}

fn of_outcomes(outcomes: &[Option<Outcome>]) -> Outcomes {
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == Some(wanted)).count();
    let (pays, may_be_dearer) = (count(Outcome::Pays), count(Outcome::MayBeDearer));
    Outcomes { runs: outcomes.len(), pays, may_be_dearer, other: outcomes.len() - pays - may_be_dearer }
}

/// The alarm about the arms' sizes over 50 000 visitors, looked at after each; where found, one in twenty of one arm is lost.
fn ratio(options: &Options, runs: u64) -> Ratio {
    let alarms = |loses: f64, seed| {
        let alarmed = in_threads(options, runs, seed, |random| {
            let mut counts = [0_u64; 2];
            (0..50_000).any(|_| {
                let arm = usize::from(chance(random) < 0.5);
                counts[arm] += u64::from(arm == 0 || chance(random) >= loses);
                evidence_against_shares(&counts, &[0.5, 0.5]) >= -Plan::ALARM.ln()
            })
        });
        alarmed.into_iter().filter(|alarmed| *alarmed).count()
    };
    let runs = usize::try_from(runs).unwrap_or_default();
    Ratio { runs, false_alarms: alarms(0.0, 7_000_000), found: alarms(0.05, 8_000_000) }
}
