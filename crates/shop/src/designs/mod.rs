//! Designs: opened, changed, taken as they are said, and kept behind links.

mod address;
pub(crate) mod advise;
pub(crate) mod as_it_is;
mod change;
mod compare;
pub(crate) mod consent;
mod exact;
mod former_names;
mod keep;
pub(crate) mod names;
mod notice;
mod open;
pub(crate) mod opened;
mod personal;
mod poster;
mod price_change;
mod read;
pub(crate) mod store;

pub use address::DesignAddress;
pub use advise::{Advice, Asked, PriceStep, Proposal};
pub use change::Changed;
pub use compare::{Compared, ComparedDesign, Comparison, MOST_COMPARED, Origin};
pub use consent::Consent;
pub use exact::{DesignError, Repairs};
pub use keep::LONGEST_NAME;
pub use notice::Notice;
pub use opened::Opened;
pub use poster::{POSTER_HEIGHT, POSTER_WIDTH};
pub use price_change::PriceChange;
pub use store::{DesignStore, Expected, Keeping, KeptDesign};
