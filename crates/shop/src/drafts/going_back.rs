//! What making an earlier revision live again does, looked at before it is done.

use std::sync::Arc;
use std::time::Duration;

use configurator::source::Source;
use configurator::{Problem, RevisionNumber, Slug};

use super::draft::Draft;
use super::effect::Effect;
use super::replay::Replay;
use super::replaying::{ReplayProgress, Replayed};
use crate::catalogue::bundle::Bundle;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// What becomes of a shop when an earlier revision is live again.
#[derive(Clone, Debug)]
pub struct GoingBack {
    /// What is live now.
    pub live: Arc<Revision>,
    /// What the earlier revision holds, as it was published.
    pub earlier: Bundle,
    /// What keeps it from being live again: where it is not sound for this release.
    pub problems: Vec<Problem>,
    /// Whether so much is sold out that nothing of it could be ordered.
    pub nothing_left: bool,
    /// What it does to prices; nothing where the earlier revision is not sound for this release.
    pub effect: Option<Effect>,
    /// What becomes of orders and saved designs.
    pub replay: Option<Arc<Replay>>,
    /// How far that came, where it goes on.
    pub replaying: Option<ReplayProgress>,
}

impl Shop {
    /// What making an earlier revision live again does to prices, orders and saved designs. The replay goes on behind where it takes
    /// longer than `patience`.
    ///
    /// # Errors
    /// There is no such product or revision, the shop is busy, or the store failed.
    pub async fn going_back(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        patience: Duration,
    ) -> Result<GoingBack, ShopError> {
        let live = self.published(slug).await?;
        let mut found = GoingBack {
            earlier: self.bundle(slug, number).await?,
            live,
            problems: Vec::new(),
            nothing_left: false,
            effect: None,
            replay: None,
            replaying: None,
        };
        let earlier = match self.as_published(slug, number).await {
            Err(ShopError::BrokenRevision { problems, .. }) => {
                return Ok(GoingBack { problems, ..found });
            }
            earlier => earlier?,
        };
        let looked = self.looked(&as_draft(&earlier, &found.live), Some(&found.live)).await?;
        let Some((compiled, effect)) = &looked.sound else {
            return Ok(GoingBack { problems: looked.problems.clone(), ..found });
        };
        found.nothing_left = self.has_nothing_left(&earlier).await?;
        found.effect = Some(effect.clone());
        let beside = (&*found.live, &earlier.bundle.source, compiled);
        match self.replay(slug, beside, &looked.last_replay, Some(patience)).await? {
            Replayed::Over(replay) => found.replay = Some(replay),
            Replayed::GoesOn(progress) => found.replaying = Some(progress),
        }
        Ok(found)
    }

    /// What becomes of orders and saved designs where an earlier revision is live again, as it was told last, or else by now, and what
    /// that revision holds; nothing where it is not sound for this release.
    ///
    /// # Errors
    /// As [`Shop::going_back`].
    pub async fn replay_back(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Option<(Source, Arc<Replay>)>, ShopError> {
        let live = self.published(slug).await?;
        let earlier = match self.as_published(slug, number).await {
            Err(ShopError::BrokenRevision { .. }) => return Ok(None),
            earlier => earlier?,
        };
        let looked = self.looked(&as_draft(&earlier, &live), Some(&live)).await?;
        let Some((compiled, _)) = &looked.sound else { return Ok(None) };
        let told = match looked.last_replay.over() {
            Some(replay) => Some(replay),
            None => match self
                .replay(slug, (&live, &earlier.bundle.source, compiled), &looked.last_replay, None)
                .await?
            {
                Replayed::Over(replay) => Some(replay),
                Replayed::GoesOn(_) => None,
            },
        };
        Ok(told.map(|replay| (earlier.bundle.source.clone(), replay)))
    }

    /// What keeps an earlier revision from being live again, of those that can be read, as the page tells it that asks before.
    pub(crate) async fn faults_today(&self, earlier: &Arc<Revision>) -> Result<Vec<Problem>, ShopError> {
        let live = match self.published(&earlier.slug).await {
            // Going back is the way out then.
            Err(ShopError::BrokenRevision { .. }) => return Ok(Vec::new()),
            live => live?,
        };
        Ok(self.looked(&as_draft(earlier, &live), Some(&live)).await?.problems.clone())
    }
}

/// An earlier revision as if it was a draft; no draft has such a version.
fn as_draft(earlier: &Revision, live: &Revision) -> Draft {
    Draft {
        slug: earlier.slug.clone(),
        version: -earlier.number.get(),
        base: live.number,
        bundle: earlier.bundle.clone(),
        changed_at: Some(earlier.published_at),
        changed_by: earlier.published_by.clone(),
    }
}
