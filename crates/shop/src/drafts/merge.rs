//! Two changes of one draft made one: a three-way merge by field, over a product written as JSON.
//!
//! What only one side changed is as that side has it. Entries of lists are told apart by their codes, and those that have none by what
//! they say, so that one may move or remove what stands beside what another changes; rows of a table that is a rule likewise. What
//! both changed differently is a clash: the later side's is taken, and the place is told.

mod entries;
mod likeness;

use configurator::rule::WrittenTable;
use serde_json::{Map, Value};

pub(super) use likeness::matches;

/// A product of two changes, and the places where they clash.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Merged {
    pub(super) product: Value,
    /// Places, such as `attributes.glaze.label`, with codes in place of positions, and with positions before both changes where there are
    /// no codes.
    pub(super) clashes: Vec<String>,
}

/// Merges what was made of `base` by those who saved first and by who saves now.
pub(super) fn merge(base: &Value, theirs: &Value, mine: &Value) -> Merged {
    let mut clashes = Vec::new();
    let product = value("", Some(base), Some(theirs), Some(mine), &mut clashes);
    Merged { product: product.unwrap_or(Value::Null), clashes }
}

fn value(
    place: &str,
    base: Option<&Value>,
    theirs: Option<&Value>,
    mine: Option<&Value>,
    clashes: &mut Vec<String>,
) -> Option<Value> {
    if mine == base || mine == theirs {
        return theirs.cloned();
    }
    if theirs == base {
        return mine.cloned();
    }
    // A map is not there when it is empty: one side takes its last entry out, the other puts one in.
    let empty = Value::Object(Map::new());
    let is_map = is_map(place) && [base, theirs, mine].into_iter().flatten().all(Value::is_object);
    let [theirs, mine] = [theirs, mine].map(|side| side.or_else(|| is_map.then_some(&empty)));
    match (base, theirs, mine) {
        (base, Some(Value::Object(theirs)), Some(Value::Object(mine))) if is_none_or_object(base) => {
            let none = Map::new();
            let base = base.and_then(Value::as_object).unwrap_or(&none);
            Some(Value::Object(object(place, base, theirs, mine, clashes)))
        }
        (base, Some(Value::Array(theirs)), Some(Value::Array(mine))) => {
            let base = base.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let merged = entries::list(place, [base, theirs, mine], clashes);
            merged.map(Value::Array).or_else(|| clash(place, mine_of(mine), clashes))
        }
        (Some(Value::String(base)), Some(Value::String(theirs)), Some(Value::String(mine))) => {
            let merged = table(place, [base, theirs, mine], clashes);
            merged.map(Value::String).or_else(|| clash(place, Some(Value::from(mine.as_str())), clashes))
        }
        _ => clash(place, mine.cloned(), clashes),
    }
}

/// A rule that is a table of the same columns in all three, merged row by row. Nothing where it is none; of a cell that both changed mine is
/// taken, and the rule is told.
fn table(place: &str, texts: [&String; 3], clashes: &mut Vec<String>) -> Option<String> {
    if !texts.iter().all(|text| WrittenTable::is_meant(text)) {
        return None;
    }
    let [base, theirs, mine] = texts.map(|text| WrittenTable::read(text).ok());
    let (base, theirs, mut mine) = (base?, theirs?, mine?);
    if theirs.columns != base.columns || mine.columns != base.columns {
        return None;
    }
    // A row means the opposite where the table does.
    if mine.allowed != theirs.allowed {
        let beside = if mine.allowed == base.allowed { &mine } else { &theirs };
        if beside.rows != base.rows {
            return None;
        }
    }
    if mine.allowed == base.allowed {
        mine.allowed = theirs.allowed;
    }
    let rows =
        [&base, &theirs, &mine].map(|table| table.rows.iter().map(|row| of_cells(row)).collect::<Vec<_>>());
    let mut within = Vec::new();
    let merged = entries::list(place, rows.each_ref().map(Vec::as_slice), &mut within)?;
    if !within.is_empty() {
        clashes.push(place.to_owned());
    }
    mine.rows = merged.iter().map(|row| cells_of(row, mine.columns.len())).collect();
    Some(mine.text())
}

/// A row as an entry whose fields are its cells.
pub(super) fn of_cells(row: &[String]) -> Value {
    let cells = row.iter().enumerate();
    Value::Object(cells.map(|(column, cell)| (column.to_string(), Value::from(cell.as_str()))).collect())
}

fn cells_of(row: &Value, columns: usize) -> Vec<String> {
    (0..columns).filter_map(|column| row.get(column.to_string())?.as_str().map(str::to_owned)).collect()
}

/// Whether what lies at a place has entries by name, each for itself, and not parts that belong together.
fn is_map(place: &str) -> bool {
    let name = place.rsplit_once('.').map_or(place, |(_, name)| name);
    matches!(name, "benefits" | "choices" | "matters" | "successors" | "tint" | "translations" | "values")
        || place.starts_with("translations.")
}

fn is_none_or_object(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_object)
}

fn mine_of(mine: &[Value]) -> Option<Value> {
    Some(Value::Array(mine.to_vec()))
}

fn clash(place: &str, mine: Option<Value>, clashes: &mut Vec<String>) -> Option<Value> {
    clashes.push(place.to_owned());
    mine
}

fn inner(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

fn object(
    place: &str,
    base: &Map<String, Value>,
    theirs: &Map<String, Value>,
    mine: &Map<String, Value>,
    clashes: &mut Vec<String>,
) -> Map<String, Value> {
    let names = theirs.keys().chain(mine.keys().filter(|name| !theirs.contains_key(*name)));
    let mut merged = Map::new();
    for name in names {
        let found = value(&inner(place, name), base.get(name), theirs.get(name), mine.get(name), clashes);
        if let Some(found) = found {
            merged.insert(name.clone(), found);
        }
    }
    merged
}

#[cfg(test)]
mod tests;
