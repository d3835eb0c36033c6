//! Whether the shop says that it is alive and ready.

use crate::common::Studio;
use axum::http::StatusCode;
use server::http::Settings;
use server::readiness::Readiness;

#[tokio::test]
async fn a_shop_is_ready_once_it_is_prepared_and_until_it_stops() {
    let readiness = Readiness::preparing();
    let studio =
        Studio::with_settings(Settings { readiness: readiness.clone(), ..Settings::default() }).await;
    let told = async || {
        let alive = studio.get("/healthz").await;
        assert_eq!((alive.status, alive.text.as_str()), (StatusCode::OK, r#"{"state":"alive"}"#));
        let ready = studio.get("/readyz").await;
        let state: serde_json::Value = serde_json::from_str(&ready.text).unwrap();
        // Pages are answered all the while.
        assert_eq!(studio.get("/servez").await.status, StatusCode::OK);
        (ready.status.as_u16(), state["state"].as_str().unwrap().to_owned())
    };
    assert_eq!(told().await, (503, "preparing".to_owned()));
    readiness.prepared();
    assert_eq!(told().await, (200, "ready".to_owned()));
    readiness.leave();
    assert_eq!(told().await, (503, "stopping".to_owned()));
    assert_eq!(studio.get("/products/mug").await.status, StatusCode::OK);
    readiness.stop.cancel();
    assert_eq!(told().await, (503, "stopping".to_owned()));
}

/// As long as every connection is being answered: nobody shall end a process because shoppers throng.
#[tokio::test]
async fn a_crowded_shop_says_so_and_that_it_is_alive() {
    let studio = Studio::open().await.crowded(Settings::default());
    assert_eq!(studio.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(studio.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(studio.get("/servez").await.status, StatusCode::SERVICE_UNAVAILABLE, "no page is answered");
    let page = studio.get("/products/mug?_lang=de").await;
    assert_eq!((page.status, page.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
    assert_eq!((page.kind.as_str(), page.cache.as_str()), ("text/html; charset=utf-8", "private, no-store"));
    page.shows("lang=\"de\"");
    let order = studio.request("POST", "/api/v1/orders").body(axum::body::Body::from("{}")).unwrap();
    let order = studio.send(order).await;
    assert_eq!((order.status, order.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
    assert_eq!(order.kind, "application/problem+json");
    order.shows("\"code\":\"busy\"");
}
