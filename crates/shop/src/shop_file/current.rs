//! What the shop is run by at this moment: what was saved in the admin, or else the file that it was started with.

use std::sync::{Arc, PoisonError, RwLock};

use time::OffsetDateTime;

use super::profile::Profile;

/// Who saved what stands, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedBy {
    /// When.
    pub at: OffsetDateTime,
    /// An administrator's e-mail address.
    pub by: String,
}

#[derive(Debug, Default)]
struct Held {
    version: i64,
    profile: Arc<Profile>,
    saved: Option<SavedBy>,
}

/// What the shop is run by at this moment. Whoever has a clone sees what is saved later, too.
#[derive(Clone, Debug, Default)]
pub struct CurrentProfile {
    file: Arc<Profile>,
    held: Arc<RwLock<Held>>,
}

impl From<Profile> for CurrentProfile {
    /// Run by a file, until somebody saves something else.
    fn from(file: Profile) -> Self {
        let file = Arc::new(file);
        let held = Held { profile: Arc::clone(&file), ..Held::default() };
        Self { file, held: Arc::new(RwLock::new(held)) }
    }
}

impl CurrentProfile {
    /// What stands.
    #[must_use]
    pub fn get(&self) -> Arc<Profile> {
        self.read(|held| Arc::clone(&held.profile))
    }

    /// What the file says that the shop was started with.
    #[must_use]
    pub fn file(&self) -> &Arc<Profile> {
        &self.file
    }

    /// The newest version that is known here; 0 where nothing was ever saved.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.read(|held| held.version)
    }

    /// Who saved what stands; nobody where the file does.
    #[must_use]
    pub fn saved(&self) -> Option<SavedBy> {
        self.read(|held| held.saved.clone())
    }

    /// From now on this version stands, unless a newer one is known already; the file where nothing is said.
    pub(super) fn replace(&self, version: i64, saved: Option<(Profile, SavedBy)>) {
        let (profile, saved) = match saved {
            Some((profile, saved)) => (Arc::new(profile), Some(saved)),
            None => (Arc::clone(&self.file), None),
        };
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if version > held.version {
            *held = Held { version, profile, saved };
        }
    }

    /// This version can't be read: what stood before goes on, and the next one is newer than this.
    pub(super) fn pass_over(&self, version: i64) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.version = held.version.max(version);
    }

    fn read<T>(&self, read: impl FnOnce(&Held) -> T) -> T {
        read(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }
}
