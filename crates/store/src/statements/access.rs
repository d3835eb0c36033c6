//! Administrators, their invitations, sessions and failed attempts to log in; the audit.

use shop::access::{AuditEntry, OnPerson, Person, Role, SessionRow};
use sqlx::FromRow;
use time::OffsetDateTime;

use crate::rows::{MaybeMoment, Moment};

pub(crate) const ADD_ADMINISTRATOR: &str =
    "INSERT INTO administrators (email, role) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING";
pub(crate) const ADD_INVITE: &str = "INSERT INTO invites (token_hash, email, expires_at) VALUES ($1, $2, $3)";
pub(crate) const INVITED: &str = "SELECT email FROM invites WHERE token_hash = $1 AND expires_at > $2";
pub(crate) const SET_PASSWORD: &str = "UPDATE administrators SET password_hash = $2 WHERE email = $1";
pub(crate) const END_INVITES: &str = "DELETE FROM invites WHERE email = $1";
pub(crate) const END_SESSIONS: &str = "DELETE FROM sessions WHERE email = $1";
pub(crate) const PASSWORD_HASH: &str = "\
    SELECT password_hash FROM administrators WHERE email = $1 AND password_hash IS NOT NULL";
pub(crate) const FORGET_OLD_FAILURES: &str = "DELETE FROM login_failures WHERE failed_at <= $1";
pub(crate) const COUNT_FAILURES: &str = "SELECT COUNT(*) FROM login_failures WHERE email = $1";
pub(crate) const ADD_FAILURE: &str = "INSERT INTO login_failures (email, failed_at) VALUES ($1, $2)";
pub(crate) const FORGET_FAILURES: &str = "DELETE FROM login_failures WHERE email = $1";
pub(crate) const FORGET_OLD_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1";
pub(crate) const START_SESSION: &str =
    "INSERT INTO sessions (token_hash, email, expires_at) VALUES ($1, $2, $3)";
pub(crate) const SESSION: &str =
    "SELECT token_hash, email, expires_at FROM sessions WHERE token_hash = $1 AND expires_at > $2";
pub(crate) const EXTEND_SESSION: &str = "UPDATE sessions SET expires_at = $2 WHERE token_hash = $1";
pub(crate) const END_SESSION: &str = "DELETE FROM sessions WHERE token_hash = $1";
/// What is counted and told is of the same type in both databases.
pub(crate) const PEOPLE: &str = "\
    SELECT email, role, CAST(CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password,
        (SELECT COUNT(*) FROM sessions WHERE sessions.email = administrators.email AND expires_at > $1) AS sessions,
        (SELECT MAX(expires_at) FROM invites WHERE invites.email = administrators.email AND expires_at > $1) AS invited_until
    FROM administrators ORDER BY email";
pub(crate) const IS_ADMINISTRATOR: &str = "SELECT email FROM administrators WHERE email = $1";
pub(crate) const REMOVE_PERSON: &str = "\
    DELETE FROM administrators WHERE email = $1 AND EXISTS
        (SELECT 1 FROM administrators WHERE email = $2 AND email <> $1 AND role = 'administrator' AND password_hash IS NOT NULL)";
pub(crate) const ROLE: &str = "SELECT role FROM administrators WHERE email = $1";
/// Who gives a role to others stays an administrator; who gives up their own leaves another one.
pub(crate) const SET_ROLE: &str = "\
    UPDATE administrators SET role = $2 WHERE email = $1
        AND EXISTS (SELECT 1 FROM administrators
            WHERE email = $3 AND role = 'administrator' AND password_hash IS NOT NULL)
        AND ($2 = 'administrator' OR EXISTS (SELECT 1 FROM administrators
            WHERE email <> $1 AND role = 'administrator' AND password_hash IS NOT NULL))";
pub(crate) const AUDIT: &str =
    "SELECT done_at, done_by, action, subject, detail FROM audit ORDER BY id DESC LIMIT $1";

#[derive(FromRow)]
pub(crate) struct SessionRecord {
    token_hash: String,
    email: String,
    #[sqlx(try_from = "i64")]
    expires_at: Moment,
}

#[derive(FromRow)]
pub(crate) struct RoleRecord {
    #[sqlx(try_from = "String")]
    pub(crate) role: Role,
}

#[derive(FromRow)]
pub(crate) struct PersonRecord {
    email: String,
    #[sqlx(try_from = "String")]
    role: Role,
    has_password: i64,
    #[sqlx(try_from = "i64")]
    sessions: u32,
    #[sqlx(try_from = "Option<i64>")]
    invited_until: MaybeMoment,
}

impl From<PersonRecord> for Person {
    fn from(row: PersonRecord) -> Self {
        Self {
            email: row.email,
            role: row.role,
            has_password: row.has_password != 0,
            sessions: row.sessions,
            invited_until: row.invited_until.0,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct AuditRecord {
    #[sqlx(try_from = "i64")]
    done_at: Moment,
    done_by: String,
    action: String,
    subject: String,
    detail: String,
}

impl From<SessionRecord> for SessionRow {
    fn from(row: SessionRecord) -> Self {
        Self { token_hash: row.token_hash, email: row.email, expires_at: row.expires_at.0 }
    }
}

impl From<AuditRecord> for AuditEntry {
    fn from(row: AuditRecord) -> Self {
        Self {
            at: row.done_at.0,
            by: row.done_by,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
        }
    }
}

/// What an invitation is in the audit: whoever has a password gets the way to another one.
pub(crate) fn invitation_of(password_hash: Option<&str>) -> &'static str {
    if password_hash.is_some() { "password link" } else { "invite" }
}

pub(crate) const NOTE: &str =
    "INSERT INTO audit (done_at, done_by, action, subject, detail) VALUES ($1, $2, $3, $4, $5)";

/// Something done, for the audit.
pub(crate) struct Note<'n> {
    pub at: OffsetDateTime,
    pub by: &'n str,
    pub action: &'n str,
    pub subject: &'n str,
    pub detail: &'n str,
}

impl<'n> Note<'n> {
    /// Something done to somebody.
    pub(crate) fn on(of: &'n OnPerson, action: &'n str) -> Self {
        Self { at: of.at, by: &of.by, action, subject: &of.email, detail: "" }
    }

    /// A role given to somebody.
    pub(crate) fn role(of: &'n OnPerson, role: Role) -> Self {
        Self { detail: role.code(), ..Self::on(of, "role") }
    }
}
