//! Access to the admin.

mod administrators;
mod attempts;
mod audit;
mod change_password;
pub(crate) mod key_store;
mod keys;
pub(crate) mod log_in_limits;
mod password;
mod people;
pub(crate) mod roles;
mod second_factor;
pub(crate) mod second_factor_store;
mod sessions;
pub(crate) mod store;
mod verify_audit;

pub use administrators::{AdminError, Administrator, Entered};
pub use attempts::Visitor;
pub use audit::{AuditEntry, AuditFault, AuditFaultKind, AuditKind, AuditQuery, AuditReport, Note};
pub use key_store::{ApiKey, Keeping, KeyStore, NewKey};
pub use keys::{KeyError, KeyHolder, WantedKey};
pub use log_in_limits::LogInLimits;
pub use roles::{Capability, Role, UnknownRole};
pub use second_factor::{Proposal, RECOVERY_CODES, SecondFactor};
pub use second_factor_store::{Proof, SecondFactorRow, SecondFactorStore};
pub use store::{
    AcceptedInvite, AccessStore, NewInvite, OnPerson, Person, SESSION_KEY, SessionRow, SessionSeen,
};
