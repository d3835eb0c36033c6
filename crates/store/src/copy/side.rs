//! What is asked of each of the two databases.

use futures_util::stream::BoxStream;

use super::row::{Column, Holds, Row};

/// A transaction on one of the two databases.
pub(super) trait Side: Sized {
    /// The tables it has.
    async fn tables(&mut self) -> sqlx::Result<Vec<String>>;
    /// The columns of a table and what they are said to hold.
    async fn columns(&mut self, table: &str) -> sqlx::Result<Vec<(String, String)>>;
    /// What a column holds that is said to hold this.
    fn holds(name: &str) -> Option<Holds>;
    /// The rows of a statement that selects these columns.
    fn rows<'r>(&'r mut self, select: String, columns: &'r [Column]) -> BoxStream<'r, sqlx::Result<Row>>;
    /// Writes rows with a statement that has a place for each of their cells.
    async fn insert(&mut self, insert: String, columns: &[Column], rows: Vec<Row>) -> sqlx::Result<()>;
    /// Ends it and keeps what was written; what counts goes on after that. A file is closed then.
    async fn commit(self) -> sqlx::Result<()>;
}
