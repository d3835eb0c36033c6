//! Every model beside a plain computation, and what all of them promise.

use proptest::collection::vec;
use proptest::prelude::*;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::bayes::NaiveBayes;
use super::blend::{Blend, Said, fitted, likelihood, logarithms};
use super::choose::{Trials, candidates, choose};
use super::classes::Classes;
use super::neighbours::Neighbours;
use super::popularity::Popularity;
use super::tree::Tree;
use super::{Cell, Columns, Model, most_probable, restrict};

type Orders = Vec<(Vec<Cell>, u32)>;

/// Makes a model.
type Make = fn(&Columns, &Orders) -> Box<dyn Model>;

/// Few questions, for tests.
fn trials(orders: usize) -> Trials {
    Trials { questions: 300, ..Trials::of(orders, 5) }
}

/// Columns of 2, 3, 2 and 4 values.
fn columns() -> Columns {
    Columns::new(&[2, 3, 2, 4])
}

/// Orders of two kinds of shoppers, some of them with a value that isn't known.
fn orders(count: usize, seed: u64) -> Orders {
    let mut random = SplitMix64::seed_from_u64(seed);
    let mut below = |bound: u64| random.next_u64() % bound;
    let mut one = || {
        let kind = below(2);
        let usually = |below: &mut dyn FnMut(u64) -> u64, value: u64, size: u64| {
            if below(5) > 0 { value } else { below(size) }
        };
        let row = [
            usually(&mut below, kind, 2),
            usually(&mut below, 2 * kind, 3),
            usually(&mut below, 1 - kind, 2),
            usually(&mut below, 3 * kind, 4),
        ];
        let mut row: Vec<Cell> = row.iter().map(|&value| u16::try_from(value).ok()).collect();
        if below(10) == 0 {
            row[1] = None;
        }
        (row, 1 + u32::try_from(below(3)).expect("a small number"))
    };
    (0..count).map(|_| one()).collect()
}

fn learnt<M: Model>(mut model: M, orders: &Orders) -> M {
    orders.iter().for_each(|(row, times)| model.learn(row, *times));
    model
}

/// One of each model, of these orders.
fn models(orders: &Orders) -> Vec<Box<dyn Model>> {
    let columns = columns();
    let classes = || Box::new(Classes::fit(&columns, orders, 3, 1));
    vec![
        Box::new(learnt(Popularity::new(&columns), orders)),
        Box::new(learnt(NaiveBayes::new(&columns), orders)),
        Box::new(Tree::fit(&columns, orders)),
        Box::new(learnt(Neighbours::new(&columns, 0.2), orders)),
        classes(),
        Box::new(Blend::new(vec![
            (classes() as Box<dyn Model>, 0.7),
            (Box::new(learnt(Popularity::new(&columns), orders)), 0.4),
        ])),
    ]
}

/// All rows in which each column is known or not, with the columns that aren't.
fn questions() -> Vec<(Vec<Cell>, Vec<usize>)> {
    let sizes = [2, 3, 2, 4];
    let mut found: Vec<Vec<Cell>> = vec![Vec::new()];
    for size in sizes {
        found = found
            .into_iter()
            .flat_map(|row| {
                (0..=size).map(move |value| {
                    let mut row = row.clone();
                    row.push((value < size).then_some(value));
                    row
                })
            })
            .collect();
    }
    found
        .into_iter()
        .map(|row| {
            let open = (0..row.len()).filter(|&column| row[column].is_none()).collect();
            (row, open)
        })
        .collect()
}

fn assert_near(one: &[f64], other: &[f64], what: &str) {
    assert_eq!(one.len(), other.len(), "{what}");
    for (one_value, other_value) in one.iter().zip(other) {
        assert!((one_value - other_value).abs() < 1e-9, "{what}: {one:?} is not {other:?}");
    }
}

#[test]
fn probabilities_add_up_to_one_and_none_is_zero() {
    for model in models(&orders(60, 3)).iter().chain(&models(&Vec::new())) {
        for (known, open) in questions() {
            let answers = model.predict(&known, &open);
            assert_eq!(answers.len(), open.len());
            for (&column, answer) in open.iter().zip(&answers) {
                assert_eq!(answer.len(), columns().size(column), "{}", model.name());
                assert!(answer.iter().all(|&probability| probability > 0.0), "{}: {answer:?}", model.name());
                assert!((answer.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{}: {answer:?}", model.name());
            }
        }
    }
}

#[test]
fn values_that_a_column_has_not_are_as_if_unknown() {
    for model in models(&orders(60, 3)) {
        let open = [0, 2];
        let without = model.predict(&[None, None, None, Some(1)], &open);
        assert_eq!(model.predict(&[None, Some(17), None, Some(1)], &open), without, "{}", model.name());
    }
}

#[test]
fn an_order_taken_away_is_as_if_it_had_never_been() {
    let (kept, more) = (orders(40, 3), orders(30, 4));
    for (mut model, same) in models(&kept).into_iter().zip(models(&kept)) {
        more.iter().for_each(|(row, times)| model.learn(row, *times));
        let (known, open) = (vec![Some(1), None, None, None], [1, 2, 3]);
        assert_ne!(model.predict(&known, &open), same.predict(&known, &open), "{} learns", model.name());
        more.iter().for_each(|(row, times)| model.forget(row, *times));
        for (known, open) in questions() {
            assert_eq!(model.predict(&known, &open), same.predict(&known, &open), "{}", model.name());
        }
    }
}

proptest! {
    /// What is counts alone can take orders as they come and go. A tree's shape, what orders are divided among classes by, and which models
    /// are blended are of all orders at once, and have to be found anew.
    #[test]
    fn orders_that_came_and_went_leave_what_learning_anew_gives(
        before in vec(0_usize..60, 0..40),
        after in vec(0_usize..60, 0..40),
    ) {
        let all = orders(60, 11);
        let of = |places: &[usize]| -> Orders { places.iter().map(|place| all[*place].clone()).collect() };
        let (before, after, columns) = (of(&before), of(&after), columns());
        let made: [Make; 3] = [
            |columns, orders| Box::new(learnt(Popularity::new(columns), orders)),
            |columns, orders| Box::new(learnt(NaiveBayes::new(columns), orders)),
            |columns, orders| Box::new(learnt(Neighbours::new(columns, 0.3), orders)),
        ];
        for make in made {
            let (mut model, anew) = (make(&columns, &before), make(&columns, &after));
            after.iter().for_each(|(row, times)| model.learn(row, *times));
            before.iter().for_each(|(row, times)| model.forget(row, *times));
            for (known, open) in questions() {
                prop_assert_eq!(model.predict(&known, &open), anew.predict(&known, &open));
            }
        }
    }
}

#[test]
fn the_order_in_which_orders_come_makes_no_difference() {
    let forwards = orders(50, 5);
    let backwards: Orders = forwards.iter().rev().cloned().collect();
    let columns = columns();
    let made: [Make; 4] = [
        |columns, orders| Box::new(learnt(Popularity::new(columns), orders)),
        |columns, orders| Box::new(learnt(NaiveBayes::new(columns), orders)),
        |columns, orders| Box::new(Tree::fit(columns, orders)),
        |columns, orders| Box::new(learnt(Neighbours::new(columns, 0.3), orders)),
    ];
    for make in made {
        let (one, other) = (make(&columns, &forwards), make(&columns, &backwards));
        for (known, open) in questions() {
            assert_eq!(one.predict(&known, &open), other.predict(&known, &open), "{}", one.name());
        }
    }
}

#[test]
fn popularity_is_the_share_of_orders() {
    let orders =
        vec![(vec![Some(0), Some(2), None, Some(3)], 3), (vec![Some(1), Some(2), Some(0), Some(0)], 1)];
    let model = learnt(Popularity::new(&columns()), &orders);
    let found = model.predict(&[None; 4], &[0, 1, 2]);
    assert_near(&found[0], &[3.5 / 5.0, 1.5 / 5.0], "the first column");
    assert_near(&found[1], &[0.5 / 5.5, 0.5 / 5.5, 4.5 / 5.5], "the second column");
    assert_near(&found[2], &[1.5 / 2.0, 0.5 / 2.0], "where it is known");
}

/// How often a row's known values were ordered.
fn count(orders: &Orders, wanted: &[(usize, u16)]) -> f64 {
    let agrees = |row: &[Cell]| wanted.iter().all(|&(column, value)| row[column] == Some(value));
    orders.iter().filter(|(row, _)| agrees(row)).map(|(_, times)| f64::from(*times)).sum()
}

/// A value's share, as if each value of its column had been ordered half a time more.
fn share(orders: &Orders, column: usize, value: u16) -> f64 {
    let all: f64 =
        (0..columns().size(column) as u16).map(|value| count(orders, &[(column, value)]) + 0.5).sum();
    (count(orders, &[(column, value)]) + 0.5) / all
}

/// The probability of a value among the orders with another.
fn given(orders: &Orders, value: (usize, u16), other: (usize, u16)) -> f64 {
    (count(orders, &[value, other]) + share(orders, value.0, value.1)) / (count(orders, &[other]) + 1.0)
}

#[test]
fn naive_bayes_is_its_formula() {
    let orders = orders(40, 6);
    let model = learnt(NaiveBayes::new(&columns()), &orders);
    for (known, open) in questions() {
        for (&column, answer) in open.iter().zip(model.predict(&known, &open)) {
            let mut expected: Vec<f64> = (0..columns().size(column) as u16)
                .map(|value| {
                    let others = known.iter().enumerate().filter_map(|(other, cell)| Some((other, (*cell)?)));
                    let product: f64 = others.map(|other| given(&orders, other, (column, value))).product();
                    share(&orders, column, value) * product
                })
                .collect();
            super::normalise(&mut expected);
            assert_near(&answer, &expected, "naive Bayes");
        }
    }
}

#[test]
fn a_tree_conditions_exactly() {
    // Two columns that follow the first, so that the tree is known; the last is by itself.
    let mut random = SplitMix64::seed_from_u64(8);
    let mut below = |bound: u64| (random.next_u64() % bound) as u16;
    let orders: Orders = (0..200)
        .map(|_| {
            let first = below(2);
            let second = if below(8) > 0 { 2 * first } else { below(3) };
            let third = if below(8) > 0 { 1 - first } else { below(2) };
            (vec![Some(first), Some(second), Some(third), Some(below(4))], 1)
        })
        .collect();
    let model = Tree::fit(&columns(), &orders);
    let last = (0..4_u16).flat_map(|last| (0..12_u16).map(move |rest| (rest, last)));
    let rows: Vec<[u16; 4]> = last.map(|(rest, last)| [rest % 2, rest / 2 % 3, rest / 6, last]).collect();
    // Which column the last one hangs on makes little difference; it is left out of what is compared.
    let joint = |row: &[u16; 4]| {
        share(&orders, 0, row[0])
            * given(&orders, (1, row[1]), (0, row[0]))
            * given(&orders, (2, row[2]), (0, row[0]))
            * 0.25
    };
    for (known, open) in questions().into_iter().filter(|(known, _)| known[3].is_none()) {
        let open: Vec<usize> = open.into_iter().filter(|&column| column != 3).collect();
        for (&column, answer) in open.iter().zip(model.predict(&known, &open)) {
            let mut expected = vec![0.0; columns().size(column)];
            let agrees = |row: &[u16; 4]| {
                known.iter().zip(row).all(|(cell, value)| cell.is_none_or(|cell| cell == *value))
            };
            for row in rows.iter().filter(|row| agrees(row)) {
                expected[usize::from(row[column])] += joint(row);
            }
            super::normalise(&mut expected);
            assert_near(&answer, &expected, "the tree");
        }
    }
}

#[test]
fn neighbours_vote_by_their_differences() {
    let orders: Orders = orders(40, 9);
    let factor: f64 = 0.3;
    let model = learnt(Neighbours::new(&columns(), factor), &orders);
    for (known, open) in questions() {
        let differences = |row: &[Cell]| {
            known.iter().zip(row).filter(|(known, own)| known.is_some() && known != own).count() as i32
        };
        let least = orders.iter().map(|(row, _)| differences(row)).min().unwrap_or(0);
        for (&column, answer) in open.iter().zip(model.predict(&known, &open)) {
            let mut expected: Vec<f64> = (0..columns().size(column) as u16)
                .map(|value| {
                    let votes = orders.iter().filter(|(row, _)| row[column] == Some(value));
                    let sum: f64 = votes
                        .map(|(row, times)| f64::from(*times) * factor.powi(differences(row) - least))
                        .sum();
                    sum + share(&orders, column, value)
                })
                .collect();
            super::normalise(&mut expected);
            assert_near(&answer, &expected, "neighbours");
        }
    }
}

#[test]
fn classes_tell_two_kinds_of_shoppers_apart() {
    let model = Classes::fit(&columns(), &orders(400, 10), 2, 1);
    assert_eq!(model.count(), 2);
    for kind in 0..2_u16 {
        let answers = model.predict(&[Some(kind), None, Some(1 - kind), None], &[1, 3]);
        assert_eq!(most_probable(&answers[0]), Some(usize::from(2 * kind)));
        assert_eq!(most_probable(&answers[1]), Some(usize::from(3 * kind)));
        assert!(answers[0][usize::from(2 * kind)] > 0.75, "{answers:?}");
    }
}

#[test]
fn equal_input_gives_equal_output() {
    let orders = orders(150, 11);
    let run = || choose(&columns(), &orders, &candidates(), &trials(300));
    let (one, other) = (run(), run());
    assert_eq!(one.trials, other.trials);
    assert!(one.trials.iter().any(|trial| trial.weight > 0.0));
    for (known, open) in questions() {
        assert_eq!(one.model.predict(&known, &open), other.model.predict(&known, &open));
    }
}

#[test]
fn what_a_products_orders_speak_for_is_chosen() {
    // What follows from what is known is told by all models but popularity; the blend is no worse than the best.
    let orders = orders(400, 12);
    let choice = choose(&columns(), &orders, &candidates(), &trials(800));
    let by = |name: &str| choice.trials.iter().find(|trial| trial.name == name).expect("a candidate");
    assert!(by("naive Bayes").likelihood > by("popularity").likelihood);
    assert!(by("naive Bayes").accuracy > by("popularity").accuracy);
    let best = choice.trials.iter().map(|trial| trial.likelihood).fold(f64::NEG_INFINITY, f64::max);
    assert!(choice.likelihood >= best, "{} and {best}", choice.likelihood);
    let weights: Vec<f64> = choice.model.parts().map(|(_, weight)| weight).collect();
    let chosen: Vec<f64> =
        choice.trials.iter().map(|trial| trial.weight).filter(|weight| *weight > 0.0).collect();
    assert_eq!(weights, chosen);
}

#[test]
fn what_is_given_is_never_asked_about() {
    // The first column tells all, and is the only one that would be told wrong.
    let orders: Orders = (0..40_u16).map(|at| (vec![Some(at % 2), Some(0), Some(0), Some(0)], 1)).collect();
    let asked_of = Trials { given: vec![0], ..trials(40) };
    let choice = choose(&columns(), &orders, &candidates(), &asked_of);
    assert!(choice.trials.iter().all(|trial| trial.accuracy > 0.999), "{:?}", choice.trials);
    let asked = choose(&columns(), &orders, &candidates(), &trials(40));
    assert!(asked.trials.iter().any(|trial| trial.accuracy < 0.999));
}

#[test]
fn no_order_at_all_says_nothing_of_any_value() {
    let choice = choose(&columns(), &[], &candidates(), &trials(0));
    for (column, answer) in choice.model.predict(&[None; 4], &[0, 1, 2, 3]).iter().enumerate() {
        assert_near(
            answer,
            &vec![1.0 / columns().size(column) as f64; columns().size(column)],
            "nothing is known",
        );
    }
}

#[test]
fn a_model_that_is_too_sure_is_calibrated() {
    // It says 0.99 of the first of two values, which is right in 7 of 10.
    let said: Vec<Said> = (0..1_000)
        .map(|at| Said { logarithms: vec![logarithms(&[0.99, 0.01])], truth: usize::from(at % 10 >= 7) })
        .collect();
    let weights = fitted(&said, 1);
    let calibrated = super::blend::blended(&said[0].logarithms, &weights);
    assert!((calibrated[0] - 0.7).abs() < 0.005, "{calibrated:?}");
    assert!(likelihood(&said, &weights) > likelihood(&said, &[1.0]));
}

#[test]
fn what_is_impossible_has_no_probability() {
    let mut some = [0.5, 0.3, 0.2];
    restrict(&mut some, &[false, true, true]);
    assert_near(&some, &[0.0, 0.6, 0.4], "two are left");
    let mut none = [1.0, 0.0, 0.0];
    restrict(&mut none, &[false, true, true]);
    assert_near(&none, &[0.0, 0.5, 0.5], "two that had none");
    let mut short = [0.5, 0.3, 0.2];
    restrict(&mut short, &[true]);
    assert_near(&short, &[1.0, 0.0, 0.0], "a mask that ends early");
    let mut all = [0.5, 0.5];
    restrict(&mut all, &[false, false]);
    assert_near(&all, &[0.5, 0.5], "nothing is possible");
}

#[test]
fn among_equals_the_first_is_the_most_probable() {
    assert_eq!(most_probable(&[0.2, 0.4, 0.4]), Some(1));
    assert_eq!(most_probable(&[]), None);
}
