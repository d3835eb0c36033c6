//! Something that is asked of the store once a second at most, however often it is needed.

use std::sync::{Arc, PoisonError, RwLock};

use time::{Duration, OffsetDateTime};

/// How old may be what a page is shown of, such as the number of a live revision. Other shops on the same database publish, too.
pub(crate) const LATELY: Duration = Duration::SECOND;

/// What it was when it was last asked for.
pub(crate) struct Lately<T>(RwLock<Option<(Arc<T>, OffsetDateTime)>>);

impl<T> Default for Lately<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T> Lately<T> {
    /// What it was a moment ago.
    pub(crate) fn at(&self, now: OffsetDateTime) -> Option<Arc<T>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (known, _) = kept.as_ref().filter(|(_, since)| (now - *since).abs() < LATELY)?;
        Some(Arc::clone(known))
    }

    /// Remembers what it was when it was asked for.
    pub(crate) fn keep(&self, known: T, now: OffsetDateTime) -> Arc<T> {
        let known = Arc::new(known);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&known), now));
        known
    }

    /// Has it asked for anew.
    pub(crate) fn forget(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
