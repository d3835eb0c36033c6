//! A product that is too large for a diagram: the server answers for it, click by click, with the same face.

use std::fmt::Write;
use std::sync::Arc;

use crate::common::Studio;
use app::pages::{self, Assets, LinkCard, ProductPage};
use app::state::PageState;
use app::terms::Terms;
use axum::http::StatusCode;
use configurator::file::File;
use configurator::{Calendar, Patience};
use configurator::{Configured, Product, ServedBy};
use engine::cnf::Limits;
use personalize::{Level, Start};
use testing::{number, slug};
use time::macros::date;

const BENCH: &str = include_str!("../../../end2end/catalogs/workbench/product.toml");
/// How many places it has.
const PLACES: u64 = 24;

#[tokio::test]
async fn a_product_beyond_the_diagrams_limits_is_sold_all_the_same() {
    let studio = Studio::selling("bench", BENCH).await;
    let live = studio.shop.live(&slug("bench")).await.unwrap();
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

/// As with a product whose nearest designs take too long to prove.
#[test]
fn a_design_that_may_not_be_the_nearest_is_named_as_such() {
    let product = shelf(Patience { proving: 0, ..Patience::default() });
    let told = "There may be a design that changes fewer of them.";
    assert!(!page(&product, &[], None).contains(told));
    let changed = page(&product, &[("p0", "o1")], None);
    assert!(changed.contains(told), "{changed}");
}

/// As with a product where it takes too long to find out whether an option fits, or what it does to the price.
#[test]
fn what_is_left_open_is_named_as_such() {
    let hasty = shelf(Patience { steps: 0, finding: 0, menu: 0, ..Patience::default() });
    let undecided = page(&hasty, &[("p1", "o1")], Some(("p0", "o1")));
    assert!(undecided.contains("Not known to fit"), "{undecided}");
    assert!(undecided.contains("was not chosen."), "{undecided}");
    assert!(undecided.contains("It would take too long to find out whether it fits."), "{undecided}");
    let patient = page(&shelf(Patience::default()), &[("p1", "o1")], Some(("p0", "o1")));
    assert!(!patient.contains("Not known to fit") && !patient.contains("take too long"), "{patient}");
    let hasty = shelf(Patience { menu: 0, ..Patience::default() });
    assert!(page(&hasty, &[("p0", "o1")], None).contains("Price once chosen"));
}

/// A shelf of six places, where the first box needs others of exactly the right weight.
fn shelf(patience: Patience) -> Configured {
    let mut source = String::from(
        "name = \"Shelf\"\nsummary = \"Boxes of exact weight.\"\ncurrency = \"EUR\"\nbase_price = 1000\nlead_time_days = 3\n\n\
         [[steps]]\ncode = \"boxes\"\nlabel = \"Boxes\"\n",
    );
    let weights = [[3, 8, 13], [5, 9, 14], [2, 7, 11], [4, 6, 15], [1, 10, 12], [3, 7, 16]];
    for (place, [one, two, three]) in weights.iter().enumerate() {
        write!(
            source,
            "\n[[attributes]]\ncode = \"p{place}\"\nstep = \"boxes\"\nlabel = \"Place {place}\"\nkind = \"choice\"\n\
             standard = \"o0\"\noptions = [\n\
             {{ code = \"o0\", label = \"Empty\" }},\n\
             {{ code = \"o1\", label = \"Box 1\", values = {{ load = {one} }} }},\n\
             {{ code = \"o2\", label = \"Box 2\", values = {{ load = {two} }} }},\n\
             {{ code = \"o3\", label = \"Box 3\", values = {{ load = {three} }} }},\n]\n"
        )
        .unwrap();
    }
    source.push_str(
        "\n[[rules]]\ncode = \"balance\"\n\
         rule = \"p0 = o1 implies p1.load + p2.load + p3.load + p4.load + p5.load = 41\"\n\
         sentence = \"The first box needs its counterweight.\"\n",
    );
    let (_, product) = File::check(&source).unwrap();
    Configured::solved(product, &Limits::default(), patience).unwrap()
}

/// Its page with these choices, and what was asked for.
fn page(product: &Configured, choices: &[(&str, &str)], want: Option<(&str, &str)>) -> String {
    let pair = |(code, value): (&str, &str)| (code.to_owned(), value.to_owned());
    let state = PageState {
        slug: slug("shelf"),
        revision: number(1),
        live_revision: number(1),
        start: Start::Standard,
        consent: false,
        agreed_use: None,
        defaults: Vec::new(),
        level: Level::Standard,
        evidence: Vec::new(),
        suggested: Vec::new(),
        first_options: Vec::new(),
        recommended: Vec::new(),
        order: Vec::new(),
        reason_first: false,
        campaign: String::new(),
        learns: false,
        choices: choices.iter().copied().map(pair).collect(),
        typed: Vec::new(),
        want: want.map(pair),
        notices: Vec::new(),
        terms: Terms {
            calendar: Calendar::new(date!(2026 - 12 - 01), 31, &[], 3),
            vat: None,
            return_days: 14,
        },
        tiers: None,
    };
    let drawings = Arc::default();
    let menu = product.menu(&state.chosen(product), product.standard()).unwrap();
    pages::product(
        &Assets::default(),
        &pages::Reader::default(),
        ProductPage {
            product: product.clone(),
            drawings,
            artifact: None,
            habits: None,
            state,
            menu,
            counts: None,
            from: None,
            pieces: 1,
            left: Vec::new(),
            moved: None,
            card: LinkCard::default(),
            kept_days: 60,
        },
    )
}

/// The choices that a query names.
fn choices(product: &Product, query: &str) -> configurator::Choices {
    product.read_choices(query.split('&').filter_map(|pair| pair.split_once('='))).unwrap()
}
