//! Made-up orders, to see a shop learn before anybody has ordered. They lie beside the examples of product files, are told apart
//! from orders wherever they speak, and are in no list and no sum of the desk.

use configurator::Slug;
use personalize::PastDesign;
use personalize::simulate::MadeUp;

use super::past::past_designs;
use super::store::PastDesignRow;
use crate::error::ShopError;
use crate::shop::Shop;

/// What was made up for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeUpOrders {
    /// The product.
    pub slug: Slug,
    /// How many orders there are now.
    pub orders: u32,
    /// How many different designs they have.
    pub designs: usize,
}

impl Shop {
    /// Gives every product that asks about use and has examples so many made-up orders, in place of those it had. The same seed
    /// makes the same orders.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn make_up_orders(&self, count: u32, seed: u64) -> Result<Vec<MadeUpOrders>, ShopError> {
        let mut made = Vec::new();
        for slug in self.listed_slugs().await? {
            made.extend(self.make_up_orders_of(&slug, count, seed).await?);
        }
        Ok(made)
    }

    async fn make_up_orders_of(
        &self,
        slug: &Slug,
        count: u32,
        seed: u64,
    ) -> Result<Option<MadeUpOrders>, ShopError> {
        let revision = self.published(slug).await?;
        let rows = self.store.examples(slug).await?;
        if revision.product.uses.is_none() || rows.is_empty() {
            return Ok(None);
        }
        let work = move || {
            let product = &revision.product;
            let examples = past_designs(product, &rows);
            let orders = MadeUp::new(product, &examples, seed).orders(count);
            let row = |order: PastDesign| PastDesignRow {
                stated_use: order.stated_use,
                asker: order.asker,
                choices: product.write_choices(&order.design.to_choices()),
                count: order.count,
                synthetic: order.count,
            };
            orders.into_iter().map(row).collect::<Vec<_>>()
        };
        let orders = self.executor.run(work).await?;
        self.store.replace_made_up(slug, &orders).await?;
        let all = orders.iter().fold(0_u32, |sum, row| sum.saturating_add(row.count));
        Ok(Some(MadeUpOrders { slug: slug.clone(), orders: all, designs: orders.len() }))
    }
}
