//! The use cases, each as a story on a shop of its own.

#![expect(clippy::unwrap_used, reason = "a story that can't go on has failed")]

mod access;
mod baskets;
mod catalogue;
mod designs;
mod desk;
mod drafts;
mod experiments;
mod individual;
mod insight;
mod keys;
mod learning;
mod learnt;
mod mail;
mod orders;
mod releases;
mod settings;
mod study;
mod typed_texts;
mod who_asks;

use shop::{OrderedValue, ValueOrigin};
use words::Language;

/// Where a value of an order came from, for comparing.
fn words(value: &OrderedValue) -> String {
    match &value.origin {
        ValueOrigin::AlwaysSo => "always so".to_owned(),
        ValueOrigin::Chosen => "chosen".to_owned(),
        ValueOrigin::Default { evidence, people } => {
            format!("default, {}", evidence.sentence(people, Language::ENGLISH.words()))
        }
        ValueOrigin::Adjusted => "adjusted".to_owned(),
        ValueOrigin::Sentence(sentence) => sentence.clone(),
    }
}
