//! Options as a table that was pasted from a spreadsheet or a CSV file: good rows change the options, bad ones come back as they
//! were, with what is wrong by row and column.

use configurator::source::{AttributeSource, OptionSource};
use configurator::{Colour, Currency, Money};
use words::Language;

use super::lists::new_code;
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
}

/// Columns by the names that the first row gives them.
const COLUMNS: [(&str, Column); 8] = [
    ("code", Column::Code),
    ("name", Column::Name),
    ("price", Column::Price),
    ("description", Column::Description),
    ("weight", Column::Weight),
    ("days", Column::Days),
    ("points", Column::Points),
    ("colour", Column::Colour),
];

/// Beginnings of what spreadsheets take for formulas.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// An attribute's options as a CSV file of all columns, which [`read`] takes back as it is. Texts that a spreadsheet would take for
/// a formula begin with an apostrophe.
pub(super) fn write(attribute: &AttributeSource, currency: &str, language: Language) -> Option<String> {
    let decimal = language.words().locale.decimal;
    let by = if decimal == "," { b';' } else { b',' };
    let mut rows =
        csv::WriterBuilder::new().delimiter(by).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.write_record(COLUMNS.map(|(name, _)| name)).ok()?;
    for option in &attribute.options {
        let cell = |column: Column| match column {
            Column::Code => option.code.clone(),
            Column::Name => harmless(&option.label),
            Column::Price => match Currency::new(currency) {
                Some(currency) => Money::new(option.price, currency).decimal().replace('.', decimal),
                None => option.price.to_string(),
            },
            Column::Description => harmless(&option.description),
            Column::Weight => option.weight.to_string(),
            Column::Days => option.lead_time_days.to_string(),
            Column::Points => option.points.map(|points| points.to_string()).unwrap_or_default(),
            Column::Colour => option.swatch.clone().unwrap_or_default(),
        };
        rows.write_record(COLUMNS.map(|(_, column)| cell(column))).ok()?;
    }
    String::from_utf8(rows.into_inner().ok()?).ok()
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
    /// Them as they were, under the first row; empty where all were taken.
    pub text: String,
    /// What is wrong, by row and column.
    pub messages: Vec<String>,
}

/// Reads a table into an attribute's options: those with a code or name that is there are changed, the others added.
///
/// # Errors
/// The first row does not name columns, so that nothing can be read.
pub(super) fn read(
    attribute: &mut AttributeSource,
    table: &str,
    currency: &str,
    language: Language,
) -> Result<LeftRows, UnreadableField> {
    let first = table.lines().next().unwrap_or_default();
    let by = [b'\t', b';', b','].into_iter().max_by_key(|by| first.bytes().filter(|byte| byte == by).count());
    let by = by.unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new();
    let mut rows = rows.delimiter(by).flexible(true).trim(csv::Trim::All).from_reader(table.as_bytes());
    let say = language.admin();
    let refused = |message: String| UnreadableField { field: "rows".to_owned(), message };
    let head = rows.headers().map_err(|error| refused(error.to_string()))?.clone();
    let mut columns = Vec::new();
    for name in &head {
        let known = COLUMNS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        let names = || COLUMNS.map(|(name, _)| name).join(", ");
        columns.push(known.ok_or_else(|| refused(say.no_such_column(&name, &names())))?);
    }
    let mut left = LeftRows::default();
    let mut kept = csv::WriterBuilder::new().delimiter(by).flexible(true).from_writer(Vec::new());
    let mut keep = |row: &csv::StringRecord| kept.write_record(row).is_ok();
    for (index, row) in rows.records().enumerate() {
        let number = index + 2;
        let Ok(row) = row else {
            left.messages.push(say.row_unreadable(&number));
            continue;
        };
        let cells: Vec<(&str, Column, &str)> =
            columns.iter().zip(&row).map(|((name, column), cell)| (*name, *column, cell)).collect();
        match option(attribute, &cells, currency, language) {
            Ok((Some(at), option)) => attribute.options[at] = option,
            Ok((None, option)) => attribute.options.push(option),
            Err(messages) => {
                if left.messages.is_empty() {
                    keep(&head);
                }
                keep(&row);
                let told = messages.iter().map(|wrong| say.row_wrong(&number, &wrong.field, &wrong.message));
                left.messages.extend(told);
            }
        }
    }
    let text = kept.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    left.text = text.unwrap_or_default();
    Ok(left)
}

/// The option that a row makes, and where it is among those there are.
fn option(
    attribute: &AttributeSource,
    cells: &[(&str, Column, &str)],
    currency: &str,
    language: Language,
) -> Result<(Option<usize>, OptionSource), Vec<UnreadableField>> {
    let cell = |wanted: Column| {
        let found = cells.iter().find(|(_, column, _)| *column == wanted);
        found.map(|(_, _, cell)| *cell).filter(|cell| !cell.is_empty())
    };
    let (code, name) = (cell(Column::Code), cell(Column::Name).map(unguarded));
    let at = attribute.options.iter().position(|option| match code {
        Some(code) => option.code == code,
        None => name == Some(&option.label),
    });
    let mut option = match at {
        Some(at) => attribute.options[at].clone(),
        None => OptionSource { available: true, ..OptionSource::default() },
    };
    let pairs: Vec<(String, String)> =
        cells.iter().map(|(name, _, cell)| ((*name).to_owned(), (*cell).to_owned())).collect();
    let mut sent = Sent::new(&pairs, language);
    // An empty cell says nothing.
    for (field, column, cell) in cells.iter().filter(|(_, _, cell)| !cell.is_empty()) {
        match column {
            Column::Code => {}
            Column::Name => option.label = unguarded(cell).to_owned(),
            Column::Price => option.price = sent.amount(field, currency).unwrap_or_default(),
            Column::Description => option.description = unguarded(cell).to_owned(),
            Column::Weight => option.weight = sent.number(field, "120").unwrap_or_default(),
            Column::Days => option.lead_time_days = sent.number(field, "2").unwrap_or_default(),
            Column::Points => option.points = sent.number(field, "1"),
            Column::Colour if Colour::parse(cell).is_none() => {
                sent.wrong(field, sent.say().write_colour(cell));
            }
            Column::Colour => option.swatch = Some((*cell).to_owned()),
        }
    }
    if option.label.is_empty() {
        sent.wrong("name", sent.say().enter_entry().to_owned());
    }
    sent.done()?;
    if at.is_none() {
        let taken = attribute.options.iter().map(|option| option.code.as_str());
        option.code = new_code(code.unwrap_or(&option.label), "option", taken);
    }
    Ok((at, option))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finish() -> AttributeSource {
        serde_json::from_value(serde_json::json!({
            "code": "finish", "step": "looks", "label": "Finish", "kind": "choice", "standard": "red", "options": [
                { "code": "red", "label": "Red", "weight": 9 },
            ],
        }))
        .unwrap()
    }

    #[test]
    fn of_a_thousand_rows_the_good_ones_are_taken_and_the_seven_bad_ones_come_back() {
        let mut table = "Name\tPrice\tWeight\n".to_owned();
        let bad = [3, 100, 250, 251, 600, 999, 1000];
        for row in 1..=1000 {
            let price = if bad.contains(&row) { "dear".to_owned() } else { format!("{row}.50") };
            table += &format!("Finish {row}\t{price}\t{row}\n");
        }
        let mut attribute = finish();
        let left = read(&mut attribute, &table, "EUR", Language::ENGLISH).unwrap();
        assert_eq!((attribute.options.len(), left.messages.len()), (994, 7));
        assert!(
            left.text.starts_with("Name\tPrice\tWeight\nFinish 3\tdear\t3\nFinish 100\t"),
            "{}",
            left.text
        );
        assert!(left.messages[0].contains("4") && left.messages[0].contains("price"), "{:?}", left.messages);
        let second = &attribute.options[1];
        assert_eq!((second.code.as_str(), second.price, second.weight), ("finish_1", 150, 1));

        // Mended, they are taken; the others are not there twice.
        let mended = left.text.replace("dear", "1");
        assert_eq!(read(&mut attribute, &mended, "EUR", Language::ENGLISH).unwrap(), LeftRows::default());
        assert_eq!(attribute.options.len(), 1001);
    }

    #[test]
    fn what_is_written_is_read_again_and_holds_no_formula() {
        let mut attribute = finish();
        let table = "code,name,price,description,weight,days,points,colour\n\
            sum,=1+1,-2.50,\"@home, \"\"hot\"\"\",12,3,2,#aa2211\nquote,'tis,1250,'+1,0,0,,";
        assert_eq!(read(&mut attribute, table, "EUR", Language::ENGLISH).unwrap(), LeftRows::default());
        for language in [Language::ENGLISH, Language::GERMAN] {
            let written = write(&attribute, "EUR", language).unwrap();
            let mut again = finish();
            assert_eq!(
                read(&mut again, &written, "EUR", language).unwrap(),
                LeftRows::default(),
                "{written}"
            );
            assert_eq!(again, attribute, "{written}");
            assert_eq!(write(&again, "EUR", language).unwrap(), written);
            for cell in written.lines().skip(1).flat_map(|line| line.split([',', ';'])) {
                let is_number = cell.chars().all(|letter| letter.is_ascii_digit() || "-.".contains(letter));
                assert!(is_number || !cell.trim_matches('"').starts_with(FORMULAS), "{cell}");
            }
        }
    }

    #[test]
    fn rows_change_the_options_that_they_name() {
        let mut attribute = finish();
        for table in [
            "code;price\nred;1,50",
            "name,price,description\nRed,1.50,\"Deep, warm\"",
            "CODE\tPRICE\tcolour\nred\t1.50\t#aa2211",
        ] {
            let language = if table.contains("1,50") { Language::GERMAN } else { Language::ENGLISH };
            assert_eq!(read(&mut attribute, table, "EUR", language).unwrap(), LeftRows::default(), "{table}");
            let red = &attribute.options[0];
            assert_eq!((attribute.options.len(), red.price, red.weight), (1, 150, 9), "{table}");
            attribute.options[0].price = 0;
        }
        let red = &attribute.options[0];
        assert_eq!((red.description.as_str(), red.swatch.as_deref()), ("Deep, warm", Some("#aa2211")));
        // An empty cell changes nothing.
        attribute.options[0].price = 150;
        let kept = attribute.clone();
        let table = "name,price,weight,colour\nRed,,,";
        assert_eq!(read(&mut attribute, table, "EUR", Language::ENGLISH).unwrap(), LeftRows::default());
        assert_eq!(attribute, kept);
        let before = attribute.clone();
        let left = read(&mut attribute, "name,colour\nBlue,bluish", "EUR", Language::ENGLISH).unwrap();
        assert_eq!((attribute, left.messages.len()), (before.clone(), 1), "{:?}", left.messages);
        let mut attribute = before;
        let unknown = read(&mut attribute, "name,cost\nRed,3", "EUR", Language::ENGLISH).unwrap_err();
        assert!(unknown.message.contains("cost") && unknown.message.contains("price"), "{}", unknown.message);
    }
}
