//! A second factor at log-in: codes that an app on a phone shows for 30 seconds each (TOTP, RFC 6238), and recovery codes for
//! when the phone is lost, each good for once.

use time::{Duration, OffsetDateTime};
use totp_rs::{Builder, Secret, Totp};

use super::administrators::AdminError;
use super::attempts;
use super::audit::Note;
use super::second_factor_store::{Proof, SecondFactorRow};
use crate::environment::Environment;
use crate::error::ShopError;
use crate::secret::{token, token_hash};
use crate::shop::Shop;

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;
/// How many codes may be wrong within [`FAILURES_LAST`].
const MOST_WRONG: u32 = 5;
/// How long a wrong code counts.
const FAILURES_LAST: Duration = Duration::minutes(15);

/// A second factor that somebody sets up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is typed into an app that reads no picture, in groups of four letters.
    pub secret: String,
    /// What an app reads from a picture: an address `otpauth://`.
    pub address: String,
}

/// How somebody's second factor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// There is none.
    Off,
    /// It is being set up.
    Proposed(Proposal),
    /// It is asked for at log-in.
    On {
        /// Since then.
        since: OffsetDateTime,
        /// How many recovery codes are left.
        recovery_codes: u32,
    },
}

impl Shop {
    /// How somebody's second factor stands.
    ///
    /// # Errors
    /// The store failed.
    pub async fn second_factor(&self, email: &str) -> Result<SecondFactor, ShopError> {
        let Some(SecondFactorRow { secret, since, recovery_codes }) = self.store.second_factor(email).await?
        else {
            return Ok(SecondFactor::Off);
        };
        if let Some(since) = since {
            return Ok(SecondFactor::On { since, recovery_codes });
        }
        let totp = self.totp(email, &secret)?;
        let address = totp.to_url().map_err(|error| ShopError::Failed(error.to_string()))?;
        let groups: Vec<_> = secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        Ok(SecondFactor::Proposed(Proposal { secret: groups.join(" "), address }))
    }

    /// Begins to set up a second factor; nobody is asked for it yet.
    ///
    /// # Errors
    /// The store failed.
    pub async fn propose_second_factor(&self, email: &str) -> Result<(), ShopError> {
        let mut bytes = [0; 20];
        self.environment.random(&mut bytes);
        let secret = Secret::new_stack(bytes).to_base32();
        Ok(self.store.propose_second_factor(email, &secret).await?)
    }

    /// Asks for the second factor from now on, once a code proves that the app has it; sessions but this one wait for a code, too. Returns the
    /// recovery codes, which are kept nowhere else.
    ///
    /// # Errors
    /// [`AdminError::WrongCode`], [`AdminError::TooManyAttempts`]; none was proposed, or the store failed.
    pub async fn turn_on_second_factor(
        &self,
        email: &str,
        code: &str,
        session: &str,
    ) -> Result<Vec<String>, AdminError> {
        let row = self.store.second_factor(email).await?.filter(|row| row.since.is_none());
        let Some(row) = row else { return Err(AdminError::NoSecondFactor) };
        let counted = self.count_code(email).await?;
        let Some(step) = self.step(email, &row.secret, code)? else { return Err(AdminError::WrongCode) };
        let codes: Vec<String> =
            (0..RECOVERY_CODES).map(|_| recovery_code(self.environment.as_ref())).collect();
        let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
        let (of, session) = (self.on_person(email, email), token_hash(session));
        if !self.store.turn_on_second_factor(&of, step, &hashes, &session).await? {
            return Err(AdminError::NoSecondFactor);
        }
        self.store.forget_failures(&counted).await?;
        tracing::info!("an administrator turned a second factor on");
        Ok(codes)
    }

    /// Asks somebody for no second factor any more, once they prove again that they have it, by a code or a recovery code; one that
    /// is being set up is given up without.
    ///
    /// # Errors
    /// [`AdminError::WrongCode`], [`AdminError::TooManyAttempts`]; there is none, or the store failed.
    pub async fn turn_off_second_factor(&self, email: &str, code: &str) -> Result<(), AdminError> {
        if self.store.give_up_second_factor(email).await? {
            return Ok(());
        }
        let row = self.store.second_factor(email).await?.filter(|row| row.since.is_some());
        let Some(row) = row else { return Err(AdminError::NoSecondFactor) };
        let of = self.on_person(email, email);
        let counted = self.count_code(email).await?;
        let proof = self.proof(email, &row.secret, code)?;
        if !self.store.turn_off_second_factor(&of, Some(&proof)).await? {
            return Err(AdminError::WrongCode);
        }
        Ok(self.store.forget_failures(&counted).await?)
    }

    /// Takes the second factor of somebody who lost it, as an administrator does for others.
    ///
    /// # Errors
    /// It is who asks, there is none, or the store failed.
    pub async fn remove_second_factor(&self, email: &str, by: &str) -> Result<(), AdminError> {
        let of = self.on_person(email, by);
        if of.email == of.by {
            return Err(AdminError::Oneself);
        }
        let removed = self.store.turn_off_second_factor(&of, None).await?;
        if removed { Ok(()) } else { Err(AdminError::NoSecondFactor) }
    }

    /// Whether a session waits for its second factor.
    ///
    /// # Errors
    /// The store failed.
    pub async fn waits_for_code(&self, session: &str) -> Result<bool, ShopError> {
        Ok(self.store.waiting_session(&token_hash(session), self.now()).await?.is_some())
    }

    /// Lets a session in that waits for its second factor: a code of the app, or a recovery code.
    ///
    /// # Errors
    /// [`AdminError::WrongCode`], also for a code that was used before; [`AdminError::TooManyAttempts`] after five wrong ones in 15 minutes;
    /// [`AdminError::NotRecognised`] where no session waits; the store failed.
    pub async fn enter_code(&self, session: &str, code: &str) -> Result<(), AdminError> {
        let now = self.now();
        let waiting = self.store.waiting_session(&token_hash(session), now).await?;
        let Some(waiting) = waiting else { return Err(AdminError::NotRecognised) };
        let email = &waiting.email;
        let counted = self.count_code(email).await?;
        let Some(row) = self.store.second_factor(email).await? else { return Err(AdminError::NotRecognised) };
        let proof = self.proof(email, &row.secret, code)?;
        if !self.store.pass_second_factor(&waiting, &proof, now).await? {
            tracing::info!("a code at a log-in was wrong");
            let failed = Note { at: now, by: "", action: "log-in failed", subject: email, detail: "code" };
            self.store.note(failed).await?;
            return Err(AdminError::WrongCode);
        }
        self.store.forget_failures(&counted).await?;
        tracing::info!("an administrator logged in with a second factor");
        Ok(())
    }

    /// Counts a code as wrong until it proves right, or refuses it. Only whoever knows the password gets here.
    async fn count_code(&self, email: &str) -> Result<String, AdminError> {
        let (counted, now) = (attempts::of_codes(email), self.now());
        let since = now.saturating_sub(FAILURES_LAST);
        if self.store.attempt_log_in(&counted, now, since, MOST_WRONG).await? {
            Ok(counted)
        } else {
            Err(AdminError::TooManyAttempts)
        }
    }

    /// What a code proves, if it is right: that of the app, or else a recovery code.
    fn proof(&self, email: &str, secret: &str, code: &str) -> Result<Proof, ShopError> {
        let step = self.step(email, secret, code)?;
        Ok(step.map_or_else(|| Proof::RecoveryCode(recovery_hash(code)), Proof::Step))
    }

    /// The step whose code this is, of the present one and those beside it.
    fn step(&self, email: &str, secret: &str, code: &str) -> Result<Option<i64>, ShopError> {
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let seconds = u64::try_from(self.now().unix_timestamp()).unwrap_or_default();
        let step = self.totp(email, secret)?.check(&code, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    fn totp(&self, email: &str, secret: &str) -> Result<Totp, ShopError> {
        let failed = |error: String| ShopError::Failed(format!("a second factor can't be read: {error}"));
        let secret = Secret::try_from_base32(secret).map_err(|error| failed(error.to_string()))?;
        // A colon parts the two in the address.
        let plain = |name: &str| name.replace(':', " ");
        let builder = Builder::new().with_secret(secret).with_account_name(plain(email));
        let builder = builder.with_issuer(Some(plain(&self.profile().name)));
        builder.build().map_err(|error| failed(error.to_string()))
    }
}

/// 64 random bits in four groups, as people copy them.
fn recovery_code(environment: &dyn Environment) -> String {
    let token = token::<8>(environment);
    let groups: Vec<_> = token.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join("-")
}

/// The hash of a recovery code, however it is typed.
fn recovery_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    token_hash(&plain.to_ascii_lowercase())
}
