//! Lists of two changes made one: what of each entry became, and in which order they stand.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{inner, likeness, value};
use crate::drafts::places::text;

/// One side of a list: its entries, by what they are called in all of them.
struct Side<'v> {
    names: Vec<String>,
    entries: HashMap<String, Cow<'v, Value>>,
}

impl<'v> Side<'v> {
    fn new(named: impl Iterator<Item = (String, Cow<'v, Value>)>) -> Self {
        let (mut names, mut entries) = (Vec::new(), HashMap::new());
        for (name, entry) in named {
            names.push(name.clone());
            entries.insert(name, entry);
        }
        Self { names, entries }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.entries.get(name).map(Cow::as_ref)
    }

    fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }
}

/// A list of two changes; nothing where it can't be told which entry became which.
pub(super) fn list(place: &str, lists: [&[Value]; 3], clashes: &mut Vec<String>) -> Option<Vec<Value>> {
    let [base, theirs, mine] = lists;
    // Numbers are what their place says.
    if lists.iter().any(|entries| entries.iter().any(Value::is_number)) {
        let are_as_many = theirs.len() == base.len() && mine.len() == base.len();
        let entries = base.iter().zip(theirs.iter().zip(mine)).enumerate();
        return are_as_many.then(|| {
            let one = |(at, (was, (their, my))): (usize, (&Value, (&Value, &Value)))| {
                value(&inner(place, &at.to_string()), Some(was), Some(their), Some(my), clashes)
            };
            entries.filter_map(one).collect()
        });
    }
    let sides =
        if lists.iter().all(|entries| have_codes(entries)) { by_code(lists) } else { by_likeness(lists)? };
    let [base, theirs, mine] = &sides;
    let (order, is_certain) = order(&sides);
    if !is_certain {
        clashes.push(place.to_owned());
    }
    let merged = order.into_iter().filter_map(|name| {
        value(&inner(place, name), base.get(name), theirs.get(name), mine.get(name), clashes)
    });
    Some(merged.collect())
}

/// Whether every entry has a code of its own.
pub(super) fn have_codes(entries: &[Value]) -> bool {
    let mut seen = HashSet::new();
    entries.iter().all(|entry| !text(entry, "code").is_empty() && seen.insert(text(entry, "code")))
}

/// Entries by their codes. Two new ones of one code are two: mine gets another.
fn by_code([base, theirs, mine]: [&[Value]; 3]) -> [Side<'_>; 3] {
    let named = |entry: &'_ Value| text(entry, "code").to_owned();
    let side =
        |entries| Side::new(<[Value]>::iter(entries).map(|entry| (named(entry), Cow::Borrowed(entry))));
    let (base, theirs, known) = (side(base), side(theirs), side(mine));
    let mine = mine.iter().map(|entry| {
        let code = named(entry);
        if base.has(&code) || theirs.get(&code).is_none_or(|their| their == entry) {
            return (code, Cow::Borrowed(entry));
        }
        let mut numbered = (2..).map(|number| format!("{code}_{number}"));
        let free = numbered.find(|code| !theirs.has(code) && !known.has(code)).unwrap_or_default();
        let mut entry = entry.clone();
        entry["code"] = Value::from(free.as_str());
        (free, Cow::Owned(entry))
    });
    let mine = Side::new(mine);
    [base, theirs, mine]
}

/// Entries by the place that they had, told by what they say; what both added alike is one.
fn by_likeness([base, theirs, mine]: [&[Value]; 3]) -> Option<[Side<'_>; 3]> {
    let name = |was: Option<usize>, is: usize, whose: &str| {
        was.map_or_else(|| format!("{is} {whose}"), |was| was.to_string())
    };
    let was = likeness::matches(base, theirs)?;
    let their_names: Vec<String> = was.iter().enumerate().map(|(is, was)| name(*was, is, "theirs")).collect();
    let mut added: HashMap<String, Vec<&str>> = HashMap::new();
    for (is, entry) in theirs.iter().enumerate().rev().filter(|(is, _)| was[*is].is_none()) {
        added.entry(entry.to_string()).or_default().push(&their_names[is]);
    }
    let was = likeness::matches(base, mine)?;
    let mut my_names = Vec::new();
    for (is, entry) in mine.iter().enumerate() {
        let same =
            if was[is].is_none() { added.get_mut(&entry.to_string()).and_then(Vec::pop) } else { None };
        my_names.push(same.map_or_else(|| name(was[is], is, "mine"), str::to_owned));
    }
    let side = |entries, names: Vec<String>| {
        Side::new(names.into_iter().zip(<[Value]>::iter(entries).map(Cow::Borrowed)))
    };
    let base_names = (0..base.len()).map(|at| at.to_string()).collect();
    Some([side(base, base_names), side(theirs, their_names), side(mine, my_names)])
}

/// The order of everything that either side has, and whether it is certain. Of two entries whose order one side changed that side's holds;
/// what came stands behind what it came behind, and at the end where it came at the end.
fn order<'s>([base, theirs, mine]: &'s [Side<'_>; 3]) -> (Vec<&'s str>, bool) {
    let is_core = |name: &&str| base.has(name) && theirs.has(name) && mine.has(name);
    let core = |side: &'s Side| side.names.iter().map(String::as_str).filter(is_core).collect::<Vec<_>>();
    let (core, is_certain) = moved([core(base), core(theirs), core(mine)]);
    let mut behind: HashMap<Option<&str>, Vec<&str>> = HashMap::new();
    let (mut last, mut seen) = (Vec::new(), HashSet::new());
    for side in [theirs, mine] {
        let end = side.names.iter().rposition(|name| base.has(name)).map_or(0, |at| at + 1);
        let mut before = None;
        for (at, name) in side.names.iter().map(String::as_str).enumerate() {
            if is_core(&name) {
                before = Some(name);
            } else if seen.insert(name) {
                if at < end { behind.entry(before).or_default().push(name) } else { last.push(name) }
            }
        }
    }
    let mut order = behind.remove(&None).unwrap_or_default();
    for name in core {
        order.push(name);
        order.extend(behind.remove(&Some(name)).unwrap_or_default());
    }
    order.extend(last);
    (order, is_certain)
}

/// What is in all three, as both moved it. Which of two comes first is as whoever changed that has it; nobody can have changed it otherwise.
/// Mine where that is no order, or both moved one entry to different places.
fn moved<'s>([base, theirs, mine]: [Vec<&'s str>; 3]) -> (Vec<&'s str>, bool) {
    if mine == base || mine == theirs {
        return (theirs, true);
    }
    if theirs == base {
        return (mine, true);
    }
    let ranks = |order: &[&'s str]| -> HashMap<&'s str, usize> {
        order.iter().enumerate().map(|(at, name)| (*name, at)).collect()
    };
    let (their, my) = (ranks(&theirs), ranks(&mine));
    let ranks: Vec<(usize, usize)> = base.iter().map(|name| (their[name], my[name])).collect();
    let mut behind = vec![0_usize; base.len()];
    for (at, (their, my)) in ranks.iter().enumerate() {
        for (other, (their_other, my_other)) in ranks.iter().enumerate().skip(at + 1) {
            let stays = their < their_other && my < my_other;
            behind[if stays { at } else { other }] += 1;
        }
    }
    let mut order: Vec<usize> = (0..base.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(behind[*at]));
    let is_order = order.iter().rev().enumerate().all(|(count, at)| behind[*at] == count);
    let movers = sole_movers(&base, &theirs);
    let is_one = sole_movers(&base, &mine).iter().any(|name| movers.contains(name));
    if !is_order || is_one {
        return (mine, false);
    }
    (order.into_iter().map(|at| base[at]).collect(), true)
}

/// The entries each of which alone, moved, makes one order of the other.
fn sole_movers<'s>(base: &[&'s str], side: &[&'s str]) -> Vec<&'s str> {
    let Some((was, is)) = base.iter().zip(side).find(|(was, is)| was != is) else { return Vec::new() };
    let without = |order: &[&'s str], name: &str| -> Vec<&'s str> {
        order.iter().copied().filter(|other| *other != name).collect()
    };
    [*was, *is].into_iter().filter(|name| without(base, name) == without(side, name)).collect()
}
