//! The databases behind the shop. [`SqliteStore`] keeps everything in one file.

pub mod sqlite;

pub use sqlite::SqliteStore;
