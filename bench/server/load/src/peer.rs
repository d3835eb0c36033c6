//! The least that a server does which takes orders, to measure a shop beside it: reads JSON, may write a row as long as an order's
//! and wait for the disk, and answers what it was given. It says on standard output where it listens.

#[expect(dead_code, reason = "this writes a row for each order, not as many as there can be")]
mod rows;

use std::path::PathBuf;

use anyhow::Context;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use clap::Parser;
use hyper::body::Bytes;
use serde_json::Value;
use sqlx::SqlitePool;

/// A server that takes orders and does nothing else.
#[derive(Parser)]
struct Arguments {
    /// What it answers, a file of JSON.
    answer: PathBuf,
    /// Where it writes a row for each order; nowhere, if not said.
    #[arg(long, requires = "bytes")]
    database: Option<PathBuf>,
    /// Of a row.
    #[arg(long)]
    bytes: Option<usize>,
}

#[derive(Clone)]
struct Peer {
    answer: Bytes,
    row: std::sync::Arc<str>,
    database: Option<SqlitePool>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let answer = std::fs::read(&arguments.answer).context("the answer can't be read")?.into();
    let row = "x".repeat(arguments.bytes.unwrap_or_default()).into();
    let database = match &arguments.database {
        // Whoever writes waits for the others all the same.
        Some(file) => Some(rows::open(file, 1).await?),
        None => None,
    };
    let router =
        Router::new().route("/api/v1/orders", post(place)).with_state(Peer { answer, row, database });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{}", listener.local_addr()?);
    axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| {
            // As the shop does; a connection without answers with a delay.
            let _ = stream.set_nodelay(true);
        }),
        router,
    )
    .await?;
    Ok(())
}

async fn place(State(peer): State<Peer>, Json(order): Json<Value>) -> Response {
    if !order["design"]["revision"].is_i64() {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    if let Some(database) = &peer.database
        && sqlx::query(rows::ROW).bind(&*peer.row).execute(database).await.is_err()
    {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], peer.answer).into_response()
}
