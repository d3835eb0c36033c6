//! What the shop remembers so that a page view costs no more than a look-up or two in the store.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by key.
pub(crate) struct Memory<K, V>(Mutex<HashMap<K, V>>);

/// Entries beyond which a memory starts anew; a shop with fewer live products never does.
const MOST_REMEMBERED: usize = 256;

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V: Clone> Memory<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        self.lock().get(key).cloned()
    }

    pub(crate) fn insert(&self, key: K, value: V) {
        let mut entries = self.lock();
        if entries.len() >= MOST_REMEMBERED {
            entries.clear();
        }
        entries.insert(key, value);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
