//! Placing orders and finding them again.

pub(crate) mod buyer;
mod find;
mod order;
mod order_error;
mod place;
mod snapshot;
pub(crate) mod store;

pub use buyer::{Buyer, FieldError};
pub use order::{
    InvalidOrderNumber, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue, ValueOrigin,
};
pub use order_error::OrderError;
pub use place::OrderRequest;
pub use store::OrderStore;
