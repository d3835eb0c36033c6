//! Passes over small diagrams, against sums over all assignments.

use std::fmt::Debug;

use super::staircase::WorthIts;
use super::{Bounds, Count, EachPossible, Least, Merit, Pass, Possible, Semiring, Totals, Weight};
use crate::diagram::builder::Builder;
use crate::diagram::columns::Column;
use crate::diagram::{Arc, Diagram};
use crate::model::{ValueId, VariableId};

/// A diagram with two columns of `length` arcs that share literals of `switches` variables, and its valid assignments:
/// what each costs besides its literals, and these.
///
/// The first variable has a value for each arc, then come the switches, which are all off or all on, and a last variable
/// of which each value of the first leaves two.
fn diagram(length: usize, switches: usize) -> (Diagram, Vec<(i64, Vec<usize>)>) {
    let sizes = [&[length][..], &vec![2; switches], &[length]].concat();
    let mut builder = Builder::new(&sizes);
    let literal =
        |builder: &Builder, variable, value| builder.literal(VariableId::new(variable), ValueId::new(value));
    let (mut arcs, mut valid) = (Vec::new(), Vec::new());
    for first in 0..length {
        let left = [first, (first + 1) % length];
        let last = left.map(|value| Arc { cost: 3, factors: vec![literal(&builder, switches + 1, value)] });
        let last = builder.node(last.to_vec());
        let ways = [(0, 0), (1, 20)].map(|(on, cost)| {
            let shared = (1..=switches).map(|switch| literal(&builder, switch, on));
            Arc { cost, factors: shared.chain([last]).collect() }
        });
        let node = builder.node(ways.to_vec());
        arcs.push(Arc { cost: 0, factors: vec![literal(&builder, 0, first), node] });
        for (on, cost) in [(0, 0), (1, 20)] {
            valid.extend(left.map(|last| {
                let switched = (0..switches).map(|switch| length + 2 * switch + on);
                (
                    cost + 3,
                    [first].into_iter().chain(switched).chain([length + 2 * switches + last]).collect(),
                )
            }));
        }
    }
    let root = builder.node(arcs);
    (builder.finish(root), valid)
}

/// Compares a pass with sums over all assignments.
fn compare<S: Semiring<Element: Debug>>(
    diagram: &Diagram,
    valid: &[(i64, Vec<usize>)],
    weights: &[S::Element],
    same: impl Fn(&S::Element, &S::Element) -> bool,
) {
    let product = |cost: i64, literals: &[usize], but: Option<usize>| {
        let factors = literals.iter().filter(|&&literal| Some(literal) != but);
        let product = factors.fold(S::one(), |product, &literal| S::multiply(&product, &weights[literal]));
        if S::is_zero(&product) { S::zero() } else { S::plus_price(&product, cost) }
    };
    let mut pass = Pass::<S>::default();
    // Twice, since the buffers are used again.
    for _ in 0..2 {
        pass.run(diagram, weights);
    }
    let total =
        valid.iter().fold(S::zero(), |sum, (cost, literals)| S::add(&sum, &product(*cost, literals, None)));
    assert!(same(&pass.total(diagram), &total), "{:?} instead of {total:?}", pass.total(diagram));
    for (literal, found) in pass.others(diagram).iter().enumerate() {
        let with = valid.iter().filter(|(_, literals)| literals.contains(&literal));
        let expected = with
            .fold(S::zero(), |sum, (cost, literals)| S::add(&sum, &product(*cost, literals, Some(literal))));
        assert!(same(found, &expected), "literal {literal}: {found:?} instead of {expected:?}");
    }
}

#[test]
fn passes_add_up_all_assignments_through_short_and_long_columns() {
    for (length, switches) in
        [3, 7, 8, 9, 13].into_iter().flat_map(|length| (1..=4).map(move |switches| (length, switches)))
    {
        let (diagram, valid) = diagram(length, switches);
        let shares = |column: &Column| column.shared.len() == switches && column.arcs.len() == length;
        assert_eq!(diagram.columns.iter().filter(shares).count(), 2);
        let literals = diagram.literals();
        for excluded in (0..literals).map(Some).chain([None]) {
            let allowed = |literal: usize| Some(literal) != excluded;
            let price = |literal: usize| (literal as i64 * 37) % 50 - 20;
            let all = 0..literals;

            let weights: Vec<_> = all.clone().map(allowed).collect();
            compare::<Possible>(&diagram, &valid, &weights, bool::eq);
            let bits = |literal| if allowed(literal) { 0b1011 << (literal % 3) | 8 } else { 0 };
            let weights: Vec<_> = all.clone().map(bits).collect();
            compare::<EachPossible>(&diagram, &valid, &weights, u64::eq);
            // Also values that stand for several.
            let number = |literal| if allowed(literal) { literal as u128 % 3 + 1 } else { 0 };
            let weights: Vec<_> = all.clone().map(number).collect();
            compare::<Count>(&diagram, &valid, &weights, u128::eq);
            #[cfg(feature = "bignum")]
            {
                let weights: Vec<_> = weights.iter().map(|&weight| weight.into()).collect();
                compare::<super::WideCount>(&diagram, &valid, &weights, |one, other| one == other);
            }
            let totals = |literal| {
                let totals = if allowed(literal) { Totals::of(price(literal)) } else { Bounds::zero() };
                Totals { count: if allowed(literal) { literal as u64 % 3 + 1 } else { 0 }, ..totals }
            };
            for weights in [
                all.clone().map(totals).collect::<Vec<_>>(),
                all.clone()
                    .map(|literal| Totals { count: totals(literal).count.min(1), ..totals(literal) })
                    .collect(),
            ] {
                compare::<Bounds>(&diagram, &valid, &weights, |one, other| {
                    one.count == other.count
                        && one.is_possible() == other.is_possible()
                        && (!one.is_possible() || one == other)
                });
            }
            let weight = |literal| {
                let weight = Weight { weight: literal as i64 % 2, price: price(literal) };
                if allowed(literal) { weight } else { Weight::IMPOSSIBLE }
            };
            let weights: Vec<_> = all.map(weight).collect();
            compare::<Least>(&diagram, &valid, &weights, |one, other| {
                one == other || !one.is_possible() && !other.is_possible()
            });
        }
    }
}

#[test]
fn zero_stays_zero_whatever_it_costs_more() {
    fn stays<S: Semiring>() {
        for amount in [-1_000_000_007, -1, 0, 1, 1_000_000_007] {
            let zero = S::plus_price(&S::zero(), amount);
            assert!(S::is_zero(&zero) && S::is_zero(&S::add(&zero, &S::zero())));
            assert!(S::is_zero(&S::multiply(&zero, &S::one())) && S::is_zero(&S::multiply(&S::one(), &zero)));
            assert!(!S::is_zero(&S::add(&zero, &S::one())));
        }
    }
    stays::<Possible>();
    stays::<EachPossible>();
    stays::<Count>();
    stays::<Bounds>();
    stays::<Least>();
    stays::<WorthIts>();
    #[cfg(feature = "bignum")]
    stays::<super::WideCount>();
}

/// Whether the first is at most as dear and as slow and worth as much.
fn beats(one: &Merit, other: &Merit) -> bool {
    (one.price, one.tie) <= (other.price, other.tie) && one.time <= other.time && one.worth >= other.worth
}

#[test]
fn a_staircase_has_what_nothing_cheaper_quicker_and_worth_as_much_beats() {
    let mut mixed = 1_u64;
    let mut draw = move |below: u64| {
        mixed = mixed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((mixed >> 33) % below).unwrap()
    };
    for (length, switches, times) in [(3, 1, 1), (3, 4, 3), (8, 2, 1), (9, 3, 4), (13, 4, 2)] {
        let (diagram, valid) = diagram(length, switches);
        for _ in 0..20 {
            let merits: Vec<Option<Merit>> = (0..diagram.literals())
                .map(|_| {
                    let merit = Merit {
                        price: draw(6) * 10 - 20,
                        tie: draw(2),
                        time: draw(times),
                        worth: draw(9) - 2,
                    };
                    (draw(7) > 0).then_some(merit)
                })
                .collect();
            let all = valid.iter().filter_map(|(cost, literals)| {
                let own = literals.iter().map(|&literal| merits[literal]).collect::<Option<Vec<Merit>>>()?;
                let start = Merit { price: *cost, ..Merit::default() };
                Some((own.iter().fold(start, |sum, merit| sum.plus(*merit)), literals))
            });
            let all: Vec<(Merit, &Vec<usize>)> = all.collect();
            let staircase = diagram.staircase(&merits);
            let steps = staircase.steps();
            for (merit, _) in &all {
                assert!(steps.iter().any(|step| beats(step, merit)), "{merit:?} is missing in {steps:?}");
            }
            for (at, step) in steps.iter().enumerate() {
                assert!(steps.iter().enumerate().all(|(other, by)| other == at || !beats(by, step)));
                let found = staircase.assignment(*step).unwrap();
                let found = found
                    .iter()
                    .enumerate()
                    .map(|(variable, value)| diagram.literal(VariableId::new(variable), *value));
                let found: Vec<usize> = found.collect();
                assert!(all.contains(&(*step, &found)), "{step:?} is not that of {found:?}");
            }
            assert!(steps.is_sorted_by_key(|step| (step.price, step.tie)));
            assert_eq!(staircase.assignment(Merit { price: 1, ..Merit::default() }), None);
        }
    }
}
