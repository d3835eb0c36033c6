//! Reasons, conflicts and quotes in the product's language.

#[cfg(test)]
mod tests {
    use configurator::file::File;
    use configurator::{Choices, Configured, Kind, Product, State};

    use crate::builders::{BIKE, configured, read};

    /// The bike in German but for the rule about swept bars, the horn, and the name.
    const GERMAN: &str = r#"
[translations.de]
name = "Fahrrad"

[translations.de.attributes]
bar = { label = "Lenker", options.drop = { label = "Rennlenker" }, options.swept = { label = "Hollandlenker" } }
extras = { label = "Zubehör", options.bell = { label = "Klingel" }, options.rack = { label = "Gepäckträger" } }
plate = { label = "Plakette", options.none = { label = "Keine" }, options.brass = { label = "Messing" } }

[translations.de.rules]
one_sound = "Klingel und Hupe brauchen denselben Platz."
drop_bell = "Am Rennlenker ist kein Platz für eine Klingel."
named = "Eine Plakette braucht einen Namen."
"#;

    /// The German bike with pieces of the file replaced.
    fn german(pieces: &[(&str, &str)], compiled: bool) -> Configured {
        let text = pieces.iter().fold(format!("{BIKE}{GERMAN}"), |text, (piece, replacement)| {
            assert_eq!(text.matches(piece).count(), 1, "{piece}");
            text.replace(piece, replacement)
        });
        let source = File::check(&text).unwrap().0.source;
        configured(Product::check(&source.in_language("de-AT")).unwrap(), compiled)
    }

    fn chosen(product: &Product, choices: &[(&str, &str)]) -> Choices {
        product.read_choices(choices.iter().copied()).unwrap()
    }

    /// Why the German bike's option can't be chosen.
    fn german_sentence(
        pieces: &[(&str, &str)],
        choices: &[(&str, &str)],
        (code, option): (&str, &str),
    ) -> String {
        let of = |product: &Configured| {
            let menu = product.menu(&chosen(product, choices), product.standard()).unwrap();
            let id = product.by_code(code).unwrap();
            let option = product.attribute(id).option_by_code(option).unwrap();
            match &menu.attributes[id.index()].options[option.index()].state {
                State::Blocked(reason) => reason.sentence.clone(),
                state => panic!("{code} {option:?} is {state:?}"),
            }
        };
        let sentence = of(&german(pieces, true));
        assert_eq!(of(&german(pieces, false)), sentence, "the search says the same");
        sentence
    }

    #[test]
    fn reasons_are_told_in_the_products_language() {
        let budget = [("base_price = 10000", "base_price = 10000\nbudget = { ceiling = 1 }")];
        let gone = [(
            "{ code = \"drop\", label = \"Drop\" }",
            "{ code = \"drop\", label = \"Drop\", available = false }",
        )];
        let locked = [("standard = \"flat\"", "standard = \"flat\"\nlocked = true")];
        for (pieces, choices, option, sentence) in [
            (
                &[][..],
                &[("extras", "bell,lamp")][..],
                ("bar", "drop"),
                "Nicht mit Zubehör: Klingel. Am Rennlenker ist kein Platz für eine Klingel.",
            ),
            // What has no translation is made of the condition and the names, where those are translated.
            (
                &[],
                &[("extras", "lamp,lock")],
                ("bar", "swept"),
                "Nicht ohne Zubehör: Gepäckträger. Lenker: Hollandlenker gibt es nur mit Zubehör: 0 oder Zubehör: Gepäckträger.",
            ),
            (&[], &[("extras", "bell")], ("extras", "horn"), "Klingel und Hupe brauchen denselben Platz."),
            (&[], &[("extras", "bell,lamp,lock")], ("extras", "rack"), "Zubehör: höchstens 3."),
            (&gone, &[], ("bar", "drop"), "Zurzeit nicht erhältlich: Rennlenker."),
            (&locked, &[], ("bar", "drop"), "Lenker: immer Flat."),
            (
                &budget,
                &[("extras", "lamp")],
                ("bar", "drop"),
                "Nicht mit Zubehör: Lamp. Das wären 2 von 1 Punkten für Änderungen. \
                 Setz zuerst etwas auf den Standard zurück.",
            ),
        ] {
            assert_eq!(german_sentence(pieces, choices, option), sentence);
        }
    }

    #[test]
    fn conflicts_designs_and_quotes_are_told_in_the_products_language() {
        let priced = [("max_length = 8", "max_length = 8\nprice = 100")];
        let product = german(&priced, true);
        let choices = |choices| chosen(&product, choices);
        let refused = |list| product.complete(&choices(list), product.standard()).unwrap_err().to_string();
        assert_eq!(
            refused(&[("bar", "drop"), ("extras", "bell")]),
            "Lenker: Rennlenker und Zubehör: Klingel passen nicht zusammen. Am Rennlenker ist kein Platz für eine Klingel."
        );
        assert_eq!(
            refused(&[("bar", "swept"), ("extras", "lamp,lock")]),
            "Lenker: Hollandlenker geht nicht ohne Zubehör: Gepäckträger. Lenker: Hollandlenker gibt es nur mit Zubehör: 0 oder Zubehör: Gepäckträger."
        );
        let design = product.complete(&choices(&[("name", "ADA")]), product.standard()).unwrap();
        let lines: Vec<String> = product.quote(&design).lines.into_iter().map(|line| line.label).collect();
        assert_eq!(lines, ["Grundpreis", "Name: „ADA“"]);
        let extras = product.by_code("extras").unwrap();
        assert_eq!(product.describe(extras, design.value(extras)), "Ohne");
        let locked = [("standard = \"flat\"", "standard = \"flat\"\nlocked = true")];
        let (other, drop) = (german(&locked, false), choices(&[("bar", "drop")]));
        let design =
            drop.iter().fold(other.standard().clone(), |design, (id, value)| design.with(id, value.clone()));
        assert_eq!(other.validate(&design)[0].sentence, "Lenker: immer Flat.");
    }

    #[test]
    fn the_engine_speaks_english_where_it_has_no_words() {
        for tag in ["fr", "den", "en-GB"] {
            let text = format!("language = \"{tag}\"\n{}", BIKE.trim_start());
            let product = read(&text);
            assert_eq!(product.language, tag);
            let (extras, none) = product.read_choice("extras", "").unwrap();
            assert_eq!(product.describe(extras, &none), "None");
        }
    }

    #[test]
    fn what_a_text_takes_is_told_in_words() {
        for (allowed, words) in [
            ("A-Z0-9a-z", "letters and digits"),
            ("a-z", "small letters"),
            ("A-Za-zÀ-ÿ .&", "letters, accented letters, spaces and . &"),
            ("А-Я", "А–Я"),
            ("", "printable characters"),
        ] {
            let product = read(&BIKE.replace("A-Z0-9 .&", allowed));
            let name = product.by_code("name").unwrap();
            let Kind::Text { allowed, .. } = &product.attribute(name).kind else { panic!("no text") };
            assert_eq!(allowed.in_words(&product.words().engine), words);
        }
    }
}
