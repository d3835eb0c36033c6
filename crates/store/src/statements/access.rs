//! Administrators, their invitations, sessions and failed attempts to log in; the audit.

use shop::access::{
    AcceptedInvite, AuditEntry, AuditKind, AuditQuery, Person, Role, SessionRow, SessionSeen,
};
use sqlx::FromRow;
use time::Duration;

use crate::rows::{MaybeMoment, Moment, milliseconds};

/// Who has not come yet gets the role of the last invitation.
pub(crate) const ADD_ADMINISTRATOR: &str = "\
    INSERT INTO administrators (email, role) VALUES ($1, $2)
    ON CONFLICT (email) DO UPDATE SET role = excluded.role WHERE administrators.password_hash IS NULL";
pub(crate) const ADD_INVITE: &str = "INSERT INTO invites (token_hash, email, expires_at) VALUES ($1, $2, $3)";
pub(crate) const INVITED: &str = "SELECT email FROM invites WHERE token_hash = $1 AND expires_at > $2";
pub(crate) const SET_PASSWORD: &str = "UPDATE administrators SET password_hash = $2 WHERE email = $1";
/// Of two who change it from the same one, one does.
pub(crate) const CHANGE_PASSWORD: &str = "\
    UPDATE administrators SET password_hash = $3 WHERE email = $1 AND password_hash = $2";
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
    "INSERT INTO sessions (token_hash, email, expires_at, begun_at, used_at, browser, waits)
    VALUES ($1, $2, $3, $4, $4, $5, (SELECT COUNT(*) FROM second_factors WHERE second_factors.email = $2 AND since IS NOT NULL))
    RETURNING waits";
pub(crate) const SESSION: &str = "\
    SELECT token_hash, email, expires_at, used_at, browser FROM sessions WHERE token_hash = $1 AND expires_at > $2 AND waits = 0";
pub(crate) const EXTEND_SESSION: &str =
    "UPDATE sessions SET expires_at = $2, used_at = $3 WHERE token_hash = $1";
/// What a session is named by to whom it belongs is the beginning of its hash, of as many characters as `SESSION_KEY` says.
pub(crate) const SESSIONS_OF: &str = "\
    SELECT SUBSTR(token_hash, 1, 16) AS key, begun_at, used_at, browser FROM sessions
    WHERE email = $1 AND expires_at > $2 AND waits = 0 ORDER BY COALESCE(used_at, 0) DESC, token_hash";
pub(crate) const END_SESSION_OF: &str =
    "DELETE FROM sessions WHERE email = $1 AND SUBSTR(token_hash, 1, 16) = $2";
pub(crate) const END_OTHER_SESSIONS: &str = "DELETE FROM sessions WHERE email = $1 AND token_hash <> $2";
/// Whose it was, where it was one that somebody was in.
pub(crate) const END_SESSION: &str = "\
    DELETE FROM sessions WHERE token_hash = $1
    RETURNING CASE WHEN waits = 0 AND expires_at > $2 THEN email END";
/// What is counted and told is of the same type in both databases.
pub(crate) const PEOPLE: &str = "\
    SELECT email, role, CAST(CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password,
        (SELECT COUNT(*) FROM sessions WHERE sessions.email = administrators.email AND expires_at > $1 AND waits = 0) AS sessions,
        (SELECT COUNT(*) FROM second_factors WHERE second_factors.email = administrators.email AND since IS NOT NULL) AS second_factors,
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
/// An empty text asks for everything; actions are a list with commas around each, which is to have them, or, where `$5` is 1, not.
pub(crate) const AUDIT: &str = "\
    SELECT id, done_at, done_by, action, subject, detail, hash FROM audit
    WHERE id < $1 AND ($2 = '' OR done_by = $2) AND ($3 = '' OR subject = $3)
        AND ($4 = '' OR CASE WHEN $4 LIKE '%,' || action || ',%' THEN 0 ELSE 1 END = $5)
        AND done_at >= $6 AND done_at < $7
    ORDER BY id DESC LIMIT $8";
pub(crate) const AUDIT_AFTER: &str = "\
    SELECT id, done_at, done_by, action, subject, detail, hash FROM audit WHERE id > $1 ORDER BY id LIMIT $2";

#[derive(FromRow)]
pub(crate) struct SessionRecord {
    token_hash: String,
    email: String,
    #[sqlx(try_from = "i64")]
    expires_at: Moment,
    #[sqlx(try_from = "Option<i64>")]
    used_at: MaybeMoment,
    browser: String,
}

#[derive(FromRow)]
pub(crate) struct SessionSeenRecord {
    key: String,
    #[sqlx(try_from = "Option<i64>")]
    begun_at: MaybeMoment,
    #[sqlx(try_from = "Option<i64>")]
    used_at: MaybeMoment,
    browser: String,
}

impl From<SessionSeenRecord> for SessionSeen {
    fn from(row: SessionSeenRecord) -> Self {
        Self { key: row.key, begun_at: row.begun_at.0, used_at: row.used_at.0, browser: row.browser }
    }
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
    second_factors: i64,
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
            has_second_factor: row.second_factors != 0,
            invited_until: row.invited_until.0,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct AuditRecord {
    id: i64,
    #[sqlx(try_from = "i64")]
    done_at: Moment,
    done_by: String,
    action: String,
    subject: String,
    detail: String,
    hash: Option<String>,
}

impl From<SessionRecord> for SessionRow {
    fn from(row: SessionRecord) -> Self {
        Self {
            token_hash: row.token_hash,
            email: row.email,
            expires_at: row.expires_at.0,
            used_at: row.used_at.0,
            browser: row.browser,
        }
    }
}

impl From<AuditRecord> for AuditEntry {
    fn from(row: AuditRecord) -> Self {
        Self {
            id: row.id,
            at: row.done_at.0,
            by: row.done_by,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
            hash: row.hash,
        }
    }
}

/// The session that begins as an invitation is accepted.
pub(crate) fn begun(accepted: &AcceptedInvite, email: &str) -> SessionRow {
    SessionRow {
        token_hash: accepted.session_hash.clone(),
        email: email.to_owned(),
        expires_at: accepted.session_expires_at,
        used_at: Some(accepted.at),
        browser: accepted.browser.clone(),
    }
}

/// What an invitation is in the audit: whoever has a password gets the way to another one.
pub(crate) fn invitation_of(password_hash: Option<&str>) -> &'static str {
    if password_hash.is_some() { "password link" } else { "invite" }
}

/// The hash of the entry that was noted last.
pub(crate) const LAST_HASH: &str = "SELECT hash FROM audit WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1";
pub(crate) const NOTE: &str =
    "INSERT INTO audit (done_at, done_by, action, subject, detail, hash) VALUES ($1, $2, $3, $4, $5, $6)";
/// Whether the last that was done to a subject is this, by this person, since then.
pub(crate) const NOTED_SINCE: &str = "\
    SELECT COUNT(*) FROM (SELECT action, done_by, done_at FROM audit WHERE subject = $1 ORDER BY id DESC LIMIT 1) AS last
    WHERE action = $2 AND done_by = $3 AND done_at > $4";
/// How long a draft is edited by one person without being noted again: forms save themselves field by field.
pub(crate) const EDITING: Duration = Duration::minutes(30);

/// What [`AUDIT`] asks with, in its order.
pub(crate) struct AskedOfAudit {
    pub(crate) before: i64,
    pub(crate) by: String,
    pub(crate) subject: String,
    pub(crate) actions: String,
    pub(crate) has_not: i64,
    pub(crate) since: i64,
    pub(crate) until: i64,
    pub(crate) limit: i64,
}

impl From<&AuditQuery> for AskedOfAudit {
    fn from(asked: &AuditQuery) -> Self {
        let list = |kinds: &[AuditKind]| {
            let actions = kinds.iter().flat_map(|kind| kind.actions()).copied().collect::<Vec<_>>();
            format!(",{},", actions.join(","))
        };
        let (actions, has_not) = match asked.kind {
            None => (String::new(), 0),
            // What no other kind has.
            Some(AuditKind::Products) => (list(&AuditKind::ALL), 1),
            Some(kind) => (list(&[kind]), 0),
        };
        Self {
            before: asked.before.unwrap_or(i64::MAX),
            by: asked.by.clone().unwrap_or_default(),
            subject: asked.subject.clone().unwrap_or_default(),
            actions,
            has_not,
            since: asked.since.map_or(i64::MIN, milliseconds),
            until: asked.until.map_or(i64::MAX, milliseconds),
            limit: asked.limit.into(),
        }
    }
}
