//! What was ordered, to learn from.

use shop::learning::{OrderedChoices, OrderedDesign, PastDesignRow};
use shop::{OrderedValue, RevisionNumber, StoreError};
use sqlx::FromRow;

use crate::rows::{Parsed, json};

/// The statement that reads what was ordered, with how a database reads the e-mail address of an order's buyer. Of each buyer
/// the last three orders count.
macro_rules! past_designs {
    ($email:literal) => {
        concat!(
            "SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(synthetic) AS BIGINT) AS synthetic FROM (
                SELECT stated_use, choices, 1 AS count, 0 AS synthetic FROM (
                    SELECT stated_use, choices, ROW_NUMBER() OVER (PARTITION BY email ORDER BY number DESC) AS of_buyer FROM (
                        SELECT stated_use, choices, number, LOWER(",
            $email,
            ") AS email FROM orders
                        WHERE slug = $1 AND stated_use IS NOT NULL AND is_test = 0 AND left_out = 0
                            AND state IN ('confirmed', 'in_production', 'shipped', 'delivered')
                        ORDER BY number DESC LIMIT 5000
                    ) AS confirmed
                ) AS recent WHERE of_buyer <= 3
                UNION ALL SELECT stated_use, choices, count, CASE WHEN synthetic = 0 THEN 0 ELSE count END AS synthetic
                    FROM past_designs WHERE slug = $1
            ) AS past
            GROUP BY stated_use, choices ORDER BY 3 DESC, stated_use, choices"
        )
    };
}
pub(crate) use past_designs;

/// Each buyer who ordered more than once has a number, which is nobody's name.
pub(crate) const RETURNING_BUYERS: &str = "\
    SELECT buyer, choices FROM (
        SELECT choices, number, DENSE_RANK() OVER (ORDER BY email) AS buyer,
            COUNT(*) OVER (PARTITION BY email) AS orders,
            ROW_NUMBER() OVER (PARTITION BY email ORDER BY number DESC) AS of_buyer
        FROM (
            SELECT choices, number, email FROM orders
            WHERE slug = $1 AND stated_use IS NOT NULL AND email <> '' AND is_locked = 0 AND is_test = 0
                AND left_out = 0
                AND state IN ('confirmed', 'in_production', 'shipped', 'delivered')
            ORDER BY number DESC LIMIT 5000
        ) AS confirmed
    ) AS numbered
    WHERE orders > 1 AND of_buyer <= 6 ORDER BY buyer, number";
pub(crate) const LEARNT_FROM: &str = "\
    SELECT design FROM (
        SELECT design, number, ROW_NUMBER() OVER (PARTITION BY email ORDER BY number DESC) AS of_buyer FROM (
            SELECT design, number, email FROM orders
            WHERE slug = $1 AND placed_at >= $2 AND is_test = 0 AND left_out = 0
                AND state IN ('confirmed', 'in_production', 'shipped', 'delivered')
            ORDER BY number DESC LIMIT 2000
        ) AS confirmed
    ) AS recent WHERE of_buyer <= 3 ORDER BY number DESC";
pub(crate) const ORDERED_DESIGNS: &str = "\
    SELECT revision, design FROM (
        SELECT revision, design, number, ROW_NUMBER() OVER (PARTITION BY email ORDER BY number DESC) AS of_buyer FROM (
            SELECT revision, design, number, email FROM orders
            WHERE slug = $1 AND email <> '' AND is_locked = 0 AND is_test = 0 AND left_out = 0
                AND state IN ('confirmed', 'in_production', 'shipped', 'delivered')
            ORDER BY number DESC LIMIT 2000
        ) AS confirmed
    ) AS recent WHERE of_buyer <= 3 ORDER BY number DESC";
pub(crate) const OWN_ORDERS: &str = "\
    SELECT choices FROM orders
    WHERE email = (SELECT email FROM customers WHERE id = $1) AND slug = $2 AND is_locked = 0
        AND is_test = 0
        AND state IN ('confirmed', 'in_production', 'shipped', 'delivered')
        AND EXISTS (
            SELECT 1 FROM consents WHERE customer = $1 AND is_given = 1 AND wording >= $3
                AND place = (SELECT MAX(place) FROM consents WHERE customer = $1)
        )
    ORDER BY number DESC LIMIT 20";

/// What came with a product has a 1 as synthetic, what was made up later a 2.
pub(crate) const EXAMPLES: &str = "\
    SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(count) AS BIGINT) AS synthetic
    FROM past_designs WHERE slug = $1 AND synthetic = 1
    GROUP BY stated_use, choices ORDER BY 3 DESC, stated_use, choices";
pub(crate) const FORGET_MADE_UP: &str = "DELETE FROM past_designs WHERE slug = $1 AND synthetic = 2";
pub(crate) const ADD_MADE_UP: &str = "\
    INSERT INTO past_designs (slug, stated_use, choices, count, synthetic) VALUES ($1, $2, $3, $4, 2)";

#[derive(FromRow)]
pub(crate) struct PastDesignRecord {
    stated_use: Option<String>,
    #[sqlx(try_from = "String")]
    choices: Parsed<Vec<(String, String)>>,
    #[sqlx(try_from = "i64")]
    count: u32,
    #[sqlx(try_from = "i64")]
    synthetic: u32,
}

impl From<PastDesignRecord> for PastDesignRow {
    fn from(row: PastDesignRecord) -> Self {
        let PastDesignRecord { stated_use, choices, count, synthetic } = row;
        Self { stated_use, choices: choices.0, count, synthetic }
    }
}

#[derive(FromRow)]
pub(crate) struct DesignRecord {
    #[sqlx(try_from = "String")]
    design: Parsed<Vec<OrderedValue>>,
}

impl From<DesignRecord> for Vec<OrderedValue> {
    fn from(row: DesignRecord) -> Self {
        row.design.0
    }
}

#[derive(FromRow)]
pub(crate) struct OrderedRecord {
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    #[sqlx(try_from = "String")]
    design: Parsed<Vec<OrderedValue>>,
}

impl From<OrderedRecord> for OrderedDesign {
    fn from(row: OrderedRecord) -> Self {
        Self { revision: row.revision, values: row.design.0 }
    }
}

#[derive(FromRow)]
pub(crate) struct BuyerRecord {
    buyer: i64,
    #[sqlx(try_from = "String")]
    choices: Parsed<OrderedChoices>,
}

/// What each buyer ordered, of rows in the buyers' order.
pub(crate) fn by_buyer(rows: Vec<BuyerRecord>) -> Vec<Vec<OrderedChoices>> {
    let same = |one: &BuyerRecord, other: &BuyerRecord| one.buyer == other.buyer;
    let of_one = |rows: &[BuyerRecord]| rows.iter().map(|row| row.choices.0.clone()).collect();
    rows.chunk_by(same).map(of_one).collect()
}

#[derive(FromRow)]
pub(crate) struct OwnOrderRecord {
    #[sqlx(try_from = "String")]
    choices: Parsed<OrderedChoices>,
}

/// What somebody ordered, the oldest first, of rows with the newest first.
pub(crate) fn oldest_first(rows: Vec<OwnOrderRecord>) -> Vec<OrderedChoices> {
    rows.into_iter().rev().map(|row| row.choices.0).collect()
}

/// The choices of rows, as they are kept.
pub(crate) fn choices(rows: &[PastDesignRow]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| json(&row.choices, "past choices")).collect()
}
