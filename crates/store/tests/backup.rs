//! Backups that are taken while orders are placed, and what is restored from them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a check that can't go on has failed")]

#[path = "conformance/builders.rs"]
#[expect(dead_code, reason = "these tests write less than the suite")]
mod builders;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use builders::{asked_order, invite, new_order, order, place, product};
use shop::orders::NewOrder;
use shop::{Asker, OrderContent, Store};
use sqlx::{Connection, SqliteConnection};
use store::{Address, BackupError, CopyError, back_up, restore};
use testing::order_number;
use testing_postgres::TestDatabase;

fn file(folder: &Path, name: &str) -> Address {
    Address::File(folder.join(name))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Orders that are placed one after the other, as fast as they can be, until it is dropped.
struct Shopping {
    /// The last number that a shopper was told.
    told: Arc<AtomicI64>,
    is_over: Arc<AtomicBool>,
}

impl Shopping {
    fn start(store: Arc<dyn Store>) -> Self {
        let (told, is_over) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicBool::new(false)));
        let shopping = Self { told: Arc::clone(&told), is_over: Arc::clone(&is_over) };
        tokio::spawn(async move {
            for index in 0.. {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let content = OrderContent { picture: format!("<svg id=\"{index}\"/>"), ..order() };
                let placed = NewOrder {
                    content,
                    token_hash: format!("token {index}"),
                    request: None,
                    language: String::new(),
                    mail: None,
                    counted_on: None,
                    asker: Asker::default(),
                    basket: None,
                };
                told.store(place(&*store, placed).await.number.get(), Ordering::SeqCst);
            }
        });
        shopping
    }

    /// Until so many more are placed.
    async fn goes_on(&self, more: i64) {
        let until = self.told.load(Ordering::SeqCst).max(1_000) + more;
        while self.told.load(Ordering::SeqCst) < until {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Shopping {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
    }
}

/// Every order up to the last one is there, with its picture and the token that opens it.
async fn first_orders(restored: &dyn Store) -> i64 {
    let orders = restored.orders(None, 1_000_000).await.unwrap();
    let last = orders.iter().map(|order| order.number.get()).max().unwrap();
    assert_eq!(i64::try_from(orders.len()).unwrap(), last - 1_000);
    for index in 0..last - 1_000 {
        let order = restored.order_by_token(&format!("token {index}")).await.unwrap().unwrap();
        assert_eq!(order.number, order_number(1_001 + index));
        assert_eq!(order.content.picture, format!("<svg id=\"{index}\"/>"));
    }
    last
}

/// Backups of a shop that goes on have every order that was told before they began, and are restored into both kinds.
async fn is_backed_up_while_orders_are_placed(source: Address) {
    let folder = tempfile::tempdir().unwrap();
    let store = source.open().await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let shopping = Shopping::start(Arc::clone(&store));
    let mut last = 0;
    for round in 0..3 {
        shopping.goes_on(20).await;
        let before = shopping.told.load(Ordering::SeqCst);
        let backup = folder.path().join(format!("{round}.backup"));
        let written = back_up(&source, &backup, false).await.unwrap();
        shopping.goes_on(1).await;
        let after = shopping.told.load(Ordering::SeqCst);

        let target = file(folder.path(), &format!("{round}.db"));
        assert_eq!(restore(&backup, &target).await.unwrap(), written);
        last = first_orders(&*target.open().await.unwrap()).await;
        assert!((before..=after).contains(&last), "{before}, {last}, {after}");
    }
    drop(shopping);

    let database = TestDatabase::empty().await;
    let server: Address = database.address().parse().unwrap();
    restore(&folder.path().join("2.backup"), &server).await.unwrap();
    let restored = server.open().await.unwrap();
    assert_eq!(first_orders(&*restored).await, last);
    // It goes on where the backup was taken.
    assert_eq!(place(&*restored, new_order("new")).await.number, order_number(last + 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_backed_up_while_orders_are_placed() {
    let folder = tempfile::tempdir().unwrap();
    is_backed_up_while_orders_are_placed(file(folder.path(), "shop.db")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_backed_up_while_orders_are_placed() {
    let database = TestDatabase::empty().await;
    is_backed_up_while_orders_are_placed(database.address().parse().unwrap()).await;
}

/// It can be copied as it is, and is for nobody else's eyes.
#[tokio::test]
async fn a_backup_is_one_file_of_its_owner() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let source = file(folder.path(), "shop.db");
    source.open().await.unwrap().add_product(&product("lamp")).await.unwrap();
    let backup = kept.path().join("shop.backup");
    back_up(&source, &backup, false).await.unwrap();
    assert_eq!(names(kept.path()), ["shop.backup"]);
    // Write and read version 1: without a log beside it.
    assert_eq!(std::fs::read(&backup).unwrap()[18..20], [1, 1]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_backup_takes_the_place_of_nothing_unless_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let source = file(folder.path(), "shop.db");
    let store = source.open().await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let backup = folder.path().join("shop.backup");
    std::fs::write(&backup, "precious").unwrap();
    let error = back_up(&source, &backup, false).await.unwrap_err();
    assert!(matches!(error, BackupError::Exists { .. }), "{error}");
    assert_eq!(std::fs::read(&backup).unwrap(), b"precious");
    let written = back_up(&source, &backup, true).await.unwrap();
    assert_eq!(restore(&backup, &file(folder.path(), "restored.db")).await.unwrap(), written);

    // Not even then what a shop works with.
    let (itself, other) = (folder.path().join("shop.db"), file(folder.path(), "other.db"));
    let other_shop = other.open().await.unwrap();
    other_shop.invite(&invite("i")).await.unwrap();
    let error = back_up(&source, &itself, true).await.unwrap_err();
    assert!(matches!(error, BackupError::Itself { .. }), "{error}");
    let error = back_up(&source, &folder.path().join("other.db"), true).await.unwrap_err();
    assert!(matches!(error, BackupError::InUse { .. }), "{error}");
    store.add_product(&product("chair")).await.unwrap();
    other_shop.invite(&invite("j")).await.unwrap();
}

#[tokio::test]
async fn a_backup_that_does_not_succeed_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let missing = file(folder.path(), "missing.db");
    let error = back_up(&missing, &folder.path().join("a.backup"), false).await.unwrap_err().to_string();
    assert!(error.contains("missing.db"), "{error}");
    assert_eq!(names(folder.path()), [""; 0]);
    let nowhere = folder.path().join("nowhere/a.backup");
    let error = back_up(&missing, &nowhere, false).await.unwrap_err().to_string();
    assert!(error.starts_with("can't write into ") && error.contains("nowhere"), "{error}");
}

#[tokio::test]
async fn a_database_that_holds_something_is_not_restored_over() {
    let folder = tempfile::tempdir().unwrap();
    let source = file(folder.path(), "shop.db");
    source.open().await.unwrap().add_product(&product("lamp")).await.unwrap();
    let backup = folder.path().join("shop.backup");
    back_up(&source, &backup, false).await.unwrap();
    let there = file(folder.path(), "other.db");
    let store = there.open().await.unwrap();
    store.invite(&invite("i")).await.unwrap();
    let error = restore(&backup, &there).await.unwrap_err();
    assert!(
        matches!(error, BackupError::Copy(CopyError::NotEmpty { table: "administrators", .. })),
        "{error}"
    );
    assert_eq!(store.products().await.unwrap(), []);
}

/// A file without the log beside it lacks what is in that.
#[tokio::test]
async fn what_is_no_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let source = file(folder.path(), "shop.db");
    let store = source.open().await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    let target = file(folder.path(), "target.db");
    let error = restore(&folder.path().join("shop.db"), &target).await.unwrap_err();
    assert!(matches!(error, BackupError::InUse { .. }), "{error}");
    let error = restore(&folder.path().join("missing"), &target).await.unwrap_err().to_string();
    assert!(error.contains("missing"), "{error}");
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "this is no database, and long enough to be told from an empty one".repeat(20))
        .unwrap();
    let error = restore(&text, &target).await.unwrap_err().to_string();
    assert!(error.contains("notes.txt"), "{error}");
    assert_eq!(names(folder.path()), ["notes.txt", "shop.db", "shop.db-shm", "shop.db-wal"]);
}

/// Where a row of a table could still be read: only whoever looks at all of it sees that.
#[tokio::test]
async fn a_damaged_backup_is_not_restored() {
    const PAGE: usize = 4_096;
    let folder = tempfile::tempdir().unwrap();
    let source = file(folder.path(), "shop.db");
    let store = source.open().await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, asked_order("token", "key")).await;
    let backup = folder.path().join("shop.backup");
    back_up(&source, &backup, false).await.unwrap();
    let mut opened = SqliteConnection::connect(&format!("sqlite://{}", backup.display())).await.unwrap();
    let page: i64 = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'orders_by_email'")
        .fetch_one(&mut opened)
        .await
        .unwrap();
    opened.close().await.unwrap();
    let mut bytes = std::fs::read(&backup).unwrap();
    let last = usize::try_from(page).unwrap() * PAGE;
    // The entry of the only order is at the page's end.
    bytes[last - 12..last].fill(b'x');
    std::fs::write(&backup, bytes).unwrap();

    let target = file(folder.path(), "target.db");
    let error = restore(&backup, &target).await.unwrap_err();
    let told = error.to_string();
    assert!(matches!(error, BackupError::Damaged { .. }), "{told}");
    assert!(told.contains("shop.backup is damaged ("), "{told}");
    assert!(!folder.path().join("target.db").exists());
}

/// As before the last steps of the migrations, from the tenth on.
const BACK: &str = "\
    DROP TABLE api_keys; ALTER TABLE offers DROP COLUMN reasons; ALTER TABLE offers DROP COLUMN hold_days; DROP TABLE shop_settings; ALTER TABLE sessions DROP COLUMN begun_at; ALTER TABLE sessions DROP COLUMN used_at; ALTER TABLE sessions DROP COLUMN browser;
    DROP TABLE outbox; DROP TABLE consents; DROP TABLE customer_designs; DROP TABLE customer_needs; DROP TABLE erasures; DROP TABLE segments; DROP TABLE campaign_days; DROP TABLE campaigns;
    DROP TABLE insight_days; DROP TABLE experiment_orders; DROP TABLE experiment_visitors; DROP TABLE experiments;
    DROP TABLE customer_sessions; DROP TABLE sign_ins; DROP TABLE customers; DROP INDEX orders_by_email; DROP INDEX orders_by_picture;
    DROP INDEX designs_by_order; ALTER TABLE designs DROP COLUMN order_number;
    DROP INDEX orders_that_teach; ALTER TABLE orders DROP COLUMN asker;
    DROP INDEX orders_by_basket; ALTER TABLE orders DROP COLUMN basket;
    DROP INDEX orders_by_total; DROP INDEX orders_summed; ALTER TABLE orders DROP COLUMN language;
    ALTER TABLE orders DROP COLUMN email; ALTER TABLE orders DROP COLUMN is_locked;
    DROP TABLE recovery_codes; DROP TABLE second_factors; ALTER TABLE sessions DROP COLUMN waits;
    ALTER TABLE administrators DROP COLUMN role; DROP INDEX audit_by_subject; ALTER TABLE audit DROP COLUMN hash;
    DROP TABLE release_products; DROP TABLE releases; DROP TABLE sold_out; DROP TABLE group_menus; DROP TABLE draft_previews; DROP INDEX designs_by_product;
    ALTER TABLE products DROP COLUMN standing; ALTER TABLE products DROP COLUMN moved_to; ALTER TABLE products DROP COLUMN unseen;
    DROP TABLE draft_versions; DROP TABLE order_events; DROP TABLE order_words; DROP TABLE desk_views;
    DROP INDEX orders_by_day; DROP INDEX orders_by_state; DROP INDEX orders_by_due; DROP INDEX orders_that_test;
    DROP INDEX orders_taken_out; ALTER TABLE orders DROP COLUMN counted_on;
    ALTER TABLE orders DROP COLUMN state; ALTER TABLE orders DROP COLUMN state_at;
    ALTER TABLE orders DROP COLUMN is_test; ALTER TABLE orders DROP COLUMN left_out;
    CREATE INDEX orders_to_learn_from ON orders (slug, number) WHERE stated_use IS NOT NULL;
    DELETE FROM _sqlx_migrations WHERE version >= 10";

#[tokio::test]
async fn a_backup_of_an_older_release_is_brought_up_to_date_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let source = file(folder.path(), "shop.db");
    let store = source.open().await.unwrap();
    store.add_product(&product("lamp")).await.unwrap();
    // Of what that release kept of an order.
    let content = OrderContent { quantity: 1, arrival: None, vat: None, return_days: None, ..order() };
    place(&*store, NewOrder { content, ..asked_order("token 0", "key") }).await;
    let backup = folder.path().join("shop.backup");
    back_up(&source, &backup, false).await.unwrap();
    let mut older = SqliteConnection::connect(&format!("sqlite://{}", backup.display())).await.unwrap();
    sqlx::raw_sql(BACK).execute(&mut older).await.unwrap();
    older.close().await.unwrap();
    let bytes = std::fs::read(&backup).unwrap();

    let target = file(folder.path(), "target.db");
    restore(&backup, &target).await.unwrap();
    let restored = target.open().await.unwrap();
    assert_eq!(restored.orders(None, 9).await.unwrap(), store.orders(None, 9).await.unwrap());
    assert_eq!(std::fs::read(&backup).unwrap(), bytes);
}
