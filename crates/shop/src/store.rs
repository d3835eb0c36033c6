//! What the use cases ask of a database. A lookup answers `None` for what is not there; a write of more than one
//! statement is one method and one transaction. Everything a merchandiser or a shopper did is there after a crash once
//! the method has returned.

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::orders::Order;
use crate::publishing::RevisionInfo;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be opened.
    #[error("can't open the database {database}: {reason}. {advice}")]
    Open {
        /// The file or address.
        database: String,
        /// The reason.
        reason: String,
        /// What to do.
        advice: &'static str,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A column holds something that this release can't read.
    #[error("{what} in the database can't be read: {reason}; was it written by a newer release?")]
    Unreadable {
        /// What was read.
        what: String,
        /// Why not.
        reason: String,
    },
}

/// A product and its live revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// Its address in the shop.
    pub slug: String,
    /// Number of the live revision.
    pub live: i64,
}

/// A revision as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionRow {
    /// The product.
    pub slug: String,
    /// Counts from 1 for each product.
    pub number: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// Who published it.
    pub published_by: String,
    /// What they wrote about it.
    pub note: String,
}

/// A design that was ordered, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDesignRow {
    /// The use the shopper stated.
    pub stated_use: Option<String>,
    /// Attribute codes and values.
    pub choices: Vec<(String, String)>,
    /// How many orders had it, at least 1.
    pub count: u32,
    /// How many of those are synthetic.
    pub synthetic: u32,
}

/// A product to be added with its first revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct {
    /// Its address in the shop.
    pub slug: String,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// When it is added.
    pub at: OffsetDateTime,
    /// Who adds it.
    pub by: String,
    /// About its first revision.
    pub note: String,
    /// Synthetic past orders to learn the first defaults from.
    pub past: Vec<PastDesignRow>,
}

/// A draft as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// The product.
    pub slug: String,
    /// Grows with every save and is never used twice for a product.
    pub version: i64,
    /// The live revision when it was begun.
    pub base: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// When it was saved.
    pub changed_at: OffsetDateTime,
    /// Who saved it.
    pub changed_by: String,
}

/// A draft to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// The product.
    pub slug: String,
    /// The version it was made from; 0 when there was no draft.
    pub version: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// When it is saved.
    pub at: OffsetDateTime,
    /// Who saves it.
    pub by: String,
}

/// A revision to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    /// The product.
    pub slug: String,
    /// The version of the draft it was made from.
    pub draft_version: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// When it is published.
    pub at: OffsetDateTime,
    /// Who publishes it.
    pub by: String,
    /// What they wrote about it.
    pub note: String,
}

/// An invitation to be an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvite {
    /// Who is invited, in lower case.
    pub email: String,
    /// SHA-256 of the token, in hexadecimal digits.
    pub token_hash: String,
    /// When it is made.
    pub at: OffsetDateTime,
    /// Until when it can be accepted.
    pub expires_at: OffsetDateTime,
}

/// What accepting an invitation writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedInvite {
    /// SHA-256 of the invitation's token, in hexadecimal digits.
    pub token_hash: String,
    /// The new password's hash.
    pub password_hash: String,
    /// SHA-256 of the new session's token.
    pub session_hash: String,
    /// Until when the session lasts.
    pub session_expires_at: OffsetDateTime,
    /// When it is accepted.
    pub at: OffsetDateTime,
}

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of its token, in hexadecimal digits.
    pub token_hash: String,
    /// Whose it is.
    pub email: String,
    /// Until when it lasts.
    pub expires_at: OffsetDateTime,
}

/// Who did what when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: String,
    /// What, such as `publish`.
    pub action: String,
    /// To what: a product's slug or an administrator's e-mail address.
    pub subject: String,
    /// Further facts, such as the revision's number.
    pub detail: String,
}

/// A database of the shop.
#[async_trait]
pub trait Store: Send + Sync {
    /// The products in the order in which they were added.
    async fn products(&self) -> Result<Vec<ProductRow>, StoreError>;
    /// Number of a product's live revision.
    async fn live(&self, slug: &str) -> Result<Option<i64>, StoreError>;
    /// One revision.
    async fn revision(&self, slug: &str, number: i64) -> Result<Option<RevisionRow>, StoreError>;
    /// A product's revisions, newest first.
    async fn revisions(&self, slug: &str) -> Result<Vec<RevisionInfo>, StoreError>;
    /// Adds a product with its first revision and its past orders; `false` when it is known already.
    async fn add_product(&self, product: &NewProduct) -> Result<bool, StoreError>;
    /// What the shop may learn defaults from: the designs of the last 5 000 orders whose shopper stated a use, and the
    /// synthetic ones; equal designs are counted together, the most frequent come first.
    async fn past_designs(&self, slug: &str) -> Result<Vec<PastDesignRow>, StoreError>;

    /// Writes an order under the next number (from 1001) and with its idempotency key, and returns it as written. When
    /// an order has the key already, that one is returned and nothing is written.
    async fn place_order(&self, order: Order, request_key: Option<&str>) -> Result<Order, StoreError>;
    /// The order with this idempotency key.
    async fn order_by_request(&self, request_key: &str) -> Result<Option<Order>, StoreError>;
    /// The order with this token.
    async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError>;
    /// The order with this number.
    async fn order_by_number(&self, number: i64) -> Result<Option<Order>, StoreError>;
    /// Orders with numbers below `before`, newest first.
    async fn orders(&self, before: Option<i64>, limit: u32) -> Result<Vec<Order>, StoreError>;

    /// A product's draft.
    async fn draft(&self, slug: &str) -> Result<Option<DraftRow>, StoreError>;
    /// Saves a draft under a new version; `None`, and nothing written, when the stored one is not the version it was
    /// made from or when there is no such product.
    async fn save_draft(&self, draft: &NewDraft) -> Result<Option<DraftRow>, StoreError>;
    /// Forgets a product's draft, if it has one.
    async fn discard_draft(&self, slug: &str) -> Result<(), StoreError>;
    /// Inserts a revision, makes it live, forgets the draft and notes it in the audit. Returns its number; `None`, and
    /// nothing written, when the stored draft has another version.
    async fn publish(&self, revision: &NewRevision) -> Result<Option<i64>, StoreError>;
    /// Makes a revision live and notes it in the audit; `false` when there is no such revision.
    async fn roll_back(
        &self,
        slug: &str,
        number: i64,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Adds the administrator, without a password, where there is none yet, and the invitation.
    async fn invite(&self, invite: &NewInvite) -> Result<(), StoreError>;
    /// Whose the invitation is that lasts beyond `now`.
    async fn invited(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<String>, StoreError>;
    /// Sets the password, ends all sessions, invitations and failures of the administrator and starts a session.
    /// Returns their e-mail address; `None`, and nothing written, when no invitation lasts beyond `accepted.at`.
    async fn accept_invite(&self, accepted: &AcceptedInvite) -> Result<Option<String>, StoreError>;
    /// The hash of an administrator's password; `None` also for one who has not set it yet.
    async fn password_hash(&self, email: &str) -> Result<Option<String>, StoreError>;
    /// Counts an attempt to log in as a failure (until [`Store::start_session`]) unless there were `most` since
    /// `since`: then nothing is written and the answer is `false`. Counting before the password is compared leaves no
    /// room for guesses in parallel.
    async fn attempt_log_in(
        &self,
        email: &str,
        now: OffsetDateTime,
        since: OffsetDateTime,
        most: u32,
    ) -> Result<bool, StoreError>;
    /// Starts a session, forgets the failures of its administrator and all sessions that ended before `now`.
    async fn start_session(&self, session: &SessionRow, now: OffsetDateTime) -> Result<(), StoreError>;
    /// The session that lasts beyond `now`.
    async fn session(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<SessionRow>, StoreError>;
    /// Ends a session, if there is one.
    async fn end_session(&self, token_hash: &str) -> Result<(), StoreError>;

    /// What was done, newest first.
    async fn audit(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
}
