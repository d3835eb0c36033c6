//! What all answers say in their headers, and that every refusal is told in words.

use crate::common::{PASSWORD, Studio};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use server::http::Settings;
use tower::ServiceExt;

async fn https() -> Studio {
    Studio::with_settings(Settings { secure: true, ..Settings::default() }).await
}

async fn headers(studio: &Studio, address: &str) -> HeaderMap {
    let request = studio.request("GET", address).body(Body::empty()).unwrap();
    studio.router.clone().oneshot(request).await.unwrap().headers().clone()
}

#[tokio::test]
async fn pages_stand_alone_and_stay_under_https() {
    let (plain, secure) = (Studio::open().await, https().await);
    for address in ["/", "/products/mug", "/nowhere", "/api/v1/products", "/admin", "/pkg/atelier.js"] {
        let headers = headers(&secure, address).await;
        assert_eq!(headers["strict-transport-security"], "max-age=31536000", "{address}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{address}");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{address}");
    }
    assert!(!headers(&plain, "/").await.contains_key("strict-transport-security"), "this site has no https");
}

#[tokio::test]
async fn cookies_belong_to_the_host_under_https() {
    let studio = https().await;
    let token = studio.shop.invite("ana@example.org").await.unwrap();
    let invited =
        studio.post(&format!("/admin/invite/{token}"), &[("password", PASSWORD), ("again", PASSWORD)]).await;
    let start = studio.post("/products/mug/start", &[("_use", "tea")]).await;
    let language = studio.get("/?_lang=de").await;
    let all = [&invited, &start, &language].map(|answer| &answer.cookies);
    assert_eq!(all.map(Vec::len), [2, 1, 1], "{all:?}");
    for cookie in all.into_iter().flatten() {
        assert!(cookie.starts_with("__Host-atelier_"), "{cookie}");
        for part in ["Secure", "HttpOnly", "Path=/"] {
            assert!(cookie.split("; ").any(|given| given == part), "{part} is missing in {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    // They are read under that name, and no other.
    let value = language.cookie.split(';').next().unwrap();
    for (cookie, is_german) in [(value, true), (value.trim_start_matches("__Host-"), false)] {
        let request = studio.request("GET", "/").header(header::COOKIE, cookie);
        let page = studio.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.text.contains("<html lang=\"de\""), is_german, "{cookie}");
    }
    let session = invited.cookies.iter().find(|cookie| cookie.contains("_admin=")).unwrap();
    let session = session.split(';').next().unwrap();
    let request = studio.request("GET", "/admin").header(header::COOKIE, session);
    assert_eq!(studio.send(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_keeps_a_failure_or_the_way_to_an_order() {
    let studio = Studio::open().await;
    for address in ["/nowhere", "/products/vase", "/pkg/none.js", "/orders/guess", "/api/v1/products/vase"] {
        let answer = studio.get(address).await;
        assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::NOT_FOUND, "private, no-store"));
    }
    let buyer = [("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
    let address = "/products/mug/order?_revision=1&_start=standard";
    let refused = studio.post(address, &buyer[..2]).await;
    assert_eq!((refused.status.as_u16(), refused.cache.as_str()), (422, "private, no-store"));
    let placed = studio.post(address, &buyer).await;
    assert!(placed.location.starts_with("/orders/"), "{}", placed.location);
    assert_eq!(placed.cache, "private, no-store");
}

#[tokio::test]
async fn every_refusal_is_told_in_words() {
    let studio = Studio::open().await;
    let long = "x".repeat(64_000);
    let request = |method: Method, address: &str| studio.request(method.as_str(), address);
    let two_hosts = |address| request(Method::GET, address).header(header::HOST, "other.example.org");
    let mut cases: Vec<(Request<Body>, StatusCode)> = Vec::new();
    for prefix in ["/", "/api/v1/products"] {
        let empty = |request: axum::http::request::Builder| request.body(Body::empty()).unwrap();
        cases.push((empty(two_hosts(prefix)), StatusCode::BAD_REQUEST));
        cases.push((
            empty(request(Method::GET, prefix).header("x-long", &long)),
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        ));
        cases.push((empty(request(Method::GET, &format!("{prefix}?q={long}"))), StatusCode::URI_TOO_LONG));
        cases.push((
            empty(request(Method::DELETE, prefix).header("sec-fetch-site", "same-origin")),
            StatusCode::METHOD_NOT_ALLOWED,
        ));
    }
    let range = request(Method::GET, "/pkg/atelier.js").header(header::RANGE, "bytes=900-");
    cases.push((range.body(Body::empty()).unwrap(), StatusCode::RANGE_NOT_SATISFIABLE));
    let menu = request(Method::POST, "/api/v1/products/mug/menu").header(header::CONTENT_TYPE, "text/plain");
    cases.push((menu.body(Body::from("{}")).unwrap(), StatusCode::UNSUPPORTED_MEDIA_TYPE));
    let not_text = request(Method::POST, "/admin/login").header("sec-fetch-site", "same-origin");
    cases.push((not_text.body(Body::from(vec![0xff, 0xfe])).unwrap(), StatusCode::BAD_REQUEST));
    for (request, status) in cases {
        let of_api = request.uri().path().starts_with("/api/");
        let told = format!("{} {:.60}", request.method(), request.uri().to_string());
        let answer = studio.send(request).await;
        assert_eq!(answer.status, status, "{told}");
        let kind = if of_api { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!((answer.kind.as_str(), answer.cache.as_str()), (kind, "private, no-store"), "{told}");
        answer.shows(if of_api { "\"detail\":" } else { "All products" });
    }
}

#[tokio::test]
async fn what_a_build_leaves_for_itself_is_not_served() {
    let studio = Studio::open().await;
    for name in [".built", "pkg/atelier.d.ts", "pkg/.gitignore", "pkg/atelier.d.ts.br", ".git/config"] {
        studio.leave(name);
        for address in [format!("/{name}"), format!("/{}", name.replace('.', "%2e"))] {
            assert_eq!(studio.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        }
    }
    assert_eq!(studio.get("/pkg/atelier.js").await.status, StatusCode::OK);
}
