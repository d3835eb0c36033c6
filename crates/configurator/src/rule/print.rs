//! Writes conditions and numbers as text that the parser reads back to the same.

use super::syntax::{Comparison, Condition, Number};
use crate::attribute::Attribute;
use crate::ids::AttributeId;
use crate::product::Product;

fn of(attributes: &[Attribute], id: AttributeId) -> &Attribute {
    &attributes[id.index()]
}

impl Condition {
    /// Its text in the rule language.
    #[must_use]
    pub fn text(&self, product: &Product) -> String {
        self.text_over(&product.attributes)
    }

    /// Its text over these attributes, which it was read with.
    pub(crate) fn text_over(&self, attributes: &[Attribute]) -> String {
        let mut out = String::new();
        self.write(attributes, 0, &mut out);
        out
    }

    /// How tightly its outermost operator binds, from 1 (`iff`) to 6 (a single test).
    fn binding(&self) -> u8 {
        match self {
            Self::Iff(..) => 1,
            Self::Implies(..) => 2,
            Self::Or(..) => 3,
            Self::And(..) => 4,
            Self::Not(_) => 5,
            Self::In(..) | Self::NotIn(..) | Self::Has(..) | Self::Filled(_) | Self::Compare(..) => 6,
        }
    }

    fn write(&self, attributes: &[Attribute], least: u8, out: &mut String) {
        let bracket = self.binding() < least;
        if bracket {
            out.push('(');
        }
        let mut pair = |left: &Self, word: &str, right: &Self, on_left: u8, on_right: u8| {
            left.write(attributes, on_left, out);
            out.push_str(word);
            right.write(attributes, on_right, out);
        };
        match self {
            Self::Iff(left, right) => pair(left, " iff ", right, 1, 2),
            Self::Implies(left, right) => pair(left, " implies ", right, 3, 2),
            Self::Or(left, right) => pair(left, " or ", right, 3, 4),
            Self::And(left, right) => pair(left, " and ", right, 4, 5),
            Self::Not(inner) => {
                out.push_str("not ");
                inner.write(attributes, 5, out);
            }
            Self::In(attribute, options) | Self::NotIn(attribute, options) => {
                let (equal, within) =
                    if matches!(self, Self::In(..)) { (" = ", " in (") } else { (" != ", " not in (") };
                let attribute = of(attributes, *attribute);
                let codes: Vec<&str> = options.iter().map(|&id| attribute.option(id).code.as_str()).collect();
                out.push_str(&attribute.code);
                if let [code] = codes[..] {
                    out.push_str(equal);
                    out.push_str(code);
                } else {
                    out.push_str(within);
                    out.push_str(&codes.join(", "));
                    out.push(')');
                }
            }
            Self::Has(attribute, option) => {
                let attribute = of(attributes, *attribute);
                out.push_str(&attribute.code);
                out.push_str(" has ");
                out.push_str(&attribute.option(*option).code);
            }
            Self::Filled(attribute) => {
                out.push_str("filled(");
                out.push_str(&of(attributes, *attribute).code);
                out.push(')');
            }
            Self::Compare(left, comparison, right) => {
                left.write(attributes, 0, out);
                out.push_str(match comparison {
                    Comparison::Equal => " = ",
                    Comparison::NotEqual => " != ",
                    Comparison::Less => " < ",
                    Comparison::AtMost => " <= ",
                    Comparison::Greater => " > ",
                    Comparison::AtLeast => " >= ",
                });
                right.write(attributes, 0, out);
            }
        }
        if bracket {
            out.push(')');
        }
    }
}

impl Number {
    /// Its text in the rule language.
    #[must_use]
    pub fn text(&self, product: &Product) -> String {
        self.text_over(&product.attributes)
    }

    /// Its text over these attributes, which it was read with.
    pub(crate) fn text_over(&self, attributes: &[Attribute]) -> String {
        let mut out = String::new();
        self.write(attributes, 0, &mut out);
        out
    }

    fn write(&self, attributes: &[Attribute], least: u8, out: &mut String) {
        let binding = match self {
            Self::Add(..) | Self::Subtract(..) => 1,
            Self::Multiply(..) | Self::Divide(..) => 2,
            _ => 3,
        };
        let bracket = binding < least;
        if bracket {
            out.push('(');
        }
        let mut pair = |left: &Self, word: &str, right: &Self| {
            left.write(attributes, binding, out);
            out.push_str(word);
            right.write(attributes, binding + 1, out);
        };
        match self {
            Self::Constant(value) => out.push_str(&value.to_string()),
            Self::Attribute(attribute) => out.push_str(&of(attributes, *attribute).code),
            Self::Property(attribute, property) => {
                out.push_str(&of(attributes, *attribute).code);
                out.push('.');
                out.push_str(&property.name);
            }
            Self::Count(attribute) => {
                out.push_str("count(");
                out.push_str(&of(attributes, *attribute).code);
                out.push(')');
            }
            Self::Sum(name, _) => {
                out.push_str("sum(");
                out.push_str(name);
                out.push(')');
            }
            Self::Add(left, right) => pair(left, " + ", right),
            Self::Subtract(left, right) => pair(left, " - ", right),
            Self::Multiply(left, right) => pair(left, " * ", right),
            Self::Divide(number, divisor) => pair(number, " / ", &Self::Constant(*divisor)),
        }
        if bracket {
            out.push(')');
        }
    }
}
