//! Numbers in a rule: sums and products of digits, attributes, properties and counts.

use engine::names::nearest;

use super::tokens::Token;
use super::{KEYWORDS, Parser, RuleError, Unknown, ids};
use crate::attribute::Attribute;
use crate::rule::syntax::{Number, Property};

const ADVICE: &str = "Numbers are written as digits, number attributes, attribute.property, count(attribute) or sum(property).";

impl Parser<'_> {
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
                let span = self.span();
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
            Token::Integer(value) => {
                self.advance();
                Ok(Number::Constant(value))
            }
            Token::Symbol("-") => {
                self.advance();
                self.nested(|parser| {
                    Ok(match parser.factor()? {
                        Number::Constant(value) => Number::Constant(-value),
                        other => Number::Subtract(Box::new(Number::Constant(0)), Box::new(other)),
                    })
                })
            }
            Token::Symbol("(") => {
                self.advance();
                let inner = self.nested(Self::number)?;
                self.expect(")", "Close the bracket.")?;
                Ok(inner)
            }
            Token::Name("count") => self.count(),
            Token::Name("sum") => self.sum(),
            Token::Name(word) if !KEYWORDS.contains(&word) => self.of_attribute(),
            _ => Err(self.unexpected("a condition or a number", ADVICE)),
        }
    }

    /// `count(attribute)`
    fn count(&mut self) -> Result<Number, RuleError> {
        self.advance();
        self.expect("(", "Write count(attribute).")?;
        let found = self.attribute()?;
        self.expect(")", "Write count(attribute).")?;
        Ok(match found {
            Some((id, attribute)) if attribute.kind.is_multi_choice() => Number::Count(id),
            Some((_, attribute)) => {
                self.misfit(attribute, "is no multi-choice", "'count' is for multi-choice attributes.");
                Number::Constant(0)
            }
            None => Number::Constant(0),
        })
    }

    /// `sum(property)`
    fn sum(&mut self) -> Result<Number, RuleError> {
        self.advance();
        self.expect("(", "Write sum(property).")?;
        let span = self.span();
        let Token::Name(name) = self.peek() else {
            return Err(self.unexpected("a property", "Write sum(weight), for example."));
        };
        self.advance();
        self.expect(")", "Write sum(property).")?;
        let parts: Vec<_> = ids(self.attributes)
            .filter(|(_, attribute)| !attribute.options().is_empty())
            .map(|(id, attribute)| (id, property(attribute, name)))
            .collect();
        if !self.attributes.iter().any(|attribute| attribute.properties().any(|known| known == name)) {
            let known = self.attributes.iter().flat_map(Attribute::properties);
            let advice = nearest(name, known);
            self.unknown(Unknown::Property(None), "property", name, span, advice);
        }
        Ok(Number::Sum(name.to_owned(), parts))
    }

    /// `attribute` or `attribute.property`
    fn of_attribute(&mut self) -> Result<Number, RuleError> {
        let found = self.attribute()?;
        if self.takes(".") {
            let span = self.span();
            let Token::Name(name) = self.peek() else {
                return Err(self.unexpected("a property", "Write wheel.size, for example."));
            };
            self.advance();
            let Some((id, attribute)) = found else { return Ok(Number::Constant(0)) };
            if !attribute.properties().any(|known| known == name) {
                let advice = nearest(name, attribute.properties());
                self.unknown(Unknown::Property(Some(id)), "property", name, span, advice);
            }
            return Ok(Number::Property(id, property(attribute, name)));
        }
        Ok(match found {
            Some((id, attribute)) if attribute.kind.is_number() => Number::Attribute(id),
            Some((_, attribute)) => {
                let advice = "Use a number attribute, attribute.property or count(attribute).";
                self.misfit(attribute, "is no number", advice);
                Number::Constant(0)
            }
            None => Number::Constant(0),
        })
    }
}

/// A property of an attribute's options.
pub(crate) fn property(attribute: &Attribute, name: &str) -> Property {
    let values = attribute.options().iter().map(|option| option.property(name)).collect();
    Property { name: name.to_owned(), values }
}
