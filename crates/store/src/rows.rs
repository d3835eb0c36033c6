//! How columns are read and written: times as milliseconds, structures as JSON; and what is made of errors.

use shop::StoreError;
use sqlx::sqlite::SqliteError;
use time::{Date, OffsetDateTime};

/// A time as it is kept: milliseconds since 1970-01-01 UTC.
pub(crate) struct Moment(pub(crate) OffsetDateTime);

impl TryFrom<i64> for Moment {
    type Error = time::error::ComponentRange;

    fn try_from(milliseconds: i64) -> Result<Self, Self::Error> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).map(Self)
    }
}

/// A time that may be missing.
pub(crate) struct MaybeMoment(pub(crate) Option<OffsetDateTime>);

impl TryFrom<Option<i64>> for MaybeMoment {
    type Error = time::error::ComponentRange;

    fn try_from(milliseconds: Option<i64>) -> Result<Self, Self::Error> {
        milliseconds.map(|at| Moment::try_from(at).map(|moment| moment.0)).transpose().map(Self)
    }
}

/// A day as it is kept, a Julian day; it may be missing.
pub(crate) struct MaybeDay(pub(crate) Option<Date>);

impl TryFrom<Option<i64>> for MaybeDay {
    type Error = OutOfRange;

    fn try_from(day: Option<i64>) -> Result<Self, Self::Error> {
        let date = |day| {
            i32::try_from(day).ok().and_then(|day| Date::from_julian_day(day).ok()).ok_or(OutOfRange(day))
        };
        day.map(date).transpose().map(Self)
    }
}

/// A count that may be missing.
pub(crate) struct MaybeCount(pub(crate) Option<u32>);

impl TryFrom<Option<i64>> for MaybeCount {
    type Error = OutOfRange;

    fn try_from(count: Option<i64>) -> Result<Self, Self::Error> {
        count.map(|count| u32::try_from(count).map_err(|_| OutOfRange(count))).transpose().map(Self)
    }
}

/// A number that stands for nothing.
#[derive(Debug, thiserror::Error)]
#[error("{0} is out of range")]
pub(crate) struct OutOfRange(pub(crate) i64);

/// A day as it is kept.
pub(crate) fn julian_day(day: Option<Date>) -> Option<i64> {
    day.map(|day| i64::from(day.to_julian_day()))
}

pub(crate) fn milliseconds(at: OffsetDateTime) -> i64 {
    at.unix_timestamp() * 1_000 + i64::from(at.millisecond())
}

/// A structure that is kept as JSON in a text.
pub(crate) struct Parsed<T>(pub(crate) T);

impl<T: serde::de::DeserializeOwned> TryFrom<String> for Parsed<T> {
    type Error = serde_json::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        serde_json::from_str(&text).map(Self)
    }
}

/// A structure as JSON.
pub(crate) fn json<T: serde::Serialize>(value: &T, what: &str) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Unreadable { what: what.to_owned(), reason: error.to_string() })
}

/// Makes the store's error of a database's, which failed to do this.
pub(crate) fn failed_to(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError + Copy {
    move |error| match error {
        sqlx::Error::ColumnDecode { index, source } => {
            StoreError::Unreadable { what: index.trim_matches('"').to_owned(), reason: source.to_string() }
        }
        error if is_passing(&error) => StoreError::Unavailable { what, source: error.into() },
        error => StoreError::Failed { what, source: error.into() },
    }
}

/// What PostgreSQL answers when it is full, stops, starts, is a standby still, lets nobody into a database, or would have to wait too
/// long, besides the classes 08 (connections) and 40 (transactions that are in each other's way).
const PASSING: [&str; 11] =
    ["25006", "53100", "53300", "55000", "55P03", "57P01", "57P02", "57P03", "57P05", "25P03", "57014"];

/// What SQLite answers when another process writes, when the file can't be written or opened at this moment, and when the disk
/// fails or is full. Nothing is damaged then, and all goes on once that is over.
const PASSING_IN_SQLITE: [u32; 6] = [
    5,  // SQLITE_BUSY
    6,  // SQLITE_LOCKED
    8,  // SQLITE_READONLY
    10, // SQLITE_IOERR
    13, // SQLITE_FULL
    14, // SQLITE_CANTOPEN
];

/// Whether the database did not answer, or may do at another time what it did not do now.
pub(crate) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            let is_sqlite = error.try_downcast_ref::<SqliteError>().is_some();
            if is_sqlite { is_passing_in_sqlite(&code) } else { is_passing_in_postgres(&code) }
        }),
        _ => false,
    }
}

fn is_passing_in_postgres(code: &str) -> bool {
    PASSING.contains(&code) || code.starts_with("08") || code.starts_with("40")
}

/// The lowest byte of a code says what happened, the others how.
fn is_passing_in_sqlite(code: &str) -> bool {
    code.parse::<u32>().is_ok_and(|code| PASSING_IN_SQLITE.contains(&(code & 0xff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_before_1970_come_back_too() {
        let at = OffsetDateTime::UNIX_EPOCH - time::Duration::milliseconds(1);
        assert_eq!(Moment::try_from(milliseconds(at)).unwrap().0, at);
    }

    /// Whoever orders then is told to come again.
    #[tokio::test]
    async fn a_full_disk_passes_and_a_broken_rule_of_a_table_does_not() {
        let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await;
        let pool = pool.unwrap();
        for statement in ["CREATE TABLE t (a BLOB NOT NULL)", "PRAGMA max_page_count = 10"] {
            sqlx::query(statement).execute(&pool).await.unwrap();
        }
        for (statement, passes) in [
            ("INSERT INTO t VALUES (ZEROBLOB(1000000))", true),
            ("INSERT INTO t VALUES (NULL)", false),
            ("INSERT INTO nowhere VALUES (1)", false),
        ] {
            let error = sqlx::query(statement).execute(&pool).await.unwrap_err();
            assert_eq!(is_passing(&error), passes, "{error}");
        }
    }

    #[test]
    fn how_sqlite_failed_does_not_change_that_it_passes() {
        // Busy, and busy with a snapshot; fsync failed; read-only since its folder is; a table's rule, and a unique column's.
        for (code, passes) in
            [("5", true), ("517", true), ("1034", true), ("1544", true), ("19", false), ("2067", false)]
        {
            assert_eq!(is_passing_in_sqlite(code), passes, "{code}");
        }
    }
}
