//! Whether a product that was read from bytes is one that [`Product::check`] could have made, as far as going through it
//! relies on that: ids name something of the right kind, steps lead somewhere, nothing is divided by 0.

use crate::ids::{AttributeId, OptionId};
use crate::product::{Drawing, Kind, LARGEST_AMOUNT, LARGEST_NUMBER, MOST_VALUES, Opt, Price, Product};
use crate::rule::syntax::{Condition, Number, Property};
use crate::value::{OptionSet, Value};

impl Product {
    /// Whether it is sound, the standard design included.
    pub(super) fn is_sound(&self) -> bool {
        self.attributes.len() <= AttributeId::MOST
            && is_amount(self.base_price)
            && self.attributes.iter().all(|attribute| attribute.step < self.steps.len())
            && self.attributes.iter().all(|attribute| kind_is_sound(&attribute.kind))
            && self.standard.iter().count() == self.attributes.len()
            && self.ids().all(|(id, _)| self.value_is_sound(id, self.standard.value(id)))
            && self.rules.iter().all(|rule| self.condition_is_sound(&rule.condition))
            && self.prices.iter().all(|price| self.price_is_sound(price))
            && self.layers.iter().all(|layer| {
                layer.when.iter().all(|when| self.condition_is_sound(when))
                    && layer
                        .tint
                        .iter()
                        .all(|(_, id)| self.has(*id, |kind| matches!(kind, Kind::Choice { .. })))
                    && self.drawing_is_sound(&layer.drawing)
            })
            && self.validate(&self.standard).is_empty()
    }

    fn has(&self, id: AttributeId, kind: impl Fn(&Kind) -> bool) -> bool {
        self.attributes.get(id.index()).is_some_and(|attribute| kind(&attribute.kind))
    }

    fn value_is_sound(&self, id: AttributeId, value: &Value) -> bool {
        self.has(id, |kind| match (kind, value) {
            (Kind::Choice { options }, Value::Option(option)) => option.index() < options.len(),
            (Kind::MultiChoice { options, .. }, Value::Options(set)) => {
                set.iter().all(|option| option.index() < options.len())
            }
            (Kind::Number { .. }, Value::Number(_)) | (Kind::Text { .. }, Value::Text(_)) => true,
            (
                Kind::Choice { .. } | Kind::MultiChoice { .. } | Kind::Number { .. } | Kind::Text { .. },
                Value::Option(_) | Value::Options(_) | Value::Number(_) | Value::Text(_),
            ) => false,
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
                self.has(*attribute, |kind| matches!(kind, Kind::Text { .. }))
                    && at.iter().all(|number| self.number_is_sound(number))
            }
        }
    }

    fn condition_is_sound(&self, condition: &Condition) -> bool {
        match condition {
            Condition::In(id, named) => self.has(*id, |kind| match kind {
                Kind::Choice { options } => are_there(named, options),
                Kind::MultiChoice { .. } | Kind::Number { .. } | Kind::Text { .. } => false,
            }),
            Condition::Has(id, option) => self.has(*id, |kind| match kind {
                Kind::MultiChoice { options, .. } => are_there(&[*option], options),
                Kind::Choice { .. } | Kind::Number { .. } | Kind::Text { .. } => false,
            }),
            Condition::Filled(id) => self.has(*id, |kind| matches!(kind, Kind::Text { .. })),
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
            Number::Attribute(id) => self.has(*id, |kind| matches!(kind, Kind::Number { .. })),
            Number::Property(id, property) => self.property_is_sound(*id, property),
            Number::Count(id) => self.has(*id, |kind| matches!(kind, Kind::MultiChoice { .. })),
            Number::Sum(_, parts) => parts.iter().all(|(id, property)| self.property_is_sound(*id, property)),
            Number::Add(left, right) | Number::Subtract(left, right) | Number::Multiply(left, right) => {
                self.number_is_sound(left) && self.number_is_sound(right)
            }
            Number::Divide(number, divisor) => *divisor != 0 && self.number_is_sound(number),
        }
    }

    fn property_is_sound(&self, id: AttributeId, property: &Property) -> bool {
        self.has(id, |kind| match kind {
            Kind::Choice { options } | Kind::MultiChoice { options, .. } => {
                property.values.len() == options.len()
            }
            Kind::Number { .. } | Kind::Text { .. } => false,
        })
    }
}

fn are_there(named: &[OptionId], options: &[Opt]) -> bool {
    named.iter().all(|option| option.index() < options.len())
}

fn kind_is_sound(kind: &Kind) -> bool {
    let options_are_sound = |options: &[Opt]| {
        !options.is_empty()
            && options.len() <= OptionId::MOST
            && options.iter().all(|option| is_amount(option.price) && is_number(option.weight))
    };
    match kind {
        Kind::Choice { options } => options_are_sound(options),
        Kind::MultiChoice { options, min, max } => {
            options_are_sound(options) && options.len() <= OptionSet::MOST && min <= max
        }
        Kind::Number { min, max, step, price, .. } => {
            is_number(*min)
                && is_number(*max)
                && min <= max
                && (1..=LARGEST_NUMBER).contains(step)
                && (max - min) % step == 0
                && (max - min) / step < MOST_VALUES
                && is_amount(price.saturating_mul(max - min))
                && is_amount(*price)
        }
        Kind::Text { price, .. } => is_amount(*price),
    }
}

fn is_amount(amount: i64) -> bool {
    amount.saturating_abs() <= LARGEST_AMOUNT
}

fn is_number(number: i64) -> bool {
    number.saturating_abs() <= LARGEST_NUMBER
}
