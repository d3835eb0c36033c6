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
}
