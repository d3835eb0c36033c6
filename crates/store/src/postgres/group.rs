//! How orders are written: a group in one transaction, one group at a time in all shops that share the database, so that
//! numbers have no gaps and one key never has two orders.

use shop::StoreError;
use shop::orders::{OrderNumber, Placing, RequestKey};
use sqlx::PgConnection;

use super::asked::forget_refused;
use super::query::{Turn, query, query_as};
use super::transaction::{Database, writing};
use crate::group::{GroupWriter, Written};
use crate::statements::mail::add_order_mails;
use crate::statements::orders::{
    ADD_PICTURE, ADD_TOKEN, Basket, Fate, Known, ORDER_BY_REQUEST, OrderRecord, ReadyOrder, add_orders,
    fates, questions,
};

/// What is known of each of these orders.
const KNOWN: &str = "\
    SELECT EXISTS (SELECT 1 FROM orders WHERE request_key = asked.value ->> 'key') AS requested,
        EXISTS (SELECT 1 FROM offers WHERE slug = asked.value ->> 'slug'
            AND revision = (asked.value ->> 'revision')::bigint AND withdrawn_at IS NOT NULL)
        OR NOT EXISTS (SELECT 1 FROM products WHERE slug = asked.value ->> 'slug' AND standing IN ('listed', 'hidden')) AS withdrawn,
        EXISTS (SELECT 1 FROM pictures WHERE hash = DECODE(asked.value ->> 'picture', 'hex')) AS pictured
    FROM JSONB_ARRAY_ELEMENTS($1::jsonb) WITH ORDINALITY AS asked (value, place) ORDER BY place";
const COUNT: &str = "UPDATE counters SET last = $1 WHERE name = 'orders'";

/// Writes groups of orders.
pub(super) struct Writer(pub(super) Database);

impl GroupWriter for Writer {
    async fn write(&self, baskets: &[Basket]) -> Result<Vec<Written>, StoreError> {
        writing!(self.0, ReadyOrder::WHAT, |connection| write_all(connection, baskets).await)
    }
}

async fn write_all(connection: &mut PgConnection, baskets: &[Basket]) -> sqlx::Result<Vec<Written>> {
    let mut last = Turn::Orders.wait(&mut *connection).await?;
    let known = query_as::<Known>(KNOWN).bind(questions(baskets)).fetch_all(&mut *connection).await?;
    let orders: Vec<_> = fates(baskets, known).collect();
    let new = || orders.iter().filter(|fate| fate.is_written);
    for Fate { order, .. } in new().filter(|fate| !fate.known.pictured) {
        let picture = query(ADD_PICTURE).bind(&order.picture).bind(&order.content.picture);
        picture.execute(&mut *connection).await?;
    }
    if new().next().is_some() {
        let mut statement = add_orders(new().map(|fate| fate.order), last);
        statement.build().persistent(false).execute(&mut *connection).await?;
        if new().any(|fate| fate.order.keeps_asked()) {
            forget_refused(&mut *connection, last).await?;
        }
        if let Some(mut mails) = add_order_mails(new().map(|fate| fate.order).zip(last + 1..)) {
            mails.build().persistent(false).execute(&mut *connection).await?;
        }
    }
    let mut outcomes = Vec::with_capacity(orders.len());
    for fate in &orders {
        outcomes.push(if fate.is_written {
            last += 1;
            Written::New(last)
        } else {
            Written::Nothing(Box::new(why_not(connection, fate).await?))
        });
    }
    query(COUNT).bind(last).execute(connection).await?;
    Ok(outcomes)
}

/// Why an order is not written: its request came before, or else its revision was withdrawn; where neither is so, another one of its
/// basket is not written.
async fn why_not(connection: &mut PgConnection, fate: &Fate<'_>) -> sqlx::Result<Placing> {
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
