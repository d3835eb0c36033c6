//! Small random models, and brute force over their assignments.

use configurator::model::{
    Comparison, Constraint, ConstraintKind, Expression, Formula, Model, Price, PriceKind, Rounding, ValueId,
    Variable, VariableId,
};
use proptest::prelude::*;

/// A random model of few variables, each with few values.
pub fn model() -> impl Strategy<Value = Model> {
    prop::collection::vec(prop::collection::vec(-9_i64..20, 1..5), 1..6).prop_flat_map(|domains| {
        let sizes: Vec<usize> = domains.iter().map(Vec::len).collect();
        let variables: Vec<Variable> = domains
            .into_iter()
            .enumerate()
            .map(|(index, prices)| Variable {
                name: format!("v{index}"),
                values: (0..prices.len()).map(|value| value.to_string()).collect(),
                prices,
            })
            .collect();
        let constraints = prop::collection::vec(constraint(sizes.clone()), 0..6);
        let prices = prop::collection::vec(price(sizes), 0..4);
        (Just(variables), constraints, prices, -5_i64..50).prop_map(
            |(variables, constraints, prices, base_price)| Model {
                variables,
                constraints: constraints
                    .into_iter()
                    .enumerate()
                    .map(|(index, kind)| Constraint { name: format!("c{index}"), kind })
                    .collect(),
                prices: prices
                    .into_iter()
                    .enumerate()
                    .map(|(index, kind)| Price { name: format!("p{index}"), kind })
                    .collect(),
                base_price,
            },
        )
    })
}

fn scope(sizes: &[usize]) -> impl Strategy<Value = Vec<VariableId>> + use<> {
    let all: Vec<usize> = (0..sizes.len()).collect();
    let most = sizes.len().min(3);
    prop::sample::subsequence(all, 1..=most)
        .prop_shuffle()
        .prop_map(|chosen| chosen.into_iter().map(VariableId::new).collect())
}

/// A scope and up to eight tuples over it.
fn tuples(sizes: Vec<usize>) -> impl Strategy<Value = (Vec<VariableId>, Vec<ValueId>)> {
    scope(&sizes).prop_flat_map(move |scope| {
        let tuple: Vec<_> = scope.iter().map(|variable| 0..sizes[variable.index()]).collect();
        prop::collection::vec(tuple, 0..8)
            .prop_map(move |rows| (scope.clone(), rows.into_iter().flatten().map(ValueId::new).collect()))
    })
}

fn constraint(sizes: Vec<usize>) -> impl Strategy<Value = ConstraintKind> {
    prop_oneof![
        (tuples(sizes.clone()), any::<bool>()).prop_map(|((scope, tuples), allowed)| ConstraintKind::Table {
            scope,
            tuples,
            allowed
        }),
        formula(sizes).prop_map(ConstraintKind::Formula),
    ]
}

fn literal(sizes: Vec<usize>) -> impl Strategy<Value = Formula> {
    (0..sizes.len()).prop_flat_map(move |variable| {
        let all: Vec<usize> = (0..sizes[variable]).collect();
        let most = all.len();
        prop::sample::subsequence(all, 0..=most).prop_map(move |values| {
            Formula::In(VariableId::new(variable), values.into_iter().map(ValueId::new).collect())
        })
    })
}

fn formula(sizes: Vec<usize>) -> impl Strategy<Value = Formula> {
    let compare = (expression(sizes.clone()), comparison(), expression(sizes.clone()))
        .prop_map(|(left, comparison, right)| Formula::Compare(left, comparison, right));
    prop_oneof![3 => literal(sizes), 1 => compare].prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(Formula::negated),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Formula::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Formula::Or),
            (0_u32..3, 0_u32..3, prop::collection::vec(inner, 0..4))
                .prop_map(|(min, more, of)| Formula::Count { min, max: min + more, of }),
        ]
    })
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

fn expression(sizes: Vec<usize>) -> impl Strategy<Value = Expression> {
    let of = (0..sizes.len()).prop_flat_map(move |variable| {
        prop::collection::vec(-4_i64..6, sizes[variable])
            .prop_map(move |numbers| Expression::Of(VariableId::new(variable), numbers))
    });
    prop_oneof![(-4_i64..9).prop_map(Expression::Constant), of].prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Expression::Sum),
            (inner.clone(), inner.clone())
                .prop_map(|(one, other)| Expression::Difference(one.into(), other.into())),
            (inner.clone(), inner.clone())
                .prop_map(|(one, other)| Expression::Product(one.into(), other.into())),
            (inner, prop::sample::select(vec![-3_i64, 1, 2, 5]), any::<bool>()).prop_map(
                |(number, by, down)| {
                    let rounding = if down { Rounding::Down } else { Rounding::HalfAwayFromZero };
                    Expression::Quotient(number.into(), by, rounding)
                }
            ),
        ]
    })
}

fn price(sizes: Vec<usize>) -> impl Strategy<Value = PriceKind> {
    let table = (tuples(sizes.clone()), -5_i64..5).prop_flat_map(|((scope, tuples), otherwise)| {
        let rows = tuples.len() / scope.len();
        prop::collection::vec(-20_i64..30, rows).prop_map(move |amounts| PriceKind::Table {
            scope: scope.clone(),
            tuples: tuples.clone(),
            amounts,
            otherwise,
        })
    });
    prop_oneof![
        table,
        (formula(sizes.clone()), expression(sizes)).prop_map(|(when, amount)| PriceKind::When(when, amount)),
    ]
}

/// Every assignment of a model, valid or not.
pub fn assignments(model: &Model) -> Vec<Vec<ValueId>> {
    let mut all = vec![Vec::new()];
    for variable in &model.variables {
        all = all
            .into_iter()
            .flat_map(|assignment: Vec<ValueId>| {
                (0..variable.size()).map(move |value| {
                    let mut longer = assignment.clone();
                    longer.push(ValueId::new(value));
                    longer
                })
            })
            .collect();
    }
    all
}
