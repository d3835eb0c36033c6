//! How a product stands in the shop.

use std::fmt;
use std::str::FromStr;

/// How a product stands in the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Never published: only the admin knows it.
    Begun,
    /// Never published, and taken back.
    Removed,
    /// On the list, and sold.
    Listed,
    /// Sold to whoever has a link; not on the list.
    Hidden,
    /// Not sold any more; orders keep everything.
    Archived,
    /// It has another address now.
    Moved,
}

/// A text that names no standing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no standing of a product")]
pub struct UnknownStanding(String);

impl Standing {
    const NAMES: [(&'static str, Self); 6] = [
        ("begun", Self::Begun),
        ("removed", Self::Removed),
        ("listed", Self::Listed),
        ("hidden", Self::Hidden),
        ("archived", Self::Archived),
        ("moved", Self::Moved),
    ];

    /// Its name, as it is kept and sent by forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, standing)| *standing == self).map_or("", |(name, _)| name)
    }

    /// Whether its designs can be ordered.
    #[must_use]
    pub fn is_sold(self) -> bool {
        matches!(self, Self::Listed | Self::Hidden)
    }

    /// Whether it was begun in the admin and never published: nothing of it is live.
    #[must_use]
    pub fn is_unpublished(self) -> bool {
        matches!(self, Self::Begun | Self::Removed)
    }

    /// Whether shoppers ever saw it.
    #[must_use]
    pub fn was_published(self) -> bool {
        matches!(self, Self::Listed | Self::Hidden | Self::Archived)
    }

    /// Whether somebody may decide that a product which stands like this is to stand like that. What was published is never
    /// removed, and only publishing lists what was not.
    #[must_use]
    pub fn may_become(self, other: Self) -> bool {
        let both = |which: fn(Self) -> bool| which(self) && which(other);
        self != other && (both(Self::was_published) || both(Self::is_unpublished))
    }
}

impl FromStr for Standing {
    type Err = UnknownStanding;

    fn from_str(text: &str) -> Result<Self, UnknownStanding> {
        let known = Self::NAMES.into_iter().find(|(name, _)| *name == text);
        known.map(|(_, standing)| standing).ok_or_else(|| UnknownStanding(text.to_owned()))
    }
}

impl TryFrom<String> for Standing {
    type Error = UnknownStanding;

    fn try_from(text: String) -> Result<Self, UnknownStanding> {
        text.parse()
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_publishing_leads_from_a_draft_to_the_shop() {
        for (name, standing) in Standing::NAMES {
            assert_eq!(name.parse(), Ok(standing));
            assert_eq!(standing.name(), name);
            assert!(!standing.may_become(standing));
            assert!(!standing.may_become(Standing::Moved) && !Standing::Moved.may_become(standing));
        }
        assert!(Standing::Listed.may_become(Standing::Archived));
        assert!(Standing::Archived.may_become(Standing::Hidden));
        assert!(
            Standing::Begun.may_become(Standing::Removed) && Standing::Removed.may_become(Standing::Begun)
        );
        assert!(
            !Standing::Begun.may_become(Standing::Listed) && !Standing::Listed.may_become(Standing::Removed)
        );
    }
}
