//! Whoever is erased is nowhere any more: not in the database's files, not among the mails, not in the log. What they take along
//! before is all that the database holds.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use server::mail::Postman;
use server::settings::Mailing;
use shop::OrderState;
use shop::orders::Change;
use shop::shop_file::CurrentProfile;
use sqlx::{AssertSqlSafe, Row};
use testing::{FakeEnvironment, order_number};
use testing_postgres::TestDatabase;
use time::Duration;

/// In everything about the person, and in nothing else.
const CANARY: &str = "canarybird";

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A studio whose clock can be moved, and its mails; on a database of its own, an SQLite file where it names none.
struct Story {
    studio: Studio,
    environment: Arc<FakeEnvironment>,
    postman: Postman,
    database: Option<TestDatabase>,
}

impl Story {
    async fn begin(retention_years: u32, database: Option<TestDatabase>) -> Self {
        let environment = Arc::new(FakeEnvironment::default());
        let file = format!("name = \"Kiln\"\nretention_years = {retention_years}");
        let mut studio = Studio::naming(database.as_ref(), &file, Arc::clone(&environment) as _).await;
        studio.let_ana_in().await;
        let mail_folder = studio.folder().join("outbox");
        let settings = Mailing { smtp: None, mail_folder, mail_from: None };
        let postman = Postman::new(&settings, CurrentProfile::default(), "http://127.0.0.1:3000").unwrap();
        Self { studio, environment, postman, database }
    }

    /// Delivers what waits; the path of the last link to sign in.
    async fn sign_in(&self) -> String {
        let asked = [("email", "canarybird@example.org")];
        assert_eq!(self.studio.post("/account", &asked).await.status, StatusCode::OK);
        let before = self.links();
        self.studio.shop.deliver_mails(&self.postman).await.unwrap();
        let link = self.links().into_iter().find(|link| !before.contains(link)).unwrap();
        let signed_in = self.studio.post(&link, &[]).await;
        let session = signed_in.cookies.iter().find(|cookie| cookie.starts_with("atelier_customer="));
        session.unwrap().split(';').next().unwrap().to_owned()
    }

    fn links(&self) -> Vec<String> {
        let Ok(files) = std::fs::read_dir(self.studio.folder().join("outbox")) else { return Vec::new() };
        let mails = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let line = |mail: String| {
            let mut lines = mail.lines().filter_map(|line| line.strip_prefix("http://127.0.0.1:3000"));
            lines.find(|path| path.starts_with("/account/link")).map(|path| path.trim().to_owned())
        };
        mails.filter_map(line).collect()
    }

    async fn send(&self, method: &str, address: &str, cookie: &str, body: &'static str) -> Answer {
        let request = self.studio.request(method, address).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, cookie);
        self.studio.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Everything that the shop may come to know of a person.
    async fn live(&self) -> String {
        let buyer = [
            ("name", "Canarybird Larsen"),
            ("email", "Canarybird@example.org"),
            ("address", "Canarybird Street 4\n1000 Portside"),
            ("note", "ring the canarybird"),
        ];
        for glaze in ["blue", "green"] {
            let form =
                format!("/products/mug/order?_revision=1&_start=standard&glaze={glaze}&name=Canarybird");
            assert_eq!(self.studio.post(&form, &buyer).await.status, StatusCode::SEE_OTHER);
        }
        let session = self.sign_in().await;
        self.send("POST", "/account/consent", &session, "answer=yes").await.leads_to("/account#remember");
        let design = "_was=_revision%3D1&_now=_revision%3D1%26glaze%3Dblue%26name%3DCanarybird";
        let saved = self.send("POST", "/products/mug/save", "", design).await;
        let both =
            format!("{session}; {}; atelier_personal=mug=tea", saved.cookie.split(';').next().unwrap());
        self.send("POST", "/account/remember", &both, "").await.leads_to("/account");
        for number in [1001, 1002] {
            let note = Change::Note("call canarybird".to_owned());
            self.studio.shop.change_order(order_number(number), note, "ana@example.org").await.unwrap();
        }
        self.deliver(1001).await;
        // Whoever searches lets orders be found by words.
        self.studio.get("/admin/orders?q=canarybird").await.shows("1002");
        session
    }

    async fn deliver(&self, number: i64) {
        let mut seen = OrderState::Placed;
        for to in
            [OrderState::Confirmed, OrderState::InProduction, OrderState::Shipped, OrderState::Delivered]
        {
            let change = Change::Move { seen, to, reason: "canarybird was glad".to_owned() };
            self.studio.shop.change_order(order_number(number), change, "ana@example.org").await.unwrap();
            seen = to;
        }
    }

    /// Tables with how many of their rows name the person.
    async fn rows_with_canary(&self) -> Vec<(String, usize)> {
        let rows = match &self.database {
            Some(database) => rows_of_postgres(database).await,
            None => rows_of_sqlite(&self.studio.folder().join("other.db")).await,
        };
        let names = |row: &&String| row.to_lowercase().contains(CANARY);
        let counted = rows.iter().map(|(table, rows)| (table.clone(), rows.iter().filter(names).count()));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// What a statement counts.
    async fn count(&self, statement: &'static str) -> i64 {
        match &self.database {
            Some(database) => {
                let mut connection = database.connection().await;
                sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap()
            }
            None => {
                let pool = sqlite(&self.studio.folder().join("other.db")).await;
                let count = sqlx::query_scalar(statement).fetch_one(&pool).await.unwrap();
                pool.close().await;
                count
            }
        }
    }
}

async fn sqlite(file: &Path) -> sqlx::SqlitePool {
    sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap()
}

/// By table, each row as a text.
async fn rows_of_sqlite(file: &Path) -> Vec<(String, Vec<String>)> {
    let pool = sqlite(file).await;
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.unwrap();
    let mut all = Vec::new();
    for table in tables {
        let select = AssertSqlSafe(format!("SELECT * FROM {table}"));
        let rows = sqlx::query(select).fetch_all(&pool).await.unwrap();
        let text = |row: &sqlx::sqlite::SqliteRow| {
            let cell = |place| {
                let bytes = row.try_get_unchecked::<Option<Vec<u8>>, _>(place).ok().flatten();
                String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
            };
            (0..row.len()).map(cell).collect::<Vec<_>>().join("\n")
        };
        all.push((table, rows.iter().map(text).collect()));
    }
    pool.close().await;
    all
}

/// The same; bytes are written in hexadecimal digits, and read as what they may say.
async fn rows_of_postgres(database: &TestDatabase) -> Vec<(String, Vec<String>)> {
    let mut connection = database.connection().await;
    let tables = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await.unwrap();
    let mut all = Vec::new();
    for table in tables {
        let select = format!("SELECT CAST(row_to_json(whole) AS TEXT) FROM {table} AS whole");
        let rows = sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut connection).await;
        let rows: Vec<String> = rows.unwrap();
        let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
        all.push((table, rows.into_iter().map(|row| row.replace(&hex, CANARY)).collect()));
    }
    all
}

fn files_with_canary(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with_canary(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        if bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()) {
            found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    found
}

#[tokio::test]
async fn whoever_is_erased_is_in_no_file_and_no_log() {
    let log = Log::default();
    let writer = log.clone();
    // Of all threads, and of the tests beside this one, which log nothing of a person either.
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone());
    let subscriber = subscriber.with_max_level(tracing::Level::TRACE).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    for database in [None, Some(TestDatabase::new().await)] {
        let story = Story::begin(0, database).await;
        let shop = &story.studio.shop;
        story.live().await;
        story.deliver(1002).await;
        let named: Vec<String> = story.rows_with_canary().await.into_iter().map(|(table, _)| table).collect();
        assert_eq!(named, NAMED, "what is typed into a design is in all of these");
        assert!(!files_with_canary(story.studio.folder()).is_empty());

        // In the year after, nothing has to be kept any more.
        story.environment.wait(Duration::days(400));
        let session = story.sign_in().await;
        let asked = story.send("GET", "/account/erase", &session, "").await;
        asked.shows("Erase for good");
        asked.shows_not("keeps your name");
        story.send("POST", "/account/erase", &session, "").await.shows("You are forgotten");
        story.send("GET", "/account", &session, "").await.shows("We mail you a link");
        shop.forget_mails(&story.postman).await.unwrap();
        assert!(shop.retain().await.unwrap().is_scrubbed);

        assert_eq!(story.rows_with_canary().await, []);
        assert_eq!(files_with_canary(story.studio.folder()), <[String; 0]>::default());
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap().to_lowercase();
    assert!(log.matches("a customer was erased").count() >= 2, "the log was read");
    let own: Vec<_> = log.lines().filter(|line| line.contains(CANARY)).collect();
    assert_eq!(own, <[&str; 0]>::default());
}

#[tokio::test]
async fn what_the_law_keeps_stays_locked_and_says_until_when() {
    for database in [None, Some(TestDatabase::new().await)] {
        let story = Story::begin(10, database).await;
        let session = story.live().await;
        let asked = story.send("GET", "/account/erase", &session, "").await;
        asked.shows("Order 1001 keeps your name and address, locked, until the end of 31 December 2037");
        asked.shows("Order 1002 is not with you yet");
        let erased = story.send("POST", "/account/erase", &session, "").await;
        erased.shows("You are forgotten");
        let cleared = |cookie: &&String| cookie.starts_with("atelier_personal=;");
        assert!(erased.cookies.iter().any(|cookie| cleared(&cookie)), "{:?}", erased.cookies);
        story.studio.shop.forget_mails(&story.postman).await.unwrap();
        story.studio.shop.retain().await.unwrap();
        // An order that is kept keeps its picture, which has the name on it.
        assert_eq!(story.rows_with_canary().await, [("orders".to_owned(), 2), ("pictures".to_owned(), 2)]);
        assert_eq!(files_with_canary(&story.studio.folder().join("outbox")), <[String; 0]>::default());
        story.studio.get("/admin/orders?q=canarybird").await.shows_not("1002");
        let list = story.studio.get("/admin/orders").await;
        list.shows("1002");
        assert!(!list.text.to_lowercase().contains("canary"), "the list of orders names who was erased");
        let order = story.studio.get("/admin/orders/1002").await;
        order.shows("Canarybird Street 4");
        order.shows("locked");
    }
}

/// Tables that name the person.
const NAMED: [&str; 7] =
    ["customers", "designs", "order_events", "order_words", "orders", "outbox", "pictures"];

/// What of a table is the customer's, whether it names them or not.
const THEIRS: [(&str, &str); 11] = [
    ("customers", "SELECT COUNT(*) FROM customers WHERE email = 'canarybird@example.org'"),
    ("customer_sessions", "SELECT COUNT(*) FROM customer_sessions JOIN customers ON id = customer"),
    ("consents", "SELECT COUNT(*) FROM consents JOIN customers ON id = customer"),
    ("customer_designs", "SELECT COUNT(*) FROM customer_designs JOIN customers ON id = customer"),
    ("customer_needs", "SELECT COUNT(*) FROM customer_needs JOIN customers ON id = customer"),
    (
        "designs",
        "SELECT COUNT(*) FROM designs
        WHERE order_number IN (1001, 1002) OR token_hash IN (SELECT token_hash FROM customer_designs)",
    ),
    ("orders", "SELECT COUNT(*) FROM orders WHERE number IN (1001, 1002)"),
    ("order_events", "SELECT COUNT(*) FROM order_events WHERE number IN (1001, 1002)"),
    ("order_words", "SELECT COUNT(*) FROM order_words WHERE number IN (1001, 1002)"),
    (
        "pictures",
        "SELECT COUNT(*) FROM pictures WHERE hash IN (SELECT picture_hash FROM orders WHERE number IN (1001, 1002))",
    ),
    // In two parts: the log of all tests is searched for the whole, and statements are in it.
    ("outbox", "SELECT COUNT(*) FROM outbox WHERE recipient = 'canary' || 'bird@example.org'"),
];

/// What is taken along is every row that names the person, and every row that is theirs.
#[tokio::test]
async fn what_is_taken_along_is_all_that_the_database_holds() {
    for database in [None, Some(TestDatabase::new().await)] {
        let story = Story::begin(10, database).await;
        let session = story.live().await;
        // Somebody else's is in none of it.
        let buyer = [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4")];
        let order = "/products/mug/order?_revision=1&_start=standard&glaze=green&name=Bo";
        assert_eq!(story.studio.post(order, &buyer).await.status, StatusCode::SEE_OTHER);
        let file = story.send("GET", "/account/data.json", &session, "").await;
        let data: serde_json::Value = serde_json::from_str(&file.text).unwrap();
        let rows = story.rows_with_canary().await;
        let tables: Vec<&str> = rows.iter().map(|(table, _)| table.as_str()).collect();
        assert_eq!(tables, NAMED);
        for (table, count) in rows {
            let taken = data["tables"][&table].as_array().unwrap();
            let names = |row: &&serde_json::Value| row.to_string().to_lowercase().contains(CANARY);
            assert_eq!(taken.iter().filter(names).count(), count, "{table}");
        }
        for (table, statement) in THEIRS {
            let (taken, there) = (data["tables"][table].as_array().unwrap(), story.count(statement).await);
            assert!(there > 0, "{table} has nothing of theirs: else this shows nothing");
            assert_eq!(i64::try_from(taken.len()).unwrap(), there, "{table}");
        }
        assert!(!file.text.contains("Bo Larsen"));
    }
}
