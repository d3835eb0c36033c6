//! Access to the admin.

mod administrators;
mod attempts;
pub(crate) mod log_in_limits;
mod password;
mod people;
mod roles;
mod sessions;
pub(crate) mod store;

pub use administrators::{AdminError, Administrator, Entered};
pub use attempts::Visitor;
pub use log_in_limits::LogInLimits;
pub use roles::{Capability, Role, UnknownRole};
pub use store::{AcceptedInvite, AccessStore, AuditEntry, NewInvite, OnPerson, Person, SessionRow};
