//! The gate between a draft and the shop: what stops it, what publishing does, and who agrees to it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use configurator::source::{
    ExpectSource, OptionSource, PriceSource, Source, TestSource, TierSource, ValueSource,
};
use configurator::{Quantity, RevisionNumber};
use shop::{Buyer, DesignAddress, OrderError, OrderRequest, ShopError, Start};
use testing::slug;

use crate::common::{Answer, Studio};

const PUBLISH: &str = "/admin/products/mug/publish";
const MEANT: &str = "/admin/products/mug/meant";
const PREVIEW: &str = "/admin/products/mug/preview";

/// Saves the mug's draft as an edit leaves it.
async fn edit(studio: &Studio, edit: impl FnOnce(&mut Source)) {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    edit(&mut draft.bundle.source);
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

async fn version(studio: &Studio) -> String {
    studio.shop.draft(&slug("mug")).await.unwrap().version.to_string()
}

async fn live(studio: &Studio) -> String {
    studio.shop.live(&slug("mug")).await.unwrap().number.to_string()
}

/// Publishes what is there, with these boxes ticked.
async fn publish(studio: &Studio, ticked: &[&str]) -> Answer {
    let (version, live) = (version(studio).await, live(studio).await);
    let mut form = vec![("version", version.as_str()), ("live", live.as_str())];
    form.extend(ticked.iter().map(|name| (*name, "on")));
    form.push(("_end", "on"));
    studio.post(PUBLISH, &form).await
}

fn test(code: &str, glaze: &str, expects: ExpectSource, price: Option<i64>) -> TestSource {
    let values = [("glaze".to_owned(), ValueSource::Text(glaze.to_owned()))].into();
    TestSource { code: code.to_owned(), label: format!("A {glaze} one"), values, expects, price }
}

async fn order(studio: &Studio, glaze: &str) {
    let request = OrderRequest {
        slug: slug("mug"),
        revision: studio.shop.live(&slug("mug")).await.unwrap().number,
        choices: vec![("glaze".to_owned(), glaze.to_owned())],
        start: Start::Standard,
        quantity: Quantity::ONE,
        buyer: Buyer {
            name: "Bo Larsen".to_owned(),
            email: "bo@example.org".to_owned(),
            address: "Harbour Street 4".to_owned(),
            note: String::new(),
        },
        request_id: None,
    };
    studio.shop.place_order(request).await.unwrap();
}

#[tokio::test]
async fn five_different_reasons_stop_a_draft_and_each_says_what_to_do() {
    let studio = Studio::with_ana().await;
    let stopped = async |words: &[&str]| {
        let refused = publish(&studio, &["seen", "twice"]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Nothing was published");
        words.iter().for_each(|words| refused.shows(words));
        assert_eq!(live(&studio).await, "1");
    };
    let mend = async |source: &Source| edit(&studio, |draft| draft.clone_from(source)).await;
    let sound = studio.shop.live(&slug("mug")).await.unwrap().bundle.source.clone();

    edit(&studio, |source| source.rules[0].rule = "lid = wod".to_owned()).await;
    stopped(&["There is no option", "#rules.0.rule"]).await;
    mend(&sound).await;
    edit(&studio, |source| {
        source.attributes[1].standard = ValueSource::Text("wood".to_owned());
        source.attributes[2].standard = ValueSource::Number(12);
    })
    .await;
    stopped(&["The standard design is not valid", "#rules.0.rule"]).await;
    mend(&sound).await;
    edit(&studio, |source| source.rules[0].rule = "lid != wood".to_owned()).await;
    stopped(&["No valid design has the option", "mark it as meant", "#attributes.1.options.1"]).await;
    mend(&sound).await;
    edit(&studio, |source| source.tests = vec![test("blue", "blue", ExpectSource::Valid, Some(2600))]).await;
    stopped(&["It costs €27 and not €26.", "Change a price", "#tests.0.price"]).await;
    mend(&sound).await;
    edit(&studio, |source| {
        let grey = OptionSource {
            code: "grey".into(),
            label: "Grey".into(),
            available: true,
            ..OptionSource::default()
        };
        source.attributes[0].options.push(grey);
    })
    .await;
    stopped(&[
        "2 things look forgotten",
        "Draft · 2 things to settle",
        "It costs nothing more, unlike the 2 other options.",
        "#attributes.0.options.3.price",
        "The picture has no colour for it",
    ])
    .await;
}

#[tokio::test]
async fn a_dead_option_that_is_meant_stops_nothing() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        source.rules[0].rule = "lid != wood".to_owned();
        source.attributes[1].options[1].meant = vec!["dead".to_owned()];
    })
    .await;
    publish(&studio, &["seen"]).await.leads_to("/admin/products/mug/revisions?published=2");
}

#[tokio::test]
async fn tests_that_come_out_as_they_say_stop_nothing() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        let mut tall = test("tall", "green", ExpectSource::Invalid, None);
        tall.values.insert("lid".to_owned(), ValueSource::Text("wood".to_owned()));
        tall.values.insert("height".to_owned(), ValueSource::Number(12));
        source.tests = vec![tall, test("blue", "blue", ExpectSource::Valid, Some(2700))];
    })
    .await;
    studio.get(PUBLISH).await.shows("All test designs pass, and nothing looks forgotten.");
    publish(&studio, &["seen"]).await.leads_to("/admin/products/mug/revisions?published=2");
    // They are kept with the revision, and the next draft is held to them.
    edit(&studio, |source| source.rules.clear()).await;
    let refused = publish(&studio, &["seen"]).await;
    refused.shows("It must be invalid and is valid.");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_marked_as_meant_is_settled_and_stays_so() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| source.attributes[0].options[2].price = 0).await;
    let page = studio.get(PUBLISH).await;
    page.shows("Something looks forgotten");
    page.shows_not("data-testid=\"publish\"");
    let version = version(&studio).await;
    let form = |version: &'static str| {
        [("version", version), ("attribute", "glaze"), ("option", "green"), ("gap", "price"), ("_end", "on")]
    };
    let outdated = studio.post(MEANT, &form("0")).await;
    assert_eq!(outdated.status, StatusCode::CONFLICT);
    outdated.shows("Nothing was marked");
    let unknown = [
        ("version", &*version),
        ("attribute", "glaze"),
        ("option", "green"),
        ("gap", "colour"),
        ("_end", "on"),
    ];
    assert_eq!(studio.post(MEANT, &unknown).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(version, "1");
    studio.post(MEANT, &form("1")).await.leads_to(PUBLISH);
    studio.get(PUBLISH).await.shows("Nothing looks forgotten.");
    publish(&studio, &["seen", "twice"]).await.leads_to("/admin/products/mug/revisions?published=2");
    let source = &studio.shop.live(&slug("mug")).await.unwrap().bundle.source;
    assert_eq!(source.attributes[0].options[2].meant, ["price"]);
    let file = studio.get("/admin/products/mug/archive").await;
    file.shows("\"meant\"");
}

#[tokio::test]
async fn nobody_publishes_what_they_did_not_look_at() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| source.attributes[0].options[1].price = 310).await;
    let unseen = publish(&studio, &[]).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY);
    unseen.shows("look at what it does, and say so");
    unseen.shows("data-testid=\"seen-missing\"");
    // Compared with another revision than is live.
    let version = version(&studio).await;
    let form = [("version", &*version), ("live", "9"), ("seen", "on"), ("_end", "on")];
    assert_eq!(studio.post(PUBLISH, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Another draft than was shown.
    edit(&studio, |source| source.attributes[0].options[1].price = 320).await;
    let form = [("version", &*version), ("live", "1"), ("seen", "on"), ("_end", "on")];
    let another = studio.post(PUBLISH, &form).await;
    assert_eq!(another.status, StatusCode::CONFLICT);
    another.shows_not("name=\"seen\" value=\"on\" checked");
    publish(&studio, &["seen"]).await.leads_to("/admin/products/mug/revisions?published=2");
}

#[tokio::test]
async fn a_large_change_is_agreed_to_twice() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| source.base_price = 1_200).await;
    let page = studio.get(PUBLISH).await;
    page.shows("by more than 20 %");
    page.shows("name=\"twice\"");
    let once = publish(&studio, &["seen"]).await;
    assert_eq!(once.status, StatusCode::UNPROCESSABLE_ENTITY);
    once.shows("data-testid=\"twice-missing\"");
    once.shows_not("data-testid=\"seen-missing\"");
    publish(&studio, &["seen", "twice"]).await.leads_to("/admin/products/mug/revisions?published=2");
}

#[tokio::test]
async fn discounts_and_the_currency_are_large_changes_too() {
    let studio = Studio::with_ana().await;
    let tier = TierSource { from: 5, discount: "30 %".to_owned() };
    edit(&studio, |source| source.tiers = vec![tier]).await;
    let page = studio.get(PUBLISH).await;
    for words in ["5 pieces of the standard design", "€120", "€84", "by more than 20 %", "name=\"twice\""]
    {
        page.shows(words);
    }
    assert_eq!(publish(&studio, &["seen"]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    order(&studio, "blue").await;
    edit(&studio, |source| {
        source.tiers.clear();
        source.currency = "USD".to_owned();
    })
    .await;
    let page = studio.get(PUBLISH).await;
    for words in ["The currency", "USD", "another currency", "€27", "$27", "name=\"twice\""] {
        page.shows(words);
    }
    assert_eq!(publish(&studio, &["seen"]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    publish(&studio, &["seen", "twice"]).await.leads_to("/admin/products/mug/revisions?published=2");
}

#[tokio::test]
async fn what_a_surcharge_does_to_options_that_the_standard_has_not_is_told_and_agreed_to_twice() {
    let studio = Studio::with_ana().await;
    let by_height = |per: i64| PriceSource {
        label: "Glazed, by height".to_owned(),
        when: Some("glaze != white".to_owned()),
        amount: 900,
        each: Some("height".to_owned()),
        per,
    };
    edit(&studio, |source| source.prices = vec![by_height(10)]).await;
    let page = studio.get(PUBLISH).await;
    for words in ["The design nearest to the standard with Glaze: Blue", "€27", "€35.10", "by more than 20 %"]
    {
        page.shows(words);
    }
    let once = publish(&studio, &["seen"]).await;
    assert_eq!(once.status, StatusCode::UNPROCESSABLE_ENTITY);
    once.shows("data-testid=\"twice-missing\"");
    publish(&studio, &["seen", "twice"]).await.leads_to("/admin/products/mug/revisions?published=2");
    edit(&studio, |source| source.prices = vec![by_height(1_000)]).await;
    let page = studio.get(PUBLISH).await;
    for words in
        ["€35.10", "€27.08", "applies or counts otherwise", "divided by: 10 → 1,000", "name=\"twice\""]
    {
        page.shows(words);
    }
}

#[tokio::test]
async fn the_effect_tells_prices_designs_and_orders() {
    let studio = Studio::with_ana().await;
    order(&studio, "blue").await;
    order(&studio, "green").await;
    order(&studio, "white").await;
    let consent = shop::Consent::default();
    let address =
        DesignAddress { choices: vec![("glaze".into(), "green".into())], ..DesignAddress::default() };
    let mug = slug("mug");
    let opened = studio.shop.open_design(&mug, &address, &consent, words::Language::ENGLISH);
    studio.shop.save_design(&opened.await.unwrap(), &[], &address).await.unwrap();
    edit(&studio, |source| {
        source.attributes[0].options[1].price = 350;
        source.attributes[0].options[2].available = false;
    })
    .await;
    let page = studio.get(PUBLISH).await;
    for words in [
        "Glaze: Blue",
        "€3.50",
        "Valid designs: 30 today, 20 then.",
        "All 3 orders",
        "One can not be ordered any more.",
        "One costs more: up to +€0.50.",
        "The saved design",
        "/admin/orders/1002",
        "/admin/orders/1001",
        "€27 → €27.50",
    ] {
        page.shows(words);
    }
    page.shows_not("/admin/orders/1003");
    page.shows("It forbids 10, 33 % of those of today, and allows no other.");
    page.shows("touched-design");
    page.shows("Not any more: ");
    page.shows("href=\"/admin/products/mug/replay.csv\"");
    let file = studio.get("/admin/products/mug/replay.csv").await;
    assert_eq!((file.status, file.kind.as_str()), (StatusCode::OK, "text/csv; charset=utf-8"));
    let lines: Vec<&str> = file.text.lines().collect();
    assert_eq!(lines.len(), 4, "{}", file.text);
    assert!(lines[1].starts_with("order,1002,,invalid,,,,,"), "{}", lines[1]);
    assert_eq!(lines[2], "order,1001,,dearer,2700,EUR,2750,EUR,,http://127.0.0.1:3000/admin/orders/1001");
    assert!(lines[3].starts_with("design,") && lines[3].contains(",invalid,"), "{}", lines[3]);
    assert!(lines[3].contains("http://127.0.0.1:3000/products/mug?_revision=1"), "{}", lines[3]);
    edit(&studio, |source| source.attributes[0].options[2].available = true).await;
    edit(&studio, |source| source.attributes[0].options[1].price = 300).await;
    edit(&studio, |source| source.name = "Cup".to_owned()).await;
    let page = studio.get(PUBLISH).await;
    page.shows("No price changes.");
    page.shows("The same designs are valid as today: 30.");
    page.shows("Each can be ordered as before, at the same price.");
}

/// What stands in each line of the pages that name all that a replay touches.
fn touched(page: &Answer) -> Vec<String> {
    let plain = page.text.replace("<!>", "");
    let rows = plain.split("data-testid=\"touched\"").skip(1);
    rows.map(|row| row.split_once("</tr>").unwrap().0.to_owned()).collect()
}

#[tokio::test]
async fn all_that_is_touched_is_listed_by_the_size_of_the_change_and_each_line_leads_there() {
    let studio = Studio::with_ana().await;
    for glaze in ["blue", "white", "green", "blue"] {
        order(&studio, glaze).await;
    }
    let consent = shop::Consent::default();
    let address =
        DesignAddress { choices: vec![("glaze".into(), "blue".into())], ..DesignAddress::default() };
    let mug = slug("mug");
    let opened = studio.shop.open_design(&mug, &address, &consent, words::Language::ENGLISH);
    studio.shop.save_design(&opened.await.unwrap(), &[], &address).await.unwrap();
    let names = |page: &Answer| {
        let rows = touched(page);
        let name = |row: &String| row.split("/admin/orders/").nth(1).unwrap()[..4].to_owned();
        rows.iter().map(name).collect::<Vec<_>>()
    };
    edit(&studio, |source| {
        source.base_price += 10;
        source.attributes[0].options[1].price += 200;
        source.attributes[0].options[2].available = false;
    })
    .await;
    let all = "/admin/products/mug/replay";
    studio.get(PUBLISH).await.shows(&format!("href=\"{all}\""));
    let page = studio.get(all).await;
    assert_eq!(names(&page), ["1003", "1004", "1001", "1002"]);
    page.shows("1 to 4 of 4");
    page.shows("+€2.10");
    // Beyond the last page is the last one.
    assert_eq!(names(&studio.get(&format!("{all}?page=7")).await).len(), 4);
    let designs = studio.get(&format!("{all}?of=designs")).await;
    let rows = touched(&designs);
    assert_eq!(rows.len(), 1);
    let href = rows[0].split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    studio.get(&href).await.shows("€27");
    // The same of going back, where what was dearer is cheaper again.
    let version = studio.shop.draft(&mug).await.unwrap().version;
    let agreed = shop::Agreed::Unasked;
    studio.shop.publish(&mug, version, "", "ana@example.org", agreed).await.unwrap();
    let back = studio.get("/admin/products/mug/revisions/1/live").await;
    back.shows("href=\"/admin/products/mug/replay?back=1\"");
    let page = studio.get(&format!("{all}?back=1")).await;
    assert_eq!(names(&page), ["1004", "1001", "1002", "1003"]);
    page.shows("−€2.10");
    page.shows("href=\"/admin/products/mug/replay.csv?back=1\"");
    let file = studio.get("/admin/products/mug/replay.csv?back=1").await;
    assert!(file.text.contains("order,1004,,cheaper,"), "{}", file.text);
    assert_eq!(studio.get(&format!("{all}?back=x")).await.status, StatusCode::NOT_FOUND);
}

/// The token of the link that a page shows.
fn link(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("/preview/").unwrap();
    format!("/preview/{}", &rest[..48])
}

/// What somebody sees who is not logged in.
async fn stranger(studio: &Studio, path: &str) -> Answer {
    studio.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_preview_walks_the_draft_until_it_ends() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| source.name = "Cup".to_owned()).await;
    let make = [("do", "make"), ("_end", "on")];
    let made = link(&studio.post(PREVIEW, &make).await);
    studio.get(PUBLISH).await.shows_not(&made);
    let walked = made.replace("/preview/", "/products/preview-");
    stranger(&studio, &format!("{made}?glaze=blue")).await.leads_to(&format!("{walked}?glaze=blue"));
    stranger(&studio, &made).await.leads_to(&walked);
    let page = stranger(&studio, &walked).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page.shows("This is a preview of a draft.");
    page.shows("Cup");
    page.shows("€24");
    assert_eq!(page.cache, "private, no-store");
    page.shows_not("/counts");
    stranger(&studio, &format!("{walked}?glaze=blue&height=10")).await.shows("€27");
    let conflict = stranger(&studio, &format!("{walked}?_want=lid:wood&height=12")).await;
    conflict.shows("Wooden lids fit mugs of up to 10 cm.");
    stranger(&studio, &format!("{walked}?glaze=pink&height=tall")).await.shows("€24");
    stranger(&studio, &format!("{walked}?_lang=de")).await.shows("Das ist die Vorschau eines Entwurfs.");
    // Its other pages are there as a product's are, and it is on no list.
    for page in ["/compare?_design=standard", "/defaults", "/offers", "/picture.svg"] {
        let answer = stranger(&studio, &format!("{walked}{page}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        if page != "/picture.svg" {
            answer.shows("This is a preview of a draft.");
        }
    }
    stranger(&studio, "/").await.shows_not("preview-");
    // No cache keeps anything of it.
    let number = studio.shop.live(&slug(walked.trim_start_matches("/products/"))).await.unwrap().number;
    let api = walked.replace("/products/", "/api/v1/products/");
    let encoded = walked.replace("preview-", "%70review-");
    let kept =
        [format!("{api}/revisions/{number}"), format!("{api}/revisions/{number}/artifact"), api, encoded];
    for address in &kept {
        let answer = stranger(&studio, address).await;
        assert_eq!(
            (answer.status, answer.cache.as_str()),
            (StatusCode::OK, "private, no-store"),
            "{address}"
        );
    }
    // It shows the draft as it is at that moment, also to a page that was open before.
    edit(&studio, |source| source.name = "Goblet".to_owned()).await;
    stranger(&studio, &walked).await.shows("Goblet");
    stranger(&studio, &format!("{walked}?_revision=1&glaze=blue")).await.shows("Goblet");
    edit(&studio, |source| source.rules[0].rule = "lid = wod".to_owned()).await;
    let broken = stranger(&studio, &walked).await;
    assert_eq!(broken.status, StatusCode::CONFLICT);
    broken.shows("The draft has problems at this moment.");

    edit(&studio, |source| source.rules[0].rule = "lid = wood implies height <= 10".to_owned()).await;
    let artifact = {
        let page = stranger(&studio, &walked).await.text;
        let (_, rest) = page.split_once("data-artifact=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!(stranger(&studio, &artifact).await.cache, "private, no-store");
    studio.post(PREVIEW, &[("do", "end"), ("_end", "on")]).await.leads_to(PUBLISH);
    assert_eq!(stranger(&studio, &made).await.status, StatusCode::NOT_FOUND);
    // What is in memory of it is shown no more either.
    for address in kept.iter().chain([&artifact]) {
        assert_eq!(stranger(&studio, address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(stranger(&studio, "/preview/abc").await.status, StatusCode::NOT_FOUND);
    let made = link(&studio.post(PREVIEW, &make).await);
    publish(&studio, &["seen"]).await.leads_to("/admin/products/mug/revisions?published=2");
    for over in [&made, &made.replace("/preview/", "/products/preview-")] {
        let over = stranger(&studio, over).await;
        assert_eq!(over.status, StatusCode::NOT_FOUND);
        over.shows("This preview is over");
    }
}

#[tokio::test]
async fn nothing_of_a_previewed_draft_is_ordered_kept_or_counted() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| source.name = "Cup".to_owned()).await;
    let made = link(&studio.post(PREVIEW, &[("do", "make"), ("_end", "on")]).await);
    let walked = made.replace("/preview/", "/products/preview-");
    let design = "_revision=2&glaze=blue";
    let ordered = stranger(&studio, &format!("{walked}/order?{design}")).await;
    let why = format!("{walked}?{design}&_done=nothing");
    ordered.leads_to(&why);
    let told = stranger(&studio, &why).await;
    assert_eq!(told.status, StatusCode::OK);
    told.shows("Nothing of a draft can be ordered or saved.");
    stranger(&studio, &format!("{walked}?{design}")).await.shows_not("Nothing of a draft can be ordered");
    for refused in [
        studio
            .post(
                &format!("{walked}/order?_revision=2&_start=standard&glaze=blue"),
                &[("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4")],
            )
            .await,
        studio.post(&format!("{walked}/share"), &[("_was", "_revision=2"), ("_as", "share")]).await,
    ] {
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        refused.shows("Nothing of a draft can be ordered or saved.");
        refused.shows(&format!("href=\"{walked}\""));
    }
    let saved = studio.post(&format!("{walked}/save"), &[("_was", "a"), ("_now", "glaze=blue")]).await;
    assert_eq!((saved.status, saved.text.as_str(), saved.cookies.len()), (StatusCode::OK, "glaze=blue", 0));
    let counted = studio.post(&format!("{walked}/counts"), &[("revision", "2"), ("new", "1")]).await;
    assert_eq!(counted.status, StatusCode::NO_CONTENT);
    studio.shop.keep_counts().await.unwrap();
    let buyer = Buyer {
        name: "Bo Larsen".to_owned(),
        email: "bo@example.org".to_owned(),
        address: "Harbour Street 4".to_owned(),
        note: String::new(),
    };
    let request = OrderRequest {
        slug: slug(walked.trim_start_matches("/products/")),
        revision: RevisionNumber::FIRST,
        choices: Vec::new(),
        start: Start::Standard,
        quantity: Quantity::ONE,
        buyer,
        request_id: None,
    };
    let refused = studio.shop.place_order(request).await.unwrap_err();
    assert!(matches!(refused, OrderError::Shop(ShopError::OnlyPreviewed)), "{refused:?}");
}

#[tokio::test]
async fn a_removed_product_is_neither_shown_nor_published() {
    let studio = Studio::with_ana().await;
    let begin = [
        ("do", "fresh"),
        ("name", "Cup"),
        ("address", "cup"),
        ("currency", "EUR"),
        ("attribute", "Size"),
        ("options", "Small\nLarge"),
        ("_end", "on"),
    ];
    studio.post("/admin/new", &begin).await.leads_to("/admin/products/cup");
    let made = link(&studio.post("/admin/products/cup/preview", &[("do", "make"), ("_end", "on")]).await);
    stranger(&studio, &made.replace("/preview/", "/products/preview-"))
        .await
        .shows("This is a preview of a draft.");
    let stand = [("was", "begun"), ("do", "removed")];
    studio.post("/admin/products/cup/standing", &stand).await.leads_to("/admin/products?removed=cup");
    assert_eq!(stranger(&studio, &made).await.status, StatusCode::NOT_FOUND);
    let form = [("version", "1"), ("live", "1"), ("seen", "on"), ("twice", "on"), ("_end", "on")];
    let refused = studio.post("/admin/products/cup/publish", &form).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("Look at the list and decide again");
    assert_eq!(studio.get("/products/cup").await.status, StatusCode::NOT_FOUND);
    // Another product has the address: the old link does not show it.
    studio.post("/admin/new", &begin).await.leads_to("/admin/products/cup");
    assert_eq!(stranger(&studio, &made).await.status, StatusCode::NOT_FOUND);
    studio.get("/admin/people").await.shows("Made a link that shows the draft of Cup");
    let make = studio.post("/admin/products/cup/preview", &[("do", "make"), ("_end", "on")]).await;
    let made = link(&make);
    studio.post("/admin/products/cup/preview", &[("do", "end"), ("_end", "on")]).await;
    assert_eq!(stranger(&studio, &made).await.status, StatusCode::NOT_FOUND);
    studio.get("/admin/people").await.shows("Ended the link that shows the draft of Cup");
}

#[tokio::test]
async fn going_back_and_withdrawing_say_whom_they_touch() {
    let studio = Studio::with_ana().await;
    order(&studio, "blue").await;
    edit(&studio, |source| source.name = "Cup".to_owned()).await;
    publish(&studio, &["seen"]).await.leads_to("/admin/products/mug/revisions?published=2");
    order(&studio, "green").await;
    order(&studio, "white").await;
    let page = studio.get("/admin/products/mug/revisions").await;
    page.shows("1 open order of it stays as it is");
    page.shows("2 open orders of it stay as they are");
}

#[tokio::test]
async fn strangers_do_not_pass_the_gate() {
    let studio = Studio::open().await;
    for path in [PUBLISH, MEANT, PREVIEW] {
        let answer = studio.post(path, &[("version", "1"), ("_end", "on")]).await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.location.starts_with("/admin/login") || answer.status.is_client_error(), "{path}");
    }
}
