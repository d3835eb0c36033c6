//! The admin's first page and the insight across products, through the router.

use axum::http::StatusCode;
use shop::access::Role;
use shop::products::Standing;
use shop::stock::SoldOut;
use testing::slug;

use crate::common::{PASSWORD, Studio};

const BUYER: [(&str, &str); 3] =
    [("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];

/// Logs somebody of a role in; the session that was before.
async fn with(studio: &mut Studio, role: Role) -> Option<String> {
    let token = studio.shop.invite_by("ben@example.org", role, "ana@example.org").await.unwrap();
    let entered = studio.shop.accept_invite(&token, PASSWORD).await.unwrap();
    studio.session.replace(entered.session)
}

async fn break_the_draft(studio: &Studio) {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.name = String::new();
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

#[tokio::test]
async fn what_waits_is_told_with_a_way_to_it_and_else_that_nothing_does() {
    let studio = Studio::with_ana().await;
    studio.get("/admin").await.shows("Nothing waits.");
    let ordered = studio.post("/products/mug/order?_revision=1&glaze=blue", &BUYER).await;
    assert!(ordered.location.starts_with("/orders/"), "{}", ordered.text);
    break_the_draft(&studio).await;
    let page = studio.get("/admin").await;
    page.shows_not("Nothing waits.");
    page.shows("1 order is to be confirmed");
    page.shows("href=\"/admin/orders?state=placed&amp;test=none\"");
    page.shows("changed, and not looked at yet");
    page.shows("href=\"/admin/products/mug\"");
    // Whoever looks at the draft lets the first page know.
    studio.get("/admin/products/mug/analysis").await;
    let page = studio.get("/admin").await;
    page.shows("data-testid=\"waits-draft-problems\"");
    page.shows("Urgent");
    studio.get("/admin/orders?state=placed&test=none").await.shows("Bo");
}

#[tokio::test]
async fn what_ends_within_a_week_is_told() {
    let studio = Studio::with_ana().await;
    let mug = slug("mug");
    let settings = studio.shop.settings().await.unwrap();
    let mut fields = settings.fields.clone();
    fields.insert("price_hold_days".to_owned(), "3".to_owned());
    studio.shop.save_settings(settings.version, &fields, "ana@example.org").await.unwrap();
    let until = studio.shop.calendar().today().checked_add(time::Duration::days(2));
    let (attribute, option) = ("glaze".to_owned(), "blue".to_owned());
    studio.shop.mark_sold_out(&mug, SoldOut { attribute, option, until }, "ana@example.org").await.unwrap();
    studio.republish(|bundle| bundle.source.base_price = 2_500).await;
    let page = studio.get("/admin").await;
    page.shows("Blue of Mug is on sale again on ");
    page.shows("href=\"/admin/products/mug/sold-out\"");
    page.shows("The prices of Mug, revision 1, hold until ");
    // For longer than a week nobody is told.
    let settings = studio.shop.settings().await.unwrap();
    fields.insert("price_hold_days".to_owned(), "30".to_owned());
    studio.shop.save_settings(settings.version, &fields, "ana@example.org").await.unwrap();
    let page = studio.get("/admin").await;
    page.shows_not("data-testid=\"waits-prices-end\"");
    page.shows("data-testid=\"waits-on-sale\"");
    // What is archived is not on sale again by its day.
    studio.shop.change_standing(&mug, Standing::Listed, Standing::Archived, "ana@example.org").await.unwrap();
    studio.get("/admin").await.shows_not("data-testid=\"waits-on-sale\"");
}

#[tokio::test]
async fn production_is_told_of_orders_alone() {
    let mut studio = Studio::with_ana().await;
    studio.post("/products/mug/order?_revision=1&glaze=blue", &BUYER).await;
    break_the_draft(&studio).await;
    let ana = with(&mut studio, Role::Production).await;
    let page = studio.get("/admin").await;
    page.shows("1 order is to be confirmed");
    page.shows_not("data-testid=\"waits-draft-problems\"");
    page.shows_not("data-testid=\"waits-draft-unknown\"");
    studio.session = ana;
    studio.get("/admin").await.shows("data-testid=\"waits-draft-unknown\"");
}

#[tokio::test]
async fn insight_is_a_row_for_each_product_with_orders_however_they_were_placed() {
    let studio = Studio::with_ana().await;
    studio.get("/admin").await.shows("href=\"/admin/insight\"");
    let page = studio.get("/admin/insight").await;
    page.shows("href=\"/admin/products/mug/insight\"");
    let count = |text: &str| {
        let cell = text.split("data-label=\"Orders in all\"").nth(1).unwrap();
        cell.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    assert_eq!(count(&page.text), "0");
    // A form that is sent without a visit that was counted, as programs do.
    studio.post("/products/mug/order?_revision=1&glaze=blue", &BUYER).await;
    assert_eq!(count(&studio.get("/admin/insight?days=7").await.text), "1");
    let file = studio.get("/admin/insight.csv?days=7").await;
    assert_eq!(file.status, StatusCode::OK);
    let mut lines = file.text.lines();
    assert!(
        lines.next().unwrap().starts_with("product,name,from,to,visits,order_forms,ordered_there,orders,")
    );
    let mug: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!((mug[0], mug[1], mug[7]), ("mug", "Mug", "1"));
    // What is no number of days is thirty.
    assert_eq!(studio.get("/admin/insight?days=never").await.status, StatusCode::OK);
}
