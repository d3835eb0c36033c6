//! Making drafts live.

use configurator::{RevisionNumber, Slug};

use super::draft::Draft;
use super::gate::hold;
use super::hold::Agreed;
use super::store::NewRevision;
use crate::catalogue::bundle::inspect;
use crate::catalogue::prepared::Prepared;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::short_text::short_text;

/// Most characters of a note about a revision.
const LONGEST_NOTE: usize = 200;

impl Shop {
    /// Publishes a draft as a new revision, live at once, and returns its number. Whoever does so agreed to what it does.
    ///
    /// # Errors
    /// [`ShopError::NotPublishable`] with everything that is wrong with it, [`ShopError::Held`] with why it is
    /// held otherwise, [`ShopError::NothingToPublish`], [`ShopError::DraftChanged`] when `version` is not the draft's; there is no such product; the shop is busy; the store
    /// failed.
    pub async fn publish(
        &self,
        slug: &Slug,
        version: i64,
        note: &str,
        by: &str,
        agreed: Agreed,
    ) -> Result<RevisionNumber, ShopError> {
        let note = short_text(note, LONGEST_NOTE)?;
        let live = self.live_number(slug).await?;
        let Some(row) = self.store.draft(slug).await? else {
            return Err(match version {
                0 => ShopError::NothingToPublish,
                _ => self.draft_changed(slug).await?,
            });
        };
        if row.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let read = move || {
            let bundle = Draft::read(row)?.bundle;
            let (text, hash) = bundle.write()?;
            Ok::<_, ShopError>((bundle, text, hash))
        };
        let (bundle, text, hash) = self.executor.run(read).await??;
        if self.store.revision(slug, live).await?.is_some_and(|live| live.bundle == text) {
            return Err(ShopError::NothingToPublish);
        }
        let (revision, threshold) = (self.published(slug).await?, self.profile.large_price_change);
        let gate = move || {
            let product = inspect(&bundle).map_err(ShopError::NotPublishable)?;
            let before = (&revision.bundle.source, &revision.product);
            match hold(before, (&bundle.source, &product), (revision.number, agreed, threshold)) {
                Some(hold) => Err(ShopError::Held(hold)),
                None => Ok(Prepared::of(&bundle, &product)),
            }
        };
        let prepared = self.executor.run(gate).await??;
        let new = NewRevision {
            slug: slug.clone(),
            draft_version: version,
            bundle: text,
            hash,
            at: self.now(),
            by: by.to_owned(),
            note,
            prepared,
        };
        let published = self.store.publish(&new).await?;
        match published {
            Some(number) => {
                self.forget_standing(slug);
                self.lately_live.insert(slug.clone(), (number, self.environment.now()));
                tracing::info!(product = %slug, revision = %number, "a revision was published");
                Ok(number)
            }
            None => Err(self.draft_changed(slug).await?),
        }
    }
}
