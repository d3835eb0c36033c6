//! Designs behind links: saved, shared, opened again, and gone on with when prices have changed.

use std::num::NonZeroU32;

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use server::http::Settings;
use server::settings::DesignLimits;

const PLAIN: &str = "_revision=1&_start=standard";
const BLUE: &str = "_revision=1&_start=standard&glaze=blue";
const GREEN: &str = "_revision=1&_start=standard&glaze=green";
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];

/// A page as a browser asks for it that has this cookie.
async fn get_with(studio: &Studio, address: &str, cookie: &str) -> Answer {
    let request = studio.request("GET", address).header(header::COOKIE, cookie);
    studio.send(request.body(Body::empty()).unwrap()).await
}

async fn save(studio: &Studio, cookie: &str, was: &str, now: &str) -> Answer {
    let body =
        form_urlencoded::Serializer::new(String::new()).extend_pairs([("_was", was), ("_now", now)]).finish();
    let request = studio.request("POST", "/products/mug/save").header("sec-fetch-site", "same-origin");
    let request = request.header(header::COOKIE, cookie);
    studio.send(request.body(Body::from(body)).unwrap()).await
}

/// The cookie of an answer as a browser sends it back, and the tokens in it.
fn cookie(answer: &Answer) -> (String, Vec<String>) {
    let cookie = answer.cookie.split(';').next().unwrap().to_owned();
    let plain = cookie.replace("%3D", "=").replace("%26", "&");
    let tokens = plain.split(['&', '=']).filter(|part| part.len() == 32).map(str::to_owned).collect();
    (cookie, tokens)
}

#[tokio::test]
async fn a_design_saves_itself_and_the_product_offers_to_go_on() {
    let studio = Studio::open().await;
    studio.get("/products/mug").await.shows_not("data-testid=\"left\"");
    let first = save(&studio, "", PLAIN, BLUE).await;
    assert_eq!((first.status, first.text.as_str()), (StatusCode::OK, BLUE));
    assert!(
        first.cookie.contains("HttpOnly") && first.cookie.contains("Max-Age=5184000"),
        "{}",
        first.cookie
    );
    let (kept, tokens) = cookie(&first);
    let second = save(&studio, &kept, BLUE, GREEN).await;
    assert_eq!(cookie(&second).1, tokens, "the same link goes on");
    let page = get_with(&studio, "/products/mug", &kept).await;
    page.shows("data-testid=\"left\"");
    page.shows("is still here: €28.");
    page.shows(&format!("href=\"/d/{}\"", tokens[0]));
    page.shows("A cookie on this device holds its link and nothing else");
    get_with(&studio, "/products/mug?glaze=blue", &kept).await.shows_not("data-testid=\"left\"");
    // Who has the link needs no cookie, and has one from then on.
    let opened = studio.get(&format!("/d/{}", tokens[0])).await;
    opened.shows("€28");
    assert_eq!(cookie(&opened).1, tokens);
    assert_eq!(opened.cache, "private, no-store");
}

#[tokio::test]
async fn the_list_leads_on_to_the_design_that_this_browser_left() {
    let studio = Studio::open().await;
    studio.get("/").await.shows_not("data-testid=\"go-on\"");
    let (kept, _) = cookie(&save(&studio, "", PLAIN, BLUE).await);
    let (kept, tokens) = cookie(&save(&studio, &kept, PLAIN, GREEN).await);
    let list = get_with(&studio, "/", &kept).await;
    list.shows("Go on with your Mug · €28");
    // The newest of them.
    list.shows(&format!("href=\"/d/{}\"", tokens[0]));
    list.shows_not(&format!("href=\"/d/{}\"", tokens[1]));
    assert_eq!(list.cache, "private, no-store");
    // What was ordered is not unfinished, and leaves the list as everybody has it.
    for design in [BLUE, GREEN] {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(BUYER).finish();
        let address = format!("/products/mug/order?{design}");
        let request = studio.request("POST", &address).header("sec-fetch-site", "same-origin");
        let request = request
            .header(header::COOKIE, &kept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let ordered = studio.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    }
    get_with(&studio, "/", &kept).await.shows_not("data-testid=\"go-on\"");
}

/// Saves as a page does that knows its link: the link that the design has then, and that of another it is told of.
async fn save_behind(studio: &Studio, cookie: &str, link: &str, was: &str, now: &str) -> (String, String) {
    let pairs = [("_was", was), ("_now", now), ("_link", link)];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let request = studio.request("POST", "/products/mug/save").header("sec-fetch-site", "same-origin");
    let request = request.header(header::COOKIE, cookie).body(Body::from(body)).unwrap();
    let response = tower::ServiceExt::oneshot(studio.router.clone(), request).await.unwrap();
    let told = response.headers().get("x-elsewhere").map(|value| value.to_str().unwrap().to_owned());
    let place = response.headers()[header::CONTENT_LOCATION].to_str().unwrap().to_owned();
    (place, told.unwrap_or_default())
}

#[tokio::test]
async fn what_another_device_saved_behind_the_link_meanwhile_is_told() {
    let studio = Studio::open().await;
    let (kept, tokens) = cookie(&save(&studio, "", PLAIN, BLUE).await);
    let (link, tall) = (tokens[0].as_str(), format!("{BLUE}&height=10"));
    // Nobody else: it goes on behind its link.
    let (same, told) = save_behind(&studio, &kept, link, BLUE, &tall).await;
    assert_eq!((same, told.as_str()), (format!("/d/{link}"), ""));
    // Another device goes on, and this one does not know.
    let (_, told) = save_behind(&studio, &kept, link, &tall, GREEN).await;
    assert_eq!(told, "");
    let (own, told) = save_behind(&studio, &kept, link, &tall, &format!("{BLUE}&height=11")).await;
    assert_ne!(own, format!("/d/{link}"), "neither is lost");
    assert_eq!(told, format!("/d/{link}"));
    // Whoever chose the same there has nothing to be told.
    let (_, told) = save_behind(&studio, &kept, link, &tall, GREEN).await;
    assert_eq!(told, "");
    // A design that names no start is of the standard, also where the cookie is gone.
    for was in [GREEN, "_revision=1&glaze=green"] {
        let (own, told) = save_behind(&studio, "", link, was, BLUE).await;
        assert_ne!(own, format!("/d/{link}"));
        assert_eq!(told, "", "{was}");
    }
    // What is no link of this product tells nothing.
    let (_, told) = save_behind(&studio, "", "0123", PLAIN, BLUE).await;
    assert_eq!(told, "");
}

#[tokio::test]
async fn designs_that_were_saved_in_the_same_minute_are_told_apart() {
    let studio = Studio::open().await;
    let (kept, _) = cookie(&save(&studio, "", PLAIN, BLUE).await);
    let (kept, both) = cookie(&save(&studio, &kept, PLAIN, GREEN).await);
    let [one, other] = &both[..] else { panic!("two are kept") };
    let with = format!("/products/mug/compare?_with=link.{one}&_with=link.{other}");
    for (address, before) in [("/products/mug/compare", "href=\""), (with.as_str(), "scope=\"col\"")] {
        let page = get_with(&studio, address, &kept).await;
        let names = page.text.split(before).skip(1).filter_map(|rest| {
            let name = rest.split_once(">Saved at ")?.1.split('<').next()?;
            // That of another link.
            (!rest.split_once(">Saved at ")?.0.contains("</")).then(|| name.to_owned())
        });
        let names: Vec<String> = names.collect();
        assert_eq!(names.len(), 2, "{address}: {names:?}");
        assert_ne!(names[0], names[1], "{address}");
        for name in names {
            let (hour, rest) = name.split_once(':').unwrap();
            assert!(hour.len() == 2 && rest[2..].starts_with(" on "), "{name}");
        }
    }
}

#[tokio::test]
async fn two_windows_save_two_designs() {
    let studio = Studio::open().await;
    let (kept, one) = cookie(&save(&studio, "", PLAIN, BLUE).await);
    let (kept, both) = cookie(&save(&studio, &kept, PLAIN, GREEN).await);
    assert_eq!(both.len(), 2);
    assert_eq!(both[1], one[0]);
    let page = get_with(&studio, "/products/mug", &kept).await;
    for token in &both {
        page.shows(&format!("href=\"/d/{token}\""));
    }
    // Each goes on behind its own link.
    let taller = format!("{BLUE}&height=11");
    assert_eq!(cookie(&save(&studio, &kept, BLUE, &taller).await).1, [one[0].clone(), both[0].clone()]);
}

#[tokio::test]
async fn a_form_without_scripts_gets_a_link() {
    let studio = Studio::open().await;
    let form = [("_was", BLUE), ("glaze", "green"), ("lid", "none"), ("height", "9")];
    let saved = studio.post("/products/mug/share", &[&form[..], &[("_as", "save")]].concat()).await;
    let (_, tokens) = cookie(&saved);
    saved.leads_to(&format!("/d/{}/link", tokens[0]));
    let page = studio.get(&saved.location).await;
    page.shows("Your design is saved");
    page.shows("60 days after the last change");
    page.shows(&format!("value=\"http://127.0.0.1:3000/d/{}\"", tokens[0]));
    page.shows("<svg");
    page.shows("Glaze: Green");
    page.shows("€28, ready in 9 working days");
    let part = studio.get(&format!("{}?_part=1", saved.location)).await;
    part.shows_not("<html");
    part.shows("Glaze: Green");
}

#[tokio::test]
async fn a_shared_design_is_opened_and_never_changed() {
    let studio = Studio::open().await;
    let form = [("_was", BLUE), ("glaze", "blue"), ("lid", "none"), ("height", "9"), ("_as", "share")];
    let shared = studio.post("/products/mug/share", &form).await;
    assert_eq!(shared.cookie, "", "it is nobody's own");
    let link = shared.location.strip_suffix("/link").unwrap().to_owned();
    studio.get(&shared.location).await.shows("A link to share");
    let opened = studio.get(&link).await;
    opened.shows("This design was shared with you");
    opened.shows("€27");
    assert!(opened.cookie.starts_with("atelier_shared="), "it is nobody's own: {}", opened.cookie);
    // Somebody who takes the token for their own starts another one.
    let token = link.strip_prefix("/d/").unwrap();
    let (_, tokens) = cookie(&save(&studio, &format!("atelier_designs=mug={token}"), BLUE, GREEN).await);
    assert_ne!(tokens[0], token);
    studio.get(&link).await.shows("€27");
}

#[tokio::test]
async fn what_does_not_fit_is_told_before_there_is_a_link() {
    let studio = Studio::open().await;
    let form = [("_was", BLUE), ("glaze", "blue"), ("lid", "wood"), ("height", "12"), ("_as", "share")];
    let refused = studio.post("/products/mug/share", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Wooden lids fit mugs of up to 10 cm");
    assert_eq!(studio.post("/products/mug/share", &[("_as", "share")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_link_to_nothing_says_so() {
    let studio = Studio::open().await;
    for address in ["/d/x", "/d/x/link"] {
        let nothing = studio.get(address).await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        nothing.shows("There is no design at this link");
    }
}

#[tokio::test]
async fn one_client_keeps_only_so_many_designs() {
    let one = NonZeroU32::MIN;
    let designs = DesignLimits { designs_per_minute: one, designs_at_once: one };
    let studio = Studio::with_settings(Settings { designs, ..Settings::default() }).await;
    assert_eq!(save(&studio, "", PLAIN, BLUE).await.status, StatusCode::OK);
    let refused = save(&studio, "", PLAIN, BLUE).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_ne!(refused.retry_after, "");
}

#[tokio::test]
async fn going_on_with_the_current_menu_never_raises_a_total_without_a_word() {
    let studio = Studio::open().await;
    studio.republish(|bundle| bundle.source.base_price += 10_000).await;
    let price = "It costs €127 now instead of €27 (+€100). What changed: Base price +€100.";
    let before = studio.get(&format!("/products/mug?{BLUE}")).await;
    before.shows("€27");
    before.shows("The menu has changed since you began.");
    before.shows(&format!("With the current menu: {price}"));
    let was = form_urlencoded::byte_serialize(BLUE.as_bytes()).collect::<String>();
    let form = format!("/products/mug/choose?_was={was}&glaze=blue&lid=none&height=9");
    let live = studio.get(&format!("{form}&_next=live")).await;
    live.leads_to("/products/mug?_revision=2&_start=standard&glaze=blue&_from=1");
    let page = studio.get(&live.location).await;
    page.shows(price);
    page.shows("name=\"_from\" value=\"1\"");
    let was = "_revision%3D2%26_start%3Dstandard%26glaze%3Dblue";
    let order = format!("/products/mug/choose?_was={was}&glaze=blue&lid=none&height=9&_from=1&_next=order");
    let order = studio.get(&order).await;
    order.leads_to("/products/mug/order?_revision=2&_start=standard&glaze=blue&_from=1");
    studio.get(&order.location).await.shows(price);
    // It was said: nothing more is in the way of the order.
    assert_eq!(studio.post(&order.location, &BUYER).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_order_that_costs_something_else_says_old_and_new_total() {
    let studio = Studio::open().await;
    let changed = [("seen", "0123456789abcdef"), ("seen_total", "2400")];
    let answer = studio.post(&format!("/products/mug/order?{BLUE}"), &[&BUYER[..], &changed].concat()).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.shows("It costs €27 now instead of €24 (+€3).");
}

#[tokio::test]
async fn an_order_leads_on_to_the_same_again_and_to_others() {
    let studio = Studio::open().await;
    let placed = studio.post(&format!("/products/mug/order?{BLUE}"), &BUYER).await;
    let order = studio.get(&placed.location).await;
    // What was chosen is chosen again, and nothing else.
    let design = "_revision=1&amp;_start=standard&amp;glaze=blue";
    order.shows(&format!("href=\"/products/mug/order?{design}\""));
    order.shows(&format!("href=\"/products/mug?{design}\""));
    order.shows("href=\"/products/mug\" class");
    order.shows(">Design another one</a>");
}

#[tokio::test]
async fn a_saved_design_that_was_ordered_is_not_forgotten() {
    let studio = Studio::open().await;
    let (kept, tokens) = cookie(&save(&studio, "", PLAIN, BLUE).await);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(BUYER).finish();
    let request = studio.request("POST", &format!("/products/mug/order?{BLUE}"));
    let request = request.header("sec-fetch-site", "same-origin").header(header::COOKIE, &kept);
    let placed = studio.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    let ordered = studio.shop.kept_design(&tokens[0]).await.unwrap().unwrap();
    assert_eq!(ordered.keeping, shop::Keeping::Ordered);
    // What is changed from then on is another design.
    assert_eq!(cookie(&save(&studio, &kept, BLUE, GREEN).await).1.len(), 2);
}

#[tokio::test]
async fn the_order_form_keeps_what_is_typed_and_says_when_the_shop_is_away() {
    let studio = Studio::open().await;
    let form = studio.get(&format!("/products/mug/order?{BLUE}")).await;
    form.shows("src=\"/order.js\"");
    form.shows("The shop can’t be reached just now.");
    let product = studio.get("/products/mug").await;
    product.shows("src=\"/keep.js\"");
    product.shows("The shop can’t be reached just now.");
}

#[tokio::test]
async fn a_link_is_shown_with_picture_and_price() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug").await;
    page.shows("content=\"http://127.0.0.1:3000/products/mug\" property=\"og:url\"");
    let form = [("_was", BLUE), ("glaze", "blue"), ("lid", "none"), ("height", "9"), ("_as", "share")];
    let link = studio.post("/products/mug/share", &form).await.location.replace("/link", "");
    let page = studio.get(&link).await;
    page.shows("content=\"Mug\" property=\"og:title\"");
    page.shows("content=\"€27 incl. VAT · ready in 9 working days. A mug, thrown and glazed for you.\" property=\"og:description\"");
    page.shows(&format!("content=\"http://127.0.0.1:3000{link}\" property=\"og:url\""));
    let picture = format!("/products/mug/picture.png?{BLUE}");
    let written = picture.replace('&', "&amp;");
    page.shows(&format!("content=\"http://127.0.0.1:3000{written}\" property=\"og:image\""));
    for _ in 0..2 {
        let poster = studio.get(&picture).await;
        assert_eq!((poster.status, poster.kind.as_str()), (StatusCode::OK, "image/png"));
        assert!(poster.bytes.starts_with(b"\x89PNG"));
        assert_eq!(poster.bytes[16..24], [0, 0, 4, 0xb0, 0, 0, 2, 0x76], "1200 by 630");
    }
}
