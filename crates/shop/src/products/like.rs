//! What is like a product that is not sold any more.

use std::collections::BTreeSet;

use configurator::Slug;
use words::Language;

use crate::catalogue::{Listing, folded};
use crate::error::ShopError;
use crate::shop::Shop;

/// Most products that are named.
const MOST: usize = 3;
/// Shorter words say nothing of what something is.
const SHORTEST_WORD: usize = 4;

impl Shop {
    /// Products that are sold and most like this one: those that share most words with it, and of these those whose price is
    /// nearest.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn like(&self, slug: &Slug, language: Language) -> Result<Vec<Listing>, ShopError> {
        let revision = self.published(slug).await?;
        let product = self.in_language(&revision, language).await?;
        let own = words_of(&product.product.name, &product.product.summary);
        let price = revision.product.quote(revision.product.standard()).total;
        let mut found = self.list("", 1, language).await?.items;
        found.retain(|listing| listing.slug != *slug);
        found.sort_by_key(|listing| {
            let shared = words_of(&listing.name, &listing.summary).intersection(&own).count();
            let other = listing.standard_price;
            let is_other = other.currency != price.currency;
            (std::cmp::Reverse(shared), is_other, other.amount.abs_diff(price.amount))
        });
        found.truncate(MOST);
        Ok(found)
    }
}

fn words_of(name: &str, summary: &str) -> BTreeSet<String> {
    let text = folded(&format!("{name} {summary}"));
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() >= SHORTEST_WORD).map(str::to_owned).collect()
}
