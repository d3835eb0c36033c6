//! Writing what was counted, and forgetting what is old.

use time::{Date, Duration};

use crate::error::ShopError;
use crate::shop::Shop;

/// How many are written at once, so that an order that comes meanwhile hardly waits.
const AT_ONCE: usize = 500;

impl Shop {
    /// Writes what was counted since the last time.
    ///
    /// # Errors
    /// The store failed; what is not written waits for the next time.
    pub async fn keep_counts(&self) -> Result<(), ShopError> {
        let mut taken = self.counts.take();
        while !taken.unwritten.is_empty() {
            let many = taken.unwritten.len().min(AT_ONCE);
            self.store.add_counts(&taken.unwritten[..many]).await?;
            taken.unwritten.drain(..many);
        }
        Ok(())
    }

    /// Forgets sums that are older than the shop keeps them; how many rows they were.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_counts(&self) -> Result<u64, ShopError> {
        let days = i64::from(self.profile().insight_months) * 365 / 12;
        let before = self.today().saturating_sub(Duration::days(days));
        Ok(self.store.forget_counts(before).await?)
    }

    /// The day where the shop is.
    pub(crate) fn today(&self) -> Date {
        self.profile().day(self.now())
    }
}
