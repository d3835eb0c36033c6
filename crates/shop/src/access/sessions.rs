//! How long a session lasts: so long after its last use, and never longer than a day's work. When it began is part of its
//! token, of which the store has the hash, so nobody can move its end.

use time::{Duration, OffsetDateTime};

use crate::environment::Environment;
use crate::secret::token;

/// How long a session lasts that is not used.
const IDLE: Duration = Duration::hours(2);
/// How long a session lasts at most.
const LONGEST: Duration = Duration::hours(12);
/// How much later an end must be to be written: not every request shall write.
const WORTH_WRITING: Duration = Duration::minutes(5);

/// The token of a session that begins now, and until when it lasts.
pub(super) fn begin(environment: &dyn Environment, now: OffsetDateTime) -> (String, OffsetDateTime) {
    let session = format!("{}.{}", token::<32>(environment), now.unix_timestamp());
    (session, now.saturating_add(IDLE))
}

/// Until when a session lasts that is used now and was last used then, where that is worth writing.
pub(super) fn renewed(
    session: &str,
    (ends, used): (OffsetDateTime, Option<OffsetDateTime>),
    now: OffsetDateTime,
) -> Option<OffsetDateTime> {
    let begun = session.split_once('.')?.1.parse().ok()?;
    let begun = OffsetDateTime::from_unix_timestamp(begun).ok()?;
    let renewed = now.saturating_add(IDLE).min(begun.saturating_add(LONGEST));
    let is_used_anew = used.is_none_or(|used| now - used >= WORTH_WRITING);
    (renewed - ends >= WORTH_WRITING || is_used_anew).then_some(renewed)
}
