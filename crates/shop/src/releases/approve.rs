//! Approval by a second person: who asks to publish is never the one who agrees.

use std::sync::Arc;

use super::carry_out::Judged;
use super::plan::PlanError;
use super::release::{Obstacle, ReleaseId, ReleaseState};
use super::store::{Approving, Decision, NewApproval, ReleaseRow};
use crate::access::roles::Capability;
use crate::catalogue::revision::Revision;
use crate::drafts::draft::Draft;
use crate::drafts::gate::Look;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::short_text::needed_text;
use crate::store_error::StoreError;

/// Most characters of a reason.
const LONGEST_REASON: usize = 200;

/// What a product of a release does to the shop.
#[derive(Clone, Debug)]
pub struct ReleaseLook {
    /// The draft as it was agreed to.
    pub draft: Draft,
    /// What is live of the product now.
    pub live: Option<Arc<Revision>>,
    /// What the gate sees.
    pub look: Look,
}

/// Why a release was neither approved nor refused.
#[derive(Debug, thiserror::Error)]
pub enum ApprovalError {
    /// It was decided, taken back or failed meanwhile.
    #[error("this release does not wait any more; look at it again")]
    NotWaiting,
    /// Who asked for it would approve it.
    #[error("who asks to publish can't agree to it; somebody else has to")]
    Oneself,
    /// Something stands against it: it failed, and is to be asked for anew.
    #[error(
        "something stands against this release, so it failed; its page says what, and who asked can ask again"
    )]
    Hindered,
    /// There is no reason, or one that can't be taken.
    #[error("say why in 1 to {LONGEST_REASON} characters that can be seen")]
    Reason,
    /// A use case failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for ApprovalError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

impl Shop {
    /// Whether a second person has to agree to what is published.
    #[must_use]
    pub fn needs_approval(&self) -> bool {
        self.profile().approval
    }

    /// How many releases wait for a second person.
    ///
    /// # Errors
    /// The store failed.
    pub async fn waiting_releases(&self) -> Result<u64, ShopError> {
        Ok(self.store.waiting_releases().await?)
    }

    /// What a second person is asked, where one has to agree.
    pub(super) async fn approval_of(
        &self,
        by: &str,
        at_once: bool,
    ) -> Result<Option<NewApproval>, PlanError> {
        if !self.needs_approval() {
            return Ok(None);
        }
        let people = self.people().await?.into_iter();
        let others = people.filter(|person| {
            person.has_password && person.email != by && person.role.may(Capability::Publish)
        });
        let tell: Vec<String> = others.map(|person| person.email).collect();
        if tell.is_empty() { Err(PlanError::NobodyElse) } else { Ok(Some(NewApproval { at_once, tell })) }
    }

    /// What each product of a release does to the shop, as it was agreed to, whatever became of its draft since: as the gate looks at
    /// a draft. Those that are not sold any more, or can't be read, are left out.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn look_at_release(&self, id: ReleaseId) -> Result<Vec<ReleaseLook>, ShopError> {
        let mut looks = Vec::new();
        for frozen in self.store.frozen_drafts(id).await? {
            let bundle = match self.thawed(&frozen).await {
                Ok(bundle) => bundle,
                Err(ShopError::Store(StoreError::Unreadable { .. })) => continue,
                Err(error) => return Err(error),
            };
            let draft = Draft {
                slug: frozen.slug.clone(),
                version: frozen.draft_version,
                base: frozen.beside,
                bundle,
                changed_at: None,
                changed_by: String::new(),
            };
            let live = match self.compared_with(&frozen.slug).await {
                Ok(live) => live,
                Err(
                    ShopError::UnknownProduct { .. }
                    | ShopError::Archived { .. }
                    | ShopError::StandsOtherwise { .. }
                    | ShopError::BrokenRevision { .. },
                ) => continue,
                Err(error) => return Err(error),
            };
            let look = self.look(&draft, live.as_ref()).await?;
            looks.push(ReleaseLook { draft, live, look });
        }
        Ok(looks)
    }

    /// Agrees to a release that somebody else asked for. It is published at its time, or now where that has come.
    ///
    /// # Errors
    /// See [`ApprovalError`]. Where something stands against it, it failed.
    pub async fn approve_release(&self, id: ReleaseId, by: &str) -> Result<(), ApprovalError> {
        let release = self.decided_by(id, by).await?;
        if release.ends_at.is_some_and(|end| end <= self.now()) {
            self.fail(id, Some(Obstacle::TooLate), Vec::new()).await?;
            return Err(self.hindered(id).await?);
        }
        let mut obstacles = Vec::new();
        for draft in self.store.frozen_drafts(id).await? {
            match self.passes_now(&draft).await? {
                Judged::Passed(_) => {}
                Judged::Hindered(obstacle) => obstacles.push((draft.slug, obstacle)),
                Judged::Moved => return Err(ShopError::Busy.into()),
            }
        }
        if obstacles.is_empty() {
            let decision = Decision { id, by: by.to_owned(), at: self.now() };
            match self.store.approve_release(&decision).await? {
                Approving::Approved => {}
                Approving::NotWaiting => return Err(ApprovalError::NotWaiting),
                Approving::Hindered(found) => obstacles = found,
            }
        }
        if !obstacles.is_empty() {
            self.fail(id, None, obstacles).await?;
            return Err(self.hindered(id).await?);
        }
        tracing::info!(release = %id, "a release was approved");
        let is_due = release.approval.is_some_and(|asked| asked.at_once) || release.starts_at <= self.now();
        if is_due && let Err(error) = self.begin_release(id).await {
            tracing::warn!(release = %id, %error, "an approved release is published a little later");
        }
        Ok(())
    }

    /// Refuses a release that somebody else asked for. Nothing of it is published; the drafts stay.
    ///
    /// # Errors
    /// See [`ApprovalError`].
    pub async fn refuse_release(&self, id: ReleaseId, reason: &str, by: &str) -> Result<(), ApprovalError> {
        let reason = needed_text(reason, LONGEST_REASON).ok().flatten().ok_or(ApprovalError::Reason)?;
        self.decided_by(id, by).await?;
        let decision = Decision { id, by: by.to_owned(), at: self.now() };
        if self.store.refuse_release(&decision, &reason).await? {
            tracing::info!(release = %id, "a release was refused");
            return Ok(());
        }
        Err(ApprovalError::NotWaiting)
    }

    /// Why a release that something stood against was not approved: somebody else may have decided meanwhile.
    async fn hindered(&self, id: ReleaseId) -> Result<ApprovalError, ShopError> {
        let state = self.store.release(id).await?.map(|release| release.state);
        let is_failed = state == Some(ReleaseState::Failed);
        Ok(if is_failed { ApprovalError::Hindered } else { ApprovalError::NotWaiting })
    }

    /// A release that waits for somebody else than who asked for it.
    async fn decided_by(&self, id: ReleaseId, by: &str) -> Result<ReleaseRow, ApprovalError> {
        match self.store.release(id).await? {
            Some(release) if release.state != ReleaseState::Waiting => Err(ApprovalError::NotWaiting),
            Some(release) if release.made_by == by => Err(ApprovalError::Oneself),
            Some(release) => Ok(release),
            None => Err(ApprovalError::NotWaiting),
        }
    }
}
