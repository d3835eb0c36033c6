//! Everything about a person: where it lies, and how it is forgotten.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use shop::StoreError;
use shop::customers::{Customer, Table};
use shop::insight::{Count, ordered_of};
use shop::orders::OrderedValue;
use sqlx::FromRow;

use crate::rows::Parsed;

/// What a table's rows are a person's by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Their id.
    Id,
    /// Their address.
    Email,
}

impl By {
    /// What is bound for somebody.
    pub(crate) fn of(self, customer: &Customer) -> &str {
        match self {
            Self::Id => customer.id.as_str(),
            Self::Email => &customer.email,
        }
    }
}

const OF_ORDERS: &str = "number IN (SELECT number FROM orders WHERE email = $1)";

/// What somebody ordered without keeping it for themselves.
const ORDERED: &str = "\
    order_number IN (SELECT number FROM orders WHERE email = $1) AND token_hash NOT IN (
        SELECT token_hash FROM customer_designs WHERE customer = (SELECT id FROM customers WHERE email = $1))";

/// Who ordered as a visitor of an experiment.
const COMPARED: &str = "\
    (experiment, visitor_hash) IN (
        SELECT experiment, visitor_hash FROM experiment_orders JOIN orders ON orders.number = experiment_orders.number
        WHERE email = $1)";

/// The tables that hold something about people, with the condition on rows about one of them.
pub(crate) const PERSONAL: [(&str, By, &str); 18] = [
    ("customers", By::Id, "id = $1"),
    ("customer_sessions", By::Id, "customer = $1"),
    ("consents", By::Id, "customer = $1"),
    ("customer_needs", By::Id, "customer = $1"),
    ("customer_designs", By::Id, "customer = $1"),
    ("designs", By::Id, "token_hash IN (SELECT token_hash FROM customer_designs WHERE customer = $1)"),
    ("designs", By::Email, ORDERED),
    ("sign_ins", By::Email, "email = $1"),
    ("orders", By::Email, "email = $1"),
    ("order_events", By::Email, OF_ORDERS),
    ("order_words", By::Email, OF_ORDERS),
    ("order_tokens", By::Email, OF_ORDERS),
    ("experiment_orders", By::Email, OF_ORDERS),
    ("experiment_visitors", By::Email, COMPARED),
    ("pictures", By::Email, "hash IN (SELECT picture_hash FROM orders WHERE email = $1)"),
    ("outbox", By::Email, "recipient = $1"),
    ("audit", By::Id, "subject = $1"),
    ("erasures", By::Id, "customer = $1"),
];

/// What opens something, or says who of the shop did: no part of what somebody takes along.
const NOT_TOLD: [&str; 5] = ["secret", "token", "token_hash", "request_key", "person"];

/// The statement that reads rows as JSON objects, with how a database makes one (`$make`) and writes bytes as text (`$hex`).
pub(crate) fn select(
    (table, condition): (&str, &str),
    columns: &[(String, bool)],
    make: &str,
    hex: impl Fn(&str) -> String,
) -> String {
    let told = columns.iter().filter(|(column, _)| !NOT_TOLD.contains(&column.as_str()));
    let cells = told.map(|(column, is_bytes)| {
        let quoted = format!("\"{column}\"");
        format!("'{column}', {}", if *is_bytes { hex(&quoted) } else { quoted })
    });
    let cells: Vec<String> = cells.collect();
    format!("SELECT CAST({make}({}) AS TEXT) FROM {table} WHERE {condition}", cells.join(", "))
}

/// What was read, each table once.
pub(crate) fn gathered(read: &[(&'static str, Vec<String>)]) -> Result<Vec<Table>, StoreError> {
    let mut tables: Vec<Table> = Vec::new();
    for (name, rows) in read {
        let rows = rows.iter().map(|json| row(json)).collect::<Result<Vec<_>, _>>()?;
        match tables.iter_mut().find(|table| table.name == *name) {
            Some(table) => table.rows.extend(rows),
            None => tables.push(Table { name, rows }),
        }
    }
    Ok(tables)
}

/// A row that a database wrote as JSON.
fn row(json: &str) -> Result<Map<String, Value>, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Unreadable {
        what: "a row about a customer".to_owned(),
        reason: error.to_string(),
    })
}

/// Statements that take what is about a person from orders which this condition names, each run with the same values.
macro_rules! forget_buyers {
    ($orders:literal) => {
        [
            // What is left of the visitor is about nobody.
            concat!("DELETE FROM experiment_orders WHERE number IN (SELECT number FROM orders WHERE ", $orders, ")"),
            concat!("DELETE FROM order_tokens WHERE number IN (SELECT number FROM orders WHERE ", $orders, ")"),
            concat!(
                "UPDATE order_events SET words = '' WHERE words <> '' AND number IN (SELECT number FROM orders WHERE ",
                $orders,
                ")"
            ),
            concat!("DELETE FROM order_words WHERE number IN (SELECT number FROM orders WHERE ", $orders, ")"),
            // Where another customer keeps the same design, it is theirs.
            concat!(
                "DELETE FROM designs WHERE keeping = 'ordered' AND order_number IN (SELECT number FROM orders WHERE ",
                $orders,
                ") AND NOT EXISTS (SELECT 1 FROM customer_designs JOIN customers ON customers.id = customer
                    WHERE customer_designs.token_hash = designs.token_hash
                        AND customers.email <> (SELECT email FROM orders WHERE number = order_number))"
            ),
            // Below the last number of the index, what is not in it is not looked at again.
            concat!(
                "INSERT INTO order_words (word, number) SELECT CAST(number AS TEXT), number FROM orders WHERE ",
                $orders,
                " AND number <= (SELECT COALESCE(MAX(number), 0) FROM order_words)"
            ),
            concat!(
                "UPDATE outbox SET recipient = '', secret = '', number = NULL, due_at = NULL, is_over = 1
                WHERE number IN (SELECT number FROM orders WHERE ",
                $orders,
                ")"
            ),
        ]
    };
}

/// Of all orders by an address (`$1`), also those that keep their buyer.
pub(crate) const FORGET_WORDS_OF: [&str; 7] = forget_buyers!("email = $1");
/// Of all orders of which the time is over (from before `$1`).
pub(crate) const FORGET_WORDS_BEFORE: [&str; 7] =
    forget_buyers!("email <> '' AND placed_at < $1 AND state IN ('delivered', 'cancelled', 'returned')");

/// The orders by an address (`$1`) that need not be kept: tests, and those from before `$2` for which nobody waits.
macro_rules! freed_of {
    () => {
        "email = $1 AND (is_test = 1 OR (placed_at < $2 AND state IN ('delivered', 'cancelled', 'returned')))"
    };
}
/// The orders of which the time is over (from before `$1`).
macro_rules! freed_before {
    () => {
        "email <> '' AND placed_at < $1 AND state IN ('delivered', 'cancelled', 'returned')"
    };
}

/// An order without what is about a person: the typed texts, too, which stand in design and picture. What it counted can't be told from
/// it any more, so it stays as it is.
macro_rules! without_buyer {
    ($($orders:tt)*) => {
        concat!(
            r#"UPDATE orders SET buyer = '{"name":"","email":"","address":"","note":""}', email = '', design = '[]', choices = '[]',
                picture = '', picture_hash = NULL, stated_use = NULL, asker = NULL, token = 'erased-' || number, request_key = NULL,
                request_body = '', is_locked = 0, counted_on = NULL, language = '', basket = NULL WHERE "#,
            $($orders)*
        )
    };
}
/// What is taken out of the daily sums for good before orders lose their design: what tests and cancelled ones counted.
macro_rules! taken_out {
    ($($orders:tt)*) => {
        concat!(
            "SELECT slug, counted_on, design FROM orders
            WHERE counted_on IS NOT NULL AND (is_test = 1 OR state = 'cancelled') AND ",
            $($orders)*
        )
    };
}

pub(crate) const FREE_ORDERS_OF: &str = without_buyer!(freed_of!());
pub(crate) const FREE_ORDERS_BEFORE: &str = without_buyer!(freed_before!());
pub(crate) const TAKEN_OUT_OF: &str = taken_out!(freed_of!());
pub(crate) const TAKEN_OUT_BEFORE: &str = taken_out!(freed_before!());
pub(crate) const SUBTRACT_COUNT: &str = "\
    UPDATE insight_days SET times = times - 1
    WHERE slug = $1 AND day = $2 AND kind = $3 AND subject = $4 AND option = $5 AND rule = $6 AND times > 0";
/// The others keep their buyer, for nobody to find, and nothing to learn of them from.
pub(crate) const LOCK_ORDERS_OF: &str =
    "UPDATE orders SET is_locked = 1, asker = NULL, stated_use = NULL WHERE email = $1";
/// Pictures of which no order is left.
pub(crate) const FORGET_PICTURES: &str =
    "DELETE FROM pictures WHERE NOT EXISTS (SELECT 1 FROM orders WHERE picture_hash = hash)";

/// A copy for others stays, and so does what another customer keeps, too.
pub(crate) const FORGET_DESIGNS_OF: &str = "\
    DELETE FROM designs WHERE keeping <> 'shared'
        AND token_hash IN (SELECT token_hash FROM customer_designs WHERE customer = $1)
        AND NOT EXISTS (SELECT 1 FROM customer_designs AS other WHERE other.token_hash = designs.token_hash AND other.customer <> $1)";
pub(crate) const FORGET_MAILS_TO: &str = "\
    UPDATE outbox SET recipient = '', secret = '', number = NULL, due_at = NULL, is_over = 1 WHERE recipient = $1";
/// What a customer's orders kept of them to learn from.
pub(crate) const FORGET_ASKERS: &str = "\
    UPDATE orders SET asker = NULL WHERE asker IS NOT NULL AND email = (SELECT email FROM customers WHERE id = $1)";
/// Orders of a customer whose design may still say what mattered to them.
pub(crate) const TOLD_ORDERS_OF: &str = "\
    SELECT number, design FROM orders
    WHERE email = (SELECT email FROM customers WHERE id = $1)
        AND (design LIKE '%\"SameNeed\"%' OR design LIKE '%\"SameSegment\"%' OR design LIKE '%\"Needs\"%')";
/// Orders after this number whose buyer is a customer that took the consent back, whatever they keep; and those of who was erased
/// meanwhile: only customers are in segments, and a locked order is left of one. Others who are no customers agreed in their browser.
pub(crate) const ORDERS_SINCE_REFUSED: &str = "\
    SELECT number, design FROM orders
    WHERE number > $1 AND (
        EXISTS (
            SELECT 1 FROM customers JOIN consents ON consents.customer = customers.id
            WHERE customers.email = orders.email AND consents.is_given = 0
                AND consents.place = (SELECT MAX(place) FROM consents AS answers WHERE answers.customer = customers.id))
        OR (NOT EXISTS (SELECT 1 FROM customers WHERE customers.email = orders.email)
            AND (asker LIKE '%\"segments\":[\"%' OR design LIKE '%\"SameSegment\"%'
                OR EXISTS (SELECT 1 FROM orders AS kept WHERE kept.email = orders.email AND kept.is_locked = 1))))";
pub(crate) const FORGET_ASKED: &str = "UPDATE orders SET asker = NULL, design = $2 WHERE number = $1";
pub(crate) const FORGET_SIGN_INS_OF: &str = "DELETE FROM sign_ins WHERE email = $1";
pub(crate) const FORGET_CUSTOMER: &str = "DELETE FROM customers WHERE id = $1";

/// What was forgotten still lies in the database's files until they are scrubbed.
pub(crate) const ADD_ERASURE: &str = "\
    INSERT INTO erasures (customer, erased_at, orders_kept) VALUES ($1, $2, $3)
    ON CONFLICT (customer) DO UPDATE SET erased_at = excluded.erased_at, scrubbed_at = NULL";
/// Whose time is over, rather than a person, in the table of erasures.
pub(crate) const BY_TIME: &str = "time";
pub(crate) const IS_TO_SCRUB: &str =
    "SELECT COUNT(*) FROM erasures WHERE scrubbed_at IS NULL AND erased_at <= $1";
pub(crate) const SCRUBBED: &str =
    "UPDATE erasures SET scrubbed_at = $1 WHERE scrubbed_at IS NULL AND erased_at <= $1";

pub(crate) const FORGET_OLD_SIGN_INS: &str = "DELETE FROM sign_ins WHERE expires_at <= $1";
pub(crate) const FORGET_OLD_SESSIONS: &str = "DELETE FROM customer_sessions WHERE expires_at <= $1";
/// Customers who did not agree to be remembered, once no session lasts, and those who were not here since `$1`.
pub(crate) const OVER: &str = "\
    SELECT id FROM customers WHERE seen_at < $1 OR (
        NOT EXISTS (SELECT 1 FROM customer_sessions WHERE customer = customers.id)
        AND COALESCE((SELECT is_given FROM consents WHERE customer = customers.id ORDER BY place DESC LIMIT 1), 0) = 0)";

/// An order whose counts are taken out of the daily sums.
#[derive(FromRow)]
pub(crate) struct CountedRecord {
    pub(crate) slug: String,
    /// A Julian day.
    pub(crate) counted_on: i64,
    #[sqlx(try_from = "String")]
    design: Parsed<Vec<OrderedValue>>,
}

impl CountedRecord {
    /// What it counted, once each.
    pub(crate) fn counts(&self) -> BTreeSet<Count> {
        ordered_of(&self.design.0)
    }
}

/// An order's design, as kept, without what its buyer said matters to them and whose orders spoke for that: the level stays. It is changed as
/// JSON, so that what another release wrote into it stays, too.
pub(crate) fn without_asked(design: &str) -> Option<String> {
    let mut values: Vec<Value> = serde_json::from_str(design).ok()?;
    let mut is_changed = false;
    for value in &mut values {
        if let Some(default) = value.pointer_mut("/origin/default").and_then(Value::as_object_mut) {
            let of_asked = default.get_mut("level").is_some_and(forget_in_level);
            if let (true, Some(people)) = (of_asked, default.get_mut("people")) {
                *people = Value::String(String::new());
            }
            is_changed |= of_asked;
        }
        is_changed |= value.pointer_mut("/replaced/level").is_some_and(forget_in_level);
    }
    is_changed.then(|| Value::Array(values).to_string())
}

/// Whether a level is one of needs or segments; what it names of them is empty from then on.
fn forget_in_level(level: &mut Value) -> bool {
    let is_segment = level.as_str() == Some("SameSegment");
    let benefit =
        level.pointer_mut("/SameNeed/benefit").map(|benefit| *benefit = Value::String(String::new()));
    let benefits = level.pointer_mut("/Needs/benefits").map(|benefits| *benefits = Value::Array(Vec::new()));
    is_segment || benefit.is_some() || benefits.is_some()
}

#[cfg(test)]
mod tests;
