//! Rows written to SQLite as an order is: WAL, and on the disk when it is said.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS filled (number INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT";
/// Writes a row.
pub(crate) const ROW: &str = "INSERT INTO filled (bytes) VALUES ($1)";

/// A database with a table for rows.
pub(crate) async fn open(database: &Path, connections: u32) -> anyhow::Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(60));
    let pool = SqlitePoolOptions::new().min_connections(connections).max_connections(connections);
    let pool = pool.test_before_acquire(false).connect_with(options).await.context("the database")?;
    sqlx::query(TABLE).execute(&pool).await?;
    Ok(pool)
}

/// How many rows are on the disk within the time.
pub(crate) async fn write(
    database: &Path,
    time: Duration,
    connections: u32,
    bytes: usize,
) -> anyhow::Result<u32> {
    let pool = open(database, connections).await?;
    let (written, text, until) =
        (Arc::new(AtomicU32::new(0)), Arc::new("x".repeat(bytes)), Instant::now() + time);
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
