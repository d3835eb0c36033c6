//! A transaction. Its connection goes back to its pool only when the transaction was committed: SQLite may have rolled back by
//! itself, as it does when the disk is full or can't be read, and whatever is counted about a connection is wrong then.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, SqlitePool};

/// All that is read is of one moment.
pub(super) const READ: &str = "BEGIN";
/// It has the right to write from its beginning on.
pub(super) const WRITE: &str = "BEGIN IMMEDIATE";
const COMMIT: &str = "COMMIT";

/// A transaction. Dropped before [`Transaction::commit`], it closes its connection, which takes everything back; the pool opens
/// another one.
#[derive(Debug)]
pub(super) struct Transaction {
    connection: PoolConnection<Sqlite>,
    committed: bool,
}

impl Transaction {
    /// One that begins like this.
    pub(super) async fn begin(pool: &SqlitePool, begin: &'static str) -> sqlx::Result<Self> {
        let connection = pool.acquire().await?;
        let mut transaction = Self { connection, committed: false };
        sqlx::query(begin).execute(&mut *transaction).await?;
        Ok(transaction)
    }

    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        sqlx::query(COMMIT).execute(&mut *self).await?;
        self.committed = true;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.committed {
            self.connection.close_on_drop();
        }
    }
}

impl Deref for Transaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
