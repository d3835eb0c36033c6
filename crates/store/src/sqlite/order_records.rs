//! How orders are written.

use sha2::{Digest, Sha256};
use shop::StoreError;
use shop::orders::{OrderNumber, Placing, RequestKey};
use sqlx::SqliteConnection;

use super::writing::Writer;
use crate::group::{GroupWriter, Written};
use crate::rows::{failed_to, julian_day, milliseconds};
use crate::statements::offers::IS_WITHDRAWN;
use crate::statements::orders::{ADD_PICTURE, ADD_TOKEN, ORDER_BY_REQUEST, OrderRecord, ReadyOrder};

const PLACE_ORDER: &str = "\
    INSERT INTO orders (number, token, request_key, request_body, placed_at, slug, revision, product_name, choices, design,
        lines, total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer,
        quantity, arrival, vat, return_days)
    SELECT COALESCE(MAX(number), 1000) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', $16, $17,
        $18, $19, $20, $21, $22
    FROM orders
    RETURNING number";
/// Tokens have 32 digits, hashes 64.
const PLAIN_TOKENS: &str = "SELECT number, token FROM orders WHERE LENGTH(token) = 32 LIMIT 1000";
const HASH_TOKEN: &str = "UPDATE orders SET token = $2 WHERE number = $1";

/// Writes groups of orders in one transaction, each order in a part of its own.
pub(super) struct GroupsWriter(pub(super) Writer);

impl GroupWriter for GroupsWriter {
    async fn write(&self, orders: &[ReadyOrder]) -> Result<Vec<Result<Written, StoreError>>, StoreError> {
        self.write_all(orders).await.map_err(failed_to(ReadyOrder::WHAT))
    }
}

impl GroupsWriter {
    async fn write_all(&self, orders: &[ReadyOrder]) -> sqlx::Result<Vec<Result<Written, StoreError>>> {
        let mut transaction = self.0.begin().await?;
        let mut outcomes = Vec::with_capacity(orders.len());
        for order in orders {
            transaction.begin_part().await?;
            let outcome = place(&mut transaction, order).await.map_err(failed_to(ReadyOrder::WHAT));
            if outcome.is_ok() {
                transaction.keep_part().await?;
            } else {
                transaction.take_part_back().await?;
            }
            outcomes.push(outcome);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }
}

/// Writes an order under the next number, unless its request came before.
async fn place(connection: &mut SqliteConnection, ready: &ReadyOrder) -> sqlx::Result<Written> {
    if let Some(request) = &ready.request
        && let Some(placing) = placed_before(connection, request).await?
    {
        if let Placing::PlacedBefore(order) = &placing {
            add_token(connection, &ready.token_hash, order.number).await?;
        }
        return Ok(Written::Nothing(Box::new(placing)));
    }
    let order = &ready.content;
    let query = sqlx::query_scalar(IS_WITHDRAWN).bind(order.slug.as_str()).bind(order.revision.get());
    let withdrawn: i64 = query.fetch_one(&mut *connection).await?;
    if withdrawn > 0 {
        return Ok(Written::Nothing(Box::new(Placing::Withdrawn)));
    }
    insert(connection, ready).await.map(Written::New)
}

/// Writes an order and returns its number.
async fn insert(connection: &mut SqliteConnection, ready: &ReadyOrder) -> sqlx::Result<i64> {
    let order = &ready.content;
    let query = sqlx::query(ADD_PICTURE).bind(&ready.picture).bind(&order.picture);
    query.execute(&mut *connection).await?;
    sqlx::query_scalar(PLACE_ORDER)
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
        .bind(order.lead_time_days)
        .bind(order.weight)
        .bind(order.points)
        .bind(&ready.picture)
        .bind(&order.stated_use)
        .bind(&ready.buyer)
        .bind(i64::from(order.quantity))
        .bind(julian_day(order.arrival))
        .bind(order.vat.map(i64::from))
        .bind(order.return_days.map(i64::from))
        .fetch_one(connection)
        .await
}

/// What came of the request with this key, as far as orders tell.
pub(super) async fn placed_before(
    connection: &mut SqliteConnection,
    request: &RequestKey,
) -> sqlx::Result<Option<Placing>> {
    let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_REQUEST).bind(&request.key);
    Ok(query.fetch_optional(connection).await?.map(|record| record.placed_before(request)))
}

/// Lets a token open an order.
pub(super) async fn add_token(
    connection: &mut SqliteConnection,
    token_hash: &str,
    number: OrderNumber,
) -> sqlx::Result<()> {
    sqlx::query(ADD_TOKEN).bind(token_hash).bind(number.get()).execute(connection).await?;
    Ok(())
}

/// Hashes the tokens that an older release kept as they were.
pub(super) async fn hash_plain_tokens(writer: &Writer) -> sqlx::Result<()> {
    loop {
        let mut transaction = writer.begin().await?;
        let plain: Vec<(i64, String)> = sqlx::query_as(PLAIN_TOKENS).fetch_all(&mut *transaction).await?;
        if plain.is_empty() {
            return transaction.commit().await;
        }
        for (number, token) in plain {
            let hash = const_hex::encode(Sha256::digest(token.as_bytes()));
            sqlx::query(HASH_TOKEN).bind(number).bind(hash).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
    }
}
