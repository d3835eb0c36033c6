//! What every slice asks with: statements that no connection keeps, turns, the audit.

use sqlx::postgres::PgArguments;
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{PgConnection, Postgres};

use crate::rows::milliseconds;
use crate::statements::access::{NOTE, Note};

/// A statement that no connection keeps.
pub(super) fn query(statement: &'static str) -> Query<'static, Postgres, PgArguments> {
    sqlx::query(statement).persistent(false)
}

/// The same, whose rows are read as records.
pub(super) fn query_as<T>(statement: &'static str) -> QueryAs<'static, Postgres, T, PgArguments>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_as(statement).persistent(false)
}

/// The same, whose rows are one value.
pub(super) fn query_scalar<T>(statement: &'static str) -> QueryScalar<'static, Postgres, T, PgArguments>
where
    (T,): for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_scalar(statement).persistent(false)
}

const WAIT_FOR_TURN: &str = "SELECT last FROM counters WHERE name = $1 FOR UPDATE";

/// What only one transaction does at a time, in all shops: each waits here for its turn, which ends with it.
pub(super) enum Turn {
    /// Placing orders.
    Orders,
    /// Adding products.
    Products,
    /// Counting attempts to log in.
    LogIns,
}

impl Turn {
    /// Waits for the turn; how many were counted in it so far.
    pub(super) async fn wait(self, connection: &mut PgConnection) -> sqlx::Result<i64> {
        let name = match self {
            Self::Orders => "orders",
            Self::Products => "products",
            Self::LogIns => "log-ins",
        };
        query_scalar(WAIT_FOR_TURN).bind(name).fetch_one(connection).await
    }
}

/// Notes something in the audit, in the transaction in which it is done.
pub(super) async fn note(connection: &mut PgConnection, note: Note<'_>) -> sqlx::Result<()> {
    let query = query(NOTE).bind(milliseconds(note.at)).bind(note.by).bind(note.action);
    query.bind(note.subject).bind(note.detail).execute(connection).await?;
    Ok(())
}
