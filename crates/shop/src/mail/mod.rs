//! Mails to customers: written into an outbox in the transaction of what causes them, and delivered from there.

mod deliver;
mod letter;
pub(crate) mod store;

pub use deliver::{Delivered, Delivery, Post};
pub use letter::{About, Letter};
pub use store::{MailKind, MailStore, MailTrouble, NewOrderMail, UnknownMailKind, WaitingMail};
