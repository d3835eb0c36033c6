//! Replays that go on behind: one at a time for each draft beside what is live, followed by all who look at it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};
use tokio::sync::watch;

use super::gate_store::ReplayMark;
use super::replay::Replay;
use crate::error::ShopError;

/// For how long a replay counts as one of now, whatever is ordered and saved meanwhile: in a busy shop something always is.
const OF_NOW: Duration = Duration::minutes(1);

/// How far a replay came: how many orders and designs were judged, and how many there are to judge; none are there until they were read.
pub type ReplayProgress = (u64, u64);

/// A replay as far as it is known by now.
#[derive(Clone, Debug)]
pub(super) enum Replayed {
    /// All of it.
    Over(Arc<Replay>),
    /// It goes on.
    GoesOn(ReplayProgress),
}

/// The replay of a draft beside what is live that was begun last.
#[derive(Debug, Default)]
pub(super) struct LastReplay(Mutex<Option<Arc<Replaying>>>);

/// A replay that goes on behind, or is over.
#[derive(Debug)]
pub(super) struct Replaying {
    /// What was there to be replayed when it began.
    mark: ReplayMark,
    judged: AtomicU64,
    all: AtomicU64,
    ended: watch::Sender<Ended>,
}

/// How a replay ended.
#[derive(Clone, Debug)]
pub(super) enum Ended {
    NotYet,
    Over(Arc<Replay>, OffsetDateTime),
    /// The shop was busy, or the store failed, which was logged.
    Failed,
}

impl LastReplay {
    fn open(&self) -> MutexGuard<'_, Option<Arc<Replaying>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It, if it is over, however long ago.
    pub(super) fn over(&self) -> Option<Arc<Replay>> {
        match &*self.open().as_ref()?.ended.borrow() {
            Ended::Over(replay, _) => Some(Arc::clone(replay)),
            Ended::NotYet | Ended::Failed => None,
        }
    }

    /// It, if it serves whoever looks now without asking what there is to be replayed.
    pub(super) fn of_now(&self, now: OffsetDateTime) -> Option<Arc<Replaying>> {
        self.open().as_ref().filter(|last| last.serves(now, None)).cloned()
    }

    /// It, if it serves; otherwise another in its place, which is to begin.
    pub(super) fn or_another(&self, now: OffsetDateTime, mark: ReplayMark) -> (Arc<Replaying>, bool) {
        let mut last = self.open();
        match last.as_ref().filter(|last| last.serves(now, Some(mark))) {
            Some(last) => (Arc::clone(last), false),
            None => {
                let ended = watch::Sender::new(Ended::NotYet);
                let (judged, all) = Default::default();
                (Arc::clone(last.insert(Arc::new(Replaying { mark, judged, all, ended }))), true)
            }
        }
    }
}

impl Replaying {
    /// Tells how many there are to judge.
    pub(super) fn tell_all(&self, all: usize) {
        self.all.store(all as u64, Ordering::Relaxed);
    }

    /// Tells that so many more were judged.
    pub(super) fn tell_judged(&self, more: usize) {
        self.judged.fetch_add(more as u64, Ordering::Relaxed);
    }

    fn progress(&self) -> ReplayProgress {
        (self.judged.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// Tells whoever follows it that it is over.
    pub(super) fn end(&self, ended: Ended) {
        self.ended.send_replace(ended);
    }

    /// Whether it goes on, ended lately, or is of what there still is.
    fn serves(&self, now: OffsetDateTime, mark: Option<ReplayMark>) -> bool {
        match *self.ended.borrow() {
            Ended::NotYet => true,
            Ended::Over(_, at) => now - at < OF_NOW || mark == Some(self.mark),
            Ended::Failed => false,
        }
    }

    /// It, once it is over; how far it came where that takes longer than `patience`.
    pub(super) async fn followed(
        &self,
        patience: Option<std::time::Duration>,
    ) -> Result<Replayed, ShopError> {
        let mut ended = self.ended.subscribe();
        // A timer of no length lets others go on first.
        if patience.is_some_and(|patience| patience.is_zero()) && matches!(*ended.borrow(), Ended::NotYet) {
            return Ok(Replayed::GoesOn(self.progress()));
        }
        let over = ended.wait_for(|ended| !matches!(ended, Ended::NotYet));
        let ended = match patience {
            None => Ok(over.await),
            Some(patience) => tokio::time::timeout(patience, over).await,
        };
        match ended {
            Err(_) => Ok(Replayed::GoesOn(self.progress())),
            Ok(Ok(ended)) => match &*ended {
                Ended::Over(replay, _) => Ok(Replayed::Over(Arc::clone(replay))),
                Ended::NotYet | Ended::Failed => Err(ShopError::Busy),
            },
            Ok(Err(_)) => Err(ShopError::Busy),
        }
    }
}
