//! Whether the translations of a product translate what there is, into languages that there are.

use std::collections::HashSet;

use super::Checker;
use crate::language_tag::usual_tag;
use crate::source::{
    AttributeSource, AttributeTextsSource, Source, TextsSource, UsesSource, UsesTextsSource,
};
use engine::names::nearest;

impl Checker<'_> {
    /// The language of the texts as written, and all translations.
    pub(super) fn texts(&mut self, source: &Source) {
        self.tag("language", &source.language);
        for (tag, texts) in &source.translations {
            let place = format!("translations.{tag}");
            if *tag == source.language {
                let message = format!("'{tag}' is the language of the texts as written");
                self.report(&place, message, "Change the texts themselves, or name another language here.");
            } else {
                self.tag(&place, tag);
            }
            self.translation(&place, texts, source);
        }
    }

    fn tag(&mut self, place: &str, tag: &str) {
        let usual = usual_tag(tag);
        if usual.as_deref() != Some(tag) {
            let advice = usual.map_or_else(
                || "Use a tag of BCP 47, such as en, de or de-AT.".to_owned(),
                |usual| format!("Write '{usual}'."),
            );
            self.report(place, format!("'{tag}' is no language tag"), advice);
        }
    }

    fn translation(&mut self, place: &str, texts: &TextsSource, source: &Source) {
        for (field, text, written) in [
            ("name", &texts.name, &source.name),
            ("summary", &texts.summary, &source.summary),
            ("description", &texts.description, &source.description),
            ("search_words", &texts.search_words, &source.search_words),
        ] {
            self.translated(place, field, text.as_ref(), (field, written));
        }
        if let Some(uses) = &texts.uses {
            self.uses_texts(&format!("{place}.uses"), uses, source.uses.as_ref());
        }
        for (code, text) in &texts.benefits {
            let place = format!("{place}.benefits.{code}");
            let codes = source.benefits.iter().map(|benefit| benefit.code.as_str());
            self.known(&place, "benefit", code, codes, "benefits.*.code");
            self.filled(&place, text);
        }
        for (code, text) in &texts.steps {
            let place = format!("{place}.steps.{code}");
            let codes = source.steps.iter().map(|step| step.code.as_str());
            self.known(&place, "step", code, codes, "steps.*.code");
            self.filled(&place, text);
        }
        for (code, texts) in &texts.attributes {
            let place = format!("{place}.attributes.{code}");
            let codes = source.attributes.iter().map(|attribute| attribute.code.as_str());
            if let Some(index) = self.known(&place, "attribute", code, codes, "attributes.*.code") {
                let written = (&*format!("attributes.{index}"), &source.attributes[index]);
                self.attribute_texts(&place, texts, written);
            }
        }
        for (code, text) in &texts.rules {
            let place = format!("{place}.rules.{code}");
            let codes = source.rules.iter().map(|rule| rule.code.as_str());
            self.known(&place, "rule", code, codes, "rules.*.code");
            self.filled(&place, text);
        }
        for (label, text) in &texts.prices {
            let place = format!("{place}.prices.{label}");
            let labels = source.prices.iter().map(|price| price.label.as_str());
            self.known(&place, "price", label, labels, "prices.*.label");
            self.filled(&place, text);
        }
        for (reason, text) in &texts.no_returns {
            let place = format!("{place}.no_returns.{reason}");
            let reasons = source.no_returns.iter().map(|why| why.reason.as_str());
            self.known(&place, "reason", reason, reasons, "no_returns.*.reason");
            self.filled(&place, text);
        }
        for (code, texts) in &texts.designs {
            let place = format!("{place}.designs.{code}");
            let codes = source.designs.iter().map(|design| design.code.as_str());
            let Some(index) = self.known(&place, "design", code, codes, "designs.*.code") else { continue };
            let (design, at) = (&source.designs[index], format!("designs.{index}"));
            self.translated(&place, "label", texts.label.as_ref(), (&format!("{at}.label"), &design.label));
            let summary = (&*format!("{at}.summary"), &*design.summary);
            self.translated(&place, "summary", texts.summary.as_ref(), summary);
        }
        self.marks(place, texts, source);
    }

    /// Whether marks of stale texts are about texts that there are, and say since when.
    fn marks(&mut self, place: &str, texts: &TextsSource, source: &Source) {
        if texts.stale.is_empty() {
            return;
        }
        let places = source.originals().into_iter().filter(|(place, _)| texts.get(place).is_some());
        let known: HashSet<String> = places.map(|(place, _)| place.path()).collect();
        let is_all_read = self.faulty.is_empty();
        for (path, mark) in &texts.stale {
            let place = format!("{place}.stale.{path}");
            if !known.contains(path) && is_all_read {
                let message = format!("there is no translation '{path}' that could be stale");
                self.report(&place, message, "Remove the mark.");
            }
            if mark.day().is_none() {
                let message = format!("'{}' is no day", mark.since);
                self.report(format!("{place}.since"), message, "Write it as 2026-11-12.");
            }
        }
    }

    fn uses_texts(&mut self, place: &str, texts: &UsesTextsSource, written: Option<&UsesSource>) {
        let Some(written) = written else {
            let advice = "Remove it, or add [uses] to the product.";
            self.report(place, "there is no question about use to translate", advice);
            return;
        };
        let question = ("uses.question", &*written.question);
        self.translated(place, "question", texts.question.as_ref(), question);
        for (code, texts) in &texts.answers {
            let place = format!("{place}.answers.{code}");
            let codes = written.answers.iter().map(|answer| answer.code.as_str());
            let Some(index) = self.known(&place, "answer", code, codes, "uses.answers.*.code") else {
                continue;
            };
            let (answer, at) = (&written.answers[index], format!("uses.answers.{index}"));
            self.translated(&place, "label", texts.label.as_ref(), (&format!("{at}.label"), &answer.label));
            self.translated(
                &place,
                "people",
                texts.people.as_ref(),
                (&format!("{at}.people"), &answer.people),
            );
        }
    }

    fn attribute_texts(
        &mut self,
        place: &str,
        texts: &AttributeTextsSource,
        (at, written): (&str, &AttributeSource),
    ) {
        for (field, text, written) in [
            ("label", &texts.label, &*written.label),
            ("help", &texts.help, &*written.help),
            ("unit", &texts.unit, written.unit.as_deref().unwrap_or_default()),
        ] {
            self.translated(place, field, text.as_ref(), (&format!("{at}.{field}"), written));
        }
        for (code, texts) in &texts.options {
            let place = format!("{place}.options.{code}");
            let codes = written.options.iter().map(|option| option.code.as_str());
            let where_codes_are = format!("{at}.options.*.code");
            let Some(index) = self.known(&place, "option", code, codes, &where_codes_are) else { continue };
            let (option, at) = (&written.options[index], format!("{at}.options.{index}"));
            self.translated(&place, "label", texts.label.as_ref(), (&format!("{at}.label"), &option.label));
            let description = (&*format!("{at}.description"), &*option.description);
            self.translated(&place, "description", texts.description.as_ref(), description);
        }
    }

    /// Which entry of a list has this code, and whether one may have that could not be read.
    fn known<'c>(
        &mut self,
        place: &str,
        what: &str,
        code: &str,
        mut codes: impl Iterator<Item = &'c str> + Clone,
        where_codes_are: &str,
    ) -> Option<usize> {
        let found = codes.clone().position(|known| known == code);
        if found.is_none() && !self.faulty.touch(where_codes_are) {
            let advice = nearest(code, codes.by_ref());
            self.report(place, format!("there is no {what} '{code}' to translate"), advice);
        }
        found
    }

    /// The translation of a text that is there and can be read.
    fn translated(&mut self, place: &str, field: &str, text: Option<&String>, (at, written): (&str, &str)) {
        let Some(text) = text else { return };
        let place = format!("{place}.{field}");
        self.filled(&place, text);
        if written.trim().is_empty() && !self.faulty.touch(at) {
            let advice = "Write it in the product's own language first, or remove it here.";
            self.report(place, format!("there is no '{field}' to translate"), advice);
        }
    }
}
