//! The outbox: what is written with orders, who takes it, and how it ends.

use std::sync::Arc;

use shop::OrderState;
use shop::Store;
use shop::access::NewInvite;
use shop::mail::{MailKind, NewOrderMail, WaitingMail};
use shop::orders::{Changing, NewChange, NewOrder, NewStateMail, What};
use testing::order_number;
use time::Duration;

use super::builders::{asked_order, at, fifty_times, invite, new_order, place, product};

fn told(order: NewOrder) -> NewOrder {
    let mail = NewOrderMail { token: "secret".to_owned() };
    NewOrder { mail: Some(mail), language: "de".to_owned(), ..order }
}

pub async fn an_order_writes_its_mail_once(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, new_order("a")).await;
    place(&*store, told(asked_order("b", "key"))).await;
    place(&*store, told(asked_order("c", "key"))).await;
    assert_eq!(store.take_mail(at(4), at(100)).await.unwrap(), None, "none is due before it was written");
    let taken = store.take_mail(at(6), at(100)).await.unwrap();
    let mail = WaitingMail {
        key: "order-1002".to_owned(),
        kind: MailKind::Order,
        recipient: "ana@example.org".to_owned(),
        language: "de".to_owned(),
        secret: "secret".to_owned(),
        number: Some(order_number(1002)),
        written_at: at(5) + Duration::milliseconds(7),
        tries: 1,
    };
    assert_eq!(taken, Some(mail));
    assert_eq!(store.take_mail(at(99), at(200)).await.unwrap(), None, "somebody delivers it");
}

pub async fn mails_that_do_not_go_out_are_counted(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, told(new_order("a"))).await;
    let trouble = async |due_before, since| {
        let found = store.mail_trouble(at(due_before), at(since)).await.unwrap();
        (found.waiting, found.given_up)
    };
    assert_eq!(trouble(5, 0).await, (0, 0), "it is due just now");
    assert_eq!(trouble(60, 0).await, (1, 0), "it is due for long");
    let mail = store.take_mail(at(6), at(100)).await.unwrap().unwrap();
    store.put_off_mail(&mail.key, Some(at(200))).await.unwrap();
    assert_eq!(trouble(60, 0).await, (0, 0), "it waits for its second time");
    store.take_mail(at(201), at(300)).await.unwrap().unwrap();
    assert_eq!(trouble(60, 0).await, (1, 0), "it failed before");
    store.put_off_mail(&mail.key, None).await.unwrap();
    assert_eq!(trouble(999, 0).await, (0, 1));
    assert_eq!(trouble(999, 60).await, (0, 0), "that is long ago");
}

/// A step of an order with the mail about it, which goes ten seconds later.
fn step(number: i64, seen: OrderState, to: OrderState, seconds: i64) -> NewChange {
    let mail = NewStateMail {
        token: format!("token {number} {seconds}"),
        token_hash: format!("hash {number} {seconds}"),
        due_at: at(seconds + 10),
    };
    let what = What::Move { seen, to, reason: "for nobody but us".to_owned() };
    NewChange { number: order_number(number), what, at: at(seconds), by: "mia".to_owned(), mail: Some(mail) }
}

pub async fn a_step_of_an_order_is_mailed_in_its_language(store: Arc<dyn Store>) {
    use OrderState::{Confirmed, Placed, Shipped};
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, told(new_order("a"))).await;
    let order_mail = store.take_mail(at(9), at(99)).await.unwrap().unwrap();
    store.mail_sent(&order_mail.key, at(9)).await.unwrap();
    let steps = [step(1001, Placed, Confirmed, 20), step(1001, Placed, Shipped, 21)];
    let otherwise = Changing::Otherwise(Confirmed);
    assert_eq!(store.change_orders(&steps).await.unwrap(), [Changing::Done, otherwise]);
    assert_eq!(store.take_mail(at(29), at(99)).await.unwrap(), None, "it can still be undone");
    let mail = WaitingMail {
        key: format!("order-1001-confirmed-{}", at(20).unix_timestamp() * 1_000),
        kind: MailKind::OrderState(Confirmed),
        recipient: "ana@example.org".to_owned(),
        language: "de".to_owned(),
        secret: "token 1001 20".to_owned(),
        number: Some(order_number(1001)),
        written_at: at(20),
        tries: 1,
    };
    assert_eq!(store.take_mail(at(30), at(99)).await.unwrap(), Some(mail));
    let opened = store.order_by_token("hash 1001 20").await.unwrap().unwrap();
    assert_eq!(opened.number, order_number(1001));
    assert_eq!(store.order_by_token("hash 1001 21").await.unwrap(), None, "what was refused tells nobody");
}

pub async fn a_step_that_is_undone_or_followed_by_another_is_not_mailed(store: Arc<dyn Store>) {
    use OrderState::{Cancelled, Confirmed, InProduction, Placed};
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b", "c", "d"] {
        place(&*store, new_order(token)).await;
    }
    let unmailed = |change: NewChange| NewChange { mail: None, ..change };
    let back = NewChange {
        what: What::Back { seen: Confirmed, to: Placed },
        ..unmailed(step(1001, Confirmed, Placed, 22))
    };
    let changes = [
        step(1001, Placed, Confirmed, 20),
        back,
        step(1002, Placed, Confirmed, 20),
        step(1002, Confirmed, InProduction, 22),
        step(1003, Placed, Confirmed, 20),
        unmailed(step(1003, Confirmed, Cancelled, 22)),
        step(1004, Placed, Confirmed, 20),
        unmailed(step(1004, Confirmed, InProduction, 22)),
    ];
    assert_eq!(store.change_orders(&changes).await.unwrap(), [Changing::Done; 8]);
    let mut told = Vec::new();
    while let Some(mail) = store.take_mail(at(90), at(999)).await.unwrap() {
        told.push((mail.number.unwrap().get(), mail.kind));
    }
    let expected = [(1004, MailKind::OrderState(Confirmed)), (1002, MailKind::OrderState(InProduction))];
    assert_eq!(
        told, expected,
        "what follows and is not mailed changes nothing but where nothing comes any more"
    );
}

pub async fn an_invitation_is_mailed_where_that_is_wanted(store: Arc<dyn Store>) {
    store.invite(&invite("by command")).await.unwrap();
    assert_eq!(store.take_mail(at(9), at(100)).await.unwrap(), None);
    let mailed = NewInvite { mailed: Some("token".to_owned()), ..invite("0123456789abcdef0") };
    store.invite(&mailed).await.unwrap();
    let mail = WaitingMail {
        key: "invite-0123456789abcdef".to_owned(),
        kind: MailKind::Invite,
        recipient: "mia@example.org".to_owned(),
        language: "en".to_owned(),
        secret: "token".to_owned(),
        number: None,
        written_at: at(0),
        tries: 1,
    };
    assert_eq!(store.take_mail(at(9), at(100)).await.unwrap(), Some(mail));
}

pub async fn a_mail_is_tried_again_until_it_is_sent_or_given_up(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b"] {
        place(&*store, told(new_order(token))).await;
    }
    let take = |seconds| store.take_mail(at(seconds), at(seconds + 1_000));
    let taken = |mail: Option<WaitingMail>| mail.map(|mail| (mail.key, mail.tries, mail.secret));
    let mail = |key: &str, tries| Some((key.to_owned(), tries, "secret".to_owned()));
    assert_eq!(taken(take(10).await.unwrap()), mail("order-1001", 1));
    assert_eq!(taken(take(10).await.unwrap()), mail("order-1002", 1));
    store.put_off_mail("order-1001", Some(at(20))).await.unwrap();
    assert!(store.mail_sent("order-1002", at(12)).await.unwrap());
    assert_eq!(taken(take(19).await.unwrap()), None);
    assert_eq!(taken(take(20).await.unwrap()), mail("order-1001", 2));
    // Whoever took it has crashed.
    assert_eq!(taken(take(1_020).await.unwrap()), mail("order-1001", 3));
    store.put_off_mail("order-1001", None).await.unwrap();
    assert_eq!(taken(take(99_999).await.unwrap()), None);
}

pub async fn mails_are_forgotten_after_their_time(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b"] {
        place(&*store, told(new_order(token))).await;
    }
    store.end_mails(at(5)).await.unwrap();
    assert_eq!(store.mails_over(9).await.unwrap(), <[String; 0]>::default());
    store.end_mails(at(6)).await.unwrap();
    assert_eq!(store.take_mail(at(10), at(100)).await.unwrap(), None);
    assert!(!store.mail_sent("order-1001", at(10)).await.unwrap(), "it is to be forgotten");
    store.put_off_mail("order-1001", Some(at(10))).await.unwrap();
    assert_eq!(store.take_mail(at(10), at(100)).await.unwrap(), None);
    assert_eq!(store.mails_over(1).await.unwrap(), ["order-1001"]);
    store.forget_mails(&["order-1001".to_owned()]).await.unwrap();
    assert_eq!(store.mails_over(9).await.unwrap(), ["order-1002"]);
}

pub async fn of_many_who_deliver_each_takes_another_mail(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for index in 0..50 {
        place(&*store, told(new_order(&index.to_string()))).await;
    }
    let take = |store: Arc<dyn Store>, _| async move { store.take_mail(at(10), at(100)).await.unwrap() };
    let taken = fifty_times(&store, take).await;
    let keys: std::collections::BTreeSet<String> = taken.into_iter().flatten().map(|mail| mail.key).collect();
    // Who finds nothing that is free at this moment looks again.
    let mut keys = keys;
    while let Some(mail) = store.take_mail(at(10), at(100)).await.unwrap() {
        assert!(keys.insert(mail.key), "nobody takes what is taken");
    }
    assert_eq!(keys.len(), 50);
}
