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

/// What most have is held to the same promise, and what a rule takes along with it has to be nobody's surprise.
#[test]
fn a_product_without_a_diagram_learns_attribute_by_attribute() {
    let product = Configured::with_solver(product()).unwrap();
    assert!(product.diagram().is_none());
    let from = |orders: &[(&str, [&str; 3], u32)]| {
        Learnt::from_orders(&product, &past(&product, orders), &candidates(), Promise::default())
    };
    let learnt = from(&TASTES);
    let (touring, reasons) = told(&product, &learnt, TOURING);
    assert_eq!(touring, "red large ");
    assert_eq!(reasons[1], "Chosen by all 400 touring riders");
    assert_eq!([&reasons[0], &reasons[2]], ["Our standard"; 2]);
    assert_eq!(told(&product, &learnt, Some("town")).0, "red small ");
    assert_eq!(told(&product, &learnt, None).1[1], "Our standard. large: Chosen by 5 in 10 shoppers");
    // Green needs large wheels: both are sure, and go together.
    assert_eq!(
        told(&product, &from(&[("town", ["green", "large", ""], 400)]), Some("town")).0,
        "green large "
    );
    let few = from(&[("touring", ["red", "large", ""], 58)]);
    assert_eq!(few.start(TOURING).unwrap().starting_design.design, *product.standard());
    assert!(from(&[]).start(None).is_none());
    // Own orders speak, too, once others repeat theirs.
    let repeating: Vec<_> = (0..120).map(|_| own(&product, &[("red", "large"), ("red", "large")])).collect();
    let learnt = learnt.with_buyers(&product, &repeating, Promise::default());
    let start = learnt.own_start(&product, TOURING, &ordered(&own(&product, &[("blue", "small")]))).unwrap();
    assert_eq!(start.starting_design.level, Level::Individual);
}

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

/// A shopper's own orders by colour and wheel, the oldest first.
fn own(product: &Configured, orders: &[(&str, &str)]) -> Vec<Choices> {
    let order = |(colour, wheel): &(&str, &str)| {
        product.read_choices([("colour", *colour), ("wheel", *wheel), ("name", "ANA")]).unwrap()
    };
    orders.iter().map(order).collect()
}

/// Somebody of whom nothing else is known.
fn ordered(orders: &[Choices]) -> OwnPast {
    OwnPast { orders: orders.to_vec(), ..OwnPast::default() }
}

#[test]
fn ones_own_orders_speak_first_and_are_preselected_only_where_others_repeat_theirs() {
    let (product, learnt) = learnt(&TASTES);
    let [colour, wheel] = ["colour", "wheel"].map(|code| product.by_code(code).unwrap());
    let before = own(&product, &[("blue", "small")]);
    let start = learnt.own_start(&product, TOURING, &ordered(&before)).unwrap().starting_design;
    // Nobody is known to have come back: the own value is told, and holds up what others of the use have.
    assert_eq!(start.design, *product.standard());
    assert_eq!(start.reason(&product, colour), "Our standard. blue: As you ordered it before");
    assert_eq!(start.reason(&product, wheel), "Our standard");
    let repeating: Vec<_> = (0..120).map(|_| own(&product, &[("red", "large"), ("red", "large")])).collect();
    let learnt = learnt.with_buyers(&product, &repeating, Promise::default());
    let found = learnt.own_start(&product, TOURING, &ordered(&before)).unwrap();
    let start = &found.starting_design;
    assert_eq!(product.write_value(colour, start.design.value(colour)), "blue");
    assert_eq!(product.write_value(wheel, start.design.value(wheel)), "small");
    assert_eq!((start.level.clone(), start.rests_on().orders), (Level::Individual, 1));
    assert_eq!(start.reason(&product, colour), "As you ordered it before");
    let decided = found.reasoned.iter().find(|one| one.attribute == colour).unwrap();
    assert_eq!(
        (decided.decision.verdict, &decided.decision.speaker),
        (Verdict::Preselect, &Speaker::INDIVIDUAL)
    );
    // What others are begun with stays as it was.
    assert_eq!(told(&product, &learnt, TOURING).0, "red large ");
    assert!(learnt.own_start(&product, TOURING, &ordered(&[])).is_none());
}

#[test]
fn ones_own_orders_say_how_many_agree_and_nothing_that_cannot_be_had() {
    let (product, learnt) = learnt(&TASTES);
    let colour = product.by_code("colour").unwrap();
    let divided = own(&product, &[("blue", "small"), ("red", "small"), ("blue", "small")]);
    let start = learnt.own_start(&product, None, &ordered(&divided)).unwrap().starting_design;
    assert_eq!(start.reason(&product, colour), "Our standard. blue: As in 2 of your 3 orders");
    let gone = Choices::new().with(colour, product.read_value(colour, "gone").unwrap());
    assert!(learnt.own_start(&product, None, &ordered(&[gone])).is_none());
}

/// What is kept was decided against as likely as for.
#[test]
fn designs_that_are_kept_are_named_and_never_chosen() {
    let (product, learnt) = learnt(&TASTES);
    let [colour, wheel] = ["colour", "wheel"].map(|code| product.by_code(code).unwrap());
    let repeating: Vec<_> = (0..120).map(|_| own(&product, &[("red", "large"), ("red", "large")])).collect();
    let learnt = learnt.with_buyers(&product, &repeating, Promise::default());
    let kept = OwnPast { kept: own(&product, &[("blue", "small")]), ..OwnPast::default() };
    let start = learnt.own_start(&product, TOURING, &kept).unwrap().starting_design;
    assert_eq!(start.design, *product.standard(), "the wheel that riders of the use have waits, too");
    assert_eq!(start.reason(&product, colour), "Our standard. blue: As in a design that you keep");
    let both = OwnPast { orders: own(&product, &[("red", "large")]), ..kept };
    let start = learnt.own_start(&product, TOURING, &both).unwrap().starting_design;
    assert_eq!(product.write_value(wheel, start.design.value(wheel)), "large");
    assert_eq!(start.reason(&product, wheel), "As you ordered it before");
}

#[test]
fn shoppers_who_change_what_was_chosen_for_them_shut_its_gate() {
    let (product, learnt) = learnt(&TASTES);
    let wheel = product.by_code("wheel").unwrap();
    let outcome = |stated: &str, value: &str, kept, changed| DefaultOutcome {
        attribute: wheel,
        level: Level::SameUse { stated_use: stated.to_owned() },
        value: product.read_value(wheel, value).unwrap(),
        kept,
        changed,
    };
    let as_before = learnt.with_outcomes(&product, &[outcome("touring", "large", 95, 5)]);
    assert_eq!(told(&product, &as_before, TOURING).0, "red large ");
    // Another value and another use are other gates.
    let others = [outcome("touring", "small", 0, 90), outcome("town", "small", 0, 90)];
    let as_before = as_before.with_outcomes(&product, &others);
    assert_eq!(told(&product, &as_before, TOURING).0, "red large ");
    let shut = as_before.with_outcomes(&product, &[outcome("touring", "large", 20, 20)]);
    let (design, reasons) = told(&product, &shut, TOURING);
    assert_eq!(design, "red small ");
    assert_eq!(reasons[1], "Our standard. large: Chosen by all 400 touring riders");
    let repeats: Vec<_> = (0..120).map(|_| own(&product, &[("red", "large"), ("red", "large")])).collect();
    let own_shut = DefaultOutcome { level: Level::Individual, ..outcome("", "large", 20, 20) };
    let shut = shut.with_buyers(&product, &repeats, Promise::default()).with_outcomes(&product, &[own_shut]);
    let start = shut.own_start(&product, TOURING, &ordered(&own(&product, &[("red", "large")]))).unwrap();
    assert_eq!(product.write_value(wheel, start.starting_design.design.value(wheel)), "small");
}
