//! Drafts, and how they become revisions.

use async_trait::async_trait;
use shop::drafts::{DraftRow, DraftStore, NewDraft, NewRevision};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::PgConnection;

use super::PostgresStore;
use super::catalogue::{add_revision, make_live, wait_for_product};
use super::query::{note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::access::Note;
use crate::statements::catalogue::{Published, revision_number};
use crate::statements::drafts::*;

/// The version of a product's draft; 0 when it has none.
async fn draft_version(connection: &mut PgConnection, slug: &Slug) -> sqlx::Result<i64> {
    let query = query_scalar(DRAFT_VERSION).bind(slug.as_str());
    Ok(query.fetch_optional(connection).await?.unwrap_or(0))
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
            let slug = draft.slug.as_str();
            query(COUNT_DRAFT).bind(slug).execute(&mut *connection).await?;
            let save = query_as::<DraftRecord>(SAVE_DRAFT).bind(slug).bind(&draft.bundle);
            save.bind(milliseconds(draft.at)).bind(&draft.by).fetch_optional(connection).await
        });
        Ok(row?.map(DraftRow::from))
    }

    async fn discard_draft(&self, slug: &Slug, version: i64) -> Result<bool, StoreError> {
        let done = writing!(self.database, "discard a draft", |connection| {
            wait_for_product(connection, slug).await?;
            query(DISCARD_DRAFT).bind(slug.as_str()).bind(version).execute(connection).await
        });
        Ok(done?.rows_affected() > 0)
    }

    async fn publish(&self, revision: &NewRevision) -> Result<Option<RevisionNumber>, StoreError> {
        let number = writing!(self.database, "publish a draft", |connection| {
            let NewRevision { slug, draft_version: wanted, bundle, hash, at, by, note: words, prepared } =
                revision;
            wait_for_product(connection, slug).await?;
            let version = draft_version(connection, slug).await?;
            if version == 0 || version != *wanted {
                return Ok(None);
            }
            let published = Published { slug, bundle, hash, at: *at, by, note: words, prepared };
            let number = add_revision(connection, published).await?;
            make_live(connection, slug, number, *at).await?;
            query(DISCARD_DRAFT).bind(slug.as_str()).bind(version).execute(&mut *connection).await?;
            let detail = format!("revision {number}");
            let done = Note { at: *at, by, action: "publish", subject: slug.as_str(), detail: &detail };
            note(connection, done).await?;
            Ok(Some(number))
        });
        number?.map(revision_number).transpose()
    }
}
