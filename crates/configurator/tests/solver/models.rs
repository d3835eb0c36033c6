//! Random small models with every kind of constraint, and their valid assignments by enumeration.

use configurator::model::{
    Comparison, Constraint, ConstraintKind, Expression, Formula, Model, Rounding, ValueId, Variable,
    VariableId,
};
use proptest::prelude::*;

/// How many cases are tried.
pub fn config() -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        config
    } else {
        ProptestConfig { cases: 1000, ..config }
    }
}

/// Models with a few variables of up to six values.
pub fn models() -> impl Strategy<Value = Model> {
    prop::collection::vec(1_usize..=5, 1..=5).prop_flat_map(|sizes| {
        let constraints = prop::collection::vec(constraint(sizes.clone()), 0..=4);
        constraints.prop_map(move |constraints| {
            let variable = |(index, size): (usize, &usize)| {
                Variable::new(format!("v{index}"), (0..*size).map(|value| value.to_string()).collect())
            };
            let named = |(index, kind)| Constraint { name: format!("c{index}"), kind };
            Model {
                variables: sizes.iter().enumerate().map(variable).collect(),
                constraints: constraints.into_iter().enumerate().map(named).collect(),
                ..Model::default()
            }
        })
    })
}

fn constraint(sizes: Vec<usize>) -> BoxedStrategy<ConstraintKind> {
    let formulas = formula(sizes.clone()).prop_map(ConstraintKind::Formula);
    prop_oneof![table(sizes), formulas].boxed()
}

fn table(sizes: Vec<usize>) -> BoxedStrategy<ConstraintKind> {
    let all: Vec<usize> = (0..sizes.len()).collect();
    let scope = prop::sample::subsequence(all, 0..=sizes.len()).prop_shuffle();
    let rows = prop::collection::vec(prop::collection::vec(0_usize..60, 5), 0..=12);
    (scope, rows, any::<bool>())
        .prop_map(move |(scope, rows, allowed)| {
            let tuple = |row: &Vec<usize>| -> Vec<ValueId> {
                scope
                    .iter()
                    .zip(row)
                    .map(|(variable, value)| ValueId::new(value % sizes[*variable]))
                    .collect()
            };
            let tuples = rows.iter().flat_map(tuple).collect();
            let scope = scope.iter().copied().map(VariableId::new).collect();
            ConstraintKind::Table { scope, tuples, allowed }
        })
        .boxed()
}

fn formula(sizes: Vec<usize>) -> BoxedStrategy<Formula> {
    let compare = (expression(sizes.clone()), comparison(), expression(sizes.clone()))
        .prop_map(|(left, comparison, right)| Formula::Compare(left, comparison, right));
    let within = (0..sizes.len(), prop::collection::vec(0_usize..6, 0..4)).prop_map(|(variable, values)| {
        Formula::In(VariableId::new(variable), values.into_iter().map(ValueId::new).collect())
    });
    prop_oneof![3 => within, 1 => compare]
        .prop_recursive(3, 24, 6, |inner| {
            let parts = || prop::collection::vec(inner.clone(), 0..6);
            prop_oneof![
                inner.clone().prop_map(Formula::negated),
                parts().prop_map(Formula::And),
                parts().prop_map(Formula::Or),
                (parts(), 0_u32..5, 0_u32..5).prop_map(|(of, min, max)| Formula::Count { min, max, of }),
            ]
        })
        .boxed()
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::Unequal,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::More,
        Comparison::AtLeast,
    ])
}

fn expression(sizes: Vec<usize>) -> BoxedStrategy<Expression> {
    let number =
        prop_oneof![10 => -9_i64..10, 1 => prop::sample::select(vec![i64::MIN, i64::MAX - 3, i64::MAX])];
    let constant = number.clone().prop_map(Expression::Constant);
    let of = (0..sizes.len(), prop::collection::vec(number, 5)).prop_map(move |(variable, mut numbers)| {
        numbers.truncate(sizes[variable]);
        Expression::Of(VariableId::new(variable), numbers)
    });
    prop_oneof![1 => constant, 3 => of]
        .prop_recursive(2, 8, 3, |inner| {
            let pair =
                (inner.clone(), inner.clone()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
            let rounding = prop::sample::select(vec![Rounding::Down, Rounding::HalfAwayFromZero]);
            prop_oneof![
                2 => prop::collection::vec(inner.clone(), 0..4).prop_map(Expression::Sum),
                1 => pair.clone().prop_map(|(left, right)| Expression::Difference(left, right)),
                1 => pair.prop_map(|(left, right)| Expression::Product(left, right)),
                1 => (inner, -3_i64..4, rounding).prop_map(|(number, divisor, rounding)| {
                    Expression::Quotient(Box::new(number), divisor, rounding)
                }),
            ]
        })
        .boxed()
}

/// Every assignment, in order.
pub fn assignments(model: &Model) -> Vec<Vec<ValueId>> {
    model.variables.iter().fold(vec![Vec::new()], |prefixes, variable| {
        let extend = |prefix: &Vec<ValueId>| {
            let prefix = prefix.clone();
            (0..variable.size()).map(move |value| [&prefix[..], &[ValueId::new(value)]].concat())
        };
        prefixes.iter().flat_map(extend).collect()
    })
}

/// Every valid assignment, in order.
pub fn valid_assignments(model: &Model) -> Vec<Vec<ValueId>> {
    let mut assignments = assignments(model);
    assignments.retain(|assignment| model.is_valid(assignment));
    assignments
}
