//! Second factors at log-in, their recovery codes, and the sessions that wait for them.

use shop::access::SecondFactorRow;
use sqlx::FromRow;

use crate::rows::MaybeMoment;

pub(crate) const SECOND_FACTOR: &str = "\
    SELECT secret, since, (SELECT COUNT(*) FROM recovery_codes WHERE recovery_codes.email = $1) AS recovery_codes
    FROM second_factors WHERE email = $1";
pub(crate) const PROPOSE: &str = "\
    INSERT INTO second_factors (email, secret, last_step) VALUES ($1, $2, 0) ON CONFLICT (email) DO NOTHING";
pub(crate) const TURN_ON: &str =
    "UPDATE second_factors SET since = $2, last_step = $3 WHERE email = $1 AND since IS NULL";
pub(crate) const ADD_RECOVERY_CODE: &str = "INSERT INTO recovery_codes (code_hash, email) VALUES ($1, $2)";
pub(crate) const TURN_OFF: &str = "DELETE FROM second_factors WHERE email = $1 RETURNING since";
pub(crate) const GIVE_UP: &str = "DELETE FROM second_factors WHERE email = $1 AND since IS NULL";
pub(crate) const WAITING_SESSION: &str = "\
    SELECT token_hash, email, expires_at, used_at, browser FROM sessions WHERE token_hash = $1 AND expires_at > $2 AND waits = 1";
/// No code of a step is taken twice, nor one from before.
pub(crate) const USE_STEP: &str =
    "UPDATE second_factors SET last_step = $2 WHERE email = $1 AND last_step < $2 AND since IS NOT NULL";
pub(crate) const USE_RECOVERY_CODE: &str = "DELETE FROM recovery_codes WHERE email = $1 AND code_hash = $2";
/// Who was let in by a password alone proves the rest.
pub(crate) const LET_WAIT: &str = "UPDATE sessions SET waits = 1 WHERE email = $1 AND token_hash <> $2";
pub(crate) const LET_IN: &str = "UPDATE sessions SET waits = 0 WHERE token_hash = $1 AND waits = 1";

#[derive(FromRow)]
pub(crate) struct SecondFactorRecord {
    secret: String,
    #[sqlx(try_from = "Option<i64>")]
    since: MaybeMoment,
    #[sqlx(try_from = "i64")]
    recovery_codes: u32,
}

impl From<SecondFactorRecord> for SecondFactorRow {
    fn from(row: SecondFactorRecord) -> Self {
        Self { secret: row.secret, since: row.since.0, recovery_codes: row.recovery_codes }
    }
}
