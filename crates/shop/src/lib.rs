//! The use cases of the shop: catalogue, orders, publishing, administrators, and the store behind them. Knows no HTTP
//! and no screen. What is valid and what it costs is decided by `configurator` alone; no price from outside is read.
//!
//! [`Shop`] is the way in. It works on any [`Store`] ([`SqliteStore`] so far), and gets its clock and randomness from
//! an [`Environment`].

mod admins;
mod bundle;
mod buyer;
mod catalogue;
mod designs;
mod drafts {
    pub(crate) mod analysis;
    pub(crate) mod changes;
    pub(crate) mod edit;
}
mod error;
mod executor;
mod folder;
mod low_price;
mod orders;
mod password;
mod publishing;
mod secret;
mod sqlite;
mod store;

use std::sync::Arc;

use time::OffsetDateTime;
use tokio::sync::Semaphore;

pub use admins::{AdminError, Administrator};
pub use bundle::{Bundle, inspect};
pub use buyer::{Buyer, FieldError};
pub use catalogue::{BrokenFolder, Loaded, Revision, unfit_name};
pub use designs::{Changed, Consent, DesignAddress, DesignError, Opened, Repairs};
pub use drafts::analysis::{Analysis, DraftState};
pub use drafts::changes::changes;
pub use drafts::edit::{DraftEdit, EditError, Section, UnreadableField};
pub use error::ShopError;
pub use executor::Executor;
pub use folder::{PastOrders, product_folder, read_folder};
pub use orders::{Order, OrderError, OrderRequest, OrderedLine, OrderedValue, Start};
pub use publishing::{Draft, RevisionInfo};
pub use sqlite::SqliteStore;
pub use store::{
    AcceptedInvite, AuditEntry, DraftRow, NewDraft, NewInvite, NewProduct, NewRevision, PastDesignRow,
    ProductRow, RevisionRow, SessionRow, Store, StoreError,
};

/// Clock and randomness, handed in.
pub trait Environment: Send + Sync {
    /// The time.
    fn now(&self) -> OffsetDateTime;
    /// Fills from the operating system's generator.
    fn random(&self, bytes: &mut [u8]);
}

/// The shop: every use case is one of its methods.
pub struct Shop {
    store: Arc<dyn Store>,
    environment: Arc<dyn Environment>,
    executor: Executor,
    memory: catalogue::Memory,
    former_names: designs::FormerNames,
    /// Hashing a password takes 19 MiB and a core; more at once would let a flood of log-ins exhaust both.
    hashing: Semaphore,
}

impl Shop {
    /// A shop on this store.
    pub fn new(store: Arc<dyn Store>, environment: Arc<dyn Environment>) -> Self {
        Self {
            store,
            environment,
            executor: Executor::default(),
            memory: catalogue::Memory::default(),
            former_names: designs::FormerNames::default(),
            hashing: Semaphore::new(2),
        }
    }

    /// The same shop, thinking on this executor.
    #[must_use]
    pub fn with_executor(self, executor: Executor) -> Self {
        Self { executor, ..self }
    }

    /// What everything that thinks runs on: use cases here, and the rendering of pages that ask the engine.
    #[must_use]
    pub fn executor(&self) -> &Executor {
        &self.executor
    }

    /// The time, in the whole milliseconds that the store keeps.
    fn now(&self) -> OffsetDateTime {
        let now = self.environment.now().to_offset(time::UtcOffset::UTC);
        now.replace_millisecond(now.millisecond()).unwrap_or(now)
    }
}
