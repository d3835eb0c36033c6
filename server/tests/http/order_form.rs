//! The order form as people meet it: all that is wrong at once, the order that was placed before, what is ordered again.

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};

const ORDER: &str = "/products/mug/order?_revision=1&_start=standard&glaze=blue";
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];

/// Sends a form from a browser that has this cookie.
async fn post_with(studio: &Studio, address: &str, form: &[(&str, &str)], cookie: &str) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = studio.request("POST", address).header("sec-fetch-site", "same-origin");
    studio.send(request.header(header::COOKIE, cookie).body(Body::from(body)).unwrap()).await
}

fn own(cookie: &str) -> &str {
    cookie.split(';').next().unwrap_or_default()
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let studio = Studio::open().await;
    let answer = studio.post(ORDER, &[("quantity", "none"), ("name", ""), ("email", "bo")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["quantity", "name", "email", "address"] {
        answer.shows(&format!("id=\"{field}.note\""));
    }
    // What it shows is no longer what there is: the fields are told of all the same.
    let changed = studio.post(ORDER, &[("seen", "other"), ("name", "Bo"), ("email", "bo")]).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    for field in ["email", "address"] {
        changed.shows(&format!("id=\"{field}.note\""));
    }
    // Whoever asks for a total alone is told of nothing else.
    let total = studio.post(ORDER, &[("quantity", "2"), ("update", "on")]).await;
    assert_eq!(total.status, StatusCode::OK);
    total.shows_not(".note\"");
}

#[tokio::test]
async fn whoever_placed_an_order_finds_it_where_the_same_is_asked_about() {
    let studio = Studio::open().await;
    let placed = studio.post(ORDER, &BUYER).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    assert!(
        placed.cookie.contains("HttpOnly") && placed.cookie.contains("Max-Age=2400"),
        "{}",
        placed.cookie
    );
    let link = format!("href=\"{}\"", placed.location);
    let again = post_with(&studio, ORDER, &BUYER, own(&placed.cookie)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.shows(&link);
    again.shows(">Order 1001</a>");
    again.shows_not("<ul><li>You ordered this");
    // Who knows nothing but the address of somebody is told no more than before.
    for cookie in ["", "atelier_placed=1002.0123456789abcdef0123456789abcdef", "atelier_placed=1001.<b>"] {
        let stranger = post_with(&studio, ORDER, &BUYER, cookie).await;
        assert_eq!(stranger.status, StatusCode::CONFLICT, "{cookie}");
        stranger.shows("order 1001");
        stranger.shows_not("data-testid=\"ordered-before\"");
    }
}

#[tokio::test]
async fn a_form_that_placed_an_order_leads_to_it() {
    let studio = Studio::open().await;
    let form = [&BUYER[..], &[("request_id", "one")]].concat();
    let placed = studio.post(ORDER, &form).await;
    let changed = [&form[..], &[("note", "Before Friday, please")]].concat();
    let answer = post_with(&studio, ORDER, &changed, own(&placed.cookie)).await;
    answer.shows("This form placed order 1001 already.");
    answer.shows(&format!("href=\"{}\"", placed.location));
}

#[tokio::test]
async fn of_an_order_that_is_changed_only_what_was_chosen_is_chosen() {
    let studio = Studio::open().await;
    let placed = studio.post(ORDER, &BUYER).await;
    let order = studio.get(&placed.location).await;
    order.shows("href=\"/products/mug/order?_revision=1&amp;_start=standard&amp;glaze=blue\"");
    order.shows("href=\"/products/mug?_revision=1&amp;_start=standard&amp;glaze=blue\"");
    order.shows_not("height=9");
}

#[tokio::test]
async fn what_was_ordered_is_offered_as_unfinished_no_more() {
    let studio = Studio::open().await;
    let design = "_revision=1&_start=standard&glaze=blue";
    let form = [("_was", "_revision=1&_start=standard"), ("_now", design)];
    let saved = studio.post("/products/mug/save", &form).await;
    let cookie = own(&saved.cookie);
    let page = async || {
        let request = studio.request("GET", "/products/mug").header(header::COOKIE, cookie);
        studio.send(request.body(Body::empty()).unwrap()).await
    };
    page().await.shows("data-testid=\"left\"");
    let placed = post_with(&studio, ORDER, &BUYER, cookie).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    page().await.shows_not("data-testid=\"left\"");
}

#[tokio::test]
async fn domains_are_shown_as_people_write_them() {
    let studio = Studio::open().await;
    let buyer = [BUYER[0], ("email", "bo@xn--mller-kva.de"), BUYER[2]];
    let placed = studio.post(ORDER, &buyer).await;
    let order = studio.get(&placed.location).await;
    order.shows("bo@müller.de");
    order.shows_not("xn--");
    let refused = studio.post(ORDER, &buyer[..2]).await;
    refused.shows("value=\"bo@müller.de\"");
    assert_eq!(
        studio.shop.orders(None, 1).await.unwrap()[0].buyer.email,
        "bo@xn--mller-kva.de",
        "mails go there"
    );
}
