//! Choices as codes and texts: how designs stand in addresses, forms and files, and how values read in words.

use engine::names::nearest;

use crate::attribute::Attribute;
use crate::design::Choices;
use crate::ids::AttributeId;
use crate::kind::Kind;
use crate::product::Product;
use crate::value::{OptionSet, Value};
use crate::words::around;

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
        /// What was probably meant.
        advice: String,
    },
    /// The value is not one the attribute takes.
    #[error("{attribute} {}. {advice}", if value.is_empty() { "is empty".to_owned() } else { format!("can't be '{value}'") })]
    NotAllowed {
        /// The attribute's label.
        attribute: String,
        /// The value as it came.
        value: String,
        /// What it takes.
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
        Ok((id, self.attribute(id).read_value(text)?))
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
        }
    }

    /// Choices as pairs of attribute code and value.
    #[must_use]
    pub fn write_choices(&self, choices: &Choices) -> Vec<(String, String)> {
        choices
            .iter()
            .map(|(id, value)| (self.attribute(id).code.clone(), self.write_value(id, value)))
            .collect()
    }

    /// A value in words, in the product's language: labels of options, a number with its unit, the text, or "none".
    #[must_use]
    pub fn describe(&self, id: AttributeId, value: &Value) -> String {
        let attribute = self.attribute(id);
        let told = match value {
            Value::Option(option) => attribute.option(*option).label.clone(),
            Value::Options(set) => {
                join(set.iter().map(|option| attribute.option(option).label.as_str()), ", ")
            }
            Value::Number(number) => match attribute.kind.unit() {
                "" => number.to_string(),
                unit => format!("{number} {unit}"),
            },
            Value::Text(text) if text.is_empty() => String::new(),
            Value::Text(text) => around(&self.words().quoted, text),
        };
        if told.is_empty() { self.words().nothing.to_owned() } else { told }
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
    pub fn read_value(&self, text: &str) -> Result<Value, ChoiceError> {
        let refuse = |advice: String| ChoiceError::NotAllowed {
            attribute: self.label.clone(),
            value: text.chars().take(60).collect(),
            advice,
        };
        let option = |code: &str| {
            self.option_by_code(code).ok_or_else(|| ChoiceError::UnknownOption {
                attribute: self.label.clone(),
                code: code.chars().take(60).collect(),
                advice: nearest(code, self.options().iter().map(|option| option.code.as_str())),
            })
        };
        match &self.kind {
            Kind::Choice { .. } => option(text).map(Value::Option),
            Kind::MultiChoice { min, max, .. } => {
                let codes = text.split(',').map(str::trim).filter(|code| !code.is_empty());
                let set = codes.map(option).collect::<Result<OptionSet, _>>()?;
                let value = Some(Value::Options(set)).filter(|set| self.kind.takes(set));
                value.ok_or_else(|| refuse(format!("Choose {min} to {max} of them.")))
            }
            Kind::Number { min, max, step, unit, .. } => {
                let number = text.trim().parse().ok().map(Value::Number);
                let number = number.filter(|number| self.kind.takes(number));
                let steps = if *step == 1 { String::new() } else { format!(" in steps of {step}") };
                let advice = || refuse(format!("Enter a whole number from {min} to {max} {unit}{steps}."));
                number.ok_or_else(advice)
            }
            Kind::Text { max_length, allowed, .. } => {
                let text: String = text.trim().chars().map(|character| allowed.fitted(character)).collect();
                if let Some(wrong) = text.chars().find(|&character| !allowed.contains(character)) {
                    let wrong = if wrong.is_control() {
                        "control characters".to_owned()
                    } else {
                        format!("'{wrong}'")
                    };
                    return Err(refuse(format!("Leave out {wrong}; it takes {}.", allowed.in_words())));
                }
                if text.chars().count() > *max_length as usize {
                    return Err(refuse(format!("Use at most {max_length} characters.")));
                }
                Ok(Value::Text(text))
            }
        }
    }
}
