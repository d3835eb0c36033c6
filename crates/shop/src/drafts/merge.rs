//! Two changes of one draft made one: a three-way merge by field, over a product written as JSON.
//!
//! What only one side changed is as that side has it. Entries of lists are told apart by their codes, so that one may move what
//! another changes; lists without codes are merged place by place where nobody added or removed any. What both changed
//! differently is a clash: the later side's is taken, and the place is told.

use std::collections::HashSet;

use configurator::rule::WrittenTable;
use serde_json::{Map, Value};

use super::places::text;

/// A product of two changes, and the places where they clash.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Merged {
    pub(super) product: Value,
    /// Places, such as `attributes.glaze.label`, with codes in place of positions.
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
    match (base, theirs, mine) {
        (base, Some(Value::Object(theirs)), Some(Value::Object(mine))) if is_none_or_object(base) => {
            let none = Map::new();
            let base = base.and_then(Value::as_object).unwrap_or(&none);
            Some(Value::Object(object(place, base, theirs, mine, clashes)))
        }
        (base, Some(Value::Array(theirs)), Some(Value::Array(mine))) => {
            let base = base.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let merged = if [base, theirs, mine].iter().all(|entries| have_codes(entries)) {
                by_code(place, base, theirs, mine, clashes)
            } else {
                by_place(place, base, theirs, mine, clashes)
            };
            merged.map(Value::Array).or_else(|| clash(place, mine_of(mine), clashes))
        }
        (Some(Value::String(base)), Some(Value::String(theirs)), Some(Value::String(mine))) => {
            let merged = table(place, [base, theirs, mine], clashes);
            merged.map(Value::String).or_else(|| clash(place, Some(Value::from(mine.as_str())), clashes))
        }
        _ => clash(place, mine.cloned(), clashes),
    }
}

/// A rule that is a table in all three: row by row, where both have its columns and all of its rows in their places. Nothing where that
/// can't be done; of a row that both changed mine is taken.
fn table(place: &str, texts: [&String; 3], clashes: &mut Vec<String>) -> Option<String> {
    if !texts.iter().all(|text| WrittenTable::is_meant(text)) {
        return None;
    }
    let [base, theirs, mine] = texts.map(|text| WrittenTable::read(text).ok());
    let (base, theirs, mut mine) = (base?, theirs?, mine?);
    let is_alike = |other: &WrittenTable| (&other.columns, other.allowed) == (&base.columns, base.allowed);
    if !is_alike(&theirs) || !is_alike(&mine) {
        return None;
    }
    // A row that stands in another place is another one in its own: nothing says which became which.
    let has_moved = |side: &WrittenTable| {
        let rows = side.rows.iter().enumerate();
        rows.into_iter().any(|(at, row)| base.rows.get(at) != Some(row) && base.rows.contains(row))
    };
    let had = base.rows.len();
    if [&theirs, &mine].iter().any(|side| side.rows.len() < had || has_moved(side)) {
        return None;
    }
    let mut clashes_within = false;
    let mut rows = Vec::with_capacity(mine.rows.len());
    for (at, was) in base.rows.iter().enumerate() {
        let [was, their, my] = [was, &theirs.rows[at], &mine.rows[at]];
        rows.push(if my == was { their.clone() } else { my.clone() });
        clashes_within |= my != was && their != was && my != their;
    }
    if clashes_within {
        clashes.push(place.to_owned());
    }
    rows.extend_from_slice(&theirs.rows[had..]);
    rows.extend(mine.rows[had..].iter().filter(|new| !theirs.rows[had..].contains(new)).cloned());
    mine.rows = rows;
    Some(mine.text())
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

/// Whether every entry has a code of its own.
fn have_codes(entries: &[Value]) -> bool {
    let mut seen = HashSet::new();
    entries.iter().all(|entry| !text(entry, "code").is_empty() && seen.insert(text(entry, "code")))
}

fn with_code<'v>(entries: &'v [Value], code: &str) -> Option<&'v Value> {
    entries.iter().find(|entry| text(entry, "code") == code)
}

fn codes(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| text(entry, "code")).collect()
}

/// Those of one list that are in another, too.
fn kept<'v>(codes: &[&'v str], other: &[&str]) -> Vec<&'v str> {
    codes.iter().filter(|code| other.contains(code)).copied().collect()
}

fn by_code(
    place: &str,
    base: &[Value],
    theirs: &[Value],
    mine: &[Value],
    clashes: &mut Vec<String>,
) -> Option<Vec<Value>> {
    let (was, their, my) = (codes(base), codes(theirs), codes(mine));
    // Two new entries of one code are two: mine gets another.
    let mut fresh = Vec::new();
    for code in my.iter().filter(|code| !was.contains(code)) {
        if let Some(entry) = with_code(theirs, code)
            && Some(entry) != with_code(mine, code)
        {
            let numbered = (2..).map(|number| format!("{code}_{number}"));
            let free = numbered.into_iter().find(|code| !their.contains(&&**code) && !my.contains(&&**code));
            fresh.push((*code, free.unwrap_or_default()));
        }
    }
    let renamed = |code: &str| fresh.iter().find(|(old, _)| *old == code).map(|(_, new)| new.as_str());
    // Mine in its order, where only mine has another; theirs otherwise.
    let they_moved = kept(&was, &their) != kept(&their, &was);
    let i_moved = kept(&was, &my) != kept(&my, &was);
    if they_moved && i_moved && kept(&their, &my) != kept(&my, &their) {
        clash(place, None, clashes);
    }
    let (first, second) = if i_moved { (&my, &their) } else { (&their, &my) };
    let own = |list: &[&str], code: &str| {
        let is_mine = std::ptr::eq(list, my.as_slice());
        if is_mine { renamed(code).map_or_else(|| code.to_owned(), str::to_owned) } else { code.to_owned() }
    };
    let mut order: Vec<String> = first.iter().map(|code| own(first, code)).collect();
    for (at, code) in second.iter().enumerate() {
        let name = own(second, code);
        // What was added at the end is at the end, wherever the one before it was moved.
        if order.contains(&name) {
            continue;
        }
        if second[at..].iter().all(|code| !was.contains(code)) {
            order.push(name);
        } else {
            let before = second[..at].iter().rev().map(|code| own(second, code));
            let after = before.into_iter().find_map(|code| order.iter().position(|known| *known == code));
            order.insert(after.map_or(0, |at| at + 1), name);
        }
    }
    let mut merged = Vec::new();
    for code in order {
        let old = fresh.iter().find(|(_, new)| *new == code).map(|(old, _)| *old);
        let entry = match old {
            Some(old) => with_code(mine, old).cloned().map(|mut entry| {
                entry["code"] = Value::String(code.clone());
                entry
            }),
            None => {
                let mine = if renamed(&code).is_some() { None } else { with_code(mine, &code) };
                let (base, theirs) = (with_code(base, &code), with_code(theirs, &code));
                value(&inner(place, &code), base, theirs, mine, clashes)
            }
        };
        merged.extend(entry);
    }
    Some(merged)
}

/// Place by place, where nobody moved or removed any and nobody changed what the other one did; what is at the end alone may be
/// added.
fn by_place(
    place: &str,
    base: &[Value],
    theirs: &[Value],
    mine: &[Value],
    clashes: &mut Vec<String>,
) -> Option<Vec<Value>> {
    // An entry that stands in another place is another one in its own: nothing says which became which.
    let has_moved = |side: &[Value]| {
        side.iter().enumerate().any(|(at, entry)| base.get(at) != Some(entry) && base.contains(entry))
    };
    let both_changed = base
        .iter()
        .zip(theirs.iter().zip(mine))
        .any(|(was, (their, my))| their != was && my != was && their != my);
    if has_moved(theirs) || has_moved(mine) || both_changed {
        return None;
    }
    // Both added behind what was there: both stay.
    if theirs.len() >= base.len() && mine.len() >= base.len() {
        let mut merged = Vec::new();
        for (index, was) in base.iter().enumerate() {
            let place = inner(place, &index.to_string());
            merged.extend(value(&place, Some(was), Some(&theirs[index]), Some(&mine[index]), clashes));
        }
        merged.extend_from_slice(&theirs[base.len()..]);
        merged.extend(mine[base.len()..].iter().filter(|new| !theirs[base.len()..].contains(new)).cloned());
        return Some(merged);
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn product() -> Value {
        json!({ "name": "Mug", "attributes": [
            { "code": "a", "label": "A", "options": [{ "code": "x", "price": 1 }, { "code": "y" }] },
            { "code": "b", "label": "B" }, { "code": "c", "label": "C" },
        ], "prices": [{ "label": "Gift", "amount": 1 }] })
    }

    #[test]
    fn a_list_without_codes_clashes_where_its_entries_may_have_moved() {
        let prices = |prices: Value| json!({ "prices": prices });
        let (a, b) = (json!({ "label": "A", "amount": 1 }), json!({ "label": "B", "amount": 1 }));
        let base = prices(json!([a, b]));
        let mut dearer = a.clone();
        dearer["amount"] = json!(9);
        let mine = prices(json!([dearer, b]));
        let c = json!({ "label": "C", "amount": 1 });
        for theirs in
            [json!([b, a]), json!([b, c]), json!([json!({ "label": "A", "amount": 1, "when": "x" }), b])]
        {
            let merged = merge(&base, &prices(theirs.clone()), &mine);
            assert_eq!(merged.clashes, ["prices"], "{theirs}");
        }
        let theirs = prices(json!([a, json!({ "label": "B", "amount": 2 }), c]));
        let merged = merge(&base, &theirs, &mine);
        assert!(merged.clashes.is_empty());
        assert_eq!(merged.product["prices"][0]["amount"], json!(9));
        assert_eq!(merged.product["prices"][1]["amount"], json!(2));
    }

    #[test]
    fn fields_that_one_side_changed_are_as_that_side_has_them() {
        let (base, mut theirs, mut mine) = (product(), product(), product());
        theirs["attributes"][0]["options"][0]["price"] = json!(2);
        theirs["attributes"][1]["label"] = json!("Bee");
        mine["name"] = json!("Cup");
        mine["attributes"][0]["options"][0]["label"] = json!("X");
        mine["attributes"].as_array_mut().unwrap().swap(1, 2);
        mine["prices"].as_array_mut().unwrap().push(json!({ "label": "New" }));
        theirs["prices"].as_array_mut().unwrap().push(json!({ "label": "Other" }));
        let merged = merge(&base, &theirs, &mine);
        assert_eq!(merged.clashes, Vec::<String>::new());
        let expected = json!({ "name": "Cup", "attributes": [
            { "code": "a", "label": "A", "options": [{ "code": "x", "price": 2, "label": "X" }, { "code": "y" }] },
            { "code": "c", "label": "C" }, { "code": "b", "label": "Bee" },
        ], "prices": [{ "label": "Gift", "amount": 1 }, { "label": "Other" }, { "label": "New" }] });
        assert_eq!(merged.product, expected);
    }

    #[test]
    fn what_is_added_at_the_end_is_there_whatever_the_last_one_moved_to() {
        let list = |codes: &str| json!({ "options": codes.split(' ').map(|code| json!({ "code": code })).collect::<Vec<_>>() });
        let order = |theirs: &str, mine: &str| {
            let merged = merge(&list("a b c"), &list(theirs), &list(mine));
            assert_eq!(merged.clashes, Vec::<String>::new());
            codes(merged.product["options"].as_array().unwrap()).join(" ")
        };
        assert_eq!(order("c a b", "a b c n"), "c a b n");
        assert_eq!(order("a b c n", "c a b"), "c a b n");
        assert_eq!(order("a b c t", "a b c n"), "a b c t n");
        assert_eq!(order("a t b c", "a b n c"), "a t b n c");
    }

    #[test]
    fn two_people_on_one_table_are_merged_row_by_row() {
        let rule = |text: &str| json!({ "rules": [{ "code": "t", "rule": text }] });
        let base = rule("(a, b) in (\n  (x, 1),\n  (y, 2),\n)");
        let theirs = rule("(a, b) in (\n  (x, 1),\n  (y, 2..3),\n)");
        let mine = rule("(a, b) in (\n  (x or z, 1),\n  (y, 2),\n  (w, *),\n)");
        let merged = merge(&base, &theirs, &mine);
        assert_eq!(merged.clashes, Vec::<String>::new());
        assert_eq!(merged.product, rule("(a, b) in (\n  (x or z, 1),\n  (y, 2..3),\n  (w, *),\n)"));
        let other = rule("(a, b) in (\n  (x, 5),\n  (y, 2),\n)");
        let merged = merge(&base, &other, &mine);
        assert_eq!((merged.clashes, merged.product), (vec!["rules.t.rule".to_owned()], mine.clone()));
        let fewer = rule("(a, b) in (\n  (y, 2),\n)");
        assert_eq!(merge(&base, &fewer, &mine).clashes, ["rules.t.rule"]);
        let columns = rule("(a) in (\n  (x),\n  (y),\n)");
        assert_eq!(merge(&base, &columns, &mine).clashes, ["rules.t.rule"]);
    }

    #[test]
    fn what_both_changed_clashes_and_what_both_added_is_there_twice() {
        let (base, mut theirs, mut mine) = (product(), product(), product());
        theirs["name"] = json!("Cup");
        mine["name"] = json!("Bowl");
        theirs["attributes"].as_array_mut().unwrap().remove(2);
        mine["attributes"][2]["label"] = json!("Sea");
        theirs["attributes"].as_array_mut().unwrap().push(json!({ "code": "n", "label": "Theirs" }));
        mine["attributes"].as_array_mut().unwrap().push(json!({ "code": "n", "label": "Mine" }));
        let merged = merge(&base, &theirs, &mine);
        assert_eq!(merged.clashes, ["attributes.c", "name"]);
        let labels: Vec<&str> = merged.product["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| text(entry, "label"))
            .collect();
        assert!(
            labels.contains(&"Theirs") && labels.contains(&"Mine") && labels.contains(&"Sea"),
            "{labels:?}"
        );
        assert_eq!(codes(merged.product["attributes"].as_array().unwrap()).len(), 5);
    }

    /// An edit: which entry, which field, what is written there.
    type Edit = (usize, usize, u8);

    fn edited(edits: &[Edit], by: &str) -> Value {
        let mut product = product();
        for (entry, field, wanted) in edits {
            let attributes = product["attributes"].as_array_mut().unwrap();
            let entry = entry % attributes.len();
            match field {
                0 => attributes.swap(entry, 0),
                1 => attributes.push(json!({ "code": format!("{by}{wanted}"), "label": by })),
                2 => attributes[entry]["help"] = json!(format!("{by}{wanted}")),
                3 => attributes[entry]["label"] = json!(format!("{by}{wanted}")),
                _ => attributes[entry]["points"] = json!(wanted),
            }
            let mut seen = HashSet::new();
            attributes.retain(|entry| seen.insert(text(entry, "code").to_owned()));
        }
        product
    }

    /// Every field of an entry of the base with what one side made of it, where that is something else.
    fn changed(base: &Value, after: &Value) -> Vec<(String, String, Value)> {
        let entries = after["attributes"].as_array().unwrap();
        let mut found = Vec::new();
        for entry in entries {
            let was = with_code(base["attributes"].as_array().unwrap(), text(entry, "code"));
            for (name, value) in entry.as_object().unwrap() {
                if was.and_then(|was| was.get(name)) != Some(value) {
                    found.push((text(entry, "code").to_owned(), name.clone(), value.clone()));
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn merging_two_histories_loses_no_edit(
            theirs in prop::collection::vec((0usize..9, 0usize..5, any::<u8>()), 0..12),
            mine in prop::collection::vec((0usize..9, 0usize..5, any::<u8>()), 0..12),
        ) {
            let (base, theirs, mine) = (product(), edited(&theirs, "t"), edited(&mine, "m"));
            let merged = merge(&base, &theirs, &mine);
            let entries = merged.product["attributes"].as_array().unwrap();
            prop_assert!(have_codes(entries));
            let holds = |code: &str, name: &str, value: &Value| {
                with_code(entries, code).and_then(|entry| entry.get(name)) == Some(value)
            };
            for (code, name, value) in changed(&base, &mine) {
                prop_assert!(holds(&code, &name, &value), "mine: {code}.{name}");
            }
            for (code, name, value) in changed(&base, &theirs) {
                let clashes = merged.clashes.contains(&format!("attributes.{code}.{name}"));
                prop_assert!(clashes || holds(&code, &name, &value), "theirs: {code}.{name}");
            }
            // Who saves alone gets what they made.
            prop_assert_eq!(merge(&base, &base, &mine).product, mine);
            prop_assert_eq!(merge(&base, &theirs, &base).product, theirs);
        }
    }
}
