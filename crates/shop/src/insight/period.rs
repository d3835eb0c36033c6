//! The sums of a period.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use time::{Date, Duration};

use super::advice::{Advice, LeastEvidence, advise};
use super::count::Sums;
use super::visit::ordered_of;
use crate::catalogue::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// The first and the last of some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

impl Period {
    /// The last so many days up to one; one day at least.
    #[must_use]
    pub fn last(days: u16, today: Date) -> Self {
        let before = Duration::days(i64::from(days.max(1)) - 1);
        Self { from: today.checked_sub(before).unwrap_or(Date::MIN), to: today }
    }

    /// Two days, whichever comes first.
    #[must_use]
    pub fn between(one: Date, other: Date) -> Self {
        Self { from: one.min(other), to: one.max(other) }
    }
}

/// What was counted of a product in a period.
#[derive(Clone, Debug)]
pub struct Insight {
    /// The live revision, whose menu the counts are shown by.
    pub revision: Arc<Revision>,
    /// The period.
    pub period: Period,
    /// The sums.
    pub sums: Sums,
    /// The first day on which anything was counted.
    pub since: Option<Date>,
    /// What the sums advise.
    pub advice: Vec<Advice>,
}

impl Shop {
    /// What was counted of a product in a period, with what this process counted up to now.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn insight(&self, slug: &Slug, period: Period) -> Result<Insight, ShopError> {
        self.keep_counts().await?;
        let revision = self.published(slug).await?;
        let sums = self.counted(slug, period).await?;
        self.insight_of(slug, revision, period, sums).await
    }

    /// The sums alone, as they are kept: whoever wants what this process counted up to now as well has that kept before.
    ///
    /// # Errors
    /// The store failed.
    pub async fn counted(&self, slug: &Slug, period: Period) -> Result<Sums, ShopError> {
        let sums = self.store.sums(slug, period.from, period.to).await?;
        // Cancelled and test orders teach nothing.
        let taken_out = self.store.taken_out(slug, period.from, period.to).await?;
        Ok(sums.without(taken_out.iter().flat_map(|design| ordered_of(design))))
    }

    /// What sums advise of a live revision that is in memory; nothing where it is not, so that nothing is compiled for it.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn insight_in_memory(
        &self,
        slug: &Slug,
        live: RevisionNumber,
        (period, sums): (Period, &Sums),
    ) -> Result<Option<Insight>, ShopError> {
        match self.in_memory(slug, live).into_iter().next() {
            Some(revision) => self.insight_of(slug, revision, period, sums.clone()).await.map(Some),
            None => Ok(None),
        }
    }

    async fn insight_of(
        &self,
        slug: &Slug,
        revision: Arc<Revision>,
        period: Period,
        sums: Sums,
    ) -> Result<Insight, ShopError> {
        let since = self.store.counted_since(slug).await?;
        let (judged, counted) = (Arc::clone(&revision), sums.clone());
        let judge = move || advise(judged.product.product(), &counted, &LeastEvidence::default());
        let advice = self.executor.run(judge).await?;
        Ok(Insight { revision, period, sums, since, advice })
    }

    /// What was counted of a product on all days that are kept.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sums_kept(&self, slug: &Slug) -> Result<Sums, ShopError> {
        self.keep_counts().await?;
        let Some(since) = self.store.counted_since(slug).await? else { return Ok(Sums::default()) };
        Ok(self.store.sums(slug, since, self.today()).await?)
    }

    /// A period of so many days up to now, where the shop is.
    #[must_use]
    pub fn last_days(&self, days: u16) -> Period {
        Period::last(days, self.today())
    }
}
