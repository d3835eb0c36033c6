//! What is drawn from a source of randomness that is handed in.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::Rng;

/// A number from 0 up to, but not, 1.
pub fn chance(random: &mut Xoshiro256PlusPlus) -> f64 {
    // The 53 bits that a float of its size can tell apart.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let bits = (random.next_u64() >> 11) as f64;
    bits / 9_007_199_254_740_992.0
}

/// One of a number of things.
pub(crate) fn pick(count: usize, random: &mut Xoshiro256PlusPlus) -> usize {
    let place = (u128::from(random.next_u64()) * u128::try_from(count).unwrap_or(0)) >> 64;
    usize::try_from(place).unwrap_or(0)
}

/// A number of the Gumbel distribution, whose greatest of several is chosen as the multinomial logit says.
pub(crate) fn gumbel(random: &mut Xoshiro256PlusPlus) -> f64 {
    -(-chance(random).max(f64::MIN_POSITIVE).ln()).ln()
}
