//! API keys: known by their hashes while they hold, made once of a name, ended, each noted.

use std::sync::Arc;

use shop::Store;
use shop::access::{ApiKey, AuditKind, AuditQuery, Keeping, NewInvite, NewKey, OnPerson, Role};
use time::macros::date;

use crate::builders::{acceptance, at, fifty_times, invite};

fn key(name: &str, hash: &str, ends: Option<i64>) -> NewKey {
    let key = ApiKey {
        actor: format!("key:{}", name.to_lowercase()),
        name: name.to_owned(),
        role: Role::Production,
        made_at: at(5),
        made_by: "mia@example.org".to_owned(),
        ends_at: ends.map(at),
        used_on: None,
        ending: hash.chars().take(4).collect(),
    };
    NewKey { key, token_hash: hash.to_owned(), until: ends.map(|_| date!(2027 - 01 - 20)) }
}

pub async fn a_key_is_known_by_its_hash_while_it_holds(store: Arc<dyn Store>) {
    let (erp, mill) = (key("ERP", "one", None), key("Émile’s mill", "two", Some(100)));
    for new in [&mill, &erp] {
        assert_eq!(store.make_key(new, 9).await.unwrap(), Keeping::Kept);
    }
    assert_eq!(store.keys().await.unwrap(), [erp.key.clone(), mill.key.clone()]);
    assert_eq!(store.key("one", at(9_000)).await.unwrap().as_ref(), Some(&erp.key));
    assert_eq!(store.key("two", at(99)).await.unwrap().as_ref(), Some(&mill.key));
    assert_eq!(store.key("two", at(100)).await.unwrap(), None, "its time is over");
    assert_eq!(store.key("three", at(9)).await.unwrap(), None);

    for day in [date!(2027 - 01 - 15), date!(2027 - 01 - 14)] {
        store.use_key("key:erp", day).await.unwrap();
    }
    store.use_key("key:nobody", date!(2027 - 01 - 15)).await.unwrap();
    let used: Vec<_> = store.keys().await.unwrap().into_iter().map(|key| key.used_on).collect();
    assert_eq!(used, [Some(date!(2027 - 01 - 15)), None], "the latest day of each");

    assert!(store.end_key("key:erp", "ben@example.org", at(60)).await.unwrap());
    assert!(!store.end_key("key:erp", "ben@example.org", at(61)).await.unwrap());
    assert_eq!(store.key("one", at(62)).await.unwrap(), None);
    let again = store.make_key(&key("ERP", "three", None), 9).await.unwrap();
    assert_eq!(again, Keeping::Kept, "its name is free again");

    let people = AuditQuery { kind: Some(AuditKind::People), ..AuditQuery::newest(9) };
    let noted = store.audit(&people).await.unwrap();
    let noted: Vec<_> =
        noted.iter().map(|entry| (&*entry.by, &*entry.action, &*entry.subject, &*entry.detail)).collect();
    let (mia, ben) = ("mia@example.org", "ben@example.org");
    assert_eq!(
        noted,
        [
            (mia, "make key", "key:erp", "production ending thre"),
            (ben, "end key", "key:erp", "ending one"),
            (mia, "make key", "key:erp", "production ending one"),
            (mia, "make key", "key:émile’s mill", "production until 2027-01-20 ending two"),
        ]
    );
}

pub async fn of_many_who_make_a_key_of_one_name_one_does(store: Arc<dyn Store>) {
    let make = |store: Arc<dyn Store>, index: usize| async move {
        store.make_key(&key("ERP", &format!("hash {index}"), None), 9).await.unwrap()
    };
    let made = fifty_times(&store, make).await;
    assert_eq!(made.into_iter().filter(|made| *made == Keeping::Kept).count(), 1);
    assert_eq!(store.keys().await.unwrap().len(), 1);
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap().len(), 1, "nothing else is noted");
}

/// The limit holds also where many make keys of different names at a time.
pub async fn there_are_never_more_keys_than_there_may_be(store: Arc<dyn Store>) {
    let make = |store: Arc<dyn Store>, index: usize| async move {
        store.make_key(&key(&format!("Mill {index}"), &format!("hash {index}"), None), 3).await.unwrap()
    };
    let made = fifty_times(&store, make).await;
    assert_eq!(made.iter().filter(|made| **made == Keeping::Kept).count(), 3);
    assert_eq!(made.iter().filter(|made| **made == Keeping::TooMany).count(), 47);
    assert_eq!(store.keys().await.unwrap().len(), 3);
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap().len(), 3, "nothing else is noted");
}

pub async fn a_key_goes_on_when_whoever_made_it_is_removed(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    store.accept_invite(&acceptance("i", "s", 50)).await.unwrap();
    let ben = NewInvite { email: "ben@example.org".to_owned(), ..invite("j") };
    store.invite(&ben).await.unwrap();
    store.accept_invite(&acceptance("j", "t", 50)).await.unwrap();
    store.make_key(&key("ERP", "one", None), 9).await.unwrap();
    let leaves =
        OnPerson { email: "mia@example.org".to_owned(), by: "ben@example.org".to_owned(), at: at(60) };
    assert!(store.remove_person(&leaves).await.unwrap());
    let kept = store.key("one", at(70)).await.unwrap().unwrap();
    assert_eq!(kept.made_by, "mia@example.org");
}
