//! A product that is too large for a diagram: the server answers for it, click by click, with the same face.

#![expect(clippy::unwrap_used, reason = "a story that can't go on has failed")]

mod common;

use std::fmt::Write;

use axum::http::StatusCode;
use common::Studio;
use configurator::ServedBy;

const BENCH: &str = include_str!("../../end2end/catalogs/workbench/product.toml");
/// How many places it has.
const PLACES: u64 = 24;

#[tokio::test]
async fn a_product_beyond_the_diagrams_limits_is_sold_all_the_same() {
    let studio = Studio::selling("bench", BENCH).await;
    let live = studio.shop.live("bench").await.unwrap();
    assert_eq!(live.product.served_by(), ServedBy::Solver);

    let page = studio.get("/products/bench").await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("€500");
    page.shows("src=\"/form.js\"");
    page.shows("is sent there at every change");
    page.shows_not("data-artifact");
    page.shows_not("atelier.wasm");

    // Parts until no other fits, each one that the page offers.
    let mut chosen = String::new();
    let mut blocked = None;
    for place in 0..PLACES {
        let address = format!("/products/bench?_revision=1&_start=standard{chosen}");
        let menu = live.product.menu(&choices(&live.product, &chosen), live.product.standard()).unwrap();
        let own = live.product.ids().find(|(_, attribute)| attribute.code == format!("p{place}")).unwrap().0;
        let option = &menu.attributes[own.index()].options[1];
        if let configurator::State::Blocked(reason) = &option.state {
            blocked = Some((address, reason.sentence.clone(), place));
            break;
        }
        write!(chosen, "&p{place}=o1").unwrap();
    }
    let (address, sentence, place) = blocked.unwrap();
    assert!(sentence.contains("for this bench"), "{sentence}");
    studio.get(&address).await.shows("Your choice");
    let was = address.split_once('?').unwrap().1.replace('=', "%3D").replace('&', "%26");
    let answer = studio.get(&format!("/products/bench/choose?_was={was}{chosen}&p{place}=o1")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("does not fit as it stands");
    answer.shows("for this bench");
    answer.shows("Choose it with");

    let buyer = [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4")];
    let order = studio.post(&address.replace("/bench?", "/bench/order?"), &buyer).await;
    assert_eq!(order.status, StatusCode::SEE_OTHER, "{}", order.text);
}

/// The choices that a query names.
fn choices(product: &configurator::Product, query: &str) -> configurator::Choices {
    product.read_choices(query.split('&').filter_map(|pair| pair.split_once('='))).unwrap()
}
