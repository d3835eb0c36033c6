//! Forms as browsers send them: everything that a page shows, and what is typed into it.

use super::*;
use crate::drafts::form::{FieldControl, form_fields};
use crate::drafts::lists::path_of;
use crate::drafts::places::{at, keys_of};

/// A form, in pairs.
type Form = Vec<(String, String)>;

/// A form, and two of its fields.
pub(super) fn section(part: u8) -> (Section, [&'static str; 2]) {
    match part % 9 {
        0 => (Section::Basics, ["name", "summary"]),
        1 => (Section::Attribute("upper_colour".to_owned()), ["label", "description"]),
        2 => (Section::Rules, ["sentence", "sentence"]),
        3 => (Section::Prices, ["label", "amount"]),
        4 => (Section::Layers, ["x", "y"]),
        5 => (Section::NoReturns, ["reason", "reason"]),
        6 => (Section::Texts("de".to_owned()), ["text.name", "text.attributes.sole.label"]),
        7 => (Section::Table("pairs".to_owned()), ["0", "1"]),
        _ => (Section::Tiers, ["discount", "discount"]),
    }
}

/// What a form calls the entries of its list.
fn keys(origin: &Source, section: &Section) -> Vec<String> {
    match section {
        Section::Basics | Section::Texts(_) => Vec::new(),
        Section::Table(key) => {
            let rows = tables::find(origin, key).map_or(0, |(_, table)| table.rows.len());
            (0..rows).map(|row| row.to_string()).collect()
        }
        listed => {
            let product = serde_json::to_value(origin).unwrap();
            let path = path_of(listed.list().unwrap(), listed, &product).unwrap();
            let entries = at(&product, &path).and_then(Value::as_array);
            keys_of(entries.map(Vec::as_slice).unwrap_or_default())
        }
    }
}

/// Everything that a page sends where nobody typed anything.
pub(super) fn page(source: &Source, section: &Section) -> Form {
    match section {
        Section::Texts(tag) => texts::saved_fields(source, tag).into_iter().collect(),
        Section::Table(key) => table(source, key),
        section => {
            let mut form = Form::new();
            for field in form_fields(source, section, Language::ENGLISH) {
                match field.control {
                    FieldControl::Tick(is_ticked) => {
                        form.extend(is_ticked.then(|| (field.name, "on".to_owned())));
                    }
                    FieldControl::Colour(is_there) => {
                        let name = field.name.replacen("swatch", "swatched", 1);
                        form.extend(is_there.then(|| (name, "on".to_owned())));
                        form.push((field.name, field.saved));
                    }
                    FieldControl::Several(values) => {
                        let ticked = values.into_iter().filter(|(_, is_ticked)| *is_ticked);
                        form.extend(ticked.map(|(value, _)| (field.name.clone(), value)));
                    }
                    _ => form.push((field.name, field.saved)),
                }
            }
            let places = keys(source, section).into_iter().enumerate();
            form.extend(places.map(|(at, key)| (format!("place.{key}"), (at + 1).to_string())));
            form
        }
    }
}

fn table(source: &Source, key: &str) -> Form {
    let Some((index, table)) = tables::find(source, key) else { return Form::new() };
    let mut form = Form::new();
    for (row, cells) in table.rows.iter().enumerate() {
        form.extend(cells.iter().enumerate().map(|(at, cell)| (format!("cell.{row}.{at}"), cell.clone())));
    }
    form.extend((0..table.columns.len()).map(|at| (format!("cell.new.{at}"), "*".to_owned())));
    let rows_are = if table.allowed { "allowed" } else { "forbidden" };
    form.push(("rows_are".to_owned(), rows_are.to_owned()));
    form.push(("sentence".to_owned(), source.rules[index].sentence.clone()));
    form
}

/// The form that came back after a clash as its page shows it, over what there is now.
pub(super) fn shown_again(now: &Source, section: &Section, fields: Form, untouched: &[String]) -> Form {
    let is_box = |name: &String, text: &String| text == "on" && !name.starts_with("label");
    let typed: Form =
        fields.into_iter().filter(|(name, _)| name != "do" && !untouched.contains(name)).collect();
    let is_typed = |name: &String| typed.iter().any(|(known, _)| known == name);
    let mut form = page(now, section);
    form.retain(|(name, text)| !is_typed(name) && !is_box(name, text));
    form.extend(typed);
    form
}

/// The form that a step sends of a product.
pub(super) fn form(origin: &Source, part: u8, edits: &[(usize, u8, u8)], stamp: &str) -> (Section, Form) {
    let (section, fields) = section(part);
    let keys = keys(origin, &section);
    let mut typed: BTreeMap<String, String> = BTreeMap::new();
    for (entry, field, how) in edits {
        let field = fields[usize::from(field % 2)];
        let text = match (&section, field) {
            (_, "amount" | "x" | "y") => how.to_string(),
            (_, "discount") => format!("{} %", how % 90 + 1),
            _ => format!("{stamp} {how}"),
        };
        match keys.get(entry % keys.len().max(1)) {
            None => drop(typed.insert(field.to_owned(), text)),
            Some(key) => {
                let done = match &section {
                    Section::Table(_) => in_row(origin, (*entry, key), (field, *how), stamp),
                    _ => in_entry(origin, &section, (key, keys.len()), (field, *how, text), stamp),
                };
                typed.extend(done);
            }
        }
    }
    let mut form = page(origin, &section);
    form.retain(|(name, _)| !typed.contains_key(name));
    form.extend(typed);
    (section, form)
}

/// What is done to a row of the table.
fn in_row(origin: &Source, (entry, key): (usize, &str), (field, how): (&str, u8), stamp: &str) -> Form {
    match how % 6 {
        0 => vec![("do".to_owned(), format!("remove:{key}"))],
        1 => {
            // By the last two the test knows it again.
            let number = number_of(stamp) as usize;
            let (colour, size) = (number % COLOURS, number / COLOURS);
            let [fit, lining] =
                [("fit", entry), ("lining", entry + 1)].map(|(code, at)| code_of(origin, code, at));
            let size = (36 + size + usize::from(colour <= size)).to_string();
            let cells = [fit, lining, code_of(origin, "lace_colour", colour), size];
            cells.into_iter().enumerate().map(|(at, cell)| (format!("cell.new.{at}"), cell)).collect()
        }
        _ => {
            let attribute = if field == "0" { "fit" } else { "lining" };
            vec![(format!("cell.{key}.{field}"), code_of(origin, attribute, usize::from(how)))]
        }
    }
}

/// What is done to an entry of a list.
fn in_entry(
    origin: &Source,
    section: &Section,
    (key, all): (&str, usize),
    (field, how, text): (&str, u8, String),
    stamp: &str,
) -> Form {
    // What the test knows an entry by that was added stays.
    let is_known_by = || {
        let price = key.parse::<usize>().ok().and_then(|at| origin.prices.get(at));
        field == "label" && *section == Section::Prices && price.is_some_and(|price| price.per == 1)
    };
    match how % 6 {
        0 => vec![("do".to_owned(), format!("remove-all:{key}"))],
        1 => another(section, stamp).into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        2 => vec![(format!("place.{key}"), (1 + usize::from(how) % all).to_string())],
        _ if is_known_by() => Form::new(),
        _ => vec![(format!("{field}.{key}"), text)],
    }
}

/// How many colours rows are made of.
const COLOURS: usize = 6;

/// The number of a step of somebody, which no other one has.
fn number_of(stamp: &str) -> u32 {
    let (who, step) = stamp.split_once(' ').unwrap();
    who.parse::<u32>().unwrap() + 2 * step.parse::<u32>().unwrap()
}

/// The fields of another entry.
fn another(section: &Section, stamp: &str) -> Vec<(&'static str, String)> {
    // Beyond all that is there.
    let number = 100 + number_of(stamp);
    match section {
        Section::Rules => vec![("new.rule", format!("size > {number}")), ("new.sentence", stamp.to_owned())],
        Section::Prices => vec![("new.label", stamp.to_owned()), ("new.amount", "7".to_owned())],
        Section::Layers => vec![("new.file", format!("{}.svg", stamp.replace(' ', "-")))],
        Section::NoReturns => {
            vec![("new.reason", stamp.to_owned()), ("new.when", format!("size > {number}"))]
        }
        Section::Tiers => vec![("new.from", number.to_string()), ("new.discount", "9 %".to_owned())],
        _ => vec![("new.label", stamp.to_owned())],
    }
}
