//! How columns are read and written: times as milliseconds, structures as JSON; and what is made of errors.

use shop::StoreError;
use time::OffsetDateTime;

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

/// What PostgreSQL answers when it is full, stops, starts, is a standby still, or would have to wait too long, besides the classes 08
/// (connections) and 40 (transactions that are in each other's way).
const PASSING: [&str; 10] =
    ["25006", "53100", "53300", "55P03", "57P01", "57P02", "57P03", "57P05", "25P03", "57014"];

/// Busy, locked, can only be read, can't be read or written, full, can't be opened.
const PASSING_IN_SQLITE: [u32; 6] = [5, 6, 8, 10, 13, 14];

/// Whether the database did not answer, or asks to come again later.
pub(crate) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| match code.parse::<u32>() {
            // What SQLite answers has fewer digits; the last eight bits say what kind it is.
            Ok(number) if code.len() < 5 => PASSING_IN_SQLITE.contains(&(number & 0xff)),
            _ => PASSING.contains(&&*code) || code.starts_with("08") || code.starts_with("40"),
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_before_1970_come_back_too() {
        let at = OffsetDateTime::UNIX_EPOCH - time::Duration::milliseconds(1);
        assert_eq!(Moment::try_from(milliseconds(at)).unwrap().0, at);
    }
}
