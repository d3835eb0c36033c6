//! Requests over HTTP: as fast as they are answered, or on a fixed schedule.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio::net::TcpSocket;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

/// How long a client waits that was not let in.
const AFTER_REFUSAL: Duration = Duration::from_millis(10);
/// An answer that takes longer never comes.
const LONGEST: Duration = Duration::from_secs(30);

/// What is asked; `{id}` stands for a text that no other request has.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Who asks what, how often, and for how long.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) address: SocketAddr,
    /// Asked in turn.
    pub(crate) templates: Vec<Template>,
    /// Requests a second of all connections together; as fast as they are answered without.
    pub(crate) rate: Option<f64>,
    pub(crate) connections: u32,
    pub(crate) time: Duration,
    /// Whether each connection has an address of its own.
    pub(crate) clients: bool,
    /// Whether the answers are kept.
    pub(crate) keeps: bool,
    /// Whether everybody comes when they are due, however many others wait.
    pub(crate) crowd: bool,
}

/// What was answered.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    statuses: BTreeMap<u16, u32>,
    /// Connections that ended without an answer.
    broken: u32,
    /// Kept connections that were closed before a request was answered, which was sent again on a new one.
    reopened: u32,
    /// Refusals that do not say when to come again.
    without_retry_after: u32,
    /// Requests that were due and were not sent within the time.
    unsent: u64,
    /// Successes within the time.
    good: u32,
    /// Of successes, in microseconds.
    times: Vec<u64>,
    kept: Vec<(String, Bytes)>,
}

/// What was answered, in figures.
#[derive(Serialize)]
pub(crate) struct Summary {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    statuses: BTreeMap<u16, u32>,
    broken: u32,
    reopened: u32,
    without_retry_after: u32,
    unsent: u64,
}

impl Seen {
    fn join(&mut self, other: Self) {
        for (status, many) in other.statuses {
            *self.statuses.entry(status).or_default() += many;
        }
        self.broken += other.broken;
        self.reopened += other.reopened;
        self.without_retry_after += other.without_retry_after;
        self.unsent += other.unsent;
        self.good += other.good;
        self.times.extend(other.times);
        self.kept.extend(other.kept);
    }

    pub(crate) fn summary(mut self, time: Duration) -> Summary {
        self.times.sort_unstable();
        let quantile = |hundredth: usize| {
            let at = (self.times.len() * hundredth / 100).min(self.times.len().saturating_sub(1));
            self.times.get(at).map_or(0.0, |micros| Duration::from_micros(*micros).as_secs_f64() * 1_000.0)
        };
        Summary {
            per_second: f64::from(self.good) / time.as_secs_f64(),
            p50_ms: quantile(50),
            p99_ms: quantile(99),
            statuses: self.statuses,
            broken: self.broken,
            reopened: self.reopened,
            without_retry_after: self.without_retry_after,
            unsent: self.unsent,
        }
    }

    /// The orders that were acknowledged: id, number, token and total in a line each.
    pub(crate) fn acknowledged(&self) -> anyhow::Result<String> {
        let mut lines = String::new();
        for (id, body) in &self.kept {
            let order: serde_json::Value = serde_json::from_slice(body).context("an answer is no JSON")?;
            let token = order["token"].as_str().context("an order without a token")?;
            writeln!(lines, "{id} {} {token} {}", order["number"], order["total"]["amount"])?;
        }
        Ok(lines)
    }
}

/// Asks over all connections.
pub(crate) async fn run(plan: Plan) -> anyhow::Result<Seen> {
    let plan = Arc::new(plan);
    let start = Instant::now() + Duration::from_millis(100);
    if let (true, Some(rate)) = (plan.crowd, plan.rate) {
        return crowd(plan, rate, start).await;
    }
    let shoppers = (0..plan.connections).map(|number| tokio::spawn(shop(Arc::clone(&plan), number, start)));
    let mut seen = Seen::default();
    for shopper in shoppers.collect::<Vec<_>>() {
        seen.join(shopper.await??);
    }
    Ok(seen)
}

/// One connection's requests.
async fn shop(plan: Arc<Plan>, number: u32, start: Instant) -> anyhow::Result<Seen> {
    let (mut seen, until) = (Seen::default(), start + plan.time);
    let mut connection = None;
    sleep_until(start).await;
    for index in 0_u32.. {
        let due = plan.rate.map(|rate| {
            let before = f64::from(index) * f64::from(plan.connections) + f64::from(number);
            start + Duration::from_secs_f64(before / rate)
        });
        let now = Instant::now();
        if due.unwrap_or(now).max(now) >= until {
            if let (Some(due), Some(rate)) = (due, plan.rate) {
                let late = until.saturating_duration_since(due).as_secs_f64();
                seen.unsent = (late * rate / f64::from(plan.connections)).floor() as u64;
            }
            break;
        }
        if let Some(due) = due {
            sleep_until(due).await;
        }
        let begun = due.unwrap_or_else(Instant::now);
        visit(&plan, &mut connection, (number, index), (begun, until), &mut seen).await?;
    }
    Ok(seen)
}

/// Everybody comes when they are due, whether others wait or not: over a kept connection that nobody uses, or over another one
/// as long as there are not too many.
async fn crowd(plan: Arc<Plan>, rate: f64, start: Instant) -> anyhow::Result<Seen> {
    let (mut seen, mut visits, until) = (Seen::default(), JoinSet::new(), start + plan.time);
    let idle = Arc::new(Mutex::new((0..plan.connections).map(|number| (number, None)).collect::<Vec<_>>()));
    for index in 0_u32.. {
        let due = start + Duration::from_secs_f64(f64::from(index) / rate);
        if due >= until {
            break;
        }
        sleep_until(due).await;
        // The last one that was used, so that others are opened only where they are needed.
        let Some((number, mut connection)) = lock(&idle).pop() else {
            seen.unsent += 1;
            continue;
        };
        let (plan, idle) = (Arc::clone(&plan), Arc::clone(&idle));
        visits.spawn(async move {
            let mut seen = Seen::default();
            let done = visit(&plan, &mut connection, (number, index), (due, until), &mut seen).await;
            lock(&idle).push((number, connection));
            done.map(|()| seen)
        });
    }
    while let Some(visit) = visits.join_next().await {
        seen.join(visit??);
    }
    Ok(seen)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request, and what came of it.
async fn visit(
    plan: &Plan,
    connection: &mut Option<Connection>,
    (number, index): (u32, u32),
    (begun, until): (Instant, Instant),
    seen: &mut Seen,
) -> anyhow::Result<()> {
    let id = format!("{}-{number}-{index}", std::process::id());
    let template = &plan.templates[(number as usize + index as usize) % plan.templates.len()];
    let request = || template.request(&plan.address, &id);
    let asked = async {
        let is_kept = connection.as_ref().is_some_and(|connection| !connection.is_closed());
        match ask(connection, plan, number, request()?).await {
            // As browsers do: the server may close a kept connection just when something is sent over it.
            Err(_) if is_kept => {
                (*connection, seen.reopened) = (None, seen.reopened + 1);
                ask(connection, plan, number, request()?).await
            }
            answered => answered,
        }
    };
    match tokio::time::timeout(LONGEST, asked).await {
        Ok(Ok((status, retry_after, body))) => {
            *seen.statuses.entry(status.as_u16()).or_default() += 1;
            if status.is_success() || status.is_redirection() {
                let done = Instant::now();
                seen.good += u32::from(done < until);
                seen.times.push(u64::try_from((done - begun).as_micros())?);
                if plan.keeps {
                    seen.kept.push((id, body));
                }
            } else if matches!(status.as_u16(), 429 | 503) && !retry_after {
                seen.without_retry_after += 1;
            }
        }
        Ok(Err(_)) | Err(_) => {
            (*connection, seen.broken) = (None, seen.broken + 1);
            sleep(AFTER_REFUSAL).await;
        }
    }
    Ok(())
}

impl Template {
    fn request(&self, host: &SocketAddr, id: &str) -> anyhow::Result<Request<Full<Bytes>>> {
        let filled = |text: &str| text.replace("{id}", id);
        let mut request = Request::builder().method(self.method.clone()).uri(filled(&self.path));
        request = request.header(header::HOST, host.to_string());
        for (name, value) in &self.headers {
            request = request.header(name, filled(value));
        }
        request.body(Full::from(filled(&self.body))).context("no such request can be made")
    }
}

type Connection = SendRequest<Full<Bytes>>;

/// Status, whether it says when to come again, and the body.
async fn ask(
    kept: &mut Option<Connection>,
    plan: &Plan,
    number: u32,
    request: Request<Full<Bytes>>,
) -> anyhow::Result<(StatusCode, bool, Bytes)> {
    let connection = match kept {
        Some(connection) if !connection.is_closed() => connection,
        _ => kept.insert(connect(plan, number).await?),
    };
    connection.ready().await?;
    let answer = connection.send_request(request).await?;
    let (status, retry_after) = (answer.status(), answer.headers().contains_key(header::RETRY_AFTER));
    Ok((status, retry_after, answer.into_body().collect().await?.to_bytes()))
}

async fn connect(plan: &Plan, number: u32) -> anyhow::Result<Connection> {
    let socket = if plan.address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if plan.clients {
        let [.., high, low] = (number + 2).to_be_bytes();
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, high, low), 0)))?;
    }
    let stream = socket.connect(plan.address).await?;
    stream.set_nodelay(true)?;
    let (connection, served) = handshake(TokioIo::new(stream)).await?;
    // It ends with the connection, whose end is seen where the next request is sent.
    tokio::spawn(served);
    Ok(connection)
}
