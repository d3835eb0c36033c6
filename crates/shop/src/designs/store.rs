//! What kept designs ask of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use personalize::Start;
use time::OffsetDateTime;

use crate::orders::order::OrderNumber;
use crate::store_error::StoreError;

/// A design that is kept behind a link. Nothing in it says whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDesign {
    /// The product.
    pub slug: Slug,
    /// The revision it was made on.
    pub revision: RevisionNumber,
    /// What it starts from.
    pub start: Start,
    /// Codes of attributes, and values as [`configurator::Product::write_value`] writes them; with what is kept beside these as
    /// [`configurator::Product::read_design`] reads it.
    pub choices: Vec<(String, String)>,
    /// Why it is kept.
    pub keeping: Keeping,
    /// What it is called, where it was given a name.
    pub name: Option<String>,
    /// The total that was seen, in minor units.
    pub total: i64,
    /// ISO 4217 code of the total.
    pub currency: String,
    /// The lead time that was seen.
    pub lead_time_days: u32,
    /// When it was kept last.
    pub kept_at: OffsetDateTime,
}

/// Why a design is kept, which decides for how long and whether it may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is one's own and follows its changes; forgotten a while after the last.
    Saved,
    /// It is one's own as it was, under a name: only that changes; forgotten a while after it was kept.
    Named,
    /// It is a copy for others: it never changes, and is not forgotten.
    Shared,
    /// It was ordered: it never changes, and is not forgotten.
    Ordered,
}

impl Keeping {
    /// Its name in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Named => "named",
            Self::Shared => "shared",
            Self::Ordered => "ordered",
        }
    }
}

/// A name that no [`Keeping`] has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a design is 'saved', 'named', 'shared' or 'ordered', and not '{0}'")]
pub struct UnknownKeeping(String);

impl TryFrom<String> for Keeping {
    type Error = UnknownKeeping;

    fn try_from(name: String) -> Result<Self, UnknownKeeping> {
        let known = [Self::Saved, Self::Named, Self::Shared, Self::Ordered];
        known.into_iter().find(|known| known.as_str() == name).ok_or(UnknownKeeping(name))
    }
}

/// The design that a saved one is expected to be before it is replaced.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'e> {
    /// The revision.
    pub revision: RevisionNumber,
    /// What it starts from.
    pub start: &'e Start,
    /// The choices.
    pub choices: &'e [(String, String)],
}

/// Designs that are kept behind links. Of a link's token the store has the SHA-256, in hexadecimal digits.
#[async_trait]
pub trait DesignStore: Send + Sync {
    /// The design behind a link.
    async fn kept_design(&self, token_hash: &str) -> Result<Option<KeptDesign>, StoreError>;
    /// Keeps a design behind a new link.
    async fn keep_design(&self, token_hash: &str, design: &KeptDesign) -> Result<(), StoreError>;
    /// Replaces a saved design of the same product; `false`, and nothing written, where the link's is another one than expected, was
    /// shared or ordered, or is not there.
    async fn replace_design(
        &self,
        token_hash: &str,
        expected: Expected<'_>,
        design: &KeptDesign,
    ) -> Result<bool, StoreError>;
    /// Notes under which number a saved design of a product was ordered, where it is still what was ordered. Nothing happens
    /// to any other.
    async fn design_ordered(
        &self,
        token_hash: &str,
        slug: &Slug,
        ordered: Expected<'_>,
        number: OrderNumber,
    ) -> Result<(), StoreError>;
    /// Gives a named design another name; `false`, and nothing written, where the link's is none.
    async fn rename_design(&self, token_hash: &str, name: &str) -> Result<bool, StoreError>;
    /// Forgets the saved and named designs that were kept before a time; returns how many those were.
    async fn forget_designs(&self, before: OffsetDateTime) -> Result<u64, StoreError>;
}
