//! Orders as they lie in the database.

use sha2::{Digest, Sha256};
use shop::orders::{Buyer, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::FromRow;

use crate::rows::{Moment, Parsed, json};

pub(crate) const ADD_PICTURE: &str =
    "INSERT INTO pictures (hash, svg) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

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

pub(crate) const ORDER_BY_REQUEST: &str = select_orders!("WHERE request_key = $1");
pub(crate) const ORDER_BY_TOKEN: &str = select_orders!("WHERE token = $1");
pub(crate) const ORDER_BY_NUMBER: &str = select_orders!("WHERE number = $1");
pub(crate) const ORDERS: &str = select_orders!("WHERE number < $1 ORDER BY number DESC LIMIT $2");

#[derive(FromRow)]
pub(crate) struct OrderRecord {
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
    #[sqlx(try_from = "String")]
    design: Parsed<Vec<OrderedValue>>,
    #[sqlx(try_from = "String")]
    lines: Parsed<Vec<OrderedLine>>,
    total: i64,
    currency: String,
    #[sqlx(try_from = "i64")]
    lead_time_days: u32,
    weight: i64,
    #[sqlx(try_from = "i64")]
    points: u32,
    picture: String,
    stated_use: Option<String>,
    #[sqlx(try_from = "String")]
    buyer: Parsed<Buyer>,
}

impl From<OrderRecord> for Order {
    fn from(row: OrderRecord) -> Self {
        let content = OrderContent {
            token: row.token,
            placed_at: row.placed_at.0,
            slug: row.slug,
            revision: row.revision,
            product_name: row.product_name,
            design: row.design.0,
            lines: row.lines.0,
            total: row.total,
            currency: row.currency,
            lead_time_days: row.lead_time_days,
            weight: row.weight,
            points: row.points,
            picture: row.picture,
            stated_use: row.stated_use,
            buyer: row.buyer.0,
        };
        Self { number: row.number, content }
    }
}

/// An order with all that is written of it: what takes long to make is made before its turn.
#[derive(Debug)]
pub(crate) struct ReadyOrder {
    pub content: OrderContent,
    pub request_key: Option<String>,
    pub choices: String,
    pub design: String,
    pub lines: String,
    pub buyer: String,
    /// SHA-256 of the picture.
    pub picture: Vec<u8>,
}

impl ReadyOrder {
    /// What a database is asked to do with it.
    pub(crate) const WHAT: &str = "place an order";

    pub(crate) fn new(content: OrderContent, request_key: Option<&str>) -> Result<Self, StoreError> {
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
