//! The admin in the reader's language, through the router: that nothing on its pages is in another.

use axum::http::StatusCode;
use configurator::source::{AttributeSource, Source, ValueSource};
use testing::slug;

use crate::common::Studio;
use crate::languages::{asking, nothing_stands_outside};

const PRODUCT: &str = "/admin/products/mug";

/// Looks at every page of the admin for those who are logged in.
async fn look_at_the_admin(studio: &Studio, state: &str) {
    for address in [
        "/admin",
        "/admin/products",
        "/admin/insight",
        "/admin/nowhere",
        PRODUCT,
        &format!("{PRODUCT}?saved=attribute-glaze"),
        &format!("{PRODUCT}?saved=basics"),
        &format!("{PRODUCT}/publish"),
        &format!("{PRODUCT}/revisions"),
        &format!("{PRODUCT}/saves"),
        "/admin/orders",
        "/admin/orders?before=1001",
        "/admin/orders/1002",
        "/admin/orders/9",
    ] {
        let page = asking(studio, address, "en-XA", "").await;
        nothing_stands_outside(&page.text, &format!("{address} {state}"));
    }
}

/// Saves the mug's draft as an edit of the live revision leaves it, and returns its version.
async fn save(studio: &Studio, edit: impl FnOnce(&mut Source)) -> i64 {
    let mug = slug("mug");
    let mut draft = studio.shop.draft(&mug).await.unwrap();
    draft.bundle.source = studio.shop.live(&mug).await.unwrap().bundle.source.clone();
    edit(&mut draft.bundle.source);
    let saved = studio.shop.save_draft(&mug, draft.version, draft.bundle, "ana@example.org");
    saved.await.unwrap().version
}

/// Changes whatever an editor can, and breaks it.
fn break_everything(source: &mut Source) {
    source.name = "⟦Cup⟧".to_owned();
    source.base_price = 2_950;
    source.lead_time_days = 1;
    source.budget = None;
    source.rules.clear();
    source.attributes.swap(0, 1);
    source.attributes[2].max = None;
    source.attributes[2].locked = true;
    let glaze = &mut source.attributes[1];
    glaze.options.swap(0, 1);
    glaze.options[0].available = false;
    glaze.options[0].swatch = None;
    glaze.options[1].label = "⟦Chalk⟧".to_owned();
    glaze.options.pop();
    glaze.help = "⟦Fired twice.⟧".to_owned();
    glaze.standard = ValueSource::Text("gone".to_owned());
    let more = serde_json::json!([
        { "code": "extras", "step": "looks", "label": "⟦Extras⟧", "kind": "multi-choice", "standard": [],
          "options": [{ "code": "spoon", "label": "⟦Spoon⟧" }] },
        { "code": "line", "step": "looks", "label": "⟦Line⟧", "kind": "text", "standard": "" },
        { "code": "width", "step": "looks", "label": "⟦Width⟧", "kind": "number", "standard": 3, "min": 1, "max": 9 },
    ]);
    source.attributes.extend(serde_json::from_value::<Vec<AttributeSource>>(more).unwrap());
}

/// What is typed into the draft is in one language, whoever edits; the check speaks English.
#[tokio::test]
async fn every_text_of_the_admin_is_in_the_readers_language() {
    let studio = Studio::with_ana_and_marked_texts().await;
    let no_orders = studio.get("/admin/orders?_lang=en-XA").await;
    nothing_stands_outside(&no_orders.text, "no orders");
    for glaze in ["glaze=blue", "glaze=green&lid=wood"] {
        let buyer =
            [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4 Portside")];
        studio.post(&format!("/products/mug/order?{glaze}"), &buyer).await;
    }
    look_at_the_admin(&studio, "without a draft").await;
    save(&studio, break_everything).await;
    look_at_the_admin(&studio, "with a broken draft").await;
    save(&studio, |source| source.rules[0].rule = "lid = wod implies height <= 10".to_owned()).await;
    look_at_the_admin(&studio, "with a mistake in a rule").await;
    let version = save(&studio, |source| source.base_price = 1_000).await;
    look_at_the_admin(&studio, "no problems").await;
    studio.shop.publish(&slug("mug"), version, "", "ana@example.org", shop::Agreed::Unasked).await.unwrap();
    // Its reason is the shop's own text, and marked as such.
    studio
        .shop
        .withdraw(&slug("mug"), 1.try_into().unwrap(), "A wrong price", "ana@example.org")
        .await
        .unwrap();
    for done in ["published=2", "live=2", "withdrawn=1"] {
        let page = studio.get(&format!("{PRODUCT}/revisions?{done}&_lang=en-XA")).await;
        assert!(page.text.contains("data-testid=\"done\""));
        nothing_stands_outside(&page.text, done);
    }
}

/// What can't be read, what somebody else saved, what can't be published, what was cut.
#[tokio::test]
async fn every_refusal_of_the_admin_is_in_the_readers_language() {
    let studio = Studio::with_ana_and_marked_texts().await;
    let version = save(&studio, break_everything).await.to_string();
    let made_from = [("version", version.as_str()), ("base", "1"), ("_end", "on")];
    let long = "5".repeat(201);
    let outdated = [("version", "0"), ("base", "1"), ("_end", "on")];
    for (section, form, status) in [
        ("basics", &[("base_price", ""), ("lead_time_days", "1.5")][..], 422),
        ("basics", &[("base_price", "much"), ("lead_time_days", "soon")], 422),
        ("basics", &[("base_price", "1.505"), ("lead_time_days", "1,500")], 422),
        ("attributes/glaze", &[("do", "add"), ("price.blue", "2.345.6")], 422),
        ("budget", &[("on", "on"), ("ceiling", "many")], 422),
        ("publish", &[], 422),
        ("publish", &[("note", &long)], 422),
    ] {
        let form = [form, &made_from].concat();
        let page = studio.post(&format!("{PRODUCT}/{section}?_lang=en-XA"), &form).await;
        assert_eq!(page.status.as_u16(), status, "{section}");
        nothing_stands_outside(&page.text, section);
    }
    for (section, form) in [("basics", &[("name", "⟦Jug⟧")][..]), ("publish", &[]), ("discard", &[])] {
        let form = [form, &outdated].concat();
        let page = studio.post(&format!("{PRODUCT}/{section}?_lang=en-XA"), &form).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{section}");
        nothing_stands_outside(&page.text, section);
    }

    let cut = studio.post(&format!("{PRODUCT}/basics?_lang=en-XA"), &made_from[..2]).await;
    nothing_stands_outside(&cut.text, "a form that was cut");
}

#[tokio::test]
async fn every_text_before_the_log_in_is_in_the_readers_language() {
    let studio = Studio::open().await;
    let invited = format!("/admin/invite/{}", studio.shop.invite("bo@example.org").await.unwrap());
    for address in ["/admin/login", &invited, "/admin/invite/none"] {
        let page = asking(&studio, address, "en-XA", "").await;
        nothing_stands_outside(&page.text, address);
    }
    let refused = studio.post("/admin/login?_lang=en-XA", &[("email", "bo@example.org")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing_stands_outside(&refused.text, "log-in");
    for again in ["short", "other"] {
        let refused =
            studio.post(&format!("{invited}?_lang=en-XA"), &[("password", "short"), ("again", again)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        nothing_stands_outside(&refused.text, again);
    }
}
