//! Sentences that are made of rules: never empty, and every attribute and option that the rule names is named.

use configurator::Product;
use configurator::rule::Condition;
use proptest::prelude::*;
use words::Language;

use crate::world::{Engine, Tape, World, config};

/// What a condition names: attributes, and options of them.
fn named(condition: &Condition, product: &Product, found: &mut Vec<String>) {
    match condition {
        Condition::In(id, options) | Condition::NotIn(id, options) => {
            found.push(product.attribute(*id).label.clone());
            found.extend(options.iter().map(|option| product.attribute(*id).option(*option).label.clone()));
        }
        Condition::Has(id, option) => {
            found.push(product.attribute(*id).label.clone());
            found.push(product.attribute(*id).option(*option).label.clone());
        }
        Condition::Filled(id) => found.push(product.attribute(*id).label.clone()),
        // What numbers are about is named as far as words for it are there.
        Condition::Compare(..) => {}
        Condition::Not(inner) => named(inner, product, found),
        Condition::And(left, right)
        | Condition::Or(left, right)
        | Condition::Implies(left, right)
        | Condition::Iff(left, right) => {
            named(left, product, found);
            named(right, product, found);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_made_sentence_names_what_its_rule_names(numbers in prop::collection::vec(any::<u16>(), 60..400)) {
        let world = World::new(&mut Tape::new(&numbers), Engine::Diagram);
        let mut source = world.source.clone();
        source.rules.iter_mut().for_each(|rule| rule.sentence.clear());
        for (at, attribute) in source.attributes.iter_mut().enumerate() {
            attribute.label = format!("Attribute <{at}>");
            for (index, option) in attribute.options.iter_mut().enumerate() {
                option.label = format!("Option <{at}.{index}>");
            }
        }
        for language in Language::ALL {
            source.language = language.tag().to_owned();
            let product = Product::check(&source).unwrap();
            for rule in &product.rules {
                let (told, mut wanted) = (&rule.sentence, Vec::new());
                named(&rule.condition, &product, &mut wanted);
                prop_assert!(told.trim().chars().count() > 3 && told.ends_with('.'), "{}", told);
                for name in wanted {
                    prop_assert!(told.contains(&name), "{} lacks {} of {}", told, name, rule.condition.text(&product));
                }
            }
        }
    }
}
