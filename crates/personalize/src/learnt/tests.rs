//! What is preselected of orders, and what is not.

use super::*;
use crate::learn::choose::candidates;
use crate::tests::{past, product};

fn learnt(orders: &[(&str, [&str; 3], u32)]) -> (Configured, Learnt) {
    let product = Configured::new(product()).unwrap();
    let past = past(&product, orders);
    let learnt = Learnt::from_orders(&product, &past, &candidates(), Promise::default());
    (product, learnt)
}

/// The start as its colour, wheel and name, and each attribute's reason.
fn told(product: &Configured, learnt: &Learnt, stated_use: Option<&str>) -> (String, [String; 3]) {
    let start = learnt.default_design(product, stated_use, &[]);
    assert_eq!(product.validate(&start.design), []);
    let ids = ["colour", "wheel", "name"].map(|code| product.by_code(code).unwrap());
    let written: BTreeMap<_, _> = product.write_choices(&start.design.to_choices()).into_iter().collect();
    let values = ["colour", "wheel", "name"].map(|code| written[code].clone());
    (values.join(" "), ids.map(|id| start.reason(product, id)))
}

/// Riders who tour have large wheels and divide over colours; people in town have small ones.
const TASTES: [(&str, [&str; 3], u32); 4] = [
    ("touring", ["green", "large", ""], 200),
    ("touring", ["red", "large", "ANA"], 200),
    ("town", ["red", "small", ""], 200),
    ("town", ["blue", "small", "BEN"], 200),
];

#[test]
fn what_passes_the_gate_is_preselected_and_the_rest_stays_the_standard() {
    let (product, learnt) = learnt(&TASTES);
    let standard = || "Our standard".to_owned();
    let (touring, reasons) = told(&product, &learnt, Some("touring"));
    assert_eq!(touring, "red large ");
    assert_eq!(reasons, [standard(), "Chosen by all 400 touring riders".to_owned(), standard()]);
    let (town, reasons) = told(&product, &learnt, Some("town"));
    assert_eq!(town, "red small ");
    assert_eq!(reasons[1], "Chosen by all 400 people in town");
    assert_eq!(reasons[0], standard());
    // Half of everybody has either wheel.
    let reasons = told(&product, &learnt, None).1;
    assert_eq!(reasons[1], "Our standard. large: Chosen by 5 in 10 shoppers");
    assert_eq!([&reasons[0], &reasons[2]], [&standard(), &standard()]);
    let wheel = product.by_code("wheel").unwrap();
    let start = learnt.start(Some("touring")).unwrap();
    let decided = start.reasoned.iter().find(|one| one.attribute == wheel).unwrap();
    assert_eq!(
        (decided.decision.verdict, &decided.decision.speaker),
        (Verdict::Preselect, &Speaker::SEGMENT)
    );
    assert!(decided.decision.tried.is_some_and(|tried| tried.cases >= 59 && tried.right == tried.cases));
    let colour = start.reasoned.iter().find(|one| one.attribute != wheel).unwrap();
    assert_ne!(colour.decision.verdict, Verdict::Preselect);
}

#[test]
fn few_orders_only_suggest_and_none_leave_the_standard() {
    let (product, few) = learnt(&[("touring", ["red", "large", ""], 58)]);
    let start = few.start(Some("touring")).unwrap();
    assert_eq!(start.starting_design.design, *product.standard());
    let wheel = product.by_code("wheel").unwrap();
    let decided = start.reasoned.iter().find(|one| one.attribute == wheel).unwrap();
    assert_eq!(decided.decision.verdict, Verdict::Suggest);
    let reason = start.starting_design.reason(&product, wheel);
    assert_eq!(reason, "Our standard. large: Chosen by all 58 touring riders");
    let (product, none) = learnt(&[]);
    assert!(none.start(None).is_none());
    assert_eq!(none.default_design(&product, TOURING, &[]), StartingDesign::standard(&product));
}

const TOURING: Option<&str> = Some("touring");

#[test]
fn orders_teach_the_same_in_whatever_order_they_come() {
    let mut turned = TASTES;
    turned.reverse();
    let (one, other) = (learnt(&TASTES).1, learnt(&turned).1);
    assert_eq!(one.starts, other.starts);
    assert!(one.past().count() == 800 && other.past().of(TOURING) == (400, 0));
}

#[test]
fn nobodys_text_is_a_default() {
    let (product, learnt) = learnt(&[("touring", ["red", "large", "ANA"], 400)]);
    assert_eq!(told(&product, &learnt, TOURING).0, "red large ");
    assert_eq!(learnt.start(TOURING).unwrap().reasoned.len(), 2);
}
