//! Reads the rule language: a recursive-descent parser that resolves names against a product as it goes.

use std::ops::Range;

use super::syntax::{Comparison, Condition, Number, Property};
use crate::ids::{AttributeId, OptionId};
use crate::product::{Attribute, Kind};
use engine::names::nearest;

/// What is wrong with the text of a rule, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// Bytes of the text it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// The name it is about, if that means nothing.
    pub unknown: Option<Unknown>,
}

impl RuleError {
    fn new(span: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { span, message: message.into(), advice: advice.into(), unknown: None }
    }
}

/// A name in a rule that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// No attribute has this code.
    Attribute(String),
    /// This attribute has no such option.
    Option(AttributeId),
    /// No option of this attribute, or of any one, has such a property.
    Property(Option<AttributeId>),
}

/// Deepest nesting of brackets and `not`s and most words of a text, so that no text can exhaust the stack: a chain such
/// as `1 + 1 + 1` becomes a tree as deep as the chain is long.
const DEEPEST: usize = 64;
const MOST_WORDS: usize = 1_000;

/// Reads a condition over these attributes.
///
/// # Errors
/// Everything that is wrong with the names in the text, or the first thing that is wrong with its form.
pub fn parse_condition(text: &str, attributes: &[Attribute]) -> Result<Condition, Vec<RuleError>> {
    parse(text, attributes, |parser| parser.condition(0))
}

/// Reads a number expression over these attributes.
///
/// # Errors
/// As [`parse_condition`].
pub fn parse_number(text: &str, attributes: &[Attribute]) -> Result<Number, Vec<RuleError>> {
    parse(text, attributes, Parser::number)
}

fn parse<'t, T>(
    text: &'t str,
    attributes: &'t [Attribute],
    read: impl FnOnce(&mut Parser<'t>) -> Result<T, RuleError>,
) -> Result<T, Vec<RuleError>> {
    let mut parser = Parser {
        tokens: tokens(text).map_err(|error| vec![error])?,
        at: 0,
        depth: 0,
        attributes,
        names: Vec::new(),
    };
    let outcome =
        read(&mut parser).and_then(|read| match parser.peek() {
            Token::End => Ok(read),
            _ => Err(parser
                .unexpected("the end of the rule", "Join two conditions with 'and', 'or' or 'implies'.")),
        });
    match outcome {
        Ok(read) if parser.names.is_empty() => Ok(read),
        Ok(_) => Err(parser.names),
        Err(error) => {
            parser.names.push(error);
            Err(parser.names)
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token<'t> {
    Name(&'t str),
    Integer(i64),
    Symbol(&'static str),
    End,
}

const SYMBOLS: [&str; 14] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "+", "-", "*", "/"];
pub(crate) const KEYWORDS: [&str; 10] =
    ["and", "or", "not", "implies", "iff", "in", "has", "filled", "count", "sum"];

fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, RuleError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if found.len() == MOST_WORDS && !text[at..].trim_start().is_empty() {
            let message = format!("there are more than {MOST_WORDS} words and signs");
            return Err(RuleError::new(at..text.len(), message, "Split it into several rules."));
        }
        let rest = &text[at..];
        let run = |belongs: fn(char) -> bool| rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let (token, length) = if next.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            let value = rest[..length].parse().ok().filter(|&value: &i64| value <= 1_000_000_000_000);
            let value = value.ok_or_else(|| {
                let message = format!("the number {} is too large", &rest[..length]);
                RuleError::new(at..at + length, message, "Use at most 1000000000000.")
            })?;
            (Token::Integer(value), length)
        } else if next.is_alphabetic() || next == '_' {
            let length = run(|c| c.is_alphanumeric() || c == '_');
            (Token::Name(&rest[..length]), length)
        } else if let Some(&symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            (Token::Symbol(symbol), symbol.len())
        } else {
            let advice = match next {
                '&' => "Write 'and'.",
                '|' => "Write 'or'.",
                '!' => "Write 'not', or '!=' to compare.",
                '"' | '\'' => "Write codes without quotation marks.",
                '≤' | '≥' | '≠' => "Write '<=', '>=' or '!='.",
                _ => "Remove it; docs/product-file.md lists what a rule may contain.",
            };
            let message = format!("'{next}' has no meaning in a rule");
            return Err(RuleError::new(at..at + next.len_utf8(), message, advice));
        };
        found.push((token, at..at + length));
        at += length;
    }
    found.push((Token::End, text.len()..text.len()));
    Ok(found)
}

struct Parser<'t> {
    tokens: Vec<(Token<'t>, Range<usize>)>,
    at: usize,
    depth: usize,
    attributes: &'t [Attribute],
    /// Names that mean nothing: collected, so that one pass reports all of them.
    names: Vec<RuleError>,
}

/// The operators between conditions, by how tightly they bind. `implies` groups to the right, the others to the left.
const CONNECTIVES: [(&str, u8, u8); 4] = [("iff", 1, 2), ("implies", 2, 2), ("or", 3, 4), ("and", 4, 5)];

impl<'t> Parser<'t> {
    fn peek(&self) -> Token<'t> {
        self.tokens[self.at].0.clone()
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.at].1.clone()
    }

    fn advance(&mut self) -> Token<'t> {
        let token = self.peek();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let there = matches!(self.peek(), Token::Name(word) | Token::Symbol(word) if word == wanted);
        if there {
            self.advance();
        }
        there
    }

    fn expect(&mut self, wanted: &'static str, advice: &str) -> Result<(), RuleError> {
        if self.takes(wanted) { Ok(()) } else { Err(self.unexpected(&format!("'{wanted}'"), advice)) }
    }

    fn unexpected(&self, wanted: &str, advice: &str) -> RuleError {
        let found = match self.peek() {
            Token::Name(word) => format!("'{word}'"),
            Token::Integer(value) => value.to_string(),
            Token::Symbol(symbol) => format!("'{symbol}'"),
            Token::End => "the end".to_owned(),
        };
        RuleError::new(self.span(), format!("expected {wanted}, found {found}"), advice)
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, RuleError>) -> Result<T, RuleError> {
        if self.depth == DEEPEST {
            let message = format!("brackets and 'not' are nested more than {DEEPEST} deep");
            return Err(RuleError::new(self.span(), message, "Split it into several rules."));
        }
        self.depth += 1;
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    fn condition(&mut self, least: u8) -> Result<Condition, RuleError> {
        self.nested(|parser| {
            let mut left = parser.test()?;
            loop {
                let Token::Name(word) = parser.peek() else { return Ok(left) };
                let Some(&(word, binding, right)) = CONNECTIVES.iter().find(|(name, ..)| *name == word)
                else {
                    return Ok(left);
                };
                if binding < least {
                    return Ok(left);
                }
                parser.advance();
                let (left_side, right_side) = (Box::new(left), Box::new(parser.condition(right)?));
                left = match word {
                    "iff" => Condition::Iff(left_side, right_side),
                    "implies" => Condition::Implies(left_side, right_side),
                    "or" => Condition::Or(left_side, right_side),
                    _ => Condition::And(left_side, right_side),
                };
            }
        })
    }

    /// One test, a negated one, or a condition in brackets.
    fn test(&mut self) -> Result<Condition, RuleError> {
        if self.takes("not") {
            return self.nested(|parser| Ok(Condition::Not(Box::new(parser.test()?))));
        }
        if let Token::Symbol("(") = self.peek() {
            // A bracket opens a condition or a number; which of the two shows only behind it.
            let (start, known) = (self.at, self.names.len());
            self.advance();
            let inner = self.condition(0);
            if inner.is_ok() && self.takes(")") {
                return inner;
            }
            let failed_at = self.at;
            let failure = match inner {
                Err(error) => error,
                Ok(_) => self.unexpected("')'", "Close the bracket."),
            };
            let names = self.names.split_off(known);
            self.at = start;
            let comparison = self.comparison();
            if comparison.is_ok() || self.at > failed_at {
                return comparison;
            }
            self.names.truncate(known);
            self.names.extend(names);
            return Err(failure);
        }
        if self.takes("filled") {
            self.expect("(", "Write filled(attribute).")?;
            let found = self.attribute()?;
            self.expect(")", "Write filled(attribute).")?;
            return Ok(match found {
                Some((id, attribute)) if matches!(attribute.kind, Kind::Text { .. }) => Condition::Filled(id),
                Some((_, attribute)) => {
                    self.misfit(attribute, "is no text", "'filled' is for text attributes.");
                    nothing()
                }
                None => nothing(),
            });
        }
        if let Token::Name(word) = self.peek()
            && !KEYWORDS.contains(&word)
            && self.ahead(1) != Some(&Token::Symbol("."))
        {
            match self.find(word).map(|(id, attribute)| (id, attribute, &attribute.kind)) {
                Some((id, attribute, Kind::Choice { .. })) => return self.choice_test(id, attribute),
                Some((id, attribute, Kind::MultiChoice { .. })) => {
                    return self.multi_choice_test(id, attribute);
                }
                Some((_, attribute, Kind::Text { .. })) => {
                    self.misfit(attribute, "is a text", &format!("Write filled({}).", attribute.code));
                    self.advance();
                    self.skip_test();
                    return Ok(nothing());
                }
                Some((.., Kind::Number { .. })) => {}
                None => {
                    let start = self.at;
                    self.advance();
                    if self.skip_test() {
                        let span = self.tokens[start].1.clone();
                        self.unknown_attribute(word, span);
                        return Ok(nothing());
                    }
                    self.at = start;
                }
            }
        }
        self.comparison()
    }

    /// Skips what a choice is tested for, `= red`, `in (red, blue)` or `has lamp`, and says whether it was there: behind
    /// an attribute that does not exist, no option can be judged.
    fn skip_test(&mut self) -> bool {
        let start = self.at;
        self.takes("not");
        let skipped = if self.takes("in") {
            while self.at < self.tokens.len() - 1 && !self.takes(")") {
                self.advance();
            }
            true
        } else if self.takes("has") || self.takes("=") || self.takes("!=") {
            match self.peek() {
                Token::Name(word) if !KEYWORDS.contains(&word) && self.find(word).is_none() => {
                    self.advance();
                    self.peek() != Token::Symbol(".")
                }
                _ => false,
            }
        } else {
            false
        };
        if !skipped {
            self.at = start;
        }
        skipped
    }

    fn ahead(&self, tokens: usize) -> Option<&Token<'t>> {
        self.tokens.get(self.at + tokens).map(|(token, _)| token)
    }

    fn choice_test(&mut self, id: AttributeId, attribute: &'t Attribute) -> Result<Condition, RuleError> {
        let advice = format!("Write '{0} = option' or '{0} in (option, option)'.", attribute.code);
        self.advance();
        let negated = match self.peek() {
            Token::Symbol("=") => false,
            Token::Symbol("!=") => true,
            Token::Name("not" | "in") => {
                let negated = self.takes("not");
                self.expect("in", &advice)?;
                self.expect("(", &advice)?;
                let mut options = Vec::new();
                loop {
                    options.extend(self.option(id, attribute)?);
                    if !self.takes(",") {
                        break;
                    }
                }
                self.expect(")", &advice)?;
                options.sort_unstable();
                options.dedup();
                return Ok(negate(Condition::In(id, options), negated));
            }
            Token::Name("has") => {
                let advice = format!("Write '{} = option'.", attribute.code);
                self.misfit(attribute, "is a single choice", &advice);
                self.advance();
                self.option(id, attribute)?;
                return Ok(nothing());
            }
            _ => return Err(self.unexpected("'=', '!=', 'in' or 'not in'", &advice)),
        };
        self.advance();
        let option = self.option(id, attribute)?;
        Ok(option.map_or_else(nothing, |option| negate(Condition::In(id, vec![option]), negated)))
    }

    fn multi_choice_test(
        &mut self,
        id: AttributeId,
        attribute: &'t Attribute,
    ) -> Result<Condition, RuleError> {
        let advice = format!("Write '{0} has option' or 'count({0})'.", attribute.code);
        self.advance();
        self.expect("has", &advice)?;
        Ok(self.option(id, attribute)?.map_or_else(nothing, |option| Condition::Has(id, option)))
    }

    fn comparison(&mut self) -> Result<Condition, RuleError> {
        let left = self.number()?;
        let comparison = match self.peek() {
            Token::Symbol("=") => Comparison::Equal,
            Token::Symbol("!=") => Comparison::NotEqual,
            Token::Symbol("<") => Comparison::Less,
            Token::Symbol("<=") => Comparison::AtMost,
            Token::Symbol(">") => Comparison::Greater,
            Token::Symbol(">=") => Comparison::AtLeast,
            _ => {
                return Err(
                    self.unexpected("'=', '!=', '<', '<=', '>' or '>='", "Compare the number with another.")
                );
            }
        };
        self.advance();
        Ok(Condition::Compare(left, comparison, self.number()?))
    }

    fn number(&mut self) -> Result<Number, RuleError> {
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
        let advice = "Numbers are written as digits, number attributes, attribute.property, count(attribute) or sum(property).";
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
            Token::Name("count") => {
                self.advance();
                self.expect("(", "Write count(attribute).")?;
                let found = self.attribute()?;
                self.expect(")", "Write count(attribute).")?;
                Ok(match found {
                    Some((id, attribute)) if matches!(attribute.kind, Kind::MultiChoice { .. }) => {
                        Number::Count(id)
                    }
                    Some((_, attribute)) => {
                        self.misfit(
                            attribute,
                            "is no multi-choice",
                            "'count' is for multi-choice attributes.",
                        );
                        Number::Constant(0)
                    }
                    None => Number::Constant(0),
                })
            }
            Token::Name("sum") => {
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
                if !self.attributes.iter().any(|attribute| attribute.properties().any(|known| known == name))
                {
                    let known = self.attributes.iter().flat_map(Attribute::properties);
                    let advice = nearest(name, known);
                    self.unknown(Unknown::Property(None), "property", name, span, advice);
                }
                Ok(Number::Sum(name.to_owned(), parts))
            }
            Token::Name(word) if !KEYWORDS.contains(&word) => {
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
                    Some((id, attribute)) if matches!(attribute.kind, Kind::Number { .. }) => {
                        Number::Attribute(id)
                    }
                    Some((_, attribute)) => {
                        self.misfit(
                            attribute,
                            "is no number",
                            "Use a number attribute, attribute.property or count(attribute).",
                        );
                        Number::Constant(0)
                    }
                    None => Number::Constant(0),
                })
            }
            _ => Err(self.unexpected("a condition or a number", advice)),
        }
    }

    /// The attribute named here; `None` (and a recorded error) when there is none of that name.
    fn attribute(&mut self) -> Result<Option<(AttributeId, &'t Attribute)>, RuleError> {
        let Token::Name(word) = self.peek() else {
            return Err(self.unexpected("an attribute", "Write an attribute's code."));
        };
        let span = self.span();
        self.advance();
        let found = self.find(word);
        if found.is_none() {
            self.unknown_attribute(word, span);
        }
        Ok(found)
    }

    fn option(&mut self, id: AttributeId, attribute: &'t Attribute) -> Result<Option<OptionId>, RuleError> {
        let Token::Name(word) = self.peek() else {
            let advice = format!("Write the code of one of the options of {}.", attribute.code);
            return Err(self.unexpected("an option", &advice));
        };
        let span = self.span();
        self.advance();
        let found = attribute.option_by_code(word);
        if found.is_none() {
            let advice = nearest(word, attribute.options().iter().map(|option| option.code.as_str()));
            let kind = format!("option of {}", attribute.code);
            self.unknown(Unknown::Option(id), &kind, word, span, advice);
        }
        Ok(found)
    }

    fn find(&self, code: &str) -> Option<(AttributeId, &'t Attribute)> {
        ids(self.attributes).find(|(_, attribute)| attribute.code == code)
    }

    fn unknown_attribute(&mut self, word: &str, span: Range<usize>) {
        let advice = nearest(word, self.attributes.iter().map(|attribute| attribute.code.as_str()));
        self.unknown(Unknown::Attribute(word.to_owned()), "attribute", word, span, advice);
    }

    fn unknown(&mut self, unknown: Unknown, kind: &str, word: &str, span: Range<usize>, advice: String) {
        let message = format!("there is no {kind} '{word}'");
        self.names.push(RuleError { unknown: Some(unknown), ..RuleError::new(span, message, advice) });
    }

    /// Records that the attribute just read, or about to be read, is of the wrong kind.
    fn misfit(&mut self, attribute: &Attribute, is: &str, advice: &str) {
        let here =
            self.tokens[..=self.at].iter().rev().find(|(token, _)| *token == Token::Name(&attribute.code));
        let span = here.map_or_else(|| self.span(), |(_, span)| span.clone());
        self.names.push(RuleError::new(span, format!("{} {is}", attribute.code), advice));
    }
}

fn ids(attributes: &[Attribute]) -> impl Iterator<Item = (AttributeId, &Attribute)> {
    attributes.iter().enumerate().map(|(index, attribute)| (AttributeId::new(index), attribute))
}

fn property(attribute: &Attribute, name: &str) -> Property {
    let values = attribute.options().iter().map(|option| option.property(name)).collect();
    Property { name: name.to_owned(), values }
}

fn negate(condition: Condition, negated: bool) -> Condition {
    if negated { Condition::Not(Box::new(condition)) } else { condition }
}

/// Stands for a test whose names mean nothing; never returned to a caller, because the error is.
fn nothing() -> Condition {
    Condition::Compare(Number::Constant(0), Comparison::Equal, Number::Constant(0))
}
