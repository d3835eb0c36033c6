//! A form that clashes with what others saved, under the names that its fields have in the draft there is now: entries without a code are
//! called by their places, which others may have changed.

use std::collections::HashMap;

use configurator::source::Source;
use serde_json::Value;

use super::lists::path_of;
use super::merge::{matches, of_cells};
use super::places::{at, keys_of};
use super::section::Section;
use super::tables;

/// What a form's field sends when nothing is typed for another entry.
const NEW: &str = "new";

/// A form's fields, and the names of those that were sent as they had been shown.
pub(super) type Typed = (Vec<(String, String)>, Vec<String>);

/// The fields under their new names, where places of entries changed. What was typed in an entry that others removed comes as another one,
/// if there is none yet.
pub(super) fn followed(
    section: &Section,
    origin: &Source,
    now: &Source,
    (fields, untouched): &Typed,
) -> Option<Typed> {
    let mut keys = new_keys(section, origin, now)?;
    let is_touched = |name: &str| !untouched.iter().any(|known| known == name);
    let has_new = fields
        .iter()
        .any(|(name, typed)| name.split('.').any(|part| part == NEW) && !typed.trim().is_empty());
    let gone = fields.iter().filter(|(name, _)| is_touched(name)).find_map(|(name, _)| {
        let key = split(section, name)?.1;
        keys.get(key).is_some_and(Option::is_none).then(|| key.to_owned())
    });
    let again = gone.filter(|_| !has_new);
    if let Some(key) = &again {
        keys.insert(key.clone(), Some(NEW.to_owned()));
    }
    let renamed = |name: &str| match split(section, name).and_then(|(_, key)| Some((key, keys.get(key)?))) {
        Some((key, Some(next))) => Some(named(section, name, key, next)),
        Some((_, None)) => None,
        None => Some(name.to_owned()),
    };
    let typed = fields.iter().filter(|(name, _)| name != "do");
    let typed = typed.filter(|(name, text)| !has_value_of_new(name, text, again.is_some()));
    let typed = typed.filter_map(|(name, text)| Some((renamed(name)?, text.clone()))).collect();
    let is_again =
        |name: &&String| split(section, name).is_some_and(|(_, key)| Some(key) == again.as_deref());
    let untouched =
        untouched.iter().filter(|name| !is_again(name)).filter_map(|name| renamed(name)).collect();
    Some((typed, untouched))
}

/// Whether a field is one of the empty entry in whose place another comes.
fn has_value_of_new(name: &str, text: &str, is_taken: bool) -> bool {
    is_taken && text.trim().is_empty() && name.split('.').any(|part| part == NEW)
}

/// A field's name without the key of its entry, and that.
fn split<'n>(section: &Section, name: &'n str) -> Option<(&'n str, &'n str)> {
    match section {
        Section::Table(_) => {
            let (field, rest) = name.split_once('.')?;
            Some((field, rest.split_once('.')?.0))
        }
        _ => name.rsplit_once('.'),
    }
}

fn named(section: &Section, name: &str, key: &str, next: &str) -> String {
    match section {
        Section::Table(_) => name.replacen(&format!(".{key}."), &format!(".{next}."), 1),
        _ => {
            let stem = name.strip_suffix(key).unwrap_or(name);
            if next == NEW {
                format!("{NEW}.{}", stem.trim_end_matches('.'))
            } else {
                format!("{stem}{next}")
            }
        }
    }
}

/// By the places of entries that have no code, their keys now; nothing of those that are gone. None where all are where they were.
fn new_keys(section: &Section, origin: &Source, now: &Source) -> Option<HashMap<String, Option<String>>> {
    let (before, after) = (entries(section, origin)?, entries(section, now)?);
    let (was, is) = (keys_of(&before), keys_of(&after));
    let by_after = matches(&before, &after)?;
    let mut keys: HashMap<String, Option<String>> = was
        .iter()
        .filter(|key| key.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|key| (key.clone(), None))
        .collect();
    for (at, from) in by_after.iter().enumerate() {
        let key = from.and_then(|from| keys.get_mut(&was[from]));
        key.into_iter().for_each(|key| *key = Some(is[at].clone()));
    }
    keys.iter().any(|(was, is)| is.as_ref() != Some(was)).then_some(keys)
}

/// The entries that a form calls by their places.
fn entries(section: &Section, source: &Source) -> Option<Vec<Value>> {
    if let Section::Table(key) = section {
        return tables::find(source, key)
            .map(|(_, table)| table.rows.iter().map(|row| of_cells(row)).collect());
    }
    let product = serde_json::to_value(source).ok()?;
    let path = path_of(section.list()?, section, &product)?;
    at(&product, &path)?.as_array().cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source(prices: Value) -> Source {
        let mut source = json!({
            "name": "Mug", "summary": "", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [], "attributes": [],
        });
        source["prices"] = prices;
        serde_json::from_value(source).unwrap()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn fields_follow_their_entries_and_what_is_gone_comes_as_another() {
        let price = |label: &str, amount: i64| json!({ "label": label, "amount": amount });
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3)]));
        let now = source(json!([price("C", 9), price("B", 2)]));
        let typed = pairs(&[
            ("label.0", "A"),
            ("amount.0", "5"),
            ("label.2", "C"),
            ("amount.2", "7"),
            ("new.label", ""),
            ("do", "save"),
        ]);
        let untouched = vec!["label.0".to_owned(), "label.2".to_owned()];
        let found = followed(&Section::Prices, &origin, &now, &(typed.clone(), untouched.clone())).unwrap();
        let expected = pairs(&[("new.label", "A"), ("new.amount", "5"), ("label.0", "C"), ("amount.0", "7")]);
        assert_eq!(found, (expected, vec!["label.0".to_owned()]));
        let same = source(json!([price("A", 1), price("B", 4), price("C", 9)]));
        assert_eq!(followed(&Section::Prices, &origin, &same, &(typed, untouched)), None);
    }
}
