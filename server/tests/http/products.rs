//! The life of products, through the router: begun in the admin from nothing, a copy, a model, a file; published; hidden, archived,
//! ordered; under another address.

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use testing::slug;

const LAMP: [(&str, &str); 6] = [
    ("do", "fresh"),
    ("name", "Desk lamp"),
    ("address", ""),
    ("currency", "eur"),
    ("attribute", "Shade"),
    ("options", "Brass\r\nGlass\r\n\r\nPaper"),
];
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
const MODEL: &str = "features\n    Lamp\n        mandatory\n            Shade\n                alternative\n                    Brass\n                    Glass\n        optional\n            Dimmer {Price 12}\nconstraints\n    Glass => !Dimmer\n";

impl Studio {
    /// Begins a product from a file as browsers do.
    async fn begin_from(&self, name: &str, file: &str, fields: &[(&str, &str)]) -> Answer {
        let part = |field: &str, text: &str| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n")
        };
        let parts: String = fields.iter().map(|(field, text)| part(field, text)).collect();
        let file = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{file}\r\n"
        );
        let request = self.request("POST", "/admin/new/file").header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(format!("{parts}{file}--edge--\r\n"))).unwrap()).await
    }

    async fn stand(&self, product: &str, was: &str, becomes: &str) -> Answer {
        let form = [("was", was), ("do", becomes)];
        self.post(&format!("/admin/products/{product}/standing"), &form).await
    }
}

#[tokio::test]
async fn a_product_is_begun_from_nothing_published_and_ordered() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/products").await.shows("data-testid=\"new-product\"");
    studio.post("/admin/new", &LAMP).await.leads_to("/admin/products/desk-lamp");
    studio.get("/admin/products/desk-lamp").await.shows("Shade");
    let list = studio.get("/admin/products").await;
    list.shows("Desk lamp");
    list.shows("Never published");

    // Nobody else knows of it.
    studio.get("/").await.shows_not("Desk lamp");
    for address in [
        "/products/desk-lamp",
        "/products/desk-lamp?_revision=1",
        "/products/desk-lamp/picture.svg",
        "/products/desk-lamp/order?_revision=1",
        "/api/v1/products/desk-lamp",
        "/api/v1/products/desk-lamp/revisions/1",
    ] {
        assert_eq!(studio.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    let order = studio.post("/products/desk-lamp/order?_revision=1&_start=standard", &BUYER).await;
    assert_eq!(order.status, StatusCode::NOT_FOUND);

    priced(&studio).await;
    publish_first(&studio, "2").await.leads_to("/admin/products/desk-lamp/revisions?published=2");
    studio.get("/").await.shows("Desk lamp");
    studio.get("/products/desk-lamp").await.shows("Brass");
    studio.get("/admin/products/desk-lamp/revisions").await.shows_not("Revision 1<");
    // What the draft began as is no revision of the shop.
    let offered = studio.post("/admin/products/desk-lamp/revisions/1/live", &[]).await;
    assert!(offered.status.is_client_error(), "{}", offered.status);
}

/// Says what the desk lamp costs and how long it takes, in its second version.
async fn priced(studio: &Studio) {
    let lamp = slug("desk-lamp");
    let mut draft = studio.shop.draft(&lamp).await.unwrap();
    draft.bundle.source.base_price = 4_900;
    draft.bundle.source.lead_time_days = 5;
    studio.shop.save_draft(&lamp, draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

/// Publishes this version of the desk lamp for the first time.
async fn publish_first(studio: &Studio, version: &str) -> Answer {
    let form = [("version", version), ("live", "1"), ("note", ""), ("seen", "on"), ("_end", "on")];
    studio.post("/admin/products/desk-lamp/publish", &form).await
}

#[tokio::test]
async fn what_was_never_published_is_compared_with_nothing_and_can_only_be_removed() {
    let studio = Studio::with_ana().await;
    // Also what looks like the draft that it began as.
    let form = [
        ("do", "fresh"),
        ("name", "Product"),
        ("address", "desk-lamp"),
        ("currency", "EUR"),
        ("attribute", "Choice"),
        ("options", "Yes\nNo"),
    ];
    studio.post("/admin/new", &form).await.leads_to("/admin/products/desk-lamp");
    let publish = "/admin/products/desk-lamp/publish";
    studio.get(publish).await.shows_not("Nothing to publish");
    priced(&studio).await;
    let page = studio.get(publish).await;
    for words in [
        "Published for the first time",
        "What it costs",
        "€49",
        "Valid designs: 2.",
        "Publish as revision 2",
        "so this is revision 2",
        "name=\"seen\"",
        "data-testid=\"remove\"",
    ] {
        page.shows(words);
    }
    for words in ["name=\"twice\"", "What changes against", "Before", "Orders and saved designs", "Discard"] {
        page.shows_not(words);
    }
    let editor = studio.get("/admin/products/desk-lamp").await;
    editor.shows("Not yet");
    editor.shows_not(">Revision 1<");
    // One question, which is asked all the same.
    let unseen = [("version", "2"), ("live", "1"), ("_end", "on")];
    assert_eq!(studio.post(publish, &unseen).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let discarded = studio.post("/admin/products/desk-lamp/discard", &[("version", "2")]).await;
    assert_eq!(discarded.status, StatusCode::CONFLICT);
    assert_eq!(studio.shop.draft(&slug("desk-lamp")).await.unwrap().version, 2);
    studio.stand("desk-lamp", "begun", "removed").await.leads_to("/admin/products?removed=desk-lamp");
    studio.stand("desk-lamp", "removed", "begun").await;
    publish_first(&studio, "2").await.leads_to("/admin/products/desk-lamp/revisions?published=2");
    let history = studio.get("/admin/products/desk-lamp/revisions?published=2").await;
    history.shows("Revision 2");
    studio.get("/admin/products/desk-lamp").await.shows("Revision 2");
}

#[tokio::test]
async fn what_costs_nothing_or_is_ready_at_once_is_filled_or_meant() {
    let studio = Studio::with_ana().await;
    studio.post("/admin/new", &LAMP).await;
    let publish = "/admin/products/desk-lamp/publish";
    let page = studio.get(publish).await;
    for words in [
        "2 things look forgotten",
        "The standard design costs nothing",
        "The standard design is ready at once",
        "href=\"/admin/products/desk-lamp?section=basics#base_price\"",
        "href=\"/admin/products/desk-lamp?section=basics#lead_time_days\"",
    ] {
        page.shows(words);
    }
    page.shows_not("data-testid=\"publish\"");
    let held = publish_first(&studio, "1").await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
    held.shows("something looks forgotten");
    let meant = |version: &'static str, gap: &'static str| {
        [("version", version), ("attribute", ""), ("option", ""), ("gap", gap), ("_end", "on")]
    };
    let mark = "/admin/products/desk-lamp/meant";
    studio.post(mark, &meant("1", "price")).await.leads_to(publish);
    studio.get(publish).await.shows_not("costs nothing");
    // Nothing else can be meant of a product as a whole.
    studio.post(mark, &meant("2", "weight")).await.leads_to(publish);
    assert_eq!(studio.shop.draft(&slug("desk-lamp")).await.unwrap().version, 2);
    studio.post(mark, &meant("2", "lead_time")).await.leads_to(publish);
    let source = studio.shop.draft(&slug("desk-lamp")).await.unwrap().bundle.source;
    assert_eq!(source.meant, ["price", "lead_time"]);
    studio.get("/admin/products/desk-lamp").await.shows("value=\"price, lead_time\"");
    publish_first(&studio, "3").await.leads_to("/admin/products/desk-lamp/revisions?published=2");
}

#[tokio::test]
async fn what_can_not_begin_a_product_is_told_at_its_field() {
    let studio = Studio::with_ana().await;
    for (field, value, words) in [
        ("name", " ", "Give the product a name"),
        ("name", "\u{200d}", "Give the product a name"),
        ("name", "\u{202e}pmaL", "This has characters that nobody sees."),
        ("address", "Desk Lamp", "This can&#x27;t be an address."),
        ("address", "mug", "Another product has or had this address."),
        ("currency", "XXX", "This is no currency in use."),
        ("attribute", "", "Say what shoppers decide first"),
        ("attribute", "\u{fe0f}", "Say what shoppers decide first"),
        ("attribute", "a\u{200b}b", "This has characters that nobody sees."),
        ("options", "Brass", "Write at least two options"),
        ("options", "Brass\nBrass", "Two lines say the same"),
        ("options", "Brass\nbrass", "Two lines say the same"),
        ("options", "Brass\n\u{200d}", "Write at least two options"),
        ("options", "Brass\nPaper\u{202e}", "This has characters that nobody sees."),
    ] {
        let mut form = LAMP.to_vec();
        form.iter_mut().find(|(name, _)| *name == field).unwrap().1 = value;
        let answer = studio.post("/admin/new", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        let plain = answer.text.replace("&#39;", "'").replace("&#x27;", "'");
        assert!(plain.contains(&words.replace("&#x27;", "'")), "{field} {value}");
        assert!(plain.contains("Paper") || field == "options", "nothing typed is lost");
    }
    // An address that nobody typed is no mistake of its own.
    let mut empty = LAMP.to_vec();
    empty[1].1 = "";
    let answer = studio.post("/admin/new", &empty).await;
    answer.shows("Give the product a name");
    answer.shows_not("be an address");
    empty[1].1 = "灯";
    let answer = studio.post("/admin/new", &empty).await;
    answer.shows("No address can be made of the name");
    assert!(studio.shop.standing(&slug("desk-lamp")).await.unwrap().is_none());
}

#[tokio::test]
async fn the_list_is_where_addresses_of_products_begin() {
    let studio = Studio::with_ana().await;
    let list = studio.get("/admin/products").await;
    list.shows("href=\"/admin/products/mug/insight\"");
    studio.post("/admin/new", &LAMP).await;
    studio.get("/admin/people").await.shows("Began Desk lamp");
}

#[tokio::test]
async fn a_copy_has_everything_but_the_name() {
    let studio = Studio::with_ana().await;
    let form = [("do", "copy"), ("product", "mug"), ("name", "Tankard"), ("address", "tankard")];
    studio.post("/admin/new", &form).await.leads_to("/admin/products/tankard");
    let (copy, mug) = (slug("tankard"), slug("mug"));
    let mut copy = studio.shop.draft(&copy).await.unwrap().bundle;
    assert_eq!(copy.source.name, "Tankard");
    copy.source.name = "Mug".to_owned();
    assert_eq!(copy, studio.shop.draft(&mug).await.unwrap().bundle);
}

#[tokio::test]
async fn a_file_becomes_a_product_and_is_the_same_file_again() {
    let studio = Studio::with_ana().await;
    let file = studio.get("/admin/products/mug/archive").await.text;
    let fields = [("name", ""), ("address", "cup"), ("do", "archive")];
    studio.begin_from("mug.json", &file, &fields).await.leads_to("/admin/products/cup");
    assert_eq!(studio.get("/admin/products/cup/archive").await.text, file);

    let refused = studio.begin_from("mug.json", "a picture", &[("address", "jug"), ("do", "archive")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("data-testid=\"not-begun\"");
    refused.shows("value=\"jug\"");
}

#[tokio::test]
async fn a_model_becomes_a_product_and_what_it_says_more_is_listed() {
    let studio = Studio::with_ana().await;
    let fields = [("name", "Lamp"), ("address", ""), ("currency", "EUR"), ("do", "model")];
    let begun = studio.begin_from("lamp.uvl", MODEL, &fields).await;
    assert_eq!(begun.status, StatusCode::OK);
    begun.shows("Dimmer {Price 12}");
    begun.shows("href=\"/admin/products/lamp\"");
    let editor = studio.get("/admin/products/lamp").await;
    editor.shows("Shade");
    // It costs nothing and is ready at once, which a person has to look at.
    editor.shows("Draft · 2 things to settle");
    let wrong = studio.begin_from("lamp.uvl", "features\n  A\n    maybe\n", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_draft_is_removed_and_brought_back() {
    let studio = Studio::with_ana().await;
    studio.post("/admin/new", &LAMP).await;
    studio.stand("desk-lamp", "begun", "removed").await.leads_to("/admin/products?removed=desk-lamp");
    let list = studio.get("/admin/products?removed=desk-lamp").await;
    list.shows("The draft of Desk lamp is removed.");
    list.shows_not("Never published");
    studio.stand("desk-lamp", "removed", "begun").await.leads_to("/admin/products/desk-lamp");
    studio.get("/admin/products").await.shows("Never published");
    // Nobody lists what was not published.
    let early = studio.stand("desk-lamp", "begun", "listed").await;
    assert_eq!(early.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_hidden_is_sold_and_what_is_archived_says_what_is_like_it() {
    let studio = Studio::with_ana().await;
    studio.copies(2).await;
    let hidden = studio.stand("mug", "listed", "hidden").await;
    hidden.leads_to("/admin/products/mug/standing?done=stands&was=listed");
    let page = studio.get(&hidden.location).await;
    page.shows("It is hidden: not on the list, its links work.");
    page.shows("data-testid=\"undo\"");
    studio.get("/").await.shows_not("href=\"/products/mug\"");
    assert_eq!(studio.get("/products/mug").await.status, StatusCode::OK);
    let order = "/products/mug/order?_revision=1&glaze=blue";
    assert!(studio.post(order, &BUYER).await.location.starts_with("/orders/"));

    studio.stand("mug", "hidden", "archived").await;
    let page = studio.get("/products/mug?glaze=blue").await;
    assert_eq!(page.status, StatusCode::GONE);
    page.shows("can’t be ordered any more");
    page.shows("href=\"/products/mug-01\"");
    assert_eq!(studio.post(order, &BUYER).await.status, StatusCode::GONE);
    let api = studio.get("/api/v1/products/mug").await;
    assert_eq!((api.status, api.text.contains("product-archived")), (StatusCode::GONE, true));
    assert_eq!(studio.get("/products/mug/picture.svg").await.status, StatusCode::OK);
    // However its address is written.
    for address in
        ["/products/%6Dug", "/products/m%75g/offers", "/api/v1/products/%6Dug", "/artifacts/mu%67/1/x.bin"]
    {
        assert_eq!(studio.get(address).await.status, StatusCode::GONE, "{address}");
    }
    assert_eq!(studio.get("/products/%6Dug/picture.svg").await.status, StatusCode::OK);
    studio.get("/admin/orders").await.shows("1001");
    // Somebody who decides on what was changed meanwhile is told.
    assert_eq!(studio.stand("mug", "hidden", "listed").await.status, StatusCode::CONFLICT);

    studio.stand("mug", "archived", "listed").await;
    assert_eq!(studio.get("/products/mug?glaze=blue").await.status, StatusCode::OK);
    studio.get("/admin/people").await.shows("Changed who sees Mug");
}

#[tokio::test]
async fn products_move_in_the_list() {
    let studio = Studio::with_ana().await;
    studio.copies(2).await;
    let place = |place: &'static str| [("do", "move"), ("place", place)];
    let moved = studio.post("/admin/products/mug/standing", &place("2")).await;
    moved.leads_to("/admin/products/mug/standing?done=moved");
    studio.get(&moved.location).await.shows("It is at place 2 now.");
    let list = studio.get("/").await.text;
    let at = |slug: &str| list.find(&format!("href=\"/products/{slug}\"")).unwrap();
    assert!(at("mug-01") < at("mug") && at("mug") < at("mug-02"));
    for wrong in ["0", "first", "-1", ""] {
        let refused = studio.post("/admin/products/mug/standing", &place(wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn a_former_address_leads_to_the_new_one_for_good() {
    let studio = Studio::with_ana().await;
    let order = studio.post("/products/mug/order?_revision=1&glaze=blue", &BUYER).await;
    let address = |to: &'static str| [("do", "address"), ("address", to)];
    for (wrong, words) in [("No Address", "be an address"), ("mug-", "be an address")] {
        let refused = studio.post("/admin/products/mug/standing", &address(wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(words);
        refused.shows(&format!("value=\"{wrong}\""));
    }
    let changed = studio.post("/admin/products/mug/standing", &address("coffee-mug")).await;
    changed.leads_to("/admin/products/coffee-mug/standing?done=address");
    studio.get(&changed.location).await.shows("the former address leads there");

    for (from, to) in [
        ("/products/mug", "/products/coffee-mug"),
        ("/products/mug?glaze=blue", "/products/coffee-mug?glaze=blue"),
        ("/products/mug/picture.svg?glaze=blue", "/products/coffee-mug/picture.svg?glaze=blue"),
        ("/api/v1/products/mug/menu", "/api/v1/products/coffee-mug/menu"),
    ] {
        let moved = studio.get(from).await;
        assert_eq!((moved.status, &*moved.location), (StatusCode::PERMANENT_REDIRECT, to));
    }
    studio.get("/products/coffee-mug?glaze=blue").await.shows("action=\"/products/coffee-mug/choose\"");
    studio.get(&order.location).await.shows("Order 1001");
    // The admin's own addresses go on, too.
    assert_eq!(studio.get("/admin/products/mug").await.status, StatusCode::OK);
    let again = studio.post("/products/mug/order?_revision=1&glaze=blue", &BUYER).await;
    assert_eq!(again.status, StatusCode::PERMANENT_REDIRECT);

    let back = studio.post("/admin/products/coffee-mug/standing", &address("mug")).await;
    back.leads_to("/admin/products/mug/standing?done=address");
    assert_eq!(studio.get("/products/mug").await.status, StatusCode::OK);
    let moved = studio.get("/products/coffee-mug").await;
    assert_eq!((moved.status, &*moved.location), (StatusCode::PERMANENT_REDIRECT, "/products/mug"));
}

#[tokio::test]
async fn beginning_and_deciding_need_a_session() {
    let studio = Studio::open().await;
    studio.get("/admin/new").await.leads_to("/admin/login?next=%2Fadmin%2Fnew");
    studio.post("/admin/new", &LAMP).await.leads_to("/admin/login?next=%2Fadmin");
    studio.stand("mug", "listed", "archived").await.leads_to("/admin/login?next=%2Fadmin");
    assert_eq!(studio.get("/products/mug").await.status, StatusCode::OK);
    let standing = studio.shop.standing(&slug("mug")).await.unwrap().unwrap();
    assert_eq!(standing.standing, shop::Standing::Listed);
}
