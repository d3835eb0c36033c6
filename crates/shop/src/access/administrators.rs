//! Administrators: invitations, passwords, sessions. The store keeps hashes of tokens only.

use std::sync::Arc;

use time::{Duration, OffsetDateTime};
use tokio::sync::OwnedSemaphorePermit;

use super::attempts::{self, Visitor};
use super::audit::Note;
use super::password;
use super::roles::Role;
use super::sessions;
use super::store::{AcceptedInvite, NewInvite, SessionRow};
use crate::error::ShopError;
use crate::orders::buyer::{is_email, normal_email};
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::store_error::StoreError;

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// Their e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// What somebody who was let in keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The token of the session.
    pub session: String,
    /// The token that makes this browser known to the account, see [`Visitor`].
    pub device: String,
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The password is too short or too long.
    #[error("a password has {least} to {most} characters; four words in a row make a good one")]
    PasswordLength {
        /// Fewest characters.
        least: usize,
        /// Most characters.
        most: usize,
    },
    /// The password is one of those that are tried first.
    #[error("this password is among the first that anybody would try; four words in a row make a good one")]
    PasswordCommon,
    /// The invitation was used, ended or never made.
    #[error("this invitation is not valid any more; ask for a new one")]
    InviteNotValid,
    /// The e-mail address or the password is wrong.
    #[error("the e-mail address or the password is wrong; check both, or ask for a new invitation")]
    NotRecognised,
    /// The present password is wrong, in a form that sets another one.
    #[error("the present password is wrong; type the one that you log in with")]
    WrongPassword,
    /// The code of the second factor is wrong, or was used before.
    #[error("the code is wrong or was used before; wait for the next one in your app")]
    WrongCode,
    /// There is no second factor, or it stands otherwise than was thought.
    #[error("there is no second factor to do this with; look at the page again")]
    NoSecondFactor,
    /// Too many attempts failed within 15 minutes.
    #[error("too many attempts failed; try again in 15 minutes")]
    TooManyAttempts,
    /// There is no administrator of this address, or who asks is none any more.
    #[error("nobody of the address {email} looks after this shop any more; look at the list again")]
    NoAdministrator {
        /// The address.
        email: String,
    },
    /// Somebody asked to remove themselves.
    #[error("nobody removes themselves; ask somebody else who looks after this shop to do it")]
    Oneself,
    /// The last administrator would be none any more.
    #[error("one administrator has to be left; make somebody else an administrator first")]
    LastAdministrator,
    /// Somebody's role does not let them do what they asked for.
    #[error("this takes the role {}; it is given by {}", codes(roles), ask.join(", "))]
    NotAllowed {
        /// The roles that do, the most powerful first.
        roles: Vec<Role>,
        /// The e-mail addresses of those who give roles.
        ask: Vec<String>,
    },
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(" or ")
}

impl From<StoreError> for AdminError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

const INVITE_LASTS: Duration = Duration::days(7);
const LEAST_CHARACTERS: usize = 10;
const MOST_CHARACTERS: usize = 256;

impl Shop {
    /// Invites an administrator by command, which shows the link, as [`Shop::invite_by`] does.
    ///
    /// # Errors
    /// As that.
    pub async fn invite(&self, email: &str) -> Result<String, ShopError> {
        self.invite_as(email, Role::Administrator, ("atelier", false)).await
    }

    /// Invites an administrator, mails them the link, and returns the token that opens the invitation, once, within 7 days. For one who has
    /// a password already this is the way to a new one, and their role stays.
    ///
    /// # Errors
    /// The text is no e-mail address, or the store failed.
    pub async fn invite_by(&self, email: &str, role: Role, by: &str) -> Result<String, ShopError> {
        self.invite_as(email, role, (by, true)).await
    }

    async fn invite_as(
        &self,
        email: &str,
        role: Role,
        (by, is_mailed): (&str, bool),
    ) -> Result<String, ShopError> {
        let email = normal_email(email);
        if !is_email(&email) {
            return Err(ShopError::NotAnEmail { text: email });
        }
        let token = token::<32>(self.environment.as_ref());
        let at = self.now();
        let expires_at = at.saturating_add(INVITE_LASTS);
        let (token_hash, by) = (token_hash(&token), by.to_owned());
        let mailed = is_mailed.then(|| token.clone());
        self.store.invite(&NewInvite { email, role, token_hash, by, at, expires_at, mailed }).await?;
        Ok(token)
    }

    /// The e-mail address of a valid invitation.
    ///
    /// # Errors
    /// The store failed.
    pub async fn invited(&self, token: &str) -> Result<Option<String>, ShopError> {
        Ok(self.store.invited(&token_hash(token), self.now()).await?)
    }

    /// The same as [`Shop::accept_invite_in`], in a browser that is not known.
    ///
    /// # Errors
    /// As that.
    pub async fn accept_invite(&self, token: &str, password: &str) -> Result<Entered, AdminError> {
        self.accept_invite_in(token, password, "").await
    }

    /// Sets an invited administrator's password, ends their older sessions and invitations, and starts a new session in a browser of
    /// this kind.
    ///
    /// # Errors
    /// The password is too short or too common, the invitation is not valid, or the store failed.
    pub async fn accept_invite_in(
        &self,
        token: &str,
        password: &str,
        browser: &str,
    ) -> Result<Entered, AdminError> {
        judge_length(password)?;
        let Some(email) = self.invited(token).await? else { return Err(AdminError::InviteNotValid) };
        let turn = self.hashing_turn().await?;
        let password = password.to_owned();
        let mut salt = [0; 16];
        self.environment.random(&mut salt);
        let hash = move || {
            if password::is_common(&password, &email) {
                return Ok(None);
            }
            password::hash(&password, salt).map(Some)
        };
        let Some(password_hash) = hashed(turn, hash).await?? else { return Err(AdminError::PasswordCommon) };
        let at = self.now();
        let (session, session_expires_at) = sessions::begin(self.environment.as_ref(), at);
        let accepted = AcceptedInvite {
            token_hash: token_hash(token),
            password_hash: password_hash.clone(),
            session_hash: token_hash(&session),
            session_expires_at,
            browser: browser.to_owned(),
            at,
        };
        match self.store.accept_invite(&accepted).await? {
            Some(email) => {
                self.store.forget_failures(&attempts::of_strangers(&email)).await?;
                tracing::info!("an administrator set a password and logged in");
                let device = attempts::device(self.environment.as_ref(), &email, &password_hash);
                Ok(Entered { session, device })
            }
            None => Err(AdminError::InviteNotValid),
        }
    }

    /// Logs an administrator in, for a session that ends two hours after its last use, and after twelve at the latest.
    ///
    /// # Errors
    /// [`AdminError::NotRecognised`], after the same time for an unknown e-mail address as for a wrong password;
    /// [`AdminError::TooManyAttempts`] after too many failures, see [`super::LogInLimits`]; the store failed.
    pub async fn log_in(
        &self,
        email: &str,
        password: &str,
        visitor: &Visitor,
    ) -> Result<Entered, AdminError> {
        let (email, password) =
            (normal_email(email), password.chars().take(MOST_CHARACTERS + 1).collect::<String>());
        if !is_email(&email) {
            // Nobody has it, and not every database takes every text.
            return Err(AdminError::NotRecognised);
        }
        let known = self.store.password_hash(&email).await?;
        // Before the attempt is counted: who is not served has not failed.
        let turn = self.hashing_turn().await?;
        let now = self.now();
        let Some(attempt) = self.attempt(&email, visitor, known.as_deref(), now).await? else {
            tracing::warn!("a log-in was refused: too many failed");
            return Err(AdminError::TooManyAttempts);
        };
        let compared = known.clone().unwrap_or_else(|| password::NOBODY.to_owned());
        let is_right = hashed(turn, move || password::verify(&password, &compared)).await?;
        let Some(hash) = known.filter(|_| is_right) else {
            tracing::info!("a log-in failed");
            self.note_failed_log_in(email, now);
            return Err(AdminError::NotRecognised);
        };
        self.store.forget_failures(&attempt).await?;
        self.store.forget_failures(&attempts::of_strangers(&email)).await?;
        let (session, expires_at) = sessions::begin(self.environment.as_ref(), now);
        let device = attempts::device(self.environment.as_ref(), &email, &hash);
        let (token_hash, browser) = (token_hash(&session), visitor.browser.clone());
        let row = SessionRow { token_hash, email, expires_at, used_at: Some(now), browser };
        self.store.start_session(&row, now).await?;
        tracing::info!("an administrator logged in");
        Ok(Entered { session, device })
    }

    /// Who has this session, while it lasts. To ask is to use it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn administrator(&self, session: &str) -> Result<Option<Administrator>, ShopError> {
        let now = self.now();
        let Some(row) = self.store.session(&token_hash(session), now).await? else { return Ok(None) };
        let Some(role) = self.store.role(&row.email).await? else { return Ok(None) };
        if let Some(later) = sessions::renewed(session, (row.expires_at, row.used_at), now) {
            self.store.extend_session(&row.token_hash, later, now).await?;
        }
        Ok(Some(Administrator { email: row.email, role }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store failed.
    pub async fn log_out(&self, session: &str) -> Result<(), ShopError> {
        Ok(self.store.end_session(&token_hash(session), self.now()).await?)
    }

    /// Notes a log-in that failed, where somebody has the address: what else is typed is nobody's business to keep. Nobody waits for it,
    /// so that an answer takes as long for an address that somebody has.
    fn note_failed_log_in(&self, email: String, at: OffsetDateTime) {
        let store = Arc::clone(&self.store);
        tokio::spawn(async move {
            let noted = async {
                if store.role(&email).await?.is_none() {
                    return Ok(());
                }
                store.note(Note { at, by: "", action: "log-in failed", subject: &email, detail: "" }).await
            };
            if let Err(error) = noted.await {
                tracing::warn!(%error, "a log-in that failed is not in the audit");
            }
        });
    }

    /// A turn at hashing, which takes memory and a core. Hashing has turns of its own, so that pages that think do not keep
    /// administrators out.
    pub(super) async fn hashing_turn(&self) -> Result<OwnedSemaphorePermit, ShopError> {
        let turn = Arc::clone(&self.hashing).acquire_owned();
        match tokio::time::timeout(self.executor.patience(), turn).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(ShopError::Busy),
        }
    }
}

/// Refuses a new password that is too short or too long.
pub(super) fn judge_length(password: &str) -> Result<(), AdminError> {
    if (LEAST_CHARACTERS..=MOST_CHARACTERS).contains(&password.chars().count()) {
        return Ok(());
    }
    Err(AdminError::PasswordLength { least: LEAST_CHARACTERS, most: MOST_CHARACTERS })
}

/// Hashes on a thread that serves no requests.
pub(super) async fn hashed<T: Send + 'static>(
    turn: OwnedSemaphorePermit,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ShopError> {
    let done = tokio::task::spawn_blocking(move || {
        let answer = work();
        drop(turn);
        answer
    });
    done.await.map_err(|error| ShopError::Failed(error.to_string()))
}
