//! Customers in the admin: the list, segments by rule, and everything between the shop and one of them.

use crate::common::Studio;
use axum::http::StatusCode;
use shop::Client;
use shop::orders::Change;
use testing::order_number;

async fn order(studio: &Studio, name: &str, email: &str, glaze: &str) {
    let buyer = [("name", name), ("email", email), ("address", "Harbour Street 4\n1000 Portside")];
    let form = format!("/products/mug/order?_revision=1&_start=standard&glaze={glaze}");
    assert_eq!(studio.post(&form, &buyer).await.status, StatusCode::SEE_OTHER);
}

/// Bo ordered for €55, Zoe for €24.
async fn shop_with_two() -> Studio {
    let studio = Studio::with_ana().await;
    order(&studio, "Bo <b>Larsen</b>", "Bo@example.org", "blue").await;
    order(&studio, "Bo <b>Larsen</b>", "bo@example.org", "green").await;
    order(&studio, "Zoe Lund", "zoe@example.org", "white").await;
    studio
}

#[tokio::test]
async fn customers_are_listed_and_found_by_words_and_by_a_rule() {
    let studio = shop_with_two().await;
    let all = studio.get("/admin/customers").await;
    for text in ["2 customers", "Bo &lt;b&gt;Larsen", "bo@example.org", "€55", "zoe@example.org", "€24"] {
        all.shows(text);
    }
    for asked in ["q=zoe", "q=lund", "q=1003"] {
        let found = studio.get(&format!("/admin/customers?{asked}")).await;
        found.shows("1 customer");
        found.shows("zoe@example.org");
        found.shows_not("bo@example.org");
    }
    for (asked, bo, zoe) in [
        ("value=25", true, false),
        ("value=24.00", true, true),
        ("orders=2", true, false),
        ("since=2099-01-01", false, false),
        ("product=mug", true, true),
        ("product=lamp", false, false),
        ("use=tea", false, false),
        ("value=many&orders=x&since=now", true, true),
    ] {
        let found = studio.get(&format!("/admin/customers?{asked}")).await;
        assert_eq!(found.text.contains("bo@example.org"), bo, "{asked}");
        assert_eq!(found.text.contains("zoe@example.org"), zoe, "{asked}");
    }
    // An order that came to nothing counts for nothing.
    studio.shop.change_order(order_number(1003), Change::Test(true), "ana@example.org").await.unwrap();
    studio.get("/admin/customers").await.shows_not("zoe@example.org");
}

#[tokio::test]
async fn a_segment_is_a_rule_with_a_name_that_is_counted_and_changed() {
    let studio = shop_with_two().await;
    studio.get("/admin/customers").await.shows_not("Keep as segment");
    studio.get("/admin/customers?value=30").await.shows("Keep as segment");
    let kept = [("rule", "value=30"), ("name", " Good <b>customers</b> ")];
    studio.post("/admin/customers", &kept).await.leads_to("/admin/customers?value=30");
    let page = studio.get("/admin/customers").await;
    for text in ["Good &lt;b&gt;customers", "Value of at least 30", "href=\"/admin/customers?value=30\""] {
        page.shows(text);
    }
    let counts =
        async || studio.shop.segments().await.unwrap().into_iter().map(|(_, many)| many).collect::<Vec<_>>();
    assert_eq!(counts().await, [1]);
    let changed = [("rule", "value=20"), ("name", "Good <b>customers</b>")];
    studio.post("/admin/customers", &changed).await.leads_to("/admin/customers?value=20");
    assert_eq!(counts().await, [2]);
    let long = "x".repeat(61);
    let refused = studio.post("/admin/customers", &[("rule", "value=20"), ("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    studio
        .post("/admin/customers", &[("rule", ""), ("remove", "Good <b>customers</b>")])
        .await
        .leads_to("/admin/customers");
    assert_eq!(counts().await, <[u64; 0]>::default());
}

#[tokio::test]
async fn a_customers_page_shows_all_touch_points() {
    let studio = shop_with_two().await;
    let page = studio.get("/admin/customer?email=BO%40example.org").await;
    for text in ["Order 1001: Mug", "Order 1002: Mug", "/admin/orders/1002", "Waits to be sent"] {
        page.shows(text);
    }
    page.shows_not("Order 1003");
    page.shows_not("Customer since");
    studio.shop.ask_to_sign_in("bo@example.org", "en", &Client::new("a")).await.unwrap();
    studio.get("/admin/customer?email=bo%40example.org").await.shows("Link to sign in");
    assert_eq!(studio.get("/admin/customer?email=no%40example.org").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn strangers_see_no_customer() {
    let mut studio = shop_with_two().await;
    studio.session = None;
    for address in ["/admin/customers", "/admin/customer?email=bo%40example.org"] {
        let away = studio.get(address).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER);
        assert!(away.location.starts_with("/admin/login"), "{}", away.location);
    }
    assert_eq!(studio.post("/admin/customers", &[("name", "x")]).await.status, StatusCode::SEE_OTHER);
}
