//! Drafts, and making them live.

mod analysis;
mod changes;
mod edit;
mod store;

use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

pub use analysis::{Analysis, DraftState};
pub use changes::changes;
pub use edit::{DraftEdit, EditError, Section, UnreadableField};
pub use store::{DraftRow, DraftStore, NewDraft, NewRevision};

use crate::Shop;
use crate::catalogue::{Bundle, Prepared, inspect};
use crate::error::ShopError;

/// A product being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The product.
    pub slug: Slug,
    /// Grows with every save; 0 when it equals the live revision.
    pub version: i64,
    /// Number of the live revision it started from.
    pub base: RevisionNumber,
    /// What is edited.
    pub bundle: Bundle,
    /// When it was last saved.
    pub changed_at: Option<OffsetDateTime>,
    /// Who saved it last; nobody yet when empty.
    pub changed_by: String,
}

impl Shop {
    /// The draft of a product; the live revision's bundle where nothing was changed yet.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn draft(&self, slug: &Slug) -> Result<Draft, ShopError> {
        if let Some(row) = self.store.draft(slug).await? {
            return draft(row);
        }
        let live = self.live_number(slug).await?;
        let unknown = || ShopError::UnknownRevision { slug: slug.clone(), number: live };
        let row = self.store.revision(slug, live).await?.ok_or_else(unknown)?;
        let bundle = Bundle::read(&row.bundle, || format!("revision {live} of '{slug}'"))?;
        let (slug, changed_by) = (slug.clone(), String::new());
        Ok(Draft { slug, version: 0, base: live, bundle, changed_at: None, changed_by })
    }

    /// Saves a draft if nobody else did since `version`, and returns it with its new version. It need not be sound.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did, or when the draft was published or discarded meanwhile; there is
    /// no such product; the store failed.
    pub async fn save_draft(
        &self,
        slug: &Slug,
        version: i64,
        bundle: Bundle,
        by: &str,
    ) -> Result<Draft, ShopError> {
        self.live_number(slug).await?;
        let (text, _) = bundle.write()?;
        let new = NewDraft { slug: slug.clone(), version, bundle: text, at: self.now(), by: by.to_owned() };
        match self.store.save_draft(&new).await? {
            Some(row) => Ok(Draft {
                slug: row.slug,
                version: row.version,
                base: row.base,
                bundle,
                changed_at: Some(row.changed_at),
                changed_by: row.changed_by,
            }),
            None => Err(self.draft_changed(slug).await?),
        }
    }

    /// Forgets a product's draft.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn discard_draft(&self, slug: &Slug) -> Result<(), ShopError> {
        self.live_number(slug).await?;
        Ok(self.store.discard_draft(slug).await?)
    }

    /// Publishes a draft as a new revision, live at once, and returns its number.
    ///
    /// # Errors
    /// [`ShopError::NotPublishable`] with everything that is wrong with it, [`ShopError::NothingToPublish`],
    /// [`ShopError::DraftChanged`] when `version` is not the draft's; there is no such product; the store failed.
    pub async fn publish(
        &self,
        slug: &Slug,
        version: i64,
        note: &str,
        by: &str,
    ) -> Result<RevisionNumber, ShopError> {
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
        let bundle = draft(row)?.bundle;
        let (text, hash) = bundle.write()?;
        if self.store.revision(slug, live).await?.is_some_and(|live| live.bundle == text) {
            return Err(ShopError::NothingToPublish);
        }
        let prepared = self.executor.run(move || Ok(Prepared::of(&bundle, &inspect(&bundle)?)));
        let prepared = prepared.await?.map_err(ShopError::NotPublishable)?;
        let new = NewRevision {
            slug: slug.clone(),
            draft_version: version,
            bundle: text,
            hash,
            at: self.now(),
            by: by.to_owned(),
            note: note.trim().to_owned(),
            prepared,
        };
        match self.store.publish(&new).await? {
            Some(number) => Ok(number),
            None => Err(self.draft_changed(slug).await?),
        }
    }

    async fn draft_changed(&self, slug: &Slug) -> Result<ShopError, ShopError> {
        let changed_by = self.store.draft(slug).await?.map(|row| row.changed_by);
        Ok(ShopError::DraftChanged { slug: slug.clone(), changed_by })
    }
}

fn draft(row: DraftRow) -> Result<Draft, ShopError> {
    let bundle = Bundle::read(&row.bundle, || format!("the draft of '{}'", row.slug))?;
    Ok(Draft {
        slug: row.slug,
        version: row.version,
        base: row.base,
        bundle,
        changed_at: Some(row.changed_at),
        changed_by: row.changed_by,
    })
}
