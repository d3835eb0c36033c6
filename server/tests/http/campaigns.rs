//! Campaign links: made in the admin, opened by shoppers, counted and ended.

use crate::common::{Answer, Studio};
use crate::defaults::learnt;
use axum::body::Body;
use axum::http::StatusCode;
use shop::orders::OrderedValue;
use testing::order_number;

const SPRING: [(&str, &str); 6] = [
    ("do", "make"),
    ("code", "spring-tea"),
    ("product", "mug"),
    ("greeting", "Hello <b>tea drinkers</b>"),
    ("use", ""),
    ("design", "http://127.0.0.1:3000/products/mug?_revision=1&_start=standard&glaze=blue"),
];

#[tokio::test]
async fn a_campaign_link_greets_begins_with_a_design_and_is_counted_without_a_person() {
    let studio = Studio::with_ana().await;
    studio.post("/admin/campaigns", &SPRING).await.leads_to("/admin/campaigns");
    for _ in 0..3 {
        let page = studio.get("/c/spring-tea").await;
        page.shows("Hello &lt;b&gt;tea drinkers");
        page.shows("€27");
        assert_eq!(page.cookies, <[String; 0]>::default(), "nothing is set");
    }
    // Browsers that look ahead, and programs that look whether it is there, are nobody.
    let ahead = studio.request("GET", "/c/spring-tea").header("sec-purpose", "prefetch;prerender");
    studio.send(ahead.body(Body::empty()).unwrap()).await.shows("Hello");
    let head = studio.request("HEAD", "/c/spring-tea").body(Body::empty()).unwrap();
    assert_eq!(studio.send(head).await.status, StatusCode::OK);
    let list = studio.get("/admin/campaigns").await;
    list.shows("/c/spring-tea");
    list.shows(": 3<");

    studio
        .post("/admin/campaigns", &[("do", "end"), ("code", "spring-tea")])
        .await
        .leads_to("/admin/campaigns");
    studio.get("/c/spring-tea").await.leads_to("/products/mug");
    let list = studio.get("/admin/campaigns").await;
    list.shows("Ended on");
    list.shows(": 3<");
    assert_eq!(studio.get("/c/autumn").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_client_opens_a_campaign_link_as_often_as_they_like_and_counts_for_few() {
    let studio = Studio::with_ana().await;
    studio.post("/admin/campaigns", &SPRING).await.leads_to("/admin/campaigns");
    for _ in 0..14 {
        studio.get("/c/spring-tea").await.shows("Hello");
    }
    studio.get("/admin/campaigns").await.shows(": 10<");
}

#[tokio::test]
async fn no_campaign_link_leads_to_what_nobody_can_see() {
    let studio = Studio::with_ana().await;
    let cup = [("name", "Cup"), ("address", "cup"), ("currency", "EUR"), ("attribute", "Size")];
    let begin = [&[("do", "fresh"), ("options", "Small\nLarge"), ("_end", "on")], &cup[..]].concat();
    studio.post("/admin/new", &begin).await.leads_to("/admin/products/cup");
    let to_cup = SPRING.map(|(name, value)| match name {
        "product" => (name, "cup"),
        "design" => (name, "?glaze=blue"),
        _ => (name, value),
    });
    let refused = studio.post("/admin/campaigns", &to_cup).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Publish it first");
    refused.shows("spring-tea");
    assert_eq!(studio.get("/c/spring-tea").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_campaign_link_begins_with_a_use() {
    let studio = Studio::with_ana().await;
    let with_use: Vec<_> = SPRING
        .iter()
        .map(|&(name, value)| match name {
            "use" => ("use", "tea"),
            "design" => ("design", ""),
            _ => (name, value),
        })
        .collect();
    studio.post("/admin/campaigns", &with_use).await.leads_to("/admin/campaigns");
    let page = studio.get("/c/spring-tea").await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("_use=tea");
}

#[tokio::test]
async fn a_campaign_link_begins_with_a_use_of_its_product_alone() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/campaigns").await.shows("Coffee (Mug)");
    let with_use = SPRING.map(|(name, value)| if name == "use" { (name, "soup") } else { (name, value) });
    let refused = studio.post("/admin/campaigns", &with_use).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("This product does not ask about that use.");
    refused.shows("soup: no product asks about it any more");
    assert_eq!(studio.get("/c/spring-tea").await.status, StatusCode::NOT_FOUND);
}

/// Where a page's first link to a path leads.
fn link(page: &Answer, to: &str) -> String {
    let rest = page.text.split(&format!("href=\"{to}?")).nth(1).unwrap();
    format!("{to}?{}", rest.split('"').next().unwrap().replace("&amp;", "&"))
}

/// A link that states a use is no consent: every page begins with what it says, and nothing is kept.
#[tokio::test]
async fn what_a_campaign_link_begins_with_holds_on_every_page_and_needs_no_consent() {
    let mut studio = learnt().await;
    studio.let_ana_in().await;
    let with_use = SPRING.map(|(name, value)| match name {
        "product" => (name, "travel-bike"),
        "use" => (name, "touring"),
        "design" => (name, ""),
        _ => (name, value),
    });
    studio.post("/admin/campaigns", &with_use).await.leads_to("/admin/campaigns");
    let page = studio.get("/c/spring-tea").await;
    page.shows_not("data-testid=\"personal-off\"");
    page.shows("example orders of touring riders");
    assert_eq!(page.cookies, <[String; 0]>::default());

    let why = studio.get(&link(&page, "/products/travel-bike/defaults")).await;
    why.shows("The link that you came by says what it is for: “On long tours with luggage”.");
    why.shows("so touring riders speak first");
    why.shows_not("Personal starts are off");
    why.shows("example orders of touring riders");
    let back = studio.get(&link(&why, "/products/travel-bike")).await;
    back.shows("example orders of touring riders");

    let design = link(&why, "/products/travel-bike").split_once('?').unwrap().1.to_owned();
    let buyer = [("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
    let placed = studio.post(&format!("/products/travel-bike/order?{design}"), &buyer).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let order = studio.shop.order_by_number(order_number(1001)).await.unwrap().unwrap();
    let of_riders = |value: &OrderedValue| format!("{:?}", value.origin).contains("SameUse");
    assert!(order.design.iter().any(of_riders), "{:?}", order.design);
    assert_eq!(order.stated_use, None, "they agreed to nothing");

    // A link that has ended states nothing any more, and one of another product never did.
    studio
        .post("/admin/campaigns", &[("do", "end"), ("code", "spring-tea")])
        .await
        .leads_to("/admin/campaigns");
    studio.get(&link(&page, "/products/travel-bike/defaults")).await.shows("Personal starts are off");
}

#[tokio::test]
async fn no_campaign_link_begins_with_what_can_not_be_had() {
    let studio = Studio::with_ana().await;
    for (design, why) in [
        ("http://127.0.0.1:3000/products/lamp?_revision=1&glaze=blue", "lamp"),
        ("?glaze=bleu", "This design can’t be had as it is:"),
    ] {
        let form = SPRING.map(|(name, value)| if name == "design" { (name, design) } else { (name, value) });
        let refused = studio.post("/admin/campaigns", &form).await;
        assert!(refused.status.is_client_error(), "{design}: {}", refused.status);
        refused.shows(why);
        assert_eq!(studio.get("/c/spring-tea").await.status, StatusCode::NOT_FOUND, "{design}");
    }
}

#[tokio::test]
async fn what_can_not_be_a_campaign_link_says_why_and_keeps_what_was_typed() {
    let studio = Studio::with_ana().await;
    for code in ["", "Spring", "spring tea", "../admin"] {
        let mut form = SPRING;
        form[1].1 = code;
        let refused = studio.post("/admin/campaigns", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        refused.shows("small letters, digits and dashes");
        refused.shows("Hello &lt;b&gt;tea drinkers");
    }
    studio.post("/admin/campaigns", &SPRING).await.leads_to("/admin/campaigns");
    studio.post("/admin/campaigns", &SPRING).await.shows("There is a link “spring-tea” already");
    assert_eq!(studio.post("/admin/campaigns", &[("do", "x")]).await.status, StatusCode::BAD_REQUEST);
    let mut stranger = studio;
    stranger.session = None;
    assert_eq!(stranger.post("/admin/campaigns", &SPRING).await.status, StatusCode::SEE_OTHER);
}
