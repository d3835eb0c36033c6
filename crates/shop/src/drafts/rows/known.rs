//! The options that rows of a table change and add to, found by code and name without going through all of them.

use std::collections::{BTreeSet, HashMap};

use configurator::source::OptionSource;
use words::Language;

use super::super::lists::{Codes, code_of};
use super::super::sent::UnreadableField;

/// What a code begins with that is made of something else.
const KIND: &str = "option";

/// The options that there are.
pub(super) struct KnownOptions<'o> {
    options: &'o mut Vec<OptionSource>,
    codes: Codes,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, BTreeSet<usize>>,
    /// Of those that a row called by something that is no code: by what.
    called: HashMap<String, String>,
}

impl<'o> KnownOptions<'o> {
    pub(super) fn of(options: &'o mut Vec<OptionSource>) -> Self {
        let codes = Codes::of(options.iter().map(|option| option.code.as_str()));
        let (mut by_code, mut by_name) = (HashMap::new(), HashMap::<String, BTreeSet<usize>>::new());
        for (at, option) in options.iter().enumerate() {
            by_code.entry(option.code.clone()).or_insert(at);
            by_name.entry(option.label.clone()).or_default().insert(at);
        }
        Self { options, codes, by_code, by_name, called: HashMap::new() }
    }

    /// Where the option is that a row calls by its code, or by something that becomes its code.
    ///
    /// # Errors
    /// Nothing becomes a code of it, or what another row calls otherwise.
    pub(super) fn by_code(
        &mut self,
        text: &str,
        language: Language,
    ) -> Result<Option<usize>, UnreadableField> {
        let wrong = |message: String| UnreadableField { field: "code".to_owned(), message };
        let say = language.sentences();
        let code = match self.by_code.contains_key(text) {
            true => text.to_owned(),
            false => code_of(text, KIND).ok_or_else(|| wrong(say.code_malformed(&text)))?,
        };
        let called = self.called.entry(code.clone()).or_insert_with(|| text.to_owned());
        if called.as_str() != text {
            return Err(wrong(say.code_taken(&code)));
        }
        Ok(self.by_code.get(&code).copied())
    }

    /// Where the first option of a name is.
    pub(super) fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(name)?.first().copied()
    }

    /// Where the option is that a row with this code, or else this name, is about.
    pub(super) fn place(&self, code: Option<&str>, name: Option<&str>) -> Option<usize> {
        match code {
            Some(code) => self.by_code.get(code).copied(),
            None => self.by_name(name?),
        }
    }

    pub(super) fn at(&self, at: usize) -> &OptionSource {
        &self.options[at]
    }

    /// A code for another one.
    pub(super) fn new_code(&mut self, text: &str) -> String {
        self.codes.another(text, KIND)
    }

    /// Writes an option in its place, or behind all others.
    pub(super) fn put(&mut self, at: Option<usize>, option: OptionSource) {
        let place = at.unwrap_or(self.options.len());
        if let Some(before) = at.and_then(|at| self.options.get(at))
            && let Some(places) = self.by_name.get_mut(&before.label)
        {
            places.remove(&place);
        }
        self.by_name.entry(option.label.clone()).or_default().insert(place);
        self.by_code.entry(option.code.clone()).or_insert(place);
        match self.options.get_mut(place) {
            Some(known) => *known = option,
            None => self.options.push(option),
        }
    }
}
