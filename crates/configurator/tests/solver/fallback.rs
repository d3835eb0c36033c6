//! The solver's answers, judged by trying every assignment.

use configurator::cnf::Limits;
use configurator::model::{Constraint, Model, ValueId, VariableId};
use configurator::solver::{Available, Choice, Fallback, Repair};
use proptest::prelude::*;

use crate::models::{config, models, valid_assignments};

fn meets(assignment: &[ValueId], choices: &[Choice]) -> bool {
    choices.iter().all(|(variable, value)| assignment[variable.index()] == *value)
}

fn without(choices: &[Choice], variable: VariableId) -> Vec<Choice> {
    choices.iter().copied().filter(|choice| choice.0 != variable).collect()
}

fn available(model: &Model, valid: &[Vec<ValueId>], choices: &[Choice]) -> Available {
    let value = |variable, value| {
        let mut choices = without(choices, variable);
        choices.push((variable, value));
        valid.iter().any(|assignment| meets(assignment, &choices))
    };
    let values = |(index, variable): (usize, &configurator::model::Variable)| {
        (0..variable.size()).map(|number| value(VariableId::new(index), ValueId::new(number))).collect()
    };
    Available { values: model.variables.iter().enumerate().map(values).collect() }
}

/// A model, and choices of distinct variables.
fn questions() -> impl Strategy<Value = (Model, Vec<Choice>)> {
    models().prop_flat_map(|model| {
        let sizes: Vec<usize> = model.variables.iter().map(configurator::model::Variable::size).collect();
        let order =
            prop::sample::subsequence((0..sizes.len()).collect::<Vec<_>>(), 0..=sizes.len()).prop_shuffle();
        (Just(model), order, prop::collection::vec(0_usize..60, 5)).prop_map(move |(model, order, values)| {
            let choice = |(variable, value): (usize, usize)| {
                (VariableId::new(variable), ValueId::new(value % sizes[variable]))
            };
            (model, order.into_iter().zip(values).map(choice).collect())
        })
    })
}

fn fallback(model: &Model) -> Fallback {
    Fallback::new(model, &Limits::default()).unwrap()
}

/// Whether only some of the model's constraints can hold with the choices.
fn possible_with(model: &Model, constraints: &[usize], choices: &[Choice]) -> bool {
    let constraints: Vec<Constraint> =
        constraints.iter().map(|&index| model.constraints[index].clone()).collect();
    let model = Model { constraints, ..model.clone() };
    valid_assignments(&model).iter().any(|assignment| meets(assignment, choices))
}

fn leave_out<T: Clone>(all: &[T], index: usize) -> Vec<T> {
    [&all[..index], &all[index + 1..]].concat()
}

/// The repairs in order: every minimal set of choices to change, by weight, then by number.
fn repairs(valid: &[Vec<ValueId>], choices: &[(Choice, u64)], wanted: &[Choice]) -> Vec<(u64, usize)> {
    let mut sets: Vec<(u64, usize, u32)> = Vec::new();
    for set in 0_u32..1 << choices.len() {
        let changed = |index: usize| set >> index & 1 == 1;
        let kept: Vec<Choice> =
            (0..choices.len()).filter(|&index| !changed(index)).map(|index| choices[index].0).collect();
        if valid.iter().any(|assignment| meets(assignment, &kept) && meets(assignment, wanted)) {
            let weight =
                (0..choices.len()).filter(|&index| changed(index)).map(|index| choices[index].1).sum();
            sets.push((weight, set.count_ones() as usize, set));
        }
    }
    let minimal = |set: u32| !sets.iter().any(|(.., other)| *other != set && other & set == *other);
    let mut sets: Vec<(u64, usize)> =
        sets.iter().filter(|(.., set)| minimal(*set)).map(|(weight, size, _)| (*weight, *size)).collect();
    sets.sort_unstable();
    sets
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn menus_are_exact((model, choices) in questions()) {
        let valid = valid_assignments(&model);
        let mut fallback = fallback(&model);
        // One after the other, back again, and asked anew: what is remembered changes no answer.
        for count in (0..=choices.len()).chain((0..choices.len()).rev()) {
            let choices = &choices[..count];
            prop_assert_eq!(fallback.menu(choices), available(&model, &valid, choices));
            prop_assert_eq!(
                fallback.is_possible(choices),
                valid.iter().any(|assignment| meets(assignment, choices))
            );
        }
        let mut fallback = self::fallback(&model);
        prop_assert_eq!(fallback.menu(&choices), available(&model, &valid, &choices));
    }

    #[test]
    fn conflicts_are_minimal_and_spare_what_comes_first((model, mut choices) in questions()) {
        let Some(wanted) = choices.pop() else { return Ok(()) };
        let valid = valid_assignments(&model);
        let possible = |choices: &[Choice]| {
            valid.iter().any(|assignment| meets(assignment, choices) && meets(assignment, &[wanted]))
        };
        let mut fallback = fallback(&model);
        let Some(conflict) = fallback.explain(&choices, &[wanted]) else {
            prop_assert!(possible(&choices));
            return Ok(());
        };
        let chosen: Vec<Choice> = conflict.choices.iter().map(|&index| choices[index]).collect();
        prop_assert!(!possible(&chosen));
        for index in 0..chosen.len() {
            prop_assert!(possible(&leave_out(&chosen, index)));
        }
        // Giving up what matters most first, while a conflict is left, leaves the one to be told.
        let mut expected: Vec<usize> = (0..choices.len()).collect();
        for index in 0..choices.len() {
            let rest: Vec<usize> = expected.iter().copied().filter(|&other| other != index).collect();
            if !possible(&rest.iter().map(|&index| choices[index]).collect::<Vec<_>>()) {
                expected = rest;
            }
        }
        prop_assert_eq!(&conflict.choices, &expected);
        let together = [&chosen[..], &[wanted]].concat();
        prop_assert!(!possible_with(&model, &conflict.constraints, &together));
        for index in 0..conflict.constraints.len() {
            prop_assert!(possible_with(&model, &leave_out(&conflict.constraints, index), &together));
        }
        prop_assert_eq!(self::fallback(&model).explain(&choices, &[wanted]), Some(conflict));
    }

    #[test]
    fn repairs_are_the_cheapest(
        (model, mut choices) in questions(),
        weights in prop::collection::vec(0_u64..4, 5),
        count in 0_usize..5,
    ) {
        let Some(wanted) = choices.pop() else { return Ok(()) };
        let choices: Vec<(Choice, u64)> = choices.into_iter().zip(weights).collect();
        let valid = valid_assignments(&model);
        let found = fallback(&model).repair(&choices, &[wanted], count);
        let mut expected = repairs(&valid, &choices, &[wanted]);
        expected.truncate(count);
        let measures: Vec<(u64, usize)> =
            found.iter().map(|repair| (repair.weight, repair.changed.len())).collect();
        prop_assert_eq!(measures, expected);
        for Repair { changed, weight } in &found {
            prop_assert_eq!(changed.iter().map(|&index| choices[index].1).sum::<u64>(), *weight);
            let kept = (0..choices.len()).filter(|index| !changed.contains(index)).map(|index| choices[index].0);
            let kept: Vec<Choice> = kept.chain([wanted]).collect();
            prop_assert!(valid.iter().any(|assignment| meets(assignment, &kept)));
        }
    }

    #[test]
    fn completions_are_valid_and_keep_a_valid_default(
        (model, choices) in questions(),
        default in prop::collection::vec(0_usize..60, 5),
    ) {
        let default: Vec<ValueId> = model
            .variables
            .iter()
            .zip(default)
            .map(|(variable, value)| ValueId::new(value % variable.size()))
            .collect();
        let mut valid = valid_assignments(&model);
        valid.retain(|assignment| meets(assignment, &choices));
        // Earlier variables keep the default first, then values come in their order.
        valid.sort_by_key(|assignment| -> Vec<(bool, ValueId)> {
            assignment.iter().zip(&default).map(|(value, default)| (value != default, *value)).collect()
        });
        let mut fallback = fallback(&model);
        prop_assert_eq!(fallback.complete(&choices, &default), valid.first().cloned());
        fallback.menu(&choices);
        prop_assert_eq!(fallback.complete(&choices, &default), valid.first().cloned());
    }
}

#[test]
fn choices_of_other_models_are_impossible_and_nothing_else() {
    let model = Model { variables: vec![configurator::model::Variable::boolean("a")], ..Model::default() };
    let mut fallback = fallback(&model);
    for choice in [(VariableId(7), ValueId(0)), (VariableId(0), ValueId(9))] {
        assert!(!fallback.is_possible(&[choice]));
        assert!(fallback.complete(&[choice], &[]).is_none());
        assert!(fallback.explain(&[choice], &[]).is_some());
        assert_eq!(fallback.repair(&[(choice, 3)], &[], 9), [Repair { changed: vec![0], weight: 3 }]);
        fallback.menu(&[choice]);
    }
    let twice = [(VariableId(0), ValueId(0)), (VariableId(0), ValueId(1))];
    assert_eq!(fallback.menu(&twice).values, [[true, true]]);
    assert_eq!(fallback.explain(&twice, &[]).map(|conflict| conflict.choices), Some(vec![0, 1]));
    assert_eq!(fallback.complete(&[], &[ValueId(5)]), Some(vec![ValueId(0)]));
}
