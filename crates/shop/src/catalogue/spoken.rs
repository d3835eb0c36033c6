//! A revision as readers of one language have it.

use std::sync::{Arc, Mutex, PoisonError};

use configurator::artifact::Artifact;
use configurator::source::Source;
use configurator::{Configured, Product};
use words::Language;

use super::prepared::PackedArtifact;
use super::revision::Revision;

/// A revision in one language: its texts, and what is said of it.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The product with the texts of the language, or as written where it has none. It answers as the revision's does.
    pub product: Configured,
    /// What the browser loads: this language's texts only.
    pub artifact: PackedArtifact,
}

/// The languages that a revision was asked for in.
#[derive(Debug, Default)]
pub(crate) struct Languages(Mutex<Vec<(Language, Arc<Spoken>)>>);

impl Revision {
    /// The revision in a language, where it was asked for before.
    pub(crate) fn known_in(&self, language: Language) -> Option<Arc<Spoken>> {
        let made = self.languages.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().find(|(known, _)| *known == language).map(|(_, spoken)| Arc::clone(spoken))
    }

    /// The revision in a language. Takes tens of milliseconds the first time.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Arc<Spoken> {
        if let Some(spoken) = self.known_in(language) {
            return spoken;
        }
        let spoken = Arc::new(self.speak(language));
        let mut made = self.languages.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Others may have made it meanwhile; all share the first.
        if let Some((_, first)) = made.iter().find(|(known, _)| *known == language) {
            return Arc::clone(first);
        }
        made.push((language, Arc::clone(&spoken)));
        spoken
    }

    fn speak(&self, language: Language) -> Spoken {
        let (source, has_isolated) = self.source_in(language);
        // What is sold out is told in the reader's language whatever the product's texts are in.
        let tells_more = self.missing.is_some() && language.tag() != self.product.language;
        let as_written =
            source.translations.is_empty() && source.language == self.product.language && !tells_more;
        let as_written = as_written && !has_isolated;
        let texts = if as_written { None } else { Product::check(&source).ok() };
        let texts = texts.map(|texts| match &self.missing {
            Some(missing) => missing.taken_off(texts, language),
            None => texts,
        });
        let texts = texts.unwrap_or_else(|| self.product.product().as_ref().clone());
        let product = self.product.with_texts(texts.with_words(language.words()));
        let bundle = &self.bundle;
        if as_written && bundle.source.translations.is_empty() {
            return Spoken { product, artifact: self.artifact.clone() };
        }
        let artifact = Artifact {
            product: product.product().as_ref().clone(),
            languages: Vec::new(),
            drawings: bundle.drawings.clone(),
            diagram: product.write_diagram(),
        };
        Spoken { product, artifact: PackedArtifact::pack(&artifact.to_bytes()) }
    }

    /// The source with the texts of a language alone, and whether some of them are as written and go the other way; for the language of tests
    /// each text shows where it begins and ends.
    fn source_in(&self, language: Language) -> (Source, bool) {
        let mut source = self.bundle.source.in_language(language.tag());
        if language.is_pseudo() {
            for text in source.texts().filter(|text| !text.is_empty()) {
                *text = language.marked(std::mem::take(text));
            }
            language.tag().clone_into(&mut source.language);
            return (source, false);
        }
        let has_isolated = isolate(&mut source, &self.bundle.source, language.words().locale.dir);
        (source, has_isolated)
    }

    /// What the browser loads of it under this hash, in one of these languages or as it is kept. May take as long as
    /// [`Revision::in_language`] does for each.
    #[must_use]
    pub fn artifact_of_hash(&self, hash: &str, languages: &[Language]) -> Option<PackedArtifact> {
        let kept = (self.artifact.hash == hash).then(|| self.artifact.clone());
        kept.or_else(|| {
            let made = languages.iter().map(|language| self.in_language(*language));
            made.map(|spoken| spoken.artifact.clone()).find(|artifact| artifact.hash == hash)
        })
    }
}

/// Isolates what a language lacks and is therefore as written, where it goes the other way than the page: its stops and brackets then stand
/// where its own language has them. Units are read with numbers, and stay as they are. Whether there was any.
fn isolate(spoken: &mut Source, written: &Source, way: &str) -> bool {
    let units: Vec<Option<String>> =
        spoken.attributes.iter().map(|attribute| attribute.unit.clone()).collect();
    let mut written = written.clone();
    let mut has_isolated = false;
    for (text, original) in spoken.texts().zip(written.texts()) {
        if text == original && direction(text).is_some_and(|direction| direction != way) {
            *text = format!("\u{2068}{text}\u{2069}");
            has_isolated = true;
        }
    }
    spoken.attributes.iter_mut().zip(units).for_each(|(attribute, unit)| attribute.unit = unit);
    has_isolated
}

/// The way that a text goes, by its first letter; nothing where it has none.
fn direction(text: &str) -> Option<&'static str> {
    let first = text.chars().find(|letter| letter.is_alphabetic())?;
    // Hebrew, Arabic and what is written with their neighbours (Unicode's blocks).
    let is_rtl = matches!(first, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    Some(if is_rtl { "rtl" } else { "ltr" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_goes_its_own_way() {
        let written: Source = serde_json::from_value(serde_json::json!({
            "name": "Bench", "summary": "A bench, sawn to your length.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "size", "label": "Size" }],
            "attributes": [{
                "code": "length", "step": "size", "label": "Length", "kind": "number", "standard": 9, "min": 7, "max": 12, "unit": "cm",
            }],
            "translations": { "ar": { "name": "مقعد", "steps": { "size": "USB" } } },
        }))
        .unwrap();
        let mut arabic = written.in_language("ar");
        assert!(isolate(&mut arabic, &written, "rtl"));
        assert_eq!(arabic.name, "مقعد");
        assert_eq!(arabic.steps[0].label, "USB", "a translation is as its translator wrote it");
        assert_eq!(arabic.summary, "\u{2068}A bench, sawn to your length.\u{2069}");
        assert_eq!(arabic.attributes[0].label, "\u{2068}Length\u{2069}");
        assert_eq!(arabic.attributes[0].unit.as_deref(), Some("cm"));
        let mut german = written.in_language("de");
        assert!(!isolate(&mut german, &written, "ltr"));
        assert_eq!(german.summary, written.summary);
        assert_eq!(["123 –", "«ابجد»", "(Oak)"].map(direction), [None, Some("rtl"), Some("ltr")]);
    }
}
