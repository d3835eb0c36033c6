//! Drafts, and how they become revisions.

use shop::drafts::DraftRow;
use shop::{RevisionNumber, Slug};
use sqlx::FromRow;

use crate::rows::Moment;

pub(crate) const DRAFT: &str =
    "SELECT slug, version, base, bundle, changed_at, changed_by FROM drafts WHERE slug = $1";
pub(crate) const DRAFT_VERSION: &str = "SELECT version FROM drafts WHERE slug = $1";
pub(crate) const COUNT_DRAFT: &str = "UPDATE products SET draft_version = draft_version + 1 WHERE slug = $1";
pub(crate) const SAVE_DRAFT: &str = "\
    INSERT INTO drafts (slug, version, base, bundle, changed_at, changed_by)
    SELECT slug, draft_version, live_revision, $2, $3, $4 FROM products WHERE slug = $1
    ON CONFLICT (slug) DO UPDATE SET version = excluded.version, bundle = excluded.bundle,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by
    RETURNING slug, version, base, bundle, changed_at, changed_by";
pub(crate) const DISCARD_DRAFT: &str = "DELETE FROM drafts WHERE slug = $1 AND version = $2";

#[derive(FromRow)]
pub(crate) struct DraftRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    version: i64,
    #[sqlx(try_from = "i64")]
    base: RevisionNumber,
    bundle: String,
    #[sqlx(try_from = "i64")]
    changed_at: Moment,
    changed_by: String,
}

impl From<DraftRecord> for DraftRow {
    fn from(row: DraftRecord) -> Self {
        Self {
            slug: row.slug,
            version: row.version,
            base: row.base,
            bundle: row.bundle,
            changed_at: row.changed_at.0,
            changed_by: row.changed_by,
        }
    }
}
