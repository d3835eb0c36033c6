//! Goes through the signs of a text, and keeps what is written otherwise than the rule language has it.

use std::ops::Range;

use super::names::Names;
use super::relations::{CONNECTIVES, Connective, RELATIONS, Relation};
use super::signs::Sign;
use crate::attribute::Attribute;
use crate::rule::parse::{DEEPEST, RuleError};
use crate::rule::syntax::Number;

/// Reads a text as people of other tools write rules.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) signs: Vec<(Sign<'t>, Range<usize>)>,
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) attributes: &'t [Attribute],
    /// What attributes are called, and by attribute its options.
    pub(super) names: Names<'t>,
    pub(super) options: Vec<Names<'t>>,
    /// What is written otherwise, and how.
    pub(super) noted: Vec<RuleError>,
    /// Whether something is written as in other tools, not just misspelt.
    pub(super) is_foreign: bool,
    /// Whether all names were found.
    pub(super) is_certain: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn sign(&self, place: usize) -> Sign<'t> {
        self.signs.get(place).map_or(Sign::End, |(sign, _)| *sign)
    }

    pub(super) fn peek(&self) -> Sign<'t> {
        self.sign(self.at)
    }

    pub(super) fn takes(&mut self, wanted: &str) -> bool {
        let there = self.are(self.at, &[wanted]);
        if there {
            self.take_written(1, wanted);
        }
        there
    }

    pub(super) fn expect(&mut self, wanted: &'static str, advice: &str) -> Result<(), RuleError> {
        if self.takes(wanted) { Ok(()) } else { Err(self.unexpected(&format!("'{wanted}'"), advice)) }
    }

    pub(super) fn unexpected(&self, wanted: &str, advice: &str) -> RuleError {
        let span = self.range(1);
        let found = match self.peek() {
            Sign::End => "the end".to_owned(),
            _ => format!("'{}'", &self.text[span.clone()]),
        };
        RuleError::new(span, format!("expected {wanted}, found {found}"), advice)
    }

    /// Notes what is written as in other tools.
    pub(super) fn foreign(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.is_foreign = true;
        self.noted.push(RuleError::new(span, message, advice));
    }

    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, RuleError>,
    ) -> Result<T, RuleError> {
        if self.depth == DEEPEST {
            let message = format!("brackets and 'not' are nested more than {DEEPEST} deep");
            return Err(RuleError::new(self.range(1), message, "Split it into several rules."));
        }
        self.depth += 1;
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    /// Reads one way, and if that fails goes back to where it was and says how far it came.
    pub(super) fn attempt<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, RuleError>,
    ) -> Result<T, (RuleError, usize)> {
        let (at, noted) = (self.at, self.noted.len());
        let (is_foreign, is_certain) = (self.is_foreign, self.is_certain);
        read(self).map_err(|error| {
            let reached = self.at;
            self.noted.truncate(noted);
            (self.at, self.is_foreign, self.is_certain) = (at, is_foreign, is_certain);
            (error, reached)
        })
    }

    /// The bytes of so many signs from here on.
    pub(super) fn range(&self, signs: usize) -> Range<usize> {
        self.range_from(self.at, signs)
    }

    pub(super) fn range_from(&self, from: usize, signs: usize) -> Range<usize> {
        let last = (from + signs).saturating_sub(1).min(self.signs.len() - 1);
        self.signs[from.min(last)].1.start..self.signs[last].1.end
    }

    /// Whether the signs from this one on are these words, whatever their letters.
    pub(super) fn are(&self, from: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(place, wanted)| match self.sign(from + place) {
            Sign::Word(word) => word.eq_ignore_ascii_case(wanted),
            Sign::Symbol(symbol) => symbol == *wanted,
            Sign::Quoted(_) | Sign::Integer(_) | Sign::End => false,
        })
    }

    /// The relation that is written from this sign on, and over how many it goes.
    pub(super) fn relation_at(&self, from: usize) -> Option<(Relation, usize)> {
        let found = RELATIONS.iter().find(|(words, _)| self.are(from, words))?;
        Some((found.1, found.0.len()))
    }

    /// Reads a relation.
    pub(super) fn relation(&mut self) -> Option<Relation> {
        let (relation, length) = self.relation_at(self.at)?;
        self.take_written(length, relation.written());
        Some(relation)
    }

    /// The connective that is written here, and over how many signs it goes.
    pub(super) fn connective(&self) -> Option<(Connective, usize)> {
        let found = CONNECTIVES.iter().find(|(words, _)| self.are(self.at, words))?;
        Some((found.1, found.0.len()))
    }

    /// Goes over signs that the rule language writes so, and notes it where they are others.
    pub(super) fn take_written(&mut self, signs: usize, right: &str) {
        let range = self.range(signs);
        let written = self.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        if written != right {
            let message = if written.eq_ignore_ascii_case(right) {
                format!("'{written}' is written in small letters")
            } else {
                format!("'{written}' has no meaning in a rule")
            };
            self.foreign(range, message, format!("Write '{right}'."));
        }
        self.at += signs;
    }
}

/// A number that nothing was read for; never returned to a caller, because nothing is certain then.
pub(super) fn nothing() -> Number {
    Number::Constant(0)
}
