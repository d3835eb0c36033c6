//! What browsers may have of what was learnt, and where pages say it is.

use axum::http::StatusCode;
use personalize::habits::{Habits, MOST_BYTES};
use shop::Slug;

use crate::common::{Answer, Studio};
use crate::defaults::{BIKE, learnt};

/// The address that a page names; nothing where it names none.
fn address(page: &Answer) -> Option<String> {
    Some(page.text.split("data-habits=\"").nth(1)?.split('"').next()?.to_owned())
}

#[tokio::test]
async fn a_page_names_what_was_learnt_and_it_is_kept_for_good_at_its_address() {
    let studio = learnt().await;
    let bike = studio.shop.live(&"travel-bike".parse::<Slug>().unwrap()).await.unwrap();
    let plain = address(&studio.get(BIKE).await).unwrap();
    assert!(plain.starts_with("/artifacts/travel-bike/1/habits/"), "{plain}");
    let other = studio.get(&format!("{BIKE}?frame=trapeze&_lang=ar")).await;
    assert_eq!(address(&other).as_ref(), Some(&plain), "whatever is chosen, in every language");
    // The line that is filled in the browser, with its words.
    other.shows("<template id=\"offer-line\">");
    other.shows("اعتماد هذا");
    let answer = studio.get(&plain).await;
    assert_eq!(
        (answer.status, answer.cache.as_str()),
        (StatusCode::OK, "public, max-age=31536000, immutable")
    );
    let habits = Habits::from_bytes(&answer.bytes, &bike.product).unwrap();
    assert!(answer.bytes.len() <= MOST_BYTES && habits.classes() > 1);
    let request = studio.request("GET", &plain).header("accept-encoding", "br");
    let packed = studio.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(packed.encoding, "br");
    assert!(packed.bytes.len() < answer.bytes.len());
    for other in [
        plain.replace(".bin", "0.bin"),
        plain.replace(".bin", ""),
        plain.replace("/1/habits/", "/2/habits/"),
        plain.replace("travel-bike", "none"),
    ] {
        assert_eq!(studio.get(&other).await.status, StatusCode::NOT_FOUND, "{other}");
    }
}

#[tokio::test]
async fn a_page_that_was_kept_names_what_is_learnt_later() {
    let studio = Studio::with_demo("travel-bike").await;
    let page = studio.get(BIKE).await;
    assert_eq!(address(&page), None, "nothing is learnt yet");
    page.shows_not("<template id=\"offer-line\">");
    page.shows("data-offers");
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let bike = studio.shop.live(&"travel-bike".parse::<Slug>().unwrap()).await.unwrap();
    studio.shop.learn(&bike).await.unwrap();
    assert!(address(&studio.get(BIKE).await).is_some());
}

#[tokio::test]
async fn a_product_that_does_not_learn_names_nothing() {
    let studio = Studio::open().await;
    studio.get("/products/mug").await.shows_not("data-habits");
    let none = studio.get("/artifacts/mug/1/habits/0123456789abcdef.bin").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
