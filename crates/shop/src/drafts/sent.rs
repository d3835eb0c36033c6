//! A form of the editor as it was sent: its fields read as texts, boxes, amounts and numbers, and what of it can't be read.

use std::collections::HashMap;

use configurator::{Currency, Money, text_fault};
use words::{Admin, Language, NumberError};

/// A field of a form that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableField {
    /// The field's name.
    pub field: String,
    /// What to do, as a sentence.
    pub message: String,
}

/// A form as sent, and what of it can't be read. Forms may have thousands of fields.
pub(super) struct Sent<'f> {
    pub(super) fields: HashMap<&'f str, Vec<&'f str>>,
    language: Language,
    messages: Vec<UnreadableField>,
}

impl<'f> Sent<'f> {
    pub(super) fn new(pairs: &'f [(String, String)], language: Language) -> Self {
        let mut fields: HashMap<&str, Vec<&str>> = HashMap::with_capacity(pairs.len());
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Self { fields, language, messages: Vec::new() }
    }

    pub(super) fn say(&self) -> &'static Admin {
        self.language.admin()
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// A field without blanks around it; nothing when the form does not send it.
    pub(super) fn text(&self, name: &str) -> Option<&'f str> {
        self.fields.get(name)?.first().map(|value| value.trim())
    }

    pub(super) fn ticked(&self, name: &str) -> bool {
        self.text(name) == Some("on")
    }

    pub(super) fn wrong(&mut self, field: &str, message: String) {
        self.messages.push(UnreadableField { field: field.to_owned(), message });
    }

    /// Whether people see what a text says that was typed in a field; where they don't, it is told there.
    pub(super) fn shows(&mut self, field: &str, typed: &str) -> bool {
        let shows = text_fault(typed).is_none();
        if !shows {
            self.wrong(field, self.language.translations().hidden_letter().to_owned());
        }
        shows
    }

    /// An amount; nothing typed is none.
    pub(super) fn amount(&mut self, name: &str, currency: &str) -> Option<i64> {
        let text = self.text(name)?;
        if text.is_empty() {
            return Some(0);
        }
        let known = Currency::new(currency).unwrap_or(Currency::NONE);
        match Money::read_surely(text, known, &self.language.words().locale) {
            Ok(amount) => Some(amount.amount),
            Err(error) => {
                let fraction = format!("{}50", self.language.words().locale.decimal);
                let example = format!("12{}", if known.digits() == 0 { "50" } else { &fraction });
                let what = self.say().no_amount(&text, &currency);
                self.wrong(name, refused(self.language, error, &what, known.digits(), &example));
                None
            }
        }
    }

    pub(super) fn number<N: std::str::FromStr>(&mut self, name: &str, example: &str) -> Option<N> {
        let text = self.text(name)?;
        let what = self.say().does_not_fit_here(&text);
        let refuse = |error| refused(self.language, error, &what, 0, example);
        let read = self.language.words().locale.read(text, 0, &[]).map_err(refuse);
        let read =
            read.and_then(|number| number.to_string().parse().map_err(|_| refuse(NumberError::TooLarge)));
        read.map_err(|message| self.wrong(name, message)).ok()
    }

    pub(super) fn done(self) -> Result<(), Vec<UnreadableField>> {
        if self.messages.is_empty() { Ok(()) } else { Err(self.messages) }
    }
}

/// What to say of a number that can't be taken: `what` is wrong with it, and it takes so many decimals.
fn refused(language: Language, error: NumberError, what: &str, decimals: u32, example: &str) -> String {
    let say = language.admin();
    match (error, decimals) {
        (NumberError::TwoWays(first, second), _) => language.words().engine.two_ways(&first, &second),
        (NumberError::TooManyDecimals, 1..) => say.most_decimals(u64::from(decimals), &what, &example),
        (_, 0) => say.write_whole(&what, &example),
        _ => say.write_amount(&what, &example),
    }
}
