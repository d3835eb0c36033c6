//! Placing orders, finding them again, and what becomes of them.

mod again;
mod basket;
pub(crate) mod buyer;
mod desk;
mod desk_error;
pub(crate) mod desk_store;
mod filter;
mod find;
pub(crate) mod in_hand;
mod in_language;
pub(crate) mod order;
mod order_error;
mod place;
mod progress;
mod snapshot;
pub(crate) mod state;
pub(crate) mod store;

pub use basket::{BasketError, BasketLine, BasketOrder, MOST_LINES};
pub use buyer::{Buyer, FieldError, FieldProblem, normal_email};
pub use desk::{DeskPage, Mark};
pub use desk_error::DeskError;
pub use desk_store::{
    Changing, DeskOrder, DeskStore, DeskSum, Findable, NewChange, NewStateMail, OrderEvent, STEP_BACK_WITHIN,
    What,
};
pub(crate) use filter::words_of;
pub use filter::{Cursor, DeskQuery, Filter, InvalidCursor, NEVER, Sort, States, View};
pub use in_hand::OrderInHand;
pub use order::{
    InvalidOrderNumber, Order, OrderContent, OrderNumber, OrderedLine, OrderedValue, PickedPart, Receipt,
    ValueOrigin,
};
pub use order_error::OrderError;
pub use place::{OpenedOrder, OrderRequest};
pub use progress::Change;
pub use state::{InvalidState, OrderState, Progress};
pub use store::{NewOrder, OrderStore, Placing, RepeatQuery, RequestKey};
