//! Options that are sold out, through the router: marked in the admin, not to be had by anybody, and on sale again.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use shop::Environment;
use shop::stock::SoldOut;
use testing::FakeEnvironment;
use time::Duration;
use time::macros::date;

use crate::common::{Answer, Studio};

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

    async fn order_by_program(&self, choices: serde_json::Value) -> Answer {
        let order = json!({
            "product": "mug", "design": { "revision": 1, "choices": choices },
            "buyer": { "name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4\n1000 Portside" },
        });
        let request = self.request("POST", "/api/v1/orders").header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(order.to_string())).unwrap()).await
    }
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

    studio.get("/products/mug").await.shows("Blue is sold out until 18 December.");
    // A link that holds it opens on what comes nearest, and says why.
    let linked = studio.get("/products/mug?_revision=1&glaze=blue&height=8").await;
    assert_eq!(linked.status, StatusCode::OK);
    linked.shows("Blue is sold out until 18 December.");
    let refused = studio.order_by_program(json!({ "glaze": "blue" })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Blue is sold out until 18 December."), "{}", refused.text);
    let _ = studio.post("/products/mug/order?_revision=1&glaze=blue", &BUYER).await;
    for order in studio.shop.orders(None, 9).await.unwrap() {
        assert!(order.design.iter().all(|value| value.value != "blue"), "{order:?}");
    }
    assert_eq!(studio.order_by_program(json!({ "glaze": "green" })).await.status, StatusCode::CREATED);

    let put = studio.post(PAGE, &[("do", "on-sale"), ("option", "glaze/blue")]).await;
    let page = studio.get(&put.location).await;
    page.shows("Glaze: Blue is on sale again.");
    page.shows("value=\"2999-12-18\"");
    studio.get("/products/mug").await.shows_not("Blue is sold out");
    assert_eq!(studio.order_by_program(json!({ "glaze": "blue" })).await.status, StatusCode::CREATED);
    studio.get("/admin/people").await.shows("marked an option of mug as sold out");
}

#[tokio::test]
async fn the_standard_design_gives_way_to_the_nearest_one() {
    let studio = Studio::with_ana().await;
    studio.mark("glaze/white", "").await;
    studio.get("/products/mug").await.shows("White is sold out.");
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
        assert_eq!(page.text.contains("Blue is sold out until 18 January."), is_sold_out, "{days}");
        let ordered = studio.order_by_program(json!({ "glaze": "blue" })).await;
        assert_eq!(ordered.status == StatusCode::CREATED, !is_sold_out, "{days}: {}", ordered.text);
    }
}
