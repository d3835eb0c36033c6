//! What only SQLite does: files, several processes on one, older and newer releases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a check that can't go on has failed")]

#[path = "conformance/builders.rs"]
#[expect(dead_code, reason = "these tests write less than the suite")]
mod builders;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use builders::{
    asked_order, at, draft, experiment, fifty_times, invite, kept_design, move_order, new_order, order,
    place, product, request,
};
use shop::access::{AccessStore, SessionRow};
use shop::catalogue::CatalogueStore;
use shop::customers::{Customer, CustomerId, PersonalDataStore, Table};
use shop::designs::{DesignStore, Keeping, KeptDesign};
use shop::drafts::{DraftStore, NewDraft};
use shop::experiments::{Experiment, ExperimentStore};
use shop::learning::{LearningStore, PastDesignRow};
use shop::orders::{NewOrder, OrderStore, Placing};
use shop::products::ProductStore;
use shop::{Buyer, OrderContent, OrderState, Store, StoreError, ValueOrigin};
use store::SqliteStore;
use testing::{ana, number, order_number, slug, sqlite};

#[tokio::test]
async fn an_sqlite_file_keeps_everything_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let placed = store.place_order(asked_order("a", "key")).await.unwrap();
    store.invite(&invite("i")).await.unwrap();
    store.close().await;

    let store = sqlite(folder.path()).await.unwrap();
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    let Placing::Placed(placed) = placed else { panic!("{placed:?}") };
    let again = store.placed_before(&request("key"), "b").await.unwrap();
    assert_eq!(again, Some(Placing::PlacedBefore(placed)));
    assert!(store.invited("i", at(0)).await.unwrap().is_some());
    assert_eq!(place(&store, new_order("c")).await.number, order_number(1_002));
}

/// As many orders by one buyer as are looked at, and more, all newer than those of others.
const CROWD: &str = "\
    INSERT INTO orders (number, token, placed_at, slug, revision, product_name, choices, design, lines, total, currency,
        lead_time_days, weight, points, picture, picture_hash, stated_use, buyer, quantity, email, state)
    WITH RECURSIVE counted (n) AS (SELECT 2001 UNION ALL SELECT n + 1 FROM counted WHERE n < 7100)
    SELECT n, 'copy ' || n, placed_at, slug, revision, product_name, choices, design, lines, total, currency,
        lead_time_days, weight, points, picture, picture_hash, stated_use, buyer, quantity, email, state
    FROM orders, counted WHERE number = 1001";

#[tokio::test]
async fn one_buyers_orders_take_no_place_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    for name in ["crowd", "ana", "bo", "cy", "bo"] {
        let buyer = Buyer { email: format!("{name}@example.org"), ..ana() };
        let mut content = OrderContent { buyer, ..order() };
        if name != "crowd" {
            content.design.iter_mut().for_each(|value| value.value = "linen".to_owned());
        }
        let token = store.orders(None, 9).await.unwrap().len().to_string();
        let number = place(&store, NewOrder { content, ..new_order(&token) }).await.number;
        move_order(&store, number.get(), &[OrderState::Confirmed]).await;
    }
    sqlx::query(CROWD).execute(&beside(folder.path()).await).await.unwrap();
    let lamp = slug("lamp");
    let taught: Vec<(String, u32)> = store.past_designs(&lamp).await.unwrap().into_iter().map(told).collect();
    assert_eq!(taught, [("linen".to_owned(), 4), ("brass".to_owned(), 3)]);
    let back = store.returning_buyers(&lamp).await.unwrap();
    assert_eq!(back.iter().map(Vec::len).collect::<Vec<_>>(), [2, 6], "Bo is among those who came back");
    assert_eq!(store.learnt_from(&lamp, at(0)).await.unwrap().len(), 7);
    assert_eq!(store.ordered_designs(&lamp).await.unwrap().len(), 7);
}

fn told(row: PastDesignRow) -> (String, u32) {
    (row.choices[0].1.clone(), row.count)
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
        async move { place(&*store, asked_order(&index.to_string(), &index.to_string())).await.number.get() }
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
    let other = beside(folder.path()).await;
    for (statement, refusal) in [
        ("UPDATE revisions SET bundle = '{}'", "revisions never change"),
        ("DELETE FROM revisions", "revisions are never deleted"),
    ] {
        let error = sqlx::query(statement).execute(&other).await.unwrap_err().to_string();
        assert!(error.contains(refusal), "{error}");
    }
    assert_eq!(
        store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap().bundle,
        product("lamp").bundle
    );
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

/// SQLite opens it, and would refuse the first order only.
#[tokio::test]
async fn a_file_that_can_only_be_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path()).await.unwrap().close().await;
    let path = folder.path().join("shop.db");
    // As written by a format that this SQLite may read and not write, which holds for root, too.
    const WRITE_VERSION: usize = 18;
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[WRITE_VERSION] = 3;
    std::fs::write(&path, bytes).unwrap();
    let error = SqliteStore::open(&path).await.unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, StoreError::Open { .. }) && message.contains("readonly"), "{message}");
}

#[tokio::test]
async fn a_file_of_a_newer_release_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path()).await.unwrap().close().await;
    let other = beside(folder.path()).await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'newer', 1, x'00', 0)";
    sqlx::query(newer).execute(&other).await.unwrap();
    let message = sqlite(folder.path()).await.unwrap_err().to_string();
    assert!(
        message.contains("shop.db") && message.contains("Start the release of the shop that wrote it"),
        "{message}"
    );
}

/// As released before pictures were kept apart.
const OLD_ORDER: &str = "\
    INSERT INTO orders (number, token, placed_at, slug, revision, product_name, choices, design, lines, total, currency,
        lead_time_days, weight, points, picture, buyer)
    VALUES (1001, 'old', 0, 'lamp', 1, 'Lamp', '[]',
        '[{\"code\":\"shade\",\"label\":\"Shade\",\"value\":\"brass\",\"words\":\"Brass\",\"origin\":\"Always so\"}]',
        '[]', 1, 'EUR', 1, 1, 1, '<svg id=\"old\"/>', '{\"name\":\"\",\"email\":\"\",\"address\":\"\",\"note\":\"\"}')";

#[tokio::test]
async fn orders_of_older_releases_keep_their_pictures_and_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let other = beside(folder.path()).await;
    sqlx::query(OLD_ORDER).execute(&other).await.unwrap();
    let old = store.order_by_number(order_number(1_001)).await.unwrap().unwrap();
    assert_eq!(old.picture, "<svg id=\"old\"/>");
    assert_eq!(old.design[0].origin, ValueOrigin::Sentence("Always so".to_owned()));

    for token in ["a", "b"] {
        store.place_order(new_order(token)).await.unwrap();
    }
    let pictures: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pictures").fetch_one(&other).await.unwrap();
    let inline: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM orders WHERE picture <> ''")
        .fetch_one(&other)
        .await
        .unwrap();
    assert_eq!((pictures, inline), (1, 1));
}

#[tokio::test]
async fn what_can_not_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    store.place_order(new_order("a")).await.unwrap();
    sqlx::query("UPDATE orders SET design = '[7]'").execute(&beside(folder.path()).await).await.unwrap();
    let error = store.order_by_token("a").await.unwrap_err();
    assert!(matches!(&error, StoreError::Unreadable { what, .. } if what == "design"), "{error}");
}

/// Such as one that a newer release started.
#[tokio::test]
async fn an_experiment_that_can_not_be_read_hinders_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    for address in ["lamp", "chair"] {
        store.add_product(&product(address)).await.unwrap();
        let experiment = Experiment { slug: slug(address), ..experiment(address) };
        assert!(store.start_experiment(&experiment).await.unwrap());
    }
    let other = beside(folder.path()).await;
    sqlx::query("UPDATE experiments SET setup = '{}' WHERE code = 'lamp'").execute(&other).await.unwrap();
    let running: Vec<String> =
        store.running_experiments().await.unwrap().into_iter().map(|running| running.code).collect();
    assert_eq!(running, ["chair"]);
    assert_eq!(store.experiments().await.unwrap().len(), 1);
    let error = store.experiment("lamp").await.unwrap_err();
    assert!(matches!(error, StoreError::Unreadable { .. }), "{error}");
}

/// Another connection to the file of [`sqlite`].
async fn beside(folder: &Path) -> sqlx::SqlitePool {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("shop.db"));
    sqlx::SqlitePool::connect_with(options).await.unwrap()
}

/// As when a server is asked to stop: what was accepted is written.
#[tokio::test]
async fn closing_waits_for_the_orders_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let place = |key: &'static str| store.place_order(asked_order(key, key));
    let (one, two, three, ()) = tokio::join!(place("1"), place("2"), place("3"), store.close());
    let numbers = [one, two, three].map(|placing| match placing.unwrap() {
        Placing::Placed(order) => order.number.get(),
        placing => panic!("{placing:?}"),
    });
    assert_eq!(numbers, [1_001, 1_002, 1_003]);
}

/// As when the disk is full for a moment: SQLite takes the transaction back by itself. Whatever was to be written, the
/// next thing is.
#[tokio::test]
async fn writing_goes_on_after_sqlite_took_a_transaction_back() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(sqlite(folder.path()).await.unwrap());
    store.add_product(&product("lamp")).await.unwrap();
    let other = beside(folder.path()).await;
    for table in ["orders", "drafts", "products", "administrators", "login_failures", "sessions", "listings"]
    {
        let full = format!(
            "CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END"
        );
        sqlx::query(sqlx::AssertSqlSafe(full)).execute(&other).await.unwrap();
        let failures = write_everything(&store, &format!("{table}-full")).await;
        assert!(!failures.is_empty(), "{table}");
        sqlx::query("DROP TRIGGER full").execute(&other).await.unwrap();
        assert_eq!(write_everything(&store, table).await, [""; 0], "{table}");
    }
}

/// As when the disk can't be read for a moment, where SQLite takes the transaction back by itself, too: what is read afterwards is
/// what is there then, and nothing is kept open.
#[tokio::test]
async fn reading_goes_on_after_sqlite_took_a_transaction_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    place(&store, new_order("first")).await;
    assert_eq!(orders_of_ana(&store).await.map(Result::unwrap), [1; 4]);

    // So that what comes next is in the log alone.
    let other = beside(folder.path()).await;
    let empty_log = "PRAGMA wal_checkpoint(TRUNCATE)";
    sqlx::query(empty_log).execute(&other).await.unwrap();
    place(&store, new_order("second")).await;
    let log = folder.path().join("shop.db-wal");
    let logged = std::fs::read(&log).unwrap();
    std::fs::write(&log, "").unwrap();
    for read in orders_of_ana(&store).await {
        let error = read.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
    }
    std::fs::write(&log, logged).unwrap();
    assert_eq!(orders_of_ana(&store).await.map(Result::unwrap), [2; 4]);
    place(&store, new_order("third")).await;
    assert_eq!(orders_of_ana(&store).await.map(Result::unwrap), [3; 4]);
    let busy: i64 = sqlx::query_scalar(empty_log).fetch_one(&other).await.unwrap();
    assert_eq!(busy, 0, "somebody still reads");
}

/// How many orders of hers are found, by as many readers at once as there are.
async fn orders_of_ana(store: &SqliteStore) -> [Result<usize, StoreError>; 4] {
    let ana = Customer { id: CustomerId::new("ana".to_owned()), email: ana().email, since: at(0) };
    let read = || store.personal_data(&ana);
    let (one, two, three, four) = tokio::join!(read(), read(), read(), read());
    let orders = |tables: Vec<Table>| -> usize {
        let orders = tables.iter().filter(|table| table.name == "orders");
        orders.map(|table| table.rows.len()).sum()
    };
    [one, two, three, four].map(|tables| tables.map(orders))
}

/// Writes something of each kind, and returns what could not be written.
async fn write_everything(store: &Arc<dyn Store>, name: &str) -> Vec<String> {
    let (token_hash, email) = (name.to_owned(), "mia@example.org".to_owned());
    let session = SessionRow { token_hash, email, expires_at: at(9), used_at: None, browser: String::new() };
    let version = store.draft(&slug("lamp")).await.ok().flatten().map_or(0, |draft| draft.version);
    let draft = draft(version, name, "mia");
    let written = [
        store.invite(&invite(name)).await.err(),
        store.place_order(new_order(name)).await.err(),
        store.save_draft(&draft).await.err(),
        store.add_product(&product(&format!("lamp-{}", name.replace('_', "-")))).await.err(),
        store.attempt_log_in(name, at(0), at(-1), 5).await.err(),
        store.start_session(&session, at(0)).await.err(),
        store.keep_prepared(&slug("lamp"), number(1), &product("lamp").prepared).await.err(),
    ];
    written.into_iter().flatten().map(|error| error.to_string()).collect()
}

/// What is written to a file that has no name any more is gone with the process.
#[tokio::test]
async fn nothing_is_written_to_a_file_that_was_deleted_or_replaced() {
    let put_another = |path: &Path| std::fs::write(path, "another one").unwrap();
    let delete_log = |path: &Path| {
        std::fs::write(path, "another one").unwrap();
        std::fs::remove_file(path.with_file_name("shop.db-wal")).unwrap();
    };
    for after in [|_: &Path| {}, put_another, delete_log] as [fn(&Path); 3] {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(sqlite(folder.path()).await.unwrap());
        store.add_product(&product("lamp")).await.unwrap();
        let path = folder.path().join("shop.db");
        std::fs::remove_file(&path).unwrap();
        after(&path);
        for refused in write_everything(&store, "after").await {
            assert!(refused.contains("was deleted or replaced while it was open"), "{refused}");
        }
        assert_eq!(write_everything(&store, "again").await.len(), 7);
    }
}

/// Who would wait longer than for a moment is refused, and what was refused is not written later.
#[tokio::test]
async fn an_order_whose_turn_does_not_come_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(sqlite(folder.path()).await.unwrap());
    store.add_product(&product("lamp")).await.unwrap();
    let other = beside(folder.path()).await;
    let mut held = other.acquire().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *held).await.unwrap();
    let first = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.place_order(new_order("first")).await }
    });
    // Until it is being written, which waits for the other one's lock longer than orders wait for each other.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    let error = store.place_order(new_order("second")).await.unwrap_err();
    assert!(error.to_string().contains("its turn did not come within 3 seconds"), "{error}");
    assert!(matches!(error, StoreError::Unavailable { .. }) && begun.elapsed().as_secs() >= 3, "{error}");
    sqlx::query("COMMIT").execute(&mut *held).await.unwrap();
    // Where the machine is slow, it waited for the lock for too long itself.
    let before = 1_000 + i64::from(first.await.unwrap().is_ok());
    assert_eq!(place(&*store, new_order("third")).await.number, order_number(before + 1));
    assert_eq!(store.order_by_token("second").await.unwrap(), None);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_a_database_is_followed() {
    let (real, link) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    sqlite(real.path()).await.unwrap().close().await;
    std::os::unix::fs::symlink(real.path().join("shop.db"), link.path().join("shop.db")).unwrap();
    let store = sqlite(link.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    place(&store, new_order("a")).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_database_is_for_nobody_elses_eyes() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    assert_eq!((mode("shop.db"), mode("shop.db-wal"), mode("shop.db-shm")), (0o600, 0o600, 0o600));
    store.close().await;

    // As releases before made it, as another mask leaves it, and for a group that may make copies, which somebody chose.
    for (was, is) in [(0o644, 0o600), (0o664, 0o600), (0o660, 0o660), (0o640, 0o640)] {
        std::fs::set_permissions(folder.path().join("shop.db"), std::fs::Permissions::from_mode(was))
            .unwrap();
        let store = sqlite(folder.path()).await.unwrap();
        assert_eq!((mode("shop.db"), mode("shop.db-wal")), (is, is));
        store.close().await;
    }
}

#[tokio::test]
async fn tokens_that_an_older_release_kept_are_hashed() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let placed = place(&store, new_order("of this release")).await;
    let other = beside(folder.path()).await;
    let plain = "0123456789abcdef0123456789abcdef";
    let older = format!("UPDATE orders SET token = '{plain}'");
    sqlx::query(sqlx::AssertSqlSafe(older)).execute(&other).await.unwrap();

    let store = sqlite(folder.path()).await.unwrap();
    let kept: String = sqlx::query_scalar("SELECT token FROM orders").fetch_one(&other).await.unwrap();
    assert_eq!(store.order_by_token(plain).await.unwrap(), None);
    assert_eq!(store.order_by_token(&kept).await.unwrap(), Some(placed));
    // By sha256sum.
    assert_eq!(kept, "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9");
}

/// As the steps before the eighteenth left it.
const BEFORE_STEP_18: [&str; 2] = [
    "UPDATE designs SET order_number = 1001 WHERE token_hash = 'known'",
    "DELETE FROM _sqlx_migrations WHERE version = 18",
];

#[tokio::test]
async fn what_was_ordered_and_is_known_of_no_order_is_saved_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    place(&store, new_order("one")).await;
    for token in ["known", "twin"] {
        let ordered = KeptDesign { keeping: Keeping::Ordered, ..kept_design() };
        store.keep_design(token, &ordered).await.unwrap();
    }
    let shared = KeptDesign { keeping: Keeping::Shared, ..kept_design() };
    store.keep_design("shared", &shared).await.unwrap();
    for statement in BEFORE_STEP_18 {
        sqlx::query(statement).execute(&beside(folder.path()).await).await.unwrap();
    }
    store.close().await;

    let store = sqlite(folder.path()).await.unwrap();
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
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(folder.path()).await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let [lamp, light] = ["lamp", "light"].map(slug);
    assert!(store.change_address(&lamp, &light, "mia", at(40)).await.unwrap());
    for statement in LEFT_BEHIND {
        sqlx::query(statement).execute(&beside(folder.path()).await).await.unwrap();
    }
    let version =
        store.save_draft(&NewDraft { slug: light.clone(), ..draft(0, "{\"a\":2}", "mia") }).await.unwrap();
    assert!(version.is_some());
    assert!(store.change_address(&light, &lamp, "mia", at(41)).await.unwrap());
    assert_eq!(store.draft(&lamp).await.unwrap().unwrap().bundle, "{\"a\":2}");
}
