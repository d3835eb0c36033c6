//! Sentences that are made of the rules of the demo products, in every language.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use configurator::Product;
    use configurator::file::File;
    use configurator::source::Source;
    use words::Language;

    fn demo(name: &str) -> Source {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(name).join("product.toml");
        let text = std::fs::read_to_string(path).unwrap();
        File::read(&text).unwrap_or_else(|faults| panic!("{faults:?}")).source
    }

    const DEMOS: [&str; 5] = ["bookcase", "coffee-machine", "laptop", "trainer", "travel-bike"];

    /// The product in a language, with no sentence written for any rule.
    fn unsaid(name: &str, language: Language) -> (Source, Product) {
        let mut source = demo(name);
        source.rules.iter_mut().for_each(|rule| rule.sentence.clear());
        source.translations.values_mut().for_each(|texts| texts.rules.clear());
        let spoken = source.in_language(language.tag());
        let product = Product::check(&spoken).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        (spoken, product)
    }

    fn sentence(name: &str, rule: &str, language: Language) -> String {
        let (_, product) = unsaid(name, language);
        product.rules.into_iter().find(|known| known.code == rule).unwrap().sentence
    }

    #[test]
    fn every_rule_of_the_demo_products_has_a_sentence_in_every_language() {
        for name in DEMOS {
            for language in Language::ALL {
                let (source, product) = unsaid(name, language);
                let has_latin = |text: &str| text.chars().any(|sign| sign.is_ascii_alphabetic());
                let names = source.attributes.iter().flat_map(|attribute| {
                    let options = attribute.options.iter().map(|option| option.label.as_str());
                    let unit = attribute.unit.as_deref();
                    std::iter::once(attribute.label.as_str()).chain(options).chain(unit).collect::<Vec<_>>()
                });
                let latin: Vec<&str> = names.filter(|name| has_latin(name)).collect();
                for rule in &product.rules {
                    let told = &rule.sentence;
                    assert!(told.ends_with('.') && told.chars().count() > 10, "{name} {}: {told}", rule.code);
                    assert!(!told.contains("..") && !told.contains("  ") && !told.contains('{'), "{told}");
                    if language == Language::ARABIC {
                        // Names that have Latin letters themselves bring them along.
                        let rest = latin.iter().fold(told.clone(), |rest, name| rest.replace(name, ""));
                        assert!(!has_latin(&rest), "{name} {}: {told}", rule.code);
                    }
                }
            }
        }
    }

    #[test]
    fn sentences_read_as_people_would_write_them() {
        let [english, german, arabic] = [Language::ENGLISH, Language::GERMAN, Language::ARABIC];
        for (name, rule, language, expected) in [
            ("trainer", "trail_colours", english, "Sole: Trail goes only with Sole colour: Oat, Ash or Ink."),
            (
                "trainer",
                "trail_colours",
                german,
                "Sohle: Trail gibt es nur mit Farbe der Sohle: Hafer, Asche oder Tinte.",
            ),
            (
                "trainer",
                "knit_sole",
                arabic,
                "لا يمكن اختيار خامة الوجه: محبوك إلا مع النعل: الطريق أو السحابة.",
            ),
            ("trainer", "knit_rain", english, "Lining: Rain membrane does not go with Upper: Knit."),
            (
                "trainer",
                "suede_dyes",
                german,
                "Obermaterial: Veloursleder gibt es nicht mit Farbe des Oberteils: Kreide oder Himmel.",
            ),
            ("trainer", "weight_limit", english, "Weight in all: at most 385 g."),
            ("trainer", "weight_limit", arabic, "الوزن الإجمالي: 385 غ على الأكثر."),
            // Names with commas are not parted by commas.
            (
                "coffee-machine",
                "timer_noise",
                english,
                "Extras: Timer goes only with Grinder: Impact, ceramic or Discs, steel or Cones, steel or Cones, ceramic.",
            ),
            (
                "coffee-machine",
                "foam_needs_steam",
                english,
                "Milk: Warmer and foamer goes only with Heating: 2,000 W or 2,200 W.",
            ),
            (
                "bookcase",
                "glass_size",
                german,
                "Türen und Schubladen: Glastüren gibt es nur mit Höhe: höchstens 220 cm und mit Tiefe: mindestens 25 cm.",
            ),
            (
                "bookcase",
                "wall_fixing",
                english,
                "These choices have to fit each other: Height; Depth; Extras (Wall fixing).",
            ),
            (
                "travel-bike",
                "four_bags",
                english,
                "Bags on the carrier and Bags on the frame together: at most 4.",
            ),
            (
                "laptop",
                "screens",
                english,
                "Line: Finch 12″ goes only with Screen: Matte or Touch. Line: Heron 14″ does not go with Screen: OLED.",
            ),
        ] {
            // Units keep to their numbers.
            assert_eq!(sentence(name, rule, language).replace('\u{a0}', " "), expected, "{name} {rule}");
        }
    }

    #[test]
    fn a_sentence_that_is_written_is_the_one_that_is_read() {
        let source = demo("trainer");
        for language in Language::ALL {
            let product = Product::check(&source.in_language(language.tag())).unwrap();
            let written = match language == Language::ENGLISH {
                true => source.rules[0].sentence.clone(),
                false => source.translations[language.tag()].rules["knit_sole"].clone(),
            };
            assert_eq!(product.rules[0].sentence, written);
        }
    }

    /// Where the names are translated and the sentence is not, it is made of them; where names are not, it stays.
    #[test]
    fn an_untranslated_sentence_is_made_of_translated_names() {
        let mut source = demo("trainer");
        source.translations.get_mut("de").unwrap().rules.clear();
        let sentences = |source: &Source| -> Vec<String> {
            let product = Product::check(&source.in_language("de-AT")).unwrap();
            product.rules.into_iter().map(|rule| rule.sentence).collect()
        };
        let at = source.rules.iter().position(|rule| rule.code == "trail_colours").unwrap();
        assert!(sentences(&source)[at].contains(" gibt es nur mit "), "{}", sentences(&source)[at]);
        source.translations.get_mut("de").unwrap().attributes.get_mut("sole").unwrap().label = None;
        assert_eq!(sentences(&source)[at], source.rules[at].sentence);
        source.rules[at].sentence.clear();
        assert!(sentences(&source)[at].contains(" gibt es nur mit "), "{}", sentences(&source)[at]);
    }
}
