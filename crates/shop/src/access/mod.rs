//! Access to the admin.

mod administrators;
mod password;
pub(crate) mod store;

pub use administrators::{AdminError, Administrator};
pub use store::{AcceptedInvite, AccessStore, AuditEntry, NewInvite, SessionRow};
