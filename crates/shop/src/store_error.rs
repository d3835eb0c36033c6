//! Why the database did not do what it was asked.

use std::error::Error;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be opened.
    #[error("can't open the database {database}: {reason}. {advice}")]
    Open {
        /// The file or address.
        database: String,
        /// The reason.
        reason: String,
        /// What to do.
        advice: &'static str,
    },
    /// The database failed.
    #[error("the database failed to {what}: {source}")]
    Failed {
        /// What it was to do, such as `place an order`.
        what: &'static str,
        /// The database's reason.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The database does not answer, or is too busy to; it may at another time.
    #[error("the database can't {what} at this moment: {source}")]
    Unavailable {
        /// What it was to do, such as `place an order`.
        what: &'static str,
        /// The database's reason.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Something stored is nothing that this release can read.
    #[error("{what} in the database can't be read: {reason}; was it written by a newer release?")]
    Unreadable {
        /// What was read.
        what: String,
        /// Why not.
        reason: String,
    },
}
