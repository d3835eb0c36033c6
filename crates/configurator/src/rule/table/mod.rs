//! Tables: rules that name the combinations of several attributes' values that may be, or those that may not.

#[cfg(feature = "file")]
pub(super) mod names;
pub(super) mod read;
pub(super) mod written;

pub use read::{Misread, TableError, TablePlace};
pub use written::{MOST_COLUMNS, MOST_ROWS, WrittenTable};

use super::retire::Retired;
use super::syntax::{Comparison, Condition, Number};
use crate::attribute::Attribute;
use crate::ids::{AttributeId, OptionId};

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The option of a choice: `frame`.
    Choice(AttributeId),
    /// The value of a number: `width`.
    Number(AttributeId),
    /// Whether a multi-choice has an option: `extras has lamp`.
    Member(AttributeId, OptionId),
    /// Whether a text is not empty: `filled(words)`.
    Filled(AttributeId),
}

/// What a row asks for in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Anything: `*`.
    Any,
    /// One of these options, in order, each once; `absent` for where the attribute does not apply: `red or blue or -`.
    Options {
        /// The options.
        options: Vec<OptionId>,
        /// Whether the attribute may be away.
        absent: bool,
    },
    /// A number in one of these ranges, ends included: `20..30 or 40`.
    Numbers {
        /// Lowest and highest of each; the ends of `i64` stand for none.
        ranges: Vec<(i64, i64)>,
        /// Whether the attribute may be away.
        absent: bool,
    },
    /// That it is so, or not: `yes`, `no`.
    Is(bool),
}

/// A table of combinations that may be, or of those that may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Whether its rows are the combinations that may be.
    pub allowed: bool,
    /// Its columns, none twice.
    pub columns: Vec<Column>,
    /// Cells by row, one for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Column {
    /// The attribute that it is about.
    #[must_use]
    pub fn attribute(self) -> AttributeId {
        match self {
            Self::Choice(id) | Self::Number(id) | Self::Member(id, _) | Self::Filled(id) => id,
        }
    }

    /// Every column that a table over these attributes can have, in their order.
    pub fn all(attributes: &[Attribute]) -> impl Iterator<Item = Self> {
        attributes.iter().enumerate().flat_map(|(index, attribute)| {
            let id = AttributeId::new(index);
            let kind = &attribute.kind;
            let found: Vec<Self> = if kind.is_multi_choice() {
                attribute.option_ids().map(|(option, _)| Self::Member(id, option)).collect()
            } else if kind.is_choice() {
                vec![Self::Choice(id)]
            } else if kind.is_number() {
                vec![Self::Number(id)]
            } else {
                vec![Self::Filled(id)]
            };
            found
        })
    }

    /// How it is written.
    #[must_use]
    pub fn text(self, attributes: &[Attribute]) -> String {
        let attribute = &attributes[self.attribute().index()];
        match self {
            Self::Choice(_) | Self::Number(_) => attribute.code.clone(),
            Self::Member(_, option) => format!("{} has {}", attribute.code, attribute.option(option).code),
            Self::Filled(_) => format!("filled({})", attribute.code),
        }
    }
}

impl Cell {
    /// How it is written.
    #[must_use]
    pub fn text(&self, column: Column, attributes: &[Attribute]) -> String {
        let attribute = &attributes[column.attribute().index()];
        let (mut parts, absent): (Vec<String>, bool) = match self {
            Self::Any => return "*".to_owned(),
            Self::Is(is) => return if *is { "yes" } else { "no" }.to_owned(),
            Self::Options { options, absent } => {
                (options.iter().map(|option| attribute.option(*option).code.clone()).collect(), *absent)
            }
            Self::Numbers { ranges, absent } => (ranges.iter().map(range).collect(), *absent),
        };
        parts.extend(absent.then(|| "-".to_owned()));
        parts.join(" or ")
    }

    /// What a design meets that the cell fits; nothing where every design does.
    fn condition(&self, column: Column, attribute: &Attribute) -> Option<Condition> {
        let is = |condition: Condition, is: bool| if is { condition } else { negated(condition) };
        Some(match (self, column) {
            (Self::Is(wanted), Column::Member(id, option)) => is(Condition::Has(id, option), *wanted),
            (Self::Is(wanted), Column::Filled(id)) => is(Condition::Filled(id), *wanted),
            (Self::Options { options, absent: false }, Column::Choice(id)) => {
                Condition::In(id, options.clone())
            }
            (Self::Options { options, absent: true }, Column::Choice(id)) => {
                // Whoever has none of the others has one of these, or is away.
                let others = attribute.option_ids().map(|(option, _)| option);
                let others: Vec<OptionId> = others.filter(|option| !options.contains(option)).collect();
                if others.is_empty() {
                    return None;
                }
                negated(Condition::In(id, others))
            }
            (Self::Numbers { ranges, absent }, Column::Number(id)) => {
                let value = || Number::Attribute(id);
                let least = attribute.kind.numbers().map_or(i64::MIN, |numbers| numbers.min);
                let is_there = Condition::Compare(value(), Comparison::AtLeast, Number::Constant(least));
                let away = absent.then(|| negated(is_there));
                let within = ranges.iter().map(|&ends| within(id, ends));
                within.chain(away).reduce(|one, other| Condition::Or(Box::new(one), Box::new(other)))?
            }
            _ => return None,
        })
    }
}

fn negated(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn range(&(low, high): &(i64, i64)) -> String {
    match (low, high) {
        _ if low == high => low.to_string(),
        (i64::MIN, _) => format!("..{high}"),
        (_, i64::MAX) => format!("{low}.."),
        _ => format!("{low}..{high}"),
    }
}

/// That a number lies in a range.
fn within(id: AttributeId, (low, high): (i64, i64)) -> Condition {
    let compare =
        |comparison, end| Condition::Compare(Number::Attribute(id), comparison, Number::Constant(end));
    match (low, high) {
        _ if low == high => compare(Comparison::Equal, low),
        (i64::MIN, _) => compare(Comparison::AtMost, high),
        (_, i64::MAX) => compare(Comparison::AtLeast, low),
        _ => {
            let (from, to) = (compare(Comparison::AtLeast, low), compare(Comparison::AtMost, high));
            Condition::And(Box::new(from), Box::new(to))
        }
    }
}

/// Joins conditions in a tree as flat as can be: of a thousand rows no walk goes a thousand deep.
fn joined(
    mut conditions: Vec<Condition>,
    join: fn(Box<Condition>, Box<Condition>) -> Condition,
) -> Option<Condition> {
    while conditions.len() > 1 {
        let mut pairs = Vec::with_capacity(conditions.len().div_ceil(2));
        let mut rest = conditions.into_iter();
        while let Some(one) = rest.next() {
            pairs.push(match rest.next() {
                Some(other) => join(Box::new(one), Box::new(other)),
                None => one,
            });
        }
        conditions = pairs;
    }
    conditions.pop()
}

impl Table {
    /// Reads what a table says.
    ///
    /// # Errors
    /// Everything that is wrong with its names and values; none of it is about how many rows there are.
    pub fn read(written: &WrittenTable, attributes: &[Attribute]) -> Result<Self, Vec<TableError>> {
        read::table(written, attributes)
    }

    /// The table as it is written.
    #[must_use]
    pub fn written(&self, attributes: &[Attribute]) -> WrittenTable {
        let cells = |row: &Vec<Cell>| {
            let cells = self.columns.iter().zip(row);
            cells.map(|(column, cell)| cell.text(*column, attributes)).collect()
        };
        WrittenTable {
            allowed: self.allowed,
            columns: self.columns.iter().map(|column| column.text(attributes)).collect(),
            rows: self.rows.iter().map(cells).collect(),
        }
    }

    /// What a design has to meet.
    #[must_use]
    pub fn condition(&self, attributes: &[Attribute]) -> Condition {
        let always = || Condition::Compare(Number::Constant(0), Comparison::Equal, Number::Constant(0));
        let row = |row: &Vec<Cell>| {
            let tests = self.columns.iter().zip(row).filter_map(|(column, cell)| {
                cell.condition(*column, &attributes[column.attribute().index()])
            });
            joined(tests.collect(), Condition::And).unwrap_or_else(always)
        };
        let rows = joined(self.rows.iter().map(row).collect(), Condition::Or);
        match (rows, self.allowed) {
            (Some(rows), true) => rows,
            (Some(rows), false) => negated(rows),
            (None, true) => negated(always()),
            (None, false) => always(),
        }
    }

    /// What is left of it once an option is retired: where one is asked for, its successor will do, too; a row that asks for nothing
    /// else goes. A column that is about the option alone goes with it, and with the rows that ask for it. `None` where it would then
    /// forbid everything, or nothing.
    #[must_use]
    pub fn without_option(&self, retired: Retired) -> Option<Self> {
        let own = Column::Member(retired.attribute, retired.option);
        let successor = retired.successor.filter(|_| self.allowed);
        let column = |column: &Column| match (*column == own, successor) {
            (false, _) => Some(*column),
            (true, Some(successor)) => Some(Column::Member(retired.attribute, successor)),
            (true, None) => None,
        };
        let columns: Vec<Option<Column>> = self.columns.iter().map(column).collect();
        let mut rows = Vec::new();
        'rows: for row in &self.rows {
            let mut cells = Vec::new();
            for ((was, column), cell) in self.columns.iter().zip(&columns).zip(row) {
                let mut cell = cell.clone();
                if let (Cell::Options { options, absent }, Column::Choice(id)) = (&mut cell, was)
                    && *id == retired.attribute
                    && let Some(at) = options.iter().position(|option| *option == retired.option)
                {
                    options.remove(at);
                    options.extend(successor.filter(|successor| !options.contains(successor)));
                    options.sort_unstable();
                    if options.is_empty() && !*absent {
                        continue 'rows;
                    }
                }
                match column {
                    // Who had to do without the option may have its successor, as before.
                    Some(_) if *was == own && cell == Cell::Is(false) => cells.push(Cell::Any),
                    Some(_) => cells.push(cell),
                    None if cell == Cell::Is(true) => continue 'rows,
                    None => {}
                }
            }
            rows.push(cells);
        }
        let columns: Vec<Column> = columns.into_iter().flatten().collect();
        let is_twice = columns.iter().enumerate().any(|(at, column)| columns[..at].contains(column));
        (!rows.is_empty() && !columns.is_empty() && !is_twice).then_some(Self {
            allowed: self.allowed,
            columns,
            rows,
        })
    }
}
