//! What mails ask of the store.

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::orders::order::OrderNumber;
use crate::orders::state::OrderState;
use crate::store_error::StoreError;

/// What kind of mail it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// A link to sign in.
    SignIn,
    /// An order came in.
    Order,
    /// An order got into another state.
    OrderState(OrderState),
    /// A link to look after the shop, or to a new password.
    Invite,
    /// Somebody asks a second person to agree to what is published.
    Approval,
    /// A release that somebody planned failed.
    ReleaseFailed,
}

impl MailKind {
    /// Its name in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Order => "order",
            Self::OrderState(state) => match state {
                OrderState::Placed => "order_placed",
                OrderState::Confirmed => "order_confirmed",
                OrderState::InProduction => "order_in_production",
                OrderState::Shipped => "order_shipped",
                OrderState::Delivered => "order_delivered",
                OrderState::Cancelled => "order_cancelled",
                OrderState::Returned => "order_returned",
            },
            Self::Invite => "invite",
            Self::Approval => "approval",
            Self::ReleaseFailed => "release_failed",
        }
    }
}

/// A name that no [`MailKind`] has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a mail is a 'sign_in', an 'invite', about an 'order' or its state, an 'approval' or a 'release_failed', and not '{0}'"
)]
pub struct UnknownMailKind(String);

impl TryFrom<String> for MailKind {
    type Error = UnknownMailKind;

    fn try_from(name: String) -> Result<Self, UnknownMailKind> {
        [Self::SignIn, Self::Order, Self::Invite, Self::Approval, Self::ReleaseFailed]
            .into_iter()
            .chain(OrderState::ALL.map(Self::OrderState))
            .find(|known| known.as_str() == name)
            .ok_or(UnknownMailKind(name))
    }
}

/// The mail that tells a buyer that their order came in, in its language; written with the order. That of a basket's first order tells
/// of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrderMail {
    /// Opens the order's page. Kept until the mail is sent.
    pub token: String,
}

/// A mail that was taken from the outbox to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingMail {
    /// What it is about, such as `order-1001`.
    pub key: String,
    /// What kind of mail it is.
    pub kind: MailKind,
    /// Whom it goes to: an e-mail address in lower case.
    pub recipient: String,
    /// The language they read: a tag of BCP 47.
    pub language: String,
    /// The token of the link in it; a release's number in one about a release.
    pub secret: String,
    /// The order it is about.
    pub number: Option<OrderNumber>,
    /// When it was written.
    pub written_at: OffsetDateTime,
    /// How often it was taken, this time included.
    pub tries: u32,
}

/// Mails that did not go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailTrouble {
    /// How many failed and are tried again, or are due for long.
    pub waiting: u64,
    /// How many were given up.
    pub given_up: u64,
}

/// The outbox.
#[async_trait]
pub trait MailStore: Send + Sync {
    /// Takes the mail that is due longest; nobody else takes it until `again_at`.
    async fn take_mail(
        &self,
        now: OffsetDateTime,
        again_at: OffsetDateTime,
    ) -> Result<Option<WaitingMail>, StoreError>;
    /// Notes that a mail was sent, and forgets its secret. `false` where it was to be forgotten meanwhile.
    async fn mail_sent(&self, key: &str, at: OffsetDateTime) -> Result<bool, StoreError>;
    /// Lets a mail wait until then, or gives it up and forgets its secret.
    async fn put_off_mail(&self, key: &str, until: Option<OffsetDateTime>) -> Result<(), StoreError>;
    /// Mails that failed before and are tried again, or are due since before `due_before`; and those of them given up that were written since
    /// `written_since`.
    async fn mail_trouble(
        &self,
        due_before: OffsetDateTime,
        written_since: OffsetDateTime,
    ) -> Result<MailTrouble, StoreError>;
    /// Lets mails be over that were written before a time; they hold nobody's address from then on.
    async fn end_mails(&self, before: OffsetDateTime) -> Result<(), StoreError>;
    /// Keys of mails that are over, `limit` at most.
    async fn mails_over(&self, limit: u32) -> Result<Vec<String>, StoreError>;
    /// Forgets mails that are over.
    async fn forget_mails(&self, keys: &[String]) -> Result<(), StoreError>;
}
