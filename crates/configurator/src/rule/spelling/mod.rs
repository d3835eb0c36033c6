//! What people of other tools type first, read for what it certainly means: `if … then …`, `&&`, `==`, names in place of
//! codes, a misspelt code. Nothing is taken so by itself: its right form is offered.

mod compared;
mod named;
mod names;
mod numbers;
mod reader;
mod relations;
mod signs;

use super::parse::{RuleError, Spelling, parse_condition, parse_number};
use super::syntax::Condition;
use crate::attribute::Attribute;
use names::Names;
use reader::Reader;
use relations::Connective;
use signs::{Sign, signs};

/// What a text means that is no condition as it is written.
pub(crate) fn condition(text: &str, attributes: &[Attribute]) -> Spelling {
    read(text, attributes, |reader| {
        let condition = reader.condition(0)?;
        Ok((condition.text_over(attributes), condition))
    })
    .checked(|text, condition| parse_condition(text, attributes).as_ref() == Ok(condition))
}

/// The same of a text that says when something is so, which many begin with `if`.
pub(crate) fn when(text: &str, attributes: &[Attribute]) -> Spelling {
    let whole = condition(text, attributes);
    let Some(rest) = behind_if(text).filter(|_| whole.text.is_none()) else { return whole };
    let right = match parse_condition(rest, attributes) {
        Ok(_) => Some(rest.trim_end().to_owned()),
        Err(_) => condition(rest, attributes).text,
    };
    let Some(right) = right else { return whole };
    let word = &text[..text.len() - rest.len()];
    let message = format!("'{}' has no meaning in a condition", word.trim());
    let noted = vec![RuleError::new(0..word.trim_end().len(), message, "Leave it out.")];
    Spelling { text: Some(right), noted }
}

/// What stands behind `if`, `when`, `only if` or `only when`; nothing where a text begins with none.
fn behind_if(text: &str) -> Option<&str> {
    let behind = |text: &str, word: &str| -> Option<usize> {
        let (first, rest) = text.split_at_checked(word.len())?;
        let is_word = first.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace);
        is_word.then(|| text.len() - rest.trim_start().len())
    };
    let start = text.len() - text.trim_start().len();
    let start = start + behind(&text[start..], "only").unwrap_or(0);
    let length = behind(&text[start..], "if").or_else(|| behind(&text[start..], "when"))?;
    Some(&text[start + length..])
}

/// What a text means that is no number as it is written.
pub(crate) fn number(text: &str, attributes: &[Attribute]) -> Spelling {
    read(text, attributes, |reader| {
        let number = reader.number()?;
        Ok((number.text_over(attributes), number))
    })
    .checked(|text, number| parse_number(text, attributes).as_ref() == Ok(number))
}

/// The text to take instead of one that is neither a condition nor a number over these attributes, where its meaning is certain.
#[must_use]
pub fn correction(text: &str, attributes: &[Attribute]) -> Option<String> {
    if parse_condition(text, attributes).is_ok() || parse_number(text, attributes).is_ok() {
        return None;
    }
    condition(text, attributes).text.or_else(|| number(text, attributes).text)
}

/// The same of a text that says when something is so, or how much of it.
#[must_use]
pub fn correction_of_condition(text: &str, attributes: &[Attribute]) -> Option<String> {
    correction(text, attributes).or_else(|| when(text, attributes).text.filter(|right| right != text))
}

/// What was read, before it is looked at once more.
struct Outcome<T> {
    spelling: Spelling,
    read: Option<T>,
}

impl<T> Outcome<T> {
    /// Without the text where it does not say what was read.
    fn checked(self, is: impl FnOnce(&str, &T) -> bool) -> Spelling {
        let Self { mut spelling, read } = self;
        spelling.text = spelling.text.filter(|text| read.is_some_and(|read| is(text, &read)));
        spelling
    }
}

fn read<'t, T>(
    text: &'t str,
    attributes: &'t [Attribute],
    read: impl FnOnce(&mut Reader<'t>) -> Result<(String, T), RuleError>,
) -> Outcome<T> {
    let nothing = || Outcome { spelling: Spelling::default(), read: None };
    let Some(signs) = signs(text) else { return nothing() };
    let mut reader = Reader {
        text,
        signs,
        at: 0,
        depth: 0,
        attributes,
        names: Names::of_attributes(attributes),
        options: attributes.iter().map(Names::of_options).collect(),
        noted: Vec::new(),
        is_foreign: false,
        is_certain: true,
    };
    let outcome =
        read(&mut reader).and_then(|read| match reader.peek() {
            Sign::End => Ok(read),
            _ => Err(reader
                .unexpected("the end of the rule", "Join two conditions with 'and', 'or' or 'implies'.")),
        });
    let Reader { mut noted, is_foreign, is_certain, .. } = reader;
    let (text, read) = match outcome {
        Ok((text, read)) => (is_certain.then_some(text), Some(read)),
        Err(error) => {
            noted.push(error);
            (None, None)
        }
    };
    noted.sort_by_key(|error| (error.span.start, error.span.end));
    let noted = if is_foreign { noted } else { Vec::new() };
    Outcome { spelling: Spelling { text, noted }, read }
}

impl Reader<'_> {
    fn condition(&mut self, least: u8) -> Result<Condition, RuleError> {
        self.nested(|reader| {
            let mut left = reader.test()?;
            while let Some((connective, length)) = reader.connective() {
                let (binding, right) = connective.binding();
                if binding < least {
                    break;
                }
                reader.take_written(length, connective.written());
                let (one, other) = (Box::new(left), Box::new(reader.condition(right)?));
                left = match connective {
                    Connective::And => Condition::And(one, other),
                    Connective::Or => Condition::Or(one, other),
                    Connective::Implies => Condition::Implies(one, other),
                    Connective::Iff => Condition::Iff(one, other),
                    Connective::Excludes => Condition::Not(Box::new(Condition::And(one, other))),
                };
            }
            Ok(left)
        })
    }

    /// `if … then … else …`, a negated test, a bracket or one test.
    fn test(&mut self) -> Result<Condition, RuleError> {
        let is_conditional = self.are(self.at, &["if"]) || self.are(self.at, &["when"]);
        if is_conditional && self.attribute_named().is_none() {
            return self.conditional();
        }
        if self.takes("not") {
            return self.nested(|reader| Ok(Condition::Not(Box::new(reader.test()?))));
        }
        if self.are(self.at, &["("]) {
            return self.bracket();
        }
        if self.are(self.at, &["filled", "("]) {
            self.take_written(1, "filled");
            self.expect("(", "Write filled(attribute).")?;
            let found = self.attribute()?;
            self.expect(")", "Write filled(attribute).")?;
            return match found {
                Some((id, attribute)) if attribute.kind.is_text() => Ok(Condition::Filled(id)),
                _ => Err(self.unexpected("a text attribute", "'filled' is for text attributes.")),
            };
        }
        self.subject()
    }

    fn conditional(&mut self) -> Result<Condition, RuleError> {
        const ADVICE: &str = "Write 'condition implies condition'.";
        let word = self.text[self.range(1)].to_owned();
        self.foreign(self.range(1), format!("'{word}' has no meaning in a rule"), ADVICE);
        self.at += 1;
        let given = self.condition(0)?;
        let is_parted = [",", ":"].iter().any(|sign| self.are(self.at, &[sign]));
        self.at += usize::from(is_parted);
        let says_then = self.are(self.at, &["then"]);
        self.at += usize::from(says_then);
        if !is_parted && !says_then {
            return Err(self.unexpected("'then'", ADVICE));
        }
        let then = self.condition(0)?;
        let implies = |given, then| Condition::Implies(Box::new(given), Box::new(then));
        if !self.are(self.at, &["else"]) {
            return Ok(implies(given, then));
        }
        self.at += 1;
        let otherwise = implies(Condition::Not(Box::new(given.clone())), self.condition(0)?);
        Ok(Condition::And(Box::new(implies(given, then)), Box::new(otherwise)))
    }

    /// A bracket opens a condition or a number; which of the two shows only behind it.
    fn bracket(&mut self) -> Result<Condition, RuleError> {
        let condition = self.attempt(|reader| {
            reader.takes("(");
            let inner = reader.condition(0)?;
            reader.expect(")", "Close the bracket.")?;
            Ok(inner)
        });
        let (failure, reached) = match condition {
            Ok(condition) => return Ok(condition),
            Err(failed) => failed,
        };
        self.attempt(Self::comparison)
            .map_err(|(error, farther)| if farther > reached { error } else { failure })
    }
}
