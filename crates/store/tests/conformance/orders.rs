//! Orders.

use std::sync::Arc;

use shop::{Order, OrderContent, Store, StoreError};
use testing::{number, order_number, slug};

use crate::builders::{fifty_times, order, product};

pub async fn an_order_comes_back_as_it_was_placed(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let placed = store.place_order(order("a"), Some("key")).await.unwrap();
    assert_eq!(placed, Order { number: order_number(1_001), content: order("a") });
    let bare = OrderContent { stated_use: None, design: Vec::new(), ..order("b") };
    let bare_placed = store.place_order(bare.clone(), None).await.unwrap();
    assert_eq!(bare_placed, Order { number: order_number(1_002), content: bare });

    assert_eq!(store.order_by_token("a").await.unwrap().as_ref(), Some(&placed));
    assert_eq!(store.order_by_number(order_number(1_001)).await.unwrap().as_ref(), Some(&placed));
    assert_eq!(store.order_by_request("key").await.unwrap().as_ref(), Some(&placed));
    assert_eq!(store.order_by_number(order_number(1_002)).await.unwrap(), Some(bare_placed));
    assert_eq!(store.order_by_token("A").await.unwrap(), None);
}

pub async fn an_idempotency_key_places_one_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.place_order(order("a"), Some("key")).await.unwrap();
    let again = store.place_order(order("b"), Some("key")).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(store.orders(None, 10).await.unwrap(), [first]);
    let other = store.place_order(order("b"), Some("other key")).await.unwrap();
    assert_eq!(other.number, order_number(1_002));
}

pub async fn orders_come_newest_first_and_in_pages(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b", "c", "d", "e"] {
        store.place_order(order(token), None).await.unwrap();
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
        store.place_order(order(&index.to_string()), None).await.unwrap().number.get()
    };
    let mut numbers = fifty_times(&store, place).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
}

pub async fn one_key_fifty_times_at_once_places_one_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| async move {
        store.place_order(order(&index.to_string()), Some("key")).await.unwrap()
    };
    let placed = fifty_times(&store, place).await;
    assert!(placed.iter().all(|order| *order == placed[0]));
    assert_eq!(store.orders(None, 100).await.unwrap().len(), 1);
}

pub async fn orders_are_for_revisions_that_exist(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let wrong = OrderContent { revision: number(2), ..order("a") };
    assert!(matches!(
        store.place_order(wrong, None).await,
        Err(StoreError::Failed { what: "place an order", .. })
    ));
    assert_eq!(store.place_order(order("a"), None).await.unwrap().number, order_number(1_001));
}

pub async fn orders_of_one_design_share_its_picture(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (token, picture) in [("a", "<svg/>"), ("b", "<svg/>"), ("c", "<svg id=\"c\"/>"), ("d", "")] {
        let placed = store
            .place_order(OrderContent { picture: picture.to_owned(), ..order(token) }, None)
            .await
            .unwrap();
        assert_eq!(placed.picture, picture);
        assert_eq!(store.order_by_token(token).await.unwrap().unwrap().picture, picture);
    }
}

pub async fn an_order_that_can_not_be_placed_hinders_no_other(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| async move {
        let revision = if index.is_multiple_of(5) { number(2) } else { number(1) };
        let order = OrderContent { revision, picture: index.to_string(), ..order(&index.to_string()) };
        store.place_order(order, None).await
    };
    let outcomes = fifty_times(&store, place).await;
    for (index, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.is_ok(), !index.is_multiple_of(5), "{outcome:?}");
        let kept = store.order_by_token(&index.to_string()).await.unwrap();
        assert_eq!(kept.as_ref(), outcome.as_ref().ok());
    }
    assert_eq!(
        store.place_order(order("last"), None).await.unwrap().number,
        order_number(1_041),
        "without gaps"
    );
}
