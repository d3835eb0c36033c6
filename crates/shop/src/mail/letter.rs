//! What a mail says, as data: whoever delivers it writes the words.

use time::OffsetDateTime;
use words::Language;

use crate::access::roles::Role;
use crate::orders::order::Order;
use crate::orders::state::OrderState;
use crate::releases::store::ReleaseRow;

/// A mail to a customer, or to somebody who looks after the shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// What it is about, such as `order-1001`: letters, digits and dashes. The same mail tried again has the same key.
    pub key: String,
    /// Whom it goes to: an e-mail address.
    pub to: String,
    /// The language they read.
    pub language: Language,
    /// What it is about.
    pub about: About,
}

/// What a mail is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// Somebody wants to sign in.
    SignIn {
        /// Opens the page where they do.
        token: String,
    },
    /// Somebody may look after the shop, or gets to a new password.
    Invite {
        /// Opens the page where they set it.
        token: String,
        /// What they may do.
        role: Role,
    },
    /// Somebody asks to publish, and a second person has to agree.
    Approval {
        /// The release that waits.
        release: Box<ReleaseRow>,
    },
    /// A release that they planned failed.
    ReleaseFailed {
        /// The release.
        release: Box<ReleaseRow>,
    },
    /// An order came in, or several in one basket.
    Order {
        /// The order, the first one of its basket, in the reader's language.
        order: Box<Order>,
        /// The others of its basket, likewise.
        others: Vec<Order>,
        /// Opens its page.
        token: String,
    },
    /// An order got into another state.
    OrderState {
        /// The order, in the reader's language.
        order: Box<Order>,
        /// The state.
        state: OrderState,
        /// Since when.
        since: OffsetDateTime,
        /// Opens its page.
        token: String,
    },
}
