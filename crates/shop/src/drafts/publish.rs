//! Making drafts live.

use configurator::{RevisionNumber, Slug};

use super::draft::Draft;
use super::gate::hold;
use super::hold::{Agreed, Hold};
use super::store::{NewRevision, Publishing};
use crate::catalogue::bundle::{Bundle, inspect};
use crate::catalogue::prepared::Prepared;
use crate::error::ShopError;
use crate::products::Standing;
use crate::shop::Shop;
use crate::short_text::short_text;
use crate::stock::SoldOut;
use crate::stock::without::leaves_nothing;

/// Most characters of a note about a revision.
pub(crate) const LONGEST_NOTE: usize = 200;

impl Shop {
    /// Publishes a draft as a new revision, live at once, and returns its number. Whoever does so agreed to what it does. Where a
    /// second person has to agree, that takes a release ([`Shop::plan_release`]).
    ///
    /// # Errors
    /// [`ShopError::NeedsApproval`] where a second person has to agree;
    /// [`ShopError::NotPublishable`] with everything that is wrong with it, [`ShopError::Held`] with why it is
    /// held otherwise, [`ShopError::NothingToPublish`], [`ShopError::DraftChanged`] when `version` is not the draft's,
    /// [`ShopError::StandsOtherwise`] when the product was removed; there is no such product; the shop is busy; the store failed.
    pub async fn publish(
        &self,
        slug: &Slug,
        version: i64,
        note: &str,
        by: &str,
        agreed: Agreed,
    ) -> Result<RevisionNumber, ShopError> {
        let note = short_text(note, LONGEST_NOTE)?;
        // What is loaded by a command is the operator's.
        if self.needs_approval() && agreed != Agreed::Unasked {
            return Err(ShopError::NeedsApproval);
        }
        let slug = &self.publishable(slug).await?;
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
        let is_first = self.store.standing(slug).await?.is_some_and(|row| row.standing.is_unpublished());
        if !is_first && self.store.revision(slug, live).await?.is_some_and(|live| live.bundle == text) {
            return Err(ShopError::NothingToPublish);
        }
        let (prepared, compared) = self.passed(slug, live, bundle, agreed).await?;
        let beside = matches!(agreed, Agreed::Seen { .. }).then_some(compared);
        let new = NewRevision {
            slug: slug.clone(),
            draft_version: version,
            beside,
            bundle: text,
            hash,
            at: self.now(),
            by: by.to_owned(),
            note,
            prepared,
        };
        match self.store.publish(&new).await? {
            Publishing::Published(number) => {
                self.forget_standing(slug);
                self.lately_live.insert(slug.clone(), (number, self.environment.now()));
                tracing::info!(product = %slug, revision = %number, "a revision was published");
                Ok(number)
            }
            Publishing::AnotherDraft => Err(self.draft_changed(slug).await?),
            Publishing::AnotherLive => Err(ShopError::Held(Hold::NotSeen)),
            Publishing::StandsOtherwise => Err(ShopError::StandsOtherwise { slug: slug.clone() }),
        }
    }

    /// What is made of a draft that the gate lets through, and the live revision that it was compared with: where the product was
    /// never published, the one that the draft began as.
    pub(crate) async fn passed(
        &self,
        slug: &Slug,
        live: RevisionNumber,
        bundle: Bundle,
        agreed: Agreed,
    ) -> Result<(Prepared, RevisionNumber), ShopError> {
        let (revision, threshold) = (self.compared_with(slug).await?, self.profile().large_price_change);
        let compared = revision.as_ref().map_or(live, |revision| revision.number);
        // What an operator loads by a command is published whatever is sold out.
        let sold_out = match agreed {
            Agreed::Unasked => Vec::new(),
            Agreed::Seen { .. } => self.sold_out(slug).await?,
        };
        let sold_out: Vec<SoldOut> = sold_out.into_iter().map(|row| row.sold_out).collect();
        let year = self.calendar().today().year();
        let gate = move || {
            let product = inspect(&bundle).map_err(ShopError::NotPublishable)?;
            let before = revision.as_deref().map(|live| (&live.bundle.source, &live.product));
            match hold(before, (&bundle.source, &product), (compared, agreed, threshold)) {
                Some(hold) => Err(ShopError::Held(hold)),
                None if leaves_nothing(&product, &sold_out, year)? => Err(ShopError::Held(Hold::NothingLeft)),
                None => Ok(Prepared::of(&bundle, &product)),
            }
        };
        Ok((self.executor.run(gate).await??, compared))
    }

    /// The address that a product has now, where drafts of it can be published.
    ///
    /// # Errors
    /// [`ShopError::StandsOtherwise`] when it was removed; the store failed.
    pub(crate) async fn publishable(&self, slug: &Slug) -> Result<Slug, ShopError> {
        match self.store.standing(slug).await? {
            Some(row) if row.standing == Standing::Removed => {
                Err(ShopError::StandsOtherwise { slug: slug.clone() })
            }
            Some(row) => Ok(row.moved_to.unwrap_or(row.slug)),
            None => Ok(slug.clone()),
        }
    }
}
