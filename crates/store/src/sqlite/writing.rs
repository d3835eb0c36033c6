//! Who writes: one connection, and only while the file is where it was.

use std::ops::{Deref, DerefMut};

use sqlx::{SqliteConnection, SqlitePool};

use super::file::DatabaseFile;
use super::transaction::{Transaction, WRITE};

const VACUUM: &str = "VACUUM";
const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// A transaction that writes. Dropped before [`Writing::commit`], nothing of it is kept.
#[derive(Debug)]
pub(super) struct Writing {
    transaction: Transaction,
    file: DatabaseFile,
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
        let transaction = Transaction::begin(&self.pool, WRITE).await?;
        self.file.is_there_with_log()?;
        Ok(Writing { transaction, file: self.file.clone() })
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
    pub(super) async fn commit(self) -> sqlx::Result<()> {
        self.transaction.commit().await?;
        self.file.is_there_with_log()
    }
}

impl Deref for Writing {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}
