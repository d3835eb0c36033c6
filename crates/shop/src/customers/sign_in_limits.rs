//! How many links to sign in are mailed.

/// How many links to sign in there are within 15 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInLimits {
    /// Mailed to one address.
    pub address: u32,
    /// Asked for by one client, for any addresses.
    pub client: u32,
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self { address: 3, client: 10 }
    }
}
