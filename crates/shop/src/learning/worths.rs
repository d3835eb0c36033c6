//! What options are worth to those who ordered: each order is one choice from each menu, among the options that it could have had with all
//! else as it is, at the prices that they had then. Pure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use configurator::{Attribute, AttributeId, Design, OptionId, Product, RevisionNumber, Value};
use personalize::Level;
use personalize::habits::LEAST;
use personalize::part_worths::{Choice, PartWorth, PartWorths};

use super::store::OrderedDesign;
use crate::catalogue::revision::Revision;
use crate::orders::order::{OrderedValue, ValueOrigin};

/// Most options of a menu that are judged, those that were ordered most; each more makes it slower.
const MOST_OPTIONS: usize = 24;

/// What the options of a product are worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionWorths {
    /// Orders that speak.
    pub orders: u32,
    /// Orders that don't, since something was chosen for their shopper.
    pub personal: u32,
    /// By menu of which at least two options were ordered often enough.
    pub menus: Vec<MenuWorths>,
}

/// What the options of a menu are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuWorths {
    /// The attribute's code.
    pub attribute: String,
    /// The option that the others are measured against; nothing for a multi-choice, each option of which is measured against not having it.
    pub base: Option<String>,
    /// The others that were ordered often enough, in the menu's order.
    pub options: Vec<OptionWorth>,
}

/// What an option is worth beside what it is measured against.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionWorth {
    /// Its code.
    pub option: String,
    /// Orders that have it.
    pub orders: u32,
    /// What it is worth, in units of the spread of taste; nothing where the choices don't tell it apart from others. At equal prices
    /// where there is a `pays`, else at those that it had.
    pub worth: Option<PartWorth>,
    /// What they would pay for it, in minor units; nothing where prices hardly varied.
    pub pays: Option<PartWorth>,
}

/// What a choice was among, by place among the judged and price, and the place in it of what was taken.
type Set = (Vec<(usize, i64)>, usize);

/// An order that speaks, and how many are the same.
struct Speaks<'r> {
    product: &'r Product,
    design: Design,
    times: u32,
}

impl OptionWorths {
    /// Of the menus of a product that is sold, by orders of it and of its other revisions; orders of others than these don't speak.
    #[must_use]
    pub(super) fn of(
        live: &Product,
        orders: &[OrderedDesign],
        revisions: &HashMap<RevisionNumber, Arc<Revision>>,
    ) -> Self {
        let mut found = Self::default();
        // By what was ordered, so that equal ones are looked at once.
        let mut alike = BTreeMap::<(RevisionNumber, Vec<(&str, &str)>), u32>::new();
        for order in orders.iter().filter(|order| !order.values.is_empty()) {
            if is_personal(&order.values) {
                found.personal += 1;
                continue;
            }
            let pairs = order.values.iter().map(|value| (value.code.as_str(), value.value.as_str()));
            *alike.entry((order.revision, pairs.collect())).or_default() += 1;
        }
        let speak: Vec<Speaks> = alike
            .iter()
            .filter_map(|((revision, pairs), times)| {
                let product = revisions.get(revision)?.product.product();
                Some(Speaks { product, design: design(product, pairs)?, times: *times })
            })
            .collect();
        found.orders = speak.iter().map(|order| order.times).sum();
        let unit = live.quote(live.standard()).total.amount / 10;
        let menus = live.ids().filter(|(_, attribute)| !attribute.locked);
        found.menus = menus.filter_map(|(id, attribute)| menu(live, id, attribute, &speak, unit)).collect();
        found
    }
}

/// Whether anything in an order was chosen for its shopper, or it is not known any more.
fn is_personal(values: &[OrderedValue]) -> bool {
    let is_chosen_for_them = |origin: &ValueOrigin| match origin {
        ValueOrigin::Default { evidence, .. } => evidence.level != Level::Standard,
        ValueOrigin::Sentence(_) => true,
        ValueOrigin::AlwaysSo | ValueOrigin::Chosen | ValueOrigin::Adjusted => false,
    };
    values.iter().any(|value| value.replaced.is_some() || is_chosen_for_them(&value.origin))
}

/// What was ordered, on the revision that it is of; nothing where that can't be read, or is no valid design.
fn design(product: &Product, pairs: &[(&str, &str)]) -> Option<Design> {
    let choices = product.read_choices(pairs.iter().copied()).ok()?;
    let with = |design: Design, (id, value): (AttributeId, &Value)| design.with(id, value.clone());
    let design = product.fitted(choices.iter().fold(product.standard().clone(), with));
    product.validate(&design).is_empty().then_some(design)
}

fn menu(
    live: &Product,
    id: AttributeId,
    attribute: &Attribute,
    orders: &[Speaks],
    unit: i64,
) -> Option<MenuWorths> {
    let judged = ordered_often(attribute, orders);
    let code = &attribute.code;
    let is_multiple = matches!(live.initial(id), Value::Options(_));
    let (base, options) = if is_multiple {
        let each = judged.iter().filter_map(|(option, times)| {
            let sets = sets(orders, code, &|product, id, value| with_and_without(product, id, value, option));
            // Without any who did without, there is nothing to measure against.
            let without =
                sets.iter().filter(|((_, taken), _)| *taken == 0).map(|(_, times)| times).sum::<u32>();
            is_told(without).then(|| worths(&sets, &[(option, *times)], 0, unit)).map(|mut one| one.remove(0))
        });
        (None, each.collect::<Vec<_>>())
    } else {
        let standard = live.standard().value(id);
        let is_standard = |(code, _): &(&str, u32)| {
            attribute.option_by_code(code).is_some_and(|option| standard.includes(option))
        };
        let most = || (0..judged.len()).max_by_key(|place| judged[*place].1);
        let base = judged.iter().position(is_standard).or_else(most)?;
        let sets = sets(orders, code, &|product, id, _| each_of(product, id, &judged));
        let (base_code, others) =
            (judged[base].0, judged.iter().enumerate().filter(|(place, _)| *place != base));
        let others: Vec<_> = others.map(|(_, option)| *option).collect();
        (
            Some(base_code.to_owned()),
            if others.is_empty() { Vec::new() } else { worths(&sets, &others, base, unit) },
        )
    };
    (!options.is_empty()).then(|| MenuWorths { attribute: code.clone(), base, options })
}

/// Whether a figure about so many orders is told: they are five buyers at least.
fn is_told(orders: u32) -> bool {
    u64::from(orders) >= LEAST
}

/// The options of a menu that were ordered by as many as figures are told of, with how often; in the menu's order.
fn ordered_often<'a>(attribute: &'a Attribute, orders: &[Speaks]) -> Vec<(&'a str, u32)> {
    let times = |code: &str| -> u32 {
        let has = |order: &&Speaks| {
            let Some(id) = order.product.by_code(&attribute.code) else { return false };
            let option = order.product.attribute(id).option_by_code(code);
            option.is_some_and(|option| order.design.value(id).includes(option))
        };
        orders.iter().filter(has).map(|order| order.times).sum()
    };
    let options = attribute.options().iter().map(|option| (option.code.as_str(), times(&option.code)));
    let mut often: Vec<_> = options.enumerate().filter(|(_, (_, times))| is_told(*times)).collect();
    often.sort_by_key(|(place, (_, times))| (std::cmp::Reverse(*times), *place));
    often.truncate(MOST_OPTIONS);
    often.sort_by_key(|(place, _)| *place);
    often.into_iter().map(|(_, option)| option).collect()
}

/// What an attribute could have been otherwise, by place among the judged.
type Otherwise<'f> = &'f dyn Fn(&Product, AttributeId, &Value) -> Vec<(usize, Value)>;

fn each_of(product: &Product, id: AttributeId, judged: &[(&str, u32)]) -> Vec<(usize, Value)> {
    let of = |(place, (code, _)): (usize, &(&str, u32))| {
        Some((place, Value::Option(product.attribute(id).option_by_code(code)?)))
    };
    judged.iter().enumerate().filter_map(of).collect()
}

fn with_and_without(product: &Product, id: AttributeId, value: &Value, option: &str) -> Vec<(usize, Value)> {
    let (Value::Options(chosen), Some(option)) = (value, product.attribute(id).option_by_code(option)) else {
        return Vec::new();
    };
    let without: Vec<OptionId> = chosen.iter().filter(|other| *other != option).collect();
    let with = without.iter().copied().chain([option]).collect();
    vec![(0, Value::Options(without.into_iter().collect())), (1, Value::Options(with))]
}

/// The choices that orders are from a menu, with how often each was met: among what is valid with all else as it is.
fn sets(orders: &[Speaks], code: &str, otherwise: Otherwise) -> BTreeMap<Set, u32> {
    let mut sets = BTreeMap::<Set, u32>::new();
    for Speaks { product, design, times } in orders {
        let Some(id) = product.by_code(code) else { continue };
        let own = design.value(id);
        let (mut among, mut taken) = (Vec::new(), None);
        for (place, value) in otherwise(product, id, own) {
            let is_own = value == *own;
            let other = product.fitted(design.clone().with(id, value));
            if is_own || product.validate(&other).is_empty() {
                taken = if is_own { Some(among.len()) } else { taken };
                among.push((place, product.quote(&other).total.amount));
            }
        }
        let Some(taken) = taken.filter(|_| among.len() > 1) else { continue };
        // Only differences matter, and equal choices are met more often so.
        let own_price = among[taken].1;
        among.iter_mut().for_each(|(_, price)| *price -= own_price);
        *sets.entry((among, taken)).or_default() += times;
    }
    sets
}

/// What options are worth, in the order of the judged without the one in whose place `base` is.
fn worths(sets: &BTreeMap<Set, u32>, options: &[(&str, u32)], base: usize, unit: i64) -> Vec<OptionWorth> {
    #[expect(clippy::cast_precision_loss, reason = "amounts of products fit")]
    let in_units = |price: i64| price as f64 / unit.max(1) as f64;
    let features = options.len();
    let row = |(place, price): &(usize, i64), is_priced: bool| {
        let mut row = vec![0.0; features];
        if *place != base {
            row[place - usize::from(*place > base)] = 1.0;
        }
        row.extend(is_priced.then(|| in_units(*price)));
        row
    };
    let found = |is_priced: bool| {
        let choice = |((among, taken), times): (&Set, &u32)| Choice {
            alternatives: among.iter().map(|one| row(one, is_priced)).collect(),
            taken: *taken,
            times: *times,
        };
        PartWorths::of(&sets.iter().map(choice).collect::<Vec<_>>()).ok()
    };
    // Where it is not certain that a higher price is worth less, worths at the prices that there were are known better.
    let priced = found(true).filter(|found| found.willingness_to_pay(0, features).is_some());
    let is_priced = priced.is_some();
    let found = priced.or_else(|| found(false));
    #[expect(clippy::cast_precision_loss, reason = "amounts of products fit")]
    let minor = |paid: PartWorth| PartWorth {
        worth: paid.worth * unit.max(1) as f64,
        within: paid.within * unit.max(1) as f64,
    };
    let option = |(feature, (option, orders)): (usize, &(&str, u32))| OptionWorth {
        option: (*option).to_owned(),
        orders: *orders,
        worth: found.as_ref().and_then(|found| found.worths.get(feature).copied()),
        pays: found
            .as_ref()
            .filter(|_| is_priced)
            .and_then(|found| found.willingness_to_pay(feature, features))
            .map(minor),
    };
    options.iter().enumerate().map(option).collect()
}
