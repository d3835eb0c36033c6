//! The gate: what opens it, what shuts it, and how often its promise fails.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use super::*;
use crate::random::chance;

fn faultless(cases: usize) -> Vec<HeldOut> {
    vec![HeldOut { confidence: 0.97, right: true }; cases]
}

#[test]
fn fewer_than_59_faultless_cases_only_suggest() {
    let promise = Promise::default();
    assert_eq!(Gate::calibrate(promise, &faultless(58)).verdict(0.97), Verdict::Suggest);
    assert_eq!(Gate::calibrate(promise, &faultless(59)).verdict(0.97), Verdict::Preselect);
    let mut one_wrong = faultless(59);
    one_wrong.push(HeldOut { confidence: 0.97, right: false });
    assert_eq!(Gate::calibrate(promise, &one_wrong).verdict(0.97), Verdict::Suggest);
    assert_eq!(Gate::calibrate(promise, &[]).verdict(0.99), Verdict::Suggest);
}

#[test]
fn below_the_second_threshold_nothing_is_said() {
    let gate = Gate::calibrate(Promise::default(), &faultless(100));
    assert_eq!(gate.verdict(0.5), Verdict::Preselect, "nothing was less sure, and all was right");
    assert_eq!(gate.verdict(0.499), Verdict::Silent);
}

#[test]
fn what_costs_more_must_be_right_more_often() {
    let dear = Promise::new(0.95, 0.95, 99.0, 0.5).expect("a promise");
    assert!((dear.needed() - 0.99).abs() < 1e-12);
    assert_eq!(dear.fewest_cases(), 299);
    assert_eq!(Promise::default().at_cost(99).fewest_cases(), 299);
    // Until twenty the promise decides.
    assert_eq!(Promise::default().at_cost(19).fewest_cases(), Promise::default().fewest_cases());
    assert!(Promise::default().at_cost(20).fewest_cases() > Promise::default().fewest_cases());
    assert_eq!(Gate::calibrate(dear, &faultless(298)).verdict(0.97), Verdict::Suggest);
    assert_eq!(Gate::calibrate(dear, &faultless(299)).verdict(0.97), Verdict::Preselect);
    let cheap = Promise::new(0.95, 0.95, 0.0, 0.5).expect("a promise");
    assert!((cheap.needed() - 0.95).abs() < 1e-12, "the promise stays where mistakes are free");
}

#[test]
fn what_is_no_promise_says_what_to_write() {
    let told = |result: Result<Promise, PromiseError>| result.expect_err("no promise").to_string();
    assert!(told(Promise::new(95.0, 0.95, 5.0, 0.5)).contains("share right is 95; it is a share"));
    assert!(told(Promise::new(0.95, f64::NAN, 5.0, 0.5)).contains("confidence is NaN"));
    assert!(told(Promise::new(0.95, 0.95, -1.0, 0.5)).contains("costs -1 right ones; write 0 or more"));
}

#[test]
fn trying_stops_at_the_first_threshold_that_fails() {
    // Right where sure, wrong where half sure, and right again below, which is never looked at.
    let mut cases = faultless(300);
    cases.extend(vec![HeldOut { confidence: 0.85, right: false }; 200]);
    cases.extend(vec![HeldOut { confidence: 0.6, right: true }; 100_000]);
    let gate = Gate::calibrate(Promise::default(), &cases);
    assert_eq!(
        gate.opening().map(|opening| (opening.from, opening.cases, opening.right)),
        Some((0.86, 300, 300))
    );
    assert_eq!(gate.last_tried().map(|tried| (tried.from, tried.cases)), Some((0.84, 500)));
    assert_eq!(gate.verdict(0.85), Verdict::Suggest);
}

#[test]
fn what_shoppers_dont_keep_closes_it() {
    let mut gate = Gate::calibrate(Promise::default(), &faultless(300));
    for shopper in 0..1_000 {
        gate.count(shopper % 20 != 0);
    }
    assert_eq!(gate.verdict(0.97), Verdict::Preselect, "19 of 20 is what was promised");
    let mut left = 0;
    while gate.opening().is_some() {
        gate.count(left % 5 != 0);
        left += 1;
    }
    assert!((20..400).contains(&left), "one in five changed it; closed after {left}");
    assert_eq!(gate.verdict(0.97), Verdict::Suggest);
    assert!(gate.kept_at_most() < 0.95);
}

#[test]
fn the_narrowest_level_that_may_speaks() {
    let open = Gate::calibrate(Promise::default(), &faultless(300));
    let shut = Gate::calibrate(Promise::default(), &[]);
    let level = |speaker, value, confidence, gate| Proposal { speaker, value, confidence, gate };
    let decided = |proposals: &[Proposal<'_, &'static str>]| {
        let decision = decide(proposals);
        (decision.verdict, decision.speaker, decision.value, decision.tried.map(|tried| tried.cases))
    };
    use Speaker as S;
    let (red, blue) = ("red", "blue");
    // The individual's own past is too short, and is not sure of anything.
    assert_eq!(
        decided(&[
            level(S::INDIVIDUAL, red, 0.3, &shut),
            level(S::SEGMENT, blue, 0.97, &open),
            level(S::EVERYBODY, red, 0.99, &open)
        ]),
        (Verdict::Preselect, S::SEGMENT, Some(blue), Some(300))
    );
    // It has another favourite: that is offered, and nothing is chosen against it.
    assert_eq!(
        decided(&[level(S::INDIVIDUAL, red, 0.8, &shut), level(S::SEGMENT, blue, 0.97, &open)]),
        (Verdict::Suggest, S::INDIVIDUAL, Some(red), None)
    );
    // It has the same favourite: the segment's evidence serves.
    assert_eq!(
        decided(&[level(S::INDIVIDUAL, blue, 0.8, &shut), level(S::SEGMENT, blue, 0.97, &open)]),
        (Verdict::Preselect, S::SEGMENT, Some(blue), Some(300))
    );
    assert_eq!(decided(&[level(S::EVERYBODY, red, 0.4, &open)]), (Verdict::Silent, S::STANDARD, None, None));
}

/// A learner's cases with a known truth: how sure it is is spread over 0.4 to 1, and it is right as often as `right` says.
fn cases(count: usize, random: &mut Xoshiro256PlusPlus, right: impl Fn(f64) -> f64) -> Vec<HeldOut> {
    (0..count)
        .map(|_| {
            let confidence = 1.0 - 0.6 * chance(random).powi(2);
            HeldOut { confidence, right: chance(random) < right(confidence) }
        })
        .collect()
}

/// Of 1 000 sets of held-out cases: how many opened a gate, and how many of these broke the promise in truth, which is
/// measured on twenty thousand further cases.
fn opened_and_broken(count: usize, right: impl Fn(f64) -> f64 + Copy) -> (usize, usize) {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(59);
    let truth = cases(20_000, &mut random, |_| 0.0);
    let truth: Vec<f64> = truth.iter().map(|case| case.confidence).collect();
    let (mut opened, mut broken) = (0, 0);
    for _ in 0..1_000 {
        let gate = Gate::calibrate(Promise::default(), &cases(count, &mut random, right));
        let Some(opening) = gate.opening() else { continue };
        opened += 1;
        let above: Vec<f64> =
            truth.iter().copied().filter(|confidence| *confidence >= opening.from).map(right).collect();
        broken += usize::from(above.iter().sum::<f64>() / (above.len() as f64) < 0.95);
    }
    (opened, broken)
}

/// 1 000 · 5 % and two standard deviations of what a fair count spreads.
const AT_MOST: usize = 50 + 14;

#[test]
fn the_promise_fails_in_at_most_5_of_100_sets_of_cases() {
    // Honest, boasting, coy, and just below the promise wherever it is sure: there no threshold should pass.
    let honest = |confidence: f64| confidence;
    let boasting = |confidence: f64| confidence - 0.04;
    let coy = |confidence: f64| (confidence + 0.04).min(1.0);
    for count in [120, 1_000] {
        for (opened, broken) in [
            opened_and_broken(count, honest),
            opened_and_broken(count, boasting),
            opened_and_broken(count, coy),
            opened_and_broken(count, |_| 0.949),
        ] {
            assert!(broken <= AT_MOST, "{count} cases: {broken} of {opened} opened gates break the promise");
        }
    }
    let (opened, _) = opened_and_broken(1_000, coy);
    assert!(opened >= 990, "{opened} of 1 000 opened");
}
