//! The solver's answers, judged by trying every assignment.

use engine::cnf::Limits;
use engine::model::{
    Constraint, ConstraintKind, Expression, Formula, Model, Price, PriceKind, ValueId, Variable, VariableId,
};
use engine::objective::Scores;
use engine::solver::{Available, Choice, Repair, Solver, Within};
use proptest::prelude::*;

use testing_models::{config, models, valid_assignments};

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
    let values = |(index, variable): (usize, &Variable)| {
        (0..variable.size()).map(|number| value(VariableId::new(index), ValueId::new(number))).collect()
    };
    Available { values: model.variables.iter().enumerate().map(values).collect() }
}

/// A model, and choices of distinct variables.
fn questions() -> impl Strategy<Value = (Model, Vec<Choice>)> {
    models().prop_flat_map(|model| {
        let sizes: Vec<usize> = model.variables.iter().map(Variable::size).collect();
        let order =
            prop::sample::subsequence((0..sizes.len()).collect::<Vec<_>>(), 0..=sizes.len()).prop_shuffle();
        (Just(model), order, prop::collection::vec(0_usize..60, 9)).prop_map(move |(model, order, values)| {
            let choice = |(variable, value): (usize, usize)| {
                (VariableId::new(variable), ValueId::new(value % sizes[variable]))
            };
            (model, order.into_iter().zip(values).map(choice).collect())
        })
    })
}

fn scores() -> impl Strategy<Value = Vec<i32>> {
    prop::collection::vec(prop_oneof![4 => -3..4_i32, 1 => any::<i32>()], 0..24)
}

fn solver(model: &Model) -> Solver {
    Solver::new(model, &Limits::default()).unwrap()
}

/// One that has hardly any room to write prices out as rows. What it then can't say in clauses is left out of the model.
fn cramped(model: &mut Model) -> Solver {
    let limits = Limits { states: 4, ..Limits::default() };
    Solver::new(model, &limits).unwrap_or_else(|_| {
        model.constraints.clear();
        Solver::new(model, &limits).unwrap()
    })
}

/// Bounds hold some totals, and are met when they say so.
fn holds(within: Option<Within>, totals: &[i64]) -> Result<(), TestCaseError> {
    prop_assert_eq!(within.is_some(), !totals.is_empty());
    if let (Some(within), Some(low), Some(high)) = (within, totals.iter().min(), totals.iter().max()) {
        prop_assert!(within.low <= *low && *high <= within.high, "{:?} not within {:?}", totals, within);
        prop_assert!(!within.low_is_met || within.low == *low, "{:?} does not meet {:?}", totals, within);
        prop_assert!(!within.high_is_met || within.high == *high, "{:?} does not meet {:?}", totals, within);
    }
    Ok(())
}

/// What is told of totals and completions holds those of all valid assignments.
fn figures_hold(model: &Model, solver: &mut Solver, choices: &[Choice]) -> Result<(), TestCaseError> {
    let valid = valid_assignments(model);
    let totals = |choices: &[Choice]| -> Vec<i64> {
        let own = valid.iter().filter(|assignment| meets(assignment, choices));
        own.map(|assignment| model.price(assignment)).collect()
    };
    let (menu, figures) = solver.figures(choices);
    prop_assert_eq!(menu, available(model, &valid, choices));
    let all = totals(choices);
    holds(figures.totals, &all)?;
    #[cfg(feature = "bignum")]
    prop_assert!(figures.most_designs() >= all.len().into());
    for (variable, options) in figures.options.iter().enumerate() {
        for (value, within) in options.iter().enumerate() {
            let (variable, value) = (VariableId::new(variable), ValueId::new(value));
            let own = totals(&[&without(choices, variable)[..], &[(variable, value)]].concat());
            holds(*within, &own)?;
            #[cfg(feature = "bignum")]
            prop_assert!(figures.most_completions()[variable.index()][value.index()] >= own.len().into());
        }
    }
    Ok(())
}

/// The best is the best where that is said, and else no better than the bounds.
fn best_holds(
    model: &Model,
    solver: &Solver,
    choices: &[Choice],
    scores: &[i32],
    conflicts: u64,
) -> Result<bool, TestCaseError> {
    let mut first = 0;
    let mut firsts = Vec::new();
    for variable in &model.variables {
        firsts.push(first);
        first += variable.size();
    }
    let worth = |assignment: &[ValueId]| -> i64 {
        let literals = assignment.iter().zip(&firsts).map(|(value, first)| first + value.index());
        literals.map(|literal| scores.get(literal).map_or(0, |&score| i64::from(score))).sum()
    };
    let mut valid = valid_assignments(model);
    valid.retain(|assignment| meets(assignment, choices));
    let best = valid.iter().map(|assignment| (-worth(assignment), model.price(assignment))).min();
    let found = solver.best(choices, &Scores::new(scores.to_vec()), conflicts);
    prop_assert_eq!(found.is_some(), best.is_some());
    let (Some(found), Some(best)) = (found, best) else { return Ok(true) };
    prop_assert!(valid.contains(&found.assignment));
    let own = (-worth(&found.assignment), model.price(&found.assignment));
    prop_assert_eq!(own, (-found.score, found.total));
    prop_assert!((-found.most_score, found.least_total) <= best);
    prop_assert!(!found.exact || own == best, "{:?} is not the best, {:?}", found, best);
    prop_assert_eq!(found.exact, own == (-found.most_score, found.least_total));
    Ok(found.exact)
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
        let mut solver = solver(&model);
        // One after the other, back again, and asked anew: what is remembered changes no answer.
        for count in (0..=choices.len()).chain((0..choices.len()).rev()) {
            let choices = &choices[..count];
            prop_assert_eq!(solver.menu(choices), available(&model, &valid, choices));
            prop_assert_eq!(
                solver.is_possible(choices),
                valid.iter().any(|assignment| meets(assignment, choices))
            );
        }
        let mut solver = self::solver(&model);
        prop_assert_eq!(solver.menu(&choices), available(&model, &valid, &choices));
    }

    #[test]
    fn conflicts_are_minimal_and_spare_what_comes_first((model, mut choices) in questions()) {
        let Some(wanted) = choices.pop() else { return Ok(()) };
        let valid = valid_assignments(&model);
        let possible = |choices: &[Choice]| {
            valid.iter().any(|assignment| meets(assignment, choices) && meets(assignment, &[wanted]))
        };
        let mut solver = solver(&model);
        let Some(conflict) = solver.explain(&choices, &[wanted]) else {
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
        prop_assert_eq!(self::solver(&model).explain(&choices, &[wanted]), Some(conflict));
    }

    #[test]
    fn repairs_are_the_cheapest(
        (model, mut choices) in questions(),
        weights in prop::collection::vec(0_u64..4, 9),
        count in 0_usize..5,
    ) {
        let Some(wanted) = choices.pop() else { return Ok(()) };
        let choices: Vec<(Choice, u64)> = choices.into_iter().zip(weights).collect();
        let valid = valid_assignments(&model);
        let found = solver(&model).repair(&choices, &[wanted], count);
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
    fn figures_hold_all_totals_and_completions((model, choices) in questions()) {
        let mut solver = solver(&model);
        for count in (0..=choices.len()).chain((0..choices.len()).rev()) {
            figures_hold(&model, &mut solver, &choices[..count])?;
        }
        figures_hold(&model, &mut self::solver(&model), &choices)?;
    }

    #[test]
    fn figures_hold_also_where_prices_are_not_written_out((mut model, choices) in questions()) {
        let mut solver = cramped(&mut model);
        figures_hold(&model, &mut solver, &choices)?;
        figures_hold(&model, &mut solver, &[])?;
    }

    #[test]
    fn figures_are_exact_where_nothing_constrains((mut model, choices) in questions()) {
        model.constraints.clear();
        model.prices.clear();
        let (_, figures) = solver(&model).figures(&choices);
        let valid = valid_assignments(&model);
        for (variable, options) in figures.options.iter().enumerate() {
            for (value, within) in options.iter().enumerate() {
                let (variable, value) = (VariableId::new(variable), ValueId::new(value));
                let own = [&without(&choices, variable)[..], &[(variable, value)]].concat();
                let own = valid.iter().filter(|assignment| meets(assignment, &own));
                let totals: Vec<i64> = own.map(|assignment| model.price(assignment)).collect();
                prop_assert_eq!(within.map(|within| within.low), totals.iter().min().copied());
                prop_assert_eq!(within.map(|within| within.high), totals.iter().max().copied());
                #[cfg(feature = "bignum")]
                prop_assert_eq!(
                    &figures.most_completions()[variable.index()][value.index()],
                    &totals.len().into()
                );
            }
        }
    }

    #[test]
    fn the_best_is_proven((model, choices) in questions(), scores in scores()) {
        prop_assert!(best_holds(&model, &solver(&model), &choices, &scores, u64::MAX)?);
    }

    #[test]
    fn the_best_is_proven_also_where_prices_are_not_written_out(
        (mut model, choices) in questions(),
        scores in scores(),
    ) {
        let solver = cramped(&mut model);
        prop_assert!(best_holds(&model, &solver, &choices, &scores, u64::MAX)?);
    }

    #[test]
    fn a_best_without_proof_is_valid_and_bounded(
        (model, choices) in questions(),
        scores in scores(),
        conflicts in 0_u64..4,
    ) {
        best_holds(&model, &solver(&model), &choices, &scores, conflicts)?;
    }

    #[test]
    fn completions_are_valid_and_keep_a_valid_default(
        (model, choices) in questions(),
        default in prop::collection::vec(0_usize..60, 9),
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
        let mut solver = solver(&model);
        prop_assert_eq!(solver.complete(&choices, &default), valid.first().cloned());
        solver.menu(&choices);
        prop_assert_eq!(solver.complete(&choices, &default), valid.first().cloned());
    }
}

/// Seven parts and a base price: no two parts both have this value, so six don't.
fn parts(barred: ValueId) -> Model {
    let mut model = Model { base_price: 500, ..Model::default() };
    for part in 0..7 {
        let prices = vec![0, 10 + part];
        model.variables.push(Variable { prices, ..Variable::boolean(format!("part {part}")) });
    }
    let is_barred = |variable| Formula::In(VariableId(variable), vec![barred]);
    for (one, other) in (0..7).flat_map(|other| (0..other).map(move |one| (one, other))) {
        let rule = Formula::And(vec![is_barred(one), is_barred(other)]).negated();
        model.add_constraint("not both", ConstraintKind::Formula(rule));
    }
    model
}

#[test]
fn given_up_the_cheapest_is_bounded_from_below_and_with_prices_turned_round_the_dearest_from_above() {
    let model = parts(ValueId(0));
    assert!(!best_holds(&model, &solver(&model), &[], &[], 0).unwrap());
    let cheapest = solver(&model).best(&[], &Scores::default(), 0).unwrap();
    assert!((500..=575).contains(&cheapest.least_total), "{cheapest:?}");
    assert!(cheapest.total >= 575);

    let model = parts(ValueId(1));
    let mut turned = Model { base_price: -model.base_price, ..model.clone() };
    turned.variables.iter_mut().flat_map(|part| &mut part.prices).for_each(|price| *price = -*price);
    assert!(!best_holds(&turned, &solver(&turned), &[], &[], 0).unwrap());
    let dearest = solver(&turned).best(&[], &Scores::default(), 0).unwrap();
    assert_eq!(model.price(&dearest.assignment), -dearest.total);
    assert!(-dearest.least_total >= 516, "{dearest:?}");
    assert!(-dearest.total <= 516);
}

#[test]
fn prices_that_exclude_each_other_are_not_added_up() {
    let domain =
        |name: &str, size: usize| Variable::new(name, (0..size).map(|value| value.to_string()).collect());
    let mut model = Model { variables: vec![domain("material", 3), domain("length", 9)], ..Model::default() };
    let length = Expression::Of(VariableId(1), (1..=9).collect());
    for (material, price) in [(0, 5), (1, 7), (2, -2)] {
        let when = Formula::In(VariableId(0), vec![ValueId(material)]);
        let amount = Expression::Product(Box::new(length.clone()), Box::new(Expression::Constant(price)));
        model.prices.push(Price { name: format!("by {material}"), kind: PriceKind::When(when, amount) });
    }
    let (_, figures) = solver(&model).figures(&[]);
    let totals = figures.totals.unwrap();
    assert_eq!((totals.low, totals.high), (-18, 63));
    let options = &figures.options[0];
    let ranges: Vec<(i64, i64)> = options.iter().flatten().map(|within| (within.low, within.high)).collect();
    assert_eq!(ranges, [(5, 45), (7, 63), (-18, -2)]);
}

#[test]
fn choices_of_other_models_are_impossible_and_nothing_else() {
    let model = Model { variables: vec![Variable::boolean("a")], ..Model::default() };
    let mut solver = solver(&model);
    for choice in [(VariableId(7), ValueId(0)), (VariableId(0), ValueId(9))] {
        assert!(!solver.is_possible(&[choice]));
        assert!(solver.complete(&[choice], &[]).is_none());
        assert!(solver.explain(&[choice], &[]).is_some());
        assert_eq!(solver.repair(&[(choice, 3)], &[], 9), [Repair { changed: vec![0], weight: 3 }]);
        solver.menu(&[choice]);
        let (_, figures) = solver.figures(&[choice]);
        assert_eq!(figures.totals, None);
        assert_eq!(solver.best(&[choice], &Scores::default(), 9), None);
    }
    let twice = [(VariableId(0), ValueId(0)), (VariableId(0), ValueId(1))];
    assert_eq!(solver.menu(&twice).values, [[true, true]]);
    assert_eq!(solver.explain(&twice, &[]).map(|conflict| conflict.choices), Some(vec![0, 1]));
    assert_eq!(solver.complete(&[], &[ValueId(5)]), Some(vec![ValueId(0)]));
}
/// What had to hold only after a design was found is asked for once more before its prices are looked at.
#[test]
fn what_was_hardened_last_is_met_before_prices_are_refined() {
    use engine::model::{Comparison, Expression as E, Formula, Price, PriceKind, Variable};
    let of = |v: usize, n: &[i64]| E::Of(VariableId::new(v), n.to_vec());
    let mut model = Model { base_price: 47, ..Model::default() };
    for (i, p) in [&[8_i64][..], &[12], &[13, 6], &[1], &[2, -8], &[2, 18], &[0, -6]].into_iter().enumerate()
    {
        model.variables.push(Variable {
            name: format!("v{i}"),
            values: (0..p.len()).map(|v| v.to_string()).collect(),
            prices: p.to_vec(),
        });
    }
    let when = Formula::Compare(
        E::Difference(
            Box::new(E::Sum(vec![of(6, &[5, -7]), of(5, &[-5, i64::MIN]), E::Constant(6)])),
            Box::new(of(2, &[-3, -2])),
        ),
        Comparison::Equal,
        E::Sum(vec![E::Constant(-8), of(3, &[9]), E::Sum(vec![of(4, &[-5, -7])])]),
    );
    let amount = E::Sum(vec![of(2, &[-3, -1]), E::Product(Box::new(E::Constant(3)), Box::new(of(1, &[-4])))]);
    model.prices.push(Price { name: "p0".into(), kind: PriceKind::When(Formula::And(vec![when]), amount) });
    let scores = vec![429563996, -2, 2, 3, 3, -1, -1, -2, -3, -3, 1, -503614743, 1, -983526920];
    let solver = cramped(&mut model);
    assert!(solver.best(&[], &Scores::new(scores), u64::MAX).unwrap().exact);
}
