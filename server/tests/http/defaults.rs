//! Starts that are learnt: who has them, why, the switch, and what is offered as choices come in.

use crate::account::{Mails, sign_in};
use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use shop::Slug;

pub const BIKE: &str = "/products/travel-bike";

/// A shop that sells the travel bike, has made-up orders of it, and has learnt from them.
pub async fn learnt() -> Studio {
    let studio = Studio::with_demo("travel-bike").await;
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug: Slug = "travel-bike".parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    studio
}

async fn with_cookie(studio: &Studio, address: &str, cookie: &str) -> Answer {
    let request = studio.request("GET", address).header(header::COOKIE, cookie);
    studio.send(request.body(Body::empty()).unwrap()).await
}

/// What the page says of an attribute's default: its level, and the lines under its value.
fn default_of(page: &Answer, code: &str) -> (String, String) {
    let row = page.text.split(&format!("data-default=\"{code}\"")).nth(1).unwrap();
    let row = row.split("</div>").next().unwrap();
    let level = row.split("data-level=\"").nth(1).unwrap().split('"').next().unwrap();
    (level.to_owned(), row.to_owned())
}

/// The total that a page shows.
fn total(page: &Answer) -> String {
    let rest = page.text.split("data-testid=\"total\"").nth(1).unwrap();
    let rest = &rest[rest.find('>').unwrap() + 1..];
    rest.split("</").next().unwrap().rsplit('>').next().unwrap().trim().to_owned()
}

/// Where the buttons that take offers lead.
fn taken(page: &Answer) -> Vec<String> {
    let buttons = page.text.split("data-testid=\"take\"");
    let before: Vec<&str> = buttons.collect();
    let href =
        |part: &&str| part.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    before.split_last().unwrap().1.iter().map(href).collect()
}

#[tokio::test]
async fn riders_with_consent_start_from_what_their_like_have_each_with_its_reason() {
    let studio = learnt().await;
    let mut seen = Vec::new();
    for stated_use in ["touring", "everyday"] {
        let answered = studio.post(&format!("{BIKE}/start"), &[("_use", stated_use)]).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER);
        assert!(answered.location.contains("&_base="), "the address says the design: {}", answered.location);
        let cookie = answered.cookie.split(';').next().unwrap().to_owned();
        // A later visit, by the cookie alone.
        let page = with_cookie(&studio, BIKE, &cookie).await;
        page.shows("example orders of");
        page.shows("at least 95 in 100");
        let why = with_cookie(&studio, &format!("{BIKE}/defaults"), &cookie).await;
        assert_eq!((why.status, why.cache.as_str()), (StatusCode::OK, "private, no-store"));
        why.shows("Personal starts are on");
        why.shows("all of them made-up examples");
        let (level, words) = default_of(&why, "handlebar");
        assert_eq!(level, "use");
        assert!(words.contains("example orders of") && words.contains("kept aside"), "{words}");
        let (level, words) = default_of(&why, "frame");
        assert_eq!(level, "standard", "{words}");
        assert!(words.contains("Our standard") && !words.contains("kept aside"), "{words}");
        seen.push((answered.location, default_of(&why, "handlebar").1));
    }
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test]
async fn without_consent_nothing_is_personal_and_the_page_for_everybody_stays() {
    let studio = Studio::with_demo("travel-bike").await;
    let before = studio.get(BIKE).await;
    before.shows("You start from our standard design.");
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug: Slug = "travel-bike".parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    // All but what the browser may have of what was learnt, and the line that it fills.
    let same = |page: &Answer| {
        let (start, rest) = page.text.split_once("id=\"offered\"").unwrap();
        format!("{start}{}", rest.split_once("<script type=\"module\"").unwrap().1)
    };
    let after = studio.get(BIKE).await;
    after.shows("data-habits=");
    assert_eq!(same(&after), same(&before));
    let link = studio.get(&format!("{BIKE}?_start=personal&_use=touring")).await;
    link.shows("You start from our standard design.");
    assert_eq!(link.cookie, "");
    let why = studio.get(&format!("{BIKE}/defaults")).await;
    why.shows("Personal starts are off");
    assert!(!why.text.contains("data-level=\"use\"") && !why.text.contains("data-level=\"everybody\""));
}

#[tokio::test]
async fn one_switch_turns_personal_starts_off_at_once_and_on_again() {
    let studio = learnt().await;
    let answered = studio.post(&format!("{BIKE}/start"), &[("_use", "touring")]).await;
    let (_, was) = answered.location.split_once('?').unwrap();
    let off = studio.post(&format!("{BIKE}/start"), &[("_switch", "off"), ("_was", was)]).await;
    off.leads_to(&format!("{BIKE}?_revision=1&_start=standard"));
    assert!(
        off.cookie.starts_with("atelier_personal=;") && off.cookie.contains("Max-Age=0"),
        "{}",
        off.cookie
    );
    studio.get(&off.location).await.shows("You start from our standard design.");
    let on = studio
        .post(
            &format!("{BIKE}/start"),
            &[("_switch", "on"), ("_was", "_revision=1&_start=standard&colour=red")],
        )
        .await;
    assert!(
        on.location.starts_with(&format!("{BIKE}?_revision=1&_start=personal&_base=")),
        "{}",
        on.location
    );
    assert!(on.location.ends_with("&colour=red"), "what was chosen stays: {}", on.location);
    assert!(on.cookie.starts_with("atelier_personal=") && !on.cookie.contains("Max-Age=0"));
    // Nothing was said of a use, so everybody's orders speak.
    let cookie = on.cookie.split(';').next().unwrap().to_owned();
    let why = with_cookie(&studio, &format!("{BIKE}/defaults"), &cookie).await;
    why.shows("Personal starts are on");
    assert!(!why.text.contains("data-level=\"use\""));
}

#[tokio::test]
async fn offers_follow_the_choices_say_why_and_move_nothing_until_taken() {
    let studio = Studio::with_demo("travel-bike").await;
    let asked = format!("{BIKE}/offers?frame=trapeze");
    studio.get(&asked).await.shows("Nothing is learnt of this product yet");
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug: Slug = "travel-bike".parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    let page = studio.get(&asked).await;
    page.shows("What you chose stays.");
    page.shows("Counted are all orders of this product");
    page.shows("example orders of shoppers");
    page.shows("beside your design");
    let other = studio.get(&format!("{BIKE}/offers?frame=low_step")).await;
    assert_ne!(page.text, other.text, "other choices have other offers");
    let several = studio.get(&format!("{asked}&_several=1")).await;
    let offers = taken(&several);
    assert!((2..=3).contains(&offers.len()), "{offers:?}");
    assert_eq!(offers.iter().collect::<std::collections::BTreeSet<_>>().len(), offers.len());
    let offer = taken(&page).pop().unwrap();
    assert!(offer.contains("&frame=trapeze"), "{offer}");
    let design = studio.get(&offer).await;
    assert_eq!(total(&design), total(&page));
    design.shows("Your choice");
    // With consent the answer counts, too.
    let answered = studio.post(&format!("{BIKE}/start"), &[("_use", "touring")]).await;
    let cookie = answered.cookie.split(';').next().unwrap().to_owned();
    let own = with_cookie(&studio, &asked, &cookie).await;
    own.shows("by your answer, what touring riders ordered");
    own.shows("example orders of touring riders");
}

/// What an attribute of an answer's text is.
fn named<'t>(text: &'t str, name: &str) -> &'t str {
    text.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap()
}

#[tokio::test]
async fn one_likelier_value_is_offered_beside_the_choices_with_its_reason_and_price() {
    let studio = Studio::with_demo("travel-bike").await;
    let asked = |choices: &str| format!("{BIKE}/offers?_revision=1&_start=standard&{choices}&_part=1");
    let early = studio.get(&asked("frame=trapeze")).await;
    assert_eq!((early.status, early.text.as_str()), (StatusCode::NO_CONTENT, ""));
    studio.get(BIKE).await.shows(&format!("data-offers=\"{BIKE}/offers\""));
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug: Slug = "travel-bike".parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    let mut offered = std::collections::BTreeSet::new();
    let chosen = ["frame=trapeze", "frame=low_step", "colour=red", "front_wheel=w28"];
    for choices in chosen {
        let line = studio.get(&asked(choices)).await;
        assert_eq!(line.cache, "private, no-store");
        if line.status == StatusCode::NO_CONTENT {
            continue;
        }
        assert_eq!(line.status, StatusCode::OK);
        line.shows("example orders of shoppers");
        line.shows_not("<html");
        assert!(line.text.contains("€") || line.text.contains("same price"), "{}", line.text);
        let (attribute, option) = (named(&line.text, "data-offered"), named(&line.text, "data-value"));
        let take = named(&line.text, "href").replace("&amp;", "&");
        assert!(take.contains(&format!("&{choices}")), "what was chosen stays: {take}");
        // Taken, it is a choice that moves nothing else: what comes next is about something else.
        let design = studio.get(&take).await;
        design.shows("Your choice");
        let next = studio.get(&format!("{}&_part=1", take.replace(BIKE, &format!("{BIKE}/offers")))).await;
        assert!(!next.text.contains(&format!("data-offered=\"{attribute}\"")), "{}", next.text);
        offered.insert(format!("{attribute}={option}"));
        studio.get(&format!("{}&_lang=de", asked(choices))).await.shows("Übernehmen");
        studio.get(&format!("{}&_lang=ar", asked(choices))).await.shows("اعتماد هذا");
    }
    assert!(!offered.is_empty());
    // With consent the answer counts, too.
    let answered = studio.post(&format!("{BIKE}/start"), &[("_use", "touring")]).await;
    let cookie = answered.cookie.split(';').next().unwrap().to_owned();
    let mut by_answer = 0;
    for choices in chosen {
        let own = with_cookie(&studio, &asked(choices), &cookie).await;
        if own.status != StatusCode::NO_CONTENT {
            own.shows("touring riders");
            own.shows_not("example orders of shoppers");
            by_answer += 1;
        }
    }
    assert!(by_answer > 0, "nothing is offered to who answered");
}

#[tokio::test]
async fn a_product_that_does_not_learn_offers_nothing() {
    let studio = Studio::open().await;
    studio.get("/products/mug").await.shows_not("data-offers");
    let line = studio.get("/products/mug/offers?_revision=1&glaze=blue&_part=1").await;
    assert_eq!(line.status, StatusCode::NO_CONTENT);
    assert_eq!(studio.get("/products/none/offers?_part=1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_api_names_what_a_personal_design_starts_from_and_keeps_to_it() {
    let studio = learnt().await;
    let ask = async |path: &str, start: serde_json::Value| {
        let body = serde_json::json!({ "revision": 1, "start": "personal", "use": "touring" });
        let body = serde_json::Value::Object(
            [body, start].iter().flat_map(|part| part.as_object().unwrap().clone()).collect(),
        );
        let request = studio
            .request("POST", &format!("/api/v1{BIKE}/{path}"))
            .header("content-type", "application/json");
        let answer = studio.send(request.body(Body::from(body.to_string())).unwrap()).await;
        (answer.status, serde_json::from_str::<serde_json::Value>(&answer.text).unwrap())
    };
    let (status, learnt) = ask("complete", serde_json::json!({})).await;
    assert_eq!((status, learnt["base"]["handlebar"].is_string()), (StatusCode::OK, true), "{learnt}");
    let (_, same) = ask("complete", serde_json::json!({ "base": learnt["base"] })).await;
    assert_eq!(same, learnt);
    // What another moment taught.
    let (_, other) = ask("complete", serde_json::json!({ "base": { "frame": "trapeze" } })).await;
    assert_eq!(other["base"], serde_json::json!({ "frame": "trapeze" }));
    assert_eq!(other["choices"]["frame"], "trapeze");
    assert_ne!(other["choices"]["handlebar"], learnt["choices"]["handlebar"]);
    let (status, refused) = ask("quote", serde_json::json!({ "base": { "frame": "triangle" } })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert!(refused["detail"].as_str().unwrap().contains("triangle"), "{refused}");
    let (status, standard) = ask("complete", serde_json::json!({ "start": "standard" })).await;
    assert_eq!((status, standard.get("base")), (StatusCode::OK, None));
}

#[tokio::test]
async fn whatever_an_address_says_is_answered_in_the_readers_language() {
    let studio = learnt().await;
    for query in [
        "_start=personal&_base=%25ff%26%26%3D&_use=nobody",
        "_start=personal&_base=frame%3Dnone%26colour%3D&frame=low_step&frame=high",
        "_several=1&litres=7777777777777777777777&_base=x",
        "_revision=999999999999&_from=0",
        "_start=needs&_needs=x.9&_base=frame%3Dtrapeze",
    ] {
        for page in ["", "/defaults", "/offers"] {
            let answer = studio.get(&format!("{BIKE}{page}?{query}")).await;
            let is_told = answer.status == StatusCode::OK || answer.status == StatusCode::NOT_FOUND;
            assert!(is_told, "{page}?{query}: {}", answer.status);
        }
    }
    assert_eq!(studio.get("/products/none/defaults").await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.get("/products/none/offers").await.status, StatusCode::NOT_FOUND);
    for (tag, why, offers) in [
        ("de", "Warum diese Vorgaben", "Was andere mit deiner Auswahl haben"),
        ("ar", "لماذا هذه الاختيارات المسبقة", "ما لدى آخرين اختاروا مثلك"),
    ] {
        studio.get(&format!("{BIKE}/defaults?_lang={tag}")).await.shows(why);
        studio.get(&format!("{BIKE}/offers?_lang={tag}&frame=trapeze")).await.shows(offers);
    }
}

#[tokio::test]
async fn who_comes_back_signed_in_is_told_what_they_had_once_they_agree() {
    let studio = learnt().await;
    let mails = Mails::new();
    let form = [
        ("name", "Bo Larsen"),
        ("email", "Bo@example.org"),
        ("address", "Harbour Street 4\n1000 Portside"),
        ("country", "DE"),
    ];
    let order = format!("{BIKE}/order?_revision=1&_start=standard&colour=red");
    let placed = studio.post(&order, &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let number: shop::OrderNumber = "1001".parse().unwrap();
    let confirm = shop::orders::Change::Move {
        seen: shop::OrderState::Placed,
        to: shop::OrderState::Confirmed,
        reason: String::new(),
    };
    studio.shop.change_order(number, confirm, "mia").await.unwrap();
    let answered = studio.post(&format!("{BIKE}/start"), &[("_use", "touring")]).await;
    let personal = answered.cookie.split(';').next().unwrap().to_owned();
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    let both = format!("{personal}; {session}");
    let page = with_cookie(&studio, &format!("{BIKE}/defaults"), &both).await;
    page.shows_not("As you ordered it before");
    let agree = studio.request("POST", "/account/consent").header(header::COOKIE, session.clone());
    let agree = agree.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    studio.send(agree.body(Body::from("answer=yes")).unwrap()).await.leads_to("/account#remember");
    let page = with_cookie(&studio, &format!("{BIKE}/defaults"), &both).await;
    page.shows("As you ordered it before");
    page.shows("Your own orders of this product");
    let german = with_cookie(&studio, &format!("{BIKE}/defaults?_lang=de"), &both).await;
    german.shows("Wie du es schon bestellt hast");
    with_cookie(&studio, &format!("{BIKE}/defaults"), &personal).await.shows_not("As you ordered it before");
}

#[tokio::test]
async fn a_long_menu_shows_first_what_the_shoppers_like_have_and_the_rest_on_one_click() {
    let studio = Studio::with_demo("coffee-machine").await;
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug: Slug = "coffee-machine".parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    let page = "/products/coffee-machine";
    let without = studio.get(page).await;
    without.shows_not("data-testid=\"shown-first\"");
    let answered = studio.post(&format!("{page}/start"), &[("_use", "office")]).await;
    let cookie = answered.cookie.split(';').next().unwrap().to_owned();
    let with = with_cookie(&studio, page, &cookie).await;
    with.shows("Shown first: what offices have most.");
    let options = |page: &Answer| page.text.matches("data-option=").count();
    assert_eq!(options(&with), options(&without), "nothing is out of reach");
    let first = |page: &Answer| page.text.matches("list:hidden").count();
    assert_ne!(first(&with), first(&without));
}
