//! Addresses forgive: what they hold and the menu does not costs nothing but itself.

use crate::common::Studio;
use axum::http::StatusCode;
use configurator::Product;
use testing::slug;

#[tokio::test]
async fn trackers_open_the_product_and_leave_no_trace() {
    let studio = Studio::open().await;
    let plain = studio.get("/products/mug").await;
    for trackers in ["srsltid=x&wbraid=y", "utm_source=mail&fbclid=z", "ref=&_unknown=1", "a,b=c%00d"] {
        let page = studio.get(&format!("/products/mug?{trackers}")).await;
        assert_eq!(page.status, StatusCode::OK, "{trackers}");
        assert_eq!(page.text, plain.text, "{trackers}");
    }
    let form = studio.get("/products/mug/order?glaze=blue&srsltid=x").await;
    assert_eq!(form.status, StatusCode::OK);
    form.shows("€27");
    form.shows_not("srsltid");
}

#[tokio::test]
async fn a_design_with_an_option_that_is_gone_opens_with_everything_else() {
    let studio = Studio::open().await;
    let number = studio
        .republish(|bundle| bundle.source.attributes[0].options.retain(|option| option.code != "green"))
        .await;
    assert_eq!(number.get(), 2);
    let design = "_start=standard&glaze=green&lid=wood&height=8";
    for pinned in ["_revision=2&", ""] {
        let page = studio.get(&format!("/products/mug?{pinned}{design}")).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("Glaze: Green is not on this menu any more. We left it out; the rest is as you chose it.");
        // The wooden lid is still there.
        page.shows("€31");
        page.shows("height=8");
    }
    // Pinned to the menu that has it, nothing is missing; only the way to the current one says what would be.
    let page = studio.get(&format!("/products/mug?_revision=1&{design}")).await;
    page.shows("With the current menu: It costs €31 now instead of €35 (−€4).");
    page.shows("€35");
    // And an order says so before it is placed.
    studio
        .get(&format!("/products/mug/order?{design}"))
        .await
        .shows("Glaze: Green is not on this menu any more.");
}

#[tokio::test]
async fn what_is_gone_is_named_in_the_readers_language() {
    let studio = Studio::open().await;
    let texts =
        r#"{"de":{"attributes":{"glaze":{"label":"Glasur","options":{"green":{"label":"Gr\u00fcn"}}}}}}"#;
    studio.republish(|bundle| bundle.source.translations = serde_json::from_str(texts).unwrap()).await;
    studio
        .republish(|bundle| {
            bundle.source.attributes[0].options.retain(|option| option.code != "green");
            bundle.source.drop_stray_translations();
        })
        .await;
    for _ in 0..2 {
        studio.get("/products/mug?glaze=green&_lang=de").await.shows("Glasur: Grün");
        studio.get("/products/mug?glaze=green").await.shows("Glaze: Green is not on this menu any more.");
    }
}

#[tokio::test]
async fn a_design_with_an_attribute_that_is_gone_opens_with_everything_else() {
    let studio = Studio::open().await;
    studio
        .republish(|bundle| {
            bundle.source.attributes.retain(|attribute| attribute.code != "lid");
            bundle.source.rules.clear();
        })
        .await;
    let page = studio.get("/products/mug?glaze=blue&lid=wood&height=12&lit=wood").await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Lid: Wood is not on this menu any more.");
    page.shows("€27");
    page.shows_not("lit=");
    // The revision after next knows it, too.
    studio.republish(|bundle| bundle.source.base_price = 2_500).await;
    studio.get("/products/mug?lid=wood").await.shows("Lid: Wood is not on this menu any more.");
}

#[tokio::test]
async fn a_value_that_never_was_is_left_out_with_advice() {
    let studio = Studio::open().await;
    for address in ["/products/mug?glaze=bleu&height=8", "/products/mug/order?glaze=bleu&height=8"] {
        let page = studio.get(address).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows(
            "Glaze has no option “bleu”. Did you mean Blue? We left it out; the rest is as you chose it.",
        );
        page.shows("height=8");
    }
}

#[tokio::test]
async fn a_form_with_an_option_that_is_gone_keeps_the_rest() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard";
    let page = studio.get(&format!("/products/mug/choose?{was}&glaze=bleu&lid=none&height=8")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Did you mean Blue?");
    page.shows("height=8");
}

#[tokio::test]
async fn no_attribute_can_take_a_word_of_our_own() {
    let studio = Studio::open().await;
    let mut source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    for own in [
        app::address::REVISION,
        app::address::START,
        app::address::USE,
        app::address::SWITCH,
        app::address::WAS,
        app::address::WANT,
        app::address::LANGUAGE,
        app::address::NEXT,
    ] {
        assert!(own.starts_with('_'), "{own}");
        source.attributes[0].code = own.to_owned();
        let problems = Product::check(&source).unwrap_err();
        let refused = problems.iter().any(|problem| problem.place == "attributes.0.code");
        assert!(refused, "{own}: {problems:?}");
    }
}

#[tokio::test]
async fn a_busy_shop_says_when_to_come_again() {
    let studio = Studio::easily_busy().await;
    assert_eq!(studio.get("/products/mug?glaze=blue").await.status, StatusCode::OK);
    let release = studio.keep_busy().await;
    let answer = studio.get("/products/mug?glaze=blue").await;
    assert_eq!((answer.status, answer.comes_again_soon()), (StatusCode::SERVICE_UNAVAILABLE, true));
    answer.shows("Too many people are designing at this moment");
    release.send(()).unwrap();
}
