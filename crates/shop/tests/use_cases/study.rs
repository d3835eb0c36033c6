//! Drafts that are looked into: what is found out behind, and what a rule alone forbids kept as a test.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use configurator::analysis::Matter;
use configurator::source::{ExpectSource, RuleSource, ValueSource};
use shop::drafts::{Blamed, Found, Study};
use shop::{DraftState, Executor, Shop, ShopError, Step};
use testing::{TestShop, slug};

/// A draft looked into until nothing more is to be found out.
async fn whole(shop: &Shop) -> (DraftState, Arc<Study>, Found) {
    let ends = Instant::now() + Duration::from_secs(60);
    loop {
        let (state, study) = shop.study(&shop.draft(&slug("lamp")).await.unwrap()).await.unwrap();
        let found = study.inside.as_ref().unwrap().found();
        if found.is_over {
            return (state, study, found);
        }
        assert!(Instant::now() < ends, "it takes too long");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn rule(code: &str, rule: &str) -> RuleSource {
    RuleSource { code: code.to_owned(), rule: rule.to_owned(), sentence: format!("{code}.") }
}

#[tokio::test]
async fn what_a_rule_alone_forbids_is_kept_as_a_test_and_undone() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    let version = test.shop.draft(&lamp).await.unwrap().version;
    let code = test.shop.keep_as_test(&lamp, version, "brass_is_heavy", "mia").await.unwrap().unwrap();
    let draft = test.shop.draft(&lamp).await.unwrap();
    let kept = &draft.bundle.source.tests[0];
    assert_eq!((kept.code.as_str(), kept.expects), (code.as_str(), ExpectSource::Invalid));
    let text = |text: &str| ValueSource::Text(text.to_owned());
    let expected = [
        ("arm".to_owned(), text("long")),
        ("extras".to_owned(), ValueSource::List(vec!["clamp".to_owned()])),
        ("shade".to_owned(), text("brass")),
    ];
    assert_eq!(kept.values, expected.into());
    // It passes, and fails as soon as the rule is gone.
    let live = test.shop.compared_with(&lamp).await.unwrap();
    assert_eq!(test.shop.look(&draft, live.as_ref()).await.unwrap().analysis.failed, []);
    let without = test.edit_lamp(|lamp| drop(lamp.rules.remove(0))).await;
    let draft = test.shop.draft(&lamp).await.unwrap();
    assert_eq!(test.shop.look(&draft, live.as_ref()).await.unwrap().analysis.failed.len(), 1);
    test.shop.step_draft(&lamp, without, Step::Undo, "mia").await.unwrap();

    let version = test.shop.draft(&lamp).await.unwrap().version;
    let again = test.shop.keep_as_test(&lamp, version, "brass_is_heavy", "mia").await.unwrap();
    assert_eq!(again, None, "a test says it already");
    assert_eq!(test.shop.keep_as_test(&lamp, version, "nothing", "mia").await.unwrap(), None);
    let lost = test.shop.keep_as_test(&lamp, version - 1, "long_needs_clamp", "ben").await.unwrap_err();
    assert!(matches!(lost, ShopError::DraftChanged { .. }), "{lost}");
    test.shop.step_draft(&lamp, version, Step::Undo, "mia").await.unwrap();
    assert_eq!(test.shop.draft(&lamp).await.unwrap().bundle.source.tests, []);
}

#[tokio::test]
async fn a_draft_without_a_valid_design_is_looked_into_all_the_same() {
    let test = TestShop::with_lamp().await;
    test.edit_lamp(|lamp| {
        lamp.rules.push(rule("long", "arm = long"));
        lamp.rules.push(rule("brass", "shade = brass"));
    })
    .await;
    let (state, study, found) = whole(&test.shop).await;
    assert!(matches!(state, DraftState::Problems(_)));
    let inside = study.inside.as_ref().unwrap();
    assert_eq!((inside.overview.has_designs, inside.overview.designs), (Some(false), Some(0)));
    assert_eq!(inside.before.as_ref().unwrap().has_designs, Some(true));
    let [(Blamed::NoDesign, Some(fault))] = &found.faults[..] else { panic!("{found:?}") };
    let at_fault: Vec<usize> = fault.rules.iter().map(|rule| rule.index()).collect();
    assert_eq!((at_fault, fault.budget, fault.is_smallest), (vec![0, 2, 3], false, true));
    // With any of the three gone there are designs: each forbids all of them, and the others nothing more.
    assert!(matches!(found.rules[0], Matter::Matters(Some(_))), "{:?}", found.rules[0]);
    assert!(matches!(found.rules[1], Matter::Never(_)), "{:?}", found.rules[1]);
}

#[tokio::test]
async fn a_budget_that_is_too_small_is_blamed_once() {
    let test = TestShop::with_lamp().await;
    test.edit_lamp(|lamp| lamp.budget.as_mut().unwrap().ceiling = 0).await;
    let (_, study, found) = whole(&test.shop).await;
    let dead = study.inside.as_ref().unwrap().overview.dead.len();
    let [(Blamed::Dead(options), Some(fault))] = &found.faults[..] else { panic!("{found:?}") };
    assert_eq!((options.len(), fault.rules.len(), fault.budget), (dead, 0, true));
    assert_eq!(dead, 5);
}

#[tokio::test]
async fn what_stopped_because_the_shop_was_busy_goes_on_when_it_is_asked_for_again() {
    let test = TestShop::with_lamp().await;
    let shop = test.shop.with_executor(Executor::new(1, Duration::from_millis(20)));
    let draft = shop.draft(&slug("lamp")).await.unwrap();
    let (_, study) = shop.study(&draft).await.unwrap();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let executor = shop.executor().clone();
    let mut busy = pin!(executor.run(move || released.recv()));
    // It takes the only thread at once, before what goes on behind comes to it.
    poll_fn(|context| {
        assert!(busy.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let found = study.inside.as_ref().unwrap().found();
    assert!(!found.is_over && found.rules.is_empty(), "{found:?}");
    release.send(()).unwrap();
    busy.await.unwrap().unwrap();
    let (_, again, whole) = whole(&shop).await;
    assert!(Arc::ptr_eq(&study, &again), "nothing is looked into twice");
    assert_eq!(whole.rules.len(), 2);
    // What a newer draft replaces is forgotten.
    let mut bundle = draft.bundle;
    bundle.source.base_price = 1;
    shop.save_draft(&slug("lamp"), draft.version, bundle, "mia").await.unwrap();
    drop(again);
    for _ in 0..100 {
        if Arc::strong_count(&study) == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it is kept");
}

#[tokio::test]
async fn what_is_known_within_a_moment_is_told_and_the_rest_is_worked_out() {
    let test = TestShop::with_lamp().await;
    test.edit_lamp(|lamp| lamp.base_price += 100).await;
    let shop = Arc::new(test.shop);
    let draft = shop.draft(&slug("lamp")).await.unwrap();
    // Nobody waits for it, and it is known a moment later.
    assert!(shop.study_within(&draft, Duration::ZERO).await.unwrap().is_none());
    let (state, study) = shop.study_within(&draft, Duration::from_secs(60)).await.unwrap().unwrap();
    let inside = study.inside.as_ref().unwrap();
    assert_eq!(inside.overview.standard, inside.before.as_ref().unwrap().standard + 100);
    let live = shop.compared_with(&slug("lamp")).await.unwrap();
    let (known, analysed) = (study.analysis(state), shop.analyse(&draft, live.as_deref()).await.unwrap());
    assert_eq!((known.state, known.problems), (analysed.state, analysed.problems));
    assert_eq!((known.failed, known.findings), (analysed.failed, analysed.findings));
    // Nothing more is looked for behind.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!study.has_faults() && inside.found().rules.is_empty());
}
