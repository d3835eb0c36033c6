//! Changing one's own password.

use time::Duration;

use super::administrators::{AdminError, hashed, judge_length};
use super::attempts;
use super::password;
use crate::orders::buyer::normal_email;
use crate::secret::token_hash;
use crate::shop::Shop;

/// How many present passwords may be wrong within [`FAILURES_LAST`].
const MOST_WRONG: u32 = 5;
/// How long a wrong one counts.
const FAILURES_LAST: Duration = Duration::minutes(15);

impl Shop {
    /// Sets another password for somebody who proves to know the present one, and ends their invitations and all their sessions but
    /// the one with this token. Returns the token that makes their browser known to the account from then on, see [`super::Visitor`].
    ///
    /// # Errors
    /// [`AdminError::WrongPassword`]; [`AdminError::TooManyAttempts`] after five wrong ones in 15 minutes; the new password is too short,
    /// too long or too common; the store failed.
    pub async fn change_password(
        &self,
        email: &str,
        (present, new): (&str, &str),
        session: &str,
    ) -> Result<String, AdminError> {
        judge_length(new)?;
        let email = normal_email(email);
        let Some(known) = self.store.password_hash(&email).await? else {
            return Err(AdminError::WrongPassword);
        };
        // Before the attempt is counted: who is not served has not failed.
        let turn = self.hashing_turn().await?;
        let (counted, now) = (attempts::of_passwords(&email), self.now());
        let since = now.saturating_sub(FAILURES_LAST);
        if !self.store.attempt_log_in(&counted, now, since, MOST_WRONG).await? {
            return Err(AdminError::TooManyAttempts);
        }
        let (present, new, owner, hash) = (present.to_owned(), new.to_owned(), email.clone(), known.clone());
        let mut salt = [0; 16];
        self.environment.random(&mut salt);
        let work = move || {
            if !password::verify(&present, &hash) {
                return Err(AdminError::WrongPassword);
            }
            if password::is_common(&new, &owner) {
                return Ok(None);
            }
            Ok(Some(password::hash(&new, salt)?))
        };
        let made = hashed(turn, work).await??;
        // The present one was right, whatever is wrong with the new one.
        self.store.forget_failures(&counted).await?;
        let Some(password_hash) = made else { return Err(AdminError::PasswordCommon) };
        let of = self.on_person(&email, &email);
        let hashes = (known.as_str(), password_hash.as_str());
        // Somebody else set one meanwhile, so what was proved is the present one no more.
        if !self.store.change_password(&of, hashes, &token_hash(session)).await? {
            return Err(AdminError::WrongPassword);
        }
        tracing::info!("an administrator changed their password");
        Ok(attempts::device(self.environment.as_ref(), &email, &password_hash))
    }
}
