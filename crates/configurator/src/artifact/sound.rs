//! Whether a product that was read from bytes is one that [`Product::check`] could have made, as far as going through it
//! relies on that: ids name something of the right kind, steps lead somewhere, nothing is divided by 0.

use crate::attribute::circle;
use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::kind::Kind;
use crate::limits::is_amount;
use crate::product::{Drawing, Price, Product};
use crate::rule::syntax::{Condition, Number, Property};
use crate::value::Value;

impl Product {
    /// Whether it is sound, the standard design included.
    pub(super) fn is_sound(&self) -> bool {
        self.attributes.len() <= AttributeId::MOST
            && is_amount(self.base_price)
            && self.attributes.iter().all(|attribute| attribute.step < self.steps.len())
            && self.attributes.iter().all(|attribute| attribute.kind.is_sound())
            && self.design_is_sound(&self.standard)
            && self.designs.iter().all(|ready| self.design_is_sound(&ready.design))
            && self.design_is_sound(&self.initial)
            && self.initial.iter().all(|(_, value)| *value != Value::Absent)
            && self
                .attributes
                .iter()
                .all(|attribute| attribute.applies.iter().all(|applies| self.condition_is_sound(applies)))
            && circle(&self.attributes).is_none()
            && self.rules.iter().all(|rule| self.condition_is_sound(&rule.condition))
            && self.prices.iter().all(|price| self.price_is_sound(price))
            && self.tiers.iter().all(|tier| tier.discount <= 10_000)
            && self
                .uses
                .iter()
                .flat_map(|uses| &uses.answers)
                .flat_map(|answer| &answer.enough)
                .all(|enough| self.condition_is_sound(enough))
            && self.no_returns.iter().flat_map(|why| &why.when).all(|when| self.condition_is_sound(when))
            && self.layers.iter().all(|layer| {
                layer.when.iter().all(|when| self.condition_is_sound(when))
                    && layer.tint.iter().all(|(_, id)| self.has(*id, Kind::is_choice))
                    && self.drawing_is_sound(&layer.drawing)
            })
            && self.validate(&self.standard).is_empty()
    }

    fn has(&self, id: AttributeId, kind: impl Fn(&Kind) -> bool) -> bool {
        self.attributes.get(id.index()).is_some_and(|attribute| kind(&attribute.kind))
    }

    fn design_is_sound(&self, design: &Design) -> bool {
        design.iter().count() == self.attributes.len()
            && self.ids().all(|(id, attribute)| match design.value(id) {
                Value::Absent => attribute.applies.is_some(),
                value => attribute.kind.is_value(value),
            })
    }

    fn price_is_sound(&self, price: &Price) -> bool {
        is_amount(price.amount)
            && price.per >= 1
            && price.when.iter().all(|when| self.condition_is_sound(when))
            && price.each.iter().all(|each| self.number_is_sound(each))
    }

    fn drawing_is_sound(&self, drawing: &Drawing) -> bool {
        match drawing {
            Drawing::Full { .. } => true,
            Drawing::Boxed { area, repeat, .. } => {
                area.iter().chain(repeat).all(|number| self.number_is_sound(number))
            }
            Drawing::Text { attribute, at, .. } => {
                self.has(*attribute, Kind::is_text) && at.iter().all(|number| self.number_is_sound(number))
            }
        }
    }

    fn condition_is_sound(&self, condition: &Condition) -> bool {
        match condition {
            Condition::In(id, named) | Condition::NotIn(id, named) => {
                self.has(*id, |kind| kind.is_choice() && named.iter().all(|option| is_there(kind, *option)))
            }
            Condition::Has(id, option) => {
                self.has(*id, |kind| kind.is_multi_choice() && is_there(kind, *option))
            }
            Condition::Filled(id) => self.has(*id, Kind::is_text),
            Condition::Compare(left, _, right) => self.number_is_sound(left) && self.number_is_sound(right),
            Condition::Not(inner) => self.condition_is_sound(inner),
            Condition::And(left, right)
            | Condition::Or(left, right)
            | Condition::Implies(left, right)
            | Condition::Iff(left, right) => self.condition_is_sound(left) && self.condition_is_sound(right),
        }
    }

    fn number_is_sound(&self, number: &Number) -> bool {
        match number {
            Number::Constant(_) => true,
            Number::Attribute(id) => self.has(*id, Kind::is_number),
            Number::Property(id, property) => self.property_is_sound(*id, property),
            Number::Count(id) => self.has(*id, Kind::is_multi_choice),
            Number::Sum(_, parts) => parts.iter().all(|(id, property)| self.property_is_sound(*id, property)),
            Number::Add(left, right) | Number::Subtract(left, right) | Number::Multiply(left, right) => {
                self.number_is_sound(left) && self.number_is_sound(right)
            }
            Number::Divide(number, divisor) => *divisor != 0 && self.number_is_sound(number),
        }
    }

    fn property_is_sound(&self, id: AttributeId, property: &Property) -> bool {
        let options = |kind: &Kind| kind.options().len();
        self.has(id, |kind| options(kind) > 0 && property.values.len() == options(kind))
    }
}

fn is_there(kind: &Kind, option: OptionId) -> bool {
    option.index() < kind.options().len()
}
