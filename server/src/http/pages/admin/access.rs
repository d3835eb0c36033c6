//! What each address of the admin takes.

use std::sync::LazyLock;

use shop::access::{Capability, Role};

use super::admin_access;

/// Who gets to a page of the admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody: it comes before the log-in, or ends it.
    Open,
    /// Those whose role lets them.
    Needs {
        /// What it takes to read the page.
        see: Capability,
        /// What it takes to send a form, the page's own and those on it that go elsewhere.
        act: Capability,
    },
}

/// What each address takes, to be asked by the addresses that pages write.
static TAKES: LazyLock<matchit::Router<Access>> = LazyLock::new(|| {
    let mut takes = matchit::Router::new();
    for (path, access) in admin_access() {
        if let Err(error) = takes.insert(path, access) {
            // The router of requests has the same paths and refused to start before.
            tracing::error!(path, %error, "an address of the admin is not known");
        }
    }
    takes
});

/// Whether somebody with this role may send a form to an address of the admin, as a page writes it.
pub(super) fn may_send(role: Role, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    match TAKES.at(path).map(|found| *found.value) {
        Ok(Access::Open) => true,
        Ok(Access::Needs { act, .. }) => role.may(act),
        Err(_) => false,
    }
}
