//! The gate between a draft and the shop: what stops it, and what publishing it does.

use std::sync::Arc;
use std::time::Duration;

use configurator::completeness::Gap;
use configurator::source::Source;
use configurator::{Configured, Product, RevisionNumber, Slug};

use super::draft::Draft;
use super::effect::Effect;
use super::hold::{Agreed, Hold};
use super::replay::{Replay, ReplayProgress, Replayed};
use super::state::{Analysis, DraftState};
use super::unsettled::Unsettled;
use crate::catalogue::bundle::inspect;
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
    /// Looks at a draft as the gate does, beside what is live of it. May take as long as [`inspect`].
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
        let bundle = draft.bundle.clone();
        let (revision, threshold) = (live.cloned(), self.profile().large_price_change);
        let work = move || match inspect(&bundle) {
            Ok(product) => {
                let before = revision.as_deref().map(|live| (&live.bundle.source, &live.product));
                let effect = Effect::of(before, (&bundle.source, &product), threshold);
                let unsettled = Unsettled::of(&bundle.source, &product);
                (Vec::new(), Some(Arc::clone(product.product())), unsettled, Some((product, effect)))
            }
            Err(problems) => match Product::check(&bundle.source) {
                Ok(product) => {
                    let unsettled = Unsettled::of(&bundle.source, &product);
                    (problems, Some(Arc::new(product)), unsettled, None)
                }
                Err(_) => (problems, None, Unsettled::default(), None),
            },
        };
        let (problems, product, unsettled, sound) = self.executor.run(work).await?;
        let state = DraftState::of(draft, live.map(Arc::as_ref), &problems, &unsettled);
        let (effect, replayed) = match (sound, live) {
            (Some((compiled, effect)), Some(live)) if state.is_sound() => {
                let replayed = self.replay(draft, live, compiled, patience).await?;
                (Some(effect), Some(replayed))
            }
            // Nobody ordered or saved what was never published.
            (Some((_, effect)), None) if state.is_sound() => (Some(effect), None),
            _ => (None, None),
        };
        let (replay, replaying) = match replayed {
            Some(Replayed::Over(replay)) => (Some(replay), None),
            Some(Replayed::GoesOn(progress)) => (None, Some(progress)),
            None => (None, None),
        };
        let Unsettled { failed, findings } = unsettled;
        Ok(Look {
            analysis: Analysis { state, problems, product, failed, findings },
            effect,
            replay,
            replaying,
        })
    }

    /// Marks something that an option of a draft lacks, by the codes of its attribute and its own, or the product as a whole, as meant,
    /// if nobody saved the draft since `version`. Does nothing where there is no such option.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did; there is no such product; the shop is busy; the store failed.
    pub async fn mark_as_meant(
        &self,
        slug: &Slug,
        version: i64,
        (option, gap): (Option<(&str, &str)>, Gap),
        by: &str,
    ) -> Result<(), ShopError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let mut bundle = draft.bundle;
        let meant = match option {
            None => Some(&mut bundle.source.meant).filter(|_| Gap::OF_PRODUCT.contains(&gap)),
            Some((attribute, option)) => {
                let found = bundle.source.attributes.iter_mut().find(|known| known.code == attribute);
                let found =
                    found.and_then(|known| known.options.iter_mut().find(|known| known.code == option));
                found.map(|option| &mut option.meant)
            }
        };
        match meant {
            Some(meant) if !meant.iter().any(|code| code == gap.code()) => {
                meant.push(gap.code().to_owned());
                self.save_draft(slug, version, bundle, by).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }
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
    let is_large = || Effect::of(before, (after, draft), threshold).is_large();
    (!twice && is_large()).then_some(Hold::LargeChange)
}
