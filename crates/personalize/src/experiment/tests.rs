//! Experiments on made-up shoppers: what is claimed is true, and what is true is found.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use super::*;
use crate::random::chance;
use crate::simulate::{Crowd, Shoppers, Visited, demo, see, try_out};

const CAP: f64 = 400_000.0;

fn random(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

fn arm(code: &str, share: u16) -> Arm {
    let policy = (code != "holdout").then(|| code.to_owned());
    Arm { code: code.to_owned(), share, treatment: Treatment { policy, ..Treatment::default() } }
}

/// Shoppers of whom many order, so that experiments are small.
fn eager() -> Shoppers {
    Shoppers { wish: 0.0, ..demo() }
}

struct Shop {
    standard: Vec<Visited>,
    best: Vec<Visited>,
    worst: Vec<Visited>,
    dearest: Vec<Visited>,
}

fn shop(shoppers: &Shoppers) -> Shop {
    let mut random = random(1);
    let mut visits = |defaults: &dyn Fn(usize) -> Vec<usize>| shoppers.visits(20_000, defaults, &mut random);
    Shop {
        standard: visits(&|_| shoppers.menu.standard.clone()),
        best: visits(&|segment| shoppers.best(segment)),
        worst: visits(&|segment| shoppers.worst(segment)),
        dearest: visits(&|_| shoppers.menu.dearest()),
    }
}

/// Half and half, as many visitors as see a lift of 8 % in nine of ten experiments.
fn plan(standard: &[Visited]) -> Plan {
    let baseline = Shoppers::baseline(standard, CAP);
    let visitors = visitors_needed(CAP, (0.5, 0.5), baseline, 0.08, 0.9, Plan::CONFIDENCE).expect("a number");
    Plan::new("spring", vec![arm("holdout", 5_000), arm("learnt", 5_000)], CAP, baseline, visitors)
        .expect("a plan")
}

#[test]
fn what_is_no_experiment_says_what_to_do() {
    let baseline = Baseline { mean: 50.0, mean_of_squares: 1e6 };
    let told = |arms| Plan::new("spring", arms, CAP, baseline, 1_000).expect_err("no plan").to_string();
    assert!(told(vec![]).contains("this has 0; add an arm"));
    assert!(told(vec![arm("holdout", WHOLE)]).contains("this has 1; add an arm"));
    assert!(told(vec![arm("holdout", 5_000), arm("learnt", 4_000)]).contains("add up to 9000 of 10000"));
    assert!(told(vec![arm("holdout", 10_000), arm("learnt", 0)]).contains("'learnt' has no share"));
    assert!(
        told(vec![arm("holdout", 499), arm("learnt", 9_501)])
            .contains("'holdout' has 499 of 10000; give it at least 500")
    );
    assert!(
        told(vec![arm("learnt", 5_000), arm("holdout", 5_000)]).contains("'learnt' does something otherwise")
    );
    let twice = vec![arm("holdout", 5_000), arm("learnt", 2_500), arm("learnt", 2_500)];
    assert!(told(twice).contains("two arms have the code 'learnt'"));
    let arms = vec![arm("holdout", 5_000), arm("learnt", 5_000)];
    let told = Plan::new("spring", arms, 0.0, baseline, 1_000).expect_err("no plan").to_string();
    assert!(told.contains("the cap of order values is 0; write a number above 0"));
}

#[test]
fn a_visitor_stays_in_an_arm_and_experiments_share_none() {
    let baseline = Baseline { mean: 50.0, mean_of_squares: 1e6 };
    let arms = || vec![arm("holdout", 1_000), arm("one-to-n", 4_000), arm("one-to-one", 5_000)];
    let spring = Plan::new("spring", arms(), CAP, baseline, 1_000).expect("a plan");
    let autumn = Plan::new("autumn", arms(), CAP, baseline, 1_000).expect("a plan");
    let (mut counts, mut both) = ([0_u64; 3], 0);
    for visitor in 0..100_000 {
        let unit = format!("visitor-{visitor}");
        let found = spring.arm_of(&unit);
        assert_eq!(spring.arm_of(&unit), found);
        counts[found.index()] += 1;
        both += u32::from(found.index() == 2 && autumn.arm_of(&unit).index() == 2);
    }
    assert!(evidence_against_shares(&counts, &spring.shares()) < 0.0, "{counts:?}");
    assert!((24_000..26_000).contains(&both), "half of a half is in both experiments' last arm: {both}");
    // Another release must not move anybody.
    let arms: Vec<usize> =
        ["ada", "bob", "eve", "émile", ""].iter().map(|unit| spring.arm_of(unit).index()).collect();
    assert_eq!(arms, PINNED);
}

const PINNED: [usize; 5] = [1, 2, 0, 1, 2];

#[test]
fn null_experiments_claim_hardly_ever_and_the_interval_holds_the_truth_at_every_visitor() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let crowd = Crowd::untouched(&shop.standard);
    let (mut claimed, mut missed, mut daily) = (0, 0, 0);
    let mut random = random(2);
    for _ in 0..200 {
        let trial = try_out(&plan, [crowd, crowd], 28, &mut random);
        claimed += u32::from(trial.claimed.is_some());
        missed += u32::from(trial.missed);
        daily += u32::from(trial.claimed_by_daily_test);
    }
    // 5 % of 200 and two standard deviations.
    assert!(claimed <= 16 && missed <= 16, "{claimed} claimed, {missed} missed");
    assert!(daily > 30, "a daily test would have claimed {daily}: else this shows nothing");
}

#[test]
fn a_true_lift_is_found_and_within_the_interval() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let crowds = [
        Crowd::untouched(&shop.standard),
        Crowd::with_lift(&shop.standard, &shop.best, 0.08, CAP).expect("the best is better by more"),
    ];
    let (mut found, mut held) = (0, 0);
    let mut random = random(3);
    for _ in 0..100 {
        let trial = try_out(&plan, crowds, 28, &mut random);
        found += u32::from(trial.claimed.is_some() && trial.claimed_above);
        held += u32::from(!trial.missed && trial.ends.0 <= 0.08 && 0.08 <= trial.ends.1);
    }
    assert!(found >= 84, "found in {found} of 100, planned for 90");
    assert!(held >= 93, "held in {held} of 100");
}

#[test]
fn a_policy_that_costs_a_fifth_is_stopped_within_a_quarter() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let standard = Crowd::untouched(&shop.standard);
    let harmful =
        Crowd::with_lift(&shop.standard, &shop.worst, -0.2, CAP).expect("the worst is worse by more");
    let mut random = random(4);
    let mut stopped = |crowd, within| {
        let trials = (0..100).map(|_| try_out(&plan, [standard, crowd], 28, &mut random));
        trials.filter(|trial| trial.stopped.is_some_and(|visitor| visitor <= within)).count()
    };
    let (early, false_stops) = (stopped(harmful, plan.visitors() / 4), stopped(standard, plan.visitors()));
    assert!(early >= 95, "{early} of 100 stopped");
    assert!(false_stops <= 10, "{false_stops} of 100 harmless ones stopped");
}

#[test]
fn a_smaller_lift_and_a_smaller_share_need_more_visitors() {
    let baseline = Shoppers::baseline(&shop(&demo()).standard, CAP);
    let needed =
        |shares, lift, chance| visitors_needed(CAP, shares, baseline, lift, chance, 0.95).expect("a number");
    let half = needed((0.5, 0.5), 0.08, 0.9);
    assert!(needed((0.1, 0.9), 0.08, 0.9) > 2 * half);
    assert!(needed((0.5, 0.5), 0.04, 0.9) > 3 * half);
    assert!(needed((0.5, 0.5), 0.08, 0.8) < half);
    assert_eq!(visitors_needed(CAP, (0.5, 0.5), baseline, 0.000_1, 0.9, 0.95), None);
}

#[test]
fn arms_of_wrong_sizes_raise_the_alarm_and_others_do_not() {
    let limit = -Plan::ALARM.ln();
    let alarms = |loses: f64, seed| {
        let mut random = random(seed);
        (0..200)
            .filter(|_| {
                let mut counts = [0_u64; 2];
                (0..20_000).any(|_| {
                    let arm = usize::from(chance(&mut random) < 0.5);
                    counts[arm] += u64::from(arm == 0 || chance(&mut random) >= loses);
                    evidence_against_shares(&counts, &[0.5, 0.5]) >= limit
                })
            })
            .count()
    };
    let (sound, losing) = (alarms(0.0, 5), alarms(0.1, 6));
    assert!(sound <= 5, "{sound} of 200 sound experiments raised it");
    assert!(losing >= 195, "{losing} of 200 that lost a tenth of an arm raised it");
}

#[test]
fn the_same_twice_claims_little_unless_visitors_are_no_visitors() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let visit = |unit: usize, outcome: &Visited| Visit { unit: unit.to_string(), value: outcome.value };
    let honest: Vec<Visit> =
        shop.standard.iter().take(4_000).enumerate().map(|(unit, outcome)| visit(unit, outcome)).collect();
    let found = same_twice(&plan, &honest, 100);
    assert!(!found.is_unsound(&plan), "{found:?}");
    // Ten scripts that come four hundred times each are no four thousand visitors.
    let scripts: Vec<Visit> = shop
        .standard
        .iter()
        .take(4_000)
        .enumerate()
        .map(|(unit, outcome)| visit(unit % 10, outcome))
        .collect();
    let found = same_twice(&plan, &scripts, 100);
    assert!(found.is_unsound(&plan), "{found:?}");
}

/// What is seen of visitors under the shop as it is and under a policy.
fn seen(plan: &Plan, standard: &[Visited], policy: &[Visited], seed: u64) -> Seen {
    let names = ["commuters", "touring riders", "racers"];
    see(plan, &[Crowd::untouched(standard), Crowd::untouched(policy)], &names, &mut random(seed))
}

#[test]
fn right_defaults_pay_dearer_ones_alone_do_not_and_wrong_ones_harm() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let judged = |policy: &[Visited]| {
        let findings = judge(&plan, &seen(&plan, &shop.standard, policy, 7), 0.08);
        (findings.arms[0].outcome, findings)
    };
    let (outcome, findings) = judged(&shop.best);
    assert_eq!(outcome, Outcome::Pays, "{findings:?}");
    // The standard suits commuters: what lifts, lifts with touring riders.
    let of = |name| findings.segments.iter().find(|segment| segment.segment == name).expect("a segment").lift;
    assert!(of("touring riders").low > 0.0 && of("commuters").low < 0.0, "{findings:?}");
    let (outcome, findings) = judged(&shop.dearest);
    assert!(findings.arms[0].lift.low > 0.0, "dearer designs lift order value: {findings:?}");
    assert_eq!(outcome, Outcome::MayBeDearer);
    assert_eq!(judged(&shop.worst).0, Outcome::Harms);
    assert!([Outcome::Open, Outcome::TooLittle].contains(&judged(&shop.standard).0));
}

#[test]
fn what_rises_that_must_not_and_wrong_sizes_are_no_win() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let mut seen = seen(&plan, &shop.standard, &shop.best, 8);
    let visitors = seen.arms[0].value.visitors;
    for (arm, blocked) in [(0, 1), (1, 3)] {
        (0..visitors).for_each(|visitor| {
            seen.arms[arm].rails[2].add(f64::from(u8::from(visitor % 10 < blocked)), 20.0)
        });
    }
    let finding = &judge(&plan, &seen, 0.08).arms[0];
    assert_eq!(finding.outcome, Outcome::AtACost, "{finding:?}");
    let breached: Vec<Rail> =
        finding.rails.iter().filter(|rail| rail.breached).map(|rail| rail.rail).collect();
    assert_eq!(breached, [Rail::Blocked]);
    let blocked = finding.rails[2];
    assert!(blocked.holdout.is_some_and(|each| (each - 0.1).abs() < 0.001), "{blocked:?}");
    assert!(blocked.policy.is_some_and(|each| (each - 0.3).abs() < 0.001), "{blocked:?}");
    assert!(!blocked.is_kept());
    let edits = finding.rails[1];
    assert_eq!((edits.holdout, edits.policy, edits.is_kept()), (None, None, false), "none were counted");
    seen.arms[0].value.visitors -= visitors / 5;
    assert_eq!(judge(&plan, &seen, 0.08).arms[0].outcome, Outcome::Unsound);
}

/// The holdout, an arm that does nothing otherwise and one that does, a third each.
fn plan_with_same(standard: &[Visited]) -> Plan {
    let baseline = Shoppers::baseline(standard, CAP);
    let visitors = visitors_needed(CAP, (0.3, 0.3), baseline, 0.08, 0.9, 0.975).expect("a number") * 5 / 3;
    let same = Arm { code: "same".to_owned(), share: 3_000, treatment: Treatment::default() };
    let arms = vec![arm("holdout", 4_000), same, arm("learnt", 3_000)];
    Plan::new("spring", arms, CAP, baseline, visitors).expect("a plan")
}

#[test]
fn an_arm_that_is_the_same_as_the_holdout_raises_an_alarm_where_visitors_are_counted_twice_and_hardly_else() {
    let shop = shop(&eager());
    let plan = plan_with_same(&shop.standard);
    let standard = Crowd::untouched(&shop.standard);
    let outcomes = |policy: &[Visited], break_it: fn(&mut Sums), seed| {
        let crowds = [standard, standard, Crowd::untouched(policy)];
        let mut seen = see(&plan, &crowds, &["commuters", "racers"], &mut random(seed));
        break_it(&mut seen.arms[1].value);
        let findings = judge(&plan, &seen, 0.08);
        let outcomes: Vec<Outcome> = findings.arms.iter().map(|arm| arm.outcome).collect();
        ((outcomes[0], outcomes[1]), findings.segments.len())
    };
    let sound = (0..60).filter(|seed| {
        let (outcome, segments) = outcomes(&shop.best, |_| (), *seed);
        // Nobody asks for whom it pays to do nothing.
        outcome == (Outcome::Same, Outcome::Pays) && segments == 2
    });
    let sound = sound.count();
    assert!(sound >= 55, "{sound} of 60");
    let orders_twice: fn(&mut Sums) = |sums| {
        sums.sum *= 2.0;
        sums.squares *= 4.0;
    };
    for seed in 0..20 {
        assert_eq!(outcomes(&shop.best, orders_twice, seed), ((Outcome::SameDiffers, Outcome::Doubted), 0));
        // Harm is stopped all the same.
        assert_eq!(outcomes(&shop.worst, orders_twice, seed).0, (Outcome::SameDiffers, Outcome::Harms));
        // Visitors who count twice are too many for their share.
        let visitors_twice = outcomes(&shop.best, |sums| sums.visitors *= 2, seed);
        assert_eq!(visitors_twice, ((Outcome::Unsound, Outcome::Unsound), 0));
    }
}

#[test]
fn more_segments_make_wider_intervals() {
    let shop = shop(&eager());
    let plan = plan(&shop.standard);
    let mut seen = seen(&plan, &shop.standard, &shop.best, 9);
    let together = judge(&plan, &seen, 0.08).segments[1].lift;
    seen.segments = vec![seen.segments.swap_remove(1)];
    let alone = judge(&plan, &seen, 0.08).segments[0].lift;
    assert!(together.low < alone.low && together.high > alone.high, "{together:?} {alone:?}");
}

#[test]
fn what_a_wrong_default_costs_is_found_from_groups_that_are_more_and_less_often_right() {
    // A right one gains 400 for each visitor, a wrong one costs 1 500; one in ten orders for about 20 000.
    let mut random = random(10);
    let strata: Vec<Stratum> = [0.55, 0.7, 0.85, 0.97]
        .into_iter()
        .map(|right| {
            let (mut holdout, mut policy) = (Sums::default(), Sums::default());
            for _ in 0..200_000 {
                let value = 15_000.0 + 10_000.0 * chance(&mut random);
                holdout.add(if chance(&mut random) < 0.1 { value } else { 0.0 }, CAP);
                let change = if chance(&mut random) < right { 400.0 } else { -1_500.0 };
                policy.add(if chance(&mut random) < 0.1 + change / 20_000.0 { value } else { 0.0 }, CAP);
            }
            Stratum { right, holdout, policy }
        })
        .collect();
    let found = wrong_default(&strata).expect("groups that differ");
    assert!((found.cost - 1_500.0).abs() < found.cost_within && found.cost_within < 200.0, "{found:?}");
    assert!((found.gain - 400.0).abs() < 60.0, "{found:?}");
    assert_eq!(wrong_default(&strata[..1]), None, "one group has no line");
}

/// An arm of so many visitors, of whom so many in a thousand order, change two defaults of each order or none, and return so many in a
/// thousand orders.
fn with_habits(visitors: u64, ordering: f64, returning: f64, random: &mut Xoshiro256PlusPlus) -> SeenOfArm {
    let mut arm = SeenOfArm::default();
    for _ in 0..visitors {
        let orders = chance(random) < ordering / 1_000.0;
        let value = if orders { 15_000.0 + 10_000.0 * chance(random) } else { 0.0 };
        arm.value.add(value, CAP);
        arm.at_standard.add(value, CAP);
        if orders {
            arm.rails[0].add(if chance(random) < 0.5 { 2.0 } else { 0.0 }, Rail::DefaultsChanged.cap());
            let returned = chance(random) < returning / 1_000.0;
            arm.rails[3].add(f64::from(u8::from(returned)), Rail::Returns.cap());
        }
    }
    arm
}

fn habits_plan() -> Plan {
    let baseline = Baseline { mean: 2_000.0, mean_of_squares: 4.1e7 };
    Plan::new("spring", vec![arm("holdout", 5_000), arm("learnt", 5_000)], CAP, baseline, 400_000)
        .expect("a plan")
}

#[test]
fn more_orders_at_equal_habits_pay_and_more_returns_of_each_order_are_found() {
    let plan = habits_plan();
    let judged = |ordering, returning| {
        let mut random = random(11);
        let holdout = with_habits(200_000, 100.0, 100.0, &mut random);
        let policy = with_habits(200_000, ordering, returning, &mut random);
        judge(&plan, &Seen { arms: vec![holdout, policy], segments: Vec::new() }, 0.08).arms.remove(0)
    };
    // 12 % more orders: as many more changed defaults and returns for each visitor, and none more for each order.
    let more = judged(112.0, 100.0);
    assert_eq!(more.outcome, Outcome::Pays, "{more:?}");
    for rail in more.rails.iter().filter(|rail| rail.rail.is_of_orderers()) {
        assert!(rail.change.low < 0.0 && 0.0 < rail.change.high && rail.change.high < 0.2, "{rail:?}");
    }
    let returned = judged(112.0, 130.0);
    assert_eq!(returned.outcome, Outcome::AtACost, "{returned:?}");
    let breached: Vec<Rail> =
        returned.rails.iter().filter(|rail| rail.breached).map(|rail| rail.rail).collect();
    assert_eq!(breached, [Rail::Returns]);
    let is_near = |value: Option<f64>, to: f64, by: f64| value.is_some_and(|value| (value - to).abs() < by);
    let [changed, .., returns] = returned.rails[..] else { panic!("{returned:?}") };
    assert!(is_near(returns.holdout, 0.1, 0.01) && is_near(returns.policy, 0.13, 0.01), "{returns:?}");
    assert!(is_near(changed.holdout, 1.0, 0.04) && is_near(changed.policy, 1.0, 0.04), "{changed:?}");
    // As many returns of fewer orders are more for each.
    assert!(judged(80.0, 130.0).rails[3].breached);
    // Fewer returns are certain to be no more.
    assert!(judged(100.0, 50.0).rails[3].is_kept());
}
