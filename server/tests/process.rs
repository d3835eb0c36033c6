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
    _folder: TempDir,
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
        let mut server = Self { process, address: String::new(), log, _folder: folder };
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
