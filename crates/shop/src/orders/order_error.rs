//! Why an order was not placed.

use configurator::ChoiceError;
use words::Language;

use super::buyer::FieldError;
use crate::error::ShopError;
use crate::store_error::StoreError;

/// Why an order was not placed.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The design is not valid, for these reasons.
    #[error("this design can't be built: {}", .0.join(" "))]
    Invalid(Vec<String>),
    /// A choice can't be read.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// Fields of the buyer can't be taken.
    #[error("the order lacks something: {}", .0.iter().map(|error| error.sentence(Language::ENGLISH.shop())).collect::<Vec<_>>().join(" "))]
    Buyer(Vec<FieldError>),
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for OrderError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}
