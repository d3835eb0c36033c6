//! What is wrong with the text of a rule.

use std::ops::Range;

use crate::ids::AttributeId;

/// What is wrong with the text of a rule, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// Bytes of the text it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// The name it is about, if that means nothing.
    pub unknown: Option<Unknown>,
}

impl RuleError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { span, message: message.into(), advice: advice.into(), unknown: None }
    }
}

/// A name in a rule that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// No attribute has this code.
    Attribute(String),
    /// This attribute has no such option.
    Option(AttributeId),
    /// No option of this attribute, or of any one, has such a property.
    Property(Option<AttributeId>),
}
