//! The slow, obviously right judge: conditions and numbers as trees of their own, their text in the rule language, and
//! their meaning for a complete design, looked up in the product as written.

use configurator::Value;
use configurator::source::{AttributeSource, KindSource, OptionSource};

/// A condition; attributes and options by position.
#[derive(Clone, Debug)]
pub enum Formula {
    In { attribute: usize, options: Vec<usize>, negated: bool },
    Has(usize, usize),
    Filled(usize),
    Compare(Term, &'static str, Term),
    Not(Box<Formula>),
    Pair(Box<Formula>, &'static str, Box<Formula>),
}

/// A number.
#[derive(Clone, Debug)]
pub enum Term {
    Constant(i64),
    Number(usize),
    Property(usize, &'static str),
    Count(usize),
    Sum(&'static str),
    Negative(Box<Term>),
    Pair(Box<Term>, char, Box<Term>),
    Quotient(Box<Term>, i64),
}

/// The code of an attribute.
pub fn attribute_code(attribute: usize) -> String {
    char::from(b'a' + u8::try_from(attribute).unwrap()).to_string()
}

/// The code of an option.
pub fn option_code(attribute: usize, option: usize) -> String {
    format!("{}{option}", attribute_code(attribute))
}

/// The sum of a property over the options a value has.
pub fn property(attribute: &AttributeSource, value: &Value, name: &str) -> i64 {
    let of = |option: &OptionSource| match name {
        "price" => option.price,
        "weight" => option.weight,
        "lead_time_days" => i64::from(option.lead_time_days),
        other => option.values.get(other).copied().unwrap_or(0),
    };
    chosen(attribute, value).map(of).sum()
}

/// The options of an attribute that a value has.
pub fn chosen<'s>(
    attribute: &'s AttributeSource,
    value: &'s Value,
) -> impl Iterator<Item = &'s OptionSource> {
    let has = |index: usize| match value {
        Value::Option(option) => option.index() == index,
        Value::Options(set) => set.iter().any(|option| option.index() == index),
        Value::Number(_) | Value::Text(_) | Value::Absent => false,
    };
    attribute.options.iter().enumerate().filter(move |(index, _)| has(*index)).map(|(_, option)| option)
}

impl Formula {
    /// Whether it holds for a complete design.
    pub fn holds(&self, attributes: &[AttributeSource], values: &[Value]) -> bool {
        let has = |attribute: usize, option: usize| {
            let code = option_code(attribute, option);
            chosen(&attributes[attribute], &values[attribute]).any(|chosen| chosen.code == code)
        };
        match self {
            Self::In { attribute, options, negated } => {
                values[*attribute] != Value::Absent
                    && options.iter().any(|&option| has(*attribute, option)) != *negated
            }
            Self::Has(attribute, option) => has(*attribute, *option),
            Self::Filled(attribute) => {
                values[*attribute] != Value::Absent && values[*attribute] != Value::Text(String::new())
            }
            Self::Compare(left, _, right) if left.is_nothing(values) || right.is_nothing(values) => false,
            Self::Compare(left, sign, right) => {
                let (left, right) = (left.value(attributes, values), right.value(attributes, values));
                match *sign {
                    "=" => left == right,
                    "!=" => left != right,
                    "<" => left < right,
                    "<=" => left <= right,
                    ">" => left > right,
                    _ => left >= right,
                }
            }
            Self::Not(inner) => !inner.holds(attributes, values),
            Self::Pair(left, word, right) => {
                let (left, right) = (left.holds(attributes, values), right.holds(attributes, values));
                match *word {
                    "and" => left && right,
                    "or" => left || right,
                    "implies" => !left || right,
                    _ => left == right,
                }
            }
        }
    }

    /// The comparisons that it asks for, perhaps under a condition.
    pub fn compared(&self) -> Vec<&Self> {
        match self {
            Self::Compare(..) => vec![self],
            Self::Pair(_, "implies", then) => then.compared(),
            Self::Pair(left, "and", right) => [left.compared(), right.compared()].concat(),
            _ => Vec::new(),
        }
    }

    /// By how much a design misses a comparison, and whether that is too much; nothing below 0 is missed.
    pub fn missed(&self, attributes: &[AttributeSource], values: &[Value]) -> Option<(i64, bool)> {
        let Self::Compare(left, sign, right) = self else { return None };
        let over = left.value(attributes, values) - right.value(attributes, values);
        match *sign {
            "<=" => Some((over, true)),
            "<" => Some((over + 1, true)),
            ">=" => Some((-over, false)),
            ">" => Some((1 - over, false)),
            _ => None,
        }
    }

    /// Its text, with brackets around everything that is not a single test.
    pub fn text(&self) -> String {
        let inner = |formula: &Self| match formula {
            Self::Not(_) | Self::Pair(..) => format!("({})", formula.text()),
            _ => formula.text(),
        };
        match self {
            Self::In { attribute, options, negated } => {
                let codes: Vec<String> =
                    options.iter().map(|&option| option_code(*attribute, option)).collect();
                match (&codes[..], negated) {
                    ([code], false) => format!("{} = {code}", attribute_code(*attribute)),
                    ([code], true) => format!("{} != {code}", attribute_code(*attribute)),
                    (_, false) => format!("{} in ({})", attribute_code(*attribute), codes.join(", ")),
                    (_, true) => format!("{} not in ({})", attribute_code(*attribute), codes.join(",")),
                }
            }
            Self::Has(attribute, option) => {
                format!("{} has {}", attribute_code(*attribute), option_code(*attribute, *option))
            }
            Self::Filled(attribute) => format!("filled({})", attribute_code(*attribute)),
            Self::Compare(left, sign, right) => format!("{} {sign} {}", left.text(), right.text()),
            Self::Not(negated) => format!("not {}", inner(negated)),
            Self::Pair(left, word, right) => format!("{} {word} {}", inner(left), inner(right)),
        }
    }
}

impl Term {
    /// Whether it is nothing but a value or property of an attribute that doesn't apply.
    fn is_nothing(&self, values: &[Value]) -> bool {
        matches!(self, Self::Number(id) | Self::Property(id, _) if values[*id] == Value::Absent)
    }

    /// Its value for a complete design.
    pub fn value(&self, attributes: &[AttributeSource], values: &[Value]) -> i64 {
        match self {
            Self::Constant(value) => *value,
            Self::Number(attribute) => match values[*attribute] {
                Value::Number(number) => number,
                _ => 0,
            },
            Self::Property(attribute, name) => property(&attributes[*attribute], &values[*attribute], name),
            Self::Count(attribute) => match &values[*attribute] {
                Value::Options(set) => set.iter().count() as i64,
                _ => 0,
            },
            Self::Sum(name) => {
                attributes.iter().zip(values).map(|(attribute, value)| property(attribute, value, name)).sum()
            }
            Self::Negative(inner) => -inner.value(attributes, values),
            Self::Pair(left, sign, right) => {
                let (left, right) = (left.value(attributes, values), right.value(attributes, values));
                match sign {
                    '+' => left + right,
                    '-' => left - right,
                    _ => left * right,
                }
            }
            Self::Quotient(number, divisor) => {
                let number = number.value(attributes, values) * divisor.signum();
                number.div_euclid(divisor.abs())
            }
        }
    }

    /// Its text, with brackets around every part that is computed.
    pub fn text(&self) -> String {
        let inner = |term: &Self| match term {
            Self::Negative(_) | Self::Pair(..) | Self::Quotient(..) => format!("({})", term.text()),
            _ => term.text(),
        };
        match self {
            Self::Constant(value) => value.to_string(),
            Self::Number(attribute) => attribute_code(*attribute),
            Self::Property(attribute, name) => format!("{}.{name}", attribute_code(*attribute)),
            Self::Count(attribute) => format!("count({})", attribute_code(*attribute)),
            Self::Sum(name) => format!("sum({name})"),
            Self::Negative(number) => format!("-{}", inner(number)),
            Self::Pair(left, sign, right) => format!("{} {sign} {}", inner(left), inner(right)),
            Self::Quotient(number, divisor) => format!("{} / {divisor}", inner(number)),
        }
    }
}

/// Whether a kind has options.
pub fn has_options(kind: KindSource) -> bool {
    matches!(kind, KindSource::Choice | KindSource::MultiChoice)
}
