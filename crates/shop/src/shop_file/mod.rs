//! The shop file: who runs the shop, how it counts days, what its pages say; and what administrators save in its place.

mod check;
pub(crate) mod current;
mod days;
mod fields;
pub(crate) mod profile;
mod read;
mod settings;
mod source;
pub(crate) mod store;
mod topic;

pub use current::{CurrentProfile, SavedBy};
pub use fields::{Fields, PAGES, WEEKDAYS, YES, field_of, from_fields, names, to_fields};
pub use profile::{LocalTimeError, Profile, ProfileText};
pub use read::{check_shop_file, read_shop_file};
pub use settings::{FORGET, Settings, SettingsClash, SettingsError, SettingsVersion};
pub use source::{
    CompanySource, ContactSource, MailedStateSource, PagesSource, ProfileSource, ProfileTextsSource,
    WeekdaySource,
};
pub use store::{SettingsRow, SettingsStore};
pub use topic::Topic;
