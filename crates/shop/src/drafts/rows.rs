//! Options as a table that was pasted from a spreadsheet or a CSV file: good rows change the options, bad ones come back as they
//! were, with what is wrong by row and column.

use configurator::Colour;
use configurator::source::{AttributeSource, OptionSource};
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
    let (code, name) = (cell(Column::Code), cell(Column::Name));
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
            Column::Name => option.label = (*cell).to_owned(),
            Column::Price => option.price = sent.amount(field, currency).unwrap_or_default(),
            Column::Description => option.description = (*cell).to_owned(),
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
