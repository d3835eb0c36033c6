//! Why an order was not placed.

use configurator::ChoiceError;
use words::Language;

use super::buyer::FieldError;
use super::order::OrderNumber;
use crate::error::ShopError;
use crate::store_error::StoreError;

/// Why an order was not placed.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The design is not valid, for these reasons.
    #[error("this design can't be built: {}", .0.join(" "))]
    Invalid(Vec<String>),
    /// Options that it needs are sold out: which, in sentences.
    #[error("this design can't be had for now: {}", .0.join(" "))]
    SoldOut(Vec<String>),
    /// A choice can't be read.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// Fields of the buyer can't be taken.
    #[error("the order lacks something: {}", .0.iter().map(|error| error.sentence(Language::ENGLISH.shop())).collect::<Vec<_>>().join(" "))]
    Buyer(Vec<FieldError>),
    /// The idempotency key was used for something else.
    #[error(
        "this request's key placed order {number}, which was for something else; send a new key with a new order"
    )]
    KeyUsed {
        /// What it placed.
        number: OrderNumber,
    },
    /// The same buyer ordered the same design a moment ago.
    #[error(
        "order {number} of a moment ago is for the same design and buyer; say so if it is to be another one"
    )]
    OrderedBefore {
        /// The order.
        number: OrderNumber,
    },
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for OrderError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}
