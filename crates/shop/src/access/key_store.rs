//! What the use cases about API keys ask of the store.

use async_trait::async_trait;
use time::{Date, OffsetDateTime};

use super::roles::Role;
use crate::store_error::StoreError;

/// A key by which another program asks, without what opens anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// What histories and the audit call whoever has it: `key:` and its name in small letters. No two keys have the same.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// What it may do; never what an administrator may.
    pub role: Role,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// By whom: an e-mail address.
    pub made_by: String,
    /// Until when it holds; none where it does until somebody ends it.
    pub ends_at: Option<OffsetDateTime>,
    /// The day on which it was used last; none where it never was.
    pub used_on: Option<Date>,
    /// Its last characters, by which the audit tells it from another one that had its name; empty where they are not known.
    pub ending: String,
}

/// What became of a key that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept.
    Kept,
    /// Nothing was written: there is one of its [`ApiKey::actor`].
    NameTaken,
    /// Nothing was written: there are as many as there may be.
    TooMany,
}

/// A key to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// The key; nobody used it yet.
    pub key: ApiKey,
    /// SHA-256 of what is sent, in hexadecimal digits.
    pub token_hash: String,
    /// The last day on which it holds, as the audit tells it.
    pub until: Option<Date>,
}

/// Keys by which other programs ask.
#[async_trait]
pub trait KeyStore: Send + Sync {
    /// Keeps a key, where there are fewer than `most` in that moment, and notes it in the audit.
    async fn make_key(&self, new: &NewKey, most: u32) -> Result<Keeping, StoreError>;
    /// All keys by their [`ApiKey::actor`], also those whose time is over.
    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError>;
    /// The key that holds beyond `now`.
    async fn key(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<ApiKey>, StoreError>;
    /// Notes the day of a key's use, unless it was used on a later one.
    async fn use_key(&self, actor: &str, day: Date) -> Result<(), StoreError>;
    /// Removes a key and notes it in the audit. `false`, and nothing written, where there is none.
    async fn end_key(&self, actor: &str, by: &str, at: OffsetDateTime) -> Result<bool, StoreError>;
}
