//! Buyers by what they ordered, and segments of them.

use std::sync::Arc;

use shop::access::{AuditKind, AuditQuery};
use shop::customers::{ConsentAnswer, NewConsent};
use shop::orders::{NewChange, NewOrder, What};
use shop::segments::{BuyerQuery, Rule, Segment};
use shop::{OrderState, Store};
use testing::{order_number, slug};
use time::{Date, Duration};

use super::builders::{at, move_order, new_order, order, place, product};
use super::customers::signed_in;

/// An order by this buyer, so many days after the first, at this total.
async fn ordered(store: &dyn Store, name: &str, days: i64, total: i64, product: &str, stated_use: &str) {
    let mut content = order();
    content.buyer.name = name.to_owned();
    content.buyer.email = format!("{name}@Example.org");
    content.placed_at = at(0) + Duration::days(days);
    content.total = total;
    content.slug = slug(product);
    content.stated_use = Some(stated_use.to_owned());
    let token = format!("{name} {days} {total}");
    place(store, NewOrder { content, ..new_order(&token) }).await;
}

async fn buyers(store: &dyn Store) {
    for name in ["lamp", "chair"] {
        store.add_product(&product(name)).await.unwrap();
    }
    ordered(store, "Ana", 0, 100, "lamp", "reading").await;
    ordered(store, "Ana", 9, 200, "chair", "sitting").await;
    ordered(store, "Ben", 20, 250, "lamp", "drawing").await;
    ordered(store, "Cleo", 1, 9_000, "lamp", "reading").await;
    ordered(store, "Dora", 1, 9_000, "lamp", "reading").await;
    // A test, and one that came to nothing.
    let what = What::Test(true);
    let test = NewChange { number: order_number(1004), what, at: at(6), by: "mia".to_owned(), mail: None };
    store.change_orders(&[test]).await.unwrap();
    move_order(store, 1005, &[OrderState::Cancelled]).await;
}

fn asked(rule: &str) -> BuyerQuery {
    let rule = rule.parse::<Rule>().unwrap();
    let begins = |day: Date| day.midnight().assume_utc();
    let (since, before) = (rule.since.map(begins), rule.before.map(begins));
    BuyerQuery { rule, since, before, limit: 9, ..BuyerQuery::default() }
}

pub async fn buyers_are_summed_up_and_those_who_ordered_most_come_first(store: Arc<dyn Store>) {
    buyers(&*store).await;
    let found = store.buyers(&asked("")).await.unwrap();
    let told: Vec<_> = found.iter().map(|buyer| (&*buyer.email, buyer.orders, buyer.value)).collect();
    assert_eq!(told, [("ana@example.org", 2, 300), ("ben@example.org", 1, 250)]);
    let ana = &found[0];
    assert_eq!((&*ana.name, &*ana.currency), ("Ana", "EUR"));
    assert_eq!((ana.first, ana.last), (at(0), at(0) + Duration::days(9)));
    let second = BuyerQuery { offset: 1, limit: 1, ..asked("") };
    assert_eq!(store.buyers(&second).await.unwrap(), found[1..]);
    assert_eq!(store.count_buyers(&second).await.unwrap(), 2);
}

pub async fn a_rule_says_who_is_in_a_segment(store: Arc<dyn Store>) {
    buyers(&*store).await;
    for (rule, who) in [
        ("value=300", "ana"),
        ("value=301", ""),
        ("orders=2", "ana"),
        ("since=2027-02-03", "ben"),
        ("before=2027-02-03", "ana"),
        ("before=2027-01-25", "ana"),
        ("before=2027-01-24", ""),
        ("since=2027-01-24&before=2027-02-03", "ana"),
        ("product=chair", "ana"),
        ("product=lamp", "ana ben"),
        ("use=drawing", "ben"),
        ("product=lamp&orders=2&use=sitting", "ana"),
        ("use=drawing&orders=2", ""),
    ] {
        let found = store.buyers(&asked(rule)).await.unwrap();
        let names: Vec<_> = found.iter().filter_map(|buyer| buyer.email.split('@').next()).collect();
        assert_eq!(names.join(" "), who, "{rule}");
        assert_eq!(store.count_buyers(&asked(rule)).await.unwrap(), names.len() as u64, "{rule}");
    }
    store.add_order_words(&[(order_number(1003), vec!["ben".to_owned()])]).await.unwrap();
    let ben = BuyerQuery { words: vec!["be".to_owned()], ..asked("") };
    assert_eq!(store.buyers(&ben).await.unwrap().len(), 1);
    // Whoever ordered lately did so in whatever currency.
    let mut lately = new_order("in pounds");
    lately.content.buyer.email = ANA.to_owned();
    lately.content.placed_at = at(0) + Duration::days(30);
    (lately.content.total, lately.content.currency) = (10, "GBP".to_owned());
    place(&*store, lately).await;
    assert_eq!(store.count_buyers(&asked("before=2027-02-03")).await.unwrap(), 0);
    assert_eq!(store.count_buyers(&asked("before=2027-02-15")).await.unwrap(), 2);
}

pub async fn a_buyer_is_found_by_the_address_that_is_theirs(store: Arc<dyn Store>) {
    buyers(&*store).await;
    let of = |email: &str, rule: &str| BuyerQuery { email: Some(email.to_owned()), ..asked(rule) };
    let found = store.buyers(&of(ANA, "")).await.unwrap();
    let told: Vec<_> = found.iter().map(|buyer| (&*buyer.email, buyer.orders, buyer.value)).collect();
    assert_eq!(told, [(ANA, 2, 300)]);
    // Nobody else's, no beginning of an address, and none of whom no order counts.
    for other in ["ana@example.or", "na@example.org", "cleo@example.org", "dora@example.org", ""] {
        assert_eq!(store.buyers(&of(other, "")).await.unwrap(), [], "{other}");
    }
    for (rule, is_in) in [("orders=2", 1), ("value=301", 0), ("product=chair", 1), ("use=drawing", 0)] {
        assert_eq!(store.count_buyers(&of(ANA, rule)).await.unwrap(), is_in, "{rule}");
    }
}

const ANA: &str = "ana@example.org";

pub async fn segments_are_kept_by_name(store: Arc<dyn Store>) {
    let segment = |name: &str, rule: &str| Segment { name: name.to_owned(), rule: rule.parse().unwrap() };
    for kept in [segment("Good", "value=1"), segment("Few", "orders=2"), segment("Good", "value=2")] {
        store.keep_segment(&kept, ANA, at(1)).await.unwrap();
    }
    assert_eq!(store.segments().await.unwrap(), [segment("Few", "orders=2"), segment("Good", "value=2")]);
    store.remove_segment("Few", ANA, at(2)).await.unwrap();
    store.remove_segment("Few", ANA, at(2)).await.unwrap();
    assert_eq!(store.segments().await.unwrap(), [segment("Good", "value=2")]);
    let asked = AuditQuery { kind: Some(AuditKind::Campaigns), ..AuditQuery::newest(9) };
    let noted = store.audit(&asked).await.unwrap();
    let noted: Vec<_> = noted.iter().map(|entry| (&*entry.action, &*entry.subject, &*entry.detail)).collect();
    let kept = |name, rule| ("keep segment", name, rule);
    let removed = ("remove segment", "Few", "");
    assert_eq!(
        noted,
        [removed, kept("Good", "value=2"), kept("Few", "orders=2"), kept("Good", "value=1")],
        "what was not there is not noted"
    );
}

pub async fn a_customer_is_in_a_segment_as_they_agreed_to_alone(store: Arc<dyn Store>) {
    buyers(&*store).await;
    let ana = signed_in(&*store, "ana@example.org", "a").await;
    let is_in = async |rule: &str| {
        let query = BuyerQuery { customer: Some((ana.id.clone(), 2)), ..asked(rule) };
        store.count_buyers(&query).await.unwrap() == 1
    };
    let says = async |is_given, wording| {
        let answer = ConsentAnswer { is_given, wording, language: "en".to_owned(), at: at(3) };
        store.keep_consent(&NewConsent { customer: ana.id.clone(), answer }).await.unwrap();
    };
    assert!(!is_in("orders=2").await, "nobody was asked");
    says(true, 1).await;
    assert!(!is_in("orders=2").await, "they agreed to less");
    says(true, 2).await;
    assert!(is_in("orders=2").await && is_in("product=chair&use=sitting").await);
    assert!(!is_in("value=9999").await && !is_in("use=drawing").await, "that is another's");
    says(false, 2).await;
    assert!(!is_in("orders=2").await, "they took it back");
}
