//! Designs: opened, changed and taken as they are said.

mod address;
pub(crate) mod advise;
mod change;
mod consent;
mod exact;
mod former_names;
pub(crate) mod names;
mod notice;
mod open;
pub(crate) mod opened;
mod read;

pub use address::DesignAddress;
pub use advise::{Advice, Asked, Next, Proposal};
pub use change::Changed;
pub use consent::Consent;
pub use exact::{DesignError, Repairs};
pub use notice::Notice;
pub use opened::Opened;
