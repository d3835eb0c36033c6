//! How orders are written.

use shop::StoreError;
use shop::orders::Order;
use sqlx::{Connection, SqliteConnection, SqlitePool};

use crate::group::{GroupWriter, Written};
use crate::rows::{failed_to, milliseconds};
use crate::statements::orders::{ADD_PICTURE, ORDER_BY_REQUEST, OrderRecord, ReadyOrder};

const PLACE_ORDER: &str = "\
    INSERT INTO orders (number, token, request_key, placed_at, slug, revision, product_name, choices, design, lines,
        total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer)
    SELECT COALESCE(MAX(number), 1000) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15, $16, $17
    FROM orders
    RETURNING number";

/// Writes groups of orders in one transaction, each order within a savepoint of its own.
pub(super) struct Writer(pub(super) SqlitePool);

impl GroupWriter for Writer {
    async fn write(&self, orders: &[ReadyOrder]) -> Result<Vec<Result<Written, StoreError>>, StoreError> {
        self.write_all(orders).await.map_err(failed_to(ReadyOrder::WHAT))
    }
}

impl Writer {
    async fn write_all(&self, orders: &[ReadyOrder]) -> sqlx::Result<Vec<Result<Written, StoreError>>> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        let mut outcomes = Vec::with_capacity(orders.len());
        for order in orders {
            let mut savepoint = transaction.begin().await?;
            let outcome = place(&mut savepoint, order).await.map_err(failed_to(ReadyOrder::WHAT));
            if outcome.is_ok() {
                savepoint.commit().await?;
            } else {
                savepoint.rollback().await?;
            }
            outcomes.push(outcome);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }
}

/// Writes an order under the next number, unless one with its key is there.
async fn place(connection: &mut SqliteConnection, ready: &ReadyOrder) -> sqlx::Result<Written> {
    if let Some(key) = &ready.request_key
        && let Some(known) = find_by_request(connection, key).await?
    {
        return Ok(Written::Known(Box::new(known)));
    }
    insert(connection, ready).await.map(Written::New)
}

/// Writes an order and returns its number.
async fn insert(connection: &mut SqliteConnection, ready: &ReadyOrder) -> sqlx::Result<i64> {
    let order = &ready.content;
    let query = sqlx::query(ADD_PICTURE).bind(&ready.picture).bind(&order.picture);
    query.execute(&mut *connection).await?;
    sqlx::query_scalar(PLACE_ORDER)
        .bind(&order.token)
        .bind(&ready.request_key)
        .bind(milliseconds(order.placed_at))
        .bind(order.slug.as_str())
        .bind(order.revision.get())
        .bind(&order.product_name)
        .bind(&ready.choices)
        .bind(&ready.design)
        .bind(&ready.lines)
        .bind(order.total)
        .bind(&order.currency)
        .bind(order.lead_time_days)
        .bind(order.weight)
        .bind(order.points)
        .bind(&ready.picture)
        .bind(&order.stated_use)
        .bind(&ready.buyer)
        .fetch_one(connection)
        .await
}

/// The order with this idempotency key.
async fn find_by_request(
    connection: &mut SqliteConnection,
    request_key: &str,
) -> sqlx::Result<Option<Order>> {
    let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_REQUEST).bind(request_key);
    Ok(query.fetch_optional(connection).await?.map(Order::from))
}
