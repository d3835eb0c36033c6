//! What a published product is called: its address in the shop, and the numbers of its revisions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A product's address in the shop: at most 60 lower-case letters, digits and single hyphens between them, such as
/// `travel-bike`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// A text that can't be a product's address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' can't be a product's address; use lower-case letters and digits with hyphens between them, such as travel-bike"
)]
pub struct InvalidSlug {
    /// The text.
    pub text: String,
}

/// Most bytes of a product's address.
const LONGEST: usize = 60;

impl Slug {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, InvalidSlug> {
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= LONGEST && text.split('-').all(plain) {
            Ok(Self(text))
        } else {
            Err(InvalidSlug { text })
        }
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, InvalidSlug> {
        text.to_owned().try_into()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a product's revision. Counts from 1 for each product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct RevisionNumber(i64);

/// A number or text that can't be a revision's number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is no revision; its number is 1 or more")]
pub struct InvalidRevision {
    /// What it was instead.
    pub text: String,
}

impl RevisionNumber {
    /// The first revision of every product.
    pub const FIRST: Self = Self(1);

    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }

    /// The number of the revision after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl TryFrom<i64> for RevisionNumber {
    type Error = InvalidRevision;

    fn try_from(number: i64) -> Result<Self, InvalidRevision> {
        if number >= 1 { Ok(Self(number)) } else { Err(InvalidRevision { text: number.to_string() }) }
    }
}

impl FromStr for RevisionNumber {
    type Err = InvalidRevision;

    fn from_str(text: &str) -> Result<Self, InvalidRevision> {
        let invalid = || InvalidRevision { text: text.to_owned() };
        text.parse::<i64>().map_err(|_| invalid())?.try_into().map_err(|_| invalid())
    }
}

impl From<RevisionNumber> for i64 {
    fn from(number: RevisionNumber) -> Self {
        number.0
    }
}

impl fmt::Display for RevisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        for right in ["bike", "travel-bike", "bike2", &"x".repeat(60)] {
            assert_eq!(right.parse::<Slug>().unwrap().as_str(), right);
        }
        for wrong in ["", "Bike", "travel bike", "-bike", "bike-", "a--b", "räder", "a/b", &"x".repeat(61)] {
            let error = wrong.parse::<Slug>().unwrap_err();
            assert_eq!(error.text, wrong);
        }
    }

    #[test]
    fn revisions_count_from_one() {
        assert_eq!("1".parse(), Ok(RevisionNumber::FIRST));
        assert_eq!(RevisionNumber::FIRST.next().get(), 2);
        for wrong in ["", "0", "-1", "1.5", "x", "99999999999999999999"] {
            assert_eq!(wrong.parse::<RevisionNumber>().unwrap_err().text, wrong);
        }
    }

    #[test]
    fn both_are_written_as_what_they_wrap_and_checked_on_reading() {
        assert_eq!(
            serde_json::to_string(&("bike".parse::<Slug>().unwrap(), RevisionNumber(3))).unwrap(),
            r#"["bike",3]"#
        );
        assert_eq!(serde_json::from_str::<(Slug, RevisionNumber)>(r#"["bike",3]"#).unwrap().1.get(), 3);
        for wrong in [r#"["Bike",3]"#, r#"["bike",0]"#] {
            assert!(serde_json::from_str::<(Slug, RevisionNumber)>(wrong).is_err(), "{wrong}");
        }
    }
}
