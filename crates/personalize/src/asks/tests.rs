//! Who asks beyond a stated use: where it tells something and where it tells nothing.

use configurator::{Choices, Configured};

use super::*;
use crate::gate::Promise;
use crate::individual::OwnPast;
use crate::learn::choose::candidates;
use crate::learnt::DefaultOutcome;
use crate::tests::product_serving;
use crate::{Level, PastDesign};

/// A bike of three colours, whose benefits are comfort and speed.
fn bike() -> Configured {
    Configured::new(product_serving(&[[3, 0], [0, 3], [1, 1]])).unwrap()
}

fn wanting(benefit: &str) -> Asker {
    Asker { needs: [(benefit.to_owned(), 3)].into(), segments: Vec::new() }
}

fn in_segment(name: &str) -> Asker {
    Asker { segments: vec![name.to_owned()], ..Asker::default() }
}

/// So many orders of a colour and a wheel by those of whom this is known.
fn ordered(product: &Configured, asker: &Asker, colour: &str, wheel: &str, count: u32) -> PastDesign {
    let pairs = [("colour", colour), ("wheel", wheel)];
    let design = pairs.into_iter().fold(product.standard().clone(), |design, (code, text)| {
        let (id, value) = product.read_choice(code, text).unwrap();
        design.with(id, value)
    });
    PastDesign { stated_use: None, asker: asker.clone(), design, count, synthetic: 0 }
}

fn learnt(product: &Configured, past: &[PastDesign]) -> Learnt {
    Learnt::from_orders(product, past, &candidates(), Promise::default())
}

/// Who wants comfort has large wheels, who wants speed has small ones; colours divide them alike.
fn by_need(product: &Configured) -> Vec<PastDesign> {
    let groups = [("comfort", "large"), ("speed", "small")];
    let orders = groups.iter().flat_map(|(benefit, wheel)| {
        ["c0", "c1", "c2"].map(|colour| ordered(product, &wanting(benefit), colour, wheel, 100))
    });
    orders.collect()
}

/// What is offered to somebody beside the standard, with the reason.
fn offered(product: &Configured, learnt: &Learnt, asker: &Asker) -> Vec<(String, String)> {
    let (choices, shown) = (Choices::new(), product.standard().clone());
    let beside = Beside { product, stated_use: None, choices: &choices, shown: &shown };
    let offers = learnt.known_as(product, asker).offers(beside, 1);
    let changes = offers.iter().flat_map(|offer| &offer.changes);
    let told = changes.map(|change| {
        let reason = change.reason(product, &choices).unwrap_or_default();
        (product.write_value(change.attribute, &change.value), reason)
    });
    told.filter(|(value, _)| value == "large" || value == "small").collect()
}

#[test]
fn what_matters_to_a_shopper_tells_what_they_have_and_is_told_as_the_reason() {
    let product = bike();
    let learnt = learnt(&product, &by_need(&product));
    assert!(learnt.asks());
    let large = ("large".to_owned(), "Chosen by all 300 shoppers who wanted comfort".to_owned());
    assert_eq!(offered(&product, &learnt, &wanting("comfort")), [large]);
    assert_eq!(offered(&product, &learnt, &wanting("speed")), [], "they have small ones, as the standard");
}

#[test]
fn what_tells_nothing_is_left_out_of_the_models() {
    let product = bike();
    // Whatever matters to them, all of them have the same.
    let past = ["comfort", "speed"].map(|benefit| ordered(&product, &wanting(benefit), "c0", "large", 100));
    let learnt = learnt(&product, &past);
    assert!(!learnt.asks());
    assert!(learnt.groups_of(&product, &wanting("comfort")).is_empty());
    let reason = "Chosen by all 200 shoppers".to_owned();
    assert_eq!(offered(&product, &learnt, &wanting("comfort")), [("large".to_owned(), reason)]);
}

#[test]
fn orders_of_whom_nothing_is_known_teach_as_if_nobody_was_asked() {
    let product = bike();
    let few: Vec<_> = by_need(&product)
        .into_iter()
        .map(|past| PastDesign { asker: Asker::default(), ..past })
        .chain([ordered(&product, &wanting("comfort"), "c0", "large", 12)])
        .collect();
    let nobody: Vec<_> =
        few.iter().map(|past| PastDesign { asker: Asker::default(), ..past.clone() }).collect();
    let [known, plain] = [&few, &nobody].map(|past| learnt(&product, past));
    assert!(known.past().like().is_empty(), "twelve are too few to be told of");
    assert!(!known.asks());
    let variables = product.variables().len();
    let chances = |learnt: &Learnt| learnt.chances_of(variables, &vec![None; variables + 1]);
    assert_eq!(chances(&known), chances(&plain), "to the last digit");
}

/// Regulars have large wheels, others small ones, and what was kept aside shows that the promise holds.
fn by_segment(product: &Configured) -> Vec<PastDesign> {
    let (regulars, others) = (in_segment("Regulars"), in_segment("Others"));
    let colours = ["c0", "c1", "c2"];
    let large = colours.map(|colour| ordered(product, &regulars, colour, "large", 100));
    let small = colours.map(|colour| ordered(product, &others, colour, "small", 100));
    large.into_iter().chain(small).collect()
}

#[test]
fn a_segment_speaks_before_everybody_and_the_level_says_so() {
    let product = bike();
    let wheel = product.by_code("wheel").unwrap();
    let learnt = learnt(&product, &by_segment(&product));
    assert_eq!(learnt.segments(), ["Others", "Regulars"]);
    let own = OwnPast { asker: in_segment("Regulars"), ..OwnPast::default() };
    let start = learnt.own_start(&product, None, &own).unwrap().starting_design;
    assert_eq!(product.write_value(wheel, start.design.value(wheel)), "large");
    assert_eq!((start.level.clone(), start.evidence(wheel).level), (Level::SameSegment, Level::SameSegment));
    assert_eq!(start.reason(&product, wheel), "Chosen by all 300 customers who order as you do");
    assert!(start.evidence(wheel).is_chosen_for_shoppers());
    // Whoever is of none, or of one that nobody ordered in, has nothing of their own.
    for asker in [Asker::default(), in_segment("New")] {
        assert!(learnt.own_start(&product, None, &OwnPast { asker, ..OwnPast::default() }).is_none());
    }
    // Shoppers of the segment who changed it shut its gate, and everybody's speaks for nothing.
    let outcome = DefaultOutcome {
        attribute: wheel,
        level: Level::SameSegment,
        value: product.read_value(wheel, "large").unwrap(),
        kept: 20,
        changed: 20,
    };
    let shut = learnt.with_outcomes(&product, &[outcome]);
    let start = shut.own_start(&product, None, &own).unwrap().starting_design;
    assert_eq!(start.design, *product.standard());
    let reason = "Our standard. large: Chosen by all 300 customers who order as you do";
    assert_eq!(start.reason(&product, wheel), reason);
}

#[test]
fn a_product_without_a_diagram_has_groups_that_speak_by_what_they_have_most() {
    let product = Configured::with_solver(product_serving(&[[3, 0], [0, 3], [1, 1]])).unwrap();
    let learnt = learnt(&product, &by_need(&product));
    let own = OwnPast { asker: wanting("comfort"), ..OwnPast::default() };
    let start = learnt.own_start(&product, None, &own).unwrap().starting_design;
    assert_eq!(start.level, Level::SameNeed { benefit: "comfort".to_owned() });
    let wheel = product.by_code("wheel").unwrap();
    assert_eq!(start.reason(&product, wheel), "Chosen by all 300 shoppers who wanted comfort");
}
