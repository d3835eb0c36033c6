//! Drafts, and how they become revisions.

use async_trait::async_trait;
use shop::access::Note;
use shop::drafts::{
    Discard, DraftRow, DraftStore, NewDraft, NewRevision, Publishing, SaveRow, VersionRow, Way,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::SqliteConnection;

use super::catalogue::{add_revision, make_live};
use super::{SqliteStore, note, note_editing};
use crate::rows::{failed_to, milliseconds};
use crate::statements::catalogue::{Published, revision_number};
use crate::statements::drafts::*;
use crate::statements::gate::END_PREVIEW;
use crate::statements::products::{STANDING, StandingRecord};

/// The version of a product's draft; 0 when it has none.
async fn draft_version(connection: &mut SqliteConnection, slug: &Slug) -> sqlx::Result<i64> {
    let version = sqlx::query_scalar(DRAFT_VERSION).bind(slug.as_str()).fetch_optional(connection).await?;
    Ok(version.unwrap_or(0))
}

/// Keeps a draft that was saved just now as a version, forgets the oldest, and notes in the audit that a file was taken or
/// who edits.
async fn add_version(
    connection: &mut SqliteConnection,
    draft: &NewDraft,
    row: &DraftRecord,
) -> sqlx::Result<()> {
    let slug = draft.slug.as_str();
    let last = sqlx::query_scalar(LAST_VERSION_NUMBER).bind(slug).fetch_optional(&mut *connection).await?;
    let (undo_to, redo_to) = ways(draft.way, last);
    let add = sqlx::query(ADD_VERSION).bind(slug).bind(row.version).bind(row.base.get());
    let add =
        add.bind(&draft.bundle).bind(milliseconds(draft.at)).bind(&draft.by).bind(undo_to).bind(redo_to);
    add.bind(&draft.what).execute(&mut *connection).await?;
    let oldest = row.version - KEPT_VERSIONS;
    sqlx::query(FORGET_OLDEST).bind(slug).bind(oldest).execute(&mut *connection).await?;
    let detail = save_detail(row.version, &draft.what);
    let done = Note { at: draft.at, by: &draft.by, action: "import", subject: slug, detail: &detail };
    match draft.way {
        Way::Imported => note(connection, done).await,
        // What is begun has its own note.
        Way::Stepped { .. } if draft.version == 0 => Ok(()),
        // Whatever changed is noted; of a save that tells of nothing only who edits, now and then.
        Way::Saved | Way::Stepped { .. } if draft.what.is_empty() => {
            note_editing(connection, Note { action: "edit", ..done }).await
        }
        Way::Saved | Way::Stepped { .. } => note(connection, Note { action: "edit", ..done }).await,
    }
}

/// Saves a draft as a new version; nothing when there is no such product.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    draft: &NewDraft,
) -> sqlx::Result<Option<DraftRecord>> {
    let slug = draft.slug.as_str();
    sqlx::query(COUNT_DRAFT).bind(slug).execute(&mut *connection).await?;
    let query = sqlx::query_as::<_, DraftRecord>(SAVE_DRAFT).bind(slug).bind(&draft.bundle);
    let query = query.bind(milliseconds(draft.at)).bind(&draft.by).bind(draft.base.map(RevisionNumber::get));
    let row = query.fetch_optional(&mut *connection).await?;
    if let Some(row) = &row {
        add_version(connection, draft, row).await?;
    }
    Ok(row)
}

/// Makes a draft the live revision of its product and returns its number; or says, before anything is written, why not.
async fn publish(
    connection: &mut SqliteConnection,
    revision: &NewRevision,
) -> sqlx::Result<Result<i64, Publishing>> {
    let NewRevision { slug, draft_version: wanted, beside, bundle, hash, at, by, note: words, prepared } =
        revision;
    let product = sqlx::query_as::<_, StandingRecord>(STANDING).bind(slug.as_str());
    let product = product.fetch_optional(&mut *connection).await?;
    let version = draft_version(connection, slug).await?;
    if let Some(hindrance) = hindrance(product.as_ref(), [version, *wanted], *beside) {
        return Ok(Err(hindrance));
    }
    let published = Published { slug, bundle, hash, at: *at, by, note: words, prepared };
    let number = add_revision(connection, published).await?;
    make_live(connection, slug, number, *at).await?;
    sqlx::query(DISCARD_DRAFT).bind(slug.as_str()).bind(version).execute(&mut *connection).await?;
    sqlx::query(FORGET_VERSIONS).bind(slug.as_str()).bind(version).execute(&mut *connection).await?;
    sqlx::query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
    let detail = format!("revision {number}");
    let done = Note { at: *at, by, action: "publish", subject: slug.as_str(), detail: &detail };
    note(connection, done).await?;
    Ok(Ok(number))
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
        let row = save(&mut transaction, draft).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(row.map(DraftRow::from))
    }

    async fn discard_draft(&self, discard: &Discard) -> Result<bool, StoreError> {
        let failed = failed_to("discard a draft");
        let mut transaction = self.begin().await.map_err(failed)?;
        let Discard { slug, version, at, by } = discard;
        let query = sqlx::query(DISCARD_DRAFT).bind(slug.as_str()).bind(version);
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(COUNT_DRAFT).bind(slug.as_str()).execute(&mut *transaction).await.map_err(failed)?;
        let add = sqlx::query(ADD_DISCARDED).bind(slug.as_str()).bind(milliseconds(*at)).bind(by);
        add.bind(version).execute(&mut *transaction).await.map_err(failed)?;
        let end = sqlx::query(END_PREVIEW).bind(slug.as_str());
        end.execute(&mut *transaction).await.map_err(failed)?;
        let last = version.to_string();
        let done = Note { at: *at, by, action: "discard", subject: slug.as_str(), detail: &last };
        note(&mut transaction, done).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn draft_version(&self, slug: &Slug, version: i64) -> Result<Option<VersionRow>, StoreError> {
        let query = sqlx::query_as::<_, VersionRecord>(VERSION).bind(slug.as_str()).bind(version);
        let row =
            query.fetch_optional(&self.readers).await.map_err(failed_to("read a version of a draft"))?;
        Ok(row.map(VersionRow::from))
    }

    async fn draft_saves(&self, slug: &Slug, before: i64, limit: u32) -> Result<Vec<SaveRow>, StoreError> {
        let query = sqlx::query_as::<_, SaveRecord>(SAVES).bind(slug.as_str()).bind(before);
        let rows = query.bind(i64::from(limit)).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list the saves of a draft"))?;
        Ok(rows.into_iter().map(SaveRow::from).collect())
    }

    async fn last_draft_version(&self, slug: &Slug) -> Result<Option<VersionRow>, StoreError> {
        let query = sqlx::query_as::<_, VersionRecord>(LAST_VERSION).bind(slug.as_str());
        let row =
            query.fetch_optional(&self.readers).await.map_err(failed_to("read a version of a draft"))?;
        Ok(row.map(VersionRow::from))
    }

    async fn publish(&self, revision: &NewRevision) -> Result<Publishing, StoreError> {
        let failed = failed_to("publish a draft");
        let mut transaction = self.begin().await.map_err(failed)?;
        let number = match publish(&mut transaction, revision).await.map_err(failed)? {
            Ok(number) => number,
            Err(hindrance) => return Ok(hindrance),
        };
        transaction.commit().await.map_err(failed)?;
        revision_number(number).map(Publishing::Published)
    }
}
