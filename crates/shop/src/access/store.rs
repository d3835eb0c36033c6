//! What the use cases about administrators ask of the store, and the audit of what they did.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::audit::{AuditEntry, AuditQuery, Note};
use super::roles::Role;
use crate::store_error::StoreError;

/// An invitation to be an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvite {
    /// Who is invited, in lower case.
    pub email: String,
    /// What they may do, where they are new.
    pub role: Role,
    /// SHA-256 of the token, in hexadecimal digits.
    pub token_hash: String,
    /// Who invites them: an administrator's e-mail address, or the command.
    pub by: String,
    /// When it is made.
    pub at: OffsetDateTime,
    /// Until when it can be accepted.
    pub expires_at: OffsetDateTime,
    /// The token, where its link is mailed to them. Kept until the mail is sent.
    pub mailed: Option<String>,
}

/// Somebody who may look after the shop, or was invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they set a password.
    pub has_password: bool,
    /// How many sessions of theirs last.
    pub sessions: u32,
    /// Whether they are asked for a second factor.
    pub has_second_factor: bool,
    /// Until when an invitation of theirs can be accepted.
    pub invited_until: Option<OffsetDateTime>,
}

/// Who does something to whom when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnPerson {
    /// To whom: their e-mail address.
    pub email: String,
    /// Who does it.
    pub by: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What accepting an invitation writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedInvite {
    /// SHA-256 of the invitation's token, in hexadecimal digits.
    pub token_hash: String,
    /// The new password's hash.
    pub password_hash: String,
    /// SHA-256 of the new session's token.
    pub session_hash: String,
    /// Until when the session lasts.
    pub session_expires_at: OffsetDateTime,
    /// What kind of browser it is in, see [`SessionRow::browser`].
    pub browser: String,
    /// When it is accepted.
    pub at: OffsetDateTime,
}

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of its token, in hexadecimal digits.
    pub token_hash: String,
    /// Whose it is.
    pub email: String,
    /// Until when it lasts.
    pub expires_at: OffsetDateTime,
    /// When it was last used, to five minutes; the store sets it as it starts.
    pub used_at: Option<OffsetDateTime>,
    /// What kind of browser it is in, such as `Firefox on Linux`; empty where that is not known.
    pub browser: String,
}

/// A session that somebody is in, as they and nobody else are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSeen {
    /// The beginning of its token's hash, by which it is ended.
    pub key: String,
    /// When it began; none where it is older than that is kept.
    pub begun_at: Option<OffsetDateTime>,
    /// When it was last used, to five minutes; none as above.
    pub used_at: Option<OffsetDateTime>,
    /// What kind of browser it is in; empty where that is not known.
    pub browser: String,
}

/// How many characters of a token's hash name a session to whom it belongs.
pub const SESSION_KEY: usize = 16;

/// Administrators, their invitations, sessions and failed attempts to log in.
#[async_trait]
pub trait AccessStore: Send + Sync {
    /// Adds the administrator, without a password, where there is none yet, and the invitation, which ends theirs from before.
    async fn invite(&self, invite: &NewInvite) -> Result<(), StoreError>;
    /// Whose the invitation is that lasts beyond `now`.
    async fn invited(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<String>, StoreError>;
    /// Sets the password, ends all sessions, invitations and failures of the administrator and starts a session.
    /// Returns their e-mail address; `None`, and nothing written, when no invitation lasts beyond `accepted.at`.
    async fn accept_invite(&self, accepted: &AcceptedInvite) -> Result<Option<String>, StoreError>;
    /// The hash of an administrator's password; `None` also for one who has not set it yet.
    async fn password_hash(&self, email: &str) -> Result<Option<String>, StoreError>;
    /// Puts a new password's hash in the place of one, ends all invitations of its owner and all their sessions but the one with this
    /// token's hash, and notes it in the audit. `false`, and nothing written, where the first hash is not theirs any more.
    async fn change_password(
        &self,
        of: &OnPerson,
        hashes: (&str, &str),
        session: &str,
    ) -> Result<bool, StoreError>;
    /// Counts an attempt to log in as a failure under a key, which is an e-mail address (until
    /// [`AccessStore::start_session`]) or another text (until [`AccessStore::forget_failures`]), unless there were `most`
    /// since `since`: then nothing is written and the answer is `false`. Counting before the password is compared leaves no
    /// room for guesses in parallel.
    async fn attempt_log_in(
        &self,
        key: &str,
        now: OffsetDateTime,
        since: OffsetDateTime,
        most: u32,
    ) -> Result<bool, StoreError>;
    /// Forgets the failures that were counted under a key.
    async fn forget_failures(&self, key: &str) -> Result<(), StoreError>;
    /// Starts a session, forgets the failures of its administrator and all sessions that ended before `now`, and notes the log-in
    /// in the audit; the session of somebody with a second factor waits for that, and is noted once it has it.
    async fn start_session(&self, session: &SessionRow, now: OffsetDateTime) -> Result<(), StoreError>;
    /// The session that lasts beyond `now` and waits for nothing.
    async fn session(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<SessionRow>, StoreError>;
    /// Lets a session last until then, if there is one, and notes that it is used now.
    async fn extend_session(
        &self,
        token_hash: &str,
        expires_at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<(), StoreError>;
    /// Ends a session, if there is one, and notes that its administrator logged out.
    async fn end_session(&self, token_hash: &str, now: OffsetDateTime) -> Result<(), StoreError>;

    /// The sessions that somebody is in and that last beyond `now`, the one that was used last first.
    async fn sessions_of(&self, email: &str, now: OffsetDateTime) -> Result<Vec<SessionSeen>, StoreError>;
    /// Ends one session of somebody by its key and notes it in the audit; `false`, and nothing written, where there is none.
    async fn end_session_of(&self, of: &OnPerson, key: &str) -> Result<bool, StoreError>;
    /// Ends all sessions of somebody but the one with this token, and notes it in the audit where there were any; says how many.
    async fn end_other_sessions(&self, of: &OnPerson, token_hash: &str) -> Result<u64, StoreError>;

    /// All administrators by their e-mail addresses, with what lasts beyond `now`.
    async fn people(&self, now: OffsetDateTime) -> Result<Vec<Person>, StoreError>;
    /// What an administrator may do; `None` where there is no such administrator.
    async fn role(&self, email: &str) -> Result<Option<Role>, StoreError>;
    /// Gives a role. `false`, and nothing written, where there is nobody of the address, where who does it has a password and the
    /// role of an administrator no more, or where no administrator with a password would be left.
    async fn set_role(&self, of: &OnPerson, role: Role) -> Result<bool, StoreError>;
    /// Ends all sessions and invitations of an administrator. `false`, and nothing written, where there is no such administrator.
    async fn end_sessions(&self, of: &OnPerson) -> Result<bool, StoreError>;
    /// Removes an administrator with their sessions and invitations. `false`, and nothing written, where there is none, or where
    /// who does it has a password and the role of an administrator no more: so one is always left.
    async fn remove_person(&self, of: &OnPerson) -> Result<bool, StoreError>;

    /// Notes something that is nothing but noted, such as a log-in that failed.
    async fn note(&self, note: Note<'_>) -> Result<(), StoreError>;
    /// What was done, newest first.
    async fn audit(&self, asked: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError>;
    /// What was noted after an entry, in the order in which it was.
    async fn audit_after(&self, id: i64, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
}
