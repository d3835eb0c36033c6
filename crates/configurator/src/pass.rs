//! Passes: one traversal of a diagram up and one down answer a question for every literal at once, over any semiring.
//!
//! Upwards every node gets the sum over its valid assignments; downwards every literal gets the sum over the valid
//! assignments that contain it, the choice for its own variable taken back (A. Darwiche, "A differential approach to
//! inference in Bayesian networks", 2003). Buffers are kept from pass to pass.

use std::ops::Range;

use crate::diagram::Diagram;
use crate::pairs::{LongProduct, Pair, Pairs};

/// What a pass adds up: assignments are summed, the parts of one assignment multiplied.
pub trait Semiring {
    /// What is added up.
    type Element: Clone;
    /// The sum of nothing.
    fn zero() -> Self::Element;
    /// Whether it is the sum of nothing. Passes leave such elements out before they multiply.
    fn is_zero(element: &Self::Element) -> bool;
    /// The product of nothing.
    fn one() -> Self::Element;
    /// The same for this much more, in minor units.
    fn plus_price(element: &Self::Element, amount: i64) -> Self::Element;
    /// The sum.
    fn add(one: &Self::Element, other: &Self::Element) -> Self::Element;
    /// The product of two elements that are not zero.
    fn multiply(one: &Self::Element, other: &Self::Element) -> Self::Element;
}

/// Buffers of passes over one diagram.
#[derive(Clone, Debug)]
pub struct Pass<S: Semiring> {
    /// By factor: literals, the product of nothing, then nodes.
    up: Vec<S::Element>,
    down: Vec<S::Element>,
    /// By factor of the arc at hand: the product of the factors before it.
    before: Vec<S::Element>,
}

impl<S: Semiring> Default for Pass<S> {
    fn default() -> Self {
        Self { up: Vec::new(), down: Vec::new(), before: Vec::new() }
    }
}

impl<S: Semiring> Pass<S> {
    /// Goes through a diagram. `weights` has an element for each literal, [`Semiring::zero`] for those that the choices
    /// exclude. Afterwards [`Pass::total`] and [`Pass::others`] tell.
    pub fn run(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        self.upwards(diagram, weights);
        self.downwards(diagram);
    }

    /// Only the first half, when the total is enough.
    pub fn upwards(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        let pairs = &diagram.pairs;
        self.up.clear();
        self.up.extend_from_slice(weights);
        self.up.push(S::one());
        let nodes = self.up.len();
        self.up.resize(nodes + pairs.ends.len(), S::zero());
        let up = &mut self.up[..];
        let (mut next, mut first) = (0, 0);
        for &LongProduct { node, end } in &pairs.products {
            add_up::<S>(up, pairs, next..node as usize);
            up[nodes + node as usize] =
                product::<S>(up, pairs.factors[first as usize..end as usize].iter().copied());
            (next, first) = (node as usize + 1, end);
        }
        add_up::<S>(up, pairs, next..pairs.ends.len());
    }

    /// What an arc is worth, once everything below it is known.
    pub(crate) fn product(&self, diagram: &Diagram, arc: usize) -> S::Element {
        let factors = diagram.factors_of_arc(arc).iter().map(|&factor| diagram.pairs.name(factor));
        let product = product::<S>(&self.up, factors);
        if S::is_zero(&product) { product } else { S::plus_price(&product, diagram.costs[arc]) }
    }

    fn downwards(&mut self, diagram: &Diagram) {
        let pairs = &diagram.pairs;
        self.down.clear();
        self.down.resize(self.up.len(), S::zero());
        if let Some(root) = self.down.last_mut().filter(|_| diagram.nodes() > 0) {
            *root = S::one();
        }
        let (up, before) = (&self.up[..], &mut self.before);
        let down = &mut self.down[..up.len()];
        let mut last = pairs.ends.len();
        for (at, &LongProduct { node, end }) in pairs.products.iter().enumerate().rev() {
            hand_down::<S>(up, down, pairs, node as usize + 1..last);
            last = node as usize;
            let own = down[up.len() - pairs.ends.len() + last].clone();
            if !S::is_zero(&own) {
                let first = at.checked_sub(1).map_or(0, |before| pairs.products[before].end);
                share::<S>(up, down, before, &pairs.factors[first as usize..end as usize], &own);
            }
        }
        hand_down::<S>(up, down, pairs, 0..last);
    }

    /// The sum over all valid assignments that the weights let through.
    #[must_use]
    pub fn total(&self, diagram: &Diagram) -> S::Element {
        match self.up.last() {
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

/// What the pairs of some nodes come to, once everything below them is known. A function of its own, like those for longer
/// products, so that its loop has the registers to itself.
#[inline(never)]
fn add_up<S: Semiring>(up: &mut [S::Element], pairs: &Pairs, nodes: Range<usize>) {
    let first = up.len() - pairs.ends.len();
    let mut begin = pairs.begin(nodes.start);
    for node in nodes {
        let end = pairs.ends[node] as usize;
        let mut sum = S::zero();
        for &Pair { factors: [one, other], cost } in &pairs.arcs[begin..end] {
            let (one, other) = (&up[one as usize], &up[other as usize]);
            if !S::is_zero(one) && !S::is_zero(other) {
                sum = S::add(&sum, &S::plus_price(&S::multiply(one, other), cost));
            }
        }
        begin = end;
        up[first + node] = sum;
    }
}

/// Hands what leads to some nodes down to the factors of their pairs, once everything above is known.
#[inline(never)]
fn hand_down<S: Semiring>(up: &[S::Element], down: &mut [S::Element], pairs: &Pairs, nodes: Range<usize>) {
    let down = &mut down[..up.len()];
    let first = up.len() - pairs.ends.len();
    let mut end = pairs.begin(nodes.end);
    for node in nodes.rev() {
        let begin = pairs.begin(node);
        let arcs = &pairs.arcs[begin..end];
        end = begin;
        let own = down[first + node].clone();
        // Nothing leads here.
        if S::is_zero(&own) {
            continue;
        }
        for &Pair { factors: [one, other], cost } in arcs {
            let product = S::plus_price(&own, cost);
            // Each gets what the other is worth.
            let (of_one, of_other) = (&up[one as usize], &up[other as usize]);
            if !S::is_zero(of_one) {
                add_to::<S>(&mut down[other as usize], &S::multiply(&product, of_one));
            }
            if !S::is_zero(of_other) {
                add_to::<S>(&mut down[one as usize], &S::multiply(&product, of_other));
            }
        }
    }
}

#[inline]
fn add_to<S: Semiring>(sum: &mut S::Element, element: &S::Element) {
    *sum = S::add(sum, element);
}

/// What factors are worth together.
#[inline(never)]
fn product<S: Semiring>(up: &[S::Element], factors: impl Iterator<Item = u32>) -> S::Element {
    let mut product = S::one();
    for factor in factors {
        let factor = &up[factor as usize];
        if S::is_zero(factor) {
            return S::zero();
        }
        product = S::multiply(&product, factor);
    }
    product
}

/// Hands an arc's worth from above down to its factors: each gets it times all the others. Slices rather than the whole
/// [`Pass`], so that their lengths are not read again after every write.
#[inline(never)]
fn share<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    before: &mut Vec<S::Element>,
    factors: &[u32],
    product: &S::Element,
) {
    // Behind the first zero nothing is left from the front, before the last nothing from the back.
    before.clear();
    let mut left = product.clone();
    for &factor in factors {
        before.push(left.clone());
        let up = &up[factor as usize];
        if S::is_zero(up) {
            break;
        }
        left = S::multiply(&left, up);
    }
    let mut right = S::one();
    for (at, &factor) in factors.iter().enumerate().rev() {
        if let Some(before) = before.get(at) {
            add_to::<S>(&mut down[factor as usize], &S::multiply(before, &right));
        }
        let up = &up[factor as usize];
        if S::is_zero(up) {
            break;
        }
        right = S::multiply(&right, up);
    }
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
#[cfg(feature = "wide")]
#[derive(Clone, Copy, Debug)]
pub struct WideCount;

#[cfg(feature = "wide")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Lowest total in minor units. Means nothing when there is no assignment.
    pub low: i64,
    /// Highest total. Means nothing when there is no assignment.
    pub high: i64,
    /// Number of assignments, modulo 2⁶⁴: exact for diagrams that have fewer in all.
    pub count: u64,
}

/// No total: farther from 0 than the prices of any model may add up to.
const NONE: i64 = i64::MAX / 4;

impl Totals {
    /// An assignment or a part of one that has this price, in minor units; what is farther from 0 than 2⁵⁹ counts as that.
    #[must_use]
    #[inline]
    pub fn of(price: i64) -> Self {
        let price = price.clamp(-NONE / 4, NONE / 4);
        Self { low: price, high: price, count: 1 }
    }

    /// Whether there is an assignment.
    #[must_use]
    #[inline]
    pub fn is_possible(&self) -> bool {
        self.low <= self.high
    }

    /// The same assignments, each for this much more in minor units.
    #[must_use]
    pub fn plus(&self, price: i64) -> Self {
        if self.is_possible() { Bounds::plus_price(self, price) } else { *self }
    }
}

/// [`Totals`].
#[derive(Clone, Copy, Debug)]
pub struct Bounds;

impl Semiring for Bounds {
    type Element = Totals;
    #[inline]
    fn zero() -> Totals {
        Totals { low: NONE, high: -NONE, count: 0 }
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
        Totals {
            low: element.low.wrapping_add(amount),
            high: element.high.wrapping_add(amount),
            count: element.count,
        }
    }
    #[inline]
    fn add(one: &Totals, other: &Totals) -> Totals {
        Totals {
            low: one.low.min(other.low),
            high: one.high.max(other.high),
            count: one.count.wrapping_add(other.count),
        }
    }
    #[inline]
    fn multiply(one: &Totals, other: &Totals) -> Totals {
        Totals {
            low: one.low.wrapping_add(other.low),
            high: one.high.wrapping_add(other.high),
            count: one.count.wrapping_mul(other.count),
        }
    }
}

/// The least weight, and the least price among assignments of that weight.
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
