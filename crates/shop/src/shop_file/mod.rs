//! The shop file: who runs the shop, how it counts days, what its pages say.

mod check;
mod days;
mod profile;
mod read;
mod source;
mod topic;

pub use profile::{LocalTimeError, Profile, ProfileText};
pub use read::{check_shop_file, read_shop_file};
pub use source::{
    CompanySource, ContactSource, PagesSource, ProfileSource, ProfileTextsSource, WeekdaySource,
};
pub use topic::Topic;
