//! Daily sums as they lie in the database.

use shop::insight::{Count, CountKind, Sums};
use shop::orders::OrderedValue;
use sqlx::FromRow;

use crate::rows::Parsed;

/// What still comes for a former address is counted where the product is by now.
pub(crate) const ADD_COUNT: &str = "\
    INSERT INTO insight_days (slug, day, kind, subject, option, rule, times)
    VALUES (COALESCE((SELECT moved_to FROM products WHERE slug = $1), $1), $2, $3, $4, $5, $6, $7)
    ON CONFLICT (slug, day, kind, subject, option, rule) DO UPDATE SET times = insight_days.times + excluded.times";
pub(crate) const SUMS: &str = "\
    SELECT kind, subject, option, rule, CAST(SUM(times) AS BIGINT) AS times FROM insight_days
    WHERE slug = $1 AND day BETWEEN $2 AND $3 GROUP BY kind, subject, option, rule";
pub(crate) const TAKEN_OUT: &str = "\
    SELECT design FROM orders
    WHERE slug = $1 AND counted_on BETWEEN $2 AND $3 AND (is_test = 1 OR state = 'cancelled')";
pub(crate) const COUNTED_SINCE: &str = "SELECT MIN(day) FROM insight_days WHERE slug = $1";
pub(crate) const FORGET_COUNTS: &str = "DELETE FROM insight_days WHERE day < $1";

#[derive(FromRow)]
pub(crate) struct SumRecord {
    kind: String,
    subject: String,
    option: String,
    rule: String,
    times: i64,
}

/// An order that is taken out of the sums.
#[derive(FromRow)]
pub(crate) struct TakenOutRecord {
    #[sqlx(try_from = "String")]
    design: Parsed<Vec<OrderedValue>>,
}

impl From<TakenOutRecord> for Vec<OrderedValue> {
    fn from(row: TakenOutRecord) -> Self {
        row.design.0
    }
}

/// The sums of rows. Those of kinds that a later release counts are left out.
pub(crate) fn sums(rows: Vec<SumRecord>) -> Sums {
    let count = |row: SumRecord| {
        let SumRecord { kind, subject, option, rule, times } = row;
        let count = Count { kind: CountKind::of_code(&kind)?, subject, option, rule };
        Some((count, u32::try_from(times).unwrap_or(u32::MAX)))
    };
    rows.into_iter().filter_map(count).collect()
}
