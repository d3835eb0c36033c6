//! The orders desk for programs that have a key. Every answer is held to the API's own OpenAPI document.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use crate::api::Program;
use crate::common::Studio;
use app::paths::route::{admin, api as route};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use server::http::{Access, admin_access, desk_access};
use shop::OrderState;
use shop::access::{Role, WantedKey};
use tower::ServiceExt;

const ORDERS: &str = "/api/v1/desk/orders";
const ORDER: &str = "/api/v1/desk/orders/1001";

impl Studio {
    /// A key that Ana made.
    pub async fn key(&self, name: &str, role: Role) -> String {
        let wanted = WantedKey { name: name.to_owned(), role, until: None };
        self.shop.make_key(wanted, "ana@example.org").await.unwrap()
    }
}

/// A program with a key, beside a shop with Ana logged in.
struct Erp {
    program: Program,
    key: String,
}

impl Erp {
    async fn with(role: Role) -> Self {
        let program = Program::of(Studio::with_ana().await).await;
        Self { key: program.studio.key("ERP", role).await, program }
    }

    fn studio(&self) -> &Studio {
        &self.program.studio
    }

    async fn get(&self, address: &str) -> (StatusCode, Value) {
        let request = asking("GET", address, &self.key).body(Body::empty()).unwrap();
        let answer = self.studio().send(request).await;
        assert_eq!(answer.cache, "private, no-store");
        self.program.checked("get", address, &answer)
    }

    async fn post(&self, address: &str, body: &Value) -> (StatusCode, Value) {
        let request = asking("POST", address, &self.key).header(header::CONTENT_TYPE, "application/json");
        let answer = self.studio().send(request.body(Body::from(body.to_string())).unwrap()).await;
        self.program.checked("post", address, &answer)
    }
}

/// A request of a program: it has a key and no cookie.
fn asking(method: &str, address: &str, key: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(address).header(header::HOST, "shop.example.org");
    request.header(header::AUTHORIZATION, format!("Bearer {key}"))
}

fn numbers(list: &Value) -> Vec<i64> {
    list["orders"].as_array().unwrap().iter().map(|order| order["number"].as_i64().unwrap()).collect()
}

/// The address of another page of a list.
fn page(list: &Value, place: &str) -> String {
    let place = form_urlencoded::byte_serialize(list[place].as_str().unwrap().as_bytes()).collect::<String>();
    format!("{ORDERS}?limit=2&page={place}")
}

#[tokio::test]
async fn orders_are_found_filtered_and_walked_as_on_the_desk() {
    let erp = Erp::with(Role::Viewer).await;
    assert_eq!(erp.get(ORDERS).await.1, json!({ "orders": [] }));
    for name in ["Émilie Weber", "Bo Larsen", "Bo Larsen"] {
        erp.studio().ordered_by(name).await;
    }
    erp.studio().moved(1_002, &[OrderState::Confirmed]).await;
    let (status, first) = erp.get(&format!("{ORDERS}?limit=2")).await;
    assert_eq!(
        (status, numbers(&first), &first["previous"]),
        (StatusCode::OK, vec![1003, 1002], &Value::Null)
    );
    let (_, second) = erp.get(&page(&first, "next")).await;
    assert_eq!((numbers(&second), &second["next"]), (vec![1001], &Value::Null));
    assert_eq!(numbers(&erp.get(&page(&second, "previous")).await.1), [1003, 1002]);

    for (query, expected) in [
        ("search=emilie", vec![1001]),
        ("state=confirmed", vec![1002]),
        ("state=open&sort=oldest", vec![1001, 1002, 1003]),
        ("has=glaze:blue&product=mug&state=placed", vec![1003, 1001]),
        ("test=only", vec![]),
    ] {
        assert_eq!(numbers(&erp.get(&format!("{ORDERS}?{query}")).await.1), expected, "{query}");
    }
    let (_, found) = erp.get(&format!("{ORDERS}?search=1002")).await;
    let order = &found["orders"][0];
    assert_eq!((&order["state"], &order["buyer"]["name"]), (&json!("confirmed"), &json!("Bo Larsen")));
    assert_eq!(order["next_states"], json!(["in_production", "cancelled"]));
    assert_eq!(order["total"], json!({ "amount": 2700, "currency": "EUR" }));

    // A filter that can't be read finds nothing instead of everything.
    for (query, name) in [("state=lost", "state"), ("page=2", "page"), ("buyer=bo", "buyer")] {
        let (status, problem) = erp.get(&format!("{ORDERS}?{query}")).await;
        assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("unreadable-parameter")));
        assert_eq!(problem["place"], name);
    }
}

#[tokio::test]
async fn orders_of_a_basket_have_the_numbers_of_all() {
    let erp = Erp::with(Role::Production).await;
    erp.studio().ordered_by("Bo Larsen").await;
    let receipts = erp.studio().basket_ordered().await;
    let all = json!([1_002, 1_003]);
    let (_, list) = erp.get(ORDERS).await;
    let together: Vec<_> =
        list["orders"].as_array().unwrap().iter().map(|order| &order["ordered_together"]).collect();
    assert_eq!(together, [&all, &all, &Value::Null]);
    assert_eq!(erp.get(&format!("{ORDERS}/1003")).await.1["ordered_together"], all);
    let (_, moved) = erp.post(&format!("{ORDERS}/1002/state"), &json!({ "state": "confirmed" })).await;
    assert_eq!((&moved["ordered_together"], &moved["state"]), (&all, &json!("confirmed")));
    assert_eq!(erp.get(&format!("{ORDERS}/1003")).await.1["state"], "placed");
    assert_eq!(erp.get(ORDER).await.1["ordered_together"], Value::Null);
    // The buyer's own order, by its token.
    let address = format!("/api/v1/orders/{}", receipts[1].token);
    let answer = erp.studio().get(&address).await;
    let (_, order) = erp.program.checked("get", &address, &answer);
    assert_eq!((&order["number"], &order["ordered_together"]), (&json!(1_003), &all));
}

#[tokio::test]
async fn an_order_is_moved_on_and_what_it_can_not_become_is_refused() {
    let erp = Erp::with(Role::Production).await;
    erp.studio().ordered_by("Bo Larsen").await;
    let state = format!("{ORDER}/state");
    let (status, order) = erp.post(&state, &json!({ "state": "confirmed" })).await;
    assert_eq!((status, &order["state"]), (StatusCode::OK, &json!("confirmed")));
    assert_eq!(
        (&order["design"][0]["attribute"], &order["design"][0]["value"]),
        (&json!("glaze"), &json!("blue"))
    );
    assert_eq!(order["buyer"]["address"], "Harbour Street 4\n1000 Portside");
    let event = &order["history"][0];
    assert_eq!(
        (&event["by"], &event["from"], &event["to"]),
        (&json!("key:erp"), &json!("placed"), &json!("confirmed"))
    );

    for (sent, status, code, now) in [
        (json!({ "state": "delivered" }), 409, "move-not-possible", json!("confirmed")),
        (json!({ "state": "confirmed" }), 409, "move-not-possible", json!("confirmed")),
        (
            json!({ "state": "cancelled", "from": "placed", "reason": "Too late" }),
            409,
            "order-changed",
            json!("confirmed"),
        ),
        (json!({ "state": "cancelled" }), 422, "no-reason", Value::Null),
        (json!({ "state": "cancelled", "reason": "x".repeat(301) }), 422, "too-long", Value::Null),
        (json!({ "state": "lost" }), 422, "unexpected-json", Value::Null),
        (json!({ "state": "in_production", "seen": "confirmed" }), 422, "unexpected-json", Value::Null),
    ] {
        let (answered, problem) = erp.post(&state, &sent).await;
        assert_eq!(
            (answered.as_u16(), &problem["code"], &problem["state"]),
            (status, &json!(code), &now),
            "{sent}"
        );
    }
    let cancelled = json!({ "state": "cancelled", "from": "confirmed", "reason": "They called" });
    let (status, order) = erp.post(&state, &cancelled).await;
    assert_eq!((status, &order["history"][0]["reason"]), (StatusCode::OK, &json!("They called")));
    assert_eq!(order["next_states"], json!([]));

    for (number, code) in [("1009", "unknown-order"), ("first", "no-page")] {
        let (status, problem) = erp.get(&format!("{ORDERS}/{number}")).await;
        assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!(code)));
    }
    // People see who did it, and the chain of what was done is whole.
    erp.studio().get("/admin/orders/1001").await.shows("key:erp");
    let audit = erp.studio().get("/admin/people/audit?by=key:ERP").await;
    audit.shows("Order 1001: Confirmed → Cancelled");
    audit.shows_not("They called");
    assert!(erp.studio().shop.verify_audit(None).await.unwrap().is_whole());
}

#[tokio::test]
async fn an_order_is_noted_on_and_marked() {
    let erp = Erp::with(Role::Production).await;
    erp.studio().ordered_by("Bo Larsen").await;
    let (status, order) = erp.post(&format!("{ORDER}/notes"), &json!({ "text": "Kiln 2\nshelf 4" })).await;
    assert_eq!((status, &order["notes"][0]["text"]), (StatusCode::OK, &json!("Kiln 2\nshelf 4")));
    assert_eq!((&order["notes"][0]["by"], &order["history"]), (&json!("key:erp"), &json!([])));
    let (status, problem) = erp.post(&format!("{ORDER}/notes"), &json!({ "text": " " })).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("empty-note")));

    let marks = format!("{ORDER}/marks");
    let (_, order) = erp.post(&marks, &json!({ "test": true, "left_out": true })).await;
    assert_eq!((&order["test"], &order["left_out"]), (&json!(true), &json!(true)));
    let (_, order) = erp.post(&marks, &json!({ "test": false })).await;
    assert_eq!((&order["test"], &order["left_out"]), (&json!(false), &json!(true)), "what is not said stays");
    let (_, read) = erp.get(ORDER).await;
    assert_eq!(read, order);
    let marked: Vec<_> = read["history"].as_array().unwrap().iter().map(|event| &event["marked"]).collect();
    assert_eq!(marked, [&json!(false), &json!(true), &json!(true)]);
}

#[tokio::test]
async fn a_key_may_what_people_of_its_role_may() {
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let erp = Erp::with(role).await;
        erp.studio().ordered_by("Bo Larsen").await;
        for (path, access) in desk_access() {
            let Access::Needs { see, act } = access else { panic!("{path} is open") };
            let address = path.replace("{number}", "1001");
            let asked = [(see, "GET"), (act, "POST")];
            for (capability, method) in asked {
                let request = asking(method, &address, &erp.key);
                let request = request.header(header::CONTENT_TYPE, "application/json");
                let answer = erp.studio().send(request.body(Body::from("{}")).unwrap()).await;
                if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                    continue;
                }
                let refused = answer.status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !role.may(capability), "{role:?}, {capability:?} at {address}");
                if refused {
                    answer.shows("\"code\":\"role-needed\"");
                    answer.shows("\"roles\":[\"production\"]");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_takes_a_key_is_what_the_document_says_and_takes_what_the_pages_take() {
    let program = Program::of(Studio::open().await).await;
    let document = &program.document;
    assert_eq!(document["components"]["securitySchemes"]["key"]["scheme"], "bearer");
    let declared: BTreeSet<&str> = desk_access().into_iter().map(|(path, _)| path).collect();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let takes_key = operation["security"] == json!([{ "key": [] }]);
            assert_eq!(takes_key, declared.contains(path.as_str()), "{method} {path}");
            let is_told =
                operation["responses"]["401"].is_object() && operation["responses"]["403"].is_object();
            assert_eq!(is_told, takes_key, "{method} {path}");
        }
    }
    let documented: BTreeSet<&str> =
        document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert!(declared.is_subset(&documented));
    assert!(documented.iter().all(|path| !path.starts_with("/api/v1/desk") || declared.contains(path)));
    let of_pages = admin_access().into_iter().find(|(path, _)| *path == admin::ORDERS).unwrap().1;
    assert!(desk_access().into_iter().all(|(_, access)| access == of_pages));
}

/// The status, the code and the headers of an answer.
async fn told(studio: &Studio, request: Request<Body>) -> (StatusCode, String, HeaderMap) {
    let response = studio.router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
    (status, problem["code"].as_str().unwrap_or_default().to_owned(), headers)
}

#[tokio::test]
async fn without_a_key_that_holds_nothing_is_told() {
    let erp = Erp::with(Role::Production).await;
    let studio = erp.studio();
    studio.ordered_by("Bo Larsen").await;
    let refused = async |request: axum::http::request::Builder| {
        let (status, code, headers) = told(studio, request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        (code, headers[header::WWW_AUTHENTICATE].to_str().unwrap().to_owned())
    };
    let no_key = ("no-key".to_owned(), "Bearer realm=\"atelier\"".to_owned());
    let wrong = ("wrong-key".to_owned(), "Bearer realm=\"atelier\", error=\"invalid_token\"".to_owned());
    assert_eq!(refused(Request::get(ORDER)).await, no_key);
    // Ana's session opens her pages and nothing here.
    assert_eq!(studio.get("/admin/orders/1001").await.status, StatusCode::OK);
    assert_eq!(refused(studio.request("GET", ORDER)).await, no_key);
    let basic = Request::get(ORDER).header(header::AUTHORIZATION, format!("Basic {}", erp.key));
    assert_eq!(refused(basic).await, no_key);
    assert_eq!(refused(asking("GET", ORDER, &erp.key.replacen('_', "_0", 1))).await, wrong);
    let session = studio.session.clone().unwrap();
    assert_eq!(refused(asking("GET", ORDER, &session)).await, wrong);
    assert_eq!(refused(asking("POST", &format!("{ORDER}/marks"), "atelier_")).await, wrong);

    // Nor does a key open pages, whether as one or as a session.
    let page = studio.send(asking("GET", "/admin/orders", &erp.key).body(Body::empty()).unwrap()).await;
    page.leads_to("/admin/login?next=%2Fadmin%2Forders");
    let cookie = Request::get("/admin/orders").header(header::COOKIE, format!("atelier_admin={}", erp.key));
    studio.send(cookie.body(Body::empty()).unwrap()).await.leads_to("/admin/login?next=%2Fadmin%2Forders");

    studio.shop.end_key("key:erp", "ana@example.org").await.unwrap();
    assert_eq!(refused(asking("GET", ORDER, &erp.key)).await, wrong);
    let order = &studio.shop.orders(None, 1).await.unwrap()[0];
    assert_eq!(order.progress, shop::Progress::default());
}

#[tokio::test]
async fn whoever_guesses_keys_is_told_to_stop_and_keeps_nobody_out() {
    let erp = Erp::with(Role::Viewer).await;
    let guess = format!("atelier_{}", "0".repeat(64));
    let asked = async |from: &str, key: &str| {
        let mut request = asking("GET", ORDERS, key).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(from.parse().unwrap(), 4711)));
        told(erp.studio(), request).await
    };
    for _ in 0..30 {
        assert_eq!(asked("192.0.2.1", &guess).await.0, StatusCode::UNAUTHORIZED);
    }
    let (status, code, headers) = asked("192.0.2.1", &guess).await;
    assert_eq!((status, code.as_str()), (StatusCode::TOO_MANY_REQUESTS, "too-many-wrong-keys"));
    let wait: u64 = headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    // The right key is let in from there, too, and others guess for themselves.
    assert_eq!(asked("192.0.2.1", &erp.key).await.0, StatusCode::OK);
    assert_eq!(asked("192.0.2.2", &guess).await.0, StatusCode::UNAUTHORIZED);
}

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_key_is_in_the_log_nor_in_the_database() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone());
    let subscriber = subscriber.with_max_level(tracing::Level::TRACE).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let erp = Erp::with(Role::Viewer).await;
    let guess = format!("atelier_{}", "5".repeat(64));
    assert_eq!(erp.get(ORDERS).await.0, StatusCode::OK);
    assert_eq!(erp.post(&format!("{ORDER}/marks"), &json!({ "test": true })).await.0, StatusCode::FORBIDDEN);
    for _ in 0..31 {
        told(erp.studio(), asking("GET", ORDERS, &guess).body(Body::empty()).unwrap()).await;
    }
    drop(guard);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for told in ["an API key was made", "role-needed", "too-many-wrong-keys"] {
        assert!(log.contains(told), "the log was read: {told}");
    }
    for key in [&erp.key, &guess] {
        let digits = key.strip_prefix("atelier_").unwrap();
        assert!(!log.contains(digits), "a key is in the log");
        for file in std::fs::read_dir(erp.studio().folder()).unwrap() {
            let path = file.unwrap().path();
            let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
            assert!(!bytes.windows(digits.len()).any(|part| part == digits.as_bytes()), "{}", path.display());
        }
    }
}

/// A program that is sent to a shop by a page of another website is none that has the right to.
#[tokio::test]
async fn pages_of_other_sites_can_not_use_a_key() {
    let erp = Erp::with(Role::Production).await;
    erp.studio().ordered_by("Bo Larsen").await;
    let request = asking("POST", &format!("{ORDER}/marks"), &erp.key).header("origin", "https://example.net");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let (status, code, headers) = told(erp.studio(), request.body(Body::from("{}")).unwrap()).await;
    assert_eq!((status, code.as_str()), (StatusCode::FORBIDDEN, "cross-site"));
    let asked = asking("OPTIONS", route::DESK_ORDERS, &erp.key).header("origin", "https://example.net");
    let (_, _, answered) = told(erp.studio(), asked.body(Body::empty()).unwrap()).await;
    for headers in [headers, answered] {
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
}
