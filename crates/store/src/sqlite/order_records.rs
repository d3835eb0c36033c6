//! How orders are written.

use sha2::{Digest, Sha256};
use shop::StoreError;
use shop::orders::{OrderNumber, Placing, RequestKey};
use sqlx::SqliteConnection;

use super::asked::forget_refused;
use super::writing::Writer;
use crate::group::{GroupWriter, Written};
use crate::rows::failed_to;
use crate::statements::mail::add_order_mails;
use crate::statements::orders::{
    ADD_PICTURE, ADD_TOKEN, Basket, Fate, Known, ORDER_BY_REQUEST, OrderRecord, ReadyOrder, add_orders,
    fates, questions,
};

/// What is known of each of these orders.
const KNOWN: &str = "\
    SELECT EXISTS (SELECT 1 FROM orders WHERE request_key = asked.value ->> 'key') AS requested,
        EXISTS (SELECT 1 FROM offers WHERE slug = asked.value ->> 'slug' AND revision = asked.value ->> 'revision'
            AND withdrawn_at IS NOT NULL)
        OR NOT EXISTS (SELECT 1 FROM products WHERE slug = asked.value ->> 'slug' AND standing IN ('listed', 'hidden')) AS withdrawn,
        EXISTS (SELECT 1 FROM pictures WHERE hash = UNHEX(asked.value ->> 'picture')) AS pictured
    FROM JSON_EACH($1) AS asked ORDER BY asked.key";
const LAST_NUMBER: &str = "SELECT COALESCE(MAX(number), 1000) FROM orders";
/// Tokens have 32 digits, hashes 64.
const PLAIN_TOKENS: &str = "SELECT number, token FROM orders WHERE LENGTH(token) = 32 LIMIT 1000";
const HASH_TOKEN: &str = "UPDATE orders SET token = $2 WHERE number = $1";

/// Writes groups of orders.
pub(super) struct GroupsWriter(pub(super) Writer);

impl GroupWriter for GroupsWriter {
    async fn write(&self, baskets: &[Basket]) -> Result<Vec<Written>, StoreError> {
        self.write_all(baskets).await.map_err(failed_to(ReadyOrder::WHAT))
    }
}

impl GroupsWriter {
    async fn write_all(&self, baskets: &[Basket]) -> sqlx::Result<Vec<Written>> {
        let mut transaction = self.0.begin().await?;
        let known: Vec<Known> =
            sqlx::query_as(KNOWN).bind(questions(baskets)).fetch_all(&mut *transaction).await?;
        let mut last: i64 = sqlx::query_scalar(LAST_NUMBER).fetch_one(&mut *transaction).await?;
        let orders: Vec<_> = fates(baskets, known).collect();
        let new = || orders.iter().filter(|fate| fate.is_written);
        for Fate { order, .. } in new().filter(|fate| !fate.known.pictured) {
            let query = sqlx::query(ADD_PICTURE).bind(&order.picture).bind(&order.content.picture);
            query.execute(&mut *transaction).await?;
        }
        if new().next().is_some() {
            let mut statement = add_orders(new().map(|fate| fate.order), last);
            statement.build().execute(&mut *transaction).await?;
            if new().any(|fate| fate.order.keeps_asked()) {
                forget_refused(&mut transaction, last).await?;
            }
            if let Some(mut mails) = add_order_mails(new().map(|fate| fate.order).zip(last + 1..)) {
                mails.build().execute(&mut *transaction).await?;
            }
        }
        let mut outcomes = Vec::with_capacity(orders.len());
        for fate in &orders {
            outcomes.push(if fate.is_written {
                last += 1;
                Written::New(last)
            } else {
                Written::Nothing(Box::new(why_not(&mut transaction, fate).await?))
            });
        }
        transaction.commit().await?;
        Ok(outcomes)
    }
}

/// Why an order is not written: its request came before, or else its revision was withdrawn; where neither is so, another one of its
/// basket is not written.
async fn why_not(connection: &mut SqliteConnection, fate: &Fate<'_>) -> sqlx::Result<Placing> {
    let Fate { order, known, .. } = fate;
    if known.is_new() {
        return Ok(Placing::HeldBack);
    }
    let Some(request) = &order.request else { return Ok(Placing::Withdrawn) };
    let placing = placed_before(connection, request).await?;
    if let Some(Placing::PlacedBefore(before)) = &placing {
        add_token(connection, &order.token_hash, before.number).await?;
    }
    Ok(placing.unwrap_or(Placing::Withdrawn))
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
