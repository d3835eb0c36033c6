//! Whether a revision is offered, withdrawing it, and taking that back.

use configurator::{RevisionNumber, Slug};
use time::{Duration, OffsetDateTime};

use super::offer::{Reasons, Withdrawal};
use super::store::EndingPrices;
use crate::drafts::previewed::not_previewed;
use crate::error::ShopError;
use crate::lately::LATELY;
use crate::shop::Shop;
use crate::short_text::short_text;

/// Most characters of the reason for a withdrawal.
pub const LONGEST_REASON: usize = 300;

impl Shop {
    /// For how long the prices of a revision hold after another one became live.
    #[must_use]
    pub fn price_hold(&self) -> Duration {
        self.profile().price_hold
    }

    /// The earlier revisions whose prices end within some time from now on.
    ///
    /// # Errors
    /// The store failed.
    pub async fn prices_ending(&self, within: Duration) -> Result<Vec<EndingPrices>, ShopError> {
        let (now, days) = (self.now(), self.price_hold().whole_days());
        Ok(self.store.prices_ending(days, (now, now.saturating_add(within))).await?)
    }

    /// Whether this moment is over.
    #[must_use]
    pub fn is_past(&self, moment: OffsetDateTime) -> bool {
        moment <= self.now()
    }

    /// Makes sure that a revision's designs can be ordered, but for its withdrawal in this second: the store looks for that
    /// when it writes. What this process knows as live is not asked for again within a second: another replica, or a release, may have
    /// published meanwhile, and then the earlier revision sells for that second even where its release lets its prices hold no longer.
    ///
    /// # Errors
    /// [`ShopError::OfferEnded`] when they can't; there is no such product, or the store failed.
    pub(crate) async fn may_be_ordered(&self, slug: &Slug, number: RevisionNumber) -> Result<(), ShopError> {
        not_previewed(slug)?;
        self.sold(slug).await?;
        if self.price_hold() >= LATELY && self.live_lately(slug).await? == number {
            return Ok(());
        }
        self.offered(slug, number).await
    }

    /// Makes sure that a revision's designs can be ordered.
    ///
    /// # Errors
    /// [`ShopError::OfferEnded`] when they can't; there is no such product, or the store failed.
    pub(crate) async fn offered(&self, slug: &Slug, number: RevisionNumber) -> Result<(), ShopError> {
        self.sold(slug).await?;
        let live = self.live_number(slug).await?;
        self.offered_beside(slug, number, live).await
    }

    /// The same beside a live revision that is known.
    pub(crate) async fn offered_beside(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        live: RevisionNumber,
    ) -> Result<(), ShopError> {
        if number == live {
            return Ok(());
        }
        let offer = self.store.offer(slug, number).await?;
        let is_over = offer.ends(self.profile().price_hold).is_some_and(|end| self.is_past(end));
        if offer.withdrawal.is_none() && !is_over {
            return Ok(());
        }
        let reasons = offer.withdrawal.map(|withdrawal| withdrawal.reasons);
        Err(ShopError::OfferEnded { slug: slug.clone(), number, live, reasons })
    }

    /// Withdraws an earlier revision: from now on nothing can be ordered of it. Designs of it open on the live revision.
    ///
    /// # Errors
    /// [`ShopError::StillLive`]; a reason is too long or has hidden characters; there is no such product or revision, or the store failed.
    pub async fn withdraw(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        reasons: impl Into<Reasons>,
        by: &str,
    ) -> Result<(), ShopError> {
        let reasons = short(reasons.into())?;
        let withdrawal = Withdrawal { at: self.now(), by: by.to_owned(), reasons };
        if self.live_number(slug).await? == number {
            return Err(ShopError::StillLive { slug: slug.clone(), number });
        }
        if self.store.withdraw(slug, number, &withdrawal).await? {
            tracing::info!(product = %slug, revision = %number, "a revision was withdrawn");
            return Ok(());
        }
        Err(ShopError::UnknownRevision { slug: slug.clone(), number })
    }

    /// Takes a withdrawal back.
    ///
    /// # Errors
    /// There is no such revision that was withdrawn, or the store failed.
    pub async fn offer_again(&self, slug: &Slug, number: RevisionNumber, by: &str) -> Result<(), ShopError> {
        if self.store.offer_again(slug, number, by, self.now()).await? {
            tracing::info!(product = %slug, revision = %number, "a revision is offered again");
            return Ok(());
        }
        Err(ShopError::UnknownRevision { slug: slug.clone(), number })
    }
}

/// Reasons without blanks around them.
fn short(reasons: Reasons) -> Result<Reasons, ShopError> {
    let short = |text: &str| short_text(text, LONGEST_REASON);
    let by_language = reasons.by_language.into_iter().map(|(tag, reason)| Ok((tag, short(&reason)?)));
    Ok(Reasons {
        otherwise: short(&reasons.otherwise)?,
        by_language: by_language.collect::<Result<_, ShopError>>()?,
    })
}
