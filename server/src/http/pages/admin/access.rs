//! What each address of the admin takes.

use shop::access::Capability;

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
