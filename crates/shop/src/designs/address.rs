//! A design as an address says it.

use configurator::RevisionNumber;
use personalize::Start;

/// A design as an address says it; nothing of it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DesignAddress {
    /// The revision it is pinned to; the live one when absent.
    pub revision: Option<RevisionNumber>,
    /// The revision whose design goes on with this one: what differs is told.
    pub from: Option<RevisionNumber>,
    /// What it starts from; what the shopper agreed to when absent.
    pub start: Option<Start>,
    /// Codes of attributes, and values as [`configurator::Product::write_value`] writes them; with what is kept beside these as
    /// [`configurator::Product::read_design`] reads it.
    pub choices: Vec<(String, String)>,
    /// Codes of numbers and texts, and what was typed for them and could not be taken.
    pub typed: Vec<(String, String)>,
}
