//! What passes add up: whether there is an assignment, how many, the least and greatest total, the least weight.

use wide::f64x2;

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
    pub(super) bounds: f64x2,
    /// Modulo 2⁶⁴.
    pub(super) count: u64,
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
