//! Options as a table that was pasted from a spreadsheet or a CSV file: good rows change the options, bad ones come back as they
//! were, with what is wrong at its cell, and are sent again as fields.

mod known;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use configurator::source::{AttributeSource, OptionSource};
use configurator::{Colour, Currency, MOST_ENTRIES, Money};
use words::{Admin, Language};

use self::known::KnownOptions;
use super::sent::{Sent, UnreadableField};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Code,
    Name,
    Price,
    Description,
    Weight,
    Days,
    Points,
    Colour,
    OnMenu,
    Benefits,
    Values,
    Parts,
    Cost,
    Meant,
}

/// Columns by the names that the first row gives them.
const COLUMNS: [(&str, Column); 14] = [
    ("code", Column::Code),
    ("name", Column::Name),
    ("price", Column::Price),
    ("description", Column::Description),
    ("weight", Column::Weight),
    ("days", Column::Days),
    ("points", Column::Points),
    ("colour", Column::Colour),
    ("on_menu", Column::OnMenu),
    ("benefits", Column::Benefits),
    ("values", Column::Values),
    ("parts", Column::Parts),
    ("cost", Column::Cost),
    ("meant", Column::Meant),
];

/// Those whose cells have several entries.
const LISTS: [(&str, Column); 4] = [COLUMNS[9], COLUMNS[10], COLUMNS[11], COLUMNS[13]];

/// Names of the columns of a table of options, in the order of its file.
pub const OPTION_COLUMNS: [&str; 14] = {
    let mut names = [""; 14];
    let mut at = 0;
    while at < names.len() {
        names[at] = COLUMNS[at].0;
        at += 1;
    }
    names
};

/// Beginnings of what spreadsheets take for formulas.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The most rows that come back as fields; those beyond come back as text.
const MOST_SHOWN: usize = 50;

/// What parts the entries of a cell that has several.
const BETWEEN: [char; 3] = [',', ';', '\n'];

/// An attribute's options as a CSV file of all columns, which [`read`] takes back as it is. Texts that a spreadsheet would take for
/// a formula begin with an apostrophe.
pub(super) fn write(attribute: &AttributeSource, currency: &str, language: Language) -> Option<String> {
    let decimal = language.words().locale.decimal;
    let by = if decimal == "," { b';' } else { b',' };
    let mut rows =
        csv::WriterBuilder::new().delimiter(by).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.write_record(OPTION_COLUMNS).ok()?;
    let amount = |amount: i64| match Currency::new(currency) {
        Some(currency) => Money::new(amount, currency).decimal().replace('.', decimal),
        None => amount.to_string(),
    };
    for option in &attribute.options {
        let cell = |column: Column| match column {
            Column::Code => option.code.clone(),
            Column::Name => harmless(&option.label),
            Column::Price => amount(option.price),
            Column::Description => harmless(&option.description),
            Column::Weight => option.weight.to_string(),
            Column::Days => option.lead_time_days.to_string(),
            Column::Points => option.points.map(|points| points.to_string()).unwrap_or_default(),
            Column::Colour => option.swatch.clone().unwrap_or_default(),
            Column::OnMenu => if option.available { "yes" } else { "no" }.to_owned(),
            Column::Benefits => numbers_in_cell(&option.benefits),
            Column::Values => numbers_in_cell(&option.values),
            Column::Parts => harmless(&option.parts.join(", ")),
            Column::Cost => option.cost.map(amount).unwrap_or_default(),
            Column::Meant => harmless(&option.meant.join(", ")),
        };
        rows.write_record(COLUMNS.map(|(_, column)| cell(column))).ok()?;
    }
    String::from_utf8(rows.into_inner().ok()?).ok()
}

/// Names with a number each, as one cell has them: `volume = 12; size = 3`.
fn numbers_in_cell(numbers: &BTreeMap<String, i64>) -> String {
    let numbers: Vec<String> = numbers.iter().map(|(name, number)| format!("{name} = {number}")).collect();
    harmless(&numbers.join("; "))
}

/// A text that is no formula. One that begins with an apostrophe gets another, so that every text comes back as it was.
pub(super) fn harmless(text: &str) -> String {
    if text.starts_with(FORMULAS) || text.starts_with('\'') { format!("'{text}") } else { text.to_owned() }
}

/// A text as it was before [`harmless`].
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(FORMULAS) || text.starts_with('\'') => text,
        _ => cell,
    }
}

/// Rows that can't be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftRows {
    /// Them as they were, under the first row; empty where all were taken, or come back as fields.
    pub text: String,
    /// How many these are, and those that are no text at all.
    pub in_text: usize,
    /// What is wrong with them, by row and column.
    pub messages: Vec<String>,
    /// Those that come back as fields, each with what is wrong at its cells.
    pub rows: Vec<LeftRow>,
}

impl LeftRows {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.in_text + self.rows.len()
    }
}

/// A row that can't be taken as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftRow {
    /// Which row of the table it was, the first being the one that names columns.
    pub number: usize,
    /// What its fields are called by: its number, or where another row is called so, the next one. It stays as long as it comes back.
    pub key: usize,
    /// Its cells.
    pub cells: Vec<LeftCell>,
}

/// A cell of such a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftCell {
    /// The name of its column, one of [`OPTION_COLUMNS`].
    pub column: &'static str,
    /// What it says.
    pub text: String,
    /// What is wrong with it; empty where nothing is.
    pub message: String,
}

/// What the names of fields begin with that are cells of rows which came back: `left.7.price`.
const LEFT: &str = "left.";

impl LeftRows {
    /// The rows that come back as the fields of a form, and what is wrong with which.
    #[must_use]
    pub fn as_fields(&self) -> (Vec<(String, String)>, Vec<UnreadableField>) {
        let (mut fields, mut messages) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let key = row.key;
            fields.push((format!("{LEFT}{key}.row"), row.number.to_string()));
            for cell in &row.cells {
                let field = format!("{LEFT}{key}.{}", cell.column);
                if !cell.message.is_empty() {
                    messages.push(UnreadableField { field: field.clone(), message: cell.message.clone() });
                }
                // A line of text keeps no line breaks.
                let is_list = LISTS.iter().any(|(name, _)| *name == cell.column);
                let text = if is_list { cell.text.replace('\n', ", ") } else { cell.text.clone() };
                fields.push((field, text));
            }
        }
        (fields, messages)
    }
}

/// Whether all rows that came back are left out, those in the text with them.
pub(super) fn are_left_out(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(name, action)| name == "do" && action == "rows-out")
}

/// Rows that came back and are sent again, without those that are left out.
pub(super) fn sent_again(fields: &[(String, String)]) -> Vec<LeftRow> {
    if are_left_out(fields) {
        return Vec::new();
    }
    let mut rows: BTreeMap<usize, LeftRow> = BTreeMap::new();
    let mut left_out = BTreeSet::new();
    for (name, value) in fields {
        let found = name.strip_prefix(LEFT).and_then(|name| name.split_once('.'));
        let Some((key, field)) = found.and_then(|(key, field)| Some((key.parse::<usize>().ok()?, field)))
        else {
            continue;
        };
        let text = value.trim().replace("\r\n", "\n");
        let row = rows.entry(key).or_insert_with(|| LeftRow { number: key, key, cells: Vec::new() });
        match (field, OPTION_COLUMNS.iter().find(|column| **column == field)) {
            ("out", _) => drop(left_out.insert(key)),
            ("row", _) => row.number = text.parse().unwrap_or(row.number),
            (_, Some(&column)) => row.cells.push(LeftCell { column, text, message: String::new() }),
            _ => {}
        }
    }
    rows.retain(|key, row| !left_out.contains(key) && row.cells.iter().any(|cell| !cell.text.is_empty()));
    rows.into_values().collect()
}

/// Reads rows that came back and a table into an attribute's options: those with a code or name that is there are changed, the
/// others added. Of rows about the same option none is taken.
///
/// # Errors
/// The first row of the table does not name columns, so that nothing can be read.
pub(super) fn read(
    attribute: &mut AttributeSource,
    (again, table): (Vec<LeftRow>, &str),
    currency: &str,
    language: Language,
) -> Result<LeftRows, UnreadableField> {
    let table = Table::read(table, language)?;
    if again.len() + table.rows.len() > MOST_ENTRIES {
        let message = language.assortment().too_many_options(&MOST_ENTRIES);
        return Err(UnreadableField { field: "rows".to_owned(), message });
    }
    let mut left = LeftRows::default();
    let mut kept = csv::WriterBuilder::new().delimiter(table.by).flexible(true).from_writer(Vec::new());
    let mut keys: BTreeSet<usize> = again.iter().map(|row| row.key).collect();
    let mut options = KnownOptions::of(&mut attribute.options);
    let rows = again.into_iter().map(|row| (row, None));
    let rows = rows.chain(table.rows.into_iter().map(|(row, written)| (row, Some(written))));
    let mut rows: Vec<(LeftRow, Option<csv::StringRecord>)> = rows.collect();
    mark_twice(&options, rows.iter_mut().map(|(row, _)| row).collect(), language);
    for (row, written) in rows {
        let mut row = match take(&mut options, row, currency, language) {
            Ok(()) => continue,
            Err(row) => row,
        };
        match written {
            None => left.rows.push(row),
            Some(_) if left.rows.len() < MOST_SHOWN => {
                row.key = (row.number..).find(|key| !keys.contains(key)).unwrap_or(row.number);
                keys.insert(row.key);
                left.rows.push(row);
            }
            Some(written) => {
                if left.in_text == 0 {
                    let _ = kept.write_record(&table.head);
                }
                let _ = kept.write_record(&written);
                left.in_text += 1;
                let wrong = row.cells.iter().find(|cell| !cell.message.is_empty());
                left.messages.extend(
                    wrong.map(|cell| language.admin().row_wrong(&row.number, &cell.column, &cell.message)),
                );
            }
        }
    }
    let text = kept.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    left.text = text.unwrap_or_default();
    Ok(left)
}

/// A table as it was pasted.
#[derive(Default)]
struct Table {
    /// What stands between its cells.
    by: u8,
    head: csv::StringRecord,
    /// Its rows by columns, and as they were.
    rows: Vec<(LeftRow, csv::StringRecord)>,
}

impl Table {
    fn read(text: &str, language: Language) -> Result<Self, UnreadableField> {
        if text.is_empty() {
            return Ok(Self { by: b',', ..Self::default() });
        }
        let say = language.admin();
        let refused = |message: String| UnreadableField { field: "rows".to_owned(), message };
        let first = text.lines().next().unwrap_or_default();
        let count = |by: &u8| first.bytes().filter(|byte| byte == by).count();
        let by = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
        let mut rows = csv::ReaderBuilder::new();
        let mut rows = rows.delimiter(by).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let head = rows.headers().map_err(|error| refused(error.to_string()))?.clone();
        let mut columns = Vec::new();
        for name in &head {
            let known = OPTION_COLUMNS.iter().find(|known| name.eq_ignore_ascii_case(known));
            let known = known.ok_or_else(|| refused(say.no_such_column(&name, &OPTION_COLUMNS.join(", "))));
            let known = *known?;
            if columns.contains(&known) {
                return Err(refused(language.assortment().column_twice(&known)));
            }
            columns.push(known);
        }
        let mut found = Vec::new();
        for (index, row) in rows.records().enumerate() {
            let number = index + 2;
            let row = row.map_err(|_| refused(say.row_unreadable(&number)))?;
            let cells = cells(&columns, &row, char::from(by), language);
            found.push((LeftRow { number, key: number, cells }, row));
        }
        Ok(Self { by, head, rows: found })
    }
}

/// The cells of a row by their columns. What is too many stands in the last, with what is wrong with that.
fn cells(columns: &[&'static str], row: &csv::StringRecord, by: char, language: Language) -> Vec<LeftCell> {
    let cell = |(&column, text): (&&'static str, &str)| LeftCell {
        column,
        text: text.to_owned(),
        message: String::new(),
    };
    let mut cells: Vec<LeftCell> = columns.iter().zip(row).map(cell).collect();
    let more: Vec<&str> = row.iter().skip(columns.len()).collect();
    if let Some(last) = cells.last_mut()
        && more.iter().any(|cell| !cell.is_empty())
    {
        last.text = std::iter::once(last.text.as_str()).chain(more).collect::<Vec<_>>().join(&by.to_string());
        last.message = language.assortment().too_many_cells(&row.len(), &columns.len());
    }
    cells
}

/// Tells rows that are about one option so: which of them is meant, nobody knows.
fn mark_twice(options: &KnownOptions, rows: Vec<&mut LeftRow>, language: Language) {
    let named: Vec<Option<RowOption>> = rows.iter().map(|row| about(options, row)).collect();
    let mut numbers: HashMap<&RowOption, Vec<usize>> = HashMap::new();
    for (option, row) in named.iter().zip(&rows) {
        if let Some(option) = option {
            numbers.entry(option).or_default().push(row.number);
        }
    }
    for (option, row) in named.iter().zip(rows) {
        let others = option.as_ref().and_then(|option| numbers.get(option));
        let Some(others) = others.filter(|others| others.len() > 1) else { continue };
        let other = others.iter().find(|number| **number != row.number).unwrap_or(&row.number);
        let is_called =
            |cell: &&mut LeftCell| matches!(cell.column, "code" | "name") && !cell.text.is_empty();
        if let Some(cell) = row.cells.iter_mut().filter(is_called).min_by_key(|cell| cell.column)
            && cell.message.is_empty()
        {
            cell.message = language.assortment().row_twice(other);
        }
    }
}

/// Which option a row is about: one that is there, at its place, or a new one by its code or name.
#[derive(PartialEq, Eq, Hash)]
enum RowOption {
    Known(usize),
    Code(String),
    Name(String),
}

fn about(options: &KnownOptions, row: &LeftRow) -> Option<RowOption> {
    let cell = |wanted: &str| {
        let found = row.cells.iter().find(|cell| cell.column == wanted);
        found.map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
    };
    let (code, name) = (cell("code"), cell("name").map(unguarded));
    match (options.place(code, name), code, name) {
        (Some(place), ..) => Some(RowOption::Known(place)),
        (None, Some(code), _) => Some(RowOption::Code(code.to_owned())),
        (None, None, name) => name.map(|name| RowOption::Name(name.to_owned())),
    }
}

/// Makes the option that a row says, or tells what is wrong with its cells.
fn take(
    options: &mut KnownOptions,
    mut row: LeftRow,
    currency: &str,
    language: Language,
) -> Result<(), LeftRow> {
    if row.cells.iter().any(|cell| !cell.message.is_empty()) {
        return Err(row);
    }
    match option(options, &row.cells, currency, language) {
        Ok((at, option)) => options.put(at, option),
        Err(messages) => {
            for wrong in messages {
                let column = OPTION_COLUMNS.iter().find(|column| **column == wrong.field);
                let column = *column.unwrap_or(&OPTION_COLUMNS[0]);
                match row.cells.iter_mut().find(|cell| cell.column == column) {
                    Some(cell) => cell.message = wrong.message,
                    None => row.cells.push(LeftCell { column, text: String::new(), message: wrong.message }),
                }
            }
            return Err(row);
        }
    }
    Ok(())
}

/// The option that a row makes, and where it is among those there are.
fn option(
    options: &mut KnownOptions,
    cells: &[LeftCell],
    currency: &str,
    language: Language,
) -> Result<(Option<usize>, OptionSource), Vec<UnreadableField>> {
    let cell = |wanted: &str| {
        let found = cells.iter().find(|cell| cell.column == wanted);
        found.map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
    };
    let (code, name) = (cell("code"), cell("name").map(unguarded));
    let at = match (code, name) {
        (Some(code), _) => options.by_code(code, language).map_err(|wrong| vec![wrong])?,
        (None, name) => name.and_then(|name| options.by_name(name)),
    };
    let mut option = match at {
        Some(at) => options.at(at).clone(),
        None => OptionSource { available: true, ..OptionSource::default() },
    };
    let pairs: Vec<(String, String)> =
        cells.iter().map(|cell| (cell.column.to_owned(), cell.text.clone())).collect();
    let mut sent = Sent::new(&pairs, language);
    for (name, text) in &pairs {
        if let Some((_, column)) = COLUMNS.iter().find(|(known, _)| known == name) {
            fill(&mut option, (*column, name, text), currency, &mut sent);
        }
    }
    // A name that can't be taken is told already.
    if option.label.is_empty() && name.is_none() {
        sent.wrong("name", sent.say().enter_entry().to_owned());
    }
    sent.done()?;
    if at.is_none() {
        option.code = options.new_code(code.unwrap_or(&option.label));
    }
    Ok((at, option))
}

/// Writes a cell into an option. An empty one says nothing, but for the price: what cost something is not made free by that.
fn fill(
    option: &mut OptionSource,
    (column, field, cell): (Column, &str, &str),
    currency: &str,
    sent: &mut Sent,
) {
    let say = sent.say();
    let is_text = matches!(column, Column::Name | Column::Description | Column::Parts);
    if is_text && !sent.shows(field, unguarded(cell)) {
        return;
    }
    match column {
        Column::Price if cell.is_empty() && option.price != 0 => {
            sent.wrong(field, sent.language().assortment().price_emptied().to_owned());
        }
        _ if cell.is_empty() => {}
        Column::Code => {}
        Column::Name => option.label = unguarded(cell).to_owned(),
        Column::Price => option.price = sent.amount(field, currency).unwrap_or_default(),
        Column::Description => option.description = unguarded(cell).to_owned(),
        Column::Weight => option.weight = sent.number(field, "120").unwrap_or_default(),
        Column::Days => option.lead_time_days = sent.number(field, "2").unwrap_or_default(),
        Column::Points => option.points = sent.number(field, "1"),
        Column::Colour if Colour::parse(cell).is_none() => sent.wrong(field, say.write_colour(&cell)),
        Column::Colour => option.swatch = Some(cell.to_owned()),
        Column::OnMenu => match cell.to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" => option.available = true,
            "no" | "false" | "0" => option.available = false,
            _ => sent.wrong(field, sent.language().assortment().yes_or_no(&cell)),
        },
        Column::Benefits => match numbers(unguarded(cell), say) {
            Ok(numbers) => option.benefits = numbers,
            Err(message) => sent.wrong(field, message),
        },
        Column::Values => match numbers(unguarded(cell), say) {
            Ok(numbers) => option.values = numbers,
            Err(message) => sent.wrong(field, message),
        },
        Column::Parts => option.parts = entries(unguarded(cell)).map(str::to_owned).collect(),
        Column::Cost => option.cost = sent.amount(field, currency),
        Column::Meant => option.meant = entries(unguarded(cell)).map(str::to_owned).collect(),
    }
}

/// The entries of a cell that has several.
fn entries(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN).map(str::trim).filter(|entry| !entry.is_empty())
}

/// Names with a number each, or what to do where they can't be read.
fn numbers(cell: &str, say: &Admin) -> Result<BTreeMap<String, i64>, String> {
    let read = |entry: &str| {
        let (name, number) = entry.split_once('=')?;
        Some((name.trim().to_owned(), number.trim().parse::<i64>().ok()?))
    };
    entries(cell).map(|entry| read(entry).ok_or_else(|| say.write_numbers(&entry))).collect()
}

#[cfg(test)]
mod tests;
