//! Placing orders and finding them again.

pub(crate) mod buyer;
mod find;
mod in_language;
mod order;
mod order_error;
mod place;
mod snapshot;
pub(crate) mod store;

pub use buyer::{Buyer, FieldError, FieldProblem};
pub use order::{
    InvalidOrderNumber, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue, Receipt, ValueOrigin,
};
pub use order_error::OrderError;
pub use place::{OpenedOrder, OrderRequest};
pub use store::{NewOrder, OrderStore, Placing, RepeatQuery, RequestKey};
