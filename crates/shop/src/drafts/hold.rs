//! Why a draft is held, and what somebody agrees to who publishes one.

use configurator::RevisionNumber;

/// That somebody agreed to what publishing a draft does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// Nobody looks: what is loaded by a command is published if it is sound and its tests pass.
    Unasked,
    /// Somebody looked at what it does.
    Seen {
        /// The live revision that it was compared with; nothing where they did not say so.
        beside: Option<RevisionNumber>,
        /// Whether they said so once more where a price changes by much.
        twice: bool,
    },
}

/// Why a draft that is sound is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// This many test designs fail.
    Tests(usize),
    /// This many findings are neither filled nor meant.
    Findings(usize),
    /// Nobody agreed to what it does beside the live revision.
    NotSeen,
    /// Some price changes by much, or the currency, and nobody agreed twice.
    LargeChange,
    /// With what is sold out now, nothing of it could be ordered.
    NothingLeft,
}
