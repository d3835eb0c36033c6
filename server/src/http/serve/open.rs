//! The connections that are open: no more than so many, and which of them makes room.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::phase::Watch;

/// How soon it is looked again whether a connection can make room.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// How long a connection waits for a place while all others are being answered.
const GRACE: Duration = Duration::from_millis(100);

/// The connections that are open.
#[derive(Clone)]
pub(super) struct Open {
    room: Arc<Semaphore>,
    watched: Arc<Mutex<HashMap<u64, Arc<Watch>>>>,
    /// Tells how many there are.
    count: Gauge,
}

/// A place among them, given back when dropped.
pub(super) struct Place {
    open: Open,
    number: u64,
    pub(super) watch: Arc<Watch>,
    _room: OwnedSemaphorePermit,
}

impl Open {
    /// Room for so many, counted there.
    pub(super) fn new(most: u32, count: Gauge) -> Self {
        let most = usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS);
        Self { room: Arc::new(Semaphore::new(most)), watched: Arc::default(), count }
    }

    /// A place for the connection of this number. While there is none, the connection is closed that has gone longest without
    /// a whole request: idle ones and half-sent requests alike, so that a new one, which had no time to send its own, is the
    /// last to go. `None` where all are being answered.
    pub(super) async fn place(&self, number: u64) -> Option<Place> {
        loop {
            if let Ok(room) = Arc::clone(&self.room).try_acquire_owned() {
                return Some(self.taken(number, room));
            }
            if !self.make_room() {
                return None;
            }
            let waited = tokio::time::timeout(LOOK_AGAIN, Arc::clone(&self.room).acquire_owned());
            if let Ok(room) = waited.await {
                return Some(self.taken(number, room.ok()?));
            }
        }
    }

    /// A place once one of those has its answer that have all of them.
    pub(super) async fn next_place(&self, number: u64) -> Place {
        loop {
            if let Some(place) = self.place(number).await {
                return place;
            }
            // One that is kept by its client gives its place back only when it is asked to.
            let waited = tokio::time::timeout(LOOK_AGAIN, Arc::clone(&self.room).acquire_owned());
            if let Ok(Ok(room)) = waited.await {
                return self.taken(number, room);
            }
        }
    }

    /// The same, unless it takes too long.
    pub(super) async fn place_soon(&self, number: u64) -> Option<Place> {
        tokio::time::timeout(GRACE, self.next_place(number)).await.ok()
    }

    fn taken(&self, number: u64, room: OwnedSemaphorePermit) -> Place {
        let watch = Arc::new(Watch::new());
        self.change(|watched| watched.insert(number, Arc::clone(&watch)));
        self.count.inc();
        Place { open: self.clone(), number, watch, _room: room }
    }

    /// Asks one that can go to do so. Whether there is one that can, or that was asked already and is about to.
    fn make_room(&self) -> bool {
        self.change(|watched| {
            let unused =
                watched.values().filter_map(|watch| watch.unused_since().map(|since| (since, watch)));
            if let Some((_, watch)) = unused.min_by_key(|(since, _)| *since) {
                watch.close.cancel();
                return true;
            }
            watched.values().any(|watch| watch.is_going())
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut HashMap<u64, Arc<Watch>>) -> T) -> T {
        change(&mut self.watched.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.change(|watched| watched.remove(&self.number));
        self.open.count.dec();
    }
}
