//! A product that is too large for a diagram: the server answers for it, click by click, with the same face.

#![expect(clippy::unwrap_used, reason = "a story that can't go on has failed")]

mod common;

use std::fmt::Write;

use axum::http::StatusCode;
use common::Studio;
use configurator::ServedBy;

/// How many places the bench has, and how many parts each can take.
const PLACES: u64 = 24;
const PARTS: u64 = 4;

/// A bench that takes parts up to a load, a width and a power: three sums, and the diagram would have to keep all three.
fn bench() -> String {
    let mut text = String::from(
        "name = 'Workbench'\nsummary = 'A bench.'\ncurrency = 'EUR'\nbase_price = 50000\nlead_time_days = 20\n\
         [[steps]]\ncode = 'parts'\nlabel = 'Parts'\n[[layers]]\nfile = 'mug.svg'\n",
    );
    // Numbers without a pattern that would merge states: squares modulo a prime.
    let mut seed = 3;
    let mut next = || {
        seed = seed * seed % 10_007 + 1;
        seed % 60 + 1
    };
    for place in 0..PLACES {
        write!(text, "[[attributes]]\ncode = 'p{place}'\nstep = 'parts'\nlabel = 'Place {place}'\n").unwrap();
        text.push_str("kind = 'choice'\nstandard = 'o0'\noptions = [\n  { code = 'o0', label = 'Empty' },\n");
        for part in 1..PARTS {
            let (load, width, power) = (next(), next(), next());
            writeln!(
                text,
                "  {{ code = 'o{part}', label = 'Part {place}.{part}', price = {part}00, values = {{ load = {load}, width = {width}, power = {power} }} }},",
            )
            .unwrap();
        }
        text.push_str("]\n");
    }
    for sum in ["load", "width", "power"] {
        let places: Vec<String> = (0..PLACES).map(|place| format!("p{place}.{sum}")).collect();
        writeln!(text, "[[rules]]\ncode = '{sum}'\nrule = '{} <= 150'", places.join(" + ")).unwrap();
        writeln!(text, "sentence = 'Too much {sum} for this bench. Take lighter parts.'").unwrap();
    }
    text
}

#[tokio::test]
async fn a_product_beyond_the_diagrams_limits_is_sold_all_the_same() {
    let studio = Studio::selling("bench", &bench()).await;
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
        let option = &menu.attributes[usize::try_from(place).unwrap()].options[1];
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
