//! What forms change.

use configurator::source::{BudgetSource, ValueSource};

use super::*;

fn source() -> Source {
    serde_json::from_value(serde_json::json!({
        "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
        "steps": [{ "code": "looks", "label": "Looks" }, { "code": "size", "label": "Size" }],
        "attributes": [
            { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                { "code": "red", "label": "Red", "swatch": "#aa2211" },
                { "code": "blue", "label": "Blue", "price": 150, "weight": 9 },
            ]},
            { "code": "height", "step": "size", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
            { "code": "extras", "step": "looks", "label": "Extras", "kind": "multi-choice", "standard": ["lid"], "options": [
                { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" },
            ]},
            { "code": "words", "step": "looks", "label": "Words", "kind": "text", "standard": "", "max_length": 8 },
        ],
        "rules": [{ "code": "one", "rule": "glaze = red", "sentence": "Red." }],
    }))
    .unwrap()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn english(pairs: &[(String, String)]) -> Sent<'_> {
    Sent::new(pairs, Language::ENGLISH)
}

fn edit(section: Section, source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    let edited = section.edit(source, sent).map_err(|error| match error {
        EditError::Unreadable(fields) => fields,
        error => panic!("{error}"),
    });
    source.drop_stray_translations();
    edited
}

fn attribute(source: &mut Source, code: &str, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    edit(Section::Attribute(code.to_owned()), source, sent)
}

fn basics(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    edit(Section::Basics, source, sent)
}

fn rules(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    edit(Section::Rules, source, sent)
}

fn standard(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    edit(Section::Standard, source, sent)
}

fn budget(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    edit(Section::Budget, source, sent)
}

#[test]
fn an_empty_form_changes_nothing_but_boxes() {
    let mut changed = source();
    basics(&mut changed, english(&[])).unwrap();
    attribute(&mut changed, "glaze", english(&[])).unwrap();
    attribute(&mut changed, "height", english(&[])).unwrap();
    attribute(&mut changed, "unknown", english(&[])).unwrap();
    rules(&mut changed, english(&[])).unwrap();
    standard(&mut changed, english(&[])).unwrap();
    budget(&mut changed, english(&[])).unwrap();
    assert_eq!(changed, source());
}

#[test]
fn what_is_removed_takes_its_translations_with_it() {
    let mut changed = source();
    changed.translations = serde_json::from_value(serde_json::json!({ "de": {
        "attributes": { "glaze": { "options": { "red": { "label": "Rot" }, "blue": { "label": "Blau" } } } },
        "rules": { "one": "Rot." },
    }}))
    .unwrap();
    attribute(&mut changed, "glaze", english(&pairs("do=remove-all:blue"))).unwrap();
    rules(&mut changed, english(&pairs("do=remove-all:one"))).unwrap();
    let german = &changed.translations["de"];
    assert_eq!(german.attributes["glaze"].options.keys().collect::<Vec<_>>(), ["red"]);
    assert!(german.rules.is_empty());
}

#[test]
fn ready_made_designs_stay_but_for_what_is_removed() {
    let mut changed = source();
    changed.designs = serde_json::from_value(serde_json::json!([
        { "code": "gift", "label": "Gift", "summary": "To give.", "values": { "glaze": "blue", "extras": ["lid", "spoon"], "words": "Ada" } },
    ]))
    .unwrap();
    let before = changed.designs.clone();
    attribute(&mut changed, "glaze", english(&pairs("label=Colour&label.blue=Navy"))).unwrap();
    standard(&mut changed, english(&pairs("standard.glaze=blue"))).unwrap();
    assert_eq!(changed.designs, before);
    attribute(&mut changed, "glaze", english(&pairs("do=remove-all:blue"))).unwrap();
    attribute(&mut changed, "extras", english(&pairs("do=remove-all:spoon"))).unwrap();
    let values = &changed.designs[0].values;
    assert_eq!(values.keys().collect::<Vec<_>>(), ["extras", "words"]);
    assert_eq!(values["extras"], ValueSource::List(vec!["lid".to_owned()]));
}

#[test]
fn changes_options_and_keeps_what_the_form_does_not_show() {
    let mut changed = source();
    let form = pairs(
        "label=Colour&label.red=Rust&price.red=&available.red=on&label.blue=Blue&price.blue=2,5&swatched.blue=on&swatch.blue=%23112233",
    );
    attribute(&mut changed, "glaze", english(&form)).unwrap();
    let glaze = &changed.attributes[0];
    assert_eq!(glaze.label, "Colour");
    assert_eq!((glaze.options[0].label.as_str(), glaze.options[0].price), ("Rust", 0));
    assert_eq!(glaze.options[0].swatch.as_deref(), Some("#aa2211"), "no colour was sent");
    let blue = &glaze.options[1];
    assert_eq!((blue.price, blue.available, blue.weight), (250, false, 9));
    assert_eq!(blue.swatch.as_deref(), Some("#112233"));
}

#[test]
fn a_price_is_not_emptied_without_a_word() {
    let mut priced = source();
    (priced.attributes[1].price, priced.attributes[3].price) = (Some(50), Some(300));
    for (code, field) in [("glaze", "price.blue"), ("height", "price"), ("words", "price")] {
        let mut changed = priced.clone();
        let wrong = attribute(&mut changed, code, english(&pairs(&format!("{field}=")))).unwrap_err();
        let expected = UnreadableField {
            field: field.to_owned(),
            message: "This had a price. Write 0 where it costs nothing more.".to_owned(),
        };
        assert_eq!(wrong, [expected]);
        attribute(&mut changed, code, english(&pairs(&format!("{field}=0")))).unwrap();
        let of = |code: &str| changed.attributes.iter().find(|attribute| attribute.code == code).unwrap();
        let free = [i64::from(code == "glaze") * of("glaze").options[1].price, of(code).price.unwrap_or(0)];
        assert_eq!(free, [0, 0], "{code}");
        // What costs nothing may be empty, and so may what never had a price.
        attribute(&mut changed, code, english(&pairs(&format!("{field}=")))).unwrap();
    }
    let mut changed = source();
    attribute(&mut changed, "glaze", english(&pairs("price.red=&new.label=Green&new.price="))).unwrap();
    assert_eq!(
        changed.attributes[0].options.iter().map(|option| option.price).collect::<Vec<_>>(),
        [0, 150, 0]
    );
    // A test design's price is asked for or not.
    changed.tests =
        serde_json::from_value(serde_json::json!([{ "code": "low", "label": "Low", "price": 900 }])).unwrap();
    edit(Section::Tests, &mut changed, english(&pairs("label.low=Low&price.low="))).unwrap();
    assert_eq!(changed.tests[0].price, None);
}

#[test]
fn says_when_an_attribute_applies() {
    let mut changed = source();
    for (form, expected) in [
        ("label=Glaze&applies=height+>+8", Some("height > 8")),
        ("label=Glaze", Some("height > 8")),
        ("label=Glaze&applies=", None),
    ] {
        attribute(&mut changed, "glaze", english(&pairs(form))).unwrap();
        assert_eq!(changed.attributes[0].applies.as_deref(), expected, "{form}");
    }
}

#[test]
fn says_what_can_not_be_read() {
    let mut changed = source();
    let messages =
        attribute(&mut changed, "glaze", english(&pairs("label.red=Red&price.red=a+lot"))).unwrap_err();
    assert_eq!(messages[0].field, "price.red");
    assert_eq!(messages[0].message, "'a lot' is no amount in EUR. Write it such as 12.50 or -3.");
    for (form, field) in [
        ("base_price=x", "base_price"),
        ("base_price=", "base_price"),
        ("lead_time_days=-1", "lead_time_days"),
    ] {
        assert_eq!(basics(&mut source(), english(&pairs(form))).unwrap_err()[0].field, field);
    }
    assert_eq!(
        attribute(&mut source(), "glaze", english(&pairs("do=add"))).unwrap_err()[0].field,
        "new.label"
    );
    assert_eq!(budget(&mut source(), english(&pairs("on=on&ceiling=many"))).unwrap_err()[0].field, "ceiling");
    assert_eq!(
        standard(&mut source(), english(&pairs("standard.height=tall"))).unwrap_err()[0].field,
        "standard.height"
    );
}

#[test]
fn amounts_are_read_as_the_language_writes_them() {
    let form = pairs("label.red=Red&price.red=a+lot");
    let sent = Sent::new(&form, Language::GERMAN);
    let messages = attribute(&mut source(), "glaze", sent).unwrap_err();
    assert!(messages[0].message.ends_with("such as 12,50 or -3."), "{}", messages[0].message);
    let (mut changed, form) = (source(), pairs("label.red=Red&price.red=1.250,5"));
    attribute(&mut changed, "glaze", Sent::new(&form, Language::GERMAN)).unwrap();
    assert_eq!(changed.attributes[0].options[0].price, 125_050);
}

#[test]
fn moves_adds_and_removes() {
    let codes = |source: &Source| {
        let codes = source.attributes[0].options.iter().map(|option| option.code.clone());
        codes.collect::<Vec<_>>().join(" ")
    };
    for (form, wanted) in [
        ("do=up:blue", "blue red"),
        ("do=up:red", "red blue"),
        ("do=down:red", "blue red"),
        ("do=down:blue", "red blue"),
        ("do=remove-all:red", "blue"),
        ("do=remove-all:green", "red blue"),
        ("do=add&new.label=Forest+green&new.price=3", "red blue forest_green"),
        ("do=save&new.label=Red", "red blue red_2"),
    ] {
        let mut changed = source();
        attribute(&mut changed, "glaze", english(&pairs(form))).unwrap();
        assert_eq!(codes(&changed), wanted, "{form}");
    }
}

#[test]
fn attributes_move_within_their_step() {
    let order = |action: &str, code: &str| {
        let mut changed = source();
        attribute(&mut changed, code, english(&pairs(action))).unwrap();
        changed.attributes.iter().map(|attribute| attribute.code.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order("do=attribute-up", "extras"), "extras height glaze words");
    assert_eq!(order("do=attribute-down", "extras"), "glaze height words extras");
    assert_eq!(order("do=attribute-up", "height"), "glaze height extras words");
}

#[test]
fn keeps_rules_as_typed() {
    let mut changed = source();
    let form = pairs("rule.one=glaze+%3D%0D%0A+rde&sentence.one=Red.&new.rule=words&new.sentence=");
    rules(&mut changed, english(&form)).unwrap();
    assert_eq!(changed.rules[0].rule, "glaze =\n rde");
    assert_eq!((changed.rules[1].code.as_str(), changed.rules[1].rule.as_str()), ("rule", "words"));
    rules(&mut changed, english(&pairs("do=remove-all:one"))).unwrap();
    assert_eq!(changed.rules.len(), 1);
}

#[test]
fn reads_the_standard_by_kind() {
    let mut changed = source();
    standard(
        &mut changed,
        english(&pairs("standard.glaze=blue&standard.height=8&is.standard.extras=on&standard.extras=spoon&standard.words=Hi")),
    )
    .unwrap();
    let standards: Vec<&ValueSource> =
        changed.attributes.iter().map(|attribute| &attribute.standard).collect();
    assert_eq!(standards[0], &ValueSource::Text("blue".to_owned()));
    assert_eq!(standards[1], &ValueSource::Number(8));
    assert_eq!(standards[2], &ValueSource::List(vec!["spoon".to_owned()]));
    assert_eq!(standards[3], &ValueSource::Text("Hi".to_owned()));
    standard(&mut changed, english(&pairs("is.standard.extras=on"))).unwrap();
    assert_eq!(changed.attributes[2].standard, ValueSource::List(Vec::new()));
}

#[test]
fn the_budget_comes_and_goes() {
    let mut changed = source();
    budget(&mut changed, english(&pairs("on=on&ceiling=4&per_deviation=2"))).unwrap();
    assert_eq!(changed.budget, Some(BudgetSource { ceiling: 4, per_deviation: 2 }));
    budget(&mut changed, english(&pairs("ceiling=4"))).unwrap();
    assert_eq!(changed.budget, None);
}

#[test]
fn what_is_meant_is_marked_whether_or_not_the_form_has_a_field_for_it() {
    let mut changed = source();
    for fields in ["do=meant:price:red", "do=meant:swatch:red&meant.red=price", "do=meant:price:green"] {
        attribute(&mut changed, "glaze", english(&pairs(fields))).unwrap();
    }
    assert_eq!(changed.attributes[0].options[0].meant, ["price", "swatch"]);
    basics(&mut changed, english(&pairs("do=meant:price:"))).unwrap();
    assert_eq!(changed.meant, ["price"]);
}
