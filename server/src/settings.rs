//! Settings of the server that the command line takes, in groups.

use clap::Args;
use humantime::Duration;

/// How long connections may take, and how many there may be.
#[derive(Args, Clone, Copy, Debug)]
pub struct Connections {
    /// Most connections that are open at once. One more closes the one that has gone longest without a whole request.
    #[arg(long, env = "ATELIER_MOST_CONNECTIONS", default_value_t = 1024, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub most_connections: u32,
    /// How long a request's head may take from its first byte.
    #[arg(long, env = "ATELIER_HEAD_TIMEOUT", default_value = "10s", value_name = "TIME")]
    pub head_timeout: Duration,
    /// How long a request's body may take from the end of its head.
    #[arg(long, env = "ATELIER_BODY_TIMEOUT", default_value = "30s", value_name = "TIME")]
    pub body_timeout: Duration,
    /// How long a connection is kept that sends nothing.
    #[arg(long, env = "ATELIER_IDLE_TIMEOUT", default_value = "60s", value_name = "TIME")]
    pub idle_timeout: Duration,
    /// How long a client may take nothing of an answer that waits for it.
    #[arg(long, env = "ATELIER_WRITE_TIMEOUT", default_value = "30s", value_name = "TIME")]
    pub write_timeout: Duration,
    /// How long requests that were accepted may take once the server is asked to stop.
    #[arg(long, env = "ATELIER_STOP_TIMEOUT", default_value = "10s", value_name = "TIME")]
    pub stop_timeout: Duration,
}
