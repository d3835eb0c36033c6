//! Random numbers from a seed, the same everywhere.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

pub(crate) struct Random(SplitMix64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SplitMix64::seed_from_u64(seed))
    }

    /// A number below a bound, each equally likely.
    pub(crate) fn below_wide(&mut self, bound: u128) -> u128 {
        let even = u128::MAX - u128::MAX % bound.max(1);
        loop {
            let drawn = u128::from(self.0.next_u64()) << 64 | u128::from(self.0.next_u64());
            if drawn < even {
                return drawn % bound.max(1);
            }
        }
    }

    /// A number below a bound; 0 when the bound is.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.next_u64() % (bound.max(1) as u64)).unwrap_or(0)
    }
}
