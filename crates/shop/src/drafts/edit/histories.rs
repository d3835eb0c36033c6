//! Two people who save forms of one draft, each made from what they saw last or from something older: nothing that either changed is lost.

use std::collections::{BTreeMap, BTreeSet};

use configurator::rule::WrittenTable;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::catalogue::bundle::Bundle;

/// One form that somebody sends: whether it is the second person, whether they go on from the page that they have, which form, and what
/// is done in it: to which entry, which field, and how.
type Step = (bool, bool, u8, Vec<(usize, u8, u8)>);

/// The trainer, with more of all that has no code, each with something by which the test knows it again.
fn trainer() -> Source {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogs/trainer");
    let mut trainer = crate::catalogue::as_written(std::path::Path::new(folder)).unwrap().source;
    for (at, layer) in trainer.layers.iter_mut().enumerate() {
        layer.font_size = Some(1000 + u32::try_from(at).unwrap());
    }
    let mut source = serde_json::to_value(&trainer).unwrap();
    let list = |entry: &dyn Fn(u32) -> Value| Value::from((1..6).map(entry).collect::<Vec<_>>());
    source["prices"] = list(
        &|at| json!({ "label": format!("Fee {at}"), "amount": 100 * at, "when": format!("size > {at}"), "per": 10 + at }),
    );
    source["no_returns"] =
        list(&|at| json!({ "reason": format!("made so {at}"), "when": format!("size > {at}") }));
    source["tiers"] = list(&|at| json!({ "from": 10 * at, "discount": format!("{at} %") }));
    let row = |at: usize| {
        let [fit, lining, upper] = ["fit", "lining", "lace_colour"].map(|code| code_of(&trainer, code, at));
        format!("\n  ({fit}, {lining}, {upper}, {}),", 36 + at)
    };
    let rows: String = (0..6).map(row).collect();
    let table =
        json!({ "code": "pairs", "rule": format!("(fit, lining, lace_colour, size) not in ({rows}\n)") });
    source["rules"].as_array_mut().unwrap().push(table);
    serde_json::from_value(source).unwrap()
}

/// The code of an option.
fn code_of(source: &Source, attribute: &str, at: usize) -> String {
    let options = &source.attributes.iter().find(|known| known.code == attribute).unwrap().options;
    options[at % options.len()].code.clone()
}

/// The form that a step sends of a product.
fn form(
    origin: &Source,
    part: u8,
    edits: &[(usize, u8, u8)],
    stamp: &str,
) -> (Section, Vec<(String, String)>) {
    let product = serde_json::to_value(origin).unwrap();
    let (section, fields): (Section, [&str; 2]) = match part % 9 {
        0 => (Section::Basics, ["name", "summary"]),
        1 => (Section::Attribute("upper_colour".to_owned()), ["label", "description"]),
        2 => (Section::Rules, ["sentence", "sentence"]),
        3 => (Section::Prices, ["label", "amount"]),
        4 => (Section::Layers, ["x", "y"]),
        5 => (Section::NoReturns, ["reason", "reason"]),
        6 => (Section::Texts("de".to_owned()), ["text.name", "text.attributes.sole.label"]),
        7 => (Section::Table("pairs".to_owned()), ["0", "1"]),
        _ => (Section::Tiers, ["discount", "discount"]),
    };
    let keys: Vec<String> = match &section {
        Section::Basics | Section::Texts(_) => Vec::new(),
        Section::Table(key) => {
            let rows = tables::find(origin, key).map_or(0, |(_, table)| table.rows.len());
            (0..rows).map(|row| row.to_string()).collect()
        }
        listed => {
            let path = crate::drafts::lists::path_of(listed.list().unwrap(), listed, &product).unwrap();
            let entries = crate::drafts::places::at(&product, &path).and_then(Value::as_array);
            crate::drafts::places::keys_of(entries.map(Vec::as_slice).unwrap_or_default())
        }
    };
    let mut sent: BTreeMap<String, String> = BTreeMap::new();
    for (entry, field, how) in edits {
        let field = fields[usize::from(field % 2)];
        let text = match (&section, field) {
            (_, "amount" | "x" | "y") => how.to_string(),
            (_, "discount") => format!("{} %", how % 90 + 1),
            _ => format!("{stamp} {how}"),
        };
        let Some(key) = keys.get(entry % keys.len().max(1)) else {
            sent.insert(field.to_owned(), text);
            continue;
        };
        match (how % 6, &section) {
            (0, Section::Table(_)) => drop(sent.insert("do".to_owned(), format!("remove:{key}"))),
            (0, _) => drop(sent.insert("do".to_owned(), format!("remove-all:{key}"))),
            (1, Section::Table(_)) => {
                let attributes = ["fit", "lining", "lace_colour"];
                for (column, attribute) in attributes.into_iter().enumerate() {
                    sent.insert(format!("cell.new.{column}"), code_of(origin, attribute, *entry + column));
                }
                // By the last two the test knows it again.
                let number = number_of(stamp) as usize;
                let (colour, size) = (number % COLOURS, number / COLOURS);
                sent.insert("cell.new.2".to_owned(), code_of(origin, "lace_colour", colour));
                sent.insert("cell.new.3".to_owned(), (36 + size + usize::from(colour <= size)).to_string());
            }
            (1, _) => {
                for (name, text) in another(&section, stamp) {
                    sent.insert(name.to_owned(), text);
                }
            }
            (2, listed) if !matches!(listed, Section::Table(_)) => {
                sent.insert(format!("place.{key}"), (1 + usize::from(*how) % keys.len()).to_string());
            }
            (_, Section::Table(_)) => {
                let attribute = if field == "0" { "fit" } else { "lining" };
                let code = code_of(origin, attribute, usize::from(*how));
                sent.insert(format!("cell.{key}.{field}"), code);
            }
            // What the test knows an entry by that was added stays.
            _ if field == "label"
                && product["prices"]
                    .get(key.parse::<usize>().unwrap_or(99))
                    .is_some_and(|price| price.get("per").is_none()) => {}
            _ => drop(sent.insert(format!("{field}.{key}"), text)),
        }
    }
    (section, sent.into_iter().collect())
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

/// What a product says: every field by the way to it, every entry of a list, and in which order they stand.
#[derive(Debug, Default)]
struct Said {
    fields: BTreeMap<String, String>,
    entries: BTreeSet<String>,
    orders: BTreeMap<String, Vec<String>>,
}

fn said(source: &Source) -> Said {
    let mut product = serde_json::to_value(source).unwrap();
    // Marks and names of translations follow what they are of.
    for texts in product["translations"].as_object_mut().into_iter().flat_map(|all| all.values_mut()) {
        let texts = texts.as_object_mut().unwrap();
        for follows in ["stale", "prices", "no_returns", "rules"] {
            texts.remove(follows);
        }
    }
    let mut said = Said::default();
    say(&product, "", &mut said);
    said
}

/// What the test knows an entry by.
fn identity(entry: &Value) -> Option<String> {
    let fields = entry.as_object()?;
    if let Some(row) = fields.get("3") {
        return Some(format!("{} {row}", fields["2"]));
    }
    let is_new_rule = fields.contains_key("rule") && fields["code"].as_str().unwrap().starts_with("rule");
    let by = if fields.contains_key("reason") {
        "when"
    } else if is_new_rule {
        "rule"
    } else {
        "code"
    };
    [by, "per", "font_size", "from", "label", "file"]
        .iter()
        .find_map(|name| fields.get(*name))
        .map(Value::to_string)
}

fn say(value: &Value, way: &str, said: &mut Said) {
    match value {
        // Of two new entries of one code mine gets another.
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "code")
            .for_each(|(name, value)| say(value, &format!("{way}/{name}"), said)),
        Value::Array(entries) if entries.iter().any(Value::is_object) => {
            let names: Vec<String> = entries.iter().filter_map(identity).collect();
            assert_eq!(names.len(), entries.len(), "{way}");
            for (name, entry) in names.iter().zip(entries) {
                said.entries.insert(format!("{way}/{name}/"));
                say(entry, &format!("{way}/{name}"), said);
            }
            said.orders.insert(way.to_owned(), names);
        }
        Value::String(text) if WrittenTable::is_meant(text) => {
            let rows = WrittenTable::read(text).unwrap().rows;
            say(
                &Value::from(rows.iter().map(|row| crate::drafts::merge::of_cells(row)).collect::<Vec<_>>()),
                way,
                said,
            );
        }
        value => drop(said.fields.insert(way.to_owned(), value.to_string())),
    }
}

/// What somebody changed.
#[derive(Debug, Default)]
struct Changes {
    /// Fields of what was there and still is, by what is there now.
    fields: BTreeMap<String, Option<String>>,
    removed: BTreeSet<String>,
    added: BTreeMap<String, BTreeMap<String, String>>,
    /// By list, pairs that stand the other way round.
    turned: BTreeSet<(String, String, String)>,
}

fn changes(before: &Said, after: &Said) -> Changes {
    let gone = |entries: &BTreeSet<String>, others: &BTreeSet<String>| -> BTreeSet<String> {
        entries.difference(others).cloned().collect()
    };
    let (removed, added) = (gone(&before.entries, &after.entries), gone(&after.entries, &before.entries));
    let is_within = |way: &String| removed.iter().chain(&added).any(|entry| way.starts_with(entry));
    let ways: BTreeSet<&String> =
        before.fields.keys().chain(after.fields.keys()).filter(|way| !is_within(way)).collect();
    let fields = ways
        .into_iter()
        .filter(|way| before.fields.get(*way) != after.fields.get(*way))
        .map(|way| (way.clone(), after.fields.get(way).cloned()))
        .collect();
    let of = |entry: &String| {
        let fields = after.fields.iter().filter(|(way, _)| way.starts_with(entry));
        (entry.clone(), fields.map(|(way, text)| (way.clone(), text.clone())).collect())
    };
    let added = added.iter().map(of).collect();
    let mut turned = BTreeSet::new();
    for (list, order) in &before.orders {
        let Some(now) = after.orders.get(list) else { continue };
        let place = |name: &String| now.iter().position(|known| known == name);
        for (at, first) in order.iter().enumerate() {
            for second in &order[at + 1..] {
                if place(first).zip(place(second)).is_some_and(|(first, second)| second < first) {
                    turned.insert((list.clone(), second.clone(), first.clone()));
                }
            }
        }
    }
    Changes { fields, removed, added, turned }
}

impl Changes {
    /// What of it a product has not, in words.
    fn lost_in(&self, product: &Said) -> Option<String> {
        let field = self.fields.iter().find(|(way, text)| product.fields.get(*way) != text.as_ref());
        let removed = self.removed.intersection(&product.entries).next();
        let mut added = self.added.values().flatten();
        let added = added.find(|(way, text)| product.fields.get(*way) != Some(*text));
        let turned = self.turned.iter().find(|(list, first, second)| {
            let Some(now) = product.orders.get(list) else { return false };
            let place = |name: &String| now.iter().position(|known| known == name);
            place(first).zip(place(second)).is_some_and(|(first, second)| second < first)
        });
        (field.is_some() || removed.is_some() || added.is_some() || turned.is_some())
            .then(|| format!("{field:?} {removed:?} {added:?} {turned:?}"))
    }

    /// Whether both changed a field to different things.
    fn contradicts(&self, other: &Self) -> bool {
        self.fields.iter().any(|(way, text)| other.fields.get(way).is_some_and(|other| other != text))
    }

    /// Whether something is asked about with reason: a field that both changed, what one removed and the other changed, a list that both put
    /// into another order.
    fn meets(&self, other: &Self) -> bool {
        let within = |one: &Self, other: &Self| {
            let touched = other.fields.keys().chain(&other.removed).chain(other.added.keys());
            let lists = other.turned.iter().map(|(list, _, _)| list);
            let mut touched = touched.chain(lists);
            touched.any(|way| one.removed.iter().any(|entry| way.starts_with(entry) && way != entry))
        };
        let lists: BTreeSet<&String> = self.turned.iter().map(|(list, _, _)| list).collect();
        self.contradicts(other)
            || within(self, other)
            || within(other, self)
            || other.turned.iter().any(|(list, _, _)| lists.contains(list))
    }
}

fn draft(source: &Source, version: usize) -> Draft {
    let bundle = Bundle { source: source.clone(), drawings: Default::default() };
    let slug = "trainer".parse::<Slug>().unwrap();
    let changed_by = "ben@example.org".to_owned();
    let version = i64::try_from(version).unwrap();
    Draft { slug, version, base: RevisionNumber::FIRST, bundle, changed_at: None, changed_by }
}

fn edit_of(section: Section, fields: Vec<(String, String)>) -> DraftEdit {
    let (slug, base) = ("trainer".parse::<Slug>().unwrap(), RevisionNumber::FIRST);
    let (language, by) = (Language::ENGLISH, "mia@example.org".to_owned());
    DraftEdit { slug, section, version: 0, base, over: None, goes_on: false, fields, language, by }
}

/// Walks through forms of two people, and tells how many were saved, how many of these beside something else, and how many clashed.
fn walk(steps: &[Step]) -> Result<[usize; 3], TestCaseError> {
    let today = time::macros::date!(2026 - 11 - 30);
    let mut versions = vec![trainer()];
    let (mut pages, mut counts) = ([0, 0], [0; 3]);
    for (number, (who, keeps, part, edits)) in steps.iter().enumerate() {
        let (who, now) = (usize::from(*who), versions.len() - 1);
        let origin = versions[pages[who]].clone();
        let (section, fields) = form(&origin, *part, edits, &format!("{who} {number}"));
        let edit = edit_of(section, fields);
        let alone = match edit.changed(&origin, today) {
            Ok((alone, _)) => alone,
            // Nothing that can be read, or an attribute's last option.
            Err(_) => continue,
        };
        let (was, is) = (said(&origin), said(&versions[now]));
        let (mine, theirs) = (changes(&was, &said(&alone)), changes(&was, &is));
        let saved = if pages[who] == now {
            Ok(alone)
        } else {
            edit.merged((&origin, None), &draft(&versions[now], now), today).map(|(merged, _)| merged)
        };
        let told = || format!("{edit:?}\ntheirs: {theirs:?}\nmine: {mine:?}");
        match saved {
            Ok(merged) => {
                let after = said(&merged);
                prop_assert!(!mine.contradicts(&theirs), "not told: {}", told());
                let [lost_mine, lost_theirs] = [&mine, &theirs].map(|changes| changes.lost_in(&after));
                prop_assert!(lost_mine.is_none(), "mine lost: {lost_mine:?}\n{}", told());
                prop_assert!(lost_theirs.is_none(), "theirs lost: {lost_theirs:?}\n{}", told());
                counts[0] += 1;
                counts[1] += usize::from(pages[who] != now);
                versions.push(merged);
            }
            Err(EditError::Clash { .. }) => {
                prop_assert!(mine.meets(&theirs), "asked without reason: {}", told());
                counts[2] += 1;
            }
            // A translation of what is gone.
            Err(_) => {}
        }
        if !keeps {
            pages[who] = versions.len() - 1;
        }
    }
    Ok(counts)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let edits = prop::collection::vec((0_usize..40, any::<u8>(), any::<u8>()), 1..4);
    prop::collection::vec((any::<bool>(), any::<bool>(), any::<u8>(), edits), 4..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_that_two_people_do_is_lost(steps in steps()) {
        walk(&steps)?;
    }
}

#[test]
fn most_forms_are_saved_beside_what_others_did() {
    let mut counts = [0; 3];
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    for _ in 0..6 {
        let steps: Vec<Step> = (0..20)
            .map(|_| {
                let edit = (next(40) as usize, next(256) as u8, next(256) as u8);
                (next(2) == 0, next(2) == 0, next(256) as u8, vec![edit])
            })
            .collect();
        let found = walk(&steps).unwrap();
        (0..3).for_each(|at| counts[at] += found[at]);
    }
    let [saved, beside, clashed] = counts;
    assert!(saved > 40 && beside > 10, "{counts:?}");
    assert!(clashed > 0 && clashed < beside, "{counts:?}");
}
