//! How orders are written: a group in one transaction, one group at a time in all shops that share the database, so that
//! numbers have no gaps and one key never has two orders.

use shop::StoreError;
use shop::orders::{OrderNumber, Placing, RequestKey};
use sqlx::{Connection, PgConnection};

use super::query::{Turn, query, query_as, query_scalar};
use super::transaction::{Database, can_be_tried_again, writing};
use crate::group::{GroupWriter, Written};
use crate::rows::{failed_to, julian_day, milliseconds};
use crate::statements::offers::IS_WITHDRAWN;
use crate::statements::orders::{ADD_PICTURE, ADD_TOKEN, ORDER_BY_REQUEST, OrderRecord, ReadyOrder};

const PLACE_ORDER: &str = "\
    WITH counted AS (UPDATE counters SET last = last + 1 WHERE name = 'orders' RETURNING last)
    INSERT INTO orders (number, token, request_key, request_body, placed_at, slug, revision, product_name, choices, design,
        lines, total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer,
        quantity, arrival, vat, return_days)
    SELECT last, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', $16, $17, $18,
        $19, $20, $21, $22
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

/// Writes an order under the next number, unless its request came before.
async fn place(connection: &mut PgConnection, ready: &ReadyOrder) -> sqlx::Result<Written> {
    if let Some(request) = &ready.request
        && let Some(placing) = placed_before(connection, request).await?
    {
        if let Placing::PlacedBefore(order) = &placing {
            add_token(connection, &ready.token_hash, order.number).await?;
        }
        return Ok(Written::Nothing(Box::new(placing)));
    }
    let order = &ready.content;
    let withdrawn = query_scalar::<i64>(IS_WITHDRAWN).bind(order.slug.as_str()).bind(order.revision.get());
    if withdrawn.fetch_one(&mut *connection).await? > 0 {
        return Ok(Written::Nothing(Box::new(Placing::Withdrawn)));
    }
    query(ADD_PICTURE).bind(&ready.picture).bind(&order.picture).execute(&mut *connection).await?;
    let number = query_scalar(PLACE_ORDER)
        .bind(&ready.token_hash)
        .bind(ready.request.as_ref().map(|request| &request.key))
        .bind(ready.request.as_ref().map_or("", |request| &request.body))
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
        .bind(i64::from(order.quantity))
        .bind(julian_day(order.arrival))
        .bind(order.vat.map(i64::from))
        .bind(order.return_days.map(i64::from))
        .fetch_one(connection)
        .await?;
    Ok(Written::New(number))
}

/// What came of the request with this key, as far as orders tell.
pub(super) async fn placed_before(
    connection: &mut PgConnection,
    request: &RequestKey,
) -> sqlx::Result<Option<Placing>> {
    let query = query_as::<OrderRecord>(ORDER_BY_REQUEST).bind(&request.key);
    Ok(query.fetch_optional(connection).await?.map(|record| record.placed_before(request)))
}

/// Lets a token open an order.
pub(super) async fn add_token(
    connection: &mut PgConnection,
    token_hash: &str,
    number: OrderNumber,
) -> sqlx::Result<()> {
    query(ADD_TOKEN).bind(token_hash).bind(number.get()).execute(connection).await?;
    Ok(())
}
