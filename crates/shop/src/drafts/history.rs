//! The saves of a draft, and going back to one of them.

use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use super::noted::Noted;
use super::store::Way;
use super::versions::GOES_ON;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::store_error::StoreError;

/// A save of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSave {
    /// The version that it made.
    pub version: i64,
    /// The revision that the draft was one of.
    pub base: RevisionNumber,
    /// When.
    pub at: OffsetDateTime,
    /// Who saved it.
    pub by: String,
    /// Whether the draft was discarded.
    pub is_discarded: bool,
    /// What it changed.
    pub what: Noted,
}

/// Saves, the newest first, of which those are one that somebody made of the same field while they went on. Such a one has the version that
/// was the last.
#[must_use]
pub fn folded(saves: Vec<DraftSave>) -> Vec<DraftSave> {
    let mut kept: Vec<DraftSave> = Vec::with_capacity(saves.len());
    // When the earliest of those was saved that became the last one kept.
    let mut since = None;
    for save in saves {
        let joined = kept.last().zip(since).and_then(|(later, since): (&DraftSave, OffsetDateTime)| {
            let is_one = (&later.by, later.base) == (&save.by, save.base)
                && !later.is_discarded
                && !save.is_discarded
                && since - save.at <= GOES_ON;
            is_one.then(|| later.what.following(&save.what)).flatten()
        });
        since = Some(save.at);
        let Some(what) = joined else {
            kept.push(save);
            continue;
        };
        if let Some(later) = kept.last_mut() {
            later.what = what;
        }
    }
    kept
}

/// Why a draft does not go back to a save.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// That save is forgotten, or there never was one.
    #[error("this save is kept no more; look at the list again")]
    Forgotten,
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for HistoryError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

impl Shop {
    /// The saves of a product's draft before a version that are kept since it was last published, the newest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn draft_saves(
        &self,
        slug: &Slug,
        before: i64,
        limit: u32,
    ) -> Result<Vec<DraftSave>, ShopError> {
        let rows = self.store.draft_saves(slug, before, limit).await?.into_iter();
        Ok(rows
            .map(|row| DraftSave {
                version: row.version,
                base: row.base,
                at: row.at,
                by: row.by,
                is_discarded: row.is_discarded,
                what: Noted::read(&row.what),
            })
            .collect())
    }

    /// Saves a draft as it was at a save, if nobody saved it since `version`; undoing takes that back. Does nothing where the draft is
    /// like that already.
    ///
    /// # Errors
    /// [`HistoryError::Forgotten`] where that save is not kept; [`ShopError::DraftChanged`] when somebody saved it; there is no such
    /// product; the shop is busy; the store failed.
    pub async fn go_back_to(&self, slug: &Slug, version: i64, to: i64, by: &str) -> Result<(), HistoryError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(&draft.slug).await?.into());
        }
        let Some(row) = self.store.draft_version(&draft.slug, to).await? else {
            return Err(HistoryError::Forgotten);
        };
        let base = (row.base != draft.base).then_some(row.base);
        let bundle = self.content(row).await?;
        if base.is_none() && bundle == draft.bundle {
            return Ok(());
        }
        self.save_over(&draft, bundle, by, (Way::Saved, base)).await?;
        Ok(())
    }
}
