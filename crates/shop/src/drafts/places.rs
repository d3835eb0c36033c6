//! Places in a product that is written as JSON: which ones a field of the table has, what is there, and what shall be.

use configurator::source::{KindSource, entry_keys};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::fields::{LISTS, Row};
use super::section::Section;

/// A field at one place of a product.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) row: &'static Row,
    /// Where it is: names and positions.
    pub(super) path: Vec<String>,
    /// What the form calls it: `price.blue` is the price of the option `blue`.
    pub(super) name: String,
    /// The entry of the form's list that it belongs to.
    pub(super) entry: Option<Entry>,
}

/// An entry of the list that a form edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its position.
    pub(super) index: usize,
    /// What the form calls it.
    pub(super) key: String,
}

/// Fields of an attribute that not every kind has.
const OF_KINDS: [&str; 10] =
    ["options", "successors", "min", "max", "step_size", "unit", "price", "points", "max_length", "allowed"];

/// Every place of a field in a product, as a form's fields.
pub(super) fn places(row: &'static Row, section: &Section, product: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    let start = Place { row, path: Vec::new(), name: String::new(), entry: None };
    follow(&row.segments().collect::<Vec<_>>(), start, "", section, product, &mut found);
    found
}

/// Goes on from a place along the rest of its pattern; `pattern` is what was gone already.
fn follow(
    rest: &[&'static str],
    place: Place,
    pattern: &str,
    section: &Section,
    product: &Value,
    found: &mut Vec<Place>,
) {
    let Some((segment, rest)) = rest.split_first() else {
        found.push(named(place, section));
        return;
    };
    let here = at(product, &place.path);
    let step = |next: String, entry: Option<Entry>, found: &mut Vec<Place>| {
        let mut place = place.clone();
        place.path.push(next);
        place.entry = place.entry.or(entry);
        let pattern = if pattern.is_empty() { (*segment).to_owned() } else { format!("{pattern}.{segment}") };
        follow(rest, place, &pattern, section, product, found);
    };
    match (*segment, here) {
        ("*", Some(Value::Array(entries))) => {
            let own = match section {
                Section::Attribute(code) if pattern == "attributes" => Some(code),
                _ => None,
            };
            let mut names =
                if section.entries() == Some(pattern) { keys_of(entries) } else { Vec::new() }.into_iter();
            for (index, entry) in entries.iter().enumerate() {
                let named = names.next().map(|key| Entry { index, key });
                if own.is_none_or(|code| text(entry, "code") == code) {
                    step(index.to_string(), named, found);
                }
            }
        }
        // A list that is not there has no entries.
        ("*", None) if LISTS.iter().any(|list| list.place == pattern) => {}
        ("*", map) => {
            for key in keys(map.and_then(Value::as_object), pattern, product) {
                step(key, None, found);
            }
        }
        // What an attribute's kind does not have is on no form.
        (field, Some(attribute)) if pattern == "attributes.*" && OF_KINDS.contains(&field) => {
            let kind = attribute.get("kind").and_then(|kind| KindSource::deserialize(kind).ok());
            if kind.is_some_and(|kind| kind.fields().contains(&field)) {
                step(field.to_owned(), None, found);
            }
        }
        // A part that is not there has no fields.
        (_, None) if pattern == "budget" || pattern == "uses" => {}
        (field, _) => step(field.to_owned(), None, found),
    }
}

/// The names that a map has, and those it could have.
fn keys(map: Option<&Map<String, Value>>, pattern: &str, product: &Value) -> Vec<String> {
    let list = if pattern.ends_with(".benefits") || pattern.ends_with(".matters") {
        "benefits"
    } else {
        "attributes"
    };
    let known = product.get(list).and_then(Value::as_array).into_iter().flatten();
    let mut keys: Vec<String> = known.map(|entry| text(entry, "code").to_owned()).collect();
    let strays = map.into_iter().flat_map(Map::keys).filter(|key| !keys.contains(key));
    let strays: Vec<String> = strays.cloned().collect();
    keys.extend(strays);
    keys
}

/// Gives a place the name that its form has for it.
fn named(mut place: Place, section: &Section) -> Place {
    let list = section.entries().map_or(0, |list| list.split('.').count());
    let before = match section {
        Section::Basics => 0,
        Section::Attribute(_) => 2,
        _ => 1,
    };
    place.name = match &place.entry {
        Some(entry) => format!("{}.{}", place.path[list + 1..].join("."), entry.key),
        None if matches!(place.row.place, "budget" | "uses") => "on".to_owned(),
        None => place.path[before..].join("."),
    };
    place
}

/// What a form calls the entries of a list; see [`entry_keys`].
pub(super) fn keys_of(entries: &[Value]) -> Vec<String> {
    entry_keys(entries.iter().map(|entry| text(entry, "code")))
}

/// A text of an object; empty where there is none.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What is at a place.
pub(super) fn at<'v>(product: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(product, |value, step| match value {
        Value::Array(entries) => entries.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })
}

/// What is at a place, to be changed.
pub(super) fn at_mut<'v>(product: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(product, |value, step| match value {
        Value::Array(entries) => entries.get_mut(step.parse::<usize>().ok()?),
        value => value.get_mut(step),
    })
}

/// Writes a value to a place, or takes what is there away.
pub(super) fn set(product: &mut Value, path: &[String], wanted: Option<Value>) {
    let Some((last, before)) = path.split_last() else { return };
    let mut here = product;
    for step in before {
        let next = match here {
            Value::Array(entries) => step.parse::<usize>().ok().and_then(|index| entries.get_mut(index)),
            Value::Object(map) => Some(map.entry(step.clone()).or_insert_with(|| Value::Object(Map::new()))),
            _ => None,
        };
        let Some(next) = next else { return };
        here = next;
    }
    match (here, wanted) {
        (Value::Array(entries), Some(wanted)) => {
            if let Some(entry) = last.parse::<usize>().ok().and_then(|index| entries.get_mut(index)) {
                *entry = wanted;
            }
        }
        (Value::Object(map), Some(wanted)) => {
            map.insert(last.clone(), wanted);
        }
        (Value::Object(map), None) => {
            map.remove(last);
        }
        _ => {}
    }
}
