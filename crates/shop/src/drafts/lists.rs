//! Lists of a product that forms edit: entries that come, move and go.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::fields::List;
use super::places::{at, at_mut, keys_of, set, text};
use super::section::Section;
use super::sent::Sent;

/// Words with a meaning in rules, which no code may be.
const RESERVED: [&str; 10] = ["and", "or", "not", "implies", "iff", "in", "has", "filled", "count", "sum"];

/// Where a form's list is in a product; nothing where the product has no such list.
pub(super) fn path_of(list: &List, section: &Section, product: &Value) -> Option<Vec<String>> {
    let mut path: Vec<String> = list.place.split('.').map(str::to_owned).collect();
    if let Section::Attribute(code) = section {
        let attributes = product.get("attributes")?.as_array()?;
        let index = attributes.iter().position(|attribute| text(attribute, "code") == code)?;
        if ["number", "text"].contains(&text(&attributes[index], "kind")) {
            return None;
        }
        path[1] = index.to_string();
    }
    Some(path)
}

/// Puts an entry with nothing in it at the end of a list, and tells what its form calls it; nothing where there can be none.
pub(super) fn append(product: &mut Value, list: &List, section: &Section) -> Option<String> {
    let path = path_of(list, section, product)?;
    if at(product, &path).is_none() {
        set(product, &path, Some(json!([])));
    }
    let entries = at_mut(product, &path)?.as_array_mut()?;
    entries.push((list.entry)());
    keys_of(entries).pop()
}

/// Gives the last entry of a list a code of its own, and an attribute what its kind begins with.
pub(super) fn complete_last(product: &mut Value, list: &List, path: &[String]) {
    let Some(Value::Array(entries)) = at_mut(product, path) else { return };
    let Some((new, others)) = entries.split_last_mut() else { return };
    if let Some(kind) = list.code {
        let code = new_code(text(new, "label"), kind, others.iter().map(|other| text(other, "code")));
        new["code"] = Value::String(code);
    }
    if list.place == "attributes" {
        fill_attribute(new);
    }
}

/// What a new attribute of its kind begins with.
fn fill_attribute(attribute: &mut Value) {
    let fields = match text(attribute, "kind") {
        "number" => json!({ "standard": 0, "min": 0, "max": 10 }),
        "text" => json!({ "standard": "", "max_length": 20 }),
        "multi-choice" => json!({ "standard": [] }),
        _ => json!({ "standard": "" }),
    };
    for (name, value) in fields.as_object().into_iter().flatten() {
        attribute[name] = value.clone();
    }
}

/// Moves and removes entries as buttons and numbers of places say.
pub(super) fn arrange(product: &mut Value, list: &List, section: &Section, sent: &mut Sent) {
    let Some(path) = path_of(list, section, product) else { return };
    let Some(Value::Array(entries)) = at_mut(product, &path) else { return };
    let keys = keys_of(entries);
    let mut wanted = Vec::new();
    for (position, key) in keys.iter().enumerate() {
        let name = format!("place.{key}");
        let place = sent.text(&name).filter(|place| !place.is_empty());
        if let Some(place) = place.and_then(|_| sent.number::<usize>(&name, "1"))
            && place != position + 1
        {
            wanted.push((place, position));
        }
    }
    move_to(entries, wanted);
    let action = sent.text("do").unwrap_or_default();
    let (verb, wanted) = action.split_once(':').unwrap_or((action, ""));
    let moved = keys_of(entries);
    let Some(position) = moved.iter().position(|key| key == wanted) else { return };
    match verb {
        "up" if position > 0 => entries.swap(position - 1, position),
        "down" if position + 1 < entries.len() => entries.swap(position, position + 1),
        "remove" | "remove-all" => {
            entries.remove(position);
        }
        _ => {}
    }
}

/// Moves entries to places, which count from 1: those that move are taken out first.
fn move_to(entries: &mut Vec<Value>, mut wanted: Vec<(usize, usize)>) {
    wanted.sort_by_key(|(_, position)| std::cmp::Reverse(*position));
    let mut moving: Vec<(usize, Value)> =
        wanted.into_iter().map(|(place, position)| (place, entries.remove(position))).collect();
    moving.reverse();
    moving.sort_by_key(|(place, _)| *place);
    for (place, entry) in moving {
        entries.insert(place.saturating_sub(1).min(entries.len()), entry);
    }
}

/// Moves or removes an attribute as its own form says: one place up or down among those of its step, or to a place of all.
pub(super) fn arrange_attribute(product: &mut Value, code: &str, sent: &mut Sent) {
    let place = sent.text("place").filter(|place| !place.is_empty());
    let place = place.and_then(|_| sent.number::<usize>("place", "1"));
    let Some(Value::Array(attributes)) = product.get_mut("attributes") else { return };
    let Some(at) = attributes.iter().position(|attribute| text(attribute, "code") == code) else { return };
    if let Some(place) = place.filter(|place| *place != at + 1) {
        move_to(attributes, vec![(place, at)]);
        return;
    }
    let same_step = |other: &usize| text(&attributes[*other], "step") == text(&attributes[at], "step");
    match sent.text("do") {
        Some("attribute-up") => {
            if let Some(other) = (0..at).rev().find(same_step) {
                attributes.swap(at, other);
            }
        }
        Some("attribute-down") => {
            if let Some(other) = (at + 1..attributes.len()).find(same_step) {
                attributes.swap(at, other);
            }
        }
        Some("attribute-remove" | "attribute-remove-all") => {
            attributes.remove(at);
        }
        _ => {}
    }
}

/// A code made of a name that none of the others has: `Forest green` becomes `forest_green`.
pub(crate) fn new_code<'c>(label: &str, kind: &str, taken: impl Iterator<Item = &'c str>) -> String {
    Codes::of(taken).another(label, kind)
}

/// The codes of a list to which many entries are added.
pub(super) struct Codes {
    taken: HashSet<String>,
    /// By code, the number that another one of it gets.
    next: HashMap<String, usize>,
}

impl Codes {
    pub(super) fn of<'c>(taken: impl Iterator<Item = &'c str>) -> Self {
        Self { taken: taken.map(str::to_owned).collect(), next: HashMap::new() }
    }

    /// A code made of a name that none of the others has, which has it from now on.
    pub(super) fn another(&mut self, label: &str, kind: &str) -> String {
        let code = code_of(label, kind).unwrap_or_else(|| kind.to_owned());
        if self.taken.insert(code.clone()) {
            return code;
        }
        let next = self.next.entry(code.clone()).or_insert(2);
        loop {
            let numbered = format!("{code}_{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// The code that is made of a name, whether or not another one has it; nothing where the name has no sign of one. What is a code is taken as
/// it is.
pub(super) fn code_of(name: &str, kind: &str) -> Option<String> {
    let is_sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    let mut code = String::new();
    if name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_sign) {
        name.clone_into(&mut code);
    } else {
        for character in name.chars().take(40) {
            if character.is_ascii_alphanumeric() {
                code.push(character.to_ascii_lowercase());
            } else if !code.is_empty() && !code.ends_with('_') {
                code.push('_');
            }
        }
        code.truncate(code.trim_end_matches('_').len());
    }
    let is_none = RESERVED.contains(&code.as_str()) || code.starts_with(|first: char| first.is_ascii_digit());
    match code.is_empty() {
        true => None,
        false if is_none => Some(format!("{kind}_{code}")),
        false => Some(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sound() {
        for (label, code) in [
            ("Forest green", "forest_green"),
            ("26″", "option_26"),
            ("Not", "option_not"),
            ("Ü", "option"),
            ("  A--b ", "a_b"),
        ] {
            assert_eq!(new_code(label, "option", ["x"].into_iter()), code, "{label}");
        }
        assert_eq!(new_code("x", "option", ["x", "x_2"].into_iter()), "x_3");
        let mut codes = Codes::of(["option_3"].into_iter());
        let many: Vec<String> = (0..4).map(|_| codes.another("赤", "option")).collect();
        assert_eq!(many, ["option", "option_2", "option_4", "option_5"]);
    }

    #[test]
    fn entries_move_to_the_places_that_are_asked_for() {
        for (wanted, expected) in [
            (vec![(1, 3)], "d a b c"),
            (vec![(4, 0)], "b c d a"),
            (vec![(99, 1)], "a c d b"),
            (vec![(1, 2), (2, 3)], "c d a b"),
            (vec![(4, 0), (1, 3)], "d b c a"),
        ] {
            let mut entries: Vec<Value> = ["a", "b", "c", "d"].map(Value::from).into();
            move_to(&mut entries, wanted.clone());
            let shown: Vec<&str> = entries.iter().filter_map(Value::as_str).collect();
            assert_eq!(shown.join(" "), expected, "{wanted:?}");
        }
    }
}
