//! Orders as they lie in the database.

use sha2::{Digest, Sha256};
use shop::orders::{
    Buyer, NewOrder, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue, Placing, RepeatQuery,
    RequestKey,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::FromRow;

use crate::rows::{MaybeCount, MaybeDay, Moment, Parsed, json};

pub(crate) const ADD_PICTURE: &str =
    "INSERT INTO pictures (hash, svg) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

/// A statement that reads orders, with what follows their tables.
macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "SELECT number, request_body, placed_at, slug, revision, product_name, design, lines, total, currency,
                lead_time_days, weight, points, COALESCE(svg, picture) AS picture, stated_use, buyer, quantity, arrival, vat,
                return_days
            FROM orders LEFT JOIN pictures ON hash = picture_hash ",
            $rest
        )
    };
}

pub(crate) const ORDER_BY_REQUEST: &str = select_orders!("WHERE request_key = $1");
pub(crate) const ORDER_BY_TOKEN: &str =
    select_orders!("WHERE token = $1 OR number = (SELECT number FROM order_tokens WHERE token_hash = $1)");
pub(crate) const ORDER_BY_NUMBER: &str = select_orders!("WHERE number = $1");
pub(crate) const ADD_TOKEN: &str = "INSERT INTO order_tokens (token_hash, number) VALUES ($1, $2)";
/// Buyers of a design, newest first. The last thousand orders of the revision are looked at.
pub(crate) const BUYERS_OF: &str = "\
    SELECT number, buyer FROM (
        SELECT number, buyer, choices FROM orders WHERE slug = $1 AND revision = $2 AND placed_at >= $3
        ORDER BY placed_at DESC LIMIT 1000
    ) AS recent WHERE choices = $4 ORDER BY number DESC";
pub(crate) const ORDERS: &str = select_orders!("WHERE number < $1 ORDER BY number DESC LIMIT $2");

#[derive(FromRow)]
pub(crate) struct OrderRecord {
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
    #[sqlx(try_from = "i64")]
    quantity: u32,
    #[sqlx(try_from = "Option<i64>")]
    arrival: MaybeDay,
    #[sqlx(try_from = "Option<i64>")]
    vat: MaybeCount,
    #[sqlx(try_from = "Option<i64>")]
    return_days: MaybeCount,
}

impl From<OrderRecord> for Order {
    fn from(row: OrderRecord) -> Self {
        let content = OrderContent {
            placed_at: row.placed_at.0,
            slug: row.slug,
            revision: row.revision,
            product_name: row.product_name,
            design: row.design.0,
            lines: row.lines.0,
            total: row.total,
            currency: row.currency,
            quantity: row.quantity,
            lead_time_days: row.lead_time_days,
            arrival: row.arrival.0,
            vat: row.vat.0,
            return_days: row.return_days.0,
            weight: row.weight,
            points: row.points,
            picture: row.picture,
            stated_use: row.stated_use,
            buyer: row.buyer.0,
        };
        Self { number: row.number, content }
    }
}

impl OrderRecord {
    /// What came of a request, as far as the order with its key tells.
    pub(crate) fn placed_before(self, request: &RequestKey) -> Placing {
        if self.request_body == request.body {
            Placing::PlacedBefore(self.into())
        } else {
            Placing::KeyUsed(self.number)
        }
    }
}

/// A buyer of a design.
#[derive(FromRow)]
pub(crate) struct BuyerRecord {
    #[sqlx(try_from = "i64")]
    number: OrderNumber,
    #[sqlx(try_from = "String")]
    buyer: Parsed<Buyer>,
}

/// The first of these orders that is by the buyer who is asked for.
pub(crate) fn repeated(buyers: Vec<BuyerRecord>, repeat: &RepeatQuery<'_>) -> Option<OrderNumber> {
    let same = |record: &BuyerRecord| record.buyer.0.email.eq_ignore_ascii_case(repeat.email);
    buyers.into_iter().find(same).map(|record| record.number)
}

/// An order with all that is written of it: what takes long to make is made before its turn.
#[derive(Debug)]
pub(crate) struct ReadyOrder {
    pub content: OrderContent,
    pub token_hash: String,
    pub request: Option<RequestKey>,
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

    pub(crate) fn new(order: NewOrder) -> Result<Self, StoreError> {
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
