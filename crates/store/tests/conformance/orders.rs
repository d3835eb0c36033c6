//! Orders.

use std::sync::Arc;

use shop::orders::{NewOrder, Placing, RepeatQuery, RequestKey};
use shop::{Order, OrderContent, Progress, Store, StoreError};
use testing::{number, order_number, slug};
use time::Duration;

use crate::builders::{asked_order, fifty_times, new_order, order, place, product, request};

pub async fn an_order_comes_back_as_it_was_placed(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let placed = store.place_order(asked_order("a", "key")).await.unwrap();
    let order_a =
        Order { number: order_number(1_001), progress: Progress::default(), basket: None, content: order() };
    assert_eq!(placed, Placing::Placed(order_a.clone()));
    let bare = OrderContent {
        stated_use: None,
        design: Vec::new(),
        arrival: None,
        vat: None,
        return_days: None,
        ..order()
    };
    let bare_placed = place(&*store, NewOrder { content: bare.clone(), ..new_order("b") }).await;
    assert_eq!((bare_placed.number, &bare_placed.content), (order_number(1_002), &bare));

    assert_eq!(store.order_by_token("a").await.unwrap().as_ref(), Some(&order_a));
    assert_eq!(store.order_by_number(order_number(1_001)).await.unwrap().as_ref(), Some(&order_a));
    assert_eq!(store.order_by_number(order_number(1_002)).await.unwrap(), Some(bare_placed));
    assert_eq!(store.order_by_token("A").await.unwrap(), None);
}

pub async fn an_idempotency_key_places_one_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = place(&*store, asked_order("a", "key")).await;
    let again = store.place_order(asked_order("b", "key")).await.unwrap();
    assert_eq!(again, Placing::PlacedBefore(first.clone()));
    let before = store.placed_before(&request("key"), "c").await.unwrap();
    assert_eq!(before, Some(Placing::PlacedBefore(first.clone())));
    assert_eq!(store.placed_before(&request("other key"), "d").await.unwrap(), None);
    assert_eq!(store.orders(None, 10).await.unwrap(), std::slice::from_ref(&first));
    // Each answer has a token of its own, and each opens the order.
    for (token, opens) in [("a", true), ("b", true), ("c", true), ("d", false)] {
        assert_eq!(store.order_by_token(token).await.unwrap(), opens.then(|| first.clone()), "{token}");
    }
    assert_eq!(place(&*store, asked_order("e", "other key")).await.number, order_number(1_002));
}

pub async fn a_key_with_another_request_places_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, asked_order("a", "key")).await;
    let other = RequestKey { body: "something else".to_owned(), ..request("key") };
    let used = Placing::KeyUsed(order_number(1_001));
    assert_eq!(store.placed_before(&other, "b").await.unwrap(), Some(used.clone()));
    let refused = NewOrder { request: Some(other), ..new_order("b") };
    assert_eq!(store.place_order(refused).await.unwrap(), used);
    assert_eq!(store.order_by_token("b").await.unwrap(), None);
    assert_eq!(store.orders(None, 10).await.unwrap().len(), 1);
}

pub async fn the_same_design_by_the_same_buyer_is_found(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b"] {
        place(&*store, new_order(token)).await;
    }
    let lamp = slug("lamp");
    let brass = [("shade".to_owned(), "brass".to_owned())];
    let oak = [("shade".to_owned(), "oak".to_owned())];
    let repeat = RepeatQuery {
        slug: &lamp,
        revision: number(1),
        choices: &brass,
        email: "ANA@example.org",
        since: order().placed_at,
    };
    assert_eq!(store.repeated_order(repeat).await.unwrap(), Some(order_number(1_002)));
    for other in [
        RepeatQuery { revision: number(2), ..repeat },
        RepeatQuery { choices: &oak, ..repeat },
        RepeatQuery { email: "mia@example.org", ..repeat },
        RepeatQuery { since: order().placed_at + Duration::milliseconds(1), ..repeat },
    ] {
        assert_eq!(store.repeated_order(other).await.unwrap(), None, "{other:?}");
    }
}

pub async fn orders_come_newest_first_and_in_pages(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b", "c", "d", "e"] {
        place(&*store, new_order(token)).await;
    }
    let numbers = |orders: Vec<Order>| orders.iter().map(|order| order.number.get()).collect::<Vec<_>>();
    assert_eq!(numbers(store.orders(None, 3).await.unwrap()), [1_005, 1_004, 1_003]);
    assert_eq!(numbers(store.orders(Some(order_number(1_003)), 3).await.unwrap()), [1_002, 1_001]);
    assert_eq!(numbers(store.orders(Some(order_number(1_001)), 3).await.unwrap()), [0_i64; 0]);
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap()[0].orders, 5);
}

pub async fn fifty_orders_at_once_have_fifty_numbers(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| async move {
        place(&*store, new_order(&index.to_string())).await.number.get()
    };
    let mut numbers = fifty_times(&store, place).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
}

pub async fn one_key_fifty_times_at_once_places_one_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| async move {
        place(&*store, asked_order(&index.to_string(), "key")).await
    };
    let placed = fifty_times(&store, place).await;
    assert!(placed.iter().all(|order| *order == placed[0]));
    assert_eq!(store.orders(None, 100).await.unwrap().len(), 1);
}

pub async fn orders_are_for_revisions_that_exist(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let content = OrderContent { revision: number(2), ..order() };
    assert!(matches!(
        store.place_order(NewOrder { content, ..new_order("a") }).await,
        Err(StoreError::Failed { what: "place an order", .. })
    ));
    assert_eq!(place(&*store, new_order("a")).await.number, order_number(1_001));
}

pub async fn orders_of_one_design_share_its_picture(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (token, picture) in [("a", "<svg/>"), ("b", "<svg/>"), ("c", "<svg id=\"c\"/>"), ("d", "")] {
        let content = OrderContent { picture: picture.to_owned(), ..order() };
        let placed = place(&*store, NewOrder { content, ..new_order(token) }).await;
        assert_eq!(placed.picture, picture);
        assert_eq!(store.order_by_token(token).await.unwrap().unwrap().picture, picture);
    }
}

pub async fn an_order_that_can_not_be_placed_hinders_no_other(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let try_to_place = |store: Arc<dyn Store>, index: usize| async move {
        let revision = if index.is_multiple_of(5) { number(2) } else { number(1) };
        let content = OrderContent { revision, picture: index.to_string(), ..order() };
        store.place_order(NewOrder { content, ..new_order(&index.to_string()) }).await
    };
    let outcomes = fifty_times(&store, try_to_place).await;
    for (index, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.is_ok(), !index.is_multiple_of(5), "{outcome:?}");
        let kept = store.order_by_token(&index.to_string()).await.unwrap();
        assert_eq!(kept.map(Placing::Placed).as_ref(), outcome.as_ref().ok());
    }
    assert_eq!(place(&*store, new_order("last")).await.number, order_number(1_041), "without gaps");
}
