//! Buyers by what they ordered, and segments of them, as they lie in the database.

use shop::orders::Buyer;
use shop::segments::{BuyerQuery, BuyerSummary, Rule, Segment};
use sqlx::{Database, Encode, FromRow, QueryBuilder, Type};

use super::desk::push_words;
use crate::rows::{Moment, Parsed, milliseconds};

pub(crate) const SEGMENTS: &str = "SELECT name, rule FROM segments ORDER BY name";
pub(crate) const KEEP_SEGMENT: &str = "\
    INSERT INTO segments (name, rule) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET rule = excluded.rule";
pub(crate) const REMOVE_SEGMENT: &str = "DELETE FROM segments WHERE name = $1";

const GROUPED: &str = "\
    (SELECT email, currency, COUNT(*) AS orders, CAST(SUM(total) AS BIGINT) AS value, MIN(placed_at) AS first_at,
        MAX(placed_at) AS last_at, MAX(number) AS last_number
    FROM orders WHERE email <> '' AND ";
/// What of orders counts for something.
const COUNTS: &str = "is_locked = 0 AND is_test = 0 AND state NOT IN ('cancelled', 'returned')";

/// Buyers in each currency, with their last order.
pub(crate) fn buyers<'q, D>(query: &'q BuyerQuery) -> QueryBuilder<D>
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    let mut statement = QueryBuilder::new(
        "SELECT grouped.email AS email, grouped.currency AS currency, grouped.orders AS orders, grouped.value AS value,
            grouped.first_at AS first_at, grouped.last_at AS last_at, last.buyer AS buyer FROM ",
    );
    push_grouped(&mut statement, query);
    statement.push(" JOIN orders AS last ON last.number = grouped.last_number");
    statement.push(" ORDER BY grouped.value DESC, grouped.email LIMIT ").push_bind(i64::from(query.limit));
    statement.push(" OFFSET ").push_bind(i64::from(query.offset));
    statement
}

/// How many different buyers there are.
pub(crate) fn count_buyers<'q, D>(query: &'q BuyerQuery) -> QueryBuilder<D>
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    let mut statement = QueryBuilder::new("SELECT COUNT(DISTINCT grouped.email) FROM ");
    push_grouped(&mut statement, query);
    statement
}

fn push_grouped<'q, D>(statement: &mut QueryBuilder<D>, query: &'q BuyerQuery)
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    statement.push(GROUPED).push(COUNTS);
    push_words(statement, query.words.clone());
    if let Some(email) = &query.email {
        statement.push(" AND email = ").push_bind(email.as_str());
    }
    if let Some(before) = query.before {
        // Of any currency, and whether or not it has the words.
        statement.push(" AND email NOT IN (SELECT email FROM orders WHERE ").push(COUNTS);
        statement.push(" AND placed_at >= ").push_bind(milliseconds(before)).push(")");
    }
    if let Some((customer, wording)) = &query.customer {
        statement.push(" AND email = (SELECT email FROM customers WHERE id = ").push_bind(customer.as_str());
        statement.push(") AND EXISTS (SELECT 1 FROM consents WHERE customer = ").push_bind(customer.as_str());
        statement.push(" AND is_given = 1 AND wording >= ").push_bind(i64::from(*wording));
        statement.push(" AND place = (SELECT MAX(place) FROM consents WHERE customer = ");
        statement.push_bind(customer.as_str()).push("))");
    }
    statement.push(" GROUP BY email, currency HAVING COUNT(*) > 0");
    let rule = &query.rule;
    if let Some(value) = rule.value {
        statement.push(" AND SUM(total) >= ").push_bind(value);
    }
    if let Some(orders) = rule.orders {
        statement.push(" AND COUNT(*) >= ").push_bind(i64::from(orders));
    }
    if let Some(since) = query.since {
        statement.push(" AND MAX(placed_at) >= ").push_bind(milliseconds(since));
    }
    if let Some(product) = &rule.product {
        statement.push(" AND SUM(CASE WHEN slug = ").push_bind(product.as_str());
        statement.push(" THEN 1 ELSE 0 END) > 0");
    }
    if let Some(stated_use) = &rule.stated_use {
        statement.push(" AND SUM(CASE WHEN stated_use = ").push_bind(stated_use.as_str());
        statement.push(" THEN 1 ELSE 0 END) > 0");
    }
    statement.push(") AS grouped");
}

#[derive(FromRow)]
pub(crate) struct BuyerSummaryRecord {
    email: String,
    currency: String,
    #[sqlx(try_from = "i64")]
    orders: u32,
    value: i64,
    #[sqlx(try_from = "i64")]
    first_at: Moment,
    #[sqlx(try_from = "i64")]
    last_at: Moment,
    #[sqlx(try_from = "String")]
    buyer: Parsed<Buyer>,
}

impl From<BuyerSummaryRecord> for BuyerSummary {
    fn from(row: BuyerSummaryRecord) -> Self {
        Self {
            email: row.email,
            name: row.buyer.0.name,
            orders: row.orders,
            value: row.value,
            currency: row.currency,
            first: row.first_at.0,
            last: row.last_at.0,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct SegmentRecord {
    name: String,
    #[sqlx(try_from = "String")]
    rule: Rule,
}

impl From<SegmentRecord> for Segment {
    fn from(row: SegmentRecord) -> Self {
        Self { name: row.name, rule: row.rule }
    }
}
