//! Who a customer is.

use std::fmt;

use time::OffsetDateTime;

/// What a customer is called by wherever their address is not to stand: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CustomerId(String);

impl CustomerId {
    /// The customer of this id.
    #[must_use]
    pub fn new(id: String) -> Self {
        Self(id)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody who proved that an e-mail address is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// What they are called by.
    pub id: CustomerId,
    /// Their e-mail address, in lower case.
    pub email: String,
    /// When they proved it first.
    pub since: OffsetDateTime,
}
