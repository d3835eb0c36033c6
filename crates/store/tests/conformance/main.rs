//! What every store does: one suite, written against `&dyn Store`, run for each database.

#![expect(clippy::unwrap_used, reason = "a check that can't go on has failed")]

#[expect(dead_code, reason = "the suite needs no shop around its store")]
mod common;

use std::sync::Arc;

use common::{ana, sqlite};
use shop::{
    AcceptedInvite, NewDraft, NewInvite, NewProduct, NewRevision, Order, OrderedLine, OrderedValue,
    PastDesignRow, ProductRow, SessionRow, SqliteStore, Store, StoreError,
};
use time::{Duration, OffsetDateTime};

/// Runs every check of the suite on a fresh database of each kind.
macro_rules! conformance {
    ($($check:ident),* $(,)?) => {
        mod sqlite_store {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    let folder = tempfile::tempdir().unwrap();
                    let store: Arc<dyn super::Store> = Arc::new(super::sqlite(folder.path()).await.unwrap());
                    super::$check(store).await;
                }
            )*
            use std::sync::Arc;
        }
    };
}

conformance![
    an_empty_store_answers_none,
    products_come_in_the_order_in_which_they_were_added,
    a_product_is_added_once,
    past_designs_are_counted_and_the_most_frequent_come_first,
    orders_without_a_stated_use_are_not_learnt_from,
    an_order_comes_back_as_it_was_placed,
    an_idempotency_key_places_one_order,
    orders_come_newest_first_and_in_pages,
    fifty_orders_at_once_have_fifty_numbers,
    one_key_fifty_times_at_once_places_one_order,
    orders_are_for_revisions_that_exist,
    a_draft_keeps_its_base_and_counts_its_versions,
    a_lost_race_for_a_draft_writes_nothing,
    of_many_saves_at_once_one_wins,
    publishing_is_one_step,
    publishing_another_version_writes_nothing,
    rolling_back_moves_the_live_revision_only,
    an_invitation_sets_a_password_once,
    an_invitation_ends,
    a_new_password_ends_older_sessions,
    sessions_end,
    failures_are_counted_until_a_session_starts,
    guesses_at_once_are_counted_too,
];

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_800_000_000 + seconds).unwrap()
}

fn product(slug: &str) -> NewProduct {
    NewProduct {
        slug: slug.to_owned(),
        bundle: format!("{{\"first\":\"{slug}\"}}"),
        hash: "0123456789abcdef".to_owned(),
        at: at(0),
        by: "atelier".to_owned(),
        note: "first".to_owned(),
        past: Vec::new(),
    }
}

fn past(stated_use: &str, shade: &str, count: u32) -> PastDesignRow {
    let choices = vec![("shade".to_owned(), shade.to_owned())];
    PastDesignRow { stated_use: Some(stated_use.to_owned()), choices, count, synthetic: count }
}

fn order(token: &str) -> Order {
    Order {
        number: 0,
        token: token.to_owned(),
        placed_at: at(5) + Duration::milliseconds(7),
        slug: "lamp".to_owned(),
        revision: 1,
        product_name: "Desk lamp".to_owned(),
        design: vec![OrderedValue {
            code: "shade".to_owned(),
            label: "Shade".to_owned(),
            value: "brass".to_owned(),
            words: "Brass “matt”".to_owned(),
            origin: "Chosen".to_owned(),
        }],
        lines: vec![OrderedLine { label: "Desk lamp, standard".to_owned(), amount: -1 }],
        total: i64::MAX,
        currency: "EUR".to_owned(),
        lead_time_days: 5,
        weight: 2_300,
        points: 1,
        picture: "<svg/>".to_owned(),
        stated_use: Some("reading".to_owned()),
        buyer: ana(),
    }
}

fn draft(version: i64, bundle: &str, by: &str) -> NewDraft {
    NewDraft { slug: "lamp".to_owned(), version, bundle: bundle.to_owned(), at: at(10), by: by.to_owned() }
}

fn revision(draft_version: i64, bundle: &str) -> NewRevision {
    NewRevision {
        slug: "lamp".to_owned(),
        draft_version,
        bundle: bundle.to_owned(),
        hash: "fedcba9876543210".to_owned(),
        at: at(20),
        by: "mia".to_owned(),
        note: "second".to_owned(),
    }
}

fn invite(token_hash: &str) -> NewInvite {
    NewInvite {
        email: "mia@example.org".to_owned(),
        token_hash: token_hash.to_owned(),
        at: at(0),
        expires_at: at(100),
    }
}

fn acceptance(token_hash: &str, session_hash: &str, seconds: i64) -> AcceptedInvite {
    AcceptedInvite {
        token_hash: token_hash.to_owned(),
        password_hash: format!("hash for {session_hash}"),
        session_hash: session_hash.to_owned(),
        session_expires_at: at(seconds + 1_000),
        at: at(seconds),
    }
}

async fn an_empty_store_answers_none(store: Arc<dyn Store>) {
    assert_eq!(store.products().await.unwrap(), []);
    assert_eq!(store.live("lamp").await.unwrap(), None);
    assert_eq!(store.revision("lamp", 1).await.unwrap(), None);
    assert_eq!(store.revisions("lamp").await.unwrap(), []);
    assert_eq!(store.past_designs("lamp").await.unwrap(), []);
    assert_eq!(store.order_by_token("t").await.unwrap(), None);
    assert_eq!(store.order_by_number(1_001).await.unwrap(), None);
    assert_eq!(store.order_by_request("r").await.unwrap(), None);
    assert_eq!(store.orders(None, 10).await.unwrap(), []);
    assert_eq!(store.draft("lamp").await.unwrap(), None);
    assert_eq!(store.save_draft(&draft(0, "{}", "mia")).await.unwrap(), None);
    assert_eq!(store.publish(&revision(0, "{}")).await.unwrap(), None);
    assert!(!store.roll_back("lamp", 1, "mia", at(0)).await.unwrap());
    assert_eq!(store.invited("i", at(0)).await.unwrap(), None);
    assert_eq!(store.accept_invite(&acceptance("i", "s", 0)).await.unwrap(), None);
    assert_eq!(store.password_hash("mia@example.org").await.unwrap(), None);
    assert_eq!(store.session("s", at(0)).await.unwrap(), None);
    store.discard_draft("lamp").await.unwrap();
    store.end_session("s").await.unwrap();
    assert_eq!(store.audit(10).await.unwrap(), []);
}

async fn products_come_in_the_order_in_which_they_were_added(store: Arc<dyn Store>) {
    for slug in ["lamp", "chair", "desk"] {
        assert!(store.add_product(&product(slug)).await.unwrap());
    }
    let slugs: Vec<String> = store.products().await.unwrap().into_iter().map(|row| row.slug).collect();
    assert_eq!(slugs, ["lamp", "chair", "desk"]);
}

async fn a_product_is_added_once(store: Arc<dyn Store>) {
    let first = NewProduct { past: vec![past("reading", "brass", 3)], ..product("lamp") };
    assert!(store.add_product(&first).await.unwrap());
    let second = NewProduct { bundle: "{}".to_owned(), ..first.clone() };
    assert!(!store.add_product(&second).await.unwrap());

    assert_eq!(store.products().await.unwrap(), [ProductRow { slug: "lamp".to_owned(), live: 1 }]);
    let row = store.revision("lamp", 1).await.unwrap().unwrap();
    assert_eq!((row.slug, row.number, row.bundle, row.hash), (first.slug, 1, first.bundle, first.hash));
    assert_eq!((row.published_at, row.published_by, row.note), (first.at, first.by, first.note));
    assert_eq!(store.past_designs("lamp").await.unwrap(), first.past);
    assert_eq!(store.audit(10).await.unwrap().len(), 1);
}

async fn past_designs_are_counted_and_the_most_frequent_come_first(store: Arc<dyn Store>) {
    let known = vec![past("reading", "linen", 3), past("drawing", "brass", 4), past("reading", "brass", 2)];
    store.add_product(&NewProduct { past: known, ..product("lamp") }).await.unwrap();
    store
        .add_product(&NewProduct { past: vec![past("reading", "oak", 9)], ..product("chair") })
        .await
        .unwrap();
    for token in ["a", "b", "c"] {
        store.place_order(order(token), None).await.unwrap();
    }
    let brass = PastDesignRow { synthetic: 2, ..past("reading", "brass", 5) };
    let expected = [brass, past("drawing", "brass", 4), past("reading", "linen", 3)];
    assert_eq!(store.past_designs("lamp").await.unwrap(), expected);
}

async fn orders_without_a_stated_use_are_not_learnt_from(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.place_order(Order { stated_use: None, ..order("a") }, None).await.unwrap();
    assert_eq!(store.past_designs("lamp").await.unwrap(), []);
}

async fn an_order_comes_back_as_it_was_placed(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let placed = store.place_order(order("a"), Some("key")).await.unwrap();
    assert_eq!(placed, Order { number: 1_001, ..order("a") });
    let bare = Order { stated_use: None, design: Vec::new(), ..order("b") };
    let bare_placed = store.place_order(bare.clone(), None).await.unwrap();
    assert_eq!(bare_placed, Order { number: 1_002, ..bare });

    assert_eq!(store.order_by_token("a").await.unwrap().as_ref(), Some(&placed));
    assert_eq!(store.order_by_number(1_001).await.unwrap().as_ref(), Some(&placed));
    assert_eq!(store.order_by_request("key").await.unwrap().as_ref(), Some(&placed));
    assert_eq!(store.order_by_number(1_002).await.unwrap(), Some(bare_placed));
    assert_eq!(store.order_by_token("A").await.unwrap(), None);
}

async fn an_idempotency_key_places_one_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.place_order(order("a"), Some("key")).await.unwrap();
    let again = store.place_order(order("b"), Some("key")).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(store.orders(None, 10).await.unwrap(), [first]);
    let other = store.place_order(order("b"), Some("other key")).await.unwrap();
    assert_eq!(other.number, 1_002);
}

async fn orders_come_newest_first_and_in_pages(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b", "c", "d", "e"] {
        store.place_order(order(token), None).await.unwrap();
    }
    let numbers = |orders: Vec<Order>| orders.iter().map(|order| order.number).collect::<Vec<_>>();
    assert_eq!(numbers(store.orders(None, 3).await.unwrap()), [1_005, 1_004, 1_003]);
    assert_eq!(numbers(store.orders(Some(1_003), 3).await.unwrap()), [1_002, 1_001]);
    assert_eq!(numbers(store.orders(Some(1_001), 3).await.unwrap()), [0_i64; 0]);
    assert_eq!(store.revisions("lamp").await.unwrap()[0].orders, 5);
}

/// What came of doing something fifty times at once.
async fn fifty_times<T, F>(store: &Arc<dyn Store>, work: impl Fn(Arc<dyn Store>, usize) -> F) -> Vec<T>
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

async fn fifty_orders_at_once_have_fifty_numbers(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| async move {
        store.place_order(order(&index.to_string()), None).await.unwrap().number
    };
    let mut numbers = fifty_times(&store, place).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
}

async fn one_key_fifty_times_at_once_places_one_order(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| async move {
        store.place_order(order(&index.to_string()), Some("key")).await.unwrap()
    };
    let placed = fifty_times(&store, place).await;
    assert!(placed.iter().all(|order| *order == placed[0]));
    assert_eq!(store.orders(None, 100).await.unwrap().len(), 1);
}

async fn orders_are_for_revisions_that_exist(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let wrong = Order { revision: 2, ..order("a") };
    assert!(matches!(store.place_order(wrong, None).await, Err(StoreError::Database(_))));
    assert_eq!(store.place_order(order("a"), None).await.unwrap().number, 1_001);
}

async fn a_draft_keeps_its_base_and_counts_its_versions(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap().unwrap();
    assert_eq!((first.version, first.base, first.changed_by.as_str()), (1, 1, "mia"));
    let second = store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap().unwrap();
    assert_eq!((second.version, second.base, second.changed_by.as_str()), (2, 1, "ben"));
    assert_eq!(store.draft("lamp").await.unwrap(), Some(second));

    store.discard_draft("lamp").await.unwrap();
    assert_eq!(store.draft("lamp").await.unwrap(), None);
    let third = store.save_draft(&draft(0, "{\"a\":3}", "mia")).await.unwrap().unwrap();
    assert_eq!(third.version, 3, "an old version never passes for a new one");
}

async fn a_lost_race_for_a_draft_writes_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap().unwrap();
    assert_eq!(store.save_draft(&draft(0, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.save_draft(&draft(7, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft("lamp").await.unwrap(), Some(first));
    store.discard_draft("lamp").await.unwrap();
    assert_eq!(store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft("lamp").await.unwrap(), None);
}

async fn of_many_saves_at_once_one_wins(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let save = |store: Arc<dyn Store>, index: usize| async move {
        store.save_draft(&draft(0, "{}", &index.to_string())).await.unwrap()
    };
    let won: Vec<_> = fifty_times(&store, save).await.into_iter().flatten().collect();
    assert_eq!(won.len(), 1);
    assert_eq!(store.draft("lamp").await.unwrap().as_ref(), won.first());
}

async fn publishing_is_one_step(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.place_order(order("a"), None).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    assert_eq!(store.publish(&revision(1, "{\"a\":1}")).await.unwrap(), Some(2));

    assert_eq!(store.live("lamp").await.unwrap(), Some(2));
    assert_eq!(store.draft("lamp").await.unwrap(), None);
    let row = store.revision("lamp", 2).await.unwrap().unwrap();
    assert_eq!(
        (row.bundle.as_str(), row.published_by.as_str(), row.note.as_str()),
        ("{\"a\":1}", "mia", "second")
    );
    assert_eq!(store.revision("lamp", 1).await.unwrap().unwrap().bundle, product("lamp").bundle);
    let history: Vec<_> = store
        .revisions("lamp")
        .await
        .unwrap()
        .into_iter()
        .map(|info| (info.number, info.live, info.orders))
        .collect();
    assert_eq!(history, [(2, true, 0), (1, false, 1)]);
    let audit = &store.audit(1).await.unwrap()[0];
    let (by, action, subject, detail) = (&*audit.by, &*audit.action, &*audit.subject, &*audit.detail);
    assert_eq!((audit.at, by, action, subject, detail), (at(20), "mia", "publish", "lamp", "revision 2"));
}

async fn publishing_another_version_writes_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap();
    for version in [0, 1, 3] {
        assert_eq!(store.publish(&revision(version, "{\"a\":1}")).await.unwrap(), None);
    }
    assert_eq!(store.live("lamp").await.unwrap(), Some(1));
    assert_eq!(store.revisions("lamp").await.unwrap().len(), 1);
    assert!(store.draft("lamp").await.unwrap().is_some());
}

async fn rolling_back_moves_the_live_revision_only(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert!(store.roll_back("lamp", 1, "ben", at(30)).await.unwrap());
    assert_eq!(store.live("lamp").await.unwrap(), Some(1));
    assert_eq!(store.revisions("lamp").await.unwrap().len(), 2);
    assert_eq!(store.audit(1).await.unwrap()[0].action, "roll back");

    assert!(!store.roll_back("lamp", 3, "ben", at(30)).await.unwrap());
    assert_eq!(store.live("lamp").await.unwrap(), Some(1));
    assert_eq!(store.audit(10).await.unwrap().len(), 3);

    store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap();
    assert_eq!(
        store.publish(&revision(2, "{\"a\":2}")).await.unwrap(),
        Some(3),
        "numbers are never used twice"
    );
}

async fn an_invitation_sets_a_password_once(store: Arc<dyn Store>) {
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

async fn an_invitation_ends(store: Arc<dyn Store>) {
    store.invite(&invite("i")).await.unwrap();
    assert_eq!(store.invited("i", at(100)).await.unwrap(), None);
    assert_eq!(store.accept_invite(&acceptance("i", "s", 100)).await.unwrap(), None);
    assert_eq!(store.password_hash("mia@example.org").await.unwrap(), None);
}

async fn a_new_password_ends_older_sessions(store: Arc<dyn Store>) {
    for token in ["i", "j", "k"] {
        store.invite(&invite(token)).await.unwrap();
    }
    store.accept_invite(&acceptance("i", "s", 10)).await.unwrap();
    assert_eq!(store.invited("j", at(20)).await.unwrap(), None, "older invitations end");
    store.invite(&invite("l")).await.unwrap();
    assert!(store.session("s", at(20)).await.unwrap().is_some(), "an invitation alone ends nothing");
    store.accept_invite(&acceptance("l", "t", 20)).await.unwrap();
    assert_eq!(store.session("s", at(30)).await.unwrap(), None);
    assert!(store.session("t", at(30)).await.unwrap().is_some());
}

async fn sessions_end(store: Arc<dyn Store>) {
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
    store.end_session("t").await.unwrap();
    assert_eq!(store.session("t", at(99)).await.unwrap(), None);
}

async fn failures_are_counted_until_a_session_starts(store: Arc<dyn Store>) {
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

async fn guesses_at_once_are_counted_too(store: Arc<dyn Store>) {
    let guess = |store: Arc<dyn Store>, _| async move {
        store.attempt_log_in("mia@example.org", at(0), at(-900), 5).await.unwrap()
    };
    assert_eq!(fifty_times(&store, guess).await.into_iter().filter(|allowed| *allowed).count(), 5);
}

#[tokio::test]
async fn an_sqlite_file_keeps_everything_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let placed = store.place_order(order("a"), Some("key")).await.unwrap();
    store.invite(&invite("i")).await.unwrap();
    store.close().await;

    let store = sqlite(folder.path()).await.unwrap();
    assert_eq!(store.live("lamp").await.unwrap(), Some(1));
    assert_eq!(store.order_by_request("key").await.unwrap(), Some(placed));
    assert!(store.invited("i", at(0)).await.unwrap().is_some());
    assert_eq!(store.place_order(order("b"), None).await.unwrap().number, 1_002);
}

/// Two processes on one file, such as a server and a command line.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sqlite_stores_on_one_file_write_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let one: Arc<dyn Store> = Arc::new(sqlite(folder.path()).await.unwrap());
    let two: Arc<dyn Store> = Arc::new(sqlite(folder.path()).await.unwrap());
    one.add_product(&product("lamp")).await.unwrap();
    let place = |store: Arc<dyn Store>, index: usize| {
        let store = if index.is_multiple_of(2) { store } else { Arc::clone(&two) };
        async move { store.place_order(order(&index.to_string()), Some(&index.to_string())).await.unwrap().number }
    };
    let mut numbers = fifty_times(&one, place).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
    assert_eq!(one.orders(None, 100).await.unwrap(), two.orders(None, 100).await.unwrap());
}

#[tokio::test]
async fn revisions_in_an_sqlite_file_never_change() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let path = folder.path().join("shop.db");
    let other = sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(&path))
        .await
        .unwrap();
    for (statement, refusal) in [
        ("UPDATE revisions SET bundle = '{}'", "revisions never change"),
        ("DELETE FROM revisions", "revisions are never deleted"),
    ] {
        let error = sqlx::query(statement).execute(&other).await.unwrap_err().to_string();
        assert!(error.contains(refusal), "{error}");
    }
    assert_eq!(store.revision("lamp", 1).await.unwrap().unwrap().bundle, product("lamp").bundle);
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "this is no database, and it is long enough to be told from an empty file".repeat(20),
    )
    .unwrap();
    for path in [folder.path().join("missing/shop.db"), folder.path().to_path_buf(), text] {
        let error = SqliteStore::open(&path).await.unwrap_err();
        let message = error.to_string();
        assert!(matches!(error, StoreError::Open { .. }), "{message}");
        assert!(message.starts_with(&format!("can't open the database {}: ", path.display())), "{message}");
        assert!(message.len() > path.display().to_string().len() + 60, "{message}");
    }
}

#[tokio::test]
async fn a_file_of_a_newer_release_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path()).await.unwrap().close().await;
    let path = folder.path().join("shop.db");
    let other = sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(&path))
        .await
        .unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'newer', 1, x'00', 0)";
    sqlx::query(newer).execute(&other).await.unwrap();
    let message = sqlite(folder.path()).await.unwrap_err().to_string();
    assert!(
        message.contains("shop.db") && message.contains("Start the release of the shop that wrote it"),
        "{message}"
    );
}
