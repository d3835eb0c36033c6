//! A product without options that are sold out, against the oracle: the designs that are left are those without them.

use configurator::rule::{Left, Retired};
use configurator::{
    AttributeId, Choices, Configured, Design, NoCompletion, OptionId, Product, SoldOutOption, State, Value,
};
use engine::cnf;
use engine::compile::Limits;
use engine::effort::Patience;
use proptest::prelude::*;

use crate::world::{Engine, Judged, Tape, World, config};

const SENTENCE: &str = "It is sold out.";

fn engines() -> impl Strategy<Value = Engine> {
    prop::sample::select(vec![Engine::Diagram, Engine::Solver(Patience::default())])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_left_are_the_designs_without_what_is_sold_out(
        numbers in prop::collection::vec(any::<u16>(), 60..400),
        engine in engines(),
    ) {
        let mut tape = Tape::new(&numbers);
        let world = World::new(&mut tape, engine);
        let gone = gone(&world, &mut tape);
        left(&world, &gone);
    }
}

/// One to three options of a world.
fn gone(world: &World, tape: &mut Tape) -> Vec<SoldOutOption> {
    let all: Vec<(AttributeId, OptionId)> = world
        .product
        .ids()
        .flat_map(|(id, attribute)| attribute.option_ids().map(move |(option, _)| (id, option)))
        .collect();
    let mut picked: Vec<(AttributeId, OptionId)> =
        (0..=tape.pick(3)).filter_map(|_| tape.of(&all).copied()).collect();
    picked.sort_unstable();
    picked.dedup();
    let sold_out = |(attribute, option)| SoldOutOption { attribute, option, sentence: SENTENCE.to_owned() };
    picked.into_iter().map(sold_out).collect()
}

fn without(world: &World, gone: &[SoldOutOption], standard: &Design) -> Configured {
    let published: Product = world.product.product().as_ref().clone();
    let product = published.without_options(gone, standard);
    match world.engine {
        Engine::Diagram => Configured::compiled(product, Limits::default()).unwrap(),
        Engine::Solver(patience) => Configured::solved(product, &cnf::Limits::default(), patience).unwrap(),
    }
}

fn left(world: &World, gone: &[SoldOutOption]) {
    let has_none = |judged: &Judged| {
        gone.iter().all(|gone| !judged.values[gone.attribute.index()].includes(gone.option))
    };
    let published = world.product.standard();
    let (reference, nothing) = (world.values(published), Choices::new());
    let distance = |values: &[Value]| -> u64 {
        let of = |index| world.moved(&values[index], index, &reference, &reference);
        (0..values.len()).map(of).sum()
    };
    let ways = world.valid(&nothing, &reference).filter(|judged| has_none(judged));
    let least = ways.map(|judged| distance(&judged.values)).min();
    let standard = match (without(world, gone, published).complete(&nothing, published), least) {
        (Ok(standard), Some(least)) => {
            assert_eq!(distance(&world.values(&standard)), least, "{gone:?}\n{:#?}", world.source);
            standard
        }
        (Err(NoCompletion::Conflict(_)), None) => return,
        (outcome, least) => panic!("{outcome:?}, but {least:?} {gone:?}\n{:#?}", world.source),
    };
    let product = without(world, gone, &standard);
    assert!(product.validate(&standard).is_empty());
    for judged in world.designs.iter().step_by(world.designs.len() / 60 + 1).filter(|judged| judged.formed) {
        let design = world.design(&judged.values);
        let is_valid = product.validate(&design).is_empty();
        if judged.valid && has_none(judged) {
            assert!(is_valid, "{:?} {gone:?}\n{:#?}", judged.values, world.source);
        } else if is_valid {
            // The budget grew, and nothing else.
            assert!(has_none(judged) && judged.broken.is_empty() && world.source.budget.is_some());
        }
        let chosen = world.ids.iter().zip(&judged.values).filter(|(_, value)| **value != Value::Absent);
        let choices = chosen.fold(Choices::new(), |choices, (&id, value)| choices.with(id, value.clone()));
        match product.complete(&choices, &standard) {
            Ok(found) => assert!(is_valid && found == design, "{found:?} {design:?}\n{:#?}", world.source),
            Err(_) => assert!(!is_valid, "{design:?} {gone:?}\n{:#?}", world.source),
        }
    }
    told(world, gone, &product);
}

/// An option that could be chosen and is sold out says so on the menu.
fn told(world: &World, gone: &[SoldOutOption], product: &Configured) {
    let menu = product.menu(&Choices::new(), product.standard()).unwrap();
    let before = world.product.menu(&Choices::new(), world.product.standard()).unwrap();
    for SoldOutOption { attribute, option, .. } in gone {
        let entry = |menu: &configurator::Menu| {
            menu.attributes[attribute.index()].options.get(option.index()).cloned()
        };
        let Some(entry_now) = entry(&menu) else { continue };
        let State::Blocked(reason) = entry_now.state else { panic!("{entry_now:?}\n{:#?}", world.source) };
        let was_possible = entry(&before).is_some_and(|entry| !matches!(entry.state, State::Blocked(_)));
        if was_possible && product.attribute(*attribute).kind.is_choice() {
            assert!(reason.sentence.contains(SENTENCE), "{reason:?}\n{:#?}", world.source);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_condition_without_an_option_means_the_same_where_nothing_has_it(
        numbers in prop::collection::vec(any::<u16>(), 60..400),
    ) {
        let mut tape = Tape::new(&numbers);
        let world = World::new(&mut tape, Engine::Diagram);
        let Some(SoldOutOption { attribute, option, .. }) = gone(&world, &mut tape).pop() else { return Ok(()) };
        let others: Vec<OptionId> = world.product.attribute(attribute).option_ids().map(|(id, _)| id).collect();
        let successor = tape.of(&others).copied().filter(|other| *other != option);
        let designs: Vec<Design> = world
            .designs
            .iter()
            .step_by(world.designs.len() / 100 + 1)
            .filter(|judged| judged.formed && !judged.values[attribute.index()].includes(option))
            .map(|judged| world.design(&judged.values))
            .collect();
        for rule in &world.product.rules {
            let left = |successor| {
                let left = rule.condition.without_option(&world.product, Retired { attribute, option, successor });
                if let Left::When(left) = &left {
                    prop_assert!(!left.names(attribute, option), "{}", left.text(&world.product));
                }
                Ok(left)
            };
            let (alone, succeeded) = (left(None)?, left(successor)?);
            for design in &designs {
                let holds = |left: &Left| match left {
                    Left::Always => true,
                    Left::Never => false,
                    Left::When(condition) => world.product.holds(condition, design),
                };
                let before = world.product.holds(&rule.condition, design);
                prop_assert_eq!(holds(&alone), before, "{}", rule.condition.text(&world.product));
                prop_assert!(holds(&succeeded) || !before, "{}", rule.condition.text(&world.product));
            }
        }
    }
}
