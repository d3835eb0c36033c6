//! Rules as menus say them: what is read is what was said, over random products and rules of that shape.

#[cfg(test)]
mod tests {
    use configurator::rule::{Joined, Operand, Part, Relation, Sentence, Subject, Test, parse_condition};
    use configurator::source::Source;
    use configurator::{OptionId, Product};
    use proptest::prelude::*;

    /// An attribute of a random product: its kind, and how many options it has.
    fn product(kinds: &[(u8, usize)]) -> Product {
        let attributes = kinds.iter().enumerate().map(|(index, (kind, options))| {
            let code = format!("a{index}");
            let entry = |option| {
                serde_json::json!({ "code": format!("o{option}"), "label": format!("O{option}"),
                "weight": option, "values": { "size": option } })
            };
            let options: Vec<_> = (0..*options).map(entry).collect();
            let own = match kind {
                0 => serde_json::json!({ "kind": "choice", "standard": "o0", "options": options }),
                1 => serde_json::json!({ "kind": "multi-choice", "standard": [], "options": options }),
                2 => serde_json::json!({ "kind": "number", "standard": 0, "min": -2, "max": 3 }),
                _ => serde_json::json!({ "kind": "text", "standard": "", "max_length": 3 }),
            };
            let mut attribute = serde_json::json!({ "code": code, "label": code, "step": "all" });
            attribute.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
            attribute
        });
        let source: Source = serde_json::from_value(serde_json::json!({
            "name": "P", "summary": "P.", "currency": "EUR", "base_price": 0, "lead_time_days": 1,
            "steps": [{ "code": "all", "label": "All" }], "attributes": attributes.collect::<Vec<_>>(),
        }))
        .unwrap();
        Product::check(&source).unwrap()
    }

    /// A test that numbers pick from all that a product allows.
    fn test(product: &Product, (subject, relation, value, many): (usize, usize, i64, u8)) -> Test {
        let subjects = Subject::all(product);
        let subject = subjects[subject % subjects.len()].clone();
        let relations = subject.relations(product);
        let mut relation = relations[relation % relations.len()];
        let operand = if matches!(relation, Relation::Filled | Relation::Empty) {
            Operand::Nothing
        } else if subject.takes_options(product) {
            let ids = product.attribute(subject.attribute()).option_ids().map(|(id, _)| id);
            let all: Vec<OptionId> = ids.collect();
            let picked = all.iter().enumerate().filter(|(at, _)| many >> at & 1 == 1);
            let mut picked: Vec<OptionId> = picked.map(|(_, id)| *id).collect();
            if picked.len() < 2 || !relation.takes_several() {
                picked = vec![all[value.unsigned_abs() as usize % all.len()]];
                relation = match relation {
                    Relation::OneOf => Relation::Is,
                    Relation::NoneOf => Relation::IsNot,
                    other => other,
                };
            }
            Operand::Options(picked)
        } else {
            Operand::Number(value)
        };
        Test { subject, relation, operand }
    }

    type Picks = Vec<(usize, usize, i64, u8)>;

    fn picks() -> impl Strategy<Value = Picks> {
        prop::collection::vec((any::<usize>(), any::<usize>(), -9i64..9, any::<u8>()), 1..4)
    }

    fn part(product: &Product, picks: Picks, is_or: bool) -> Part {
        let joined = if is_or && picks.len() > 1 { Joined::Or } else { Joined::And };
        Part { joined, tests: picks.into_iter().map(|pick| test(product, pick)).collect() }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was_said(
            kinds in prop::collection::vec((0u8..4, 1usize..5), 1..5),
            (given, then) in (picks(), picks()),
            (shape, given_or, then_or) in (0u8..3, any::<bool>(), any::<bool>()),
        ) {
            let product = product(&kinds);
            let (given, then) = (part(&product, given, given_or), part(&product, then, then_or));
            let sentence = match shape {
                0 => Sentence::When(given, then),
                1 => Sentence::Never([given.tests, then.tests].concat()),
                _ => Sentence::Always(given),
            };
            let condition = sentence.condition(&product).unwrap();
            let text = condition.text(&product);
            let read = parse_condition(&text, &product.attributes);
            prop_assert_eq!(read.as_ref(), Ok(&condition), "{}", &text);
            prop_assert_eq!(Sentence::of(&condition), Some(sentence), "{}", &text);
        }

        #[test]
        fn names_lead_back(kinds in prop::collection::vec((0u8..4, 1usize..5), 1..5)) {
            let product = product(&kinds);
            for subject in Subject::all(&product) {
                prop_assert_eq!(Subject::named(&subject.code(&product), &product), Some(subject.clone()));
                for relation in subject.relations(&product) {
                    prop_assert_eq!(Relation::named(relation.code()), Some(*relation));
                }
            }
        }
    }

    #[test]
    fn what_no_menus_say_is_none() {
        let product = product(&[(0, 3), (1, 2), (2, 0), (2, 0)]);
        for (text, is_said) in [
            ("a0 = o1 implies a2 <= 3", true),
            ("not (a0 = o1 and a1 has o1)", true),
            ("not a1 has o1 or not a0 = o1", false),
            ("a0 = o1 or a2 > 1 implies count(a1) = 2 and a0.size < 2", true),
            ("a0 = o1 and (a2 > 1 and a2 < 3)", true),
            ("a0 = o1 and a2 > 1 or a2 < 0", false),
            ("a2 <= a3", false),
            ("sum(weight) <= 385", false),
            ("3 >= a2", false),
            ("a0 = o1 iff a2 = 1", false),
        ] {
            let condition = parse_condition(text, &product.attributes).unwrap();
            let said = Sentence::of(&condition);
            assert_eq!(said.is_some(), is_said, "{text}");
            let again = said.and_then(|said| said.condition(&product));
            // The same designs are valid, bracketed or not.
            if let Some(again) = again {
                assert!(again == condition || text.contains("and ("), "{text}");
            }
        }
    }
}
