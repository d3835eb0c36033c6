//! Rules as people of other tools write them, sentences that nobody wrote, and codes that change, through the router.

use axum::http::StatusCode;
use configurator::source::Source;
use testing::slug;

use crate::common::{Answer, Studio};

impl Studio {
    /// Sends a form of the mug's editor, made from the draft as it is.
    async fn edit(&self, form: &str, fields: &[(&str, &str)]) -> Answer {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        let (version, base) = (draft.version.to_string(), draft.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain(made_from).collect();
        self.post(&format!("/admin/products/mug/{form}"), &fields).await
    }

    async fn source(&self) -> Source {
        self.shop.draft(&slug("mug")).await.unwrap().bundle.source
    }
}

const FOREIGN: &str = "if lid == Wood then height ≤ 10 cm";
const RIGHT: &str = "lid = wood implies height <= 10";

#[tokio::test]
async fn a_rule_as_in_other_tools_stays_and_its_right_form_is_a_button() {
    let studio = Studio::with_ana().await;
    studio
        .edit("rules", &[("rule.wood_small", FOREIGN)])
        .await
        .leads_to("/admin/products/mug?saved=rules#rules");
    assert_eq!(studio.source().await.rules[0].rule, FOREIGN);
    let editor = studio.get("/admin/products/mug").await;
    editor.shows(&format!(">{FOREIGN}</textarea>"));
    editor.shows("At character 1: 'if' has no meaning in a rule.");
    editor.shows("lid = wood implies height &lt;= 10</code>");
    editor.shows("value=\"correct:rule.wood_small\"");
    // The button takes it, with whatever else was typed.
    let pressed = [
        ("rule.wood_small", FOREIGN),
        ("sentence.wood_small", "Low mugs only."),
        ("do", "correct:rule.wood_small"),
    ];
    studio.edit("rules", &pressed).await.leads_to("/admin/products/mug?saved=rules#rules");
    let rule = &studio.source().await.rules[0];
    assert_eq!((rule.rule.as_str(), rule.sentence.as_str()), (RIGHT, "Low mugs only."));
    studio.get("/admin/products/mug").await.shows_not("correct:rule.wood_small");
    // What can't be told for certain is saved as it is typed.
    let pressed = [("rule.wood_small", "lid = steel"), ("do", "correct:rule.wood_small")];
    studio.edit("rules", &pressed).await;
    assert_eq!(studio.source().await.rules[0].rule, "lid = steel");
}

#[tokio::test]
async fn every_field_in_the_rule_language_offers_the_right_form() {
    let studio = Studio::with_ana().await;
    studio.edit("attributes/height", &[("applies", "Lid == none")]).await;
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("value=\"correct:applies\"");
    editor.shows("id=\"attributes.2.applies.mistakes\"");
    studio.edit("attributes/height", &[("applies", "Lid == none"), ("do", "correct:applies")]).await;
    assert_eq!(studio.source().await.attributes[2].applies.as_deref(), Some("lid = none"));
    let price = [("new.label", "Tall"), ("new.amount", "2"), ("new.when", "height > 10 && lid <> none")];
    studio.edit("prices", &price).await;
    studio.get("/admin/products/mug").await.shows("value=\"correct:when.0\"");
    let pressed = [("when.0", "height > 10 && lid <> none"), ("do", "correct:when.0")];
    studio.edit("prices", &pressed).await;
    assert_eq!(studio.source().await.prices[0].when.as_deref(), Some("height > 10 and lid != none"));
}

#[tokio::test]
async fn menus_of_a_rule_as_in_other_tools_are_asked_about() {
    let studio = Studio::with_ana().await;
    let shown = [("rule.wood_small", FOREIGN), ("do", "sentence:menus:wood_small")];
    let answer = studio.edit("rules", &shown).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("lid = wood implies height &lt;= 10");
    answer.shows(&format!(">{FOREIGN}</textarea>"));
}

#[tokio::test]
async fn a_sentence_that_nobody_wrote_is_made_shown_and_read_by_shoppers() {
    let studio = Studio::with_ana().await;
    studio.edit("rules", &[("sentence.wood_small", "")]).await;
    assert_eq!(studio.source().await.rules[0].sentence, "");
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("Left empty, shoppers read: ");
    editor.shows("Lid: Wood goes only with Height: at most 10 cm.");
    editor.shows_not("data-testid=\"problem\"");
    studio
        .republish(|bundle| {
            bundle.source.rules[0].sentence.clear();
            let german = serde_json::json!({ "name": "Becher", "attributes": {
                "lid": { "label": "Deckel", "options": { "wood": { "label": "Holz" } } },
                "height": { "label": "Höhe" },
            }});
            bundle.source.translations.insert("de".to_owned(), serde_json::from_value(german).unwrap());
        })
        .await;
    let english = studio.get("/products/mug?height=12&lid=wood").await;
    english.shows("Lid: Wood goes only with Height: at most 10 cm.");
    let german = studio.get("/products/mug?height=12&lid=wood&_lang=de").await;
    german.shows("Deckel: Holz gibt es nur mit Höhe: höchstens 10 cm.");
}

#[tokio::test]
async fn a_code_changes_wherever_it_is_written() {
    let studio = Studio::with_ana().await;
    let form = [("label", "Cover"), ("code", "cover"), ("code.wood", "oak"), ("label.wood", "Oak")];
    studio
        .edit("attributes/lid", &form)
        .await
        .leads_to("/admin/products/mug?saved=attribute-cover#attribute-cover");
    let source = studio.source().await;
    let cover = &source.attributes[1];
    assert_eq!((cover.code.as_str(), cover.label.as_str()), ("cover", "Cover"));
    assert_eq!((cover.options[1].code.as_str(), cover.options[1].label.as_str()), ("oak", "Oak"));
    assert_eq!(source.rules[0].rule, "cover = oak implies height <= 10");
    for (field, typed, told) in [
        ("code", "Cover!", "“Cover!” is no code."),
        ("code", "glaze", "The code “glaze” is taken."),
        ("code.oak", "none", "The code “none” is taken."),
        ("code.oak", "", "“” is no code."),
    ] {
        let answer = studio.edit("attributes/cover", &[(field, typed), ("help", "Kept")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        answer.shows(told);
        answer.shows("value=\"Kept\"");
        assert_eq!(studio.source().await, source);
    }
}

/// Somebody else changed the attribute since the form was made: both are kept.
#[tokio::test]
async fn a_code_changes_in_what_others_saved_meanwhile() {
    let studio = Studio::with_ana().await;
    let draft = studio.shop.draft(&slug("mug")).await.unwrap();
    let base = draft.base.to_string();
    studio.edit("attributes/lid", &[("help", "Keeps tea warm.")]).await;
    let form = [("code", "cover"), ("version", "0"), ("base", base.as_str()), ("_end", "on")];
    studio.post("/admin/products/mug/attributes/lid", &form).await;
    let source = studio.source().await;
    assert_eq!(
        (source.attributes[1].code.as_str(), source.attributes[1].help.as_str()),
        ("cover", "Keeps tea warm.")
    );
    assert_eq!(source.rules[0].rule, "cover = wood implies height <= 10");
}

#[tokio::test]
async fn codes_come_in_the_page_once_and_do_no_harm() {
    let studio = Studio::with_ana().await;
    studio.edit("attributes/lid", &[("label", "</script><b>Lid")]).await;
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("src=\"/codes.js\"");
    editor.shows("\"code\":\"lid\"");
    editor.shows_not("</script><b>");
    assert_eq!(editor.text.matches("id=\"codes\"").count(), 1);
}
