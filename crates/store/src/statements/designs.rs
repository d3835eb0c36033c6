//! Designs that are kept behind links.

use shop::designs::{Keeping, KeptDesign};
use shop::{RevisionNumber, Slug, Start, StoreError};
use sqlx::FromRow;

use crate::rows::{Moment, Parsed, json};

pub(crate) const KEPT_DESIGN: &str = "\
    SELECT slug, revision, start, choices, keeping, name, total, currency, lead_time_days, kept_at
    FROM designs WHERE token_hash = $1";
pub(crate) const KEEP_DESIGN: &str = "\
    INSERT INTO designs
        (token_hash, slug, revision, start, choices, keeping, total, currency, lead_time_days, kept_at, name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
pub(crate) const REPLACE_DESIGN: &str = "\
    UPDATE designs SET revision = $3, start = $4, choices = $5, total = $6, currency = $7, lead_time_days = $8, kept_at = $9
    WHERE token_hash = $1 AND slug = $2 AND keeping = 'saved' AND revision = $10 AND choices = $12
        AND REPLACE(start, ',\"base\":null', '') IN ($11, $13)";
pub(crate) const DESIGN_ORDERED: &str = "\
    UPDATE designs SET keeping = 'ordered', order_number = $6
    WHERE token_hash = $1 AND slug = $2 AND keeping = 'saved' AND revision = $3 AND choices = $5
        AND REPLACE(start, ',\"base\":null', '') IN ($4, $7)";
pub(crate) const RENAME_DESIGN: &str =
    "UPDATE designs SET name = $2 WHERE token_hash = $1 AND keeping = 'named'";
pub(crate) const FORGET_DESIGNS: &str =
    "\
    DELETE FROM designs WHERE keeping IN ('saved', 'named') AND kept_at < $1
        AND NOT EXISTS (SELECT 1 FROM customer_designs WHERE customer_designs.token_hash = designs.token_hash)";

/// A start as it is kept. A personal one that carries no design is written as before any did.
pub(crate) fn start_text(start: &Start) -> Result<String, StoreError> {
    match start {
        Start::Personal { base: None, .. } => Ok(json(start, "a start")?.replace(",\"base\":null", "")),
        _ => json(start, "a start"),
    }
}

/// The ways in which a start that is expected may be kept: as it is, or from before personal ones carried their design.
pub(crate) fn start_texts(start: &Start) -> Result<[String; 2], StoreError> {
    let before = match start {
        Start::Personal { stated_use, .. } => Start::Personal { stated_use: stated_use.clone(), base: None },
        other => other.clone(),
    };
    Ok([start_text(start)?, start_text(&before)?])
}

#[derive(FromRow)]
pub(crate) struct DesignRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    #[sqlx(try_from = "String")]
    start: Parsed<Start>,
    #[sqlx(try_from = "String")]
    choices: Parsed<Vec<(String, String)>>,
    #[sqlx(try_from = "String")]
    keeping: Keeping,
    name: Option<String>,
    total: i64,
    currency: String,
    #[sqlx(try_from = "i64")]
    lead_time_days: u32,
    #[sqlx(try_from = "i64")]
    kept_at: Moment,
}

impl From<DesignRecord> for KeptDesign {
    fn from(row: DesignRecord) -> Self {
        Self {
            slug: row.slug,
            revision: row.revision,
            start: row.start.0,
            choices: row.choices.0,
            keeping: row.keeping,
            name: row.name,
            total: row.total,
            currency: row.currency,
            lead_time_days: row.lead_time_days,
            kept_at: row.kept_at.0,
        }
    }
}
