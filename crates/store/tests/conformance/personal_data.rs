//! Everything about a person: read as a whole, and forgotten.

use std::sync::Arc;

use shop::access::AuditQuery;
use shop::customers::{Customer, Erasure, Retention};
use shop::designs::{Expected, Keeping, KeptDesign};
use shop::insight::{Count, CountKind, DayCount, Sums};
use shop::mail::{MailKind, NewOrderMail};
use shop::orders::{Changing, NewChange, NewOrder, NewStateMail, OrderedValue, What};
use shop::{Asker, Buyer, OrderState, Store};
use testing::{order_number, slug};
use time::Duration;
use time::macros::date;

use super::builders::{at, kept_design, move_order, new_order, order, place, product};
use super::customers::{asked, consent, remembered, signed_in};

/// In every text about Ana. It is in no word that the shop writes itself.
const CANARY: &str = "canary";

/// Ana, with something of hers in every table: two orders (1001 is delivered), a design, mails. And an order of Ben's.
async fn ana(store: &dyn Store) -> Customer {
    store.add_product(&product("lamp")).await.unwrap();
    let email = format!("{CANARY}@example.org");
    let ana = signed_in(store, &email, "s").await;
    store.ask_to_sign_in(&asked("t", &email, 3)).await.unwrap();
    for token in ["a", "b"] {
        let mut content = order();
        content.buyer = Buyer {
            name: format!("Ana {CANARY}"),
            email: email.clone(),
            address: format!("{CANARY} street 1"),
            note: format!("the {CANARY} bell"),
        };
        content.picture = format!("<svg>{CANARY}</svg>");
        content.design[0].value = CANARY.to_owned();
        let mail = Some(NewOrderMail { token: format!("{CANARY} token") });
        let language = "de".to_owned();
        let asker = Asker { segments: vec![CANARY.to_owned()], ..Asker::default() };
        place(store, NewOrder { content, language, mail, asker, ..new_order(token) }).await;
    }
    place(store, new_order("c")).await;
    for number in [1001, 1002] {
        let what = What::Note(format!("call {CANARY}"));
        let note =
            NewChange { number: order_number(number), what, at: at(6), by: "mia".to_owned(), mail: None };
        assert_eq!(store.change_orders(&[note]).await.unwrap(), [Changing::Done]);
        store.add_order_words(&[(order_number(number), vec![CANARY.to_owned()])]).await.unwrap();
    }
    store.add_order_words(&[(order_number(1003), vec!["lima".to_owned()])]).await.unwrap();
    let way = [OrderState::Confirmed, OrderState::InProduction, OrderState::Shipped, OrderState::Delivered];
    move_order(store, 1001, &way).await;
    let mut design = kept_design();
    design.choices[1].1 = format!("for {CANARY}");
    store.keep_design("d", &design).await.unwrap();
    store.keep_consent(&consent(&ana, true)).await.unwrap();
    store.remember(&remembered(&ana, "d", "lamp")).await.unwrap();
    ana
}

async fn tables(store: &dyn Store, customer: &Customer) -> Vec<(&'static str, usize)> {
    let tables = store.personal_data(customer).await.unwrap();
    let tables = tables.into_iter().filter(|table| !table.rows.is_empty());
    tables.map(|table| (table.name, table.rows.len())).collect()
}

pub async fn everything_about_a_customer_is_read(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let wanted = [
        ("customers", 1),
        ("customer_sessions", 1),
        ("consents", 1),
        ("customer_needs", 1),
        ("customer_designs", 1),
        ("designs", 1),
        ("sign_ins", 1),
        ("orders", 2),
        ("order_events", 6),
        ("order_words", 2),
        ("pictures", 1),
        ("outbox", 4),
    ];
    assert_eq!(tables(&*store, &ana).await, wanted);
    let all = store.personal_data(&ana).await.unwrap();
    let orders = &all.iter().find(|table| table.name == "orders").unwrap().rows;
    assert_eq!(orders[0]["email"], format!("{CANARY}@example.org"));
    assert_eq!(orders[0]["total"], i64::MAX);
    assert!(orders[0]["buyer"].as_str().unwrap().contains("bell"));
    assert_eq!(orders[0]["asker"], format!(r#"{{"segments":["{CANARY}"]}}"#));
    for column in ["secret", "token", "token_hash", "request_key", "person"] {
        assert!(all.iter().flat_map(|table| &table.rows).all(|row| !row.contains_key(column)), "{column}");
    }
}

/// A link that somebody was given is no design of theirs to erase.
pub async fn what_others_keep_or_share_is_not_erased(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let ben = signed_in(&*store, "ben@example.org", "ben").await;
    store.keep_consent(&consent(&ben, true)).await.unwrap();
    let shared = KeptDesign { keeping: Keeping::Shared, ..kept_design() };
    store.keep_design("shared", &shared).await.unwrap();
    for design in ["d", "shared"] {
        store.remember(&remembered(&ben, design, "lamp")).await.unwrap();
    }
    let erasure =
        Erasure { customer: ben.id.clone(), email: ben.email.clone(), at: at(9), orders_before: at(0) };
    store.erase(&erasure).await.unwrap();
    assert_eq!(store.kept_design("shared").await.unwrap(), Some(shared));
    assert!(store.kept_design("d").await.unwrap().is_some(), "Ana keeps it");
    assert!(tables(&*store, &ana).await.contains(&("designs", 1)));
}

/// A design that was ordered stays behind its link as long as the order has its buyer, also where nobody remembered it.
pub async fn what_was_ordered_is_forgotten_with_its_buyer(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let ben = signed_in(&*store, "ben@example.org", "ben").await;
    store.keep_consent(&consent(&ben, true)).await.unwrap();
    let design = kept_design();
    let expected = Expected { revision: design.revision, start: &design.start, choices: &design.choices };
    for (link, number) in [("first", 1001), ("second", 1002), ("bens", 1002), ("others", 1003)] {
        store.keep_design(link, &design).await.unwrap();
        store.design_ordered(link, &slug("lamp"), expected, order_number(number)).await.unwrap();
    }
    store.remember(&remembered(&ben, "bens", "lamp")).await.unwrap();
    assert!(
        tables(&*store, &ana).await.contains(&("designs", 4)),
        "one that she keeps, and three that she ordered"
    );

    let retention = |before| Retention { now: at(30), orders_before: before, customers_before: at(0) };
    assert_eq!(store.retain(retention(at(100))).await.unwrap(), 1);
    assert_eq!(store.kept_design("first").await.unwrap(), None, "1001 was delivered, and its time is over");
    assert!(store.kept_design("second").await.unwrap().is_some());
    let erasure =
        Erasure { customer: ana.id.clone(), email: ana.email.clone(), at: at(40), orders_before: at(0) };
    store.erase(&erasure).await.unwrap();
    assert_eq!(store.kept_design("second").await.unwrap(), None);
    for link in ["bens", "others"] {
        assert!(store.kept_design(link).await.unwrap().is_some(), "{link}");
    }
}

/// Nothing is left but what the law keeps, and that is found by nobody.
pub async fn an_erased_customer_leaves_what_the_law_keeps(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let erasure = |before| Erasure {
        customer: ana.id.clone(),
        email: ana.email.clone(),
        at: at(20),
        orders_before: before,
    };
    assert_eq!(store.erase(&erasure(at(100))).await.unwrap(), 1);
    let freed = store.order_by_number(order_number(1001)).await.unwrap().unwrap();
    assert_eq!((freed.buyer.clone(), freed.design.len(), &*freed.picture), (Buyer::default(), 0, ""));
    let kept = store.order_by_number(order_number(1002)).await.unwrap().unwrap();
    assert_eq!(kept.buyer.name, format!("Ana {CANARY}"));
    assert_eq!(store.order_by_token("a").await.unwrap(), None);
    assert!(store.order_by_token("b").await.unwrap().is_some(), "their own link shows it still");
    for number in [1001, 1002] {
        let events = store.order_events(order_number(number)).await.unwrap();
        assert!(!format!("{events:?}").contains(CANARY), "{events:?}");
    }
    assert_eq!(store.customer("s", at(2)).await.unwrap(), None);
    assert_eq!(store.sign_in_address("t", at(4)).await.unwrap(), None);
    assert_eq!(store.kept_design("d").await.unwrap(), None);
    assert_eq!(store.take_mail(at(9_999), at(10_000)).await.unwrap().map(|mail| mail.recipient), None);
    assert_eq!(store.mails_over(9).await.unwrap().len(), 4, "what delivered them forgets them, too");
    let done = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    assert_eq!(
        (&*done.action, &*done.subject, &*done.detail),
        ("erase customer", ana.id.as_str(), "orders kept: 1")
    );
    let wanted = [
        ("orders", 1),
        ("order_events", 1),
        ("order_words", 1),
        ("pictures", 1),
        ("audit", 1),
        ("erasures", 1),
    ];
    assert_eq!(tables(&*store, &ana).await, wanted);
    let all = store.personal_data(&ana).await.unwrap();
    let locked = &all.iter().find(|table| table.name == "orders").unwrap().rows[0];
    for learnt in ["asker", "stated_use"] {
        assert!(locked[learnt].is_null(), "the law asks for nothing to learn from: {learnt}");
    }
    // Nothing new is found by their name either.
    assert_eq!(store.orders_without_words(9).await.unwrap(), []);
    assert_eq!(store.order_by_number(order_number(1003)).await.unwrap().unwrap().buyer.name, "Ana Lima");

    let way = [OrderState::Confirmed, OrderState::Cancelled];
    move_order(&*store, 1002, &way).await;
    let retention = |before| Retention { now: at(30), orders_before: before, customers_before: at(0) };
    assert_eq!(store.retain(retention(at(5))).await.unwrap(), 0);
    assert_eq!(store.retain(retention(at(100))).await.unwrap(), 1);
    assert_eq!(tables(&*store, &ana).await, [("audit", 1), ("erasures", 1)]);
}

pub async fn what_mattered_is_forgotten_with_the_consent(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let ana = signed_in(&*store, "ana@example.org", "s").await;
    store.keep_consent(&consent(&ana, true)).await.unwrap();
    let default = |said: &str| {
        let level = serde_json::json!({ "SameNeed": { "benefit": said } });
        serde_json::json!({ "default": { "level": level, "orders": 90, "synthetic": 0, "agreeing": 88, "sure": 97, "people": said } })
    };
    let asked = |token| {
        let mut content = order();
        content.buyer.email = "Ana@example.org".to_owned();
        content.design[0].origin = serde_json::from_value(default(CANARY)).unwrap();
        let asker = Asker { segments: vec![CANARY.to_owned()], ..Asker::default() };
        NewOrder { content, asker, ..new_order(token) }
    };
    place(&*store, asked("before")).await;
    let orders = async || {
        let tables = store.personal_data(&ana).await.unwrap();
        tables.into_iter().find(|table| table.name == "orders").unwrap().rows
    };
    assert!(orders().await[0]["asker"].as_str().unwrap().contains(CANARY), "she agreed to it");

    store.keep_consent(&consent(&ana, false)).await.unwrap();
    // It was asked for while she still agreed, and is written afterwards.
    place(&*store, asked("after")).await;
    let rows = orders().await;
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(row["asker"].is_null());
        let design: serde_json::Value = serde_json::from_str(row["design"].as_str().unwrap()).unwrap();
        assert_eq!(design[0]["origin"], default(""), "the level stays, and how sure it was");
    }
}

pub async fn what_mattered_is_not_written_after_an_erasure(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let ana = signed_in(&*store, "ana@example.org", "s").await;
    store.keep_consent(&consent(&ana, true)).await.unwrap();
    let erasure =
        Erasure { customer: ana.id.clone(), email: ana.email.clone(), at: at(20), orders_before: at(0) };
    store.erase(&erasure).await.unwrap();
    // Both were asked for before. Only customers are in segments; who is none agreed in the browser.
    let mut content = order();
    content.buyer.email = ana.email.clone();
    let asker = Asker { segments: vec![CANARY.to_owned()], ..Asker::default() };
    place(&*store, NewOrder { content: content.clone(), asker, ..new_order("segments") }).await;
    content.buyer.email = "guest@example.org".to_owned();
    let asker = Asker { needs: [("comfort".to_owned(), 2)].into(), ..Asker::default() };
    place(&*store, NewOrder { content, asker, ..new_order("needs") }).await;
    let askers = async |email: &str| {
        let customer = Customer { email: email.to_owned(), ..ana.clone() };
        let tables = store.personal_data(&customer).await.unwrap();
        let rows = tables.into_iter().find(|table| table.name == "orders").unwrap().rows;
        rows.iter().map(|row| row["asker"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(askers(&ana.email).await, [serde_json::Value::Null]);
    assert_eq!(askers("guest@example.org").await, [serde_json::json!(r#"{"needs":{"comfort":2}}"#)]);
}

pub async fn a_test_order_is_not_kept(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let what = What::Test(true);
    let change = NewChange { number: order_number(1002), what, at: at(6), by: "mia".to_owned(), mail: None };
    store.change_orders(&[change]).await.unwrap();
    let erasure =
        Erasure { customer: ana.id.clone(), email: ana.email.clone(), at: at(20), orders_before: at(0) };
    assert_eq!(store.erase(&erasure).await.unwrap(), 1);
    let freed = store.order_by_number(order_number(1002)).await.unwrap().unwrap();
    assert_eq!(freed.buyer, Buyer::default());
}

pub async fn nobody_is_told_of_an_order_after_asking_to_be_forgotten(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let step = |seen, to, seconds: i64| NewChange {
        number: order_number(1002),
        what: What::Move { seen, to, reason: String::new() },
        at: at(seconds),
        by: "mia".to_owned(),
        mail: Some(NewStateMail {
            token: "secret".to_owned(),
            token_hash: format!("hash {seconds}"),
            due_at: at(seconds + 10),
        }),
    };
    let confirm = step(OrderState::Placed, OrderState::Confirmed, 15);
    assert_eq!(store.change_orders(&[confirm]).await.unwrap(), [Changing::Done]);
    let erasure =
        Erasure { customer: ana.id.clone(), email: ana.email.clone(), at: at(20), orders_before: at(0) };
    store.erase(&erasure).await.unwrap();
    let make = step(OrderState::Confirmed, OrderState::InProduction, 21);
    assert_eq!(store.change_orders(&[make]).await.unwrap(), [Changing::Done]);
    while let Some(mail) = store.take_mail(at(90), at(999)).await.unwrap() {
        assert!(!matches!(mail.kind, MailKind::OrderState(_)), "{mail:?}");
    }
    assert_eq!(store.order_by_token("hash 15").await.unwrap(), None, "the mail's link ends, too");
    assert_eq!(store.order_by_token("hash 21").await.unwrap(), None);
}

pub async fn what_erased_orders_counted_for_nothing_is_taken_out_for_good(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let day = date!(2026 - 12 - 01);
    let counted = || NewOrder { counted_on: Some(day), ..new_order("counted") };
    let mut content = order();
    content.buyer.email.clone_from(&ana.email);
    place(&*store, NewOrder { content, ..counted() }).await;
    place(&*store, NewOrder { token_hash: "another".to_owned(), ..counted() }).await;
    let ordered = Count::option(CountKind::Ordered, "shade", "brass");
    let both = [Count::of(CountKind::Order), ordered];
    let twice = both.clone().map(|count| DayCount { slug: slug("lamp"), day, count, times: 2 });
    store.add_counts(&twice).await.unwrap();
    let what = What::Test(true);
    let change = NewChange { number: order_number(1004), what, at: at(6), by: "mia".to_owned(), mail: None };
    store.change_orders(&[change]).await.unwrap();
    assert_eq!(store.taken_out(&slug("lamp"), day, day).await.unwrap().len(), 1);
    let erasure =
        Erasure { customer: ana.id.clone(), email: ana.email.clone(), at: at(20), orders_before: at(0) };
    store.erase(&erasure).await.unwrap();
    assert_eq!(store.taken_out(&slug("lamp"), day, day).await.unwrap(), Vec::<Vec<OrderedValue>>::new());
    let sums = store.sums(&slug("lamp"), day, day).await.unwrap();
    assert_eq!(sums, Sums::from_iter(both.map(|count| (count, 1))));
}

pub async fn customers_are_forgotten_when_their_time_is_over(store: Arc<dyn Store>) {
    let ana = ana(&*store).await;
    let ben = signed_in(&*store, "ben@example.org", "u").await;
    let retain = |now, customers_before| {
        let retention =
            Retention { now: at(now), orders_before: at(0), customers_before: at(customers_before) };
        store.retain(retention)
    };
    let is_there = async |customer: &Customer| {
        tables(&*store, customer).await.iter().any(|(table, _)| *table == "customers")
    };
    retain(1_000, 0).await.unwrap();
    assert!(is_there(&ana).await && is_there(&ben).await);
    // No session lasts; Ana agreed to be remembered.
    retain(1_001, 0).await.unwrap();
    assert!(is_there(&ana).await && !is_there(&ben).await);
    assert!(store.kept_design("d").await.unwrap().is_some());
    retain(1_001, 2).await.unwrap();
    assert!(!is_there(&ana).await);
    assert_eq!(store.kept_design("d").await.unwrap(), None);
    assert_eq!(store.order_by_number(order_number(1001)).await.unwrap().unwrap().buyer.email, ana.email);
}

pub async fn what_was_forgotten_is_overwritten_once(store: Arc<dyn Store>) {
    assert!(!store.scrub(at(0)).await.unwrap(), "there is nothing");
    let ana = ana(&*store).await;
    let erasure = Erasure { customer: ana.id, email: ana.email, at: at(20), orders_before: at(0) };
    store.erase(&erasure).await.unwrap();
    assert!(store.scrub(at(20) + Duration::seconds(1)).await.unwrap());
    assert!(!store.scrub(at(22)).await.unwrap());
}
