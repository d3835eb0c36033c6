//! The databases behind the shop. [`SqliteStore`] keeps everything in one file, [`PostgresStore`] in a server's database
//! that several shops may share. [`Address`] says which.

mod address;
mod backup;
mod copy;
mod group;
pub mod postgres;
mod rows;
pub mod sqlite;
mod statements;

pub use address::Address;
pub use backup::{BackupError, back_up, restore};
pub use copy::{Checksum, Copied, CopyError, copy};
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;
