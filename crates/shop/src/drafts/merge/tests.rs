use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::json;

use super::entries::have_codes;
use super::*;
use crate::drafts::places::text;

fn with_code<'v>(entries: &'v [Value], code: &str) -> Option<&'v Value> {
    entries.iter().find(|entry| text(entry, "code") == code)
}

fn codes(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| text(entry, "code")).collect()
}

fn product() -> Value {
    json!({ "name": "Mug", "attributes": [
        { "code": "a", "label": "A", "options": [{ "code": "x", "price": 1 }, { "code": "y" }] },
        { "code": "b", "label": "B" }, { "code": "c", "label": "C" },
    ], "prices": [{ "label": "Gift", "amount": 1 }] })
}

fn prices(prices: Value) -> Value {
    json!({ "prices": prices })
}

#[test]
fn entries_without_codes_are_told_by_what_they_say() {
    let (a, b, c) = (
        json!({ "label": "A", "amount": 1 }),
        json!({ "label": "B", "amount": 1 }),
        json!({ "label": "C", "amount": 1 }),
    );
    let base = prices(json!([a, b]));
    let dearer = json!({ "label": "A", "amount": 9 });
    let mine = prices(json!([dearer, b]));
    let held = json!({ "label": "A", "amount": 1, "when": "x" });
    let both = json!({ "label": "A", "amount": 9, "when": "x" });
    for (theirs, expected) in [
        (json!([b, a]), json!([b, dearer])),
        (json!([b, c, a]), json!([b, c, dearer])),
        (json!([a]), json!([dearer])),
        (json!([held, b]), json!([both, b])),
        (json!([b, held]), json!([b, both])),
        (json!([c, a, b]), json!([c, dearer, b])),
        (
            json!([a, json!({ "label": "B", "amount": 2 }), c]),
            json!([dearer, json!({ "label": "B", "amount": 2 }), c]),
        ),
        (
            json!([json!({ "label": "Gift", "amount": 1 }), b]),
            json!([json!({ "label": "Gift", "amount": 9 }), b]),
        ),
    ] {
        let merged = merge(&base, &prices(theirs.clone()), &mine);
        assert_eq!((merged.clashes, merged.product), (Vec::new(), prices(expected)), "{theirs}");
        let merged = merge(&base, &mine, &prices(theirs.clone()));
        assert_eq!(merged.clashes, Vec::<String>::new(), "{theirs}");
    }
    let clashes = |theirs: Value| merge(&base, &prices(theirs), &mine).clashes;
    assert_eq!(clashes(json!([json!({ "label": "A", "amount": 7 }), b])), ["prices.0.amount"]);
    assert_eq!(clashes(json!([b, json!({ "label": "A", "amount": 7 })])), ["prices.0.amount"]);
    assert_eq!(clashes(json!([b])), ["prices.0"]);
    assert_eq!(clashes(json!([json!({ "label": "Z", "amount": 5 }), b])), ["prices.0"]);
    // What both added alike is one.
    let added = merge(&base, &prices(json!([c, a, b])), &prices(json!([a, b, c])));
    assert_eq!((added.clashes, added.product), (Vec::new(), prices(json!([c, a, b]))));
}

#[test]
fn a_map_that_one_side_empties_takes_what_the_other_puts_in() {
    let stale = |marks: Value| json!({ "translations": { "de": { "name": "Becher", "stale": marks } } });
    let mark = |was: &str| json!({ "since": "2026-11-12", "was": was });
    let base = stale(json!({ "name": mark("Mug") }));
    let mine = json!({ "translations": { "de": { "name": "Tasse" } } });
    let merged = merge(&base, &stale(json!({ "name": mark("Mug"), "summary": mark("Old") })), &mine);
    assert_eq!(merged.clashes, [""; 0]);
    let expected = json!({ "name": "Tasse", "stale": { "summary": mark("Old") } });
    assert_eq!(merged.product["translations"]["de"], expected);
    // A text is none: one side's that is gone beside another is asked about, and stays gone.
    let named = |name: &str| json!({ "translations": { "de": { "name": name, "summary": "Ton" } } });
    let nameless = json!({ "translations": { "de": { "summary": "Ton" } } });
    let merged = merge(&named("Becher"), &named("Tasse"), &nameless);
    assert_eq!((merged.clashes, merged.product), (vec!["translations.de.name".to_owned()], nameless));
    let benefits = |benefits: Value| json!({ "attributes": [{ "code": "a", "options": [{ "code": "x", "benefits": benefits }] }] });
    let none = json!({ "attributes": [{ "code": "a", "options": [{ "code": "x" }] }] });
    let base = benefits(json!({ "comfort": 1 }));
    let both = benefits(json!({ "comfort": 1, "speed": 2 }));
    for (theirs, mine) in [(&both, &none), (&none, &both)] {
        let merged = merge(&base, theirs, mine);
        assert_eq!((merged.clashes, merged.product), (Vec::new(), benefits(json!({ "speed": 2 }))));
    }
    assert_eq!(
        merge(&base, &benefits(json!({ "comfort": 2 })), &none).clashes,
        ["attributes.a.options.x.benefits.comfort"]
    );
}

#[test]
fn each_moves_what_the_other_leaves() {
    let list =
        |names: &str| prices(names.split(' ').map(|name| json!({ "label": name, "amount": 1 })).collect());
    let merged = |theirs: &str, mine: &str| {
        let merged = merge(&list("a b c d"), &list(theirs), &list(mine));
        let names =
            merged.product["prices"].as_array().unwrap().iter().map(|entry| text(entry, "label").to_owned());
        (names.collect::<Vec<_>>().join(" "), merged.clashes.is_empty())
    };
    for (theirs, mine, expected) in [
        ("c a b d", "b c d a", "c b d a"),
        ("b a c d", "a b d c", "b a d c"),
        ("d a b c", "a c d", "d a c"),
        ("b c d", "b c d", "b c d"),
        ("a b n c d", "d a b c", "d a b n c"),
    ] {
        assert_eq!(merged(theirs, mine), (expected.to_owned(), true), "{theirs} and {mine}");
    }
    // One entry to two places, and what is no order.
    assert!(!merged("b a c d", "b c a d").1);
    assert!(!merged("b a c d", "a c b d").1);
}

#[test]
fn numbers_are_what_their_place_says() {
    let picture = |width: u32, height: u32| json!({ "picture": [width, height] });
    let merged = merge(&picture(1200, 900), &picture(1000, 900), &picture(1200, 800));
    assert_eq!((merged.clashes, merged.product), (Vec::new(), picture(1000, 800)));
    assert_eq!(merge(&picture(1200, 900), &picture(1000, 900), &picture(1100, 900)).clashes, ["picture.0"]);
}

#[test]
fn many_entries_are_merged_in_no_time() {
    let row = |at: usize, price: usize| json!({ "label": format!("{at}"), "amount": price });
    let base = prices((0..5000).map(|at| row(at, 1)).collect());
    let theirs = prices((0..5000).rev().map(|at| row(at, 1)).collect());
    let mine = prices((0..5000).filter(|at| at % 10 > 0).map(|at| row(at, 1 + at % 100 / 99)).collect());
    let merged = merge(&base, &theirs, &mine);
    assert_eq!(merged.clashes, Vec::<String>::new());
    assert_eq!(merged.product["prices"].as_array().unwrap().len(), 4500);
    assert_eq!(merged.product["prices"][0], row(4999, 2));
    // Where all of many are others, nothing tells which was which.
    let other = prices((0..5000).map(|at| row(at + 9000, 2)).collect());
    assert_eq!(merge(&base, &other, &mine).clashes, ["prices"]);
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
    let both = rule("(a, b) in (\n  (x or z, 5),\n  (y, 2),\n  (w, *),\n)");
    assert_eq!((merged.clashes, merged.product), (Vec::new(), both));
    let same = rule("(a, b) in (\n  (q, 1),\n  (y, 2),\n)");
    let merged = merge(&base, &same, &mine);
    assert_eq!((merged.clashes, merged.product), (vec!["rules.t.rule".to_owned()], mine.clone()));
    let fewer = rule("(a, b) in (\n  (y, 2),\n)");
    assert_eq!(merge(&base, &fewer, &mine).clashes, ["rules.t.rule"]);
    let without = rule("(a, b) in (\n  (x, 1),\n)");
    let merged = merge(&base, &without, &mine);
    assert_eq!(
        (merged.clashes, merged.product),
        (Vec::new(), rule("(a, b) in (\n  (x or z, 1),\n  (w, *),\n)"))
    );
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
    let labels: Vec<&str> =
        merged.product["attributes"].as_array().unwrap().iter().map(|entry| text(entry, "label")).collect();
    assert!(labels.contains(&"Theirs") && labels.contains(&"Mine") && labels.contains(&"Sea"), "{labels:?}");
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

#[test]
fn a_table_that_means_the_opposite_clashes_with_rows_of_the_other_side() {
    let rule = |sign: &str, rows: &str| json!({ "rules": [{ "code": "one", "rule": format!("(a, b) {sign} ({rows})") }] });
    let base = rule("in", "(x, 1), (y, 2)");
    let (opposite, another) = (rule("not in", "(x, 1), (y, 2)"), rule("in", "(x, 1), (y, 2), (x, 3)"));
    for (theirs, mine) in [(&opposite, &another), (&another, &opposite)] {
        let merged = merge(&base, theirs, mine);
        assert_eq!((merged.clashes, &merged.product), (vec!["rules.one.rule".to_owned()], mine));
    }
    // Both meant it, so each row means the same.
    let mine = rule("not in", "(x, 1), (y, 2), (x, 3)");
    let merged = merge(&base, &opposite, &mine);
    assert!(merged.clashes.is_empty());
    let rows = merged.product["rules"][0]["rule"].as_str().unwrap().split_whitespace().collect::<String>();
    assert_eq!(rows, "(a,b)notin((x,1),(y,2),(x,3),)");
}
