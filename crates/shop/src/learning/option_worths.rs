//! What options are worth, asked of the newest orders of a product and kept for a while.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use time::Duration;

use super::worths::OptionWorths;
use crate::error::ShopError;
use crate::shop::Shop;

/// For how long it is kept; it takes thousands of designs to be looked at.
const KEPT: Duration = Duration::minutes(10);
/// Orders of so many revisions speak, of the newest.
const MOST_REVISIONS: usize = 16;

impl Shop {
    /// What the options of a product are worth to those who ordered it, as of ten minutes ago at most.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn option_worths(&self, slug: &Slug) -> Result<Arc<OptionWorths>, ShopError> {
        let live = self.published(slug).await?;
        let (subject, now) = ((slug.clone(), live.number), self.now());
        if let Some((known, at)) = self.lately_worth.get(&subject)
            && (now - at).abs() < KEPT
        {
            return Ok(known);
        }
        let orders = self.store.ordered_designs(slug).await?;
        let mut numbers: Vec<RevisionNumber> = orders.iter().map(|order| order.revision).collect();
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        numbers.dedup();
        let mut revisions = HashMap::new();
        for number in numbers.into_iter().take(MOST_REVISIONS) {
            revisions.insert(number, self.as_published(slug, number).await?);
        }
        let find = move || OptionWorths::of(live.product.product(), &orders, &revisions);
        let found = Arc::new(self.executor.run(find).await?);
        self.lately_worth.insert(subject, (Arc::clone(&found), now));
        Ok(found)
    }
}
