//! Conditions of attributes, surcharges, reasons and layers, and what designs have, by menus: through the router and without scripts.

use axum::http::StatusCode;
use configurator::source::{Source, ValueSource};
use testing::slug;

use crate::common::{Answer, Studio};

const EDITOR: &str = "/admin/products/mug";
/// "Lid is wood", as the menus of a field send it.
const WOOD: [(&str, &str); 3] = [("subject", "lid"), ("relation", "is"), ("value", "wood")];

/// The menus of a field that say one thing, and more fields.
fn by_menus(key: &str, test: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form = vec![(format!("by.{key}"), "menus".to_owned())];
    form.extend(test.iter().map(|(part, value)| (format!("given.{key}.0.{part}"), (*value).to_owned())));
    form.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    form
}

impl Studio {
    /// Sends a form of the mug's editor, made from the draft as it is.
    async fn say(&self, form: &str, fields: &[(String, String)]) -> Answer {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        let (version, base) = (draft.version.to_string(), draft.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<(&str, &str)> = fields.chain(made_from).collect();
        self.post(&format!("{EDITOR}/{form}"), &fields).await
    }

    /// The mug as its draft has it, and the draft's version.
    async fn said(&self) -> (Source, i64) {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        (draft.bundle.source, draft.version)
    }
}

#[tokio::test]
async fn each_kind_of_condition_is_set_by_menus_and_reads_back() {
    let studio = Studio::with_ana().await;
    let first = |source: &Source, form: &str| match form {
        "attributes/height" => source.attributes[2].applies.clone(),
        "prices" => source.prices.first().and_then(|price| price.when.clone()),
        "no_returns" => source.no_returns.first().and_then(|reason| reason.when.clone()),
        _ => source.layers[0].when.clone(),
    };
    for (form, there, key, more) in [
        ("attributes/height", "applies", "applies", vec![]),
        ("prices", "when.0", "new.when", vec![("new.label", "With lid"), ("new.amount", "2")]),
        ("no_returns", "when.0", "new.when", vec![("new.reason", "made for you")]),
        ("layers", "when.0", "when.0", vec![]),
    ] {
        studio.get(EDITOR).await.shows(&format!("name=\"by.{key}\" value=\"menus\""));
        let saved = studio.say(form, &by_menus(key, &WOOD, &more)).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{form}: {}", saved.text);
        let (source, version) = studio.said().await;
        assert_eq!(first(&source, form).as_deref(), Some("lid = wood"), "{form}");
        let section = form.replace("attributes/", "attribute-");
        let alone = studio.get(&format!("{EDITOR}?section={section}")).await;
        let value = alone.text.split(&format!("name=\"given.{there}.0.value\"")).nth(1).unwrap();
        let value = value.split("</select>").next().unwrap();
        assert!(value.contains("value=\"wood\" selected"), "{form}: {value}");
        // Sent as it is shown it is the draft that it was.
        studio.say(form, &by_menus(there, &WOOD, &[])).await;
        assert_eq!(studio.said().await.1, version, "{form}");
        // Without a condition it is always so.
        studio.say(form, &by_menus(there, &[], &[])).await;
        assert_eq!(first(&studio.said().await.0, form), None, "{form}");
        let alone = studio.get(&format!("{EDITOR}?section={section}")).await;
        alone.shows("Always. Add a condition to say when.");
    }
}

#[tokio::test]
async fn several_conditions_are_joined_and_numbers_are_read_as_people_write_them() {
    let studio = Studio::with_ana().await;
    let more = [
        ("new.label", "Large or blue"),
        ("new.amount", "2"),
        ("given.new.when.1.subject", "height"),
        ("given.new.when.1.relation", "more"),
        ("given.new.when.1.number", " 10 "),
        ("given.new.when.2.subject", ""),
        ("given.new.when.joined", "or"),
    ];
    studio.say("prices", &by_menus("new.when", &WOOD, &more)).await;
    assert_eq!(studio.said().await.0.prices[0].when.as_deref(), Some("lid = wood or height > 10"));
    let editor = studio.get(&format!("{EDITOR}?section=prices")).await;
    editor.shows("<option value=\"or\" selected");
    editor.shows("name=\"given.when.0.1.number\"");
}

#[tokio::test]
async fn what_menus_can_not_say_stays_text_and_says_so() {
    let studio = Studio::with_ana().await;
    for rich in ["sum(weight) > 3", "lid = wood implies height > 9", "not (lid = wood and height > 9)"] {
        let text = [("applies".to_owned(), rich.to_owned())];
        studio.say("attributes/glaze", &text).await;
        let editor = studio.get(&format!("{EDITOR}?section=attribute-glaze")).await;
        editor.shows(&format!(">{}</textarea>", rich.replace('>', "&gt;")));
        editor.shows("No menus can say this, so it stays text.");
        editor.shows_not("name=\"by.applies\"");
        let (_, version) = studio.said().await;
        let asked = [text, [("do".to_owned(), "sentence:menus:applies".to_owned())]].concat();
        let refused = studio.say("attributes/glaze", &asked).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{rich}");
        assert_eq!(studio.said().await.1, version);
    }
}

#[tokio::test]
async fn buttons_show_a_condition_otherwise_and_save_nothing() {
    let studio = Studio::with_ana().await;
    let pressed =
        |action: &'static str| by_menus("applies", &WOOD, &[("label", "Tall & thin"), ("do", action)]);
    let more = studio.say("attributes/height", &pressed("sentence:add:applies:given")).await;
    assert_eq!(more.status, StatusCode::OK);
    more.shows("Nothing of this is saved yet.");
    more.shows("name=\"given.applies.1.subject\"");
    more.shows("Tall &amp; thin");
    let fewer = studio.say("attributes/height", &pressed("sentence:without:applies:given:0")).await;
    fewer.shows_not("name=\"given.applies.0.subject\"");
    let text = studio.say("attributes/height", &pressed("sentence:text:applies")).await;
    text.shows(">lid = wood</textarea>");
    let back = [("applies", "lid = none"), ("by.applies", "text"), ("do", "sentence:menus:applies")];
    let back = back.map(|(name, value)| (name.to_owned(), value.to_owned()));
    studio.say("attributes/height", &back).await.shows("name=\"given.applies.0.subject\"");
    assert_eq!(studio.said().await.1, 0);
}

#[tokio::test]
async fn what_a_condition_lacks_is_told_at_its_field() {
    let studio = Studio::with_ana().await;
    for (test, told) in [
        ([("subject", "glaze"), ("relation", "is"), ("value", "")], "Choose a value of Glaze."),
        ([("subject", "height"), ("relation", "more"), ("number", "")], "Enter a whole number for Height."),
        (
            [("subject", "gone"), ("relation", "is"), ("value", "x")],
            "There is no such attribute in the draft.",
        ),
    ] {
        let answer = studio.say("layers", &by_menus("when.0", &test, &[])).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{test:?}");
        answer.shows(told);
        answer.shows("name=\"given.when.0.0.subject\"");
    }
    assert_eq!(studio.said().await.1, 0);
}

#[tokio::test]
async fn two_people_on_one_condition_see_both() {
    let studio = Studio::with_ana().await;
    studio.say("layers", &by_menus("when.0", &WOOD, &[])).await;
    let base = studio.shop.draft(&slug("mug")).await.unwrap().base.to_string();
    let green = [("subject", "glaze"), ("relation", "is"), ("value", "green")];
    let form = by_menus("when.0", &green, &[("version", "0"), ("base", &base), ("_end", "on")]);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let clash = studio.post(&format!("{EDITOR}/layers"), &form).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Saved now: lid = wood");
    clash.shows("value=\"green\" selected");
}

#[tokio::test]
async fn names_and_natural_words_are_answered_with_the_right_form() {
    let studio = Studio::with_ana().await;
    for (typed, right) in [
        ("If Height over 10", "height &gt; 10"),
        ("only when Lid is Wood", "lid = wood"),
        ("Height is below 9 and Glaze == Blue", "height &lt; 9 and glaze = blue"),
    ] {
        let text = ("applies".to_owned(), typed.to_owned());
        studio.say("attributes/lid", std::slice::from_ref(&text)).await;
        let editor = studio.get(&format!("{EDITOR}?section=attribute-lid")).await;
        editor.shows(&format!("{right}</code>"));
        editor.shows("value=\"correct:applies\"");
        studio.say("attributes/lid", &[text, ("do".to_owned(), "correct:applies".to_owned())]).await;
        let applies = studio.said().await.0.attributes[1].applies.clone().unwrap();
        assert_eq!(applies, right.replace("&gt;", ">").replace("&lt;", "<"), "{typed}");
    }
    // A rule that begins so and says nothing of what follows is no rule.
    studio.say("rules", &[("rule.wood_small".to_owned(), "if Lid is Wood".to_owned())]).await;
    studio.get(EDITOR).await.shows_not("value=\"correct:rule.wood_small\"");
}

#[tokio::test]
async fn what_a_design_has_is_chosen_from_its_menus() {
    let studio = Studio::with_ana().await;
    studio.get(EDITOR).await.shows("name=\"has.new.values.lid\"");
    let form = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let blue = form(&[
        ("new.label", "Blue"),
        ("by.new.values", "menus"),
        ("has.new.values.glaze", "blue"),
        ("has.new.values.lid", ""),
        ("has.new.values.height", "11"),
    ]);
    let saved = studio.say("tests", &blue).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let (source, version) = studio.said().await;
    let values = &source.tests[0].values;
    assert_eq!(values.len(), 2);
    assert!(matches!(values.get("glaze"), Some(ValueSource::Text(code)) if code == "blue"));
    assert!(matches!(values.get("height"), Some(ValueSource::Number(11))));
    let editor = studio.get(&format!("{EDITOR}?section=tests")).await;
    editor.shows("What it has: Glaze: Blue · Height: 11");
    // As it is shown, and with one thing otherwise.
    let shown = form(&[
        ("by.values.blue", "menus"),
        ("has.values.blue.glaze", "blue"),
        ("has.values.blue.lid", ""),
        ("has.values.blue.height", "11"),
    ]);
    studio.say("tests", &shown).await;
    assert_eq!(studio.said().await.1, version);
    let wrong = form(&[("by.values.blue", "menus"), ("has.values.blue.height", "tall")]);
    let refused = studio.say("tests", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"tall\"");
    let text = form(&[
        ("by.values.blue", "menus"),
        ("has.values.blue.lid", "wood"),
        ("do", "sentence:text:values.blue"),
    ]);
    let text = studio.say("tests", &text).await;
    assert_eq!(text.status, StatusCode::OK);
    text.shows(">lid = wood</textarea>");
    assert_eq!(studio.said().await.1, version);
    let emptied = form(&[("by.values.blue", "menus"), ("has.values.blue.glaze", "")]);
    studio.say("tests", &emptied).await;
    assert!(studio.said().await.0.tests[0].values.is_empty());
}

#[tokio::test]
async fn how_many_times_an_amount_counts_is_chosen_from_numbers() {
    let studio = Studio::with_ana().await;
    let form = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let first = [
        ("new.label", "By height"),
        ("new.amount", "1"),
        ("by.new.each", "menus"),
        ("has.new.each.first", "height"),
        ("has.new.each.second", "glaze.price"),
    ];
    studio.say("prices", &form(&first)).await;
    let each = |source: &Source| source.prices[0].each.clone();
    assert_eq!(each(&studio.said().await.0).as_deref(), Some("height * glaze.price"));
    let editor = studio.get(&format!("{EDITOR}?section=prices")).await;
    editor.shows("<option value=\"glaze.price\" selected");
    let once = [("by.each.0", "menus"), ("has.each.0.first", ""), ("has.each.0.second", "")];
    studio.say("prices", &form(&once)).await;
    assert_eq!(each(&studio.said().await.0), None);
    // More than two numbers multiplied is text, and names are answered with the right form.
    for rich in ["height + 1", "Height × 2"] {
        studio.say("prices", &form(&[("each.0", rich)])).await;
        studio.get(&format!("{EDITOR}?section=prices")).await.shows(&format!(">{rich}</textarea>"));
    }
    studio.say("prices", &form(&[("each.0", "Height × 2"), ("do", "correct:each.0")])).await;
    assert_eq!(each(&studio.said().await.0).as_deref(), Some("height * 2"));
}

#[tokio::test]
async fn a_layer_takes_its_drawing_from_those_there_are() {
    let studio = Studio::with_ana().await;
    let editor = studio.get(&format!("{EDITOR}?section=layers")).await;
    editor.shows("<option value=\"mug.svg\" selected");
    let file = ("file.0".to_owned(), "gone.svg".to_owned());
    studio.say("layers", &[file]).await;
    let editor = studio.get(&format!("{EDITOR}?section=layers")).await;
    editor.shows("gone.svg, which is not there");
}

#[tokio::test]
async fn the_picture_stays_as_it_was_while_there_are_problems() {
    let studio = Studio::with_ana().await;
    studio.get(EDITOR).await.shows_not("The picture of before these problems.");
    studio.say("rules", &[("rule.wood_small".to_owned(), "lid = ".to_owned())]).await;
    let editor = studio.get(EDITOR).await;
    editor.shows("The picture of before these problems.");
    editor.shows("data-testid=\"draft-picture\"");
}
