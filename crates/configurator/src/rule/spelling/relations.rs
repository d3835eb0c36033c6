//! How people write that things are compared or joined, and what the rule language has for it.

use super::signs::ARROW;
use crate::rule::syntax::Comparison;

/// How a test compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    NotEqual,
    In,
    NotIn,
    Has,
    HasNot,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Between,
}

/// Relations in words and signs, the longest first; the rule language's own come last of their kind.
pub(super) const RELATIONS: &[(&[&str], Relation)] = &[
    (&["is", "greater", "than", "or", "equal", "to"], Relation::AtLeast),
    (&["is", "less", "than", "or", "equal", "to"], Relation::AtMost),
    (&["is", "not", "one", "of"], Relation::NotIn),
    (&["is", "greater", "than"], Relation::Greater),
    (&["is", "more", "than"], Relation::Greater),
    (&["is", "less", "than"], Relation::Less),
    (&["is", "at", "least"], Relation::AtLeast),
    (&["is", "at", "most"], Relation::AtMost),
    (&["is", "one", "of"], Relation::In),
    (&["is", "none", "of"], Relation::NotIn),
    (&["is", "not", "in"], Relation::NotIn),
    (&["does", "not", "have"], Relation::HasNot),
    (&["does", "not", "contain"], Relation::HasNot),
    (&["does", "not", "include"], Relation::HasNot),
    (&["is", "over"], Relation::Greater),
    (&["is", "above"], Relation::Greater),
    (&["is", "under"], Relation::Less),
    (&["is", "below"], Relation::Less),
    (&["larger", "than"], Relation::Greater),
    (&["smaller", "than"], Relation::Less),
    (&["up", "to"], Relation::AtMost),
    (&["greater", "than"], Relation::Greater),
    (&["more", "than"], Relation::Greater),
    (&["less", "than"], Relation::Less),
    (&["at", "least"], Relation::AtLeast),
    (&["at", "most"], Relation::AtMost),
    (&["one", "of"], Relation::In),
    (&["none", "of"], Relation::NotIn),
    (&["is", "between"], Relation::Between),
    (&["is", "in"], Relation::In),
    (&["is", "not"], Relation::NotEqual),
    (&["not", "equals"], Relation::NotEqual),
    (&["not", "in"], Relation::NotIn),
    (&["has", "not"], Relation::HasNot),
    (&["has", "no"], Relation::HasNot),
    (&["not", "has"], Relation::HasNot),
    (&["between"], Relation::Between),
    (&["over"], Relation::Greater),
    (&["above"], Relation::Greater),
    (&["exceeds"], Relation::Greater),
    (&["under"], Relation::Less),
    (&["below"], Relation::Less),
    (&["is"], Relation::Equal),
    (&["equals"], Relation::Equal),
    (&["contains"], Relation::Has),
    (&["contain"], Relation::Has),
    (&["includes"], Relation::Has),
    (&["include"], Relation::Has),
    (&["have"], Relation::Has),
    (&["has"], Relation::Has),
    (&["in"], Relation::In),
    (&["not in"], Relation::NotIn),
    (&["="], Relation::Equal),
    (&["!="], Relation::NotEqual),
    (&["<"], Relation::Less),
    (&["<="], Relation::AtMost),
    (&[">"], Relation::Greater),
    (&[">="], Relation::AtLeast),
];

impl Relation {
    /// As the rule language writes it.
    pub(super) fn written(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::In => "in",
            Self::NotIn => "not in",
            Self::Has => "has",
            Self::HasNot => "not … has",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Between => ">= … and … <=",
        }
    }

    pub(super) fn comparison(self) -> Option<Comparison> {
        Some(match self {
            Self::Equal => Comparison::Equal,
            Self::NotEqual => Comparison::NotEqual,
            Self::Less => Comparison::Less,
            Self::AtMost => Comparison::AtMost,
            Self::Greater => Comparison::Greater,
            Self::AtLeast => Comparison::AtLeast,
            Self::In | Self::NotIn | Self::Has | Self::HasNot | Self::Between => return None,
        })
    }
}

/// How conditions are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connective {
    And,
    Or,
    Implies,
    Iff,
    /// The two don't hold together.
    Excludes,
}

/// Connectives in words and signs, the longest first.
pub(super) const CONNECTIVES: &[(&[&str], Connective)] = &[
    (&["if", "and", "only", "if"], Connective::Iff),
    (&["only", "if"], Connective::Implies),
    (&["and"], Connective::And),
    (&["or"], Connective::Or),
    (&["implies"], Connective::Implies),
    (&[ARROW], Connective::Implies),
    (&["requires"], Connective::Implies),
    (&["require"], Connective::Implies),
    (&["needs"], Connective::Implies),
    (&["need"], Connective::Implies),
    (&["iff"], Connective::Iff),
    (&["excludes"], Connective::Excludes),
    (&["exclude"], Connective::Excludes),
    (&["forbids"], Connective::Excludes),
];

impl Connective {
    /// As the rule language writes it.
    pub(super) fn written(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Implies => "implies",
            Self::Iff => "iff",
            Self::Excludes => "not (… and …)",
        }
    }

    /// How tightly it binds, and what its right side has to bind by at least.
    pub(super) fn binding(self) -> (u8, u8) {
        match self {
            Self::Iff => (1, 2),
            Self::Implies => (2, 2),
            Self::Excludes => (2, 3),
            Self::Or => (3, 4),
            Self::And => (4, 5),
        }
    }
}
