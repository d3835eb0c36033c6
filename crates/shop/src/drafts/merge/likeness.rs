//! Which entry of a list became which, told by what they say: entries that have no code have no other name.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

/// What people tell an entry by.
const NAMES: [&str; 7] = ["code", "label", "file", "text", "reason", "from", "when"];
/// Most pairs of changed entries that are compared.
const MOST_PAIRS: usize = 250_000;

/// By entry of `side`, the place of the one of `base` that it was. Those that say the very same are the same, wherever they stand; of the
/// others those that are told by the same, or that have half of their fields in common, if nothing that stayed lies between. Nothing where too many
/// changed to be compared.
pub(crate) fn matches(base: &[Value], side: &[Value]) -> Option<Vec<Option<usize>>> {
    let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, entry) in base.iter().enumerate() {
        waiting.entry(entry.to_string()).or_default().push_back(at);
    }
    let mut found: Vec<Option<usize>> =
        side.iter().map(|entry| waiting.get_mut(&entry.to_string()).and_then(VecDeque::pop_front)).collect();
    let mut gone: Vec<usize> = waiting.into_values().flatten().collect();
    gone.sort_unstable();
    let new: Vec<usize> = (0..side.len()).filter(|at| found[*at].is_none()).collect();
    if gone.len().saturating_mul(new.len()) > MOST_PAIRS {
        return None;
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for was in gone {
        pairs.extend(new.iter().filter_map(|is| Pair::of((was, &base[was]), (*is, &side[*is]))));
    }
    pairs.sort_by_key(|pair| (!pair.named, std::cmp::Reverse(pair.alike), pair.was.abs_diff(pair.is)));
    let mut stayed = stayed(&found);
    let mut taken = vec![false; base.len()];
    // What stayed where it was first, then what moved, then what is told by something else.
    for turn in 0..3 {
        for pair in &pairs {
            let at = place_among(&stayed, pair);
            let is_meant = match turn {
                0 => pair.named && at.is_some(),
                1 => pair.named && pair.half,
                _ => pair.half && at.is_some(),
            };
            if is_meant && found[pair.is].is_none() && !taken[pair.was] {
                found[pair.is] = Some(pair.was);
                taken[pair.was] = true;
                if let Some(at) = at {
                    stayed.insert(at, (pair.was, pair.is));
                }
            }
        }
    }
    Some(found)
}

/// Two entries that may be one.
struct Pair {
    was: usize,
    is: usize,
    /// Whether something that entries are told by is the same.
    named: bool,
    /// How many of their fields say the same.
    alike: usize,
    /// Whether half of their fields do.
    half: bool,
}

impl Pair {
    fn of((was, before): (usize, &Value), (is, after): (usize, &Value)) -> Option<Self> {
        let (before, after) = (before.as_object()?, after.as_object()?);
        let alike = before.iter().filter(|(name, value)| after.get(*name) == Some(*value)).count();
        if alike == 0 {
            return None;
        }
        let all = before.len() + after.keys().filter(|name| !before.contains_key(*name)).count();
        let named =
            NAMES.iter().any(|name| before.contains_key(*name) && before.get(*name) == after.get(*name));
        Some(Self { was, is, named, alike, half: alike * 2 >= all })
    }
}

/// Those that stayed as they were, in an order that they had before: as many as there are.
fn stayed(found: &[Option<usize>]) -> Vec<(usize, usize)> {
    let known: Vec<(usize, usize)> =
        found.iter().enumerate().filter_map(|(is, was)| Some(((*was)?, is))).collect();
    // By length less one, where the longest run of that length with the least end ends; and what each comes behind.
    let mut ends: Vec<usize> = Vec::new();
    let mut behind = vec![None; known.len()];
    for (at, (was, _)) in known.iter().enumerate() {
        let length = ends.partition_point(|end| known[*end].0 < *was);
        behind[at] = length.checked_sub(1).map(|before| ends[before]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| behind[*at]).map(|at| known[at]).collect();
    run.reverse();
    run
}

/// Where two entries stand among those that stayed; nothing where one of these lies between.
fn place_among(stayed: &[(usize, usize)], pair: &Pair) -> Option<usize> {
    let at = stayed.partition_point(|(was, _)| *was < pair.was);
    let fits =
        |place: Option<&(usize, usize)>, is: &dyn Fn(usize) -> bool| place.is_none_or(|place| is(place.1));
    let before = at.checked_sub(1).and_then(|before| stayed.get(before));
    (fits(before, &|before| before < pair.is) && fits(stayed.get(at), &|next| next > pair.is)).then_some(at)
}
