//! Second factors at log-in, their recovery codes, and the sessions that wait for them.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{Note, OnPerson, Proof, SecondFactorRow, SecondFactorStore, SessionRow};
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{PgConnection, Postgres};
use time::OffsetDateTime;

use super::PostgresStore;
use super::access::TAKE_ADMINISTRATOR;
use super::query::{note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::access::SessionRecord;
use crate::statements::second_factors::*;

/// Whoever proves the same at once waits here.
const TAKE_SESSION: &str = "SELECT email FROM sessions WHERE token_hash = $1 AND waits = 1 FOR UPDATE";

/// What uses a proof up, and what the audit says of it.
fn used<'q>(email: &'q str, proof: &'q Proof) -> (Query<'q, Postgres, PgArguments>, &'static str) {
    match proof {
        Proof::Step(step) => (query(USE_STEP).bind(email).bind(step), "code"),
        Proof::RecoveryCode(hash) => (query(USE_RECOVERY_CODE).bind(email).bind(hash), "recovery code"),
    }
}

async fn pass(
    connection: &mut PgConnection,
    session: &SessionRow,
    proof: &Proof,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let taken = query_scalar::<String>(TAKE_SESSION).bind(&session.token_hash);
    if taken.fetch_optional(&mut *connection).await?.is_none() {
        return Ok(false);
    }
    let email = &session.email;
    let (proved, detail) = used(email, proof);
    if proved.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    query(LET_IN).bind(&session.token_hash).execute(&mut *connection).await?;
    note(connection, Note { at, by: email, action: "log in", subject: email, detail }).await?;
    Ok(true)
}

#[async_trait]
impl SecondFactorStore for PostgresStore {
    async fn second_factor(&self, email: &str) -> Result<Option<SecondFactorRow>, StoreError> {
        let row = reading!(self.database, "find a second factor", |connection| {
            query_as::<SecondFactorRecord>(SECOND_FACTOR).bind(email).fetch_optional(connection).await
        });
        Ok(row?.map(SecondFactorRow::from))
    }

    async fn propose_second_factor(&self, email: &str, secret: &str) -> Result<(), StoreError> {
        let proposed = writing!(self.database, "propose a second factor", |connection| {
            query(PROPOSE).bind(email).bind(secret).execute(connection).await
        });
        proposed.map(|_| ())
    }

    async fn turn_on_second_factor(
        &self,
        of: &OnPerson,
        step: i64,
        recovery_codes: &[String],
        session: &str,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "turn a second factor on", |connection| {
            query(TAKE_ADMINISTRATOR).bind(&of.email).execute(&mut *connection).await?;
            let turn_on = query(TURN_ON).bind(&of.email).bind(milliseconds(of.at)).bind(step);
            if turn_on.execute(&mut *connection).await?.rows_affected() == 0 {
                return Ok(false);
            }
            for code in recovery_codes {
                query(ADD_RECOVERY_CODE).bind(code).bind(&of.email).execute(&mut *connection).await?;
            }
            query(LET_WAIT).bind(&of.email).bind(session).execute(&mut *connection).await?;
            note(connection, Note::on(of, "second factor on")).await?;
            Ok(true)
        })
    }

    async fn give_up_second_factor(&self, email: &str) -> Result<bool, StoreError> {
        let given_up = writing!(self.database, "give up a second factor", |connection| {
            query(GIVE_UP).bind(email).execute(connection).await
        });
        Ok(given_up?.rows_affected() > 0)
    }

    async fn turn_off_second_factor(&self, of: &OnPerson, proof: Option<&Proof>) -> Result<bool, StoreError> {
        writing!(self.database, "turn a second factor off", |connection| {
            if let Some(proof) = proof
                && used(&of.email, proof).0.execute(&mut *connection).await?.rows_affected() == 0
            {
                return Ok(false);
            }
            let turn_off = query_scalar::<Option<i64>>(TURN_OFF).bind(&of.email);
            let Some(since) = turn_off.fetch_optional(&mut *connection).await? else { return Ok(false) };
            if since.is_some() {
                note(connection, Note::on(of, "second factor off")).await?;
            }
            Ok(true)
        })
    }

    async fn waiting_session(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<SessionRow>, StoreError> {
        let row = reading!(self.database, "find a session", |connection| {
            let query = query_as::<SessionRecord>(WAITING_SESSION).bind(token_hash).bind(milliseconds(now));
            query.fetch_optional(connection).await
        });
        Ok(row?.map(SessionRow::from))
    }

    async fn pass_second_factor(
        &self,
        session: &SessionRow,
        proof: &Proof,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "let a session in", |connection| pass(connection, session, proof, at).await)
    }
}
