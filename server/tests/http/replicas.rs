//! Two shops on one PostgreSQL database: what is done at one is there at the other.

use std::time::{Duration, Instant};

use crate::common::{Answer, PASSWORD, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use sqlx::Connection;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_of_one_shop_is_good_at_the_other() {
    let ([one, mut two], _database) = Studio::twice().await;
    let token = one.shop.invite("ana@example.org").await.unwrap();
    two.shop.accept_invite(&token, PASSWORD).await.unwrap();
    let form = [("email", "ana@example.org"), ("password", PASSWORD)];
    let answer = one.post("/admin/login", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // Beside the session there is the token that knows the browser again.
    let session = answer.cookies.iter().find_map(|cookie| cookie.strip_prefix("atelier_admin="));
    let session = session.unwrap().split(';').next().unwrap();
    two.session = Some(session.to_owned());
    assert_eq!(two.get("/admin").await.status, StatusCode::OK);

    one.shop.log_out(session).await.unwrap();
    two.get("/admin").await.leads_to("/admin/login?next=%2Fadmin");
}

/// The product's page is kept, and the other shop looks again after a second; two are promised.
async fn comes_to_show(studio: &Studio, price: &str) {
    let until = Instant::now() + Duration::from_secs(2);
    while !studio.get("/products/mug").await.text.contains(price) {
        assert!(Instant::now() < until, "{price} is not shown");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_shop_publishes_the_other_sells() {
    let ([one, two], _database) = Studio::twice().await;
    two.get("/products/mug").await.shows("€24");
    let dearer = one.republish(|bundle| bundle.source.base_price = 9_900).await;
    two.get("/").await.shows("From €99");
    comes_to_show(&two, "€99").await;
    let mug = "mug".parse().unwrap();
    assert_eq!(two.shop.live(&mug).await.unwrap().number, dearer);

    two.shop.roll_back(&mug, 1.try_into().unwrap(), "ana@example.org").await.unwrap();
    two.get("/products/mug").await.shows("€24");
    comes_to_show(&one, "€24").await;

    let draft = one.shop.draft(&mug).await.unwrap();
    one.shop.save_draft(&mug, draft.version, draft.bundle.clone(), "ana@example.org").await.unwrap();
    assert_eq!(
        two.shop.draft(&mug).await.unwrap().version,
        draft.version + 2,
        "a published draft had a version, too"
    );
    assert!(two.shop.save_draft(&mug, draft.version, draft.bundle, "bo@example.org").await.is_err());
}

async fn order(studio: &Studio, key: &str) -> Answer {
    let buyer = json!({ "name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4\n1000 Portside" });
    let order = json!({ "product": "mug", "design": { "choices": {}, "revision": 1 }, "buyer": buyer });
    let request = studio.request("POST", "/api/v1/orders").header(header::CONTENT_TYPE, "application/json");
    studio.send(request.header("idempotency-key", key).body(Body::from(order.to_string())).unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_at_both_shops_at_once_makes_one_order() {
    let ([one, two], _database) = Studio::twice().await;
    for key in ["a", "b", "c", "d", "e"] {
        let (here, there) = tokio::join!(order(&one, key), order(&two, key));
        assert_eq!((here.status, there.status), (StatusCode::CREATED, StatusCode::CREATED));
        // Each answer has a token of its own.
        let number = |answer: &Answer| {
            serde_json::from_str::<serde_json::Value>(&answer.text).unwrap()["number"].clone()
        };
        assert_eq!(number(&here), number(&there));
    }
    assert_eq!(two.shop.orders(None, 10).await.unwrap().len(), 5);
}

/// Whether a shop is alive, is ready, and answers pages.
async fn told(studio: &Studio) -> [StatusCode; 3] {
    let told = tokio::join!(studio.get("/healthz"), studio.get("/readyz"), studio.get("/servez"));
    [told.0.status, told.1.status, told.2.status]
}

/// As while a server is restarted, and as a standby that was not promoted: of that, pages are answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_without_its_database_is_alive_and_not_ready() {
    let ([one, _], database) = Studio::twice().await;
    let (fine, busy) = (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE);
    for (key, fault, end, found) in [
        ("a", "ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true", [fine, busy, busy]),
        (
            "b",
            "SET default_transaction_read_only = on",
            "RESET default_transaction_read_only",
            [fine, busy, fine],
        ),
    ] {
        assert_eq!(told(&one).await, [fine; 3], "before {fault}");
        database.alter(fault).await;
        assert_eq!(told(&one).await, found, "{fault}");
        let refused = order(&one, key).await;
        assert_eq!((refused.status, refused.comes_again_soon()), (busy, true), "{fault}");
        refused.shows("database-unavailable");
        database.alter(end).await;
        assert_eq!(told(&one).await, [fine; 3], "{end}");
        assert_eq!(order(&one, key).await.status, StatusCode::CREATED, "{end}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_does_not_answer_is_told_as_such() {
    let ([one, _], database) = Studio::twice().await;
    let mut other = database.connection().await;
    let mut held = other.begin().await.unwrap();
    sqlx::query("SELECT last FROM counters FOR UPDATE").execute(&mut *held).await.unwrap();
    let answer = order(&one, "a").await;
    assert_eq!((answer.status, answer.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
    answer.shows("database-unavailable");
    answer.shows_not("lock");
    held.rollback().await.unwrap();
    assert_eq!(order(&one, "a").await.status, StatusCode::CREATED);
}
