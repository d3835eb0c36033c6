//! The use cases of the shop, one folder for each capability: the catalogue, orders, drafts, access to the admin, and
//! learning from orders. Knows no HTTP, no screen and no SQL. What is valid and what it costs is decided by
//! `configurator` alone; no price from outside is read.
//!
//! [`Shop`] is the way in. It works on any [`Store`], and gets its clock and randomness from an [`Environment`]. Each
//! capability says in a trait of its own what it asks of the store.

pub mod access;
pub mod catalogue;
pub mod drafts;
mod error;
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
    Update, Updated, folders_at, inspect, product_folder, read_folder, unfit_name,
};
pub use configurator::{InvalidRevision, RevisionNumber, Slug};
pub use drafts::Draft;
pub use error::ShopError;
pub use orders::{
    Buyer, FieldError, NewOrder, Order, OrderError, OrderNumber, OrderRequest, OrderedLine, OrderedValue,
    ValueOrigin,
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
    revisions: catalogue::Revisions,
    starting_designs: learning::StartingDesigns,
    /// Hashing a password takes 19 MiB and a core; more at once would let a flood of log-ins exhaust both.
    hashing: Semaphore,
}

impl Shop {
    /// A shop on this store.
    pub fn new(store: Arc<dyn Store>, environment: Arc<dyn Environment>) -> Self {
        Self {
            store,
            environment,
            revisions: catalogue::revisions(),
            starting_designs: learning::starting_designs(),
            hashing: Semaphore::new(2),
        }
    }

    /// The time, in the whole milliseconds that the store keeps.
    fn now(&self) -> OffsetDateTime {
        let now = self.environment.now().to_offset(time::UtcOffset::UTC);
        now.replace_millisecond(now.millisecond()).unwrap_or(now)
    }
}

/// Runs work that takes long enough to hold up other requests on a thread of its own.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ShopError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| ShopError::Failed(error.to_string()))
}
