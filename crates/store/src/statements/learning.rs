//! What was ordered, to learn from.

use shop::learning::PastDesignRow;
use sqlx::FromRow;

use crate::rows::Parsed;

pub(crate) const PAST_DESIGNS: &str = "\
    SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(synthetic) AS BIGINT) AS synthetic FROM (
        SELECT stated_use, choices, 1 AS count, 0 AS synthetic FROM (
            SELECT stated_use, choices FROM orders
            WHERE slug = $1 AND stated_use IS NOT NULL ORDER BY number DESC LIMIT 5000
        ) AS recent
        UNION ALL SELECT stated_use, choices, count, count * synthetic FROM past_designs WHERE slug = $1
    ) AS past
    GROUP BY stated_use, choices ORDER BY 3 DESC, stated_use, choices";

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
