//! What is counted of requests, orders, log-ins and thinking, and that nothing of a person or a stranger's choosing is in it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::common::{PASSWORD, Studio};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use server::http::{Settings, metrics};
use server::metrics::Metrics;
use shop::Executor;
use tower::ServiceExt;

const ORDER_FORM: &str = "/products/mug/order?_revision=1&_start=standard";
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4")];

/// A shop, and what it counts.
async fn counted() -> (Studio, Arc<Metrics>) {
    let counted = Arc::<Metrics>::default();
    let settings = Settings { metrics: Arc::clone(&counted), ..Settings::default() };
    (Studio::with_settings(settings).await, counted)
}

/// What Prometheus is told.
async fn told(studio: &Studio, counted: &Arc<Metrics>) -> String {
    let router = metrics(Arc::clone(counted), studio.shop.executor().clone());
    let response = router.oneshot(Request::get("/metrics").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
    assert_eq!(kind, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn has(told: &str, line: &str) {
    assert!(told.lines().any(|told| told == line), "{line} is missing in {told}");
}

#[tokio::test]
async fn orders_that_find_no_place_are_counted_as_refused() {
    let counted = Arc::<Metrics>::default();
    let settings = Settings { metrics: Arc::clone(&counted), ..Settings::default() };
    let studio = Studio::open().await.crowded(settings);
    for address in [ORDER_FORM, "/api/v1/orders"] {
        assert_eq!(studio.post(address, &BUYER).await.status, StatusCode::SERVICE_UNAVAILABLE);
        studio.get(address).await;
    }
    has(&told(&studio, &counted).await, "atelier_orders_refused_total{code=\"busy\"} 2");
}

/// Whoever comes after the first one has the page as it is kept, also after an order.
#[tokio::test]
async fn the_page_that_everybody_sees_is_made_once() {
    let (studio, counted) = counted().await;
    let made = async |times: u32| {
        let line = format!("atelier_kept_pages_made_total {times}");
        has(&told(&studio, &counted).await, &line);
    };
    for _ in 0..3 {
        studio.get("/products/mug").await.shows("\u{20ac}24");
    }
    made(1).await;
    studio.post(ORDER_FORM, &BUYER).await;
    // Longer than what is asked of the database is remembered.
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    for _ in 0..3 {
        studio.get("/products/mug").await;
    }
    made(1).await;
    studio.get("/products/mug?_lang=de").await;
    let german = studio.request("GET", "/products/mug").header(header::ACCEPT_LANGUAGE, "de");
    studio.send(german.body(Body::empty()).unwrap()).await.shows("lang=\"de\"");
    studio.republish(|bundle| bundle.source.base_price += 100).await;
    studio.get("/products/mug").await.shows("\u{20ac}25");
    made(3).await;
}

#[tokio::test]
async fn requests_are_counted_by_route_and_timed() {
    let (studio, counted) = counted().await;
    for address in ["/products/mug", "/products/mug?glaze=blue", "/products/cup", "/nowhere"] {
        studio.get(address).await;
    }
    let told = told(&studio, &counted).await;
    for line in [
        "atelier_requests_total{route=\"/products/{slug}\",method=\"GET\",status=\"2xx\"} 2",
        "atelier_requests_total{route=\"/products/{slug}\",method=\"GET\",status=\"4xx\"} 1",
        "atelier_requests_total{route=\"files\",method=\"GET\",status=\"4xx\"} 1",
        "atelier_request_duration_seconds_bucket{le=\"+Inf\",route=\"/products/{slug}\"} 3",
        "atelier_build_info{version=\"0.1.0\"} 1",
        "# EOF",
    ] {
        has(&told, line);
    }
}

#[tokio::test]
async fn orders_are_counted_once_and_refusals_by_their_reason() {
    let (studio, counted) = counted().await;
    let placed = |key: &'static str| {
        let form = [&BUYER[..], &[("request_id", key)]].concat();
        let studio = &studio;
        async move { studio.post(ORDER_FORM, &form).await.status }
    };
    assert_eq!(placed("one").await, StatusCode::SEE_OTHER);
    assert_eq!(placed("one").await, StatusCode::SEE_OTHER);
    assert_eq!(placed("two").await, StatusCode::CONFLICT);
    assert_eq!(studio.post(ORDER_FORM, &BUYER[..1]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = [&BUYER[..], &[("seen", "something else")]].concat();
    assert_eq!(studio.post(ORDER_FORM, &seen).await.status, StatusCode::CONFLICT);
    let body = r#"{"product": "mug", "design": {"revision": 1, "choices": {"glaze": "blue"}},
        "buyer": {"name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4"}}"#;
    for key in ["three", "three", ""] {
        let request = studio.request("POST", "/api/v1/orders").header("idempotency-key", key);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        studio.send(request.body(Body::from(body)).unwrap()).await;
    }
    let told = told(&studio, &counted).await;
    for line in [
        "atelier_orders_placed_total 2",
        "atelier_orders_refused_total{code=\"ordered-before\"} 1",
        "atelier_orders_refused_total{code=\"buyer-incomplete\"} 1",
        "atelier_orders_refused_total{code=\"design-changed\"} 1",
        "atelier_orders_refused_total{code=\"no-idempotency-key\"} 1",
    ] {
        has(&told, line);
    }
}

#[tokio::test]
async fn log_ins_are_counted_by_what_came_of_them() {
    let (mut studio, counted) = counted().await;
    studio.let_ana_in().await;
    for password in [PASSWORD, "a kiln and a whale"] {
        studio.post("/admin/login", &[("email", "ana@example.org"), ("password", password)]).await;
    }
    let told = told(&studio, &counted).await;
    has(&told, "atelier_log_ins_total{outcome=\"succeeded\"} 1");
    has(&told, "atelier_log_ins_total{outcome=\"not-recognised\"} 1");
}

#[tokio::test]
async fn thinking_is_told_as_it_is() {
    let studio = Studio::thinking(Executor::new(1, Duration::from_millis(50))).await;
    let counted = Arc::default();
    let held = studio.keep_busy().await;
    assert_eq!(studio.get("/products/mug").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let told = told(&studio, &counted).await;
    has(&told, "atelier_thinking_running 1");
    has(&told, "atelier_thinking_waiting 0");
    assert!(!told.contains("atelier_thinking_refused_total{reason=\"busy\"} 0"), "{told}");
    drop(held);
}

#[tokio::test]
async fn the_documentation_lists_every_metric() {
    let (studio, counted) = counted().await;
    studio.post(ORDER_FORM, &BUYER[..1]).await;
    studio.post("/admin/login", &[]).await;
    let document = include_str!("../../../docs/operations.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `atelier_")?.split('`').next());
    let listed: BTreeSet<String> = rows.map(|name| format!("atelier_{name}")).collect();
    let told = told(&studio, &counted).await;
    let types = told.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    let told: BTreeSet<String> = types
        .map(|(name, kind)| match kind {
            "counter" => format!("{name}_total"),
            "info" => format!("{name}_info"),
            _ => name.to_owned(),
        })
        .collect();
    assert_eq!(told, listed);
}

/// Strangers choose addresses, methods and headers; each value of a label is kept for good.
#[tokio::test]
async fn nobody_and_nothing_that_strangers_chose_is_told() {
    let (studio, counted) = counted().await;
    studio.post(ORDER_FORM, &BUYER).await;
    studio.post("/admin/login", &[("email", "ana@example.org"), ("password", "sesame")]).await;
    for index in 0..50 {
        studio.get(&format!("/products/sesame-{index}")).await;
        studio.get(&format!("/sesame/{index}?sesame={index}")).await;
        studio.send(studio.request(&format!("SESAME{index}"), "/").body(Body::empty()).unwrap()).await;
    }
    let told = told(&studio, &counted).await;
    has(&told, "atelier_requests_total{route=\"/\",method=\"OTHER\",status=\"4xx\"} 50");
    for secret in ["sesame", "SESAME", "Larsen", "example.org", "Harbour", "mug"] {
        assert!(!told.contains(secret), "{secret} is in {told}");
    }
}
