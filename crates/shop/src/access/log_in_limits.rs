//! How often log-ins may fail.

/// Most failed attempts to log in within 15 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogInLimits {
    /// By one client, or by one browser that was logged in before, for one account.
    pub account: u32,
    /// By one client, for any accounts. Successes count, too.
    pub client: u32,
    /// For one account, by all who were never logged in to it.
    pub strangers: u32,
}

impl Default for LogInLimits {
    fn default() -> Self {
        Self { account: 5, client: 30, strangers: 100 }
    }
}
