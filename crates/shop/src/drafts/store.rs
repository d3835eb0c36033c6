//! What drafts ask of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use crate::catalogue::prepared::Prepared;
use crate::store_error::StoreError;

/// A draft as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// The product.
    pub slug: Slug,
    /// Grows with every save and is never used twice for a product.
    pub version: i64,
    /// The live revision when it was begun.
    pub base: RevisionNumber,
    /// The bundle as JSON.
    pub bundle: String,
    /// When it was saved.
    pub changed_at: OffsetDateTime,
    /// Who saved it.
    pub changed_by: String,
}

/// A draft to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// The product.
    pub slug: Slug,
    /// The version it was made from; 0 when there was no draft.
    pub version: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// When it is saved.
    pub at: OffsetDateTime,
    /// Who saves it.
    pub by: String,
}

/// A revision to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    /// The product.
    pub slug: Slug,
    /// The version of the draft it was made from.
    pub draft_version: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// When it is published.
    pub at: OffsetDateTime,
    /// Who publishes it.
    pub by: String,
    /// What they wrote about it.
    pub note: String,
    /// What was made of it.
    pub prepared: Prepared,
}

/// Drafts, and how they become revisions.
#[async_trait]
pub trait DraftStore: Send + Sync {
    /// A product's draft.
    async fn draft(&self, slug: &Slug) -> Result<Option<DraftRow>, StoreError>;
    /// Saves a draft under a new version; `None`, and nothing written, when the stored one is not the version it was
    /// made from or when there is no such product.
    async fn save_draft(&self, draft: &NewDraft) -> Result<Option<DraftRow>, StoreError>;
    /// Forgets a product's draft; `false`, and nothing done, when the stored one has another version or there is none.
    async fn discard_draft(&self, slug: &Slug, version: i64) -> Result<bool, StoreError>;
    /// Inserts a revision, makes it live, forgets the draft and notes it in the audit. Returns its number; `None`, and
    /// nothing written, when the stored draft has another version.
    async fn publish(&self, revision: &NewRevision) -> Result<Option<RevisionNumber>, StoreError>;
}
