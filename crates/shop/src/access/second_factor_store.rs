//! What the use cases about second factors ask of the store.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::store::{OnPerson, SessionRow};
use crate::store_error::StoreError;

/// A second factor as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactorRow {
    /// What the app shares, in base 32.
    pub secret: String,
    /// Since when it is asked for; none where its owner did not prove yet that their app has it.
    pub since: Option<OffsetDateTime>,
    /// How many recovery codes are left.
    pub recovery_codes: u32,
}

/// What somebody proved to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code of this step of 30 seconds since 1970; each step is good for once.
    Step(i64),
    /// The recovery code with this hash.
    RecoveryCode(String),
}

/// Second factors and the sessions that wait for them.
#[async_trait]
pub trait SecondFactorStore: Send + Sync {
    /// Somebody's second factor.
    async fn second_factor(&self, email: &str) -> Result<Option<SecondFactorRow>, StoreError>;
    /// Keeps a secret that nobody is asked for yet, unless there is one.
    async fn propose_second_factor(&self, email: &str, secret: &str) -> Result<(), StoreError>;
    /// Asks for the secret from now on, of which a code of this step was shown, gives these recovery codes (as hashes) in place of
    /// others, and notes it in the audit. All sessions but the one of this hash wait for a code from then on. `false`, and nothing written, where none was proposed.
    async fn turn_on_second_factor(
        &self,
        of: &OnPerson,
        step: i64,
        recovery_codes: &[String],
        session: &str,
    ) -> Result<bool, StoreError>;
    /// Forgets a secret that nobody is asked for yet; `false` where there is none such.
    async fn give_up_second_factor(&self, email: &str) -> Result<bool, StoreError>;
    /// Uses up what was proved, if anything has to be, forgets a secret and its recovery codes, and notes it in the audit where it was
    /// asked for. `false`, and nothing written, where there was none, or the proof was used before.
    async fn turn_off_second_factor(&self, of: &OnPerson, proof: Option<&Proof>) -> Result<bool, StoreError>;
    /// The session that waits for a code and lasts beyond `now`.
    async fn waiting_session(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<SessionRow>, StoreError>;
    /// Lets a session in that waits for a code, uses up what was proved, and notes the log-in in the audit. `false`, and nothing written, where that
    /// was used before, or the session does not wait.
    async fn pass_second_factor(
        &self,
        session: &SessionRow,
        proof: &Proof,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
}
