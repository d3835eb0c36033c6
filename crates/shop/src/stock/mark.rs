//! Marking options as sold out, and putting them on sale again.

use configurator::{RevisionNumber, Slug};
use std::sync::Arc;
use time::Date;

use super::store::{SoldOut, SoldOutRow};
use super::without::known;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::products::standing::Standing;
use crate::shop::Shop;

/// How often it is tried while others mark options of the same product.
const MOST_TRIES: usize = 4;

/// Why an option is not marked as sold out.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The live revision has no such option on its menu.
    #[error("the product that is on sale has no option '{option}' of '{attribute}'; choose one of its own")]
    NoOption {
        /// What came for the attribute's code.
        attribute: String,
        /// What came for the option's code.
        option: String,
    },
    /// The day is today or was before.
    #[error("{0} is no day to come; choose a later one, or none")]
    Past(Date),
    /// No design would be left.
    #[error("nothing could be ordered any more without this option; hide or archive the product instead")]
    NothingLeft,
    /// The shop is busy, or the store failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl Shop {
    /// What of products that are sold is on sale again by itself from one day to another, both included, the first day first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn on_sale_again(&self, from: Date, to: Date) -> Result<Vec<(Slug, SoldOut)>, ShopError> {
        let mut found = self.store.all_sold_out().await?;
        found.retain(|(_, sold_out)| sold_out.until.is_some_and(|until| (from..=to).contains(&until)));
        found.sort_by(|(one, first), (other, second)| (first.until, one).cmp(&(second.until, other)));
        let mut sold = Vec::with_capacity(found.len());
        for (slug, sold_out) in found {
            let row = self.store.standing(&slug).await?;
            if row.is_some_and(|row| matches!(row.standing, Standing::Listed | Standing::Hidden)) {
                sold.push((slug, sold_out));
            }
        }
        Ok(sold)
    }

    /// Options of a product that are sold out today, with who said so.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sold_out(&self, slug: &Slug) -> Result<Vec<SoldOutRow>, ShopError> {
        let today = self.calendar().today();
        let mut rows = self.store.sold_out(slug).await?;
        rows.retain(|row| row.sold_out.is_on(today));
        Ok(rows)
    }

    /// The live revision as it was published, whatever is sold out.
    ///
    /// # Errors
    /// As [`Shop::live`].
    pub async fn published(&self, slug: &Slug) -> Result<Arc<Revision>, ShopError> {
        let number = self.live_number(slug).await?;
        self.as_published(slug, number).await
    }

    /// A revision as it was published, whatever is sold out.
    pub(crate) async fn as_published(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Arc<Revision>, ShopError> {
        if let Some(revision) = self.find_revision(slug, number).await? {
            return Ok(revision);
        }
        self.live_number(slug).await?;
        Err(ShopError::UnknownRevision { slug: slug.clone(), number })
    }

    /// Marks an option of what is on sale as sold out, or changes until when. From now on nobody can choose or order it.
    ///
    /// # Errors
    /// See [`MarkError`].
    pub async fn mark_sold_out(&self, slug: &Slug, sold_out: SoldOut, by: &str) -> Result<(), MarkError> {
        if let Some(until) = sold_out.until.filter(|until| *until <= self.calendar().today()) {
            return Err(MarkError::Past(until));
        }
        let published = self.published(slug).await?;
        if known(&published.product, std::slice::from_ref(&sold_out)).is_empty() {
            let SoldOut { attribute, option, .. } = sold_out;
            return Err(MarkError::NoOption { attribute, option });
        }
        let row = SoldOutRow { sold_out, at: self.now(), by: by.to_owned() };
        for _ in 0..MOST_TRIES {
            let beside = self.store.sold_out(slug).await.map_err(ShopError::from)?;
            self.leaves_something(slug, published.number, &beside, &row.sold_out).await?;
            if self.store.mark_sold_out(slug, &row, &beside).await.map_err(ShopError::from)? {
                self.lately_sold_out.forget();
                tracing::info!(product = %slug, "an option is sold out");
                return Ok(());
            }
        }
        Err(ShopError::Busy.into())
    }

    /// That something is left of a revision without an option more.
    async fn leaves_something(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        marked: &[SoldOutRow],
        more: &SoldOut,
    ) -> Result<(), MarkError> {
        let today = self.calendar().today();
        let others = marked.iter().map(|row| &row.sold_out).filter(|other| {
            other.is_on(today) && (&other.attribute, &other.option) != (&more.attribute, &more.option)
        });
        let mut all: Vec<SoldOut> = others.chain([more]).cloned().collect();
        all.sort_unstable_by(|one, other| {
            (&one.attribute, &one.option).cmp(&(&other.attribute, &other.option))
        });
        match self.revision_without(slug, number, all).await {
            Ok(_) => Ok(()),
            Err(ShopError::SoldOut { .. }) => Err(MarkError::NothingLeft),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts an option on sale again; `false` when it was not sold out.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put_on_sale(&self, slug: &Slug, option: (&str, &str), by: &str) -> Result<bool, ShopError> {
        let done = self.store.put_on_sale(slug, option, by, self.now()).await?;
        self.lately_sold_out.forget();
        Ok(done)
    }
}
