use super::*;

fn source() -> Source {
    serde_json::from_value(serde_json::json!({
        "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
        "budget": { "ceiling": 5 },
        "steps": [{ "code": "all", "label": "All" }],
        "benefits": [{ "code": "warm", "label": "Keeps warm" }],
        "attributes": [
            { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                { "code": "red", "label": "Red", "swatch": "#aa2211", "weight": 9, "points": 1, "description": "Warm.", "parts": ["A-1"],
                  "benefits": { "warm": 2 }, "values": { "shine": 3 } },
                { "code": "blue", "label": "Blue", "swatch": "#1122aa", "weight": 8, "points": 1, "description": "Cold.", "parts": ["A-2"],
                  "benefits": { "warm": 1 }, "values": { "shine": 3 }, "price": 150, "lead_time_days": 2 },
                { "code": "green", "label": "Green", "swatch": "#11aa22", "weight": 8, "points": 1, "description": "Calm.", "parts": ["A-3"],
                  "benefits": { "warm": 1 }, "values": { "shine": 2 }, "price": 100, "lead_time_days": 2 },
                { "code": "grey", "label": "Grey", "swatch": "#666666", "weight": 8, "points": 1, "description": "Plain.", "parts": ["A-4"],
                  "benefits": { "warm": 1 }, "values": { "shine": 2 }, "price": 100, "lead_time_days": 2 },
            ]},
            { "code": "wood", "step": "all", "label": "Saucer", "kind": "choice", "standard": "none", "options": [
                { "code": "none", "label": "None" },
                { "code": "oak", "label": "Oak" }, { "code": "ash", "label": "Ash" }, { "code": "elm", "label": "Elm" },
            ]},
            { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
        ],
        "prices": [
            { "label": "Oak", "amount": 20, "when": "wood = oak", "each": "height" },
            { "label": "Ash", "amount": 15, "when": "wood = ash", "each": "height" },
            { "label": "Elm", "amount": 15, "when": "wood = elm", "each": "height" },
        ],
        "layers": [
            { "file": "mug.svg", "tint": { "mug": "glaze" } },
            { "file": "oak.svg", "when": "wood = oak" }, { "file": "ash.svg", "when": "wood = ash" },
            { "file": "elm.svg", "when": "wood = elm and height > 8" }, { "file": "shade.svg", "when": "wood != none" },
        ],
        "translations": { "de": {
            "name": "Becher", "summary": "Ein Becher.", "steps": { "all": "Alles" }, "benefits": { "warm": "Hält warm" },
            "prices": { "Oak": "Eiche", "Ash": "Esche", "Elm": "Ulme" },
            "attributes": {
                "glaze": { "label": "Glasur", "options": {
                    "red": { "label": "Rot", "description": "Warm." }, "blue": { "label": "Blau", "description": "Kalt." },
                    "green": { "label": "Grün", "description": "Ruhig." }, "grey": { "label": "Grau", "description": "Schlicht." },
                }},
                "wood": { "label": "Untertasse", "options": {
                    "none": { "label": "Keine" }, "oak": { "label": "Eiche" }, "ash": { "label": "Esche" }, "elm": { "label": "Ulme" },
                }},
                "height": { "label": "Höhe" },
            },
        }},
    }))
    .unwrap()
}

/// What is found after an edit, languages left out: the code, the place and what it is about.
fn found(edit: impl FnOnce(&mut Source)) -> Vec<(&'static str, String, String)> {
    let mut source = source();
    edit(&mut source);
    source.drop_stray_translations();
    let product = Product::check(&source).unwrap();
    let told = |finding: Finding| (finding.gap.code(), finding.place(), finding.about);
    let of_options =
        findings(&source, &product).into_iter().filter(|finding| finding.gap != Gap::Translation);
    of_options.map(told).collect()
}

#[test]
fn what_is_complete_has_no_findings() {
    assert_eq!(found(|_| {}), []);
}

#[test]
fn each_gap_is_found_at_its_place() {
    type Edit = fn(&mut OptionSource);
    let green: [(Edit, &str, &str, &str); 10] = [
        (|option| option.price = 0, "price", ".price", ""),
        (|option| option.lead_time_days = 0, "lead_time", ".lead_time_days", ""),
        (|option| option.weight = 0, "weight", ".weight", ""),
        (|option| option.points = None, "points", ".points", ""),
        (|option| option.parts.clear(), "parts", ".parts", ""),
        (|option| option.description = " ".into(), "description", ".description", ""),
        (|option| option.benefits.clear(), "benefits", "", ""),
        (|option| option.values.clear(), "values", ".values", "shine"),
        (|option| option.label = "blue ".into(), "same_name", ".label", "Blue"),
        (|option| option.swatch = Some("#1122AA".into()), "same_swatch", ".swatch", "Blue"),
    ];
    for (edit, code, field, about) in green {
        let found = found(|source| edit(&mut source.attributes[0].options[2]));
        assert_eq!(found, [(code, format!("attributes.0.options.2{field}"), about.to_owned())]);
    }
    let place = "attributes.0.options.2".to_owned();
    let no_colour = found(|source| source.attributes[0].options[2].swatch = None);
    assert_eq!(no_colour, [("swatch", format!("{place}.swatch"), String::new())]);
}

/// What is drawn for one is asked of all, whichever it is; the standard is what the picture shows without it.
#[test]
fn one_drawing_asks_for_the_others() {
    let drawn_alone = |at: usize, standard: &str| {
        let mut found = found(|source| {
            let options = &mut source.attributes[1].options;
            options.remove(0);
            options.push(OptionSource { label: "Beech".into(), ..options[0].clone() });
            options[3].code = "beech".into();
            let code = options[at].code.clone();
            source.attributes[1].standard = ValueSource::Text(standard.to_owned());
            source.prices.clear();
            source.layers.truncate(2);
            source.layers[1].when = Some(format!("wood = {code}"));
        });
        found.retain(|(code, ..)| *code == "layer");
        found
            .into_iter()
            .map(|(_, place, _)| place.rsplit_once('.').unwrap().1.to_owned())
            .collect::<Vec<_>>()
    };
    // Oak is the standard: of four only that is drawn, or only one of the others.
    assert_eq!(drawn_alone(0, "oak"), ["1", "2", "3"]);
    assert_eq!(drawn_alone(2, "oak"), ["1", "3"]);
}

#[test]
fn a_language_tells_once_how_many_texts_it_lacks() {
    let told = |edit: fn(&mut Source)| {
        let mut source = source();
        edit(&mut source);
        source.drop_stray_translations();
        let found = findings(&source, &Product::check(&source).unwrap()).into_iter();
        let found = found.filter(|finding| finding.gap == Gap::Translation);
        found.map(|finding| (finding.place(), finding.beside)).collect::<Vec<_>>()
    };
    let german = |missing| [("translations.de".to_owned(), (missing, 22))];
    assert_eq!(told(|_| {}), []);
    fn without_texts(source: &mut Source) {
        let texts = source.translations.get_mut("de").unwrap();
        (texts.summary, texts.benefits) = (None, BTreeMap::new());
        let glaze = texts.attributes.get_mut("glaze").unwrap();
        glaze.options.get_mut("green").unwrap().description = None;
    }
    assert_eq!(told(without_texts), german(3));
    // What is off the menu, or meant, needs none.
    assert_eq!(
        told(|source| {
            without_texts(source);
            source.attributes[0].options[2].meant = vec!["translation".into()];
        }),
        [("translations.de".to_owned(), (2, 20))]
    );
    assert_eq!(
        told(|source| {
            without_texts(source);
            source.meant = vec!["translation.de".into()];
        }),
        []
    );
    // A variant takes the rest from its language, the one as written too.
    assert_eq!(
        told(|source| {
            for tag in ["de-AT", "en-GB"] {
                source.translations.insert(tag.into(), crate::source::TextsSource::default());
                source.translations.get_mut(tag).unwrap().name = Some("Häferl".into());
            }
        }),
        []
    );
    // Of a rule without a sentence one is made.
    assert_eq!(
        told(|source| {
            let rule = |code: &str, sentence: &str| crate::source::RuleSource {
                code: code.into(),
                rule: "height < 12".into(),
                sentence: sentence.into(),
            };
            source.rules = vec![rule("low", ""), rule("lower", "Choose a lower one.")];
        }),
        [("translations.de".to_owned(), (1, 23))]
    );
}

#[test]
fn surcharges_and_layers_are_found_by_what_they_depend_on() {
    let place = "attributes.1.options.4".to_owned();
    let beech = |source: &mut Source| {
        let beech = OptionSource {
            code: "beech".into(),
            label: "Beech".into(),
            available: true,
            ..OptionSource::default()
        };
        source.attributes[1].options.push(beech);
    };
    let expected = [("surcharge", place.clone(), String::new()), ("layer", place, String::new())];
    assert_eq!(found(beech), expected);
    let priced = found(|source| {
        beech(source);
        source.prices[0].when = Some("wood in (oak, beech)".into());
        source.layers[1].when = Some("wood in (oak, beech)".into());
    });
    assert_eq!(priced, []);
}

#[test]
fn the_standard_none_and_what_is_off_the_menu_lack_nothing() {
    assert_eq!(found(|source| source.attributes[0].options[1].price = 0)[0].0, "price");
    assert_eq!(found(|source| source.attributes[0].options[0].price = 0), []);
    let off = found(|source| {
        source.attributes[0].options[2] =
            OptionSource { code: "green".into(), label: "Green".into(), ..OptionSource::default() };
    });
    assert_eq!(off, []);
}

/// Of two, one has parts: the other may have been forgotten, the standard as well.
#[test]
fn parts_are_asked_for_where_one_beside_has_some() {
    let with_parts = |at: usize| {
        found(|source| {
            source.attributes[1].options.truncate(3);
            source.prices.truncate(2);
            source.layers.remove(3);
            source.attributes[1].options[at].parts = vec!["OAK-1".into(), "OAK-1".into()];
        })
    };
    for (at, other) in [(1, 2), (2, 1)] {
        let place = format!("attributes.1.options.{other}.parts");
        assert_eq!(with_parts(at), [("parts", place, String::new())]);
    }
    // What leaves something off needs none.
    assert_eq!(
        found(|source| {
            source.attributes[1].options.truncate(2);
            source.prices.truncate(1);
            source.layers.drain(2..4);
            source.attributes[1].options[1].parts = vec!["OAK-1".into()];
        }),
        []
    );
}

#[test]
fn codes_of_parts_can_be_written_in_a_line() {
    let mut source = source();
    source.attributes[0].options[0].parts =
        ["A 1/2", "=2", "", "a,b", "a;b", " a", "a\nb", &"x".repeat(81)].map(str::to_owned).into();
    let problems = Product::check(&source).unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, [2, 3, 4, 5, 6, 7].map(|at| format!("attributes.0.options.0.parts.{at}")));
}

#[test]
fn what_is_meant_is_no_finding() {
    let found = found(|source| {
        source.attributes[0].options[2].price = 0;
        source.attributes[0].options[2].weight = 0;
        source.attributes[0].options[2].meant = vec!["price".into()];
    });
    assert_eq!(found.iter().map(|(code, ..)| *code).collect::<Vec<_>>(), ["weight"]);
}

#[test]
fn a_product_that_costs_nothing_or_is_ready_at_once_is_found_until_that_is_meant() {
    let expected = |code, place: &str| (code, place.to_owned(), String::new());
    let free = |source: &mut Source| source.base_price = 0;
    assert_eq!(found(free), [expected("price", "base_price")]);
    assert_eq!(found(|source| source.lead_time_days = 0), [expected("lead_time", "lead_time_days")]);
    // What the standard has of its options counts.
    let dear = |source: &mut Source| {
        source.base_price = 0;
        source.attributes[0].options[0].price = 900;
    };
    assert_eq!(found(dear), []);
    let meant = |source: &mut Source| {
        (source.base_price, source.lead_time_days) = (0, 0);
        source.meant = vec!["price".to_owned(), "lead_time".to_owned()];
    };
    assert_eq!(found(meant), []);
}

#[test]
fn a_mark_that_means_nothing_is_a_problem() {
    let mut source = source();
    source.attributes[0].options[2].meant = vec!["prise".into()];
    let problems = Product::check(&source).unwrap_err();
    assert_eq!(problems[0].place, "attributes.0.options.2.meant.0");
    assert!(problems[0].advice.contains("price"), "{}", problems[0].advice);
    source.attributes[0].options[2].meant.clear();
    source.meant = vec!["price".into(), "weight".into()];
    assert_eq!(Product::check(&source).unwrap_err()[0].place, "meant.1");
    source.meant = vec!["translation.de".into(), "translation".into(), "translation.DE".into()];
    let places = Product::check(&source).unwrap_err().into_iter().map(|problem| problem.place);
    assert_eq!(places.collect::<Vec<_>>(), ["meant.1", "meant.2"]);
    for gap in Gap::ALL {
        assert_eq!(Gap::named(gap.code()), Some(gap));
    }
}

#[test]
fn stale_translations_are_found_by_language() {
    let mut source = source();
    source.translations = serde_json::from_value(serde_json::json!({
        "de": { "name": "Becher", "summary": "Ein Becher.", "stale": { "name": { "since": "2026-11-12", "was": "Cup" } } },
        "fr": { "name": "Tasse" },
    }))
    .unwrap();
    let found = findings(&source, &Product::check(&source).unwrap());
    let stale: Vec<_> = found.iter().filter(|finding| finding.gap == Gap::Stale).collect();
    assert_eq!(stale.len(), 1);
    assert_eq!((stale[0].about.as_str(), stale[0].beside), ("de", (1, 2)));
    assert_eq!(stale[0].place(), "translations.de");
    // It is never meant for good.
    assert_eq!(Gap::named("stale"), None);
}
