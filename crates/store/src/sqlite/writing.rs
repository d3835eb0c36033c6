//! A transaction that writes. Its connection goes back to the pool only when the transaction was committed: SQLite may have
//! rolled back by itself, as it does when the disk is full, and whatever is counted about a connection is wrong then.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, SqlitePool};

use super::file::DatabaseFile;

const BEGIN: &str = "BEGIN IMMEDIATE";
const COMMIT: &str = "COMMIT";
const VACUUM: &str = "VACUUM";
const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// A transaction that has the right to write from its beginning on. Dropped before [`Writing::commit`], it closes its
/// connection, which takes everything back; the pool opens another one.
#[derive(Debug)]
pub(super) struct Writing {
    connection: PoolConnection<Sqlite>,
    file: DatabaseFile,
    committed: bool,
}

/// The one connection that writes.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pool: SqlitePool,
    file: DatabaseFile,
}

impl Writer {
    pub(super) fn new(pool: SqlitePool, file: DatabaseFile) -> Self {
        Self { pool, file }
    }

    /// Fails where nothing that is written would be kept.
    pub(super) fn is_there(&self) -> sqlx::Result<()> {
        self.file.is_there()
    }

    /// Begins a transaction, and fails where that can't be kept.
    pub(super) async fn begin(&self) -> sqlx::Result<Writing> {
        self.file.is_there()?;
        let connection = self.pool.acquire().await?;
        let mut writing = Writing { connection, file: self.file.clone(), committed: false };
        sqlx::query(BEGIN).execute(&mut *writing).await?;
        self.file.is_there_with_log()?;
        Ok(writing)
    }

    /// Writes the whole file anew and empties its log, so that nothing is left of what was deleted. `false` where somebody reads
    /// from the log still.
    pub(super) async fn scrub(&self) -> sqlx::Result<bool> {
        let mut connection = self.pool.acquire().await?;
        sqlx::query(VACUUM).execute(&mut *connection).await?;
        let busy: i64 = sqlx::query_scalar(EMPTY_LOG).fetch_one(&mut *connection).await?;
        Ok(busy == 0)
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

impl Writing {
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        sqlx::query(COMMIT).execute(&mut *self).await?;
        self.committed = true;
        self.file.is_there_with_log()
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.committed {
            self.connection.close_on_drop();
        }
    }
}

impl Deref for Writing {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
