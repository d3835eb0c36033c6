//! The engine against brute force over small random models.

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use engine::bytes::BytesError;
    use engine::cnf::Limits as ClauseLimits;
    use engine::compile::Limits;
    use engine::compile::dnnf;
    use engine::diagram::Diagram;
    use engine::model::{Model, ValueId, Variable, VariableId};
    use engine::objective::{Ordered, Scores};
    use engine::pass::{Bounds, Pass, Semiring, Totals, Weight};
    use engine::solver::Solver;
    use engine::{Engine, UnfitDiagram};
    use proptest::prelude::*;

    use testing_models::{config, models, valid_assignments};

    /// By literal: totals over the valid assignments with that literal and these choices for the other variables.
    fn by_brute_force(model: &Model, choices: &[Option<ValueId>]) -> (Totals, Vec<Totals>) {
        let mut total = Bounds::zero();
        let first = first_literals(model);
        let mut found = vec![Bounds::zero(); model.variables.iter().map(|variable| variable.size()).sum()];
        for assignment in valid_assignments(model) {
            let own = Totals::of(model.price(&assignment));
            let broken: Vec<usize> = (0..choices.len())
                .filter(|&variable| choices[variable].is_some_and(|chosen| chosen != assignment[variable]))
                .collect();
            if broken.is_empty() {
                total = Bounds::add(&total, &own);
            }
            for (variable, value) in assignment.iter().enumerate() {
                if broken.iter().all(|&other| other == variable) {
                    let literal = first[variable] + value.index();
                    found[literal] = Bounds::add(&found[literal], &own);
                }
            }
        }
        (total, found)
    }

    /// By variable: its first literal.
    fn first_literals(model: &Model) -> Vec<usize> {
        let sizes = model.variables.iter().map(|variable| variable.size());
        sizes.scan(0, |next, size| Some(std::mem::replace(next, *next + size))).collect()
    }

    /// Every valid assignment with these choices.
    fn completions(model: &Model, choices: &[Option<ValueId>]) -> impl Iterator<Item = Vec<ValueId>> {
        let keeps = move |assignment: &[ValueId]| {
            assignment.iter().zip(choices).all(|(own, chosen)| chosen.is_none_or(|chosen| chosen == *own))
        };
        valid_assignments(model).into_iter().filter(move |found| keeps(found))
    }

    fn with_choices() -> impl Strategy<Value = (Model, Vec<Option<ValueId>>)> {
        models().prop_flat_map(|model| {
            let choices: Vec<_> = model
                .variables
                .iter()
                .map(|variable| {
                    prop_oneof![2 => Just(None), 1 => (0..variable.size()).prop_map(|value| Some(ValueId::new(value)))]
                })
                .collect();
            (Just(model), choices)
        })
    }

    proptest! {
        #![proptest_config(config(512))]

        #[test]
        fn totals_and_counts_are_those_of_brute_force((model, choices) in with_choices()) {
            for diagram in [
                model.compile_ordered(Limits::default()).unwrap(),
                model.compile_clauses(&dnnf::Limits::default()).unwrap(),
            ] {
            let mut weights = Vec::new();
            let mut prices = Vec::new();
            for (variable, chosen) in model.variables.iter().zip(&choices) {
                for (value, &price) in variable.prices.iter().enumerate() {
                    let excluded = chosen.is_some_and(|chosen| chosen.index() != value);
                    weights.push(if excluded { Bounds::zero() } else { Totals::of(price) });
                    prices.push(price);
                }
            }
            let mut pass = Pass::<Bounds>::default();
            pass.run(&diagram, &weights);
            let (total, found) = by_brute_force(&model, &choices);
            let actual = pass.total(&diagram).plus(model.base_price);
            prop_assert_eq!(actual.count(), total.count());
            if total.count() > 0 {
                prop_assert_eq!(actual, total);
            }
            let others = pass.others(&diagram);
            for (literal, expected) in found.iter().enumerate() {
                if others.is_empty() {
                    prop_assert_eq!(expected.count(), 0);
                    continue;
                }
                let actual = others[literal].plus(model.base_price + prices[literal]);
                prop_assert_eq!(actual.count(), expected.count());
                if expected.count() > 0 {
                    prop_assert_eq!(actual, *expected);
                } else {
                    prop_assert!(!actual.is_possible());
                }
            }
            }
        }

        #[test]
        fn conflicts_are_minimal_and_repairs_the_lightest(
            (model, choices) in with_choices(),
            wanted in any::<(prop::sample::Index, prop::sample::Index)>(),
            weights in prop::collection::vec(1_u32..4, 9),
        ) {
            let variable = wanted.0.index(model.variables.len());
            let value = wanted.1.index(model.variables[variable].size());
            let wanted = (VariableId::new(variable), ValueId::new(value));
            let valid = valid_assignments(&model);
            let others: Vec<(VariableId, ValueId)> = choices
                .iter()
                .enumerate()
                .filter_map(|(index, chosen)| Some((VariableId::new(index), (*chosen)?)))
                .filter(|(other, _)| *other != wanted.0)
                .collect();
            let allows = |choices: &[(VariableId, ValueId)]| {
                valid.iter().any(|assignment| {
                    assignment[variable] == wanted.1
                        && choices.iter().all(|(other, own)| assignment[other.index()] == *own)
                })
            };
            let engine = Engine::new(model.clone(), Limits::default()).unwrap();
            match engine.conflict(&others, wanted) {
                None => prop_assert!(allows(&others)),
                Some(conflict) => {
                    prop_assert!(!allows(&conflict));
                    for without in 0..conflict.len() {
                        let mut rest = conflict.clone();
                        rest.remove(without);
                        prop_assert!(allows(&rest));
                    }
                    // What matters most is in the conflict only if there is no conflict without it.
                    if let Some(first) = others.first().filter(|first| conflict.contains(first)) {
                        prop_assert!(allows(&others[1..]), "{first:?}");
                    }
                }
            }
            // The best repair for every set of changed choices, by brute force.
            let mut expected = std::collections::BTreeMap::<Vec<(VariableId, ValueId)>, (i64, i64)>::new();
            for assignment in valid.iter().filter(|assignment| assignment[variable] == wanted.1) {
                let changes: Vec<_> = others
                    .iter()
                    .filter(|(other, own)| assignment[other.index()] != *own)
                    .map(|(other, _)| (*other, assignment[other.index()]))
                    .collect();
                let weight = changes.iter().map(|(other, _)| i64::from(weights[other.index()])).sum();
                let cost = (weight, model.price(assignment));
                expected.entry(changes).and_modify(|best| *best = cost.min(*best)).or_insert(cost);
            }
            let mut costs: Vec<(i64, i64)> = expected.values().copied().collect();
            costs.sort_unstable();
            let found = engine.repairs(&choices, &weights, wanted, 3);
            prop_assert_eq!(found.len(), costs.len().min(3));
            for (change, cost) in found.iter().zip(costs) {
                prop_assert_eq!((change.weight, change.total), cost);
                prop_assert_eq!(expected.get(&change.changes), Some(&cost));
                prop_assert!(model.is_valid(&change.assignment));
                prop_assert_eq!(model.price(&change.assignment), change.total);
            }
        }

        #[test]
        fn the_best_scores_most_and_costs_least_of_these(
            (model, choices) in with_choices(),
            scores in prop::collection::vec(prop_oneof![4 => -3..4_i32, 1 => any::<i32>()], 0..24),
        ) {
            let first = first_literals(&model);
            let worth = |assignment: &[ValueId]| -> i64 {
                let literals = assignment.iter().zip(&first).map(|(value, first)| first + value.index());
                literals.map(|literal| scores.get(literal).map_or(0, |&score| i64::from(score))).sum()
            };
            let expected = completions(&model, &choices)
                .map(|assignment| (Reverse(worth(&assignment)), model.price(&assignment)))
                .min();
            let engine = Engine::new(model.clone(), Limits::default()).unwrap();
            let found = engine.best(&choices, &Scores::new(scores.clone()));
            let told = found.as_ref().map(|best| (Reverse(best.score), best.total));
            prop_assert_eq!(told, expected);
            if let Some(best) = found {
                prop_assert!(completions(&model, &choices).any(|assignment| assignment == best.assignment));
                prop_assert_eq!(worth(&best.assignment), best.score);
                prop_assert_eq!(model.price(&best.assignment), best.total);
            }
        }

        #[test]
        fn the_nearest_agrees_most(
            (model, choices) in with_choices(),
            design in prop::collection::vec(prop::option::of((0..5_usize).prop_map(ValueId::new)), 0..6),
            weights in prop::collection::vec(0..4_i32, 0..6),
        ) {
            let agreement = |assignment: &[ValueId]| -> i64 {
                let agreeing = design.iter().zip(assignment).enumerate();
                let agreeing = agreeing.filter(|(_, (wanted, value))| **wanted == Some(**value));
                agreeing.map(|(index, _)| weights.get(index).map_or(1, |&weight| i64::from(weight))).sum()
            };
            let expected = completions(&model, &choices).map(|assignment| agreement(&assignment)).max();
            let engine = Engine::new(model.clone(), Limits::default()).unwrap();
            let found = engine.best(&choices, &Scores::agreement(&model, &design, &weights));
            prop_assert_eq!(found.map(|best| agreement(&best.assignment)), expected);
        }

        #[test]
        fn of_the_best_the_nearest_comes_first_then_the_cheapest(
            (model, choices) in with_choices(),
            scores in prop::collection::vec(-3..4_i32, 0..24),
            distances in prop::collection::vec(0..6_u32, 0..24),
        ) {
            let first = first_literals(&model);
            let sum = |numbers: &[i64], assignment: &[ValueId]| -> i64 {
                let literals = assignment.iter().zip(&first).map(|(value, first)| first + value.index());
                literals.map(|literal| numbers.get(literal).copied().unwrap_or(0)).sum()
            };
            let worth: Vec<i64> = scores.iter().copied().map(i64::from).collect();
            let far: Vec<i64> = distances.iter().copied().map(i64::from).collect();
            let measure = |assignment: &[ValueId]| {
                (Reverse(sum(&worth, assignment)), sum(&far, assignment), model.price(assignment))
            };
            let expected = completions(&model, &choices).map(|assignment| measure(&assignment)).min();
            let scores = Scores::new(scores.clone()).with_distances(distances.clone()).unwrap();
            let engine = Engine::new(model.clone(), Limits::default()).unwrap();
            let found = engine.best(&choices, &scores);
            prop_assert_eq!(found.as_ref().map(|best| measure(&best.assignment)), expected);
            prop_assert_eq!(found.map(|best| Reverse(best.score)), expected.map(|best| best.0));
            let given: Vec<_> = choices.iter().enumerate().filter_map(|(index, value)| {
                value.map(|value| (VariableId::new(index), value))
            }).collect();
            let solver = Solver::new(&model, &ClauseLimits::default()).unwrap();
            let found = solver.best(&given, &scores, u64::MAX);
            prop_assert_eq!(found.as_ref().map(|best| measure(&best.assignment)), expected);
            prop_assert_eq!(found.map(|best| Reverse(best.score)), expected.map(|best| best.0));
        }

        #[test]
        fn the_most_probable_has_the_greatest_product_of_frequencies(
            (model, choices) in with_choices(),
            orders in prop::collection::vec(
                (prop::collection::vec(prop::option::of((0..5_usize).prop_map(ValueId::new)), 0..6), 0..9_u32)
                    .prop_map(|(design, count)| Ordered { design, count }),
                0..6,
            ),
        ) {
            // Products of whole numbers stay exact: all designs have the same denominator.
            let count = |variable: usize, value: ValueId| -> u64 {
                let with = orders.iter().filter(|order| order.design.get(variable) == Some(&Some(value)));
                1 + with.map(|order| u64::from(order.count)).sum::<u64>()
            };
            let product = |assignment: &[ValueId]| -> u64 {
                assignment.iter().enumerate().map(|(variable, &value)| count(variable, value)).product()
            };
            let expected = completions(&model, &choices).map(|assignment| product(&assignment)).max();
            let engine = Engine::new(model.clone(), Limits::default()).unwrap();
            let found = engine.best(&choices, &Scores::frequencies(&model, &orders));
            let found = found.map(|best| product(&best.assignment));
            // Logarithms have 20 bits behind the point.
            prop_assert!(found <= expected && found >= expected.map(|most| most - most / 65_536));
        }

        #[test]
        fn diagrams_are_read_as_they_were_written(model in models()) {
            let diagram = model.compile(Limits::default()).unwrap();
            let bytes = diagram.to_bytes();
            prop_assert_eq!(Diagram::from_bytes(&bytes), Ok(diagram));
            prop_assert!(Diagram::from_bytes(&bytes[..bytes.len() - 1]).is_err());
            let longer = [&bytes[..], &[0]].concat();
            prop_assert_eq!(Diagram::from_bytes(&longer), Err(BytesError::Damaged { at: bytes.len() }));
        }

        #[test]
        fn damaged_bytes_are_refused_or_gone_through_without_harm(
            model in models(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut bytes = model.compile(Limits::default()).unwrap().to_bytes();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(diagram) = Diagram::from_bytes(&bytes) {
                let weights = vec![Totals::of(i64::MAX); diagram.literals()];
                let mut pass = Pass::<Bounds>::default();
                pass.run(&diagram, &weights);
                let weights = vec![Weight { weight: i64::MAX / 8, price: i64::MIN }; diagram.literals()];
                let _ = diagram.lightest(&weights);
                let _ = diagram.random(&vec![true; diagram.literals()], |below| below - 1);
            }
        }
    }

    #[cfg(feature = "bignum")]
    #[test]
    fn completions_are_exact_however_many_there_are() {
        for (switches, with_totals) in [(63, true), (64, false), (127, false), (128, false), (129, false)] {
            let mut model = Model::default();
            for switch in 0..switches {
                model.add_variable(Variable::new(
                    format!("s{switch}"),
                    vec!["no".to_owned(), "yes".to_owned()],
                ));
            }
            let engine = Engine::new(model, Limits::default()).unwrap();
            assert_eq!(engine.is_counted_with_totals(), with_totals, "{switches}");
            let mut chosen = vec![None; switches];
            for open in [switches, switches - 1] {
                let completions = engine.completions(&chosen);
                let all = engine.count_wide(&chosen);
                assert_eq!(all, all.clone() >> open << open, "a power of two");
                assert_eq!(all.bits(), open as u64 + 1);
                let (of_chosen, of_open) = completions.split_at(2);
                assert!(of_open.iter().all(|count| *count == all.clone() >> 1_u32), "{switches}");
                // The other value of what was chosen has as many designs.
                let other = if open == switches { all >> 1_u32 } else { all };
                assert!(of_chosen.iter().all(|count| *count == other), "{switches}");
                chosen[0] = Some(ValueId(1));
            }
        }
    }

    /// What floating-point numbers can't tell apart is left to the solver, which computes with whole ones.
    #[test]
    fn prices_are_told_to_the_last_unit_or_not_at_all() {
        let with_prices = |prices: [i64; 2]| {
            let variables =
                prices.map(|price| Variable { prices: vec![0, price], ..Variable::boolean("yes or no") });
            Model { variables: variables.to_vec(), ..Model::default() }
        };
        let largest = i64::try_from(Totals::LARGEST).unwrap();
        let engine = Engine::new(with_prices([largest - 1, 1]), Limits::default()).unwrap();
        let (total, by_value) = engine.totals(&[None, None], &mut Pass::default(), &mut Vec::new());
        assert_eq!((total.low(), total.high(), total.count()), (0, largest, 4));
        assert_eq!((by_value[1].low(), by_value[1].high()), (largest - 1, largest));
        assert!(Engine::new(with_prices([largest, 1]), Limits::default()).is_err());
        assert!(Engine::new(with_prices([-largest, i64::MIN]), Limits::default()).is_err());
    }

    #[test]
    fn a_diagram_goes_with_its_own_model_only() {
        let model = |sizes: &[usize], price: i64| {
            let variable = |(index, &size): (usize, &usize)| {
                let values = (0..size).map(|value| value.to_string()).collect();
                let mut variable = Variable::new(format!("v{index}"), values);
                variable.prices[0] = price;
                variable
            };
            let variables = sizes.iter().enumerate().map(variable).collect();
            Model { variables, ..Model::default() }
        };
        let diagram = model(&[2, 3], 0).compile(Limits::default()).unwrap();
        assert!(Engine::with_diagram(model(&[2, 3], 7), diagram.clone()).is_ok());
        for other in [&[2, 3, 2][..], &[2], &[3, 2], &[2, 4], &[]] {
            let refused = Engine::with_diagram(model(other, 0), diagram.clone()).unwrap_err();
            assert_eq!(refused, UnfitDiagram::AnotherModel, "{other:?}");
        }
        let half = i64::try_from(Totals::LARGEST / 2).unwrap();
        assert!(Engine::with_diagram(model(&[2, 3], half), diagram.clone()).is_ok());
        for large in [half + 1, -half - 1, i64::MAX, i64::MIN] {
            let refused = Engine::with_diagram(model(&[2, 3], large), diagram.clone()).unwrap_err();
            assert_eq!(refused, UnfitDiagram::PricesTooLarge, "{large}");
        }
        let base = Model { base_price: 1, ..model(&[2, 3], half) };
        assert_eq!(Engine::with_diagram(base, diagram).unwrap_err(), UnfitDiagram::PricesTooLarge);
    }

    /// A few bytes may promise a large domain, but nothing is made of it before somebody asks.
    #[test]
    fn a_domain_that_is_only_promised_takes_no_memory() {
        // One variable of 50 000 000 values, and no node.
        let diagram = Diagram::from_bytes(b"ATD\x01\x01\x80\xe1\xeb\x17\x00").unwrap();
        assert_eq!(diagram.literals(), 50_000_000);
        assert!(format!("{diagram:?}").len() < 1_000);
    }
}
