//! Groups that a menu may be for.

use std::fmt;
use std::str::FromStr;

/// Whom a menu is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Who came by a campaign link: its code.
    Campaign(String),
    /// A segment of customers: its name.
    Segment(String),
    /// Who stated a use: its code.
    Use(String),
}

/// A text that is no group.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is no group; write campaign:, segment: or use: and which")]
pub struct InvalidGroup {
    /// The text.
    pub text: String,
}

impl fmt::Display for Group {
    /// As it is kept: `use:touring`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, which) = match self {
            Self::Campaign(code) => ("campaign", code),
            Self::Segment(name) => ("segment", name),
            Self::Use(code) => ("use", code),
        };
        write!(f, "{kind}:{which}")
    }
}

impl FromStr for Group {
    type Err = InvalidGroup;

    fn from_str(text: &str) -> Result<Self, InvalidGroup> {
        let invalid = || InvalidGroup { text: text.to_owned() };
        let (kind, which) =
            text.split_once(':').filter(|(_, which)| !which.is_empty()).ok_or_else(invalid)?;
        let which = which.to_owned();
        match kind {
            "campaign" => Ok(Self::Campaign(which)),
            "segment" => Ok(Self::Segment(which)),
            "use" => Ok(Self::Use(which)),
            _ => Err(invalid()),
        }
    }
}

impl TryFrom<String> for Group {
    type Error = InvalidGroup;

    fn try_from(text: String) -> Result<Self, InvalidGroup> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_read_as_it_is_written() {
        for text in ["use:touring", "segment:Regulars: since 2026", "campaign:spring-touring"] {
            assert_eq!(text.parse::<Group>().unwrap().to_string(), text);
        }
        for text in ["", "use", "use:", "mood:good"] {
            assert!(text.parse::<Group>().is_err(), "{text}");
        }
    }
}
