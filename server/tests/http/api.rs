//! The JSON API through the router. Every answer here is held to the API's own OpenAPI document.

use std::collections::BTreeSet;

use crate::common::{Answer, Studio};
use app::paths::route::api as route;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use testing::slug;

/// A program that asks a shop which sells mugs.
pub struct Program {
    pub studio: Studio,
    pub document: Value,
}

impl Program {
    pub async fn of(studio: Studio) -> Self {
        let answer = studio.get(route::DOCUMENT).await;
        assert_eq!((answer.status, answer.kind.as_str()), (StatusCode::OK, "application/json"));
        Self { document: serde_json::from_str(&answer.text).unwrap(), studio }
    }

    async fn open() -> Self {
        Self::of(Studio::open().await).await
    }

    async fn get(&self, address: &str) -> (StatusCode, Value) {
        let answer = self.studio.get(address).await;
        self.checked("get", address, &answer)
    }

    async fn post(&self, address: &str, body: &Value) -> (StatusCode, Value) {
        self.send(address, &body.to_string(), &[]).await
    }

    async fn send(&self, address: &str, body: &str, headers: &[(&str, &str)]) -> (StatusCode, Value) {
        let request = self.studio.request("POST", address).header(header::CONTENT_TYPE, "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = self.studio.send(request.body(Body::from(body.to_owned())).unwrap()).await;
        self.checked("post", address, &answer)
    }

    async fn order(&self, key: &str, order: &Value) -> (StatusCode, Value) {
        self.send(route::ORDERS, &order.to_string(), &[("idempotency-key", key)]).await
    }

    /// An answer, held to the document.
    #[track_caller]
    pub fn checked(&self, method: &str, address: &str, answer: &Answer) -> (StatusCode, Value) {
        let value: Value = serde_json::from_str(&answer.text).unwrap();
        let path = address.split('?').next().unwrap();
        let fits = |template: &&String| {
            let (template, path): (Vec<&str>, Vec<&str>) =
                (template.split('/').collect(), path.split('/').collect());
            let same = |(piece, part): (&&str, &&str)| piece == part || piece.starts_with('{');
            template.len() == path.len() && template.iter().zip(&path).all(same)
        };
        let paths = self.document["paths"].as_object().unwrap();
        let asked = paths.keys().find(fits).filter(|template| paths[*template][method].is_object());
        let Some(template) = asked else { return (answer.status, value) };
        let responses = &paths[template][method]["responses"];
        let own = &responses[answer.status.as_str()];
        let response = if own.is_null() { &responses["default"] } else { own };
        let schema = &response["content"][&answer.kind]["schema"];
        assert!(schema.is_object(), "{method} {template} documents no {} {}", answer.status, answer.kind);
        let mut schema = schema.clone();
        schema["components"] = self.document["components"].clone();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{method} {template}: {errors:?} in {value}");
        (answer.status, value)
    }
}

fn option<'a>(menu: &'a Value, attribute: &str, option: &str) -> &'a Value {
    let attributes = menu["attributes"].as_array().unwrap();
    let attribute = attributes.iter().find(|other| other["attribute"] == attribute).unwrap();
    attribute["options"].as_array().unwrap().iter().find(|other| other["option"] == option).unwrap()
}

fn buyer() -> Value {
    json!({ "name": "Bo Larsen", "email": "bo@example.org", "address": "Harbour Street 4\n1000 Portside" })
}

#[tokio::test]
async fn from_the_list_to_one_order() {
    let program = Program::open().await;
    let (_, list) = program.get("/api/v1/products?search=GLAZED+mug").await;
    assert_eq!(list["total"], 1);
    let item = &list["products"][0];
    assert_eq!(
        (&item["slug"], &item["from"]),
        (&json!("mug"), &json!({ "amount": 2400, "currency": "EUR" }))
    );
    let (_, none) = program.get("/api/v1/products?search=bicycle").await;
    assert_eq!((&none["total"], &none["pages"]), (&json!(0), &json!(1)));

    let (_, details) = program.get("/api/v1/products/mug").await;
    assert_eq!(details["attributes"][2]["kind"], "number");
    assert_eq!(details["rules"][0]["code"], "wood_small");

    let design = json!({ "choices": { "height": 12 }, "revision": details["revision"] });
    let (status, menu) = program.post("/api/v1/products/mug/menu", &design).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(option(&menu, "glaze", "blue")["state"], "available");
    assert_eq!(option(&menu, "glaze", "blue")["price_change"]["amount"], 300);
    let blocked = option(&menu, "lid", "wood");
    assert_eq!(blocked["state"], "blocked");
    assert_eq!(blocked["reason"]["choices"], json!(["height"]));
    assert_eq!(blocked["reason"]["rules"][0]["code"], "wood_small");
    assert!(blocked["price_change"].is_null());

    let wanted = json!({ "design": design, "wanted": { "attribute": "lid", "value": "wood" } });
    let (_, ways) = program.post("/api/v1/products/mug/repairs", &wanted).await;
    assert!(ways["reason"]["sentence"].as_str().unwrap().contains("Wooden lids"));
    let way = &ways["repairs"][0];
    assert_eq!(way["changes"][0]["attribute"], "height");
    assert_eq!(way["price_change"]["amount"], 700);

    let design = json!({ "choices": way["choices"], "revision": ways["revision"] });
    let (_, quoted) = program.post("/api/v1/products/mug/quote", &design).await;
    assert_eq!(quoted["quote"]["total"], json!({ "amount": 3100, "currency": "EUR" }));
    let (_, completed) = program.post("/api/v1/products/mug/complete", &design).await;
    assert_eq!(completed["choices"], json!({ "glaze": "white", "lid": "wood", "height": 10 }));

    let order = json!({ "product": "mug", "design": design, "buyer": buyer() });
    let (status, placed) = program.order("a key of mine", &order).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(placed["total"], quoted["quote"]["total"]);
    let (status, again) = program.order("a key of mine", &order).await;
    assert_eq!((status, &again["number"]), (StatusCode::CREATED, &placed["number"]));
    let other = json!({ "product": "mug", "design": { "revision": 1 }, "buyer": buyer() });
    let (status, used) = program.order("a key of mine", &other).await;
    assert_eq!((status, &used["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("idempotency-key-used")));
    assert_eq!(program.studio.shop.orders(None, 10).await.unwrap().len(), 1);
    for answer in [&placed, &again] {
        let token = answer["token"].as_str().unwrap();
        let (_, read) = program.get(&format!("/api/v1/orders/{token}")).await;
        assert_eq!(&read, answer);
    }
    program.studio.get(placed["page"].as_str().unwrap()).await.shows("Order 1001");
}

/// A withdrawn revision is refused whatever is asked of it, with its reason.
#[tokio::test]
async fn a_withdrawn_revision_is_refused_with_its_reason() {
    let program = Program::open().await;
    let (shop, mug) = (&program.studio.shop, "mug".parse().unwrap());
    let mut draft = shop.draft(&mug).await.unwrap();
    draft.bundle.source.base_price = 2_900;
    let version = shop.save_draft(&mug, draft.version, draft.bundle, "mia").await.unwrap().version;
    shop.publish(&mug, version, "", "mia", shop::Agreed::Unasked).await.unwrap();
    shop.withdraw(&mug, 1.try_into().unwrap(), "The price was wrong.", "mia").await.unwrap();

    let design = json!({ "revision": 1 });
    let order = json!({ "product": "mug", "design": design, "buyer": buyer() });
    for (status, problem) in [
        program.order("a key of mine", &order).await,
        program.post("/api/v1/products/mug/quote", &design).await,
        program.post("/api/v1/products/mug/menu", &design).await,
    ] {
        assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("offer-ended")));
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("The price was wrong.") && detail.contains("revision 2 is"), "{detail}");
    }
}

#[tokio::test]
async fn a_revision_and_its_artifact_can_be_had() {
    let program = Program::open().await;
    let (_, details) = program.get("/api/v1/products/mug/revisions/1").await;
    let artifact = &details["artifact"];
    let answer = program.studio.get(artifact["path"].as_str().unwrap()).await;
    let product = configurator::artifact::Artifact::from_bytes(&answer.bytes).unwrap().configured().unwrap();
    assert_eq!(product.name, "Mug");
    assert_eq!(answer.kind, "application/octet-stream");
    let tag = format!("\"{}\"", artifact["hash"].as_str().unwrap());
    for (known, status) in [(tag.as_str(), 304), (format!("\"x\", W/{tag}").as_str(), 304), ("\"x\"", 200)] {
        let request = Request::get(artifact["path"].as_str().unwrap()).header("if-none-match", known);
        assert_eq!(program.studio.send(request.body(Body::empty()).unwrap()).await.status, status, "{known}");
    }
}

/// What never changes is compressed once: an artifact as it lies in the database.
#[tokio::test]
async fn what_never_changes_goes_out_compressed_as_it_is_kept() {
    let program = Program::open().await;
    let (_, details) = program.get("/api/v1/products/mug/revisions/1").await;
    let mug = slug("mug");
    let revision = program.studio.shop.live(&mug).await.unwrap();
    for path in [details["artifact"]["path"].as_str().unwrap(), "/api/v1/openapi.json"] {
        let plain = program.studio.get(path).await;
        let request = Request::get(path).header("accept-encoding", "gzip, br").body(Body::empty()).unwrap();
        let packed = program.studio.send(request).await;
        assert_eq!((plain.encoding.as_str(), packed.encoding.as_str()), ("", "br"), "{path}");
        let mut unpacked = Vec::new();
        let mut reader = brotli::Decompressor::new(&*packed.bytes, 4096);
        std::io::Read::read_to_end(&mut reader, &mut unpacked).unwrap();
        assert_eq!(unpacked, plain.bytes, "{path}");
        if path.ends_with("artifact") {
            assert_eq!(packed.bytes, revision.artifact.brotli, "as it is kept");
        }
    }
}

#[tokio::test]
async fn several_options_and_texts_are_values_of_their_own_kind() {
    let program = Program::of(Studio::selling("cup", CUP).await).await;
    let design = json!({ "choices": { "extras": ["spoon"], "name": "Émilie" } });
    let (_, completed) = program.post("/api/v1/products/cup/complete", &design).await;
    assert_eq!(completed["choices"], json!({ "extras": ["spoon"], "name": "Émilie" }));
    let (_, menu) = program.post("/api/v1/products/cup/menu", &design).await;
    assert_eq!(option(&menu, "extras", "lid")["state"], "available");
    let (_, details) = program.get("/api/v1/products/cup").await;
    assert_eq!(details["attributes"][0]["standard"], json!([]));
}

const CUP: &str = r##"
name = "Cup"
summary = "A cup."
currency = "EUR"
base_price = 900
lead_time_days = 3
steps = [{ code = "all", label = "All" }]

[[attributes]]
code = "extras"
step = "all"
label = "Extras"
kind = "multi-choice"
standard = []
options = [{ code = "lid", label = "Lid" }, { code = "spoon", label = "Spoon" }]

[[attributes]]
code = "name"
step = "all"
label = "Name"
kind = "text"
standard = ""
max_length = 12
"##;

#[tokio::test]
async fn what_is_wrong_is_a_problem_with_a_code() {
    let program = Program::open().await;
    let menu = "/api/v1/products/mug/menu";
    let choices = |choices: Value| json!({ "choices": choices });
    for (address, body, status, code, detail) in [
        (menu, choices(json!({ "glace": "blue" })), 422, "unknown-attribute", "Did you mean 'glaze'?"),
        (menu, choices(json!({ "glaze": "bleu" })), 422, "unknown-option", "Did you mean 'blue'?"),
        (menu, choices(json!({ "height": 99 })), 422, "value-not-allowed", "7 to 12 cm"),
        (menu, choices(json!({ "height": {} })), 422, "unexpected-json", "choices.height"),
        (menu, choices(json!({ "height": 12, "lid": "wood" })), 422, "choices-conflict", "Wooden lids"),
        (menu, json!({ "revision": 7 }), 404, "unknown-revision", "revision 7"),
        ("/api/v1/products/mugg/menu", json!({}), 404, "unknown-product", "“mugg”"),
        ("/api/v1/nothing", json!({}), 404, "no-page", "/api/v1/openapi.json"),
        ("/api/v1/products/mug", json!({}), 405, "method-not-allowed", "openapi.json"),
    ] {
        let (answered, problem) = program.post(address, &body).await;
        assert_eq!((answered.as_u16(), &problem["code"]), (status, &json!(code)), "{address} {body}");
        assert!(problem["detail"].as_str().unwrap().contains(detail), "{problem}");
        assert_eq!(
            (&problem["status"], problem["type"].as_str()),
            (&json!(status), Some(&*format!("tag:atelier,2026:{code}")))
        );
    }
    let (_, conflict) = program.post(menu, &choices(json!({ "height": 12, "lid": "wood" }))).await;
    assert_eq!(conflict["reason"]["choices"], json!(["lid", "height"]));
    assert_eq!(conflict["reason"]["rules"][0]["code"], "wood_small");
    let (_, misspelt) = program.post(menu, &choices(json!({ "glaze": "bleu" }))).await;
    assert_eq!(misspelt["place"], "choices.glaze");
    let (_, unknown) = program.post("/api/v1/products/mugg/menu", &json!({})).await;
    assert_eq!(unknown["products"], json!(["mug"]));
    for address in ["/api/v1/products/mug/revisions/one", "/api/v1/orders/0123", "/api/v1/products?page=0"] {
        assert!(program.get(address).await.0.is_client_error(), "{address}");
    }
}

#[tokio::test]
async fn bodies_that_can_not_be_read_say_where() {
    let program = Program::open().await;
    let (status, problem) = program.send("/api/v1/products/mug/quote", "{\n  \"choices\": {,}\n}", &[]).await;
    assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("unreadable-json")));
    assert_eq!((&problem["line"], &problem["column"]), (&json!(2), &json!(15)));
    let large = format!("{{\"choices\": {{\"glaze\": \"{}\"}}}}", "x".repeat(300_000));
    let (status, problem) = program.send("/api/v1/products/mug/quote", &large, &[]).await;
    assert_eq!((status, &problem["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("too-large")));
    let form = program.studio.post("/api/v1/products/mug/quote", &[("choices", "{}")]).await;
    assert_eq!(
        (form.status, form.kind.as_str()),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/problem+json")
    );
}

#[tokio::test]
async fn an_order_names_its_revision_its_buyer_and_its_key() {
    let program = Program::open().await;
    let order = |revision: Value, buyer: Value| json!({ "product": "mug", "design": { "choices": {}, "revision": revision }, "buyer": buyer });
    let (status, problem) = program.post(route::ORDERS, &order(json!(1), buyer())).await;
    assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("no-idempotency-key")));
    let (status, problem) = program.order("one", &order(Value::Null, buyer())).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("no-revision")));
    let nobody = json!({ "name": "", "email": "bo", "address": "Harbour Street 4, Portside" });
    let (status, problem) = program.order("one", &order(json!(1), nobody)).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("buyer-incomplete")));
    let fields: Vec<&Value> =
        problem["fields"].as_array().unwrap().iter().map(|field| &field["field"]).collect();
    assert_eq!(fields, ["name", "email"]);
    assert!(program.studio.shop.orders(None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn pages_of_other_sites_can_not_send_to_it() {
    let program = Program::open().await;
    let menu = "/api/v1/products/mug/menu";
    assert_eq!(program.send(menu, "{}", &[]).await.0, StatusCode::OK);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://example.net")] {
        let (status, problem) = program.send(menu, "{}", &[(name, value)]).await;
        assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("cross-site")));
    }
}

#[tokio::test]
async fn a_busy_shop_is_a_problem_that_passes() {
    let program = Program::of(Studio::easily_busy().await).await;
    let menu = "/api/v1/products/mug/menu";
    assert_eq!(program.send(menu, "{}", &[]).await.0, StatusCode::OK);
    let release = program.studio.keep_busy().await;
    let request = program.studio.request("POST", menu).header(header::CONTENT_TYPE, "application/json");
    let answer = program.studio.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!((answer.status, answer.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
    assert_eq!(program.checked("post", menu, &answer).1["code"], "busy");
    release.send(()).unwrap();
}

#[tokio::test]
async fn the_document_has_every_route_and_is_sound() {
    let program = Program::open().await;
    let document = &program.document;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let paths = document["paths"].as_object().unwrap();
    let documented: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
    let routes = [
        route::PRODUCTS,
        route::PRODUCT,
        route::REVISION,
        route::ARTIFACT,
        route::MENU,
        route::REPAIRS,
        route::COMPLETE,
        route::QUOTE,
        route::ORDERS,
        route::ORDER,
        route::DESK_ORDERS,
        route::DESK_ORDER,
        route::DESK_ORDER_STATE,
        route::DESK_ORDER_NOTES,
        route::DESK_ORDER_MARKS,
    ];
    assert_eq!(documented, BTreeSet::from(routes));
    let mut operations = BTreeSet::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operations.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
            assert!(!operation["summary"].as_str().unwrap().is_empty(), "{method} {path}");
            let named = path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
            let no_parameters = Vec::new();
            let parameters = operation["parameters"].as_array().unwrap_or(&no_parameters);
            let given = parameters.iter().filter(|parameter| parameter["in"] == "path");
            let given: BTreeSet<&str> = given.map(|parameter| parameter["name"].as_str().unwrap()).collect();
            assert_eq!(given, named.collect(), "{method} {path}");
        }
    }
    for reference in references(document) {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{name} is no schema");
    }
}

/// All `$ref`s below a value.
fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match (name.as_str(), value) {
                ("$ref", Value::String(reference)) => vec![reference.as_str()],
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// What docs/api.md shows, on the demo's travel bike.
#[tokio::test]
async fn the_examples_of_the_documentation_work() {
    let program = Program::of(Studio::with_demo("travel-bike").await).await;
    let text = include_str!("../../../docs/api.md");
    let blocks = text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let mut answered = Vec::new();
    for example in blocks.flat_map(|block| block.split("\n\n")) {
        let address = example.split("http://127.0.0.1:3000").nth(1).unwrap();
        let address = address.split([' ', '\'', '\n']).next().unwrap();
        let (status, answer) = match example.split("-d '").nth(1) {
            None => program.get(address).await,
            Some(body) => {
                let body = body.trim().trim_end_matches('\'');
                program.send(address, body, &[("idempotency-key", "5e0f2c")]).await
            }
        };
        assert!(status.is_success(), "{example}: {answer}");
        answered.push(answer);
    }
    let [list, menu, repairs, quote, order] = answered.try_into().unwrap();
    assert_eq!(list["products"][0]["slug"], "travel-bike");
    assert_eq!(option(&menu, "colour", "red")["state"], "blocked");
    assert_eq!(repairs["repairs"][0]["choices"]["colour"], "red");
    assert_eq!(order["total"], quote["quote"]["total"]);
    for code in ["unknown-product", "choices-conflict", "busy", "cross-site"] {
        assert!(text.contains(&format!("`{code}`")));
    }
}
