//! The admin's list of products, in the shop's order, and what is decided there: places, who sees them, removal.

use configurator::{Currency, Money, RevisionNumber, Slug};
use time::OffsetDateTime;

use super::standing::Standing;
use super::store::NewStanding;
use crate::catalogue::FORMAT;
use crate::drafts::Draft;
use crate::error::ShopError;
use crate::shop::Shop;

/// A product in the admin's list.
#[derive(Clone, Debug)]
pub struct ManagedProduct {
    /// How it stands.
    pub standing: Standing,
    /// Number of its live revision; of one that was never published, what its draft began as.
    pub live: RevisionNumber,
    /// Its place in the shop's list, from 1, where it is listed.
    pub place: Option<u32>,
    /// When its live revision was published, where there is one.
    pub published_at: Option<OffsetDateTime>,
    /// The price of the standard design, where the live revision is prepared.
    pub standard_price: Option<Money>,
    /// Its draft.
    pub draft: Draft,
}

/// A page of the admin's list.
#[derive(Clone, Debug)]
pub struct ManagedList {
    /// The products on it, in the shop's order.
    pub items: Vec<ManagedProduct>,
    /// Which page it is, from 1.
    pub page: u32,
    /// How many there are, at least 1.
    pub pages: u32,
}

/// Products on a page.
const PAGE: u32 = 24;

impl Shop {
    /// A page of all products but those that were removed. Beyond the last page is the last one.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn managed(&self, page: u32) -> Result<ManagedList, ShopError> {
        let pages = self.store.count_managed().await?.div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let mut items = Vec::new();
        for row in self.store.managed(FORMAT, (page - 1) * PAGE, PAGE).await? {
            let standing = row.product.standing;
            let price = row.standard_price.filter(|_| standing.was_published());
            items.push(ManagedProduct {
                standing,
                live: row.product.live,
                place: row.place,
                published_at: standing.was_published().then_some(row.published_at),
                standard_price: price
                    .and_then(|(amount, code)| Some(Money::new(amount, Currency::new(&code)?))),
                draft: self.draft(&row.product.slug).await?,
            });
        }
        Ok(ManagedList { items, page, pages })
    }

    /// The addresses and names of all products but those that were removed, in the shop's order. Those that were changed and not
    /// published have the name of their draft.
    ///
    /// # Errors
    /// The store failed.
    pub async fn managed_names(&self) -> Result<Vec<(Slug, String)>, ShopError> {
        let rows = self.store.managed_names().await?.into_iter();
        Ok(rows.map(|(slug, name)| (slug.clone(), name.unwrap_or_else(|| slug.to_string()))).collect())
    }

    /// The same of some products: no more is read than that.
    ///
    /// # Errors
    /// The store failed.
    pub async fn names_of(&self, slugs: &[Slug]) -> Result<Vec<(Slug, String)>, ShopError> {
        if slugs.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.store.names_of(slugs).await?.into_iter();
        Ok(rows.map(|(slug, name)| (slug.clone(), name.unwrap_or_else(|| slug.to_string()))).collect())
    }

    /// Changes how a product stands: whether it is listed, hidden or archived; of one that was never published, whether it is
    /// removed.
    ///
    /// # Errors
    /// [`ShopError::StandsOtherwise`] when somebody else decided meanwhile, or it can't stand like that; the store failed.
    pub async fn change_standing(
        &self,
        slug: &Slug,
        was: Standing,
        becomes: Standing,
        by: &str,
    ) -> Result<(), ShopError> {
        let change = NewStanding { slug: slug.clone(), was, becomes, at: self.now(), by: by.to_owned() };
        if !was.may_become(becomes) || !self.store.change_standing(&change).await? {
            return Err(ShopError::StandsOtherwise { slug: slug.clone() });
        }
        self.forget_standing(slug);
        tracing::info!(product = %slug, %was, %becomes, "a product stands otherwise");
        Ok(())
    }

    /// The place of a product in the shop's list, from 1; nothing where it is not on it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn place(&self, slug: &Slug) -> Result<Option<u32>, ShopError> {
        Ok(self.store.place(slug).await?)
    }

    /// Moves a product to a place in the shop's list, from 1; beyond the last is the last.
    ///
    /// # Errors
    /// [`ShopError::StandsOtherwise`] when it is not listed; the store failed.
    pub async fn move_product(&self, slug: &Slug, place: u32, by: &str) -> Result<(), ShopError> {
        if self.store.move_product(slug, place, by, self.now()).await? {
            return Ok(());
        }
        Err(ShopError::StandsOtherwise { slug: slug.clone() })
    }
}
