//! The engine against brute force over small random models.

mod models;

#[cfg(test)]
mod tests {
    use configurator::compile::Limits;
    use configurator::dnnf;
    use configurator::model::{Model, ValueId};
    use configurator::pass::{Bounds, NONE, Pass, Semiring, Totals};
    use proptest::prelude::*;

    use crate::models::{assignments, model};

    /// By literal: totals over the valid assignments with that literal and these choices for the other variables.
    fn by_brute_force(model: &Model, choices: &[Option<ValueId>]) -> (Totals, Vec<Totals>) {
        let mut total = Bounds::ZERO;
        let first: Vec<usize> = model
            .variables
            .iter()
            .scan(0, |next, variable| {
                let own = *next;
                *next += variable.size();
                Some(own)
            })
            .collect();
        let mut found = vec![Bounds::ZERO; model.variables.iter().map(|variable| variable.size()).sum()];
        for assignment in assignments(model).into_iter().filter(|assignment| model.is_valid(assignment)) {
            let own = Totals::of(model.price(&assignment));
            let broken: Vec<usize> = (0..choices.len())
                .filter(|&variable| choices[variable].is_some_and(|chosen| chosen != assignment[variable]))
                .collect();
            if broken.is_empty() {
                total = Bounds::add(total, own);
            }
            for (variable, value) in assignment.iter().enumerate() {
                if broken.iter().all(|&other| other == variable) {
                    let literal = first[variable] + value.index();
                    found[literal] = Bounds::add(found[literal], own);
                }
            }
        }
        (total, found)
    }

    fn with_choices() -> impl Strategy<Value = (Model, Vec<Option<ValueId>>)> {
        model().prop_flat_map(|model| {
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
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn totals_and_counts_are_those_of_brute_force((model, choices) in with_choices()) {
            let diagrams = [
                model.compile(Limits::default()).unwrap(),
                model.compile_clauses(&dnnf::Limits::default()).unwrap(),
            ];
            for diagram in diagrams {
                let mut weights = Vec::new();
                let mut prices = Vec::new();
                for (variable, chosen) in model.variables.iter().zip(&choices) {
                    for (value, &price) in variable.prices.iter().enumerate() {
                        let excluded = chosen.is_some_and(|chosen| chosen.index() != value);
                        weights.push(if excluded { Bounds::ZERO } else { Totals::of(price) });
                        prices.push(price);
                    }
                }
                let mut pass = Pass::<Bounds>::default();
                pass.run(&diagram, &weights);
                let (total, found) = by_brute_force(&model, &choices);
                let base = Totals::of(model.base_price);
                let actual = Bounds::multiply(base, pass.total(&diagram));
                prop_assert_eq!(actual.count, total.count);
                if total.count > 0 {
                    prop_assert_eq!(actual, total);
                }
                let others = pass.others(&diagram);
                for (literal, expected) in found.iter().enumerate() {
                    if others.is_empty() {
                        prop_assert_eq!(expected.count, 0);
                        continue;
                    }
                    let actual = Bounds::multiply(base, Bounds::multiply(others[literal], Totals::of(prices[literal])));
                    prop_assert_eq!(actual.count, expected.count);
                    if expected.count > 0 {
                        prop_assert_eq!(actual, *expected);
                    } else {
                        prop_assert!(actual.low > NONE / 2);
                    }
                }
            }
        }
    }
}
