//! What customers ask of the store.

use async_trait::async_trait;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::customer::{Customer, CustomerId};
use crate::designs::store::KeptDesign;
use crate::mail::store::MailKind;
use crate::orders::desk_store::DeskOrder;
use crate::orders::order::OrderNumber;
use crate::store_error::StoreError;

/// Somebody asks for a link to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSignIn {
    /// Their e-mail address, in lower case.
    pub email: String,
    /// SHA-256 of the link's token, in hexadecimal digits.
    pub token_hash: String,
    /// The token, for the mail; kept until that is sent.
    pub token: String,
    /// The language they read: a tag of BCP 47.
    pub language: String,
    /// When they ask.
    pub at: OffsetDateTime,
    /// Until when the link works.
    pub expires_at: OffsetDateTime,
}

/// Somebody signs in with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningIn {
    /// SHA-256 of the link's token.
    pub token_hash: String,
    /// What they are called by where they are new.
    pub id: CustomerId,
    /// SHA-256 of the new session's token.
    pub session_hash: String,
    /// Until when the session lasts.
    pub session_expires_at: OffsetDateTime,
    /// When they sign in.
    pub at: OffsetDateTime,
}

/// What somebody said about what is remembered of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentAnswer {
    /// Whether they agreed.
    pub is_given: bool,
    /// The version of the wording they were asked in.
    pub wording: u32,
    /// The language they were asked in: a tag of BCP 47.
    pub language: String,
    /// When they said it.
    pub at: OffsetDateTime,
}

/// What a customer said about what is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConsent {
    /// Who says it.
    pub customer: CustomerId,
    /// What they say.
    pub answer: ConsentAnswer,
}

/// What is to be remembered of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Of whom.
    pub customer: CustomerId,
    /// SHA-256 of the tokens of designs that they may have.
    pub designs: Vec<String>,
    /// Products, and the use they stated for each.
    pub needs: Vec<(String, String)>,
    /// When.
    pub at: OffsetDateTime,
}

/// A use that somebody stated for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNeed {
    /// The product's slug.
    pub slug: String,
    /// The code of the use.
    pub stated_use: String,
    /// When it was stated.
    pub at: OffsetDateTime,
}

/// A mail that was written to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    /// What kind of mail it is.
    pub kind: MailKind,
    /// The order it is about.
    pub number: Option<OrderNumber>,
    /// When it was written.
    pub written_at: OffsetDateTime,
    /// When it went, if it has.
    pub sent_at: Option<OffsetDateTime>,
}

/// What the database knows of a customer, but for their orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountRows {
    /// What they said last about what is remembered.
    pub consent: Option<ConsentAnswer>,
    /// Their designs by the hash of their tokens, the newest first.
    pub designs: Vec<(String, KeptDesign)>,
    /// Their needs.
    pub needs: Vec<KeptNeed>,
    /// Mails that went to them, newest first.
    pub mails: Vec<SentMail>,
    /// How many sessions of theirs last.
    pub sessions: u32,
}

/// Customers, their sessions, and what is remembered of them.
#[async_trait]
pub trait CustomerStore: Send + Sync {
    /// Keeps a link to sign in, forgets those that ended, and writes the mail with it.
    async fn ask_to_sign_in(&self, asked: &NewSignIn) -> Result<(), StoreError>;
    /// The address that a link proves which works beyond `now`.
    async fn sign_in_address(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<String>, StoreError>;
    /// Uses up a link: adds the customer where they are new, and starts a session. `None`, and nothing written, where no link
    /// works beyond `signing.at`.
    async fn sign_in(&self, signing: &SigningIn) -> Result<Option<Customer>, StoreError>;
    /// Whose session lasts beyond `now`.
    async fn customer(&self, session_hash: &str, now: OffsetDateTime)
    -> Result<Option<Customer>, StoreError>;
    /// The customer with this address.
    async fn customer_by_email(&self, email: &str) -> Result<Option<Customer>, StoreError>;
    /// Ends a session, if there is one.
    async fn sign_out(&self, session_hash: &str) -> Result<(), StoreError>;
    /// Ends all sessions of a customer.
    async fn sign_out_everywhere(&self, customer: &CustomerId) -> Result<(), StoreError>;
    /// Orders by this address, newest first.
    async fn orders_of(&self, email: &str, limit: u32) -> Result<Vec<DeskOrder>, StoreError>;
    /// Mails that were written to an address, newest first.
    async fn mails_to(&self, email: &str) -> Result<Vec<SentMail>, StoreError>;
    /// What is known of a customer at `now`, but for their orders.
    async fn account(&self, customer: &Customer, now: OffsetDateTime) -> Result<AccountRows, StoreError>;
    /// Keeps what a customer said. Where they take it back, all that was remembered is forgotten with it.
    async fn keep_consent(&self, consent: &NewConsent) -> Result<(), StoreError>;
    /// Remembers designs that are there, and needs. `false`, and nothing written, without consent.
    async fn remember(&self, remembered: &Remembered) -> Result<bool, StoreError>;
    /// Forgets a design of a customer, if it is theirs.
    async fn forget_design(&self, customer: &CustomerId, token_hash: &str) -> Result<(), StoreError>;
    /// Forgets what a customer stated for a product.
    async fn forget_need(&self, customer: &CustomerId, slug: &str) -> Result<(), StoreError>;
}

/// A customer is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Who.
    pub customer: CustomerId,
    /// Their address.
    pub email: String,
    /// When.
    pub at: OffsetDateTime,
    /// Orders from before need not be kept any more, unless the buyer still waits.
    pub orders_before: OffsetDateTime,
}

/// What is to be forgotten because its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The time.
    pub now: OffsetDateTime,
    /// Buyers of orders from before are forgotten, unless they still wait.
    pub orders_before: OffsetDateTime,
    /// Customers are forgotten who signed in last before.
    pub customers_before: OffsetDateTime,
}

/// The rows of a table that are about somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// Its rows: columns with their values, texts and whole numbers; bytes in hexadecimal digits.
    pub rows: Vec<Map<String, Value>>,
}

/// Everything about a person: read as a whole, and forgotten.
#[async_trait]
pub trait PersonalDataStore: Send + Sync {
    /// Every row about a customer, by table.
    async fn personal_data(&self, customer: &Customer) -> Result<Vec<Table>, StoreError>;
    /// Forgets a customer. Orders that have to be kept keep their buyer, locked; how many those are.
    async fn erase(&self, erasure: &Erasure) -> Result<u64, StoreError>;
    /// Forgets whose time is over: links, sessions, customers, buyers. How many orders have no buyer any more.
    async fn retain(&self, retention: Retention) -> Result<u64, StoreError>;
    /// Overwrites what was forgotten where the database's files may still hold it; whether there was any.
    async fn scrub(&self, now: OffsetDateTime) -> Result<bool, StoreError>;
}
