//! Attributes that don't always apply, on every face: pages, forms, orders, links, proposals, the API.

use crate::common::Studio;
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];

/// Handles that were chosen and have no door to sit on.
const WAITING: &str = "_revision=1&_start=standard&doors=none&handles=brass";
const WITH_DOORS: &str = "_revision=1&_start=standard&doors=lower&handles=brass";

async fn bookcases() -> Studio {
    Studio::with_demo("bookcase").await
}

async fn ask(studio: &Studio, address: &str, body: &Value) -> Value {
    let request = studio.request("POST", address).header(header::CONTENT_TYPE, "application/json");
    let answer = studio.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

#[tokio::test]
async fn what_waits_is_on_no_form_and_no_sheet_and_stays_in_the_address() {
    let studio = bookcases().await;
    let page = studio.get(&format!("/products/bookcase?{WAITING}")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("handles=brass");
    let address = format!("/products/bookcase/order?{WAITING}");
    let form = studio.get(&address).await;
    form.shows_not("Handles");
    let hidden = |name: &str| {
        let field = form.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (request_id, seen) = (hidden("request_id"), hidden("seen"));
    let mut fields = BUYER.to_vec();
    fields.extend([("request_id", request_id.as_str()), ("seen", seen.as_str())]);
    let placed = studio.post(&address, &fields).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let order = studio.get(&placed.location).await;
    order.shows_not("Handles");
    studio.get(&format!("/products/bookcase/order?{WITH_DOORS}")).await.shows("Handles");
}

#[tokio::test]
async fn a_form_sends_nothing_of_what_is_not_there_and_keeps_its_choice() {
    let studio = bookcases().await;
    let was = |query: &str| query.replace('&', "%26").replace('=', "%3D");
    let form =
        |waiting: &str, form: &str| format!("/products/bookcase/choose?_was={}&{form}&_end=1", was(waiting));
    let sent = studio.get(&form(WITH_DOORS, "doors=none&handles=brass")).await;
    assert!(
        sent.location.contains("doors=none") && sent.location.contains("handles=brass"),
        "{}",
        sent.location
    );
    let back = studio.get(&form(WAITING, "doors=lower")).await;
    assert!(
        back.location.contains("doors=lower") && back.location.contains("handles=brass"),
        "{}",
        back.location
    );
    studio.get(&back.location).await.shows("Brass");
}

#[tokio::test]
async fn links_in_words_and_proposals_leave_it_out() {
    let studio = bookcases().await;
    studio.get(&format!("/products/bookcase/needs?{WAITING}")).await.shows_not("Handles");
    studio.get(&format!("/products/bookcase/needs?{WITH_DOORS}")).await.shows("Handles");
}

#[tokio::test]
async fn programs_are_told_what_applies() {
    let studio = bookcases().await;
    let design = |doors: &str| json!({ "choices": { "doors": doors, "handles": "brass" } });
    let address = "/api/v1/products/bookcase/complete";
    let has_handles = |answer: &Value| {
        answer["design"].as_array().unwrap().iter().any(|value| value["attribute"] == "handles")
    };
    let without = ask(&studio, address, &design("none")).await;
    assert!(!has_handles(&without));
    assert!(has_handles(&ask(&studio, address, &design("lower")).await));
    let wanted = json!({ "design": { "choices": { "doors": "none" } }, "wanted": { "attribute": "handles", "value": "brass" } });
    let ways = ask(&studio, "/api/v1/products/bookcase/repairs", &wanted).await;
    assert_eq!(ways["repairs"][0]["changes"][0]["attribute"], "doors", "{ways}");
    let reason = ways["reason"]["sentence"].as_str().unwrap();
    assert!(reason.contains("Doors"), "{reason}");
    let product = studio.get("/api/v1/products/bookcase").await;
    product.shows("\"applies\":\"doors != none\"");
}
