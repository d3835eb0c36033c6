//! Options that are sold out, as they lie in the database.

use shop::Slug;
use shop::stock::{SoldOut, SoldOutRow};
use sqlx::FromRow;

use crate::rows::{MaybeDay, Moment};

pub(crate) const SOLD_OUT: &str = "\
    SELECT attribute, option_code, until, marked_at, marked_by FROM sold_out WHERE slug = $1
    ORDER BY attribute, option_code";
pub(crate) const ALL_SOLD_OUT: &str = "\
    SELECT slug, attribute, option_code, until, marked_at, marked_by FROM sold_out
    ORDER BY slug, attribute, option_code";
pub(crate) const MARK: &str = "\
    INSERT INTO sold_out (slug, attribute, option_code, until, marked_at, marked_by) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (slug, attribute, option_code)
    DO UPDATE SET until = EXCLUDED.until, marked_at = EXCLUDED.marked_at, marked_by = EXCLUDED.marked_by";
pub(crate) const UNMARK: &str =
    "DELETE FROM sold_out WHERE slug = $1 AND attribute = $2 AND option_code = $3";

#[derive(FromRow)]
pub(crate) struct SoldOutRecord {
    attribute: String,
    option_code: String,
    #[sqlx(try_from = "Option<i64>")]
    until: MaybeDay,
    #[sqlx(try_from = "i64")]
    marked_at: Moment,
    marked_by: String,
}

#[derive(FromRow)]
pub(crate) struct SoldOutOfRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(flatten)]
    row: SoldOutRecord,
}

impl From<SoldOutOfRecord> for (Slug, SoldOut) {
    fn from(SoldOutOfRecord { slug, row }: SoldOutOfRecord) -> Self {
        (slug, SoldOutRow::from(row).sold_out)
    }
}

impl From<SoldOutRecord> for SoldOutRow {
    fn from(row: SoldOutRecord) -> Self {
        let sold_out = SoldOut { attribute: row.attribute, option: row.option_code, until: row.until.0 };
        Self { sold_out, at: row.marked_at.0, by: row.marked_by }
    }
}

/// What the audit says of a mark: `frame/steel until 2027-01-20`.
pub(crate) fn detail(sold_out: &SoldOut) -> String {
    let SoldOut { attribute, option, until } = sold_out;
    until.map_or_else(
        || format!("{attribute}/{option}"),
        |until| format!("{attribute}/{option} until {until}"),
    )
}
