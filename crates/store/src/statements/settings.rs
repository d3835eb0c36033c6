//! The shop's settings as they lie in the database.

use shop::shop_file::SettingsRow;
use sqlx::FromRow;

use crate::rows::Moment;

pub(crate) const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM shop_settings";
pub(crate) const ONE: &str =
    "SELECT version, saved_at, saved_by, content FROM shop_settings WHERE version = $1";
pub(crate) const NEWEST: &str =
    "SELECT version, saved_at, saved_by, content FROM shop_settings ORDER BY version DESC LIMIT $1";
/// Of two who save the same version one does.
pub(crate) const SAVE: &str = "\
    INSERT INTO shop_settings (version, saved_at, saved_by, content)
    SELECT $1, $2, $3, $4 WHERE $1 = (SELECT COALESCE(MAX(version), 0) + 1 FROM shop_settings)
    ON CONFLICT (version) DO NOTHING";

#[derive(FromRow)]
pub(crate) struct SettingsRecord {
    version: i64,
    #[sqlx(try_from = "i64")]
    saved_at: Moment,
    saved_by: String,
    content: Option<String>,
}

impl From<SettingsRecord> for SettingsRow {
    fn from(row: SettingsRecord) -> Self {
        Self { version: row.version, at: row.saved_at.0, by: row.saved_by, content: row.content }
    }
}
