//! What a condition or number comes to, given what is known of a design.
//!
//! Three-valued (Kleene's strong logic) with intervals for numbers, so that one evaluator serves complete designs, where
//! every answer is definite, and partial ones, of which something is still open.

use engine::model::Rounding;

use super::syntax::{Comparison, Condition, Number};
use crate::ids::{AttributeId, OptionId};

/// What is known of a condition: it holds, it does not, or that depends on what is still open.
pub(crate) type Truth = Option<bool>;

/// The smallest and the largest value a number can still take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub low: i64,
    pub high: i64,
}

impl Interval {
    pub(crate) fn exactly(value: i64) -> Self {
        Self { low: value, high: value }
    }
}

/// What is known of a design, attribute by attribute.
pub(crate) trait Knowledge {
    /// Whether an attribute applies, if that is decided. What else is known of it is what it has where it does.
    fn present(&self, attribute: AttributeId) -> Truth;
    /// The chosen option of a choice, if decided.
    fn choice(&self, attribute: AttributeId) -> Option<OptionId>;
    /// Whether a multi-choice contains the option, if decided.
    fn contains(&self, attribute: AttributeId, option: OptionId) -> Truth;
    /// The values a number attribute can still take.
    fn number(&self, attribute: AttributeId) -> Interval;
    /// Whether a text is not empty, if decided.
    fn filled(&self, attribute: AttributeId) -> Truth;
    /// The sum of `values` over the chosen options of a choice or multi-choice.
    fn total(&self, attribute: AttributeId, values: &[i64]) -> Interval;
    /// How many options of a multi-choice are or can be chosen.
    fn count(&self, attribute: AttributeId) -> Interval;
}

impl Condition {
    /// Whether it holds, as far as that is known.
    pub(crate) fn truth(&self, known: &impl Knowledge) -> Truth {
        match self {
            Self::In(attribute, options) => and(known.present(*attribute), || {
                known.choice(*attribute).map(|option| options.contains(&option))
            }),
            Self::NotIn(attribute, options) => and(known.present(*attribute), || {
                known.choice(*attribute).map(|option| !options.contains(&option))
            }),
            Self::Has(attribute, option) => {
                and(known.present(*attribute), || known.contains(*attribute, *option))
            }
            Self::Filled(attribute) => and(known.present(*attribute), || known.filled(*attribute)),
            Self::Compare(left, comparison, right) => {
                let compared = || comparison.truth(left.range(known), right.range(known));
                let is_there = |number: &Number| number.needs().map_or(Some(true), |id| known.present(id));
                and(is_there(left), || and(is_there(right), compared))
            }
            Self::Not(inner) => inner.truth(known).map(|truth| !truth),
            Self::And(left, right) => and(left.truth(known), || right.truth(known)),
            Self::Or(left, right) => or(left.truth(known), || right.truth(known)),
            Self::Implies(left, right) => or(left.truth(known).map(|truth| !truth), || right.truth(known)),
            Self::Iff(left, right) => Some(left.truth(known)? == right.truth(known)?),
        }
    }
}

fn and(left: Truth, right: impl FnOnce() -> Truth) -> Truth {
    match left {
        Some(false) => Some(false),
        Some(true) => right(),
        None => {
            if right() == Some(false) {
                Some(false)
            } else {
                None
            }
        }
    }
}

fn or(left: Truth, right: impl FnOnce() -> Truth) -> Truth {
    match left {
        Some(true) => Some(true),
        Some(false) => right(),
        None => {
            if right() == Some(true) {
                Some(true)
            } else {
                None
            }
        }
    }
}

/// What an attribute counts: 0 where it doesn't apply.
fn where_present<K: Knowledge>(
    known: &K,
    attribute: AttributeId,
    own: impl FnOnce(&K, AttributeId) -> Interval,
) -> Interval {
    match known.present(attribute) {
        Some(true) => own(known, attribute),
        Some(false) => Interval::exactly(0),
        None => {
            let own = own(known, attribute);
            Interval { low: own.low.min(0), high: own.high.max(0) }
        }
    }
}

impl Comparison {
    fn truth(self, left: Interval, right: Interval) -> Truth {
        match self {
            Self::Equal => {
                if left.high < right.low || right.high < left.low {
                    Some(false)
                } else if left.low == left.high && right.low == right.high {
                    Some(true)
                } else {
                    None
                }
            }
            Self::NotEqual => Self::Equal.truth(left, right).map(|truth| !truth),
            Self::Less => {
                if left.high < right.low {
                    Some(true)
                } else if left.low >= right.high {
                    Some(false)
                } else {
                    None
                }
            }
            Self::AtMost => Self::Less.truth(right, left).map(|truth| !truth),
            Self::Greater => Self::Less.truth(right, left),
            Self::AtLeast => Self::Less.truth(left, right).map(|truth| !truth),
        }
    }
}

impl Number {
    /// The values it can still take; exact for a complete design, never too narrow for a partial one.
    pub(crate) fn range(&self, known: &impl Knowledge) -> Interval {
        match self {
            Self::Constant(value) => Interval::exactly(*value),
            Self::Attribute(attribute) => where_present(known, *attribute, Knowledge::number),
            Self::Property(attribute, property) => {
                where_present(known, *attribute, |known, id| known.total(id, &property.values))
            }
            Self::Count(attribute) => where_present(known, *attribute, Knowledge::count),
            Self::Sum(_, parts) => parts.iter().fold(Interval::exactly(0), |sum, (attribute, property)| {
                let part = where_present(known, *attribute, |known, id| known.total(id, &property.values));
                Interval { low: sum.low.saturating_add(part.low), high: sum.high.saturating_add(part.high) }
            }),
            Self::Add(left, right) => {
                let (left, right) = (left.range(known), right.range(known));
                Interval {
                    low: left.low.saturating_add(right.low),
                    high: left.high.saturating_add(right.high),
                }
            }
            Self::Subtract(left, right) => {
                let (left, right) = (left.range(known), right.range(known));
                Interval {
                    low: left.low.saturating_sub(right.high),
                    high: left.high.saturating_sub(right.low),
                }
            }
            Self::Multiply(left, right) => {
                let (left, right) = (left.range(known), right.range(known));
                let corners = [
                    left.low.saturating_mul(right.low),
                    left.low.saturating_mul(right.high),
                    left.high.saturating_mul(right.low),
                    left.high.saturating_mul(right.high),
                ];
                corners.iter().skip(1).fold(Interval::exactly(corners[0]), |range, &corner| Interval {
                    low: range.low.min(corner),
                    high: range.high.max(corner),
                })
            }
            Self::Divide(number, divisor) => {
                let range = number.range(known);
                let (one, other) =
                    (Rounding::Down.divide(range.low, *divisor), Rounding::Down.divide(range.high, *divisor));
                Interval { low: one.min(other), high: one.max(other) }
            }
        }
    }
}
