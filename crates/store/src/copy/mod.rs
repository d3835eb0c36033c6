//! Copying a shop from one database into another: all its tables as they were at one moment, in one transaction at the
//! target, which is compared with the source before it is committed.

mod postgres;
mod row;
mod side;
mod sqlite;

use std::fmt;

use futures_util::stream::TryStreamExt;
use shop::StoreError;

use crate::address::Address;
use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use postgres::Server;
pub use row::Checksum;
use row::Column;
use side::Side;
use sqlite::File;

/// The tables, each after those that its rows name.
pub(crate) const TABLES: [&str; 45] = [
    "products",
    "revisions",
    "offers",
    "designs",
    "drafts",
    "draft_versions",
    "draft_previews",
    "sold_out",
    "group_menus",
    "shop_settings",
    "releases",
    "release_products",
    "pictures",
    "orders",
    "order_tokens",
    "order_events",
    "order_words",
    "outbox",
    "customers",
    "sign_ins",
    "customer_sessions",
    "consents",
    "customer_designs",
    "customer_needs",
    "erasures",
    "segments",
    "campaigns",
    "campaign_days",
    "insight_days",
    "past_designs",
    "experiments",
    "experiment_visitors",
    "experiment_orders",
    "administrators",
    "second_factors",
    "recovery_codes",
    "api_keys",
    "desk_views",
    "invites",
    "sessions",
    "login_failures",
    "audit",
    "listings",
    "artifacts",
    "listing_texts",
];
/// What each database has for itself.
const OWN: [&str; 2] = ["_sqlx_migrations", "counters"];
/// Rows that are written at a time.
const ROWS: usize = 100;

/// Why a database was not copied. Then the target holds nothing, as before.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// One of them can't be opened.
    #[error(transparent)]
    Open(#[from] StoreError),
    /// The source was left by another release.
    #[error(
        "{database} was left by another release; serve the shop from it once with this one, then copy it"
    )]
    OtherRelease {
        /// The source.
        database: String,
    },
    /// Something is in the target already.
    #[error("{target} is not empty: its table {table} has rows; name a database that holds nothing yet")]
    NotEmpty {
        /// The target.
        target: String,
        /// The first table that has rows.
        table: &'static str,
    },
    /// A table has to be copied that copying does not know.
    #[error("this release does not know how to copy {what}; nothing was copied")]
    Unknown {
        /// The table, or its column.
        what: String,
    },
    /// A database failed.
    #[error("can't {what} {database}: {reason}; nothing was copied")]
    Failed {
        /// What was to be done.
        what: &'static str,
        /// Which database.
        database: String,
        /// The database's reason.
        reason: sqlx::Error,
    },
    /// What was written is not what was read.
    #[error(
        "the table {table} came out differently: {read} were read, {written} written; nothing was copied"
    )]
    Differs {
        /// Which table.
        table: &'static str,
        /// What was read.
        read: Checksum,
        /// What is in the target.
        written: Checksum,
    },
}

/// What was copied: the tables with their rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied(Vec<(&'static str, Checksum)>);

impl fmt::Display for Copied {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (table, checksum) in &self.0 {
            writeln!(formatter, "{table}: {checksum}")?;
        }
        Ok(())
    }
}

/// Copies a shop into a database that holds none yet, of whatever kind both are. Shops may go on with the source; what they
/// write meanwhile is not copied.
///
/// # Errors
/// Then the target holds nothing, as before.
pub async fn copy(source: &Address, target: &Address) -> Result<Copied, CopyError> {
    let (from, to) = (source.to_string(), target.to_string());
    let names = Names { source: &from, target: &to };
    let no_source = failed("read", &from);
    match source {
        Address::File(path) => copy_from(File::read(path).await.map_err(no_source)?, target, names).await,
        Address::Server(options) => {
            copy_from(Server::read(options).await.map_err(no_source)?, target, names).await
        }
    }
}

/// What both are called.
#[derive(Clone, Copy)]
struct Names<'n> {
    source: &'n str,
    target: &'n str,
}

async fn copy_from(source: impl Side, target: &Address, names: Names<'_>) -> Result<Copied, CopyError> {
    let no_target = failed("write", names.target);
    match target {
        Address::File(path) => {
            SqliteStore::open(path).await?.close().await;
            copy_between(source, File::write(path).await.map_err(no_target)?, names).await
        }
        Address::Server(options) => {
            PostgresStore::open(options).await?.close().await;
            copy_between(source, Server::write(options).await.map_err(no_target)?, names).await
        }
    }
}

async fn copy_between<S: Side, T: Side>(
    mut source: S,
    mut target: T,
    names: Names<'_>,
) -> Result<Copied, CopyError> {
    check_tables(&mut source, names.source).await?;
    check_tables(&mut target, names.target).await?;
    let mut tables = Vec::new();
    for table in TABLES {
        let columns = columns(&mut target, table, names.target).await?;
        if columns != self::columns(&mut source, table, names.source).await? {
            return Err(CopyError::OtherRelease { database: names.source.to_owned() });
        }
        if sum(&mut target, table, &columns).await.map_err(failed("read", names.target))?
            != Checksum::default()
        {
            return Err(CopyError::NotEmpty { target: names.target.to_owned(), table });
        }
        tables.push((table, columns));
    }
    let mut copied = Vec::new();
    for (table, columns) in &tables {
        copied.push((*table, copy_table(&mut source, &mut target, table, columns, names).await?));
    }
    for ((table, columns), (_, read)) in tables.iter().zip(&copied) {
        let written = sum(&mut target, table, columns).await.map_err(failed("read", names.target))?;
        if written != *read {
            return Err(CopyError::Differs { table, read: read.clone(), written });
        }
    }
    target.commit().await.map_err(failed("write", names.target))?;
    Ok(Copied(copied))
}

/// That a database has the tables which are copied, and no others.
async fn check_tables(side: &mut impl Side, name: &str) -> Result<(), CopyError> {
    let tables = side.tables().await.map_err(failed("read", name))?;
    if TABLES.iter().any(|table| tables.iter().all(|there| there != *table)) {
        return Err(CopyError::OtherRelease { database: name.to_owned() });
    }
    match tables.into_iter().find(|table| !TABLES.contains(&&**table) && !OWN.contains(&&**table)) {
        Some(unknown) => Err(CopyError::Unknown { what: format!("the table {unknown}") }),
        None => Ok(()),
    }
}

/// A table's columns, in the order of their names.
async fn columns<S: Side>(side: &mut S, table: &str, database: &str) -> Result<Vec<Column>, CopyError> {
    let mut columns = Vec::new();
    for (name, kind) in side.columns(table).await.map_err(failed("read", database))? {
        let unknown = || CopyError::Unknown { what: format!("{kind} in the column {name} of {table}") };
        let holds = S::holds(&kind).ok_or_else(unknown)?;
        columns.push(Column { name, holds });
    }
    columns.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(columns)
}

/// Copies a table; the sum over what was read.
async fn copy_table(
    source: &mut impl Side,
    target: &mut impl Side,
    table: &str,
    columns: &[Column],
    names: Names<'_>,
) -> Result<Checksum, CopyError> {
    let (unread, unwritten) = (failed("read", names.source), failed("write", names.target));
    let mut sum = Checksum::default();
    let mut rows = source.rows(select(table, columns), columns);
    let mut waiting = Vec::new();
    while let Some(row) = rows.try_next().await.map_err(&unread)? {
        sum.add(&row);
        waiting.push(row);
        if waiting.len() == ROWS {
            let statement = insert(table, columns, waiting.len());
            target.insert(statement, columns, std::mem::take(&mut waiting)).await.map_err(&unwritten)?;
        }
    }
    if !waiting.is_empty() {
        let statement = insert(table, columns, waiting.len());
        target.insert(statement, columns, waiting).await.map_err(&unwritten)?;
    }
    Ok(sum)
}

/// The sum over a table.
async fn sum(side: &mut impl Side, table: &str, columns: &[Column]) -> sqlx::Result<Checksum> {
    let mut sum = Checksum::default();
    let mut rows = side.rows(select(table, columns), columns);
    while let Some(row) = rows.try_next().await? {
        sum.add(&row);
    }
    Ok(sum)
}

fn select(table: &str, columns: &[Column]) -> String {
    format!("SELECT {} FROM {table}", listed(columns))
}

/// A statement that writes so many rows.
fn insert(table: &str, columns: &[Column], rows: usize) -> String {
    let row = |row: usize| {
        let places = (1..=columns.len()).map(|column| format!("${}", row * columns.len() + column));
        format!("({})", places.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {table} ({}) VALUES {}", listed(columns), rows.join(", "))
}

fn listed(columns: &[Column]) -> String {
    columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
}

fn failed(what: &'static str, database: &str) -> impl Fn(sqlx::Error) -> CopyError {
    let database = database.to_owned();
    move |reason| CopyError::Failed { what, database: database.clone(), reason }
}
