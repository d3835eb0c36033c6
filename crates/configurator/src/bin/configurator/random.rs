//! Random numbers from a seed, the same everywhere.

/// G. L. Steele, D. Lea, C. H. Flood: Fast splittable pseudorandom number generators (SplitMix64, 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound, each equally likely.
    pub(crate) fn below_wide(&mut self, bound: u128) -> u128 {
        let even = u128::MAX - u128::MAX % bound.max(1);
        loop {
            let drawn = u128::from(self.next()) << 64 | u128::from(self.next());
            if drawn < even {
                return drawn % bound.max(1);
            }
        }
    }

    /// A number below a bound; 0 when the bound is.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound.max(1) as u64)).unwrap_or(0)
    }
}
