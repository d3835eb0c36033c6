//! How many texts a product's languages lack.

use std::collections::HashSet;

use super::{Finding, Gap};
use crate::source::{Source, TextsSource, speaks};
use crate::text_place::TextPlace;

/// The languages of a product in which shoppers would read texts as written, each with how many of how many. A variant of a language takes what it
/// lacks from that, of a rule without a sentence one is made, and what is off the menu needs none.
pub(super) fn untranslated(source: &Source) -> impl Iterator<Item = Finding> {
    let needed = needed(source);
    let languages = source.translations.keys().filter(move |tag| !speaks(&source.language, tag));
    languages.filter_map(move |tag| {
        let known = source.translations.iter().filter(|(known, _)| speaks(known, tag));
        let spoken: Vec<&TextsSource> = known.map(|(_, texts)| texts).collect();
        let lacks = |place: &&TextPlace| spoken.iter().all(|texts| texts.get(place).is_none());
        let missing = needed.iter().filter(lacks).count();
        let beside = (missing, needed.len());
        let finding = Finding { gap: Gap::Translation, option: None, about: tag.clone(), beside };
        (missing > 0).then_some(finding)
    })
}

/// The texts that every language needs.
fn needed(source: &Source) -> Vec<TextPlace> {
    let made = source.rules.iter().filter(|rule| rule.sentence.trim().is_empty());
    let made: HashSet<&str> = made.map(|rule| rule.code.as_str()).collect();
    let mut exempt = HashSet::new();
    for attribute in &source.attributes {
        for option in &attribute.options {
            if !option.available || option.meant.iter().any(|code| code == Gap::Translation.code()) {
                exempt.insert((attribute.code.as_str(), option.code.as_str()));
            }
        }
    }
    let is_needed = |place: &TextPlace| match place {
        TextPlace::Rule(code) => !made.contains(code.as_str()),
        TextPlace::Option(attribute, code) | TextPlace::OptionDescription(attribute, code) => {
            !exempt.contains(&(attribute.as_str(), code.as_str()))
        }
        _ => true,
    };
    source.originals().into_iter().map(|(place, _)| place).filter(is_needed).collect()
}
