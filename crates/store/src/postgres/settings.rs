//! The shop's settings.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::Note;
use shop::shop_file::{SettingsRow, SettingsStore};

use super::PostgresStore;
use super::query::{change_noted, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::settings::*;

#[async_trait]
impl SettingsStore for PostgresStore {
    async fn settings_version(&self) -> Result<i64, StoreError> {
        reading!(self.database, "look for other settings", |connection| {
            query_scalar::<i64>(VERSION).fetch_one(connection).await
        })
    }

    async fn settings(&self, version: i64) -> Result<Option<SettingsRow>, StoreError> {
        let row = reading!(self.database, "read the settings", |connection| {
            query_as::<SettingsRecord>(ONE).bind(version).fetch_optional(connection).await
        });
        Ok(row?.map(SettingsRow::from))
    }

    async fn settings_versions(&self, limit: u32) -> Result<Vec<SettingsRow>, StoreError> {
        let rows = reading!(self.database, "list versions of the settings", |connection| {
            query_as::<SettingsRecord>(NEWEST).bind(i64::from(limit)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(SettingsRow::from).collect())
    }

    async fn save_settings(&self, row: &SettingsRow, changed: &str) -> Result<bool, StoreError> {
        let SettingsRow { version, at, by, content } = row;
        let subject = version.to_string();
        let saved = writing!(self.database, "save the settings", |connection| {
            let save = query(SAVE).bind(version).bind(milliseconds(*at)).bind(by).bind(content.as_deref());
            let done = Note { at: *at, by, action: "settings", subject: &subject, detail: changed };
            change_noted(connection, save, done).await
        });
        Ok(saved? > 0)
    }
}
