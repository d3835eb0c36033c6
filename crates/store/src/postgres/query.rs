//! What every slice asks with: statements that no connection keeps, turns, the audit.

use shop::access::Note;
use sqlx::postgres::PgArguments;
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{PgConnection, Postgres};

use crate::rows::milliseconds;
use crate::statements::access::{EDITING, LAST_HASH, NOTE, NOTED_SINCE};

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
    /// Noting in the audit; the last of the turns that a transaction waits for.
    Audit,
}

impl Turn {
    /// Waits for the turn; how many were counted in it so far.
    pub(super) async fn wait(self, connection: &mut PgConnection) -> sqlx::Result<i64> {
        let name = match self {
            Self::Orders => "orders",
            Self::Products => "products",
            Self::LogIns => "log-ins",
            Self::Audit => "audit",
        };
        query_scalar(WAIT_FOR_TURN).bind(name).fetch_one(connection).await
    }
}

/// Notes something in the audit, in the transaction in which it is done.
pub(super) async fn note(connection: &mut PgConnection, note: Note<'_>) -> sqlx::Result<()> {
    Turn::Audit.wait(connection).await?;
    let before: Option<String> = query_scalar(LAST_HASH).fetch_optional(&mut *connection).await?;
    let hash = note.hash(before.as_deref().unwrap_or_default());
    let query = query(NOTE).bind(milliseconds(note.at)).bind(note.by).bind(note.action);
    query.bind(note.subject).bind(note.detail).bind(hash).execute(connection).await?;
    Ok(())
}

/// Does a statement for somebody in the admin; where it changed anything, that is noted in the audit. Returns how many rows it
/// changed.
pub(super) async fn change_noted(
    connection: &mut PgConnection,
    statement: Query<'_, Postgres, PgArguments>,
    done: Note<'_>,
) -> sqlx::Result<u64> {
    let changed = statement.execute(&mut *connection).await?.rows_affected();
    if changed > 0 {
        note(connection, done).await?;
    }
    Ok(changed)
}

/// Notes that somebody edits a draft, where that was not noted a while ago.
pub(super) async fn note_editing(connection: &mut PgConnection, done: Note<'_>) -> sqlx::Result<()> {
    let lately = query_scalar(NOTED_SINCE).bind(done.subject).bind(done.action).bind(done.by);
    let lately: i64 = lately.bind(milliseconds(done.at - EDITING)).fetch_one(&mut *connection).await?;
    if lately == 0 { note(connection, done).await } else { Ok(()) }
}
