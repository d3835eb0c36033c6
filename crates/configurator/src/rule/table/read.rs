//! What a written table means over a product's attributes, and what in it means nothing.

use std::ops::Range;

use engine::names::nearest;

use super::written::{MOST_COLUMNS, Spans, WrittenTable};
use super::{Cell, Column, Table};
use crate::attribute::Attribute;
use crate::ids::AttributeId;
use crate::rule::error::{RuleError, Unknown};
use crate::rule::syntax::Condition;

/// A part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TablePlace {
    /// A column, by its place.
    Column(usize),
    /// A row.
    Row(usize),
    /// A cell, by row and column.
    Cell(usize, usize),
}

/// What is wrong with a part of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Where.
    pub place: TablePlace,
    /// What is wrong with it.
    pub wrong: Misread,
}

/// What is wrong with a column or cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// The name it is about, if that means nothing.
    pub unknown: Option<Unknown>,
}

fn wrong<T>(message: impl Into<String>, advice: impl Into<String>) -> Result<T, Misread> {
    Err(Misread { message: message.into(), advice: advice.into(), unknown: None })
}

/// Reads a table's text as the condition that it is.
pub(crate) fn condition(text: &str, attributes: &[Attribute]) -> Result<Condition, Vec<RuleError>> {
    let (written, spans) = WrittenTable::read_with_spans(text).map_err(|error| vec![error])?;
    let located = |TableError { place, wrong: Misread { message, advice, unknown } }: TableError| RuleError {
        unknown,
        ..RuleError::new(span(place, &spans), message, advice)
    };
    let table = table(&written, attributes);
    let table = table.map_err(|errors| errors.into_iter().map(located).collect::<Vec<_>>())?;
    if table.rows.is_empty() {
        let end = text.len();
        return Err(vec![RuleError::new(end..end, "the table has no row", "Add a row, or remove the rule.")]);
    }
    Ok(table.condition(attributes))
}

fn span(place: TablePlace, spans: &Spans) -> Range<usize> {
    let row = |row: usize| spans.rows.get(row);
    match place {
        TablePlace::Column(column) => spans.columns.get(column).cloned(),
        TablePlace::Row(at) => row(at).map(|(whole, _)| whole.clone()),
        TablePlace::Cell(at, column) => row(at).and_then(|(_, cells)| cells.get(column).cloned()),
    }
    .unwrap_or_default()
}

pub(super) fn table(written: &WrittenTable, attributes: &[Attribute]) -> Result<Table, Vec<TableError>> {
    let mut errors = Vec::new();
    let mut report = |place, wrong: Misread| errors.push(TableError { place, wrong });
    let told = |message: String, advice: &str| Misread { message, advice: advice.to_owned(), unknown: None };
    if written.columns.len() > MOST_COLUMNS {
        let message = format!("there are more than {MOST_COLUMNS} columns");
        report(TablePlace::Column(MOST_COLUMNS), told(message, "Split it into several tables."));
    }
    let mut columns: Vec<Option<Column>> = Vec::new();
    for (at, text) in written.columns.iter().enumerate() {
        let found = match Column::read(text, attributes) {
            Ok(found) if columns.contains(&Some(found)) => {
                wrong(format!("the column '{text}' is there twice"), "Remove one of them.")
            }
            found => found,
        };
        columns.push(found.map_err(|wrong| report(TablePlace::Column(at), wrong)).ok());
    }
    let mut rows = Vec::new();
    for (at, texts) in written.rows.iter().enumerate() {
        if texts.len() != columns.len() {
            let message = format!("this row has {} values for {} columns", texts.len(), columns.len());
            report(TablePlace::Row(at), told(message, "Write one for each column; '*' stands for any."));
            continue;
        }
        let mut cells = Vec::with_capacity(texts.len());
        for (place, (text, column)) in texts.iter().zip(&columns).enumerate() {
            // Under a column that means nothing no value can be judged.
            let Some(column) = column else { continue };
            match Cell::read(text, *column, attributes) {
                Ok(cell) => cells.push(cell),
                Err(wrong) => report(TablePlace::Cell(at, place), wrong),
            }
        }
        rows.push(cells);
    }
    if errors.is_empty() {
        Ok(Table { allowed: written.allowed, columns: columns.into_iter().flatten().collect(), rows })
    } else {
        Err(errors)
    }
}

fn find<'a>(code: &str, attributes: &'a [Attribute]) -> Result<(AttributeId, &'a Attribute), Misread> {
    let found = attributes.iter().position(|attribute| attribute.code == code);
    found.map(|index| (AttributeId::new(index), &attributes[index])).ok_or_else(|| {
        let advice = nearest(code, attributes.iter().map(|attribute| attribute.code.as_str()));
        let unknown = Some(Unknown::Attribute(code.to_owned()));
        Misread { message: format!("there is no attribute '{code}'"), advice, unknown }
    })
}

impl Column {
    /// The column that a text is.
    ///
    /// # Errors
    /// It is none.
    pub fn read(text: &str, attributes: &[Attribute]) -> Result<Self, Misread> {
        column(text, attributes)
    }
}

impl Cell {
    /// What a text asks for in a column.
    ///
    /// # Errors
    /// It asks for nothing that the column can be.
    pub fn read(text: &str, column: Column, attributes: &[Attribute]) -> Result<Self, Misread> {
        cell(text, column, attributes)
    }
}

fn column(text: &str, attributes: &[Attribute]) -> Result<Column, Misread> {
    let filled = text.strip_prefix("filled").map(str::trim);
    if let Some(code) = filled.and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')')) {
        let (id, attribute) = find(code.trim(), attributes)?;
        return match attribute.kind.is_text() {
            true => Ok(Column::Filled(id)),
            false => wrong(format!("{} is no text", attribute.code), "'filled' is for text attributes."),
        };
    }
    if let Some((code, option)) = text.split_once(" has ") {
        let (id, attribute) = find(code.trim(), attributes)?;
        if !attribute.kind.is_multi_choice() {
            let message = format!("{} is no choice of several", attribute.code);
            return wrong(message, format!("Write '{}' as the column.", attribute.code));
        }
        return option_of(option.trim(), (id, attribute)).map(|option| Column::Member(id, option));
    }
    let (id, attribute) = find(text, attributes)?;
    let code = &attribute.code;
    if attribute.kind.is_choice() {
        Ok(Column::Choice(id))
    } else if attribute.kind.is_number() {
        Ok(Column::Number(id))
    } else if attribute.kind.is_multi_choice() {
        wrong(format!("{code} is a choice of several"), format!("Write '{code} has option' as the column."))
    } else {
        wrong(format!("{code} is a text"), format!("Write 'filled({code})' as the column."))
    }
}

fn option_of(
    code: &str,
    (id, attribute): (AttributeId, &Attribute),
) -> Result<crate::ids::OptionId, Misread> {
    attribute.option_by_code(code).ok_or_else(|| {
        let advice = nearest(code, attribute.options().iter().map(|option| option.code.as_str()));
        let message = format!("there is no option of {} '{code}'", attribute.code);
        Misread { message, advice, unknown: Some(Unknown::Option(id)) }
    })
}

fn cell(text: &str, column: Column, attributes: &[Attribute]) -> Result<Cell, Misread> {
    if text == "*" {
        return Ok(Cell::Any);
    }
    let id = column.attribute();
    let attribute = &attributes[id.index()];
    let parts = text.split(" or ").map(str::trim);
    match column {
        Column::Member(..) | Column::Filled(_) => match text {
            "yes" => Ok(Cell::Is(true)),
            "no" => Ok(Cell::Is(false)),
            _ => wrong(format!("'{text}' is neither yes nor no"), "Write 'yes', 'no' or '*' for either."),
        },
        Column::Choice(_) => {
            let (mut options, mut absent) = (Vec::new(), false);
            for part in parts {
                match part {
                    "-" => absent = true,
                    code => options.push(option_of(code, (id, attribute))?),
                }
            }
            options.sort_unstable();
            options.dedup();
            Ok(Cell::Options { options, absent })
        }
        Column::Number(_) => {
            let (mut ranges, mut absent) = (Vec::new(), false);
            for part in parts {
                match part {
                    "-" => absent = true,
                    ends => ranges.push(numbers(ends)?),
                }
            }
            Ok(Cell::Numbers { ranges, absent })
        }
    }
}

/// The ends of a range: `20..30`, `20..`, `..30`, or a number by itself.
fn numbers(text: &str) -> Result<(i64, i64), Misread> {
    let number =
        |text: &str| text.parse::<i64>().ok().filter(|number| number.unsigned_abs() <= 1_000_000_000_000);
    let end = |text: &str, open: i64| if text.is_empty() { Some(open) } else { number(text) };
    let ends = match text.split_once("..") {
        Some(("", "")) => None,
        Some((low, high)) => end(low.trim_end(), i64::MIN).zip(end(high.trim_start(), i64::MAX)),
        None => number(text).map(|number| (number, number)),
    };
    match ends {
        Some((low, high)) if low > high => {
            wrong(format!("the range {text} is empty"), "Write the smaller number first.")
        }
        Some(ends) => Ok(ends),
        None => wrong(format!("'{text}' is no number"), "Write a whole number, or a range such as 20..30."),
    }
}
