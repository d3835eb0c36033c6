//! Two people who save forms of one draft, each made from what they saw last or from something older: nothing that either changed is lost.

mod forms;

use std::collections::{BTreeMap, BTreeSet};

use configurator::rule::WrittenTable;
use proptest::prelude::*;
use serde_json::{Value, json};

use self::forms::{form, page, shown_again};
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

    /// What of it the other ones did not touch.
    fn without(&self, other: &Self) -> Self {
        let is_within = |way: &String| other.removed.iter().any(|entry| way.starts_with(entry));
        let is_touched = |entry: &String| other.fields.keys().any(|way| way.starts_with(entry));
        let lists: BTreeSet<&String> = other.turned.iter().map(|(list, _, _)| list).collect();
        let fields =
            self.fields.iter().filter(|(way, _)| !other.fields.contains_key(*way) && !is_within(way));
        Self {
            fields: fields.map(|(way, text)| (way.clone(), text.clone())).collect(),
            removed: self.removed.iter().filter(|entry| !is_touched(entry)).cloned().collect(),
            added: self.added.clone(),
            turned: self.turned.iter().filter(|(list, _, _)| !lists.contains(list)).cloned().collect(),
        }
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

/// What somebody did beside what others did meanwhile.
struct Beside<'t> {
    edit: &'t DraftEdit,
    origin: &'t Source,
    now: &'t Source,
    mine: Changes,
    theirs: Changes,
}

impl Beside<'_> {
    fn told(&self) -> String {
        format!("{:?}\ntheirs: {:?}\nmine: {:?}", self.edit, self.theirs, self.mine)
    }

    /// That nothing of both is lost in what was saved without a question.
    fn is_whole(&self, merged: &Source) -> Result<(), TestCaseError> {
        let after = said(merged);
        prop_assert!(!self.mine.contradicts(&self.theirs), "not told: {}", self.told());
        let [mine, theirs] = [&self.mine, &self.theirs].map(|changes| changes.lost_in(&after));
        prop_assert!(mine.is_none(), "mine lost: {mine:?}\n{}", self.told());
        prop_assert!(theirs.is_none(), "theirs lost: {theirs:?}\n{}", self.told());
        Ok(())
    }

    /// What is saved once the form that came back is sent as it was shown.
    fn sent_again(&self, error: EditError, draft: &Draft, today: Date) -> Result<Source, TestCaseError> {
        let EditError::Clash { untouched, fields, moved, .. } = error else {
            return Err(TestCaseError::fail(format!("{error}\n{}", self.told())));
        };
        prop_assert!(self.mine.meets(&self.theirs), "asked without reason: {}", self.told());
        let fields = shown_again(self.now, &self.edit.section, fields, &untouched);
        let again = DraftEdit { fields, ..self.edit.clone() };
        let saved = match moved {
            true => again.changed(self.now, today),
            false => again.merged((self.origin, Some(self.now)), draft, today),
        };
        let after = match saved {
            Ok((saved, _)) => saved,
            Err(error) => return Err(TestCaseError::fail(format!("{error}\n{again:?}\n{}", self.told()))),
        };
        let lost = self.theirs.without(&self.mine).lost_in(&said(&after));
        prop_assert!(lost.is_none(), "theirs lost: {lost:?}\n{again:?}\n{}", self.told());
        Ok(after)
    }
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
        // Nothing that can be read, or an attribute's last option.
        let Ok((alone, _)) = edit.changed(&origin, today) else { continue };
        let (was, is) = (said(&origin), said(&versions[now]));
        let (mine, theirs) = (changes(&was, &said(&alone)), changes(&was, &is));
        let beside = Beside { edit: &edit, origin: &origin, now: &versions[now], mine, theirs };
        let draft = draft(&versions[now], now);
        let saved = match pages[who] == now {
            true => Ok(alone),
            false => edit.merged((&origin, None), &draft, today).map(|(merged, _)| merged),
        };
        let saved = match saved {
            Ok(merged) => {
                beside.is_whole(&merged)?;
                counts[0] += 1;
                counts[1] += usize::from(pages[who] != now);
                merged
            }
            // A translation of what is gone.
            Err(EditError::Unreadable(_)) if matches!(edit.section, Section::Texts(_)) => continue,
            Err(error) => {
                counts[2] += 1;
                beside.sent_again(error, &draft, today)?
            }
        };
        versions.push(saved);
        if !keeps {
            pages[who] = versions.len() - 1;
        }
    }
    Ok(counts)
}

#[test]
fn a_form_that_is_sent_as_it_is_shown_changes_nothing() {
    let (source, today) = (trainer(), time::macros::date!(2026 - 11 - 30));
    for part in 0..9 {
        let section = forms::section(part).0;
        let edit = edit_of(section.clone(), page(&source, &section));
        let (changed, _) = edit.changed(&source, today).unwrap();
        assert_eq!(changed, source, "{section:?}");
    }
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
