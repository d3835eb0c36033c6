//! The rule language: conditions and numbers over a design (syntax), what they come to (evaluation), and their text (parse,
//! print), what menus say of them (sentence), and tables of combinations (table).

mod error;
pub(crate) mod evaluation;
pub(crate) mod parse;
mod print;
mod retire;
mod sentence;
pub(crate) mod syntax;
mod table;

pub use parse::{RuleError, Unknown, parse_condition, parse_number};
pub use retire::{Left, Retired};
pub use sentence::{Joined, Operand, Part, Relation, Sentence, Subject, Test};
pub use syntax::{Comparison, Condition, Number, Property};
pub use table::{
    Cell, Column, MOST_COLUMNS, MOST_ROWS, Misread, Table, TableError, TablePlace, WrittenTable,
};
