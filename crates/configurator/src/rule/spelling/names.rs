//! Attributes and options by what people call them: code, name in any letters, or nearly so.

use std::collections::BTreeMap;

use engine::names::meant;

use crate::attribute::Attribute;
use crate::letters::folded;

/// Words shorter than this are too near to too many codes.
const SHORTEST_MISSPELT: usize = 3;

/// Things by what they may be called.
#[derive(Default)]
pub(super) struct Names<'t> {
    /// By thing: its code and its name.
    of: Vec<(&'t str, &'t str)>,
    codes: BTreeMap<&'t str, usize>,
    /// By code or name in small letters without accents; nothing where several are called so.
    called: BTreeMap<String, Option<usize>>,
}

/// Blanks side by side are one, and letters small and without accents.
fn tidied(name: &str) -> String {
    folded(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl<'t> Names<'t> {
    pub(super) fn of_attributes(attributes: &'t [Attribute]) -> Self {
        Self::new(attributes.iter().map(|known| (known.code.as_str(), known.label.as_str())))
    }

    pub(super) fn of_options(attribute: &'t Attribute) -> Self {
        Self::new(attribute.options().iter().map(|known| (known.code.as_str(), known.label.as_str())))
    }

    /// The code of one of them.
    pub(super) fn code(&self, index: usize) -> &'t str {
        self.of.get(index).map_or("", |(code, _)| code)
    }

    fn new(of: impl Iterator<Item = (&'t str, &'t str)>) -> Self {
        let mut names = Self { of: of.collect(), ..Self::default() };
        for (index, &(code, label)) in names.of.iter().enumerate() {
            names.codes.insert(code, index);
            for name in [tidied(code), tidied(label)] {
                let known = names.called.entry(name).or_insert(Some(index));
                *known = known.filter(|known| *known == index);
            }
        }
        names
    }

    /// The one thing that is called so; nothing where there are several.
    pub(super) fn called(&self, name: &str) -> Option<usize> {
        let name = tidied(name);
        if name.is_empty() {
            return None;
        }
        self.codes.get(name.as_str()).copied().or_else(|| self.called.get(&name).copied().flatten())
    }

    /// The one thing whose code or name was nearly written.
    pub(super) fn nearly_called(&self, name: &str) -> Option<usize> {
        if name.chars().count() < SHORTEST_MISSPELT {
            return None;
        }
        let codes: Vec<&str> = self.of.iter().map(|(code, _)| *code).collect();
        if let Some(code) = meant(&name.to_lowercase(), &codes) {
            return self.codes.get(code).copied();
        }
        let names: Vec<&str> =
            self.called.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
        meant(&tidied(name), &names).and_then(|name| self.called.get(name).copied().flatten())
    }
}
