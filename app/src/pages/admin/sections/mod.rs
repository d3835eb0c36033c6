//! The sections of the editor, one file each: product, attributes with their options, rules, standard design, budget.
//! Each is a form of its own.

mod attribute;
mod basics;
mod budget;
mod condition;
mod design;
mod layer;
mod listed;
mod long_menu;
mod menus;
mod option_look;
mod option_row;
mod option_rows;
mod options;
mod quantity;
mod rules;
mod section;
mod standard;
mod tables;
mod unsettled;

pub(super) use attribute::attribute;
pub(super) use basics::basics;
pub(super) use budget::budget;
pub(super) use listed::listed;
pub(super) use option_look::option_look;
pub(super) use rules::rules;
pub(super) use section::SECTION;
pub(super) use standard::standard;
pub(super) use tables::{cell_words, column_words, written_words};
