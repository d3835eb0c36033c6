//! Why an order was not changed.

use super::order::OrderNumber;
use super::state::OrderState;
use crate::error::ShopError;
use crate::store_error::StoreError;

/// Why an order was not changed.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Its state does not lead there.
    #[error("order {number} is {state} and can't become {to}; {}", possible(*.state))]
    NotPossible {
        /// The order.
        number: OrderNumber,
        /// Its state.
        state: OrderState,
        /// What it was to become.
        to: OrderState,
    },
    /// Somebody else changed its state meanwhile.
    #[error("somebody else changed order {number} meanwhile: it was {seen} and is {now}; {}", possible(*.now))]
    ChangedMeanwhile {
        /// The order.
        number: OrderNumber,
        /// The state in which it was seen.
        seen: OrderState,
        /// The state it is in.
        now: OrderState,
    },
    /// Its last step can't be undone any more.
    #[error(
        "the last step of order {number} can't be undone any more: look at its history, and move it on from where it is"
    )]
    NotUndone {
        /// The order.
        number: OrderNumber,
    },
    /// What it is to become needs a reason.
    #[error("order {number} was not changed: say why it is {to}")]
    NoReason {
        /// The order.
        number: OrderNumber,
        /// What it was to become.
        to: OrderState,
    },
    /// A note says nothing.
    #[error("the note on order {number} is empty; write something")]
    EmptyNote {
        /// The order.
        number: OrderNumber,
    },
    /// There is no such order.
    #[error("there is no order {number}; take one from the list")]
    UnknownOrder {
        /// What was asked for.
        number: OrderNumber,
    },
    /// A person keeps more views than there is room for.
    #[error("you keep {most} views already; remove one first")]
    TooManyViews {
        /// Most views of a person.
        most: usize,
    },
    /// A view has no name.
    #[error("the view has no name; write one")]
    NoViewName,
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

/// What an order in this state may become, as a part of a sentence.
fn possible(state: OrderState) -> String {
    let next: Vec<_> = state.next().iter().map(ToString::to_string).collect();
    if next.is_empty() { "it stays so".to_owned() } else { format!("it may become {}", next.join(" or ")) }
}
