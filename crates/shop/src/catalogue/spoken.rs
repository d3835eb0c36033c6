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
        let source = self.source_in(language);
        // What is sold out is told in the reader's language whatever the product's texts are in.
        let tells_more = self.missing.is_some() && language.tag() != self.product.language;
        let as_written =
            source.translations.is_empty() && source.language == self.product.language && !tells_more;
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

    /// The source with the texts of a language alone; for the language of tests each text shows where it begins and ends.
    fn source_in(&self, language: Language) -> Source {
        let mut source = self.bundle.source.in_language(language.tag());
        if language.is_pseudo() {
            for text in source.texts().filter(|text| !text.is_empty()) {
                *text = language.marked(std::mem::take(text));
            }
            language.tag().clone_into(&mut source.language);
        }
        source
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
