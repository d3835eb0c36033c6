//! How orders are written: a group in one transaction, one group at a time in all shops that share the database, so that
//! numbers have no gaps and one key never has two orders.

use shop::StoreError;
use shop::orders::Order;
use sqlx::{Connection, PgConnection};

use super::query::{Turn, query, query_as, query_scalar};
use super::transaction::{Database, can_be_tried_again, writing};
use crate::group::{GroupWriter, Written};
use crate::rows::{failed_to, milliseconds};
use crate::statements::orders::{ADD_PICTURE, ORDER_BY_REQUEST, OrderRecord, ReadyOrder};

const PLACE_ORDER: &str = "\
    WITH counted AS (UPDATE counters SET last = last + 1 WHERE name = 'orders' RETURNING last)
    INSERT INTO orders (number, token, request_key, placed_at, slug, revision, product_name, choices, design, lines,
        total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer)
    SELECT last, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15, $16, $17
    FROM counted
    RETURNING number";

/// Writes groups of orders.
pub(super) struct Writer(pub(super) Database);

impl GroupWriter for Writer {
    async fn write(&self, orders: &[ReadyOrder]) -> Result<Vec<Result<Written, StoreError>>, StoreError> {
        writing!(self.0, ReadyOrder::WHAT, |connection| write_all(connection, orders).await)
    }
}

/// Each order within a savepoint of its own.
async fn write_all(
    connection: &mut PgConnection,
    orders: &[ReadyOrder],
) -> sqlx::Result<Vec<Result<Written, StoreError>>> {
    Turn::Orders.wait(&mut *connection).await?;
    let mut outcomes = Vec::with_capacity(orders.len());
    for order in orders {
        let mut savepoint = connection.begin().await?;
        match place(&mut savepoint, order).await {
            Ok(written) => {
                savepoint.commit().await?;
                outcomes.push(Ok(written));
            }
            // Then all of the transaction is lost.
            Err(error) if can_be_tried_again(&error) => return Err(error),
            Err(error) => {
                savepoint.rollback().await?;
                outcomes.push(Err(failed_to(ReadyOrder::WHAT)(error)));
            }
        }
    }
    Ok(outcomes)
}

/// Writes an order under the next number, unless one with its key is there.
async fn place(connection: &mut PgConnection, ready: &ReadyOrder) -> sqlx::Result<Written> {
    if let Some(key) = &ready.request_key {
        let query = query_as::<OrderRecord>(ORDER_BY_REQUEST).bind(key);
        if let Some(known) = query.fetch_optional(&mut *connection).await? {
            return Ok(Written::Known(Box::new(Order::from(known))));
        }
    }
    let order = &ready.content;
    query(ADD_PICTURE).bind(&ready.picture).bind(&order.picture).execute(&mut *connection).await?;
    let number = query_scalar(PLACE_ORDER)
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
        .bind(i64::from(order.lead_time_days))
        .bind(order.weight)
        .bind(i64::from(order.points))
        .bind(&ready.picture)
        .bind(&order.stated_use)
        .bind(&ready.buyer)
        .fetch_one(connection)
        .await?;
    Ok(Written::New(number))
}
