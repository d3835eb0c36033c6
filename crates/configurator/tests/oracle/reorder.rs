//! Attributes, options, steps, rules, layers and the rest in another order: everything that refers to them still does, and every design
//! is what it was.

use std::collections::{BTreeMap, BTreeSet};

use configurator::source::{Source, StepSource};
use configurator::{AttributeId, Configured, Design, Layer, Product, Value};
use engine::compile::Limits;
use proptest::prelude::*;

use crate::rename::{checked, full};
use crate::world::{Engine, Tape, World, config};

/// Puts a list into another order.
fn shuffle<E>(tape: &mut Tape, list: &mut [E]) {
    for last in (1..list.len()).rev() {
        list.swap(last, tape.pick(last + 1));
    }
}

/// The same product with every list that has an order in another one.
fn reordered(source: &Source, tape: &mut Tape) -> Source {
    let mut source = source.clone();
    shuffle(tape, &mut source.steps);
    shuffle(tape, &mut source.attributes);
    source.attributes.iter_mut().for_each(|attribute| shuffle(tape, &mut attribute.options));
    shuffle(tape, &mut source.rules);
    shuffle(tape, &mut source.prices);
    shuffle(tape, &mut source.layers);
    shuffle(tape, &mut source.designs);
    shuffle(tape, &mut source.tests);
    source
}

/// A design of one product as one of another with the same codes.
fn moved(design: &Design, from: &Product, to: &Product) -> Design {
    let id_in = |code: &str| to.by_code(code).unwrap();
    from.ids().fold(to.standard().clone(), |moved, (id, attribute)| {
        let other = id_in(&attribute.code);
        let option = |code: &str| to.attribute(other).option_by_code(code).unwrap();
        let value = match design.value(id) {
            Value::Option(chosen) => Value::Option(option(&attribute.option(*chosen).code)),
            Value::Options(set) => {
                Value::Options(set.iter().map(|chosen| option(&attribute.option(chosen).code)).collect())
            }
            value => value.clone(),
        };
        moved.with(other, value)
    })
}

/// What a product says of a design, by codes: the rules it breaks, what it costs, takes, weighs and uses, and what is drawn of it.
fn told(product: &Product, design: &Design) -> (BTreeSet<String>, Vec<i64>, Vec<String>) {
    let violations = product.validate(design);
    let rules = violations.iter().map(|violation| match violation.rule {
        Some(rule) => product.rule(rule).code.clone(),
        // What is said of bounds names options in their order.
        None => sorted_words(&violation.sentence),
    });
    let quote = product.quote(design);
    let numbers =
        vec![quote.total.amount, i64::from(quote.lead_time_days), quote.weight, i64::from(quote.points)];
    (rules.collect(), numbers, drawn(product, design))
}

/// A sentence without the order of its words.
fn sorted_words(sentence: &str) -> String {
    let mut words: Vec<&str> = sentence.split(|letter: char| !letter.is_alphanumeric()).collect();
    words.sort_unstable();
    words.join(" ")
}

fn drawn(product: &Product, design: &Design) -> Vec<String> {
    let code = |id: AttributeId| product.attribute(id).code.as_str();
    let layer = |layer: &Layer| {
        let tint = layer.tint.iter().map(|(part, of)| format!("{part} {}", code(*of))).collect::<Vec<_>>();
        let drawing = match &layer.drawing {
            configurator::Drawing::Full { file } => file.clone(),
            configurator::Drawing::Boxed { file, area, .. } => {
                let area = area.each_ref().map(|number| product.evaluate(number, design));
                format!("{file} {area:?}")
            }
            configurator::Drawing::Text { attribute, at, .. } => {
                let at = at.each_ref().map(|number| product.evaluate(number, design));
                format!("{} {at:?}", code(*attribute))
            }
        };
        format!("{drawing} {tint:?}")
    };
    let is_shown = |layer: &&Layer| layer.when.as_ref().is_none_or(|when| product.holds(when, design));
    let mut drawn: Vec<String> = product.layers.iter().filter(is_shown).map(layer).collect();
    drawn.sort();
    drawn
}

/// The names of attributes and options, by code, and in which step attributes are.
fn names(product: &Product) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (_, attribute) in product.ids() {
        let step = &product.steps[attribute.step].code;
        names.insert(attribute.code.clone(), format!("{} in {step}", attribute.label));
        for (_, option) in attribute.option_ids() {
            names.insert(format!("{}.{}", attribute.code, option.code), option.label.clone());
        }
    }
    names
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_product_in_another_order_allows_the_same_designs_at_the_same_prices(
        numbers in prop::collection::vec(any::<u16>(), 60..400)
    ) {
        let mut tape = Tape::new(&numbers);
        let world = World::new(&mut tape, Engine::Diagram);
        let mut source = full(&world, &mut tape);
        source.steps.push(StepSource { code: "more".to_owned(), label: "More".to_owned() });
        let step = |tape: &mut Tape| if tape.one_in(2) { "more" } else { "all" }.to_owned();
        source.attributes.iter_mut().for_each(|attribute| attribute.step = step(&mut tape));
        let Source { steps, attributes, .. } = &mut source;
        steps.retain(|step| attributes.iter().any(|attribute| attribute.step == step.code));
        let other = reordered(&source, &mut tape);
        let (was, is) = (checked(&source), checked(&other));

        for judged in &world.designs {
            let design = world.design(&judged.values);
            let design = moved(&design, &world.product, &was);
            let same = moved(&design, &was, &is);
            prop_assert_eq!(told(&was, &design), told(&is, &same), "{:#?}", other);
            prop_assert_eq!(is.validate(&same).is_empty(), judged.valid);
        }
        let count = |product: &Product| {
            Configured::compiled(product.clone(), Limits::default()).unwrap().count_designs()
        };
        prop_assert_eq!(count(&was), count(&is));
        prop_assert_eq!(&moved(was.standard(), &was, &is), is.standard());

        // Ready-made and test designs are what they were.
        let made = |product: &Product, from: &Product| -> BTreeMap<String, Design> {
            let made = product.designs.iter();
            made.map(|one| (one.code.clone(), moved(&one.design, product, from))).collect()
        };
        prop_assert_eq!(made(&was, &is), made(&is, &is));
        let failed = |product: &Product, source: &Source| -> BTreeSet<String> {
            product.failed_tests(source).into_iter().map(|failed| source.tests[failed.index].code.clone()).collect()
        };
        prop_assert_eq!(failed(&was, &source), failed(&is, &other));
        for tag in ["en", "de"] {
            let [was, is] = [&source, &other].map(|source| names(&checked(&source.in_language(tag))));
            prop_assert_eq!(was, is);
        }
    }
}
