//! Signing in by a mailed link, and sessions. Whoever asks is told the same whether the address is known or not. A link works
//! once, for 15 minutes; the shop keeps hashes of tokens only.
//!
//! An address gets few mails in that time, whoever asks for them, so that nobody is flooded. Nobody is locked out by that
//! either: the links that were mailed work on, so that the owner always has one.

use time::Duration;

use super::customer::{Customer, CustomerId};
use super::store::{NewSignIn, SigningIn};
use crate::client::Client;
use crate::error::ShopError;
use crate::orders::buyer::{is_email, normal_email};
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::store_error::StoreError;

/// For how long a link works, and in which its mails are counted.
pub(crate) const LINK_LASTS: Duration = Duration::minutes(15);
/// For how long a session lasts.
const SESSION_LASTS: Duration = Duration::hours(12);

/// Why somebody was not signed in, or sent no link.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// This is no e-mail address.
    #[error("this is no e-mail address; write one such as ana@example.org")]
    NotAnEmail,
    /// One client asks too often.
    #[error("too many links were asked for; try again in 15 minutes")]
    TooMany,
    /// The link was used, ended or never made.
    #[error("this link does not work any more; ask for a new one")]
    LinkNotValid,
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

/// Somebody who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub customer: Customer,
    /// The token of the session.
    pub session: String,
}

impl Shop {
    /// Mails a link to sign in to an address, in a language, a tag of BCP 47.
    ///
    /// # Errors
    /// This is no address, the client asks too often, or the store failed.
    pub async fn ask_to_sign_in(
        &self,
        email: &str,
        language: &str,
        client: &Client,
    ) -> Result<(), SignInError> {
        let email = normal_email(email);
        if !is_email(&email) {
            return Err(SignInError::NotAnEmail);
        }
        let at = self.now();
        let (since, most) = (at.saturating_sub(LINK_LASTS), self.sign_in_limits);
        let by_client = token_hash(&["sign-in", "client", client.as_str()].join("\n"));
        if !self.store.attempt_log_in(&by_client, at, since, most.client).await? {
            return Err(SignInError::TooMany);
        }
        if !self.store.attempt_log_in(&to_address(&email), at, since, most.address).await? {
            // What was mailed before still works.
            return Ok(());
        }
        let token = token::<16>(self.environment.as_ref());
        let asked = NewSignIn {
            email,
            token_hash: token_hash(&token),
            token,
            language: language.to_owned(),
            at,
            expires_at: at.saturating_add(LINK_LASTS),
        };
        Ok(self.store.ask_to_sign_in(&asked).await?)
    }

    /// The address that a link proves, while it works.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sign_in_address(&self, token: &str) -> Result<Option<String>, ShopError> {
        Ok(self.store.sign_in_address(&token_hash(token), self.now()).await?)
    }

    /// Uses a link up and starts a session of twelve hours.
    ///
    /// # Errors
    /// The link does not work any more, or the store failed.
    pub async fn sign_in(&self, link: &str) -> Result<SignedIn, SignInError> {
        let (at, environment) = (self.now(), self.environment.as_ref());
        let session = token::<32>(environment);
        let signing = SigningIn {
            token_hash: token_hash(link),
            id: CustomerId::new(token::<16>(environment)),
            session_hash: token_hash(&session),
            session_expires_at: at.saturating_add(SESSION_LASTS),
            at,
        };
        let customer = self.store.sign_in(&signing).await?.ok_or(SignInError::LinkNotValid)?;
        self.store.forget_failures(&to_address(&customer.email)).await?;
        tracing::info!("a customer signed in");
        Ok(SignedIn { customer, session })
    }

    /// Who has this session, while it lasts.
    ///
    /// # Errors
    /// The store failed.
    pub async fn customer(&self, session: &str) -> Result<Option<Customer>, ShopError> {
        Ok(self.store.customer(&token_hash(session), self.now()).await?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sign_out(&self, session: &str) -> Result<(), ShopError> {
        Ok(self.store.sign_out(&token_hash(session)).await?)
    }

    /// Ends all sessions of a customer.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sign_out_everywhere(&self, customer: &Customer) -> Result<(), ShopError> {
        Ok(self.store.sign_out_everywhere(&customer.id).await?)
    }
}

/// What mails to an address count by.
fn to_address(email: &str) -> String {
    token_hash(&["sign-in", "address", email].join("\n"))
}
