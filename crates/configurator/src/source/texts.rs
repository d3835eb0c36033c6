//! A product's texts in further languages, and the product as people of one language read it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{RuleSource, Source, ValueSource};

/// What people read of a product, in one further language. What is absent is shown as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TextsSource {
    /// Name shown to shoppers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// One sentence for the product list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// A paragraph for the product's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Further words that shoppers find it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_words: Option<String>,
    /// The question about use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<UsesTextsSource>,
    /// Names of benefits by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub benefits: BTreeMap<String, String>,
    /// Names of steps by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<String, String>,
    /// Texts of attributes by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, AttributeTextsSource>,
    /// Sentences of rules by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, String>,
    /// Names of surcharges and discounts by the label as written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prices: BTreeMap<String, String>,
    /// Why designs can't be returned, by the reason as written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub no_returns: BTreeMap<String, String>,
    /// Texts of ready-made designs by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub designs: BTreeMap<String, DesignTextsSource>,
    /// Which of these texts were made of one that says something else now, by where they lie here: `attributes.frame.label`. The editor
    /// writes it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stale: BTreeMap<String, StaleSource>,
}

/// That a translation was made of a text which says something else now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StaleSource {
    /// The day on which the text changed, such as `2026-11-12`.
    pub since: String,
    /// What it said until then.
    pub was: String,
}

impl StaleSource {
    /// That a text said this until it changed on a day.
    #[must_use]
    pub fn since(day: time::Date, was: &str) -> Self {
        let since = format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day());
        Self { since, was: was.to_owned() }
    }

    /// The day on which the text changed; nothing where that is none.
    #[must_use]
    pub fn day(&self) -> Option<time::Date> {
        let mut parts = self.since.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
        time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
    }
}

/// A ready-made design in one further language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DesignTextsSource {
    /// Name shown to shoppers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// The question about use in one further language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UsesTextsSource {
    /// The question as the shopper reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Its answers by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, UseTextsSource>,
}

/// An answer to the question about use in one further language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UseTextsSource {
    /// The answer as the shopper reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How these shoppers are called in an explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<String>,
}

/// An attribute in one further language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AttributeTextsSource {
    /// Name shown to shoppers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// One sentence of advice shown under the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Unit shown behind a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its options by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, OptionTextsSource>,
}

/// An option in one further language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionTextsSource {
    /// Name shown to shoppers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// One sentence shown with the option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Source {
    /// Tags of the languages it can be read in; that of the texts as written comes first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.language).chain(self.translations.keys()).map(String::as_str)
    }

    /// The product with the texts of a language in place of those as written: `de-AT` takes those of `de-AT`, what
    /// is missing there from `de`, and the rest as written. Only words differ; codes, rules and amounts are the same in
    /// every language. `language` tells which it is, and there are no translations left.
    #[must_use]
    pub fn in_language(&self, tag: &str) -> Self {
        let mut source = self.clone();
        let mut translations = std::mem::take(&mut source.translations);
        let written = if speaks(&self.language, tag) { self.language.len() } else { 0 };
        translations.retain(|known, _| known.len() > written && speaks(known, tag));
        if written == 0 && !translations.is_empty() {
            for rule in &mut source.rules {
                if self.is_better_said(rule, &translations) {
                    rule.sentence.clear();
                }
            }
        }
        // Keys ascend, so a language comes before its variants.
        for (known, texts) in translations {
            texts.replace(&mut source, self);
            source.language = known;
        }
        source
    }

    /// Whether a rule's sentence is to be made anew for these translations, which have none but all names in it.
    fn is_better_said(&self, rule: &RuleSource, translations: &BTreeMap<String, TextsSource>) -> bool {
        if translations.values().any(|texts| texts.rules.contains_key(&rule.code)) {
            return false;
        }
        let words = rule.rule.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        let named: BTreeSet<&str> = words.collect();
        self.attributes.iter().filter(|attribute| named.contains(attribute.code.as_str())).all(|attribute| {
            let texts = || translations.values().filter_map(|texts| texts.attributes.get(&attribute.code));
            let is_named = |code: &str| {
                texts().filter_map(|texts| texts.options.get(code)).any(|texts| texts.label.is_some())
            };
            let mut options = attribute.options.iter().filter(|option| named.contains(option.code.as_str()));
            texts().any(|texts| texts.label.is_some()) && options.all(|option| is_named(&option.code))
        })
    }

    /// Everything that people read of it, in the same order in every language.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let mut texts = vec![&mut self.name, &mut self.summary, &mut self.description];
        if let Some(uses) = &mut self.uses {
            texts.push(&mut uses.question);
            for answer in &mut uses.answers {
                texts.extend([&mut answer.label, &mut answer.people]);
            }
        }
        for benefit in &mut self.benefits {
            texts.push(&mut benefit.label);
        }
        for step in &mut self.steps {
            texts.push(&mut step.label);
        }
        for attribute in &mut self.attributes {
            texts.extend([&mut attribute.label, &mut attribute.help]);
            texts.extend(&mut attribute.unit);
            for option in &mut attribute.options {
                texts.extend([&mut option.label, &mut option.description]);
            }
        }
        for rule in &mut self.rules {
            texts.push(&mut rule.sentence);
        }
        for price in &mut self.prices {
            texts.push(&mut price.label);
        }
        for why in &mut self.no_returns {
            texts.push(&mut why.reason);
        }
        for design in &mut self.designs {
            texts.extend([&mut design.label, &mut design.summary]);
        }
        texts.into_iter()
    }

    /// Drops the values of ready-made and test designs that there are no more, as when an option or an attribute was removed: they are as in
    /// the standard design then, a set is without the option.
    pub fn drop_stray_values(&mut self) {
        for attribute in &mut self.attributes {
            attribute.drop_stray_successors();
        }
        let designs = self.designs.iter_mut().map(|design| &mut design.values);
        for values in designs.chain(self.tests.iter_mut().map(|test| &mut test.values)) {
            values.retain(|code, value| {
                let found = self.attributes.iter().find(|attribute| attribute.code == *code);
                let Some(attribute) = found else { return false };
                if attribute.options.is_empty() {
                    return true;
                }
                let is_there = |code: &String| attribute.options.iter().any(|option| option.code == *code);
                match value {
                    ValueSource::Text(code) => is_there(code),
                    ValueSource::List(codes) => {
                        codes.retain(is_there);
                        true
                    }
                    ValueSource::Number(_) => true,
                }
            });
        }
    }
}

impl TextsSource {
    /// Puts these texts in place of those of a product, which is this one as written.
    fn replace(&self, source: &mut Source, written: &Source) {
        put(&mut source.name, self.name.as_ref());
        put(&mut source.summary, self.summary.as_ref());
        put(&mut source.description, self.description.as_ref());
        put(&mut source.search_words, self.search_words.as_ref());
        if let (Some(uses), Some(texts)) = (&mut source.uses, &self.uses) {
            put(&mut uses.question, texts.question.as_ref());
            for answer in &mut uses.answers {
                let Some(texts) = texts.answers.get(&answer.code) else { continue };
                put(&mut answer.label, texts.label.as_ref());
                put(&mut answer.people, texts.people.as_ref());
            }
        }
        for benefit in &mut source.benefits {
            put(&mut benefit.label, self.benefits.get(&benefit.code));
        }
        for step in &mut source.steps {
            put(&mut step.label, self.steps.get(&step.code));
        }
        for attribute in &mut source.attributes {
            let Some(texts) = self.attributes.get(&attribute.code) else { continue };
            put(&mut attribute.label, texts.label.as_ref());
            put(&mut attribute.help, texts.help.as_ref());
            if let Some(unit) = &mut attribute.unit {
                put(unit, texts.unit.as_ref());
            }
            for option in &mut attribute.options {
                let Some(texts) = texts.options.get(&option.code) else { continue };
                put(&mut option.label, texts.label.as_ref());
                put(&mut option.description, texts.description.as_ref());
            }
        }
        for rule in &mut source.rules {
            put(&mut rule.sentence, self.rules.get(&rule.code));
        }
        for (price, written) in source.prices.iter_mut().zip(&written.prices) {
            put(&mut price.label, self.prices.get(&written.label));
        }
        for (why, written) in source.no_returns.iter_mut().zip(&written.no_returns) {
            put(&mut why.reason, self.no_returns.get(&written.reason));
        }
        for design in &mut source.designs {
            let Some(texts) = self.designs.get(&design.code) else { continue };
            put(&mut design.label, texts.label.as_ref());
            put(&mut design.summary, texts.summary.as_ref());
        }
    }
}

/// Whether texts in a language are for people who want this one: those in `de` are for `de-AT` too (RFC 4647, section
/// 3.4).
pub(crate) fn speaks(language: &str, wanted: &str) -> bool {
    let (most, rest) = (wanted.get(..language.len()), wanted.get(language.len()..));
    most.is_some_and(|most| most.eq_ignore_ascii_case(language))
        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn put(text: &mut String, translated: Option<&String>) {
    if let Some(translated) = translated {
        text.clone_from(translated);
    }
}
