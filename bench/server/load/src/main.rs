//! Load for `bench/server` and `bench/faults`: what it did, as JSON on standard output. `server-load --help` says how.

mod requests;
mod rows;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use hyper::Method;
use requests::{Plan, Template};

/// Requests over HTTP, or rows for SQLite.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    load: Load,
    #[command(flatten)]
    extent: Extent,
}

#[derive(Args, Clone, Copy)]
struct Extent {
    /// For how long.
    #[arg(long, default_value = "5", global = true)]
    seconds: f64,
    /// Over how many connections, one request or row after the other on each.
    #[arg(long, default_value = "16", global = true)]
    connections: u32,
}

#[derive(Subcommand)]
enum Load {
    /// Requests to these paths in turn. In paths, headers and bodies `{id}` stands for a text that no other request has.
    Requests {
        /// Where the server listens.
        address: SocketAddr,
        /// At least one.
        #[arg(required = true)]
        paths: Vec<String>,
        /// Requests a second, on a fixed schedule: each one's time counts from when it was due, however late it was sent, so
        /// that a server that holds up all others is not measured by the few that got through (coordinated omission). As fast as
        /// they are answered, if not said.
        #[arg(long)]
        rate: Option<f64>,
        /// Lets everybody come when they are due, over a connection of their own where all others are waited for: --connections
        /// is the most of them. Whoever finds none is not sent.
        #[arg(long, requires = "rate")]
        crowd: bool,
        /// A file that is sent as the body, by POST.
        #[arg(long)]
        body: Option<PathBuf>,
        /// Such as `accept-encoding: br`.
        #[arg(long = "header")]
        headers: Vec<String>,
        /// Lets each connection come from a loopback address of its own, as if it were another client.
        #[arg(long)]
        clients: bool,
        /// Where the orders that were acknowledged are written to: id, number, token and total in a line each.
        #[arg(long)]
        acknowledged: Option<PathBuf>,
    },
    /// Rows of so many bytes, one a transaction: WAL, FULL.
    Rows {
        /// The file.
        database: PathBuf,
        /// Of a row.
        bytes: usize,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { load, extent: Extent { seconds, connections } } = Arguments::parse();
    let time = Duration::from_secs_f64(seconds);
    match load {
        Load::Requests { address, paths, rate, crowd, body, headers, clients, acknowledged } => {
            let body = body.map(std::fs::read_to_string).transpose().context("the body can't be read")?;
            let headers = headers.iter().map(|header| {
                let (name, value) = header.split_once(':').context("a header is `name: value`")?;
                Ok((name.trim().to_owned(), value.trim().to_owned()))
            });
            let headers = headers.collect::<anyhow::Result<Vec<_>>>()?;
            let method = if body.is_some() { Method::POST } else { Method::GET };
            let template = |path| Template {
                method: method.clone(),
                path,
                headers: headers.clone(),
                body: body.clone().unwrap_or_default(),
            };
            let templates = paths.into_iter().map(template).collect();
            let keeps = acknowledged.is_some();
            let plan = Plan { address, templates, rate, connections, time, clients, keeps, crowd };
            let seen = requests::run(plan).await?;
            if let Some(file) = acknowledged {
                std::fs::write(file, seen.acknowledged()?).context("the orders can't be written")?;
            }
            println!("{}", serde_json::to_string(&seen.summary(time))?);
        }
        Load::Rows { database, bytes } => {
            let done = rows::write(&database, time, connections, bytes).await?;
            println!("{}", serde_json::json!({ "per_second": f64::from(done) / seconds }));
        }
    }
    Ok(())
}
