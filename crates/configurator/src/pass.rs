//! Passes: one traversal of a diagram up and one down answer a question for every literal at once, over any semiring.
//!
//! Upwards every node gets the sum over its valid assignments; downwards every literal gets the sum over the valid
//! assignments that contain it, the choice for its own variable taken back (A. Darwiche, "A differential approach to
//! inference in Bayesian networks", 2003). Buffers are kept from pass to pass.

use crate::diagram::Diagram;

/// What a pass adds up: assignments are summed, the parts of one assignment multiplied.
pub trait Semiring {
    /// What is added up.
    type Element: Copy;
    /// The sum of nothing. Times anything it is itself.
    const ZERO: Self::Element;
    /// The product of nothing.
    const ONE: Self::Element;
    /// What a price in minor units multiplies with.
    fn price(amount: i64) -> Self::Element;
    /// The sum.
    fn add(one: Self::Element, other: Self::Element) -> Self::Element;
    /// The product.
    fn multiply(one: Self::Element, other: Self::Element) -> Self::Element;
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
    /// Goes through a diagram. `weights` has an element for each literal, [`Semiring::ZERO`] for those that the choices
    /// exclude. Afterwards [`Pass::total`] and [`Pass::others`] tell.
    pub fn run(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        self.upwards(diagram, weights);
        self.downwards(diagram);
    }

    /// Only the first half, when the total is enough.
    pub fn upwards(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        self.up.clear();
        self.up.extend_from_slice(weights);
        for node in 0..diagram.nodes() {
            let arcs = diagram.arcs[node] as usize..diagram.arcs[node + 1] as usize;
            let mut sum = S::ZERO;
            for arc in arcs {
                let factors = diagram.factors_of[arc] as usize..diagram.factors_of[arc + 1] as usize;
                let price = S::price(diagram.costs[arc]);
                let product = diagram.factors[factors]
                    .iter()
                    .fold(price, |product, &factor| S::multiply(product, self.up[factor as usize]));
                sum = S::add(sum, product);
            }
            self.up.push(sum);
        }
    }

    fn downwards(&mut self, diagram: &Diagram) {
        let literals = diagram.literals();
        self.down.clear();
        self.down.resize(self.up.len(), S::ZERO);
        if let Some(root) = self.down.last_mut().filter(|_| diagram.nodes() > 0) {
            *root = S::ONE;
        }
        for node in (0..diagram.nodes()).rev() {
            let above = self.down[literals + node];
            for arc in diagram.arcs[node] as usize..diagram.arcs[node + 1] as usize {
                let from = diagram.factors_of[arc] as usize;
                let factors = &diagram.factors[from..diagram.factors_of[arc + 1] as usize];
                let product = S::multiply(above, S::price(diagram.costs[arc]));
                match *factors {
                    [only] => {
                        let down = &mut self.down[only as usize];
                        *down = S::add(*down, product);
                    }
                    [one, other] => {
                        let (one, other) = (one as usize, other as usize);
                        self.down[one] = S::add(self.down[one], S::multiply(product, self.up[other]));
                        self.down[other] = S::add(self.down[other], S::multiply(product, self.up[one]));
                    }
                    _ => {
                        self.before.clear();
                        let mut left = product;
                        for &factor in factors {
                            self.before.push(left);
                            left = S::multiply(left, self.up[factor as usize]);
                        }
                        let mut right = S::ONE;
                        for (&factor, &before) in factors.iter().zip(&self.before).rev() {
                            let down = &mut self.down[factor as usize];
                            *down = S::add(*down, S::multiply(before, right));
                            right = S::multiply(right, self.up[factor as usize]);
                        }
                    }
                }
            }
        }
    }

    /// The sum over all valid assignments that the weights let through.
    #[must_use]
    pub fn total(&self, diagram: &Diagram) -> S::Element {
        match self.up.last() {
            Some(&total) if diagram.nodes() > 0 => total,
            _ => S::ZERO,
        }
    }

    /// By literal: the sum over the valid assignments with that literal, but for its own weight; the other values of its
    /// variable count as excluded, whatever the weights say of them.
    #[must_use]
    pub fn others(&self, diagram: &Diagram) -> &[S::Element] {
        &self.down[..diagram.literals().min(self.down.len())]
    }
}

/// Number of assignments, modulo 2⁶⁴: for diagrams with fewer assignments than that.
#[derive(Clone, Copy, Debug)]
pub struct Count64;

impl Semiring for Count64 {
    type Element = u64;
    const ZERO: u64 = 0;
    const ONE: u64 = 1;
    fn price(_: i64) -> u64 {
        1
    }
    fn add(one: u64, other: u64) -> u64 {
        one.wrapping_add(other)
    }
    fn multiply(one: u64, other: u64) -> u64 {
        one.wrapping_mul(other)
    }
}

/// Number of assignments that saturates at the largest `u128`.
#[derive(Clone, Copy, Debug)]
pub struct Count128;

impl Semiring for Count128 {
    type Element = u128;
    const ZERO: u128 = 0;
    const ONE: u128 = 1;
    fn price(_: i64) -> u128 {
        1
    }
    fn add(one: u128, other: u128) -> u128 {
        one.saturating_add(other)
    }
    fn multiply(one: u128, other: u128) -> u128 {
        one.saturating_mul(other)
    }
}

/// Lowest and highest total price, and how many assignments there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Lowest total in minor units; at least [`NONE`] when there is no assignment.
    pub low: i64,
    /// Highest total.
    pub high: i64,
    /// Number of assignments, modulo 2⁶⁴.
    pub count: u64,
}

/// No total; larger than every sum of prices.
pub const NONE: i64 = i64::MAX / 4;

impl Totals {
    /// A literal of this price.
    #[must_use]
    pub fn of(price: i64) -> Self {
        Self { low: price, high: price, count: 1 }
    }
}

/// [`Totals`].
#[derive(Clone, Copy, Debug)]
pub struct Bounds;

impl Semiring for Bounds {
    type Element = Totals;
    const ZERO: Totals = Totals { low: NONE, high: -NONE, count: 0 };
    const ONE: Totals = Totals { low: 0, high: 0, count: 1 };
    fn price(amount: i64) -> Totals {
        Totals::of(amount)
    }
    fn add(one: Totals, other: Totals) -> Totals {
        Totals {
            low: one.low.min(other.low),
            high: one.high.max(other.high),
            count: one.count.wrapping_add(other.count),
        }
    }
    fn multiply(one: Totals, other: Totals) -> Totals {
        Totals {
            low: (one.low + other.low).min(NONE),
            high: (one.high + other.high).max(-NONE),
            count: one.count.wrapping_mul(other.count),
        }
    }
}
