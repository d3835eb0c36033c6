//! What one client may do, and that others are served meanwhile.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::common::{Answer, PASSWORD, Studio};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use server::http::Settings;
use server::settings::{OrderLimits, Proxies};
use shop::{Client, Executor, LogInLimits, for_client};

const ORDER_FORM: &str = "/products/mug/order?_revision=1&_start=standard";

/// Somebody who did not order before.
fn buyer() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("name=Bo+Larsen&email=bo{number}%40example.org&address=Harbour+Street+4%0A1000+Portside")
}

/// A shop that takes two orders of each client, and trusts a proxy.
async fn strict() -> Studio {
    let two = NonZeroU32::new(2).unwrap();
    let one = NonZeroU32::new(1).unwrap();
    let orders = OrderLimits { orders_per_minute: one, orders_at_once: two };
    let proxies = Proxies { proxies: vec!["10.0.0.0/8".parse().unwrap()], ..Proxies::default() };
    Studio::with_settings(Settings { orders, proxies, ..Settings::default() }).await
}

/// Sends a request as somebody at this address.
async fn send(studio: &Studio, from: &str, mut request: Request<Body>) -> Answer {
    let peer = SocketAddr::new(from.parse().unwrap(), 4711);
    request.extensions_mut().insert(ConnectInfo(peer));
    studio.send(request).await
}

fn form(studio: &Studio, address: &str, body: &str) -> Request<Body> {
    let request = studio.request("POST", address).header("sec-fetch-site", "same-origin");
    request.body(Body::from(body.to_owned())).unwrap()
}

async fn order(studio: &Studio, from: &str) -> Answer {
    send(studio, from, form(studio, ORDER_FORM, &buyer())).await
}

#[tokio::test]
async fn who_orders_too_often_is_told_when_to_come_again_and_others_order_on() {
    let studio = strict().await;
    // What the form is sent for besides is no order.
    for pieces in 1..5 {
        let body = format!("{}&quantity={pieces}&update=on", buyer());
        let looked = send(&studio, "192.0.2.1", form(&studio, ORDER_FORM, &body)).await;
        assert_eq!(looked.status, StatusCode::OK);
    }
    for _ in 0..2 {
        assert_eq!(order(&studio, "192.0.2.1").await.status, StatusCode::SEE_OTHER);
    }
    let refused = order(&studio, "192.0.2.1").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    refused.shows("this one was not placed");
    assert!((1..=60).contains(&refused.retry_after.parse::<u32>().unwrap()), "{}", refused.retry_after);
    assert_eq!(order(&studio, "192.0.2.2").await.status, StatusCode::SEE_OTHER);

    let body = r#"{"product": "mug", "design": {"revision": 1, "choices": {}},
        "buyer": {"name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4"}}"#;
    let api = |from: &'static str| {
        let request = studio.request("POST", "/api/v1/orders").header("idempotency-key", from);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        send(&studio, from, request.body(Body::from(body)).unwrap())
    };
    assert_eq!(api("192.0.2.3").await.status, StatusCode::CREATED);
    let refused = api("192.0.2.1").await;
    assert_eq!(
        (refused.status, refused.kind.as_str()),
        (StatusCode::TOO_MANY_REQUESTS, "application/problem+json")
    );
    refused.shows("\"code\":\"too-many-orders\"");
    assert!(!refused.retry_after.is_empty());
}

/// What can't be placed within a moment is refused at once, before anything is thought about or written, and may be sent again.
#[tokio::test]
async fn more_orders_than_are_taken_at_once_are_told_to_come_again() {
    let studio = Studio::limited(|shop| shop.with_orders_in_hand(1)).await;
    // The one that is taken waits for the thread.
    let release = studio.keep_busy().await;
    let api = |key: &'static str| {
        let body = r#"{"product": "mug", "design": {"revision": 1, "choices": {}},
            "buyer": {"name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4"}}"#;
        let request = studio.request("POST", "/api/v1/orders").header("idempotency-key", key);
        studio.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap())
    };
    let first = api("first");
    let others = async {
        while studio.shop.executor().load().waiting == 0 {
            tokio::task::yield_now().await;
        }
        for _ in 0..3 {
            let refused = api("second").await;
            assert_eq!((refused.status, refused.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
            refused.shows("\"code\":\"busy\"");
        }
        // Nothing of one is read.
        let unread = studio.request("POST", "/api/v1/orders").header("x-request-id", "mine");
        let unread = studio.send(unread.body(Body::from("{")).unwrap()).await;
        assert_eq!((unread.status, unread.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
        unread.shows("\"code\":\"busy\"");
        assert_eq!(
            (unread.kind.as_str(), unread.cache.as_str()),
            ("application/problem+json", "private, no-store")
        );
        // The form's design is not even opened, which would wait for the thread.
        let buyer = [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4")];
        let form = studio.post("/products/mug/order?_revision=1&_start=standard", &buyer).await;
        assert_eq!(form.status, StatusCode::SERVICE_UNAVAILABLE);
        drop(release);
    };
    let (first, ()) = tokio::join!(first, others);
    assert_eq!(first.status, StatusCode::CREATED);
    let again = api("second").await;
    assert_eq!(again.status, StatusCode::CREATED);
    again.shows("\"number\":1002");
}

#[tokio::test]
async fn a_network_of_version_six_is_one_client() {
    let studio = strict().await;
    for (from, status) in [
        ("2001:db8::1", StatusCode::SEE_OTHER),
        ("2001:db8::ffff:1", StatusCode::SEE_OTHER),
        ("2001:db8::2:3:4:5", StatusCode::TOO_MANY_REQUESTS),
        ("2001:db8:0:1::1", StatusCode::SEE_OTHER),
    ] {
        assert_eq!(order(&studio, from).await.status, status, "{from}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_named_says_who_orders_and_nobody_else_does() {
    let studio = strict().await;
    let reported = async |peer: &str, client: &str| {
        let mut request = form(&studio, ORDER_FORM, &buyer());
        request.headers_mut().insert("x-forwarded-for", client.parse().unwrap());
        send(&studio, peer, request).await.status
    };
    for index in 0..4 {
        let client = format!("198.51.100.{index}");
        assert_eq!(reported("10.0.0.1", &client).await, StatusCode::SEE_OTHER, "{client}");
        let made_up = reported("192.0.2.1", &client).await;
        assert_eq!(made_up == StatusCode::TOO_MANY_REQUESTS, index >= 2, "{client}");
    }
}

/// One client has all that it may think about in hand; its next request is refused, and those of others answered.
#[tokio::test]
async fn who_keeps_its_share_of_the_threads_busy_leaves_the_rest_to_others() {
    let studio = Studio::thinking(Executor::new(2, Duration::from_millis(50))).await;
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let executor = studio.shop.executor().clone();
    let busy = tokio::spawn(for_client(Client::new("192.0.2.1"), async move {
        let work = move || {
            begun.send(()).unwrap();
            released.recv().unwrap_or_default();
        };
        executor.run(work).await
    }));
    has_begun.await.unwrap();
    let get = |from: &'static str, address: &'static str| {
        send(&studio, from, studio.request("GET", address).body(Body::empty()).unwrap())
    };
    assert_eq!(get("192.0.2.2", "/products/mug?glaze=blue").await.status, StatusCode::OK);
    let refused = get("192.0.2.1", "/products/mug?glaze=blue").await;
    assert_eq!((refused.status, refused.comes_again_soon()), (StatusCode::TOO_MANY_REQUESTS, true));
    refused.shows("Too many requests are coming from your connection at once");
    refused.shows("All products");
    let menu = studio.request("POST", "/api/v1/products/mug/menu");
    let menu = menu.header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).unwrap();
    let refused = send(&studio, "192.0.2.1", menu).await;
    assert_eq!((refused.status, refused.comes_again_soon()), (StatusCode::TOO_MANY_REQUESTS, true));
    refused.shows("\"code\":\"too-much-at-once\"");
    drop(release);
    busy.await.unwrap().unwrap();
    assert_eq!(get("192.0.2.1", "/products/mug?glaze=blue").await.status, StatusCode::OK);
}

#[tokio::test]
async fn strangers_lock_no_administrator_out() {
    let mut studio = Studio::with_ana().await;
    studio.session = None;
    let log_in = async |from: &str, password: &str, cookie: &str| {
        let body = format!("email=ana%40example.org&password={}", password.replace(' ', "+"));
        let mut request = form(&studio, "/admin/login", &body);
        request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        send(&studio, from, request).await
    };
    let entered = log_in("192.0.2.1", PASSWORD, "").await;
    entered.leads_to("/admin");
    let device = entered.cookies.iter().find_map(|cookie| cookie.split(';').next()?.split_once("_device="));
    let known = format!("atelier_device={}", device.unwrap().1);
    for _ in 0..5 {
        let wrong = log_in("192.0.2.1", "a guess or two", "").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = log_in("192.0.2.1", PASSWORD, "").await;
    assert_eq!((refused.status, refused.retry_after.as_str()), (StatusCode::TOO_MANY_REQUESTS, "900"));
    log_in("192.0.2.1", PASSWORD, &known).await.leads_to("/admin");
    log_in("192.0.2.2", PASSWORD, "").await.leads_to("/admin");
}

/// Guesses from everywhere keep new browsers out for a while, and never one that the owner logged in with before. Who has none at
/// hand is let in by a new invitation.
#[tokio::test]
async fn whoever_guesses_from_everywhere_keeps_out_no_browser_that_is_known() {
    let limits = LogInLimits { strangers: 6, ..LogInLimits::default() };
    let mut studio = Studio::limited(|shop| shop.with_log_in_limits(limits)).await;
    studio.let_ana_in().await;
    studio.session = None;
    let log_in = async |from: &str, password: &str, cookie: &str| {
        let body = format!("email=ana%40example.org&password={}", password.replace(' ', "+"));
        let mut request = form(&studio, "/admin/login", &body);
        request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        send(&studio, from, request).await
    };
    let device = |entered: &Answer| {
        let token =
            entered.cookies.iter().find_map(|cookie| cookie.split(';').next()?.split_once("_device="));
        format!("atelier_device={}", token.unwrap().1)
    };
    let known = device(&log_in("192.0.2.1", PASSWORD, "").await);
    let guess_from_everywhere = async || {
        for index in 0..6 {
            let wrong = log_in(&format!("198.51.100.{index}"), "a guess or two", "").await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    guess_from_everywhere().await;
    let refused = log_in("192.0.2.2", PASSWORD, "").await;
    assert_eq!((refused.status, refused.retry_after.as_str()), (StatusCode::TOO_MANY_REQUESTS, "900"));
    log_in("192.0.2.1", PASSWORD, &known).await.leads_to("/admin");

    guess_from_everywhere().await;
    assert_eq!(log_in("192.0.2.2", PASSWORD, "").await.status, StatusCode::TOO_MANY_REQUESTS);
    let token = studio.shop.invite("ana@example.org").await.unwrap();
    let password = "a wheel and a kiln";
    let body = format!("password={0}&again={0}", password.replace(' ', "+"));
    let entered = send(&studio, "192.0.2.2", form(&studio, &format!("/admin/invite/{token}"), &body)).await;
    entered.leads_to("/admin");
    let known = device(&entered);
    guess_from_everywhere().await;
    assert_eq!(log_in("192.0.2.3", password, "").await.status, StatusCode::TOO_MANY_REQUESTS);
    log_in("192.0.2.2", password, &known).await.leads_to("/admin");
}
