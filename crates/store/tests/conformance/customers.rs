//! Customers: links, sessions, consent, and what is remembered.

use std::sync::Arc;

use shop::Store;
use shop::customers::{ConsentAnswer, Customer, CustomerId, NewConsent, NewSignIn, Remembered, SigningIn};
use shop::mail::MailKind;

use super::builders::{at, fifty_times, kept_design, new_order, place, product};

pub fn asked(token: &str, email: &str, seconds: i64) -> NewSignIn {
    NewSignIn {
        email: email.to_owned(),
        token_hash: token.to_owned(),
        token: format!("secret of {token}"),
        language: "de".to_owned(),
        at: at(seconds),
        expires_at: at(seconds + 900),
    }
}

pub fn signing(token: &str, session: &str, seconds: i64) -> SigningIn {
    SigningIn {
        token_hash: token.to_owned(),
        id: CustomerId::new(format!("id of {session}")),
        session_hash: session.to_owned(),
        session_expires_at: at(seconds + 1_000),
        at: at(seconds),
    }
}

/// Somebody who signed in with a session of this name.
pub async fn signed_in(store: &dyn Store, email: &str, session: &str) -> Customer {
    store.ask_to_sign_in(&asked(session, email, 0)).await.unwrap();
    store.sign_in(&signing(session, session, 1)).await.unwrap().unwrap()
}

pub fn consent(customer: &Customer, is_given: bool) -> NewConsent {
    let answer = ConsentAnswer { is_given, wording: 1, language: "de".to_owned(), at: at(9) };
    NewConsent { customer: customer.id.clone(), answer }
}

pub fn remembered(customer: &Customer, design: &str, slug: &str) -> Remembered {
    let needs = vec![(slug.to_owned(), "reading".to_owned()), ("nowhere".to_owned(), "x".to_owned())];
    Remembered { customer: customer.id.clone(), designs: vec![design.to_owned()], needs, at: at(10) }
}

pub async fn a_link_signs_in_once(store: Arc<dyn Store>) {
    store.ask_to_sign_in(&asked("a", "ana@example.org", 0)).await.unwrap();
    let mail = store.take_mail(at(1), at(2)).await.unwrap().unwrap();
    assert_eq!((mail.kind, mail.recipient.as_str()), (MailKind::SignIn, "ana@example.org"));
    assert_eq!(mail.secret, "secret of a");
    assert_eq!(store.sign_in_address("a", at(899)).await.unwrap().as_deref(), Some("ana@example.org"));
    assert_eq!(store.sign_in_address("a", at(900)).await.unwrap(), None);
    assert_eq!(store.sign_in(&signing("a", "s", 900)).await.unwrap(), None);
    for (token, email) in [("second", "ana@example.org"), ("bens", "ben@example.org")] {
        store.ask_to_sign_in(&asked(token, email, 2)).await.unwrap();
    }
    let customer = store.sign_in(&signing("a", "s", 10)).await.unwrap().unwrap();
    assert_eq!(store.sign_in_address("second", at(11)).await.unwrap(), None, "no other link is needed");
    assert!(store.sign_in_address("bens", at(11)).await.unwrap().is_some());
    assert_eq!((customer.email.as_str(), customer.since), ("ana@example.org", at(10)));
    assert_eq!(store.sign_in(&signing("a", "t", 10)).await.unwrap(), None);
    assert_eq!(store.customer("s", at(1_009)).await.unwrap(), Some(customer.clone()));
    assert_eq!(store.customer("s", at(1_010)).await.unwrap(), None);
    assert_eq!(store.customer("t", at(11)).await.unwrap(), None);

    store.ask_to_sign_in(&asked("b", "ana@example.org", 20)).await.unwrap();
    assert_eq!(store.sign_in(&signing("b", "u", 30)).await.unwrap(), Some(customer), "they are known by now");
}

pub async fn of_many_who_use_one_link_one_signs_in(store: Arc<dyn Store>) {
    store.ask_to_sign_in(&asked("a", "ana@example.org", 0)).await.unwrap();
    let use_link = |store: Arc<dyn Store>, index: usize| async move {
        store.sign_in(&signing("a", &index.to_string(), 1)).await.unwrap()
    };
    let signed_in = fifty_times(&store, use_link).await;
    assert_eq!(signed_in.into_iter().flatten().count(), 1);
}

pub async fn customers_sign_out_here_or_everywhere(store: Arc<dyn Store>) {
    let ana = signed_in(&*store, "ana@example.org", "s").await;
    for session in ["t", "u"] {
        signed_in(&*store, "ana@example.org", session).await;
    }
    signed_in(&*store, "ben@example.org", "v").await;
    assert_eq!(store.account(&ana, at(2)).await.unwrap().sessions, 3);
    store.sign_out("s").await.unwrap();
    assert_eq!(store.customer("s", at(2)).await.unwrap(), None);
    assert!(store.customer("t", at(2)).await.unwrap().is_some());
    store.sign_out_everywhere(&ana.id).await.unwrap();
    assert_eq!(store.customer("u", at(2)).await.unwrap(), None);
    assert!(store.customer("v", at(2)).await.unwrap().is_some());
}

pub async fn a_customer_has_the_orders_of_their_address(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let mut order = new_order("a");
    order.content.buyer.email = "ANA@Example.org".to_owned();
    place(&*store, order).await;
    let mut others = new_order("b");
    others.content.buyer.email = "ben@example.org".to_owned();
    place(&*store, others).await;
    place(&*store, new_order("c")).await;
    let orders = store.orders_of("ana@example.org", 9).await.unwrap();
    assert_eq!(orders.iter().map(|order| order.number.get()).collect::<Vec<_>>(), [1003, 1001]);
    assert_eq!(store.orders_of("ana@example.org", 1).await.unwrap().len(), 1);
}

pub async fn nothing_is_remembered_without_consent(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.keep_design("d", &kept_design()).await.unwrap();
    let ana = signed_in(&*store, "ana@example.org", "s").await;
    assert!(!store.remember(&remembered(&ana, "d", "lamp")).await.unwrap());
    let account = store.account(&ana, at(2)).await.unwrap();
    assert_eq!((account.consent, account.designs.len(), account.needs.len()), (None, 0, 0));

    let given = consent(&ana, true);
    store.keep_consent(&given).await.unwrap();
    assert!(store.remember(&remembered(&ana, "d", "lamp")).await.unwrap());
    assert!(store.remember(&remembered(&ana, "nowhere", "lamp")).await.unwrap());
    let account = store.account(&ana, at(2)).await.unwrap();
    assert_eq!(account.consent, Some(given.answer));
    assert_eq!(account.designs, [("d".to_owned(), kept_design())]);
    let needs: Vec<_> = account.needs.iter().map(|need| (&*need.slug, &*need.stated_use)).collect();
    assert_eq!(needs, [("lamp", "reading")]);

    let ben = signed_in(&*store, "ben@example.org", "t").await;
    store.forget_design(&ben.id, "d").await.unwrap();
    store.forget_need(&ben.id, "lamp").await.unwrap();
    assert_eq!(store.account(&ana, at(2)).await.unwrap().designs.len(), 1, "it is not Ben's to forget");
    store.forget_design(&ana.id, "d").await.unwrap();
    let account = store.account(&ana, at(2)).await.unwrap();
    assert_eq!((account.designs.len(), account.needs.len()), (0, 1));

    assert!(store.remember(&remembered(&ana, "d", "lamp")).await.unwrap());
    store.keep_consent(&consent(&ana, false)).await.unwrap();
    let account = store.account(&ana, at(2)).await.unwrap();
    assert_eq!((account.designs.len(), account.needs.len()), (0, 0), "taken back, it is forgotten");
    assert!(!store.remember(&remembered(&ana, "d", "lamp")).await.unwrap());
}

pub async fn a_remembered_design_outlasts_its_time(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["d", "e"] {
        store.keep_design(token, &kept_design()).await.unwrap();
    }
    let ana = signed_in(&*store, "ana@example.org", "s").await;
    store.keep_consent(&consent(&ana, true)).await.unwrap();
    store.remember(&remembered(&ana, "d", "lamp")).await.unwrap();
    assert_eq!(store.forget_designs(at(31)).await.unwrap(), 1);
    assert!(store.kept_design("d").await.unwrap().is_some());
    store.keep_consent(&consent(&ana, false)).await.unwrap();
    assert_eq!(store.forget_designs(at(31)).await.unwrap(), 1);
}
