//! API keys.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{ApiKey, Keeping, KeyStore, NewKey, Note};
use time::{Date, OffsetDateTime};

use super::PostgresStore;
use super::query::{Turn, change_noted, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::{julian_day, milliseconds};
use crate::statements::keys::*;

#[async_trait]
impl KeyStore for PostgresStore {
    async fn make_key(&self, new: &NewKey, most: u32) -> Result<Keeping, StoreError> {
        let NewKey { key, token_hash, .. } = new;
        let detail = detail(new);
        writing!(self.database, "keep an API key", |connection| {
            let (at, by, subject) = (key.made_at, &*key.made_by, &*key.actor);
            // Of several who make one at a time each counts what the others made.
            Turn::Audit.wait(connection).await?;
            let count: i64 = query_scalar(COUNT_KEYS).fetch_one(&mut *connection).await?;
            let taken: i64 = query_scalar(COUNT_ACTOR).bind(subject).fetch_one(&mut *connection).await?;
            if taken > 0 {
                return Ok(Keeping::NameTaken);
            }
            if count >= i64::from(most) {
                return Ok(Keeping::TooMany);
            }
            let make = query(MAKE_KEY).bind(&key.actor).bind(&key.name).bind(token_hash);
            let make = make.bind(key.role.code()).bind(milliseconds(key.made_at)).bind(&key.made_by);
            let make = make.bind(key.ends_at.map(milliseconds)).bind(&key.ending);
            change_noted(connection, make, Note { at, by, action: "make key", subject, detail: &detail })
                .await?;
            Ok(Keeping::Kept)
        })
    }

    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        let rows = reading!(self.database, "list API keys", |connection| {
            query_as::<KeyRecord>(KEYS).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(ApiKey::from).collect())
    }

    async fn key(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<ApiKey>, StoreError> {
        let row = reading!(self.database, "find an API key", |connection| {
            let query = query_as::<KeyRecord>(KEY).bind(token_hash).bind(milliseconds(now));
            query.fetch_optional(connection).await
        });
        Ok(row?.map(ApiKey::from))
    }

    async fn use_key(&self, actor: &str, day: Date) -> Result<(), StoreError> {
        let used = writing!(self.database, "note the use of an API key", |connection| {
            query(USE_KEY).bind(actor).bind(julian_day(Some(day))).execute(connection).await
        });
        used.map(|_| ())
    }

    async fn end_key(&self, actor: &str, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        writing!(self.database, "end an API key", |connection| {
            let ended: Option<String> =
                query_scalar(END_KEY).bind(actor).fetch_optional(&mut *connection).await?;
            let Some(ending) = ended else { return Ok(false) };
            let detail = ending_detail(&ending);
            note(connection, Note { at, by, action: "end key", subject: actor, detail: &detail }).await?;
            Ok(true)
        })
    }
}
