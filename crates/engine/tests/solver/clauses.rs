//! Clauses have the models that the model has valid assignments, one for one.

use engine::cnf::{Cnf, Limits, TooLarge};
use engine::model::{Comparison, ConstraintKind, Expression, Formula, Model, ValueId, Variable, VariableId};
use proptest::prelude::*;

use testing_models::{assignments, config, models, valid_assignments};

/// Every model of the clauses, by splitting and unit propagation.
fn solutions(cnf: &Cnf) -> Vec<Vec<bool>> {
    let mut found = Vec::new();
    split(cnf, vec![None; cnf.variables + 1], &mut found);
    found
}

fn split(cnf: &Cnf, mut known: Vec<Option<bool>>, found: &mut Vec<Vec<bool>>) {
    let holds = |known: &[Option<bool>], literal: i32| {
        known[literal.unsigned_abs() as usize].map(|value| value == (literal > 0))
    };
    loop {
        let mut changed = false;
        for clause in &cnf.clauses {
            if clause.iter().any(|&literal| holds(&known, literal) == Some(true)) {
                continue;
            }
            let open: Vec<i32> =
                clause.iter().copied().filter(|&literal| holds(&known, literal).is_none()).collect();
            match open[..] {
                [] => return,
                [literal] => {
                    known[literal.unsigned_abs() as usize] = Some(literal > 0);
                    changed = true;
                }
                _ => {}
            }
        }
        if !changed {
            break;
        }
    }
    match (1..known.len()).find(|&variable| known[variable].is_none()) {
        None => found.push(known[1..].iter().map(|value| *value == Some(true)).collect()),
        Some(variable) => {
            for value in [false, true] {
                let mut known = known.clone();
                known[variable] = Some(value);
                split(cnf, known, found);
            }
        }
    }
}

/// The assignment that a model of the clauses says.
fn assignment(cnf: &Cnf, solution: &[bool]) -> Vec<ValueId> {
    let holds = |literal: i32| solution[literal.unsigned_abs() as usize - 1] == (literal > 0);
    let value = |literals: &Vec<i32>| {
        let values: Vec<usize> = (0..literals.len()).filter(|&value| holds(literals[value])).collect();
        assert_eq!(values.len(), 1, "exactly one value");
        ValueId::new(values[0])
    };
    cnf.literals.iter().map(value).collect()
}

fn check(model: &Model) {
    let cnf = Cnf::new(model, &Limits::default()).unwrap();
    let mut found: Vec<Vec<ValueId>> =
        solutions(&cnf).iter().map(|solution| assignment(&cnf, solution)).collect();
    found.sort();
    assert_eq!(found, valid_assignments(model));
    assert_eq!(cnf.groups.len(), model.constraints.len());
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn clauses_have_one_model_for_each_valid_assignment(model in models()) {
        check(&model);
    }
}

fn domain(size: usize) -> Variable {
    Variable::new(format!("of {size}"), (0..size).map(|value| value.to_string()).collect())
}

fn booleans(count: usize, formula: impl Fn(Vec<Formula>) -> Formula) -> Model {
    let variables = (0..count).map(|index| Variable::boolean(format!("v{index}"))).collect();
    let yes = |index| Formula::In(VariableId::new(index), vec![ValueId(1)]);
    let mut model = Model { variables, ..Model::default() };
    model.add_constraint("formula", ConstraintKind::Formula(formula((0..count).map(yes).collect())));
    model
}

#[test]
fn large_domains_have_one_value() {
    check(&Model { variables: vec![domain(100), domain(9), domain(1)], ..Model::default() });
}

#[test]
fn long_counts_are_exact() {
    for (min, max) in [(0, 1), (1, 1), (3, 5), (0, 4), (9, 12), (7, 20), (5, 3), (0, 12), (12, 12)] {
        check(&booleans(12, |of| Formula::Count { min, max, of }));
        check(&booleans(12, |of| Formula::Count { min, max, of }.negated()));
        check(&booleans(13, |mut of| {
            let last = of.pop().unwrap();
            Formula::Or(vec![last, Formula::Count { min, max, of }])
        }));
    }
}

#[test]
fn large_tables_are_exact() {
    let scope: Vec<VariableId> = (0..4).map(VariableId::new).collect();
    let mut model = Model { variables: [9, 5, 7, 11].map(domain).to_vec(), ..Model::default() };
    let tuples: Vec<ValueId> = assignments(&model)
        .into_iter()
        .filter(|tuple| tuple.iter().fold(7, |hash, value| (hash * 31 + value.0) % 1009) % 3 == 0)
        .flatten()
        .collect();
    for allowed in [true, false] {
        model.constraints.clear();
        let kind = ConstraintKind::Table { scope: scope.clone(), tuples: tuples.clone(), allowed };
        model.add_constraint("table", kind);
        check(&model);
    }
}

#[test]
fn long_sums_are_exact_and_limits_are_kept() {
    let terms = |of: Vec<Formula>, constant| {
        let weight = |(index, part): (usize, &Formula)| match part {
            Formula::In(variable, _) => Expression::Of(*variable, vec![0, 3 + 7 * index as i64 % 11]),
            _ => Expression::Constant(0),
        };
        let sum = Expression::Sum(of.iter().enumerate().map(weight).collect());
        Formula::Compare(sum, Comparison::AtMost, Expression::Constant(constant))
    };
    let model = booleans(14, |of| terms(of, 40));
    check(&model);
    let error = Cnf::new(&model, &Limits { states: 20, ..Limits::default() }).unwrap_err();
    assert_eq!(error, TooLarge { name: "formula".to_owned() });
    let error = Cnf::new(&model, &Limits { clauses: 20, ..Limits::default() }).unwrap_err();
    assert_eq!(error, TooLarge { name: "formula".to_owned() });
}
