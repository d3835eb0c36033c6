//! The store on SQLite: one connection that writes, each transaction `BEGIN IMMEDIATE` and durable on return; several
//! that read beside it (WAL). Orders that come at the same time share a transaction.

mod access;
mod asked;
mod campaigns;
mod catalogue;
mod customers;
mod designs;
mod desk;
mod drafts;
mod experiments;
mod file;
mod gate;
mod group_menus;
mod insight;
mod keys;
mod learning;
mod mail;
mod offers;
mod order_records;
mod orders;
mod personal_data;
mod prepared;
mod products;
mod releases;
mod second_factors;
mod segments;
mod settings;
mod stock;
mod transaction;
mod writing;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use shop::access::Note;
use shop::{DatabaseStore, StoreError};
use sqlx::migrate::MigrateError;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection};

use crate::group::Queue;
use crate::rows::{failed_to, milliseconds};
use crate::statements::access::{EDITING, LAST_HASH, NOTE, NOTED_SINCE};
use crate::statements::products::WRITE_NOTHING;
use file::DatabaseFile;
pub(crate) use file::log_of;
use order_records::{GroupsWriter, hash_plain_tokens};
use writing::{Writer, Writing};

/// The first release without the bug that could corrupt a database when its log was reset.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];
const READERS: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A store in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
    /// Orders wait here for their turn with the writer.
    orders: Queue,
}

impl SqliteStore {
    /// Opens a database file, makes it when it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the file's name and the reason.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let failed = |reason: String, advice| StoreError::Open {
            database: path.display().to_string(),
            reason,
            advice,
        };
        let no_access = |error: sqlx::Error| {
            let reason = match &error {
                sqlx::Error::Database(error) => error.message().to_owned(),
                other => other.to_string(),
            };
            failed(reason, "Name a database of this shop, or a new file in a folder that may be written to.")
        };
        let file = DatabaseFile::prepare(path).map_err(|error| no_access(error.into()))?;
        let options = file.options().foreign_keys(true).busy_timeout(BUSY_TIMEOUT);
        let writing =
            options.clone().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        let pool =
            || SqlitePoolOptions::new().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
        let pool_to_write = pool().max_connections(1).connect_with(writing).await.map_err(no_access)?;
        let version: String =
            sqlx::query_scalar(VERSION).fetch_one(&pool_to_write).await.map_err(no_access)?;
        if !is_recent(&version) {
            let advice = "Build the shop with the SQLite that comes with it.";
            return Err(failed(format!("SQLite {version} may corrupt it"), advice));
        }
        sqlx::migrate!("../../migrations/sqlite").run(&pool_to_write).await.map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => no_access(error),
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                failed(error.to_string(), "Start the release of the shop that wrote it, or a newer one.")
            }
            other => failed(other.to_string(), "Restore a copy of it."),
        })?;
        // SQLite opens a file that can't be written all the same, and begins transactions that only read.
        sqlx::query(WRITE_NOTHING).execute(&pool_to_write).await.map_err(no_access)?;
        let writer = Writer::new(pool_to_write, file);
        hash_plain_tokens(&writer).await.map_err(no_access)?;
        let reading = options.read_only(true);
        let readers = pool().max_connections(READERS).connect_with(reading).await.map_err(no_access)?;
        Ok(Self { orders: Queue::start(GroupsWriter(writer.clone())), writer, readers })
    }

    /// Closes the file once everything under way is done.
    pub async fn close(&self) {
        self.orders.finish().await;
        self.readers.close().await;
        self.writer.close().await;
    }

    /// A transaction that has the right to write from its beginning on.
    async fn begin(&self) -> sqlx::Result<Writing> {
        self.writer.begin().await
    }

    /// Does one statement in a transaction of its own; returns how many rows it changed.
    async fn change(
        &self,
        what: &'static str,
        statement: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<u64, StoreError> {
        let failed = failed_to(what);
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = statement.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done.rows_affected())
    }

    /// The same for what somebody does in the admin: where it changed anything, that is noted in the audit.
    async fn change_noted(
        &self,
        what: &'static str,
        statement: Query<'_, Sqlite, SqliteArguments>,
        done: Note<'_>,
    ) -> Result<u64, StoreError> {
        let failed = failed_to(what);
        let mut transaction = self.begin().await.map_err(failed)?;
        let changed = statement.execute(&mut *transaction).await.map_err(failed)?.rows_affected();
        if changed > 0 {
            note(&mut transaction, done).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(changed)
    }
}

#[async_trait]
impl DatabaseStore for SqliteStore {
    async fn is_there(&self) -> Result<(), StoreError> {
        self.writer.is_there().map_err(failed_to("keep anything"))
    }

    /// A file that can't be written is not opened. What stands in the way later, a full disk or another's lock, is told to whoever
    /// writes: asking would wait for the writer's turn.
    async fn can_be_written(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

const VERSION: &str = "SELECT sqlite_version()";

fn is_recent(version: &str) -> bool {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    parts.as_slice() >= OLDEST_SQLITE.as_slice()
}

/// Notes something in the audit, in the transaction in which it is done.
async fn note(connection: &mut SqliteConnection, note: Note<'_>) -> sqlx::Result<()> {
    // Only one transaction writes at a time.
    let before: Option<String> = sqlx::query_scalar(LAST_HASH).fetch_optional(&mut *connection).await?;
    let hash = note.hash(before.as_deref().unwrap_or_default());
    let query = sqlx::query(NOTE).bind(milliseconds(note.at)).bind(note.by).bind(note.action);
    query.bind(note.subject).bind(note.detail).bind(hash).execute(connection).await?;
    Ok(())
}

/// Notes that somebody edits a draft, where that was not noted a while ago.
async fn note_editing(connection: &mut SqliteConnection, done: Note<'_>) -> sqlx::Result<()> {
    let lately = sqlx::query_scalar(NOTED_SINCE).bind(done.subject).bind(done.action).bind(done.by);
    let lately: i64 = lately.bind(milliseconds(done.at - EDITING)).fetch_one(&mut *connection).await?;
    if lately == 0 { note(connection, done).await } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_releases_of_sqlite_are_refused() {
        for (version, recent) in [
            ("3.51.3", true),
            ("3.52.0", true),
            ("4.0", true),
            ("3.51.2", false),
            ("3.6.20", false),
            ("", false),
        ] {
            assert_eq!(is_recent(version), recent, "{version}");
        }
    }
}
