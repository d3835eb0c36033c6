//! Customers: people who proved that an e-mail address is theirs, what they allow the shop to remember, and what it knows of
//! them.

mod account;
mod consent;
pub(crate) mod customer;
mod erase;
mod personal_data;
mod sign_in;
pub(crate) mod sign_in_limits;
pub(crate) mod store;

pub use account::{Account, OwnDesign};
pub use consent::WORDING;
pub(crate) use consent::{ASKS_FOR_ORDERS, ASKS_FOR_SEGMENTS};
pub use customer::{Customer, CustomerId};
pub use erase::{Erasing, KeptOrder, Retained};
pub use personal_data::PersonalData;
pub(crate) use sign_in::LINK_LASTS;
pub use sign_in::{SignInError, SignedIn};
pub use sign_in_limits::SignInLimits;
pub use store::{
    AccountRows, ConsentAnswer, CustomerStore, Erasure, KeptNeed, NewConsent, NewSignIn, PersonalDataStore,
    Remembered, Retention, SentMail, SigningIn, Table,
};
