//! What is known of who asks beyond a stated use: kept with orders as they agreed, learnt from, and told as the reason.

use configurator::Quantity;
use personalize::Level;
use shop::experiments::{NewExperiment, Policy, Wanted};
use shop::learning::PastDesignRow;
use shop::orders::Change;
use shop::segments::Rule;
use shop::{Asker, Buyer, Consent, DesignAddress, OpenedOrder, OrderState, Start};
use testing::{LAMP, TestShop, ana, slug, write_product};
use words::Language;

use crate::experiments::wanted;
use crate::individual::signed_in;
use crate::learning::somebody;

/// The lamp, of which brass shades serve light and paper ones care.
async fn lamp_of_benefits() -> TestShop {
    let test = TestShop::empty().await;
    let lamp = LAMP
        .replace("start = \"frequent\"\n", "")
        .replace(
            "[[steps]]",
            "[[benefits]]\ncode = \"light\"\nlabel = \"light\"\n\n\
             [[benefits]]\ncode = \"care\"\nlabel = \"care\"\n\n[[steps]]",
        )
        .replace("label = \"Brass\",", "label = \"Brass\", benefits = { light = 3 },")
        .replace("label = \"Paper\",", "label = \"Paper\", benefits = { care = 3 },");
    write_product(&test.catalogue(), "lamp", &lamp, "");
    assert_eq!(test.shop.load_catalogue(&test.catalogue()).await.unwrap().broken, []);
    test
}

/// A design that starts from what was proposed for these needs: this shade.
fn proposed(asked: &str, shade: &str) -> DesignAddress {
    let base = vec![("shade".to_owned(), shade.to_owned())];
    let start = Some(Start::Needs { asked: asked.to_owned(), base });
    DesignAddress { start, ..DesignAddress::default() }
}

/// Orders what an address opens, and has it confirmed.
async fn orders(test: &TestShop, address: &DesignAddress, consent: &Consent, buyer: Buyer) {
    let opened = test.shop.open_design(&slug("lamp"), address, consent, Language::ENGLISH).await.unwrap();
    let order = OpenedOrder {
        opened,
        quantity: Quantity::ONE,
        request_id: format!("{} {}", buyer.email, buyer.note),
        buyer,
        another: None,
        counted: false,
        consent: consent.clone(),
    };
    let placed = test.shop.place_opened(order, test.shop.take_order().unwrap()).await.unwrap();
    let confirm = Change::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
    test.shop.change_order(placed.order.number, confirm, "mia").await.unwrap();
}

async fn taught(test: &TestShop) -> Vec<PastDesignRow> {
    test.store.past_designs(&slug("lamp")).await.unwrap()
}

/// Why another shade is offered beside the standard to somebody with these needs.
async fn why_a_shade(test: &TestShop, asked: &str, consent: &Consent) -> Option<(String, String)> {
    let address = proposed(asked, "linen");
    let opened = test.shop.open_design(&slug("lamp"), &address, consent, Language::ENGLISH).await.unwrap();
    let shade = opened.product.by_code("shade").unwrap();
    let offers = test.shop.offers(&opened, consent, false).await.unwrap().unwrap();
    let changes = offers.iter().flat_map(|offered| &offered.offer.changes);
    let change = changes.into_iter().find(|change| change.attribute == shade)?;
    let reason = change.reason(&opened.product, &opened.choices)?;
    Some((opened.product.write_value(shade, &change.value), reason))
}

#[tokio::test]
async fn what_matters_to_shoppers_is_learnt_from_as_they_agreed_and_told_as_the_reason() {
    let test = lamp_of_benefits().await;
    let agreed = Consent { given: true, ..Consent::default() };
    for index in 0..120 {
        let (asked, shade) =
            if index % 2 == 0 { ("light.3,care.1", "brass") } else { ("light.1,care.3", "paper") };
        orders(&test, &proposed(asked, shade), &agreed, somebody(index)).await;
    }
    let rows = taught(&test).await;
    assert_eq!(rows.iter().map(|row| row.count).collect::<Vec<_>>(), [60, 60]);
    let weights: Vec<u8> = rows.iter().filter_map(|row| row.asker.needs.get("light").copied()).collect();
    assert!(weights.contains(&3) && weights.contains(&1), "{rows:?}");
    // Who agreed to nothing teaches nothing.
    orders(&test, &proposed("light.3,care.1", "brass"), &Consent::default(), somebody(500)).await;
    assert_eq!(taught(&test).await, rows);

    test.shop.learn(&test.shop.live(&slug("lamp")).await.unwrap()).await.unwrap();
    let told = |shade: &str, benefit: &str| {
        (shade.to_owned(), format!("Chosen by all 60 shoppers who wanted {benefit}"))
    };
    assert_eq!(why_a_shade(&test, "light.3,care.1", &agreed).await, Some(told("brass", "light")));
    assert_eq!(why_a_shade(&test, "light.0,care.2", &agreed).await, Some(told("paper", "care")));
    // Of others only what is on the page is used.
    let (_, reason) = why_a_shade(&test, "light.3,care.1", &Consent::default()).await.unwrap();
    assert_eq!(reason, "Chosen by 5 in 10 shoppers");
}

#[tokio::test]
async fn the_segments_of_a_customer_are_kept_with_an_order_once_their_orders_may_speak() {
    let test = lamp_of_benefits().await;
    let rule = Rule { orders: Some(1), ..Rule::default() };
    test.shop.keep_segment("Regulars", rule, "mia").await.unwrap();
    test.shop.keep_segment("Buyers of a hundred", "orders=100".parse().unwrap(), "mia").await.unwrap();
    let bo = signed_in(&test, "bo@example.org").await;
    let agreed = Consent { given: true, customer: Some(bo.clone()), ..Consent::default() };
    let place = async |shade: &str| {
        let buyer = Buyer { email: "bo@example.org".to_owned(), note: shade.to_owned(), ..ana() };
        orders(&test, &proposed("light.3,care.1", shade), &agreed, buyer).await;
    };
    let segments = async || -> Vec<Vec<String>> {
        let mut found: Vec<_> = taught(&test).await.into_iter().map(|row| row.asker.segments).collect();
        found.sort();
        found
    };
    place("brass").await;
    // They are a regular by now, who didn't agree to have their orders looked at.
    place("paper").await;
    assert_eq!(segments().await, [Vec::<String>::new(), Vec::new()]);
    test.shop.keep_consent(&bo, true, "en").await.unwrap();
    place("linen").await;
    assert_eq!(segments().await, [Vec::new(), Vec::new(), vec!["Regulars".to_owned()]]);
    // Taken back, it is forgotten, and with it what mattered to them.
    test.shop.keep_consent(&bo, false, "en").await.unwrap();
    assert_eq!(taught(&test).await, []);
}

/// It would stay when they take it back, and be told to whoever has that address.
#[tokio::test]
async fn an_order_under_another_address_keeps_nothing_of_who_is_signed_in() {
    let test = lamp_of_benefits().await;
    let bo = signed_in(&test, "bo@example.org").await;
    let agreed = Consent { given: true, customer: Some(bo), ..Consent::default() };
    let place = async |email: &str| {
        let buyer = Buyer { email: email.to_owned(), ..ana() };
        orders(&test, &proposed("light.3,care.1", "brass"), &agreed, buyer).await;
    };
    place("cleo@example.org").await;
    assert_eq!(taught(&test).await, []);
    place("Bo@example.org").await;
    assert_eq!(taught(&test).await.len(), 1);
}

#[test]
fn what_is_known_comes_back_as_it_was_written() {
    let known = Asker { needs: [("comfort".to_owned(), 3)].into(), segments: vec!["Regulars".to_owned()] };
    let json = serde_json::to_string(&known).unwrap();
    assert_eq!(json, r#"{"needs":{"comfort":3},"segments":["Regulars"]}"#);
    assert_eq!(serde_json::from_str::<Asker>(&json).unwrap(), known);
    // Of another release.
    assert_eq!(serde_json::from_str::<Asker>(r#"{"mood":"good"}"#).unwrap(), Asker::default());
}

#[tokio::test]
async fn designs_that_are_kept_are_named_and_not_chosen() {
    let test = crate::learnt::learning_lamp().await;
    let bo = signed_in(&test, "bo@example.org").await;
    test.shop.keep_consent(&bo, true, "en").await.unwrap();
    let stated_use = Some("reading".to_owned());
    let consent = Consent { given: true, stated_use, customer: Some(bo.clone()), ..Consent::default() };
    let lamp = slug("lamp");
    test.shop.learn(&test.shop.live(&lamp).await.unwrap()).await.unwrap();
    let open = async |address: &DesignAddress| {
        test.shop.open_design(&lamp, address, &consent, Language::ENGLISH).await.unwrap()
    };
    let shade = async || {
        let opened = open(&DesignAddress::default()).await;
        let shade = opened.product.by_code("shade").unwrap();
        let value = opened.product.write_value(shade, opened.design.value(shade));
        (value, opened.default.reason(&opened.product, shade))
    };
    assert_eq!(shade().await.0, "brass", "what readers have");
    let paper =
        DesignAddress { choices: vec![("shade".to_owned(), "paper".to_owned())], ..DesignAddress::default() };
    let link = test.shop.save_design(&open(&paper).await, &[], &paper).await.unwrap();
    assert!(test.shop.remember(&bo, &[link], Vec::new()).await.unwrap());
    let (value, reason) = shade().await;
    let expected = ("linen", "Our standard. Paper: As in a design that you keep");
    assert_eq!((value.as_str(), reason.as_str()), expected);
    let opened = open(&DesignAddress::default()).await;
    let why = test.shop.why(&opened, &consent).await.unwrap();
    assert_eq!((why.orders, why.kept), (0, 1));
}

#[tokio::test]
async fn one_to_n_has_the_groups_of_a_customer_speak_and_not_their_own_orders() {
    let test = lamp_of_benefits().await;
    let agreed = Consent { given: true, ..Consent::default() };
    for index in 0..120 {
        let (asked, shade) =
            if index % 2 == 0 { ("light.3,care.1", "brass") } else { ("light.1,care.3", "paper") };
        orders(&test, &proposed(asked, shade), &agreed, somebody(index)).await;
    }
    let bo = signed_in(&test, "bo@example.org").await;
    test.shop.keep_consent(&bo, true, "en").await.unwrap();
    let consent = Consent { customer: Some(bo), ..agreed };
    let buyer = Buyer { email: "bo@example.org".to_owned(), ..ana() };
    orders(&test, &proposed("light.3,care.1", "brass"), &consent, buyer).await;
    test.shop.learn(&test.shop.live(&slug("lamp")).await.unwrap()).await.unwrap();
    let policies = vec![(Policy::LearntByUse, 3_000), (Policy::LearntForAll, 3_000)];
    let wanted = Wanted { policies, ..wanted() };
    let new = NewExperiment { title: "For whom?".to_owned(), slug: slug("lamp"), wanted };
    test.shop.start_experiment(new, "mia").await.unwrap();
    let mut levels = Vec::new();
    for name in 0..60 {
        let consent = Consent { visitor: Some(name.to_string()), ..consent.clone() };
        let address = DesignAddress::default();
        let opened =
            test.shop.open_design(&slug("lamp"), &address, &consent, Language::ENGLISH).await.unwrap();
        let shade = opened.product.by_code("shade").unwrap();
        let suggested = opened.default.suggested.iter().find(|(attribute, ..)| *attribute == shade);
        let level = suggested.map(|(_, _, evidence)| evidence.level.clone());
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    assert_eq!(levels.len(), 3, "each group its own: {levels:?}");
    assert!(levels.contains(&Some(Level::Individual)), "as the shop is: {levels:?}");
    assert!(levels.contains(&Some(Level::SameNeed { benefit: "light".to_owned() })), "{levels:?}");
}
