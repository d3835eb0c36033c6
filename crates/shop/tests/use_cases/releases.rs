//! Releases: at their time, all or nothing, and what returns at the end.

use configurator::completeness::Gap;
use configurator::source::{OptionSource, Source};
use shop::mail::About;
use shop::releases::{
    EndOutcome, NewPlan, Obstacle, PlanError, PlannedProduct, ReleaseId, ReleaseRow, ReleaseState,
};
use shop::stock::SoldOut;
use shop::{Environment, Hold, ShopError};
use testing::{TestShop, number, slug};
use time::{Duration, OffsetDateTime};

use crate::mail::FakePost;

/// An hour in so many hours.
fn after(test: &TestShop, hours: i64) -> OffsetDateTime {
    test.environment.now() + Duration::hours(hours)
}

/// A draft of the lamp that costs so much more, where nothing is left to be settled; its version.
async fn dearer(test: &TestShop, by: i64) -> i64 {
    test.edit_lamp(|lamp| {
        lamp.base_price += by;
        settle(lamp);
    })
    .await
}

/// Marks whatever looks forgotten as meant.
fn settle(lamp: &mut Source) {
    for option in lamp.attributes.iter_mut().flat_map(|attribute| &mut attribute.options) {
        option.meant = Gap::ALL.map(|gap| gap.code().to_owned()).to_vec();
    }
    lamp.meant = Gap::OF_PRODUCT.map(|gap| gap.code().to_owned()).to_vec();
}

fn plan(version: i64, start: Option<OffsetDateTime>, end: Option<OffsetDateTime>) -> NewPlan {
    let lamp = PlannedProduct { slug: slug("lamp"), version, beside: Some(number(1)), twice: true };
    let (name, note) = ("Spring".to_owned(), String::new());
    NewPlan { name, products: vec![lamp], start, end, note, hold_days: None }
}

async fn planned(test: &TestShop, plan: NewPlan) -> ReleaseId {
    test.shop.plan_release(plan, "mia").await.unwrap()
}

async fn release(test: &TestShop, id: ReleaseId) -> ReleaseRow {
    test.shop.release(id).await.unwrap().unwrap()
}

async fn live(test: &TestShop) -> i64 {
    test.shop.live(&slug("lamp")).await.unwrap().number.get()
}

#[tokio::test]
async fn a_release_is_live_from_its_start_to_its_end_and_designs_keep_their_prices() {
    let test = TestShop::with_lamp().await;
    let before = test.lamp().choosing("shade", "brass").placed().await;
    let version = dearer(&test, 200).await;
    let id = planned(&test, plan(version, Some(after(&test, 1)), Some(after(&test, 3)))).await;
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 0);
    // Whoever edits on loses nothing, and changes nothing of what was agreed to.
    let edited = test.edit_lamp(|lamp| lamp.summary = "A new lamp.".to_owned()).await;

    test.environment.wait(Duration::hours(1));
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 1);
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 0);
    assert_eq!(live(&test).await, 2);
    let published = test.shop.live(&slug("lamp")).await.unwrap();
    assert_ne!(published.bundle.source.summary, "A new lamp.");
    let draft = test.shop.draft(&slug("lamp")).await.unwrap();
    assert_eq!((draft.version, draft.bundle.source.summary.as_str()), (edited, "A new lamp."));
    let during = test.lamp().of_revision(2).choosing("shade", "brass").placed().await;
    assert_eq!(during.total, before.total + 200);

    test.environment.wait(Duration::hours(2));
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 1);
    assert_eq!(live(&test).await, 1);
    assert_eq!(release(&test, id).await.products[0].outcome, Some(EndOutcome::Returned));
    let held = test.lamp().of_revision(2).choosing("shade", "brass").placed().await;
    assert_eq!(held.total, during.total, "an open design keeps its price");
    test.environment.wait(Duration::days(31));
    assert!(test.lamp().of_revision(2).choosing("shade", "brass").place().await.is_err(), "for 30 days");
}

#[tokio::test]
async fn the_prices_of_a_release_end_with_it_where_that_is_said() {
    for (hold_days, ends_after) in
        [(Some(0), Duration::ZERO), (Some(2), Duration::days(2)), (None, Duration::days(30))]
    {
        let test = TestShop::with_lamp().await;
        let version = dearer(&test, 200).await;
        let wanted = NewPlan { hold_days, ..plan(version, None, Some(after(&test, 3))) };
        let id = planned(&test, wanted).await;
        assert_eq!(release(&test, id).await.hold_days, hold_days);
        test.environment.wait(Duration::hours(3));
        assert_eq!(test.shop.carry_out_releases().await.unwrap(), 1);
        let order = async || test.lamp().of_revision(2).choosing("shade", "brass").place().await;
        if ends_after > Duration::ZERO {
            test.environment.wait(ends_after - Duration::minutes(1));
            assert!(order().await.is_ok(), "{hold_days:?}");
        }
        test.environment.wait(Duration::minutes(2));
        assert!(order().await.is_err(), "{hold_days:?}");
        assert!(test.lamp().of_revision(1).choosing("shade", "brass").place().await.is_ok());
    }
    let test = TestShop::with_lamp().await;
    let version = dearer(&test, 200).await;
    let long = NewPlan { hold_days: Some(3_651), ..plan(version, None, None) };
    assert!(matches!(test.shop.plan_release(long, "mia").await, Err(PlanError::Hold)));
}

#[tokio::test]
async fn at_once_means_at_once() {
    let test = TestShop::with_lamp().await;
    let version = dearer(&test, 200).await;
    let id = planned(&test, plan(version, None, None)).await;
    assert_eq!((release(&test, id).await.state, live(&test).await), (ReleaseState::Live, 2));
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
    assert!(test.shop.end_release(id, Some("ben")).await.unwrap());
    assert!(!test.shop.end_release(id, Some("ben")).await.unwrap());
    let over = release(&test, id).await;
    assert_eq!(
        (over.state, over.over_by.as_deref(), live(&test).await),
        (ReleaseState::Ended, Some("ben"), 1)
    );
}

#[tokio::test]
async fn what_can_not_be_planned_is_said_and_nothing_is_written() {
    let test = TestShop::with_lamp().await;
    let version = dearer(&test, 200).await;
    let (start, end) = (Some(after(&test, 2)), Some(after(&test, 4)));
    let refused = async |plan: NewPlan| test.shop.plan_release(plan, "mia").await.unwrap_err();
    let good = plan(version, start, end);
    for name in ["", "  ", &*"x".repeat(81), "a\u{200b}b"] {
        let named = NewPlan { name: name.to_owned(), ..good.clone() };
        assert!(matches!(refused(named).await, PlanError::Name), "{name}");
    }
    let past = Some(after(&test, -1));
    assert!(matches!(refused(plan(version, past, end)).await, PlanError::StartPassed));
    assert!(matches!(refused(plan(version, end, start)).await, PlanError::EndBeforeStart));
    assert!(matches!(refused(plan(version, start, start)).await, PlanError::EndBeforeStart));
    assert!(matches!(refused(NewPlan { products: Vec::new(), ..good.clone() }).await, PlanError::NoProduct));
    let with = |change: fn(&mut PlannedProduct)| {
        let mut plan = good.clone();
        plan.products.iter_mut().for_each(change);
        plan
    };
    let error = refused(with(|lamp| lamp.version += 1)).await;
    assert!(matches!(error, PlanError::Product { error: ShopError::DraftChanged { .. }, .. }), "{error}");
    for beside in [None, Some(number(2))] {
        let mut plan = good.clone();
        plan.products.iter_mut().for_each(|lamp| lamp.beside = beside);
        let error = refused(plan).await;
        assert!(matches!(error, PlanError::Product { error: ShopError::Held(Hold::NotSeen), .. }), "{error}");
    }
    assert_eq!(test.shop.releases().await.unwrap(), []);

    planned(&test, good.clone()).await;
    for (from, until) in [(3, None), (1, Some(3)), (2, Some(4)), (1, None)] {
        let meeting = plan(version, Some(after(&test, from)), until.map(|until| after(&test, until)));
        assert!(matches!(refused(meeting).await, PlanError::InTheWay { .. }), "{from} to {until:?}");
    }
    for (from, until) in [(1, Some(2)), (4, None)] {
        let apart = plan(version, Some(after(&test, from)), until.map(|until| after(&test, until)));
        let id = planned(&test, apart).await;
        assert!(test.shop.cancel_release(id, "mia").await.unwrap());
    }
}

#[tokio::test]
async fn a_release_that_somebody_was_before_fails_and_says_so() {
    let test = TestShop::with_lamp().await;
    let version = dearer(&test, 200).await;
    let id = planned(&test, plan(version, Some(after(&test, 1)), None)).await;
    test.change_lamp(|lamp| lamp.base_price += 100).await;
    test.environment.wait(Duration::hours(2));
    test.shop.carry_out_releases().await.unwrap();
    let failed = release(&test, id).await;
    assert_eq!(
        (failed.state, failed.products[0].obstacle),
        (ReleaseState::Failed, Some(Obstacle::AnotherLive))
    );
    assert_eq!(live(&test).await, 2);
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 0);
    // Whoever planned it is told.
    let post = FakePost::default();
    test.shop.deliver_mails(&post).await.unwrap();
    let letters = post.letters.lock().unwrap().clone();
    let told = |about: &About| matches!(about, About::ReleaseFailed { release } if release.id == id);
    let told: Vec<(&str, bool)> =
        letters.iter().map(|letter| (letter.to.as_str(), told(&letter.about))).collect();
    assert_eq!(told, [("mia", true)], "{letters:?}");
}

#[tokio::test]
async fn what_could_not_be_ordered_does_not_return_when_a_release_ends() {
    let test = TestShop::with_lamp().await;
    let steel = |lamp: &mut Source| {
        let shades =
            &mut lamp.attributes.iter_mut().find(|attribute| attribute.code == "shade").unwrap().options;
        let steel = OptionSource { code: "steel".to_owned(), label: "Steel".to_owned(), ..shades[2].clone() };
        shades.push(steel);
        settle(lamp);
    };
    let version = test.edit_lamp(steel).await;
    let id = planned(&test, plan(version, Some(after(&test, 1)), Some(after(&test, 3)))).await;
    test.environment.wait(Duration::hours(1));
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 1);
    for option in ["linen", "brass", "paper"] {
        let (attribute, option) = ("shade".to_owned(), option.to_owned());
        test.shop
            .mark_sold_out(&slug("lamp"), SoldOut { attribute, option, until: None }, "mia")
            .await
            .unwrap();
    }
    test.environment.wait(Duration::hours(2));
    assert_eq!(test.shop.carry_out_releases().await.unwrap(), 1);
    assert_eq!(live(&test).await, 2);
    let ended = release(&test, id).await;
    assert_eq!(
        (ended.state, ended.products[0].outcome),
        (ReleaseState::Ended, Some(EndOutcome::NothingLeft))
    );
}

#[tokio::test]
async fn after_a_time_without_the_shop_a_release_comes_late_or_not_at_all() {
    let test = TestShop::with_lamp().await;
    let version = dearer(&test, 200).await;
    let due = after(&test, 1);
    let late = planned(&test, plan(version, Some(due), Some(after(&test, 5)))).await;
    test.environment.wait(Duration::hours(3));
    test.shop.carry_out_releases().await.unwrap();
    let begun = release(&test, late).await;
    assert_eq!((begun.state, begun.begun_at), (ReleaseState::Live, Some(due + Duration::hours(2))));
    test.shop.end_release(late, None).await.unwrap();

    let version = dearer(&test, 300).await;
    let missed = planned(&test, plan(version, Some(after(&test, 1)), Some(after(&test, 2)))).await;
    test.environment.wait(Duration::hours(3));
    test.shop.carry_out_releases().await.unwrap();
    let missed = release(&test, missed).await;
    assert_eq!((missed.state, missed.obstacle), (ReleaseState::Failed, Some(Obstacle::TooLate)));
    assert_eq!(live(&test).await, 1);
}
