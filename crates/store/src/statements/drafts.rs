//! Drafts, and how they become revisions.

use shop::drafts::{DraftRow, Publishing, SaveRow, VersionRow, Way};
use shop::{RevisionNumber, Slug};
use sqlx::FromRow;

use super::products::StandingRecord;
use crate::rows::Moment;

pub(crate) const DRAFT: &str =
    "SELECT slug, version, base, bundle, changed_at, changed_by FROM drafts WHERE slug = $1";
pub(crate) const DRAFT_VERSION: &str = "SELECT version FROM drafts WHERE slug = $1";
/// What has another address now has its draft there.
pub(crate) const COUNT_DRAFT: &str =
    "UPDATE products SET draft_version = draft_version + 1 WHERE slug = $1 AND standing <> 'moved'";
pub(crate) const SAVE_DRAFT: &str = "\
    INSERT INTO drafts (slug, version, base, bundle, changed_at, changed_by)
    SELECT slug, draft_version, COALESCE($5, live_revision), $2, $3, $4
    FROM products WHERE slug = $1 AND standing <> 'moved'
    ON CONFLICT (slug) DO UPDATE SET version = excluded.version, bundle = excluded.bundle,
        base = COALESCE($5, drafts.base), changed_at = excluded.changed_at, changed_by = excluded.changed_by
    RETURNING slug, version, base, bundle, changed_at, changed_by";
pub(crate) const DISCARD_DRAFT: &str = "DELETE FROM drafts WHERE slug = $1 AND version = $2";
/// How many versions of a draft are kept at least, whatever leads to them: forms may have been made from any of them.
pub(crate) const KEPT_VERSIONS: i64 = 100;
pub(crate) const ADD_VERSION: &str = "\
    INSERT INTO draft_versions (slug, version, base, bundle, changed_at, changed_by, undo_to, redo_to, what)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// The version of a product's draft and its live revision, as columns of a version that was discarded just now.
pub(crate) const ADD_DISCARDED: &str = "\
    INSERT INTO draft_versions (slug, version, base, changed_at, changed_by, undo_to)
    SELECT slug, draft_version, live_revision, $2, $3, $4 FROM products WHERE slug = $1";
pub(crate) const LAST_VERSION_NUMBER: &str =
    "SELECT version FROM draft_versions WHERE slug = $1 ORDER BY version DESC LIMIT 1";
pub(crate) const VERSION: &str = "\
    SELECT slug, version, base, bundle, undo_to, redo_to FROM draft_versions
    WHERE slug = $1 AND version = $2";
pub(crate) const LAST_VERSION: &str = "\
    SELECT slug, version, base, bundle, undo_to, redo_to FROM draft_versions
    WHERE slug = $1 ORDER BY version DESC LIMIT 1";
pub(crate) const SAVES: &str = "\
    SELECT version, base, changed_at, changed_by, bundle IS NULL AS is_discarded, what FROM draft_versions
    WHERE slug = $1 AND version < $2 ORDER BY version DESC LIMIT $3";
/// Keeps the newest 99 versions that undoing or redoing leads to, beside the last one. Versions that were replaced while a field was
/// typed are dropped. Each look is into an index: a version's product lies in its row, and would be read along.
pub(crate) const FORGET_OLDEST: &str = "\
    DELETE FROM draft_versions WHERE slug = $1 AND version <= $2 AND version NOT IN (
        SELECT kept.version FROM draft_versions AS kept
        WHERE kept.slug = $1 AND (
            EXISTS (SELECT 1 FROM draft_versions AS later WHERE later.slug = $1 AND later.undo_to = kept.version)
            OR EXISTS (SELECT 1 FROM draft_versions AS later WHERE later.slug = $1 AND later.redo_to = kept.version))
        ORDER BY kept.version DESC LIMIT 99)";
pub(crate) const FORGET_VERSIONS: &str = "DELETE FROM draft_versions WHERE slug = $1 AND version <= $2";

/// Why a draft is not published on a product that stands like this, if it is not: of which version the draft there is, and which
/// one was to be published, beside which live revision.
pub(crate) fn hindrance(
    product: Option<&StandingRecord>,
    [version, wanted]: [i64; 2],
    beside: Option<RevisionNumber>,
) -> Option<Publishing> {
    match product {
        Some(product) if product.may_be_published() => {
            if version == 0 || version != wanted {
                Some(Publishing::AnotherDraft)
            } else {
                let is_another = beside.is_some_and(|beside| beside != product.live());
                is_another.then_some(Publishing::AnotherLive)
            }
        }
        Some(_) | None => Some(Publishing::StandsOtherwise),
    }
}

/// What the audit says of a save: the version that it made, and below what it changed.
pub(crate) fn save_detail(version: i64, what: &str) -> String {
    if what.is_empty() { version.to_string() } else { format!("{version}\n{what}") }
}

/// Where undoing and redoing lead from a version that follows `last`.
pub(crate) fn ways(way: Way, last: Option<i64>) -> (Option<i64>, Option<i64>) {
    match way {
        Way::Saved | Way::Imported => (Some(last.unwrap_or(0)), None),
        Way::Stepped { undo_to, redo_to } => (undo_to, redo_to),
    }
}

#[derive(FromRow)]
pub(crate) struct VersionRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    version: i64,
    #[sqlx(try_from = "i64")]
    base: RevisionNumber,
    bundle: Option<String>,
    undo_to: Option<i64>,
    redo_to: Option<i64>,
}

impl From<VersionRecord> for VersionRow {
    fn from(row: VersionRecord) -> Self {
        let VersionRecord { slug, version, base, bundle, undo_to, redo_to } = row;
        Self { slug, version, base, bundle, undo_to, redo_to }
    }
}

#[derive(FromRow)]
pub(crate) struct SaveRecord {
    version: i64,
    #[sqlx(try_from = "i64")]
    base: RevisionNumber,
    #[sqlx(try_from = "i64")]
    changed_at: Moment,
    changed_by: String,
    is_discarded: bool,
    what: String,
}

impl From<SaveRecord> for SaveRow {
    fn from(row: SaveRecord) -> Self {
        let SaveRecord { version, base, changed_at, changed_by: by, is_discarded, what } = row;
        Self { version, base, at: changed_at.0, by, is_discarded, what }
    }
}

#[derive(FromRow)]
pub(crate) struct DraftRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    pub(crate) version: i64,
    #[sqlx(try_from = "i64")]
    pub(crate) base: RevisionNumber,
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
