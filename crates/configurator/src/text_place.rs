//! Every text of a product that people read, by what it is of: as written, and in a further language.

use std::collections::BTreeMap;

use crate::source::{
    AttributeSource, AttributeTextsSource, OptionTextsSource, Source, TextsSource, UseTextsSource,
    UsesTextsSource,
};

/// What a text is of, by the codes that translations have it under. Surcharges and reasons have none: they go by the text as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextPlace {
    /// The product's name.
    Name,
    /// Its sentence for the list.
    Summary,
    /// Its paragraph.
    Description,
    /// Further words that it is found by.
    SearchWords,
    /// A step's name.
    Step(String),
    /// An attribute's name.
    Attribute(String),
    /// The advice under it.
    Help(String),
    /// The unit behind its number.
    Unit(String),
    /// The name of an attribute's option.
    Option(String, String),
    /// The sentence about that.
    OptionDescription(String, String),
    /// A rule's sentence.
    Rule(String),
    /// A surcharge's name.
    Price(String),
    /// Why a design can't be returned.
    NoReturn(String),
    /// A ready-made design's name.
    Design(String),
    /// Its sentence.
    DesignSummary(String),
    /// A benefit's name.
    Benefit(String),
    /// The question about use.
    Question,
    /// One of its answers.
    Answer(String),
    /// What those are called who give it.
    People(String),
}

impl TextPlace {
    /// Where each of them lies in the texts of a language; `*` stands for a code.
    pub const PATTERNS: [&'static str; 19] = [
        "name",
        "summary",
        "description",
        "steps.*",
        "attributes.*.label",
        "attributes.*.help",
        "attributes.*.unit",
        "attributes.*.options.*.label",
        "attributes.*.options.*.description",
        "rules.*",
        "prices.*",
        "no_returns.*",
        "designs.*.label",
        "designs.*.summary",
        "benefits.*",
        "uses.question",
        "uses.answers.*.label",
        "uses.answers.*.people",
        "search_words",
    ];

    /// Which of [`Self::PATTERNS`] it lies at, and its codes.
    fn parts(&self) -> (usize, [&str; 2]) {
        match self {
            Self::Name => (0, ["", ""]),
            Self::Summary => (1, ["", ""]),
            Self::Description => (2, ["", ""]),
            Self::Step(code) => (3, [code, ""]),
            Self::Attribute(code) => (4, [code, ""]),
            Self::Help(code) => (5, [code, ""]),
            Self::Unit(code) => (6, [code, ""]),
            Self::Option(attribute, code) => (7, [attribute, code]),
            Self::OptionDescription(attribute, code) => (8, [attribute, code]),
            Self::Rule(code) => (9, [code, ""]),
            Self::Price(label) => (10, [label, ""]),
            Self::NoReturn(reason) => (11, [reason, ""]),
            Self::Design(code) => (12, [code, ""]),
            Self::DesignSummary(code) => (13, [code, ""]),
            Self::Benefit(code) => (14, [code, ""]),
            Self::Question => (15, ["", ""]),
            Self::Answer(code) => (16, [code, ""]),
            Self::People(code) => (17, [code, ""]),
            Self::SearchWords => (18, ["", ""]),
        }
    }

    /// Where it lies in the texts of a language: `attributes.colour.options.red.label`.
    #[must_use]
    pub fn path(&self) -> String {
        let (pattern, codes) = self.parts();
        let mut codes = codes.into_iter();
        let segments = Self::PATTERNS[pattern].split('.');
        let filled =
            segments.map(|segment| if segment == "*" { codes.next().unwrap_or("*") } else { segment });
        filled.collect::<Vec<_>>().join(".")
    }
}

impl Source {
    /// Every text as written that there is to translate, in the order in which people edit a product. A rule without a sentence
    /// stands for itself: what is said of it is made of its condition.
    #[must_use]
    pub fn originals(&self) -> Vec<(TextPlace, &str)> {
        let mut found = vec![
            (TextPlace::Name, &*self.name),
            (TextPlace::Summary, &*self.summary),
            (TextPlace::Description, &*self.description),
            (TextPlace::SearchWords, &*self.search_words),
        ];
        found.extend(self.steps.iter().map(|step| (TextPlace::Step(step.code.clone()), &*step.label)));
        self.attributes.iter().for_each(|attribute| attribute.originals(&mut found));
        found.extend(self.rules.iter().map(|rule| {
            let text = if rule.sentence.trim().is_empty() { &rule.rule } else { &rule.sentence };
            (TextPlace::Rule(rule.code.clone()), &**text)
        }));
        let prices = self.prices.iter().map(|price| (TextPlace::Price(price.label.clone()), &*price.label));
        found.extend(prices);
        let reasons = self.no_returns.iter();
        found.extend(reasons.map(|why| (TextPlace::NoReturn(why.reason.clone()), &*why.reason)));
        for design in &self.designs {
            found.push((TextPlace::Design(design.code.clone()), &design.label));
            found.push((TextPlace::DesignSummary(design.code.clone()), &design.summary));
        }
        let benefits = self.benefits.iter();
        found.extend(benefits.map(|benefit| (TextPlace::Benefit(benefit.code.clone()), &*benefit.label)));
        if let Some(uses) = &self.uses {
            found.push((TextPlace::Question, &uses.question));
            for answer in &uses.answers {
                found.push((TextPlace::Answer(answer.code.clone()), &answer.label));
                found.push((TextPlace::People(answer.code.clone()), &answer.people));
            }
        }
        let mut seen = std::collections::HashSet::new();
        found.retain(|(place, text)| !text.trim().is_empty() && seen.insert(place.clone()));
        found
    }
}

impl AttributeSource {
    fn originals<'s>(&'s self, found: &mut Vec<(TextPlace, &'s str)>) {
        let code = || self.code.clone();
        found.push((TextPlace::Attribute(code()), &self.label));
        found.push((TextPlace::Help(code()), &self.help));
        found.extend(self.unit.iter().map(|unit| (TextPlace::Unit(code()), &**unit)));
        for option in &self.options {
            found.push((TextPlace::Option(code(), option.code.clone()), &option.label));
            found.push((TextPlace::OptionDescription(code(), option.code.clone()), &option.description));
        }
    }
}

impl TextsSource {
    /// A text, where the language has it.
    #[must_use]
    pub fn get(&self, place: &TextPlace) -> Option<&str> {
        let attribute = |code: &str| self.attributes.get(code);
        let option = |code: &str, option: &str| attribute(code).and_then(|texts| texts.options.get(option));
        let answer = |code: &str| self.uses.as_ref().and_then(|texts| texts.answers.get(code));
        let text = match place {
            TextPlace::Name => self.name.as_ref(),
            TextPlace::Summary => self.summary.as_ref(),
            TextPlace::Description => self.description.as_ref(),
            TextPlace::SearchWords => self.search_words.as_ref(),
            TextPlace::Step(code) => self.steps.get(code),
            TextPlace::Attribute(code) => attribute(code)?.label.as_ref(),
            TextPlace::Help(code) => attribute(code)?.help.as_ref(),
            TextPlace::Unit(code) => attribute(code)?.unit.as_ref(),
            TextPlace::Option(code, of) => option(code, of)?.label.as_ref(),
            TextPlace::OptionDescription(code, of) => option(code, of)?.description.as_ref(),
            TextPlace::Rule(code) => self.rules.get(code),
            TextPlace::Price(label) => self.prices.get(label),
            TextPlace::NoReturn(reason) => self.no_returns.get(reason),
            TextPlace::Design(code) => self.designs.get(code)?.label.as_ref(),
            TextPlace::DesignSummary(code) => self.designs.get(code)?.summary.as_ref(),
            TextPlace::Benefit(code) => self.benefits.get(code),
            TextPlace::Question => self.uses.as_ref()?.question.as_ref(),
            TextPlace::Answer(code) => answer(code)?.label.as_ref(),
            TextPlace::People(code) => answer(code)?.people.as_ref(),
        };
        text.map(String::as_str)
    }

    /// Writes a text, or takes it away: what is left empty around it goes, too, and so does its mark where it was stale.
    pub fn set(&mut self, place: &TextPlace, text: Option<String>) {
        self.stale.remove(&place.path());
        match place {
            TextPlace::Name => self.name = text,
            TextPlace::Summary => self.summary = text,
            TextPlace::Description => self.description = text,
            TextPlace::SearchWords => self.search_words = text,
            TextPlace::Step(code) => put(&mut self.steps, code, text),
            TextPlace::Attribute(code) => self.attribute(code, |texts| texts.label = text),
            TextPlace::Help(code) => self.attribute(code, |texts| texts.help = text),
            TextPlace::Unit(code) => self.attribute(code, |texts| texts.unit = text),
            TextPlace::Option(code, of) => self.option(code, of, |texts| texts.label = text),
            TextPlace::OptionDescription(code, of) => self.option(code, of, |texts| texts.description = text),
            TextPlace::Rule(code) => put(&mut self.rules, code, text),
            TextPlace::Price(label) => put(&mut self.prices, label, text),
            TextPlace::NoReturn(reason) => put(&mut self.no_returns, reason, text),
            TextPlace::Design(code) => change(&mut self.designs, code, |texts| texts.label = text),
            TextPlace::DesignSummary(code) => change(&mut self.designs, code, |texts| texts.summary = text),
            TextPlace::Benefit(code) => put(&mut self.benefits, code, text),
            TextPlace::Question => self.uses(|texts| texts.question = text),
            TextPlace::Answer(code) => self.answer(code, |texts| texts.label = text),
            TextPlace::People(code) => self.answer(code, |texts| texts.people = text),
        }
    }

    fn attribute(&mut self, code: &str, write: impl FnOnce(&mut AttributeTextsSource)) {
        change(&mut self.attributes, code, write);
    }

    fn option(&mut self, attribute: &str, code: &str, write: impl FnOnce(&mut OptionTextsSource)) {
        self.attribute(attribute, |texts| change(&mut texts.options, code, write));
    }

    fn uses(&mut self, write: impl FnOnce(&mut UsesTextsSource)) {
        let mut texts = self.uses.take().unwrap_or_default();
        write(&mut texts);
        self.uses = Some(texts).filter(|texts| *texts != UsesTextsSource::default());
    }

    fn answer(&mut self, code: &str, write: impl FnOnce(&mut UseTextsSource)) {
        self.uses(|texts| change(&mut texts.answers, code, write));
    }
}

fn put(texts: &mut BTreeMap<String, String>, code: &str, text: Option<String>) {
    match text {
        Some(text) => drop(texts.insert(code.to_owned(), text)),
        None => drop(texts.remove(code)),
    }
}

fn change<T: Default + PartialEq>(map: &mut BTreeMap<String, T>, code: &str, write: impl FnOnce(&mut T)) {
    let mut texts = map.remove(code).unwrap_or_default();
    write(&mut texts);
    if texts != T::default() {
        map.insert(code.to_owned(), texts);
    }
}
