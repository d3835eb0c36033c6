//! What of the products can be had today: options that are sold out, for a time or until somebody says otherwise. It lies beside
//! the products, so that marking one is no publishing, and counts in every revision that has the option.

mod lately;
pub(crate) mod left;
mod mark;
pub(crate) mod missing;
pub(crate) mod store;
pub(crate) mod without;

pub use mark::MarkError;
pub use store::{SoldOut, SoldOutRow, StockStore};
