//! Links that show a draft as shoppers would see it.

use configurator::Slug;

use super::draft::Draft;
use super::gate_store::{PreviewLink, RestingRow};
use super::previewed::BYTES;
use crate::error::ShopError;
use crate::secret::{token, token_hash};
use crate::shop::Shop;

impl Shop {
    /// Makes a link that shows a product's draft, in place of one there was, and returns its token; nothing where there is no
    /// draft. It ends when the draft is published or discarded, or the product is removed.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn make_preview(&self, slug: &Slug, by: &str) -> Result<Option<String>, ShopError> {
        self.live_number(slug).await?;
        let token = token::<BYTES>(&*self.environment);
        let link = PreviewLink { slug: slug.clone(), at: self.now(), by: by.to_owned() };
        let is_kept = self.store.keep_preview(&token_hash(&token), &link).await?;
        Ok(is_kept.then_some(token))
    }

    /// Ends the link that shows a product's draft; `false` where there is none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn end_preview(&self, slug: &Slug, by: &str) -> Result<bool, ShopError> {
        Ok(self.store.end_preview(slug, by, self.now()).await?)
    }

    /// The link that shows a product's draft.
    ///
    /// # Errors
    /// The store failed.
    pub async fn preview_link(&self, slug: &Slug) -> Result<Option<PreviewLink>, ShopError> {
        Ok(self.store.preview_link(slug).await?)
    }

    /// The draft that a link shows, as it is now; nothing where the link is over.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn previewed(&self, token: &str) -> Result<Option<Draft>, ShopError> {
        match self.store.previewed(&token_hash(token)).await? {
            Some(slug) => self.draft(&slug).await.map(Some),
            None => Ok(None),
        }
    }

    /// What rests on each revision of a product, as far as anything does.
    ///
    /// # Errors
    /// The store failed.
    pub async fn resting_on(&self, slug: &Slug) -> Result<Vec<RestingRow>, ShopError> {
        Ok(self.store.resting_on(slug).await?)
    }
}
