//! Translations whose texts as written changed: marked, followed and cleared.

#[cfg(test)]
mod tests {
    use configurator::TextPlace;
    use configurator::source::{Source, StaleSource};
    use time::{Date, Month};

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
        "name": "Mug", "summary": "A mug.", "description": "Made by hand.", "search_words": "cup, beaker", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
        "uses": { "question": "What for?", "answers": [
            { "code": "tea", "label": "Tea", "people": "tea drinkers" }, { "code": "milk", "label": "Milk", "people": "milk drinkers" },
        ] },
        "benefits": [{ "code": "warm", "label": "Warm" }],
        "steps": [{ "code": "looks", "label": "Looks" }],
        "attributes": [
            { "code": "glaze", "step": "looks", "label": "Glaze", "help": "How it shines.", "kind": "choice", "standard": "red", "options": [
                { "code": "red", "label": "Red", "description": "Warm." }, { "code": "blue", "label": "Blue" },
            ]},
            { "code": "height", "step": "looks", "label": "Height", "unit": "cm", "kind": "number", "standard": 9, "min": 7, "max": 12 },
        ],
        "rules": [
            { "code": "one", "rule": "glaze = red implies height < 10", "sentence": "Red ones are small." },
            { "code": "two", "rule": "glaze = blue implies height > 7" },
        ],
        "prices": [
            { "label": "Gift box", "amount": 300 }, { "label": "Tall", "when": "height > 10", "amount": 100 },
        ],
        "no_returns": [{ "reason": "made for you" }],
        "designs": [{ "code": "gift", "label": "Gift", "summary": "To give.", "values": { "height": 8 } }],
        "translations": { "de": {
            "name": "Becher", "steps": { "looks": "Aussehen" },
            "attributes": { "glaze": { "label": "Glasur", "options": { "red": { "label": "Rot" }, "blue": { "label": "Blau" } } } },
            "rules": { "one": "Rote sind klein.", "two": "Blaue sind hoch." },
            "prices": { "Gift box": "Geschenkkarton", "Tall": "Hoch" },
            "no_returns": { "made for you": "für dich gemacht" },
        }},
    }))
    .unwrap()
    }

    fn day(day: u8) -> Date {
        Date::from_calendar_date(2026, Month::November, day).unwrap()
    }

    /// The product after an edit on a day, by somebody who saw it as it was.
    fn edited(before: &Source, on: u8, edit: impl FnOnce(&mut Source)) -> Source {
        let mut after = before.clone();
        edit(&mut after);
        after.follow_originals(before, before, day(on));
        after
    }

    /// The marks of the German texts: where, since when, what the text said.
    fn marks(source: &Source) -> Vec<(&str, &str, &str)> {
        let marks = source.translations["de"].stale.iter();
        marks
            .map(|(path, StaleSource { since, was })| (path.as_str(), since.as_str(), was.as_str()))
            .collect()
    }

    #[test]
    fn every_text_has_a_place_and_is_written_there() {
        let source = source();
        let mut texts = configurator::source::TextsSource::default();
        let originals = source.originals();
        for (place, original) in &originals {
            assert_eq!(texts.get(place), None, "{}", place.path());
            texts.set(place, Some(format!("[{original}]")));
        }
        let mut patterns: Vec<String> = originals
            .iter()
            .map(|(place, _)| {
                let codes =
                    ["tea", "milk", "warm", "looks", "glaze", "height", "red", "blue", "one", "two", "gift"];
                let segments = place.path();
                let segments = segments.split('.').map(|part| {
                    let is_code =
                        codes.contains(&part) || ["Gift box", "Tall", "made for you"].contains(&part);
                    if is_code { "*" } else { part }
                });
                segments.collect::<Vec<_>>().join(".")
            })
            .collect();
        patterns.sort();
        patterns.dedup();
        let mut all = TextPlace::PATTERNS;
        all.sort_unstable();
        assert_eq!(patterns, all);
        // Written so, the file takes them, and each stands in its place.
        let mut translated = source.clone();
        translated.translations = [("fr".to_owned(), texts.clone())].into();
        configurator::Product::check(&translated).unwrap();
        let french = translated.in_language("fr");
        assert_eq!(
            (&*french.attributes[0].options[0].description, &*french.prices[1].label),
            ("[Warm.]", "[Tall]")
        );
        for (place, _) in &originals {
            texts.set(place, None);
        }
        assert_eq!(texts, configurator::source::TextsSource::default());
    }

    #[test]
    fn another_text_makes_its_translation_stale_until_it_is_as_it_was() {
        let changed =
            edited(&source(), 12, |source| source.attributes[0].options[0].label = "Rust".to_owned());
        assert_eq!(marks(&changed), [("attributes.glaze.options.red.label", "2026-11-12", "Red")]);
        // What changes again is stale since the first time, of the text that was translated.
        let again = edited(&changed, 14, |source| source.attributes[0].options[0].label = "Ochre".to_owned());
        assert_eq!(marks(&again), marks(&changed));
        let back = edited(&again, 15, |source| source.attributes[0].options[0].label = " Red".to_owned());
        assert_eq!(marks(&back), []);
        // A new translation is one of the new text.
        let translated = edited(&again, 15, |source| {
            let german = source.translations.get_mut("de").unwrap();
            german.set(&TextPlace::Option("glaze".to_owned(), "red".to_owned()), Some("Ocker".to_owned()));
        });
        assert_eq!(marks(&translated), []);
        // What is not translated is missing, and not stale.
        let untranslated = edited(&source(), 12, |source| source.summary = "A cup.".to_owned());
        assert_eq!(marks(&untranslated), []);
    }

    #[test]
    fn what_is_taken_for_right_stays_right_until_the_text_changes_again() {
        let stale = edited(&source(), 12, |source| source.name = "Cup".to_owned());
        let right = edited(&stale, 13, |source| source.translations.get_mut("de").unwrap().stale.clear());
        assert_eq!(marks(&right), []);
        assert_eq!(right.translations["de"].name.as_deref(), Some("Becher"));
        let again = edited(&right, 14, |source| source.name = "Bowl".to_owned());
        assert_eq!(marks(&again), [("name", "2026-11-14", "Cup")]);
    }

    #[test]
    fn who_translated_a_text_that_others_changed_meanwhile_translated_the_former_one() {
        let seen = source();
        let theirs = edited(&seen, 12, |source| source.summary = "A cup.".to_owned());
        let mut merged = theirs.clone();
        merged.translations.get_mut("de").unwrap().set(&TextPlace::Summary, Some("Ein Becher.".to_owned()));
        merged.follow_originals(&theirs, &seen, day(13));
        assert_eq!(marks(&merged), [("summary", "2026-11-13", "A mug.")]);
        // The same for what was taken for right.
        let stale = edited(&seen, 12, |source| source.name = "Cup".to_owned());
        let theirs = edited(&stale, 13, |source| source.name = "Bowl".to_owned());
        let mut merged = theirs.clone();
        merged.translations.get_mut("de").unwrap().stale.clear();
        merged.follow_originals(&theirs, &stale, day(14));
        assert_eq!(marks(&merged), [("name", "2026-11-14", "Cup")]);
    }

    #[test]
    fn a_rule_without_a_sentence_is_its_condition() {
        let changed = edited(&source(), 12, |source| {
            source.rules[0].rule = "glaze = red implies height < 9".to_owned();
            source.rules[1].rule = "glaze = blue implies height > 8".to_owned();
        });
        assert_eq!(marks(&changed), [("rules.two", "2026-11-12", "glaze = blue implies height > 7")]);
    }

    #[test]
    fn surcharges_and_reasons_keep_their_translations_under_another_text() {
        let changed = edited(&source(), 12, |source| {
            source.prices[0].label = "Box".to_owned();
            source.prices.swap(0, 1);
            source.no_returns[0].reason = "made to order".to_owned();
        });
        let german = &changed.translations["de"];
        assert_eq!(
            (&*german.prices["Box"], &*german.prices["Tall"], german.prices.len()),
            ("Geschenkkarton", "Hoch", 2)
        );
        assert_eq!(german.no_returns["made to order"], "für dich gemacht");
        let expected = [
            ("no_returns.made to order", "2026-11-12", "made for you"),
            ("prices.Box", "2026-11-12", "Gift box"),
        ];
        assert_eq!(marks(&changed), expected);
        // Again, and back.
        let again = edited(&changed, 13, |source| source.prices[1].label = "A box".to_owned());
        assert_eq!(marks(&again)[1], ("prices.A box", "2026-11-12", "Gift box"));
        let back = edited(&again, 14, |source| source.prices[1].label = "Gift box".to_owned());
        assert_eq!(marks(&back).len(), 1);
        // What is dearer, too, is the one in its place.
        let dearer = edited(&source(), 12, |source| {
            source.prices[0].label = "Box".to_owned();
            source.prices[0].amount = 400;
        });
        assert_eq!(dearer.translations["de"].prices["Box"], "Geschenkkarton");
        // What goes takes its translation along.
        let gone = edited(&changed, 12, |source| drop(source.prices.remove(1)));
        assert_eq!(gone.translations["de"].prices.len(), 1);
        assert_eq!(marks(&gone).len(), 1);
    }

    #[test]
    fn marks_go_along_with_codes_and_go_with_what_is_removed() {
        let mut changed = edited(&source(), 12, |source| {
            source.attributes[0].label = "Colour".to_owned();
            source.attributes[0].options[1].label = "Navy".to_owned();
        });
        let file = serde_json::to_string(&changed).unwrap();
        assert_eq!(serde_json::from_str::<Source>(&file).unwrap(), changed);
        changed.rename_option("glaze", "blue", "navy").unwrap();
        changed.rename_attribute("glaze", "colour").unwrap();
        let options = ("attributes.colour.options.navy.label", "2026-11-12", "Blue");
        assert_eq!(marks(&changed), [("attributes.colour.label", "2026-11-12", "Glaze"), options]);
        let moved = edited(&changed, 13, |source| {
            source.attributes.swap(0, 1);
            source.attributes[1].options.swap(0, 1);
        });
        assert_eq!(marks(&moved), marks(&changed));
        let gone = edited(&moved, 13, |source| {
            source.attributes[1].options.remove(0);
            source.rules.remove(1);
        });
        assert_eq!(marks(&gone).len(), 1);
        configurator::Product::check(&gone).unwrap();
    }

    #[test]
    fn marks_of_nothing_are_told() {
        let mut source = source();
        let german = source.translations.get_mut("de").unwrap();
        let mark = |since: &str| StaleSource { since: since.to_owned(), was: "Cup".to_owned() };
        german.stale = [("name", "12 November"), ("summary", "2026-11-12")]
            .map(|(path, since)| (path.to_owned(), mark(since)))
            .into();
        let problems = configurator::Product::check(&source).unwrap_err();
        let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, ["translations.de.stale.name.since", "translations.de.stale.summary"]);
    }
}
