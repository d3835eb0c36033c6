//! The history of a product, and going back in it.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};

use super::revision::Revision;
use super::store::RevisionInfo;
use crate::drafts::Hold;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::stock::SoldOut;
use crate::stock::without::leaves_nothing;

impl Shop {
    /// The history of a product, newest first.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn revisions(&self, slug: &Slug) -> Result<Vec<RevisionInfo>, ShopError> {
        self.live_number(slug).await?;
        Ok(self.store.revisions(slug).await?)
    }

    /// Makes an earlier revision live again. A draft that was begun stays; without one, editing starts
    /// from this revision.
    ///
    /// # Errors
    /// There is no such product or revision, the revision is withdrawn, so much is sold out that nothing of it could be ordered, or it is not sound for this release, or the store failed.
    pub async fn roll_back(&self, slug: &Slug, number: RevisionNumber, by: &str) -> Result<(), ShopError> {
        let earlier = self.as_published(slug, number).await?;
        if self.store.offer(slug, number).await?.withdrawal.is_some() {
            return Err(ShopError::Withdrawn { slug: slug.clone(), number });
        }
        let problems = self.faults_today(&earlier).await?;
        if !problems.is_empty() {
            return Err(ShopError::BrokenRevision { slug: slug.clone(), number, problems });
        }
        if self.has_nothing_left(&earlier).await? {
            return Err(ShopError::Held(Hold::NothingLeft));
        }
        let is_live = self.store.roll_back(slug, number, by, self.now()).await?;
        if is_live {
            self.lately_live.insert(slug.clone(), (number, self.environment.now()));
            tracing::info!(product = %slug, revision = %number, "a revision was made live again");
            Ok(())
        } else {
            Err(ShopError::UnknownRevision { slug: slug.clone(), number })
        }
    }

    /// Whether so much is sold out that nothing of a revision, taken as it was published, could be ordered.
    pub(crate) async fn has_nothing_left(&self, revision: &Arc<Revision>) -> Result<bool, ShopError> {
        let marks = self.sold_out(&revision.slug).await?;
        let sold_out: Vec<SoldOut> = marks.into_iter().map(|row| row.sold_out).collect();
        if sold_out.is_empty() {
            return Ok(false);
        }
        let (revision, year) = (Arc::clone(revision), self.calendar().today().year());
        self.executor.run(move || leaves_nothing(&revision.product, &sold_out, year)).await?
    }
}
