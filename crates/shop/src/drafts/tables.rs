//! Rules that are tables of combinations: what a form of one sends, read into the rule's text.
//!
//! Cells are sent as `cell.ROW.COLUMN`, by their places in the table that the form was made from, as they are written; `several` stands
//! for the values that are ticked as `tick.ROW.COLUMN`. Another row is `cell.new.COLUMN`; rows of a spreadsheet are `rows`. What the
//! button says comes last: `insert:` with a row, `insert-all` for every `gap`, `remove:` with a row's place, `remove-idle` for every
//! `idle`, `add-column` for `column`, `remove-column:` with its place.

use configurator::Product;
use configurator::rule::{Column, MOST_COLUMNS, MOST_ROWS, WrittenTable};
use configurator::source::{Source, entry_keys};
use words::Language;

use super::rows::LeftRows;
use super::sent::{Sent, UnreadableField};
use super::table_rows::{self, written_cell};

/// What is sent for a cell of which several values are chosen.
const SEVERAL: &str = "several";
/// The button that begins a table in the form of the rules.
pub(super) const BEGIN: &str = "begin-table";
/// A row that is not there yet.
const NEW: &str = "new";

/// A form of a table, read: its rule as text, and rows that can't be taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReadTable {
    /// The fields of the rule.
    pub(super) fields: Vec<(String, String)>,
    pub(super) left: LeftRows,
}

/// Why a form of a table was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TableFault {
    /// There is no such table.
    Unknown,
    /// Cells that can't be read.
    Unreadable(Vec<UnreadableField>),
    /// Values are to be chosen first; nothing else was asked for.
    Shown,
}

/// The place of a rule that a form calls so, and its table.
pub(super) fn find(source: &Source, key: &str) -> Option<(usize, WrittenTable)> {
    let keys = entry_keys(source.rules.iter().map(|rule| rule.code.as_str()));
    let index = keys.iter().position(|known| known == key)?;
    let text = &source.rules[index].rule;
    if !WrittenTable::is_meant(text) {
        return None;
    }
    WrittenTable::read(text).ok().map(|table| (index, table))
}

/// What forms call the last rule.
#[must_use]
pub fn last_rule(source: &Source) -> Option<String> {
    entry_keys(source.rules.iter().map(|rule| rule.code.as_str())).pop()
}

/// Begins a table in a form of rules: the text of another rule with the columns that are ticked.
///
/// # Errors
/// What is to be done first.
pub(super) fn begin(fields: &mut Vec<(String, String)>, language: Language) -> Result<(), UnreadableField> {
    let wrong = |message: String| UnreadableField { field: "column".to_owned(), message };
    let say = language.tables();
    if fields.iter().any(|(name, text)| name == "new.rule" && !text.trim().is_empty()) {
        return Err(wrong(say.other_rule_first().to_owned()));
    }
    let named = |wanted: &'static str| {
        fields.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.clone())
    };
    let columns: Vec<String> = named("column").collect();
    if columns.is_empty() || columns.len() > MOST_COLUMNS {
        return Err(wrong(say.choose_columns(&MOST_COLUMNS)));
    }
    let allowed = named("rows_are").next().as_deref() != Some("forbidden");
    let text = WrittenTable { allowed, columns, rows: Vec::new() }.text();
    fields.retain(|(name, _)| name != "new.rule");
    fields.push(("new.rule".to_owned(), text));
    Ok(())
}

/// Reads a form of a table into the text of its rule.
///
/// # Errors
/// See [`TableFault`].
pub(super) fn read(
    source: &Source,
    key: &str,
    fields: &[(String, String)],
    language: Language,
) -> Result<ReadTable, TableFault> {
    let (_, table) = find(source, key).ok_or(TableFault::Unknown)?;
    let product = Product::readable(source);
    let columns = table.columns.iter().map(|text| Column::read(text, &product.attributes).ok()).collect();
    let mut form =
        TableForm { product: &product, table, columns, sent: Sent::new(fields, language), is_open: false };
    form.cells();
    form.new_row();
    if form.is_open {
        return Err(TableFault::Shown);
    }
    form.remove_rows();
    let left = form.pasted();
    form.act();
    if form.table.rows.len() > MOST_ROWS {
        let message = language.tables().too_many_rows(&MOST_ROWS);
        form.sent.wrong("rows", message);
    }
    if let Some(allowed) = form.sent.text("rows_are") {
        form.table.allowed = allowed != "forbidden";
    }
    let mut read = vec![(format!("rule.{key}"), form.table.text())];
    read.extend(form.sent.text("sentence").map(|sentence| (format!("sentence.{key}"), sentence.to_owned())));
    form.sent.done().map_err(TableFault::Unreadable)?;
    // What is as it was stays as it was written.
    let saved = find(source, key).map(|(index, table)| (&source.rules[index].rule, table));
    if let Some((text, table)) = saved
        && read[0].1 == table.text()
    {
        read[0].1.clone_from(text);
    }
    Ok(ReadTable { fields: read, left })
}

struct TableForm<'f> {
    product: &'f Product,
    table: WrittenTable,
    /// What the columns are; nothing for those that mean nothing.
    columns: Vec<Option<Column>>,
    sent: Sent<'f>,
    /// Whether values are still to be chosen.
    is_open: bool,
}

impl TableForm<'_> {
    /// The cells that are sent. Those that are as they were are not judged: what they lack is told on the page.
    fn cells(&mut self) {
        for row in 0..self.table.rows.len() {
            for column in 0..self.table.columns.len() {
                let was = self.table.rows[row].get(column).cloned();
                if let Some(text) = self.cell(&row.to_string(), column, was.as_deref()) {
                    let cells = &mut self.table.rows[row];
                    cells.resize(self.columns.len().max(cells.len()), "*".to_owned());
                    cells[column] = text;
                }
            }
        }
    }

    /// A cell as it is to be written; nothing where it stays as it is, or what is sent can't be read.
    fn cell(&mut self, row: &str, column: usize, was: Option<&str>) -> Option<String> {
        let field = format!("cell.{row}.{column}");
        let typed = self.sent.text(&field)?;
        let known = self.columns[column]?;
        let text = if typed == SEVERAL {
            let ticks = self.sent.fields.get(format!("tick.{row}.{column}").as_str()).cloned();
            let Some(ticks) = ticks else {
                // Asked for just now, or nothing is ticked of what there is.
                if self.sent.text(&format!("ticked.{row}.{column}")).is_none() {
                    self.is_open = true;
                } else {
                    let label = self.product.attribute(known.attribute()).label.clone();
                    self.sent.wrong(&field, self.sent.language().tables().choose_value(&label));
                }
                return None;
            };
            ticks.join(" or ")
        } else {
            typed.to_owned()
        };
        if was == Some(text.as_str()) {
            return None;
        }
        match written_cell(&text, known, self.product) {
            Ok(text) => Some(text).filter(|text| was != Some(text)),
            Err(wrong) => {
                let message =
                    self.sent.language().tables().cell_wrong(&capital(&wrong.message), &wrong.advice);
                self.sent.wrong(&field, message);
                None
            }
        }
    }

    /// Another row, where something is chosen for one.
    fn new_row(&mut self) {
        let mut cells = vec!["*".to_owned(); self.columns.len()];
        for (column, cell) in cells.iter_mut().enumerate() {
            if let Some(text) = self.cell(NEW, column, Some("*")) {
                *cell = text;
            }
        }
        if cells.iter().any(|cell| cell != "*") || self.sent.text("do") == Some("add-row") {
            self.table.rows.push(cells);
        }
    }

    /// Rows that were pasted.
    fn pasted(&mut self) -> LeftRows {
        let Some(text) = self.sent.text("rows").filter(|text| !text.is_empty()) else {
            return LeftRows::default();
        };
        let replaces = self.sent.ticked("replace");
        let before = if replaces { std::mem::take(&mut self.table.rows) } else { Vec::new() };
        let text = text.replace("\r\n", "\n");
        let left =
            table_rows::read(&mut self.table, &self.columns, &text, self.product, self.sent.language());
        // Where none can be read, those that there are stay.
        if replaces && self.table.rows.is_empty() {
            self.table.rows = before;
        }
        left
    }

    /// Everything that is sent under a name.
    fn all(&self, name: &str) -> Vec<String> {
        let sent = self.sent.fields.get(name).into_iter().flatten();
        sent.map(|text| (*text).to_owned()).collect()
    }

    /// Takes rows away, by their places in the table that the form was made from.
    fn remove_rows(&mut self) {
        let rows = match self.sent.text("do").unwrap_or_default().split_once(':') {
            Some(("remove", row)) => vec![row.to_owned()],
            _ if self.sent.text("do") == Some("remove-idle") => self.all("idle"),
            _ => return,
        };
        let gone: Vec<usize> = rows.iter().filter_map(|row| row.parse().ok()).collect();
        let mut at = 0;
        self.table.rows.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }

    /// What the button says, but for rows that go.
    fn act(&mut self) {
        let action = self.sent.text("do").unwrap_or_default().to_owned();
        let (verb, rest) = action.split_once(':').unwrap_or((&action, ""));
        match verb {
            "insert" => self.insert(rest),
            "insert-all" => self.all("gap").iter().for_each(|row| self.insert(row)),
            "add-column" => self.add_column(),
            "remove-column" => {
                let columns = self.table.columns.len();
                if let Some(at) = rest.parse::<usize>().ok().filter(|at| *at < columns && columns > 1) {
                    self.table.columns.remove(at);
                    let rows = self.table.rows.iter_mut().filter(|row| at < row.len());
                    rows.for_each(|row| drop(row.remove(at)));
                }
            }
            _ => {}
        }
    }

    /// Adds a row as it is written: `red, *`.
    fn insert(&mut self, row: &str) {
        let text = format!("({}) in (({row}))", self.table.columns.join(", "));
        let read = WrittenTable::read(&text).map(|read| read.rows).unwrap_or_default();
        let width = self.table.columns.len();
        for row in read.into_iter().filter(|row| row.len() == width) {
            if !self.table.rows.contains(&row) {
                self.table.rows.push(row);
            }
        }
    }

    fn add_column(&mut self) {
        let columns = &mut self.table.columns;
        let is_new =
            |text: &&str| columns.iter().all(|column| column != text) && columns.len() < MOST_COLUMNS;
        let known = |text: &&str| Column::read(text, &self.product.attributes).is_ok();
        let Some(text) = self.sent.text("column").filter(is_new).filter(known) else {
            let message = self.sent.language().tables().choose_columns(&MOST_COLUMNS);
            return self.sent.wrong("column", message);
        };
        columns.push(text.to_owned());
        self.table.rows.iter_mut().for_each(|row| row.push("*".to_owned()));
    }
}

/// A message as a sentence begins.
pub(super) fn capital(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    first + letters.as_str()
}

/// A rule's text as lists of changes show it: of a table its first rows.
pub(super) fn shortened(text: &str) -> String {
    const ROWS: usize = 6;
    let mut lines = text.lines();
    let first: Vec<&str> = lines.by_ref().take(ROWS + 1).collect();
    if !WrittenTable::is_meant(text) || lines.count() < 2 {
        return text.to_owned();
    }
    format!("{}\n  …", first.join("\n"))
}
