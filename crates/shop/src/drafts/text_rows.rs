//! Texts of a language as they leave for a spreadsheet, and as they come back.

use std::collections::HashMap;

use configurator::source::{StaleSource, TextsSource};
use configurator::{TextPlace, text_fault};
use time::Date;
use words::Language;

use super::rows::{LeftRows, harmless, unguarded};
use super::sent::UnreadableField;
use super::texts::{TextLook, TextState, write as write_text};

/// The columns, in the order in which they leave.
const COLUMNS: [&str; 4] = ["text", "original", "translation", "state"];
/// What makes a stale translation right.
const RIGHT: &str = "right";
/// Spreadsheets take a file that begins so for one with letters of every language.
const MARK: char = '\u{feff}';

/// The texts as a CSV file, which [`read`] takes back as it is. Texts that a spreadsheet would take for a formula begin with an
/// apostrophe.
pub(super) fn write(texts: &[TextLook], language: Language) -> Option<String> {
    let by = if language.words().locale.decimal == "," { b';' } else { b',' };
    let mut rows =
        csv::WriterBuilder::new().delimiter(by).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.write_record(COLUMNS).ok()?;
    for text in texts {
        let state = match text.state {
            TextState::Missing => "missing",
            TextState::Inherited(_) => "inherited",
            TextState::Made => "made",
            TextState::Stale(_) => "stale",
            TextState::Translated => "",
        };
        let cells = [&text.place.path(), &text.original, &text.saved].map(|cell| harmless(cell));
        rows.write_record(cells.iter().map(String::as_str).chain([state])).ok()?;
    }
    let text = String::from_utf8(rows.into_inner().ok()?).ok()?;
    Some(format!("{MARK}{text}"))
}

/// Where the columns are in the rows.
struct Columns {
    text: usize,
    translation: usize,
    original: Option<usize>,
    state: Option<usize>,
}

/// Reads rows into the texts of a language; those that can't be taken come back as they were. A translation of an original that says
/// something else now is stale.
///
/// # Errors
/// The first row does not name the columns, so that nothing can be read.
pub(super) fn read(
    texts: &mut TextsSource,
    known: &HashMap<String, (TextPlace, String)>,
    table: &str,
    (language, today): (Language, Date),
) -> Result<LeftRows, UnreadableField> {
    let table = table.trim_start_matches(MARK).replace("\r\n", "\n");
    let first = table.lines().next().unwrap_or_default();
    let by = [b'\t', b';', b','].into_iter().max_by_key(|by| first.bytes().filter(|byte| byte == by).count());
    let by = by.unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new();
    let mut rows = rows.delimiter(by).flexible(true).trim(csv::Trim::All).from_reader(table.as_bytes());
    let refused = |message: String| UnreadableField { field: "rows".to_owned(), message };
    let head = rows.headers().map_err(|error| refused(error.to_string()))?.clone();
    let say = language.translations();
    let column = |name: &str| head.iter().position(|cell| cell.eq_ignore_ascii_case(name));
    let (Some(text), Some(translation)) = (column(COLUMNS[0]), column(COLUMNS[2])) else {
        return Err(refused(say.name_columns().to_owned()));
    };
    let columns = Columns { text, translation, original: column(COLUMNS[1]), state: column(COLUMNS[3]) };
    let mut left = LeftRows::default();
    let mut kept = csv::WriterBuilder::new().delimiter(by).flexible(true).from_writer(Vec::new());
    for (index, row) in rows.records().enumerate() {
        let number = index + 2;
        let Ok(row) = row else {
            left.in_text += 1;
            left.messages.push(language.admin().row_unreadable(&number));
            continue;
        };
        if let Err((column, message)) = take(texts, known, &row, &columns, (language, today)) {
            if left.messages.is_empty() {
                let _ = kept.write_record(&head);
            }
            let _ = kept.write_record(&row);
            left.in_text += 1;
            left.messages.push(language.admin().row_wrong(&number, &column, &message));
        }
    }
    let text = kept.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    left.text = text.unwrap_or_default();
    Ok(left)
}

/// Takes one row.
///
/// # Errors
/// The column that is wrong, and what to do.
fn take(
    texts: &mut TextsSource,
    known: &HashMap<String, (TextPlace, String)>,
    row: &csv::StringRecord,
    columns: &Columns,
    (language, today): (Language, Date),
) -> Result<(), (&'static str, String)> {
    let say = language.translations();
    let cell = |at: usize| unguarded(row.get(at).unwrap_or_default());
    let path = cell(columns.text);
    let typed = cell(columns.translation);
    let Some((place, original)) = known.get(path) else {
        // Without a translation nothing is lost.
        return if typed.is_empty() { Ok(()) } else { Err((COLUMNS[0], say.no_such_text(&path))) };
    };
    if text_fault(typed).is_some() {
        return Err((COLUMNS[2], say.hidden_letter().to_owned()));
    }
    let is_other = |was: &&str| !was.is_empty() && was.trim() != original.replace("\r\n", "\n").trim();
    let was = columns.original.map(cell).filter(is_other);
    let is_new = !typed.is_empty() && write_text(texts, place, typed);
    let is_right = columns.state.map(cell).is_some_and(|state| state.eq_ignore_ascii_case(RIGHT));
    match was {
        Some(was) if is_new => {
            texts.stale.insert(path.to_owned(), StaleSource::since(today, was));
        }
        Some(_) if is_right => return Err((COLUMNS[1], say.original_changed(original))),
        None if is_right => drop(texts.stale.remove(path)),
        _ => {}
    }
    Ok(())
}
