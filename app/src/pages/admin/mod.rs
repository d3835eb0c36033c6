//! The admin's pages: plain forms that work without a script, for the people who run the shop.

mod access;
mod editor;
mod editor_page;
mod form;
mod history;
mod orders;
mod place;
mod placed;
mod problems;
mod products;
mod publish;
mod sections;
mod shell;

pub use access::{LogInForm, PasswordForm, invite, invite_over, log_in};
pub use editor::{Editor, StandardView};
pub use editor_page::editor;
pub use form::{Returned, Typed};
pub use history::{RefusedWithdrawal, RevisionItem, RevisionsPage, revisions};
pub use orders::{OrderItem, OrderList, OrderSheet, SheetValue, order, orders};
pub use placed::{PlacedControl, PlacedField};
pub use products::{ProductItem, ProductItems, products};
pub use publish::{PublishPage, Refused, publish};
pub use shell::{DraftState, Frame};
