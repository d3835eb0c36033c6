//! What each address of the admin takes.

use shop::access::{Capability, Role};

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

/// What each address of the admin takes, to be asked by the addresses that pages write.
#[derive(Debug, Default)]
pub(super) struct Addresses(matchit::Router<Access>);

impl Addresses {
    /// Those of a list, as routes write them.
    pub(super) fn of(list: Vec<(&'static str, Access)>) -> Self {
        let mut addresses = matchit::Router::new();
        for (path, access) in list {
            if let Err(error) = addresses.insert(path, access) {
                // The router of requests has the same paths and refused to start before.
                tracing::error!(path, %error, "an address of the admin is not known");
            }
        }
        Self(addresses)
    }

    /// Whether somebody with this role may send a form to an address, as a page writes it.
    pub(super) fn may_send(&self, role: Role, address: &str) -> bool {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        match self.0.at(path).map(|found| *found.value) {
            Ok(Access::Open) => true,
            Ok(Access::Needs { act, .. }) => role.may(act),
            Err(_) => false,
        }
    }
}
