//! Experiments as they lie in the database.

use shop::access::Note;
use shop::experiments::{ArmSums, EndedBecause, Experiment, ExperimentRow, Fit};
use shop::{Slug, StoreError};
use sqlx::FromRow;

use crate::rows::{MaybeMoment, Moment, Parsed};

pub(crate) const EXPERIMENTS: &str = "\
    SELECT code, title, slug, setup, started_at, started_by, ended_at, ended_because, result FROM experiments
    ORDER BY started_at DESC, code";
pub(crate) const RUNNING: &str = "\
    SELECT code, title, slug, setup, started_at, started_by, ended_at, ended_because, result FROM experiments
    WHERE ended_at IS NULL ORDER BY slug";
pub(crate) const EXPERIMENT: &str = "\
    SELECT code, title, slug, setup, started_at, started_by, ended_at, ended_because, result FROM experiments
    WHERE code = $1";
/// Nothing where one with the product runs.
pub(crate) const START: &str = "\
    INSERT INTO experiments (code, title, slug, setup, started_at, started_by) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING";
pub(crate) const END: &str =
    "UPDATE experiments SET ended_at = $2, ended_because = $3 WHERE code = $1 AND ended_at IS NULL";
pub(crate) const CLOSE: &str =
    "UPDATE experiments SET result = $2 WHERE code = $1 AND ended_at IS NOT NULL AND result IS NULL";
/// In an order that references allow.
pub(crate) const FORGET_VISITORS: [&str; 2] = [
    "DELETE FROM experiment_orders WHERE experiment = $1",
    "DELETE FROM experiment_visitors WHERE experiment = $1",
];
pub(crate) const CAME: &str = "\
    SELECT arm, COUNT(*) FROM experiment_visitors WHERE experiment = $1 GROUP BY arm ORDER BY arm";
/// Only while it runs: whoever comes later is in none.
pub(crate) const ENTER: &str = "\
    INSERT INTO experiment_visitors (experiment, visitor_hash, arm, stated_use, entered_at)
    SELECT code, $2, $3, $4, $5 FROM experiments WHERE code = $1 AND ended_at IS NULL
    ON CONFLICT (experiment, visitor_hash) DO NOTHING";
pub(crate) const COUNT_IN: &str = "\
    UPDATE experiment_visitors SET edits = edits + $4, blocked = blocked + $5
    WHERE experiment = $1 AND visitor_hash = $2 AND entered_at >= $3";
pub(crate) const ORDER_IN: &str = "\
    INSERT INTO experiment_orders (number, experiment, visitor_hash, at_standard, defaults_changed, fits)
    SELECT $3, experiment, visitor_hash, $4, $5, $6 FROM experiment_visitors WHERE experiment = $1 AND visitor_hash = $2
    ON CONFLICT (number) DO NOTHING";
/// `$1` the experiment, `$2` until when they came, `$3` the window in milliseconds, `$4` the cap of values, `$5` to `$8` those of what
/// must not rise, where what was changed and returned is a mean over a visitor's orders. Numbers that are summed are floating ones, so that squares fit and both databases answer alike.
pub(crate) const SUMS: &str = "\
    SELECT arm, stated_use, COUNT(*) AS visitors, CAST(SUM(CASE WHEN placed > 0 THEN 1 ELSE 0 END) AS BIGINT) AS orderers,
        SUM(value) AS value, SUM(value * value) AS value_squares,
        SUM(at_standard) AS at_standard, SUM(at_standard * at_standard) AS at_standard_squares,
        SUM(defaults_changed) AS defaults_changed, SUM(defaults_changed * defaults_changed) AS defaults_changed_squares,
        SUM(edits) AS edits, SUM(edits * edits) AS edits_squares,
        SUM(blocked) AS blocked, SUM(blocked * blocked) AS blocked_squares,
        SUM(returned) AS returned, SUM(returned * returned) AS returned_squares
    FROM (
        SELECT arm, stated_use, placed,
            CAST(CASE WHEN value > $4 THEN $4 ELSE value END AS DOUBLE PRECISION) AS value,
            CAST(CASE WHEN at_standard > $4 THEN $4 ELSE at_standard END AS DOUBLE PRECISION) AS at_standard,
            CAST(CASE WHEN defaults_changed > $5 * placed THEN $5 * placed ELSE defaults_changed END AS DOUBLE PRECISION)
                / CASE WHEN placed > 0 THEN placed ELSE 1 END AS defaults_changed,
            CAST(CASE WHEN edits > $6 THEN $6 ELSE edits END AS DOUBLE PRECISION) AS edits,
            CAST(CASE WHEN blocked > $7 THEN $7 ELSE blocked END AS DOUBLE PRECISION) AS blocked,
            CAST(CASE WHEN returned > $8 * placed THEN $8 * placed ELSE returned END AS DOUBLE PRECISION)
                / CASE WHEN placed > 0 THEN placed ELSE 1 END AS returned
        FROM (
            SELECT came.arm, came.stated_use, came.edits, came.blocked,
                CAST(COALESCE(SUM(CASE WHEN orders.state NOT IN ('cancelled', 'returned') THEN orders.total END), 0) AS BIGINT) AS value,
                CAST(COALESCE(SUM(CASE WHEN orders.state NOT IN ('cancelled', 'returned') THEN ordered.at_standard END), 0) AS BIGINT)
                    AS at_standard,
                CAST(COALESCE(SUM(CASE WHEN orders.state <> 'cancelled' THEN 1 END), 0) AS BIGINT) AS placed,
                CAST(COALESCE(SUM(CASE WHEN orders.state <> 'cancelled' THEN ordered.defaults_changed END), 0) AS BIGINT)
                    AS defaults_changed,
                CAST(COALESCE(SUM(CASE WHEN orders.state = 'returned' THEN 1 END), 0) AS BIGINT) AS returned
            FROM experiment_visitors AS came
            LEFT JOIN experiment_orders AS ordered
                ON ordered.experiment = came.experiment AND ordered.visitor_hash = came.visitor_hash
            LEFT JOIN orders ON orders.number = ordered.number AND orders.is_test = 0
                AND orders.placed_at <= came.entered_at + $3
            WHERE came.experiment = $1 AND came.entered_at <= $2
            GROUP BY came.visitor_hash, came.arm, came.stated_use, came.edits, came.blocked
        ) AS visitor
    ) AS counted
    GROUP BY arm, stated_use ORDER BY arm, stated_use";
/// Of the holdout's orders that count, what fits them, by use: `$1` to `$3` as in [`SUMS`].
pub(crate) const FITS: &str = "\
    SELECT came.stated_use, ordered.fits, COUNT(*) AS orders
    FROM experiment_visitors AS came
    JOIN experiment_orders AS ordered
        ON ordered.experiment = came.experiment AND ordered.visitor_hash = came.visitor_hash
    JOIN orders ON orders.number = ordered.number AND orders.is_test = 0 AND orders.placed_at <= came.entered_at + $3
        AND orders.state NOT IN ('cancelled', 'returned')
    WHERE came.experiment = $1 AND came.entered_at <= $2 AND came.arm = 0 AND ordered.fits <> '[]'
    GROUP BY came.stated_use, ordered.fits ORDER BY came.stated_use, ordered.fits";
pub(crate) const PAST_ORDERS: &str = "\
    SELECT COUNT(*) FROM orders
    WHERE slug = $1 AND placed_at >= $2 AND is_test = 0 AND state NOT IN ('cancelled', 'returned')";
pub(crate) const NEWEST_VALUES: &str = "\
    SELECT total FROM orders WHERE slug = $1 AND placed_at >= $2 AND is_test = 0 AND state NOT IN ('cancelled', 'returned')
    ORDER BY number DESC LIMIT $3";

#[derive(FromRow)]
pub(crate) struct ExperimentRecord {
    code: String,
    title: String,
    slug: String,
    setup: String,
    #[sqlx(try_from = "i64")]
    started_at: Moment,
    started_by: String,
    #[sqlx(try_from = "Option<i64>")]
    ended_at: MaybeMoment,
    ended_because: Option<String>,
    result: Option<String>,
}

impl TryFrom<ExperimentRecord> for ExperimentRow {
    type Error = StoreError;

    fn try_from(row: ExperimentRecord) -> Result<Self, StoreError> {
        let unreadable = |reason: String| StoreError::Unreadable {
            what: format!("the experiment '{}'", row.code),
            reason,
        };
        let because = row.ended_because.as_deref().and_then(EndedBecause::of_code);
        let result = row.result.as_deref().map(serde_json::from_str::<Vec<ArmSums>>).transpose();
        let result = result.map_err(|error| unreadable(error.to_string()))?;
        let setup = serde_json::from_str(&row.setup).map_err(|error| unreadable(error.to_string()))?;
        let slug = row.slug.parse::<Slug>().map_err(|error| unreadable(error.to_string()))?;
        Ok(Self {
            result,
            experiment: Experiment {
                ended: row.ended_at.0.map(|at| (at, because.unwrap_or(EndedBecause::Asked))),
                code: row.code,
                title: row.title,
                slug,
                setup,
                started_at: row.started_at.0,
                started_by: row.started_by,
            },
        })
    }
}

/// Those that can be read: one that another release of the shop left hinders no other, nor what shows them.
pub(crate) fn readable(rows: Vec<ExperimentRecord>) -> Vec<ExperimentRow> {
    let read = |row| {
        let read = ExperimentRow::try_from(row);
        read.inspect_err(|error| tracing::error!(%error, "an experiment is passed over")).ok()
    };
    rows.into_iter().filter_map(read).collect()
}

#[derive(FromRow)]
pub(crate) struct SumsRecord {
    arm: i64,
    stated_use: String,
    visitors: i64,
    orderers: i64,
    value: f64,
    value_squares: f64,
    at_standard: f64,
    at_standard_squares: f64,
    defaults_changed: f64,
    defaults_changed_squares: f64,
    edits: f64,
    edits_squares: f64,
    blocked: f64,
    blocked_squares: f64,
    returned: f64,
    returned_squares: f64,
}

impl From<SumsRecord> for ArmSums {
    fn from(row: SumsRecord) -> Self {
        Self {
            arm: usize::try_from(row.arm).unwrap_or_default(),
            stated_use: row.stated_use,
            visitors: u64::try_from(row.visitors).unwrap_or_default(),
            orderers: u64::try_from(row.orderers).ok(),
            value: [row.value, row.value_squares],
            at_standard: [row.at_standard, row.at_standard_squares],
            rails: [
                [row.defaults_changed, row.defaults_changed_squares],
                [row.edits, row.edits_squares],
                [row.blocked, row.blocked_squares],
                [row.returned, row.returned_squares],
            ],
            fits: Vec::new(),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct FitsRecord {
    stated_use: String,
    #[sqlx(try_from = "String")]
    fits: Parsed<Vec<Fit>>,
    orders: i64,
}

/// Sums by arm and use with what fits the holdout's orders.
pub(crate) fn sums_of(rows: Vec<SumsRecord>, fits: Vec<FitsRecord>) -> Vec<ArmSums> {
    let mut sums: Vec<ArmSums> = rows.into_iter().map(ArmSums::from).collect();
    for FitsRecord { stated_use, fits: Parsed(fits), orders } in fits {
        let holdout = sums.iter_mut().find(|sums| sums.arm == 0 && sums.stated_use == stated_use);
        let (Some(holdout), Ok(orders)) = (holdout, u64::try_from(orders)) else { continue };
        for Fit { arm, chosen, fitting } in fits {
            let place = holdout.fits.iter().position(|known| known.arm == arm).unwrap_or_else(|| {
                holdout.fits.push(Fit { arm, chosen: 0, fitting: 0 });
                holdout.fits.len() - 1
            });
            if let Some(sum) = holdout.fits.get_mut(place) {
                sum.chosen += chosen * orders;
                sum.fitting += fitting * orders;
            }
        }
    }
    sums
}

/// What the audit says of an experiment that starts.
pub(crate) fn starting(experiment: &Experiment) -> Note<'_> {
    let Experiment { title, slug, started_at, started_by, .. } = experiment;
    Note {
        at: *started_at,
        by: started_by,
        action: "start experiment",
        subject: slug.as_str(),
        detail: title,
    }
}
