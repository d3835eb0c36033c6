//! Copying a shop from one database into another, of either kind.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a check that can't go on has failed")]

#[path = "conformance/builders.rs"]
#[expect(dead_code, reason = "these tests write less than the suite")]
mod builders;

use std::path::Path;

use builders::{
    acceptance, asked_order, at, draft, frozen, invite, kept_design, move_order, new_order, order, past,
    place, prepared, product, request, revision,
};
use shop::access::{ApiKey, AuditQuery, Keeping, NewKey, OnPerson, Role};
use shop::campaigns::Campaign;
use shop::catalogue::{ListQuery, ListingTexts, NewProduct, Withdrawal};
use shop::customers::{ConsentAnswer, CustomerId, Erasure, NewConsent, NewSignIn, Remembered, SigningIn};
use shop::drafts::{PreviewLink, Publishing};
use shop::experiments::{ArmSetup, Experiment, Policy, Setup, Visitor, VisitorsOrder};
use shop::group_menus::{Group, GroupMenu, GroupMenuRow};
use shop::insight::{Count, DayCount};
use shop::mail::NewOrderMail;
use shop::orders::{NewOrder, View};
use shop::releases::{NewApproval, NewRelease, Planning};
use shop::segments::Segment;
use shop::shop_file::SettingsRow;
use shop::stock::{SoldOut, SoldOutRow};
use shop::{Asker, OrderContent, OrderState, Start, Store};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::{Address, CopyError, copy};
use testing::{number, order_number, slug};
use testing_postgres::TestDatabase;
use time::macros::date;

fn file(folder: &Path, name: &str) -> Address {
    Address::File(folder.join(name))
}

/// A shop with something in every table, and with more orders than are written at a time.
async fn fill(store: &dyn Store) {
    let mut lamp = NewProduct {
        past: vec![past("reading", "brass", 3), past("reading", "brass", 3)],
        ..product("lamp")
    };
    lamp.prepared.texts.push(ListingTexts {
        language: "de".to_owned(),
        name: "Lampe".to_owned(),
        summary: "Sie geh\u{f6}rt \u{c9}mile \u{1f4a1}.".to_owned(),
    });
    store.add_product(&lamp).await.unwrap();
    store.add_product(&product("chair")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap();
    let preview = PreviewLink { slug: slug("lamp"), at: at(5), by: "mia".to_owned() };
    assert!(store.keep_preview("preview", &preview).await.unwrap());
    store.keep_prepared(&slug("chair"), number(1), &prepared("chair", 3)).await.unwrap();
    for index in 0..250 {
        let stated_use = (index % 2 == 0).then(|| "reading".to_owned());
        let picture = format!("<svg id=\"{}\"/>", index % 3);
        let key = index.to_string();
        let content = OrderContent { stated_use, picture, ..order() };
        let mail = (index == 0).then(|| NewOrderMail { token: "secret".to_owned() });
        let request = (index % 5 != 0).then(|| request(&key));
        let segments = (index == 0).then(|| "Regulars".to_owned()).into_iter().collect();
        let asker = Asker { segments, ..Asker::default() };
        let language = if mail.is_some() { "de".to_owned() } else { String::new() };
        let basket = (index < 2).then(|| "a basket".to_owned());
        let new =
            NewOrder { content, token_hash: key, request, language, mail, counted_on: None, asker, basket };
        place(store, new).await;
    }
    // One more token of an order, and a withdrawn revision.
    place(store, asked_order("again", "7")).await;
    let said = [("en".to_owned(), "A wrong price".to_owned())];
    let reasons = said.into_iter().collect();
    let withdrawal = Withdrawal { at: at(40), by: "mia".to_owned(), reasons };
    assert!(store.withdraw(&slug("lamp"), number(1), &withdrawal).await.unwrap());
    store.keep_design("d", &kept_design()).await.unwrap();
    move_order(store, 1_003, &[OrderState::Confirmed, OrderState::InProduction]).await;
    store.add_order_words(&[(order_number(1_003), vec!["lima".to_owned()])]).await.unwrap();
    store.invite(&invite("i")).await.unwrap();
    store.accept_invite(&acceptance("i", "s", 50)).await.unwrap();
    store.invite(&invite("j")).await.unwrap();
    store.propose_second_factor("mia@example.org", "JBSWY3DPEHPK3PXP").await.unwrap();
    let mia = OnPerson { email: "mia@example.org".to_owned(), by: "mia@example.org".to_owned(), at: at(60) };
    assert!(store.turn_on_second_factor(&mia, 2, &["code".to_owned()], "s").await.unwrap());
    fill_key(store).await;
    fill_customers(store).await;
    let rule = "value=100&product=lamp".parse().unwrap();
    let campaign = Campaign {
        code: "spring".to_owned(),
        greeting: "Hello".to_owned(),
        slug: slug("lamp"),
        revision: None,
        start: Start::Standard,
        choices: Vec::new(),
        made_at: at(1),
        ended_at: None,
    };
    assert!(store.add_campaign(&campaign, "ana@example.org").await.unwrap());
    let glass = SoldOut { attribute: "shade".to_owned(), option: "glass".to_owned(), until: None };
    let glass = SoldOutRow { sold_out: glass, at: campaign.made_at, by: "ana@example.org".to_owned() };
    assert!(store.mark_sold_out(&campaign.slug, &glass, &[]).await.unwrap());
    let menu = GroupMenu {
        attribute: "shade".to_owned(),
        group: Group::Use("reading".to_owned()),
        options: vec!["glass".to_owned()],
    };
    let menu = GroupMenuRow { menu, at: campaign.made_at, by: "ana@example.org".to_owned() };
    assert!(store.keep_group_menu(&campaign.slug, &menu, None).await.unwrap());
    let release = NewRelease {
        name: "Spring".to_owned(),
        at: at(70),
        by: "mia".to_owned(),
        starts_at: at(80),
        ends_at: Some(at(90)),
        note: "For spring".to_owned(),
        hold_days: Some(2),
        approval: Some(NewApproval { at_once: false, tell: vec!["mia@example.org".to_owned()] }),
        products: vec![frozen("lamp", 2, "{\"a\":2}", 2)],
    };
    assert!(matches!(store.plan_release(&release).await.unwrap(), Planning::Planned(_)));
    let row = SettingsRow { version: 1, at: at(65), by: "mia".to_owned(), content: Some("{}".to_owned()) };
    assert!(store.save_settings(&row, "name").await.unwrap());
    store.count_campaign("spring", date!(2027 - 01 - 15)).await.unwrap();
    let count = Count::barred("shade", "brass", "heavy");
    let visits = DayCount { slug: slug("lamp"), day: date!(2027 - 01 - 15), count, times: 2 };
    store.add_counts(&[visits]).await.unwrap();
    store.keep_segment(&Segment { name: "Good".to_owned(), rule }, "ana@example.org", at(1)).await.unwrap();
    store.keep_desk_view("mia@example.org", &late()).await.unwrap();
    store.attempt_log_in("mia@example.org", at(60), at(0), 5).await.unwrap();
    fill_experiment(store).await;
}

/// A key by which a program asks.
async fn fill_key(store: &dyn Store) {
    let key = ApiKey {
        actor: "key:erp".to_owned(),
        name: "ERP".to_owned(),
        role: Role::Viewer,
        made_at: at(60),
        made_by: "mia@example.org".to_owned(),
        ends_at: Some(at(900)),
        used_on: None,
        ending: "4f0c".to_owned(),
    };
    let new = NewKey { key, token_hash: "k".to_owned(), until: None };
    assert_eq!(store.make_key(&new, 9).await.unwrap(), Keeping::Kept);
}

/// An experiment with a visitor who ordered.
async fn fill_experiment(store: &dyn Store) {
    let setup = Setup {
        arms: vec![ArmSetup { share: 10_000, policy: None, presentation: None, order: Vec::new() }],
        holdout: Policy::Standard,
        cap: 1,
        mean: 0.1,
        mean_of_squares: 0.3,
        visitors: 9,
        worth_seeing: 8,
        window_days: 14,
        currency: "EUR".to_owned(),
        always_standard: 0,
        segments: Vec::new(),
    };
    let experiment = Experiment {
        code: "one".to_owned(),
        title: "Whether it pays".to_owned(),
        slug: slug("lamp"),
        setup,
        started_at: at(1),
        started_by: "ana@example.org".to_owned(),
        ended: None,
    };
    assert!(store.start_experiment(&experiment).await.unwrap());
    let visitor = Visitor {
        experiment: "one".to_owned(),
        hash: "h".to_owned(),
        arm: 0,
        stated_use: "reading".to_owned(),
        at: at(2),
    };
    store.enter_experiment(&visitor).await.unwrap();
    let ordered =
        VisitorsOrder { number: order_number(1_003), at_standard: 7, defaults_changed: 1, fits: Vec::new() };
    store.order_in_experiment("one", "h", ordered).await.unwrap();
}

/// A customer with something of theirs in every table, and one who was erased.
async fn fill_customers(store: &dyn Store) {
    for (token, email) in [("ana", "ana@example.org"), ("ben", "ben@example.org"), ("zoe", "zoe@example.org")]
    {
        let asked = NewSignIn {
            email: email.to_owned(),
            token_hash: token.to_owned(),
            token: "secret".to_owned(),
            language: "de".to_owned(),
            at: at(0),
            expires_at: at(900),
        };
        store.ask_to_sign_in(&asked).await.unwrap();
    }
    for name in ["ana", "ben"] {
        let signing = SigningIn {
            token_hash: name.to_owned(),
            id: CustomerId::new(name.to_owned()),
            session_hash: name.to_owned(),
            session_expires_at: at(1_000),
            at: at(1),
        };
        let customer = store.sign_in(&signing).await.unwrap().unwrap();
        let answer = ConsentAnswer { is_given: true, wording: 1, language: "de".to_owned(), at: at(2) };
        store.keep_consent(&NewConsent { customer: customer.id.clone(), answer }).await.unwrap();
        if name == "ben" {
            let (customer, email) = (customer.id, customer.email);
            store.erase(&Erasure { customer, email, at: at(3), orders_before: at(0) }).await.unwrap();
            continue;
        }
        let needs = vec![("lamp".to_owned(), "reading".to_owned())];
        let designs = vec!["d".to_owned()];
        let remembered = Remembered { customer: customer.id, designs, needs, at: at(3) };
        assert!(store.remember(&remembered).await.unwrap());
    }
}

fn late() -> View {
    View { name: "Late".to_owned(), filter: "state=open".to_owned() }
}

/// That both answer the same, and that the copy goes on where the source was.
async fn check(source: &dyn Store, target: &dyn Store) {
    assert_eq!(source.orders(None, 1_000).await.unwrap(), target.orders(None, 1_000).await.unwrap());
    assert_eq!(source.products().await.unwrap(), target.products().await.unwrap());
    assert_eq!(
        source.audit(&AuditQuery::newest(1_000)).await.unwrap(),
        target.audit(&AuditQuery::newest(1_000)).await.unwrap()
    );
    assert_eq!(source.draft(&slug("lamp")).await.unwrap(), target.draft(&slug("lamp")).await.unwrap());
    let past = source.past_designs(&slug("lamp")).await.unwrap();
    assert_eq!(past, target.past_designs(&slug("lamp")).await.unwrap());
    let german = ListQuery { format: 2, language: "de".to_owned(), words: Vec::new(), offset: 0, limit: 9 };
    assert_eq!(source.listed(&german).await.unwrap(), target.listed(&german).await.unwrap());
    for (address, revision, format) in [("lamp", 1, 2), ("lamp", 2, 2), ("chair", 1, 3)] {
        let (slug, number) = (slug(address), number(revision));
        let kept = source.artifact(&slug, number, format).await.unwrap();
        assert!(kept.is_some());
        assert_eq!(kept, target.artifact(&slug, number, format).await.unwrap());
    }
    assert_eq!(target.session("s", at(60)).await.unwrap().unwrap().email, "mia@example.org");

    let (there, here) = (source.order_events(order_number(1_003)), target.order_events(order_number(1_003)));
    assert_eq!(there.await.unwrap(), here.await.unwrap());
    assert_eq!(target.orders_without_words(1).await.unwrap()[0].number, order_number(1_004));
    assert_eq!(target.desk_views("mia@example.org").await.unwrap(), [late()]);
    assert_eq!(target.kept_design("d").await.unwrap(), Some(kept_design()));
    let offer = source.offer(&slug("lamp"), number(1)).await.unwrap();
    assert!(offer.withdrawal.is_some());
    assert_eq!(offer, target.offer(&slug("lamp"), number(1)).await.unwrap());
    assert_eq!(target.order_by_token("again").await.unwrap().unwrap().number, order_number(1_008));

    assert!(target.offer_again(&slug("lamp"), number(1), "mia", at(60)).await.unwrap());
    assert_eq!(place(target, asked_order("known", "7")).await.number, order_number(1_008));
    assert_eq!(place(target, new_order("new")).await.number, order_number(1_251));
    assert_eq!(target.publish(&revision(2, "{\"a\":2}")).await.unwrap(), Publishing::Published(number(3)));
    assert_eq!(target.audit(&AuditQuery::newest(1)).await.unwrap()[0].action, "publish");
    assert!(target.add_product(&product("desk")).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_moves_to_postgresql_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::empty().await;
    let (first, last) = (file(folder.path(), "first.db"), file(folder.path(), "last.db"));
    let between: Address = database.address().parse().unwrap();
    let source = first.open().await.unwrap();
    fill(&*source).await;

    // While a shop goes on with the source.
    let copied = copy(&first, &between).await.unwrap();
    let told = copied.to_string();
    assert!(told.contains("orders: 250 rows, sum ") && told.contains("products: 2 rows"), "{told}");
    assert!(!told.contains(": 0 rows"), "something of every table is copied: {told}");
    assert_eq!(copy(&between, &last).await.unwrap(), copied);
    check(&*source, &*last.open().await.unwrap()).await;
    check(&*source, &*between.open().await.unwrap()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_moves_between_databases_of_one_kind() {
    let folder = tempfile::tempdir().unwrap();
    let databases = [TestDatabase::empty().await, TestDatabase::empty().await];
    let servers: Vec<Address> =
        databases.iter().map(|database| database.address().parse().unwrap()).collect();
    let files = [file(folder.path(), "one.db"), file(folder.path(), "two.db")];
    for [source, target] in [[&servers[0], &servers[1]], [&files[0], &files[1]]] {
        let store = source.open().await.unwrap();
        fill(&*store).await;
        copy(source, target).await.unwrap();
        check(&*store, &*target.open().await.unwrap()).await;
    }
}

#[tokio::test]
async fn a_database_that_holds_something_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::empty().await;
    let full: Address = database.address().parse().unwrap();
    let source = file(folder.path(), "source.db");
    source.open().await.unwrap().add_product(&product("lamp")).await.unwrap();
    let there = full.open().await.unwrap();
    there.invite(&invite("i")).await.unwrap();
    let error = copy(&source, &full).await.unwrap_err();
    assert!(matches!(&error, CopyError::NotEmpty { table: "administrators", .. }), "{error}");
    assert_eq!(there.products().await.unwrap(), []);
    let error = copy(&source, &source).await.unwrap_err();
    assert!(matches!(&error, CopyError::NotEmpty { table: "products", .. }), "{error}");
}

/// What a target does to rows as they are written: it loses one, or changes one.
const MEDDLING: [(&str, &str, &str); 2] = [
    (
        "orders",
        "CREATE TRIGGER meddles BEFORE INSERT ON orders WHEN NEW.number = 1100 BEGIN SELECT RAISE(IGNORE); END",
        "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.number = 1100 THEN RETURN NULL; END IF; RETURN NEW; END';
         CREATE TRIGGER meddles BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION meddle()",
    ),
    (
        "orders",
        "CREATE TRIGGER meddles AFTER INSERT ON orders WHEN NEW.number = 1100 BEGIN UPDATE orders SET total = total - 1 WHERE number = 1100; END",
        "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.number = 1100 THEN NEW.total := NEW.total - 1; END IF; RETURN NEW; END';
         CREATE TRIGGER meddles BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION meddle()",
    ),
];

#[tokio::test]
async fn a_copy_that_is_not_the_same_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let source = file(folder.path(), "source.db");
    let store = source.open().await.unwrap();
    fill(&*store).await;
    for (index, (meddled, in_sqlite, in_postgres)) in MEDDLING.into_iter().enumerate() {
        let differs = |error: &CopyError| match error {
            CopyError::Differs { table, read, written } => *table == meddled && read != written,
            _ => false,
        };
        let target = file(folder.path(), &format!("target-{index}.db"));
        drop(target.open().await.unwrap());
        let mut other = SqliteConnection::connect(&format!("sqlite://{target}")).await.unwrap();
        sqlx::raw_sql(in_sqlite).execute(&mut other).await.unwrap();
        let error = copy(&source, &target).await.unwrap_err();
        assert!(differs(&error), "{error}");
        assert_eq!(target.open().await.unwrap().products().await.unwrap(), []);

        let database = TestDatabase::new().await;
        let server: Address = database.address().parse().unwrap();
        sqlx::raw_sql(in_postgres).execute(&mut database.connection().await).await.unwrap();
        let error = copy(&source, &server).await.unwrap_err();
        assert!(differs(&error), "{error}");
        assert_eq!(server.open().await.unwrap().products().await.unwrap(), []);
    }
    // Without them it is the same.
    copy(&source, &file(folder.path(), "copy.db")).await.unwrap();
}

#[tokio::test]
async fn what_can_not_be_copied_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (file(folder.path(), "source.db"), file(folder.path(), "target.db"));
    let error = copy(&source, &target).await.unwrap_err().to_string();
    assert!(error.contains("source.db") && !folder.path().join("source.db").exists(), "{error}");

    fill(&*source.open().await.unwrap()).await;
    let database = TestDatabase::empty().await;
    let server: Address = database.address().parse().unwrap();
    let mut other = SqliteConnection::connect(&format!("sqlite://{}", source)).await.unwrap();
    // PostgreSQL has no text with such a letter. It comes after much else.
    let odd = "INSERT INTO audit (done_at, done_by, action, subject, detail) VALUES (0, '', '', '', char(0))";
    sqlx::query(odd).execute(&mut other).await.unwrap();
    let error = copy(&source, &server).await.unwrap_err();
    assert!(matches!(&error, CopyError::Failed { what: "write", .. }), "{error}");
    assert_eq!(server.open().await.unwrap().products().await.unwrap(), []);

    for (statement, told) in [
        ("CREATE TABLE wishes (wish TEXT) STRICT", "the table wishes"),
        ("DROP TABLE wishes; ALTER TABLE audit ADD COLUMN mood REAL", "REAL in the column mood of audit"),
        ("ALTER TABLE audit DROP COLUMN mood; ALTER TABLE audit ADD COLUMN place TEXT", "another release"),
    ] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut other).await.unwrap();
        let error = copy(&source, &target).await.unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}
