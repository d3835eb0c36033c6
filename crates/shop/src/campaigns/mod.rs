//! Campaign links: they greet, begin with a design or a use, and are counted by the day, without a person.

mod keep;
pub(crate) mod store;

pub use keep::{CampaignError, LONGEST_GREETING, NewCampaign};
pub use store::{Campaign, CampaignStore, Counted};
