//! Drafts, and how they become revisions.

use async_trait::async_trait;
use shop::drafts::{DraftRow, DraftStore, NewDraft, NewRevision};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::{FromRow, SqliteConnection};

use super::catalogue::{Published, add_revision, make_live, revision_number};
use super::rows::{Moment, milliseconds};
use super::{Note, SqliteStore, failed_to, note};

const DRAFT: &str = "SELECT slug, version, base, bundle, changed_at, changed_by FROM drafts WHERE slug = $1";
const DRAFT_VERSION: &str = "SELECT version FROM drafts WHERE slug = $1";
const COUNT_DRAFT: &str = "UPDATE products SET draft_version = draft_version + 1 WHERE slug = $1";
const SAVE_DRAFT: &str = "\
    INSERT INTO drafts (slug, version, base, bundle, changed_at, changed_by)
    SELECT slug, draft_version, live_revision, $2, $3, $4 FROM products WHERE slug = $1
    ON CONFLICT (slug) DO UPDATE SET version = excluded.version, bundle = excluded.bundle,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by
    RETURNING slug, version, base, bundle, changed_at, changed_by";
const DISCARD_DRAFT: &str = "DELETE FROM drafts WHERE slug = $1 AND version = $2";

#[derive(FromRow)]
struct DraftRecord {
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

/// The version of a product's draft; 0 when it has none.
async fn draft_version(connection: &mut SqliteConnection, slug: &Slug) -> sqlx::Result<i64> {
    let version = sqlx::query_scalar(DRAFT_VERSION).bind(slug.as_str()).fetch_optional(connection).await?;
    Ok(version.unwrap_or(0))
}

#[async_trait]
impl DraftStore for SqliteStore {
    async fn draft(&self, slug: &Slug) -> Result<Option<DraftRow>, StoreError> {
        let query = sqlx::query_as::<_, DraftRecord>(DRAFT).bind(slug.as_str());
        let row = query.fetch_optional(&self.readers).await.map_err(failed_to("read a draft"))?;
        Ok(row.map(DraftRow::from))
    }

    async fn save_draft(&self, draft: &NewDraft) -> Result<Option<DraftRow>, StoreError> {
        let failed = failed_to("save a draft");
        let mut transaction = self.begin().await.map_err(failed)?;
        if draft_version(&mut transaction, &draft.slug).await.map_err(failed)? != draft.version {
            return Ok(None);
        }
        let slug = draft.slug.as_str();
        sqlx::query(COUNT_DRAFT).bind(slug).execute(&mut *transaction).await.map_err(failed)?;
        let query = sqlx::query_as::<_, DraftRecord>(SAVE_DRAFT).bind(slug).bind(&draft.bundle);
        let query = query.bind(milliseconds(draft.at)).bind(&draft.by);
        let row = query.fetch_optional(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(row.map(DraftRow::from))
    }

    async fn discard_draft(&self, slug: &Slug, version: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(DISCARD_DRAFT).bind(slug.as_str()).bind(version);
        let done = query.execute(&self.writer).await.map_err(failed_to("discard a draft"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn publish(&self, revision: &NewRevision) -> Result<Option<RevisionNumber>, StoreError> {
        let failed = failed_to("publish a draft");
        let NewRevision { slug, draft_version: wanted, bundle, hash, at, by, note: words, prepared } =
            revision;
        let mut transaction = self.begin().await.map_err(failed)?;
        let version = draft_version(&mut transaction, slug).await.map_err(failed)?;
        if version == 0 || version != *wanted {
            return Ok(None);
        }
        let published = Published { slug, bundle, hash, at: *at, by, note: words, prepared };
        let number = add_revision(&mut transaction, published).await.map_err(failed)?;
        make_live(&mut transaction, slug, number).await.map_err(failed)?;
        let discard = sqlx::query(DISCARD_DRAFT).bind(slug.as_str()).bind(version);
        discard.execute(&mut *transaction).await.map_err(failed)?;
        let detail = format!("revision {number}");
        let done = Note { at: *at, by, action: "publish", subject: slug.as_str(), detail: &detail };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        revision_number(number).map(Some)
    }
}
