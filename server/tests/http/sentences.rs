//! Rules by menus, through the router and without scripts.

use axum::http::StatusCode;
use testing::slug;

use crate::common::{Answer, Studio};

/// The mug's rule `lid = wood implies height <= 10` as its menus send it.
const MENUS: [(&str, &str); 8] = [
    ("by.wood_small", "menus"),
    ("shape.wood_small", "when"),
    ("given.wood_small.0.subject", "lid"),
    ("given.wood_small.0.relation", "is"),
    ("given.wood_small.0.value", "wood"),
    ("then.wood_small.0.subject", "height"),
    ("then.wood_small.0.relation", "at_most"),
    ("then.wood_small.0.number", "10"),
];

/// The menus with some fields sent otherwise, and more.
fn menus<'f>(others: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let kept = MENUS.into_iter().filter(|(name, _)| !others.iter().any(|(other, _)| other == name));
    kept.chain(others.iter().copied()).collect()
}

impl Studio {
    /// Sends the form of the rules, made from this version of the mug's draft.
    async fn rules(&self, version: i64, form: &[(&str, &str)]) -> Answer {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        let (version, base) = (version.to_string(), draft.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        let form: Vec<(&str, &str)> = form.iter().copied().chain(made_from).collect();
        self.post("/admin/products/mug/rules", &form).await
    }

    /// The mug's rules as text, and the draft's version.
    async fn rule_texts(&self) -> (Vec<String>, i64) {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        (draft.bundle.source.rules.iter().map(|rule| rule.rule.clone()).collect(), draft.version)
    }
}

#[tokio::test]
async fn a_rule_is_shown_as_menus_and_saved_as_they_say() {
    let studio = Studio::with_ana().await;
    let editor = studio.get("/admin/products/mug").await;
    for field in MENUS.iter().map(|(name, _)| name) {
        editor.shows(&format!("name=\"{field}\""));
    }
    editor.shows_not("name=\"rule.wood_small\"");
    let saved = "/admin/products/mug?saved=rules#rules";
    // Untouched: no draft is made, whatever blanks its text has.
    studio.rules(0, &MENUS).await.leads_to(saved);
    assert_eq!(studio.rule_texts().await.1, 0);
    let form = menus(&[("then.wood_small.0.number", "9"), ("shape.wood_small", "never")]);
    studio.rules(0, &form).await.leads_to(saved);
    assert_eq!(studio.rule_texts().await.0, ["not (lid = wood and height <= 9)"]);
    let added = [
        ("by.new", "menus"),
        ("shape.new", "always"),
        ("given.new.0.subject", "glaze"),
        ("given.new.0.relation", "is_not"),
        ("given.new.0.value", "blue"),
        ("new.sentence", "No blue."),
    ];
    let there = "/admin/products/mug?saved=rules&to=rules.1.rule#rules.1.rule";
    studio.rules(1, &added).await.leads_to(there);
    assert_eq!(studio.rule_texts().await.0[1], "glaze != blue");
}

#[tokio::test]
async fn buttons_show_a_rule_otherwise_and_lose_nothing() {
    let studio = Studio::with_ana().await;
    let typed = ("sentence.wood_small", "Something typed & not saved");
    let pressed = |action| menus(&[("then.wood_small.0.number", "8"), typed, ("do", action)]);
    let text = studio.rules(0, &pressed("sentence:text:wood_small")).await;
    assert_eq!(text.status, StatusCode::OK);
    text.shows("Nothing of this is saved yet.");
    text.shows(">lid = wood implies height &lt;= 8</textarea>");
    text.shows("Something typed &amp; not saved</textarea>");
    let back = [
        ("by.wood_small", "text"),
        ("rule.wood_small", "glaze = blue implies height <= 8"),
        typed,
        ("do", "sentence:menus:wood_small"),
    ];
    let back = studio.rules(0, &back).await;
    back.shows("name=\"given.wood_small.0.subject\"");
    back.shows("Something typed &amp; not saved</textarea>");
    back.shows("value=\"8\"");
    let more = studio.rules(0, &pressed("sentence:add:wood_small:given")).await;
    more.shows("name=\"given.wood_small.1.subject\"");
    more.shows("value=\"8\"");
    let fewer = studio.rules(0, &pressed("sentence:without:wood_small:given:0")).await;
    fewer.shows_not("name=\"given.wood_small.0.value\"");
    // Another attribute has other values.
    let changed =
        menus(&[("given.wood_small.0.subject", "glaze"), ("do", "sentence:show:wood_small:given:0")]);
    studio.rules(0, &changed).await.shows("<option value=\"blue\"");
    assert_eq!(studio.rule_texts().await.1, 0);
}

#[tokio::test]
async fn any_of_some_conditions_stays_any_of_them_where_a_rule_gets_another_shape() {
    let studio = Studio::with_ana().await;
    let any = [
        ("shape.wood_small", "always"),
        ("given.wood_small.1.subject", "glaze"),
        ("given.wood_small.1.relation", "is"),
        ("given.wood_small.1.value", "blue"),
        ("given.wood_small.joined", "or"),
    ];
    let shown = studio.rules(0, &[menus(&any), vec![("do", "sentence:show:wood_small")]].concat()).await;
    shown.shows("name=\"given.wood_small.2.number\"");
    shown.shows_not("name=\"then.wood_small");
    shown.shows("<option value=\"or\" selected");
    let two = [
        ("then.wood_small.1.subject", "glaze"),
        ("then.wood_small.1.relation", "is"),
        ("then.wood_small.1.value", "blue"),
        ("then.wood_small.joined", "and"),
    ];
    let refused = studio.rules(0, &[menus(&any), two.to_vec()].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("In one part any condition is enough, in the other all are needed.");
    assert_eq!(studio.rule_texts().await.1, 0);
    studio.rules(0, &menus(&any)).await.leads_to("/admin/products/mug?saved=rules#rules");
    assert_eq!(studio.rule_texts().await.0, ["lid = wood or glaze = blue or height <= 10"]);
}

#[tokio::test]
async fn a_condition_of_a_number_that_no_form_has_breaks_nothing() {
    let studio = Studio::with_ana().await;
    for number in [u64::MAX.to_string(), u16::MAX.to_string()] {
        let field = format!("given.wood_small.{number}.subject");
        let add = ("do", "sentence:add:wood_small:given");
        let answer = studio.rules(0, &menus(&[(field.as_str(), "glaze"), add])).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}");
    }
}

#[tokio::test]
async fn what_menus_can_not_say_stays_text_and_what_they_lack_is_told() {
    let studio = Studio::with_ana().await;
    for (rule, told) in [
        ("sum(weight) <= 385", "No menus can say this, so it stays text."),
        ("glaze = ", "It can be shown as a sentence once it can be read"),
    ] {
        let form = [("rule.wood_small", rule), ("do", "sentence:menus:wood_small")];
        let answer = studio.rules(0, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.shows(told);
        answer.shows(&format!(">{}</textarea>", rule.replace('<', "&lt;")));
    }
    for (field, value, told) in [
        ("given.wood_small.0.subject", "glaze", "Choose a value of Glaze."),
        ("given.wood_small.0.subject", "height", "Enter a whole number for Height."),
        ("given.wood_small.0.subject", "gone", "There is no such attribute in the draft."),
        ("given.wood_small.0.relation", "has", "Say how Lid is to be."),
        ("then.wood_small.0.number", "ten", "value=\"ten\""),
        ("then.wood_small.0.subject", "", "Say what follows"),
    ] {
        let answer = studio.rules(0, &menus(&[(field, value)])).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        answer.shows(told);
    }
    // The page opens where it is wrong.
    let answer = studio.rules(0, &menus(&[("then.wood_small.0.number", "ten")])).await;
    let wrong = answer.text.split("id=\"rules.then.wood_small.0.number\"").nth(1).unwrap();
    assert!(wrong.split('>').next().unwrap().contains("autofocus"), "{wrong}");
    assert_eq!(studio.rule_texts().await.1, 0);
}

#[tokio::test]
async fn two_people_on_one_rule_see_both() {
    let studio = Studio::with_ana().await;
    studio.rules(0, &menus(&[("then.wood_small.0.number", "9")])).await;
    // Whoever left the menus alone changes nothing of it.
    studio.rules(0, &menus(&[("sentence.wood_small", "Small ones.")])).await;
    assert_eq!(studio.rule_texts().await, (vec!["lid = wood implies height <= 9".to_owned()], 2));
    let clash = studio.rules(0, &menus(&[("then.wood_small.0.number", "8")])).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Saved now: lid = wood implies height &lt;= 9");
    clash.shows("value=\"8\"");
}
