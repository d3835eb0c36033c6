//! Passes: one traversal of a diagram up and one down answer a question for every literal at once, over any semiring.
//!
//! Upwards every node gets the sum over its valid assignments; downwards every literal gets the sum over the valid
//! assignments that contain it, the choice for its own variable taken back (A. Darwiche, "A differential approach to
//! inference in Bayesian networks", 2003). Buffers are kept from pass to pass.

pub mod optimum;

use wide::f64x2;

use crate::diagram::Diagram;
use crate::diagram::columns::{Column, ColumnArc};

/// Columns with fewer arcs than this are gone through where they are met, arc by arc: a function for long ones, which asks
/// first what will do for all of its arcs, takes longer.
const LONG: usize = 8;

/// What a pass adds up: assignments are summed, the parts of one assignment multiplied.
pub trait Semiring {
    /// What is added up.
    type Element: Clone;
    /// The sum of nothing.
    fn zero() -> Self::Element;
    /// Whether it is the sum of nothing.
    fn is_zero(element: &Self::Element) -> bool;
    /// The product of nothing.
    fn one() -> Self::Element;
    /// The same for this much more, in minor units: zero stays zero.
    fn plus_price(element: &Self::Element, amount: i64) -> Self::Element;
    /// The sum.
    fn add(one: &Self::Element, other: &Self::Element) -> Self::Element;
    /// The product: of zero and anything, zero.
    fn multiply(one: &Self::Element, other: &Self::Element) -> Self::Element;
    /// Whether [`Semiring::shift`] will do for a product with it. It may always say no.
    #[inline]
    fn is_single(_: &Self::Element) -> bool {
        false
    }
    /// The product with what [`Semiring::is_single`] says yes to.
    #[inline]
    fn shift(one: &Self::Element, single: &Self::Element) -> Self::Element {
        Self::multiply(one, single)
    }
}

/// Buffers of passes over one diagram.
#[derive(Clone, Debug)]
pub struct Pass<S: Semiring> {
    /// By factor: literals, nodes, then the product of nothing.
    up: Vec<S::Element>,
    down: Vec<S::Element>,
    /// By shared factor of the column at hand: the product of those before it.
    before: Vec<S::Element>,
}

impl<S: Semiring> Default for Pass<S> {
    fn default() -> Self {
        Self { up: Vec::new(), down: Vec::new(), before: Vec::new() }
    }
}

impl<S: Semiring> Pass<S> {
    /// Goes through a diagram. `weights` has an element for each of its literals, [`Semiring::zero`] for those that the choices
    /// exclude. Afterwards [`Pass::total`] and [`Pass::others`] tell.
    pub fn run(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        self.upwards(diagram, weights);
        self.downwards(diagram);
    }

    /// Only the first half, when the total is enough.
    pub fn upwards(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        reset::<S>(&mut self.up, diagram.literals() + diagram.nodes() + 1);
        self.up[..diagram.literals()].iter_mut().zip(weights).for_each(|(up, weight)| up.clone_from(weight));
        if let Some(nothing) = self.up.last_mut() {
            *nothing = S::one();
        }
        for Column { shared, arcs, cost } in diagram.columns.iter() {
            let common = product::<S>(&self.up, shared);
            if S::is_zero(&common) {
                continue;
            }
            let common = S::plus_price(&common, cost);
            if arcs.len() < LONG {
                for arc in arcs {
                    let product = S::multiply(&self.up[arc.own as usize], &common);
                    add_to::<S>(&mut self.up, arc.node, &product);
                }
            } else {
                add_many_up::<S>(&mut self.up, arcs, &common);
            }
        }
    }

    /// What an arc is worth, once everything below it is known.
    pub(crate) fn product(&self, diagram: &Diagram, arc: usize) -> S::Element {
        S::plus_price(&product::<S>(&self.up, diagram.factors_of_arc(arc)), diagram.costs[arc])
    }

    fn downwards(&mut self, diagram: &Diagram) {
        reset::<S>(&mut self.down, self.up.len());
        let root = self.down.len().wrapping_sub(2);
        if let Some(root) = self.down.get_mut(root).filter(|_| diagram.nodes() > 0) {
            *root = S::one();
        }
        let (up, down) = (&self.up[..], &mut self.down[..]);
        for Column { shared, arcs, cost } in diagram.columns.iter().rev() {
            // Most columns share one or two factors.
            if let [factor] = *shared {
                let others = hand_down::<S>(up, down, arcs, &up[factor as usize], cost);
                add_to::<S>(down, factor, &others);
                continue;
            }
            if let [one, other] = *shared {
                let (by_one, by_other) = (&up[one as usize], &up[other as usize]);
                let others = hand_down::<S>(up, down, arcs, &S::multiply(by_one, by_other), cost);
                add_to::<S>(down, one, &S::multiply(&others, by_other));
                add_to::<S>(down, other, &S::multiply(&others, by_one));
                continue;
            }
            // Behind the first zero nothing is left from the front, before the last nothing from the back.
            self.before.clear();
            let mut common = S::one();
            for &factor in shared {
                self.before.push(common.clone());
                common = S::multiply(&common, &up[factor as usize]);
                if S::is_zero(&common) {
                    break;
                }
            }
            let mut right = hand_down::<S>(up, down, arcs, &common, cost);
            for (at, &factor) in shared.iter().enumerate().rev() {
                if S::is_zero(&right) {
                    break;
                }
                if let Some(before) = self.before.get(at) {
                    add_to::<S>(down, factor, &S::multiply(before, &right));
                }
                right = S::multiply(&right, &up[factor as usize]);
            }
        }
    }

    /// The sum over all valid assignments that the weights let through.
    #[must_use]
    pub fn total(&self, diagram: &Diagram) -> S::Element {
        match self.up.len().checked_sub(2).and_then(|root| self.up.get(root)) {
            Some(total) if diagram.nodes() > 0 => total.clone(),
            _ => S::zero(),
        }
    }

    /// By literal: the sum over the valid assignments with that literal, but for its own weight; the other values of its
    /// variable count as excluded, whatever the weights say of them. Empty before [`Pass::run`].
    #[must_use]
    pub fn others(&self, diagram: &Diagram) -> &[S::Element] {
        &self.down[..diagram.literals().min(self.down.len())]
    }
}

#[inline(always)]
fn add_to<S: Semiring>(sums: &mut [S::Element], factor: u32, element: &S::Element) {
    let sum = &mut sums[factor as usize];
    *sum = S::add(sum, element);
}

/// Makes a buffer this many zeros, four in a round, which is faster than one by one.
#[inline(never)]
fn reset<S: Semiring>(buffer: &mut Vec<S::Element>, length: usize) {
    let zero = S::zero();
    // Zeros of its own only where the pass before went through another diagram.
    buffer.resize(length, zero.clone());
    let (fours, rest) = buffer.as_chunks_mut::<4>();
    for [one, two, three, four] in fours {
        *one = zero.clone();
        *two = zero.clone();
        *three = zero.clone();
        *four = zero.clone();
    }
    rest.fill(zero);
}

/// What factors are worth together.
fn product<S: Semiring>(up: &[S::Element], factors: &[u32]) -> S::Element {
    let mut product = S::one();
    for &factor in factors {
        product = S::multiply(&product, &up[factor as usize]);
        if S::is_zero(&product) {
            break;
        }
    }
    product
}

/// Does something with all arcs, four in a round: a round costs about as much as a third of an arc.
#[inline(always)]
fn each(arcs: &[ColumnArc], mut task: impl FnMut(&ColumnArc)) {
    let (fours, rest) = arcs.as_chunks::<4>();
    for [one, two, three, four] in fours {
        task(one);
        task(two);
        task(three);
        task(four);
    }
    rest.iter().for_each(task);
}

/// Adds a column's arcs to their nodes, once everything below them is known; `common` is what their shared factors are worth.
/// A function of its own, like the two for the way down, so that its loop has the registers to itself.
#[inline(never)]
fn add_many_up<S: Semiring>(up: &mut [S::Element], arcs: &[ColumnArc], common: &S::Element) {
    if S::is_single(common) {
        add_up_by::<S>(up, arcs, |own| S::shift(own, common));
    } else {
        add_up_by::<S>(up, arcs, |own| S::multiply(own, common));
    }
}

#[inline(always)]
fn add_up_by<S: Semiring>(
    up: &mut [S::Element],
    arcs: &[ColumnArc],
    by_common: impl Fn(&S::Element) -> S::Element,
) {
    each(arcs, |&ColumnArc { node, own }| {
        let product = by_common(&up[own as usize]);
        add_to::<S>(up, node, &product);
    });
}

/// Hands what leads to a column's arcs, which cost this much, down to their own factors: to each times `shared`, which is
/// what the shared ones are worth. The result is what leads to the shared ones.
#[inline(always)]
fn hand_down<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    arcs: &[ColumnArc],
    shared: &S::Element,
    cost: i64,
) -> S::Element {
    let common = S::plus_price(shared, cost);
    let others = if arcs.len() < LONG {
        let mut others = S::zero();
        for arc in arcs {
            let node = down[arc.node as usize].clone();
            others = S::add(&others, &S::multiply(&node, &up[arc.own as usize]));
            add_to::<S>(down, arc.own, &S::multiply(&node, &common));
        }
        others
    } else if S::is_zero(&common) {
        gather::<S>(up, down, arcs)
    } else {
        hand_many_down::<S>(up, down, arcs, &common)
    };
    S::plus_price(&others, cost)
}

/// [`hand_down`] where there are many arcs and something leads through them; `common` includes what they cost.
#[inline(never)]
fn hand_many_down<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    arcs: &[ColumnArc],
    common: &S::Element,
) -> S::Element {
    if S::is_single(common) {
        hand_down_by::<S>(up, down, arcs, |node| S::shift(node, common))
    } else {
        hand_down_by::<S>(up, down, arcs, |node| S::multiply(node, common))
    }
}

#[inline(always)]
fn hand_down_by<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    arcs: &[ColumnArc],
    by_common: impl Fn(&S::Element) -> S::Element,
) -> S::Element {
    let down = &mut down[..up.len()];
    let mut others = S::zero();
    each(arcs, |&ColumnArc { node, own }| {
        let node = down[node as usize].clone();
        others = S::add(&others, &S::multiply(&node, &up[own as usize]));
        add_to::<S>(down, own, &by_common(&node));
    });
    others
}

/// [`hand_down`] where the shared factors are excluded, and so nothing leads to the others.
#[inline(never)]
fn gather<S: Semiring>(up: &[S::Element], down: &[S::Element], arcs: &[ColumnArc]) -> S::Element {
    let down = &down[..up.len()];
    let mut others = S::zero();
    for &ColumnArc { node, own } in arcs {
        others = S::add(&others, &S::multiply(&down[node as usize], &up[own as usize]));
    }
    others
}

/// Whether there is an assignment.
#[derive(Clone, Copy, Debug)]
pub struct Possible;

impl Semiring for Possible {
    type Element = bool;
    #[inline]
    fn zero() -> bool {
        false
    }
    #[inline]
    fn is_zero(element: &bool) -> bool {
        !*element
    }
    #[inline]
    fn one() -> bool {
        true
    }
    #[inline]
    fn plus_price(element: &bool, _: i64) -> bool {
        *element
    }
    #[inline]
    fn add(one: &bool, other: &bool) -> bool {
        *one || *other
    }
    #[inline]
    fn multiply(one: &bool, other: &bool) -> bool {
        *one && *other
    }
}

/// Whether there is an assignment, for 64 questions at once: one bit each.
#[derive(Clone, Copy, Debug)]
pub struct EachPossible;

impl Semiring for EachPossible {
    type Element = u64;
    #[inline]
    fn zero() -> u64 {
        0
    }
    #[inline]
    fn is_zero(element: &u64) -> bool {
        *element == 0
    }
    #[inline]
    fn one() -> u64 {
        u64::MAX
    }
    #[inline]
    fn plus_price(element: &u64, _: i64) -> u64 {
        *element
    }
    #[inline]
    fn add(one: &u64, other: &u64) -> u64 {
        one | other
    }
    #[inline]
    fn multiply(one: &u64, other: &u64) -> u64 {
        one & other
    }
}

/// Number of assignments; saturates at the largest `u128`, so that a smaller result is exact.
#[derive(Clone, Copy, Debug)]
pub struct Count;

impl Semiring for Count {
    type Element = u128;
    #[inline]
    fn zero() -> u128 {
        0
    }
    #[inline]
    fn is_zero(element: &u128) -> bool {
        *element == 0
    }
    #[inline]
    fn one() -> u128 {
        1
    }
    #[inline]
    fn plus_price(element: &u128, _: i64) -> u128 {
        *element
    }
    #[inline]
    fn add(one: &u128, other: &u128) -> u128 {
        one.saturating_add(*other)
    }
    #[inline]
    fn multiply(one: &u128, other: &u128) -> u128 {
        one.saturating_mul(*other)
    }
}

/// Number of assignments, however many.
#[cfg(feature = "bignum")]
#[derive(Clone, Copy, Debug)]
pub struct WideCount;

#[cfg(feature = "bignum")]
impl Semiring for WideCount {
    type Element = num_bigint::BigUint;
    #[inline]
    fn zero() -> Self::Element {
        Self::Element::ZERO
    }
    #[inline]
    fn is_zero(element: &Self::Element) -> bool {
        *element == Self::Element::ZERO
    }
    #[inline]
    fn one() -> Self::Element {
        1_u32.into()
    }
    #[inline]
    fn plus_price(element: &Self::Element, _: i64) -> Self::Element {
        element.clone()
    }
    #[inline]
    fn add(one: &Self::Element, other: &Self::Element) -> Self::Element {
        one + other
    }
    #[inline]
    fn multiply(one: &Self::Element, other: &Self::Element) -> Self::Element {
        one * other
    }
}

/// Lowest and highest total price, and how many assignments there are.
///
/// Amounts are whole numbers in minor units, exact up to [`Totals::LARGEST`]. They are kept as floating-point numbers for two
/// things that whole ones have not: the infinite, which stays what it is whatever is added, and on every machine one
/// instruction that finds the lesser of each of two pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Totals {
    /// The lowest total, and what the highest is below 0: of both, less goes farther. Infinite when there is no assignment.
    bounds: f64x2,
    /// Modulo 2⁶⁴.
    count: u64,
}

impl Totals {
    /// The farthest from 0 that amounts are told exactly, in minor units.
    pub const LARGEST: u64 = 1 << f64::MANTISSA_DIGITS;

    /// An assignment or a part of one that has this price, in minor units.
    #[must_use]
    #[inline]
    pub fn of(price: i64) -> Self {
        Self { bounds: f64x2::new([price as f64, -(price as f64)]), count: 1 }
    }

    /// Lowest total in minor units. Means nothing when there is no assignment.
    #[must_use]
    #[inline]
    pub fn low(&self) -> i64 {
        self.bounds.to_array()[0] as i64
    }

    /// Highest total in minor units. Means nothing when there is no assignment.
    #[must_use]
    #[inline]
    pub fn high(&self) -> i64 {
        -self.bounds.to_array()[1] as i64
    }

    /// Number of assignments, modulo 2⁶⁴: exact for diagrams that have fewer in all.
    #[must_use]
    #[inline]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether there is an assignment.
    #[must_use]
    #[inline]
    pub fn is_possible(&self) -> bool {
        self.bounds.to_array()[0] < f64::INFINITY
    }

    /// The same assignments, each for this much more in minor units.
    #[must_use]
    #[inline]
    pub fn plus(&self, price: i64) -> Self {
        Self { bounds: self.bounds + Self::of(price).bounds, count: self.count }
    }
}

/// [`Totals`].
#[derive(Clone, Copy, Debug)]
pub struct Bounds;

impl Semiring for Bounds {
    type Element = Totals;
    #[inline]
    fn zero() -> Totals {
        Totals { bounds: f64x2::new([f64::INFINITY; 2]), count: 0 }
    }
    #[inline]
    fn is_zero(element: &Totals) -> bool {
        !element.is_possible()
    }
    #[inline]
    fn one() -> Totals {
        Totals::of(0)
    }
    #[inline]
    fn plus_price(element: &Totals, amount: i64) -> Totals {
        element.plus(amount)
    }
    #[inline]
    fn add(one: &Totals, other: &Totals) -> Totals {
        // The fast one differs where one is not a number, which no sum of these is.
        Totals { bounds: one.bounds.fast_min(other.bounds), count: one.count.wrapping_add(other.count) }
    }
    #[inline]
    // Such a factor leaves counts as they are.
    fn is_single(element: &Totals) -> bool {
        element.count == 1
    }
    #[inline]
    fn shift(one: &Totals, single: &Totals) -> Totals {
        Totals { bounds: one.bounds + single.bounds, count: one.count }
    }
    #[inline]
    fn multiply(one: &Totals, other: &Totals) -> Totals {
        Totals { bounds: one.bounds + other.bounds, count: one.count.wrapping_mul(other.count) }
    }
}

/// Heavier than the weights of any model may add up to.
const NONE: i64 = i64::MAX / 4;

/// The least weight, and the least price among assignments of that weight. Weights of an assignment that add up to 2⁶⁰ in either
/// direction are not told from what is impossible.
#[derive(Clone, Copy, Debug)]
pub struct Least;

/// A weight, and a price in minor units to break ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight {
    /// What counts first.
    pub weight: i64,
    /// What counts among equals.
    pub price: i64,
}

impl Weight {
    /// Heavier than anything possible.
    pub const IMPOSSIBLE: Self = Self { weight: NONE, price: 0 };

    /// Whether there is an assignment of this weight.
    #[must_use]
    #[inline]
    pub fn is_possible(&self) -> bool {
        self.weight < NONE / 2
    }
}

impl Semiring for Least {
    type Element = Weight;
    #[inline]
    fn zero() -> Weight {
        Weight::IMPOSSIBLE
    }
    #[inline]
    fn is_zero(element: &Weight) -> bool {
        !element.is_possible()
    }
    #[inline]
    fn one() -> Weight {
        Weight { weight: 0, price: 0 }
    }
    #[inline]
    fn plus_price(element: &Weight, amount: i64) -> Weight {
        Weight { weight: element.weight, price: element.price.saturating_add(amount) }
    }
    #[inline]
    fn add(one: &Weight, other: &Weight) -> Weight {
        *one.min(other)
    }
    #[inline]
    fn multiply(one: &Weight, other: &Weight) -> Weight {
        let weight = one.weight.saturating_add(other.weight);
        if weight >= NONE / 2 {
            Weight::IMPOSSIBLE
        } else {
            Weight { weight, price: one.price.saturating_add(other.price) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::{Bounds, Count, EachPossible, Least, Pass, Possible, Semiring, Totals, Weight};
    use crate::diagram::columns::Column;
    use crate::diagram::{Arc, Builder, Diagram};
    use crate::model::{ValueId, VariableId};

    /// A diagram with two columns of `length` arcs that share literals of `switches` variables, and its valid assignments:
    /// what each costs besides its literals, and these.
    ///
    /// The first variable has a value for each arc, then come the switches, which are all off or all on, and a last variable
    /// of which each value of the first leaves two.
    fn diagram(length: usize, switches: usize) -> (Diagram, Vec<(i64, Vec<usize>)>) {
        let sizes = [&[length][..], &vec![2; switches], &[length]].concat();
        let mut builder = Builder::new(&sizes);
        let literal = |builder: &Builder, variable, value| {
            builder.literal(VariableId::new(variable), ValueId::new(value))
        };
        let (mut arcs, mut valid) = (Vec::new(), Vec::new());
        for first in 0..length {
            let left = [first, (first + 1) % length];
            let last =
                left.map(|value| Arc { cost: 3, factors: vec![literal(&builder, switches + 1, value)] });
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
            let product =
                factors.fold(S::one(), |product, &literal| S::multiply(&product, &weights[literal]));
            if S::is_zero(&product) { S::zero() } else { S::plus_price(&product, cost) }
        };
        let mut pass = Pass::<S>::default();
        // Twice, since the buffers are used again.
        for _ in 0..2 {
            pass.run(diagram, weights);
        }
        let total = valid
            .iter()
            .fold(S::zero(), |sum, (cost, literals)| S::add(&sum, &product(*cost, literals, None)));
        assert!(same(&pass.total(diagram), &total), "{:?} instead of {total:?}", pass.total(diagram));
        for (literal, found) in pass.others(diagram).iter().enumerate() {
            let with = valid.iter().filter(|(_, literals)| literals.contains(&literal));
            let expected = with.fold(S::zero(), |sum, (cost, literals)| {
                S::add(&sum, &product(*cost, literals, Some(literal)))
            });
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
                assert!(
                    S::is_zero(&S::multiply(&zero, &S::one())) && S::is_zero(&S::multiply(&S::one(), &zero))
                );
                assert!(!S::is_zero(&S::add(&zero, &S::one())));
            }
        }
        stays::<Possible>();
        stays::<EachPossible>();
        stays::<Count>();
        stays::<Bounds>();
        stays::<Least>();
        #[cfg(feature = "bignum")]
        stays::<super::WideCount>();
    }
}
