//! A value as people write it.

use serde::{Deserialize, Serialize};

/// A value as written: text for a choice or text attribute, a list for a multi-choice, a number for a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "expected a text, a whole number or a list of texts")]
pub enum ValueSource {
    /// A whole number.
    Number(i64),
    /// An option's code, or a text.
    Text(String),
    /// Codes of options.
    List(Vec<String>),
}

/// The value as [`crate::Product::read_choice`] reads it.
impl std::fmt::Display for ValueSource {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
            Self::List(codes) => codes.join(",").fmt(formatter),
        }
    }
}
