//! What the shop's settings ask of the store.

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::store_error::StoreError;

/// A version of the shop's settings as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsRow {
    /// Counts from 1.
    pub version: i64,
    /// When it was saved.
    pub at: OffsetDateTime,
    /// Who saved it.
    pub by: String,
    /// The shop file as JSON; none where the file that the shop is started with stands again.
    pub content: Option<String>,
}

/// The settings that are saved in the admin, each save a version.
#[async_trait]
pub trait SettingsStore: Send + Sync {
    /// The number of the newest version; 0 where nothing was ever saved.
    async fn settings_version(&self) -> Result<i64, StoreError>;
    /// A version.
    async fn settings(&self, version: i64) -> Result<Option<SettingsRow>, StoreError>;
    /// The newest versions, the newest first.
    async fn settings_versions(&self, limit: u32) -> Result<Vec<SettingsRow>, StoreError>;
    /// Saves a version and notes in the audit which fields it changed; `false`, and nothing written, unless the newest one is the one
    /// before it.
    async fn save_settings(&self, row: &SettingsRow, changed: &str) -> Result<bool, StoreError>;
}
