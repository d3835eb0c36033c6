//! The shop's pages through the router: what is shown, what is refused, what headers say.

use crate::common::Studio;
use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{StatusCode, header};
use configurator::Slug;
use configurator::artifact::Artifact;
use tower::ServiceExt;

const BUYER: [(&str, &str); 3] = [
    ("name", "Bo <b>Larsen</b>"),
    ("email", "bo@example.org"),
    ("address", "Harbour Street 4\n1000 Portside"),
];

#[tokio::test]
async fn the_list_shows_products_with_their_lowest_known_price() {
    let studio = Studio::open().await;
    let list = studio.get("/").await;
    assert_eq!(list.status, StatusCode::OK);
    list.shows("Mug");
    list.shows("From €24");
}

#[tokio::test]
async fn the_list_is_searched_by_words() {
    let studio = Studio::open().await;
    // By what options, attributes and uses are called, too.
    for words in ["mug", "GLAZED%20mug", "thrown", "blue", "wood%20lid", "coffee", "tea+drinkers"] {
        let found = studio.get(&format!("/?q={words}")).await;
        found.shows("From €24");
        found.shows("1 product matches");
        found.shows("All products");
    }
    let none = studio.get("/?q=%3Cb%3Ezzz&page=7").await;
    assert_eq!(none.status, StatusCode::OK);
    none.shows("No product matches “&lt;b&gt;zzz”.");
    none.shows(">All products</a>");
    // What there is stands under it.
    none.shows("From €24");
    studio.get("/?q=+&page=x").await.shows("Begin with something good.");
}

#[tokio::test]
async fn the_list_comes_in_pages() {
    let studio = Studio::open().await;
    studio.copies(49).await;
    let first = studio.get("/").await;
    first.shows("Page 1 of 3");
    first.shows("href=\"/?page=2\"");
    first.shows_not("rel=\"prev\"");
    let last = studio.get("/?page=3").await;
    last.shows("Page 3 of 3");
    last.shows("href=\"/?page=2\"");
    last.shows_not("rel=\"next\"");
    last.shows("Mug 49");
    let found = studio.get("/?q=a%20mug&page=2").await;
    found.shows("50 products match “a mug”.");
    found.shows("href=\"/?q=a%20mug&amp;page=3\"");
}

#[tokio::test]
async fn a_product_is_whole_before_any_script_runs() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug?glaze=blue").await;
    page.shows("€27");
    page.shows("#24385c");
    page.shows("Your choice");
    page.shows("data-artifact=\"/artifacts/mug/1/");
}

#[tokio::test]
async fn a_form_without_scripts_finds_what_was_changed() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard%26glaze%3Dblue";
    let form = "glaze=blue&lid=wood&height=9";
    let answer = studio.get(&format!("/products/mug/choose?{was}&{form}")).await;
    answer.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue&lid=wood");
    let order = studio.get(&format!("/products/mug/choose?{was}&{form}&_next=order")).await;
    order.leads_to("/products/mug/order?_revision=1&_start=standard&glaze=blue&lid=wood");
}

#[tokio::test]
async fn a_blocked_change_is_explained_and_the_rest_is_kept() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard%26height%3D12";
    let answer = studio.get(&format!("/products/mug/choose?{was}&glaze=green&lid=wood&height=12")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("Wood does not fit as it stands.");
    answer.shows("Wooden lids fit mugs of up to 10 cm.");
    answer.shows("Choose it with Height: 10 cm");
    answer.shows("€28");
}

#[tokio::test]
async fn what_was_typed_and_can_not_be_read_stays_in_its_field() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard";
    let form = "glaze=blue&lid=none&height=99&_next=order";
    let answer = studio.get(&format!("/products/mug/choose?{was}&{form}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("Enter a whole number from 7 to 12 cm.");
    let height = answer.text.split("name=\"height\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(height.contains("value=\"99\""), "{height}");
}

/// On the product's page, in the order form and where that is sent; and the values nearest to it are a click away.
#[tokio::test]
async fn what_was_typed_and_can_not_be_taken_stops_the_order_wherever_one_goes_on() {
    let studio = Studio::open().await;
    let design = "_revision=1&_start=standard&glaze=blue";
    let sentence = "Enter a whole number from 7 to 12 cm.";
    let page = studio.get(&format!("/products/mug?{design}&_typed=height%3A99")).await;
    page.shows(sentence);
    page.shows("value=\"99\"");
    page.shows("href=\"/products/mug?_revision=1&amp;_start=standard&amp;glaze=blue&amp;height=12\"");
    page.shows("_typed=height%3A99");
    let order = format!("/products/mug/order?{design}&_typed=height%3A99");
    let form = studio.get(&order).await;
    form.shows(sentence);
    form.shows("_typed=height%3A99");
    let fields = [("name", "Ana"), ("email", "ana@example.org"), ("address", "Gran Via 1")];
    let sent = studio.post(&order, &fields).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    sent.shows(sentence);
    // What fits by now is taken; what is of no number or text, or of nothing at all, costs nothing.
    let page = studio.get("/products/mug?_typed=height%3A8&_typed=glaze%3Apink&_typed=x").await;
    page.shows("value=\"8\"");
    page.shows_not("pink");
}

/// What other choices leave no room for stays typed, too, and is taken once they do.
#[tokio::test]
async fn a_number_that_does_not_fit_the_other_choices_stays_in_its_field() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug?lid=wood&_typed=height%3A12").await;
    page.shows("value=\"12\"");
    page.shows("Wooden lids fit mugs of up to 10 cm.");
    page.shows("height=10");
    let order = studio.get("/products/mug/order?lid=wood&_typed=height%3A12").await;
    order.shows("Height can’t be 12 cm as it stands.");
    let page = studio.get("/products/mug?_typed=height%3A12").await;
    page.shows_not("aria-invalid=\"true\"");
}

#[tokio::test]
async fn what_does_not_exist_is_a_helpful_404() {
    let studio = Studio::open().await;
    for (address, help) in [
        ("/products/mugg", "Mug"),
        ("/products/mug?_revision=7", "All products"),
        ("/orders/0123456789abcdef0123456789abcdef", "All products"),
        ("/artifacts/mug/1/0000000000000000.bin", "All products"),
        ("/artifacts/mug/one/0000000000000000.bin", "All products"),
        ("/nowhere", "/nowhere"),
    ] {
        let answer = studio.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        let text = answer.text.replace('\'', "&#x27;");
        assert!(text.contains(help), "{address} does not say {help}: {text}");
    }
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_page() {
    let studio = Studio::open().await;
    for (asked, meant) in [
        ("/products/mug/?glaze=blue", "/products/mug?glaze=blue"),
        // Never to another host.
        ("//elsewhere.example/", "/elsewhere.example"),
    ] {
        let answer = studio.get(asked).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::PERMANENT_REDIRECT, meant));
    }
    assert_eq!(studio.get("/\\elsewhere.example/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_order_is_placed_once_and_shown_by_its_link() {
    let studio = Studio::open().await;
    let form = [&BUYER[..], &[("request_id", "one")]].concat();
    let placed = studio.post("/products/mug/order?_revision=1&glaze=blue", &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let again = studio.post("/products/mug/order?_revision=1&glaze=blue", &form).await;
    for answer in [placed, again] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let order = studio.get(&answer.location).await;
        order.shows("Order 1001");
        order.shows("€27");
        order.shows("Bo &lt;b&gt;Larsen&lt;/b&gt;");
    }
    assert_eq!(studio.shop.orders(None, 10).await.unwrap().len(), 1);
}

/// As when the form is sent again after going back to it: with an id of its own, or with the old one and something changed.
#[tokio::test]
async fn the_same_order_again_is_asked_about() {
    let studio = Studio::open().await;
    let address = "/products/mug/order?_revision=1&glaze=blue";
    let form = |id: &'static str| [&BUYER[..], &[("request_id", id)]].concat();
    assert_eq!(studio.post(address, &form("one")).await.status, StatusCode::SEE_OTHER);

    let asked = studio.post(address, &form("two")).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    asked.shows("You ordered this a moment ago: order 1001.");
    asked.shows("Order another one · €27");
    asked.shows("name=\"another\" value=\"1001\"");
    let another = [&form("two")[..], &[("another", "1001")]].concat();
    assert_eq!(studio.post(address, &another).await.status, StatusCode::SEE_OTHER);

    let changed = [&form("one")[..], &[("note", "Before Friday, please")]].concat();
    let asked = studio.post(address, &changed).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked.shows("This form placed order 1001 already.");
    asked.shows("Before Friday, please");
    assert!(!asked.text.contains("value=\"one\""), "it has a new id");
    assert_eq!(studio.shop.orders(None, 10).await.unwrap().len(), 2);
}

/// Whoever has a page of it open, or a link to it, is told what it costs now before they order.
#[tokio::test]
async fn an_ended_offer_is_ordered_at_the_live_price_only_once_that_was_seen() {
    let studio = Studio::open().await;
    let mug: Slug = "mug".parse().unwrap();
    let mut draft = studio.shop.draft(&mug).await.unwrap();
    draft.bundle.source.base_price += 500;
    let version = studio.shop.save_draft(&mug, draft.version, draft.bundle, "mia").await.unwrap().version;
    studio.shop.publish(&mug, version, "", "mia", shop::Agreed::Unasked).await.unwrap();
    studio.shop.withdraw(&mug, 1.try_into().unwrap(), "The price was wrong.", "mia").await.unwrap();

    let notice = "was withdrawn: The price was wrong. It costs €32 now instead of €27 (+€5).";
    studio.get("/products/mug?_revision=1&glaze=blue").await.shows(notice);
    let old = "/products/mug/order?_revision=1&glaze=blue";
    studio.get(old).await.shows(notice);
    let refused = studio.post(old, &BUYER).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(notice);
    refused.shows("_revision=2");
    assert_eq!(studio.shop.orders(None, 10).await.unwrap(), []);
    let placed = studio.post("/products/mug/order?_revision=2&glaze=blue", &BUYER).await;
    studio.get(&placed.location).await.shows("€32");
}

#[tokio::test]
async fn an_order_that_can_not_be_is_refused_and_keeps_what_was_typed() {
    let studio = Studio::open().await;
    let short = studio
        .post("/products/mug/order?glaze=blue", &[("name", "Bo"), ("email", "bo"), ("note", "Soon?")])
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    short.shows("value=\"Bo\"");
    short.shows("Soon?</textarea>");
    let invalid = studio.post("/products/mug/order?lid=wood&height=12", &BUYER).await;
    assert_eq!(invalid.status, StatusCode::UNPROCESSABLE_ENTITY);
    invalid.shows("Wooden lids fit mugs of up to 10 cm.");
    invalid.shows("Harbour Street 4");
    assert!(studio.shop.orders(None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_design_that_changed_since_it_was_shown_is_asked_about() {
    let studio = Studio::open().await;
    let form = [&BUYER[..], &[("seen", "0123456789abcdef")]].concat();
    let answer = studio.post("/products/mug/order?glaze=blue", &form).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.shows("no longer what this page showed before");
}

#[tokio::test]
async fn the_order_form_sends_what_it_shows() {
    let studio = Studio::open().await;
    let form = studio.get("/products/mug/order?_revision=1&glaze=blue").await.text;
    let seen = form.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let sent = [&BUYER[..], &[("seen", seen)]].concat();
    let placed = studio.post("/products/mug/order?_revision=1&glaze=blue", &sent).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let order = studio.get(&placed.location).await;
    assert!(order.cache.contains("no-store"));
}

#[tokio::test]
async fn absurd_requests_are_answered_soon() {
    let studio = Studio::open().await;
    let long = "q".repeat(60_000);
    let many: String = (0..5_000).map(|index| format!("&k{index}=v")).collect();
    for address in [
        format!("/products/mug?glaze={long}"),
        format!("/products/mug?{long}=x"),
        format!("/products/mug?{many}"),
    ] {
        let answer = studio.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text.len() < 60_000, "what came is not told at length");
    }
    // What no revision can be called is as none.
    for address in
        ["/products/mug?height=99999999999999999999&_revision=-1&_revision=x", "/products/mug?height=99"]
    {
        studio.get(address).await.shows("Enter a whole number from 7 to 12 cm.");
    }
}

#[tokio::test]
async fn artifacts_and_built_files_are_kept_for_good() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug").await.text;
    let address = page.split("data-artifact=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let artifact = studio.get(&address).await;
    assert!(artifact.cache.contains("immutable"), "{}", artifact.cache);
    let product = Artifact::from_bytes(&artifact.bytes).unwrap().configured().unwrap();
    assert_eq!(product.name, "Mug");
    assert!(product.diagram().is_some());
    let packed = studio.request("GET", &address).header(header::ACCEPT_ENCODING, "br");
    let packed = studio.send(packed.body(Body::empty()).unwrap()).await;
    assert_eq!(packed.encoding, "br");
    assert!(packed.bytes.len() < artifact.bytes.len());
    let style = page.split("/pkg/atelier.css").nth(1).unwrap().split('"').next().unwrap();
    assert!(studio.get(&format!("/pkg/atelier.css{style}")).await.cache.contains("immutable"));
    assert!(!studio.get("/pkg/atelier.css").await.cache.contains("immutable"));
    assert!(studio.get("/products/mug").await.cache.contains("no-store"));
}

/// What is compressed while it is sent does not know how long it will be.
#[tokio::test]
async fn pictures_go_out_as_they_are_kept() {
    let studio = Studio::open().await;
    for design in ["", "?_revision=1&_start=standard&glaze=blue", "?_revision=1&_start=standard&glaze=green"]
    {
        let address = format!("/products/mug/picture.svg{design}");
        let plain = studio.get(&address).await;
        assert_eq!((plain.kind.as_str(), plain.encoding.as_str()), ("image/svg+xml", ""));
        assert!(plain.text.starts_with("<svg"), "{}", plain.text);
        for _ in 0..2 {
            let request = studio.request("GET", &address).header(header::ACCEPT_ENCODING, "gzip, br");
            let request = request.body(Body::empty()).unwrap();
            let response = studio.router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "image/svg+xml");
            assert!(response.body().size_hint().exact().is_some(), "{address}");
            let packed = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let mut svg = String::new();
            std::io::Read::read_to_string(&mut brotli::Decompressor::new(&*packed, 4096), &mut svg).unwrap();
            assert_eq!(svg, plain.text, "{address}");
        }
    }
}

/// Modules load each other by addresses without fingerprints: those of two releases never meet.
#[tokio::test]
async fn modules_are_asked_for_again_and_are_not_sent_twice() {
    let studio = Studio::open().await;
    let put = |text: &str| std::fs::write(studio.folder().join("site/line.js"), text).unwrap();
    put("the first release's");
    let asked = |tag: &str| {
        let request = studio.request("GET", "/line.js").header(header::IF_NONE_MATCH, tag);
        studio.router.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    let first = asked("\"none\"").await.unwrap();
    assert_eq!(
        (first.status(), first.headers()[header::CACHE_CONTROL].to_str().unwrap()),
        (StatusCode::OK, "public, no-cache")
    );
    let tag = first.headers()[header::ETAG].to_str().unwrap();
    assert_eq!(asked(tag).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    put("the second release's");
    let second = asked(tag).await.unwrap();
    assert_eq!(second.status(), StatusCode::OK);
    assert_ne!(second.headers()[header::ETAG], tag);
}

/// A page that stayed open, or that another replica rendered, comes alive with its own release's script or not at all.
#[tokio::test]
async fn a_page_gets_the_files_of_its_own_release_or_none() {
    let studio = Studio::open().await;
    let script =
        |page: String| page.split("data-script=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let former = script(studio.get("/products/mug").await.text);
    for keeps_former in [true, false] {
        let released = studio.after_a_release(keeps_former);
        let current = script(released.get("/products/mug").await.text);
        assert_ne!(current, former);
        let served = released.get(&current).await;
        assert!(served.text.contains("the next") && served.cache.contains("immutable"), "{}", served.text);
        let asked = released.get(&former).await;
        if keeps_former {
            assert_eq!((asked.status, asked.text.as_str()), (StatusCode::OK, ""));
            assert!(asked.cache.contains("immutable") && asked.kind.contains("javascript"), "{}", asked.kind);
        } else {
            assert_eq!(asked.status, StatusCode::NOT_FOUND);
            assert_eq!(asked.cache, "private, no-store");
        }
        assert!(released.get("/pkg/atelier.js").await.text.contains("the next"));
        // It looks better in another release's style than in none, which nobody keeps.
        let style = released.get("/pkg/atelier.css?v=0123456789abcdef").await;
        assert!(style.text.contains("the next") && !style.cache.contains("immutable"), "{}", style.cache);
    }
}

#[tokio::test]
async fn personal_starts_need_an_answer_and_end_with_the_switch() {
    let studio = Studio::open().await;
    assert_eq!(studio.get("/products/mug").await.cookie, "");
    let unknown = studio.post("/products/mug/start", &[("_use", "juggling")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let answered = studio.post("/products/mug/start", &[("_use", "tea")]).await;
    answered.leads_to("/products/mug?_revision=1&_start=personal&_use=tea&_base=");
    assert!(
        answered.cookie.starts_with("atelier_personal=mug%3Dtea")
            || answered.cookie.starts_with("atelier_personal=mug=tea")
    );
    assert!(answered.cookie.contains("HttpOnly") && answered.cookie.contains("SameSite=Lax"));
    let was = "_revision=1&_start=standard&glaze=blue";
    let designed = studio.post("/products/mug/start", &[("_use", "tea"), ("_was", was)]).await;
    let before = "_before=_revision%3D1%26_start%3Dstandard%26";
    designed.leads_to(&format!(
        "/products/mug?_revision=1&_start=personal&_use=tea&_base=&glaze=blue&{before}glaze%3Dblue"
    ));
    studio.get(&designed.location).await.shows("For this use the design stays as it was.");
    // What became of another design is told with its price.
    let other = designed.location.replace("%3Dblue", "%3Dgreen");
    studio.get(&other).await.shows("For this use you begin with: ");
    studio.get("/products/mug?glaze=blue").await.shows_not("For this use");
    // Chosen in the form and not sent yet; and what does not fit is asked for again.
    let fields = [("_use", "tea"), ("_was", was), ("glaze", "green"), ("lid", "wood"), ("height", "12")];
    let designed = studio.post("/products/mug/start", &fields).await;
    let typed = "&_typed=height%3A12";
    designed.leads_to(&format!(
        "/products/mug?_revision=1&_start=personal&_use=tea&_base=&glaze=green&lid=wood{typed}&{before}{}",
        "glaze%3Dgreen%26lid%3Dwood%26_typed%3Dheight%253A12"
    ));
    // What can't be read goes along, too, and is told there.
    let fields = [("_use", "tea"), ("_was", was), ("glaze", "green"), ("lid", "none"), ("height", "99")];
    let designed = studio.post("/products/mug/start", &fields).await;
    let typed = "&_typed=height%3A99";
    designed.leads_to(&format!(
        "/products/mug?_revision=1&_start=personal&_use=tea&_base=&glaze=green{typed}&{before}{}",
        "glaze%3Dgreen%26_typed%3Dheight%253A99"
    ));
    studio.get(&designed.location).await.shows("Enter a whole number from 7 to 12 cm.");
    // A page that was opened before the switch was used elsewhere brings no personal values along as choices.
    let was = "_revision=1&_start=personal&_use=tea&glaze=blue";
    let off = studio.post("/products/mug/start", &[("_switch", "off"), ("_was", was)]).await;
    off.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue");
    let off = studio.post("/products/mug/start", &[("_switch", "off")]).await;
    off.leads_to("/products/mug?_revision=1&_start=standard");
    assert!(off.cookie.contains("Max-Age=0"));
}

#[tokio::test]
async fn without_consent_a_personal_link_shows_the_design_and_keeps_nothing() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug?_revision=1&_start=personal&_use=tea").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.cookie, "");
    page.shows("our standard design");
    page.shows("_start=standard");
}

#[tokio::test]
async fn refusals_are_pages_too() {
    let studio = Studio::open().await;
    let wrong_method = studio.post("/products/mug", &[]).await;
    assert_eq!(wrong_method.status, StatusCode::METHOD_NOT_ALLOWED);
    wrong_method.shows("Go back to the page");
    let note = "long ".repeat(60_000);
    let too_large = studio.post("/products/mug/order", &[("note", &note)]).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
    too_large.shows("shorten the longest text");
    let unreadable = studio.get("/products/%ff").await;
    assert_eq!(unreadable.status, StatusCode::BAD_REQUEST);
    unreadable.shows("be read. Go back to the page");
}

#[tokio::test]
async fn the_gallery_shows_every_component() {
    let studio = Studio::open().await;
    let gallery = studio.get("/ui").await;
    assert_eq!(gallery.status, StatusCode::OK);
    for component in ["Button", "Link", "Field", "Choice tile", "Swatch", "Slider with field", "Card", "Tabs"]
    {
        gallery.shows(&format!(">{component}</h2>"));
    }
    for component in
        ["Disclosure", "Panel", "Notice", "Table", "Dialog", "Menu", "Meter", "Progress", "Empty state"]
    {
        gallery.shows(&format!(">{component}</h2>"));
    }
}

/// The page that everybody sees is made once; what somebody else is to see is not taken for it.
#[tokio::test]
async fn the_page_of_the_standard_design_is_kept_for_those_it_is_for() {
    let studio = Studio::open().await;
    let ask = |headers: &'static [(&'static str, &'static str)]| {
        let request =
            headers.iter().fold(studio.request("GET", "/products/mug"), |request, (name, value)| {
                request.header(*name, *value)
            });
        studio.send(request.body(Body::empty()).unwrap())
    };
    let first = ask(&[]).await;
    first.shows("€24");
    assert_eq!((first.encoding.as_str(), first.cache.as_str()), ("", "private, no-store"));
    for _ in 0..2 {
        let packed = ask(&[("accept-encoding", "gzip, br")]).await;
        assert_eq!((packed.encoding.as_str(), packed.cache.as_str()), ("br", "private, no-store"));
        let mut html = String::new();
        std::io::Read::read_to_string(&mut brotli::Decompressor::new(&*packed.bytes, 4096), &mut html)
            .unwrap();
        assert_eq!(html, first.text);
    }
    let german = ask(&[("accept-language", "de")]).await;
    german.shows("lang=\"de\"");
    ask(&[("cookie", "atelier_language=de")]).await.shows("lang=\"de\"");
    let personal = ask(&[("cookie", "atelier_personal=")]).await;
    assert_ne!(personal.text, first.text);
    assert_eq!(ask(&[]).await.text, first.text);

    // What this shop publishes it shows at once.
    let mug: Slug = "mug".parse().unwrap();
    let mut draft = studio.shop.draft(&mug).await.unwrap();
    draft.bundle.source.base_price += 100;
    let version = studio.shop.save_draft(&mug, draft.version, draft.bundle, "mia").await.unwrap().version;
    studio.shop.publish(&mug, version, "", "mia", shop::Agreed::Unasked).await.unwrap();
    ask(&[]).await.shows("€25");
    studio.shop.roll_back(&mug, 1.try_into().unwrap(), "mia").await.unwrap();
    assert_eq!(ask(&[]).await.text, first.text);
}

/// Whatever stands before them in a sentence, and in which language.
#[tokio::test]
async fn names_keep_their_capitals_in_sentences() {
    let studio = Studio::open().await;
    let edit = |bundle: &mut shop::Bundle| {
        bundle.source.name = "BMW".to_owned();
        for attribute in &mut bundle.source.attributes {
            attribute.label = format!("BMW {}", attribute.label);
            attribute.options.iter_mut().for_each(|option| option.label = format!("BMW {}", option.label));
        }
        bundle.source.rules[0].sentence.clear();
    };
    let revision = studio.republish(edit).await;
    let pages = ["", "/order", "/compare", "/needs", "/defaults"];
    let mut told = 0;
    for language in ["en", "de", "ar"] {
        for page in pages {
            // A wooden lid and a high mug do not go together: the page says why.
            let address =
                format!("/products/mug{page}?_revision={revision}&lid=wood&glaze=blue&_lang={language}");
            let answer = studio.get(&address).await;
            if answer.status == StatusCode::OK {
                assert!(answer.text.contains("BMW"), "{address}");
                told += 1;
            }
            assert!(!answer.text.contains("bmw"), "{address} has a name in small letters");
        }
    }
    assert!(told >= 9, "only {told} pages were told");
}

#[tokio::test]
async fn what_is_chosen_and_has_to_stay_has_no_price_to_come() {
    const BOX: &str = r#"
name = "Box"
summary = "A box."
currency = "EUR"
base_price = 900
lead_time_days = 3
steps = [{ code = "all", label = "All" }]
layers = [{ file = "mug.svg" }]

[[attributes]]
code = "inside"
step = "all"
label = "Inside"
kind = "multi-choice"
standard = ["felt"]
min = 1
max = 2
options = [{ code = "felt", label = "Felt", price = 200 }, { code = "tray", label = "Tray", price = 300 }]
"#;
    let studio = Studio::selling("box", BOX).await;
    let page = studio.get("/products/box").await;
    page.shows("+€3");
    let tile = page.text.split("data-option=\"felt\"").nth(1).unwrap().split("</label>").next().unwrap();
    assert!(tile.contains("Felt") && !tile.contains("Price once chosen"), "{tile}");
    // Beside another it may go, and what that saves is told.
    studio.get("/products/box?inside=felt,tray").await.shows("−€2 without it");
}
