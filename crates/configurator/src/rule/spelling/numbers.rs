//! Numbers as people of other tools write them, and comparisons of them.

use std::collections::BTreeSet;

use super::reader::{Reader, nothing};
use super::relations::Relation;
use super::signs::{ARROW, Sign};
use crate::attribute::Attribute;
use crate::rule::parse::numbers::property;
use crate::rule::parse::{RuleError, ids};
use crate::rule::syntax::{Comparison, Condition, Number};

const ADVICE: &str = "Numbers are written as digits, number attributes, attribute.property, count(attribute) or sum(property).";

impl Reader<'_> {
    pub(super) fn comparison(&mut self) -> Result<Condition, RuleError> {
        let left = self.number()?;
        // Between numbers, an arrow can only be the sign that has its two strokes.
        let relation = if self.are(self.at, &[ARROW]) {
            self.take_written(1, Relation::AtLeast.written());
            Some(Relation::AtLeast)
        } else {
            self.relation()
        };
        if relation == Some(Relation::Between) {
            let least = self.number()?;
            self.expect("and", "Write 'number >= least and number <= most'.")?;
            let most = self.number()?;
            let at_least = Condition::Compare(left.clone(), Comparison::AtLeast, least);
            let at_most = Condition::Compare(left, Comparison::AtMost, most);
            return Ok(Condition::And(Box::new(at_least), Box::new(at_most)));
        }
        let Some(comparison) = relation.and_then(Relation::comparison) else {
            return Err(
                self.unexpected("'=', '!=', '<', '<=', '>' or '>='", "Compare the number with another.")
            );
        };
        Ok(Condition::Compare(left, comparison, self.number()?))
    }

    pub(super) fn number(&mut self) -> Result<Number, RuleError> {
        let mut left = self.product()?;
        loop {
            left = if self.takes("+") {
                Number::Add(Box::new(left), Box::new(self.product()?))
            } else if self.takes("-") {
                Number::Subtract(Box::new(left), Box::new(self.product()?))
            } else {
                return Ok(left);
            };
        }
    }

    fn product(&mut self) -> Result<Number, RuleError> {
        let mut left = self.factor()?;
        loop {
            left = if self.takes("*") {
                Number::Multiply(Box::new(left), Box::new(self.factor()?))
            } else if self.takes("/") {
                let span = self.range(1);
                match self.factor()? {
                    Number::Constant(divisor) if divisor != 0 => Number::Divide(Box::new(left), divisor),
                    _ => {
                        let message = "this divides by something other than a fixed number";
                        let advice = "Divide by a number other than 0, or multiply the other side.";
                        return Err(RuleError::new(span, message, advice));
                    }
                }
            } else {
                return Ok(left);
            };
        }
    }

    fn factor(&mut self) -> Result<Number, RuleError> {
        match self.peek() {
            Sign::Integer(value) => {
                self.at += 1;
                self.unit();
                Ok(Number::Constant(value))
            }
            Sign::Symbol("-") => {
                self.take_written(1, "-");
                self.nested(|reader| {
                    Ok(match reader.factor()? {
                        Number::Constant(value) => Number::Constant(-value),
                        other => Number::Subtract(Box::new(nothing()), Box::new(other)),
                    })
                })
            }
            Sign::Symbol("(") => {
                self.take_written(1, "(");
                let inner = self.nested(Self::number)?;
                self.expect(")", "Close the bracket.")?;
                Ok(inner)
            }
            Sign::Word(_) if self.are(self.at, &["count", "("]) => self.count(),
            Sign::Word(_) if self.are(self.at, &["sum", "("]) => self.sum(),
            Sign::Word(_) | Sign::Quoted(_) => self.of_attribute(),
            _ => Err(self.unexpected("a condition or a number", ADVICE)),
        }
    }

    /// Goes over the unit behind a number, which rules do without.
    fn unit(&mut self) {
        let Sign::Word(word) = self.peek() else { return };
        let is_unit = |attribute: &Attribute| attribute.kind.unit().eq_ignore_ascii_case(word);
        if self.attributes.iter().any(is_unit) && self.attribute_named().is_none() {
            // Where there are several, a number in another one is another number.
            let units: BTreeSet<&str> =
                self.attributes.iter().map(|attribute| attribute.kind.unit()).collect();
            self.is_certain &= units.iter().filter(|unit| !unit.is_empty()).count() == 1;
            self.foreign(self.range(1), format!("'{word}' is a unit"), "Write the number alone.");
            self.at += 1;
        }
    }

    fn count(&mut self) -> Result<Number, RuleError> {
        self.take_written(1, "count");
        self.expect("(", "Write count(attribute).")?;
        let found = self.attribute()?;
        self.expect(")", "Write count(attribute).")?;
        match found {
            Some((id, attribute)) if attribute.kind.is_multi_choice() => Ok(Number::Count(id)),
            Some(_) => Err(self.unexpected("a multi-choice", "'count' is for multi-choice attributes.")),
            None => Ok(nothing()),
        }
    }

    fn sum(&mut self) -> Result<Number, RuleError> {
        self.take_written(1, "sum");
        self.expect("(", "Write sum(property).")?;
        let attributes = self.attributes;
        let name = self.property(None, attributes.iter().flat_map(Attribute::properties))?;
        self.expect(")", "Write sum(property).")?;
        let with_options = ids(attributes).filter(|(_, attribute)| !attribute.options().is_empty());
        let parts = with_options.map(|(id, attribute)| (id, property(attribute, &name))).collect();
        Ok(Number::Sum(name, parts))
    }

    /// `attribute` or `attribute.property`
    fn of_attribute(&mut self) -> Result<Number, RuleError> {
        let found = self.attribute()?;
        if self.takes(".") {
            let Some((id, attribute)) = found else {
                self.at += 1;
                return Ok(nothing());
            };
            let name = self.property(Some(id), attribute.properties())?;
            return Ok(Number::Property(id, property(attribute, &name)));
        }
        match found {
            Some((id, attribute)) if attribute.kind.is_number() => Ok(Number::Attribute(id)),
            Some(_) => Err(self
                .unexpected("a number", "Use a number attribute, attribute.property or count(attribute).")),
            None => Ok(nothing()),
        }
    }
}
