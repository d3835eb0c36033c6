//! `atelier`: serves the shop, checks product folders, invites administrators, makes backups.

mod config;
mod demo_orders;
mod load;
mod shop_settings;
mod upkeep;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use prometheus_client::metrics::gauge::Gauge;
use server::environment::Machine;
use server::handles;
use server::http;
use server::mail::Postman;
use server::readiness::Readiness;
use server::settings::{Connections, DesignLimits, LogIns, Mailing, OrderLimits, Proxies, SignIns, Thinking};
use shop::access::AdminError;
use shop::{Profile, Shop, ShopError};
use store::Address;
use tokio::net::TcpListener;
use words::Language;

/// Pages and designs come and go in many threads; the system's allocator keeps a third more of them than are there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Atelier, a shop for products that are made to order.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The database: a file, made when it is not there, or an address as for --database-url, which is asked for only where
    /// this is not said. Without both it is atelier.db.
    #[arg(long, env = "ATELIER_DATABASE", hide_env_values = true, global = true)]
    database: Option<String>,
    /// The database's address: postgres://user:password@host:5432/database or sqlite://file. Best said by the variable, which
    /// others on the machine can't see.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<String>,
    /// Where the shop is reached from outside; links are made with it.
    #[arg(long, env = "ATELIER_URL", default_value = "http://127.0.0.1:3000", global = true)]
    url: String,
    /// A file of settings, beneath flags and the environment.
    #[arg(long, env = "ATELIER_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Arguments {
    /// Where the shop is kept: what is said last, on the command line before the environment before the file.
    fn address(&self, matches: &ArgMatches) -> anyhow::Result<Address> {
        let rank = |name: &str| match matches.value_source(name) {
            Some(ValueSource::CommandLine) => 3,
            Some(ValueSource::EnvVariable) => 2,
            // What the file says stands in place of the defaults, of which there are none.
            Some(_) => 1,
            None => 0,
        };
        let said = match (&self.database, &self.database_url) {
            (Some(_), Some(_)) if rank("database") == rank("database_url") => {
                bail!("both a database and a database-url are said; leave one out");
            }
            (Some(file), Some(_)) if rank("database") > rank("database_url") => file,
            (_, Some(address)) => address,
            (Some(file), None) => file,
            (None, None) => return Ok("atelier.db".parse()?),
        };
        Ok(said.parse()?)
    }
}

#[derive(Subcommand)]
enum Command {
    /// Serve the shop (what happens without a command).
    Serve(Box<Serve>),
    /// Print all settings, as a file of settings has them, and where each comes from.
    Config(Box<Serve>),
    /// Print the shop's settings as a shop file, with where they come from.
    Settings {
        /// The shop file that the shop is served with.
        #[arg(long, env = "ATELIER_SHOP_FILE")]
        shop_file: Option<PathBuf>,
    },
    /// Report everything that is wrong with a product folder or a shop file.
    Check {
        /// The folder, such as catalogs/trainer, or its product.toml; or a shop file, which lies in no product's folder.
        folder: PathBuf,
    },
    /// Take product folders that were edited into the shop: as drafts, to be published in the admin. A product that the shop
    /// has not is added and sold at once, as when it starts.
    Load(load::Load),
    /// Give every product that asks about use made-up orders in the manner of its examples, to see the shop learn before anybody has
    /// ordered. They replace those made up before, are told as examples wherever they speak, and are no orders of the desk.
    DemoOrders(demo_orders::DemoOrders),
    /// Manage the people who may use the admin.
    Admin {
        #[command(subcommand)]
        command: Admin,
    },
    /// What was done in the admin, by whom, and whether the record of it was changed.
    Audit {
        #[command(subcommand)]
        command: Audit,
    },
    /// Copy a shop into a database that holds none yet: a file or an address as for --database-url each. Stop the shop before:
    /// what it writes meanwhile is not copied.
    CopyDatabase {
        /// Where the shop is.
        from: String,
        /// Where it is to be.
        to: String,
    },
    /// Write all of the shop, as it is at this moment, into one new file, while it serves. A copy of the database's file
    /// alone would lack the latest orders, which are in the log beside it.
    Backup {
        /// The file to write.
        file: PathBuf,
        /// Replace a file of this name, once the new one is whole.
        #[arg(long)]
        replace: bool,
    },
    /// Copy a backup into the database, which must hold nothing yet. Stop the shop before.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Print the JSON Schema of product files.
    Schema,
}

#[derive(clap::Args)]
struct Serve {
    /// Address to listen on.
    #[arg(long, env = "ATELIER_ADDRESS", default_value = "127.0.0.1:3000")]
    address: SocketAddr,
    /// Address on which Prometheus finds /metrics, such as 127.0.0.1:9464; nowhere, if not said. Whoever reaches it can read them.
    #[arg(long, env = "ATELIER_METRICS_ADDRESS", value_name = "ADDRESS")]
    metrics_address: Option<SocketAddr>,
    /// Folder of product folders; those the database does not know yet are loaded.
    #[arg(long, env = "ATELIER_CATALOGS", default_value = "catalogs")]
    catalogs: PathBuf,
    /// Folder of built files for the browser.
    #[arg(long, env = "ATELIER_SITE", default_value = "target/site")]
    site: PathBuf,
    /// Folders like it that other releases left, with commas between: what pages that are still open ask for is found there.
    #[arg(long, env = "ATELIER_FORMER_SITES", value_delimiter = ',', value_name = "FOLDERS")]
    former_sites: Vec<PathBuf>,
    /// Languages of the shop's pages, the first for readers who ask for none of them: tags such as de, with commas between.
    #[arg(long, env = "ATELIER_LANGUAGES", default_value = "en,de,ar", value_delimiter = ',', value_parser = language)]
    languages: Vec<Language>,
    /// The file that says who runs the shop, how it counts days and what its pages say; without one there are plain defaults.
    #[arg(long, env = "ATELIER_SHOP_FILE", value_name = "FILE")]
    shop_file: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Mails")]
    mailing: Mailing,
    #[command(flatten, next_help_heading = "Connections")]
    connections: Connections,
    #[command(flatten, next_help_heading = "Proxies")]
    proxies: Proxies,
    #[command(flatten, next_help_heading = "Limits")]
    orders: OrderLimits,
    #[command(flatten, next_help_heading = "Limits")]
    designs: DesignLimits,
    #[command(flatten, next_help_heading = "Limits")]
    log_ins: LogIns,
    #[command(flatten, next_help_heading = "Limits")]
    sign_ins: SignIns,
    #[command(flatten, next_help_heading = "Limits")]
    thinking: Thinking,
}

fn language(tag: &str) -> Result<Language, String> {
    words::matching(tag.trim()).ok_or_else(|| {
        let known: Vec<&str> = Language::ALL.into_iter().map(Language::tag).collect();
        format!("there are no texts in '{tag}'; choose among {}", known.join(", "))
    })
}

/// How long shoppers wait for products to be prepared that another release left: then those that are ready are served, and pages
/// of the others wait for their turn.
const PREPARING: Duration = Duration::from_secs(10);

/// How long work that nobody waits for may take when all else is done.
const AFTER_ALL: Duration = Duration::from_millis(500);

#[derive(Subcommand)]
enum Admin {
    /// Print a one-time link that lets this person set a password. Whoever is new becomes an administrator.
    Invite {
        /// E-mail address, which is also the name to log in with.
        email: String,
    },
    /// Take the second factor of somebody who lost phone and recovery codes: their password alone lets them in until they turn it on
    /// again. Noted in the audit.
    RemoveSecondFactor {
        /// The e-mail address that they log in with.
        email: String,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Check every hash of the audit, and print the last one: noted elsewhere, it proves later that nothing up to it was changed
    /// or cut off. Ends with 1 where something was.
    Verify {
        /// A hash that was printed before: it has to be there still.
        #[arg(long, value_name = "HASH")]
        expect: Option<String>,
    },
}

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    // Colours are for people who look on, not for files.
    let has_colours = std::io::stderr().is_terminal();
    // A line that can't be written, such as on a full disk, is lost; to say so on the same way would break off a request.
    tracing_subscriber::fmt()
        .log_internal_errors(false)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(has_colours)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("atelier: can't start its threads: {error}; is there memory left?");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(run());
    // Work that nobody waits for any more, such as a long search, shall not keep the process.
    runtime.shutdown_timeout(AFTER_ALL);
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("atelier: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What a copy is compared by.
const SAME: &str = "every table has the same rows and the same sum";

async fn run() -> anyhow::Result<ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let mut settings = config::read(Arguments::command(), given.clone())?;
    if settings.matches.subcommand().is_none() {
        // Without a command it serves.
        let serving = given.into_iter().chain(["serve".into()]).collect();
        settings = config::read(Arguments::command(), serving)?;
    }
    let arguments = Arguments::from_arg_matches(&settings.matches)?;
    let database = arguments.address(&settings.matches);
    let command = arguments.command.context("there is no command")?;
    match command {
        Command::Check { folder } if is_shop_file(&folder) => Ok(check_shop_file(&folder)),
        Command::Check { folder } => Ok(check(&folder)),
        Command::Config(_) => {
            print!("{}", settings.printed(&Arguments::command()));
            Ok(ExitCode::SUCCESS)
        }
        Command::Settings { shop_file } => {
            let shop = open(&database?).await?.with_profile(profile(shop_file.as_deref())?);
            print!("{}", shop_settings::printed(&shop, shop_file.as_deref()).await?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema => {
            println!("{}", configurator::file::json_schema()?);
            Ok(ExitCode::SUCCESS)
        }
        Command::CopyDatabase { from, to } => {
            let (from, to): (Address, Address) = (from.parse()?, to.parse()?);
            print!("{}", store::copy(&from, &to).await?);
            println!("{from} is copied to {to}: {SAME}");
            Ok(ExitCode::SUCCESS)
        }
        Command::Backup { file, replace } => {
            let database = database?;
            print!("{}", unless_stopped(store::back_up(&database, &file, replace)).await?);
            println!("{database} is backed up in {}: {SAME}", file.display());
            Ok(ExitCode::SUCCESS)
        }
        Command::Restore { file } => {
            let database = database?;
            print!("{}", unless_stopped(store::restore(&file, &database)).await?);
            println!("{} is restored in {database}: {SAME}", file.display());
            Ok(ExitCode::SUCCESS)
        }
        Command::Admin { command: Admin::Invite { email } } => {
            let shop = open(&database?).await?;
            let token = shop.invite(&email).await?;
            println!("{}{}", arguments.url.trim_end_matches('/'), app::paths::admin::invite(&token));
            eprintln!("The link works once, within 7 days.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Admin { command: Admin::RemoveSecondFactor { email } } => {
            let removed = open(&database?).await?.remove_second_factor(&email, "atelier").await;
            if matches!(removed, Err(AdminError::NoSecondFactor)) {
                bail!("nobody of the address {email} has a second factor; check the address");
            }
            removed?;
            println!("The password of {email} alone lets them in now.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Audit { command: Audit::Verify { expect } } => {
            upkeep::verify_audit(&open(&database?).await?, expect.as_deref()).await
        }
        Command::DemoOrders(demo) => {
            demo_orders::run(&open(&database?).await?, &demo).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Load(load) => load::run(&open(&database?).await?, &load).await,
        Command::Serve(serve) => {
            start(*serve, database?, &arguments.url).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What a shop file says, or what holds where there is none.
fn profile(file: Option<&Path>) -> anyhow::Result<Profile> {
    match file {
        Some(file) => shop::read_shop_file(file).map_err(|report| anyhow::anyhow!("{}", report.join("\n"))),
        None => Ok(Profile::default()),
    }
}

async fn start(mut serve: Serve, database: Address, url: &str) -> anyhow::Result<()> {
    let profile = profile(serve.shop_file.as_deref())?;
    // First of all, so that a second server by mistake changes nothing; who connects waits until all is loaded.
    let listener = listen(serve.address).await?;
    let metrics_listener = match serve.metrics_address {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let shop = open(&database).await?;
    let shop = shop.with_executor(serve.thinking.executor()).with_log_in_limits(serve.log_ins.into());
    let shop = shop.with_sign_in_limits(serve.sign_ins.into()).with_profile(profile);
    serve.connections =
        handles::fit(serve.connections).context("can't find out how many files may be open")?;
    // So that others find a place, however many order.
    let shop = shop.with_orders_in_hand(serve.connections.most_connections / 2);
    self::serve(shop, listener, metrics_listener, serve, url).await
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listening = TcpListener::bind(address).await;
    listening.with_context(|| format!("can't listen on {address}; is another server running there?"))
}

async fn open(database: &Address) -> anyhow::Result<Shop> {
    Ok(Shop::new(database.open().await?, Arc::new(Machine)))
}

/// Whether a path is that of a shop file, rather than of a product's folder or main file.
fn is_shop_file(path: &Path) -> bool {
    path.is_file() && !path.with_file_name("product.toml").exists()
}

fn check_shop_file(file: &Path) -> ExitCode {
    match shop::read_shop_file(file) {
        Ok(profile) => {
            println!("{}: the shop file of {} is sound", file.display(), profile.name);
            ExitCode::SUCCESS
        }
        Err(report) => {
            for line in &report {
                println!("{line}");
            }
            eprintln!("{}: {}", file.display(), counted(report.len(), "problem"));
            ExitCode::FAILURE
        }
    }
}

fn check(folder: &Path) -> ExitCode {
    // It may be a copy to try something on: only where it is to be served does its name matter.
    let named = shop::product_folder(folder).ok().and_then(|folder| folder.canonicalize().ok());
    if let Some(line) = named.and_then(|folder| shop::unfit_name(&folder)) {
        eprintln!("{line}");
    }
    match shop::read_folder(folder) {
        Ok((_, product, _)) => {
            println!(
                "{}: {} is sound: {}, {}",
                folder.display(),
                product.name,
                counted(product.attributes.len(), "attribute"),
                counted(product.rules.len(), "rule")
            );
            ExitCode::SUCCESS
        }
        Err(report) => {
            for line in &report {
                println!("{line}");
            }
            eprintln!("{}: {}", folder.display(), counted(report.len(), "problem"));
            ExitCode::FAILURE
        }
    }
}

/// "1 rule", "2 rules".
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

async fn serve(
    shop: Shop,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    serve: Serve,
    url: &str,
) -> anyhow::Result<()> {
    load_catalogue(&shop, &serve.catalogs).await?;
    let shop = Arc::new(shop);
    let readiness = Readiness::preparing();
    // What was saved in the admin stands from the first request on.
    if let Err(error) = shop.refresh_settings().await {
        tracing::error!(%error, "saved settings can't be read; the shop file stands");
    }
    let postman = Postman::new(&serve.mailing, shop.current_profile().clone(), url)?;
    tokio::spawn(upkeep::deliver(Arc::clone(&shop), postman));
    tokio::spawn(upkeep::keep_counts(Arc::clone(&shop)));
    tokio::spawn(upkeep::carry_out_releases(Arc::clone(&shop)));
    tokio::spawn(upkeep::refresh_settings(Arc::clone(&shop)));
    let counted = Arc::clone(&shop);
    tokio::spawn(upkeep::look_after(Arc::clone(&shop), serve.catalogs.clone(), Arc::clone(&readiness)));
    let settings = http::Settings {
        secure: url.starts_with("https://"),
        languages: serve.languages,
        proxies: serve.proxies,
        orders: serve.orders,
        designs: serve.designs,
        url: url.trim_end_matches('/').to_owned(),
        readiness: Arc::clone(&readiness),
        metrics: Arc::default(),
        former_sites: serve.former_sites,
    };
    until_prepared(&readiness).await;
    let connections = serve.connections;
    let metrics = Arc::clone(&settings.metrics);
    let metrics_router = http::metrics(Arc::clone(&metrics), shop.executor().clone());
    let metrics_answering = http::Answering {
        surplus: metrics_router.clone(),
        unreadable: metrics_router.clone(),
        router: metrics_router,
    };
    let answering = http::answering(shop, &serve.site, settings).with_context(|| {
        format!("the built files in {} can't be served; run `make build`", serve.site.display())
    })?;
    if let Some(listener) = &metrics_listener {
        tracing::info!("metrics on http://{}/metrics", listener.local_addr()?);
    }
    tracing::info!("serving on http://{}", listener.local_addr()?);
    let stop = readiness.stop.clone();
    let stopping = stop_serving(&readiness, connections.stop_delay.into());
    let serving = http::serve(listener, answering, connections, metrics.connections(), stop.clone());
    let telling = async {
        let Some(listener) = metrics_listener else { return };
        http::serve(listener, metrics_answering, connections, Gauge::default(), stop.clone()).await;
    };
    tokio::join!(serving, telling, stopping);
    if let Err(error) = counted.keep_counts().await {
        tracing::warn!(%error, "what was counted in the last minute is lost");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Waits for products that another release left to be prepared. Whoever connects meanwhile waits, too, as while products are loaded,
/// instead of having pages made of what is not prepared.
async fn until_prepared(readiness: &Readiness) {
    if tokio::time::timeout(PREPARING, readiness.until_prepared()).await.is_err() {
        tracing::warn!(
            "serving while products are still prepared, one after the other; /readyz says when all are"
        );
    }
}

/// Waits until the process is asked to stop, and for as long as shoppers shall still be served then.
async fn stop_serving(readiness: &Readiness, delay: Duration) {
    stopped().await;
    readiness.leave();
    if !delay.is_zero() {
        tracing::info!(?delay, "leaving: shoppers shall be sent elsewhere");
        // Asked once more, it does not wait.
        let _ = tokio::time::timeout(delay, stopped()).await;
    }
    tracing::info!("stopping: accepted requests are answered");
    readiness.stop.cancel();
}

/// Adds the products that the shop has not, and says what it could not read.
async fn load_catalogue(shop: &Shop, catalogs: &Path) -> anyhow::Result<()> {
    let loaded = match shop.load_catalogue(catalogs).await {
        Ok(loaded) => loaded,
        // A shop that has its products goes on without the folder they came from.
        Err(error @ ShopError::Catalogue { .. }) => {
            tracing::warn!("{error}");
            shop::Loaded::default()
        }
        Err(error) => return Err(error.into()),
    };
    for slug in &loaded.added {
        tracing::info!(%slug, "loaded a product");
    }
    for broken in &loaded.broken {
        for line in &broken.report {
            tracing::warn!(folder = %broken.folder.display(), "{line}");
        }
    }
    Ok(())
}

/// Does this, or drops it when the process is asked to stop, so that what it had begun is tidied up.
async fn unless_stopped<T, E>(work: impl Future<Output = Result<T, E>>) -> anyhow::Result<T>
where
    anyhow::Error: From<E>,
{
    tokio::select! {
        // Before anything is begun.
        biased;
        () = stopped() => bail!("it was asked to stop before it was done"),
        done = work => Ok(done?),
    }
}

/// Resolves when the process is asked to stop.
async fn stopped() {
    let interrupt = async {
        // Where the signal can't be listened for, only a kill stops the server.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
