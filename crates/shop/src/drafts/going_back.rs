//! What making an earlier revision live again does, looked at before it is done.

use std::sync::Arc;
use std::time::Duration;

use configurator::{RevisionNumber, Slug};

use super::draft::Draft;
use super::effect::Effect;
use super::replay::Replay;
use super::replaying::{ReplayProgress, Replayed};
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// What becomes of a shop when an earlier revision is live again.
#[derive(Clone, Debug)]
pub struct GoingBack {
    /// What is live now.
    pub live: Arc<Revision>,
    /// The earlier revision, as it was published.
    pub earlier: Arc<Revision>,
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
        let (live, earlier) = (self.published(slug).await?, self.as_published(slug, number).await?);
        // As if it was a draft; no draft has such a version.
        let draft = Draft {
            slug: slug.clone(),
            version: -number.get(),
            base: live.number,
            bundle: earlier.bundle.clone(),
            changed_at: Some(earlier.published_at),
            changed_by: earlier.published_by.clone(),
        };
        let looked = self.looked(&draft, Some(&live)).await?;
        let mut found = GoingBack { live, earlier, effect: None, replay: None, replaying: None };
        let Some((compiled, effect)) = &looked.sound else { return Ok(found) };
        found.effect = Some(effect.clone());
        match self.replay(slug, (&found.live, compiled), &looked.last_replay, Some(patience)).await? {
            Replayed::Over(replay) => found.replay = Some(replay),
            Replayed::GoesOn(progress) => found.replaying = Some(progress),
        }
        Ok(found)
    }
}
