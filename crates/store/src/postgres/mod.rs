//! The store on PostgreSQL, which several shops may share: nothing is kept on a connection beyond its transaction, and who
//! writes waits for the row that decides. Orders that come at the same time share a transaction.

mod access;
mod catalogue;
mod drafts;
mod group;
mod learning;
mod migrate;
mod orders;
mod prepared;
mod transaction;

use std::str::FromStr;

use shop::StoreError;
use sqlx::postgres::{PgArguments, PgConnectOptions};
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{PgConnection, Postgres};

use crate::group::Queue;
use crate::rows::milliseconds;
use crate::statements::access::{NOTE, Note};
use transaction::Database;

/// A store in a PostgreSQL database.
#[derive(Debug)]
pub struct PostgresStore {
    database: Database,
    /// Orders wait here to be written in groups.
    orders: Queue,
}

impl PostgresStore {
    /// Opens a database by its address, such as `postgres://atelier:secret@host/atelier`, and brings its tables up to date.
    /// Several shops may do so at the same time.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the database's address, without its password, and the reason.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let unreadable = |error: sqlx::Error| StoreError::Open {
            database: "of this address".to_owned(),
            reason: error.to_string(),
            advice: "Write it as postgres://user:password@host:5432/database.",
        };
        let options = PgConnectOptions::from_str(address).map_err(unreadable)?;
        let name = name(&options);
        // A pooler can't keep either.
        let options = options.extra_float_digits(None).statement_cache_capacity(0);
        let options = options.application_name("atelier");
        let database = Database::new(options);
        migrate::run(&database).await.map_err(|(reason, advice)| StoreError::Open {
            database: name,
            reason,
            advice,
        })?;
        Ok(Self { orders: Queue::start(group::Writer(database.clone())), database })
    }

    /// Closes its connections once everything under way is done.
    pub async fn close(&self) {
        self.orders.finish().await;
        self.database.close().await;
    }
}

/// A database's address without user and password.
fn name(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or(options.get_username());
    match options.get_socket() {
        Some(socket) => format!("postgres:///{database}?host={}", socket.display()),
        None => format!("postgres://{}:{}/{database}", options.get_host(), options.get_port()),
    }
}

/// A statement that no connection keeps.
fn query(statement: &'static str) -> Query<'static, Postgres, PgArguments> {
    sqlx::query(statement).persistent(false)
}

/// The same, whose rows are read as records.
fn query_as<T>(statement: &'static str) -> QueryAs<'static, Postgres, T, PgArguments>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_as(statement).persistent(false)
}

/// The same, whose rows are one value.
fn query_scalar<T>(statement: &'static str) -> QueryScalar<'static, Postgres, T, PgArguments>
where
    (T,): for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_scalar(statement).persistent(false)
}

const WAIT_FOR_TURN: &str = "SELECT last FROM counters WHERE name = $1 FOR UPDATE";

/// What only one transaction does at a time, in all shops: each waits here for its turn, which ends with it.
enum Turn {
    /// Placing orders.
    Orders,
    /// Adding products.
    Products,
    /// Counting attempts to log in.
    LogIns,
}

impl Turn {
    async fn wait(self, connection: &mut PgConnection) -> sqlx::Result<()> {
        let name = match self {
            Self::Orders => "orders",
            Self::Products => "products",
            Self::LogIns => "log-ins",
        };
        query_scalar::<i64>(WAIT_FOR_TURN).bind(name).fetch_one(connection).await?;
        Ok(())
    }
}

/// Notes something in the audit, in the transaction in which it is done.
async fn note(connection: &mut PgConnection, note: Note<'_>) -> sqlx::Result<()> {
    let query = query(NOTE).bind(milliseconds(note.at)).bind(note.by).bind(note.action);
    query.bind(note.subject).bind(note.detail).execute(connection).await?;
    Ok(())
}
