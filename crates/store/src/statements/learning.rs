//! What was ordered, to learn from.

use shop::StoreError;
use shop::learning::PastDesignRow;
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

/// The choices of rows, as they are kept.
pub(crate) fn choices(rows: &[PastDesignRow]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| json(&row.choices, "past choices")).collect()
}
