//! The orders desk.

use std::sync::Arc;

use shop::access::{AuditKind, AuditQuery};
use shop::orders::{
    Changing, Cursor, DeskQuery, Filter, NewChange, NewOrder, OrderEvent, Sort, States, View, What,
};
use shop::{Buyer, OrderContent, OrderState, OrderedValue, Progress, Store};
use testing::{ana, order_number, slug};
use time::macros::date;
use time::{Date, Duration};

use crate::builders::{acceptance, at, fifty_times, invite, move_order, new_order, order, place, product};

fn changed(number: i64, what: What, seconds: i64) -> NewChange {
    NewChange { number: order_number(number), what, at: at(seconds), by: "mia".to_owned(), mail: None }
}

pub async fn an_order_goes_its_way_and_every_step_is_kept(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    assert_eq!(place(&*store, new_order("a")).await.progress, Progress::default());
    let confirmed = What::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
    let cancelled = What::Move {
        seen: OrderState::Confirmed,
        to: OrderState::Cancelled,
        reason: "Paid “twice”".to_owned(),
    };
    let whats = [
        confirmed.clone(),
        What::Test(true),
        What::Test(true),
        What::Note("Call them\non Monday".to_owned()),
        What::LeftOut(true),
        cancelled.clone(),
        What::LeftOut(false),
    ];
    let changes: Vec<_> =
        whats.iter().zip(1..).map(|(what, seconds)| changed(1_001, what.clone(), seconds)).collect();
    assert_eq!(store.change_orders(&changes).await.unwrap(), [Changing::Done; 7]);

    let since = Some(at(6));
    let progress =
        Progress { state: OrderState::Cancelled, since, is_test: true, left_out: false, is_locked: false };
    let order = store.order_by_number(order_number(1_001)).await.unwrap().unwrap();
    assert_eq!(order.progress, progress);
    assert_eq!(order.content, crate::builders::order(), "what was ordered stays");
    let expected = [
        (7, What::LeftOut(false)),
        (6, cancelled),
        (5, What::LeftOut(true)),
        (4, What::Note("Call them\non Monday".to_owned())),
        (2, What::Test(true)),
        (1, confirmed),
    ]
    .map(|(seconds, what)| OrderEvent { what, at: at(seconds), by: "mia".to_owned() });
    assert_eq!(
        store.order_events(order_number(1_001)).await.unwrap(),
        expected,
        "what changes nothing is no event"
    );
    let noted =
        store.audit(&AuditQuery { kind: Some(AuditKind::Orders), ..AuditQuery::newest(9) }).await.unwrap();
    let noted: Vec<_> =
        noted.iter().rev().map(|done| (&*done.action, &*done.subject, &*done.detail)).collect();
    let expected = [
        ("order state", "1001", "placed → confirmed"),
        ("order mark", "1001", "test yes"),
        ("order mark", "1001", "left_out yes"),
        ("order state", "1001", "confirmed → cancelled"),
        ("order mark", "1001", "left_out no"),
    ];
    assert_eq!(noted, expected, "neither notes nor reasons");
}

pub async fn the_last_step_of_an_order_is_undone_for_a_while(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, new_order("a")).await;
    use OrderState::{Cancelled, Confirmed, Placed};
    let change =
        async |what: What, seconds| store.change_orders(&[changed(1_001, what, seconds)]).await.unwrap()[0];
    let step = |seen, to| What::Move { seen, to, reason: "a reason".to_owned() };
    let back = |seen, to| What::Back { seen, to };
    let progress = async || {
        let order = store.order_by_number(order_number(1_001)).await.unwrap().unwrap();
        (order.progress.state, order.progress.since)
    };
    assert_eq!(change(back(Placed, Placed), 1).await, Changing::TooLate, "there is no step");
    change(step(Placed, Confirmed), 10).await;
    assert_eq!(change(back(Placed, Placed), 20).await, Changing::Otherwise(Confirmed));
    change(step(Confirmed, Cancelled), 30).await;
    assert_eq!(change(back(Cancelled, Placed), 40).await, Changing::TooLate, "it was not there");
    assert_eq!(change(back(Cancelled, Confirmed), 631).await, Changing::TooLate);
    assert_eq!(change(back(Cancelled, Confirmed), 630).await, Changing::Done);
    assert_eq!(progress().await, (Confirmed, Some(at(10))), "as it was before");
    assert_eq!(change(back(Confirmed, Placed), 640).await, Changing::TooLate, "one step at a time");
    change(step(Confirmed, Cancelled), 650).await;
    let events = store.order_events(order_number(1_001)).await.unwrap();
    assert_eq!(events[1], OrderEvent { what: back(Cancelled, Confirmed), at: at(630), by: "mia".to_owned() });
    // The first step leads back to what was placed.
    place(&*store, new_order("b")).await;
    let changes = [changed(1_002, step(Placed, Confirmed), 1), changed(1_002, back(Confirmed, Placed), 2)];
    assert_eq!(store.change_orders(&changes).await.unwrap(), [Changing::Done; 2]);
    let order = store.order_by_number(order_number(1_002)).await.unwrap().unwrap();
    assert_eq!(order.progress, Progress::default());
}

pub async fn an_order_that_was_changed_meanwhile_stays_and_hinders_no_other(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b"] {
        place(&*store, new_order(token)).await;
    }
    let confirm = What::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
    move_order(&*store, 1_001, &[OrderState::Cancelled]).await;
    let changes = [1_001, 1_002, 1_003].map(|number| changed(number, confirm.clone(), 9));
    let expected = [Changing::Otherwise(OrderState::Cancelled), Changing::Done, Changing::NoOrder];
    assert_eq!(store.change_orders(&changes).await.unwrap(), expected);
    assert_eq!(store.order_events(order_number(1_001)).await.unwrap().len(), 1);
    let other = store.order_by_number(order_number(1_002)).await.unwrap().unwrap();
    assert_eq!((other.progress.state, other.progress.since), (OrderState::Confirmed, Some(at(9))));
}

/// Half of them confirm, half cancel.
pub async fn of_many_changes_of_one_order_at_once_one_wins(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, new_order("a")).await;
    let outcomes = fifty_times(&store, |store, index| async move {
        let to = if index.is_multiple_of(2) { OrderState::Confirmed } else { OrderState::Cancelled };
        let what = What::Move { seen: OrderState::Placed, to, reason: index.to_string() };
        let outcome = store.change_orders(&[changed(1_001, what, 1)]).await.unwrap()[0];
        (to, outcome)
    })
    .await;
    let state = store.order_by_number(order_number(1_001)).await.unwrap().unwrap().progress.state;
    let done: Vec<_> = outcomes.iter().filter(|(_, outcome)| *outcome == Changing::Done).collect();
    assert_eq!(done, [&(state, Changing::Done)]);
    assert_eq!(outcomes.iter().filter(|(_, outcome)| *outcome == Changing::Otherwise(state)).count(), 49);
    assert_eq!(store.order_events(order_number(1_001)).await.unwrap().len(), 1);
}

pub async fn orders_at_once_are_changed_in_any_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b", "c"] {
        place(&*store, new_order(token)).await;
    }
    let outcomes = fifty_times(&store, |store, index| async move {
        let mut numbers = [1_001, 1_002, 1_003];
        numbers.rotate_left(index % 3);
        let changes = numbers.map(|number| changed(number, What::Note(index.to_string()), 1));
        store.change_orders(&changes).await.unwrap()
    })
    .await;
    assert!(outcomes.iter().flatten().all(|outcome| *outcome == Changing::Done));
    for number in 1_001..=1_003 {
        assert_eq!(store.order_events(order_number(number)).await.unwrap().len(), 50);
    }
}

/// Six orders: two of chairs, days of promise that are not in their order, one without.
async fn six(store: &dyn Store) {
    for address in ["lamp", "chair"] {
        store.add_product(&product(address)).await.unwrap();
    }
    let due = [
        Some(date!(2026 - 12 - 18)),
        Some(date!(2026 - 12 - 03)),
        None,
        Some(date!(2026 - 12 - 18)),
        Some(date!(2026 - 11 - 30)),
        Some(date!(2027 - 01 - 07)),
    ];
    let more = [("lamp", 300), ("lamp", 100), ("chair", 200)].into_iter().cycle();
    for ((arrival, days), (address, total)) in due.into_iter().zip(0..).zip(more) {
        let buyer = Buyer { name: format!("Buyer {days}"), ..ana() };
        let placed_at = order().placed_at + Duration::days(days);
        let content = OrderContent { arrival, placed_at, slug: slug(address), total, buyer, ..order() };
        place(store, NewOrder { content, ..new_order(&days.to_string()) }).await;
    }
}

async fn found(store: &dyn Store, query: DeskQuery) -> Vec<i64> {
    let orders = store.desk_orders(&DeskQuery { limit: 10, ..query }).await.unwrap();
    orders.iter().map(|order| order.number.get()).collect()
}

pub async fn the_desk_filters_orders(store: Arc<dyn Store>) {
    six(&*store).await;
    move_order(&*store, 1_002, &[OrderState::Confirmed]).await;
    move_order(&*store, 1_004, &[OrderState::Cancelled]).await;
    store
        .change_orders(&[changed(1_005, What::Test(true), 1), changed(1_006, What::LeftOut(true), 1)])
        .await
        .unwrap();
    let placed = order().placed_at.date();
    let day = |days| placed.checked_add(Duration::days(days));
    let none = Filter::default;
    for (filter, expected) in [
        (none(), vec![1_006, 1_005, 1_004, 1_003, 1_002, 1_001]),
        (Filter { states: Some(States::One(OrderState::Confirmed)), ..none() }, vec![1_002]),
        (Filter { states: Some(States::Open), ..none() }, vec![1_006, 1_005, 1_003, 1_002, 1_001]),
        (Filter { product: Some(slug("chair")), ..none() }, vec![1_006, 1_003]),
        (Filter { from: day(2), to: day(3), ..none() }, vec![1_004, 1_003]),
        (Filter { due_before: Some(date!(2026 - 12 - 18)), ..none() }, vec![1_005, 1_002]),
        (Filter { is_test: Some(true), ..none() }, vec![1_005]),
        (Filter { is_test: Some(false), product: Some(slug("lamp")), ..none() }, vec![1_004, 1_002, 1_001]),
        (Filter { left_out: Some(true), ..none() }, vec![1_006]),
        (Filter { left_out: Some(false), is_test: Some(true), ..none() }, vec![1_005]),
    ] {
        let begins = |day: Option<Date>| day.map(|day| day.midnight().assume_utc());
        let placed = (begins(filter.from), begins(filter.to.and_then(Date::next_day)));
        let query = DeskQuery { filter: filter.clone(), placed, ..DeskQuery::default() };
        assert_eq!(found(&*store, query).await, expected, "{filter:?}");
    }
    let shown = &store.desk_orders(&DeskQuery { limit: 1, ..DeskQuery::default() }).await.unwrap()[0];
    assert_eq!((shown.buyer.as_str(), shown.email.as_str()), ("Buyer 5", "ana@example.org"));
    assert_eq!((shown.total, shown.quantity, shown.arrival), (200, 999, Some(date!(2027 - 01 - 07))));
    assert!(shown.progress.left_out);
}

pub async fn the_desk_finds_orders_that_have_an_option(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (shade, extras) in
        [("brass", "clamp,long_cord"), ("linen", "long-cord"), ("brass", "cord,dimmer,clamp")]
    {
        let mut content = order();
        let of = |code: &str, value: &str| OrderedValue {
            code: code.to_owned(),
            value: value.to_owned(),
            ..content.design[0].clone()
        };
        content.design = vec![of("shade", shade), of("extras", extras)];
        place(&*store, NewOrder { content, ..new_order(extras) }).await;
    }
    for (attribute, option, expected) in [
        ("shade", "brass", vec![1_003, 1_001]),
        ("shade", "bras", vec![]),
        ("extras", "clamp", vec![1_003, 1_001]),
        ("extras", "dimmer", vec![1_003]),
        ("extras", "long_cord", vec![1_001]),
        ("extras", "cord", vec![1_003]),
        ("shade", "clamp", vec![]),
        ("extras", "%", vec![]),
    ] {
        let option = Some((attribute.to_owned(), option.to_owned()));
        let filter = Filter { option, ..Filter::default() };
        let query = DeskQuery { filter: filter.clone(), ..DeskQuery::default() };
        assert_eq!(found(&*store, query).await, expected, "{filter:?}");
    }
}

pub async fn the_desk_sorts_orders_and_goes_on_from_each(store: Arc<dyn Store>) {
    six(&*store).await;
    for (sort, expected) in [
        (Sort::Newest, [1_006, 1_005, 1_004, 1_003, 1_002, 1_001]),
        (Sort::Oldest, [1_001, 1_002, 1_003, 1_004, 1_005, 1_006]),
        (Sort::Due, [1_005, 1_002, 1_001, 1_004, 1_006, 1_003]),
        (Sort::DueLast, [1_003, 1_006, 1_004, 1_001, 1_002, 1_005]),
        (Sort::Largest, [1_004, 1_001, 1_006, 1_003, 1_005, 1_002]),
        (Sort::Smallest, [1_002, 1_005, 1_003, 1_006, 1_001, 1_004]),
    ] {
        let query = |from| DeskQuery { sort, from, ..DeskQuery::default() };
        assert_eq!(found(&*store, query(None)).await, expected);
        for (place, number) in expected.into_iter().enumerate() {
            let order =
                store.desk_orders(&DeskQuery { sort, limit: 10, ..DeskQuery::default() }).await.unwrap();
            let key = match sort {
                Sort::Largest | Sort::Smallest => order[place].total,
                Sort::Due | Sort::DueLast => {
                    order[place].arrival.map_or(shop::orders::NEVER, |day| day.to_julian_day().into())
                }
                Sort::Newest | Sort::Oldest => number,
            };
            let from = |backwards| Some(Cursor { key, number: order_number(number), backwards });
            assert_eq!(found(&*store, query(from(false))).await, expected[place + 1..]);
            let mut before = found(&*store, query(from(true))).await;
            before.reverse();
            assert_eq!(before, expected[..place]);
        }
    }
}

pub async fn what_is_found_is_added_up_by_currency(store: Arc<dyn Store>) {
    six(&*store).await;
    let content = OrderContent { total: 7, currency: "CHF".to_owned(), ..order() };
    place(&*store, NewOrder { content, ..new_order("francs") }).await;
    move_order(&*store, 1_002, &[OrderState::Confirmed]).await;
    let sums = async |filter: Filter| {
        let sums = store.desk_sums(&DeskQuery { filter, ..DeskQuery::default() }).await.unwrap();
        sums.into_iter().map(|sum| (sum.currency, sum.orders, sum.total)).collect::<Vec<_>>()
    };
    let euros = |orders, total| ("EUR".to_owned(), orders, total);
    let francs = ("CHF".to_owned(), 1, 7);
    assert_eq!(sums(Filter::default()).await, [francs.clone(), euros(6, 1_200)]);
    let placed = Some(States::One(OrderState::Placed));
    assert_eq!(sums(Filter { states: placed, ..Filter::default() }).await, [francs, euros(5, 1_100)]);
    let by_product = store.orders_by_product(&DeskQuery::default()).await.unwrap();
    assert_eq!(by_product.iter().map(|(_, orders)| orders).sum::<u64>(), 7);
    assert!(by_product.contains(&(slug("chair"), 2)), "{by_product:?}");
    let chair = Some(slug("chair"));
    assert_eq!(sums(Filter { product: chair, ..Filter::default() }).await, [euros(2, 400)]);
    let shade = Some(("shade".to_owned(), "brass".to_owned()));
    assert_eq!(
        sums(Filter { option: shade, product: Some(slug("chair")), ..Filter::default() }).await,
        [euros(2, 400)]
    );
    let none = Filter { is_test: Some(true), ..Filter::default() };
    assert_eq!(sums(none).await, []);
}

pub async fn orders_are_found_by_the_beginnings_of_words(store: Arc<dyn Store>) {
    six(&*store).await;
    let first = store.orders_without_words(4).await.unwrap();
    assert_eq!(
        first.iter().map(|order| order.number.get()).collect::<Vec<_>>(),
        [1_001, 1_002, 1_003, 1_004]
    );
    assert_eq!((first[0].buyer.as_str(), first[0].product.as_str()), ("Buyer 0", "Desk lamp"));
    let words = |number: i64, words: &[&str]| {
        (order_number(number), words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    };
    let known =
        [words(1_001, &["1001", "lima", "ana@example.org"]), words(1_002, &["1002", "limaçon", "1001x"])];
    store.add_order_words(&known).await.unwrap();
    store.add_order_words(&known).await.unwrap();
    assert_eq!(store.orders_without_words(9).await.unwrap().len(), 4);
    for (text, expected) in [
        ("Lim", vec![1_002, 1_001]),
        ("lima ana@", vec![1_001]),
        ("LIMACON", vec![]),
        ("1001", vec![1_001]),
        ("100", vec![]),
        ("1001x", vec![1_002]),
        ("%", vec![1_006, 1_005, 1_004, 1_003, 1_002, 1_001]),
    ] {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        assert_eq!(found(&*store, DeskQuery { filter, ..DeskQuery::default() }).await, expected, "{text}");
    }
}

pub async fn views_are_each_persons_own(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    store.accept_invite(&acceptance("i", "s", 0)).await.unwrap();
    let view = |name: &str, filter: &str| View { name: name.to_owned(), filter: filter.to_owned() };
    for view in [view("late", "a=1"), view("Late", "b=2"), view("late", "c=3")] {
        store.keep_desk_view("mia@example.org", &view).await.unwrap();
    }
    assert_eq!(
        store.desk_views("mia@example.org").await.unwrap(),
        [view("Late", "b=2"), view("late", "c=3")]
    );
    assert_eq!(store.desk_views("ana@example.org").await.unwrap(), []);
    store.remove_desk_view("mia@example.org", "Late").await.unwrap();
    assert_eq!(store.desk_views("mia@example.org").await.unwrap(), [view("late", "c=3")]);
}
