//! Reads the attributes, options and properties that are named in a text, and notes where they are not written as codes.

use engine::names::{meant, nearest};

use super::names::Names;
use super::reader::Reader;
use super::signs::Sign;
use crate::attribute::Attribute;
use crate::ids::{AttributeId, OptionId};
use crate::rule::parse::{RuleError, Unknown, ids};

/// Most words of a name that stands without quotation marks.
const MOST_WORDS_OF_NAME: usize = 6;
/// Words that join conditions or tests, and so are part of no name that stands without quotation marks.
const JOINING: [&str; 22] = [
    "and", "or", "not", "implies", "iff", "in", "has", "if", "when", "then", "else", "is", "equals",
    "requires", "require", "needs", "excludes", "exclude", "contains", "includes", "between", "only",
];

/// A name that was found: which of the things named it is, and over how many signs it goes.
struct Found {
    index: usize,
    length: usize,
    /// Whether it is the code, as it has to be written.
    is_exact: bool,
}

/// Whether a word joins conditions or tests.
fn is_joining(word: &str) -> bool {
    JOINING.iter().any(|known| word.eq_ignore_ascii_case(known))
}

impl<'t> Reader<'t> {
    /// The thing that is named from this sign on, by its code or its name.
    fn named_at(&self, from: usize, names: &Names) -> Option<Found> {
        match self.sign(from) {
            Sign::Quoted(name) => names.called(name).map(|index| Found { index, length: 1, is_exact: false }),
            Sign::Integer(number) => {
                names.called(&number.to_string()).map(|index| Found { index, length: 1, is_exact: false })
            }
            Sign::Word(first) => {
                let goes_on = |length: &usize| match self.sign(from + length - 1) {
                    Sign::Word(word) => *length == 1 || !is_joining(word),
                    _ => false,
                };
                let most = (1..=MOST_WORDS_OF_NAME).take_while(goes_on).count();
                (1..=most).rev().find_map(|length| {
                    let index = names.called(&self.text[self.range_from(from, length)])?;
                    Some(Found { index, length, is_exact: length == 1 && names.code(index) == first })
                })
            }
            Sign::Symbol(_) | Sign::End => None,
        }
    }

    /// The thing whose code or name is nearly written here.
    fn nearly_named(&self, names: &Names) -> Option<Found> {
        let (Sign::Word(name) | Sign::Quoted(name)) = self.peek() else { return None };
        let index = names.nearly_called(name).filter(|_| !is_joining(name))?;
        Some(Found { index, length: 1, is_exact: false })
    }

    /// Goes over a name that was found, and notes it where it is not the code.
    fn take(&mut self, found: &Found, code: &str) {
        let range = self.range(found.length);
        if !found.is_exact {
            let written = &self.text[range.clone()];
            let message = match self.peek() {
                Sign::Quoted(name) if name == code => "codes stand without quotation marks".to_owned(),
                Sign::Quoted(_) => format!("{written} is not written as a code"),
                _ => format!("'{written}' is not written as a code"),
            };
            self.foreign(range, message, format!("Write '{code}'."));
        }
        self.at += found.length;
    }

    /// The attribute that is named from this sign on.
    pub(super) fn named_attribute_at(&self, from: usize) -> Option<AttributeId> {
        self.named_at(from, &self.names).map(|found| AttributeId::new(found.index))
    }

    /// Whether an option of this attribute is named here.
    pub(super) fn is_option_named(&self, id: AttributeId) -> bool {
        self.named_at(self.at, &self.options[id.index()]).is_some()
    }

    /// The attribute that is named here, and over how many signs.
    pub(super) fn attribute_named(&self) -> Option<(AttributeId, usize)> {
        let found = self.named_at(self.at, &self.names)?;
        Some((AttributeId::new(found.index), found.length))
    }

    /// Reads the attribute that is named here, or nearly so; nothing, with a note, where there is none.
    pub(super) fn attribute(&mut self) -> Result<Option<(AttributeId, &'t Attribute)>, RuleError> {
        let attributes = self.attributes;
        if let Some(found) = self.named_at(self.at, &self.names) {
            let attribute = &attributes[found.index];
            self.take(&found, &attribute.code);
            return Ok(Some((AttributeId::new(found.index), attribute)));
        }
        let (Sign::Word(word) | Sign::Quoted(word)) = self.peek() else {
            return Err(self.unexpected("an attribute", "Write an attribute's code."));
        };
        let codes = attributes.iter().map(|attribute| attribute.code.as_str());
        let found = self.nearly_named(&self.names);
        let advice = match &found {
            Some(found) => format!("Did you mean '{}'?", attributes[found.index].code),
            None => nearest(word, codes),
        };
        self.misspelt(Unknown::Attribute(word.to_owned()), format!("there is no attribute '{word}'"), advice);
        self.is_certain &= found.is_some();
        Ok(found.map(|found| (AttributeId::new(found.index), &attributes[found.index])))
    }

    /// Whether an option of this attribute is named from this sign on, with nothing behind it that it is compared with.
    pub(super) fn is_option_alone(&self, id: AttributeId, from: usize) -> bool {
        let Some(found) = self.named_at(from, &self.options[id.index()]) else { return false };
        self.named_at(from, &self.names).is_none() && self.relation_at(from + found.length).is_none()
    }

    /// Reads an option of this attribute by code or name, or nearly so; nothing, with a note, where there is none.
    pub(super) fn option(
        &mut self,
        id: AttributeId,
        attribute: &'t Attribute,
    ) -> Result<Option<OptionId>, RuleError> {
        let options = attribute.options();
        if let Some(found) = self.named_at(self.at, &self.options[id.index()]) {
            self.take(&found, &options[found.index].code);
            return Ok(Some(OptionId::new(found.index)));
        }
        let (Sign::Word(word) | Sign::Quoted(word)) = self.peek() else {
            let advice = format!("Write the code of one of the options of {}.", attribute.code);
            return Err(self.unexpected("an option", &advice));
        };
        let found = self.nearly_named(&self.options[id.index()]);
        let advice = match &found {
            Some(found) => format!("Did you mean '{}'?", options[found.index].code),
            None => nearest(word, options.iter().map(|option| option.code.as_str())),
        };
        let message = format!("there is no option of {} '{word}'", attribute.code);
        self.misspelt(Unknown::Option(id), message, advice);
        self.is_certain &= found.is_some();
        Ok(found.map(|found| OptionId::new(found.index)))
    }

    /// The one option of all attributes that is named here, where no attribute is.
    pub(super) fn option_of_any(&self) -> Option<(AttributeId, OptionId, usize)> {
        let mut found = ids(self.attributes).filter_map(|(id, _)| {
            let found = self.named_at(self.at, &self.options[id.index()])?;
            Some((id, OptionId::new(found.index), found.length))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Reads one of these properties of options.
    pub(super) fn property<'n>(
        &mut self,
        unknown: Option<AttributeId>,
        known: impl Iterator<Item = &'n str>,
    ) -> Result<String, RuleError> {
        let Sign::Word(word) = self.peek() else {
            return Err(self.unexpected("a property", "Write wheel.size, for example."));
        };
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        known.dedup();
        if known.contains(&word) {
            self.at += 1;
            return Ok(word.to_owned());
        }
        let found = meant(&word.to_lowercase(), &known).map(str::to_owned);
        let advice = match &found {
            Some(name) => format!("Did you mean '{name}'?"),
            None => nearest(word, known.into_iter()),
        };
        let message = format!("there is no property '{word}'");
        self.misspelt(Unknown::Property(unknown), message, advice);
        self.is_certain &= found.is_some();
        Ok(found.unwrap_or_default())
    }

    /// Notes the name that stands here as one that nothing has, and goes over it.
    fn misspelt(&mut self, unknown: Unknown, message: String, advice: String) {
        let span = self.range(1);
        self.noted.push(RuleError { span, message, advice, unknown: Some(unknown) });
        self.at += 1;
    }
}
