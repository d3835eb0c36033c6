//! Orders as they lie in the database, and how one is written.

use sha2::{Digest, Sha256};
use shop::orders::{
    Buyer, InvalidOrderNumber, NewOrder, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue,
    Placing, RequestKey,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::{FromRow, SqliteConnection};

use super::rows::{Moment, failed_to, json, milliseconds};
use super::writing::Writer;

const ADD_PICTURE: &str = "INSERT INTO pictures (hash, svg) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
const PLACE_ORDER: &str = "\
    INSERT INTO orders (number, token, request_key, request_body, placed_at, slug, revision, product_name, choices, design,
        lines, total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer)
    SELECT COALESCE(MAX(number), 1000) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', $16, $17,
        $18
    FROM orders
    RETURNING number";

/// A statement that reads orders, with what follows their tables.
macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "SELECT number, request_body, placed_at, slug, revision, product_name, design, lines, total, currency,
                lead_time_days, weight, points, COALESCE(svg, picture) AS picture, stated_use, buyer
            FROM orders LEFT JOIN pictures ON hash = picture_hash ",
            $rest
        )
    };
}

const ORDER_BY_REQUEST: &str = select_orders!("WHERE request_key = $1");
pub(super) const ORDER_BY_TOKEN: &str =
    select_orders!("WHERE token = $1 OR number = (SELECT number FROM order_tokens WHERE token_hash = $1)");
pub(super) const ORDER_BY_NUMBER: &str = select_orders!("WHERE number = $1");
/// Tokens have 32 digits, hashes 64.
const PLAIN_TOKENS: &str = "SELECT number, token FROM orders WHERE LENGTH(token) = 32 LIMIT 1000";
const HASH_TOKEN: &str = "UPDATE orders SET token = $2 WHERE number = $1";
const ADD_TOKEN: &str = "INSERT INTO order_tokens (token_hash, number) VALUES ($1, $2)";
/// Buyers of a design, newest first. The last thousand orders of the revision are looked at.
pub(super) const BUYERS_OF: &str = "\
    SELECT number, buyer FROM (
        SELECT number, buyer, choices FROM orders WHERE slug = $1 AND revision = $2 AND placed_at >= $3
        ORDER BY placed_at DESC LIMIT 1000
    ) AS recent WHERE choices = $4 ORDER BY number DESC";
pub(super) const ORDERS: &str = select_orders!("WHERE number < $1 ORDER BY number DESC LIMIT $2");

#[derive(FromRow)]
pub(super) struct OrderRecord {
    #[sqlx(try_from = "i64")]
    number: OrderNumber,
    /// What was asked for with its idempotency key.
    request_body: String,
    #[sqlx(try_from = "i64")]
    placed_at: Moment,
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    product_name: String,
    #[sqlx(json)]
    design: Vec<OrderedValue>,
    #[sqlx(json)]
    lines: Vec<OrderedLine>,
    total: i64,
    currency: String,
    #[sqlx(try_from = "i64")]
    lead_time_days: u32,
    weight: i64,
    #[sqlx(try_from = "i64")]
    points: u32,
    picture: String,
    stated_use: Option<String>,
    #[sqlx(json)]
    buyer: Buyer,
}

impl From<OrderRecord> for Order {
    fn from(row: OrderRecord) -> Self {
        let content = OrderContent {
            placed_at: row.placed_at.0,
            slug: row.slug,
            revision: row.revision,
            product_name: row.product_name,
            design: row.design,
            lines: row.lines,
            total: row.total,
            currency: row.currency,
            lead_time_days: row.lead_time_days,
            weight: row.weight,
            points: row.points,
            picture: row.picture,
            stated_use: row.stated_use,
            buyer: row.buyer,
        };
        Self { number: row.number, content }
    }
}

/// A buyer of a design.
#[derive(FromRow)]
pub(super) struct BuyerRecord {
    #[sqlx(try_from = "i64")]
    pub number: OrderNumber,
    #[sqlx(json)]
    pub buyer: Buyer,
}

/// An order with all that is written of it: what takes long to make is made before its turn.
#[derive(Debug)]
pub(super) struct ReadyOrder {
    pub content: OrderContent,
    token_hash: String,
    request: Option<RequestKey>,
    choices: String,
    design: String,
    lines: String,
    buyer: String,
    /// SHA-256 of the picture.
    picture: Vec<u8>,
}

impl ReadyOrder {
    pub(super) fn new(order: NewOrder) -> Result<Self, StoreError> {
        let NewOrder { content, token_hash, request } = order;
        let choices: Vec<_> = content.design.iter().map(|value| (&value.code, &value.value)).collect();
        Ok(Self {
            choices: json(&choices, "choices")?,
            design: json(&content.design, "a design")?,
            lines: json(&content.lines, "a price")?,
            buyer: json(&content.buyer, "a buyer")?,
            picture: Sha256::digest(content.picture.as_bytes()).to_vec(),
            content,
            token_hash,
            request,
        })
    }
}

/// Writes an order under the next number, unless its request came before.
pub(super) async fn place(
    connection: &mut SqliteConnection,
    ready: ReadyOrder,
) -> Result<Placing, StoreError> {
    let failed = failed_to("place an order");
    if let Some(request) = &ready.request
        && let Some(known) = placed_before(connection, request).await.map_err(failed)?
    {
        if let Placing::PlacedBefore(order) = &known {
            add_token(connection, &ready.token_hash, order.number).await.map_err(failed)?;
        }
        return Ok(known);
    }
    let number = insert(connection, &ready).await.map_err(failed)?;
    let unreadable = |error: InvalidOrderNumber| StoreError::Unreadable {
        what: "an order's number".to_owned(),
        reason: error.to_string(),
    };
    Ok(Placing::Placed(Order { number: number.try_into().map_err(unreadable)?, content: ready.content }))
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
        .fetch_one(connection)
        .await
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

/// What came of the request with this key, as far as orders tell.
pub(super) async fn placed_before(
    connection: &mut SqliteConnection,
    request: &RequestKey,
) -> sqlx::Result<Option<Placing>> {
    let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_REQUEST).bind(&request.key);
    let record = query.fetch_optional(connection).await?;
    Ok(record.map(|record| {
        if record.request_body == request.body {
            Placing::PlacedBefore(record.into())
        } else {
            Placing::KeyUsed(record.number)
        }
    }))
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
