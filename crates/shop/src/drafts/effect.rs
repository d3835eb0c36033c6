//! What publishing a draft does to prices and to how many designs there are. Pure.

use std::collections::{BTreeMap, BTreeSet};

use configurator::analysis::PriceBounds;
use configurator::source::{AttributeSource, PriceSource, Source};
use configurator::{Configured, Currency, Quantity};

use super::totals::{Moved, NearStandard, moved};

/// What a price is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceOf {
    /// The product before any option.
    Base,
    /// An option, by the names of its attribute and its own.
    Option(String, String),
    /// A number by the unit, or a text: by the attribute's name.
    Attribute(String),
    /// The valid design nearest to the standard that has an option, or a number at an end of its range: by the names of the attribute
    /// and of the value.
    With(String, String),
    /// A surcharge or discount by its name.
    Surcharge(String),
    /// A surcharge or discount by its name that applies or counts otherwise for the same amount.
    Terms(String),
    /// So many pieces of the standard design, where their discount changes.
    Pieces(u32),
    /// The standard design, all in all.
    Standard,
    /// The cheapest design.
    Lowest,
    /// The dearest design.
    Highest,
    /// What no design costs less than, where the cheapest is not known.
    AtLeast,
    /// What no design costs more than, where the dearest is not known.
    AtMost,
}

impl PriceOf {
    /// The ends of the range of prices, or what bounds it.
    fn ends(is_exact: bool) -> [Self; 2] {
        if is_exact { [Self::Lowest, Self::Highest] } else { [Self::AtLeast, Self::AtMost] }
    }
}

/// A price that publishing changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repriced {
    /// What it is of.
    pub of: PriceOf,
    /// Minor units before; nothing for what is new.
    pub was: Option<i64>,
    /// Minor units after; nothing for what is gone.
    pub now: Option<i64>,
    /// Whether it changes by more than the shop takes for usual.
    pub is_large: bool,
}

/// What the options of a standard design cost the shop, beside its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardCost {
    /// The sum of what they cost, in minor units.
    pub cost: i64,
    /// What the design is sold for.
    pub price: i64,
    /// How many of them don't say what they cost.
    pub unsaid: usize,
}

impl StandardCost {
    /// That of a draft; nothing where no option of the standard design says its cost.
    fn of(source: &Source, draft: &Configured) -> Option<Self> {
        let standard = draft.standard();
        let mut found = Self { cost: 0, price: draft.quote(standard).total.amount, unsaid: 0 };
        let mut is_said = false;
        for ((id, attribute), written) in draft.ids().zip(&source.attributes) {
            for (option, _) in attribute.option_ids() {
                if !standard.value(id).includes(option) {
                    continue;
                }
                match written.options.get(option.index()).and_then(|option| option.cost) {
                    Some(cost) => (found.cost, is_said) = (found.cost.saturating_add(cost), true),
                    None => found.unsaid += 1,
                }
            }
        }
        is_said.then_some(found)
    }
}

/// What publishing a draft does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The prices that change: first what designs cost, then what that comes from.
    pub prices: Vec<Repriced>,
    /// Whether it was found out of every option what designs with it cost: not where that takes too long.
    pub is_whole: bool,
    /// The currency before and after, where it changes.
    pub currencies: Option<[Currency; 2]>,
    /// How many valid designs there were and will be, where diagrams tell.
    pub designs: [Option<u128>; 2],
    /// How many of these are valid before and after alike, where that can be counted: see [`Configured::count_shared`].
    pub shared: Option<u128>,
    /// What the options of the standard design cost the shop, as far as they say it.
    pub cost: Option<StandardCost>,
    /// The largest change that is not asked about twice, in percent.
    pub threshold: u32,
}

impl Effect {
    /// What a draft does beside the live revision, or without one.
    pub(super) fn of(
        before: Option<(&Source, &Configured)>,
        after: (&Source, &Configured),
        threshold: u32,
    ) -> Self {
        match before {
            Some(before) => Self::between(before, after, threshold),
            None => Self::first(after, threshold),
        }
    }

    /// What the first revision of a product costs. Nothing is compared, so nothing changes by much.
    fn first((source, draft): (&Source, &Configured), threshold: u32) -> Self {
        let standard = draft.quote(draft.standard()).total.amount;
        let mut prices = Prices { found: Vec::new(), threshold, standard };
        prices.compare(PriceOf::Standard, None, Some(standard));
        if let Some(bounds) = NearStandard::of(draft).bounds() {
            let [lowest, highest] = PriceOf::ends(bounds.is_exact);
            prices.compare(lowest, None, Some(bounds.low));
            prices.compare(highest, None, Some(bounds.high));
        }
        Self {
            prices: prices.found,
            is_whole: true,
            currencies: None,
            designs: [None, draft.count_designs()],
            shared: None,
            cost: StandardCost::of(source, draft),
            threshold,
        }
    }

    /// What a draft does beside the live revision.
    fn between(
        (before, live): (&Source, &Configured),
        (after, draft): (&Source, &Configured),
        threshold: u32,
    ) -> Self {
        let PriceEffect { prices, is_whole, currencies } =
            compared((before, live), (after, draft), threshold);
        let designs = [live, draft].map(Configured::count_designs);
        let shared = live.count_shared(draft);
        let cost = StandardCost::of(after, draft);
        Self { prices, is_whole, currencies, designs, shared, cost, threshold }
    }

    /// Whether what [`Effect::of`] would be is large: found out without counting designs.
    pub(super) fn is_large_from(
        before: (&Source, &Configured),
        after: (&Source, &Configured),
        threshold: u32,
    ) -> bool {
        let PriceEffect { prices, currencies, .. } = compared(before, after, threshold);
        currencies.is_some() || prices.iter().any(|price| price.is_large)
    }

    /// How many designs can't be ordered any more, and how many could not before, where that can be counted.
    #[must_use]
    pub fn forbidden_and_allowed(&self) -> Option<[u128; 2]> {
        let [Some(before), Some(after)] = self.designs else { return None };
        self.shared.map(|shared| [before, after].map(|all| all.saturating_sub(shared)))
    }

    /// Whether some price changes by more than the shop takes for usual, or all are in another currency.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.currencies.is_some() || self.prices.iter().any(|price| price.is_large)
    }
}

/// What a draft does to prices.
struct PriceEffect {
    prices: Vec<Repriced>,
    is_whole: bool,
    currencies: Option<[Currency; 2]>,
}

fn compared(
    (before, live): (&Source, &Configured),
    (after, draft): (&Source, &Configured),
    threshold: u32,
) -> PriceEffect {
    let standard = [live, draft].map(|product| product.quote(product.standard()).total);
    let [was, now] = standard.map(|total| total.currency);
    let currencies = (was != now).then_some([was, now]);
    let [was, now] = standard.map(|total| total.amount);
    let mut prices = Prices { found: Vec::new(), threshold, standard: was };
    prices.compare(PriceOf::Standard, Some(was), Some(now));
    let is_told = prices.is_large(was, now);
    let [mut near_live, mut near_draft] = [live, draft].map(NearStandard::of);
    if let (Some(was), Some(now)) = (near_live.bounds(), near_draft.bounds()) {
        prices.range(was, now);
    }
    prices.near_standard(&moved(&mut near_live, &mut near_draft), is_told);
    prices.compare(PriceOf::Base, Some(before.base_price), Some(after.base_price));
    prices.attributes(before, after);
    prices.surcharges(before, after);
    prices.tiers(live, draft);
    let is_whole = near_live.is_whole && near_draft.is_whole;
    PriceEffect { prices: prices.found, is_whole, currencies }
}

struct Prices {
    found: Vec<Repriced>,
    threshold: u32,
    /// What the standard cost: the measure of what cost nothing.
    standard: i64,
}

impl Prices {
    fn compare(&mut self, of: PriceOf, was: Option<i64>, now: Option<i64>) {
        if was == now {
            return;
        }
        let is_large = match (was, now) {
            (Some(was), Some(now)) => self.is_large(was, now),
            // What comes and goes is looked at as such.
            _ => false,
        };
        self.found.push(Repriced { of, was, now, is_large });
    }

    fn is_large(&self, was: i64, now: i64) -> bool {
        let measure = if was == 0 { self.standard } else { was };
        self.is_much(now.abs_diff(was), measure.unsigned_abs())
    }

    fn is_much(&self, difference: u64, measure: u64) -> bool {
        u128::from(difference) * 100 > u128::from(measure) * u128::from(self.threshold)
    }

    /// The ends of the range of prices. What bounds it may lie far from any design, so it is measured by the standard at least.
    fn range(&mut self, was: PriceBounds, now: PriceBounds) {
        let is_exact = was.is_exact && now.is_exact;
        let [lowest, highest] = PriceOf::ends(is_exact);
        for (of, was, now) in [(lowest, was.low, now.low), (highest, was.high, now.high)] {
            if is_exact {
                self.compare(of, Some(was), Some(now));
            } else if was != now {
                let measure = was.unsigned_abs().max(self.standard.unsigned_abs());
                let is_large = self.is_much(now.abs_diff(was), measure);
                self.found.push(Repriced { of, was: Some(was), now: Some(now), is_large });
            }
        }
    }

    /// Designs near the standard, where what is told of that and of the value itself does not explain the change, or where it is large
    /// and neither of these is. `is_told`: whether that of the standard is.
    fn near_standard(&mut self, moved: &[Moved], is_told: bool) {
        for Moved { attribute, value, totals: [was, now], explained, own: [own_was, own_now] } in moved {
            let is_explained = now.saturating_sub(*was) == *explained;
            let is_told = is_told || self.is_large(*own_was, *own_now);
            if !is_explained || self.is_large(*was, *now) && !is_told {
                self.compare(PriceOf::With(attribute.clone(), value.clone()), Some(*was), Some(*now));
            }
        }
    }

    fn attributes(&mut self, before: &Source, after: &Source) {
        let known: BTreeMap<&str, &AttributeSource> =
            before.attributes.iter().map(|attribute| (attribute.code.as_str(), attribute)).collect();
        for attribute in &after.attributes {
            let was = known.get(attribute.code.as_str());
            let of = |source: &AttributeSource| source.price.unwrap_or(0);
            let own = was.map(|was| of(was)).or((of(attribute) == 0).then_some(0));
            self.compare(PriceOf::Attribute(attribute.label.clone()), own, Some(of(attribute)));
            let options = was.map(|was| was.options.as_slice()).unwrap_or_default();
            let name = |label: &str| PriceOf::Option(attribute.label.clone(), label.to_owned());
            for option in &attribute.options {
                let was = options.iter().find(|was| was.code == option.code).map(|was| was.price);
                self.compare(name(&option.label), was, Some(option.price));
            }
            for gone in options.iter().filter(|was| !attribute.options.iter().any(|now| now.code == was.code))
            {
                self.compare(name(&gone.label), Some(gone.price), None);
            }
        }
        for gone in &before.attributes {
            if after.attributes.iter().any(|attribute| attribute.code == gone.code) {
                continue;
            }
            for option in &gone.options {
                let of = PriceOf::Option(gone.label.clone(), option.label.clone());
                self.compare(of, Some(option.price), None);
            }
        }
    }

    /// Surcharges are told apart by name; several of one name are compared in their order.
    fn surcharges(&mut self, before: &Source, after: &Source) {
        let mut names: Vec<&str> = Vec::new();
        for price in after.prices.iter().chain(&before.prices) {
            if !names.contains(&price.label.as_str()) {
                names.push(&price.label);
            }
        }
        for name in names {
            let (was, now) = (named(before, name), named(after, name));
            for place in 0..was.len().max(now.len()) {
                match (was.get(place), now.get(place)) {
                    (Some(was), Some(now)) => self.surcharge(was, now),
                    (None, Some(new)) => self.comes_or_goes(new, [None, Some(new.amount)], (after, before)),
                    (Some(gone), None) => {
                        self.comes_or_goes(gone, [Some(gone.amount), None], (before, after))
                    }
                    (None, None) => {}
                }
            }
        }
    }

    fn surcharge(&mut self, before: &PriceSource, after: &PriceSource) {
        let (name, was, now) = (after.label.clone(), Some(before.amount), Some(after.amount));
        if was != now {
            self.compare(PriceOf::Surcharge(name), was, now);
        } else if before != after {
            // What that does to designs is told of these.
            self.found.push(Repriced { of: PriceOf::Terms(name), was, now, is_large: false });
        }
    }

    /// A surcharge that is in one of the two only, and not in the other one by another name. One that is always the same amount is large
    /// where it is much of the standard's price, also where no design near the standard has it.
    fn comes_or_goes(
        &mut self,
        price: &PriceSource,
        [was, now]: [Option<i64>; 2],
        (own, other): (&Source, &Source),
    ) {
        let renamed = |known: &PriceSource| PriceSource { label: price.label.clone(), ..known.clone() };
        let is_new = |known: &&PriceSource| named(own, &known.label).is_empty();
        let is_renamed = other.prices.iter().filter(is_new).any(|known| renamed(known) == *price);
        let amount = price.amount.unsigned_abs() / price.per.unsigned_abs().max(1);
        let is_large =
            price.each.is_none() && !is_renamed && self.is_much(amount, self.standard.unsigned_abs());
        self.found.push(Repriced { of: PriceOf::Surcharge(price.label.clone()), was, now, is_large });
    }

    /// Discounts on several pieces, at each number of pieces from which on another one holds.
    fn tiers(&mut self, live: &Configured, draft: &Configured) {
        let all = || live.tiers.iter().chain(&draft.tiers);
        let discount = |product: &Configured, pieces: u32| {
            product.tiers.iter().rev().find(|tier| tier.from <= pieces).map(|tier| tier.discount)
        };
        for pieces in all().map(|tier| tier.from).collect::<BTreeSet<_>>() {
            let Some(quantity) = Quantity::new(pieces) else { continue };
            if discount(live, pieces) != discount(draft, pieces) {
                let total =
                    |product: &Configured| Some(product.quote_for(product.standard(), quantity).total.amount);
                self.compare(PriceOf::Pieces(pieces), total(live), total(draft));
            }
        }
    }
}

/// The surcharges of a name.
fn named<'s>(source: &'s Source, name: &str) -> Vec<&'s PriceSource> {
    source.prices.iter().filter(|price| price.label == name).collect()
}

#[cfg(test)]
mod tests {
    use configurator::Product;
    use configurator::source::TierSource;

    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 1000, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue", "price": 150 },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 9, "max": 12 },
            ],
            "prices": [{ "label": "Tall", "amount": 50, "when": "height > 10" }],
        }))
        .unwrap()
    }

    fn after(edit: impl FnOnce(&mut Source)) -> Effect {
        let (before, mut after) = (source(), source());
        edit(&mut after);
        let product = |source: &Source| Configured::new(Product::check(source).unwrap()).unwrap();
        Effect::between((&before, &product(&before)), (&after, &product(&after)), 20)
    }

    /// What changes, from and to, and whether it is much.
    fn told(effect: &Effect) -> Vec<(PriceOf, Option<i64>, Option<i64>, bool)> {
        effect.prices.iter().map(|price| (price.of.clone(), price.was, price.now, price.is_large)).collect()
    }

    #[test]
    fn nothing_changed_does_nothing() {
        let effect = after(|_| {});
        assert_eq!((told(&effect), effect.designs), (vec![], [Some(8), Some(8)]));
        assert_eq!(effect.forbidden_and_allowed(), Some([0, 0]));
        assert!(!effect.is_large());
    }

    #[test]
    fn each_price_is_told_old_and_new_and_large_ones_are_marked() {
        let option = |name: &str| PriceOf::Option("Glaze".to_owned(), name.to_owned());
        let effect = after(|source| source.attributes[0].options[1].price = 170);
        let expected = [
            (PriceOf::Highest, Some(1200), Some(1220), false),
            (option("Blue"), Some(150), Some(170), false),
        ];
        assert_eq!(told(&effect), expected);
        let effect = after(|source| source.attributes[0].options[1].price = 15);
        assert_eq!(told(&effect)[1], (option("Blue"), Some(150), Some(15), true));
        assert!(effect.is_large());
        // What cost nothing is measured by the standard.
        for (price, is_large) in [(200, false), (201, true)] {
            let effect = after(|source| source.attributes[0].options[0].price = price);
            assert!(told(&effect).contains(&(option("Red"), Some(0), Some(price), is_large)));
        }
        let effect = after(|source| {
            source.base_price = 500;
            source.prices[0].amount = 60;
            source.attributes[1].price = Some(10);
        });
        assert!(told(&effect).contains(&(PriceOf::Standard, Some(1000), Some(500), true)));
        assert!(told(&effect).contains(&(PriceOf::Base, Some(1000), Some(500), true)));
        assert!(told(&effect).contains(&(PriceOf::Surcharge("Tall".into()), Some(50), Some(60), false)));
        assert!(told(&effect).contains(&(PriceOf::Attribute("Height".into()), Some(0), Some(10), false)));
    }

    #[test]
    fn a_first_revision_has_prices_and_nothing_before() {
        let source = source();
        let product = Configured::new(Product::check(&source).unwrap()).unwrap();
        let effect = Effect::of(None, (&source, &product), 20);
        let expected = [
            (PriceOf::Standard, None, Some(1000), false),
            (PriceOf::Lowest, None, Some(1000), false),
            (PriceOf::Highest, None, Some(1200), false),
        ];
        assert_eq!((told(&effect).as_slice(), effect.designs), (expected.as_slice(), [None, Some(8)]));
        assert!(!effect.is_large());
    }

    #[test]
    fn discounts_on_several_pieces_are_prices_too() {
        let tier = |from, discount: &str| TierSource { from, discount: discount.to_owned() };
        let effect = after(|source| source.tiers = vec![tier(5, "10 %"), tier(10, "30 %")]);
        let expected = [
            (PriceOf::Pieces(5), Some(5000), Some(4500), false),
            (PriceOf::Pieces(10), Some(10_000), Some(7000), true),
        ];
        assert_eq!(told(&effect), expected);
        assert!(effect.is_large());
        let product = |tiers: Vec<TierSource>| {
            let source = Source { tiers, ..source() };
            let product = Configured::new(Product::check(&source).unwrap()).unwrap();
            (source, product)
        };
        let (before, after) = (product(vec![tier(5, "10 %")]), product(vec![tier(8, "10 %")]));
        let effect = Effect::between((&before.0, &before.1), (&after.0, &after.1), 20);
        assert_eq!(told(&effect), [(PriceOf::Pieces(5), Some(4500), Some(5000), false)]);
    }

    #[test]
    fn another_currency_is_a_large_change() {
        let effect = after(|source| source.currency = "USD".to_owned());
        let codes = effect.currencies.map(|both| both.map(|currency| currency.code().to_owned()));
        assert_eq!(codes, Some(["EUR".to_owned(), "USD".to_owned()]));
        assert!(effect.is_large());
        assert_eq!(after(|_| {}).currencies, None);
    }

    #[test]
    fn what_comes_and_goes_has_no_other_price_and_designs_are_counted() {
        let effect = after(|source| {
            source.attributes[0].options[1].code = "green".into();
            source.attributes[1].max = Some(11);
            source.prices.clear();
        });
        let options: Vec<_> = told(&effect).into_iter().map(|(_, was, now, _)| (was, now)).collect();
        assert!(options.contains(&(None, Some(150))) && options.contains(&(Some(150), None)));
        assert!(options.contains(&(Some(50), None)));
        assert_eq!(effect.designs, [Some(8), Some(6)]);
    }

    #[test]
    fn what_is_forbidden_is_not_set_off_against_what_is_allowed() {
        let effect = after(|source| {
            source.attributes[0].options[1].code = "green".into();
            source.attributes[1].max = Some(13);
        });
        // Four blue ones are gone; five green and one red come.
        assert_eq!((effect.designs, effect.forbidden_and_allowed()), ([Some(8), Some(10)], Some([4, 6])));
        let effect = after(|source| {
            source.attributes.truncate(1);
            source.prices.clear();
        });
        assert_eq!((effect.shared, effect.forbidden_and_allowed()), (None, None));
    }

    #[test]
    fn the_standards_cost_is_the_sum_of_its_options() {
        assert_eq!(after(|_| {}).cost, None);
        let costs = after(|source| {
            source.attributes[0].options[0].cost = Some(120);
            source.attributes[0].options[1].cost = Some(900);
        });
        assert_eq!(costs.cost, Some(StandardCost { cost: 120, price: 1000, unsaid: 0 }));
        let half = after(|source| {
            let mut lid = source.attributes[0].clone();
            (lid.code, lid.options[0].cost) = ("lid".into(), Some(-20));
            source.attributes.push(lid);
        });
        assert_eq!(half.cost, Some(StandardCost { cost: -20, price: 1000, unsaid: 1 }));
        assert!(costs.prices.is_empty(), "a cost is no price");
    }
}
