//! Where the values of an order came from, in words.

use shop::ValueOrigin;
use words::Language;

pub(super) fn origin_in_words(origin: &ValueOrigin) -> String {
    match origin {
        ValueOrigin::AlwaysSo => "Always so".to_owned(),
        ValueOrigin::Chosen => "Chosen".to_owned(),
        ValueOrigin::Default { evidence, people } => {
            format!("Default: {}", evidence.sentence(people, &Language::ENGLISH.words().studio))
        }
        ValueOrigin::Adjusted => "Adjusted to the choices".to_owned(),
        ValueOrigin::Sentence(sentence) => sentence.clone(),
    }
}

#[cfg(test)]
mod tests {
    use personalize::{Evidence, Level};

    use super::*;

    #[test]
    fn older_orders_and_newer_ones_read_alike() {
        let default = |level, agreeing| ValueOrigin::Default {
            evidence: Evidence { level, orders: 40, synthetic: 0, agreeing },
            people: "shoppers".to_owned(),
        };
        for (origin, words) in [
            (ValueOrigin::AlwaysSo, "Always so"),
            (ValueOrigin::Chosen, "Chosen"),
            (default(Level::Standard, 0), "Default: Our standard"),
            (default(Level::Everybody, 32), "Default: Chosen by 8 in 10 shoppers"),
            (ValueOrigin::Adjusted, "Adjusted to the choices"),
        ] {
            assert_eq!(origin_in_words(&origin), words);
            assert_eq!(origin_in_words(&ValueOrigin::Sentence(words.to_owned())), words);
        }
    }
}
