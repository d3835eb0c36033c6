//! Conditions and numbers over a design, as syntax trees.

use crate::ids::{AttributeId, OptionId};

/// A condition on a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The choice is one of these options: `colour = red`, `colour in (red, blue)`.
    In(AttributeId, Vec<OptionId>),
    /// The choice has a value that is none of these options: `colour != red`, `colour not in (red, blue)`.
    NotIn(AttributeId, Vec<OptionId>),
    /// The multi-choice contains this option: `extras has lamp`.
    Has(AttributeId, OptionId),
    /// The text is not empty: `filled(initials)`.
    Filled(AttributeId),
    /// Two numbers compare like this. Where one of them is the value of a number or a property of a choice by itself, the
    /// attribute has to apply for that.
    Compare(Number, Comparison, Number),
    /// The condition does not hold.
    Not(Box<Condition>),
    /// Both hold.
    And(Box<Condition>, Box<Condition>),
    /// At least one holds.
    Or(Box<Condition>, Box<Condition>),
    /// If the first holds, so does the second.
    Implies(Box<Condition>, Box<Condition>),
    /// Both hold or neither does.
    Iff(Box<Condition>, Box<Condition>),
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A whole number computed from a design. Arithmetic saturates at the bounds of `i64`; what doesn't apply counts 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// A number as written.
    Constant(i64),
    /// The value of a number attribute.
    Attribute(AttributeId),
    /// A property of the chosen option, summed over the options of a multi-choice.
    Property(AttributeId, Property),
    /// How many options of the multi-choice are chosen.
    Count(AttributeId),
    /// A property summed over all attributes.
    Sum(String, Vec<(AttributeId, Property)>),
    /// The first plus the second.
    Add(Box<Number>, Box<Number>),
    /// The first less the second.
    Subtract(Box<Number>, Box<Number>),
    /// The first times the second.
    Multiply(Box<Number>, Box<Number>),
    /// The number divided by a constant other than 0, rounded down.
    Divide(Box<Number>, i64),
}

/// A named number of every option of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// `price`, `weight`, `lead_time_days` or a key of the options' `values`.
    pub name: String,
    /// Its value by option.
    pub values: Vec<i64>,
}

impl Condition {
    /// Whether it says that an option can't be had and nothing else, as of what is sold out.
    #[must_use]
    pub fn forbids_option(&self) -> bool {
        let Self::Not(inner) = self else { return false };
        match inner.as_ref() {
            Self::In(_, options) => options.len() == 1,
            Self::Has(..) => true,
            _ => false,
        }
    }

    /// Calls `visit` for every attribute it mentions, possibly more than once.
    pub fn attributes(&self, visit: &mut impl FnMut(AttributeId)) {
        match self {
            Self::In(attribute, _)
            | Self::NotIn(attribute, _)
            | Self::Has(attribute, _)
            | Self::Filled(attribute) => visit(*attribute),
            Self::Compare(left, _, right) => {
                left.attributes(visit);
                right.attributes(visit);
            }
            Self::Not(inner) => inner.attributes(visit),
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Implies(left, right)
            | Self::Iff(left, right) => {
                left.attributes(visit);
                right.attributes(visit);
            }
        }
    }
}

impl Number {
    /// The attribute that has to apply for a comparison with this number to hold. A calculation goes on without.
    pub(crate) fn needs(&self) -> Option<AttributeId> {
        match self {
            Self::Attribute(attribute) | Self::Property(attribute, _) => Some(*attribute),
            Self::Constant(_)
            | Self::Count(_)
            | Self::Sum(..)
            | Self::Add(..)
            | Self::Subtract(..)
            | Self::Multiply(..)
            | Self::Divide(..) => None,
        }
    }

    /// Calls `visit` for every attribute it mentions, possibly more than once.
    pub(crate) fn attributes(&self, visit: &mut impl FnMut(AttributeId)) {
        match self {
            Self::Constant(_) => {}
            Self::Attribute(attribute) | Self::Property(attribute, _) | Self::Count(attribute) => {
                visit(*attribute)
            }
            Self::Sum(_, parts) => parts.iter().for_each(|(attribute, _)| visit(*attribute)),
            Self::Add(left, right) | Self::Subtract(left, right) | Self::Multiply(left, right) => {
                left.attributes(visit);
                right.attributes(visit);
            }
            Self::Divide(number, _) => number.attributes(visit),
        }
    }
}

/// What a word of a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// An attribute.
    Attribute(AttributeId),
    /// An option of this attribute.
    Option(AttributeId, OptionId),
}
