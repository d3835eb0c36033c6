//! The outbox.

use async_trait::async_trait;
use shop::StoreError;
use shop::mail::{MailStore, MailTrouble, WaitingMail};
use sqlx::{query, query_as, query_scalar};
use time::OffsetDateTime;

use super::SqliteStore;
use crate::rows::{failed_to, json, milliseconds};
use crate::statements::mail::*;

/// Asked beside the writer, as long as nothing waits.
const IS_DUE: &str = "SELECT EXISTS (SELECT 1 FROM outbox WHERE due_at <= $1)";
const TAKE: &str = take_mail!("");
const FORGET: &str = "\
    DELETE FROM outbox WHERE is_over = 1 AND key IN (SELECT value FROM JSON_EACH($1))";

#[async_trait]
impl MailStore for SqliteStore {
    async fn take_mail(
        &self,
        now: OffsetDateTime,
        again_at: OffsetDateTime,
    ) -> Result<Option<WaitingMail>, StoreError> {
        let failed = failed_to("take a mail");
        let is_due = query_scalar(IS_DUE).bind(milliseconds(now)).fetch_one(&self.readers);
        if !is_due.await.map_err(failed)? {
            return Ok(None);
        }
        let mut transaction = self.begin().await.map_err(failed)?;
        let take = query_as::<_, MailRecord>(TAKE).bind(milliseconds(now)).bind(milliseconds(again_at));
        let taken = take.fetch_optional(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(taken.map(WaitingMail::from))
    }

    async fn mail_sent(&self, key: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let sent = query(SENT).bind(key).bind(milliseconds(at));
        Ok(self.change("note that a mail was sent", sent).await? > 0)
    }

    async fn put_off_mail(&self, key: &str, until: Option<OffsetDateTime>) -> Result<(), StoreError> {
        let change = match until {
            Some(until) => query(PUT_OFF).bind(key).bind(milliseconds(until)),
            None => query(GIVE_UP).bind(key),
        };
        self.change("put off a mail", change).await?;
        Ok(())
    }

    async fn mail_trouble(
        &self,
        due_before: OffsetDateTime,
        written_since: OffsetDateTime,
    ) -> Result<MailTrouble, StoreError> {
        let query = query_as::<_, (i64, i64)>(TROUBLE).bind(milliseconds(due_before));
        let counts = query.bind(milliseconds(written_since)).fetch_one(&self.readers);
        Ok(trouble(counts.await.map_err(failed_to("count mails that did not go out"))?))
    }

    async fn end_mails(&self, before: OffsetDateTime) -> Result<(), StoreError> {
        self.change("end mails", query(END_MAILS).bind(milliseconds(before))).await?;
        Ok(())
    }

    async fn mails_over(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        let over = query_scalar(OVER).bind(limit).fetch_all(&self.readers);
        over.await.map_err(failed_to("find mails that are over"))
    }

    async fn forget_mails(&self, keys: &[String]) -> Result<(), StoreError> {
        self.change("forget mails", query(FORGET).bind(json(&keys, "keys of mails")?)).await?;
        Ok(())
    }
}
