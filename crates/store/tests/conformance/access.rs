//! Administrators, invitations, sessions.

use std::sync::Arc;

use shop::Store;
use shop::access::{NewInvite, OnPerson, Person, Role, SessionRow};

use crate::builders::{acceptance, at, fifty_times, invite};

pub async fn an_invitation_sets_a_password_once(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    assert_eq!(store.password_hash("mia@example.org").await.unwrap(), None);
    assert_eq!(store.invited("i", at(99)).await.unwrap().as_deref(), Some("mia@example.org"));
    let email = store.accept_invite(&acceptance("i", "s", 50)).await.unwrap();
    assert_eq!(email.as_deref(), Some("mia@example.org"));
    assert_eq!(store.password_hash("mia@example.org").await.unwrap().as_deref(), Some("hash for s"));
    assert_eq!(store.session("s", at(60)).await.unwrap().unwrap().email, "mia@example.org");

    assert_eq!(store.invited("i", at(60)).await.unwrap(), None);
    assert_eq!(store.accept_invite(&acceptance("i", "t", 60)).await.unwrap(), None);
    assert_eq!(store.password_hash("mia@example.org").await.unwrap().as_deref(), Some("hash for s"));
}

pub async fn an_invitation_ends(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    assert_eq!(store.invited("i", at(100)).await.unwrap(), None);
    assert_eq!(store.accept_invite(&acceptance("i", "s", 100)).await.unwrap(), None);
    assert_eq!(store.password_hash("mia@example.org").await.unwrap(), None);
}

pub async fn a_new_password_ends_older_sessions(store: Arc<dyn Store>) {
    for token in ["i", "j", "k"] {
        store.invite(&invite(token)).await.unwrap();
    }
    assert_eq!(store.accept_invite(&acceptance("j", "s", 10)).await.unwrap(), None, "older invitations end");
    store.accept_invite(&acceptance("k", "s", 10)).await.unwrap();
    store.invite(&invite("l")).await.unwrap();
    assert!(store.session("s", at(20)).await.unwrap().is_some(), "an invitation alone ends nothing");
    store.accept_invite(&acceptance("l", "t", 20)).await.unwrap();
    assert_eq!(store.session("s", at(30)).await.unwrap(), None);
    assert!(store.session("t", at(30)).await.unwrap().is_some());
}

pub async fn sessions_end(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    let session = |hash: &str, seconds: i64| SessionRow {
        token_hash: hash.to_owned(),
        email: "mia@example.org".to_owned(),
        expires_at: at(seconds),
    };
    store.start_session(&session("s", 100), at(0)).await.unwrap();
    store.start_session(&session("t", 200), at(0)).await.unwrap();
    assert_eq!(store.session("s", at(99)).await.unwrap(), Some(session("s", 100)));
    assert_eq!(store.session("s", at(100)).await.unwrap(), None);
    store.extend_session("t", at(300)).await.unwrap();
    store.extend_session("guess", at(300)).await.unwrap();
    assert_eq!(store.session("t", at(299)).await.unwrap(), Some(session("t", 300)));
    assert_eq!(store.session("s", at(299)).await.unwrap(), None);
    store.end_session("t").await.unwrap();
    assert_eq!(store.session("t", at(99)).await.unwrap(), None);
}

fn on(email: &str, by: &str) -> OnPerson {
    OnPerson { email: format!("{email}@example.org"), by: format!("{by}@example.org"), at: at(60) }
}

/// Two administrators: Mia with a session, Ben invited again.
async fn mia_and_ben(store: &dyn Store) {
    store.invite(&invite("i")).await.unwrap();
    store.accept_invite(&acceptance("i", "s", 50)).await.unwrap();
    for token in ["j", "k"] {
        let email = "ben@example.org".to_owned();
        store.invite(&NewInvite { email, by: "mia@example.org".to_owned(), ..invite(token) }).await.unwrap();
        if token == "j" {
            store.accept_invite(&acceptance("j", "t", 50)).await.unwrap();
        }
    }
}

pub async fn people_are_listed_and_those_who_leave_are_removed(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let person = |name: &str, sessions: u32, invited_until| Person {
        email: format!("{name}@example.org"),
        role: Role::Administrator,
        has_password: true,
        sessions,
        invited_until,
    };
    let people = store.people(at(60)).await.unwrap();
    assert_eq!(people, [person("ben", 1, Some(at(100))), person("mia", 1, None)]);

    assert!(store.end_sessions(&on("ben", "mia")).await.unwrap());
    assert_eq!(store.session("t", at(60)).await.unwrap(), None);
    assert_eq!(store.invited("k", at(60)).await.unwrap(), None);
    assert!(!store.end_sessions(&on("zoe", "mia")).await.unwrap());
    assert!(!store.remove_person(&on("mia", "mia")).await.unwrap(), "nobody removes themselves");
    assert!(!store.remove_person(&on("ben", "zoe")).await.unwrap(), "nor does anybody who is gone");
    let ben = NewInvite { email: "ben@example.org".to_owned(), ..invite("l") };
    store.invite(&ben).await.unwrap();
    assert_eq!(store.audit(1).await.unwrap()[0].action, "password link");
    assert!(store.remove_person(&on("ben", "mia")).await.unwrap());
    assert!(!store.remove_person(&on("ben", "mia")).await.unwrap());
    assert_eq!(store.people(at(60)).await.unwrap(), [person("mia", 1, None)]);
    assert_eq!(store.invited("l", at(60)).await.unwrap(), None);
    assert_eq!(store.password_hash("ben@example.org").await.unwrap(), None);
    let done = store.audit(9).await.unwrap();
    let done = done.iter().filter(|done| ["remove", "end sessions"].contains(&&*done.action));
    let told: Vec<_> = done.map(|done| (&*done.by, &*done.action, &*done.subject)).collect();
    assert_eq!(
        told,
        [
            ("mia@example.org", "remove", "ben@example.org"),
            ("mia@example.org", "end sessions", "ben@example.org")
        ]
    );
}

pub async fn of_two_who_remove_each_other_one_is_left(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let (one, other) = (on("ben", "mia"), on("mia", "ben"));
    let (one, other) = tokio::join!(store.remove_person(&one), store.remove_person(&other));
    assert_ne!(one.unwrap(), other.unwrap());
    assert_eq!(store.people(at(60)).await.unwrap().len(), 1);
}

pub async fn a_role_is_given_while_an_administrator_is_left(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let role_of = async |email: &str| store.role(email).await.unwrap();
    assert_eq!(role_of("ben@example.org").await, Some(Role::Administrator));
    assert_eq!(role_of("zoe@example.org").await, None);
    assert!(!store.set_role(&on("zoe", "mia"), Role::Viewer).await.unwrap(), "there is no Zoe");
    assert!(!store.set_role(&on("ben", "zoe"), Role::Viewer).await.unwrap(), "nor does she give roles");

    assert!(store.set_role(&on("ben", "mia"), Role::Production).await.unwrap());
    assert_eq!(role_of("ben@example.org").await, Some(Role::Production));
    let done = store.audit(1).await.unwrap().remove(0);
    assert_eq!(
        (&*done.by, &*done.action, &*done.subject, &*done.detail),
        ("mia@example.org", "role", "ben@example.org", "production")
    );
    assert!(!store.set_role(&on("mia", "ben"), Role::Viewer).await.unwrap(), "Ben gives none any more");
    assert!(!store.remove_person(&on("mia", "ben")).await.unwrap(), "nor removes anybody");
    assert!(
        !store.set_role(&on("mia", "mia"), Role::Viewer).await.unwrap(),
        "the last administrator stays one"
    );
    // Somebody without a password can't give roles yet.
    let zoe = NewInvite { email: "zoe@example.org".to_owned(), ..invite("z") };
    store.invite(&zoe).await.unwrap();
    assert!(!store.set_role(&on("mia", "mia"), Role::Viewer).await.unwrap());
    assert_eq!(store.audit(1).await.unwrap()[0].action, "invite", "nothing is noted of what was refused");
    assert!(store.set_role(&on("ben", "mia"), Role::Administrator).await.unwrap());
    assert!(store.set_role(&on("mia", "mia"), Role::Viewer).await.unwrap());
    assert_eq!(role_of("mia@example.org").await, Some(Role::Viewer));
}

pub async fn an_invitation_gives_its_role_to_the_new_only(store: Arc<dyn Store>) {
    let as_viewer = |token: &str| NewInvite { role: Role::Viewer, ..invite(token) };
    store.invite(&as_viewer("i")).await.unwrap();
    assert_eq!(store.role("mia@example.org").await.unwrap(), Some(Role::Viewer));
    store.invite(&invite("j")).await.unwrap();
    assert_eq!(store.role("mia@example.org").await.unwrap(), Some(Role::Viewer));
    assert_eq!(store.people(at(60)).await.unwrap()[0].role, Role::Viewer);
}

pub async fn of_two_who_take_each_others_role_one_stays(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let (one, other) = (on("ben", "mia"), on("mia", "ben"));
    let (one, other) = tokio::join!(store.set_role(&one, Role::Viewer), store.set_role(&other, Role::Viewer));
    assert_ne!(one.unwrap(), other.unwrap());
    let people = store.people(at(60)).await.unwrap();
    assert_eq!(people.iter().filter(|person| person.role == Role::Administrator).count(), 1);
}

pub async fn failures_are_counted_until_a_session_starts(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    let attempt = |email: &'static str, seconds: i64| {
        let store = Arc::clone(&store);
        async move { store.attempt_log_in(email, at(seconds), at(seconds - 900), 3).await.unwrap() }
    };
    for (seconds, allowed) in
        [(0, true), (1, true), (2, true), (3, false), (899, false), (900, true), (901, true)]
    {
        assert_eq!(attempt("mia@example.org", seconds).await, allowed, "{seconds}");
    }
    assert!(attempt("ben@example.org", 901).await, "each address has its own");
    let session =
        SessionRow { token_hash: "s".to_owned(), email: "mia@example.org".to_owned(), expires_at: at(5_000) };
    store.start_session(&session, at(901)).await.unwrap();
    for allowed in [true, true, true, false] {
        assert_eq!(attempt("mia@example.org", 902).await, allowed);
    }
}

pub async fn failures_of_a_key_are_forgotten(store: Arc<dyn Store>) {
    let attempt = |key: &'static str| {
        let store = Arc::clone(&store);
        async move { store.attempt_log_in(key, at(0), at(-900), 2).await.unwrap() }
    };
    assert_eq!((attempt("one").await, attempt("one").await, attempt("one").await), (true, true, false));
    assert_eq!((attempt("other").await, attempt("other").await), (true, true));
    store.forget_failures("one").await.unwrap();
    assert_eq!((attempt("one").await, attempt("other").await), (true, false));
}

pub async fn guesses_at_once_are_counted_too(store: Arc<dyn Store>) {
    let guess = |store: Arc<dyn Store>, _| async move {
        store.attempt_log_in("mia@example.org", at(0), at(-900), 5).await.unwrap()
    };
    assert_eq!(fifty_times(&store, guess).await.into_iter().filter(|allowed| *allowed).count(), 5);
}
