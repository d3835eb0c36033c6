//! What is offered beside choices, and why.

use super::*;
use crate::gate::Promise;
use crate::learn::choose::candidates;
use crate::tests::{past, product, product_for_its_colour};

fn learnt(orders: &[(&str, [&str; 3], u32)]) -> (Configured, Learnt) {
    let product = Configured::new(product()).unwrap();
    let past = past(&product, orders);
    let learnt = Learnt::from_orders(&product, &past, &candidates(), Promise::default());
    (product, learnt)
}

/// What is offered for choices over the standard, as attribute and value.
fn offered(
    (product, learnt): &(Configured, Learnt),
    stated_use: Option<&str>,
    chosen: &[(&str, &str)],
    most: usize,
) -> Vec<Vec<String>> {
    let choices = product.read_choices(chosen.iter().copied()).unwrap();
    let shown = product.complete(&choices, product.standard()).unwrap();
    let offers = learnt.offers(Beside { product, stated_use, choices: &choices, shown: &shown }, most);
    let told = |offer: &Offer| {
        assert_eq!(product.validate(&offer.design), []);
        assert!(choices.iter().all(|(id, value)| offer.design.value(id) == value), "choices stay");
        let change = |change: &Change| {
            let code = &product.attribute(change.attribute).code;
            format!("{code} {}", product.write_value(change.attribute, &change.value))
        };
        offer.changes.iter().map(change).collect()
    };
    offers.iter().map(told).collect()
}

/// Who has a green bike has large wheels; the others have small ones.
const TASTES: [(&str, [&str; 3], u32); 3] = [
    ("touring", ["green", "large", ""], 120),
    ("touring", ["red", "small", "ANA"], 150),
    ("town", ["blue", "small", ""], 130),
];

#[test]
fn the_most_probable_completion_of_what_is_open_follows_the_choices() {
    let known = learnt(&TASTES);
    let touring = Some("touring");
    assert_eq!(offered(&known, touring, &[("wheel", "large")], 1), [["colour green"]]);
    assert_eq!(offered(&known, touring, &[("wheel", "small")], 1), Vec::<Vec<String>>::new());
    assert_eq!(offered(&known, Some("town"), &[("wheel", "small")], 1), [["colour blue"]]);
    // What is chosen stays, whatever others have.
    assert_eq!(
        offered(&known, touring, &[("colour", "red"), ("wheel", "large")], 1),
        Vec::<Vec<String>>::new()
    );
    assert_eq!(offered(&learnt(&[]), touring, &[("wheel", "large")], 3), Vec::<Vec<String>>::new());
}

#[test]
fn a_reason_names_the_choice_that_makes_the_difference_and_no_small_group() {
    let (product, learnt) = learnt(&TASTES);
    let choices = product.read_choices([("wheel", "large")]).unwrap();
    let shown = product.complete(&choices, product.standard()).unwrap();
    let beside = Beside { product: &product, stated_use: Some("touring"), choices: &choices, shown: &shown };
    let offers = learnt.offers(beside, 1);
    let change = offers[0].changes.first().unwrap();
    assert_eq!(change.with, product.by_code("wheel"));
    let evidence = change.evidence.clone().unwrap();
    assert_eq!((evidence.agreeing, evidence.orders), (120, 120));
    assert!(evidence.sure >= 50);
    let few = learnt_of_few();
    assert_eq!(offered(&few, Some("touring"), &[("wheel", "large")], 3), Vec::<Vec<String>>::new());
}

#[test]
fn a_count_is_told_only_where_it_speaks_for_what_is_offered() {
    // Of all orders more are red than green; of those with large wheels more are green.
    let (product, learnt) = learnt(&[
        ("touring", ["green", "large", ""], 70),
        ("touring", ["red", "large", ""], 50),
        ("touring", ["red", "small", ""], 150),
    ]);
    let colour = product.by_code("colour").unwrap();
    let green = product.read_choice("colour", "green").unwrap().1;
    let reason = |chosen: &[(&str, &str)], is_first| {
        let choices = product.read_choices(chosen.iter().copied()).unwrap();
        let shown = product.complete(&choices, product.standard()).unwrap();
        assert_eq!(product.write_value(colour, shown.value(colour)), "red");
        let stated_use = Some("touring");
        let beside = Beside { product: &product, stated_use, choices: &choices, shown: &shown };
        let reason = beside.ask(&learnt, |asked| asked.reason(colour, &green, is_first)).unwrap();
        reason.map(|(evidence, with)| (evidence.agreeing, evidence.orders, with))
    };
    assert_eq!(reason(&[("wheel", "large")], true), Some((70, 120, product.by_code("wheel"))));
    assert_eq!(reason(&[], true), None, "70 of 270 are fewer than have what is shown");
    assert_eq!(reason(&[], false), Some((70, 270, None)));
}

#[test]
fn a_choice_speaks_only_for_what_most_of_those_with_it_have() {
    let (product, learnt) = learnt(&[
        ("touring", ["blue", "large", ""], 90),
        ("touring", ["green", "large", ""], 70),
        ("touring", ["red", "large", ""], 20),
        ("touring", ["red", "small", ""], 150),
    ]);
    let colour = product.by_code("colour").unwrap();
    let choices = product.read_choices([("wheel", "large")]).unwrap();
    let shown = product.complete(&choices, product.standard()).unwrap();
    let reason = |code: &str| {
        let value = product.read_choice("colour", code).unwrap().1;
        let beside =
            Beside { product: &product, stated_use: Some("touring"), choices: &choices, shown: &shown };
        let reason = beside.ask(&learnt, |asked| asked.reason(colour, &value, true)).unwrap();
        reason.map(|(evidence, with)| (evidence.agreeing, evidence.orders, with))
    };
    assert_eq!(reason("blue"), Some((90, 180, product.by_code("wheel"))));
    assert_eq!(reason("green"), None, "more than red's 20, and fewer than blue's 90");
}

#[test]
fn what_a_piece_is_for_is_never_offered() {
    for (product, is_offered) in [(product(), true), (product_for_its_colour(), false)] {
        let product = Configured::new(product).unwrap();
        let past = past(&product, &TASTES);
        let learnt = Learnt::from_orders(&product, &past, &candidates(), Promise::default());
        let known = (product, learnt);
        for most in [1, 3] {
            let offers = offered(&known, Some("touring"), &[("wheel", "large")], most);
            let has_colour = offers.iter().flatten().any(|change| change.starts_with("colour"));
            assert_eq!(has_colour, is_offered, "{offers:?}");
        }
    }
}

fn learnt_of_few() -> (Configured, Learnt) {
    learnt(&[("touring", ["green", "large", ""], 12), ("town", ["red", "small", ""], 60)])
}

#[test]
fn every_kind_of_model_follows_the_choices() {
    let product = Configured::new(product()).unwrap();
    let past = past(&product, &TASTES);
    for family in ["naive Bayes", "tree", "neighbours", "classes"] {
        let own: Vec<_> = candidates().into_iter().filter(|own| own.family == family).collect();
        let learnt = Learnt::from_orders(&product, &past, &own, Promise::default());
        let choices = product.read_choices([("wheel", "large")]).unwrap();
        let mut known = Spans::of(&product).cells(&product, &choices);
        known.push(None);
        let colours = &learnt.chances(&known)[0];
        assert!(colours[2] > 0.8, "{family}: green goes with large wheels, {colours:?}");
    }
}

#[test]
fn several_offers_are_really_others() {
    let known = learnt(&[
        ("touring", ["green", "large", ""], 100),
        ("touring", ["blue", "small", ""], 100),
        ("touring", ["red", "large", ""], 80),
    ]);
    let offers = offered(&known, Some("touring"), &[], 3);
    assert!(offers.len() >= 2, "{offers:?}");
    assert!(offers.iter().all(|offer| !offer.is_empty()));
}

#[test]
fn a_carried_design_opens_as_it_was_whatever_is_learnt_since() {
    let (product, learnt) = learnt(&TASTES);
    let base = product.read_choices([("colour", "blue")]).unwrap();
    let start = learnt.carried(&product, Some("touring"), &base);
    let colour = product.by_code("colour").unwrap();
    assert_eq!(start.design, product.complete(&base, product.standard()).unwrap());
    // Of touring riders nobody had it; of everybody 130 had.
    assert_eq!(start.evidence(colour).agreeing, 130);
    assert_eq!((start.evidence(colour).level, start.level), (Level::Everybody, Level::Proposal));
    let few = learnt_of_few();
    let base = few.0.read_choices([("colour", "blue")]).unwrap();
    let start = few.1.carried(&few.0, None, &base);
    assert_eq!(start.reason(&few.0, colour), "Part of the proposal");
}
