//! Another revision than the one that a draft was begun from, taken over into it: what is live by now, or what returns when a release
//! ends. What only that revision changed is as it has it, what the draft changed stays.

use configurator::source::Source;
use configurator::{RevisionNumber, Slug};
use serde_json::Value;
use time::Date;

use super::draft::Draft;
use super::merge::merge;
use super::store::Way;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::store_error::StoreError;

/// What a draft would be that takes a revision over.
#[derive(Clone, Debug, PartialEq)]
pub struct TakeOver {
    /// The revision.
    pub number: RevisionNumber,
    /// The draft with what it did not change itself as that revision has it.
    pub kept: Bundle,
    /// The same, but for what both changed, which is as that revision has it; nothing where that makes no difference.
    pub over: Option<Bundle>,
}

/// Whose is taken of what both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenSide {
    /// The draft's.
    Draft,
    /// The revision's.
    Revision,
}

impl Shop {
    /// The revision that a product's draft was begun from, or that it took over last; nothing where there is no draft.
    ///
    /// # Errors
    /// The store failed.
    pub async fn draft_base(&self, slug: &Slug) -> Result<Option<RevisionNumber>, ShopError> {
        Ok(self.store.draft(slug).await?.map(|row| row.base))
    }

    /// What a draft would be that takes a revision over; nothing where there is no draft, or it is one of that revision.
    ///
    /// # Errors
    /// There is no such revision, the shop is busy, or the store failed.
    pub async fn take_over(
        &self,
        draft: &Draft,
        number: RevisionNumber,
    ) -> Result<Option<TakeOver>, ShopError> {
        if draft.version == 0 || draft.base == number {
            return Ok(None);
        }
        let base = self.bundle(&draft.slug, draft.base).await?;
        let other = self.bundle(&draft.slug, number).await?;
        let (mine, today) = (draft.bundle.clone(), self.day_of_change());
        let work = move || {
            let kept = merged([&base, &other, &mine], &mine.source, today)?;
            let over = merged([&base, &mine, &other], &mine.source, today)?;
            let over = (over != kept).then_some(over);
            Ok::<_, serde_json::Error>((kept, over))
        };
        let (kept, over) = self.executor.run(work).await?.map_err(|error| StoreError::Unreadable {
            what: format!("the draft of '{}'", draft.slug),
            reason: error.to_string(),
        })?;
        Ok(Some(TakeOver { number, kept, over }))
    }

    /// Takes a revision over into a draft if nobody saved that since `version`; an edit that is undone like others.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did; there is no such product or revision; the shop is busy; the store failed.
    pub async fn take_revision_over(
        &self,
        slug: &Slug,
        version: i64,
        (number, side): (RevisionNumber, TakenSide),
        by: &str,
    ) -> Result<(), ShopError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let Some(TakeOver { kept, over, .. }) = self.take_over(&draft, number).await? else {
            return Ok(());
        };
        let bundle = match side {
            TakenSide::Draft => kept,
            TakenSide::Revision => over.unwrap_or(kept),
        };
        self.save_over(&draft, bundle, by, (Way::Saved, Some(number))).await?;
        Ok(())
    }
}

/// What two made of a bundle; the later one's of what both changed.
fn merged(sides: [&Bundle; 3], before: &Source, today: Date) -> Result<Bundle, serde_json::Error> {
    let [base, first, later] = sides.map(|side| serde_json::to_value(&side.source));
    let mut source: Source = serde_json::from_value(merge(&base?, &first?, &later?).product)?;
    source.drop_stray_values();
    source.follow_originals(before, before, today);
    let [base, first, later] = sides.map(|side| serde_json::to_value(&side.drawings));
    let drawings: Value = merge(&base?, &first?, &later?).product;
    Ok(Bundle { source, drawings: serde_json::from_value(drawings)? })
}
