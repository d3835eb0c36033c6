//! What a release is called and how it stands.

use std::fmt;
use std::str::FromStr;

/// The number of a release. Counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId(i64);

/// A text that no release has as its number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no release's number; they count from 1")]
pub struct InvalidReleaseId(String);

impl ReleaseId {
    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl TryFrom<i64> for ReleaseId {
    type Error = InvalidReleaseId;

    fn try_from(number: i64) -> Result<Self, InvalidReleaseId> {
        if number > 0 { Ok(Self(number)) } else { Err(InvalidReleaseId(number.to_string())) }
    }
}

impl FromStr for ReleaseId {
    type Err = InvalidReleaseId;

    fn from_str(text: &str) -> Result<Self, InvalidReleaseId> {
        text.parse::<i64>().map_err(|_| InvalidReleaseId(text.to_owned()))?.try_into()
    }
}

/// A text in the database that stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' stands for nothing")]
pub struct UnknownCode(String);

/// Gives values of a type their codes in the database.
macro_rules! coded {
    ($type:ident: $($value:ident = $code:literal),* $(,)?) => {
        impl $type {
            /// As it is kept.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$value => $code),* }
            }
        }

        impl TryFrom<String> for $type {
            type Error = UnknownCode;

            fn try_from(code: String) -> Result<Self, UnknownCode> {
                match &*code {
                    $($code => Ok(Self::$value),)*
                    _ => Err(UnknownCode(code)),
                }
            }
        }
    };
}

/// How a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseState {
    /// A second person has to agree to it before it is planned.
    Waiting,
    /// A second person did not agree to it.
    Refused,
    /// Its time has not come.
    Planned,
    /// It was published and has not ended.
    Live,
    /// What it replaced returned, where nothing newer was live.
    Ended,
    /// Somebody called it off before its time.
    Cancelled,
    /// Something stood against it at its time, and nothing was published.
    Failed,
}

coded!(
    ReleaseState: Waiting = "waiting", Refused = "refused", Planned = "planned", Live = "live", Ended = "ended",
    Cancelled = "cancelled", Failed = "failed",
);

/// What stood against a release at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Another revision of the product is live than the one that the draft was compared with.
    AnotherLive,
    /// The product was removed.
    Removed,
    /// The product is archived.
    Archived,
    /// The draft is not sound, as this version of the shop judges it.
    NotSound,
    /// A test design fails.
    Tests,
    /// Something looks forgotten.
    Findings,
    /// A price changes by more than was agreed to.
    LargeChange,
    /// So much is sold out that nothing of the draft could be ordered.
    NothingLeft,
    /// Its end had passed before the shop could publish it: the shop was down.
    TooLate,
}

coded!(
    Obstacle: AnotherLive = "another-live", Removed = "removed", Archived = "archived", NotSound = "not-sound",
    Tests = "tests", Findings = "findings", LargeChange = "large-change",
    NothingLeft = "nothing-left", TooLate = "too-late",
);

/// What became of a product when its release ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndOutcome {
    /// What was live before is live again.
    Returned,
    /// Something newer was live, and stays.
    Newer,
    /// What was live before was withdrawn, or there was nothing before: the release's revision stays.
    NothingBefore,
    /// What was live before is not sound, as this version of the shop judges it: the release's revision stays.
    NotSound,
    /// So much is sold out that nothing of what was live before could be ordered: the release's revision stays.
    NothingLeft,
}

coded!(
    EndOutcome: Returned = "returned", Newer = "newer", NothingBefore = "nothing-before", NotSound = "not-sound",
    NothingLeft = "nothing-left",
);
