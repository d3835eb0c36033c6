//! What designs near the standard cost, before and after: of each option, and of each number at the ends of its range, the nearest valid
//! design that has it. What a surcharge does to options that the standard hasn't is seen in nothing else. Pure.

use std::collections::BTreeSet;

use configurator::analysis::PriceBounds;
use configurator::{
    AttributeId, Choices, Configured, Menu, NoCompletion, OptionId, Product, ServedBy, State, Value,
};

/// Most designs of a product that are looked for one by one: each takes a millisecond.
const MOST_SOUGHT: usize = 400;

/// A product around its standard design.
pub(super) struct NearStandard<'p> {
    product: &'p Configured,
    /// The standard's menu; nothing where it takes too long.
    menu: Option<Menu>,
    /// What the standard costs, in minor units.
    total: i64,
    /// How many more designs may be looked for.
    left: usize,
    /// Whether whatever was asked was found out.
    pub(super) is_whole: bool,
}

/// A value for which the nearest design costs something else than before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Moved {
    /// The attribute's name.
    pub(super) attribute: String,
    /// The value in words.
    pub(super) value: String,
    /// What the design cost and costs, in minor units.
    pub(super) totals: [i64; 2],
    /// The part of the change that the standard's price and the value's own say already.
    pub(super) explained: i64,
    /// The value's own price before and after; of a number that of each unit.
    pub(super) own: [i64; 2],
}

/// A value that both products have.
struct Shared {
    name: String,
    values: [Value; 2],
    own: [i64; 2],
}

impl<'p> NearStandard<'p> {
    pub(super) fn of(product: &'p Configured) -> Self {
        // Where the price range is not known, a menu looks for the design of each option to tell its price.
        let alone: usize = match product.price_range() {
            Some(_) => 0,
            None => product.attributes.iter().map(|attribute| attribute.options().len()).sum(),
        };
        let menu = (alone <= MOST_SOUGHT).then(|| product.menu(&Choices::new(), product.standard()).ok());
        let menu = menu.flatten();
        Self {
            product,
            total: product.quote(product.standard()).total.amount,
            left: MOST_SOUGHT.saturating_sub(alone),
            is_whole: menu.is_some(),
            menu,
        }
    }

    /// Between which totals all valid designs lie: exactly, or within bounds that none of them leaves.
    pub(super) fn bounds(&self) -> Option<PriceBounds> {
        if let Some((low, high)) = self.product.price_range() {
            return Some(PriceBounds { low, high, is_exact: true });
        }
        let open = self.product.open_prices(&Choices::new(), self.menu.as_ref()?);
        Some(PriceBounds { low: open.low.amount, high: open.high.amount, is_exact: open.is_exact })
    }

    /// What the nearest design with a value costs; nothing where there is none, or none was found in time.
    fn with(&mut self, id: AttributeId, value: &Value) -> Option<i64> {
        let standard = self.product.standard().value(id);
        if value == standard {
            return Some(self.total);
        }
        let option = match (value, standard) {
            (Value::Option(option), _) => Some(*option),
            (Value::Options(set), Value::Options(standard)) => {
                let mut others = set.symmetric_difference(*standard).iter();
                let first = others.next();
                first.filter(|_| others.next().is_none())
            }
            _ => None,
        };
        let menu = self.menu.as_ref()?;
        let shown = option.and_then(|option| menu.attributes.get(id.index())?.options.get(option.index()));
        match shown {
            Some(shown) => {
                let is_open = shown.price_change.is_none() && !matches!(shown.state, State::Blocked(_));
                let total = shown.price_change.map(|change| self.total.saturating_add(change));
                self.is_whole &= !is_open;
                total
            }
            // Numbers, what does not apply in the standard, and what takes the place of something in it.
            None => self.sought(id, value.clone()),
        }
    }

    fn sought(&mut self, id: AttributeId, value: Value) -> Option<i64> {
        if self.left == 0 || self.product.served_by() == ServedBy::Solver {
            self.is_whole = false;
            return None;
        }
        self.left -= 1;
        match self.product.complete(&Choices::new().with(id, value), self.product.standard()) {
            Ok(design) => Some(self.product.quote(&design).total.amount),
            Err(NoCompletion::Conflict(_)) => None,
            Err(NoCompletion::TooComplex(_)) => {
                self.is_whole = false;
                None
            }
        }
    }

    /// The smallest and the largest number that an attribute of the standard is known to be able to have.
    fn range(&self, id: AttributeId) -> Option<(i64, i64)> {
        self.menu.as_ref()?.attributes.get(id.index())?.range
    }

    /// Whether a number is in its range and one of its steps.
    fn has_number(&self, id: AttributeId, number: i64) -> bool {
        let numbers = self.product.attribute(id).kind.numbers();
        self.range(id).zip(numbers).is_some_and(|((low, high), numbers)| {
            (low..=high).contains(&number) && (number - numbers.min) % numbers.step == 0
        })
    }

    /// By how much a value's own price is above that of the standard's value.
    fn own_beside_standard(&self, id: AttributeId, value: &Value) -> i64 {
        let [own, standard] =
            [value, self.product.standard().value(id)].map(|value| own_price(self.product, id, value));
        own.saturating_sub(standard)
    }
}

/// The values of which the nearest design costs something else in a draft than in what is live, in the draft's order.
pub(super) fn moved(live: &mut NearStandard<'_>, draft: &mut NearStandard<'_>) -> Vec<Moved> {
    let (before, after) = (live.product, draft.product);
    let mut found = Vec::new();
    for (id, attribute) in after.ids().filter(|(_, attribute)| !attribute.locked) {
        let known = before.by_code(&attribute.code).filter(|old| !before.attribute(*old).locked);
        let Some(old) = known else { continue };
        let mut shared = shared_options(before, old, after, id);
        shared.extend(shared_numbers(live, old, draft, id));
        for Shared { name, values: [then, now], own } in shared {
            let Some(was) = live.with(old, &then) else { continue };
            let Some(is) = draft.with(id, &now) else { continue };
            if was == is {
                continue;
            }
            let of_value =
                draft.own_beside_standard(id, &now).saturating_sub(live.own_beside_standard(old, &then));
            found.push(Moved {
                attribute: attribute.label.clone(),
                value: name,
                totals: [was, is],
                explained: draft.total.saturating_sub(live.total).saturating_add(of_value),
                own,
            });
        }
    }
    found
}

/// The options on both menus.
fn shared_options(before: &Product, old: AttributeId, after: &Product, id: AttributeId) -> Vec<Shared> {
    let (known, attribute) = (before.attribute(old), after.attribute(id));
    let on_menu = attribute.option_ids().filter(|(_, option)| option.available);
    let both = on_menu.filter_map(|(option, own)| {
        let was = known.option_by_code(&own.code)?;
        let old_own = known.option(was);
        old_own.available.then(|| Shared {
            name: own.label.clone(),
            values: [having(before, old, was), having(after, id, option)],
            own: [old_own.price, own.price],
        })
    });
    both.collect()
}

/// The ends of a number's ranges that both can have.
fn shared_numbers(
    live: &NearStandard<'_>,
    old: AttributeId,
    draft: &NearStandard<'_>,
    id: AttributeId,
) -> Vec<Shared> {
    let ranges = live.range(old).into_iter().chain(draft.range(id));
    let ends: BTreeSet<i64> = ranges.flat_map(|(low, high)| [low, high]).collect();
    let both = ends.into_iter().filter(|end| live.has_number(old, *end) && draft.has_number(id, *end));
    let each = |product: &Product, id: AttributeId| {
        let kind = &product.attribute(id).kind;
        let second = kind.numbers().map(|numbers| Value::Number(numbers.min.saturating_add(1)));
        second.map_or(0, |second| kind.own_price(&second))
    };
    let shared = both.map(|end| Shared {
        name: draft.product.describe(id, &Value::Number(end)),
        values: [Value::Number(end), Value::Number(end)],
        own: [each(live.product, old), each(draft.product, id)],
    });
    shared.collect()
}

/// The standard's value of an attribute with an option; in a set that is full it takes the place of the last one.
fn having(product: &Product, id: AttributeId, option: OptionId) -> Value {
    let standard = match product.standard().value(id) {
        Value::Absent => product.initial(id),
        value => value,
    };
    if product.standard().value(id).includes(option) {
        return standard.clone();
    }
    match (standard, product.attribute(id).kind.set_bounds()) {
        (Value::Options(set), Some(_)) if set.contains(option) => standard.clone(),
        (Value::Options(set), Some(bounds)) => {
            let last = set.iter().last().filter(|_| set.len() >= *bounds.end());
            Value::Options(last.into_iter().fold(*set, |set, last| set.toggled(last)).toggled(option))
        }
        _ => Value::Option(option),
    }
}

/// What a value of an attribute with options, or a number, does to the price by itself.
fn own_price(product: &Product, id: AttributeId, value: &Value) -> i64 {
    let attribute = product.attribute(id);
    let options = attribute.option_ids().filter(|(option, _)| value.includes(*option));
    options.fold(attribute.kind.own_price(value), |sum, (_, option)| sum.saturating_add(option.price))
}

#[cfg(test)]
mod tests {
    use configurator::file::File;
    use configurator::source::{OptionSource, PriceSource, Source};

    use super::*;
    use crate::drafts::effect::{Effect, PriceOf};

    /// Oak is the standard; ebony is so dear that whatever walnut costs makes no design the dearest.
    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Shelf", "summary": "A shelf.", "currency": "EUR", "base_price": 10_000, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "wood", "step": "all", "label": "Wood", "kind": "choice", "standard": "oak", "options": [
                    { "code": "oak", "label": "Oak" }, { "code": "walnut", "label": "Walnut" },
                    { "code": "ebony", "label": "Ebony", "price": 90_000 },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 100, "min": 100, "max": 200, "unit": "cm" },
                { "code": "doors", "step": "all", "label": "Doors", "kind": "choice", "standard": "none", "options": [
                    { "code": "none", "label": "None" }, { "code": "glass", "label": "Glass" },
                ]},
                { "code": "handles", "step": "all", "label": "Handles", "kind": "choice", "standard": "steel", "applies": "doors = glass",
                  "options": [{ "code": "steel", "label": "Steel" }, { "code": "brass", "label": "Brass" }] },
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": ["feet"], "max": 1, "options": [
                    { "code": "feet", "label": "Feet" }, { "code": "lamp", "label": "Lamp" },
                ]},
            ],
            "prices": [{ "label": "Walnut, by height", "when": "wood = walnut", "amount": 2_600, "each": "height", "per": 10 }],
        }))
        .unwrap()
    }

    fn price(label: &str, when: &str, amount: i64) -> PriceSource {
        PriceSource { label: label.into(), when: Some(when.into()), amount, each: None, per: 1 }
    }

    fn product(source: &Source) -> Configured {
        Configured::new(Product::check(source).unwrap()).unwrap()
    }

    fn effect(before: &Source, after: &Source) -> Effect {
        Effect::of(Some((before, &product(before))), (after, &product(after)), 20)
    }

    /// What an edit does, and how it is undone.
    fn both_ways(edit: impl FnOnce(&mut Source)) -> [Effect; 2] {
        let (plain, mut edited) = (source(), source());
        edit(&mut edited);
        [effect(&plain, &edited), effect(&edited, &plain)]
    }

    /// What changes, from and to, and whether it is much.
    fn told(effect: &Effect) -> Vec<(PriceOf, Option<i64>, Option<i64>, bool)> {
        effect.prices.iter().map(|price| (price.of.clone(), price.was, price.now, price.is_large)).collect()
    }

    fn with(attribute: &str, value: &str) -> PriceOf {
        PriceOf::With(attribute.to_owned(), value.to_owned())
    }

    #[test]
    fn what_another_divisor_does_to_an_option_is_told_and_asked_about() {
        let [divided, restored] = both_ways(|source| source.prices[0].per = 100);
        let terms = || PriceOf::Terms("Walnut, by height".to_owned());
        let expected = [
            (with("Wood", "Walnut"), Some(36_000), Some(12_600), true),
            (terms(), Some(2_600), Some(2_600), false),
        ];
        assert_eq!((told(&divided).as_slice(), divided.is_whole), (expected.as_slice(), true));
        assert!(divided.is_large());
        assert!(told(&restored).contains(&(with("Wood", "Walnut"), Some(12_600), Some(36_000), true)));
        let before = (&source(), &product(&source()));
        let mut after = source();
        after.prices[0].per = 100;
        assert!(Effect::is_large_from(before, (&after, &product(&after)), 20));
    }

    #[test]
    fn a_discount_or_surcharge_that_goes_or_comes_is_asked_about() {
        let less = PriceSource { each: Some("height".into()), ..price("Less", "wood = walnut", -90) };
        let of = || PriceOf::Surcharge("Less".to_owned());
        let [comes, goes] = both_ways(|source| source.prices.push(less));
        let walnut = |was, now| (with("Wood", "Walnut"), Some(was), Some(now), true);
        assert_eq!(told(&goes), [walnut(27_000, 36_000), (of(), Some(-90), None, false)]);
        assert_eq!(told(&comes), [walnut(36_000, 27_000), (of(), None, Some(-90), false)]);
        // One of two that are alike but for their names is no other one.
        let mut twice = source();
        twice.prices.push(price("Set", "wood = walnut and height > 150", 9_000));
        twice.prices.push(price("Case", "wood = walnut and height > 150", 9_000));
        let mut once = twice.clone();
        once.prices.pop();
        assert!(effect(&twice, &once).is_large() && effect(&once, &twice).is_large());
        // One that no option alone brings: 20 % of the standard are usual, more is not.
        for (amount, is_large) in [(2_000, false), (2_001, true)] {
            let set = price("Set", "wood = walnut and height > 150", amount);
            let [comes, goes] = both_ways(|source| source.prices.push(set));
            let of = || PriceOf::Surcharge("Set".to_owned());
            assert_eq!(told(&comes), [(of(), None, Some(amount), is_large)]);
            assert_eq!(told(&goes), [(of(), Some(amount), None, is_large)]);
        }
        let mut before = source();
        before.prices.push(price("Set", "wood = walnut", 5_000));
        let mut after = before.clone();
        after.prices[1].label = "Present".to_owned();
        assert!(!effect(&before, &after).is_large(), "it is only called otherwise");
    }

    #[test]
    fn what_its_own_price_or_the_standards_explains_is_told_once() {
        let option = |name: &str, was, now| {
            (PriceOf::Option("Wood".to_owned(), name.to_owned()), Some(was), Some(now), false)
        };
        let [dearer, _] = both_ways(|source| source.attributes[0].options[1].price = 500);
        assert_eq!(told(&dearer), [option("Walnut", 0, 500)]);
        let [both, _] = both_ways(|source| {
            source.attributes[0].options[1].price = 500;
            source.prices[0].amount = 2_700;
        });
        assert_eq!(told(&both)[0], (with("Wood", "Walnut"), Some(36_000), Some(37_500), false));
        // Oak is the standard: the others stay as they are, and what goes with it follows.
        let edits: [fn(&mut Source); 2] =
            [|source| source.base_price = 10_100, |source| source.attributes[0].options[0].price = 100];
        for edit in edits {
            let [dearer, _] = both_ways(edit);
            assert!(!told(&dearer).iter().any(|(of, ..)| matches!(of, PriceOf::With(..))), "{dearer:?}");
        }
        // Little of the option's own price and of the standard's is much of what is left of both.
        let mut before = source();
        before.attributes[0].options[1].price = -9_000;
        before.prices.clear();
        let mut after = before.clone();
        after.attributes[0].options[1].price = -9_500;
        let walnut = (with("Wood", "Walnut"), Some(1_000), Some(500), true);
        assert!(told(&effect(&before, &after)).contains(&walnut));
    }

    #[test]
    fn numbers_full_sets_and_what_does_not_apply_are_looked_at_too() {
        let cases = [
            ("height > 150", with("Height", "200 cm")),
            ("handles = brass", with("Handles", "Brass")),
            ("extras has lamp", with("Extras", "Lamp")),
        ];
        for (when, of) in cases {
            let [comes, _] = both_ways(|source| source.prices.push(price("More", when, 2_500)));
            let expected = [
                (of, Some(10_000), Some(12_500), true),
                (PriceOf::Surcharge("More".to_owned()), None, Some(2_500), true),
            ];
            let told: Vec<_> = told(&comes).into_iter().filter(|(of, ..)| *of != PriceOf::Highest).collect();
            assert_eq!(told, expected, "{when}");
        }
    }

    #[test]
    fn new_options_and_those_off_the_menu_have_no_price_to_compare() {
        let [comes, goes] = both_ways(|source| {
            source.prices.push(price("Ash", "wood = ash", 900));
            let ash = OptionSource {
                code: "ash".into(),
                label: "Ash".into(),
                available: true,
                ..OptionSource::default()
            };
            source.attributes[0].options.push(ash);
            source.attributes[0].options[1].available = false;
            source.prices[0].per = 100;
        });
        for effect in [comes, goes] {
            assert!(!told(&effect).iter().any(|(of, ..)| matches!(of, PriceOf::With(..))), "{effect:?}");
            assert!(effect.is_whole);
        }
    }

    #[test]
    fn what_the_solver_serves_has_bounds_and_says_what_is_left_out() {
        let solved = |source: &Source| Configured::with_solver(Product::check(source).unwrap()).unwrap();
        let (before, mut after) = (source(), source());
        after.prices[0].per = 100;
        let live = solved(&before);
        assert_eq!(live.price_range(), None);
        let effect = Effect::of(Some((&before, &live)), (&after, &solved(&after)), 20);
        assert!(told(&effect).contains(&(with("Wood", "Walnut"), Some(36_000), Some(12_600), true)));
        assert!(told(&effect).iter().any(|(of, was, now, _)| *of == PriceOf::AtMost && was > now));
        assert!(!effect.is_whole, "a design with brass is looked for by itself");
    }

    /// Its diagram carries no prices by area.
    #[test]
    fn the_bookcase_is_not_published_at_half_its_price() {
        let Ok(file) = File::read(include_str!("../../../../catalogs/bookcase/product.toml")) else {
            panic!("it can't be read")
        };
        let (before, mut after) = (file.source.clone(), file.source);
        let price = after.prices.iter_mut().find(|price| price.label == "Walnut, by area").unwrap();
        assert_eq!((price.amount, price.per), (26_000, 10_000));
        price.per = 100_000;
        let live = product(&before);
        assert_eq!(live.price_range(), None);
        let effect = Effect::of(Some((&before, &live)), (&after, &product(&after)), 20);
        let walnut = effect.prices.iter().find(|price| price.of == with("Wood", "Walnut")).unwrap();
        // The standard is 120 by 200 cm.
        assert_eq!(walnut.was.zip(walnut.now).map(|(was, now)| was - now), Some(62_400 - 6_240));
        assert!(walnut.is_large && effect.is_large() && effect.is_whole);
        let bound = effect.prices.iter().find(|price| price.of == PriceOf::AtMost).unwrap();
        assert!(bound.was > bound.now, "{bound:?}");
        let first = Effect::of(None, (&before, &live), 20);
        let price =
            |of: PriceOf| first.prices.iter().find(|price| price.of == of).and_then(|price| price.now);
        let [low, standard, high] = [PriceOf::AtLeast, PriceOf::Standard, PriceOf::AtMost].map(price);
        assert!(low.is_some() && low <= standard && standard <= high);
    }
}
