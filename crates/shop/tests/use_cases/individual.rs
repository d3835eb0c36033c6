//! Starts by one's own orders.

use configurator::{Slug, Value};
use personalize::{Evidence, Level};
use shop::customers::{Customer, CustomerId, NewSignIn, SigningIn};
use shop::learning::Source;
use shop::{Buyer, Consent, DesignAddress, Opened};
use testing::{TestShop, ana, slug};
use time::{Duration, OffsetDateTime};
use words::Language;

use crate::learning::{confirmed, somebody};
use crate::learnt::learning_lamp;

/// Somebody who signed in.
pub async fn signed_in(test: &TestShop, email: &str) -> Customer {
    let (at, hash) = (OffsetDateTime::UNIX_EPOCH, "0".repeat(64));
    let ends = at + Duration::hours(1);
    let asked = NewSignIn {
        email: email.to_owned(),
        token_hash: hash.clone(),
        token: "secret".to_owned(),
        language: "en".to_owned(),
        at,
        expires_at: ends,
    };
    test.store.ask_to_sign_in(&asked).await.unwrap();
    let id = CustomerId::new("1".repeat(32));
    let signing =
        SigningIn { token_hash: hash.clone(), id, session_hash: hash, session_expires_at: ends, at };
    test.store.sign_in(&signing).await.unwrap().unwrap()
}

struct Story {
    test: TestShop,
    consent: Consent,
    lamp: Slug,
}

impl Story {
    /// Bo, who ordered a lamp with a paper shade once, in a shop whose readers have brass ones.
    async fn begin() -> Self {
        let test = learning_lamp().await;
        let bo = Buyer { email: "Bo@example.org".to_owned(), ..ana() };
        let order = test.lamp().for_use("reading").choosing("shade", "paper").choosing("name", "BO").by(bo);
        confirmed(&test, order).await;
        let customer = Some(signed_in(&test, "bo@example.org").await);
        let consent =
            Consent { given: true, stated_use: Some("reading".to_owned()), customer, ..Consent::default() };
        Self { test, consent, lamp: slug("lamp") }
    }

    async fn says(&self, is_given: bool) {
        let customer = self.consent.customer.as_ref().unwrap();
        self.test.shop.keep_consent(customer, is_given, "en").await.unwrap();
    }

    async fn learn(&self) {
        self.test.shop.learn(&self.test.shop.live(&self.lamp).await.unwrap()).await.unwrap();
    }

    async fn open(&self, consent: &Consent) -> Opened {
        let address = DesignAddress::default();
        self.test.shop.open_design(&self.lamp, &address, consent, Language::ENGLISH).await.unwrap()
    }

    /// What the shade is, and why.
    async fn shade(&self) -> (String, String) {
        let opened = self.open(&self.consent).await;
        let shade = opened.product.by_code("shade").unwrap();
        let value = opened.design.value(shade);
        (opened.product.write_value(shade, value), opened.default.reason(&opened.product, shade))
    }
}

#[tokio::test]
async fn own_orders_speak_once_agreed_to_and_are_chosen_where_those_who_come_back_repeat_theirs() {
    let story = Story::begin().await;
    story.learn().await;
    let (value, _) = story.shade().await;
    assert_eq!(value, "brass", "nobody agreed: what readers have");
    story.says(true).await;
    let (value, reason) = story.shade().await;
    assert_eq!((value.as_str(), reason.as_str()), ("linen", "Our standard. Paper: As you ordered it before"));
    for index in 0..140 {
        let order = story.test.lamp().for_use("reading").choosing("shade", "brass");
        confirmed(&story.test, order.by(somebody(index / 2))).await;
    }
    story.learn().await;
    let (value, reason) = story.shade().await;
    assert_eq!((value.as_str(), reason.as_str()), ("paper", "As you ordered it before"));
    let opened = story.open(&story.consent).await;
    assert_eq!(opened.default.level, Level::Individual);
    let name = opened.product.by_code("name").unwrap();
    assert_eq!(*opened.design.value(name), Value::Text(String::new()), "a name is nobody's default");
    let why = story.test.shop.why(&opened, &story.consent).await.unwrap();
    let shade = opened.product.by_code("shade").unwrap();
    let why_shade = why.defaults.iter().find(|default| default.attribute == shade).unwrap();
    assert_eq!(why.orders, 1);
    assert!(why_shade.tried.is_some_and(|tried| (tried.cases, tried.right) == (70, 70)), "{why_shade:?}");
    let Source::Default(Evidence { level: Level::Individual, orders: 1, agreeing: 1, .. }) = why_shade.source
    else {
        unreachable!("{why_shade:?}")
    };
    // Others, and Bo without being signed in, begin as before.
    let others = Consent { customer: None, ..story.consent.clone() };
    assert_eq!(story.open(&others).await.default.level, Level::SameUse { stated_use: "reading".to_owned() });
    let off = Consent { given: false, ..story.consent.clone() };
    assert_eq!(story.open(&off).await.default.level, Level::Standard);
    story.says(false).await;
    assert_eq!(story.shade().await.0, "brass", "it was taken back");
}

#[tokio::test]
async fn an_address_made_of_own_orders_opens_for_others_without_saying_whose_they_were() {
    let story = Story::begin().await;
    for index in 0..140 {
        let order = story.test.lamp().for_use("reading").choosing("shade", "brass");
        confirmed(&story.test, order.by(somebody(index / 2))).await;
    }
    story.says(true).await;
    story.learn().await;
    let own = story.open(&story.consent).await;
    let address = DesignAddress {
        revision: Some(own.revision.number),
        start: Some(own.start.clone()),
        ..DesignAddress::default()
    };
    let others = Consent { customer: None, ..story.consent.clone() };
    let opened =
        story.test.shop.open_design(&story.lamp, &address, &others, Language::ENGLISH).await.unwrap();
    assert_eq!(opened.design, own.design);
    assert_eq!(opened.default.level, Level::Proposal);
    assert!(opened.default.evidence.iter().all(|evidence| evidence.level != Level::Individual));
}
