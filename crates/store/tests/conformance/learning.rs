//! What was ordered, to learn from.

use std::sync::Arc;

use shop::catalogue::NewProduct;
use shop::customers::{ConsentAnswer, NewConsent};
use shop::designs::{Keeping, KeptDesign};
use shop::learning::{OrderedDesign, PastDesignRow};
use shop::orders::{NewChange, NewOrder, What};
use shop::{Asker, Buyer, OrderContent, OrderState, Store};
use testing::{ana, order_number, slug};

use crate::builders::{at, kept_design, move_order, new_order, order, past, place, product};
use crate::customers::{remembered, signed_in};

pub async fn past_designs_are_counted_and_the_most_frequent_come_first(store: Arc<dyn Store>) {
    let known = vec![past("reading", "linen", 3), past("drawing", "brass", 4), past("reading", "brass", 2)];
    store.add_product(&NewProduct { past: known, ..product("lamp") }).await.unwrap();
    store
        .add_product(&NewProduct { past: vec![past("reading", "oak", 9)], ..product("chair") })
        .await
        .unwrap();
    for token in ["a", "b", "c"] {
        let number = place(&*store, new_order(token)).await.number;
        move_order(&*store, number.get(), &[OrderState::Confirmed]).await;
    }
    let brass = PastDesignRow { synthetic: 2, ..past("reading", "brass", 5) };
    let expected = [brass, past("drawing", "brass", 4), past("reading", "linen", 3)];
    assert_eq!(store.past_designs(&slug("lamp")).await.unwrap(), expected);
}

pub async fn made_up_orders_are_synthetic_and_replaced_as_a_whole(store: Arc<dyn Store>) {
    let known = vec![past("reading", "linen", 3)];
    store.add_product(&NewProduct { past: known.clone(), ..product("lamp") }).await.unwrap();
    let lamp = slug("lamp");
    store.replace_made_up(&lamp, &[past("drawing", "oak", 9), past("reading", "linen", 2)]).await.unwrap();
    let number = place(&*store, new_order("a")).await.number;
    move_order(&*store, number.get(), &[OrderState::Confirmed]).await;
    let brass = PastDesignRow { synthetic: 0, ..past("reading", "brass", 1) };
    let expected = [past("drawing", "oak", 9), past("reading", "linen", 5), brass.clone()];
    assert_eq!(store.past_designs(&lamp).await.unwrap(), expected);
    assert_eq!(store.examples(&lamp).await.unwrap(), known);
    store.replace_made_up(&lamp, &[past("drawing", "brass", 4)]).await.unwrap();
    let expected = [past("drawing", "brass", 4), known[0].clone(), brass];
    assert_eq!(store.past_designs(&lamp).await.unwrap(), expected);
}

pub async fn orders_without_a_stated_use_are_not_learnt_from(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let content = OrderContent { stated_use: None, ..order() };
    place(&*store, NewOrder { content, ..new_order("a") }).await;
    move_order(&*store, 1_001, &[OrderState::Confirmed]).await;
    assert_eq!(store.past_designs(&slug("lamp")).await.unwrap(), []);
}

fn regular(comfort: u8) -> Asker {
    let needs = [("comfort".to_owned(), comfort)].into();
    Asker { needs, segments: vec!["Regulars".to_owned()] }
}

pub async fn what_is_known_of_who_ordered_is_learnt_from_and_forgotten_with_the_consent(
    store: Arc<dyn Store>,
) {
    store.add_product(&product("lamp")).await.unwrap();
    let ana = signed_in(&*store, "ana@example.org", "s").await;
    // Only customers have segments.
    for token in ["a", "b"] {
        signed_in(&*store, &format!("{token}@example.org"), token).await;
    }
    let (stated, bare) = (order(), OrderContent { stated_use: None, ..order() });
    for (token, content, asker) in [
        ("a", stated.clone(), regular(3)),
        ("b", stated.clone(), regular(3)),
        ("c", stated, Asker::default()),
        ("d", bare.clone(), regular(1)),
        ("e", bare, Asker::default()),
    ] {
        let buyer = Buyer { email: format!("{token}@example.org"), ..testing::ana() };
        // One of them is Ana's.
        let content = if token == "d" { content } else { OrderContent { buyer, ..content } };
        let number = place(&*store, NewOrder { content, asker, ..new_order(token) }).await.number;
        move_order(&*store, number.get(), &[OrderState::Confirmed]).await;
    }
    let known = async || {
        let rows = store.past_designs(&slug("lamp")).await.unwrap();
        rows.into_iter().map(|row| (row.stated_use.is_some(), row.asker, row.count)).collect::<Vec<_>>()
    };
    let found = known().await;
    assert_eq!(found.len(), 3, "{found:?}");
    for expected in [(true, regular(3), 2), (true, Asker::default(), 1), (false, regular(1), 1)] {
        assert!(found.contains(&expected), "{found:?}");
    }
    let answer = ConsentAnswer { is_given: false, wording: 2, language: "en".to_owned(), at: at(3) };
    store.keep_consent(&NewConsent { customer: ana.id.clone(), answer }).await.unwrap();
    let found = known().await;
    assert_eq!(found.len(), 2, "of Ana nothing is known any more: {found:?}");
    assert!(found.contains(&(true, regular(3), 2)), "of others it is");
}

/// Of orders by so many people, how many teach.
async fn teaching(store: &dyn Store) -> u32 {
    store.past_designs(&slug("lamp")).await.unwrap().iter().map(|row| row.count).sum()
}

pub async fn only_confirmed_orders_teach(store: Arc<dyn Store>) {
    use OrderState::{Cancelled, Confirmed, Delivered, InProduction, Returned, Shipped};
    store.add_product(&product("lamp")).await.unwrap();
    let ways: [(&[OrderState], bool); 8] = [
        (&[], false),
        (&[Cancelled], false),
        (&[Confirmed], true),
        (&[Confirmed, InProduction], true),
        (&[Confirmed, InProduction, Cancelled], false),
        (&[Confirmed, InProduction, Shipped], true),
        (&[Confirmed, InProduction, Shipped, Delivered], true),
        (&[Confirmed, InProduction, Shipped, Returned], false),
    ];
    let mut expected = 0;
    for (index, (way, teaches)) in ways.into_iter().enumerate() {
        let buyer = Buyer { email: format!("{index}@example.org"), ..ana() };
        let content = OrderContent { buyer, ..order() };
        let number = place(&*store, NewOrder { content, ..new_order(&index.to_string()) }).await.number;
        move_order(&*store, number.get(), way).await;
        expected += u32::from(teaches);
        assert_eq!(teaching(&*store).await, expected, "{way:?}");
    }
    for mark in [What::Test, What::LeftOut] {
        for (is, teach) in [(true, 3), (false, 4)] {
            let number = order_number(1_003);
            let change = NewChange { number, what: mark(is), at: at(9), by: "mia".to_owned(), mail: None };
            store.change_orders(&[change]).await.unwrap();
            assert_eq!(teaching(&*store).await, teach);
        }
    }
}

/// Places a confirmed lamp with a shade by somebody; its number.
async fn lamp_by(store: &dyn Store, email: &str, shade: &str, token: &str) -> i64 {
    let buyer = Buyer { email: email.to_owned(), ..ana() };
    let mut content = OrderContent { buyer, ..order() };
    content.design.iter_mut().for_each(|value| value.value = shade.to_owned());
    let number = place(store, NewOrder { content, ..new_order(token) }).await.number.get();
    move_order(store, number, &[OrderState::Confirmed]).await;
    number
}

pub async fn who_came_back_is_told_by_what_they_ordered_and_by_nothing_else(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let orders = [
        ("bo@example.org", "linen"),
        ("ana@example.org", "brass"),
        ("BO@example.org", "oak"),
        ("cy@example.org", "brass"),
        ("bo@example.org", "brass"),
        ("ana@example.org", "brass"),
    ];
    for (index, (email, shade)) in orders.into_iter().enumerate() {
        lamp_by(&*store, email, shade, &index.to_string()).await;
    }
    let choices = |shades: &[&str]| -> Vec<_> {
        shades.iter().map(|shade| past("reading", shade, 1).choices).collect()
    };
    let mut found = store.returning_buyers(&slug("lamp")).await.unwrap();
    found.sort_by_key(Vec::len);
    assert_eq!(found, [choices(&["brass", "brass"]), choices(&["linen", "oak", "brass"])]);
    assert!(store.returning_buyers(&slug("chair")).await.unwrap().is_empty());
    let change = NewChange {
        number: order_number(1_006),
        what: What::Test(true),
        at: at(9),
        by: "mia".to_owned(),
        mail: None,
    };
    store.change_orders(&[change]).await.unwrap();
    assert_eq!(store.returning_buyers(&slug("lamp")).await.unwrap(), [choices(&["linen", "oak", "brass"])]);
    for index in 0..8 {
        lamp_by(&*store, "bo@example.org", "cork", &format!("more {index}")).await;
    }
    assert_eq!(store.returning_buyers(&slug("lamp")).await.unwrap(), [choices(&["cork"; 6])]);
}

pub async fn what_is_learnt_from_comes_with_where_it_came_from(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let lamp = slug("lamp");
    for index in 0..5 {
        lamp_by(&*store, "bo@example.org", "linen", &index.to_string()).await;
    }
    place(&*store, new_order("only placed")).await;
    let found = store.learnt_from(&lamp, at(5)).await.unwrap();
    assert_eq!(found.len(), 3, "three of a buyer");
    let mut expected = order().design;
    expected.iter_mut().for_each(|value| value.value = "linen".to_owned());
    assert!(found.iter().all(|design| *design == expected), "{found:?}");
    assert!(store.learnt_from(&lamp, at(6)).await.unwrap().is_empty(), "they were placed before");
    let found = store.ordered_designs(&lamp).await.unwrap();
    let one = OrderedDesign { revision: order().revision, values: expected };
    assert_eq!(found, [one.clone(), one.clone(), one.clone()], "three of a buyer, whenever that was");
    let change = NewChange {
        number: order_number(1_005),
        what: What::Test(true),
        at: at(9),
        by: "mia".to_owned(),
        mail: None,
    };
    store.change_orders(&[change]).await.unwrap();
    lamp_by(&*store, "cy@example.org", "linen", "another's").await;
    assert_eq!(store.ordered_designs(&lamp).await.unwrap().len(), 4);
}

pub async fn own_orders_are_looked_at_as_agreed_to_alone(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let bo = signed_in(&*store, "bo@example.org", "a").await;
    for (index, shade) in ["linen", "brass"].into_iter().enumerate() {
        lamp_by(&*store, "Bo@example.org", shade, &index.to_string()).await;
    }
    lamp_by(&*store, "cy@example.org", "oak", "another's").await;
    let own = async || {
        let rows = store.own_orders(&bo.id, &slug("lamp"), 2).await.unwrap();
        rows.into_iter().map(|row| row.choices).collect::<Vec<_>>()
    };
    assert!(own().await.is_empty(), "nobody was asked");
    let says = async |is_given, wording| {
        let answer = ConsentAnswer { is_given, wording, language: "en".to_owned(), at: at(3) };
        store.keep_consent(&NewConsent { customer: bo.id.clone(), answer }).await.unwrap();
    };
    says(true, 1).await;
    assert!(own().await.is_empty(), "they agreed to less");
    says(true, 2).await;
    let choices = |shade| past("reading", shade, 1).choices;
    assert_eq!(own().await, [choices("linen"), choices("brass")]);
    assert!(store.own_orders(&bo.id, &slug("chair"), 2).await.unwrap().is_empty());
    let what =
        What::Move { seen: OrderState::Confirmed, to: OrderState::Cancelled, reason: "a reason".to_owned() };
    let change = NewChange { number: order_number(1_002), what, at: at(9), by: "mia".to_owned(), mail: None };
    store.change_orders(&[change]).await.unwrap();
    assert_eq!(own().await, [choices("linen")]);
    says(false, 2).await;
    assert!(own().await.is_empty(), "they took it back");
}

pub async fn designs_that_are_kept_are_looked_at_as_agreed_to_alone(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let bo = signed_in(&*store, "bo@example.org", "a").await;
    let designs = [
        ("first", Keeping::Saved, "linen", 1),
        ("second", Keeping::Named, "brass", 2),
        ("ordered", Keeping::Ordered, "oak", 3),
    ];
    for (token, keeping, shade, seconds) in designs {
        let choices = past("reading", shade, 1).choices;
        let name = (keeping == Keeping::Named).then(|| "Mine".to_owned());
        let design = KeptDesign { keeping, choices, name, kept_at: at(seconds), ..kept_design() };
        store.keep_design(token, &design).await.unwrap();
    }
    let own = async || {
        let rows = store.own_designs(&bo.id, &slug("lamp"), 2).await.unwrap();
        rows.into_iter().map(|row| row.choices).collect::<Vec<_>>()
    };
    let says = async |is_given| {
        let answer = ConsentAnswer { is_given, wording: 2, language: "en".to_owned(), at: at(3) };
        store.keep_consent(&NewConsent { customer: bo.id.clone(), answer }).await.unwrap();
    };
    says(true).await;
    assert!(own().await.is_empty(), "none are theirs");
    for (token, ..) in designs {
        assert!(store.remember(&remembered(&bo, token, "lamp")).await.unwrap());
    }
    let choices = |shade| past("reading", shade, 1).choices;
    assert_eq!(own().await, [choices("linen"), choices("brass")], "what was ordered is an order");
    assert!(store.own_designs(&bo.id, &slug("chair"), 2).await.unwrap().is_empty());
    assert!(store.own_designs(&bo.id, &slug("lamp"), 3).await.unwrap().is_empty(), "they agreed to less");
    says(false).await;
    assert!(own().await.is_empty(), "they took it back");
}

pub async fn of_one_buyer_three_orders_teach(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (index, email) in
        ["ana@example.org", "ANA@example.org", "bo@example.org"].iter().cycle().take(12).enumerate()
    {
        let buyer = Buyer { email: (*email).to_owned(), ..ana() };
        let content = OrderContent { buyer, ..order() };
        let number = place(&*store, NewOrder { content, ..new_order(&index.to_string()) }).await.number;
        move_order(&*store, number.get(), &[OrderState::Confirmed]).await;
    }
    assert_eq!(teaching(&*store).await, 6);
}
