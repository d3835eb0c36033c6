//! What a shopper agreed to.

use crate::customers::customer::Customer;

/// What a shopper agreed to about personal starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// Whether they agreed to them.
    pub given: bool,
    /// The use they stated for the product at hand.
    pub stated_use: Option<String>,
    /// The id by which an experiment knows them, where they may be counted.
    pub visitor: Option<String>,
    /// Who is signed in, whose own orders may speak where they agreed to that.
    pub customer: Option<Customer>,
    /// The use that a campaign link states, for whoever came by it. It is remembered nowhere but in the address.
    pub by_campaign: Option<String>,
}

impl Consent {
    /// Whether a start for a use may be shown: to who agreed to that, and to who came by a link that says so itself.
    pub(crate) fn may_begin_with(&self, stated_use: Option<&str>) -> bool {
        self.given || stated_use.is_some() && self.by_campaign.as_deref() == stated_use
    }
}
