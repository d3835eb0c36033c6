//! The rule language: conditions and numbers over a design (syntax), what they come to (evaluation), and their text (parse,
//! print).

pub(crate) mod evaluation;
pub(crate) mod parse;
mod print;
mod retire;
pub(crate) mod syntax;

pub use parse::{RuleError, Unknown, parse_condition, parse_number};
pub use retire::{Left, Retired};
pub use syntax::{Comparison, Condition, Number, Property};
