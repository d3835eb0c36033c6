//! A design that is open: completed, and what can be said of it.

use std::sync::Arc;

use configurator::{Choices, Configured, Design, Menu, Quantity, RevisionNumber};
use personalize::{Start, StartingDesign};
use time::Date;
use words::Shop;

use super::as_it_is::as_it_is;
use super::notice::Notice;
use super::price_change::PriceChange;
use crate::catalogue::revision::Revision;
use crate::error::{ShopError, too_complex};
use crate::secret::short_hash;

/// A design as it is opened, completed.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The revision it is pinned to.
    pub revision: Arc<Revision>,
    /// Its product in the reader's language.
    pub product: Configured,
    /// The number of the revision that is live.
    pub live: RevisionNumber,
    /// What it starts from.
    pub start: Start,
    /// The design that this start has.
    pub default: StartingDesign,
    /// The shopper's choices, which can stand together.
    pub choices: Choices,
    /// The complete design.
    pub design: Design,
    /// What was left out and why.
    pub notices: Vec<Notice>,
    /// The revision that it goes on from, where that is another one, with what differs, where that can still be told.
    pub from: Option<(RevisionNumber, Option<PriceChange>)>,
    /// What gives way to what is sold out, where it was made before.
    pub gives_way: Option<GivesWay>,
    /// Codes with what was typed and can't be read, on which there are notices.
    pub unreadable: Vec<(String, String)>,
}

/// How a design differs from what it would be if nothing were sold out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivesWay {
    /// What is sold out of it, in sentences.
    pub reasons: Vec<String>,
    /// What differs for that.
    pub change: PriceChange,
}

impl GivesWay {
    /// What a design gives way to, where it was another one as published and that can't be had.
    pub(super) fn between(was: (&Configured, &Design), now: (&Configured, &Design)) -> Option<Self> {
        let reasons: Vec<String> =
            now.0.validate(was.1).into_iter().map(|violation| violation.sentence).collect();
        (!reasons.is_empty()).then(|| Self { reasons, change: PriceChange::between(was, now) })
    }
}

impl Opened {
    /// The choices as pairs of code and value, with what is kept beside them ([`configurator::Product::read_design`]).
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.product.write_choices(&self.choices)
    }

    /// 16 hexadecimal digits that stand for so many pieces of the design, their total and the day that is promised, to notice
    /// when an order would no longer be what the shopper was looking at. Never a price to charge.
    #[must_use]
    pub fn fingerprint(&self, quantity: Quantity, arrival: Date) -> String {
        let product = &self.product;
        let total = product.quote_for(&self.design, quantity).total.amount;
        let mut text = format!("{total}\0{}\0{}", quantity.get(), arrival.to_julian_day());
        for (code, value) in product.write_choices(&self.design.to_choices()) {
            text.extend(["\0", &code, "\0", &value]);
        }
        short_hash(text.as_bytes())
    }

    /// How the design differs from the one that it goes on from or was made as, in words, where no notice says so.
    #[must_use]
    pub fn goes_on(&self, say: &Shop) -> Option<String> {
        let changed = self.changed_since(say);
        let Some(GivesWay { reasons, change }) = &self.gives_way else { return changed };
        // Why a choice is left out is told already.
        let is_told = |reason: &String| {
            self.notices.iter().any(|notice| match notice {
                Notice::SoldOut(sentence) => sentence == reason,
                Notice::Contradiction(sentence) => sentence.contains(reason),
                _ => false,
            })
        };
        let mut told: Vec<String> = reasons.iter().filter(|reason| !is_told(reason)).cloned().collect();
        told.push(change.sentence(&self.product, say));
        told.extend(changed);
        Some(told.join(" "))
    }

    fn changed_since(&self, say: &Shop) -> Option<String> {
        let is_told = self.notices.iter().any(|notice| matches!(notice, Notice::OfferEnded { .. }));
        let (_, change) = self.from.as_ref().filter(|_| !is_told)?;
        change.as_ref().map(|change| change.sentence(&self.product, say))
    }

    /// The same design from the standard.
    pub(super) fn over_standard(mut self) -> Self {
        let product = &self.product;
        self.choices = as_it_is(product, &self.design, |id| self.choices.get(id).is_some());
        (self.start, self.default) = (Start::Standard, StartingDesign::standard(product));
        self
    }

    pub(super) fn menu(&self) -> Result<Menu, ShopError> {
        let menu = self.product.menu_of_shown(&self.choices, &self.default.design);
        Ok(menu.map_err(too_complex)?)
    }
}
