//! The connections that are open: no more than so many, and which of them makes room.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::phase::Watch;

/// How soon it is looked again whether a connection can make room.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

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
    /// last to go. Where all are being answered, it waits until one is.
    pub(super) async fn place(&self, number: u64) -> Option<Place> {
        let room = loop {
            if let Ok(room) = Arc::clone(&self.room).try_acquire_owned() {
                break room;
            }
            self.make_room();
            let waited = tokio::time::timeout(LOOK_AGAIN, Arc::clone(&self.room).acquire_owned());
            match waited.await {
                Ok(room) => break room.ok()?,
                Err(_) => continue,
            }
        };
        let watch = Arc::new(Watch::new());
        self.change(|watched| watched.insert(number, Arc::clone(&watch)));
        self.count.inc();
        Some(Place { open: self.clone(), number, watch, _room: room })
    }

    fn make_room(&self) {
        let first = self.change(|watched| {
            let unused =
                watched.values().filter_map(|watch| watch.unused_since().map(|since| (since, watch)));
            unused.min_by_key(|(since, _)| *since).map(|(_, watch)| Arc::clone(watch))
        });
        if let Some(watch) = first {
            watch.close.cancel();
        }
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
