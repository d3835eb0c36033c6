//! Access to the admin.

mod administrators;
mod attempts;
mod audit;
pub(crate) mod log_in_limits;
mod password;
mod people;
mod roles;
mod second_factor;
mod sessions;
pub(crate) mod store;

pub use administrators::{AdminError, Administrator, Entered};
pub use attempts::Visitor;
pub use audit::{AuditEntry, AuditFault, AuditFaultKind, AuditKind, AuditQuery, AuditReport, Note};
pub use log_in_limits::LogInLimits;
pub use roles::{Capability, Role, UnknownRole};
pub use second_factor::{Proof, Proposal, RECOVERY_CODES, SecondFactor, SecondFactorRow, SecondFactorStore};
pub use store::{AcceptedInvite, AccessStore, NewInvite, OnPerson, Person, SessionRow};
