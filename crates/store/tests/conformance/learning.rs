//! What was ordered, to learn from.

use std::sync::Arc;

use shop::catalogue::NewProduct;
use shop::learning::PastDesignRow;
use shop::orders::NewOrder;
use shop::{OrderContent, Store};
use testing::slug;

use crate::builders::{new_order, order, past, place, product};

pub async fn past_designs_are_counted_and_the_most_frequent_come_first(store: Arc<dyn Store>) {
    let known = vec![past("reading", "linen", 3), past("drawing", "brass", 4), past("reading", "brass", 2)];
    store.add_product(&NewProduct { past: known, ..product("lamp") }).await.unwrap();
    store
        .add_product(&NewProduct { past: vec![past("reading", "oak", 9)], ..product("chair") })
        .await
        .unwrap();
    for token in ["a", "b", "c"] {
        place(&*store, new_order(token)).await;
    }
    let brass = PastDesignRow { synthetic: 2, ..past("reading", "brass", 5) };
    let expected = [brass, past("drawing", "brass", 4), past("reading", "linen", 3)];
    assert_eq!(store.past_designs(&slug("lamp")).await.unwrap(), expected);
}

pub async fn orders_without_a_stated_use_are_not_learnt_from(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let content = OrderContent { stated_use: None, ..order() };
    place(&*store, NewOrder { content, ..new_order("a") }).await;
    assert_eq!(store.past_designs(&slug("lamp")).await.unwrap(), []);
}
