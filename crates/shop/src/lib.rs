//! The use cases of the shop, one folder for each capability: the catalogue, designs, orders, drafts, access to the admin, and
//! learning from orders. Knows no HTTP, no screen and no SQL. What is valid and what it costs is decided by
//! `configurator` alone; no price from outside is read.
//!
//! [`Shop`] is the way in. It works on any [`Store`], and gets its clock and randomness from an [`Environment`]. Each
//! capability says in a trait of its own what it asks of the store.

pub mod access;
pub mod catalogue;
pub mod designs;
pub mod drafts;
mod error;
mod executor;
pub mod learning;
pub mod orders;
mod secret;
mod store;

use std::sync::Arc;

use time::OffsetDateTime;
use tokio::sync::Semaphore;

pub use access::{AdminError, Administrator};
pub use catalogue::{
    BrokenFolder, Bundle, Differing, Listing, Loaded, PastOrders, ProductList, Revision, RevisionInfo,
    Spoken, Update, Updated, folders_at, inspect, product_folder, read_folder, unfit_name,
};
pub use configurator::{InvalidRevision, RevisionNumber, Slug};
pub use designs::{Changed, Consent, DesignAddress, DesignError, Notice, Opened, Repairs};
pub use drafts::{Analysis, Draft, DraftEdit, DraftState, EditError, Section, UnreadableField, changes};
pub use error::ShopError;
pub use executor::Executor;
pub use orders::{
    Buyer, FieldError, FieldProblem, NewOrder, Order, OrderError, OrderNumber, OrderRequest, OrderedLine,
    OrderedValue, ValueOrigin,
};
pub use store::{Store, StoreError};

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
    revisions: catalogue::Revisions,
    starting_designs: learning::StartingDesigns,
    former_names: designs::FormerNames,
    /// Hashing a password takes 19 MiB and a core; more at once would let a flood of log-ins exhaust both.
    hashing: Arc<Semaphore>,
}

impl Shop {
    /// A shop on this store.
    pub fn new(store: Arc<dyn Store>, environment: Arc<dyn Environment>) -> Self {
        Self {
            store,
            environment,
            executor: Executor::default(),
            revisions: catalogue::revisions(),
            starting_designs: learning::starting_designs(),
            former_names: designs::former_names(),
            hashing: Arc::new(Semaphore::new(2)),
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
