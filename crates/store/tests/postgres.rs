//! What only PostgreSQL does: several shops on one database, connections that end, addresses with passwords.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a check that can't go on has failed")]

#[path = "conformance/builders.rs"]
#[expect(dead_code, reason = "these tests write less than the suite")]
mod builders;

use std::sync::Arc;

use builders::{asked_order, at, draft, fifty_times, kept_design, new_order, place, product};
use shop::catalogue::CatalogueStore;
use shop::designs::{DesignStore, Keeping, KeptDesign};
use shop::drafts::{DraftStore, NewDraft};
use shop::orders::OrderStore;
use shop::products::ProductStore;
use shop::{DatabaseStore, Store, StoreError};
use sqlx::Connection;
use store::{Address, PostgresStore};
use testing::{number, order_number, slug};
use testing_postgres::TestDatabase;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_shops_on_one_database_give_each_number_and_each_key_once() {
    let database = TestDatabase::new().await;
    let stores: Vec<Arc<dyn Store>> = vec![
        Arc::new(database.store().await),
        Arc::new(database.store().await),
        Arc::new(database.store().await),
    ];
    stores[0].add_product(&product("lamp")).await.unwrap();
    // Two in a row have the same key, and come to different shops.
    let place = |_, index: usize| {
        let store = Arc::clone(&stores[index % 3]);
        let key = (index / 2).to_string();
        async move { place(&*store, asked_order(&index.to_string(), &key)).await }
    };
    let placed = fifty_times(&stores[0], place).await;
    for pair in placed.chunks(2) {
        assert_eq!(pair[0], pair[1]);
    }
    let mut numbers: Vec<i64> = placed.iter().map(|order| order.number.get()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (1_001..=1_025).collect::<Vec<i64>>());
    assert_eq!(stores[1].orders(None, 100).await.unwrap().len(), 25);
}

/// Many times, for each time few are really at once; and few at a time, for on a busy machine they wait long for each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_saves_and_guesses_at_two_shops_at_once_no_more_succeed_than_may() {
    let database = TestDatabase::new().await;
    let stores: [Arc<dyn Store>; 2] = [Arc::new(database.store().await), Arc::new(database.store().await)];
    stores[0].add_product(&product("lamp")).await.unwrap();
    for round in 0..30 {
        let (mut saving, mut guessing) = (Vec::new(), Vec::new());
        for index in 0..8_usize {
            let (saves, guesses) = (Arc::clone(&stores[index % 2]), Arc::clone(&stores[index % 2]));
            saving.push(tokio::spawn(async move {
                saves.save_draft(&draft(round, "{}", &index.to_string())).await.unwrap()
            }));
            guessing.push(tokio::spawn(async move {
                guesses.attempt_log_in(&format!("{round}@example.org"), at(0), at(-900), 3).await.unwrap()
            }));
        }
        let mut won = Vec::new();
        for save in saving {
            won.extend(save.await.unwrap());
        }
        assert_eq!(won.iter().map(|draft| draft.version).collect::<Vec<_>>(), [round + 1]);
        let mut allowed = 0;
        for guess in guessing {
            allowed += u32::from(guess.await.unwrap());
        }
        assert_eq!(allowed, 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shops_that_start_at_once_on_an_empty_database_all_come_up() {
    let database = TestDatabase::empty().await;
    let starting: Vec<_> = (0..8)
        .map(|_| {
            let address = database.address();
            tokio::spawn(async move {
                let store = address.parse::<Address>().unwrap().open().await.unwrap();
                store.add_product(&product("lamp")).await.unwrap()
            })
        })
        .collect();
    let mut added = 0;
    for start in starting {
        added += u32::from(start.await.unwrap());
    }
    assert_eq!(added, 1);
    let steps: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations")
        .fetch_one(&mut database.connection().await)
        .await
        .unwrap();
    assert_eq!(steps, i64::try_from(migrations("postgres").len()).unwrap());
}

/// So that the suite on a disturbed database says something.
#[tokio::test]
async fn what_others_were_in_the_way_of_is_tried_again() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    database.disturb().await;
    for index in 1..=40 {
        let placed = place(&store, new_order(&index.to_string())).await;
        assert_eq!(placed.number, order_number(1_000 + index), "without gaps");
    }
    let disturbed = database.disturbances().await;
    assert!((1..=20).contains(&disturbed), "{disturbed}");
}

#[tokio::test]
async fn a_shop_goes_on_after_the_server_ended_its_connections() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b"] {
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            .execute(&mut database.connection().await)
            .await
            .unwrap();
        place(&store, new_order(token)).await;
        assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    }
}

/// As behind a process that stands still in the middle of a transaction: waiting ends, and nothing is left of it.
#[tokio::test]
async fn what_takes_too_long_is_tried_at_another_time() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    let mut other = database.connection().await;
    let mut held = other.begin().await.unwrap();
    sqlx::query("SELECT last FROM counters FOR UPDATE").execute(&mut *held).await.unwrap();
    let error = store.place_order(new_order("a")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { what: "place an order", .. }), "{error}");
    held.rollback().await.unwrap();
    assert_eq!(place(&store, new_order("b")).await.number, order_number(1_001));
}

/// Who would wait longer than for a moment is refused, and what was refused is not written later.
#[tokio::test]
async fn an_order_whose_turn_does_not_come_is_given_up() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    let mut other = database.connection().await;
    let mut held = other.begin().await.unwrap();
    sqlx::query("SELECT last FROM counters FOR UPDATE").execute(&mut *held).await.unwrap();
    let store = Arc::new(store);
    let first = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.place_order(new_order("first")).await }
    });
    // It is being written once it waits for the row.
    let waits = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')";
    let mut looking = database.connection().await;
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut looking).await.unwrap() {
        tokio::task::yield_now().await;
    }
    let begun = std::time::Instant::now();
    let error = store.place_order(new_order("second")).await.unwrap_err();
    assert!(error.to_string().contains("its turn did not come within 3 seconds"), "{error}");
    assert!(matches!(error, StoreError::Unavailable { .. }) && begun.elapsed().as_secs() >= 3, "{error}");
    held.rollback().await.unwrap();
    // Where the machine is slow, it waited for the lock for too long itself.
    let before = 1_000 + i64::from(first.await.unwrap().is_ok());
    assert_eq!(place(&*store, new_order("third")).await.number, order_number(before + 1));
    assert_eq!(store.order_by_token("second").await.unwrap(), None);
}

/// As a standby that was not promoted yet.
#[tokio::test]
async fn a_database_that_can_only_be_read_is_written_at_another_time() {
    let database = TestDatabase::new().await;
    let mut other = database.connection().await;
    database.store().await.add_product(&product("lamp")).await.unwrap();
    let reading = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$";
    sqlx::query(reading).execute(&mut other).await.unwrap();
    let store = database.store().await;
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    for error in [store.place_order(new_order("a")).await.err(), store.can_be_written().await.err()] {
        assert!(matches!(error, Some(StoreError::Unavailable { .. })), "{error:?}");
    }
    store.is_there().await.unwrap();
}

#[tokio::test]
async fn revisions_in_postgresql_never_change() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    let mut other = database.connection().await;
    for (statement, refusal) in [
        ("UPDATE revisions SET bundle = '{}'", "revisions never change"),
        ("DELETE FROM revisions", "revisions are never deleted"),
        ("TRUNCATE revisions CASCADE", "revisions are never deleted"),
    ] {
        let error = sqlx::query(statement).execute(&mut other).await.unwrap_err().to_string();
        assert!(error.contains(refusal), "{error}");
    }
    let kept = store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap();
    assert_eq!(kept.bundle, product("lamp").bundle);
}

#[tokio::test]
async fn a_database_that_can_not_be_opened_is_named_without_its_password() {
    let database = TestDatabase::empty().await;
    let missing = database.address().replace("/test_", "/missing_");
    for (address, named) in [
        ("postgres://atelier:sesame@127.0.0.1:1/shop", "postgres://127.0.0.1:1/shop"),
        (missing.as_str(), "postgres:///missing_"),
    ] {
        let error = address.parse::<Address>().unwrap().open().await.err().unwrap();
        let message = error.to_string();
        assert!(matches!(error, StoreError::Open { .. }), "{message}");
        assert!(message.contains(named) && !message.contains("sesame"), "{message}");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_left_alone() {
    let database = TestDatabase::new().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'newer', TRUE, '\\x00', 0)";
    sqlx::query(newer).execute(&mut database.connection().await).await.unwrap();
    let message = PostgresStore::open(&database.address().parse().unwrap()).await.unwrap_err().to_string();
    assert!(message.contains("step 9999") && message.contains("Start the release of the shop"), "{message}");
}

#[tokio::test]
async fn what_can_not_be_read_is_named() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    place(&store, new_order("a")).await;
    sqlx::query("UPDATE orders SET design = '[7]'").execute(&mut database.connection().await).await.unwrap();
    let error = store.order_by_token("a").await.unwrap_err();
    assert!(matches!(&error, StoreError::Unreadable { what, .. } if what == "design"), "{error}");
}

#[tokio::test]
async fn closing_waits_for_the_orders_under_way() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    let place = |key: &'static str| place(&store, asked_order(key, key));
    let (one, two, three, ()) = tokio::join!(place("1"), place("2"), place("3"), store.close());
    assert_eq!([one, two, three].map(|order| order.number.get()), [1_001, 1_002, 1_003]);
}

/// The names of a database's steps.
fn migrations(database: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/").to_owned() + database;
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn both_databases_take_the_same_steps() {
    assert_eq!(migrations("sqlite"), migrations("postgres"));
}

/// A pooler that gives out connections for a transaction has none of it, nor have databases that speak PostgreSQL.
#[test]
fn nothing_is_asked_that_lives_longer_than_a_transaction() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["../../migrations/postgres", "src/postgres", "src/statements", "src/copy"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            // Tests of a file stand in a folder beside it.
            if path.is_dir() {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let words: Vec<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
            for word in
                ["LISTEN", "UNLISTEN", "NOTIFY", "ADVISORY", "TEMP", "TEMPORARY", "PREPARE", "PgListener"]
            {
                let said = words.iter().any(|said| said.eq_ignore_ascii_case(word));
                assert!(!said, "{} says {word}", path.display());
            }
            let sets = text.matches("SET SESSION").count() + text.matches("WITH HOLD").count();
            assert_eq!(sets, 0, "{}", path.display());
        }
    }
}

/// As the steps before the eighteenth left it.
const BEFORE_STEP_18: [&str; 2] = [
    "UPDATE designs SET order_number = 1001 WHERE token_hash = 'known'",
    "DELETE FROM _sqlx_migrations WHERE version = 18",
];

#[tokio::test]
async fn what_was_ordered_and_is_known_of_no_order_is_saved_again() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    place(&store, new_order("one")).await;
    for token in ["known", "twin"] {
        let ordered = KeptDesign { keeping: Keeping::Ordered, ..kept_design() };
        store.keep_design(token, &ordered).await.unwrap();
    }
    let shared = KeptDesign { keeping: Keeping::Shared, ..kept_design() };
    store.keep_design("shared", &shared).await.unwrap();
    for statement in BEFORE_STEP_18 {
        sqlx::query(statement).execute(&mut database.connection().await).await.unwrap();
    }
    store.close().await;

    let store = database.store().await;
    let keeping = async |token| store.kept_design(token).await.unwrap().map(|design| design.keeping);
    assert_eq!(keeping("twin").await, Some(Keeping::Saved));
    store.forget_designs(at(31)).await.unwrap();
    let left = [keeping("known").await, keeping("shared").await, keeping("twin").await];
    assert_eq!(left, [Some(Keeping::Ordered), Some(Keeping::Shared), None]);
}

/// Older releases saved drafts under addresses that a product had before.
const LEFT_BEHIND: [&str; 2] = [
    "INSERT INTO drafts (slug, version, base, bundle, changed_at, changed_by) VALUES ('lamp', 1, 1, '{}', 0, 'ben')",
    "INSERT INTO draft_versions (slug, version, base, bundle, changed_at, changed_by) VALUES ('lamp', 1, 1, '{}', 0, 'ben')",
];

#[tokio::test]
async fn a_draft_left_behind_is_no_hindrance_on_the_way_back() {
    let database = TestDatabase::new().await;
    let store = database.store().await;
    store.add_product(&product("lamp")).await.unwrap();
    let [lamp, light] = ["lamp", "light"].map(slug);
    assert!(store.change_address(&lamp, &light, "mia", at(40)).await.unwrap());
    for statement in LEFT_BEHIND {
        sqlx::query(statement).execute(&mut database.connection().await).await.unwrap();
    }
    let version =
        store.save_draft(&NewDraft { slug: light.clone(), ..draft(0, "{\"a\":2}", "mia") }).await.unwrap();
    assert!(version.is_some());
    assert!(store.change_address(&light, &lamp, "mia", at(41)).await.unwrap());
    assert_eq!(store.draft(&lamp).await.unwrap().unwrap().bundle, "{\"a\":2}");
}

/// What was computed is found by what is sold out in its order, which SQLite has by bytes.
#[tokio::test]
async fn what_is_sold_out_comes_in_one_order_whatever_language_a_database_is_for() {
    let database = TestDatabase::new().await;
    database.store().await;
    let collations = "\
        SELECT COALESCE(collation_name, 'the database''s') FROM information_schema.columns
        WHERE table_name = 'sold_out' AND column_name IN ('slug', 'attribute', 'option_code')";
    let mut connection = database.connection().await;
    let collations: Vec<String> = sqlx::query_scalar(collations).fetch_all(&mut connection).await.unwrap();
    assert_eq!(collations, ["C", "C", "C"]);
}
