//! Administrators, invitations, sessions.

use std::sync::Arc;

use shop::Store;
use shop::access::{
    AuditKind, AuditQuery, NewInvite, Note, OnPerson, Person, Proof, Role, SESSION_KEY, SecondFactorRow,
    SessionRow,
};

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
        used_at: Some(at(0)),
        browser: "Firefox on Linux".to_owned(),
    };
    store.start_session(&session("s", 100), at(0)).await.unwrap();
    store.start_session(&session("t", 200), at(0)).await.unwrap();
    assert_eq!(store.session("s", at(99)).await.unwrap(), Some(session("s", 100)));
    assert_eq!(store.session("s", at(100)).await.unwrap(), None);
    store.extend_session("t", at(300), at(50)).await.unwrap();
    store.extend_session("guess", at(300), at(50)).await.unwrap();
    assert_eq!(
        store.session("t", at(299)).await.unwrap(),
        Some(SessionRow { used_at: Some(at(50)), ..session("t", 300) })
    );
    assert_eq!(store.session("s", at(299)).await.unwrap(), None);
    store.end_session("t", at(60)).await.unwrap();
    assert_eq!(store.session("t", at(99)).await.unwrap(), None);
}

/// Mia's sessions by their keys, with their browsers.
async fn seen(store: &dyn Store, now: i64) -> Vec<(String, String)> {
    let sessions = store.sessions_of("mia@example.org", at(now)).await.unwrap();
    sessions.into_iter().map(|seen| (seen.key, seen.browser)).collect()
}

pub async fn sessions_are_told_and_ended_one_by_one(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let hash = |first: char| first.to_string().repeat(64);
    let key = |first: char| first.to_string().repeat(SESSION_KEY);
    for (first, browser, start) in
        [('a', "Firefox on Linux", 100), ('b', "Safari on iPhone", 110), ('c', "", 120)]
    {
        let row = SessionRow {
            token_hash: hash(first),
            email: "mia@example.org".to_owned(),
            expires_at: at(900),
            used_at: None,
            browser: browser.to_owned(),
        };
        store.start_session(&row, at(start)).await.unwrap();
    }
    store.extend_session(&hash('a'), at(900), at(130)).await.unwrap();
    let told = store.sessions_of("mia@example.org", at(140)).await.unwrap();
    let firefox = told.first().unwrap();
    assert_eq!((firefox.begun_at, firefox.used_at), (Some(at(100)), Some(at(130))));
    let keys: Vec<_> = told.iter().map(|seen| seen.key.clone()).collect();
    assert_eq!(keys, [key('a'), key('c'), key('b'), "s".to_owned()], "used last comes first");
    let bens = store.sessions_of("ben@example.org", at(140)).await.unwrap();
    assert_eq!(bens.iter().map(|seen| &*seen.key).collect::<Vec<_>>(), ["t"]);
    assert_eq!(seen(&*store, 900).await.len(), 1, "what is over is not told");

    // A key is nothing to anybody else.
    let by_ben = OnPerson { email: "ben@example.org".to_owned(), ..on("ben", "ben") };
    assert!(!store.end_session_of(&by_ben, &key('b')).await.unwrap());
    let mine = on("mia", "mia");
    assert!(store.end_session_of(&mine, &key('b')).await.unwrap());
    assert!(!store.end_session_of(&mine, &key('b')).await.unwrap());
    assert_eq!(store.session(&hash('b'), at(140)).await.unwrap(), None);
    assert_eq!(store.end_other_sessions(&mine, &hash('a')).await.unwrap(), 2);
    assert_eq!(store.end_other_sessions(&mine, &hash('a')).await.unwrap(), 0);
    assert_eq!(seen(&*store, 140).await, [(key('a'), "Firefox on Linux".to_owned())]);
    let audit = store.audit(&AuditQuery::newest(2)).await.unwrap();
    let audit: Vec<_> = audit.iter().map(|entry| (&*entry.action, &*entry.detail)).collect();
    assert_eq!(audit, [("end sessions", "others"), ("end session", "")]);
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

pub async fn a_password_is_changed_once_from_the_same_one(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let hash = |first: char| first.to_string().repeat(64);
    for first in ['a', 'b'] {
        let row = SessionRow {
            token_hash: hash(first),
            email: "mia@example.org".to_owned(),
            expires_at: at(900),
            used_at: None,
            browser: String::new(),
        };
        store.start_session(&row, at(55)).await.unwrap();
    }
    store.invite(&invite("l")).await.unwrap();
    let (mine, here) = (on("mia", "mia"), hash('a'));
    assert!(!store.change_password(&mine, ("hash for t", "another"), &here).await.unwrap(), "Ben's");
    assert!(store.session(&hash('b'), at(60)).await.unwrap().is_some());
    let (one, other) = tokio::join!(
        store.change_password(&mine, ("hash for s", "one"), &here),
        store.change_password(&mine, ("hash for s", "other"), &here),
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_ne!(one, other);
    let kept = store.password_hash("mia@example.org").await.unwrap();
    assert_eq!(kept.as_deref(), Some(if one { "one" } else { "other" }));
    assert_eq!(store.password_hash("ben@example.org").await.unwrap().as_deref(), Some("hash for t"));
    assert!(store.session(&here, at(60)).await.unwrap().is_some());
    assert_eq!(store.session(&hash('b'), at(60)).await.unwrap(), None);
    assert!(store.session("t", at(60)).await.unwrap().is_some(), "Ben's goes on");
    assert_eq!(store.invited("l", at(60)).await.unwrap(), None);
    assert!(store.invited("k", at(60)).await.unwrap().is_some());
    let asked = AuditQuery { kind: Some(AuditKind::People), ..AuditQuery::newest(2) };
    let done = store.audit(&asked).await.unwrap();
    let done: Vec<_> = done.iter().map(|done| (&*done.by, &*done.action)).collect();
    assert_eq!(done, [("mia@example.org", "change password"), ("atelier", "password link")]);
}

pub async fn people_are_listed_and_those_who_leave_are_removed(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let person = |name: &str, sessions: u32, invited_until| Person {
        email: format!("{name}@example.org"),
        role: Role::Administrator,
        has_password: true,
        sessions,
        has_second_factor: false,
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
    assert_eq!(store.audit(&AuditQuery::newest(1)).await.unwrap()[0].action, "password link");
    assert!(store.remove_person(&on("ben", "mia")).await.unwrap());
    assert!(!store.remove_person(&on("ben", "mia")).await.unwrap());
    assert_eq!(store.people(at(60)).await.unwrap(), [person("mia", 1, None)]);
    assert_eq!(store.invited("l", at(60)).await.unwrap(), None);
    assert_eq!(store.password_hash("ben@example.org").await.unwrap(), None);
    let done = store.audit(&AuditQuery::newest(9)).await.unwrap();
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
    let done = store.audit(&AuditQuery::newest(1)).await.unwrap().remove(0);
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
    assert_eq!(
        store.audit(&AuditQuery::newest(1)).await.unwrap()[0].action,
        "invite",
        "nothing is noted of what was refused"
    );
    assert!(store.set_role(&on("ben", "mia"), Role::Administrator).await.unwrap());
    assert!(store.set_role(&on("mia", "mia"), Role::Viewer).await.unwrap());
    assert_eq!(role_of("mia@example.org").await, Some(Role::Viewer));
}

pub async fn an_invitation_gives_its_role_until_somebody_came(store: Arc<dyn Store>) {
    let as_viewer = |token: &str| NewInvite { role: Role::Viewer, ..invite(token) };
    store.invite(&as_viewer("i")).await.unwrap();
    assert_eq!(store.role("mia@example.org").await.unwrap(), Some(Role::Viewer));
    store.invite(&NewInvite { role: Role::Production, ..invite("j") }).await.unwrap();
    assert_eq!(store.role("mia@example.org").await.unwrap(), Some(Role::Production));
    store.invite(&as_viewer("k")).await.unwrap();
    store.accept_invite(&acceptance("k", "s", 50)).await.unwrap();
    store.invite(&invite("l")).await.unwrap();
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
    let session = SessionRow {
        token_hash: "s".to_owned(),
        email: "mia@example.org".to_owned(),
        expires_at: at(5_000),
        used_at: None,
        browser: String::new(),
    };
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

/// Whether every entry carries the hash over itself and the one before; how many there are.
async fn whole_chain(store: &dyn Store) -> usize {
    let mut before = String::new();
    let entries = store.audit_after(i64::MIN, 1_000).await.unwrap();
    for entry in &entries {
        let hash = entry.note().hash(&before);
        assert_eq!(entry.hash.as_deref(), Some(&*hash), "{entry:?}");
        before = hash;
    }
    entries.len()
}

pub async fn what_is_noted_at_once_is_one_chain(store: Arc<dyn Store>) {
    mia_and_ben(&*store).await;
    let before = whole_chain(&*store).await;
    let note = |number: i64| {
        let store = Arc::clone(&store);
        async move {
            let detail = number.to_string();
            let (by, action, subject) = ("mia@example.org", "publish", "lämpchen\n\"x\"");
            store.note(Note { at: at(number), by, action, subject, detail: &detail }).await
        }
    };
    let mut notes = tokio::task::JoinSet::new();
    for number in 0..40 {
        notes.spawn(note(number));
    }
    while let Some(noted) = notes.join_next().await {
        noted.unwrap().unwrap();
    }
    assert_eq!(whole_chain(&*store).await, before + 40);
}

pub async fn log_ins_are_noted(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    let email = "mia@example.org".to_owned();
    let session = SessionRow {
        token_hash: "s".to_owned(),
        email,
        expires_at: at(100),
        used_at: None,
        browser: String::new(),
    };
    store.start_session(&session, at(1)).await.unwrap();
    store.end_session("s", at(2)).await.unwrap();
    store.end_session("s", at(3)).await.unwrap();
    let done = store.audit(&AuditQuery::newest(9)).await.unwrap();
    let told: Vec<_> = done.iter().map(|done| (&*done.by, &*done.action, done.at)).collect();
    let mia = "mia@example.org";
    assert_eq!(told[..2], [(mia, "log out", at(2)), (mia, "log in", at(1))], "a session ends once");
}

pub async fn the_audit_is_asked_by_person_subject_kind_and_time(store: Arc<dyn Store>) {
    for (second, by, action, subject) in [
        (1, "mia@example.org", "publish", "lamp"),
        (2, "", "log-in failed", "mia@example.org"),
        (3, "ben@example.org", "role", "mia@example.org"),
        (4, "ben@example.org", "publish", "shelf"),
        (5, "mia@example.org", "erase customer", "abc"),
    ] {
        store.note(Note { at: at(second), by, action, subject, detail: "" }).await.unwrap();
    }
    let seconds = async |asked: AuditQuery| {
        let entries = store.audit(&AuditQuery { limit: 9, ..asked }).await.unwrap();
        entries.iter().map(|entry| (entry.at - at(0)).whole_seconds()).collect::<Vec<_>>()
    };
    let all = AuditQuery::default;
    assert_eq!(seconds(all()).await, [5, 4, 3, 2, 1]);
    assert_eq!(seconds(AuditQuery { by: Some("ben@example.org".to_owned()), ..all() }).await, [4, 3]);
    assert_eq!(seconds(AuditQuery { subject: Some("mia@example.org".to_owned()), ..all() }).await, [3, 2]);
    assert_eq!(seconds(AuditQuery { since: Some(at(2)), until: Some(at(4)), ..all() }).await, [3, 2]);
    for (kind, expected) in [
        (AuditKind::LogIns, vec![2]),
        (AuditKind::People, vec![3]),
        (AuditKind::Products, vec![4, 1]),
        (AuditKind::Customers, vec![5]),
    ] {
        assert_eq!(seconds(AuditQuery { kind: Some(kind), ..all() }).await, expected, "{kind:?}");
    }
    let newest = store.audit(&AuditQuery::newest(2)).await.unwrap();
    assert_eq!(newest.len(), 2);
    assert_eq!(seconds(AuditQuery { before: Some(newest[1].id), ..all() }).await, [3, 2, 1]);
    let after = store.audit_after(newest[1].id, 9).await.unwrap();
    assert_eq!(after, newest[..1]);
}

/// What Mia does to her own account.
fn mia() -> OnPerson {
    on("mia", "mia")
}

/// A session of Mia, begun now; whether it was let in at once.
async fn log_in(store: &dyn Store, token_hash: &str) -> (SessionRow, bool) {
    let email = "mia@example.org".to_owned();
    let session = SessionRow {
        token_hash: token_hash.to_owned(),
        email,
        expires_at: at(1_000),
        used_at: Some(at(70)),
        browser: String::new(),
    };
    store.start_session(&session, at(70)).await.unwrap();
    let is_in = store.session(token_hash, at(80)).await.unwrap().is_some();
    (session, is_in)
}

pub async fn a_session_waits_for_a_second_factor(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    store.accept_invite(&acceptance("i", "s", 50)).await.unwrap();
    assert_eq!(store.second_factor("mia@example.org").await.unwrap(), None);
    assert!(!store.turn_on_second_factor(&mia(), 7, &[], "s").await.unwrap(), "none was proposed");
    store.propose_second_factor("mia@example.org", "FIRST").await.unwrap();
    store.propose_second_factor("mia@example.org", "OTHER").await.unwrap();
    let proposed = SecondFactorRow { secret: "FIRST".to_owned(), since: None, recovery_codes: 0 };
    assert_eq!(store.second_factor("mia@example.org").await.unwrap(), Some(proposed.clone()));
    assert!(log_in(&*store, "before").await.1, "nobody is asked for what is being set up");
    assert!(store.give_up_second_factor("mia@example.org").await.unwrap());
    assert!(!store.give_up_second_factor("mia@example.org").await.unwrap(), "it was given up");
    store.propose_second_factor("mia@example.org", "FIRST").await.unwrap();

    let codes = ["x".to_owned(), "y".to_owned()];
    assert!(store.turn_on_second_factor(&mia(), 7, &codes, "s").await.unwrap());
    assert!(!store.turn_on_second_factor(&mia(), 9, &codes, "s").await.unwrap());
    assert!(!store.give_up_second_factor("mia@example.org").await.unwrap(), "it is no proposal any more");
    let on = SecondFactorRow { since: Some(at(60)), recovery_codes: 2, ..proposed };
    assert_eq!(store.second_factor("mia@example.org").await.unwrap(), Some(on));
    assert!(store.people(at(80)).await.unwrap()[0].has_second_factor);
    assert!(store.session("s", at(80)).await.unwrap().is_some(), "it was turned on there");
    assert!(store.session("before", at(80)).await.unwrap().is_none(), "the other one waits");

    let (session, is_in) = log_in(&*store, "first").await;
    assert!(!is_in);
    assert_eq!(store.waiting_session("first", at(80)).await.unwrap(), Some(session.clone()));
    assert_eq!(store.waiting_session("first", at(1_000)).await.unwrap(), None);
    assert_eq!(store.waiting_session("s", at(80)).await.unwrap(), None);
    let pass = async |session: &SessionRow, proof: Proof| {
        store.pass_second_factor(session, &proof, at(80)).await.unwrap()
    };
    assert!(!pass(&session, Proof::Step(7)).await, "its code was shown before");
    assert!(!pass(&session, Proof::RecoveryCode("z".to_owned())).await);
    assert!(store.session("first", at(90)).await.unwrap().is_none());
    let noted = async || {
        let done = store.audit(&AuditQuery::newest(1)).await.unwrap().remove(0);
        (done.action, done.detail)
    };
    assert_ne!(noted().await.0, "log in");
    assert!(pass(&session, Proof::Step(8)).await);
    assert!(store.session("first", at(90)).await.unwrap().is_some());
    assert_eq!(noted().await, ("log in".to_owned(), "code".to_owned()));

    let (second, _) = log_in(&*store, "second").await;
    assert!(!pass(&second, Proof::Step(8)).await, "a code is good for once");
    assert!(pass(&second, Proof::RecoveryCode("x".to_owned())).await);
    let (third, _) = log_in(&*store, "third").await;
    assert!(!pass(&third, Proof::RecoveryCode("x".to_owned())).await, "and so is a recovery code");
    assert_eq!(store.second_factor("mia@example.org").await.unwrap().unwrap().recovery_codes, 1);

    assert!(!store.turn_off_second_factor(&mia(), Some(&Proof::Step(8))).await.unwrap(), "it was used");
    assert!(store.turn_off_second_factor(&mia(), Some(&Proof::RecoveryCode("y".to_owned()))).await.unwrap());
    assert_eq!(noted().await.0, "second factor off");
    assert!(!store.turn_off_second_factor(&mia(), None).await.unwrap());
    assert!(log_in(&*store, "last").await.1);
    assert!(!pass(&third, Proof::RecoveryCode("y".to_owned())).await, "its codes are gone");
}

pub async fn who_logs_in_while_a_second_factor_is_turned_on_waits_for_a_code(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    for round in 0..20 {
        store.propose_second_factor("mia@example.org", "FIRST").await.unwrap();
        let (token, of, code) = (format!("t{round}"), mia(), [format!("x{round}")]);
        let turn_on = store.turn_on_second_factor(&of, 7, &code, "s");
        let (is_on, _) = tokio::join!(turn_on, log_in(&*store, &token));
        assert!(is_on.unwrap());
        assert!(store.session(&token, at(80)).await.unwrap().is_none(), "round {round}");
        assert!(store.turn_off_second_factor(&mia(), None).await.unwrap());
    }
}

pub async fn of_two_who_show_one_code_one_is_let_in(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    store.propose_second_factor("mia@example.org", "FIRST").await.unwrap();
    assert!(store.turn_on_second_factor(&mia(), 7, &["x".to_owned()], "s").await.unwrap());
    let ((one, _), (other, _)) = (log_in(&*store, "one").await, log_in(&*store, "other").await);
    for proof in [Proof::Step(8), Proof::RecoveryCode("x".to_owned())] {
        let pass = |session| store.pass_second_factor(session, &proof, at(80));
        let (first, second) = tokio::join!(pass(&one), pass(&other));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert!(!(first && second), "{proof:?} was taken twice");
    }
    let are_in = [store.session("one", at(90)).await.unwrap(), store.session("other", at(90)).await.unwrap()];
    assert_eq!(are_in.iter().flatten().count(), 2);
}
