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
    /// How it came about.
    pub way: Way,
    /// The revision that it is a draft of from now on; nothing where that stays, or is the live one as it begins.
    pub base: Option<RevisionNumber>,
    /// What it changes, see `Noted::written`.
    pub what: String,
}

/// How a version of a draft came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It was edited: undoing leads to the version before.
    Saved,
    /// It came from a file, as is noted in the audit; undoing leads to the version before.
    Imported,
    /// It was undone or done again, or goes on with the change before it.
    Stepped {
        /// The version that undoing leads to; 0 for the live revision as the draft began.
        undo_to: Option<i64>,
        /// The version that redoing leads to.
        redo_to: Option<i64>,
    },
}

/// A draft to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discard {
    /// The product.
    pub slug: Slug,
    /// Its version.
    pub version: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who does.
    pub by: String,
}

/// A version of a draft as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// The product.
    pub slug: Slug,
    /// Its number.
    pub version: i64,
    /// The live revision when the draft was begun; when it was discarded, the live one then.
    pub base: RevisionNumber,
    /// The bundle as JSON; nothing where the draft was discarded.
    pub bundle: Option<String>,
    /// The version that undoing leads to; 0 for the revision `base`.
    pub undo_to: Option<i64>,
    /// The version that redoing leads to.
    pub redo_to: Option<i64>,
}

/// A save of a draft, without what was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveRow {
    /// The version that it made.
    pub version: i64,
    /// The revision that the draft was one of.
    pub base: RevisionNumber,
    /// When.
    pub at: OffsetDateTime,
    /// Who did.
    pub by: String,
    /// Whether the draft was discarded.
    pub is_discarded: bool,
    /// What it changed, see `Noted::written`.
    pub what: String,
}

/// A revision to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    /// The product.
    pub slug: Slug,
    /// The version of the draft it was made from.
    pub draft_version: i64,
    /// The live revision that somebody compared it with; nothing where nobody did.
    pub beside: Option<RevisionNumber>,
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

/// What became of a draft that was to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publishing {
    /// It is live, as this revision.
    Published(RevisionNumber),
    /// Nothing was written: there is another draft, or none.
    AnotherDraft,
    /// Nothing was written: another revision is live than the one that it was compared with.
    AnotherLive,
    /// Nothing was written: the product was removed, has another address now, or there is none.
    StandsOtherwise,
}

/// Drafts, and how they become revisions.
#[async_trait]
pub trait DraftStore: Send + Sync {
    /// A product's draft.
    async fn draft(&self, slug: &Slug) -> Result<Option<DraftRow>, StoreError>;
    /// Saves a draft under a new version; `None`, and nothing written, when the stored one is not the version it was
    /// made from, when the product has another address now, or when there is no such product.
    async fn save_draft(&self, draft: &NewDraft) -> Result<Option<DraftRow>, StoreError>;
    /// Forgets a product's draft, which is a version of its own and noted in the audit; `false`, and nothing done, when the
    /// stored one has another version or there is none.
    async fn discard_draft(&self, discard: &Discard) -> Result<bool, StoreError>;
    /// A version of a product's draft. The newest 100 since it was last published are kept.
    async fn draft_version(&self, slug: &Slug, version: i64) -> Result<Option<VersionRow>, StoreError>;
    /// The saves of a product's draft before a version that are kept, the newest first.
    async fn draft_saves(&self, slug: &Slug, before: i64, limit: u32) -> Result<Vec<SaveRow>, StoreError>;
    /// The newest version of a product's draft since it was last published.
    async fn last_draft_version(&self, slug: &Slug) -> Result<Option<VersionRow>, StoreError>;
    /// Inserts a revision, makes it live, forgets the draft and notes it in the audit. A product that was begun is listed.
    async fn publish(&self, revision: &NewRevision) -> Result<Publishing, StoreError>;
}
