//! Random numbers from a seed, the same everywhere.

use num_bigint::BigUint;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

pub(crate) struct Random(SplitMix64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SplitMix64::seed_from_u64(seed))
    }

    /// A number below a bound that is not 0, each equally likely.
    pub(crate) fn below_wide(&mut self, bound: &BigUint) -> BigUint {
        let unused = bound.bits().next_multiple_of(32) - bound.bits();
        loop {
            let words = (0..bound.bits().div_ceil(32)).map(|_| self.0.next_u32());
            let drawn = BigUint::new(words.collect()) >> unused;
            if drawn < *bound {
                return drawn;
            }
        }
    }

    /// A number below a bound; 0 when the bound is.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.next_u64() % (bound.max(1) as u64)).unwrap_or(0)
    }
}
