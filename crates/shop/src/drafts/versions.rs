//! The versions of a draft: what undo and redo lead to, and what one was made from.
//!
//! Each save, discard, undo and redo is a version. One that undoes has the content of the version it leads to and goes further
//! back from there, so that nothing that was ever saved is out of reach until it is forgotten.

use configurator::{RevisionNumber, Slug};

use super::draft::Draft;
use super::one_field::one_field;
use super::store::{VersionRow, Way};
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;

/// How long after a save of a field the next one of the same field is part of the same change.
pub const GOES_ON: time::Duration = time::Duration::seconds(90);

/// A way through a draft's versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To what was before the last change.
    Undo,
    /// To what was undone.
    Redo,
}

/// What a draft would be after a step.
struct Target {
    bundle: Bundle,
    way: Way,
    /// The revision that it is one of, where it is another one.
    base: Option<RevisionNumber>,
}

impl Shop {
    /// What a draft would be after a step; nothing where there is none to go.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn draft_after(&self, draft: &Draft, step: Step) -> Result<Option<Bundle>, ShopError> {
        Ok(self.target(draft, step).await?.map(|target| target.bundle))
    }

    /// Goes a step through the versions of a draft if nobody saved it since `version`; does nothing where there is none to go.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did; there is no such product; the shop is busy; the store failed.
    pub async fn step_draft(&self, slug: &Slug, version: i64, step: Step, by: &str) -> Result<(), ShopError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        if let Some(Target { bundle, way, base }) = self.target(&draft, step).await? {
            self.save_over(&draft, bundle, by, (way, base)).await?;
        }
        Ok(())
    }

    async fn target(&self, draft: &Draft, step: Step) -> Result<Option<Target>, ShopError> {
        let Some(now) = self.store.last_draft_version(&draft.slug).await? else { return Ok(None) };
        // Where there is no draft, the last version is one that was discarded: of the revision that is still live.
        if now.base != draft.base || (draft.version > 0 && now.version != draft.version) {
            return Ok(None);
        }
        let wanted = match step {
            Step::Undo => now.undo_to,
            Step::Redo => now.redo_to,
        };
        let Some(wanted) = wanted else { return Ok(None) };
        let back = (step == Step::Undo).then_some(now.version);
        let row = match wanted {
            0 => None,
            _ => match self.store.draft_version(&draft.slug, wanted).await? {
                Some(row) => Some(row),
                None => return Ok(None),
            },
        };
        // A draft that was discarded on another revision is no version of this one, which began as its own. One that took another
        // revision over goes back with what it was made of.
        let Some(row) = row.filter(|row| row.base == draft.base || row.bundle.is_some()) else {
            if step == Step::Redo {
                return Ok(None);
            }
            let bundle = self.bundle(&draft.slug, draft.base).await?;
            return Ok(Some(Target {
                bundle,
                way: Way::Stepped { undo_to: None, redo_to: back },
                base: None,
            }));
        };
        let way = Way::Stepped { undo_to: row.undo_to, redo_to: back.or(row.redo_to) };
        let base = (row.base != draft.base).then_some(row.base);
        Ok(Some(Target { bundle: self.content(row).await?, way, base }))
    }

    /// How a draft comes about that somebody saves while they go on: what they do in one field within [`GOES_ON`] is one change,
    /// and a field that is again as it was before is no change any more.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub(super) async fn way_on(&self, draft: &Draft, next: &Bundle, by: &str) -> Result<Way, ShopError> {
        let is_recent = draft.changed_at.is_some_and(|at| self.now() - at <= GOES_ON);
        if draft.changed_by != by || !is_recent {
            return Ok(Way::Saved);
        }
        let Some(now) = self.store.last_draft_version(&draft.slug).await? else { return Ok(Way::Saved) };
        let (Some(before), None) = (now.undo_to, now.redo_to) else { return Ok(Way::Saved) };
        if (now.version, now.base) != (draft.version, draft.base) {
            return Ok(Way::Saved);
        }
        let (bundle, further) = match before {
            0 => (self.bundle(&draft.slug, draft.base).await?, None),
            _ => match self.store.draft_version(&draft.slug, before).await? {
                Some(row) if row.base == draft.base => {
                    let further = row.undo_to;
                    (self.content(row).await?, further)
                }
                _ => return Ok(Way::Saved),
            },
        };
        let field = one_field(&bundle, &draft.bundle);
        Ok(match field {
            Some(_) if bundle == *next => Way::Stepped { undo_to: further, redo_to: Some(draft.version) },
            Some(ref field) if one_field(&draft.bundle, next).as_ref() == Some(field) => {
                Way::Stepped { undo_to: Some(before), redo_to: None }
            }
            _ => Way::Saved,
        })
    }

    pub(super) async fn content(&self, row: VersionRow) -> Result<Bundle, ShopError> {
        match row.bundle {
            Some(text) => {
                let slug = row.slug;
                let read = move || Bundle::read(&text, || format!("a draft of '{slug}'"));
                Ok(self.executor.run(read).await??)
            }
            None => self.bundle(&row.slug, row.base).await,
        }
    }

    /// What a form was made from: a version of the draft, or the live revision that one began as. Nothing where that is
    /// another revision than that of the draft, or forgotten.
    pub(super) async fn origin(
        &self,
        draft: &Draft,
        version: i64,
        base: RevisionNumber,
    ) -> Result<Option<Bundle>, ShopError> {
        if draft.base != base || draft.version == 0 {
            return Ok(None);
        }
        if version == 0 {
            return self.bundle(&draft.slug, base).await.map(Some);
        }
        match self.store.draft_version(&draft.slug, version).await? {
            Some(row) if row.base == base => self.content(row).await.map(Some),
            _ => Ok(None),
        }
    }
}
