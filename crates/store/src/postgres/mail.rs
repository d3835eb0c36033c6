//! The outbox.

use async_trait::async_trait;
use shop::StoreError;
use shop::mail::{MailStore, MailTrouble, WaitingMail};
use time::OffsetDateTime;

use super::PostgresStore;
use super::query::{query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::{json, milliseconds};
use crate::statements::mail::*;

/// Each shop takes another one.
const TAKE: &str = take_mail!(" FOR UPDATE SKIP LOCKED");
const FORGET: &str = "\
    DELETE FROM outbox WHERE is_over = 1 AND key IN (SELECT JSONB_ARRAY_ELEMENTS_TEXT($1::jsonb))";

#[async_trait]
impl MailStore for PostgresStore {
    async fn take_mail(
        &self,
        now: OffsetDateTime,
        again_at: OffsetDateTime,
    ) -> Result<Option<WaitingMail>, StoreError> {
        let taken = writing!(self.database, "take a mail", |connection| {
            let take = query_as::<MailRecord>(TAKE).bind(milliseconds(now)).bind(milliseconds(again_at));
            take.fetch_optional(connection).await
        });
        Ok(taken?.map(WaitingMail::from))
    }

    async fn mail_sent(&self, key: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let sent = writing!(self.database, "note that a mail was sent", |connection| {
            query(SENT).bind(key).bind(milliseconds(at)).execute(connection).await
        });
        Ok(sent?.rows_affected() > 0)
    }

    async fn put_off_mail(&self, key: &str, until: Option<OffsetDateTime>) -> Result<(), StoreError> {
        let done = writing!(self.database, "put off a mail", |connection| {
            let change = match until {
                Some(until) => query(PUT_OFF).bind(key).bind(milliseconds(until)),
                None => query(GIVE_UP).bind(key),
            };
            change.execute(connection).await
        });
        done.map(|_| ())
    }

    async fn mail_trouble(
        &self,
        due_before: OffsetDateTime,
        written_since: OffsetDateTime,
    ) -> Result<MailTrouble, StoreError> {
        let counts = reading!(self.database, "count mails that did not go out", |connection| {
            let query = query_as::<(i64, i64)>(TROUBLE).bind(milliseconds(due_before));
            query.bind(milliseconds(written_since)).fetch_one(connection).await
        });
        Ok(trouble(counts?))
    }

    async fn end_mails(&self, before: OffsetDateTime) -> Result<(), StoreError> {
        let done = writing!(self.database, "end mails", |connection| {
            query(END_MAILS).bind(milliseconds(before)).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn mails_over(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        reading!(self.database, "find mails that are over", |connection| {
            query_scalar(OVER).bind(i64::from(limit)).fetch_all(connection).await
        })
    }

    async fn forget_mails(&self, keys: &[String]) -> Result<(), StoreError> {
        let keys = json(&keys, "keys of mails")?;
        let done = writing!(self.database, "forget mails", |connection| {
            query(FORGET).bind(&keys).execute(connection).await
        });
        done.map(|_| ())
    }
}
