//! Daily sums: added to, read by the period, moved with their product, and forgotten.

use std::sync::Arc;

use shop::Store;
use shop::insight::{Count, CountKind, DayCount, Sums};
use testing::slug;
use time::Date;
use time::macros::date;

use super::builders::{at, fifty_times, product};

fn counted(day: Date, count: Count, times: u32) -> DayCount {
    DayCount { slug: slug("lamp"), day, count, times }
}

pub async fn daily_sums_are_added_to_and_read_by_the_period(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.add_product(&product("chair")).await.unwrap();
    assert_eq!(store.counted_since(&slug("lamp")).await.unwrap(), None);
    let (first, second) = (date!(2027 - 01 - 15), date!(2027 - 01 - 16));
    let chosen = Count::option(CountKind::Chosen, "shade", "brass");
    let barred = Count::barred("shade", "brass", "heavy");
    let add = |store: Arc<dyn Store>, _| {
        let counts = [counted(first, Count::of(CountKind::Visit), 1), counted(second, chosen.clone(), 2)];
        async move { store.add_counts(&counts).await.unwrap() }
    };
    fifty_times(&store, add).await;
    store.add_counts(&[counted(second, barred.clone(), 3)]).await.unwrap();
    store.add_counts(&[]).await.unwrap();
    let all = store.sums(&slug("lamp"), first, second).await.unwrap();
    let expected = [(Count::of(CountKind::Visit), 50), (chosen.clone(), 100), (barred.clone(), 3)];
    assert_eq!(all, Sums::from_iter(expected));
    let later = store.sums(&slug("lamp"), second, second).await.unwrap();
    assert_eq!(later, Sums::from_iter([(chosen, 100), (barred, 3)]));
    assert!(store.sums(&slug("chair"), first, second).await.unwrap().is_empty());
    assert_eq!(store.counted_since(&slug("lamp")).await.unwrap(), Some(first));
    assert_eq!(store.forget_counts(second).await.unwrap(), 1);
    assert_eq!(store.counted_since(&slug("lamp")).await.unwrap(), Some(second));
}

/// What waited in memory may be written under the former address, and the product may go back there.
pub async fn daily_sums_follow_a_product_there_and_back(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let day = date!(2027 - 01 - 15);
    let visits = counted(day, Count::of(CountKind::Visit), 4);
    store.add_counts(std::slice::from_ref(&visits)).await.unwrap();
    assert!(store.change_address(&slug("lamp"), &slug("light"), "mia", at(1)).await.unwrap());
    let moved = store.sums(&slug("light"), day, day).await.unwrap();
    assert_eq!(moved, Sums::from_iter([(Count::of(CountKind::Visit), 4)]));
    store.add_counts(&[visits]).await.unwrap();
    assert!(store.change_address(&slug("light"), &slug("lamp"), "mia", at(2)).await.unwrap());
    let back = store.sums(&slug("lamp"), day, day).await.unwrap();
    assert_eq!(back, Sums::from_iter([(Count::of(CountKind::Visit), 8)]));
    assert!(store.sums(&slug("light"), day, day).await.unwrap().is_empty());
}
