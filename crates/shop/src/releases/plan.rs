//! Planning a release: which drafts, from when, until when.

use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use super::release::ReleaseId;
use super::store::{FrozenDraft, NewRelease, Planning};
use crate::catalogue::bundle::Bundle;
use crate::drafts::draft::Draft;
use crate::drafts::hold::{Agreed, Hold};
use crate::drafts::publish::LONGEST_NOTE;
use crate::error::ShopError;
use crate::products::standing::Standing;
use crate::shop::Shop;
use crate::short_text::{needed_text, short_text};
use crate::store_error::StoreError;

/// Most characters of a release's name.
pub const LONGEST_NAME: usize = 80;

/// For how many days prices hold at most after a release.
pub const LONGEST_HOLD: u32 = 3_650;

/// A release as somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// What it is called.
    pub name: String,
    /// Its products.
    pub products: Vec<PlannedProduct>,
    /// When it is published; at once where nothing is said.
    pub start: Option<OffsetDateTime>,
    /// When what it replaced returns.
    pub end: Option<OffsetDateTime>,
    /// What is noted in the products' histories; the release's name where it is empty.
    pub note: String,
    /// For how many days designs can be ordered at its prices once something else is live: 0 where they end with it, nothing for as
    /// long as the shop's settings say.
    pub hold_days: Option<u32>,
}

/// A draft that somebody agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedProduct {
    /// The product.
    pub slug: Slug,
    /// The draft's version.
    pub version: i64,
    /// The live revision that they compared it with; nothing where they did not agree.
    pub beside: Option<RevisionNumber>,
    /// Whether they agreed to large changes.
    pub twice: bool,
}

/// Why a release is not planned. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It has no name, or one that can't be taken.
    #[error("give the release a name of 1 to {LONGEST_NAME} characters")]
    Name,
    /// It has no product.
    #[error("a release needs at least one product")]
    NoProduct,
    /// Its prices are to hold for longer than any do.
    #[error("prices hold for {LONGEST_HOLD} days at most after the end")]
    Hold,
    /// Its start has passed.
    #[error("the start has passed; choose a time to come, or publish now")]
    StartPassed,
    /// Its end is not after its start.
    #[error("the end has to be after the start")]
    EndBeforeStart,
    /// A product that was never published has nothing that returns at the end.
    #[error("'{0}' was never published, so nothing can return at the end; leave out the end, or the product")]
    NothingReturns(Slug),
    /// The note about it can't be taken.
    #[error("{0}")]
    Note(ShopError),
    /// A second person has to agree, and there is none.
    #[error(
        "a second person has to agree, and nobody else may publish; invite somebody, or change the shop's settings"
    )]
    NobodyElse,
    /// Another release changes what is live of a product before or while this one is.
    #[error(
        "'{slug}' is in the release '{name}', which waits, is planned or live at that time; choose a time after it, or cancel it"
    )]
    InTheWay {
        /// The product.
        slug: Slug,
        /// The other release.
        name: String,
    },
    /// A product's draft can't be released.
    #[error("'{slug}': {error}")]
    Product {
        /// The product.
        slug: Slug,
        /// Why.
        error: ShopError,
    },
    /// A use case failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for PlanError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

impl Shop {
    /// Plans a release, and publishes it where it is for now; where the shop asks for a second person, it waits for one. Each draft passes the gate as it is; what is published is kept with
    /// the release, so that drafts may be edited on.
    ///
    /// # Errors
    /// See [`PlanError`].
    pub async fn plan_release(&self, plan: NewPlan, by: &str) -> Result<ReleaseId, PlanError> {
        let name = needed_text(&plan.name, LONGEST_NAME).ok().flatten().ok_or(PlanError::Name)?;
        let note = short_text(&plan.note, LONGEST_NOTE).map_err(PlanError::Note)?;
        let now = self.now();
        let starts_at = plan.start.unwrap_or(now);
        if starts_at < now {
            return Err(PlanError::StartPassed);
        }
        if plan.end.is_some_and(|end| end <= starts_at) {
            return Err(PlanError::EndBeforeStart);
        }
        if plan.hold_days.is_some_and(|days| days > LONGEST_HOLD) {
            return Err(PlanError::Hold);
        }
        if plan.products.is_empty() {
            return Err(PlanError::NoProduct);
        }
        let mut products: Vec<FrozenDraft> = Vec::new();
        for wanted in &plan.products {
            let frozen = self.frozen(wanted).await;
            let frozen = frozen.map_err(|error| PlanError::Product { slug: wanted.slug.clone(), error })?;
            self.something_returns(&frozen.slug, plan.end).await?;
            if products.iter().all(|known| known.slug != frozen.slug) {
                products.push(frozen);
            }
        }
        let approval = self.approval_of(by, plan.start.is_none()).await?;
        let (by, waits, hold_days) = (by.to_owned(), approval.is_some(), plan.hold_days);
        let release = NewRelease {
            name,
            at: now,
            by,
            starts_at,
            ends_at: plan.end,
            note,
            hold_days,
            approval,
            products,
        };
        let refused = |slug, error| Err(PlanError::Product { slug, error });
        let id = match self.store.plan_release(&release).await? {
            Planning::Planned(id) => id,
            Planning::AnotherDraft(slug) => {
                let error = self.draft_changed(&slug).await?;
                return refused(slug, error);
            }
            Planning::AnotherLive(slug) => return refused(slug, ShopError::Held(Hold::NotSeen)),
            Planning::StandsOtherwise(slug) => {
                return refused(slug.clone(), ShopError::StandsOtherwise { slug });
            }
            Planning::InTheWay { slug, name } => return Err(PlanError::InTheWay { slug, name }),
        };
        tracing::info!(release = %id, waits, "a release was planned");
        if !waits
            && starts_at <= now
            && let Err(error) = self.begin_release(id).await
        {
            tracing::warn!(release = %id, %error, "a release for now is published a little later");
        }
        Ok(id)
    }

    /// A draft as somebody agreed to it, once it passed the gate.
    async fn frozen(&self, wanted: &PlannedProduct) -> Result<FrozenDraft, ShopError> {
        let slug = self.publishable(&wanted.slug).await?;
        let stands = self.store.standing(&slug).await?.map(|row| row.standing);
        if stands == Some(Standing::Archived) {
            return Err(ShopError::StandsOtherwise { slug });
        }
        let live = self.live_number(&slug).await?;
        let Some(row) = self.store.draft(&slug).await?.filter(|row| row.version == wanted.version) else {
            return Err(self.draft_changed(&slug).await?);
        };
        let read = move || {
            let bundle = Draft::read(row)?.bundle;
            let (text, hash) = bundle.write()?;
            Ok::<_, ShopError>((bundle, text, hash))
        };
        let (bundle, text, hash) = self.executor.run(read).await??;
        let is_first = stands.is_some_and(Standing::is_unpublished);
        if !is_first && self.store.revision(&slug, live).await?.is_some_and(|live| live.bundle == text) {
            return Err(ShopError::NothingToPublish);
        }
        let name = bundle.source.name.clone();
        let agreed = Agreed::Seen { beside: wanted.beside, twice: wanted.twice };
        let (_, beside) = self.passed(&slug, live, bundle, agreed).await?;
        let (draft_version, twice) = (wanted.version, wanted.twice);
        Ok(FrozenDraft { slug, name, draft_version, bundle: text, hash, beside, twice })
    }

    /// Makes sure that something was published before, where something is to return at the end.
    async fn something_returns(&self, slug: &Slug, end: Option<OffsetDateTime>) -> Result<(), PlanError> {
        let is_first = self.store.standing(slug).await?.is_some_and(|row| row.standing.is_unpublished());
        if is_first && end.is_some() {
            return Err(PlanError::NothingReturns(slug.clone()));
        }
        Ok(())
    }

    /// The draft of a release's product as it was agreed to.
    ///
    /// # Errors
    /// The text can't be read, or the shop is busy.
    pub(super) async fn thawed(&self, draft: &FrozenDraft) -> Result<Bundle, ShopError> {
        let (text, slug) = (draft.bundle.clone(), draft.slug.clone());
        let read = move || Bundle::read(&text, || format!("a released draft of '{slug}'"));
        Ok(self.executor.run(read).await??)
    }
}
