//! Load for `bench/server/run.py`, one number on standard output: how many a second.
//!
//! ```text
//! server-load orders ADDRESS SECONDS CONNECTIONS PATH…   orders placed over HTTP, one after the other on each connection
//! server-load rows DATABASE SECONDS CONNECTIONS BYTES    rows of so many bytes, one a transaction: WAL, FULL
//! ```

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, place, seconds, connections, rest @ ..] = arguments.as_slice() else {
        bail!("say `orders ADDRESS SECONDS CONNECTIONS PATH…` or `rows DATABASE SECONDS CONNECTIONS BYTES`")
    };
    let (time, connections) = (Duration::from_secs_f64(seconds.parse()?), connections.parse()?);
    let done = match (what.as_str(), rest) {
        ("orders", paths @ [_, ..]) => orders(place, time, connections, paths)?,
        ("rows", [bytes]) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(rows(place, time, connections, bytes.parse()?))?
        }
        _ => bail!("there is no such load: {what}"),
    };
    println!("{:.1}", done as f64 / time.as_secs_f64());
    Ok(())
}

/// How many orders are answered within the time.
fn orders(address: &str, time: Duration, connections: u32, paths: &[String]) -> anyhow::Result<u64> {
    let until = Instant::now() + time;
    let placed = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let shoppers: Vec<_> = (0..connections)
            .map(|shopper| {
                let placed = &placed;
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut connection = TcpStream::connect(address)?;
                    connection.set_nodelay(true)?;
                    for order in 0_u64.. {
                        let path = &paths[usize::try_from(u64::from(shopper) + order)? % paths.len()];
                        place_order(&mut connection, address, path, &format!("{shopper}-{order}"))?;
                        if Instant::now() >= until {
                            break;
                        }
                        placed.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        shoppers.into_iter().try_for_each(|shopper| match shopper.join() {
            Ok(outcome) => outcome,
            Err(_) => bail!("a shopper broke off"),
        })
    })?;
    Ok(placed.into_inner())
}

fn place_order(connection: &mut TcpStream, host: &str, path: &str, id: &str) -> anyhow::Result<()> {
    let form = format!(
        "name=Ana+Lima&email=ana-{id}%40example.org&address=Rua+do+Ouro+1%0A1100-060+Lisboa&note=&request_id={id}"
    );
    write!(
        connection,
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let answer = read_answer(connection)?;
    ensure!(
        answer.starts_with("HTTP/1.1 303 "),
        "an order was not placed: {}",
        answer.lines().next().unwrap_or_default()
    );
    Ok(())
}

/// The head of an answer, whose body is read, too.
fn read_answer(connection: &mut TcpStream) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = connection.read(&mut buffer)?;
        ensure!(read > 0, "the connection was closed");
        bytes.extend_from_slice(&buffer[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(Ok(0), |length| length.trim().parse())?;
        ensure!(!head.contains("transfer-encoding"), "an answer without a length can't be read here");
        if bytes.len() >= end + 4 + length {
            return Ok(String::from_utf8_lossy(&bytes[..end]).into_owned());
        }
    }
}

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS filled (number INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT";
const ROW: &str = "INSERT INTO filled (bytes) VALUES ($1)";

/// How many rows are on the disk within the time.
async fn rows(database: &str, time: Duration, connections: u32, bytes: usize) -> anyhow::Result<u64> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(60));
    let pool = SqlitePoolOptions::new().min_connections(connections).max_connections(connections);
    let pool = pool.test_before_acquire(false).connect_with(options).await.context("the database")?;
    sqlx::query(TABLE).execute(&pool).await?;
    let (written, text, until) =
        (Arc::new(AtomicU64::new(0)), Arc::new("x".repeat(bytes)), Instant::now() + time);
    let mut writers = Vec::new();
    for _ in 0..connections {
        let (mut connection, written, text) =
            (pool.acquire().await?, Arc::clone(&written), Arc::clone(&text));
        writers.push(tokio::spawn(async move {
            loop {
                sqlx::query(ROW).bind(text.as_str()).execute(&mut *connection).await?;
                if Instant::now() >= until {
                    return Ok::<_, sqlx::Error>(());
                }
                written.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    for writer in writers {
        writer.await??;
    }
    Ok(written.load(Ordering::Relaxed))
}
