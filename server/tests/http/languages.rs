//! Pages in the reader's language, through the router: which one it is, and that nothing on a page is in another.

#![expect(clippy::expect_used, reason = "a story that can't go on has failed")]

use std::sync::Arc;

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use configurator::artifact::Artifact;
use configurator::source::TextsSource;
use server::environment::Machine;

/// What is the same in every language: names of languages and of the shop, and what these tests type.
const NAMES: [&str; 12] = [
    "mug.svg",
    "Atelier",
    "English",
    "Deutsch",
    "العربية",
    "Bo",
    "Larsen",
    "bo@example.org",
    "ana@example.org",
    "Harbour",
    "Street",
    "Portside",
];

/// What stands in Latin letters on Arabic pages, too: names of norms, of layouts of keys and of what is known by nothing else.
const LATIN: [&str; 14] =
    ["Pseudo", "RAL", "CD", "DVD", "OLED", "QWERTY", "QWERTZ", "AZERTY", "CrMo", "D", "É", "Ü", "Ø", "Ł"];

/// Of each demo product a design, and what is blocked beside it.
const BLOCKED: [(&str, &str, &str); 5] = [
    ("travel-bike", "frame=low_step", "handlebar:drop"),
    ("laptop", "line=heron", "display:oled"),
    ("trainer", "upper=knit", "sole:trail"),
    ("bookcase", "feet=legs", "load:heavy"),
    ("coffee-machine", "heating=w1600", "milk:foamer"),
];

pub async fn asking(studio: &Studio, address: &str, accepted: &str, cookie: &str) -> Answer {
    let request = studio.request("GET", address).header(header::ACCEPT_LANGUAGE, accepted);
    let request = if cookie.is_empty() { request } else { request.header(header::COOKIE, cookie) };
    studio.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn an_address_goes_before_a_cookie_and_that_before_what_the_browser_asks_for() {
    let studio = Studio::open().await;
    let german = "atelier_language=de";
    for (address, accepted, cookie, language) in [
        ("/", "", "", "en"),
        ("/", "de-AT,de;q=0.9,en;q=0.5", "", "de"),
        ("/", "fr, en;q=0.3, de;q=0.7", "", "de"),
        ("/", "de;q=0, en;q=0.1", "", "en"),
        ("/", "fr", "", "en"),
        ("/", "en", german, "de"),
        ("/", "en", "atelier_language=klingon", "en"),
        ("/?_lang=en", "de", german, "en"),
        ("/?_lang=de-CH", "en", "", "de"),
        ("/?_lang=xx", "de", "", "de"),
        ("/products/mug?_lang=de", "en", "", "de"),
        ("/nowhere", "de", "", "de"),
        ("/", "ar-EG, en;q=0.5", "", "ar"),
        ("/admin/login", "de", german, "en"),
        ("/admin/login?_lang=en-XA", "de", german, "en-XA"),
        ("/admin/nowhere", "de", german, "en"),
    ] {
        let page = asking(&studio, address, accepted, cookie).await;
        let dir = if language == "ar" { "rtl" } else { "ltr" };
        page.shows(&format!("<html lang=\"{language}\" dir=\"{dir}\""));
    }
    let kept = asking(&studio, "/?_lang=de", "en", "").await;
    assert!(kept.cookie.starts_with("atelier_language=de;"), "{}", kept.cookie);
    assert_eq!(asking(&studio, "/", "de", "").await.cookie, "", "nothing is kept of what a browser says");
}

#[tokio::test]
async fn a_german_reader_is_told_prices_rules_and_refusals_in_german() {
    let studio = Studio::with_demo("trainer").await;
    let list = studio.get("/?_lang=de").await;
    list.shows("Beginn mit etwas Gutem.");
    list.shows("\u{a0}€");
    // Also by what else it is called, in whatever language, and by what is ready-made.
    for words in [
        "laufschuh",
        "trainer",
        "sneaker",
        "turnschuhe",
        "shoes",
        "Race%20day",
        "%D8%A3%D8%AD%D8%B0%D9%8A%D8%A9",
    ] {
        studio.get(&format!("/?q={words}&_lang=de")).await.shows("1 Produkt passt");
    }
    let page = studio.get("/products/trainer?_lang=de").await;
    page.shows("Grundpreis");
    page.shows("Bestellen →");
    page.shows_not("Base price");
    studio.get("/products/nothing?_lang=de").await.shows("Das machen wir nicht");
}

/// Every demo product, so that none is left in English.
#[tokio::test]
async fn every_demo_product_is_sold_in_every_language() {
    for (slug, names) in [
        ("travel-bike", [("de", "Reiserad"), ("ar", "دراجة سفر")]),
        ("laptop", [("de", "Laptop"), ("ar", "حاسوب محمول حسب الطلب")]),
        ("trainer", [("de", "Trainer"), ("ar", "حذاء رياضي")]),
        ("bookcase", [("de", "Bücherregal"), ("ar", "خزانة كتب على المقاس")]),
        ("coffee-machine", [("de", "Kaffeevollautomat"), ("ar", "آلة قهوة")]),
    ] {
        let studio = Studio::with_demo(slug).await;
        let english = studio.get(&format!("/products/{slug}?_lang=en")).await;
        let summary = |page: &Answer| {
            let main = page.text.split("<h1").nth(1).unwrap().to_owned();
            main.split("<p").nth(1).unwrap().split("</p>").next().unwrap().to_owned()
        };
        for (language, name) in names {
            let page = studio.get(&format!("/products/{slug}?_lang={language}")).await;
            assert!(page.text.split("<h1").nth(1).unwrap().contains(name), "{slug} is not called {name}");
            assert_ne!(summary(&page), summary(&english), "{slug} is in English");
        }
        nothing_of_a_demo_product_is_latin(&studio, slug).await;
        nothing_of_a_design_is_latin(&studio, slug).await;
    }
}

/// Looks at every page of a demo product and at those of the shop in Arabic.
async fn nothing_of_a_demo_product_is_latin(studio: &Studio, slug: &str) {
    let product = format!("/products/{slug}");
    let buyer =
        [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
    let placed = studio.post(&format!("{product}/order"), &buyer).await;
    for address in [
        "/",
        "/?q=٥",
        "/delivery",
        "/returns",
        "/payment",
        "/contact",
        "/company",
        "/privacy",
        "/orders/0000000000000000",
        &placed.location,
        &product,
        &format!("{product}?_start=personal"),
        &format!("{product}/needs"),
        &format!("{product}/defaults"),
        &format!("{product}/offers"),
        &format!("{product}/needs?_up_to=٥"),
        &format!("{product}/order"),
        &format!("{product}/order?quantity=7"),
    ] {
        nothing_is_latin(&asking(studio, address, "ar", "").await.text, &format!("{slug}: {address}"));
    }
    let errors = studio.post(&format!("{product}/order?_lang=ar"), &[("email", "bo@")]).await;
    assert_eq!(errors.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing_is_latin(
        &errors.text.replace("bo@", "").replace("\u{2066}@\u{2069}", ""),
        "an order with errors",
    );
}

/// Looks in Arabic at what is blocked and refused, and at a design that is compared, saved, kept under a name and come back to.
async fn nothing_of_a_design_is_latin(studio: &Studio, slug: &str) {
    let (_, chosen, wanted) = BLOCKED.into_iter().find(|(own, ..)| *own == slug).expect("one of each");
    let product = format!("/products/{slug}");
    let (standard, design) = ("_revision=1&_start=standard", format!("_revision=1&_start=standard&{chosen}"));
    let blocked = asking(studio, &format!("{product}?{chosen}&_want={wanted}"), "ar", "").await;
    blocked.shows("data-testid=\"panel\"");
    let together = format!("{chosen}&{}", wanted.replace(':', "="));
    let conflict = asking(studio, &format!("{product}?{together}"), "ar", "").await;
    nothing_is_latin(&blocked.text, &format!("{slug}: what is blocked"));
    nothing_is_latin(&conflict.text, &format!("{slug}: what can't stand together"));

    let saved = studio.post(&format!("{product}/save"), &[("_was", standard), ("_now", &design)]).await;
    let kept = [("_now", design.as_str()), ("_do", "keep"), ("_name", "٥")];
    let named = studio.post(&format!("{product}/snapshots"), &kept).await;
    let cookie = |answer: &Answer| answer.cookie.split(';').next().unwrap().to_owned();
    let plain = cookie(&saved).replace("%3D", "=");
    let token = plain.split('=').find(|part| part.len() == 32).expect("a link");
    let with = format!("_with=mine.{}&_with=standard", chosen.replace('=', "%3D"));
    let cookies = format!("{}; {}", cookie(&saved), cookie(&named));
    for address in [
        &product,
        &format!("/d/{token}"),
        &format!("/d/{token}/link"),
        &format!("{product}/compare"),
        &format!("{product}/compare?{with}"),
        &format!("{product}/compare?{with}&_all=1"),
        &format!("{product}/snapshots?{design}"),
        &named.location,
        &format!("{product}/order?{together}"),
    ] {
        nothing_is_latin(&asking(studio, address, "ar", &cookies).await.text, &format!("{slug}: {address}"));
    }
    let replacing = asking(studio, &format!("{product}/replace?{design}&_take=_reset"), "ar", &cookies).await;
    // Who chose what stands there anyway is not asked.
    if slug != "laptop" {
        nothing_is_latin(&replacing.text, &format!("{slug}: what a reset gives up"));
    }
}

/// One, two, a few, more and hundreds each have a form of their own.
#[tokio::test]
async fn arabic_pages_count_as_arabic_does() {
    for (count, days, pieces) in [
        (1, "خلال يوم واحد", "سعر القطعة الواحدة "),
        (2, "خلال يومين", "سعر القطعتين "),
        (3, "خلال 3 أيام", "سعر 3 قطع "),
        (11, "خلال 11 يومًا", "سعر 11 قطعة "),
        (100, "خلال 100 يوم", "سعر 100 قطعة "),
    ] {
        let file = format!("name = \"Kiln\"\nreturn_days = {count}\n");
        let studio = Studio::run_by(&file, Arc::new(Machine)).await;
        asking(&studio, "/returns", "ar", "").await.shows(&format!("{days} من وصوله"));
        asking(&studio, "/products/mug/order", "ar", "").await.shows(&format!("يمكن الإرجاع {days}<"));
        // The form showed the total of another number.
        let (wanted, shown) = (count.to_string(), if count == 1 { "2" } else { "1" });
        let buyer =
            [("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
        let sent =
            [&buyer[..], &[("quantity", wanted.as_str()), ("shown", shown), ("seen", "0123456789abcdef")]]
                .concat();
        studio.post("/products/mug/order?_lang=ar", &sent).await.shows(pieces);
    }
}

/// Letters are compared as people type them, in the search of the list, too.
#[tokio::test]
async fn the_list_is_searched_without_accents_and_marks() {
    let studio = Studio::with_demo("coffee-machine").await;
    for words in ["آلة قهوة", "اله قهوه", "الة", "ألوان"] {
        asking(&studio, &format!("/?q={}", words.replace(' ', "+")), "ar", "").await.shows("منتج واحد يطابق");
    }
    for words in ["kuche", "KÜCHE"] {
        asking(&studio, &format!("/?q={words}"), "de", "").await.shows("1 Produkt passt");
    }
}

/// A number of pieces is understood in Arabic digits, whatever the page's language.
#[tokio::test]
async fn pieces_are_counted_in_arabic_digits() {
    let studio = Studio::open().await;
    let three = [("quantity", "٣"), ("update", "on")];
    for language in ["ar", "en"] {
        let form = studio.post(&format!("/products/mug/order?glaze=blue&_lang={language}"), &three).await;
        form.shows("name=\"quantity\"");
        form.shows("value=\"3\"");
    }
}

#[tokio::test]
async fn only_pages_keep_a_language_and_no_link_leads_to_another_host() {
    let studio = Studio::open().await;
    for file in ["/products/mug/picture.svg?_lang=de", "/pkg/atelier.css?_lang=de"] {
        assert_eq!(studio.get(file).await.cookie, "", "{file}");
    }
    for address in ["//evil.example", "///evil.example/x", "/%5Cevil.example"] {
        let page = studio.get(address).await;
        assert!(!page.text.contains("href=\"//"), "{address} is linked");
        assert!(!page.text.contains("href=\"/\\"), "{address} is linked");
    }
}

/// A choice that was made and not sent yet goes over to the other language, too.
#[tokio::test]
async fn another_language_costs_no_choice() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard%26glaze%3Dblue";
    let sent = format!("/products/mug/choose?{was}&glaze=blue&lid=wood&height=9&_lang=de");
    let answer = studio.get(&sent).await;
    answer.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue&lid=wood");
    assert!(answer.cookie.starts_with("atelier_language=de;"), "{}", answer.cookie);
    let page = asking(&studio, &answer.location, "en", "atelier_language=de").await;
    page.shows("34\u{a0}€");
    page.shows("name=\"_lang\" value=\"en\"");
}

#[tokio::test]
async fn another_language_costs_nothing_that_was_typed() {
    let studio = Studio::open().await;
    let typed = [("name", "Bo Larsen"), ("address", "Harbour Street 4"), ("_lang", "de")];
    let form = studio.post("/products/mug/order?glaze=blue", &typed).await;
    assert_eq!(form.status, StatusCode::OK);
    form.shows("Lieferadresse");
    form.shows("value=\"Bo Larsen\"");
    form.shows("Harbour Street 4");
    form.shows_not("order-errors");
    assert!(form.cookie.starts_with("atelier_language=de;"), "{}", form.cookie);
    let refused = asking(&studio, "/products/mug/order?glaze=bleu", "de", "").await;
    refused.shows("Meinst du Blue?");
}

#[tokio::test]
async fn numbers_are_read_as_the_reader_writes_them() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard&glaze=white&lid=none";
    for (language, typed, told) in [
        ("en", "10.0%20cm", ""),
        ("de", "10,0", ""),
        ("ar", "١٠٫٠", ""),
        ("en", "١٠", ""),
        ("ar", "٩٫٥", "أعداد صحيحة فقط: 9 أو 10."),
        ("en", "9,5", "Whole numbers only: 9 or 10."),
        ("de", "9,5", "Nur ganze Zahlen: 9 oder 10."),
        ("de", "", "Height: Hier fehlt etwas. Gib eine ganze Zahl von 7 bis 12 cm ein."),
    ] {
        let sent = format!("/products/mug/choose?{was}&height={typed}");
        let answer = asking(&studio, &sent, language, "").await;
        if told.is_empty() {
            answer.leads_to("/products/mug?_revision=1&_start=standard&height=10");
        } else {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            answer.shows(told);
        }
    }
}

/// The page and what it loads are in one language; a placed order is in that of whoever looks at it.
#[tokio::test]
async fn a_page_loads_the_texts_of_its_own_language() {
    let studio = Studio::open().await;
    studio
        .republish(|bundle| {
            let mut german = TextsSource { name: Some("Becher".to_owned()), ..TextsSource::default() };
            let glaze = german.attributes.entry("glaze".to_owned()).or_default();
            glaze.label = Some("Glasur".to_owned());
            bundle.source.translations.insert("de".to_owned(), german);
        })
        .await;
    let mut addresses = Vec::new();
    for (language, name, other) in [("de", "Becher", "Glaze"), ("en", "Mug", "Glasur")] {
        let page = asking(&studio, "/products/mug", language, "").await;
        page.shows(name);
        page.shows_not(other);
        let address =
            page.text.split("data-artifact=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let bytes = studio.get(&address).await.bytes;
        assert!(!String::from_utf8_lossy(&bytes).contains(other), "only its own language is loaded");
        assert_eq!(Artifact::from_bytes(&bytes).unwrap().product.name, name);
        addresses.push(address);
    }
    assert_ne!(addresses[0], addresses[1]);
    asking(&studio, "/?q=becher", "de", "").await.shows("Becher");

    let buyer =
        [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
    let placed = studio.post("/products/mug/order?glaze=blue", &buyer).await;
    for (language, told) in [("de", ["Becher", "Glasur", "27\u{a0}€"]), ("en", ["Mug", "Glaze", "€27"])] {
        let order = asking(&studio, &placed.location, language, "").await;
        told.iter().for_each(|text| order.shows(text));
    }
}

/// In the language for tests every text stands in ⟦⟧: what is outside of them was written into a page.
#[tokio::test]
async fn every_text_of_the_shop_is_in_the_readers_language() {
    let studio = Studio::open().await;
    let buyer =
        [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
    let placed = studio.post("/products/mug/order?glaze=blue", &buyer).await;
    let was = "_was=_revision%3D1%26_start%3Dstandard";
    for address in [
        "/",
        "/?q=mug",
        "/?q=nothing",
        "/products/mug",
        "/products/mug?_start=personal&_use=tea&glaze=blue",
        "/products/mug?lid=wood&_want=height:12",
        "/products/mug?height=99&glaze=bleu&lid=wood&height=12",
        "/products/mug?lid=wood&height=12",
        &format!("/products/mug/choose?{was}&glaze=white&lid=wood&height=12"),
        &format!("/products/mug/choose?{was}&glaze=white&lid=none&height=9.5"),
        "/products/mug/compare",
        "/products/mug/compare?_with=mine.glaze%3Dblue&_with=standard&_with=other&_with=proposal.lid%3Dwood",
        "/products/mug/compare?_with=mine.glaze%3Dblue&_with=standard&_all=1",
        "/products/mug/snapshots?_revision=1&glaze=blue",
        "/products/mug/defaults?glaze=blue",
        "/products/mug/replace?glaze=blue&height=12&_typed=height:99&_take=_reset",
        "/products/mug/offers",
        "/products/mug/order?glaze=blue",
        "/products/mug/order?glaze=blue&lid=wood&height=12",
        &placed.location,
        "/products/mag",
        "/products/mug?_revision=7",
        "/orders/0000000000000000",
        "/nowhere",
    ] {
        let page = asking(&studio, address, "en-XA", "atelier_language=en-XA").await;
        nothing_stands_outside(&page.text, address);
    }
    let errors = studio.post("/products/mug/order?glaze=blue&_lang=en-XA", &[("email", "bo@")]).await;
    nothing_stands_outside(&errors.text, "an order with errors");
    for slug in ["trainer", "bookcase"] {
        let studio = Studio::with_demo(slug).await;
        let page = studio.get(&format!("/products/{slug}?_lang=en-XA&_start=personal")).await;
        nothing_stands_outside(&page.text, slug);
    }
}

/// Of a page: no letters outside ⟦⟧, neither between tags nor in what is read aloud or shown of attributes.
#[track_caller]
pub fn nothing_stands_outside(page: &str, address: &str) {
    assert!(page.contains("lang=\"en-XA\""), "{address} is in another language: {page}");
    let seen = read(page);
    let mut depth = 0_i32;
    let outside: String = seen
        .chars()
        .filter(|sign| {
            depth += match sign {
                '⟦' => 1,
                '⟧' => -1,
                _ => 0,
            };
            depth == 0 && *sign != '⟧'
        })
        .collect();
    assert_eq!(depth, 0, "{address} cuts a text: {seen}");
    let words = outside.split(|sign: char| !sign.is_alphabetic() && !"@.".contains(sign));
    let foreign: Vec<&str> =
        words.filter(|word| word.chars().any(char::is_alphabetic) && !NAMES.contains(word)).collect();
    assert!(foreign.is_empty(), "{address} says {foreign:?} itself");
}

/// Of an Arabic page: no Latin letters but those of names.
#[track_caller]
fn nothing_is_latin(page: &str, address: &str) {
    assert!(page.contains("lang=\"ar\" dir=\"rtl\""), "{address} is in another language: {page}");
    let seen = read(page).replace("&amp;", "&");
    let is_latin = |sign: char| sign.is_alphabetic() && sign < '\u{250}';
    let words = seen.split(|sign: char| !is_latin(sign) && !"@.".contains(sign));
    let words = words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
    let foreign: Vec<&str> = words.filter(|word| !NAMES.contains(word) && !LATIN.contains(word)).collect();
    assert!(foreign.is_empty(), "{address} says {foreign:?}");
}

/// What is read of a page, between tags and in attributes.
fn read(page: &str) -> String {
    let mut seen = String::new();
    let mut rest = page.split_once("<body").expect("a page").1;
    while let Some((text, after)) = rest.split_once('<') {
        seen.push_str(text);
        let (tag, after) = after.split_once('>').expect("a whole tag");
        for attribute in ["aria-label", "title", "placeholder", "alt", "data-label"] {
            let value =
                tag.split_once(&format!(" {attribute}=\"")).and_then(|(_, value)| value.split_once('"'));
            seen.push_str(&value.map(|(value, _)| format!(" {value} ")).unwrap_or_default());
        }
        // What stands in these is no text.
        let hidden = ["script", "style", "code", "textarea"].into_iter().find(|name| tag.starts_with(name));
        let end = hidden.map(|name| format!("</{name}>"));
        rest = end.and_then(|end| after.split_once(&end)).map_or(after, |(_, after)| after);
        seen.push(' ');
    }
    seen
}
