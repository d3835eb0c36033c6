//! Connections over real sockets: who sends nothing, sends slowly or takes nothing is closed, others are served meanwhile, and
//! stopping has an end.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::common::Studio;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use prometheus_client::metrics::gauge::Gauge;
use server::http::{Answering, Settings, serve};
use server::metrics::Metrics;
use server::settings::Connections;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes on a loaded machine.
const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(150);
/// Of an answer's body.
const LARGE: usize = 64 << 20;

/// A server with a few addresses.
struct Server {
    address: SocketAddr,
    /// Lets `/wait` answer.
    go_on: Arc<Notify>,
    /// Something for every request of `/wait` that has come.
    waiting: mpsc::UnboundedReceiver<()>,
    /// How many connections are open.
    count: Gauge,
    stop: CancellationToken,
    served: JoinHandle<()>,
}

fn patient() -> Connections {
    let long = humantime::Duration::from(Duration::from_secs(3600));
    Connections {
        most_connections: 100,
        head_timeout: long,
        body_timeout: long,
        idle_timeout: long,
        write_timeout: long,
        stop_delay: Duration::ZERO.into(),
        stop_timeout: Duration::from_secs(20).into(),
    }
}

async fn start(settings: Connections) -> Server {
    let go_on = Arc::new(Notify::new());
    let (begun, waiting) = mpsc::unbounded_channel();
    let wait = {
        let go_on = Arc::clone(&go_on);
        move || async move {
            begun.send(()).unwrap();
            go_on.notified().await;
            "at last"
        }
    };
    // More than the buffers between two sockets hold.
    let large = Bytes::from(vec![b'x'; LARGE]);
    let router = Router::new()
        .route("/quick", get(|| async { "quick" }))
        .route("/wait", get(wait))
        .route("/large", get(|| async { Body::from(large) }))
        .route("/echo", post(|body: String| async { body }));
    let count = Metrics::default().connections();
    let surplus = Router::new().fallback(async || "no place");
    let answering = Answering { router, surplus, unreadable: Router::new().fallback(async || "unreadable") };
    let (address, stop, served) = listen(answering, settings, count.clone()).await;
    Server { address, go_on, waiting, count, stop, served }
}

async fn listen(
    answering: Answering,
    settings: Connections,
    count: Gauge,
) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    (address, stop.clone(), tokio::spawn(serve(listener, answering, settings, count, stop)))
}

impl Server {
    async fn connect(&self, sent: &str) -> Client {
        let mut client = Client(TcpStream::connect(self.address).await.unwrap());
        client.send(sent).await;
        client
    }

    /// Whether a client that asks now is answered.
    async fn answers(&self) {
        let mut client = self.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert!(client.hears("quick").await);
    }

    /// A client that found the only place taken, and was answered once the one before was, who asked like this.
    async fn next_after(&mut self, first: &str) -> Client {
        // Whether it is soon enough is the machine's to say.
        let mut given = None;
        for _ in 0..50 {
            let mut first = self.connect(first).await;
            self.waiting.recv().await.unwrap();
            let mut next = self.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await;
            // Until it is known that there is no place.
            tokio::time::sleep(Duration::from_millis(30)).await;
            self.go_on.notify_one();
            assert!(first.hears("at last").await);
            if next.hears("quick").await {
                given = Some(next);
                break;
            }
        }
        // Nobody was given the place that was free otherwise.
        given.unwrap()
    }
}

/// A request with so many headers.
fn asking_with(address: &str, headers: usize) -> String {
    let more: String = (2..headers).map(|number| format!("x-{number}: y\r\n")).collect();
    format!("GET {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n")
}

/// Asks for what has to be waited for, and keeps the connection.
const KEPT: &str = "GET /wait HTTP/1.1\r\nhost: x\r\n\r\n";
/// The same without keeping it.
const ENDING: &str = "GET /wait HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Reads until an answer ends like this, or until the connection ends, in which case it is `false`.
    async fn hears(&mut self, end: &str) -> bool {
        let (mut heard, mut buffer) = (Vec::new(), [0; 1024]);
        let listen = async {
            loop {
                match self.0.read(&mut buffer).await {
                    Ok(0) | Err(_) => return false,
                    Ok(read) => heard.extend_from_slice(&buffer[..read]),
                }
                if heard.ends_with(end.as_bytes()) {
                    return true;
                }
            }
        };
        tokio::time::timeout(LONG, listen).await.unwrap()
    }

    /// Waits until the server closes the connection, which answers nothing more.
    async fn is_closed(&mut self) {
        assert!(!self.hears("\u{0}").await);
    }
}

#[tokio::test]
async fn who_sends_nothing_is_closed() {
    let server = start(Connections { idle_timeout: SHORT.into(), ..patient() }).await;
    server.connect("").await.is_closed().await;
    let mut kept = server.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(kept.hears("quick").await);
    kept.is_closed().await;
}

#[tokio::test]
async fn a_head_in_parts_is_closed_however_often_a_part_comes() {
    let server = start(Connections { head_timeout: SHORT.into(), ..patient() }).await;
    let Client(stream) = server.connect("GET /quick HTTP/1.1\r\n").await;
    let (mut read, mut write) = stream.into_split();
    write.write_all(b"x: ").await.unwrap();
    let drip = tokio::spawn(async move {
        while write.write_all(b"y").await.is_ok() {
            tokio::time::sleep(SHORT / 10).await;
        }
    });
    let end = tokio::time::timeout(LONG, async {
        while read.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
    });
    end.await.unwrap();
    drip.await.unwrap();
}

#[tokio::test]
async fn a_body_in_parts_is_closed() {
    let server = start(Connections { body_timeout: SHORT.into(), ..patient() }).await;
    let head = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n";
    server.connect(&format!("{head}ab")).await.is_closed().await;
    let mut whole = server.connect(&format!("{head}ab")).await;
    whole.send("cd").await;
    assert!(whole.hears("abcd").await, "a body that comes in time is answered");
}

#[tokio::test]
async fn a_long_answer_is_waited_for() {
    let short = SHORT.into();
    let mut server =
        start(Connections { idle_timeout: short, head_timeout: short, body_timeout: short, ..patient() })
            .await;
    let mut client = server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    server.waiting.recv().await.unwrap();
    // Others are closed by their patience meanwhile.
    server.connect("").await.is_closed().await;
    server.go_on.notify_one();
    assert!(client.hears("at last").await);
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_is_closed() {
    let settings = Connections { write_timeout: SHORT.into(), most_connections: 1, ..patient() };
    let server = start(settings).await;
    let mut client = server.connect("GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    client.0.readable().await.unwrap();
    // Waits for the only place.
    server.answers().await;
    client.is_closed().await;
}

#[tokio::test]
async fn who_takes_an_answer_slowly_has_all_of_it() {
    let short = SHORT.into();
    let server = start(Connections { idle_timeout: short, head_timeout: short, ..patient() }).await;
    let Client(mut stream) =
        server.connect("GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    let (begun, mut buffer, mut taken) = (Instant::now(), vec![0; 1 << 16], 0);
    let take = async {
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            if read == 0 {
                return;
            }
            taken += read;
            if begun.elapsed() < SHORT * 4 {
                tokio::time::sleep(SHORT / 10).await;
            }
        }
    };
    tokio::time::timeout(LONG, take).await.unwrap();
    assert!(taken > LARGE, "{taken} bytes came");
}

#[tokio::test]
async fn silent_connections_shut_nobody_out() {
    let server = start(Connections { most_connections: 4, ..patient() }).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(server.connect("").await);
        server.answers().await;
    }
    silent[0].is_closed().await;
}

#[tokio::test]
async fn half_sent_requests_shut_nobody_out() {
    let server = start(Connections { most_connections: 4, ..patient() }).await;
    let mut half_sent = Vec::new();
    for sent in ["GET /quick HTT", "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nab"].repeat(20)
    {
        half_sent.push(server.connect(sent).await);
        server.answers().await;
    }
    half_sent[0].is_closed().await;
}

#[tokio::test]
async fn requests_that_are_answered_keep_their_places() {
    let mut server = start(Connections { most_connections: 2, ..patient() }).await;
    let mut client = server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    server.waiting.recv().await.unwrap();
    for _ in 0..10 {
        server.answers().await;
    }
    server.go_on.notify_one();
    assert!(client.hears("at last").await);
}

#[tokio::test]
async fn who_finds_no_place_while_all_others_are_answered_is_told_so() {
    let mut server = start(Connections { most_connections: 2, ..patient() }).await;
    let mut clients = Vec::new();
    for _ in 0..2 {
        clients.push(server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await);
        server.waiting.recv().await.unwrap();
    }
    let body = "x".repeat(100_000);
    let head = format!("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
    for _ in 0..2 {
        let mut surplus = server.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert!(surplus.hears("no place").await);
        surplus.is_closed().await;
        // Also what comes with a body, and who sends nothing keeps nobody's place.
        assert!(server.connect(&format!("{head}{body}")).await.hears("no place").await);
        server.connect("").await.is_closed().await;
    }
    server.go_on.notify_one();
    assert!(clients[0].hears("at last").await);
    server.answers().await;
    server.go_on.notify_one();
    assert!(clients[1].hears("at last").await);
}

/// What reads requests would refuse them without a word, and without what all answers say in their headers.
#[tokio::test]
async fn heads_that_cannot_be_read_are_refused_in_words() {
    let studio = Studio::open().await;
    let answering = studio.answering(Settings { secure: true, ..Settings::default() });
    let (address, _stop, _served) = listen(answering, patient(), Metrics::default().connections()).await;
    let (bad, long, large) = ("400 Bad Request", "414 URI Too Long", "431 Request Header Fields Too Large");
    let address_of = |bytes: usize| asking_with(&format!("/{}", "a".repeat(bytes)), 2);
    for (sent, status, told) in [
        (asking_with("/", 100), "200 OK", "A mug, thrown and glazed for you."),
        (asking_with("/", 150), large, "All products"),
        (asking_with("/", 500), large, "All products"),
        ("hello\r\n\r\n".to_owned(), bad, "All products"),
        ("GET / HTTP/1.1\r\nhost: x\r\nna me: y\r\n\r\n".to_owned(), bad, "All products"),
        ("GET / HTTP/1.1\r\nhost: x\r\ncontent-length: z\r\n\r\n".to_owned(), bad, "All products"),
        (address_of(63 * 1024), long, "All products"),
        (address_of(70 * 1024), long, "All products"),
    ] {
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = String::new();
        tokio::time::timeout(LONG, client.read_to_string(&mut answer)).await.unwrap().unwrap();
        let sent = &sent[..sent.len().min(60)];
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{sent}: {answer:.300}");
        for header in ["strict-transport-security: max-age=", "x-content-type-options: nosniff\r\n", "date: "]
        {
            assert_eq!(answer.matches(&format!("\r\n{header}")).count(), 1, "{sent}: {answer:.800}");
        }
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(body.contains(told), "{sent}: {answer}");
        let length = format!("content-length: {}", body.len());
        assert!(status == "200 OK" || head.lines().any(|line| line == length), "{sent}: {head}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_after_an_answer_is_refused_in_words_too() {
    let studio = Studio::open().await;
    let answering = studio.answering(Settings::default());
    let (address, _stop, _served) = listen(answering, patient(), Metrics::default().connections()).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(client.read(&mut [0; 4096]).await.unwrap() > 0);
    client.write_all(b"hello\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(LONG, client.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 400 Bad Request\r\n") && answer.contains("All products"),
        "{answer}"
    );
}

#[tokio::test]
async fn who_finds_no_place_and_sends_what_cannot_be_read_is_told_so() {
    let mut server = start(Connections { most_connections: 1, ..patient() }).await;
    let mut first = server.connect(KEPT).await;
    server.waiting.recv().await.unwrap();
    assert!(server.connect(&asking_with("/quick", 150)).await.hears("unreadable").await);
    server.go_on.notify_one();
    assert!(first.hears("at last").await);
}

#[tokio::test]
async fn who_finds_no_place_has_the_next_one_that_is_free_soon() {
    let mut server = start(Connections { most_connections: 1, ..patient() }).await;
    for first in [ENDING, KEPT] {
        server.next_after(first).await;
    }
}

#[tokio::test]
async fn who_waited_for_a_place_takes_no_room_from_who_finds_none() {
    let mut server = start(Connections { most_connections: 1, ..patient() }).await;
    let mut kept = server.next_after(ENDING).await;
    kept.send(KEPT).await;
    server.waiting.recv().await.unwrap();
    for _ in 0..3 {
        assert!(server.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await.hears("no place").await);
    }
    server.go_on.notify_one();
    assert!(kept.hears("at last").await);
}

#[tokio::test]
async fn a_place_that_is_free_is_had_though_all_room_for_refusals_is_taken() {
    let mut server = start(Connections { most_connections: 1, ..patient() }).await;
    let mut is_sooner = false;
    // Whether it is soon enough is the machine's to say.
    for _ in 0..10 {
        let mut first = server.connect(KEPT).await;
        server.waiting.recv().await.unwrap();
        let half_sent = server.connect("GET /quick HTT").await;
        // Until it is known that there is no place for it.
        tokio::time::sleep(SHORT * 2).await;
        let mut next = server.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await;
        server.go_on.notify_one();
        assert!(first.hears("at last").await);
        let is_answered = next.hears("quick").await;
        let is_open =
            half_sent.0.try_read(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock);
        is_sooner = is_answered && is_open;
        if is_sooner {
            break;
        }
    }
    assert!(is_sooner);
}

#[tokio::test]
async fn who_finds_no_place_and_sends_nothing_is_closed_soon() {
    let mut server = start(Connections { most_connections: 1, ..patient() }).await;
    let _first = server.connect(KEPT).await;
    server.waiting.recv().await.unwrap();
    let mut fastest = LONG;
    for _ in 0..5 {
        let begun = Instant::now();
        server.connect("").await.is_closed().await;
        fastest = fastest.min(begun.elapsed());
    }
    assert!(fastest < Duration::from_secs(1), "the fastest of them took {fastest:?}");
}

#[tokio::test]
async fn open_connections_are_counted() {
    let mut server = start(patient()).await;
    let clients = [
        server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await,
        server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await,
    ];
    for _ in &clients {
        server.waiting.recv().await.unwrap();
    }
    assert_eq!(server.count.get(), 2);
    drop(clients);
    let none = async {
        while server.count.get() > 0 {
            tokio::time::sleep(SHORT / 10).await;
        }
    };
    tokio::time::timeout(LONG, none).await.unwrap();
}

#[tokio::test]
async fn stopping_answers_what_was_accepted_and_closes_the_rest() {
    let mut server = start(patient()).await;
    let mut silent = server.connect("").await;
    let mut half_sent = server.connect("GET /quick HTTP/1.1\r\nho").await;
    let mut kept = server.connect("GET /quick HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(kept.hears("quick").await);
    let mut accepted = server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    server.waiting.recv().await.unwrap();
    server.stop.cancel();
    for closed in [&mut silent, &mut half_sent, &mut kept] {
        closed.is_closed().await;
    }
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody new is taken");
    server.go_on.notify_one();
    assert!(accepted.hears("at last").await);
    tokio::time::timeout(LONG, server.served).await.unwrap().unwrap();
}

#[tokio::test]
async fn stopping_ends_whatever_is_not_answered_in_time() {
    let mut server = start(Connections { stop_timeout: SHORT.into(), ..patient() }).await;
    let mut endless = server.connect("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    server.waiting.recv().await.unwrap();
    let mut body = server.connect("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nab").await;
    server.stop.cancel();
    tokio::time::timeout(LONG, server.served).await.unwrap().unwrap();
    endless.is_closed().await;
    body.is_closed().await;
}
