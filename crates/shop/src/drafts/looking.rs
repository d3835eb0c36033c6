//! Looking at drafts as the gate does, and replaying past orders on them: once for all who look.

use std::sync::Arc;
use std::time::Duration;

use configurator::source::Source;
use configurator::{Configured, Slug};

use super::draft::Draft;
use super::looked::{Looked, LookedKey};
use super::replay::{Judge, judged};
use super::replaying::{Ended, LastReplay, Replayed, Replaying};
use crate::catalogue::revision::Revision;
use crate::client::for_all;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// A draft as the gate sees it beside what is live of it: found out once for each version.
    ///
    /// # Errors
    /// The shop is busy.
    pub(super) async fn looked(
        &self,
        draft: &Draft,
        live: Option<&Arc<Revision>>,
    ) -> Result<Arc<Looked>, ShopError> {
        let threshold = self.profile().large_price_change;
        let live_number = live.map(|live| live.number);
        let key = (draft.slug.clone(), draft.base, draft.version, live_number, threshold);
        let guard = match self.looked_at.get_value_or_guard_async(&key).await {
            Ok(looked) => return Ok(looked),
            Err(guard) => guard,
        };
        // What this one replaces is asked for no more. A newer one is, by whoever came meanwhile.
        let is_newer = |known: &LookedKey| (known.1, known.2) > (key.1, key.2);
        self.looked_at.retain(|known, _| known.0 != key.0 || is_newer(known));
        let (bundle, live) = (draft.bundle.clone(), live.cloned());
        let work = move || Arc::new(Looked::at(&bundle, live.as_deref(), threshold));
        let looked = self.executor.run(work).await?;
        // Where the draft changed meanwhile, nobody asks for it again.
        let _ = guard.insert(Arc::clone(&looked));
        Ok(looked)
    }

    /// Gives up what was seen of a product's drafts, and what becomes of orders and designs on them.
    pub(super) fn forget_looked(&self, slug: &Slug) {
        self.looked_at.retain(|key, _| key.0 != *slug);
    }

    /// What becomes of the newest orders and saved designs of a product on a draft, from memory where that is of now. It goes on behind
    /// where it takes longer than `patience`, as long as anybody has `last`; with none it is waited for.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub(super) async fn replay(
        &self,
        slug: &Slug,
        (live, written, compiled): (&Revision, &Source, &Configured),
        last: &LastReplay,
        patience: Option<Duration>,
    ) -> Result<Replayed, ShopError> {
        let replaying = match last.of_now(self.now()) {
            Some(replaying) => replaying,
            None => {
                let mark = self.store.replay_mark(slug).await?;
                let (replaying, is_new) = last.or_another(self.now(), mark);
                if is_new {
                    let live = (live.product.clone(), live.bundle.source.clone());
                    let judge = Judge::new(live, (compiled.clone(), written.clone()));
                    self.begin_replay(&replaying, slug, judge);
                }
                replaying
            }
        };
        replaying.followed(patience).await
    }

    /// Lets a replay go on behind.
    fn begin_replay(&self, replaying: &Arc<Replaying>, slug: &Slug, judge: Judge) {
        let weak = Arc::downgrade(replaying);
        let (store, environment) = (Arc::clone(&self.store), Arc::clone(&self.environment));
        let (executor, slug) = (self.executor.clone(), slug.clone());
        tokio::spawn(for_all(async move {
            let replay = judged(&*store, &executor, &slug, judge, &weak).await;
            let Some(replaying) = weak.upgrade() else { return };
            let ended = match replay {
                Ok(Some(replay)) => Ended::Over(Arc::new(replay), environment.now()),
                Ok(None) => Ended::Failed,
                Err(error) => {
                    tracing::warn!(%error, "a replay was given up");
                    Ended::Failed
                }
            };
            replaying.end(ended);
        }));
    }
}
