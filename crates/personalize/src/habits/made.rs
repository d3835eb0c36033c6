//! Habits of a product's orders: the number of classes under which orders that were kept aside are most probable, as far as it fits.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use configurator::Configured;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::figures::{Count, Figures, TOGETHER, key_of};
use super::steps::{MOST_CLASSES, Steps, UNTOLD, everybody_of, of_class, rest_of, steps_of};
use super::{Habits, LEAST, MOST_BYTES, columns_of, levels_of, tellable};
use crate::learn::choose::{Question, questions};
use crate::learn::classes::{Classes, PARTS, Parts};
use crate::learn::{Cell, Columns};
use crate::offers::TELLING;
use crate::orders::{PastOrders, Spans};

/// Numbers of classes that are tried.
const TRIED: [usize; 5] = [4, 8, 16, 32, MOST_CLASSES];
/// Most bytes of classes, of what values were had, and of what was had together: all fit within [`MOST_BYTES`].
const ROOM_FOR_CLASSES: usize = 22_000;
const ROOM_FOR_VALUES: usize = 8_000;
const ROOM_FOR_PAIRS: usize = 8_000;
const _: () = assert!(ROOM_FOR_CLASSES + ROOM_FOR_VALUES + ROOM_FOR_PAIRS + 1_000 < MOST_BYTES);
/// Most pairs: their level and places take five bytes at most, their counts six.
const MOST_TOGETHER: usize = ROOM_FOR_PAIRS / 11;
/// One order in so many is kept aside.
const HELD_OUT: usize = 3;
/// Most questions about those.
const QUESTIONS: usize = 2_000;
/// Where chance comes from: the same everywhere, so that replicas agree.
const SEED: u64 = 21;
/// How many orders everybody's shares stand for in each class, and each value before the first order.
const BEFORE: f64 = 1.0;
const BEFORE_VALUE: f64 = 0.5;
/// What two values had together are told from: the share of those with one who have the other.
const LEAST_SHARE: f64 = 0.2;
/// Most pairs of values that are counted.
const MOST_PAIRS: usize = 1 << 21;

/// Equal orders: how many are buyers', and how many are examples.
type Counted = BTreeMap<Vec<Cell>, (u32, u32)>;
/// The same as they come.
pub(super) type Row = (Vec<Cell>, (u32, u32));
/// Equal orders with how many they are.
type Orders = Vec<(Vec<Cell>, u32)>;
/// An attribute's first column, and what is in its columns.
type Own<'r> = (usize, &'r [Cell]);
/// How many orders are buyers', and how many are examples, by level.
type Levels = Vec<(u64, u64)>;

impl Habits {
    /// What a product's past orders show, where enough do and it is small enough. Equal orders show the same.
    #[must_use]
    pub fn of(product: &Configured, past: &PastOrders) -> Option<Self> {
        let columns = columns_of(product)?;
        let of_row = |row: &crate::orders::Row| {
            let mut cells = row.cells.to_vec();
            cells.push(row.stated.and_then(|place| u16::try_from(place).ok()));
            (cells, (row.count.saturating_sub(row.synthetic), row.synthetic))
        };
        let rows: Vec<Row> = past.rows.iter().map(of_row).collect();
        Self::of_rows(&columns, &past.spans, &rows)
    }

    /// The same of rows, each with how many buyers' orders and how many examples it stands for.
    pub(super) fn of_rows(columns: &Columns, spans: &Spans, rows: &[Row]) -> Option<Self> {
        let known = told_cells(columns, rows);
        if known.is_empty() || columns.values() > ROOM_FOR_CLASSES {
            return None;
        }
        let steps = chosen(columns, &known);
        let figures = figures(spans, levels_of(columns), rows);
        let tables = steps.tables(columns)?;
        let found = Self { columns: columns.clone(), steps, tables, figures, spans: spans.clone() };
        (found.to_bytes().len() <= MOST_BYTES).then_some(found)
    }
}

/// The orders with those cells alone that may be told of: nothing else is ever looked at, so that what too few had leaves no trace.
fn told_cells(columns: &Columns, rows: &[Row]) -> Counted {
    let all = rows.iter().fold(0, |sum: u64, (_, (real, _))| sum + u64::from(*real));
    let mut counts = vec![(0_u64, 0_u64); columns.values()];
    for (row, (real, examples)) in rows {
        for (column, value) in columns.known(row) {
            let count = &mut counts[columns.place(column, value)];
            *count = (count.0 + u64::from(*real), count.1 + u64::from(*examples));
        }
    }
    let mut found = Counted::new();
    let mut add = |row: &[Cell], times: (u32, u32), is_told: &dyn Fn((u64, u64)) -> bool| {
        let mut cells: Vec<Cell> = vec![None; columns.count()];
        for (column, value) in columns.known(row) {
            if is_told(counts[columns.place(column, value)]) {
                cells[column] = row[column];
            }
        }
        if times != (0, 0) && cells.iter().any(Option::is_some) {
            let count = found.entry(cells).or_default();
            *count = (count.0.saturating_add(times.0), count.1.saturating_add(times.1));
        }
    };
    for (row, (real, examples)) in rows {
        if all >= LEAST {
            add(row, (*real, 0), &|(real, _)| real >= LEAST);
        }
        add(row, (0, *examples), &|(real, examples)| tellable(real, examples, LEAST) > 0);
    }
    found
}

/// The shares of as many classes as make what was kept aside most probable.
fn chosen(columns: &Columns, known: &Counted) -> Steps {
    let (learnt_from, kept) = divided(known);
    let asked = asked(columns, &merged(&kept));
    let fits = |classes: &usize| columns.values() + classes * of_class(columns) <= ROOM_FOR_CLASSES;
    let mut best = (likelihood(columns, &steps(columns, &learnt_from, 1), &asked), 1);
    for classes in TRIED.into_iter().filter(fits) {
        let found = likelihood(columns, &steps(columns, &learnt_from, classes), &asked);
        // More have to be better, not as good.
        if found > best.0 {
            best = (found, classes);
        }
    }
    steps(columns, known, best.1)
}

/// The orders to learn from and those kept aside, by lot.
fn divided(known: &Counted) -> (Counted, Counted) {
    let mut random = SplitMix64::seed_from_u64(SEED);
    let (mut learnt_from, mut kept) = (Counted::new(), Counted::new());
    let mut is_kept = || random.next_u64() % (HELD_OUT as u64) == 0;
    for (cells, (real, examples)) in known {
        for (is_real, count) in [(true, *real), (false, *examples)] {
            for _ in 0..count {
                let side = if is_kept() { &mut kept } else { &mut learnt_from };
                let count = side.entry(cells.clone()).or_default();
                *(if is_real { &mut count.0 } else { &mut count.1 }) += 1;
            }
        }
    }
    (learnt_from, kept)
}

fn merged(known: &Counted) -> Orders {
    known.iter().map(|(cells, (real, examples))| (cells.clone(), real.saturating_add(*examples))).collect()
}

/// Each order by itself: classes begin with orders, so what many ordered is likelier to begin one.
fn one_by_one(known: &Counted) -> Orders {
    let each = |(cells, times): (Vec<Cell>, u32)| {
        std::iter::repeat_n((cells, 1), usize::try_from(times).unwrap_or(usize::MAX))
    };
    merged(known).into_iter().flat_map(each).collect()
}

fn asked(columns: &Columns, orders: &Orders) -> Vec<Question> {
    let each: Vec<usize> = (0..orders.len()).collect();
    let given = [columns.count() - 1];
    questions(columns, orders, &each, QUESTIONS, &given, &mut SplitMix64::seed_from_u64(SEED))
}

/// The mean logarithm of what the shares say of what was ordered.
fn likelihood(columns: &Columns, steps: &Steps, asked: &[Question]) -> f64 {
    let tables = steps.tables(columns);
    let of_one = |question: &Question| {
        let said = tables.as_ref().map(|tables| tables.predict(columns, &question.known, &[question.column]));
        let said = said.iter().flatten().next().and_then(|column| column.get(question.truth));
        let chance = said.copied().unwrap_or(0.0);
        libm::log(chance.max(f64::MIN_POSITIVE))
    };
    asked.iter().map(of_one).sum::<f64>() / asked.len().max(1) as f64
}

/// The shares of so many classes at most, as far as they may be told.
fn steps(columns: &Columns, known: &Counted, classes: usize) -> Steps {
    let of = |which: fn(&(u32, u32)) -> u32| -> Orders {
        known.iter().map(|(cells, count)| (cells.clone(), which(count))).filter(|(_, n)| *n > 0).collect()
    };
    let (real, examples) = (of(|count| count.0), of(|count| count.1));
    let mut found = everybody(columns, known);
    if classes <= 1 {
        return Steps(found);
    }
    let fitted = Classes::fit(columns, &one_by_one(known), classes, SEED);
    let (real, examples) = (fitted.divided(&real), fitted.divided(&examples));
    let shares = everybody_of(&found, columns);
    let told = |real, examples| tellable(real, examples, LEAST * u64::from(PARTS));
    let count = fitted.count();
    let own: Vec<(usize, u64)> = (0..count)
        .map(|class| (class, told(real.classes[class], examples.classes[class])))
        .filter(|(_, parts)| *parts > 0)
        .collect();
    let all: u64 = own.iter().map(|(_, parts)| parts).sum();
    for (class, parts) in own {
        let (mut rests, mut values) = (Vec::new(), Vec::new());
        for column in 0..columns.count() {
            let places = columns.place(column, 0)..columns.place(column + 1, 0);
            let of_class = |parts: &Parts, place: usize| parts.values[place * count + class];
            let counts: Vec<(u64, u64)> =
                places.clone().map(|place| (of_class(&real, place), of_class(&examples, place))).collect();
            let (rest, own) = of_column(&counts, &shares[places], &told);
            rests.push(rest);
            values.extend(own);
        }
        found.push(steps_of(parts as f64 / all as f64));
        found.extend(rests);
        found.extend(values);
    }
    Steps(found)
}

/// By value: everybody's share in steps. A value that can't be told of has as much as one that nobody ordered.
fn everybody(columns: &Columns, known: &Counted) -> Vec<u8> {
    let mut counts = vec![0_u64; columns.values()];
    for (row, (real, examples)) in known {
        for (column, value) in columns.known(row) {
            counts[columns.place(column, value)] += u64::from(*real) + u64::from(*examples);
        }
    }
    let mut found = Vec::with_capacity(counts.len());
    for column in 0..columns.count() {
        let own = &counts[columns.place(column, 0)..columns.place(column + 1, 0)];
        let all: f64 = own.iter().map(|count| *count as f64 + BEFORE_VALUE).sum();
        found.extend(own.iter().map(|count| steps_of((*count as f64 + BEFORE_VALUE) / all)));
    }
    found
}

/// A column of a class, of parts of orders by value: what values that are not told have of everybody's shares, and each value's share.
fn of_column(counts: &[(u64, u64)], everybody: &[f32], tellable: &dyn Fn(u64, u64) -> u64) -> (u8, Vec<u8>) {
    let told: Vec<u64> = counts.iter().map(|(real, examples)| tellable(*real, *examples)).collect();
    let others = counts.iter().zip(&told).filter(|(_, told)| **told == 0).map(|(count, _)| *count);
    let (real, examples) = others.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    // What is left may be told of where it is of five buyers together.
    let rest = tellable(real, examples) as f64 / f64::from(PARTS);
    let orders = |parts: u64| parts as f64 / f64::from(PARTS);
    let all = told.iter().map(|parts| orders(*parts)).sum::<f64>() + rest + BEFORE;
    let shares = || told.iter().zip(everybody).map(|(told, share)| (*told, f64::from(*share)));
    let untold_share: f64 = shares().filter(|(told, _)| *told == 0).map(|(_, share)| share).sum();
    let factor = (rest / untold_share.max(f64::MIN_POSITIVE) + BEFORE) / all;
    let of_value = |(told, share): (u64, f64)| match told {
        0 => UNTOLD,
        told => steps_of((orders(told) + BEFORE * share) / all),
    };
    (rest_of(factor), shares().map(of_value).collect())
}

/// What an attribute's value was counted as.
struct Had {
    key: u32,
    /// The attribute's first column.
    first: usize,
    /// By level.
    counts: Vec<Count>,
}

/// What is told as reasons.
fn figures(spans: &Spans, levels: usize, rows: &[Row]) -> Figures {
    let mut orders = vec![(0_u64, 0_u64); levels];
    let mut counted: BTreeMap<Own<'_>, Levels> = BTreeMap::new();
    for (row, times) in rows {
        let own = levels_in(row, levels);
        own.iter().for_each(|level| add(&mut orders[*level], *times));
        for (first, cells) in values_in(row, spans) {
            let counts = counted.entry((first, cells)).or_insert_with(|| vec![(0, 0); levels]);
            own.iter().for_each(|level| add(&mut counts[*level], *times));
        }
    }
    let of = |((first, cells), counts): (Own<'_>, Levels)| {
        let counts: Vec<Count> = counts.into_iter().map(count).collect();
        let key = key_of(first, cells);
        counts.iter().any(|count| count.orders > 0).then_some(Had { key, first, counts })
    };
    let had = fitting(counted.into_iter().filter_map(of).collect());
    let orders: Vec<Count> = orders.into_iter().map(count).collect();
    Figures {
        together: together(spans, &orders, &had, rows),
        orders: orders.iter().flat_map(numbers).collect(),
        keys: had.iter().map(|had| had.key).collect(),
        had: had.iter().flat_map(|had| &had.counts).flat_map(numbers).collect(),
    }
}

/// The levels that an order counts for: everybody's, and its use's.
fn levels_in(row: &[Cell], levels: usize) -> Vec<usize> {
    let stated = row.last().copied().flatten().map(|place| usize::from(place) + 1);
    [Some(0), stated].into_iter().flatten().filter(|level| *level < levels).collect()
}

/// What an order has of each attribute.
fn values_in<'r>(row: &'r [Cell], spans: &Spans) -> Vec<Own<'r>> {
    let of = |span: std::ops::Range<usize>| Some((span.start, row.get(span)?));
    spans.iter().filter_map(of).filter(|(_, cells)| cells.iter().all(Option::is_some)).collect()
}

fn numbers(count: &Count) -> [u32; 2] {
    [count.orders, count.orders - count.examples]
}

fn add(count: &mut (u64, u64), times: (u32, u32)) {
    *count = (count.0 + u64::from(times.0), count.1 + u64::from(times.1));
}

fn count((real, examples): (u64, u64)) -> Count {
    let orders = tellable(real, examples, LEAST);
    let examples = if orders == 0 { 0 } else { examples };
    let in_u32 = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Count { orders: in_u32(orders), examples: in_u32(examples) }
}

/// As many of the most frequent as there is room for, by key; none of two with the same.
fn fitting(mut had: Vec<Had>) -> Vec<Had> {
    let orders = |had: &Had| had.counts.first().map_or(0, |count| count.orders);
    had.sort_by_key(|had| Reverse(orders(had)));
    // A number takes five bytes at most.
    let bytes = |had: &Had| 5 + 5 * 2 * had.counts.len();
    let many = ROOM_FOR_VALUES / had.first().map_or(1, bytes);
    had.truncate(many);
    had.sort_by_key(|had| had.key);
    let keys: Vec<u32> = had.iter().map(|had| had.key).collect();
    had.retain(|had| keys.iter().filter(|key| **key == had.key).count() == 1);
    had
}

/// Values that go together, where one makes the other clearly commoner; those first of which it does so most.
fn together(spans: &Spans, orders: &[Count], had: &[Had], rows: &[Row]) -> Vec<u32> {
    let (levels, many) = (orders.len(), had.len());
    if levels * many * many > MOST_PAIRS {
        return Vec::new();
    }
    let place = |(first, cells): Own<'_>| {
        let key = key_of(first, cells);
        had.binary_search_by_key(&key, |had| had.key).ok()
    };
    let mut counts = vec![(0_u64, 0_u64); levels * many * many];
    for (row, times) in rows {
        let own: Vec<usize> = values_in(row, spans).into_iter().filter_map(place).collect();
        for level in levels_in(row, levels) {
            for given in &own {
                own.iter().for_each(|had| add(&mut counts[(level * many + given) * many + had], *times));
            }
        }
    }
    let share = |part: Count, all: Count| f64::from(part.orders) / f64::from(all.orders.max(1));
    let mut found: Vec<(f64, [u32; TOGETHER])> = Vec::new();
    for (at, both) in counts.into_iter().enumerate() {
        let (level, given, own) = (at / many / many, at / many % many, at % many);
        let both = count(both);
        if had[given].first == had[own].first || both.orders == 0 {
            continue;
        }
        let with = share(both, had[given].counts[level]);
        let gain = with - share(had[own].counts[level], orders[level]);
        if with >= LEAST_SHARE && gain >= TELLING {
            let [all, real] = numbers(&both);
            found.push((gain, [level as u32, given as u32, own as u32, all, real]));
        }
    }
    // Of equals the first.
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.truncate(MOST_TOGETHER);
    let mut found: Vec<[u32; TOGETHER]> = found.into_iter().map(|(_, one)| one).collect();
    found.sort_unstable();
    found.concat()
}
