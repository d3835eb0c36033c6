//! Administrators, their invitations, sessions and failed attempts to log in; the audit.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{
    AcceptedInvite, AccessStore, AuditEntry, AuditQuery, NewInvite, Note, OnPerson, Person, Role, SessionRow,
    SessionSeen,
};
use shop::mail::MailKind;
use sqlx::SqliteConnection;
use time::OffsetDateTime;

use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::access::*;
use crate::statements::customers::ADD_MAIL;
use crate::statements::mail::link_key;

/// Starts a session; whether it waits for a second factor.
async fn start(
    connection: &mut SqliteConnection,
    session: &SessionRow,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let query = sqlx::query_scalar::<_, i64>(START_SESSION).bind(&session.token_hash).bind(&session.email);
    let query = query.bind(milliseconds(session.expires_at)).bind(milliseconds(now)).bind(&session.browser);
    Ok(query.fetch_one(connection).await? != 0)
}

#[async_trait]
impl AccessStore for SqliteStore {
    async fn invite(&self, invite: &NewInvite) -> Result<(), StoreError> {
        let failed = failed_to("keep an invitation");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(ADD_ADMINISTRATOR).bind(&invite.email).bind(invite.role.code());
        query.execute(&mut *transaction).await.map_err(failed)?;
        sqlx::query(END_INVITES).bind(&invite.email).execute(&mut *transaction).await.map_err(failed)?;
        let query = sqlx::query(ADD_INVITE).bind(&invite.token_hash).bind(&invite.email);
        let query = query.bind(milliseconds(invite.expires_at));
        query.execute(&mut *transaction).await.map_err(failed)?;
        let known = sqlx::query_scalar::<_, String>(PASSWORD_HASH).bind(&invite.email);
        let known = known.fetch_optional(&mut *transaction).await.map_err(failed)?;
        let action = invitation_of(known.as_deref());
        let done = Note { at: invite.at, by: &invite.by, action, subject: &invite.email, detail: "" };
        note(&mut transaction, done).await.map_err(failed)?;
        if let Some(token) = &invite.mailed {
            let mail = sqlx::query(ADD_MAIL).bind(link_key("invite", &invite.token_hash));
            let mail = mail.bind(MailKind::Invite.as_str()).bind(&invite.email).bind("en").bind(token);
            mail.bind(milliseconds(invite.at)).execute(&mut *transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn invited(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<String>, StoreError> {
        let query = sqlx::query_scalar(INVITED).bind(token_hash).bind(milliseconds(now));
        query.fetch_optional(&self.readers).await.map_err(failed_to("find an invitation"))
    }

    async fn accept_invite(&self, accepted: &AcceptedInvite) -> Result<Option<String>, StoreError> {
        let failed = failed_to("accept an invitation");
        let mut transaction = self.begin().await.map_err(failed)?;
        let invited = sqlx::query_scalar(INVITED).bind(&accepted.token_hash).bind(milliseconds(accepted.at));
        let invited = invited.fetch_optional(&mut *transaction).await.map_err(failed)?;
        let Some(email): Option<String> = invited else { return Ok(None) };
        let query = sqlx::query(SET_PASSWORD).bind(&email).bind(&accepted.password_hash);
        query.execute(&mut *transaction).await.map_err(failed)?;
        for statement in [END_INVITES, END_SESSIONS, FORGET_FAILURES] {
            sqlx::query(statement).bind(&email).execute(&mut *transaction).await.map_err(failed)?;
        }
        let session = begun(accepted, &email);
        start(&mut transaction, &session, accepted.at).await.map_err(failed)?;
        let action = "accept invitation";
        let done = Note { at: accepted.at, by: &email, action, subject: &email, detail: "" };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(Some(email))
    }

    async fn password_hash(&self, email: &str) -> Result<Option<String>, StoreError> {
        let query = sqlx::query_scalar(PASSWORD_HASH).bind(email).fetch_optional(&self.readers);
        query.await.map_err(failed_to("find an administrator"))
    }

    async fn change_password(
        &self,
        of: &OnPerson,
        hashes: (&str, &str),
        session: &str,
    ) -> Result<bool, StoreError> {
        let (known, new) = hashes;
        let failed = failed_to("change a password");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(CHANGE_PASSWORD).bind(&of.email).bind(known).bind(new);
        if query.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(END_INVITES).bind(&of.email).execute(&mut *transaction).await.map_err(failed)?;
        let query = sqlx::query(END_OTHER_SESSIONS).bind(&of.email).bind(session);
        query.execute(&mut *transaction).await.map_err(failed)?;
        note(&mut transaction, Note::on(of, "change password")).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn attempt_log_in(
        &self,
        key: &str,
        now: OffsetDateTime,
        since: OffsetDateTime,
        most: u32,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("count an attempt to log in");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(FORGET_OLD_FAILURES).bind(milliseconds(since));
        query.execute(&mut *transaction).await.map_err(failed)?;
        let query = sqlx::query_scalar(COUNT_FAILURES).bind(key);
        let failures: i64 = query.fetch_one(&mut *transaction).await.map_err(failed)?;
        let allowed = failures < i64::from(most);
        if allowed {
            let query = sqlx::query(ADD_FAILURE).bind(key).bind(milliseconds(now));
            query.execute(&mut *transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(allowed)
    }

    async fn forget_failures(&self, key: &str) -> Result<(), StoreError> {
        let failed = failed_to("forget failed attempts to log in");
        let mut transaction = self.begin().await.map_err(failed)?;
        sqlx::query(FORGET_FAILURES).bind(key).execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn start_session(&self, session: &SessionRow, now: OffsetDateTime) -> Result<(), StoreError> {
        let failed = failed_to("start a session");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(FORGET_OLD_SESSIONS).bind(milliseconds(now));
        query.execute(&mut *transaction).await.map_err(failed)?;
        let query = sqlx::query(FORGET_FAILURES).bind(&session.email);
        query.execute(&mut *transaction).await.map_err(failed)?;
        let email = &session.email;
        let started = start(&mut transaction, session, now);
        if !started.await.map_err(failed)? {
            let done = Note { at: now, by: email, action: "log in", subject: email, detail: "" };
            note(&mut transaction, done).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn session(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<SessionRow>, StoreError> {
        let query = sqlx::query_as::<_, SessionRecord>(SESSION).bind(token_hash).bind(milliseconds(now));
        let row = query.fetch_optional(&self.readers).await.map_err(failed_to("find a session"))?;
        Ok(row.map(SessionRow::from))
    }

    async fn extend_session(
        &self,
        token_hash: &str,
        expires_at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let failed = failed_to("extend a session");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(EXTEND_SESSION).bind(token_hash).bind(milliseconds(expires_at));
        let query = query.bind(milliseconds(now));
        query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn end_session(&self, token_hash: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        let failed = failed_to("end a session");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query =
            sqlx::query_scalar::<_, Option<String>>(END_SESSION).bind(token_hash).bind(milliseconds(now));
        if let Some(Some(email)) = query.fetch_optional(&mut *transaction).await.map_err(failed)? {
            let done = Note { at: now, by: &email, action: "log out", subject: &email, detail: "" };
            note(&mut transaction, done).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn sessions_of(&self, email: &str, now: OffsetDateTime) -> Result<Vec<SessionSeen>, StoreError> {
        let query = sqlx::query_as::<_, SessionSeenRecord>(SESSIONS_OF).bind(email).bind(milliseconds(now));
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("find sessions"))?;
        Ok(rows.into_iter().map(SessionSeen::from).collect())
    }

    async fn end_session_of(&self, of: &OnPerson, key: &str) -> Result<bool, StoreError> {
        let failed = failed_to("end a session");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(END_SESSION_OF).bind(&of.email).bind(key);
        if query.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut transaction, Note::on(of, "end session")).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn end_other_sessions(&self, of: &OnPerson, token_hash: &str) -> Result<u64, StoreError> {
        let failed = failed_to("end sessions");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(END_OTHER_SESSIONS).bind(&of.email).bind(token_hash);
        let ended = query.execute(&mut *transaction).await.map_err(failed)?.rows_affected();
        if ended > 0 {
            let done = Note { detail: "others", ..Note::on(of, "end sessions") };
            note(&mut transaction, done).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(ended)
    }

    async fn people(&self, now: OffsetDateTime) -> Result<Vec<Person>, StoreError> {
        let query = sqlx::query_as::<_, PersonRecord>(PEOPLE).bind(milliseconds(now));
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("find administrators"))?;
        Ok(rows.into_iter().map(Person::from).collect())
    }

    async fn role(&self, email: &str) -> Result<Option<Role>, StoreError> {
        let query = sqlx::query_as::<_, RoleRecord>(ROLE).bind(email).fetch_optional(&self.readers);
        Ok(query.await.map_err(failed_to("find a role"))?.map(|row| row.role))
    }

    async fn set_role(&self, of: &OnPerson, role: Role) -> Result<bool, StoreError> {
        let failed = failed_to("give a role");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(SET_ROLE).bind(&of.email).bind(role.code()).bind(&of.by);
        if query.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut transaction, Note::role(of, role)).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn end_sessions(&self, of: &OnPerson) -> Result<bool, StoreError> {
        let failed = failed_to("end sessions");
        let mut transaction = self.begin().await.map_err(failed)?;
        let known = sqlx::query_scalar::<_, String>(IS_ADMINISTRATOR).bind(&of.email);
        if known.fetch_optional(&mut *transaction).await.map_err(failed)?.is_none() {
            return Ok(false);
        }
        for statement in [END_SESSIONS, END_INVITES] {
            sqlx::query(statement).bind(&of.email).execute(&mut *transaction).await.map_err(failed)?;
        }
        note(&mut transaction, Note::on(of, "end sessions")).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn remove_person(&self, of: &OnPerson) -> Result<bool, StoreError> {
        let failed = failed_to("remove an administrator");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(REMOVE_PERSON).bind(&of.email).bind(&of.by);
        if query.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut transaction, Note::on(of, "remove")).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn note(&self, done: Note<'_>) -> Result<(), StoreError> {
        let failed = failed_to("note something in the audit");
        let mut transaction = self.begin().await.map_err(failed)?;
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn audit(&self, asked: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        let AskedOfAudit { before, by, subject, actions, has_not, since, until, limit } = asked.into();
        let query = sqlx::query_as::<_, AuditRecord>(AUDIT).bind(before).bind(by).bind(subject);
        let query = query.bind(actions).bind(has_not).bind(since).bind(until).bind(limit);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read the audit"))?;
        Ok(rows.into_iter().map(AuditEntry::from).collect())
    }

    async fn audit_after(&self, id: i64, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let query = sqlx::query_as::<_, AuditRecord>(AUDIT_AFTER).bind(id).bind(limit);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read the audit"))?;
        Ok(rows.into_iter().map(AuditEntry::from).collect())
    }
}
