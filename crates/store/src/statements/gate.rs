//! What rests on revisions, and links that show drafts.

use shop::drafts::{PreviewLink, ReplayDesignRow, ReplayMark, ReplayOrderRow, RestingRow};
use shop::{OrderNumber, RevisionNumber, Slug, Start};
use sqlx::FromRow;

use crate::rows::{Moment, Parsed};

pub(crate) const COUNT_REPLAY_ORDERS: &str = "SELECT COUNT(*) FROM orders WHERE slug = $1 AND is_test = 0";
pub(crate) const REPLAY_ORDERS: &str = "\
    SELECT number, quantity, choices FROM orders WHERE slug = $1 AND is_test = 0 ORDER BY number DESC LIMIT $2";
pub(crate) const COUNT_REPLAY_DESIGNS: &str =
    "SELECT COUNT(*) FROM designs WHERE slug = $1 AND keeping <> 'ordered'";
pub(crate) const REPLAY_DESIGNS: &str = "\
    SELECT SUBSTR(token_hash, 1, 12) AS id, kept_at, revision, start, choices FROM designs WHERE slug = $1 AND keeping <> 'ordered'
    ORDER BY kept_at DESC, token_hash LIMIT $2";
pub(crate) const REPLAY_MARK: &str = "\
    SELECT orders, newest_order, designs, last_kept
    FROM (SELECT COUNT(*) AS orders, COALESCE(MAX(number), 0) AS newest_order FROM orders WHERE slug = $1 AND is_test = 0) AS ordered
        CROSS JOIN (SELECT COUNT(*) AS designs, COALESCE(MAX(kept_at), 0) AS last_kept FROM designs
            WHERE slug = $1 AND keeping <> 'ordered') AS kept";
pub(crate) const RESTING_ON: &str = "\
    SELECT revision, CAST(SUM(designs) AS BIGINT) AS designs, CAST(SUM(open_orders) AS BIGINT) AS open_orders FROM (
        SELECT revision, COUNT(*) AS designs, 0 AS open_orders FROM designs
        WHERE slug = $1 AND keeping <> 'ordered' GROUP BY revision
        UNION ALL
        SELECT revision, 0 AS designs, COUNT(*) AS open_orders FROM orders
        WHERE slug = $1 AND is_test = 0 AND state IN ('placed', 'confirmed', 'in_production', 'shipped')
        GROUP BY revision
    ) AS resting GROUP BY revision ORDER BY revision";
pub(crate) const KEEP_PREVIEW: &str = "\
    INSERT INTO draft_previews (slug, token_hash, made_at, made_by)
    SELECT drafts.slug, $2, $3, $4 FROM drafts JOIN products ON products.slug = drafts.slug
    WHERE drafts.slug = $1 AND standing NOT IN ('removed', 'moved')
    ON CONFLICT (slug) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at, made_by = excluded.made_by";
pub(crate) const PREVIEWED: &str = "\
    SELECT products.slug FROM draft_previews JOIN products ON products.slug = draft_previews.slug
    WHERE token_hash = $1 AND standing NOT IN ('removed', 'moved')";
pub(crate) const PREVIEW_LINK: &str = "SELECT slug, made_at, made_by FROM draft_previews WHERE slug = $1";
pub(crate) const END_PREVIEW: &str = "DELETE FROM draft_previews WHERE slug = $1";

#[derive(FromRow)]
pub(crate) struct ReplayOrderRecord {
    #[sqlx(try_from = "i64")]
    number: OrderNumber,
    #[sqlx(try_from = "i64")]
    quantity: u32,
    #[sqlx(try_from = "String")]
    choices: Parsed<Vec<(String, String)>>,
}

impl From<ReplayOrderRecord> for ReplayOrderRow {
    fn from(row: ReplayOrderRecord) -> Self {
        Self { number: row.number, quantity: row.quantity, choices: row.choices.0 }
    }
}

#[derive(FromRow)]
pub(crate) struct ReplayMarkRecord {
    orders: i64,
    newest_order: i64,
    designs: i64,
    last_kept: i64,
}

impl From<ReplayMarkRecord> for ReplayMark {
    fn from(row: ReplayMarkRecord) -> Self {
        let ReplayMarkRecord { orders, newest_order, designs, last_kept } = row;
        Self { orders, newest_order, designs, last_kept }
    }
}

#[derive(FromRow)]
pub(crate) struct ReplayDesignRecord {
    id: String,
    #[sqlx(try_from = "i64")]
    kept_at: Moment,
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    #[sqlx(try_from = "String")]
    start: Parsed<Start>,
    #[sqlx(try_from = "String")]
    choices: Parsed<Vec<(String, String)>>,
}

impl From<ReplayDesignRecord> for ReplayDesignRow {
    fn from(row: ReplayDesignRecord) -> Self {
        let ReplayDesignRecord { id, kept_at, revision, start, choices } = row;
        Self { id, kept_at: kept_at.0, revision, start: start.0, choices: choices.0 }
    }
}

#[derive(FromRow)]
pub(crate) struct RestingRecord {
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    #[sqlx(try_from = "i64")]
    designs: u64,
    #[sqlx(try_from = "i64")]
    open_orders: u64,
}

impl From<RestingRecord> for RestingRow {
    fn from(row: RestingRecord) -> Self {
        Self { revision: row.revision, designs: row.designs, open_orders: row.open_orders }
    }
}

#[derive(FromRow)]
pub(crate) struct PreviewRecord {
    #[sqlx(try_from = "String")]
    pub(crate) slug: Slug,
    #[sqlx(try_from = "i64")]
    made_at: Moment,
    made_by: String,
}

impl From<PreviewRecord> for PreviewLink {
    fn from(row: PreviewRecord) -> Self {
        Self { slug: row.slug, at: row.made_at.0, by: row.made_by }
    }
}

#[derive(FromRow)]
pub(crate) struct PreviewedRecord {
    #[sqlx(try_from = "String")]
    pub(crate) slug: Slug,
}
