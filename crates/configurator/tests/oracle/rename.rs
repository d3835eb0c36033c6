//! Another code for an attribute or an option: everything that refers to it follows, and every design is what it was.

use configurator::source::{
    DesignSource, ExpectSource, KindSource, LayerSource, Source, TestSource, TextsSource, ValueSource,
};
use configurator::{Kind, Product, RenameError, Value};
use proptest::prelude::*;

use crate::world::{Engine, Judged, Tape, World, config};

/// The product of a world with everything that refers to attributes and options by their codes.
pub fn full(world: &World, tape: &mut Tape) -> Source {
    let mut source = world.source.clone();
    source.designs = ready_made(world);
    let tinting = source.attributes.iter_mut().find(|known| known.kind == KindSource::Choice);
    if let Some(tinting) = tinting {
        tinting.options[0].swatch = Some("#aa2211".to_owned());
        source.layers.push(LayerSource {
            file: Some("tinted.svg".to_owned()),
            tint: [("part".to_owned(), tinting.code.clone())].into(),
            ..LayerSource::default()
        });
    }
    let values = source
        .attributes
        .iter()
        .filter(|known| known.applies.is_none())
        .map(|known| (known.code.clone(), known.standard.clone()))
        .collect();
    source.tests = vec![TestSource {
        code: "as_ever".into(),
        label: "As ever".into(),
        values,
        expects: ExpectSource::Valid,
        price: None,
    }];
    let conditions: Vec<String> = source.rules.iter().map(|rule| rule.rule.clone()).collect();
    for condition in &conditions {
        let text = source.attributes.iter().find(|known| known.max_length.is_some());
        let number = source
            .attributes
            .iter()
            .find(|known| known.step_size.is_some() || known.options.is_empty() && known.max.is_some());
        source.layers.push(LayerSource {
            text: text.map(|text| text.code.clone()),
            file: text.is_none().then(|| "one.svg".to_owned()),
            when: tape.one_in(2).then(|| condition.clone()),
            x: Some(number.map_or("1".to_owned(), |number| format!("{} * 2", number.code))),
            y: Some("3".to_owned()),
            font_size: text.map(|_| 12),
            width: text.is_none().then(|| "4".to_owned()),
            height: text.is_none().then(|| "5".to_owned()),
            ..LayerSource::default()
        });
    }
    let mut german = TextsSource::default();
    for attribute in &source.attributes {
        let texts = german.attributes.entry(attribute.code.clone()).or_default();
        texts.label = Some(format!("Merkmal {}", attribute.code));
        for option in &attribute.options {
            texts.options.entry(option.code.clone()).or_default().label =
                Some(format!("Wahl {}", option.code));
        }
    }
    source.translations.insert("de".to_owned(), german);
    source
}

/// Up to two valid designs besides the standard, with a value for all that applies.
fn ready_made(world: &World) -> Vec<DesignSource> {
    let standard = world.values(world.product.standard());
    let others = world.designs.iter().filter(|judged| judged.valid && judged.values != standard);
    let written = |(at, judged): (usize, &Judged)| DesignSource {
        code: format!("made_{at}"),
        label: format!("Made {at}"),
        summary: "As made.".to_owned(),
        values: world
            .ids
            .iter()
            .zip(&judged.values)
            .filter(|(_, value)| **value != Value::Absent)
            .map(|(id, value)| {
                let text = world.product.write_value(*id, value);
                let written = match value {
                    Value::Number(number) => ValueSource::Number(*number),
                    Value::Options(_) => ValueSource::List(
                        text.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
                    ),
                    _ => ValueSource::Text(text),
                };
                (world.product.attribute(*id).code.clone(), written)
            })
            .collect(),
    };
    others.take(2).enumerate().map(written).collect()
}

pub fn checked(source: &Source) -> Product {
    Product::check(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source:#?}"))
}

fn options_mut(kind: &mut Kind) -> &mut [configurator::Opt] {
    match kind {
        Kind::Choice { options } | Kind::MultiChoice { options, .. } => options,
        Kind::Number { .. } | Kind::Text { .. } => &mut [],
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_renamed_product_is_the_same_but_for_its_codes(numbers in prop::collection::vec(any::<u16>(), 60..400)) {
        let mut tape = Tape::new(&numbers);
        let world = World::new(&mut tape, Engine::Diagram);
        let mut source = full(&world, &mut tape);
        let [mut expected, mut german] = ["en", "de"].map(|tag| checked(&source.in_language(tag)));
        for _ in 0..=tape.pick(3) {
            let at = tape.pick(source.attributes.len());
            let (attribute, options) = (source.attributes[at].code.clone(), source.attributes[at].options.clone());
            // A code that something else has already, as far as it may.
            let new = match tape.pick(3) {
                0 => "renamed".to_owned(),
                1 => source.attributes.iter().flat_map(|known| &known.options).next().map_or("size".to_owned(), |option| option.code.clone()),
                _ => source.attributes[0].code.clone(),
            };
            if tape.one_in(2) && !options.is_empty() {
                let option = tape.pick(options.len());
                let before = source.clone();
                let renamed = source.rename_option(&attribute, &options[option].code, &new);
                if options.iter().any(|known| known.code == new && known.code != options[option].code) {
                    prop_assert_eq!(renamed, Err(RenameError::Taken(new)));
                    prop_assert_eq!(&source, &before);
                    continue;
                }
                prop_assert_eq!(renamed, Ok(()));
                for product in [&mut expected, &mut german] {
                    options_mut(&mut product.attributes[at].kind)[option].code.clone_from(&new);
                }
            } else {
                let before = source.clone();
                let renamed = source.rename_attribute(&attribute, &new);
                if before.attributes.iter().any(|known| known.code == new && known.code != attribute) {
                    prop_assert_eq!(renamed, Err(RenameError::Taken(new)));
                    prop_assert_eq!(&source, &before);
                    continue;
                }
                prop_assert_eq!(renamed, Ok(()));
                for product in [&mut expected, &mut german] {
                    product.attributes[at].code.clone_from(&new);
                }
            }
        }
        // The conditions are those of before, over ids: so is every design that they allow.
        prop_assert_eq!(&checked(&source), &expected, "{:#?}", source);
        prop_assert_eq!(&checked(&source.in_language("de")), &german, "{:#?}", source);
        let always = source.attributes.iter().filter(|known| known.applies.is_none());
        let mut codes: Vec<&String> = always.map(|known| &known.code).collect();
        codes.sort();
        prop_assert_eq!(source.tests[0].values.keys().collect::<Vec<_>>(), codes);
    }
}

/// A shoe with one rule; its sole and its colour both have an oat.
fn shoe(rule: &str) -> Source {
    serde_json::from_value(serde_json::json!({
        "name": "Shoe", "summary": "A shoe.", "currency": "EUR", "base_price": 0, "lead_time_days": 1,
        "steps": [{ "code": "all", "label": "All" }],
        "attributes": [
            { "code": "sole", "step": "all", "label": "Sole", "kind": "choice", "standard": "road", "options": [
                { "code": "road", "label": "Road" }, { "code": "trail", "label": "Trail" }, { "code": "oat", "label": "Oat" },
            ]},
            { "code": "colour", "step": "all", "label": "Colour", "kind": "choice", "standard": "oat", "options": [
                { "code": "oat", "label": "Oat" }, { "code": "ash", "label": "Ash" },
            ]},
            { "code": "size", "step": "all", "label": "Size", "kind": "number", "standard": 40, "min": 30, "max": 50 },
        ],
        "rules": [{ "code": "one", "rule": rule }],
        "prices": [{ "label": "Large", "amount": 5, "when": "sole = trail", "each": "size - 2" }],
    }))
    .unwrap()
}

fn rule(source: &Source) -> String {
    source.rules[0].rule.clone()
}

#[test]
fn codes_change_in_tables_too() {
    let mut shoe = shoe("(sole, colour, size) in (\n  (road or trail, oat, 30..40),\n  (oat, ash, *),\n)");
    let is_sound = |source: &Source| Product::check(source).is_ok();
    assert!(is_sound(&shoe));
    shoe.rename_option("colour", "oat", "cream").unwrap();
    assert_eq!(
        rule(&shoe),
        "(sole, colour, size) in (\n  (road or trail, cream, 30..40),\n  (oat, ash, *),\n)"
    );
    shoe.rename_attribute("sole", "outsole").unwrap();
    shoe.rename_option("outsole", "trail", "hills").unwrap();
    assert_eq!(
        rule(&shoe),
        "(outsole, colour, size) in (\n  (road or hills, cream, 30..40),\n  (oat, ash, *),\n)"
    );
    assert!(is_sound(&shoe));
}

#[test]
fn what_can_not_be_read_is_renamed_where_it_can_mean_nothing_else() {
    let mut renamed = shoe("if  sole = trail then colour = oat and");
    renamed.rename_attribute("sole", "outsole").unwrap();
    assert_eq!(rule(&renamed), "if  outsole = trail then colour = oat and");
    assert_eq!(renamed.prices[0].when.as_deref(), Some("outsole = trail"));
    renamed.rename_option("outsole", "trail", "hills").unwrap();
    assert_eq!(rule(&renamed), "if  outsole = hills then colour = oat and");
    renamed.rename_attribute("size", "length").unwrap();
    assert_eq!(renamed.prices[0].each.as_deref(), Some("length - 2"));
    // Whose oat that is, only a rule that can be read says.
    renamed.rename_option("colour", "oat", "cream").unwrap();
    assert_eq!(rule(&renamed), "if  outsole = hills then colour = oat and");
    renamed.rename_option("outsole", "road", "street").unwrap();
    assert_eq!(renamed.attributes[0].standard, ValueSource::Text("street".to_owned()));
    for (new, error) in [
        ("Colour", RenameError::Malformed("Colour".to_owned())),
        ("implies", RenameError::Malformed("implies".to_owned())),
        ("", RenameError::Malformed(String::new())),
        ("length", RenameError::Taken("length".to_owned())),
    ] {
        assert_eq!(renamed.rename_attribute("colour", new), Err(error));
    }
    assert_eq!(renamed.rename_attribute("gone", "here"), Err(RenameError::Unknown("gone".to_owned())));
}
