//! Second factors at log-in, their recovery codes, and the sessions that wait for them.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{Note, OnPerson, Proof, SecondFactorRow, SecondFactorStore, SessionRow};
use sqlx::Sqlite;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use time::OffsetDateTime;

use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::access::SessionRecord;
use crate::statements::second_factors::*;

/// What uses a proof up, and what the audit says of it.
fn used<'q>(email: &'q str, proof: &'q Proof) -> (Query<'q, Sqlite, SqliteArguments>, &'static str) {
    match proof {
        Proof::Step(step) => (sqlx::query(USE_STEP).bind(email).bind(step), "code"),
        Proof::RecoveryCode(hash) => (sqlx::query(USE_RECOVERY_CODE).bind(email).bind(hash), "recovery code"),
    }
}

#[async_trait]
impl SecondFactorStore for SqliteStore {
    async fn second_factor(&self, email: &str) -> Result<Option<SecondFactorRow>, StoreError> {
        let query = sqlx::query_as::<_, SecondFactorRecord>(SECOND_FACTOR).bind(email);
        let row = query.fetch_optional(&self.readers).await.map_err(failed_to("find a second factor"))?;
        Ok(row.map(SecondFactorRow::from))
    }

    async fn propose_second_factor(&self, email: &str, secret: &str) -> Result<(), StoreError> {
        let propose = sqlx::query(PROPOSE).bind(email).bind(secret);
        self.change("propose a second factor", propose).await.map(|_| ())
    }

    async fn turn_on_second_factor(
        &self,
        of: &OnPerson,
        step: i64,
        recovery_codes: &[String],
        session: &str,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("turn a second factor on");
        let mut transaction = self.begin().await.map_err(failed)?;
        let turn_on = sqlx::query(TURN_ON).bind(&of.email).bind(milliseconds(of.at)).bind(step);
        if turn_on.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        for code in recovery_codes {
            let add = sqlx::query(ADD_RECOVERY_CODE).bind(code).bind(&of.email);
            add.execute(&mut *transaction).await.map_err(failed)?;
        }
        let others = sqlx::query(LET_WAIT).bind(&of.email).bind(session);
        others.execute(&mut *transaction).await.map_err(failed)?;
        note(&mut transaction, Note::on(of, "second factor on")).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn give_up_second_factor(&self, email: &str) -> Result<bool, StoreError> {
        let give_up = sqlx::query(GIVE_UP).bind(email);
        Ok(self.change("give up a second factor", give_up).await? > 0)
    }

    async fn turn_off_second_factor(&self, of: &OnPerson, proof: Option<&Proof>) -> Result<bool, StoreError> {
        let failed = failed_to("turn a second factor off");
        let mut transaction = self.begin().await.map_err(failed)?;
        if let Some(proof) = proof {
            let used = used(&of.email, proof).0.execute(&mut *transaction).await.map_err(failed)?;
            if used.rows_affected() == 0 {
                return Ok(false);
            }
        }
        let turn_off = sqlx::query_scalar::<_, Option<i64>>(TURN_OFF).bind(&of.email);
        let Some(since) = turn_off.fetch_optional(&mut *transaction).await.map_err(failed)? else {
            return Ok(false);
        };
        if since.is_some() {
            note(&mut transaction, Note::on(of, "second factor off")).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn waiting_session(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<SessionRow>, StoreError> {
        let query = sqlx::query_as::<_, SessionRecord>(WAITING_SESSION);
        let query = query.bind(token_hash).bind(milliseconds(now)).fetch_optional(&self.readers);
        Ok(query.await.map_err(failed_to("find a session"))?.map(SessionRow::from))
    }

    async fn pass_second_factor(
        &self,
        session: &SessionRow,
        proof: &Proof,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("let a session in");
        let mut transaction = self.begin().await.map_err(failed)?;
        let email = &session.email;
        let (proved, detail) = used(email, proof);
        for statement in [proved, sqlx::query(LET_IN).bind(&session.token_hash)] {
            if statement.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
                return Ok(false);
            }
        }
        let done = Note { at, by: email, action: "log in", subject: email, detail };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }
}
