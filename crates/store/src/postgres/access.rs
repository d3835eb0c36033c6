//! Administrators, their invitations, sessions and failed attempts to log in; the audit.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{
    AcceptedInvite, AccessStore, AuditEntry, AuditQuery, NewInvite, Note, OnPerson, Person, Role, SessionRow,
    SessionSeen,
};
use shop::mail::MailKind;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::query::{Turn, change_noted, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::access::*;
use crate::statements::customers::ADD_MAIL;
use crate::statements::mail::link_key;

/// Whoever accepts the same invitation waits here, and then finds that it is gone.
const TAKE_INVITE: &str = "SELECT email FROM invites WHERE token_hash = $1 AND expires_at > $2 FOR UPDATE";

/// Two who remove each other, or take each other's role, wait here, so that one of them is left.
const TAKE_ADMINISTRATORS: &str = "SELECT email FROM administrators ORDER BY email FOR UPDATE";

/// Who starts a session while somebody turns their second factor on waits here, or is waited for, so that the session waits for a
/// code.
pub(super) const TAKE_ADMINISTRATOR: &str = "SELECT email FROM administrators WHERE email = $1 FOR UPDATE";

/// Starts a session; whether it waits for a second factor.
async fn start(
    connection: &mut PgConnection,
    session: &SessionRow,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let query = query_scalar::<i64>(START_SESSION).bind(&session.token_hash).bind(&session.email);
    let query = query.bind(milliseconds(session.expires_at)).bind(milliseconds(now)).bind(&session.browser);
    Ok(query.fetch_one(connection).await? != 0)
}

async fn accept(connection: &mut PgConnection, accepted: &AcceptedInvite) -> sqlx::Result<Option<String>> {
    let taken = query_scalar(TAKE_INVITE).bind(&accepted.token_hash).bind(milliseconds(accepted.at));
    let Some(email): Option<String> = taken.fetch_optional(&mut *connection).await? else { return Ok(None) };
    query(SET_PASSWORD).bind(&email).bind(&accepted.password_hash).execute(&mut *connection).await?;
    for statement in [END_INVITES, END_SESSIONS, FORGET_FAILURES] {
        query(statement).bind(&email).execute(&mut *connection).await?;
    }
    start(connection, &begun(accepted, &email), accepted.at).await?;
    let action = "accept invitation";
    let done = Note { at: accepted.at, by: &email, action, subject: &email, detail: "" };
    note(connection, done).await?;
    Ok(Some(email))
}

#[async_trait]
impl AccessStore for PostgresStore {
    async fn invite(&self, invite: &NewInvite) -> Result<(), StoreError> {
        writing!(self.database, "keep an invitation", |connection| {
            query(ADD_ADMINISTRATOR)
                .bind(&invite.email)
                .bind(invite.role.code())
                .execute(&mut *connection)
                .await?;
            query(END_INVITES).bind(&invite.email).execute(&mut *connection).await?;
            let add = query(ADD_INVITE).bind(&invite.token_hash).bind(&invite.email);
            add.bind(milliseconds(invite.expires_at)).execute(&mut *connection).await?;
            let known = query_scalar(PASSWORD_HASH).bind(&invite.email);
            let known: Option<String> = known.fetch_optional(&mut *connection).await?;
            let action = invitation_of(known.as_deref());
            let done = Note { at: invite.at, by: &invite.by, action, subject: &invite.email, detail: "" };
            note(&mut *connection, done).await?;
            if let Some(token) = &invite.mailed {
                let mail = query(ADD_MAIL).bind(link_key("invite", &invite.token_hash));
                let mail = mail.bind(MailKind::Invite.as_str()).bind(&invite.email).bind("en").bind(token);
                mail.bind(milliseconds(invite.at)).execute(connection).await?;
            }
            Ok(())
        })
    }

    async fn invited(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<String>, StoreError> {
        reading!(self.database, "find an invitation", |connection| {
            query_scalar(INVITED).bind(token_hash).bind(milliseconds(now)).fetch_optional(connection).await
        })
    }

    async fn accept_invite(&self, accepted: &AcceptedInvite) -> Result<Option<String>, StoreError> {
        let what = "accept an invitation";
        writing!(self.database, what, |connection| accept(connection, accepted).await)
    }

    async fn password_hash(&self, email: &str) -> Result<Option<String>, StoreError> {
        reading!(self.database, "find an administrator", |connection| {
            query_scalar(PASSWORD_HASH).bind(email).fetch_optional(connection).await
        })
    }

    async fn change_password(
        &self,
        of: &OnPerson,
        hashes: (&str, &str),
        session: &str,
    ) -> Result<bool, StoreError> {
        let (known, new) = hashes;
        writing!(self.database, "change a password", |connection| {
            let change = query(CHANGE_PASSWORD).bind(&of.email).bind(known).bind(new);
            let is_changed = change.execute(&mut *connection).await?.rows_affected() > 0;
            if is_changed {
                query(END_INVITES).bind(&of.email).execute(&mut *connection).await?;
                query(END_OTHER_SESSIONS).bind(&of.email).bind(session).execute(&mut *connection).await?;
                note(connection, Note::on(of, "change password")).await?;
            }
            Ok(is_changed)
        })
    }

    async fn attempt_log_in(
        &self,
        email: &str,
        now: OffsetDateTime,
        since: OffsetDateTime,
        most: u32,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "count an attempt to log in", |connection| {
            Turn::LogIns.wait(&mut *connection).await?;
            query(FORGET_OLD_FAILURES).bind(milliseconds(since)).execute(&mut *connection).await?;
            let failures: i64 = query_scalar(COUNT_FAILURES).bind(email).fetch_one(&mut *connection).await?;
            let allowed = failures < i64::from(most);
            if allowed {
                query(ADD_FAILURE).bind(email).bind(milliseconds(now)).execute(connection).await?;
            }
            Ok(allowed)
        })
    }

    async fn forget_failures(&self, key: &str) -> Result<(), StoreError> {
        let done = writing!(self.database, "forget failed attempts to log in", |connection| {
            query(FORGET_FAILURES).bind(key).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn start_session(&self, session: &SessionRow, now: OffsetDateTime) -> Result<(), StoreError> {
        writing!(self.database, "start a session", |connection| {
            query(TAKE_ADMINISTRATOR).bind(&session.email).execute(&mut *connection).await?;
            query(FORGET_OLD_SESSIONS).bind(milliseconds(now)).execute(&mut *connection).await?;
            query(FORGET_FAILURES).bind(&session.email).execute(&mut *connection).await?;
            let email = &session.email;
            if start(connection, session, now).await? {
                return Ok(());
            }
            note(connection, Note { at: now, by: email, action: "log in", subject: email, detail: "" }).await
        })
    }

    async fn session(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<SessionRow>, StoreError> {
        let row = reading!(self.database, "find a session", |connection| {
            let query = query_as::<SessionRecord>(SESSION).bind(token_hash).bind(milliseconds(now));
            query.fetch_optional(connection).await
        });
        Ok(row?.map(SessionRow::from))
    }

    async fn extend_session(
        &self,
        token_hash: &str,
        expires_at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let extended = writing!(self.database, "extend a session", |connection| {
            let query = query(EXTEND_SESSION).bind(token_hash).bind(milliseconds(expires_at));
            query.bind(milliseconds(now)).execute(connection).await
        });
        extended.map(|_| ())
    }

    async fn end_session(&self, token_hash: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        writing!(self.database, "end a session", |connection| {
            let ended = query_scalar::<Option<String>>(END_SESSION).bind(token_hash).bind(milliseconds(now));
            let Some(Some(email)) = ended.fetch_optional(&mut *connection).await? else { return Ok(()) };
            let done = Note { at: now, by: &email, action: "log out", subject: &email, detail: "" };
            note(connection, done).await
        })
    }

    async fn sessions_of(&self, email: &str, now: OffsetDateTime) -> Result<Vec<SessionSeen>, StoreError> {
        let rows = reading!(self.database, "find sessions", |connection| {
            let query = query_as::<SessionSeenRecord>(SESSIONS_OF).bind(email).bind(milliseconds(now));
            query.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(SessionSeen::from).collect())
    }

    async fn end_session_of(&self, of: &OnPerson, key: &str) -> Result<bool, StoreError> {
        let ended = writing!(self.database, "end a session", |connection| {
            let end = query(END_SESSION_OF).bind(&of.email).bind(key);
            change_noted(connection, end, Note::on(of, "end session")).await
        });
        Ok(ended? > 0)
    }

    async fn end_other_sessions(&self, of: &OnPerson, token_hash: &str) -> Result<u64, StoreError> {
        writing!(self.database, "end sessions", |connection| {
            let end = query(END_OTHER_SESSIONS).bind(&of.email).bind(token_hash);
            change_noted(connection, end, Note { detail: "others", ..Note::on(of, "end sessions") }).await
        })
    }

    async fn people(&self, now: OffsetDateTime) -> Result<Vec<Person>, StoreError> {
        let rows = reading!(self.database, "find administrators", |connection| {
            query_as::<PersonRecord>(PEOPLE).bind(milliseconds(now)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Person::from).collect())
    }

    async fn role(&self, email: &str) -> Result<Option<Role>, StoreError> {
        let row = reading!(self.database, "find a role", |connection| {
            query_as::<RoleRecord>(ROLE).bind(email).fetch_optional(connection).await
        });
        Ok(row?.map(|row| row.role))
    }

    async fn set_role(&self, of: &OnPerson, role: Role) -> Result<bool, StoreError> {
        writing!(self.database, "give a role", |connection| {
            query(TAKE_ADMINISTRATORS).execute(&mut *connection).await?;
            let set = query(SET_ROLE).bind(&of.email).bind(role.code()).bind(&of.by);
            let is_set = set.execute(&mut *connection).await?.rows_affected() > 0;
            if is_set {
                note(connection, Note::role(of, role)).await?;
            }
            Ok(is_set)
        })
    }

    async fn end_sessions(&self, of: &OnPerson) -> Result<bool, StoreError> {
        writing!(self.database, "end sessions", |connection| {
            let known = query_scalar(IS_ADMINISTRATOR).bind(&of.email);
            let known: Option<String> = known.fetch_optional(&mut *connection).await?;
            if known.is_some() {
                for statement in [END_SESSIONS, END_INVITES] {
                    query(statement).bind(&of.email).execute(&mut *connection).await?;
                }
                note(connection, Note::on(of, "end sessions")).await?;
            }
            Ok(known.is_some())
        })
    }

    async fn remove_person(&self, of: &OnPerson) -> Result<bool, StoreError> {
        writing!(self.database, "remove an administrator", |connection| {
            query(TAKE_ADMINISTRATORS).execute(&mut *connection).await?;
            let removed = query(REMOVE_PERSON).bind(&of.email).bind(&of.by).execute(&mut *connection).await?;
            let is_removed = removed.rows_affected() > 0;
            if is_removed {
                note(connection, Note::on(of, "remove")).await?;
            }
            Ok(is_removed)
        })
    }

    async fn note(&self, done: Note<'_>) -> Result<(), StoreError> {
        writing!(self.database, "note something in the audit", |connection| note(connection, done).await)
    }

    async fn audit(&self, asked: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        let AskedOfAudit { before, by, subject, actions, has_not, since, until, limit } = asked.into();
        let rows = reading!(self.database, "read the audit", |connection| {
            let query = query_as::<AuditRecord>(AUDIT).bind(before).bind(&by).bind(&subject);
            let query = query.bind(&actions).bind(has_not).bind(since).bind(until).bind(limit);
            query.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(AuditEntry::from).collect())
    }

    async fn audit_after(&self, id: i64, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = reading!(self.database, "read the audit", |connection| {
            query_as::<AuditRecord>(AUDIT_AFTER).bind(id).bind(i64::from(limit)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(AuditEntry::from).collect())
    }
}
