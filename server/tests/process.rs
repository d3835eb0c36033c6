//! The server as a process: what it logs, and how it ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a process that can't be run has failed its test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use testing::{LAMP, write_product};

/// Longer than anything here takes on a loaded machine.
const LONG: Duration = Duration::from_secs(60);

/// The server as a process of its own, which sells a lamp.
struct Server {
    process: Child,
    address: String,
    log: BufReader<ChildStderr>,
    folder: TempDir,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_product(&folder.path().join("catalogs"), "lamp", LAMP, "");
        let package = folder.path().join("site/pkg");
        std::fs::create_dir_all(&package).unwrap();
        for name in ["atelier.css", "atelier.js", "atelier.wasm"] {
            std::fs::write(package.join(name), "").unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
        command.env_remove("RUST_LOG").current_dir(folder.path());
        command.args(["serve", "--site", "site", "--address", "127.0.0.1:0"]).args(arguments);
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(process.stderr.take().unwrap());
        let mut server = Self { process, address: String::new(), log, folder };
        let serving = server.logged("serving on http://");
        server.address = serving.rsplit("//").next().unwrap().trim().to_owned();
        server
    }

    /// The next line of the log that holds a text.
    fn logged(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "{text} was not logged");
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
        let length = form.len();
        let mut client = self.connect(&format!(
            "POST {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
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
    server.post("/admin/login", "email=mia%40example.org&password=a+kiln+and+a+whale");
    server.post("/admin/login", "email=mia%40example.org&password=a+kiln+and+a+wheel");
    server.terminate();
    let mut log = String::new();
    server.log.read_to_string(&mut log).unwrap();
    for told in [
        "an order was placed number=1001 product=lamp",
        "a request was refused code=\"too-many-orders\"",
        "an administrator set a password and logged in",
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
