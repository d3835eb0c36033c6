//! Random numbers from a seed, the same everywhere.

use num_bigint::BigUint;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

pub(crate) struct Random(SplitMix64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SplitMix64::seed_from_u64(seed))
    }

    /// A number below a bound, each equally likely; 0 when the bound is.
    pub(crate) fn below_wide(&mut self, bound: &BigUint) -> BigUint {
        if *bound == BigUint::ZERO {
            return BigUint::ZERO;
        }
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

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::Random;

    #[test]
    fn wide_numbers_are_spread_over_all_below_their_bound() {
        const DRAWN: usize = 1_000;
        let mut random = Random::new(1);
        assert_eq!(random.below_wide(&BigUint::ZERO), BigUint::ZERO);
        for bound in [
            1_u32.into(),
            7_u32.into(),
            BigUint::from(1_u64 << 32),
            BigUint::from((1_u64 << 32) + 1),
            BigUint::from(5_u32) << 300,
        ] {
            let drawn: Vec<BigUint> = (0..DRAWN).map(|_| random.below_wide(&bound)).collect();
            assert!(drawn.iter().all(|drawn| *drawn < bound), "{bound}");
            // About as many in each seventh as it is wide.
            for seventh in (0_u32..7).filter(|_| bound > BigUint::from(6_u32)) {
                let (low, high) = (&bound * seventh / 7_u32, &bound * (seventh + 1) / 7_u32);
                let inside = drawn.iter().filter(|drawn| (&low..&high).contains(drawn)).count();
                assert!((100..190).contains(&inside), "{inside} of {DRAWN} in a seventh below {bound}");
            }
        }
    }
}
