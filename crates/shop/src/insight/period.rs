//! The sums of a period.

use std::sync::Arc;

use configurator::Slug;
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
        let sums = self.store.sums(slug, period.from, period.to).await?;
        // Cancelled and test orders teach nothing.
        let taken_out = self.store.taken_out(slug, period.from, period.to).await?;
        let sums = sums.without(taken_out.iter().flat_map(|design| ordered_of(design)));
        let since = self.store.counted_since(slug).await?;
        let (judged, counted) = (Arc::clone(&revision), sums.clone());
        let judge = move || advise(judged.product.product(), &counted, &LeastEvidence::default());
        let advice = self.executor.run(judge).await?;
        Ok(Insight { revision, period, sums, since, advice })
    }

    /// A period of so many days up to now, where the shop is.
    #[must_use]
    pub fn last_days(&self, days: u16) -> Period {
        Period::last(days, self.today())
    }
}
