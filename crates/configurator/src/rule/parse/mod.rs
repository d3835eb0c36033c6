//! Reads the rule language: a recursive-descent parser that resolves names against a product as it goes.

pub(crate) mod numbers;
mod tokens;

use std::ops::Range;

pub use super::error::{RuleError, Unknown};
use super::syntax::{Comparison, Condition, Named, Number};
#[cfg(feature = "file")]
use super::table::names::names_in as names_in_table;
use super::table::read::condition as read_table;
use super::table::written::WrittenTable;
use crate::attribute::Attribute;
use crate::ids::{AttributeId, OptionId};
use crate::value::ValueShape;
use engine::names::nearest;
use tokens::{Token, tokens};

/// What a text certainly means that is no rule as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// The text to take instead; nothing where nobody can be sure of it.
    pub(crate) text: Option<String>,
    /// What is written as in other tools, and how to write it; nothing where nothing is.
    pub(crate) noted: Vec<RuleError>,
}

/// Deepest nesting of brackets and `not`s and most words of a text, so that no text can exhaust the stack: a chain such
/// as `1 + 1 + 1` becomes a tree as deep as the chain is long.
pub(crate) const DEEPEST: usize = 64;
pub(crate) const MOST_WORDS: usize = 1_000;

/// Reads a condition over these attributes.
///
/// # Errors
/// Everything that is wrong with the names in the text, or the first thing that is wrong with its form.
pub fn parse_condition(text: &str, attributes: &[Attribute]) -> Result<Condition, Vec<RuleError>> {
    if WrittenTable::is_meant(text) {
        return read_table(text, attributes);
    }
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
    let mut parser = Parser::new(tokens(text).map_err(|error| vec![error])?, attributes);
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

#[cfg(feature = "file")]
/// What the words of a condition name, or else of a number, each by its bytes and in the order of the text; and whether all of the
/// text could be read. Of one that can't, what comes before the fault.
pub(crate) fn names_in(text: &str, attributes: &[Attribute]) -> (Vec<(Range<usize>, Named)>, bool) {
    if WrittenTable::is_meant(text) {
        return names_in_table(text, attributes);
    }
    let read = |is_condition: bool| {
        let mut parser = Parser::new(tokens(text).ok()?, attributes);
        let is_read = if is_condition { parser.condition(0).is_ok() } else { parser.number().is_ok() };
        let is_read = is_read && parser.peek() == Token::End && parser.names.is_empty();
        let mut named = parser.named;
        named.sort_by_key(|(span, _)| span.start);
        named.dedup_by_key(|(span, _)| span.start);
        Some((named, is_read))
    };
    let condition = read(true).unwrap_or_default();
    if condition.1 {
        return condition;
    }
    read(false).filter(|(_, is_read)| *is_read).unwrap_or(condition)
}

pub(crate) const KEYWORDS: [&str; 10] =
    ["and", "or", "not", "implies", "iff", "in", "has", "filled", "count", "sum"];

struct Parser<'t> {
    tokens: Vec<(Token<'t>, Range<usize>)>,
    at: usize,
    depth: usize,
    attributes: &'t [Attribute],
    /// Names that mean nothing: collected, so that one pass reports all of them.
    names: Vec<RuleError>,
    /// Names that mean something: where they stand, and what. What was read in two ways is there twice.
    named: Vec<(Range<usize>, Named)>,
}

/// The operators between conditions, by how tightly they bind. `implies` groups to the right, the others to the left.
const CONNECTIVES: [(&str, u8, u8); 4] = [("iff", 1, 2), ("implies", 2, 2), ("or", 3, 4), ("and", 4, 5)];

impl<'t> Parser<'t> {
    fn new(tokens: Vec<(Token<'t>, Range<usize>)>, attributes: &'t [Attribute]) -> Self {
        Self { tokens, at: 0, depth: 0, attributes, names: Vec::new(), named: Vec::new() }
    }

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
            return self.bracket();
        }
        if self.takes("filled") {
            return self.filled();
        }
        if let Token::Name(word) = self.peek()
            && !KEYWORDS.contains(&word)
            && self.ahead(1) != Some(&Token::Symbol("."))
        {
            match self.find(word).map(|(id, attribute)| (id, attribute, attribute.kind.shape())) {
                Some((id, attribute, ValueShape::Option)) => return self.choice_test(id, attribute),
                Some((id, attribute, ValueShape::Options)) => {
                    return self.multi_choice_test(id, attribute);
                }
                Some((_, attribute, ValueShape::Text)) => {
                    self.misfit(attribute, "is a text", &format!("Write filled({}).", attribute.code));
                    self.advance();
                    self.skip_test();
                    return Ok(nothing());
                }
                Some((.., ValueShape::Number)) => {}
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

    /// A bracket opens a condition or a number; which of the two shows only behind it.
    fn bracket(&mut self) -> Result<Condition, RuleError> {
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
        Err(failure)
    }

    /// What follows `filled`.
    fn filled(&mut self) -> Result<Condition, RuleError> {
        self.expect("(", "Write filled(attribute).")?;
        let found = self.attribute()?;
        self.expect(")", "Write filled(attribute).")?;
        Ok(match found {
            Some((id, attribute)) if attribute.kind.is_text() => Condition::Filled(id),
            Some((_, attribute)) => {
                self.misfit(attribute, "is no text", "'filled' is for text attributes.");
                nothing()
            }
            None => nothing(),
        })
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
        self.named.push((self.span(), Named::Attribute(id)));
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
                return Ok(within(id, options, negated));
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
        Ok(option.map_or_else(nothing, |option| within(id, vec![option], negated)))
    }

    fn multi_choice_test(
        &mut self,
        id: AttributeId,
        attribute: &'t Attribute,
    ) -> Result<Condition, RuleError> {
        let advice = format!("Write '{0} has option' or 'count({0})'.", attribute.code);
        self.named.push((self.span(), Named::Attribute(id)));
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

    /// The attribute named here; `None` (and a recorded error) when there is none of that name.
    fn attribute(&mut self) -> Result<Option<(AttributeId, &'t Attribute)>, RuleError> {
        let Token::Name(word) = self.peek() else {
            return Err(self.unexpected("an attribute", "Write an attribute's code."));
        };
        let span = self.span();
        self.advance();
        let found = self.find(word);
        match found {
            Some((id, _)) => self.named.push((span, Named::Attribute(id))),
            None => self.unknown_attribute(word, span),
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
        match found {
            Some(option) => self.named.push((span, Named::Option(id, option))),
            None => {
                let advice = nearest(word, attribute.options().iter().map(|option| option.code.as_str()));
                let kind = format!("option of {}", attribute.code);
                self.unknown(Unknown::Option(id), &kind, word, span, advice);
            }
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

pub(crate) fn ids(attributes: &[Attribute]) -> impl Iterator<Item = (AttributeId, &Attribute)> {
    attributes.iter().enumerate().map(|(index, attribute)| (AttributeId::new(index), attribute))
}

fn within(id: AttributeId, options: Vec<OptionId>, negated: bool) -> Condition {
    if negated { Condition::NotIn(id, options) } else { Condition::In(id, options) }
}

/// Stands for a test whose names mean nothing; never returned to a caller, because the error is.
fn nothing() -> Condition {
    Condition::Compare(Number::Constant(0), Comparison::Equal, Number::Constant(0))
}
