//! The server as a process: what it logs, and how it ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a process that can't be run has failed its test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use shop::insight::{CountKind, InsightStore};
use sqlx::Connection;
use store::SqliteStore;
use tempfile::TempDir;
use testing::{LAMP, write_product};

/// Longer than anything here takes on a loaded machine.
const LONG: Duration = Duration::from_secs(60);

/// The server as a process of its own, which sells a lamp.
struct Server {
    process: Child,
    address: String,
    /// Where it tells what is counted, if it does.
    metrics_address: String,
    log: Box<dyn BufRead>,
    /// What of it was read.
    read: String,
    folder: TempDir,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_atelier")), arguments)
    }

    /// With so many file handles at first, and at most.
    fn with_handles(soft: u32, hard: u32, arguments: &[&str]) -> Self {
        let mut command = Command::new("sh");
        let limited = format!("ulimit -S -n {soft} && ulimit -H -n {hard} && exec \"$0\" \"$@\"");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_atelier")]);
        Self::run(command, arguments)
    }

    fn run(mut command: Command, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_product(&folder.path().join("catalogs"), "lamp", LAMP, "");
        let package = folder.path().join("site/pkg");
        std::fs::create_dir_all(&package).unwrap();
        for name in ["atelier.css", "atelier.js", "atelier.wasm"] {
            std::fs::write(package.join(name), "").unwrap();
        }
        // What the machine's own shop is set to is none of the test's.
        let settings = std::env::vars_os().map(|(name, _)| name);
        let settings = settings.filter(|name| {
            let name = name.to_string_lossy();
            name.starts_with("ATELIER_") || name == "DATABASE_URL" || name == "RUST_LOG"
        });
        settings.for_each(|name| {
            command.env_remove(name);
        });
        command.current_dir(folder.path());
        command.args(["serve", "--site", "site", "--address", "127.0.0.1:0"]).args(arguments);
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = Box::new(BufReader::new(process.stderr.take().unwrap()));
        let mut server = Self {
            process,
            address: String::new(),
            metrics_address: String::new(),
            log,
            read: String::new(),
            folder,
        };
        let address = |line: String| line.rsplit("//").next().unwrap().trim().replace("/metrics", "");
        if arguments.contains(&"--metrics-address") {
            server.metrics_address = address(server.logged("metrics on http://"));
        }
        server.address = address(server.logged("serving on http://"));
        server
    }

    /// The next line of the log that holds a text.
    fn logged(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "{text} was not logged");
            self.read += &line;
            if line.contains(text) {
                return line;
            }
        }
    }

    fn connect(&self, sent: &str) -> TcpStream {
        let mut client = TcpStream::connect(&self.address).unwrap();
        client.set_read_timeout(Some(LONG)).unwrap();
        client.write_all(sent.as_bytes()).unwrap();
        client
    }

    fn post(&self, address: &str, form: &str) -> String {
        self.post_as("", address, form)
    }

    /// As somebody with this cookie.
    fn post_as(&self, cookie: &str, address: &str, form: &str) -> String {
        let length = form.len();
        let mut client = self.connect(&format!(
            "POST {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
             content-length: {length}\r\n\r\n{form}"
        ));
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer
    }

    fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_half_sent_request_does_not_keep_the_process() {
    let mut server = Server::start(&["--stop-timeout", "2s"]);
    let mut head = server.connect("GET / HTTP/1.1\r\nho");
    let mut body = server.connect("POST /admin/login HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nemail=");
    let mut answered = server.connect("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let mut page = String::new();
    answered.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    server.terminate();
    server.logged("stopping");
    server.logged("stopped");
    assert!(server.process.wait().unwrap().success());
    for client in [&mut head, &mut body] {
        // Closed or reset, and not answered.
        assert_eq!(client.read(&mut [0; 16]).unwrap_or(0), 0);
    }
}

#[test]
fn what_is_counted_is_told_at_an_address_of_its_own() {
    let mut server = Server::start(&["--metrics-address", "127.0.0.1:0"]);
    let form = "name=Bo+Larsen&email=bo%40example.org&address=Harbour+Street+4";
    let placed = server.post("/products/lamp/order?_revision=1&_start=standard", form);
    assert!(placed.starts_with("HTTP/1.1 303"), "{placed}");
    let get = "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let ask = |mut client: TcpStream| {
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer
    };
    let shop = ask(server.connect(get));
    assert!(shop.starts_with("HTTP/1.1 404"), "{shop}");
    server.address.clone_from(&server.metrics_address);
    let told = ask(server.connect(get));
    assert!(
        told.starts_with("HTTP/1.1 200 OK") && told.contains("\natelier_orders_placed_total 1\n"),
        "{told}"
    );
    let other = ask(server.connect("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
    assert!(other.starts_with("HTTP/1.1 404"), "{other}");
    server.terminate();
    server.logged("stopped");
    assert!(server.process.wait().unwrap().success());
}

/// It waits in memory for a minute at most.
#[test]
fn what_was_counted_is_kept_when_the_shop_stops() {
    let mut server = Server::start(&["--database", "shop.db"]);
    let told = server.post("/products/lamp/counts", "revision=1&new=1&seen=shade");
    assert!(told.starts_with("HTTP/1.1 204"), "{told}");
    server.terminate();
    server.logged("stopped");
    assert!(server.process.wait().unwrap().success());
    let database = server.folder.path().join("shop.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sums = runtime.block_on(async {
        let store = SqliteStore::open(&database).await.unwrap();
        let (from, to) = (time::macros::date!(2020 - 01 - 01), time::macros::date!(2200 - 01 - 01));
        store.sums(&testing::slug("lamp"), from, to).await.unwrap()
    });
    let counts = sums.iter().map(|(count, times)| (count.kind, times)).collect::<Vec<_>>();
    assert_eq!(counts, [(CountKind::Visit, 1), (CountKind::Seen, 1)]);
}

/// Whoever sends it shoppers has time to see that it leaves.
#[test]
fn shoppers_are_served_until_it_is_known_that_the_shop_leaves() {
    let mut server = Server::start(&["--stop-delay", "1h"]);
    let ask = |path: &str| {
        let mut answer = String::new();
        let mut client =
            server.connect(&format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
        client.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(ask("/").starts_with("HTTP/1.1 200 OK"));
    server.terminate();
    let begun = Instant::now();
    while !ask("/readyz").contains("stopping") {
        assert!(begun.elapsed() < LONG, "it does not say that it stops");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(ask("/").starts_with("HTTP/1.1 200 OK"));
    // Asked once more, it does not wait.
    server.terminate();
    server.logged("stopped");
    assert!(server.process.wait().unwrap().success());
}

/// What a container asks of itself.
#[test]
fn the_container_is_healthy_while_the_shop_is_ready() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/ready.sh");
    let is_ready = |address: &str| {
        let (host, port) = address.rsplit_once(':').unwrap();
        Command::new(script).args([host, port]).stderr(Stdio::null()).status().unwrap().success()
    };
    let mut server = Server::start(&[]);
    let begun = Instant::now();
    // It is preparing what it sells.
    while !is_ready(&server.address) {
        assert!(begun.elapsed() < LONG, "it does not get ready");
        std::thread::sleep(Duration::from_millis(50));
    }
    server.terminate();
    server.logged("stopped");
    assert!(!is_ready(&server.address));
}

/// What happened is in the log, and nobody it happened to.
#[test]
fn the_log_tells_what_happened_and_of_nobody() {
    let mut server = Server::start(&["--orders-at-once", "1"]);
    let folder = server.folder.path();
    let mut invite = Command::new(env!("CARGO_BIN_EXE_atelier"));
    let invite = invite.current_dir(folder).args(["admin", "invite", "mia@example.org"]).output().unwrap();
    let link = String::from_utf8(invite.stdout).unwrap();
    let token = link.trim().rsplit('/').next().unwrap().to_owned();

    let form = "name=Bo+Larsen&email=bo%40example.org&address=Harbour+Street+4";
    let placed = server.post("/products/lamp/order?_revision=1&_start=standard", form);
    assert!(placed.starts_with("HTTP/1.1 303"), "{placed}");
    let order = placed.split("/orders/").nth(1).unwrap().split('\r').next().unwrap().to_owned();
    let refused = server.post("/products/lamp/order?_revision=1&_start=standard", form);
    assert!(refused.starts_with("HTTP/1.1 429"), "{refused}");
    let password = "password=a+kiln+and+a+wheel&again=a+kiln+and+a+wheel";
    let accepted = server.post(&format!("/admin/invite/{token}"), password);
    let session = accepted.split("atelier_admin=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let cookie = format!("atelier_admin={session}");
    let admin = |address: &str, form: &str| {
        let done = server.post_as(&cookie, &format!("/admin/products/lamp/{address}"), form);
        assert!(done.starts_with("HTTP/1.1 303"), "{address}: {done}");
    };
    admin("basics", "base_price=51&lead_time_days=5&version=0&base=1&_end=on");
    admin("meant", "version=1&attribute=extras&option=clamp&gap=surcharge&_end=on");
    admin("publish", "version=2&live=1&seen=on&twice=on&note=&_end=on");
    for asked in ["withdraw", "offer", "live"] {
        admin(&format!("revisions/1/{asked}"), "reason=&_end=on");
    }
    server.post("/admin/login", "email=mia%40example.org&password=a+kiln+and+a+whale");
    server.post("/admin/login", "email=mia%40example.org&password=a+kiln+and+a+wheel");
    server.terminate();
    let mut log = String::new();
    server.log.read_to_string(&mut log).unwrap();
    for told in [
        "an order was placed number=1001 product=lamp",
        "a request was refused code=\"too-many-orders\"",
        "an administrator set a password and logged in",
        "a revision was published product=lamp revision=2",
        "a revision was withdrawn product=lamp revision=1",
        "a revision is offered again product=lamp revision=1",
        "a revision was made live again product=lamp revision=1",
        "a log-in failed",
        "an administrator logged in",
        "client=\"127.0.0.0/24\"",
        "stopping",
        "stopped",
    ] {
        assert!(log.contains(told), "{told} is missing in {log}");
    }
    let secrets = [order.as_str(), &token, &session, "kiln", "example.org", "Larsen", "Harbour", "127.0.0.1"];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}

/// As after an update that prepares products otherwise: pages are not made of what is not prepared, and whoever connects waits.
#[tokio::test]
async fn what_another_release_left_is_prepared_before_anybody_is_served() {
    let mut before = Server::start(&[]);
    before.terminate();
    before.process.wait().unwrap();
    let database = before.folder.path().join("atelier.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&database);
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("DELETE FROM listings; DELETE FROM artifacts").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let server = Server::start(&["--database", database.to_str().unwrap()]);
    let prepared = server.read.find("prepared what this release had not made yet revisions=1").unwrap();
    assert!(prepared < server.read.find("serving on http://").unwrap(), "{}", server.read);
    let mut client = server.connect("GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// A database that is not where it was: whoever watches shall send shoppers elsewhere, who can still look.
#[test]
fn a_shop_whose_database_was_moved_is_not_ready() {
    let server = Server::start(&[]);
    let status = |path: &str| {
        let mut client =
            server.connect(&format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(status("/readyz"), "200");
    let (here, away) = (server.folder.path().join("atelier.db"), server.folder.path().join("away.db"));
    std::fs::rename(&here, &away).unwrap();
    assert_eq!(status("/readyz"), "503");
    std::fs::write(&here, "another file").unwrap();
    assert_eq!(status("/readyz"), "503");
    assert_eq!((status("/healthz"), status("/products/lamp")), ("200".to_owned(), "200".to_owned()));
    std::fs::rename(&away, &here).unwrap();
    assert_eq!(status("/readyz"), "200");
}

/// Handles run out before connections do where nothing is done about that.
#[test]
fn silent_connections_shut_nobody_out_where_file_handles_are_few() {
    for (soft, hard) in [(100, 500), (200, 200)] {
        let server = Server::with_handles(soft, hard, &["--most-connections", "300"]);
        let silent: Vec<TcpStream> = (0..320).map(|_| server.connect("")).collect();
        let mut client = server.connect("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        drop(silent);
    }
}

/// As on a full disk: lines are lost, and requests are answered.
#[test]
fn requests_are_answered_where_nothing_can_be_logged() {
    let mut server = Server::start(&["--orders-at-once", "1"]);
    // The process's pipe leads nowhere then.
    server.log = Box::new(std::io::empty());
    let form = "name=Bo+Larsen&email=bo%40example.org&address=Harbour+Street+4";
    // Both are logged.
    for status in ["303", "429"] {
        let answer = server.post("/products/lamp/order?_revision=1&_start=standard", form);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
}

/// What `atelier config` prints, or says is wrong, with a file of settings.
fn configured(file: &str, variable: (&str, &str), arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.toml"), file).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    command.current_dir(folder.path()).args(["config", "--config", "shop.toml"]).args(arguments);
    let done = command.env(variable.0, variable.1).output().unwrap();
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[test]
fn flags_go_before_variables_those_before_the_file_and_that_before_defaults() {
    let file = "url = \"https://a:secret@shop.example.org\"\nmost-connections = 7\nhead-timeout = \"3s\"\n\
                body-timeout = \"4s\"\nproxies = [\"10.0.0.0/8\", \"::1/128\"]\n";
    let told = configured(file, ("ATELIER_HEAD_TIMEOUT", "5s"), &["--body-timeout", "6s"]);
    for line in [
        "url = \"https://a:hidden@shop.example.org/\" # shop.toml",
        "most-connections = \"7\" # shop.toml",
        "head-timeout = \"5s\" # environment",
        "body-timeout = \"6s\" # flag",
        "idle-timeout = \"60s\" # default",
        "proxies = \"10.0.0.0/8,::1/128\" # shop.toml",
        "# threads is not set",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} is missing in {told}");
    }
    assert!(!told.contains("secret"), "{told}");
    // What it prints is such a file.
    let again = configured(&told, ("ATELIER_HEAD_TIMEOUT", "5s"), &[]);
    assert!(again.contains("most-connections = \"7\" # shop.toml"), "{again}");
}

#[test]
fn a_file_that_says_what_no_setting_is_is_refused_with_what_was_meant() {
    let none = ("ATELIER_URL", "http://127.0.0.1:3000");
    let told = configured("most-conections = 7", none, &[]);
    assert!(told.contains("there is no 'most-conections'; is 'most-connections' meant?"), "{told}");
    let told = configured("most-connections = 0", none, &[]);
    assert!(told.contains("invalid value '0' for '--most-connections"), "{told}");
    assert!(configured("= 7", none, &[]).contains("shop.toml are no TOML"));
}
