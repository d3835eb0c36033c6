//! The admin through the router: who gets in, what a save does to the draft, what publishing does to the shop.

use crate::common::{Answer, PASSWORD, Studio};
use axum::body::Body;
use axum::http::StatusCode;
use configurator::Quantity;
use personalize::Start;
use shop::{Buyer, Order, OrderRequest};
use testing::{number, slug};

impl Studio {
    /// Saves a section of the mug's draft, whatever its version is.
    async fn save(&self, section: &str, form: &[(&str, &str)]) -> Answer {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        let (version, base) = (draft.version.to_string(), draft.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        let form: Vec<(&str, &str)> = form.iter().copied().chain(made_from).collect();
        self.post(&format!("/admin/products/mug/{section}"), &form).await
    }

    async fn version(&self) -> String {
        self.shop.draft(&slug("mug")).await.unwrap().version.to_string()
    }

    pub async fn publish(&self, note: &str) -> Answer {
        let live = self.shop.live(&slug("mug")).await.unwrap().number.to_string();
        let version = self.version().await;
        let form = [
            ("version", &*version),
            ("live", &*live),
            ("seen", "on"),
            ("twice", "on"),
            ("note", note),
            ("_end", "on"),
        ];
        self.post("/admin/products/mug/publish", &form).await
    }

    /// Somebody orders a blue mug of the live revision.
    async fn order_blue(&self) -> Order {
        let request = OrderRequest {
            slug: slug("mug"),
            revision: self.shop.live(&slug("mug")).await.unwrap().number,
            choices: vec![("glaze".to_owned(), "blue".to_owned())],
            start: Start::Standard,
            quantity: Quantity::ONE,
            buyer: Buyer {
                name: "Bo <b>Larsen</b>".to_owned(),
                email: "bo@example.org".to_owned(),
                address: "Harbour Street 4\n1000 Portside".to_owned(),
                note: String::new(),
            },
            request_id: None,
        };
        self.shop.place_order(request).await.unwrap().order
    }
}

#[tokio::test]
async fn without_a_session_every_page_leads_to_the_log_in() {
    let studio = Studio::open().await;
    for (address, next) in [
        ("/admin", "%2Fadmin"),
        ("/admin/products/mug", "%2Fadmin%2Fproducts%2Fmug"),
        ("/admin/products/mug/publish", "%2Fadmin%2Fproducts%2Fmug%2Fpublish"),
        ("/admin/products/mug/revisions", "%2Fadmin%2Fproducts%2Fmug%2Frevisions"),
        ("/admin/orders?q=1001", "%2Fadmin%2Forders%3Fq%3D1001"),
        ("/admin/orders/1001", "%2Fadmin%2Forders%2F1001"),
        ("/admin/orders/1001/picture.svg", "%2Fadmin%2Forders%2F1001%2Fpicture.svg"),
    ] {
        studio.get(address).await.leads_to(&format!("/admin/login?next={next}"));
    }
    for section in [
        "basics",
        "rules",
        "standard",
        "budget",
        "attributes/glaze",
        "publish",
        "discard",
        "revisions/1/live",
        "revisions/1/withdraw",
        "revisions/1/offer",
    ] {
        let answer = studio.save(section, &[("name", "Stolen")]).await;
        answer.leads_to("/admin/login?next=%2Fadmin");
    }
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0);
    let mut stranger = studio;
    stranger.session = Some("0".repeat(64));
    stranger.get("/admin").await.leads_to("/admin/login?next=%2Fadmin");
}

#[tokio::test]
async fn an_invitation_sets_a_password_and_starts_a_session() {
    let mut studio = Studio::open().await;
    let token = studio.shop.invite("ana@example.org").await.unwrap();
    let address = format!("/admin/invite/{token}");
    studio.get(&address).await.shows("value=\"ana@example.org\"");

    let short = studio.post(&address, &[("password", "short"), ("again", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    short.shows("A password has 10 to 256 characters");
    let different = studio.post(&address, &[("password", PASSWORD), ("again", "something else")]).await;
    assert_eq!(different.status, StatusCode::UNPROCESSABLE_ENTITY);
    different.shows("These two differ; type the same password twice.");

    let set = studio.post(&address, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    set.leads_to("/admin");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.cookies.iter().all(|cookie| cookie.contains(part)), "{:?}", set.cookies);
    }
    assert!(!set.cookie.contains("Secure"), "this site has no https");
    studio.session = Some(set.session());
    let products = studio.get("/admin/products").await;
    products.shows("Mug");
    products.shows("No changes");
    products.shows("ana@example.org");

    let used = studio.get(&address).await;
    assert_eq!(used.status, StatusCode::NOT_FOUND);
    used.shows("atelier admin invite EMAIL");
    let used = studio.post(&address, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(used.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn log_in_and_log_out() {
    let mut studio = Studio::with_ana().await;
    studio.get("/admin/login?next=/admin/orders").await.leads_to("/admin/orders");
    studio.session = None;

    let wrong = [("email", "ana@example.org"), ("password", "a kiln and a whale"), ("next", "/admin/orders")];
    let refused = studio.post("/admin/login", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("The e-mail address or the password is wrong");
    refused.shows("value=\"ana@example.org\"");
    refused.shows("value=\"/admin/orders\"");
    refused.shows_not("whale");

    let right = [("email", "Ana@example.org "), ("password", PASSWORD)];
    for (next, target) in
        [("/admin/orders", "/admin/orders"), ("https://example.net/", "/admin"), ("//example.net", "/admin")]
    {
        let form: Vec<(&str, &str)> = right.into_iter().chain([("next", next)]).collect();
        let answer = studio.post("/admin/login", &form).await;
        answer.leads_to(target);
        studio.session = Some(answer.session());
    }
    assert_eq!(studio.get("/admin").await.status, StatusCode::OK);

    let over = studio.post("/admin/logout", &[]).await;
    over.leads_to("/admin/login");
    assert!(over.cookie.contains("Max-Age=0"), "{}", over.cookie);
    studio.get("/admin").await.leads_to("/admin/login?next=%2Fadmin");
}

#[tokio::test]
async fn after_too_many_wrong_passwords_a_client_is_not_let_in() {
    let mut studio = Studio::with_ana().await;
    studio.session = None;
    for _ in 0..5 {
        studio.post("/admin/login", &[("email", "ana@example.org"), ("password", "guess")]).await;
    }
    let answer = studio.post("/admin/login", &[("email", "ana@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    answer.shows("Too many attempts failed; try again in 15 minutes.");
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let studio = Studio::with_ana().await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://example.net")] {
        let request = studio.request("POST", "/admin/products/mug/discard").header(name, value);
        let answer = studio.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        answer.shows("This came from another website and was not done");
    }
}

#[tokio::test]
async fn a_renamed_option_is_in_the_draft_and_not_in_the_shop() {
    let studio = Studio::with_ana().await;
    let form = [
        ("label", "Glaze"),
        ("label.blue", "Midnight & sea"),
        ("price.blue", "3,50"),
        ("available.blue", "on"),
        ("swatched.blue", "on"),
        ("swatch.blue", "#101a33"),
    ];
    let saved = studio.save("attributes/glaze", &form).await;
    saved.leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    let editor = studio.get("/admin/products/mug?saved=attribute-glaze").await;
    editor.shows("Midnight &amp; sea");
    editor.shows("Draft · no problems");
    editor.shows("Saved to the draft");
    let changes = studio.get("/admin/products/mug/publish").await;
    changes.shows("Glaze: option “Blue” is called “Midnight &amp; sea” now");
    changes.shows("Glaze, Midnight &amp; sea: €3 → €3.50");
    studio.get("/products/mug").await.shows_not("Midnight");
    studio.get("/admin/products").await.shows("Draft · no problems");

    let shown = [("version", &*studio.version().await)];
    studio.post("/admin/products/mug/discard", &shown).await.leads_to("/admin/products/mug");
    studio.get("/admin/products/mug").await.shows("No changes");
}

#[tokio::test]
async fn options_come_move_and_go() {
    let studio = Studio::with_ana().await;
    let form = [
        ("do", "add"),
        ("new.label", "Iron red"),
        ("new.price", "5"),
        ("new.swatched", "on"),
        ("new.swatch", "#8a3a1f"),
    ];
    studio
        .save("attributes/glaze", &form)
        .await
        .leads_to("/admin/products/mug?saved=attribute-glaze&to=attributes.0.options.3.label#attributes.0.options.3.label");
    studio.save("attributes/glaze", &[("do", "up:iron_red")]).await;
    studio.save("attributes/glaze", &[("do", "remove:green")]).await;
    let draft = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    let codes: Vec<&str> = draft.attributes[0].options.iter().map(|option| option.code.as_str()).collect();
    assert_eq!(codes, ["white", "blue", "iron_red"]);
    assert_eq!((draft.attributes[0].options[2].price, draft.attributes[0].options[2].available), (500, true));
    assert_eq!(studio.save("attributes/handle", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn removing_asks_where_something_hangs_on_it() {
    let studio = Studio::with_ana().await;
    let draft = studio.shop.draft(&slug("mug")).await.unwrap();
    let mut bundle = draft.bundle;
    let drawn = bundle.source.layers.len();
    bundle.source.layers.push(configurator::source::LayerSource {
        when: Some("glaze = green".to_owned()),
        ..bundle.source.layers[0].clone()
    });
    studio.shop.save_draft(&slug("mug"), draft.version, bundle, "ana@example.org").await.unwrap();
    let asked = studio.save("attributes/glaze", &[("do", "remove:green")]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked.shows("Nothing is removed yet: other parts hang on Green.");
    asked.shows("value=\"remove-all:green\"");
    studio.save("attributes/glaze", &[("do", "remove-all:green")]).await;
    let draft = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    assert_eq!((draft.attributes[0].options.len(), draft.layers.len()), (2, drawn));
}

#[tokio::test]
async fn steps_surcharges_and_the_rest_of_an_option_are_set_by_forms() {
    let studio = Studio::with_ana().await;
    let editor = studio.get("/admin/products/mug").await;
    for field in [
        "name=\"weight.blue\"",
        "name=\"locked\"",
        "name=\"moved_last\"",
        "name=\"unit\"",
        "name=\"by.new.when\"",
        "name=\"picture.0\"",
    ] {
        editor.shows(field);
    }
    let form = [
        ("label", "Glaze"),
        ("label.blue", "Blue"),
        ("available.blue", "on"),
        ("weight.blue", "12"),
        ("description.blue", "Deep."),
    ];
    studio
        .save("attributes/glaze", &form)
        .await
        .leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    let form = [("do", "add"), ("new.label", "Large"), ("new.amount", "2.50"), ("new.when", "height > 10")];
    // An entry that is added is where the page opens.
    let led = |list: &str, row: &str| format!("/admin/products/mug?saved={list}&to={row}#{row}");
    studio.save("prices", &form).await.leads_to(&led("prices", "prices.0.label"));
    studio.save("steps", &[("new.label", "Extras")]).await.leads_to(&led("steps", "steps.1.label"));
    let form = [("new.label", "Width"), ("new.kind", "number"), ("new.step", "extras")];
    studio
        .save("new_attribute", &form)
        .await
        .leads_to("/admin/products/mug?saved=new_attribute#new_attribute");
    let draft = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    let blue = draft.attributes[0].options.iter().find(|option| option.code == "blue").unwrap();
    assert_eq!((blue.weight, blue.description.as_str()), (12, "Deep."));
    assert_eq!(
        draft.prices.last().map(|price| (price.amount, price.when.as_deref())),
        Some((250, Some("height > 10")))
    );
    assert_eq!(draft.attributes.last().map(|attribute| attribute.step.as_str()), Some("extras"));
    let refused = studio.save("prices", &[("new.label", "Small"), ("new.amount", "three")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"three\"");
    refused.shows("'three' is no amount in EUR");
}

#[tokio::test]
async fn what_can_not_be_read_comes_back_as_typed() {
    let studio = Studio::with_ana().await;
    let form = [("label.blue", "Navy"), ("price.blue", "three"), ("available.blue", "on")];
    let answer = studio.save("attributes/glaze", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("value=\"three\"");
    answer.shows("value=\"Navy\"");
    answer.shows("'three' is no amount in EUR");
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0);
    assert_eq!(
        studio.post("/admin/products/mug/basics", &[("name", "Cup")]).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_mistake_in_a_rule_is_saved_and_shown_in_its_place() {
    let studio = Studio::with_ana().await;
    let form = [
        ("rule.wood_small", "lid = wod implies height <= 10"),
        ("sentence.wood_small", "Wooden lids fit small mugs."),
    ];
    studio.save("rules", &form).await.leads_to("/admin/products/mug?saved=rules#rules");
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("lid = <mark ");
    editor.shows(">wod</mark> implies height &lt;= 10");
    editor.shows("At character 7:");
    editor.shows("Did you mean");
    editor.shows("?section=rules#rules.0.rule\"");
    editor.shows("Draft · 1 problem");
    editor.shows(">lid = wod implies height &lt;= 10</textarea>");
    studio.get("/admin/products").await.shows("Draft · 1 problem");

    let added = [
        ("new.rule", "height > 7"),
        ("new.sentence", "Mugs are taller than 7 cm."),
        ("do", "remove:wood_small"),
    ];
    studio.save("rules", &added).await.leads_to("/admin/products/mug?saved=rules#rules");
    let changes = studio.get("/admin/products/mug/publish").await;
    changes.shows("New rule: “height &gt; 7” Mugs are taller than 7 cm.");
    changes.shows("Rule removed: “lid = wood implies height &lt;= 10”");
    changes.shows("Publish as revision 2");
}

#[tokio::test]
async fn an_invalid_standard_is_not_published() {
    let studio = Studio::with_ana().await;
    studio
        .save("standard", &[("standard.lid", "wood"), ("standard.height", "12")])
        .await
        .leads_to("/admin/products/mug?saved=standard#standard");
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("The standard design is not valid: Wooden lids fit mugs of up to 10 cm.");
    let refused = studio.publish("never").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Nothing was published");
    refused.shows("The standard design is not valid");
    refused.shows("href=\"/admin/products/mug?section=rules#rules.0.rule\"");
    assert_eq!(studio.shop.live(&slug("mug")).await.unwrap().number, number(1));
    assert_eq!(studio.shop.revisions(&slug("mug")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_published_without_changes() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/products/mug/publish").await.shows("which is live");
    assert_eq!(studio.publish("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A save that changes nothing makes no draft.
    studio.save("basics", &[("name", "Mug")]).await.leads_to("/admin/products/mug?saved=basics#basics");
    assert_eq!(studio.version().await, "0");
}

#[tokio::test]
async fn a_new_price_is_for_new_orders_and_can_be_taken_back() {
    let studio = Studio::with_ana().await;
    let old = studio.order_blue().await;
    studio.get("/").await.shows("From €24");
    let form = [("base_price", "29.50"), ("lead_time_days", "12")];
    studio.save("basics", &form).await.leads_to("/admin/products/mug?saved=basics#basics");
    studio.get("/").await.shows("From €24");
    let changes = studio.get("/admin/products/mug/publish").await;
    changes.shows("Base price: €24 → €29.50");
    changes.shows("Lead time: 9 days → 12 days");
    studio.publish("Clay got <dearer>").await.leads_to("/admin/products/mug/revisions?published=2");
    studio.get("/").await.shows("From €29.50");

    let history = studio.get("/admin/products/mug/revisions?published=2").await;
    history.shows("Revision 2 is published.");
    history.shows("Clay got &lt;dearer&gt;");
    let new = studio.order_blue().await;
    assert_eq!((old.total, new.total), (2_700, 3_250));
    assert_eq!((old.revision, new.revision), (number(1), number(2)));
    let sheet = studio.get(&format!("/admin/orders/{}", old.number)).await;
    sheet.shows("€27");
    sheet.shows_not("€32.50");
    sheet.shows("revision 1");

    // What it does is shown before.
    let back = studio.get("/admin/products/mug/revisions/1/live").await;
    back.shows("Make revision 1 live again");
    back.shows("data-testid=\"repriced\"");
    back.shows("data-testid=\"replay-orders\"");
    back.shows("data-testid=\"change\"");
    assert_eq!(studio.get("/admin/products/mug/revisions/9/live").await.status, StatusCode::NOT_FOUND);
    studio.get("/admin/products/mug/revisions/2/live").await.leads_to("/admin/products/mug/revisions");
    studio
        .post("/admin/products/mug/revisions/1/live", &[])
        .await
        .leads_to("/admin/products/mug/revisions?live=1");
    studio.get("/").await.shows("From €24");
    studio.get("/admin/products/mug/revisions?live=1").await.shows("Revision 1 is live again.");
    let unknown = studio.post("/admin/products/mug/revisions/9/live", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// As when a wrong price was live for a moment.
#[tokio::test]
async fn a_revision_is_withdrawn_with_a_reason_and_offered_again() {
    let studio = Studio::with_ana().await;
    let history = "/admin/products/mug/revisions";
    studio.save("basics", &[("base_price", "2"), ("lead_time_days", "9")]).await;
    studio.publish("").await;
    let live = studio.post(&format!("{history}/2/withdraw"), &[("reason", "")]).await;
    assert_eq!(live.status, StatusCode::CONFLICT);
    studio.post(&format!("{history}/1/live"), &[]).await;
    let before = studio.get(history).await;
    before.shows("Designs of it can be ordered at its prices until ");
    before.shows("Withdraw revision 2…");
    before.shows_not("Withdraw revision 1…");

    let long = "x".repeat(301);
    for (reason, problem) in [
        (long.as_str(), "Use at most 300 characters; now it has 301."),
        ("\u{202e}wrong", "This has characters that nobody sees."),
    ] {
        let refused = studio.post(&format!("{history}/2/withdraw"), &[("reason", reason)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Revision 2 was not withdrawn");
        refused.shows(problem);
        refused.shows(&format!("value=\"{reason}\""));
    }

    let withdrawn = studio.post(&format!("{history}/2/withdraw"), &[("reason", "A <wrong> price.")]).await;
    withdrawn.leads_to(&format!("{history}?withdrawn=2"));
    let page = studio.get(&format!("{history}?withdrawn=2")).await;
    page.shows("Revision 2 is withdrawn.");
    page.shows("Withdrawn by ana@example.org");
    page.shows("A &lt;wrong&gt; price.");
    let shopper = studio.get("/products/mug?_revision=2").await;
    shopper.shows("was withdrawn: A &lt;wrong&gt; price.");
    assert_eq!(studio.post(&format!("{history}/2/live"), &[]).await.status, StatusCode::CONFLICT);

    studio.post(&format!("{history}/2/offer"), &[]).await.leads_to(&format!("{history}?offered=2"));
    studio.get(&format!("{history}?offered=2")).await.shows("Revision 2 is offered again.");
    studio.get("/products/mug?_revision=2").await.shows_not("was withdrawn");
    for wrong in ["9/withdraw", "9/offer", "x/withdraw"] {
        let answer = studio.post(&format!("{history}/{wrong}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn two_people_do_not_overwrite_each_other() {
    let studio = Studio::with_ana().await;
    let version = studio.version().await;
    let bo = studio.shop.draft(&slug("mug")).await.unwrap();
    let mut bundle = bo.bundle;
    bundle.source.attributes[0].options[1].price = 990;
    bundle.source.attributes[0].options[0].label = "Chalk".to_owned();
    studio.shop.save_draft(&slug("mug"), bo.version, bundle, "bo@example.org").await.unwrap();

    let form = [
        ("version", version.as_str()),
        ("base", "1"),
        ("label.white", "White"),
        ("available.white", "on"),
        ("label.blue", "Navy"),
        ("price.blue", "4"),
        ("available.blue", "on"),
        ("_end", "on"),
    ];
    let lost = studio.post("/admin/products/mug/attributes/glaze", &form).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    lost.shows("bo@example.org saved this draft meanwhile.");
    lost.shows("value=\"Navy\"");
    lost.shows("Saved now: 9.90");
    let draft = studio.shop.draft(&slug("mug")).await.unwrap();
    assert_eq!(draft.bundle.source.attributes[0].options[1].price, 990);

    // The form that came back says what it was shown beside: saving it again is a decision about what clashes, and about
    // nothing else.
    lost.shows(&format!("name=\"over\" value=\"{}\"", draft.version));
    lost.shows("value=\"Chalk\"");
    lost.shows_not("value=\"White\"");
    let over = draft.version.to_string();
    let again: Vec<(&str, &str)> = [("over", over.as_str())].into_iter().chain(form).collect();
    studio
        .post("/admin/products/mug/attributes/glaze", &again)
        .await
        .leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    let glaze = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source.attributes.remove(0);
    let shown: Vec<(&str, i64)> =
        glaze.options.iter().map(|option| (option.label.as_str(), option.price)).collect();
    assert_eq!(shown, [("Chalk", 0), ("Navy", 400), ("Green", 400)]);

    let outdated = [("version", &*version), ("_end", "on")];
    let published = studio.post("/admin/products/mug/publish", &outdated).await;
    assert_eq!(published.status, StatusCode::CONFLICT);
    assert_eq!(studio.shop.live(&slug("mug")).await.unwrap().number, number(1));
}

#[tokio::test]
async fn what_two_people_change_is_merged_field_by_field() {
    let studio = Studio::with_ana().await;
    let bo = studio.shop.draft(&slug("mug")).await.unwrap();
    let mut bundle = bo.bundle;
    bundle.source.attributes[0].options[1].price = 990;
    bundle.source.name = "Cup".to_owned();
    studio.shop.save_draft(&slug("mug"), bo.version, bundle, "bo@example.org").await.unwrap();
    let form = [
        ("version", "0"),
        ("base", "1"),
        ("label.blue", "Navy"),
        ("price.blue", "3"),
        ("available.blue", "on"),
        ("do", "up:blue"),
        ("_end", "on"),
    ];
    studio
        .post("/admin/products/mug/attributes/glaze", &form)
        .await
        .leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    let draft = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    let first = &draft.attributes[0].options[0];
    assert_eq!((draft.name.as_str(), first.label.as_str(), first.price), ("Cup", "Navy", 990));
}

#[tokio::test]
async fn a_form_from_before_a_publication_is_not_saved_over_it() {
    let studio = Studio::with_ana().await;
    let early =
        [("version", "0"), ("base", "1"), ("base_price", "24"), ("lead_time_days", "20"), ("_end", "on")];
    studio.save("basics", &[("base_price", "29.50")]).await;
    studio.publish("").await.leads_to("/admin/products/mug/revisions?published=2");
    let lost = studio.post("/admin/products/mug/basics", &early).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    lost.shows("The draft was published or discarded meanwhile.");
    lost.shows("Saved now: 29.50");
    assert_eq!(studio.version().await, "0");
}

#[tokio::test]
async fn an_order_has_a_sheet() {
    let studio = Studio::with_ana().await;
    for _ in 0..2 {
        studio.order_blue().await;
    }
    let sheet = studio.get("/admin/orders/1002").await;
    for text in ["Order 1002", "Blue", "glaze = blue", "Chosen", "bo@example.org", "Harbour Street 4", "€27"]
    {
        sheet.shows(text);
    }
    assert!(studio.get("/admin/orders/1002/picture.svg").await.text.starts_with("<svg"));
    for address in ["/admin/orders/999", "/admin/orders/last", "/admin/products/unknown"] {
        assert_eq!(studio.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}
