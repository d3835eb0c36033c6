//! The life of products: begun in the admin, listed, hidden, archived, ordered, and called by another address.

mod address;
mod begin;
mod empty;
mod feature_model;
mod like;
mod manage;
mod said;
mod sold;
pub(crate) mod standing;
pub(crate) mod store;
mod uses;

pub use address::AddressError;
pub use begin::{BeginError, Beginning, FieldFault, Fresh};
pub use feature_model::{LONGEST_MODEL, ModelError, Unsaid};
pub use manage::{ManagedList, ManagedProduct};
pub use standing::{Standing, UnknownStanding};
pub use store::{ManagedRow, NewStanding, NewlyBegun, ProductStore, StandingRow, UsesRow};
pub use uses::ProductUses;
