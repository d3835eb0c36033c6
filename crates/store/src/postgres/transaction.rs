//! Transactions, the only way in which PostgreSQL is asked anything here, reads too: so it works through a pooler that
//! gives out a connection for a transaction. A statement is never kept on a connection, for the same reason.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgPool, Postgres, Transaction};

use crate::rows::is_passing;

pub(super) const READ: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY";
/// The rows that decide are locked by the statements, so each statement has to see what was committed before it. A process
/// that stands still keeps its locks no longer than this, and nobody waits for a lock for ever.
pub(super) const WRITE: &str = "\
    BEGIN ISOLATION LEVEL READ COMMITTED;
    SET LOCAL lock_timeout = '4s';
    SET LOCAL idle_in_transaction_session_timeout = '10s'";
/// How often a transaction is tried that others are in the way of.
const MOST_ATTEMPTS: u32 = 10;
const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(200);
const CONNECTIONS: u32 = 16;
/// For how long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long a transaction may take: waiting for a connection and for a lock, and some seconds of work.
pub(super) const DEADLINE: Duration = Duration::from_secs(15);
/// After how long a connection is looked at before it is used: the server may have been restarted.
const TRUSTED: Duration = Duration::from_secs(1);

/// A PostgreSQL database.
#[derive(Clone, Debug)]
pub(super) struct Database(PgPool);

impl Database {
    /// Nothing is asked of the database yet.
    pub(super) fn new(options: PgConnectOptions) -> Self {
        let pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    if meta.idle_for > TRUSTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            });
        Self(pool.connect_lazy_with(options))
    }

    /// Closes its connections once they are given back.
    pub(super) async fn close(&self) {
        self.0.close().await;
    }

    /// A transaction that begins like this.
    pub(super) async fn begin(&self, begin: &'static str) -> sqlx::Result<Transaction<'static, Postgres>> {
        self.0.begin_with(begin).await
    }
}

/// When a transaction broke off.
pub(super) enum Broken {
    /// Before it began.
    Before(sqlx::Error),
    /// In its work or when it was to be committed.
    Within(sqlx::Error),
}

/// How often a transaction was tried.
pub(super) struct Attempts {
    made: u32,
    pause: Duration,
    /// Whether trying again may help after this error.
    helps: fn(&sqlx::Error) -> bool,
}

impl Attempts {
    pub(super) fn new(helps: fn(&sqlx::Error) -> bool) -> Self {
        Self { made: 0, pause: FIRST_PAUSE, helps }
    }

    /// Returns when it is time for another attempt; the error, when there is none.
    pub(super) async fn wait(&mut self, broken: Broken) -> sqlx::Result<()> {
        let (helps, error) = match broken {
            // A connection that the server has closed meanwhile: there are others.
            Broken::Before(error) => {
                (is_passing(&error) && !matches!(error, sqlx::Error::PoolTimedOut), error)
            }
            Broken::Within(error) => ((self.helps)(&error), error),
        };
        self.made += 1;
        if !helps || self.made == MOST_ATTEMPTS {
            return Err(error);
        }
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }
}

/// Says what work answers with.
pub(super) fn work<T, F: Future<Output = sqlx::Result<T>>>(work: F) -> F {
    work
}

/// Does work in a transaction, and all of it again while its error says that this may help. A connection whose transaction
/// failed is given back once the server said that nothing of it is left (the pool asks), or else closed.
macro_rules! repeating {
    ($database:expr, $begin:expr, $helps:expr, |$connection:ident| $work:expr) => {{
        use $crate::postgres::transaction::{Attempts, Broken, DEADLINE, work};
        let mut attempts = Attempts::new($helps);
        loop {
            let attempt = async {
                match $database.begin($begin).await {
                    Err(error) => Err(Broken::Before(error)),
                    Ok(mut transaction) => {
                        let $connection: &mut sqlx::PgConnection = &mut transaction;
                        match work(async { $work }).await {
                            Ok(done) => transaction.commit().await.map(|()| done).map_err(Broken::Within),
                            Err(error) => Err(Broken::Within(error)),
                        }
                    }
                }
            };
            let Ok(outcome) = tokio::time::timeout(DEADLINE, attempt).await else {
                // As a server does that is gone without a word.
                break Err(sqlx::Error::PoolTimedOut);
            };
            match outcome {
                Ok(done) => break Ok(done),
                Err(broken) => {
                    if let Err(error) = attempts.wait(broken).await {
                        break Err(error);
                    }
                }
            }
        }
    }};
}

/// Reads in one transaction.
macro_rules! reading {
    ($database:expr, $what:expr, |$connection:ident| $work:expr) => {{
        use $crate::postgres::transaction::{READ, can_be_tried_again, repeating};
        repeating!($database, READ, can_be_tried_again, |$connection| $work)
            .map_err($crate::rows::failed_to($what))
    }};
}

/// Writes in one transaction, which is tried again when others were in its way: the work has to do the same each time.
macro_rules! writing {
    ($database:expr, $what:expr, |$connection:ident| $work:expr) => {{
        use $crate::postgres::transaction::{WRITE, can_be_tried_again, repeating};
        repeating!($database, WRITE, can_be_tried_again, |$connection| $work)
            .map_err($crate::rows::failed_to($what))
    }};
}

pub(super) use {reading, repeating, writing};

/// Whether others were in a transaction's way: nothing of it is written, and it may succeed the next time.
pub(super) fn can_be_tried_again(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| ["40001", "40P01"].contains(&&*code))
}
