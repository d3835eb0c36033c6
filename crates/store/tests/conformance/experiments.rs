//! Experiments: one runs with a product, visitors and orders count once, sums by arm, and what is left once it is closed.

use std::sync::Arc;

use shop::access::{AuditKind, AuditQuery};
use shop::experiments::{
    ArmSums, Counted, EndedBecause, Experiment, Fit, PastOrders, Visitor, VisitorsOrder,
};
use shop::orders::NewOrder;
use shop::{OrderContent, OrderState, Store};
use testing::{order_number, slug};
use time::{Duration, OffsetDateTime};

use super::builders::{at, experiment, move_order, new_order, order, place, product};

const WINDOW: Duration = Duration::days(14);
const CAPS: [i64; 4] = [20, 50, 20, 1];

pub fn visitor(hash: &str, arm: usize, stated_use: &str, at: OffsetDateTime) -> Visitor {
    Visitor {
        experiment: "one".to_owned(),
        hash: hash.to_owned(),
        arm,
        stated_use: stated_use.to_owned(),
        at,
    }
}

/// Places an order of so many minor units, so long after the first moment.
async fn ordered(store: &dyn Store, token: &str, total: i64, after: Duration) -> i64 {
    let content = OrderContent { total, placed_at: at(0) + after, ..order() };
    place(store, NewOrder { content, ..new_order(token) }).await.number.get()
}

fn ordered_by(number: i64, at_standard: i64, defaults_changed: u32) -> VisitorsOrder {
    let fits = vec![Fit { arm: 1, chosen: 3, fitting: 2 }, Fit { arm: 2, chosen: 1, fitting: 0 }];
    VisitorsOrder { number: order_number(number), at_standard, defaults_changed, fits }
}

pub async fn an_experiment_runs_alone_and_ends_once(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = experiment("one");
    assert!(store.start_experiment(&first).await.unwrap());
    assert!(!store.start_experiment(&experiment("one")).await.unwrap(), "its code");
    assert!(!store.start_experiment(&experiment("two")).await.unwrap(), "another one runs");
    let row = store.experiment("one").await.unwrap().unwrap();
    assert_eq!((row.experiment, row.result), (first.clone(), None));
    assert_eq!(store.experiment("two").await.unwrap(), None);
    assert!(store.end_experiment("one", EndedBecause::Harm, "atelier", at(9)).await.unwrap());
    assert!(!store.end_experiment("one", EndedBecause::Asked, "ana@example.org", at(10)).await.unwrap());
    assert!(!store.end_experiment("no", EndedBecause::Asked, "ana@example.org", at(10)).await.unwrap());
    let second = Experiment { started_at: at(11), ..experiment("two") };
    assert_eq!(store.running_experiments().await.unwrap(), []);
    assert!(store.start_experiment(&second).await.unwrap());
    assert_eq!(store.running_experiments().await.unwrap(), std::slice::from_ref(&second));
    let all: Vec<_> = store.experiments().await.unwrap().into_iter().map(|row| row.experiment).collect();
    let ended = Experiment { ended: Some((at(9), EndedBecause::Harm)), ..first };
    assert_eq!(all, [second, ended]);
    let noted = store.audit(&AuditQuery { kind: Some(AuditKind::Campaigns), ..AuditQuery::newest(9) }).await;
    let noted: Vec<_> = noted.unwrap().into_iter().map(|entry| (entry.by, entry.action)).collect();
    let by = |by: &str, action: &str| (by.to_owned(), action.to_owned());
    let start = by("ana@example.org", "start experiment");
    assert_eq!(noted, [start.clone(), by("atelier", "end experiment"), start]);
}

pub async fn an_experiment_adds_up_what_its_visitors_did(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.start_experiment(&experiment("one")).await.unwrap();
    let came = at(5);
    for (hash, arm, stated_use) in
        [("a", 0, "reading"), ("b", 0, "reading"), ("c", 1, ""), ("d", 1, ""), ("a", 1, "again")]
    {
        store.enter_experiment(&visitor(hash, arm, stated_use, came)).await.unwrap();
    }
    // Their time runs still.
    store.enter_experiment(&visitor("late", 1, "", came + Duration::days(1))).await.unwrap();
    assert_eq!(store.experiment_came("one").await.unwrap(), [(0, 2), (1, 3)]);
    // Of "a": 300 and 400 count as 500, and of what was changed the mean of both. Of "c" and "d": what came back, was cancelled, and came too late, with what was changed.
    let orders = [
        ("a", "t1", 300, Duration::days(1), &[][..]),
        ("a", "t2", 400, Duration::days(13), &[]),
        ("c", "t3", 90, Duration::days(2), &[OrderState::Cancelled]),
        (
            "c",
            "t4",
            80,
            Duration::days(2),
            &[
                OrderState::Confirmed,
                OrderState::InProduction,
                OrderState::Shipped,
                OrderState::Delivered,
                OrderState::Returned,
            ],
        ),
        ("d", "t5", 70, Duration::days(15), &[]),
        ("nobody", "t6", 60, Duration::days(1), &[]),
    ];
    for (hash, token, total, after, states) in orders {
        let number = ordered(&*store, token, total, after).await;
        for _ in 0..2 {
            store.order_in_experiment("one", hash, ordered_by(number, total / 2, 3)).await.unwrap();
        }
        move_order(&*store, number, states).await;
    }
    let counted = Counted { edits: 40, blocked: 2 };
    for _ in 0..2 {
        store.count_in_experiment("one", "b", came, counted).await.unwrap();
        store.count_in_experiment("one", "nobody", came, counted).await.unwrap();
        store.count_in_experiment("one", "a", came + Duration::SECOND, counted).await.unwrap();
    }
    let sums = store.experiment_sums("one", came, WINDOW, 500, CAPS).await.unwrap();
    let none = [0.0, 0.0];
    let holdout = ArmSums {
        arm: 0,
        stated_use: "reading".to_owned(),
        visitors: 2,
        orderers: Some(1),
        value: [500.0, 250_000.0],
        at_standard: [350.0, 122_500.0],
        rails: [[3.0, 9.0], [50.0, 2_500.0], [4.0, 16.0], none],
        fits: vec![Fit { arm: 1, chosen: 6, fitting: 4 }, Fit { arm: 2, chosen: 2, fitting: 0 }],
    };
    let treated = ArmSums {
        arm: 1,
        stated_use: String::new(),
        visitors: 2,
        orderers: Some(1),
        value: none,
        at_standard: none,
        rails: [[3.0, 9.0], none, none, [1.0, 1.0]],
        fits: Vec::new(),
    };
    assert_eq!(sums, [holdout, treated]);
    let past = store.past_orders(&slug("lamp"), at(0) + Duration::hours(30), 1).await.unwrap();
    assert_eq!(past, PastOrders { orders: 2, newest: vec![70] }, "without what was cancelled or came back");
}

pub async fn a_closed_experiment_keeps_its_sums_and_nobody(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.start_experiment(&experiment("one")).await.unwrap();
    store.enter_experiment(&visitor("a", 1, "reading", at(2))).await.unwrap();
    let number = ordered(&*store, "t", 100, Duration::hours(1)).await;
    store.order_in_experiment("one", "a", ordered_by(number, 50, 0)).await.unwrap();
    let sums = store.experiment_sums("one", at(9), WINDOW, 500, CAPS).await.unwrap();
    assert_eq!(sums.len(), 1);
    store.close_experiment("one", &[]).await.unwrap();
    let open = store.experiment("one").await.unwrap().unwrap();
    assert_eq!(open.result, None, "it runs");
    store.end_experiment("one", EndedBecause::Asked, "ana@example.org", at(9)).await.unwrap();
    store.enter_experiment(&visitor("b", 1, "", at(10))).await.unwrap();
    store.close_experiment("one", &sums).await.unwrap();
    store.close_experiment("one", &[]).await.unwrap();
    assert_eq!(store.experiment("one").await.unwrap().unwrap().result, Some(sums));
    assert_eq!(store.experiment_sums("one", at(99), WINDOW, 500, CAPS).await.unwrap(), []);
}
