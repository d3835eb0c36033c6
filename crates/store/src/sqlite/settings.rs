//! The shop's settings.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::Note;
use shop::shop_file::{SettingsRow, SettingsStore};
use sqlx::{query, query_as, query_scalar};

use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::settings::*;

#[async_trait]
impl SettingsStore for SqliteStore {
    async fn settings_version(&self) -> Result<i64, StoreError> {
        let version = query_scalar(VERSION).fetch_one(&self.readers);
        version.await.map_err(failed_to("look for other settings"))
    }

    async fn settings(&self, version: i64) -> Result<Option<SettingsRow>, StoreError> {
        let row = query_as::<_, SettingsRecord>(ONE).bind(version).fetch_optional(&self.readers);
        Ok(row.await.map_err(failed_to("read the settings"))?.map(SettingsRow::from))
    }

    async fn settings_versions(&self, limit: u32) -> Result<Vec<SettingsRow>, StoreError> {
        let rows = query_as::<_, SettingsRecord>(NEWEST).bind(i64::from(limit)).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list versions of the settings"))?;
        Ok(rows.into_iter().map(SettingsRow::from).collect())
    }

    async fn save_settings(&self, row: &SettingsRow, changed: &str) -> Result<bool, StoreError> {
        let failed = failed_to("save the settings");
        let SettingsRow { version, at, by, content } = row;
        let mut transaction = self.begin().await.map_err(failed)?;
        let save = query(SAVE).bind(version).bind(milliseconds(*at)).bind(by).bind(content.as_deref());
        if save.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = version.to_string();
        let done = Note { at: *at, by, action: "settings", subject: &subject, detail: changed };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }
}
