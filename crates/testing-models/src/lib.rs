//! Small random models with every kind of constraint and price, and their assignments by enumeration.

use engine::model::{
    Comparison, Constraint, ConstraintKind, Expression, Formula, Model, Price, PriceKind, Rounding, ValueId,
    Variable, VariableId,
};
use proptest::prelude::*;

/// Most values of a variable.
const MOST_VALUES: usize = 5;

/// How many cases are tried, unless `PROPTEST_CASES` says so.
pub fn config(cases: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { ProptestConfig { cases, ..config } }
}

/// Models with a few variables of a few values, and some with more variables of one or two, whose products are long.
pub fn models() -> impl Strategy<Value = Model> {
    let domain = prop::collection::vec(-9_i64..20, 1..=MOST_VALUES);
    let narrow = prop::collection::vec(-9_i64..20, 1..=2);
    let domains = prop_oneof![
        3 => prop::collection::vec(domain, 1..=5),
        1 => prop::collection::vec(narrow, 6..=9),
    ];
    domains.prop_flat_map(|domains| {
        let sizes: Vec<usize> = domains.iter().map(Vec::len).collect();
        let constraints = prop::collection::vec(constraint(sizes.clone()), 0..6);
        let prices = prop::collection::vec(price(sizes), 0..4);
        (Just(domains), constraints, prices, -5_i64..50).prop_map(
            |(domains, constraints, prices, base_price)| {
                let variable = |(index, prices): (usize, Vec<i64>)| Variable {
                    name: format!("v{index}"),
                    values: (0..prices.len()).map(|value| value.to_string()).collect(),
                    prices,
                };
                let constraint = |(index, kind)| Constraint { name: format!("c{index}"), kind };
                let price = |(index, kind)| Price { name: format!("p{index}"), kind };
                Model {
                    variables: domains.into_iter().enumerate().map(variable).collect(),
                    constraints: constraints.into_iter().enumerate().map(constraint).collect(),
                    prices: prices.into_iter().enumerate().map(price).collect(),
                    base_price,
                }
            },
        )
    })
}

fn constraint(sizes: Vec<usize>) -> BoxedStrategy<ConstraintKind> {
    let most = sizes.len();
    let tables = (rows(&sizes, 0..=most), any::<bool>())
        .prop_map(|((scope, tuples), allowed)| ConstraintKind::Table { scope, tuples, allowed });
    prop_oneof![tables, formula(sizes).prop_map(ConstraintKind::Formula)].boxed()
}

fn price(sizes: Vec<usize>) -> BoxedStrategy<PriceKind> {
    let most = sizes.len().min(3);
    let tables = (rows(&sizes, 1..=most), -5_i64..5).prop_flat_map(|((scope, tuples), otherwise)| {
        let rows = tuples.len() / scope.len();
        prop::collection::vec(-20_i64..30, rows).prop_map(move |amounts| PriceKind::Table {
            scope: scope.clone(),
            tuples: tuples.clone(),
            amounts,
            otherwise,
        })
    });
    let amount = expression(&sizes, (-4_i64..9).boxed());
    let conditional = (formula(sizes), amount).prop_map(|(when, amount)| PriceKind::When(when, amount));
    prop_oneof![tables, conditional].boxed()
}

/// A scope of so many variables, and up to twelve tuples over it.
fn rows(
    sizes: &[usize],
    variables: std::ops::RangeInclusive<usize>,
) -> BoxedStrategy<(Vec<VariableId>, Vec<ValueId>)> {
    let sizes = sizes.to_vec();
    let all: Vec<usize> = (0..sizes.len()).collect();
    prop::sample::subsequence(all, variables)
        .prop_shuffle()
        .prop_flat_map(move |scope| {
            let tuple: Vec<_> = scope.iter().map(|&variable| 0..sizes[variable]).collect();
            let scope: Vec<VariableId> = scope.into_iter().map(VariableId::new).collect();
            let tuples = prop::collection::vec(tuple, 0..=12);
            tuples
                .prop_map(move |rows| (scope.clone(), rows.into_iter().flatten().map(ValueId::new).collect()))
        })
        .boxed()
}

/// Conditions, also ones that can't hold: without values, with values the variable has not, with a minimum above the
/// maximum.
fn formula(sizes: Vec<usize>) -> BoxedStrategy<Formula> {
    let number =
        prop_oneof![10 => -9_i64..10, 1 => prop::sample::select(vec![i64::MIN, i64::MAX - 3, i64::MAX])];
    let number = expression(&sizes, number.boxed());
    let compare = (number.clone(), comparison(), number)
        .prop_map(|(left, comparison, right)| Formula::Compare(left, comparison, right));
    let values = prop::collection::vec((0..=MOST_VALUES).prop_map(ValueId::new), 0..4);
    let within = (0..sizes.len(), values)
        .prop_map(|(variable, values)| Formula::In(VariableId::new(variable), values));
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

/// Expressions over such numbers, also with divisions by 0.
fn expression(sizes: &[usize], number: BoxedStrategy<i64>) -> BoxedStrategy<Expression> {
    let sizes = sizes.to_vec();
    let constant = number.clone().prop_map(Expression::Constant);
    let numbers = prop::collection::vec(number, MOST_VALUES);
    let of = (0..sizes.len(), numbers).prop_map(move |(variable, mut numbers)| {
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

/// Every assignment, valid or not, in order.
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
