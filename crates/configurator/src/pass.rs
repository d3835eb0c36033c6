//! Passes: one traversal of a diagram up and one down answer a question for every literal at once, over any semiring.
//!
//! Upwards every node gets the sum over its valid assignments; downwards every literal gets the sum over the valid
//! assignments that contain it, the choice for its own variable taken back (A. Darwiche, "A differential approach to
//! inference in Bayesian networks", 2003). Buffers are kept from pass to pass.

use crate::diagram::Diagram;

/// What a pass adds up: assignments are summed, the parts of one assignment multiplied.
pub trait Semiring {
    /// What is added up.
    type Element: Clone;
    /// The sum of nothing. Times anything it is itself.
    fn zero() -> Self::Element;
    /// Whether it is the sum of nothing, or that times something.
    fn is_zero(element: &Self::Element) -> bool;
    /// The product of nothing.
    fn one() -> Self::Element;
    /// What a price in minor units multiplies with; [`Semiring::one`] for 0.
    fn price(amount: i64) -> Self::Element;
    /// The sum.
    fn add(one: &Self::Element, other: &Self::Element) -> Self::Element;
    /// The product.
    fn multiply(one: &Self::Element, other: &Self::Element) -> Self::Element;
}

/// Buffers of passes over one diagram.
#[derive(Clone, Debug)]
pub struct Pass<S: Semiring> {
    /// By factor: literals, then nodes.
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
        let literals = weights.len();
        self.up.clear();
        self.up.extend_from_slice(weights);
        self.up.resize(literals + diagram.nodes(), S::zero());
        let up = &mut self.up[..];
        for node in 0..diagram.nodes() {
            let arcs = diagram.arcs[node] as usize..diagram.arcs[node + 1] as usize;
            let mut sum = S::zero();
            for arc in arcs {
                sum = S::add(&sum, &product::<S>(up, diagram, arc));
            }
            up[literals + node] = sum;
        }
    }

    /// What an arc is worth, once everything below it is known.
    pub(crate) fn product(&self, diagram: &Diagram, arc: usize) -> S::Element {
        product::<S>(&self.up, diagram, arc)
    }

    fn downwards(&mut self, diagram: &Diagram) {
        let literals = diagram.literals();
        self.down.clear();
        self.down.resize(self.up.len(), S::zero());
        if let Some(root) = self.down.last_mut().filter(|_| diagram.nodes() > 0) {
            *root = S::one();
        }
        let (up, down, before) = (&self.up[..], &mut self.down[..], &mut self.before);
        for node in (0..diagram.nodes()).rev() {
            let own = down[literals + node].clone();
            if S::is_zero(&own) {
                continue;
            }
            for arc in diagram.arcs[node] as usize..diagram.arcs[node + 1] as usize {
                let factors =
                    &diagram.factors[diagram.factors_of[arc] as usize..diagram.factors_of[arc + 1] as usize];
                let product = match diagram.costs[arc] {
                    0 => own.clone(),
                    cost => S::multiply(&own, &S::price(cost)),
                };
                share::<S>(up, down, before, factors, product);
            }
        }
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

/// What an arc is worth, once everything below it is known.
fn product<S: Semiring>(up: &[S::Element], diagram: &Diagram, arc: usize) -> S::Element {
    let factors = diagram.factors_of[arc] as usize..diagram.factors_of[arc + 1] as usize;
    let mut factors = diagram.factors[factors].iter().map(|&factor| &up[factor as usize]);
    // Most arcs cost nothing and have one factor or two: the first need not be multiplied with anything.
    let mut product = match diagram.costs[arc] {
        0 => factors.next().cloned().unwrap_or_else(S::one),
        cost => S::price(cost),
    };
    // Most are excluded by one of their first factors once something is chosen.
    if S::is_zero(&product) {
        return product;
    }
    for factor in factors {
        if S::is_zero(factor) {
            return S::zero();
        }
        product = S::multiply(&product, factor);
    }
    product
}

/// Hands an arc's worth from above down to its factors: each gets it times all the others. Slices rather than the whole
/// [`Pass`], so that their lengths are not read again after every write.
fn share<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    before: &mut Vec<S::Element>,
    factors: &[u32],
    product: S::Element,
) {
    match *factors {
        [only] => {
            let down = &mut down[only as usize];
            *down = S::add(down, &product);
        }
        [one, other] => {
            let (one, other) = (one as usize, other as usize);
            down[one] = S::add(&down[one], &S::multiply(&product, &up[other]));
            down[other] = S::add(&down[other], &S::multiply(&product, &up[one]));
        }
        _ => {
            // Behind the first zero nothing is left from the front, before the last nothing from the back.
            before.clear();
            let mut left = product;
            for &factor in factors {
                let up = &up[factor as usize];
                let next = S::multiply(&left, up);
                before.push(std::mem::replace(&mut left, next));
                if S::is_zero(up) {
                    break;
                }
            }
            let mut right = S::one();
            for (at, &factor) in factors.iter().enumerate().rev() {
                if let Some(before) = before.get(at) {
                    let down = &mut down[factor as usize];
                    *down = S::add(down, &S::multiply(before, &right));
                }
                let up = &up[factor as usize];
                if S::is_zero(up) {
                    break;
                }
                right = S::multiply(&right, up);
            }
        }
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
    fn price(_: i64) -> bool {
        true
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
    fn price(_: i64) -> u64 {
        u64::MAX
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
    fn price(_: i64) -> u128 {
        1
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
    fn price(_: i64) -> Self::Element {
        1_u32.into()
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
        self.low < NONE / 2
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
    fn price(amount: i64) -> Totals {
        Totals::of(amount)
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
            // Neither is ever farther from 0 than `NONE`, so that their sum does not wrap; saturating would cost WebAssembly
            // more than the rest.
            low: one.low.wrapping_add(other.low).clamp(-NONE, NONE),
            high: one.high.wrapping_add(other.high).clamp(-NONE, NONE),
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
    fn price(amount: i64) -> Weight {
        Weight { weight: 0, price: amount }
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
