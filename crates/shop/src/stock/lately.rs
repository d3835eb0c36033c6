//! What is sold out of all products, asked of the store once a second at most.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::{RevisionNumber, Slug};

use super::left::SoldOutOfAll;
use super::missing::Prices;
use super::store::SoldOut;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The prices of what is left of a revision without options; nothing where its menu has none of them.
    pub(crate) async fn prices_left(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        sold_out: &[SoldOut],
    ) -> Result<Option<Prices>, ShopError> {
        let key = (slug.clone(), number, sold_out.to_vec());
        if let Some(Some(prices)) = self.left.get(&key) {
            return Ok(Some(prices));
        }
        let left = self.revision_without(slug, number, key.2.clone()).await?;
        let prices = left.and_then(|left| left.missing.as_ref().map(|missing| missing.prices));
        if prices.is_some() {
            self.left.insert(key, prices);
        }
        Ok(prices)
    }

    /// Options of a product that are sold out today, at most a second old where another shop on the same database marked them.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sold_out_lately(&self, slug: &Slug) -> Result<Arc<[SoldOut]>, ShopError> {
        let ask = self.all_sold_out();
        let all = self.lately_sold_out.get_or_ask(self.environment.as_ref(), ask).await?;
        Ok(all.get(slug).cloned().unwrap_or_default())
    }

    async fn all_sold_out(&self) -> Result<SoldOutOfAll, ShopError> {
        let today = self.calendar().today();
        let mut by_product = HashMap::<Slug, Vec<SoldOut>>::new();
        for (slug, sold_out) in self.store.all_sold_out().await? {
            if sold_out.is_on(today) {
                by_product.entry(slug).or_default().push(sold_out);
            }
        }
        // What was computed without them is found by this list, whatever a database thinks of the order of letters.
        let sorted = by_product.into_iter().map(|(slug, mut options)| {
            options.sort_unstable_by(|one, other| {
                (&one.attribute, &one.option).cmp(&(&other.attribute, &other.option))
            });
            (slug, options.into())
        });
        Ok(sorted.collect())
    }
}
