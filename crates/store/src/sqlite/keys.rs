//! API keys.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{ApiKey, KeyStore, NewKey, Note};
use sqlx::{query, query_as};
use time::{Date, OffsetDateTime};

use super::SqliteStore;
use crate::rows::{failed_to, julian_day, milliseconds};
use crate::statements::keys::*;

#[async_trait]
impl KeyStore for SqliteStore {
    async fn make_key(&self, new: &NewKey) -> Result<bool, StoreError> {
        let NewKey { key, token_hash, .. } = new;
        let make = query(MAKE_KEY).bind(&key.actor).bind(&key.name).bind(token_hash).bind(key.role.code());
        let make = make.bind(milliseconds(key.made_at)).bind(&key.made_by);
        let make = make.bind(key.ends_at.map(milliseconds));
        let detail = detail(new);
        let (at, by, subject) = (key.made_at, &*key.made_by, &*key.actor);
        let done = Note { at, by, action: "make key", subject, detail: &detail };
        Ok(self.change_noted("keep an API key", make, done).await? > 0)
    }

    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        let rows = query_as::<_, KeyRecord>(KEYS).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list API keys"))?;
        Ok(rows.into_iter().map(ApiKey::from).collect())
    }

    async fn key(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<ApiKey>, StoreError> {
        let row = query_as::<_, KeyRecord>(KEY).bind(token_hash).bind(milliseconds(now));
        let row = row.fetch_optional(&self.readers).await.map_err(failed_to("find an API key"))?;
        Ok(row.map(ApiKey::from))
    }

    async fn use_key(&self, actor: &str, day: Date) -> Result<(), StoreError> {
        let used = query(USE_KEY).bind(actor).bind(julian_day(Some(day)));
        self.change("note the use of an API key", used).await.map(|_| ())
    }

    async fn end_key(&self, actor: &str, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let done = Note { at, by, action: "end key", subject: actor, detail: "" };
        Ok(self.change_noted("end an API key", query(END_KEY).bind(actor), done).await? > 0)
    }
}
