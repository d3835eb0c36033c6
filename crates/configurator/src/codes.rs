//! Choices as codes and texts: how designs stand in addresses, forms and files, and how values read in words.

use engine::names::{meant, nearest};
use words::{Locale, NumberError, Words};

use crate::attribute::Attribute;
use crate::characters::{is_hidden, is_visible, line_fault};
use crate::design::{Choices, KEPT};
use crate::ids::AttributeId;
use crate::kind::Kind;
use crate::product::Product;
use crate::units::{self, FRACTION};
use crate::value::{OptionSet, Value};

/// Most characters that are named which a text does not take.
const MOST_NAMED: usize = 5;

/// A number as somebody typed it.
enum Typed {
    Whole(i64),
    /// The whole number below it, and how much it is beyond that, in millionths.
    Fraction {
        below: i64,
        beyond: i64,
    },
    /// A whole number with a sign between thousands, or one with a fraction above `below`; both as they are written then.
    Either {
        whole: i64,
        below: i64,
        told: (String, String),
    },
}

impl Typed {
    fn read(locale: &Locale, text: &str, unit: &str) -> Option<Self> {
        match (locale.read(text, 0, &[unit]), locale.read(text, FRACTION, &[unit])) {
            // Read with decimals what may be thousands is told in its two ways, whatever the language.
            (Ok(_) | Err(NumberError::TwoWays(..)), Err(NumberError::TwoWays(first, second)))
            | (Err(NumberError::TwoWays(first, second)), _) => {
                let whole = first.parse().ok()?;
                let below = second.split(locale.decimal).next()?.parse().ok()?;
                Some(Self::Either { whole, below, told: (first, second) })
            }
            (Ok(whole), _) => Some(Self::Whole(whole)),
            (_, Ok(number)) => {
                let one = 10_i64.pow(FRACTION);
                Some(Self::Fraction { below: number.div_euclid(one), beyond: number.rem_euclid(one) })
            }
            _ => match units::converted(locale, text, unit)? {
                (whole, 0) => Some(Self::Whole(whole)),
                (below, beyond) => Some(Self::Fraction { below, beyond }),
            },
        }
    }
}

/// A choice that names nothing, or that its attribute does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// No attribute has this code.
    #[error("there is no attribute '{code}'. {advice}")]
    UnknownAttribute {
        /// The code.
        code: String,
        /// What was probably meant.
        advice: String,
    },
    /// The attribute has no option of this code.
    #[error("{attribute} has no option '{code}'. {advice}")]
    UnknownOption {
        /// The attribute's label.
        attribute: String,
        /// The code.
        code: String,
        /// What was probably meant, in English.
        advice: String,
        /// The label of the one option that comes closest, if it comes close.
        meant: Option<String>,
    },
    /// The value is not one the attribute takes.
    #[error("{sentence}")]
    NotAllowed {
        /// What is wrong and what to do, in the reader's language.
        sentence: String,
        /// What to do alone.
        advice: String,
    },
}

impl ChoiceError {
    /// What to do, the last part of its text.
    #[must_use]
    pub fn advice(&self) -> &str {
        match self {
            Self::UnknownAttribute { advice, .. }
            | Self::UnknownOption { advice, .. }
            | Self::NotAllowed { advice, .. } => advice,
        }
    }

    /// Whether it names something that does not exist, as against a value out of bounds.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::UnknownAttribute { .. } | Self::UnknownOption { .. })
    }
}

impl Product {
    /// Reads a choice from an attribute's code and a value as [`Product::write_value`] writes it: an option's code,
    /// codes joined by commas (nothing for none), a number, or a text.
    ///
    /// # Errors
    /// The attribute or option does not exist, or the value is not one the attribute takes.
    pub fn read_choice(&self, code: &str, text: &str) -> Result<(AttributeId, Value), ChoiceError> {
        let id = self.by_code(code).ok_or_else(|| ChoiceError::UnknownAttribute {
            code: code.chars().take(60).collect(),
            advice: nearest(code, self.attributes.iter().map(|attribute| attribute.code.as_str())),
        })?;
        Ok((id, self.read_value(id, text)?))
    }

    /// Choices as an address has them: with a pair of [`KEPT`] and `code:value` for each value that is kept. What can't be
    /// read is left out.
    #[must_use]
    pub fn read_design(&self, pairs: &[(String, String)]) -> Choices {
        let read = |(code, text): &(String, String)| self.read_choice(code, text).ok();
        let chosen: Choices = pairs.iter().filter_map(read).collect();
        chosen.keeping(self.read_kept(pairs))
    }

    /// What is kept, of such pairs.
    pub fn read_kept(&self, pairs: &[(String, String)]) -> impl Iterator<Item = (AttributeId, Value)> {
        let kept = pairs.iter().filter(|(key, _)| key == KEPT).filter_map(|(_, kept)| kept.split_once(':'));
        kept.filter_map(|(code, text)| self.read_choice(code, text).ok())
    }

    /// Reads many choices, as [`Product::read_choice`] does.
    ///
    /// # Errors
    /// The first choice that cannot be read.
    pub fn read_choices<'c>(
        &self,
        pairs: impl IntoIterator<Item = (&'c str, &'c str)>,
    ) -> Result<Choices, ChoiceError> {
        pairs.into_iter().map(|(code, text)| self.read_choice(code, text)).collect()
    }

    /// A value as text that [`Product::read_choice`] reads back.
    #[must_use]
    pub fn write_value(&self, id: AttributeId, value: &Value) -> String {
        let attribute = self.attribute(id);
        match value {
            Value::Option(option) => attribute.option(*option).code.clone(),
            Value::Options(set) => join(set.iter().map(|option| attribute.option(option).code.as_str()), ","),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Absent => String::new(),
        }
    }

    /// Choices as pairs of attribute code and value; what is kept besides as [`Product::read_design`] reads it.
    #[must_use]
    pub fn write_choices(&self, choices: &Choices) -> Vec<(String, String)> {
        let code = |id| self.attribute(id).code.as_str();
        let chosen = choices.iter().map(|(id, value)| (code(id).to_owned(), self.write_value(id, value)));
        let kept = choices
            .kept()
            .map(|(id, value)| (KEPT.to_owned(), [code(id), ":", &self.write_value(id, value)].concat()));
        chosen.chain(kept).collect()
    }

    /// Reads a value of an attribute as [`Product::write_value`] writes it.
    ///
    /// # Errors
    /// There is no such option, or the value is not one this attribute takes.
    pub fn read_value(&self, id: AttributeId, text: &str) -> Result<Value, ChoiceError> {
        self.attribute(id).read_value(text, self.words)
    }

    /// Reads a value of an attribute as people write it: numbers after the habits of the reader's language, with or without
    /// the unit, lengths and weights also in another one.
    ///
    /// # Errors
    /// As [`Product::read_value`], or the number can be read in two ways.
    pub fn read_typed(&self, id: AttributeId, text: &str) -> Result<Value, ChoiceError> {
        let attribute = self.attribute(id);
        let Kind::Number { unit, min, max, .. } = &attribute.kind else { return self.read_value(id, text) };
        let (locale, words) = (&self.words.locale, &self.words.engine);
        let refuse = |advice| Err(attribute.refused(text, advice, self.words));
        match Typed::read(locale, text, unit) {
            None => self.read_value(id, text),
            Some(Typed::Whole(number)) => self.read_value(id, &number.to_string()),
            // `12,345` is twelve and a bit, or twelve thousand: where only one of them can be, that one is meant.
            Some(Typed::Either { whole, below, told: (first, second) }) => {
                let is_there = |number: i64| (min..=max).contains(&&number);
                match (is_there(whole), is_there(below) && is_there(below + 1)) {
                    (true, false) if self.groups(text) => self.read_value(id, &whole.to_string()),
                    (false, true) => refuse(self.between(below, &second, unit)),
                    _ => refuse(words.two_ways(&first, &second)),
                }
            }
            Some(Typed::Fraction { below, beyond }) => {
                // Advice that would be refused, too, is none.
                let takes = |number| attribute.kind.takes(&Value::Number(number));
                if !takes(below) || !takes(below + 1) {
                    return self.read_value(id, text);
                }
                let digits = format!("{beyond:0width$}", width = FRACTION as usize);
                let exact = format!("{below}{}{}", locale.decimal, digits.trim_end_matches('0'));
                refuse(self.between(below, &exact, unit))
            }
        }
    }

    /// What to enter in place of a number between two whole ones; of a length, which of them is too much for it.
    fn between(&self, below: i64, exact: &str, unit: &str) -> String {
        let (locale, words) = (&self.words.locale, &self.words.engine);
        let [below, above] = [below, below + 1].map(|number| locale.number(number));
        let advice = words.no_fraction(&below, &above);
        if !units::is_length(unit) {
            return advice;
        }
        [advice, words.no_room(&above, &format!("{exact} {unit}"))].join(" ")
    }

    /// Whether a number with one separator has that which the reader's language puts between thousands.
    fn groups(&self, text: &str) -> bool {
        text.contains(self.words.locale.group)
    }

    /// The values of an attribute that come nearest to what was typed and can't be taken: of numbers the next below and
    /// above among `possible`, of texts those with the nearest letters. None where nothing is near.
    #[must_use]
    pub fn nearest_values(&self, id: AttributeId, text: &str, possible: &[i64]) -> Vec<Value> {
        match &self.attribute(id).kind {
            Kind::Choice { .. } | Kind::MultiChoice { .. } => Vec::new(),
            Kind::Text { allowed, max_length, .. } => {
                allowed.nearest(text, *max_length as usize).into_iter().map(Value::Text).collect()
            }
            Kind::Number { unit, .. } => {
                let wanted = match Typed::read(&self.words.locale, text, unit) {
                    None => return Vec::new(),
                    Some(Typed::Whole(number)) => vec![(number, number)],
                    Some(Typed::Fraction { below, .. }) => vec![(below, below + 1)],
                    Some(Typed::Either { whole, below, .. }) => vec![(below, below + 1), (whole, whole)],
                };
                let mut nearest: Vec<Value> = Vec::new();
                for (below, above) in wanted {
                    let below = possible.iter().filter(|number| **number <= below).max();
                    let above = possible.iter().filter(|number| **number >= above).min();
                    for number in [below, above].into_iter().flatten().map(|number| Value::Number(*number)) {
                        if !nearest.contains(&number) {
                            nearest.push(number);
                        }
                    }
                }
                nearest
            }
        }
    }

    /// A value in words, in the reader's language: labels of options, a number with its unit, the text, or "none".
    #[must_use]
    pub fn describe(&self, id: AttributeId, value: &Value) -> String {
        let attribute = self.attribute(id);
        let told = match value {
            Value::Option(option) => attribute.option(*option).label.clone(),
            Value::Options(set) => {
                let labels = || set.iter().map(|option| attribute.option(option).label.as_str());
                let (comma, and) = (self.words.engine.comma(), self.words.engine.and());
                // Names with commas are not parted by commas.
                let has_comma = labels().any(|label| label.contains(comma.trim_end()));
                join(labels(), if has_comma { and } else { comma })
            }
            Value::Number(number) => {
                let number = self.words.locale.number(*number);
                match attribute.kind.unit() {
                    "" => number,
                    unit => format!("{number} {unit}"),
                }
            }
            Value::Absent => String::new(),
            Value::Text(text) if text.is_empty() => String::new(),
            Value::Text(text) => self.words.engine.quoted(text),
        };
        if told.is_empty() { self.words.engine.nothing().to_owned() } else { told }
    }
}

fn join<'s>(parts: impl Iterator<Item = &'s str>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

impl Attribute {
    /// Reads a value of this attribute.
    ///
    /// # Errors
    /// There is no such option, or the value is not one this attribute takes.
    pub(crate) fn read_value(&self, text: &str, words: &Words) -> Result<Value, ChoiceError> {
        let refuse = |advice: String| self.refused(text, advice, words);
        let Words { engine: say, locale, .. } = words;
        let option = |code: &str| {
            self.option_by_code(code).ok_or_else(|| {
                let codes: Vec<&str> = self.options().iter().map(|option| option.code.as_str()).collect();
                let meant = meant(code, &codes).and_then(|code| self.option_by_code(code));
                ChoiceError::UnknownOption {
                    attribute: self.label.clone(),
                    code: code.chars().take(60).collect(),
                    advice: nearest(code, codes.into_iter()),
                    meant: meant.map(|option| self.option(option).label.clone()),
                }
            })
        };
        match &self.kind {
            Kind::Choice { .. } => option(text).map(Value::Option),
            Kind::MultiChoice { min, max, .. } => {
                let codes = text.split(',').map(str::trim).filter(|code| !code.is_empty());
                let set = codes.map(option).collect::<Result<OptionSet, _>>()?;
                let value = Some(Value::Options(set)).filter(|set| self.kind.takes(set));
                value.ok_or_else(|| refuse(say.choose_between(min, max)))
            }
            Kind::Number { min, max, step, unit, .. } => {
                let number = text.trim().parse().ok().map(Value::Number);
                let number = number.filter(|number| self.kind.takes(number));
                let advice = || {
                    let max = format!("{} {unit}", locale.number(*max));
                    let (min, max) = (locale.number(*min), max.trim_end());
                    refuse(match step {
                        1 => say.whole_number(&min, &max),
                        step => say.whole_number_in_steps(&min, &max, &locale.number(*step)),
                    })
                };
                number.ok_or_else(advice)
            }
            Kind::Text { max_length, allowed, .. } => {
                let text = allowed.taken(text);
                let strangers = allowed.strangers(&text);
                if !strangers.is_empty() {
                    if let Some(letters) = allowed.letters_instead(&text, say) {
                        return Err(refuse(say.use_letters(&letters)));
                    }
                    let is_seen = |sign: &&String| is_visible(sign) && !sign.chars().any(is_hidden);
                    let seen = strangers.iter().filter(is_seen);
                    let mut wrong: Vec<String> = seen.take(MOST_NAMED).map(|sign| say.quoted(sign)).collect();
                    if wrong.is_empty() {
                        wrong.push(say.hidden_characters().to_owned());
                    }
                    return Err(refuse(say.leave_out(&wrong.join(" "), &allowed.in_words(say))));
                }
                if line_fault(&text).is_some() {
                    return Err(refuse(say.leave_out(&say.hidden_characters(), &allowed.in_words(say))));
                }
                let length = text.chars().count();
                if length > *max_length as usize {
                    return Err(refuse(say.at_most_characters(u64::from(*max_length), &length)));
                }
                Ok(Value::Text(text))
            }
        }
    }

    /// That it does not take what was written, and what to do.
    fn refused(&self, text: &str, advice: String, words: &Words) -> ChoiceError {
        let sentence = if text.is_empty() {
            words.engine.is_empty(&self.label, &advice)
        } else {
            let value: String = text.chars().take(60).collect();
            words.engine.cant_be(&self.label, &value, &advice)
        };
        ChoiceError::NotAllowed { sentence, advice }
    }
}
