//! Which attempts to log in are refused. Whoever guesses is refused soon, and the owner never because of others: a browser
//! that was logged in to an account before keeps a token for it, and its failures are counted apart ("device cookies", OWASP:
//! Slow Down Online Guessing Attacks with Device Cookies). All others are counted by client and account, by client, and by
//! account: the last one slows a guess that comes from many networks, and can refuse nobody who has such a token.
//!
//! The token is a random number and its MAC under the account's password hash, so no other secret is needed, every replica
//! knows it, and a new password ends it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::log_in_limits::LogInLimits;
use crate::client::Client;
use crate::environment::Environment;
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::store_error::StoreError;

/// How long a failed attempt counts.
const FAILURES_LAST: Duration = Duration::minutes(15);

/// Who attempts to log in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// What kind of browser they use, such as `Firefox on Linux`; empty where that is not known.
    pub browser: String,
    /// Where the attempt comes from.
    pub client: Client,
    /// The token that the browser kept from an earlier session.
    pub device: Option<String>,
}

/// What is counted, and up to what.
type Counted = Vec<(String, u32)>;

impl Shop {
    /// Counts an attempt as failed, or refuses it. What it returns is to be forgotten once the attempt succeeds. `password_hash` is the account's, if there is one.
    pub(super) async fn attempt(
        &self,
        email: &str,
        visitor: &Visitor,
        password_hash: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<Option<String>, StoreError> {
        let LogInLimits { account, client, strangers } = self.log_in_limits;
        let made_for = |device: &&str| password_hash.is_some_and(|hash| is_made_for(device, email, hash));
        let device = visitor.device.as_deref().filter(made_for);
        let (own, counted): (String, Counted) = match device {
            Some(device) => {
                let own = key(&["device", email, device]);
                (own.clone(), vec![(own, account)])
            }
            None => {
                let name = visitor.client.as_str();
                let own = key(&["client", email, name]);
                let by_client = (key(&["client", name]), client);
                (own.clone(), vec![by_client, (own, account), (of_strangers(email), strangers)])
            }
        };
        let since = now.saturating_sub(FAILURES_LAST);
        for (counted, most) in counted {
            if !self.store.attempt_log_in(&counted, now, since, most).await? {
                return Ok(None);
            }
        }
        Ok(Some(own))
    }
}

/// What the store counts by. It has no need to know the parts.
fn key(parts: &[&str]) -> String {
    token_hash(&parts.join("\n"))
}

/// What the attempts of all strangers to log in to an account count by.
pub(super) fn of_strangers(email: &str) -> String {
    key(&["account", email])
}

/// What wrong codes of an account's second factor count by.
pub(super) fn of_codes(email: &str) -> String {
    key(&["code", email])
}

/// What wrong present passwords count by, where somebody who is logged in sets another one.
pub(super) fn of_passwords(email: &str) -> String {
    key(&["password", email])
}

/// A new token for a browser that is logged in.
pub(super) fn device(environment: &dyn Environment, email: &str, password_hash: &str) -> String {
    let number = token::<16>(environment);
    let mac = const_hex::encode(mac(&number, email, password_hash).finalize().into_bytes());
    format!("{number}.{mac}")
}

/// Whether a token was made for this account and its present password.
fn is_made_for(device: &str, email: &str, password_hash: &str) -> bool {
    let Some((number, sent)) = device.split_once('.') else { return false };
    // Written in one way only: each other would be counted apart.
    let is_plain = sent.len() == 64 && sent.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_plain
        && const_hex::decode(sent)
            .is_ok_and(|sent| mac(number, email, password_hash).verify_slice(&sent).is_ok())
}

fn mac(number: &str, email: &str, password_hash: &str) -> Hmac<Sha256> {
    // Shorter keys are filled with zeros, as RFC 2104 says.
    let mut key = [0; 64];
    key[..32].copy_from_slice(&Sha256::digest(password_hash.as_bytes()));
    Hmac::<Sha256>::new(&key.into()).chain_update(number).chain_update("\n").chain_update(email)
}
