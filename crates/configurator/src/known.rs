//! What the rule evaluator may know: everything about a complete design, or part of one during a search.

use crate::attribute::Attribute;
use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::product::Product;
use crate::rule::evaluation::{Interval, Knowledge, Truth};
use crate::rule::syntax::{Condition, Number};
use crate::value::{OptionSet, Value, ValueShape};

/// A complete design: every condition is definite, every interval a single number.
pub(crate) struct Complete<'d> {
    pub design: &'d Design,
}

impl Product {
    /// Whether a condition holds for a complete design.
    #[must_use]
    pub fn holds(&self, condition: &Condition, design: &Design) -> bool {
        condition.truth(&Complete { design }) == Some(true)
    }

    /// The value of a number expression for a complete design.
    #[must_use]
    pub fn evaluate(&self, number: &Number, design: &Design) -> i64 {
        number.range(&Complete { design }).low
    }
}

impl Knowledge for Complete<'_> {
    fn present(&self, attribute: AttributeId) -> Truth {
        Some(*self.design.value(attribute) != Value::Absent)
    }

    fn choice(&self, attribute: AttributeId) -> Option<OptionId> {
        match self.design.value(attribute) {
            Value::Option(option) => Some(*option),
            _ => None,
        }
    }

    fn contains(&self, attribute: AttributeId, option: OptionId) -> Truth {
        Some(self.design.value(attribute).includes(option))
    }

    fn number(&self, attribute: AttributeId) -> Interval {
        match self.design.value(attribute) {
            Value::Number(number) => Interval::exactly(*number),
            _ => Interval::exactly(0),
        }
    }

    fn filled(&self, attribute: AttributeId) -> Truth {
        Some(matches!(self.design.value(attribute), Value::Text(text) if !text.is_empty()))
    }

    fn total(&self, attribute: AttributeId, values: &[i64]) -> Interval {
        Interval::exactly(match self.design.value(attribute) {
            Value::Option(option) => values[option.index()],
            Value::Options(set) => {
                set.iter().fold(0, |sum, option| values[option.index()].saturating_add(sum))
            }
            Value::Number(_) | Value::Text(_) | Value::Absent => 0,
        })
    }

    fn count(&self, attribute: AttributeId) -> Interval {
        match self.design.value(attribute) {
            Value::Options(set) => Interval::exactly(i64::from(set.len())),
            _ => Interval::exactly(0),
        }
    }
}

/// A design with a value for every attribute, also for those that don't apply, which count as if they had none.
pub(crate) struct Assumed<'d> {
    pub product: &'d Product,
    pub design: &'d Design,
}

impl Knowledge for Assumed<'_> {
    fn present(&self, attribute: AttributeId) -> Truth {
        self.product.attribute(attribute).applies.as_ref().map_or(Some(true), |applies| applies.truth(self))
    }

    fn choice(&self, attribute: AttributeId) -> Option<OptionId> {
        Complete { design: self.design }.choice(attribute)
    }

    fn contains(&self, attribute: AttributeId, option: OptionId) -> Truth {
        Complete { design: self.design }.contains(attribute, option)
    }

    fn number(&self, attribute: AttributeId) -> Interval {
        Complete { design: self.design }.number(attribute)
    }

    fn filled(&self, attribute: AttributeId) -> Truth {
        Complete { design: self.design }.filled(attribute)
    }

    fn total(&self, attribute: AttributeId, values: &[i64]) -> Interval {
        Complete { design: self.design }.total(attribute, values)
    }

    fn count(&self, attribute: AttributeId) -> Interval {
        Complete { design: self.design }.count(attribute)
    }
}

/// What is decided of one attribute, should it apply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Partial {
    Choice(Option<OptionId>),
    Options { decided: OptionSet, chosen: OptionSet },
    Number(Option<i64>),
    Text(Option<bool>),
}

impl Partial {
    /// Nothing of it.
    pub(crate) fn open(attribute: &Attribute) -> Self {
        match attribute.kind.shape() {
            ValueShape::Option => Self::Choice(None),
            ValueShape::Options => {
                Self::Options { decided: OptionSet::default(), chosen: OptionSet::default() }
            }
            ValueShape::Number => Self::Number(None),
            ValueShape::Text => Self::Text(None),
        }
    }

    /// All of it, as in this value.
    pub(crate) fn of(value: &Value, attribute: &Attribute) -> Self {
        match value {
            Value::Option(option) => Self::Choice(Some(*option)),
            Value::Options(set) => Self::Options {
                decided: attribute.option_ids().map(|(option, _)| option).collect(),
                chosen: *set,
            },
            Value::Number(number) => Self::Number(Some(*number)),
            Value::Text(text) => Self::Text(Some(!text.is_empty())),
            Value::Absent => Self::open(attribute),
        }
    }
}

/// A design some of whose attributes are still open. Options that are not available count as decided against.
pub(crate) struct Open<'p> {
    pub product: &'p Product,
    pub partial: Vec<Partial>,
}

impl<'p> Open<'p> {
    /// A design of which these values are decided, and what is locked.
    pub(crate) fn of<'v>(product: &'p Product, value: impl Fn(AttributeId) -> Option<&'v Value>) -> Self
    where
        'p: 'v,
    {
        let partial = |(id, attribute): (AttributeId, &'p Attribute)| {
            let locked = attribute.locked.then(|| product.initial(id));
            let value = value(id).or(locked);
            value.map_or_else(|| Partial::open(attribute), |value| Partial::of(value, attribute))
        };
        Self { product, partial: product.ids().map(partial).collect() }
    }
}

impl Knowledge for Open<'_> {
    fn present(&self, attribute: AttributeId) -> Truth {
        self.product.attribute(attribute).applies.as_ref().map_or(Some(true), |applies| applies.truth(self))
    }

    fn choice(&self, attribute: AttributeId) -> Option<OptionId> {
        match self.partial[attribute.index()] {
            Partial::Choice(option) => option,
            _ => None,
        }
    }

    fn contains(&self, attribute: AttributeId, option: OptionId) -> Truth {
        match self.partial[attribute.index()] {
            Partial::Options { decided, chosen } => decided.contains(option).then(|| chosen.contains(option)),
            _ => Some(false),
        }
    }

    fn number(&self, attribute: AttributeId) -> Interval {
        match (&self.partial[attribute.index()], self.product.attribute(attribute).kind.numbers()) {
            (Partial::Number(Some(value)), _) => Interval::exactly(*value),
            (_, Some(numbers)) => Interval { low: numbers.min, high: numbers.max },
            _ => Interval::exactly(0),
        }
    }

    fn filled(&self, attribute: AttributeId) -> Truth {
        match self.partial[attribute.index()] {
            Partial::Text(filled) => filled,
            _ => Some(false),
        }
    }

    fn total(&self, attribute: AttributeId, values: &[i64]) -> Interval {
        match &self.partial[attribute.index()] {
            Partial::Choice(Some(option)) => Interval::exactly(values[option.index()]),
            Partial::Choice(None) => {
                let options = self.product.attribute(attribute).options().iter();
                let open =
                    options.zip(values).filter(|(option, _)| option.available).map(|(_, &value)| value);
                let (low, high) =
                    open.fold((i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)));
                Interval { low: low.min(high), high: high.max(low) }
            }
            Partial::Options { decided, chosen } => {
                let mut range = Interval::exactly(0);
                for (option, &value) in values.iter().enumerate() {
                    let option = OptionId::new(option);
                    let open = !decided.contains(option);
                    if chosen.contains(option) || open && value < 0 {
                        range.low = range.low.saturating_add(value);
                    }
                    if chosen.contains(option) || open && value > 0 {
                        range.high = range.high.saturating_add(value);
                    }
                }
                range
            }
            Partial::Number(_) | Partial::Text(_) => Interval::exactly(0),
        }
    }

    fn count(&self, attribute: AttributeId) -> Interval {
        match &self.partial[attribute.index()] {
            Partial::Options { decided, chosen } => {
                let open =
                    self.product.attribute(attribute).options().len() as i64 - i64::from(decided.len());
                Interval { low: i64::from(chosen.len()), high: i64::from(chosen.len()) + open }
            }
            _ => Interval::exactly(0),
        }
    }
}
