//! Settings of the server that the command line takes, in groups.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use humantime::Duration;
use ipnet::IpNet;
use shop::{Executor, LogInLimits, SignInLimits};

/// How long connections may take, and how many there may be.
#[derive(Args, Clone, Copy, Debug)]
pub struct Connections {
    /// Most connections that are open at once. One more closes the one that has gone longest without a whole request.
    #[arg(long, env = "ATELIER_MOST_CONNECTIONS", default_value_t = 4096, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
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
    /// How long connections are still taken once the server is asked to stop, while /readyz says so: longer than proxies take to
    /// notice, who then send nobody any more. Asked once more, it does not wait.
    #[arg(long, env = "ATELIER_STOP_DELAY", default_value = "0s", value_name = "TIME")]
    pub stop_delay: Duration,
    /// How long requests that were accepted may take once no more connections are taken.
    #[arg(long, env = "ATELIER_STOP_TIMEOUT", default_value = "10s", value_name = "TIME")]
    pub stop_timeout: Duration,
}

/// Whom to believe who a client is.
#[derive(Args, Clone, Debug, Default)]
pub struct Proxies {
    /// Networks of the proxies in front of the shop, such as 10.0.0.0/8,::1/128. Of them alone it is believed whom a request
    /// comes from. Behind a proxy that is not named, all clients count as one.
    #[arg(long, env = "ATELIER_PROXIES", value_delimiter = ',', value_name = "NETWORKS")]
    pub proxies: Vec<IpNet>,
    /// The header in which the proxies say whom a request comes from. They must set it whatever a client sent.
    #[arg(long, env = "ATELIER_PROXY_HEADER", default_value = "x-forwarded-for", value_name = "HEADER")]
    pub proxy_header: ProxyHeader,
}

/// A header that says whom a request comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// How often one client may order. An IPv4 address is a client, and so is the first half of an IPv6 address.
#[derive(Args, Clone, Copy, Debug)]
pub struct OrderLimits {
    /// Orders that one client may place in a minute, in the long run.
    #[arg(long, env = "ATELIER_ORDERS_PER_MINUTE", default_value = "20", value_name = "NUMBER")]
    pub orders_per_minute: NonZeroU32,
    /// Orders that one client may place at once.
    #[arg(long, env = "ATELIER_ORDERS_AT_ONCE", default_value = "20", value_name = "NUMBER")]
    pub orders_at_once: NonZeroU32,
}

impl Default for OrderLimits {
    fn default() -> Self {
        const MANY: NonZeroU32 = NonZeroU32::new(20).unwrap();
        Self { orders_per_minute: MANY, orders_at_once: MANY }
    }
}

/// How often one client may keep a design: they save themselves at most every two seconds.
#[derive(Args, Clone, Copy, Debug)]
pub struct DesignLimits {
    /// Designs that one client may save or share in a minute, in the long run.
    #[arg(long, env = "ATELIER_DESIGNS_PER_MINUTE", default_value = "40", value_name = "NUMBER")]
    pub designs_per_minute: NonZeroU32,
    /// Designs that one client may save or share at once.
    #[arg(long, env = "ATELIER_DESIGNS_AT_ONCE", default_value = "60", value_name = "NUMBER")]
    pub designs_at_once: NonZeroU32,
}

impl Default for DesignLimits {
    fn default() -> Self {
        const PER_MINUTE: NonZeroU32 = NonZeroU32::new(40).unwrap();
        const AT_ONCE: NonZeroU32 = NonZeroU32::new(60).unwrap();
        Self { designs_per_minute: PER_MINUTE, designs_at_once: AT_ONCE }
    }
}

/// How often log-ins may fail within 15 minutes.
#[derive(Args, Clone, Copy, Debug)]
pub struct LogIns {
    /// Failed log-ins to one account by one client, or by one browser that was logged in to it before, within 15 minutes.
    #[arg(long, env = "ATELIER_LOG_IN_FAILURES", default_value_t = 5, value_name = "NUMBER")]
    pub log_in_failures: u32,
    /// Attempts of one client to log in to any account, within 15 minutes.
    #[arg(long, env = "ATELIER_LOG_INS_PER_CLIENT", default_value_t = 30, value_name = "NUMBER")]
    pub log_ins_per_client: u32,
    /// Failed log-ins to one account by all browsers that were never logged in to it, within 15 minutes.
    #[arg(long, env = "ATELIER_LOG_IN_FAILURES_OF_STRANGERS", default_value_t = 100, value_name = "NUMBER")]
    pub log_in_failures_of_strangers: u32,
}

impl From<LogIns> for LogInLimits {
    fn from(limits: LogIns) -> Self {
        Self {
            account: limits.log_in_failures,
            client: limits.log_ins_per_client,
            strangers: limits.log_in_failures_of_strangers,
        }
    }
}

/// How many links to sign in customers are mailed within 15 minutes.
#[derive(Args, Clone, Copy, Debug)]
pub struct SignIns {
    /// Links to sign in that are mailed to one address, whoever asks for them, within 15 minutes.
    #[arg(long, env = "ATELIER_SIGN_INS_PER_ADDRESS", default_value_t = 3, value_name = "NUMBER")]
    pub sign_ins_per_address: u32,
    /// Links to sign in that one client may ask for, for any addresses, within 15 minutes.
    #[arg(long, env = "ATELIER_SIGN_INS_PER_CLIENT", default_value_t = 10, value_name = "NUMBER")]
    pub sign_ins_per_client: u32,
}

impl From<SignIns> for SignInLimits {
    fn from(limits: SignIns) -> Self {
        Self { address: limits.sign_ins_per_address, client: limits.sign_ins_per_client }
    }
}

/// How mails to customers leave the shop.
#[derive(Args, Clone, Debug)]
pub struct Mailing {
    /// The SMTP server that sends mails: smtps://user:password@host, or smtp://host?tls=required; best said by the variable,
    /// which others on the machine can't see. Without one they are written into the folder.
    #[arg(long, env = "ATELIER_SMTP", hide_env_values = true, value_name = "ADDRESS")]
    pub smtp: Option<String>,
    /// Folder into which mails are written where no SMTP server sends them.
    #[arg(long, env = "ATELIER_MAIL_FOLDER", default_value = "outbox", value_name = "FOLDER")]
    pub mail_folder: PathBuf,
    /// Where mails come from; the shop file's e-mail address, if not said.
    #[arg(long, env = "ATELIER_MAIL_FROM", value_name = "EMAIL")]
    pub mail_from: Option<String>,
}

/// How much is thought about at once: designs, menus, pages.
#[derive(Args, Clone, Copy, Debug)]
pub struct Thinking {
    /// Threads that think; one for each core, at least four, if not said.
    #[arg(long, env = "ATELIER_THREADS", value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
    /// Threads that one client may keep busy; half of them, if not said.
    #[arg(long, env = "ATELIER_THREADS_PER_CLIENT", value_name = "NUMBER")]
    pub threads_per_client: Option<NonZeroUsize>,
    /// Requests of one client that wait for a thread.
    #[arg(long, env = "ATELIER_WAITING_PER_CLIENT", default_value_t = 64, value_name = "NUMBER")]
    pub waiting_per_client: usize,
    /// How long a request waits for a thread.
    #[arg(long, env = "ATELIER_PATIENCE", default_value = "10s", value_name = "TIME")]
    pub patience: Duration,
}

impl Thinking {
    /// What all thinking runs on.
    #[must_use]
    pub fn executor(&self) -> Executor {
        let threads = self.threads.map_or_else(Executor::default_threads, NonZeroUsize::get);
        let per_client = self.threads_per_client.map_or(threads.div_ceil(2), NonZeroUsize::get);
        Executor::new(threads, self.patience.into()).with_shares(per_client, self.waiting_per_client)
    }
}
