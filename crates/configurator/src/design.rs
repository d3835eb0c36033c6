//! Designs: the choices a shopper made, and complete designs with a value for every attribute.

use std::collections::BTreeMap;

use crate::product::{Attribute, AttributeId, Kind, OptionId, Product};
use crate::words::around;
use engine::names::nearest;

/// A set of at most [`OptionSet::MOST`] options of one attribute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OptionSet(u64);

impl OptionSet {
    /// The most options a multi-choice can have.
    pub const MOST: usize = 64;

    /// Whether the option is in it.
    #[must_use]
    pub fn contains(self, option: OptionId) -> bool {
        option.index() < Self::MOST && self.0 >> option.index() & 1 == 1
    }

    /// The set with this option added if it was not in it, and removed if it was.
    #[must_use]
    pub fn toggled(self, option: OptionId) -> Self {
        if option.index() < Self::MOST { Self(self.0 ^ 1 << option.index()) } else { self }
    }

    /// How many options are in it.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The options that are in one of the two sets only.
    #[must_use]
    pub fn symmetric_difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    /// Its options that are not in the other set.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Its options, in order.
    pub fn iter(self) -> impl Iterator<Item = OptionId> {
        (0..Self::MOST).filter(move |index| self.0 >> index & 1 == 1).map(OptionId::new)
    }
}

impl FromIterator<OptionId> for OptionSet {
    fn from_iter<I: IntoIterator<Item = OptionId>>(options: I) -> Self {
        options
            .into_iter()
            .filter(|option| option.index() < Self::MOST)
            .fold(Self::default(), |set, option| Self(set.0 | 1 << option.index()))
    }
}

/// An option of a multi-choice that is to be in its set, or not to be.
pub(crate) type Member = (AttributeId, OptionId, bool);

/// The value of one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Of a choice.
    Option(OptionId),
    /// Of a multi-choice.
    Options(OptionSet),
    /// Of a number.
    Number(i64),
    /// Of a text.
    Text(String),
}

/// What the shopper decided so far; everything else follows from the default design.
///
/// Values get in through [`Product::read_choice`] or from a menu, so each of them fits its attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choices(BTreeMap<AttributeId, Value>);

impl Choices {
    /// No choice at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value chosen for an attribute.
    #[must_use]
    pub fn get(&self, attribute: AttributeId) -> Option<&Value> {
        self.0.get(&attribute)
    }

    /// These choices with one more, or another value for an attribute already chosen.
    #[must_use]
    pub fn with(mut self, attribute: AttributeId, value: Value) -> Self {
        self.0.insert(attribute, value);
        self
    }

    /// These choices after a shopper chose this: to empty a text that is empty by default is no choice.
    #[must_use]
    pub fn choose(self, attribute: AttributeId, value: Value, defaults: &Design) -> Self {
        if value == Value::Text(String::new()) && *defaults.value(attribute) == value {
            self.without(attribute)
        } else {
            self.with(attribute, value)
        }
    }

    /// These choices without the one for this attribute.
    #[must_use]
    pub fn without(mut self, attribute: AttributeId) -> Self {
        self.0.remove(&attribute);
        self
    }

    /// The chosen attributes and their values, in the product's order.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeId, &Value)> {
        self.0.iter().map(|(attribute, value)| (*attribute, value))
    }

    /// How many attributes are chosen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'v> FromIterator<(AttributeId, &'v Value)> for Choices {
    fn from_iter<I: IntoIterator<Item = (AttributeId, &'v Value)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(id, value)| (id, value.clone())).collect())
    }
}

/// A complete design: a value for every attribute. Whether it is valid is for [`Product::validate`] to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Design(Vec<Value>);

impl Design {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// The value of an attribute.
    ///
    /// # Panics
    /// With an id of another product that this one has no attribute for.
    #[must_use]
    pub fn value(&self, attribute: AttributeId) -> &Value {
        &self.0[attribute.index()]
    }

    /// Attributes and values, in the product's order.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeId, &Value)> {
        self.0.iter().enumerate().map(|(index, value)| (AttributeId::new(index), value))
    }

    /// The design with another value for one attribute.
    #[must_use]
    pub fn with(mut self, attribute: AttributeId, value: Value) -> Self {
        self.0[attribute.index()] = value;
        self
    }

    /// Gives one attribute another value and returns the one it had.
    pub(crate) fn set(&mut self, attribute: AttributeId, value: Value) -> Value {
        std::mem::replace(&mut self.0[attribute.index()], value)
    }

    /// The same values as choices.
    #[must_use]
    pub fn to_choices(&self) -> Choices {
        Choices(self.iter().map(|(attribute, value)| (attribute, value.clone())).collect())
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
        pairs
            .into_iter()
            .map(|(code, text)| self.read_choice(code, text))
            .collect::<Result<_, _>>()
            .map(Choices)
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
        let told = match (value, &attribute.kind) {
            (Value::Option(option), _) => attribute.option(*option).label.clone(),
            (Value::Options(set), _) => {
                join(set.iter().map(|option| attribute.option(option).label.as_str()), ", ")
            }
            (Value::Number(number), Kind::Number { unit, .. }) if !unit.is_empty() => {
                format!("{number} {unit}")
            }
            (Value::Number(number), _) => number.to_string(),
            (Value::Text(text), _) if text.is_empty() => String::new(),
            (Value::Text(text), _) => around(&self.words().quoted, text),
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
                if (*min..=*max).contains(&set.len()) {
                    Ok(Value::Options(set))
                } else {
                    Err(refuse(format!("Choose {min} to {max} of them.")))
                }
            }
            Kind::Number { min, max, step, unit, .. } => {
                let fits = |number: &i64| (*min..=*max).contains(number) && (number - min) % step == 0;
                let number = text.trim().parse().ok().filter(fits);
                let steps = if *step == 1 { String::new() } else { format!(" in steps of {step}") };
                let advice = || refuse(format!("Enter a whole number from {min} to {max} {unit}{steps}."));
                number.map(Value::Number).ok_or_else(advice)
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
