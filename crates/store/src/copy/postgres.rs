//! A PostgreSQL database as source or target.

use futures_util::stream::{BoxStream, StreamExt};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row as _};

use super::row::{Cell, Column, Holds, Row};
use super::side::Side;
use crate::postgres::through_poolers;

const TABLES: &str =
    "SELECT table_name::TEXT FROM information_schema.tables WHERE table_schema = current_schema()";
const COLUMNS: &str = "\
    SELECT column_name::TEXT, data_type::TEXT FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = $1";
/// Shops on the target add no products and place no orders meanwhile.
const BEGIN: &str = "\
    BEGIN ISOLATION LEVEL READ COMMITTED;
    SET LOCAL lock_timeout = '4s';
    SELECT name FROM counters FOR UPDATE";
const COUNT_ORDERS: &str = "\
    UPDATE counters SET last = (SELECT COALESCE(MAX(number), 1000) FROM orders) WHERE name = 'orders'";
const COUNT_AUDIT: &str = "\
    SELECT setval(pg_get_serial_sequence('audit', 'id'), COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM audit";

/// A transaction on a database.
pub(super) struct Server(PgConnection);

impl Server {
    /// To read what is there at this moment.
    pub(super) async fn read(options: &PgConnectOptions) -> sqlx::Result<Self> {
        Self::begin(options, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
    }

    /// To write into a database that has its tables.
    pub(super) async fn write(options: &PgConnectOptions) -> sqlx::Result<Self> {
        Self::begin(options, BEGIN).await
    }

    async fn begin(options: &PgConnectOptions, begin: &'static str) -> sqlx::Result<Self> {
        let mut connection = PgConnection::connect_with(&through_poolers(options)).await?;
        sqlx::raw_sql(begin).execute(&mut connection).await?;
        Ok(Self(connection))
    }
}

impl Side for Server {
    async fn tables(&mut self) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar(TABLES).persistent(false).fetch_all(&mut self.0).await
    }

    async fn columns(&mut self, table: &str) -> sqlx::Result<Vec<(String, String)>> {
        sqlx::query_as(COLUMNS).persistent(false).bind(table).fetch_all(&mut self.0).await
    }

    fn holds(name: &str) -> Option<Holds> {
        match name {
            "bigint" => Some(Holds::Integer),
            "text" => Some(Holds::Text),
            "bytea" => Some(Holds::Bytes),
            _ => None,
        }
    }

    fn rows<'r>(&'r mut self, select: String, columns: &'r [Column]) -> BoxStream<'r, sqlx::Result<Row>> {
        let rows = sqlx::query(AssertSqlSafe(select)).persistent(false).fetch(&mut self.0);
        rows.map(|row| cells(&row?, columns)).boxed()
    }

    async fn insert(&mut self, insert: String, columns: &[Column], rows: Vec<Row>) -> sqlx::Result<()> {
        let mut query = sqlx::query(AssertSqlSafe(insert)).persistent(false);
        for row in rows {
            for (cell, column) in row.into_iter().zip(columns) {
                query = match (cell, column.holds) {
                    (Cell::Null, Holds::Integer) => query.bind(None::<i64>),
                    (Cell::Null, Holds::Text) => query.bind(None::<String>),
                    (Cell::Null, Holds::Bytes) => query.bind(None::<Vec<u8>>),
                    (Cell::Integer(integer), _) => query.bind(integer),
                    (Cell::Text(text), _) => query.bind(text),
                    (Cell::Bytes(bytes), _) => query.bind(bytes),
                };
            }
        }
        query.execute(&mut self.0).await?;
        Ok(())
    }

    async fn commit(mut self) -> sqlx::Result<()> {
        for statement in [COUNT_ORDERS, COUNT_AUDIT, "COMMIT"] {
            sqlx::raw_sql(statement).execute(&mut self.0).await?;
        }
        Ok(())
    }
}

fn cells(row: &PgRow, columns: &[Column]) -> sqlx::Result<Row> {
    let cell = |(index, column): (usize, &Column)| {
        Ok(match column.holds {
            Holds::Integer => row.try_get::<Option<i64>, _>(index)?.map_or(Cell::Null, Cell::Integer),
            Holds::Text => row.try_get::<Option<String>, _>(index)?.map_or(Cell::Null, Cell::Text),
            Holds::Bytes => row.try_get::<Option<Vec<u8>>, _>(index)?.map_or(Cell::Null, Cell::Bytes),
        })
    };
    columns.iter().enumerate().map(cell).collect()
}
