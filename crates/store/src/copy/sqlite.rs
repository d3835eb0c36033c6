//! An SQLite file as source or target.

use std::path::Path;

use futures_util::stream::{BoxStream, StreamExt};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Row as _, SqliteConnection};

use super::row::{Cell, Column, Holds, Row};
use super::side::Side;

const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
const COLUMNS: &str = "SELECT name, type FROM pragma_table_info($1)";

/// A transaction on a file.
pub(super) struct File(SqliteConnection);

impl File {
    /// To read what is there at this moment.
    pub(super) async fn read(path: &Path) -> sqlx::Result<Self> {
        Self::begin(SqliteConnectOptions::new().filename(path).read_only(true), "BEGIN").await
    }

    /// To write into a file that has its tables.
    pub(super) async fn write(path: &Path) -> sqlx::Result<Self> {
        let options = SqliteConnectOptions::new().filename(path).foreign_keys(true);
        Self::begin(options.synchronous(SqliteSynchronous::Full), "BEGIN IMMEDIATE").await
    }

    async fn begin(options: SqliteConnectOptions, begin: &'static str) -> sqlx::Result<Self> {
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::raw_sql(begin).execute(&mut connection).await?;
        Ok(Self(connection))
    }
}

impl Side for File {
    async fn tables(&mut self) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar(TABLES).fetch_all(&mut self.0).await
    }

    async fn columns(&mut self, table: &str) -> sqlx::Result<Vec<(String, String)>> {
        sqlx::query_as(COLUMNS).bind(table).fetch_all(&mut self.0).await
    }

    fn holds(name: &str) -> Option<Holds> {
        match name {
            "INTEGER" => Some(Holds::Integer),
            "TEXT" => Some(Holds::Text),
            "BLOB" => Some(Holds::Bytes),
            _ => None,
        }
    }

    fn rows<'r>(&'r mut self, select: String, columns: &'r [Column]) -> BoxStream<'r, sqlx::Result<Row>> {
        let rows = sqlx::query(AssertSqlSafe(select)).persistent(false).fetch(&mut self.0);
        rows.map(|row| cells(&row?, columns)).boxed()
    }

    async fn insert(&mut self, insert: String, _columns: &[Column], rows: Vec<Row>) -> sqlx::Result<()> {
        let mut query = sqlx::query(AssertSqlSafe(insert)).persistent(false);
        for cell in rows.into_iter().flatten() {
            query = match cell {
                Cell::Null => query.bind(None::<i64>),
                Cell::Integer(integer) => query.bind(integer),
                Cell::Text(text) => query.bind(text),
                Cell::Bytes(bytes) => query.bind(bytes),
            };
        }
        query.execute(&mut self.0).await?;
        Ok(())
    }

    async fn commit(mut self) -> sqlx::Result<()> {
        sqlx::raw_sql("COMMIT").execute(&mut self.0).await?;
        self.0.close().await
    }
}

fn cells(row: &SqliteRow, columns: &[Column]) -> sqlx::Result<Row> {
    let cell = |(index, column): (usize, &Column)| {
        Ok(match column.holds {
            Holds::Integer => row.try_get::<Option<i64>, _>(index)?.map_or(Cell::Null, Cell::Integer),
            Holds::Text => row.try_get::<Option<String>, _>(index)?.map_or(Cell::Null, Cell::Text),
            Holds::Bytes => row.try_get::<Option<Vec<u8>>, _>(index)?.map_or(Cell::Null, Cell::Bytes),
        })
    };
    columns.iter().enumerate().map(cell).collect()
}
