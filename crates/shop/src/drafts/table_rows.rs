//! The rows of a table rule as they come from people and spreadsheets, and as they leave: values by code or name, several at once,
//! ranges as people write them.

use configurator::Product;
use configurator::rule::{Cell, Column, Misread, WrittenTable};
use words::Language;

use super::rows::{LeftRows, harmless, unguarded};
use super::tables::capital;

/// A cell as it is written in a rule, from what somebody typed.
///
/// # Errors
/// It asks for nothing that the column can be.
pub(super) fn written_cell(typed: &str, column: Column, product: &Product) -> Result<String, Misread> {
    let attributes = &product.attributes;
    let text = match column {
        Column::Member(..) | Column::Filled(_) => truth(typed),
        Column::Choice(id) => {
            let attribute = product.attribute(id);
            let code = |part: &str| {
                let named = |option: &&configurator::Opt| option.label.trim().eq_ignore_ascii_case(part);
                match attribute.option_by_code(part) {
                    Some(_) => part.to_owned(),
                    None => {
                        attribute.options().iter().find(named).map_or(part, |option| &option.code).to_owned()
                    }
                }
            };
            // A name may have any sign in it: it is looked for as a whole first.
            let whole = code(typed.trim());
            if whole == typed.trim() { parts(typed, &[" or ", "|", "/", ",", ";"], code) } else { whole }
        }
        Column::Number(_) => parts(typed, &[" or ", "|", ", ", ";"], range),
    };
    let is_option =
        matches!(column, Column::Choice(id) if product.attribute(id).option_by_code(&text).is_some());
    let text =
        if !is_option && matches!(&*text.to_lowercase(), "" | "any" | "*") { "*".to_owned() } else { text };
    Cell::read(&text, column, attributes).map(|cell| cell.text(column, attributes))
}

/// What stands between some signs, each in other words, as a rule writes several values.
fn parts(typed: &str, signs: &[&str], other: impl Fn(&str) -> String) -> String {
    let found = signs.iter().fold(vec![typed], |found, sign| {
        found.into_iter().flat_map(|part| part.split(sign)).collect::<Vec<_>>()
    });
    let found = found.into_iter().map(str::trim).filter(|part| !part.is_empty());
    found.map(other).collect::<Vec<_>>().join(" or ")
}

fn truth(typed: &str) -> String {
    match &*typed.trim().to_lowercase() {
        "yes" | "true" | "1" | "x" => "yes".to_owned(),
        "no" | "false" | "0" => "no".to_owned(),
        _ => typed.trim().to_owned(),
    }
}

/// A range as a rule writes it: `20 to 30`, `20-30` and `20–30` are the same.
fn range(typed: &str) -> String {
    let dashed = typed.char_indices().skip(1).find(|(_, letter)| matches!(letter, '-' | '–' | '—'));
    let ends = typed.split_once("..").or_else(|| typed.split_once(" to ")).or_else(|| {
        let (at, sign) = dashed?;
        Some((&typed[..at], &typed[at + sign.len_utf8()..]))
    });
    match ends {
        Some((low, high)) => format!("{}..{}", low.trim(), high.trim()),
        None => typed.to_owned(),
    }
}

/// Adds the rows of a spreadsheet or CSV file to a table; those that can't be read come back as they were.
pub(super) fn read(
    table: &mut WrittenTable,
    columns: &[Option<Column>],
    text: &str,
    product: &Product,
    language: Language,
) -> LeftRows {
    let first = text.lines().next().unwrap_or_default();
    let by = [b'\t', b';', b','].into_iter().max_by_key(|by| first.bytes().filter(|byte| byte == by).count());
    let by = by.unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new();
    let mut rows = rows
        .delimiter(by)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut kept = csv::WriterBuilder::new().delimiter(by).flexible(true).from_writer(Vec::new());
    let (mut left, mut order, mut head) = (LeftRows::default(), (0..columns.len()).collect::<Vec<_>>(), None);
    for (index, row) in rows.records().enumerate() {
        let number = index + 1;
        let Ok(row) = row else {
            left.in_text += 1;
            left.messages.push(language.admin().row_unreadable(&number));
            continue;
        };
        if index == 0
            && let Some(named) = named(&row, table, columns, product)
        {
            order = named;
            head = Some(row);
            continue;
        }
        match cells(&row, &order, columns, product, language) {
            Ok(cells) => table.rows.push(cells),
            Err(wrong) => {
                if let Some(head) = head.take() {
                    // The names of the columns stand over what comes back.
                    let _ = kept.write_record(&head);
                }
                let _ = kept.write_record(&row);
                left.in_text += 1;
                let told = |(column, message): (Option<String>, String)| match column {
                    Some(column) => language.admin().row_wrong(&number, &column, &message),
                    None => language.tables().row_wrong(&number, &message),
                };
                left.messages.extend(wrong.into_iter().map(told));
            }
        }
    }
    let text = kept.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    left.text = text.unwrap_or_default();
    left
}

/// The columns that a first row names, each by its place in the table; nothing where it names none, or not all of them.
fn named(
    row: &csv::StringRecord,
    table: &WrittenTable,
    columns: &[Option<Column>],
    product: &Product,
) -> Option<Vec<usize>> {
    let place = |cell: &str| {
        let cell = unguarded(cell);
        (0..columns.len()).find(|&at| {
            table.columns[at].eq_ignore_ascii_case(cell)
                || columns[at].is_some_and(|column| column_label(column, product).eq_ignore_ascii_case(cell))
        })
    };
    let found: Vec<usize> = row.iter().map(place).collect::<Option<_>>()?;
    let is_each_once = (0..columns.len()).all(|at| found.iter().filter(|place| **place == at).count() <= 1);
    (is_each_once && !found.is_empty()).then_some(found)
}

/// What people call a column.
fn column_label(column: Column, product: &Product) -> String {
    let attribute = product.attribute(column.attribute());
    let label = if attribute.label.is_empty() { &attribute.code } else { &attribute.label };
    match column {
        Column::Member(_, option) => format!("{label}: {}", attribute.option(option).label),
        Column::Choice(_) | Column::Number(_) | Column::Filled(_) => label.clone(),
    }
}

/// What is wrong with a row: the column, and what to do.
type WrongCell = (Option<String>, String);

/// The cells of a row, as the table has them; a column that is not named is any.
fn cells(
    row: &csv::StringRecord,
    order: &[usize],
    columns: &[Option<Column>],
    product: &Product,
    language: Language,
) -> Result<Vec<String>, Vec<WrongCell>> {
    let say = language.tables();
    if row.len() > order.len() {
        return Err(vec![(None, say.too_many_values(&row.len(), &order.len()))]);
    }
    let mut cells = vec!["*".to_owned(); columns.len()];
    let mut wrong = Vec::new();
    for (at, typed) in order.iter().zip(row) {
        let Some(column) = columns[*at] else { continue };
        match written_cell(unguarded(typed), column, product) {
            Ok(text) => cells[*at] = text,
            Err(misread) => {
                let message = say.cell_wrong(&capital(&misread.message), &misread.advice);
                wrong.push((Some(column_label(column, product)), message));
            }
        }
    }
    if wrong.is_empty() { Ok(cells) } else { Err(wrong) }
}

/// A table as a CSV file of its columns, which [`read`] takes back as it is. What a spreadsheet would take for a formula begins with
/// an apostrophe.
pub(super) fn write(table: &WrittenTable, language: Language) -> Option<String> {
    let by = if language.words().locale.decimal == "," { b';' } else { b',' };
    let mut rows = csv::WriterBuilder::new()
        .delimiter(by)
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    rows.write_record(table.columns.iter().map(|column| harmless(column))).ok()?;
    for row in &table.rows {
        rows.write_record(row.iter().map(|cell| harmless(cell))).ok()?;
    }
    String::from_utf8(rows.into_inner().ok()?).ok()
}
