//! The gate between a draft and the shop: what stops it, and what publishing it does.

use std::sync::Arc;
use std::time::Duration;

use configurator::completeness::Gap;
use configurator::source::Source;
use configurator::{Configured, RevisionNumber, Slug};

use super::corrections::mark;
use super::draft::Draft;
use super::effect::Effect;
use super::hold::{Agreed, Hold};
use super::looked::Looked;
use super::replay::Replay;
use super::replaying::{ReplayProgress, Replayed};
use super::state::{Analysis, DraftState};
use super::unsettled::Unsettled;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// What a shop sees that looks at a draft before it publishes it.
#[derive(Clone, Debug)]
pub struct Look {
    /// What keeps the draft from being sold.
    pub analysis: Analysis,
    /// What publishing does, where the draft is sound.
    pub effect: Option<Effect>,
    /// What becomes of orders and saved designs, where the draft is sound and something is live.
    pub replay: Option<Arc<Replay>>,
    /// How far that came, where it goes on.
    pub replaying: Option<ReplayProgress>,
}

impl Shop {
    /// Looks at a draft as the gate does, beside what is live of it: from memory where it was looked at before.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn look(&self, draft: &Draft, live: Option<&Arc<Revision>>) -> Result<Look, ShopError> {
        self.look_within(draft, live, None).await
    }

    /// The same, of which the replay goes on behind where it takes longer than that.
    ///
    /// # Errors
    /// As [`Shop::look`].
    pub async fn look_within(
        &self,
        draft: &Draft,
        live: Option<&Arc<Revision>>,
        patience: Option<Duration>,
    ) -> Result<Look, ShopError> {
        let looked = self.looked(draft, live).await?;
        let state = state(draft, live, &looked);
        let mut look = Look { analysis: looked.analysis(state), effect: None, replay: None, replaying: None };
        let Some((compiled, effect)) = looked.sound.as_ref().filter(|_| state.is_sound()) else {
            return Ok(look);
        };
        look.effect = Some(effect.clone());
        // Nobody ordered or saved what was never published.
        let Some(live) = live else { return Ok(look) };
        let beside = (&**live, &draft.bundle.source, compiled);
        match self.replay(&draft.slug, beside, &looked.last_replay, patience).await? {
            Replayed::Over(replay) => look.replay = Some(replay),
            Replayed::GoesOn(progress) => look.replaying = Some(progress),
        }
        Ok(look)
    }

    /// What becomes of orders and saved designs on a draft as it was told last, or else by now; nothing where the draft is not sound, or
    /// nothing is live.
    ///
    /// # Errors
    /// As [`Shop::look`].
    pub async fn last_replay(
        &self,
        draft: &Draft,
        live: Option<&Arc<Revision>>,
    ) -> Result<Option<Arc<Replay>>, ShopError> {
        let looked = self.looked(draft, live).await?;
        let told = looked.last_replay.over().filter(|_| state(draft, live, &looked).is_sound());
        match told {
            Some(replay) => Ok(Some(replay)),
            None => Ok(self.look(draft, live).await?.replay),
        }
    }

    /// Marks something that an option of a draft lacks, by the codes of its attribute and its own, or the product as a whole, as meant,
    /// if nobody saved the draft since `version`: of what is not translated by its language. Does nothing where there is no such option.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did; there is no such product; the shop is busy; the store failed.
    pub async fn mark_as_meant(
        &self,
        slug: &Slug,
        version: i64,
        (option, gap, about): (Option<(&str, &str)>, Gap, &str),
        by: &str,
    ) -> Result<(), ShopError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let mut bundle = draft.bundle;
        match mark(&mut bundle.source, option, (gap, about)) {
            true => self.save_draft(slug, version, bundle, by).await.map(|_| ()),
            false => Ok(()),
        }
    }
}

fn state(draft: &Draft, live: Option<&Arc<Revision>>, looked: &Looked) -> DraftState {
    DraftState::of(draft, live.map(Arc::as_ref), &looked.problems, &looked.unsettled)
}

/// Why a sound draft is held, if it is; with nothing before where the product was never published.
pub(super) fn hold(
    before: Option<(&Source, &Configured)>,
    (after, draft): (&Source, &Configured),
    (beside, agreed, threshold): (RevisionNumber, Agreed, u32),
) -> Option<Hold> {
    let Unsettled { failed, findings: found } = Unsettled::of(after, draft);
    if !failed.is_empty() {
        return Some(Hold::Tests(failed.len()));
    }
    let Agreed::Seen { beside: seen, twice } = agreed else { return None };
    if !found.is_empty() {
        return Some(Hold::Findings(found.len()));
    }
    if seen != Some(beside) {
        return Some(Hold::NotSeen);
    }
    let is_large = || before.is_some_and(|before| Effect::is_large_from(before, (after, draft), threshold));
    (!twice && is_large()).then_some(Hold::LargeChange)
}
