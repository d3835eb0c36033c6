//! How columns are read and written: times as milliseconds, structures as JSON; and what is made of errors.

use shop::StoreError;
use time::OffsetDateTime;

/// A time as it is kept: milliseconds since 1970-01-01 UTC.
pub(super) struct Moment(pub(super) OffsetDateTime);

impl TryFrom<i64> for Moment {
    type Error = time::error::ComponentRange;

    fn try_from(milliseconds: i64) -> Result<Self, Self::Error> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).map(Self)
    }
}

pub(super) fn milliseconds(at: OffsetDateTime) -> i64 {
    at.unix_timestamp() * 1_000 + i64::from(at.millisecond())
}

/// A structure as JSON.
pub(super) fn json<T: serde::Serialize>(value: &T, what: &str) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Unreadable { what: what.to_owned(), reason: error.to_string() })
}

/// Makes the store's error of a database's, which failed to do this.
pub(super) fn failed_to(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError + Copy {
    move |error| match error {
        sqlx::Error::ColumnDecode { index, source } => {
            StoreError::Unreadable { what: index.trim_matches('"').to_owned(), reason: source.to_string() }
        }
        error => StoreError::Failed { what, source: error.into() },
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
