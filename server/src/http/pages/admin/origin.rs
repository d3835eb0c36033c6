//! Where the values of an order came from, in words.

use personalize::{Evidence, Level};
use shop::ValueOrigin;
use words::Language;

pub(super) fn origin_in_words(origin: &ValueOrigin, language: Language) -> String {
    let say = language.admin();
    match origin {
        ValueOrigin::AlwaysSo => say.always_so().to_owned(),
        ValueOrigin::Chosen => say.chosen().to_owned(),
        ValueOrigin::Default { evidence: Evidence { level: Level::Other(code), .. }, .. } => {
            say.by_default_of_another_release(code)
        }
        ValueOrigin::Default { evidence, people } => {
            let words = language.words();
            // Who they were may be forgotten.
            let people = if people.is_empty() { words.studio.shoppers() } else { people.as_str() };
            say.by_default(&evidence.sentence(people, words))
        }
        ValueOrigin::Adjusted => say.adjusted().to_owned(),
        ValueOrigin::Sentence(sentence) => language.marked(sentence.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_orders_and_newer_ones_read_alike() {
        let default = |level, agreeing| ValueOrigin::Default {
            evidence: Evidence { level, orders: 40, synthetic: 0, agreeing, sure: 0 },
            people: "shoppers".to_owned(),
        };
        for (origin, words) in [
            (ValueOrigin::AlwaysSo, "Always so"),
            (ValueOrigin::Chosen, "Chosen"),
            (default(Level::Standard, 0), "Default: Our standard"),
            (default(Level::Everybody, 32), "Default: Chosen by 8 in 10 shoppers"),
            (ValueOrigin::Adjusted, "Adjusted to the choices"),
            (
                default(Level::Other("Household".to_owned()), 32),
                "Default: chosen by a way that another release of this shop's software knows (Household)",
            ),
        ] {
            assert_eq!(origin_in_words(&origin, Language::ENGLISH), words);
            assert_eq!(origin_in_words(&ValueOrigin::Sentence(words.to_owned()), Language::ENGLISH), words);
        }
    }

    #[test]
    fn whose_orders_they_were_may_be_forgotten() {
        let evidence =
            Evidence { level: Level::SameSegment, orders: 40, synthetic: 0, agreeing: 32, sure: 97 };
        let origin = ValueOrigin::Default { evidence, people: String::new() };
        assert_eq!(origin_in_words(&origin, Language::ENGLISH), "Default: Chosen by 8 in 10 shoppers");
    }
}
