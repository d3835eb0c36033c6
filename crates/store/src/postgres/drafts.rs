//! Drafts, and how they become revisions.

use async_trait::async_trait;
use shop::access::Note;
use shop::drafts::{
    Discard, DraftRow, DraftStore, NewDraft, NewRevision, Publishing, SaveRow, VersionRow, Way,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::PgConnection;

use super::PostgresStore;
use super::catalogue::{add_revision, make_live, wait_for_product};
use super::query::{note, note_editing, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::catalogue::{Published, revision_number};
use crate::statements::drafts::*;
use crate::statements::gate::END_PREVIEW;
use crate::statements::products::{STANDING, StandingRecord};

/// The version of a product's draft; 0 when it has none.
async fn draft_version(connection: &mut PgConnection, slug: &Slug) -> sqlx::Result<i64> {
    let query = query_scalar(DRAFT_VERSION).bind(slug.as_str());
    Ok(query.fetch_optional(connection).await?.unwrap_or(0))
}

/// Keeps a draft that was saved just now as a version, forgets the oldest, and notes in the audit that a file was taken or
/// who edits.
async fn add_version(connection: &mut PgConnection, draft: &NewDraft, row: &DraftRecord) -> sqlx::Result<()> {
    let slug = draft.slug.as_str();
    let last = query_scalar(LAST_VERSION_NUMBER).bind(slug).fetch_optional(&mut *connection).await?;
    let (undo_to, redo_to) = ways(draft.way, last);
    let add = query(ADD_VERSION).bind(slug).bind(row.version).bind(row.base.get());
    let add =
        add.bind(&draft.bundle).bind(milliseconds(draft.at)).bind(&draft.by).bind(undo_to).bind(redo_to);
    add.bind(&draft.what).execute(&mut *connection).await?;
    let oldest = row.version - KEPT_VERSIONS;
    query(FORGET_OLDEST).bind(slug).bind(oldest).execute(&mut *connection).await?;
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
    connection: &mut PgConnection,
    draft: &NewDraft,
) -> sqlx::Result<Option<DraftRecord>> {
    let slug = draft.slug.as_str();
    query(COUNT_DRAFT).bind(slug).execute(&mut *connection).await?;
    let save = query_as::<DraftRecord>(SAVE_DRAFT).bind(slug).bind(&draft.bundle);
    let save = save.bind(milliseconds(draft.at)).bind(&draft.by).bind(draft.base.map(RevisionNumber::get));
    let row = save.fetch_optional(&mut *connection).await?;
    if let Some(row) = &row {
        add_version(connection, draft, row).await?;
    }
    Ok(row)
}

/// Makes a draft the live revision of its product and returns its number; or says, before anything is written, why not.
async fn publish(
    connection: &mut PgConnection,
    revision: &NewRevision,
) -> sqlx::Result<Result<i64, Publishing>> {
    let NewRevision { slug, draft_version: wanted, beside, bundle, hash, at, by, note: words, prepared } =
        revision;
    let product = query_as::<StandingRecord>(STANDING).bind(slug.as_str());
    let product = product.fetch_optional(&mut *connection).await?;
    let version = draft_version(connection, slug).await?;
    if let Some(hindrance) = hindrance(product.as_ref(), [version, *wanted], *beside) {
        return Ok(Err(hindrance));
    }
    let published = Published { slug, bundle, hash, at: *at, by, note: words, prepared };
    let number = add_revision(connection, published).await?;
    make_live(connection, slug, number, *at).await?;
    query(DISCARD_DRAFT).bind(slug.as_str()).bind(version).execute(&mut *connection).await?;
    query(FORGET_VERSIONS).bind(slug.as_str()).bind(version).execute(&mut *connection).await?;
    query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
    let detail = format!("revision {number}");
    let done = Note { at: *at, by, action: "publish", subject: slug.as_str(), detail: &detail };
    note(connection, done).await?;
    Ok(Ok(number))
}

#[async_trait]
impl DraftStore for PostgresStore {
    async fn draft(&self, slug: &Slug) -> Result<Option<DraftRow>, StoreError> {
        let row = reading!(self.database, "read a draft", |connection| {
            query_as::<DraftRecord>(DRAFT).bind(slug.as_str()).fetch_optional(connection).await
        });
        Ok(row?.map(DraftRow::from))
    }

    async fn save_draft(&self, draft: &NewDraft) -> Result<Option<DraftRow>, StoreError> {
        let row = writing!(self.database, "save a draft", |connection| {
            wait_for_product(connection, &draft.slug).await?;
            if draft_version(connection, &draft.slug).await? != draft.version {
                return Ok(None);
            }
            save(connection, draft).await
        });
        Ok(row?.map(DraftRow::from))
    }

    async fn discard_draft(&self, discard: &Discard) -> Result<bool, StoreError> {
        writing!(self.database, "discard a draft", |connection| {
            let Discard { slug, version, at, by } = discard;
            wait_for_product(connection, slug).await?;
            let discarded = query(DISCARD_DRAFT).bind(slug.as_str()).bind(*version);
            if discarded.execute(&mut *connection).await?.rows_affected() == 0 {
                return Ok(false);
            }
            query(COUNT_DRAFT).bind(slug.as_str()).execute(&mut *connection).await?;
            let add = query(ADD_DISCARDED).bind(slug.as_str()).bind(milliseconds(*at)).bind(by);
            add.bind(*version).execute(&mut *connection).await?;
            query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
            let last = version.to_string();
            note(connection, Note { at: *at, by, action: "discard", subject: slug.as_str(), detail: &last })
                .await?;
            Ok(true)
        })
    }

    async fn draft_version(&self, slug: &Slug, version: i64) -> Result<Option<VersionRow>, StoreError> {
        let row = reading!(self.database, "read a version of a draft", |connection| {
            let query = query_as::<VersionRecord>(VERSION).bind(slug.as_str()).bind(version);
            query.fetch_optional(connection).await
        });
        Ok(row?.map(VersionRow::from))
    }

    async fn draft_saves(&self, slug: &Slug, before: i64, limit: u32) -> Result<Vec<SaveRow>, StoreError> {
        let rows = reading!(self.database, "list the saves of a draft", |connection| {
            let query = query_as::<SaveRecord>(SAVES).bind(slug.as_str()).bind(before);
            query.bind(i64::from(limit)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(SaveRow::from).collect())
    }

    async fn last_draft_version(&self, slug: &Slug) -> Result<Option<VersionRow>, StoreError> {
        let row = reading!(self.database, "read a version of a draft", |connection| {
            query_as::<VersionRecord>(LAST_VERSION).bind(slug.as_str()).fetch_optional(connection).await
        });
        Ok(row?.map(VersionRow::from))
    }

    async fn publish(&self, revision: &NewRevision) -> Result<Publishing, StoreError> {
        let number = writing!(self.database, "publish a draft", |connection| {
            wait_for_product(connection, &revision.slug).await?;
            publish(connection, revision).await
        });
        match number? {
            Ok(number) => revision_number(number).map(Publishing::Published),
            Err(hindrance) => Ok(hindrance),
        }
    }
}
