//! Lines of what changes, one edit at a time.

use super::*;

fn bundle() -> Bundle {
    let source = serde_json::from_value(serde_json::json!({
        "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
        "budget": { "ceiling": 5 },
        "steps": [{ "code": "all", "label": "All" }],
        "attributes": [
            { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                { "code": "red", "label": "Red", "swatch": "#aa2211" },
                { "code": "blue", "label": "Blue", "price": 150 },
            ]},
            { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12, "unit": "cm" },
            { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "options": [
                { "code": "lid", "label": "Lid" },
            ]},
        ],
        "rules": [{ "code": "one", "rule": "glaze = red implies height < 12", "sentence": "Red ones are small." }],
        "designs": [{ "code": "tall", "label": "Tall", "summary": "For tea.", "values": { "height": 11 } }],
    }))
    .unwrap();
    Bundle { source, drawings: preview::Drawings::new() }
}

/// The lines after one edit, each of which is a text of the language.
fn after(edit: impl FnOnce(&mut Source)) -> Vec<String> {
    let mut draft = bundle();
    edit(&mut draft.source);
    for line in changes(&bundle(), &draft, Language::pseudo()) {
        assert!(line.starts_with('⟦') && line.ends_with('⟧'), "{line}");
    }
    changes(&bundle(), &draft, Language::ENGLISH)
}

#[test]
fn nothing_changed_says_nothing() {
    assert_eq!(after(|_| {}), Vec::<String>::new());
}

#[test]
fn every_change_has_a_line() {
    type Edit = fn(&mut Source);
    let cases: [(Edit, &str); 32] = [
        (
            |source| source.tiers.push(TierSource { from: 5, discount: "5 %".into() }),
            "Discount from 5 pieces on: new",
        ),
        (|source| source.base_price = 1_050, "Base price: €9 → €10.50"),
        (|source| source.lead_time_days = 1, "Lead time: 3 days → 1 day"),
        (|source| source.name = "Cup".into(), "Name: “Mug” → “Cup”"),
        (|source| source.attributes[0].label = "Colour".into(), "Attribute “Glaze” is called “Colour” now"),
        (
            |source| source.attributes[0].options[1].label = "Navy".into(),
            "Glaze: option “Blue” is called “Navy” now",
        ),
        (|source| source.attributes[0].options[1].price = 0, "Glaze, Blue: €1.50 → €0"),
        (|source| source.attributes[0].options[1].available = false, "Glaze, Blue: off the menu"),
        (|source| source.attributes[0].options[0].swatch = None, "Glaze, Red, colour: #aa2211 → none"),
        (
            |source| source.attributes[0].applies = Some("height > 8".into()),
            "Glaze, applies when: always → “height > 8”",
        ),
        (
            |source| source.attributes[0].options[0].weight = 1_200,
            "Glaze, Red, Weight in grams: none → 1,200",
        ),
        (
            |source| source.attributes[0].options[0].description = "As bricks are.".into(),
            "Glaze, Red, Description: none → “As bricks are.”",
        ),
        (|source| source.attributes[1].unit = Some("mm".into()), "Height, Unit: “cm” → “mm”"),
        (
            |source| source.attributes[0].moved_last = true,
            "Glaze, Moved last, after everything else that nobody chose: none → ✓",
        ),
        (
            |source| source.attributes[0].help = "It lasts.".into(),
            "Glaze, Advice under the name (optional): none → “It lasts.”",
        ),
        (|source| source.attributes[1].max = Some(10_000), "Height, largest: 12 → 10,000"),
        (
            |source| source.attributes[0].options[0].parts = vec!["A-1".into(), "A-1".into()],
            "Glaze, Red, parts: none → A-1, A-1",
        ),
        (|source| source.attributes[0].options[1].cost = Some(80), "Glaze, Blue, cost: none → €0.80"),
        (|source| source.attributes[0].options[1].cost = Some(0), "Glaze, Blue, cost: none → €0"),
        (|source| source.attributes[0].options.swap(0, 1), "Glaze: the options are in a new order"),
        (
            |source| source.attributes[0].standard = ValueSource::Text("blue".into()),
            "Glaze, standard: Red → Blue",
        ),
        (|source| source.attributes[1].standard = ValueSource::Number(8), "Height, standard: 9 cm → 8 cm"),
        (|source| source.attributes[1].max = Some(14), "Height, largest: 12 → 14"),
        (
            |source| source.attributes[2].standard = ValueSource::List(vec!["lid".into()]),
            "Extras, standard: none → Lid",
        ),
        (|source| source.attributes.swap(0, 1), "The attributes are in a new order"),
        (
            |source| source.rules[0].sentence = "No.".into(),
            "Sentence of a rule: “Red ones are small.” → “No.”",
        ),
        (
            |source| source.rules.clear(),
            "Rule removed: “glaze = red implies height < 12” Red ones are small.",
        ),
        (|source| source.budget = None, "Budget: 5 points → none"),
        (
            |source| source.benefits.push(BenefitSource { code: "warm".into(), label: "Warm".into() }),
            "Benefit “Warm”: new",
        ),
        (|source| source.designs.clear(), "Ready-made design “Tall” removed"),
        (
            |source| source.designs[0].summary = "High.".into(),
            "Ready-made design “Tall”, One sentence for the product list: “For tea.” → “High.”",
        ),
        (|source| source.picture = [1_200, 800], "Height of the picture: 900 → 800"),
    ];
    for (edit, line) in cases {
        assert_eq!(after(edit), [line]);
    }
}

#[test]
fn entries_of_lists_are_named() {
    let lists = serde_json::json!({
        "tests": [{ "code": "low", "label": "Low", "values": {} }, { "code": "high", "label": "High", "values": {} }],
        "prices": [{ "label": "Gift", "amount": 100 }],
        "layers": [{ "file": "mug.svg" }, { "file": "lid.svg" }],
    });
    let mut before = bundle();
    before.source.tests = serde_json::from_value(lists["tests"].clone()).unwrap();
    before.source.prices = serde_json::from_value(lists["prices"].clone()).unwrap();
    before.source.layers = serde_json::from_value(lists["layers"].clone()).unwrap();
    let told = |edit: fn(&mut Source)| {
        let mut after = before.clone();
        edit(&mut after.source);
        changes(&before, &after, Language::ENGLISH)
    };
    assert_eq!(
        told(|source| source.tests[1].price = Some(9)),
        ["Test design “High”, It must cost: none → €0.09"]
    );
    assert_eq!(told(|source| drop(source.tests.remove(0))), ["Test design “Low”: removed"]);
    assert_eq!(told(|source| source.tests.swap(0, 1)), ["The test designs change"]);
    assert_eq!(told(|source| source.prices[0].amount = 200), ["Surcharge “Gift”: €1 → €2"]);
    assert_eq!(told(|source| source.prices[0].per = 10), ["Surcharge “Gift”, divided by: 1 → 10"]);
    let terms = told(|source| {
        source.prices[0].when = Some("height > 9".into());
        source.prices[0].each = Some("height".into());
    });
    let when = "Surcharge “Gift”, applies when: always → “height > 9”";
    assert_eq!(terms, [when, "Surcharge “Gift”, times: none → “height”"]);
    assert_eq!(
        told(|source| source.prices[0].label = "Present".into()),
        ["Surcharge “Present”: new", "Surcharge “Gift”: removed"]
    );
    assert_eq!(told(|source| source.steps[0].label = "Both".into()), ["Step “Both”, Name: “All” → “Both”"]);
    assert_eq!(
        told(|source| source.layers[1].when = Some("height > 9".into())),
        ["Layer 2 of the picture (lid.svg), Applies when: none → “height > 9”"]
    );
    assert_eq!(told(|source| source.layers.swap(0, 1)), ["The picture is drawn differently"]);
}

#[test]
fn an_order_that_changes_is_told() {
    let mut before = bundle();
    let mut rule = before.source.rules[0].clone();
    rule.code = "two".into();
    before.source.rules.push(rule);
    let mut design = before.source.designs[0].clone();
    design.code = "flat".into();
    before.source.designs.push(design);
    let mut after = before.clone();
    after.source.rules.swap(0, 1);
    after.source.designs.swap(0, 1);
    let told = changes(&before, &after, Language::ENGLISH);
    assert_eq!(told, ["The rules are in a new order", "The ready-made designs are in a new order"]);
}

#[test]
fn new_and_removed_options_are_not_moved_ones() {
    let lines = after(|source| {
        source.attributes[0].options.remove(0);
        source.attributes[0].options.insert(
            0,
            OptionSource {
                code: "green".into(),
                label: "Green".into(),
                price: 200,
                ..OptionSource::default()
            },
        );
    });
    assert_eq!(lines, ["Glaze: new option Green at €2", "Glaze: option Red removed"]);
}

#[test]
fn the_question_about_use_and_texts_in_other_languages_are_told_one_by_one() {
    let mut before = bundle();
    let uses = serde_json::json!({
        "question": "For what?",
        "answers": [
            { "code": "tea", "label": "Tea", "people": "tea drinkers" },
            { "code": "soup", "label": "Soup", "people": "soup eaters" },
        ],
    });
    before.source.uses = Some(serde_json::from_value(uses).unwrap());
    let german = serde_json::json!({ "name": "Becher", "steps": { "all": "Alles" } });
    before.source.translations.insert("de".to_owned(), serde_json::from_value(german).unwrap());
    let mut after = before.clone();
    let uses = after.source.uses.as_mut().unwrap();
    uses.question = "What goes into it?".to_owned();
    uses.answers[1].people = "cooks".to_owned();
    uses.start = configurator::source::StartPolicy::Standard;
    let german = after.source.translations.get_mut("de").unwrap();
    german.name = Some("Tasse".to_owned());
    german.steps.clear();
    let told = changes(&before, &after, Language::ENGLISH);
    let say = Language::ENGLISH.admin();
    let start = format!(
        "The question about use, {}: {} → {}",
        say.field_start(),
        say.start_learnt(),
        say.start_standard()
    );
    let expected = [
        "The question about use, Question: “For what?” → “What goes into it?”",
        &start,
        "Answer “Soup”, What these shoppers are called: “soup eaters” → “cooks”",
        "Texts in Deutsch, “Mug”: “Becher” → “Tasse”",
        "Texts in Deutsch, “All”: “Alles” → none",
    ];
    assert_eq!(told, expected);
}

#[test]
fn drawings_are_told_by_their_files() {
    let mut before = bundle();
    before.drawings.insert("mug.svg".to_owned(), "<svg/>".to_owned());
    before.drawings.insert("lid.svg".to_owned(), "<svg/>".to_owned());
    let mut after = before.clone();
    after.drawings.insert("mug.svg".to_owned(), "<svg></svg>".to_owned());
    after.drawings.remove("lid.svg");
    after.drawings.insert("ear.svg".to_owned(), "<svg/>".to_owned());
    let told = changes(&before, &after, Language::ENGLISH);
    let expected = ["Drawing ear.svg: new", "Drawing lid.svg: removed", "Drawing mug.svg: drawn differently"];
    assert_eq!(told, expected);
}
