//! API keys as they lie in the database.

use shop::access::{ApiKey, NewKey, Role};
use sqlx::FromRow;

use crate::rows::{MaybeDay, MaybeMoment, Moment};

pub(crate) const MAKE_KEY: &str = "\
    INSERT INTO api_keys (actor, name, token_hash, role, made_at, made_by, ends_at, ending)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(crate) const KEYS: &str =
    "SELECT actor, name, role, made_at, made_by, ends_at, used_on, ending FROM api_keys ORDER BY actor";
pub(crate) const COUNT_ACTOR: &str = "SELECT COUNT(*) FROM api_keys WHERE actor = $1";
pub(crate) const COUNT_KEYS: &str = "SELECT COUNT(*) FROM api_keys";
pub(crate) const KEY: &str = "\
    SELECT actor, name, role, made_at, made_by, ends_at, used_on, ending FROM api_keys
    WHERE token_hash = $1 AND (ends_at IS NULL OR ends_at > $2)";
pub(crate) const USE_KEY: &str =
    "UPDATE api_keys SET used_on = $2 WHERE actor = $1 AND (used_on IS NULL OR used_on < $2)";
pub(crate) const END_KEY: &str = "DELETE FROM api_keys WHERE actor = $1 RETURNING ending";

#[derive(FromRow)]
pub(crate) struct KeyRecord {
    actor: String,
    name: String,
    #[sqlx(try_from = "String")]
    role: Role,
    #[sqlx(try_from = "i64")]
    made_at: Moment,
    made_by: String,
    #[sqlx(try_from = "Option<i64>")]
    ends_at: MaybeMoment,
    #[sqlx(try_from = "Option<i64>")]
    used_on: MaybeDay,
    ending: String,
}

impl From<KeyRecord> for ApiKey {
    fn from(row: KeyRecord) -> Self {
        Self {
            actor: row.actor,
            name: row.name,
            role: row.role,
            made_at: row.made_at.0,
            made_by: row.made_by,
            ends_at: row.ends_at.0,
            used_on: row.used_on.0,
            ending: row.ending,
        }
    }
}

/// What the audit says of a new key: `production until 2027-01-20 ending 4f0c`.
pub(crate) fn detail(NewKey { key, until, .. }: &NewKey) -> String {
    let until = until.map(|until| format!("until {until}"));
    let ending = Some(ending_detail(&key.ending)).filter(|ending| !ending.is_empty());
    [Some(key.role.code().to_owned()), until, ending].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Which of the keys that had a name it is, as the audit says it: `ending 4f0c`.
pub(crate) fn ending_detail(ending: &str) -> String {
    if ending.is_empty() { String::new() } else { format!("ending {ending}") }
}
