//! Publishing releases at their time, ending them, and calling them off.

use configurator::{RevisionNumber, Slug};

use super::release::{EndOutcome, Obstacle, ReleaseId, ReleaseState};
use super::store::{
    Beginning, BegunProduct, BegunRelease, Ended, Ending, Failing, FrozenDraft, ReleaseRow, Returning,
};
use crate::drafts::hold::{Agreed, Hold};
use crate::error::ShopError;
use crate::products::standing::Standing;
use crate::shop::Shop;
use crate::store_error::StoreError;

/// How often a release is judged whose products get other addresses meanwhile, or return to something else.
const ATTEMPTS: usize = 3;

/// What is made of a draft that may be published, or what stands against that.
pub(super) enum Judged {
    Passed(Box<BegunProduct>),
    Hindered(Obstacle),
    /// The product has another address by now.
    Moved,
}

impl Shop {
    /// The products that have a draft, in the shop's order.
    ///
    /// # Errors
    /// The store failed.
    pub async fn drafted(&self) -> Result<Vec<Slug>, ShopError> {
        Ok(self.store.drafted().await?)
    }

    /// A release.
    ///
    /// # Errors
    /// The store failed.
    pub async fn release(&self, id: ReleaseId) -> Result<Option<ReleaseRow>, ShopError> {
        Ok(self.store.release(id).await?)
    }

    /// The newest releases, the newest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn releases(&self) -> Result<Vec<ReleaseRow>, ShopError> {
        Ok(self.store.releases().await?)
    }

    /// The newest releases that a product is in, the newest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn releases_of(&self, slug: &Slug) -> Result<Vec<ReleaseRow>, ShopError> {
        Ok(self.store.releases_of(slug).await?)
    }

    /// The revision that a product returns to when a release ends; nothing where the release has no such product.
    ///
    /// # Errors
    /// The store failed.
    pub async fn returns_to(&self, id: ReleaseId, slug: &Slug) -> Result<Option<RevisionNumber>, ShopError> {
        let targets = self.store.return_targets(id).await?;
        Ok(targets.into_iter().find(|(known, _)| known == slug).map(|(_, to)| to))
    }

    /// Publishes what is planned and ends what is live, where its time has come; returns how many releases that were. Several shops
    /// on one database may do so at once. One release that can't be carried out hinders no other.
    ///
    /// # Errors
    /// The first error: the shop is busy, or the store failed. Those releases wait for the next time.
    pub async fn carry_out_releases(&self) -> Result<usize, ShopError> {
        let (mut done, mut failed) = (0, None);
        for (id, state) in self.store.due_releases(self.now()).await? {
            let carried_out = match state {
                ReleaseState::Planned => self.begin_release(id).await,
                _ => self.end_release(id, None).await.map(|_| ()),
            };
            match carried_out {
                Ok(()) => done += 1,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(done), Err)
    }

    /// Publishes a planned release, all of it or nothing; one that something stands against fails, and says so. Does nothing where it
    /// is planned no more.
    ///
    /// # Errors
    /// The shop is busy, its products are being changed, or the store failed: then it is planned still.
    pub(super) async fn begin_release(&self, id: ReleaseId) -> Result<(), ShopError> {
        for _ in 0..ATTEMPTS {
            match self.begin_as_judged(id).await? {
                Beginning::JudgedOtherwise => {}
                Beginning::NotPlanned => return Ok(()),
                Beginning::Hindered(obstacles) => return self.fail(id, None, obstacles).await,
                Beginning::Live(published) => {
                    for (slug, number) in published {
                        self.forget_standing(&slug);
                        self.lately_live.insert(slug, (number, self.environment.now()));
                    }
                    tracing::info!(release = %id, "a release was published");
                    return Ok(());
                }
            }
        }
        Err(self.changed_meanwhile(id).await)
    }

    /// Judges a planned release, and publishes it where nothing stands against that.
    async fn begin_as_judged(&self, id: ReleaseId) -> Result<Beginning, ShopError> {
        let planned = self.store.release(id).await?.filter(|row| row.state == ReleaseState::Planned);
        let Some(release) = planned else { return Ok(Beginning::NotPlanned) };
        let at = self.now();
        if release.ends_at.is_some_and(|end| end <= at) {
            self.fail(id, Some(Obstacle::TooLate), Vec::new()).await?;
            return Ok(Beginning::NotPlanned);
        }
        let (mut products, mut obstacles) = (Vec::new(), Vec::new());
        for draft in self.store.frozen_drafts(id).await? {
            match self.passes_now(&draft).await? {
                Judged::Passed(product) => products.push(*product),
                Judged::Hindered(obstacle) => obstacles.push((draft.slug, obstacle)),
                Judged::Moved => return Ok(Beginning::JudgedOtherwise),
            }
        }
        if !obstacles.is_empty() {
            return Ok(Beginning::Hindered(obstacles));
        }
        Ok(self.store.begin_release(&BegunRelease { id, at, products }).await?)
    }

    /// What is made of a draft that passes the gate at this moment; otherwise what stands against it.
    pub(super) async fn passes_now(&self, draft: &FrozenDraft) -> Result<Judged, ShopError> {
        let slug = &draft.slug;
        match self.store.standing(slug).await?.map(|row| row.standing) {
            Some(Standing::Archived) => return Ok(Judged::Hindered(Obstacle::Archived)),
            Some(Standing::Removed) | None => return Ok(Judged::Hindered(Obstacle::Removed)),
            Some(Standing::Moved) => return Ok(Judged::Moved),
            Some(Standing::Begun | Standing::Listed | Standing::Hidden) => {}
        }
        let live = self.live_number(slug).await?;
        if live != draft.beside {
            return Ok(Judged::Hindered(Obstacle::AnotherLive));
        }
        let bundle = match self.thawed(draft).await {
            Ok(bundle) => bundle,
            // It never will: another release of the shop wrote it.
            Err(ShopError::Store(StoreError::Unreadable { .. })) => {
                return Ok(Judged::Hindered(Obstacle::NotSound));
            }
            Err(error) => return Err(error),
        };
        let agreed = Agreed::Seen { beside: Some(draft.beside), twice: draft.twice };
        match self.passed(slug, live, bundle, agreed).await {
            Ok((prepared, _)) => Ok(Judged::Passed(Box::new(BegunProduct { slug: slug.clone(), prepared }))),
            Err(ShopError::NotPublishable(_)) => Ok(Judged::Hindered(Obstacle::NotSound)),
            Err(ShopError::Held(hold)) => Ok(Judged::Hindered(match hold {
                Hold::Tests(_) => Obstacle::Tests,
                Hold::Findings(_) => Obstacle::Findings,
                Hold::NotSeen => Obstacle::AnotherLive,
                Hold::LargeChange => Obstacle::LargeChange,
                Hold::NothingLeft => Obstacle::NothingLeft,
            })),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn fail(
        &self,
        id: ReleaseId,
        obstacle: Option<Obstacle>,
        products: Vec<(Slug, Obstacle)>,
    ) -> Result<(), ShopError> {
        let failing = Failing { id, at: self.now(), obstacle, products };
        if self.store.fail_release(&failing).await? {
            tracing::warn!(release = %id, "a release failed; its page says why");
        }
        Ok(())
    }

    /// Ends a live release: what its products were before is live again, where nothing newer is. `false` when it is not live.
    ///
    /// # Errors
    /// The shop is busy, its products are being changed, or the store failed: then it is live still.
    pub async fn end_release(&self, id: ReleaseId, by: Option<&str>) -> Result<bool, ShopError> {
        for _ in 0..ATTEMPTS {
            let mut products = Vec::new();
            for (slug, to) in self.store.return_targets(id).await? {
                let stays = self.hinders_return(&slug, to).await?;
                products.push(Returning { slug, to, stays });
            }
            let slugs: Vec<Slug> = products.iter().map(|product| product.slug.clone()).collect();
            let ending = Ending { id, at: self.now(), by: by.map(str::to_owned), products };
            match self.store.end_release(&ending).await? {
                Ended::Done => {
                    slugs.iter().for_each(|slug| self.forget_standing(slug));
                    tracing::info!(release = %id, "a release ended");
                    return Ok(true);
                }
                Ended::NotLive => return Ok(false),
                Ended::JudgedOtherwise => {}
            }
        }
        Err(self.changed_meanwhile(id).await)
    }

    /// Why a revision can't be live again, if it can't.
    async fn hinders_return(&self, slug: &Slug, to: RevisionNumber) -> Result<Option<EndOutcome>, ShopError> {
        match self.as_published(slug, to).await {
            Ok(revision) if self.has_nothing_left(&revision).await? => Ok(Some(EndOutcome::NothingLeft)),
            Ok(_) => Ok(None),
            Err(ShopError::BrokenRevision { .. }) => Ok(Some(EndOutcome::NotSound)),
            Err(error) => Err(error),
        }
    }

    /// Calls a release off that is planned or waits. `false` when it does neither any more.
    ///
    /// # Errors
    /// The store failed.
    pub async fn cancel_release(&self, id: ReleaseId, by: &str) -> Result<bool, ShopError> {
        Ok(self.store.cancel_release(id, by, self.now()).await?)
    }

    /// That the products of a release were changed whenever it was judged.
    async fn changed_meanwhile(&self, id: ReleaseId) -> ShopError {
        match self.store.release(id).await {
            Err(error) => error.into(),
            Ok(release) => release
                .and_then(|release| release.products.into_iter().next())
                .map_or(ShopError::Busy, |product| ShopError::StandsOtherwise { slug: product.slug }),
        }
    }
}
