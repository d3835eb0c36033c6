//! Why something cannot be had, as data and in words.

use engine::effort::TooComplex;

use crate::ids::{AttributeId, RuleId};
use crate::value::Value;

/// Why an option cannot be chosen: a set of choices and of rules that cannot hold together with it, minimal as far as the
/// solver goes to find out ([`ServedBy::Solver`]), and otherwise always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The shopper's choices in the conflict. Where it is minimal, the option could be chosen without any of them.
    pub choices: Vec<AttributeId>,
    /// The rules in the conflict.
    pub rules: Vec<RuleId>,
    /// Whether the customisation budget is in it.
    pub budget: bool,
    /// What of those choices is in the way; for an option of a multi-choice also what of that multi-choice is.
    pub obstacles: Vec<Obstacle>,
    /// The reason in words.
    pub sentence: String,
}

/// A reason in words, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// What is in the way; empty where nothing that was chosen is.
    pub obstacles: String,
    /// What forbids it: the sentence of each rule, of bounds, of the budget.
    pub causes: Vec<String>,
}

/// A part of the design that is in the way of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The attribute.
    pub attribute: AttributeId,
    /// Its value; of a multi-choice only the options that matter.
    pub value: Value,
    /// Whether these options are in the way because they are missing.
    pub missing: bool,
}

/// No valid design has these choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCompletion {
    /// The choices contradict each other.
    #[error("{}", .0.sentence)]
    Conflict(Reason),
    /// It would take too long to find out.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
}
