//! Starting designs learnt from orders.

use personalize::Level;
use shop::orders::{Change, Filter, Mark};
use shop::{Buyer, OrderNumber, OrderState};
use testing::{OrderBuilder, TestShop, ana, order_number, slug};
use time::Duration;

use crate::words;

/// One of many buyers.
pub fn somebody(index: usize) -> Buyer {
    Buyer { email: format!("buyer{index}@example.org"), ..ana() }
}

/// Places an order and confirms it.
pub async fn confirmed(test: &TestShop, order: OrderBuilder<'_>) -> OrderNumber {
    let number = order.placed().await.number;
    test.shop.change_order(number, confirm(), "mia").await.unwrap();
    number
}

fn confirm() -> Change {
    Change::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() }
}

const PAST: &str = r#"
[[orders]]
use = "reading"
count = 18
choices = { shade = "brass" }

[[orders]]
use = "reading"
count = 4
choices = { shade = "paper" }

[[orders]]
use = "drawing"
count = 15
choices = { arm = "long", extras = ["clamp", "dimmer"] }
"#;

#[tokio::test]
async fn a_use_with_enough_orders_has_its_own_default() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let shade = lamp.product.by_code("shade").unwrap();
    let readers = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert_eq!(readers.level, Level::SameUse { stated_use: "reading".to_owned() });
    assert_eq!(readers.rests_on().orders, 22);
    assert_eq!(readers.reason(&lamp.product, shade), "Chosen in 18 of 22 example orders of readers");

    let order = test.lamp().for_use("reading").choosing("height", "30").placed().await;
    let origins: Vec<_> = order.design.iter().map(|value| (value.words.as_str(), words(value))).collect();
    assert_eq!(origins[1], ("Brass", "default, Chosen in 18 of 22 example orders of readers".to_owned()));
    assert_eq!(origins[4], ("30 cm", "chosen".to_owned()));
    assert_eq!(order.stated_use.as_deref(), Some("reading"));
    assert_eq!(order.total, 5_000 + 2_000);
}

#[tokio::test]
async fn too_few_orders_fall_back_to_everybody_and_then_to_the_standard() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    for stated_use in [Some("drawing"), None, Some("no such use")] {
        let default = test.shop.default_design(&lamp, stated_use).await.unwrap();
        assert_eq!(
            (default.level.clone(), default.rests_on().orders),
            (Level::Everybody, 37),
            "{stated_use:?}"
        );
    }
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let default = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert_eq!((default.level, &default.design), (Level::Standard, lamp.product.standard()));
}

#[tokio::test]
async fn orders_teach_within_a_minute() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    assert_eq!(test.shop.default_design(&lamp, Some("drawing")).await.unwrap().level, Level::Everybody);
    for index in 0..5 {
        let order = test.lamp().for_use("drawing").choosing("arm", "long").choosing("extras", "clamp,dimmer");
        let order = order.choosing("shade", "linen").choosing("height", "40");
        confirmed(&test, order.by(somebody(index))).await;
    }
    confirmed(&test, test.lamp().for_use("no such use")).await;
    let default = test.shop.default_design(&lamp, Some("drawing")).await.unwrap();
    assert_eq!(default.level, Level::Everybody, "a page view within the minute costs nothing");
    test.environment.wait(Duration::minutes(1));
    let default = test.shop.default_design(&lamp, Some("drawing")).await.unwrap();
    assert_eq!(
        (default.level.clone(), default.rests_on().orders),
        (Level::SameUse { stated_use: "drawing".to_owned() }, 15),
        "five orders teach, and of so few nothing is told beside examples"
    );
}

#[tokio::test]
async fn designs_that_a_new_revision_does_not_know_teach_it_nothing() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    test.change_lamp(|lamp| {
        lamp.attributes[1].options.retain(|option| option.code != "brass");
        lamp.rules.retain(|rule| rule.code != "brass_is_heavy");
    })
    .await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let default = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert_eq!(
        (default.level.clone(), default.rests_on().orders),
        (Level::Standard, 0),
        "19 orders are left of 37"
    );
}

/// Three hundred scripted orders, each under another address, turned a product's start.
#[tokio::test]
async fn orders_of_a_script_teach_nothing() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let start = async || {
        test.environment.wait(Duration::minutes(1));
        test.shop.default_design(&lamp, Some("reading")).await.unwrap()
    };
    let before = start().await;
    let paper = || test.lamp().for_use("reading").choosing("shade", "paper");
    for index in 0..300 {
        paper().by(somebody(index)).placed().await;
    }
    let placed = start().await;
    assert_eq!(
        (placed.rests_on().orders, &placed.design),
        (before.rests_on().orders, &before.design),
        "nobody confirmed them"
    );

    // Even confirmed, one address is three orders, too few to be told of.
    for _ in 0..50 {
        confirmed(&test, paper()).await;
    }
    let capped = start().await;
    assert_eq!((capped.rests_on().orders, &capped.design), (before.rests_on().orders, &before.design));

    // A whole batch that was confirmed by mistake is left out, and taken in again.
    let batch = || (1_001..=1_300).map(order_number);
    let confirm = batch().map(|number| (number, confirm())).collect();
    assert!(
        test.shop.change_orders(confirm, "mia").await.unwrap().iter().all(|(_, outcome)| outcome.is_ok())
    );
    let turned = start().await;
    assert_ne!(turned.design, before.design);
    for (left_out, expected) in [(true, &capped), (false, &turned)] {
        let filter = Filter { text: "buyer".to_owned(), ..Filter::default() };
        let marked = test.shop.mark_found(filter, Mark::LeftOut(left_out), "mia").await.unwrap();
        assert_eq!(marked, 300);
        let now = start().await;
        assert_eq!((now.rests_on().orders, &now.design), (expected.rests_on().orders, &expected.design));
    }
}
