//! What was ordered, to learn from.

use shop::learning::{OrderedChoices, OrderedDesign, OwnDesignRow, PastDesignRow};
use shop::{Asker, OrderedValue, RevisionNumber, StoreError};
use sqlx::FromRow;

use crate::rows::{Parsed, json};

/// The confirmed orders of a product (`$1`) that this holds for: the newest of each buyer, so many at most, and of those the newest. First
/// each buyer's are counted, so that nobody's orders take the place of others'.
macro_rules! newest {
    ($condition:literal, $of_buyer:literal, $most:literal) => {
        concat!(
            "number IN (SELECT number FROM (
                SELECT number, ROW_NUMBER() OVER (PARTITION BY email ORDER BY number DESC) AS of_buyer FROM orders
                WHERE slug = $1 AND is_test = 0 AND left_out = 0
                    AND state IN ('confirmed', 'in_production', 'shipped', 'delivered') AND ",
            $condition,
            ") AS counted WHERE of_buyer <= ",
            $of_buyer,
            " ORDER BY number DESC LIMIT ",
            $most,
            ")"
        )
    };
}

/// Whoever states a use, or has what is known of them kept with an order, agrees that it is learnt from.
pub(crate) const PAST_DESIGNS: &str = concat!(
    "SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(synthetic) AS BIGINT) AS synthetic, asker FROM (
        SELECT stated_use, choices, 1 AS count, 0 AS synthetic, asker FROM orders WHERE ",
    newest!("(stated_use IS NOT NULL OR asker IS NOT NULL)", "3", "5000"),
    " UNION ALL SELECT stated_use, choices, count, CASE WHEN synthetic = 0 THEN 0 ELSE count END AS synthetic,
            CAST(NULL AS TEXT) AS asker
        FROM past_designs WHERE slug = $1
    ) AS past
    GROUP BY stated_use, choices, asker ORDER BY 3 DESC, stated_use, choices, asker"
);

/// Each buyer who ordered more than once has a number, which is nobody's name.
pub(crate) const RETURNING_BUYERS: &str = concat!(
    "SELECT buyer, choices FROM (
        SELECT choices, number, DENSE_RANK() OVER (ORDER BY email) AS buyer, COUNT(*) OVER (PARTITION BY email) AS orders
        FROM orders WHERE ",
    newest!(
        "(stated_use IS NOT NULL OR asker IS NOT NULL) AND email <> '' AND is_locked = 0",
        "6",
        "5000"
    ),
    ") AS numbered WHERE orders > 1 ORDER BY buyer, number"
);
pub(crate) const LEARNT_FROM: &str = concat!(
    "SELECT design FROM orders WHERE ",
    newest!("placed_at >= $2", "3", "2000"),
    " ORDER BY number DESC"
);
pub(crate) const ORDERED_DESIGNS: &str = concat!(
    "SELECT revision, design FROM orders WHERE ",
    newest!("email <> '' AND is_locked = 0", "3", "2000"),
    " ORDER BY number DESC"
);
pub(crate) const OWN_ORDERS: &str = "\
    SELECT choices, asker FROM orders
    WHERE email = (SELECT email FROM customers WHERE id = $1) AND slug = $2 AND is_locked = 0
        AND is_test = 0
        AND state IN ('confirmed', 'in_production', 'shipped', 'delivered')
        AND EXISTS (
            SELECT 1 FROM consents WHERE customer = $1 AND is_given = 1 AND wording >= $3
                AND place = (SELECT MAX(place) FROM consents WHERE customer = $1)
        )
    ORDER BY number DESC LIMIT 20";

/// What they chose in designs that they keep: what was ordered is an order.
pub(crate) const OWN_DESIGNS: &str = "\
    SELECT choices, CAST(NULL AS TEXT) AS asker FROM designs JOIN customer_designs USING (token_hash)
    WHERE customer = $1 AND slug = $2 AND keeping IN ('saved', 'named')
        AND EXISTS (
            SELECT 1 FROM consents WHERE customer = $1 AND is_given = 1 AND wording >= $3
                AND place = (SELECT MAX(place) FROM consents WHERE customer = $1)
        )
    ORDER BY designs.kept_at DESC, token_hash LIMIT 20";

/// What came with a product has a 1 as synthetic, what was made up later a 2.
pub(crate) const EXAMPLES: &str = "\
    SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(count) AS BIGINT) AS synthetic,
        CAST(NULL AS TEXT) AS asker
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
    #[sqlx(try_from = "Option<String>")]
    asker: MaybeAsker,
}

impl From<PastDesignRecord> for PastDesignRow {
    fn from(row: PastDesignRecord) -> Self {
        let PastDesignRecord { stated_use, choices, count, synthetic, asker } = row;
        Self { stated_use, asker: asker.0, choices: choices.0, count, synthetic }
    }
}

/// What was known of who ordered, which may be nothing.
struct MaybeAsker(Asker);

impl TryFrom<Option<String>> for MaybeAsker {
    type Error = serde_json::Error;

    fn try_from(text: Option<String>) -> Result<Self, Self::Error> {
        text.map_or(Ok(Asker::default()), |text| serde_json::from_str(&text)).map(Self)
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
    #[sqlx(try_from = "Option<String>")]
    asker: MaybeAsker,
}

/// What somebody had, the oldest first, of rows with the newest first.
pub(crate) fn oldest_first(rows: Vec<OwnOrderRecord>) -> Vec<OwnDesignRow> {
    let row = |row: OwnOrderRecord| OwnDesignRow { choices: row.choices.0, asker: row.asker.0 };
    rows.into_iter().rev().map(row).collect()
}

/// The choices of rows, as they are kept.
pub(crate) fn choices(rows: &[PastDesignRow]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| json(&row.choices, "past choices")).collect()
}
