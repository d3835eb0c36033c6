//! Options that are retired from a draft: what that does is told before, and done and undone in one click each.

use axum::http::StatusCode;
use serde_json::json;
use shop::Bundle;

use crate::common::{Answer, Studio};

const BLUE: &str = "/admin/products/mug/attributes/glaze/retire/blue";
const WHITE: &str = "/admin/products/mug/attributes/glaze/retire/white";
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];

/// Everything that can refer to the blue glaze, does.
fn refer(bundle: &mut Bundle) {
    let mut source = serde_json::to_value(&bundle.source).unwrap();
    let rules = source["rules"].as_array_mut().unwrap();
    rules.push(json!({ "code": "blue_low", "rule": "glaze = blue implies height <= 10", "sentence": "This glaze runs on high mugs." }));
    rules.push(json!({ "code": "wood_dark", "rule": "lid = wood implies glaze = blue", "sentence": "Wooden lids go with blue." }));
    source["prices"] = json!([
        { "label": "Cobalt", "amount": 150, "when": "glaze = blue" },
        { "label": "Firing", "amount": 10, "when": "glaze in (blue, green)" },
    ]);
    source["designs"] = json!([{ "code": "gift", "label": "Gift", "summary": "To give.", "values": { "glaze": "blue", "height": 8 } }]);
    source["tests"] =
        json!([{ "code": "small", "label": "Small", "values": { "glaze": "blue", "height": 7 } }]);
    source["translations"] = json!({ "de": { "name": "Becher", "attributes": { "glaze": { "options": { "blue": { "label": "Blau" } } } } } });
    bundle.source = serde_json::from_value(source).unwrap();
}

async fn studio() -> Studio {
    let studio = Studio::with_ana().await;
    studio.republish(refer).await;
    let saved = [
        ("_was", "_revision=2&_start=standard"),
        ("_now", "_revision=2&_start=standard&glaze=blue&height=8"),
    ];
    assert_eq!(studio.post("/products/mug/save", &saved).await.status, StatusCode::OK);
    let ordered = studio.post("/products/mug/order?_revision=2&glaze=blue", &BUYER).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER);
    studio
}

async fn draft(studio: &Studio) -> (i64, Bundle) {
    let draft = studio.shop.draft(&testing::slug("mug")).await.unwrap();
    (draft.version, draft.bundle)
}

async fn retire(studio: &Studio, address: &str, successor: &str) -> Answer {
    let page = studio.get(&format!("{address}?successor={successor}")).await;
    let field = |name: &str| {
        let from = page.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
        from.split('"').next().unwrap().to_owned()
    };
    let (version, base) = (field("version"), field("base"));
    let sent = [("version", &*version), ("base", &*base), ("shown", successor), ("successor", successor)];
    studio.post(address, &sent).await
}

#[tokio::test]
async fn what_refers_to_an_option_is_told_before_it_is_retired() {
    let studio = studio().await;
    studio.get("/admin/products/mug").await.shows(&format!("href=\"{BLUE}\""));
    let (version, before) = draft(&studio).await;
    let page = studio.get(&format!("{BLUE}?successor=green")).await;
    assert_eq!(page.status, StatusCode::OK);
    let desk = "/admin/orders?state=open&product=mug&has=glaze:blue";
    page.shows(&format!("href=\"{}\"", desk.replace('&', "&amp;").replace(':', "%3A")));
    let orders = studio.get(desk).await;
    orders.shows("Only orders with Glaze: Blue.");
    orders.shows("/admin/orders/1001");
    studio.get("/admin/orders?product=mug&has=glaze:white").await.shows_not("/admin/orders/1001");
    for told in [
        "The rule “This glaze runs on high mugs.”",
        "“lid = wood implies glaze = blue” becomes “lid = wood implies glaze = green”.",
        "Surcharge “Cobalt”",
        "“glaze in (blue, green)” becomes “glaze = green”.",
        "Ready-made design “Gift”",
        "Test design “Small”",
        "“Blue” becomes “Green”.",
        "Texts in Deutsch",
    ] {
        assert!(
            page.text.contains(told) || page.text.contains(&told.replace("&#x27;", "'")),
            "{told}\n{}",
            page.text
        );
    }
    // The sentence of a rule that stays names it.
    let (_, mentions) = page.text.split_once("data-testid=\"mentions\"").unwrap();
    assert!(mentions.split("</ul>").next().unwrap().contains("Wooden lids go with blue."));
    page.shows("1 of the 1 saved designs that were looked at have it.");
    page.shows("Glaze: Blue, Height: 8 cm");
    page.shows("Different now: Glaze: Green instead of Blue.");
    page.shows("It costs €28.10 now instead of €28.60 (−€0.50).");
    page.shows("1 order has it.");
    page.shows("href=\"/admin/orders/1001\"");
    page.shows("The draft can be published then.");
    assert_eq!(draft(&studio).await, (version, before));

    // Nothing stands for it where nothing is chosen: the lid would be for nobody.
    let alone = studio.get(BLUE).await;
    alone.shows("“lid = wood implies glaze = blue” becomes “not lid = wood”.");
    alone.shows("Stays, without the option.");
    alone.shows("This would be left to mend in the draft:");
}

#[tokio::test]
async fn an_option_is_retired_with_all_that_refers_to_it_and_taken_back() {
    let studio = studio().await;
    let (_, before) = draft(&studio).await;
    let done = retire(&studio, BLUE, "green").await;
    done.leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    let (version, after) = draft(&studio).await;
    let mut source = serde_json::to_value(&after.source).unwrap();
    let successors = source["attributes"][0].as_object_mut().unwrap().remove("successors");
    assert_eq!(successors, Some(json!({ "blue": "green" })));
    let codes = |of: &serde_json::Value| -> Vec<String> {
        of.as_array().unwrap().iter().map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&source["attributes"][0]["options"]), ["white", "green"]);
    assert_eq!(codes(&source["rules"]), ["wood_small", "wood_dark"]);
    assert_eq!(source["prices"].as_array().unwrap().len(), 1);
    assert_eq!(source["designs"][0]["values"], json!({ "glaze": "green", "height": 8 }));
    assert_eq!(source["tests"][0]["values"], json!({ "glaze": "green", "height": 7 }));
    let text = source.to_string().replace("Wooden lids go with blue.", "");
    assert!(!text.contains("blue") && !text.contains("Blau"), "{text}");
    let editor = studio.get("/admin/products/mug").await;
    editor.shows_not(&format!("href=\"{BLUE}\""));
    // Nobody sees it before it is published.
    assert_eq!(studio.get("/products/mug?glaze=blue").await.status, StatusCode::OK);
    let version = version.to_string();
    studio.post("/admin/products/mug/undo", &[("version", &version)]).await.leads_to("/admin/products/mug");
    assert_eq!(draft(&studio).await.1, before);
}

/// What the editor has told of saved designs is what becomes of them.
#[tokio::test]
async fn designs_made_before_open_with_the_successor() {
    let studio = studio().await;
    retire(&studio, BLUE, "green").await;
    studio.get("/admin/products/mug").await.shows("blue = green");
    let (_, after) = draft(&studio).await;
    studio.republish(|bundle| *bundle = after).await;
    let told = "Glaze: Blue is not made any more. Green stands in for it";
    for address in ["/products/mug?glaze=blue&height=8", "/products/mug/order?glaze=blue&height=8"] {
        let page = studio.get(address).await;
        page.shows(told);
        page.shows_not("We left it out");
        page.shows_not("blue");
    }
    // What it started from, and what was kept of it unasked, goes on as well.
    for made in ["_start=needs&_needs=&_base=glaze%3Dblue", "_start=standard&_kept=glaze%3Ablue&height=8"] {
        let page = studio.get(&format!("/products/mug/order?_revision=3&{made}")).await;
        page.shows("Green");
        page.shows_not(told);
    }
    // Where a design goes on from its revision, that is told with all else.
    let on = studio.get("/products/mug?_revision=3&_from=2&_start=standard&glaze=blue").await;
    on.shows("Green instead of Blue");
    on.shows_not(told);
    // An order says what it means.
    let ordered = studio.post("/products/mug/order?_revision=3&glaze=blue", &BUYER).await;
    assert_ne!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.location);
}

#[tokio::test]
async fn designs_made_before_open_with_the_new_code_of_an_option() {
    let studio = studio().await;
    let fields = [("code.blue", "navy"), ("version", "0"), ("base", "2"), ("_end", "on")];
    let saved = studio.post("/admin/products/mug/attributes/glaze", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let (_, after) = draft(&studio).await;
    assert_eq!(after.source.attributes[0].options[1].code, "navy");
    studio.republish(|bundle| *bundle = after).await;
    let page = studio.get("/products/mug/order?glaze=blue&height=8").await;
    page.shows("Blue");
    page.shows("glaze=navy");
    page.shows_not("not made any more");
    page.shows_not("We left it out");
}

#[tokio::test]
async fn a_successor_that_goes_too_is_asked_about() {
    let studio = studio().await;
    retire(&studio, BLUE, "green").await;
    let page = studio.get("/admin/products/mug/attributes/glaze/retire/green?successor=white").await;
    page.shows("“Green” as the successor of “blue”");
    page.shows("“Green” becomes “White”.");
    retire(&studio, "/admin/products/mug/attributes/glaze/retire/green", "white").await;
    let successors = draft(&studio).await.1.source.attributes[0].successors.clone();
    assert_eq!(serde_json::to_value(successors).unwrap(), json!({ "blue": "white", "green": "white" }));
}

#[tokio::test]
async fn what_the_standard_has_is_not_retired_without_a_successor() {
    let studio = studio().await;
    let (version, before) = draft(&studio).await;
    studio.get(WHITE).await.shows("“White” needs it. Choose a successor, or change this first.");
    let sent = [("version", "0"), ("base", "2"), ("shown", ""), ("successor", "")];
    let refused = studio.post(WHITE, &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("something needs this option");
    assert_eq!(draft(&studio).await, (version, before));
    retire(&studio, WHITE, "green")
        .await
        .leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    let source = serde_json::to_value(draft(&studio).await.1.source).unwrap();
    assert_eq!(source["attributes"][0]["standard"], "green");
}

#[tokio::test]
async fn a_draft_that_somebody_saved_meanwhile_is_left_as_it_is() {
    let studio = studio().await;
    let (_, mut bundle) = draft(&studio).await;
    bundle.source.base_price = 2_500;
    studio.shop.save_draft(&testing::slug("mug"), 0, bundle, "ben@example.org").await.unwrap();
    let before = draft(&studio).await;
    let sent = [("version", "0"), ("base", "2"), ("shown", "green"), ("successor", "green")];
    let refused = studio.post(BLUE, &sent).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("Somebody saved the draft meanwhile; nothing was retired.");
    assert_eq!(draft(&studio).await, before);
    for nowhere in ["glaze/retire/pink", "height/retire/blue", "shade/retire/blue"] {
        let page = studio.get(&format!("/admin/products/mug/attributes/{nowhere}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn another_successor_than_was_shown_is_shown_before_it_is_taken() {
    let studio = studio().await;
    let before = draft(&studio).await;
    let page = studio.get(&format!("{BLUE}?successor=white")).await;
    let (_, form) = page.text.split_once(&format!("<form method=\"post\" action=\"{BLUE}\"")).unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    for part in ["name=\"shown\" value=\"white\"", "<select", "formmethod=\"get\"", "testid=\"retire\""] {
        assert!(form.contains(part), "{part} is missing in {form}");
    }
    let sent = [("version", "0"), ("base", "2"), ("shown", "white"), ("successor", "green")];
    let refused = studio.post(BLUE, &sent).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("You chose another successor, so nothing was retired yet.");
    refused.shows("“lid = wood implies glaze = blue” becomes “lid = wood implies glaze = green”.");
    refused.shows("name=\"shown\" value=\"green\"");
    assert_eq!(draft(&studio).await, before);
    // So it is where a form does not say what was shown.
    let unsaid = studio.post(BLUE, &[("version", "0"), ("base", "2"), ("successor", "green")]).await;
    assert_eq!(unsaid.status, StatusCode::CONFLICT);
    assert_eq!(draft(&studio).await, before);
}

#[tokio::test]
async fn problems_of_the_draft_are_mended_before_an_option_is_retired() {
    let studio = studio().await;
    let (editor, told) = ("/admin/products/mug?unsound=1", "the draft has problems. Mend them first");
    studio.get(editor).await.shows_not(told);
    let (_, mut bundle) = draft(&studio).await;
    bundle.source.rules[0].rule = "lid = wod".to_owned();
    studio.shop.save_draft(&testing::slug("mug"), 0, bundle, "ana@example.org").await.unwrap();
    let (version, before) = draft(&studio).await;
    studio.get(BLUE).await.leads_to(editor);
    let version_sent = version.to_string();
    let sent = [("version", &*version_sent), ("base", "2"), ("shown", "green"), ("successor", "green")];
    studio.post(BLUE, &sent).await.leads_to(editor);
    assert_eq!(draft(&studio).await, (version, before));
    studio.get(editor).await.shows(told);
    studio.get("/admin/products/mug").await.shows_not(told);
}
