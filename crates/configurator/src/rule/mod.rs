//! The rule language: conditions and numbers over a design (syntax), what they come to (evaluation), and their text (parse,
//! print), and what menus say of them (sentence).

pub(crate) mod evaluation;
pub(crate) mod parse;
mod print;
mod retire;
mod sentence;
pub(crate) mod syntax;

pub use parse::{RuleError, Unknown, parse_condition, parse_number};
pub use retire::{Left, Retired};
pub use sentence::{Joined, Operand, Part, Relation, Sentence, Subject, Test};
pub use syntax::{Comparison, Condition, Number, Property};
