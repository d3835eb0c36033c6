//! The rule language: conditions and numbers over a design (syntax), what they come to (evaluation), and their text (parse,
//! print), what menus say of them (sentence) and shoppers read (said), tables of combinations (table), and what people write who come
//! from other tools (spelling).

mod error;
pub(crate) mod evaluation;
pub(crate) mod parse;
mod print;
mod retire;
#[cfg(feature = "file")]
pub(crate) mod said;
mod sentence;
#[cfg(feature = "file")]
pub(crate) mod spelling;
pub(crate) mod syntax;
mod table;

pub use parse::{RuleError, Unknown, parse_condition, parse_number};
pub use retire::{Left, Retired};
pub use sentence::{Joined, Operand, Part, Relation, Sentence, Subject, Test};
#[cfg(feature = "file")]
pub use spelling::{correction, correction_of_condition};
pub use syntax::{Comparison, Condition, Number, Property};
pub use table::{
    Cell, Column, MOST_COLUMNS, MOST_ROWS, Misread, Table, TableError, TablePlace, WrittenTable,
};
