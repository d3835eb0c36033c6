//! Placing orders.

use std::sync::Arc;

use configurator::ChoiceError;
use personalize::Start;
use shop::{Buyer, OrderError, ShopError, ValueOrigin};
use testing::{TestShop, ana, number, order_number, slug};

use crate::words;

#[tokio::test]
async fn an_order_is_a_snapshot_of_the_design() {
    let test = TestShop::with_lamp().await;
    let order = test
        .lamp()
        .choosing("shade", "brass")
        .choosing("name", "Ana")
        .choosing("height", "60")
        .placed()
        .await;

    assert_eq!(
        (order.number, order.revision, order.product_name.as_str()),
        (order_number(1_001), number(1), "Desk lamp")
    );
    assert_eq!((order.token.len(), order.currency.as_str(), order.stated_use.as_deref()), (32, "EUR", None));
    let lines: Vec<_> = order.lines.iter().map(|line| (line.label.as_str(), line.amount)).collect();
    let expected =
        [("Base price", 5_000), ("Shade: Brass", 2_000), ("Height: 60 cm", 300), ("Engraving: “Ana”", 1_200)];
    assert_eq!(lines, expected);
    assert_eq!((order.total, order.lead_time_days, order.weight, order.points), (8_500, 5, 2_300, 3));
    let values: Vec<_> =
        order.design.iter().map(|value| (value.code.as_str(), value.words.as_str(), words(value))).collect();
    let expected = [
        ("base", "Cast iron", "always so".to_owned()),
        ("shade", "Brass", "chosen".to_owned()),
        ("arm", "Short", "default, Our standard".to_owned()),
        ("extras", "None", "default, Our standard".to_owned()),
        ("height", "60 cm", "chosen".to_owned()),
        ("name", "“Ana”", "chosen".to_owned()),
    ];
    assert_eq!(values, expected);
    assert!(order.picture.contains("#b5892e") && order.picture.contains(">Ana</text>"), "{}", order.picture);

    assert_eq!(test.shop.order(&order.token).await.unwrap().as_ref(), Some(&order));
    assert_eq!(test.shop.order_by_number(order_number(1_001)).await.unwrap().as_ref(), Some(&order));
    assert_eq!(test.shop.orders(None, 10).await.unwrap(), [order]);
    assert_eq!(test.shop.order("").await.unwrap(), None);
}

#[tokio::test]
async fn what_the_choices_need_is_added_and_said() {
    let test = TestShop::with_lamp().await;
    let order = test.lamp().choosing("arm", "long").placed().await;
    let extras = order.design.iter().find(|value| value.code == "extras").unwrap();
    assert_eq!((extras.words.as_str(), &extras.origin), ("Clamp", &ValueOrigin::Adjusted));
    assert_eq!((order.total, order.lead_time_days), (5_000 + 1_500 + 400 + 100, 7));
}

#[tokio::test]
async fn designs_that_cannot_be_built_are_refused_with_reasons() {
    let test = TestShop::with_lamp().await;
    let reasons = test.lamp().choosing("shade", "brass").choosing("arm", "long").refused().await;
    assert!(reasons[0].contains("A brass shade is too heavy for the long arm."), "{reasons:?}");
    let reasons = test.lamp().choosing("arm", "long").choosing("extras", "dimmer").refused().await;
    assert!(reasons[0].contains("The long arm needs a clamp."), "{reasons:?}");
    let over = test.lamp().choosing("arm", "long").choosing("extras", "dimmer,clamp").choosing("name", "A");
    let reasons = over.choosing("height", "60").refused().await;
    assert!(reasons[0].contains("5 of 4 points"), "{reasons:?}");
    assert_eq!(test.shop.orders(None, 10).await.unwrap(), []);
}

#[tokio::test]
async fn choices_that_do_not_exist_are_refused() {
    let test = TestShop::with_lamp().await;
    for (attribute, value) in [
        ("price", "1"),
        ("shade", "gold"),
        ("shade", ""),
        ("extras", "dimmer,laser"),
        ("height", "45"),
        ("height", "99999999999999999999"),
        ("name", "<script>\u{0}"),
        ("name", "a name that is far too long"),
    ] {
        let outcome = test.lamp().choosing(attribute, value).place().await;
        assert!(matches!(outcome, Err(OrderError::Choice(_))), "{attribute} = {value}: {outcome:?}");
    }
    let error = test.lamp().choosing("shade", "bras").place().await.unwrap_err();
    assert!(matches!(error, OrderError::Choice(ChoiceError::UnknownOption { .. })), "{error:?}");
    assert!(error.to_string().contains("brass"), "{error}");
}

#[tokio::test]
async fn markup_in_texts_stays_text() {
    let test = TestShop::with_lamp().await;
    let order = test.lamp().choosing("name", "<b>&amp;\"").placed().await;
    assert!(order.picture.contains("&lt;b&gt;&amp;amp;&quot;"), "{}", order.picture);
}

#[tokio::test]
async fn the_buyer_is_told_what_is_missing() {
    let test = TestShop::with_lamp().await;
    let buyer = Buyer { email: "ana@example".to_owned(), address: String::new(), ..ana() };
    let error = test.lamp().by(buyer).place().await.unwrap_err();
    let OrderError::Buyer(fields) = error else { panic!("{error}") };
    assert_eq!(fields.iter().map(|field| field.field).collect::<Vec<_>>(), ["email", "address"]);
    let advice = "Enter the e-mail address where we can reach you, such as ana@example.org.";
    assert_eq!(fields[0].sentence(words::Language::ENGLISH.shop()), advice);
}

#[tokio::test]
async fn ordering_twice_with_one_id_orders_once() {
    let test = TestShop::with_lamp().await;
    let first = test.lamp().choosing("shade", "brass").with_request_id("7").placed().await;
    test.change_lamp(|lamp| lamp.base_price = 9_900).await;
    let again = test.lamp().choosing("shade", "brass").with_request_id("7").placed().await;
    assert_eq!(again, first);

    let other = Buyer { email: "eve@example.org".to_owned(), ..ana() };
    let theirs = test.lamp().with_request_id("7").by(other).placed().await;
    assert_ne!(theirs.number, first.number, "a guessed id shows nobody's order");
    let blank = test.lamp().with_request_id(" ").placed().await;
    assert_ne!(blank.number, test.lamp().with_request_id(" ").placed().await.number);
}

#[tokio::test]
async fn products_and_revisions_that_are_not_there_cannot_be_ordered() {
    let test = TestShop::with_lamp().await;
    let outcome = test.lamp().of_revision(2).place().await;
    assert!(matches!(outcome, Err(OrderError::Shop(ShopError::UnknownRevision { .. }))), "{outcome:?}");
}

#[tokio::test]
async fn fifty_shoppers_at_once_have_fifty_orders() {
    let test = TestShop::with_lamp().await;
    let mut orders = tokio::task::JoinSet::new();
    let shop = Arc::new(test.shop);
    for index in 0..50 {
        let shop = Arc::clone(&shop);
        orders.spawn(async move {
            let request = shop::OrderRequest {
                slug: slug("lamp"),
                revision: number(1),
                choices: vec![("name".to_owned(), index.to_string())],
                start: Start::Standard,
                buyer: ana(),
                request_id: Some(index.to_string()),
            };
            shop.place_order(request).await.unwrap().number.get()
        });
    }
    let mut numbers = orders.join_all().await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
}
