//! Orders as they lie in the database, and how one is written.

use sha2::{Digest, Sha256};
use shop::orders::{Buyer, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::{FromRow, SqliteConnection};

use super::rows::{Moment, json, milliseconds};

const ADD_PICTURE: &str = "INSERT INTO pictures (hash, svg) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
const PLACE_ORDER: &str = "\
    INSERT INTO orders (number, token, request_key, placed_at, slug, revision, product_name, choices, design, lines,
        total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer)
    SELECT COALESCE(MAX(number), 1000) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15, $16, $17
    FROM orders
    RETURNING number";

/// A statement that reads orders, with what follows their tables.
macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "SELECT number, token, placed_at, slug, revision, product_name, design, lines, total, currency,
                lead_time_days, weight, points, COALESCE(svg, picture) AS picture, stated_use, buyer
            FROM orders LEFT JOIN pictures ON hash = picture_hash ",
            $rest
        )
    };
}

pub(super) const ORDER_BY_REQUEST: &str = select_orders!("WHERE request_key = $1");
pub(super) const ORDER_BY_TOKEN: &str = select_orders!("WHERE token = $1");
pub(super) const ORDER_BY_NUMBER: &str = select_orders!("WHERE number = $1");
pub(super) const ORDERS: &str = select_orders!("WHERE number < $1 ORDER BY number DESC LIMIT $2");

#[derive(FromRow)]
pub(super) struct OrderRecord {
    #[sqlx(try_from = "i64")]
    number: OrderNumber,
    token: String,
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
            token: row.token,
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

/// An order with all that is written of it: what takes long to make is made before its turn.
#[derive(Debug)]
pub(super) struct ReadyOrder {
    pub content: OrderContent,
    pub request_key: Option<String>,
    choices: String,
    design: String,
    lines: String,
    buyer: String,
    /// SHA-256 of the picture.
    picture: Vec<u8>,
}

impl ReadyOrder {
    pub(super) fn new(content: OrderContent, request_key: Option<&str>) -> Result<Self, StoreError> {
        let choices: Vec<_> = content.design.iter().map(|value| (&value.code, &value.value)).collect();
        Ok(Self {
            choices: json(&choices, "choices")?,
            design: json(&content.design, "a design")?,
            lines: json(&content.lines, "a price")?,
            buyer: json(&content.buyer, "a buyer")?,
            picture: Sha256::digest(content.picture.as_bytes()).to_vec(),
            content,
            request_key: request_key.map(str::to_owned),
        })
    }
}

/// Writes an order and returns its number.
pub(super) async fn insert(connection: &mut SqliteConnection, ready: &ReadyOrder) -> sqlx::Result<i64> {
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
pub(super) async fn find_by_request(
    connection: &mut SqliteConnection,
    request_key: &str,
) -> sqlx::Result<Option<Order>> {
    let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_REQUEST).bind(request_key);
    Ok(query.fetch_optional(connection).await?.map(Order::from))
}
