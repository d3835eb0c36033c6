//! Between which totals the designs lie that a shopper can still have: exactly, where the diagram carries the prices; else
//! bounds that none of them leaves.

use crate::answers::ServedBy;
use crate::attribute::Attribute;
use crate::configured::Configured;
use crate::design::Choices;
use crate::ids::{AttributeId, OptionId};
use crate::known::{Open, Partial};
use crate::menu::entries::{AttributeMenu, Menu, State};
use crate::money::{Money, scaled};
use crate::product::Price;
use crate::rule::evaluation::{Interval, Knowledge, Truth};

/// Between which totals all designs with some choices lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenPrices {
    /// None costs less.
    pub low: Money,
    /// None costs more.
    pub high: Money,
    /// Whether there is a design for each of the two; otherwise they may be farther apart than that.
    pub is_exact: bool,
}

impl Configured {
    /// Between which totals the designs with these choices lie. `menu` is that of the choices.
    #[must_use]
    pub fn open_prices(&self, choices: &Choices, menu: &Menu) -> OpenPrices {
        let settled = self.settled(choices);
        let exact = self.price_range_with(&settled);
        // What is blocked may come free where a text is typed, or where a choice comes to wait.
        let is_final = settled == *choices
            && self.ids().all(|(id, attribute)| !attribute.kind.is_text() || settled.get(id).is_some());
        let known = Offered { open: Open::of(self, |id| settled.get(id)), menu, is_final };
        let (low, high) = exact.unwrap_or_else(|| self.price_bounds(&known));
        OpenPrices { low: self.money(low), high: self.money(high), is_exact: exact.is_some() }
    }

    /// The choices that hold whatever else is chosen: no other can make them wait.
    fn settled(&self, choices: &Choices) -> Choices {
        let known = Open::of(self, |id| choices.get(id));
        let may_wait = choices.iter().map(|(id, _)| id).filter(|&id| known.present(id) != Some(true));
        may_wait.fold(choices.clone(), Choices::without)
    }

    fn price_bounds(&self, known: &Offered) -> (i64, i64) {
        let own = self.ids().map(|(id, attribute)| known.own_prices(id, attribute));
        let surcharges = self.prices.iter().map(|price| amounts(price, known));
        let total = own.chain(surcharges).fold(Interval::exactly(self.base_price), sum);
        // The design on the menu is one of them.
        let shown = known.menu.quote.total.amount;
        (total.low.min(shown), total.high.max(shown))
    }
}

fn sum(left: Interval, right: Interval) -> Interval {
    Interval { low: left.low.saturating_add(right.low), high: left.high.saturating_add(right.high) }
}

/// The smallest interval with both numbers.
fn between(one: i64, other: i64) -> Interval {
    Interval { low: one.min(other), high: one.max(other) }
}

/// What a surcharge or discount can come to.
fn amounts(price: &Price, known: &impl Knowledge) -> Interval {
    let applies = price.when.as_ref().map_or(Some(true), |when| when.truth(known));
    let each = price.each.as_ref().map_or(Interval::exactly(1), |each| each.range(known));
    let when_it_applies =
        between(scaled(price.amount, each.low, price.per), scaled(price.amount, each.high, price.per));
    match applies {
        Some(true) => when_it_applies,
        Some(false) => Interval::exactly(0),
        None => Interval { low: when_it_applies.low.min(0), high: when_it_applies.high.max(0) },
    }
}

/// What is chosen, and what the menu offers of the rest.
struct Offered<'m> {
    open: Open<'m>,
    menu: &'m Menu,
    /// Whether what is blocked now stays blocked, whatever else is chosen.
    is_final: bool,
}

impl Offered<'_> {
    fn menu(&self, attribute: AttributeId) -> &AttributeMenu {
        &self.menu.attributes[attribute.index()]
    }

    /// Whether some design may have this option of a choice.
    fn may_have(&self, attribute: AttributeId, option: OptionId) -> bool {
        let is_blocked = || {
            // What doesn't apply now has no options on the menu.
            let one = self.menu(attribute).options.get(option.index());
            one.is_some_and(|one| !one.selected && matches!(one.state, State::Blocked(_)))
        };
        self.open.product.attribute(attribute).options()[option.index()].available
            && !(self.is_final && is_blocked())
    }

    /// What an attribute's value alone can come to, its options and the rest of its price.
    fn own_prices(&self, id: AttributeId, attribute: &Attribute) -> Interval {
        match self.present(id) {
            Some(true) => self.prices_where_present(id, attribute),
            Some(false) => Interval::exactly(0),
            None => {
                let own = self.prices_where_present(id, attribute);
                Interval { low: own.low.min(0), high: own.high.max(0) }
            }
        }
    }

    fn prices_where_present(&self, id: AttributeId, attribute: &Attribute) -> Interval {
        let prices: Vec<i64> = attribute.options().iter().map(|option| option.price).collect();
        let of_options = self.total(id, &prices);
        let Interval { low, high } = self.number(id);
        let [one, other] = attribute.kind.own_prices([low, high], self.filled(id));
        sum(of_options, between(one, other))
    }
}

impl Knowledge for Offered<'_> {
    fn present(&self, attribute: AttributeId) -> Truth {
        self.open.present(attribute)
    }

    fn choice(&self, attribute: AttributeId) -> Option<OptionId> {
        self.open.choice(attribute)
    }

    fn contains(&self, attribute: AttributeId, option: OptionId) -> Truth {
        self.open.contains(attribute, option)
    }

    fn number(&self, attribute: AttributeId) -> Interval {
        let own = self.open.number(attribute);
        match (self.open.partial[attribute.index()], self.menu(attribute).range) {
            // What is known to be possible may not be all there is, where it would take too long to find out.
            (Partial::Number(None), Some((low, high)))
                if self.is_final && self.menu.served_by == ServedBy::Diagram =>
            {
                Interval { low, high }
            }
            _ => own,
        }
    }

    fn filled(&self, attribute: AttributeId) -> Truth {
        self.open.filled(attribute)
    }

    /// Whether an option of a set is blocked depends on the rest of the set, so nothing is known of it for sure.
    fn total(&self, attribute: AttributeId, values: &[i64]) -> Interval {
        if self.open.partial[attribute.index()] != Partial::Choice(None) {
            return self.open.total(attribute, values);
        }
        let options = values.iter().enumerate().map(|(index, value)| (OptionId::new(index), value));
        let may_be = options.filter(|&(option, _)| self.may_have(attribute, option)).map(|(_, &value)| value);
        let (low, high) =
            may_be.fold((i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        if low <= high { Interval { low, high } } else { self.open.total(attribute, values) }
    }

    fn count(&self, attribute: AttributeId) -> Interval {
        self.open.count(attribute)
    }
}
