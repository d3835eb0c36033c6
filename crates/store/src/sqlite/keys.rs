//! API keys.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::{ApiKey, Keeping, KeyStore, NewKey, Note};
use sqlx::{query, query_as, query_scalar};
use time::{Date, OffsetDateTime};

use super::{SqliteStore, note};
use crate::rows::{failed_to, julian_day, milliseconds};
use crate::statements::keys::*;

#[async_trait]
impl KeyStore for SqliteStore {
    async fn make_key(&self, new: &NewKey, most: u32) -> Result<Keeping, StoreError> {
        let NewKey { key, token_hash, .. } = new;
        let failed = failed_to("keep an API key");
        let mut transaction = self.begin().await.map_err(failed)?;
        let count: i64 = query_scalar(COUNT_KEYS).fetch_one(&mut *transaction).await.map_err(failed)?;
        let taken = query_scalar(COUNT_ACTOR).bind(&key.actor).fetch_one(&mut *transaction);
        let taken: i64 = taken.await.map_err(failed)?;
        if taken > 0 {
            return Ok(Keeping::NameTaken);
        }
        if count >= i64::from(most) {
            return Ok(Keeping::TooMany);
        }
        let make = query(MAKE_KEY).bind(&key.actor).bind(&key.name).bind(token_hash).bind(key.role.code());
        let make = make.bind(milliseconds(key.made_at)).bind(&key.made_by);
        let make = make.bind(key.ends_at.map(milliseconds)).bind(&key.ending);
        make.execute(&mut *transaction).await.map_err(failed)?;
        let detail = detail(new);
        let (at, by, subject) = (key.made_at, &*key.made_by, &*key.actor);
        let done = Note { at, by, action: "make key", subject, detail: &detail };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(Keeping::Kept)
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
        let failed = failed_to("end an API key");
        let mut transaction = self.begin().await.map_err(failed)?;
        let ended = query_scalar(END_KEY).bind(actor).fetch_optional(&mut *transaction);
        let ended: Option<String> = ended.await.map_err(failed)?;
        let Some(ending) = ended else { return Ok(false) };
        let detail = ending_detail(&ending);
        let done = Note { at, by, action: "end key", subject: actor, detail: &detail };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }
}
