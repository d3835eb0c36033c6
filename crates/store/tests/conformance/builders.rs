//! What the suite writes, with as little of it said as a check needs.

use std::sync::Arc;

use shop::access::{AcceptedInvite, NewInvite, Role};
use shop::catalogue::{NewProduct, PackedArtifact, Prepared};
use shop::designs::{Keeping, KeptDesign};
use shop::drafts::{Discard, NewDraft, NewRevision, Way};
use shop::experiments::{ArmSetup, Experiment, Policy, Setup};
use shop::learning::PastDesignRow;
use shop::orders::{Changing, NewChange, NewOrder, Placing, RequestKey, What};
use shop::releases::FrozenDraft;
use shop::{Asker, Order, OrderContent, OrderState, OrderedLine, OrderedValue, Start, Store, ValueOrigin};
use testing::{ana, number, order_number, slug};
use time::macros::date;
use time::{Duration, OffsetDateTime};

pub fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_800_000_000 + seconds).unwrap()
}

pub fn product(address: &str) -> NewProduct {
    NewProduct {
        slug: slug(address),
        bundle: format!("{{\"first\":\"{address}\"}}"),
        hash: "0123456789abcdef".to_owned(),
        at: at(0),
        by: "atelier".to_owned(),
        note: "first".to_owned(),
        past: Vec::new(),
        prepared: prepared(address, 2),
    }
}

/// What was made of a revision with this name, in this format.
pub fn prepared(name: &str, format: u8) -> Prepared {
    Prepared {
        format,
        name: name.to_owned(),
        summary: format!("It is \u{c9}mile's {name}."),
        texts: Vec::new(),
        found_by: String::new(),
        currency: "EUR".to_owned(),
        low_price: -1,
        high_price: None,
        standard_price: i64::MAX,
        lead_time_days: 5,
        artifact: PackedArtifact { hash: format!("{name} {format}"), brotli: vec![0, format, 255] },
    }
}

pub fn past(stated_use: &str, shade: &str, count: u32) -> PastDesignRow {
    let choices = vec![("shade".to_owned(), shade.to_owned())];
    let (stated_use, asker) = (Some(stated_use.to_owned()), Asker::default());
    PastDesignRow { stated_use, asker, choices, count, synthetic: count }
}

pub fn order() -> OrderContent {
    OrderContent {
        placed_at: at(5) + Duration::milliseconds(7),
        slug: slug("lamp"),
        revision: number(1),
        product_name: "Desk lamp".to_owned(),
        design: vec![OrderedValue {
            code: "shade".to_owned(),
            label: "Shade".to_owned(),
            value: "brass".to_owned(),
            words: "Brass “matt”".to_owned(),
            origin: ValueOrigin::Chosen,
            parts: vec!["B-7".to_owned(), "B-7".to_owned()],
            replaced: None,
        }],
        lines: vec![OrderedLine { label: "Desk lamp, standard".to_owned(), amount: -1 }],
        total: i64::MAX,
        currency: "EUR".to_owned(),
        quantity: 999,
        lead_time_days: 5,
        arrival: Some(date!(2026 - 12 - 18)),
        vat: Some(1_900),
        return_days: Some(0),
        weight: 2_300,
        points: 1,
        picture: "<svg/>".to_owned(),
        stated_use: Some("reading".to_owned()),
        buyer: ana(),
    }
}

/// An order whose token has this hash.
pub fn new_order(token_hash: &str) -> NewOrder {
    let (request, language, mail, counted_on, asker, basket) = Default::default();
    let (content, token_hash) = (order(), token_hash.to_owned());
    NewOrder { content, token_hash, request, language, mail, counted_on, asker, basket }
}

/// The same, asked for with this idempotency key.
pub fn asked_order(token_hash: &str, key: &str) -> NewOrder {
    NewOrder { request: Some(request(key)), ..new_order(token_hash) }
}

pub fn request(key: &str) -> RequestKey {
    RequestKey { key: key.to_owned(), body: "what was asked for".to_owned() }
}

/// Places an order, or finds the one that its request placed before.
pub async fn place(store: &dyn Store, order: NewOrder) -> Order {
    match store.place_order(order).await.unwrap() {
        Placing::Placed(order) | Placing::PlacedBefore(order) => order,
        refused => panic!("{refused:?}"),
    }
}

/// Moves an order that was just placed through these states.
pub async fn move_order(store: &dyn Store, number: i64, states: &[OrderState]) {
    let mut seen = OrderState::Placed;
    for to in states.iter().copied() {
        let what = What::Move { seen, to, reason: "a reason".to_owned() };
        let change =
            NewChange { number: order_number(number), what, at: at(7), by: "mia".to_owned(), mail: None };
        assert_eq!(store.change_orders(&[change]).await.unwrap(), [Changing::Done]);
        seen = to;
    }
}

pub fn draft(version: i64, bundle: &str, by: &str) -> NewDraft {
    let (bundle, by, what) = (bundle.to_owned(), by.to_owned(), String::new());
    NewDraft { slug: slug("lamp"), version, bundle, at: at(10), by, way: Way::Saved, base: None, what }
}

pub fn discard(version: i64) -> Discard {
    Discard { slug: slug("lamp"), version, at: at(15), by: "mia".to_owned() }
}

pub fn revision(draft_version: i64, bundle: &str) -> NewRevision {
    NewRevision {
        slug: slug("lamp"),
        draft_version,
        beside: None,
        bundle: bundle.to_owned(),
        hash: "fedcba9876543210".to_owned(),
        at: at(20),
        by: "mia".to_owned(),
        note: "second".to_owned(),
        prepared: prepared("second", 2),
    }
}

/// A draft of a product as it was agreed to.
pub fn frozen(address: &str, draft_version: i64, bundle: &str, beside: i64) -> FrozenDraft {
    FrozenDraft {
        slug: slug(address),
        name: address.to_owned(),
        draft_version,
        bundle: bundle.to_owned(),
        hash: "fedcba9876543210".to_owned(),
        beside: number(beside),
        twice: false,
    }
}

pub fn kept_design() -> KeptDesign {
    KeptDesign {
        slug: slug("lamp"),
        revision: number(1),
        start: Start::Personal { stated_use: Some("reading".to_owned()), base: None },
        choices: vec![
            ("shade".to_owned(), "brass".to_owned()),
            ("name".to_owned(), "\u{c9}mile \"A\"".to_owned()),
        ],
        keeping: Keeping::Saved,
        name: None,
        total: i64::MAX,
        currency: "EUR".to_owned(),
        lead_time_days: 5,
        kept_at: at(30),
    }
}

pub fn invite(token_hash: &str) -> NewInvite {
    NewInvite {
        email: "mia@example.org".to_owned(),
        role: Role::Administrator,
        token_hash: token_hash.to_owned(),
        by: "atelier".to_owned(),
        at: at(0),
        expires_at: at(100),
        mailed: None,
    }
}

pub fn acceptance(token_hash: &str, session_hash: &str, seconds: i64) -> AcceptedInvite {
    AcceptedInvite {
        token_hash: token_hash.to_owned(),
        password_hash: format!("hash for {session_hash}"),
        session_hash: session_hash.to_owned(),
        session_expires_at: at(seconds + 1_000),
        browser: String::new(),
        at: at(seconds),
    }
}

/// What came of doing something fifty times at once.
pub async fn fifty_times<T, F>(store: &Arc<dyn Store>, work: impl Fn(Arc<dyn Store>, usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..50).map(|index| tokio::spawn(work(Arc::clone(store), index))).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

pub fn experiment(code: &str) -> Experiment {
    let setup = Setup {
        arms: vec![
            ArmSetup { share: 5_000, policy: None, presentation: None, order: Vec::new() },
            ArmSetup {
                share: 5_000,
                policy: Some(Policy::Standard),
                presentation: None,
                order: vec!["shade".to_owned(), "arm".to_owned()],
            },
        ],
        holdout: Policy::FrequentByUse,
        cap: 500,
        mean: 12.5,
        mean_of_squares: 600.25,
        visitors: 1_000,
        worth_seeing: 8,
        window_days: 14,
        currency: "EUR".to_owned(),
        always_standard: 500,
        segments: vec![("reading".to_owned(), "readers".to_owned())],
    };
    Experiment {
        code: code.to_owned(),
        title: "Learnt or standard".to_owned(),
        slug: slug("lamp"),
        setup,
        started_at: at(1),
        started_by: "ana@example.org".to_owned(),
        ended: None,
    }
}
