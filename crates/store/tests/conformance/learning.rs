//! What was ordered, to learn from.

use std::sync::Arc;

use shop::catalogue::NewProduct;
use shop::learning::PastDesignRow;
use shop::orders::{NewChange, NewOrder, What};
use shop::{Buyer, OrderContent, OrderState, Store};
use testing::{ana, order_number, slug};

use crate::builders::{at, move_order, new_order, order, past, place, product};

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
            let change = NewChange { number, what: mark(is), at: at(9), by: "mia".to_owned() };
            store.change_orders(&[change]).await.unwrap();
            assert_eq!(teaching(&*store).await, teach);
        }
    }
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
