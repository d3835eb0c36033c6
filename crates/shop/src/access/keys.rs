//! API keys, by which other programs ask: made and ended by administrators, and never one's own. The store keeps their hashes only. A
//! key belongs to the shop, so it goes on when whoever made it leaves.

use time::Date;

use super::key_store::{ApiKey, Keeping, NewKey};
use super::roles::Role;
use crate::error::ShopError;
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::short_text::needed_text;
use crate::store_error::StoreError;

/// What a key begins with, so that whoever looks for secrets in files knows it as one.
const BEGINNING: &str = "atelier_";
/// How many hexadecimal digits follow.
const DIGITS: usize = 64;
/// Most characters of a name.
const LONGEST_NAME: usize = 40;
/// Most keys of a shop.
const MOST_KEYS: u32 = 50;
/// How many of its last characters tell a key from another one that had its name.
const ENDING: usize = 4;

/// A key that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedKey {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The last day of the shop on which it holds; none where it does until somebody ends it.
    pub until: Option<Date>,
}

/// Whoever asks with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    /// Whom what they do is noted under, see [`ApiKey::actor`].
    pub actor: String,
    /// What they may do.
    pub role: Role,
}

/// Why a key was not made or ended.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It has no name.
    #[error("the key has no name; write one")]
    NoName,
    /// Its name might be taken for a person's address.
    #[error("a key's name has no @; take another one")]
    NameOfPerson,
    /// Another one has its name.
    #[error("there is a key '{name}' already; take another name, or end that one first")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// It was to be an administrator.
    #[error("no key is an administrator; take another role")]
    Administrator,
    /// Its last day is over.
    #[error("the last day is over; take today or a later one")]
    Over,
    /// There are more than anybody looks through.
    #[error("there are {most} keys already; end one that is not used first")]
    TooMany {
        /// Most keys of a shop.
        most: u32,
    },
    /// It is over already.
    #[error("there is no such key any more; look at the list again")]
    NoKey,
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

impl Shop {
    /// Makes a key, and returns what a program sends, which is kept nowhere.
    ///
    /// # Errors
    /// Its name, role or day can't be taken, there are too many, or the store failed.
    pub async fn make_key(&self, wanted: WantedKey, by: &str) -> Result<String, KeyError> {
        let WantedKey { name, role, until } = wanted;
        let name = needed_text(&name, LONGEST_NAME)?.ok_or(KeyError::NoName)?;
        if name.contains('@') {
            return Err(KeyError::NameOfPerson);
        }
        if role == Role::Administrator {
            return Err(KeyError::Administrator);
        }
        let (made_at, profile) = (self.now(), self.profile());
        if until.is_some_and(|until| until < profile.day(made_at)) {
            return Err(KeyError::Over);
        }
        let sent = format!("{BEGINNING}{}", token::<{ DIGITS / 2 }>(self.environment.as_ref()));
        let ends_at = until.and_then(Date::next_day).map(|day| profile.beginning_of(day));
        let actor = format!("key:{}", name.to_lowercase());
        let key = ApiKey {
            actor,
            name: name.clone(),
            role,
            made_at,
            made_by: by.to_owned(),
            ends_at,
            used_on: None,
            ending: sent.get(sent.len().saturating_sub(ENDING)..).unwrap_or_default().to_owned(),
        };
        let new = NewKey { key, token_hash: token_hash(&sent), until };
        match self.store.make_key(&new, MOST_KEYS).await? {
            Keeping::Kept => {}
            Keeping::NameTaken => return Err(KeyError::NameTaken { name }),
            Keeping::TooMany => return Err(KeyError::TooMany { most: MOST_KEYS }),
        }
        tracing::info!(role = role.code(), "an API key was made");
        Ok(sent)
    }

    /// All keys by their names, also those whose time is over.
    ///
    /// # Errors
    /// The store failed.
    pub async fn keys(&self) -> Result<Vec<ApiKey>, ShopError> {
        Ok(self.store.keys().await?)
    }

    /// Ends a key, named by its [`ApiKey::actor`]: whoever has it is refused from the next request on.
    ///
    /// # Errors
    /// There is none, or the store failed.
    pub async fn end_key(&self, actor: &str, by: &str) -> Result<(), KeyError> {
        if !self.store.end_key(actor, by, self.now()).await? {
            return Err(KeyError::NoKey);
        }
        tracing::info!("an API key was ended");
        Ok(())
    }

    /// Who asks with this key, while it holds. To ask is to use it: the day is noted.
    ///
    /// # Errors
    /// The store failed.
    pub async fn key_holder(&self, sent: &str) -> Result<Option<KeyHolder>, ShopError> {
        let digits = sent.strip_prefix(BEGINNING).unwrap_or_default();
        // What no key looks like is not looked for.
        if digits.len() != DIGITS || !digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Ok(None);
        }
        let now = self.now();
        let Some(key) = self.store.key(&token_hash(sent), now).await? else { return Ok(None) };
        let today = self.profile().day(now);
        if key.used_on.is_none_or(|day| day < today) {
            self.store.use_key(&key.actor, today).await?;
        }
        Ok(Some(KeyHolder { actor: key.actor, role: key.role }))
    }
}
