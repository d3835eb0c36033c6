//! Orders as they lie in the database.

use sha2::{Digest, Sha256};
use shop::mail::NewOrderMail;
use shop::normal_email;
use shop::orders::{
    Buyer, NewOrder, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue, Placing, RepeatQuery,
    RequestKey,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::{Database, Encode, FromRow, QueryBuilder, Type};
use time::Date;

use super::desk::ProgressRecord;
use crate::rows::{MaybeCount, MaybeDay, Moment, Parsed, json, julian_day, milliseconds};

pub(crate) const ADD_PICTURE: &str =
    "INSERT INTO pictures (hash, svg) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

/// A statement that reads orders, with what follows their tables.
macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "SELECT number, request_body, placed_at, slug, revision, product_name, design, lines, total, currency,
                lead_time_days, weight, points, COALESCE(svg, picture) AS picture, stated_use, buyer, quantity, arrival, vat,
                return_days, state, state_at, is_test, left_out, is_locked, basket
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
pub(crate) const ORDERS_OF_BASKET: &str = select_orders!("WHERE basket = $1 ORDER BY number");
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
    #[sqlx(flatten)]
    progress: ProgressRecord,
    basket: Option<String>,
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
        Self { number: row.number, progress: row.progress.into(), basket: row.basket, content }
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

/// What the database has already that belongs to an order.
#[derive(FromRow)]
pub(crate) struct Known {
    /// An order with its idempotency key.
    pub requested: bool,
    /// That its revision was withdrawn.
    pub withdrawn: bool,
    /// Its picture.
    pub pictured: bool,
}

impl Known {
    /// Whether the order can be written.
    pub(crate) fn is_new(&self) -> bool {
        !self.requested && !self.withdrawn
    }
}

/// What becomes of an order.
pub(crate) struct Fate<'o> {
    pub order: &'o ReadyOrder,
    pub known: Known,
    /// Whether it is written: only where every order of its basket can be.
    pub is_written: bool,
}

/// What becomes of each order of these baskets, as far as is known of them.
pub(crate) fn fates(baskets: &[Basket], known: Vec<Known>) -> impl Iterator<Item = Fate<'_>> {
    let mut known = known.into_iter();
    baskets.iter().flat_map(move |basket| {
        let known: Vec<Known> = known.by_ref().take(basket.len()).collect();
        let is_written = known.iter().all(Known::is_new);
        basket.iter().zip(known).map(move |(order, known)| Fate { order, known, is_written })
    })
}

/// What is asked of the database about orders, as JSON.
pub(crate) fn questions(baskets: &[Basket]) -> String {
    let question = |order: &ReadyOrder| {
        serde_json::json!({
            "key": order.request.as_ref().map(|request| &request.key),
            "slug": order.content.slug.as_str(),
            "revision": order.content.revision.get(),
            "picture": const_hex::encode(&order.picture),
        })
    };
    serde_json::Value::Array(baskets.iter().flatten().map(question).collect()).to_string()
}

const ADD_ORDERS: &str = "\
    INSERT INTO orders (number, token, request_key, request_body, placed_at, slug, revision, product_name, choices, design,
        lines, total, currency, lead_time_days, weight, points, picture, picture_hash, stated_use, buyer,
        quantity, arrival, vat, return_days, email, counted_on, asker, language, basket) ";

/// The statement that writes orders under the numbers that follow this one; there is at least one.
pub(crate) fn add_orders<'o, D>(orders: impl Iterator<Item = &'o ReadyOrder>, last: i64) -> QueryBuilder<D>
where
    D: Database<Arguments: Default>,
    i64: for<'q> Encode<'q, D> + Type<D>,
    Option<i64>: for<'q> Encode<'q, D> + Type<D>,
    &'o str: Encode<'o, D> + Type<D>,
    Option<&'o str>: Encode<'o, D> + Type<D>,
    &'o [u8]: Encode<'o, D> + Type<D>,
{
    let mut statement = QueryBuilder::new(ADD_ORDERS);
    statement.push_values(orders.zip(last + 1..), |mut row, (ready, number)| {
        let order = &ready.content;
        row.push_bind(number)
            .push_bind(ready.token_hash.as_str())
            .push_bind(ready.request.as_ref().map(|request| request.key.as_str()))
            .push_bind(ready.request.as_ref().map_or("", |request| request.body.as_str()))
            .push_bind(milliseconds(order.placed_at))
            .push_bind(order.slug.as_str())
            .push_bind(order.revision.get())
            .push_bind(order.product_name.as_str())
            .push_bind(ready.choices.as_str())
            .push_bind(ready.design.as_str())
            .push_bind(ready.lines.as_str())
            .push_bind(order.total)
            .push_bind(order.currency.as_str())
            .push_bind(i64::from(order.lead_time_days))
            .push_bind(order.weight)
            .push_bind(i64::from(order.points))
            .push("''")
            .push_bind(ready.picture.as_slice())
            .push_bind(order.stated_use.as_deref())
            .push_bind(ready.buyer.as_str())
            .push_bind(i64::from(order.quantity))
            .push_bind(julian_day(order.arrival))
            .push_bind(order.vat.map(i64::from))
            .push_bind(order.return_days.map(i64::from))
            .push_bind(ready.email.as_str())
            .push_bind(julian_day(ready.counted_on))
            .push_bind(ready.asker.as_deref())
            .push_bind(ready.language.as_str())
            .push_bind(ready.basket.as_deref());
    });
    statement
}

/// Orders of which all are written, or none.
pub(crate) type Basket = Vec<ReadyOrder>;

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
    /// The buyer's e-mail address as addresses are compared.
    pub email: String,
    /// The language that the buyer reads; may be empty.
    pub language: String,
    pub mail: Option<NewOrderMail>,
    /// The day on which it is counted.
    pub counted_on: Option<Date>,
    /// What was known of who ordered, as JSON; nothing where nothing was.
    pub asker: Option<String>,
    /// What it has in common with the orders of its basket.
    pub basket: Option<String>,
    /// SHA-256 of the picture.
    pub picture: Vec<u8>,
}

impl ReadyOrder {
    /// What a database is asked to do with it.
    pub(crate) const WHAT: &str = "place an order";

    /// Whether anything is kept with it that its buyer agreed to.
    pub(crate) fn keeps_asked(&self) -> bool {
        let told = ["\"SameNeed\"", "\"SameSegment\"", "\"Needs\""];
        self.asker.is_some() || told.iter().any(|level| self.design.contains(level))
    }

    pub(crate) fn new(order: NewOrder) -> Result<Self, StoreError> {
        let NewOrder { content, token_hash, request, language, mail, counted_on, asker, basket } = order;
        let choices: Vec<_> = content.design.iter().map(|value| (&value.code, &value.value)).collect();
        Ok(Self {
            choices: json(&choices, "choices")?,
            design: json(&content.design, "a design")?,
            lines: json(&content.lines, "a price")?,
            buyer: json(&content.buyer, "a buyer")?,
            asker: if asker.is_unknown() { None } else { Some(json(&asker, "who ordered")?) },
            picture: Sha256::digest(content.picture.as_bytes()).to_vec(),
            email: normal_email(&content.buyer.email),
            content,
            token_hash,
            request,
            language,
            mail,
            counted_on,
            basket,
        })
    }
}
