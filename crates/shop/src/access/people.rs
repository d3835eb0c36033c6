//! Who may look after the shop: all of them, their sessions, and those who leave.

use super::administrators::{AdminError, Administrator};
use super::roles::{Capability, Role};
use super::store::{OnPerson, Person, SessionSeen};
use crate::error::ShopError;
use crate::orders::buyer::normal_email;
use crate::secret::token_hash;
use crate::shop::Shop;

impl Shop {
    /// All administrators and who is invited, by their e-mail addresses.
    ///
    /// # Errors
    /// The store failed.
    pub async fn people(&self) -> Result<Vec<Person>, ShopError> {
        Ok(self.store.people(self.now()).await?)
    }

    /// Ends all sessions and invitations of an administrator: on a machine that was lost, they are logged out.
    ///
    /// # Errors
    /// There is no such administrator, or the store failed.
    pub async fn end_sessions(&self, email: &str, by: &str) -> Result<(), AdminError> {
        let of = self.on_person(email, by);
        let ended = self.store.end_sessions(&of).await?;
        if ended { Ok(()) } else { Err(AdminError::NoAdministrator { email: of.email }) }
    }

    /// The sessions that somebody is in, the one that was used last first, each with whether it is the one with this token.
    ///
    /// # Errors
    /// The store failed.
    pub async fn own_sessions(
        &self,
        email: &str,
        session: &str,
    ) -> Result<Vec<(SessionSeen, bool)>, ShopError> {
        let this = token_hash(session);
        let sessions = self.store.sessions_of(email, self.now()).await?.into_iter();
        let marked = |seen: SessionSeen| {
            let is_this = this.starts_with(&seen.key);
            (seen, is_this)
        };
        Ok(sessions.map(marked).collect())
    }

    /// Ends one of somebody's own sessions; `false` where it was over.
    ///
    /// # Errors
    /// The store failed.
    pub async fn end_own_session(&self, email: &str, key: &str) -> Result<bool, ShopError> {
        Ok(self.store.end_session_of(&self.on_person(email, email), key).await?)
    }

    /// Ends all of somebody's sessions but the one with this token; says how many.
    ///
    /// # Errors
    /// The store failed.
    pub async fn end_other_sessions(&self, email: &str, session: &str) -> Result<u64, ShopError> {
        Ok(self.store.end_other_sessions(&self.on_person(email, email), &token_hash(session)).await?)
    }

    /// Removes an administrator who leaves. What they did stays under their address.
    ///
    /// # Errors
    /// It is who asks, there is no such administrator, or the store failed.
    pub async fn remove_person(&self, email: &str, by: &str) -> Result<(), AdminError> {
        let of = self.on_person(email, by);
        if of.email == of.by {
            return Err(AdminError::Oneself);
        }
        let removed = self.store.remove_person(&of).await?;
        if !removed {
            return Err(AdminError::NoAdministrator { email: of.email });
        }
        tracing::info!("an administrator was removed");
        Ok(())
    }

    /// Gives somebody a role, from their next request on.
    ///
    /// # Errors
    /// No administrator would be left, there is nobody of this address, or the store failed.
    pub async fn set_role(&self, email: &str, role: Role, by: &str) -> Result<(), AdminError> {
        let of = self.on_person(email, by);
        if self.store.set_role(&of, role).await? {
            tracing::info!(role = role.code(), "somebody was given a role");
            return Ok(());
        }
        // Whoever gives others a role stays an administrator.
        if of.email == of.by {
            Err(AdminError::LastAdministrator)
        } else {
            Err(AdminError::NoAdministrator { email: of.email })
        }
    }

    /// Lets somebody do something, as their role says.
    ///
    /// # Errors
    /// [`AdminError::NotAllowed`] with the roles that may, and who gives roles; the store failed.
    pub async fn allow(&self, who: &Administrator, capability: Capability) -> Result<(), AdminError> {
        if who.role.may(capability) {
            return Ok(());
        }
        let people = self.people().await?.into_iter();
        let givers = people.filter(|person| person.has_password && person.role.may(Capability::ManagePeople));
        let ask = givers.map(|person| person.email).collect();
        Err(AdminError::NotAllowed { roles: capability.roles().to_vec(), ask })
    }

    pub(super) fn on_person(&self, email: &str, by: &str) -> OnPerson {
        OnPerson { email: normal_email(email), by: by.to_owned(), at: self.now() }
    }
}
