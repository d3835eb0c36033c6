//! Behaviour of the policies.

use configurator::source::{
    AttributeSource, BenefitSource, BudgetSource, KindSource, OptionSource, RuleSource, Source, StartPolicy,
    StepSource, UseSource, UsesSource, ValueSource,
};

use super::*;

/// A bike: colour (red, blue, green, or gone, which is not available), wheel (small, large), name. Green needs large
/// wheels, and a design may have 3 points: wheels and name cost 1, blue 1, green 2.
pub(crate) fn product() -> Product {
    let options = [("red", 0), ("blue", 1), ("green", 2), ("gone", 1)];
    let options: Vec<(String, u32)> = options.map(|(code, points)| (code.to_owned(), points)).into();
    product_with(("red", &options), true)
}

/// The same with so many colours, c0 and on, of which c0 is the standard, and without the rule about green.
pub(crate) fn product_of_colours(count: usize) -> Product {
    let options: Vec<(String, u32)> = (0..count).map(|index| (format!("c{index}"), 0)).collect();
    product_with(("c0", &options), false)
}

/// The same with colours that serve comfort and speed so well, each by its place.
pub(crate) fn product_serving(colours: &[[i64; 2]]) -> Product {
    let options: Vec<(String, u32)> = (0..colours.len()).map(|index| (format!("c{index}"), 0)).collect();
    let mut source = source_with(("c0", &options), false);
    let benefit = |code: &str| BenefitSource { code: code.to_owned(), label: code.to_owned() };
    source.benefits = ["comfort", "speed"].map(benefit).into();
    for (option, [comfort, speed]) in source.attributes[0].options.iter_mut().zip(colours) {
        option.benefits = [("comfort".to_owned(), *comfort), ("speed".to_owned(), *speed)].into();
    }
    Product::check(&source).unwrap()
}

/// The same bike where what is first told of it is what it is for, so that it is moved last.
pub(crate) fn product_for_its_colour() -> Product {
    let options = [("red", 0), ("blue", 1), ("green", 2)];
    let options: Vec<(String, u32)> = options.map(|(code, points)| (code.to_owned(), points)).into();
    let mut source = source_with(("red", &options), false);
    source.attributes[0].moved_last = true;
    Product::check(&source).unwrap()
}

fn product_with(colours: (&str, &[(String, u32)]), has_rule: bool) -> Product {
    Product::check(&source_with(colours, has_rule)).unwrap()
}

fn source_with((standard_colour, colours): (&str, &[(String, u32)]), has_rule: bool) -> Source {
    let attribute = |code: &str, kind, standard: &str, options: &[(String, u32)]| AttributeSource {
        code: code.to_owned(),
        step: "all".to_owned(),
        label: code.to_owned(),
        help: String::new(),
        kind,
        standard: ValueSource::Text(standard.to_owned()),
        locked: false,
        moved_last: false,
        successors: std::collections::BTreeMap::new(),
        applies: None,
        options: options
            .iter()
            .map(|(code, points)| OptionSource {
                code: code.clone(),
                label: code.clone(),
                points: Some(*points),
                available: code != "gone",
                ..OptionSource::default()
            })
            .collect(),
        min: None,
        max: None,
        step_size: None,
        unit: None,
        price: None,
        points: None,
        max_length: (kind == KindSource::Text).then_some(20),
        allowed: None,
    };
    let answer = |code: &str, people: &str| UseSource {
        code: code.to_owned(),
        label: code.to_owned(),
        people: people.to_owned(),
        matters: std::collections::BTreeMap::new(),
        enough: None,
    };
    let rule = RuleSource {
        code: "green".to_owned(),
        rule: "colour = green implies wheel = large".to_owned(),
        sentence: "Green bikes have large wheels.".to_owned(),
    };
    Source {
        name: "Bike".to_owned(),
        summary: "A bike.".to_owned(),
        description: String::new(),
        search_words: String::new(),
        language: "en".to_owned(),
        currency: "EUR".to_owned(),
        base_price: 0,
        lead_time_days: 0,
        uses: Some(UsesSource {
            question: "What for?".to_owned(),
            answers: vec![answer("touring", "touring riders"), answer("town", "people in town")],
            start: StartPolicy::Learnt,
        }),
        budget: Some(BudgetSource { ceiling: 3, per_deviation: 1 }),
        picture: [10, 10],
        steps: vec![StepSource { code: "all".to_owned(), label: "All".to_owned() }],
        attributes: vec![
            attribute("colour", KindSource::Choice, standard_colour, colours),
            attribute(
                "wheel",
                KindSource::Choice,
                "small",
                &[("small".to_owned(), 0), ("large".to_owned(), 1)],
            ),
            attribute("name", KindSource::Text, "", &[]),
        ],
        rules: has_rule.then_some(rule).into_iter().collect(),
        prices: Vec::new(),
        tiers: Vec::new(),
        no_returns: Vec::new(),
        layers: Vec::new(),
        benefits: Vec::new(),
        designs: Vec::new(),
        tests: Vec::new(),
        meant: Vec::new(),
        translations: std::collections::BTreeMap::new(),
    }
}

fn design(product: &Product, [colour, wheel, name]: [&str; 3]) -> Design {
    let pairs = [("colour", colour), ("wheel", wheel), ("name", name)];
    pairs.into_iter().fold(product.standard().clone(), |design, (code, text)| {
        let (id, value) = product.read_choice(code, text).unwrap();
        design.with(id, value)
    })
}

/// Orders as use ("" for none), values of colour, wheel and name, and how many.
pub(crate) fn past(product: &Product, orders: &[(&str, [&str; 3], u32)]) -> Vec<PastDesign> {
    let order = |(stated_use, values, count): &(&str, [&str; 3], u32)| PastDesign {
        synthetic: 0,
        asker: Asker::default(),
        stated_use: (!stated_use.is_empty()).then(|| (*stated_use).to_owned()),
        design: design(product, *values),
        count: *count,
    };
    orders.iter().map(order).collect()
}

/// How many orders it rests on, and how many of them agree, by attribute.
fn figures(learnt: &StartingDesign) -> (u32, Vec<u32>) {
    (learnt.rests_on().orders, learnt.evidence.iter().map(|evidence| evidence.agreeing).collect())
}

fn learn(product: &Product, stated_use: Option<&str>, orders: &[(&str, [&str; 3], u32)]) -> StartingDesign {
    MostFrequent { least: 5 }.default_design(product, stated_use, &past(product, orders))
}

const TOURING: Option<&str> = Some("touring");

#[test]
fn the_most_frequent_design_of_the_same_use_is_the_default() {
    let product = product();
    let learnt = learn(
        &product,
        TOURING,
        &[
            ("town", ["red", "large", ""], 50),
            ("touring", ["blue", "large", ""], 3),
            ("touring", ["blue", "small", ""], 4),
            ("touring", ["green", "large", ""], 2),
            ("touring", ["blue", "large", ""], 2),
        ],
    );
    assert_eq!(learnt.design, design(&product, ["blue", "large", ""]));
    assert_eq!(learnt.level, Level::SameUse { stated_use: "touring".to_owned() });
    assert_eq!(figures(&learnt), (11, vec![9, 7, 11]));
    assert_eq!(learnt.people(&product), "touring riders");
}

#[test]
fn too_few_orders_of_a_use_leave_it_to_everybody_and_then_to_the_standard() {
    let product = product();
    let blue = ["blue", "small", ""];
    let level = |stated_use, orders: &[(&str, [&str; 3], u32)]| {
        let learnt = learn(&product, stated_use, orders);
        assert!(product.validate(&learnt.design).is_empty());
        learnt.level
    };
    let same_use = Level::SameUse { stated_use: "touring".to_owned() };
    assert_eq!(level(TOURING, &[("touring", blue, 5)]), same_use);
    assert_eq!(level(TOURING, &[("touring", blue, 2), ("touring", blue, 3)]), same_use);
    assert_eq!(level(TOURING, &[("touring", blue, 4), ("", blue, 1)]), Level::Everybody);
    assert_eq!(level(TOURING, &[("touring", blue, 4)]), Level::Standard);
    assert_eq!(level(TOURING, &[("town", blue, 5)]), Level::Everybody);
    assert_eq!(level(Some("unheard of"), &[("town", blue, 5)]), Level::Everybody);
    assert_eq!(level(None, &[("touring", blue, 5)]), Level::Everybody);
    assert_eq!(level(None, &[("touring", blue, 0)]), Level::Standard);
    assert_eq!(level(TOURING, &[]), Level::Standard);
    let nothing =
        MostFrequent { least: 0 }.default_design(&product, TOURING, &past(&product, &[("touring", blue, 0)]));
    assert_eq!(nothing, StartingDesign::standard(&product), "no order says nothing");
    assert_eq!(figures(&nothing), (0, vec![0, 0, 0]));
}

#[test]
fn designs_that_are_not_valid_any_more_do_not_count() {
    let product = product();
    let learnt = learn(
        &product,
        TOURING,
        &[
            ("touring", ["green", "small", ""], 90),
            ("touring", ["gone", "large", ""], 90),
            ("touring", ["green", "large", "Ada"], 90),
            ("touring", ["blue", "small", ""], 5),
        ],
    );
    assert_eq!(learnt.design, design(&product, ["blue", "small", ""]));
    assert_eq!(figures(&learnt), (5, vec![5, 5, 5]));
    let few = learn(
        &product,
        TOURING,
        &[("touring", ["gone", "large", ""], 90), ("touring", ["blue", "small", ""], 4)],
    );
    assert_eq!(few.level, Level::Standard);
}

#[test]
fn texts_are_nobody_else_s_default() {
    let product = product();
    let learnt = learn(
        &product,
        TOURING,
        &[
            ("touring", ["red", "small", ""], 4),
            ("touring", ["blue", "large", "Ada"], 3),
            ("touring", ["blue", "large", "Bea"], 2),
        ],
    );
    assert_eq!(learnt.design, design(&product, ["blue", "large", ""]));
    assert_eq!(figures(&learnt).1, [5, 5, 4]);
}

#[test]
fn ties_go_to_what_is_nearest_to_the_standard_in_whatever_order_the_orders_come() {
    let product = product();
    let mut orders = [
        ("touring", ["green", "large", ""], 4),
        ("touring", ["blue", "large", ""], 4),
        ("touring", ["blue", "small", ""], 4),
        ("touring", ["red", "large", ""], 4),
    ];
    for _ in 0..orders.len() {
        orders.rotate_left(1);
        assert_eq!(learn(&product, TOURING, &orders).design, design(&product, ["blue", "small", ""]));
        orders.reverse();
        assert_eq!(learn(&product, TOURING, &orders).design, design(&product, ["blue", "small", ""]));
    }
}

#[test]
fn reasons_are_rounded_to_tenths() {
    let product = product();
    let colour = product.by_code("colour").unwrap();
    let reason = |level, orders, agreeing| {
        let evidence = Evidence { level, orders, agreeing, ..Evidence::STANDARD };
        StartingDesign { evidence: vec![evidence; 3], ..StartingDesign::standard(&product) }
            .reason(&product, colour)
    };
    let touring = || Level::SameUse { stated_use: "touring".to_owned() };
    for (orders, agreeing, said) in [
        (10, 8, "Chosen by 8 in 10 touring riders"),
        (20, 15, "Chosen by 8 in 10 touring riders"),
        (100, 74, "Chosen by 7 in 10 touring riders"),
        (100, 75, "Chosen by 8 in 10 touring riders"),
        (100, 5, "Chosen by 1 in 10 touring riders"),
        (100, 4, "Chosen by 4 of 100 touring riders"),
        (100, 94, "Chosen by 9 in 10 touring riders"),
        (100, 95, "Chosen by 95 in 100 touring riders"),
        (1_000, 999, "Chosen by 99 in 100 touring riders"),
        (100, 100, "Chosen by all 100 touring riders"),
        (100, 0, "Our standard"),
        (u32::MAX, u32::MAX - 1, "Chosen by 99 in 100 touring riders"),
    ] {
        assert_eq!(reason(touring(), orders, agreeing), said);
    }
    assert_eq!(reason(Level::Everybody, 10, 3), "Chosen by 3 in 10 shoppers");
    assert_eq!(
        reason(Level::SameUse { stated_use: "sailing".to_owned() }, 10, 3),
        "Chosen by 3 in 10 shoppers"
    );
    assert_eq!(reason(Level::SameSegment, 10, 7), "Chosen by 7 in 10 customers who order as you do");
    let wanted = Level::SameNeed { benefit: "gone".to_owned() };
    assert_eq!(reason(wanted, 10, 7), "Chosen by 7 in 10 shoppers", "the product names it no more");
    assert_eq!(reason(Level::Individual, 2, 2), "As you ordered it before");
    assert_eq!(reason(Level::Individual, 0, 1), "As in a design that you keep");
    assert_eq!(reason(Level::Standard, 0, 0), "Our standard");
    assert_eq!(StartingDesign::standard(&product).reason(&product, colour), "Our standard");
}

#[test]
fn counts_do_not_overflow() {
    let product = product();
    let orders = [("touring", ["blue", "small", ""], u32::MAX), ("touring", ["blue", "large", ""], u32::MAX)];
    let learnt = learn(&product, TOURING, &orders);
    assert_eq!((figures(&learnt).0, figures(&learnt).1[0]), (u32::MAX, u32::MAX));
}

#[test]
fn fewer_real_orders_than_speak_of_five_buyers_are_not_told_of_beside_examples() {
    let product = product();
    let examples =
        past(&product, &[("touring", ["blue", "small", ""], 20), ("touring", ["red", "large", ""], 10)]);
    let examples: Vec<_> =
        examples.into_iter().map(|past| PastDesign { synthetic: past.count, ..past }).collect();
    let with = |real: u32| {
        let real =
            past(&product, &[("touring", ["blue", "small", ""], real), ("touring", ["red", "small", ""], 1)]);
        [examples.clone(), real].concat()
    };
    let (colour, blue) = product.read_choice("colour", "blue").unwrap();
    for (real, told) in [(0, (30, 20)), (1, (30, 20)), (11, (30, 20)), (12, (43, 32))] {
        let orders = orders::PastOrders::new(&product, &with(real));
        assert_eq!(orders.of(TOURING), (told.0, 30), "{real}");
        let evidence = orders.told(&product, TOURING, (colour, &blue), None).unwrap();
        assert_eq!((evidence.orders, evidence.agreeing, evidence.synthetic), (told.0, told.1, 30), "{real}");
        let frequent = MostFrequent { least: 20 }.default_design(&product, TOURING, &with(real));
        let rests = frequent.evidence(colour);
        assert_eq!((rests.orders, rests.agreeing, rests.synthetic), (told.0, told.1, 30), "{real}");
    }
}
