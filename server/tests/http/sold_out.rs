//! Options that are sold out, through the router: marked in the admin, not to be had by anybody, and on sale again.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use shop::Environment;
use shop::access::Role;
use shop::stock::{MarkError, SoldOut};
use testing::FakeEnvironment;
use time::Duration;
use time::macros::date;

use crate::common::{Answer, PASSWORD, Studio};

const PAGE: &str = "/admin/products/mug/sold-out";
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
const FILE: &str = r#"
name = "Kiln & Wheel"
time_zone = "Europe/Berlin"

[company]
legal_name = "Kiln & Wheel Ltd"
address = "Harbour Street 4"

[contact]
email = "hello@example.org"
"#;

impl Studio {
    async fn mark(&self, option: &str, until: &str) -> Answer {
        self.post(PAGE, &[("do", "sold-out"), ("option", option), ("until", until)]).await
    }

    /// Orders by the API; the answer has the problem's code.
    async fn order_by_program(&self, choices: serde_json::Value) -> Answer {
        let order = json!({
            "product": "mug", "design": { "revision": 1, "choices": choices },
            "buyer": { "name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4\n1000 Portside" },
        });
        let placed = self.shop.orders(None, 99).await.unwrap().len();
        let request = self.request("POST", "/api/v1/orders").header(header::CONTENT_TYPE, "application/json");
        let request = request.header("idempotency-key", format!("{placed}-{choices}"));
        self.send(request.body(Body::from(order.to_string())).unwrap()).await
    }

    /// The mug's page for somebody who reads another language.
    async fn speaking(&self, language: &str) -> Answer {
        let request = self.request("GET", "/products/mug").header(header::ACCEPT_LANGUAGE, language);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn has_no_blue_order(&self) {
        for order in self.shop.orders(None, 9).await.unwrap() {
            assert!(order.design.iter().all(|value| value.value != "blue"), "{order:?}");
        }
    }
}

/// What a hidden field of a form has.
fn hidden(page: &Answer, name: &str) -> String {
    let from = page.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    from.split('"').next().unwrap().to_owned()
}

/// What the page says of an option's tile, as it is read.
fn tile(page: &Answer, label: &str) -> String {
    let from = page.text.split(&format!(">{label}<")).nth(1).unwrap_or_default();
    from.split("</label>").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_is_sold_out_says_so_and_nobody_has_it() {
    let studio = Studio::with_ana().await;
    studio.get("/products/mug").await.shows_not("Blue is sold out");
    let marked = studio.mark("glaze/blue", "2999-12-18").await;
    marked.leads_to(&format!("{PAGE}?done=sold-out&option=glaze/blue"));
    let page = studio.get(&marked.location).await;
    page.shows("Glaze: Blue is sold out now.");
    page.shows("18 December 2999");

    // The page that everybody sees is another one at once.
    let page = studio.get("/products/mug").await;
    assert!(
        tile(&page, "Blue").contains("Blue is sold out until 18 December 2999."),
        "{}",
        tile(&page, "Blue")
    );
    // A link that holds it opens on what comes nearest, and says why and what that costs.
    let linked = studio.get("/products/mug?_revision=1&glaze=blue&height=8").await;
    assert_eq!(linked.status, StatusCode::OK);
    linked.shows("Blue is sold out until 18 December 2999.");
    linked.shows("It costs €24 now instead of €27 (−€3).");
    linked.shows("Glaze: White instead of Blue");
    studio.speaking("de").await.shows("Blue ist bis 18. Dezember 2999 ausverkauft.");
    studio.speaking("ar").await.shows("نفد \u{2068}Blue\u{2069} حتى");

    let put = studio.post(PAGE, &[("do", "on-sale"), ("option", "glaze/blue")]).await;
    let page = studio.get(&put.location).await;
    page.shows("Glaze: Blue is on sale again.");
    page.shows("value=\"2999-12-18\"");
    studio.get("/products/mug").await.shows_not("Blue is sold out");
    studio.get("/products/mug?_revision=1&glaze=blue&height=8").await.shows_not("instead of");
    assert_eq!(studio.order_by_program(json!({ "glaze": "blue" })).await.status, StatusCode::CREATED);
    studio.get("/admin/people").await.shows("marked an option of Mug as sold out");
}

#[tokio::test]
async fn what_is_sold_out_is_not_ordered() {
    let studio = Studio::with_ana().await;
    let form = "/products/mug/order?_revision=1&glaze=blue";
    let fingerprint = hidden(&studio.get(form).await, "seen");
    studio.mark("glaze/blue", "").await;
    let refused = studio.order_by_program(json!({ "glaze": "blue" })).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("\"code\":\"sold-out\""), "{}", refused.text);
    refused.shows("Blue is sold out.");
    for seen in [None, Some(&*fingerprint)] {
        let fields: Vec<_> = BUYER.into_iter().chain(seen.map(|seen| ("seen", seen))).collect();
        let refused = studio.post(form, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Blue is sold out.");
        refused.shows("value=\"Bo Larsen\"");
    }
    assert_eq!(studio.shop.orders(None, 9).await.unwrap(), []);
    // Everything else is, also what asks for nothing in particular.
    for choices in [json!({ "glaze": "green" }), json!({})] {
        assert_eq!(studio.order_by_program(choices).await.status, StatusCode::CREATED);
    }
    studio.has_no_blue_order().await;
}

#[tokio::test]
async fn a_form_that_showed_what_is_sold_out_by_now_orders_nothing_else() {
    let studio = Studio::with_ana().await;
    let form = "/products/mug/order?_revision=1&height=8";
    let fingerprint = hidden(&studio.get(form).await, "seen");
    studio.mark("glaze/white", "").await;
    let fields: Vec<_> = BUYER.into_iter().chain([("seen", &*fingerprint)]).collect();
    let asked = studio.post(form, &fields).await;
    assert!(asked.status.is_client_error(), "{} {}", asked.status, asked.location);
    asked.shows("White is sold out.");
    assert_eq!(studio.shop.orders(None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn the_list_has_the_price_of_what_is_left() {
    let studio = Studio::with_ana().await;
    studio.get("/").await.shows("From €24");
    studio.mark("glaze/white", "").await;
    studio.get("/").await.shows("From €27");
    let list = studio.get("/api/v1/products").await;
    assert!(!list.text.contains("2400"), "{}", list.text);
    studio.post(PAGE, &[("do", "on-sale"), ("option", "glaze/white")]).await;
    studio.get("/").await.shows("From €24");
}

#[tokio::test]
async fn who_works_in_production_marks_it_and_who_only_reads_does_not() {
    for (role, marks) in [(Role::Production, true), (Role::Viewer, false)] {
        let mut studio = Studio::with_ana().await;
        let token = studio.shop.invite_by("ben@example.org", role, "ana@example.org").await.unwrap();
        studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
        let page = studio.get(PAGE).await;
        assert_eq!(page.text.contains("data-testid=\"mark\""), marks);
        let marked = studio.mark("glaze/blue", "").await;
        let expected = if marks { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
        assert_eq!(marked.status, expected);
        assert_eq!(studio.shop.sold_out(&testing::slug("mug")).await.unwrap().len(), usize::from(marks));
        studio.get("/admin/products/mug").await.shows(&format!("href=\"{PAGE}\""));
    }
}

#[tokio::test]
async fn the_standard_design_gives_way_to_the_nearest_one() {
    let studio = Studio::with_ana().await;
    studio.mark("glaze/white", "").await;
    studio.get("/products/mug").await.shows("White is sold out.");
    // A link that rests on the standard says what it has now.
    let linked = studio.get("/products/mug?_revision=1&height=8").await;
    linked.shows("White is sold out. It costs €27 now instead of €24 (+€3).");
    linked.shows("Glaze: Blue instead of White");
    studio.get("/products/mug?_revision=1&glaze=green").await.shows_not("instead of White");
    let ordered = studio.order_by_program(json!({})).await;
    assert_eq!(ordered.status, StatusCode::CREATED, "{}", ordered.text);
    let order = studio.shop.orders(None, 1).await.unwrap().remove(0);
    assert!(order.design.iter().any(|value| ["blue", "green"].contains(&&*value.value)), "{order:?}");
    // The draft has nothing of it.
    studio.get("/admin/products/mug").await.shows_not("sold out");
}

#[tokio::test]
async fn what_can_not_be_marked_says_why_and_marks_nothing() {
    let studio = Studio::with_ana().await;
    for (option, until, why) in [
        ("glaze/blue", "2020-01-20", "still to come"),
        ("glaze/blue", "soon", "still to come"),
        ("glaze/red", "", "Choose an option"),
        ("height/9", "", "Choose an option"),
        ("", "", "Choose an option"),
    ] {
        let refused = studio.mark(option, until).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{option} {until}");
        refused.shows(why);
    }
    studio.mark("lid/none", "").await;
    let last = studio.mark("lid/wood", "").await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    last.shows("nothing could be ordered");
    let marked = studio.shop.sold_out(&testing::slug("mug")).await.unwrap();
    assert_eq!(marked.len(), 1);
}

#[tokio::test]
async fn two_who_mark_the_last_two_options_at_once_leave_one() {
    let studio = Studio::with_ana().await;
    let mug = testing::slug("mug");
    let lid = |option: &str| SoldOut { attribute: "lid".to_owned(), option: option.to_owned(), until: None };
    let (none, wood) = tokio::join!(
        studio.shop.mark_sold_out(&mug, lid("none"), "ana@example.org"),
        studio.shop.mark_sold_out(&mug, lid("wood"), "ben@example.org"),
    );
    let refused = [none, wood].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [MarkError::NothingLeft]), "{refused:?}");
    assert_eq!(studio.shop.sold_out(&mug).await.unwrap().len(), 1);
    studio.get("/products/mug").await.shows("is sold out.");
}

#[tokio::test]
async fn on_its_day_an_option_is_on_sale_again_by_itself() {
    let clock = Arc::new(FakeEnvironment::default());
    let studio = Studio::run_by(FILE, Arc::clone(&clock) as Arc<dyn Environment>).await;
    let mug = testing::slug("mug");
    let until = Some(date!(2027 - 01 - 18));
    let blue = SoldOut { attribute: "glaze".to_owned(), option: "blue".to_owned(), until };
    studio.shop.mark_sold_out(&mug, blue, "ana@example.org").await.unwrap();
    for (days, is_sold_out) in [(0, true), (2, true), (1, false)] {
        clock.wait(Duration::days(days));
        let page = studio.get("/products/mug").await;
        let told = tile(&page, "Blue");
        assert_eq!(
            told.contains("Blue is sold out until 18\u{a0}January."),
            is_sold_out,
            "{days} {}: {told}",
            page.status
        );
        let ordered = studio.order_by_program(json!({ "glaze": "blue" })).await;
        assert_eq!(ordered.status == StatusCode::CREATED, !is_sold_out, "{days}: {}", ordered.text);
    }
}

#[tokio::test]
async fn what_is_all_sold_out_becomes_live_neither_by_publishing_nor_by_going_back() {
    let studio = Studio::with_ana().await;
    let mug = testing::slug("mug");
    let draft = studio.shop.draft(&mug).await.unwrap();
    let mut bundle = draft.bundle;
    let lid = bundle.source.attributes.iter_mut().find(|attribute| attribute.code == "lid").unwrap();
    lid.options.iter_mut().find(|option| option.code == "wood").unwrap().available = false;
    let saved = studio.shop.save_draft(&mug, draft.version, bundle, "ana@example.org").await.unwrap();
    studio.mark("lid/none", "").await;
    let held = studio.publish("").await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
    held.shows("nothing of that revision could be ordered");
    assert_eq!(studio.shop.draft(&mug).await.unwrap().version, saved.version);
    // It is published once something is on sale, and can't be gone back to while that is sold out.
    studio.shop.put_on_sale(&mug, ("lid", "none"), "ana@example.org").await.unwrap();
    studio.publish("").await.leads_to("/admin/products/mug/revisions?published=2");
    studio.post("/admin/products/mug/revisions/1/live", &[]).await;
    studio.mark("lid/none", "").await;
    let held = studio.post("/admin/products/mug/revisions/2/live", &[]).await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
    held.shows("nothing of that revision could be ordered");
    assert_eq!(studio.shop.published(&mug).await.unwrap().number.to_string(), "1");
}

#[tokio::test]
async fn a_product_that_is_not_sold_says_so_and_not_that_everything_can_be_ordered() {
    let studio = Studio::with_ana().await;
    let begin = [("do", "fresh"), ("name", "Cup"), ("address", "cup"), ("currency", "EUR")];
    let begin = [&begin[..], &[("attribute", "Size"), ("options", "Small\nLarge"), ("_end", "on")]].concat();
    studio.post("/admin/new", &begin).await.leads_to("/admin/products/cup");
    let page = studio.get("/admin/products/cup/sold-out").await;
    page.shows("it was never published");
    page.shows_not("Everything can be ordered.");
    studio.get("/admin/products/cup/standing").await.shows("data-testid=\"no-address\"");
    studio.get("/admin/products/mug/sold-out").await.shows("Everything can be ordered.");
    let archive = [("was", "listed"), ("do", "archived")];
    assert_eq!(studio.post("/admin/products/mug/standing", &archive).await.status, StatusCode::SEE_OTHER);
    let page = studio.get("/admin/products/mug/sold-out").await;
    page.shows("Nothing of it is sold while it is archived");
    page.shows_not("Everything can be ordered.");
}
