//! What products ask their shoppers to state that they need them for.

use configurator::Slug;
use configurator::source::UsesSource;

use crate::error::ShopError;
use crate::shop::Shop;

/// The uses that a published product asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductUses {
    /// The product.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// The answers: codes, and what shoppers read.
    pub answers: Vec<(String, String)>,
}

impl Shop {
    /// The uses that live revisions ask about, in the shop's order of products. Products that ask about none are left out.
    ///
    /// # Errors
    /// The store failed.
    pub async fn stated_uses(&self) -> Result<Vec<ProductUses>, ShopError> {
        let rows = self.store.product_uses().await?.into_iter();
        let uses = rows.filter_map(|row| match serde_json::from_str::<UsesSource>(&row.uses) {
            Ok(uses) => Some(ProductUses {
                name: row.name.unwrap_or_else(|| row.slug.to_string()),
                answers: uses.answers.into_iter().map(|answer| (answer.code, answer.label)).collect(),
                slug: row.slug,
            }),
            Err(error) => {
                tracing::warn!(product = %row.slug, %error, "what a product asks about use can't be read");
                None
            }
        });
        Ok(uses.collect())
    }
}
