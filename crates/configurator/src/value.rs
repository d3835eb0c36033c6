//! The value of one attribute.

use crate::ids::{AttributeId, OptionId};

/// A set of at most [`OptionSet::MOST`] options of one attribute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OptionSet(u64);

impl OptionSet {
    /// The most options a multi-choice can have.
    pub const MOST: usize = 64;

    /// Whether the option is in it.
    #[must_use]
    pub fn contains(self, option: OptionId) -> bool {
        option.index() < Self::MOST && self.0 >> option.index() & 1 == 1
    }

    /// The set with this option added if it was not in it, and removed if it was.
    #[must_use]
    pub fn toggled(self, option: OptionId) -> Self {
        if option.index() < Self::MOST { Self(self.0 ^ 1 << option.index()) } else { self }
    }

    /// How many options are in it.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The options that are in one of the two sets only.
    #[must_use]
    pub fn symmetric_difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    /// Its options that are not in the other set.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// A bit for each option, the lowest for the first.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Its options, in order.
    pub fn iter(self) -> impl Iterator<Item = OptionId> {
        (0..Self::MOST).filter(move |index| self.0 >> index & 1 == 1).map(OptionId::new)
    }
}

impl FromIterator<OptionId> for OptionSet {
    fn from_iter<I: IntoIterator<Item = OptionId>>(options: I) -> Self {
        options
            .into_iter()
            .filter(|option| option.index() < Self::MOST)
            .fold(Self::default(), |set, option| Self(set.0 | 1 << option.index()))
    }
}

/// An option of a multi-choice that is to be in its set, or not to be.
pub(crate) type Member = (AttributeId, OptionId, bool);

/// The value of one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Of a choice.
    Option(OptionId),
    /// Of a multi-choice.
    Options(OptionSet),
    /// Of a number.
    Number(i64),
    /// Of a text.
    Text(String),
    /// None: the attribute doesn't apply.
    Absent,
}

/// What the values of a kind look like: what a product file writes, a form asks for and a rule may say of them follows from
/// this alone. Several kinds may share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueShape {
    /// [`Value::Option`].
    Option,
    /// [`Value::Options`].
    Options,
    /// [`Value::Number`].
    Number,
    /// [`Value::Text`].
    Text,
}

impl Value {
    /// Whether the option is the chosen one, or one of them.
    #[must_use]
    pub fn includes(&self, option: OptionId) -> bool {
        match self {
            Self::Option(chosen) => *chosen == option,
            Self::Options(set) => set.contains(option),
            Self::Number(_) | Self::Text(_) | Self::Absent => false,
        }
    }
}
