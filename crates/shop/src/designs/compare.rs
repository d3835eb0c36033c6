//! Designs side by side: each on the live revision, and at what it costs now.

use configurator::{Quote, Slug};
use personalize::{Start, StartingDesign};
use time::OffsetDateTime;
use words::Language;

use super::address::DesignAddress;
use super::consent::Consent;
use super::opened::Opened;
use super::store::Keeping;
use crate::error::ShopError;
use crate::shop::Shop;

/// Most designs side by side.
pub const MOST_COMPARED: usize = 4;

/// A design that is asked for beside others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// One's own.
    Own(DesignAddress),
    /// What is proposed for what matters to somebody.
    Proposed(DesignAddress),
    /// The one behind a link of this token.
    Link(String),
    /// The ready-made one of this code.
    ReadyMade(String),
    /// The standard.
    Standard,
}

/// Where a design comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is one's own.
    Own,
    /// It was proposed.
    Proposed,
    /// It was saved or ordered, at this time.
    Saved(OffsetDateTime),
    /// It was kept under this name.
    Named(String),
    /// It was shared, at this time.
    Shared(OffsetDateTime),
    /// It is ready-made, and called so.
    ReadyMade(String),
    /// It is the standard.
    Standard,
}

/// A design beside others.
#[derive(Clone, Debug)]
pub struct ComparedDesign {
    /// Its place among what was asked for.
    pub place: usize,
    /// Where it comes from.
    pub origin: Origin,
    /// The design, on the live revision.
    pub opened: Opened,
    /// What it costs.
    pub quote: Quote,
}

/// Designs side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The standard, which tells the product.
    pub standard: Opened,
    /// The designs, [`MOST_COMPARED`] at most. All are of one revision, so that attribute by attribute they can be compared.
    pub designs: Vec<ComparedDesign>,
    /// Places of what there is not, or is of another product.
    pub missing: Vec<usize>,
    /// Places of those for which there is no room.
    pub waiting: Vec<usize>,
}

impl Shop {
    /// Puts designs side by side. What there is not is left out.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, the engine gave up, or the store failed.
    pub async fn compare(
        &self,
        slug: &Slug,
        asked: &[Compared],
        consent: &Consent,
        language: Language,
    ) -> Result<Comparison, ShopError> {
        let plain = DesignAddress { start: Some(Start::Standard), ..DesignAddress::default() };
        let standard = self.open_design(slug, &plain, &Consent::default(), language).await?;
        let mut compared =
            Comparison { standard, designs: Vec::new(), missing: Vec::new(), waiting: Vec::new() };
        for (place, asked) in asked.iter().enumerate() {
            if compared.designs.len() == MOST_COMPARED {
                compared.waiting.push(place);
                continue;
            }
            match self.beside(&compared.standard, asked, consent, language).await? {
                Some((origin, opened)) => {
                    let quote = opened.product.quote(&opened.design);
                    compared.designs.push(ComparedDesign { place, origin, opened, quote });
                }
                None => compared.missing.push(place),
            }
        }
        Ok(compared)
    }

    /// One of them, on the revision of the standard.
    async fn beside(
        &self,
        standard: &Opened,
        asked: &Compared,
        consent: &Consent,
        language: Language,
    ) -> Result<Option<(Origin, Opened)>, ShopError> {
        let (origin, address) = match asked {
            Compared::Standard => return Ok(Some((Origin::Standard, standard.clone()))),
            Compared::ReadyMade(code) => {
                return Ok(ready_made(standard, code));
            }
            Compared::Own(address) => (Origin::Own, address.clone()),
            Compared::Proposed(address) => (Origin::Proposed, address.clone()),
            Compared::Link(token) => {
                let kept = self.kept_design(token).await?;
                let Some(kept) = kept.filter(|kept| kept.slug == standard.revision.slug) else {
                    return Ok(None);
                };
                let origin = match kept.keeping {
                    Keeping::Named => Origin::Named(kept.name.clone().unwrap_or_default()),
                    Keeping::Shared => Origin::Shared(kept.kept_at),
                    Keeping::Saved | Keeping::Ordered => Origin::Saved(kept.kept_at),
                };
                (origin, kept.address())
            }
        };
        let live = standard.revision.number;
        let from = address.from.or(address.revision).filter(|from| *from != live);
        let address = DesignAddress { revision: Some(live), from, ..address };
        let opened = self.open_design(&standard.revision.slug, &address, consent, language).await?;
        Ok(Some((origin, opened)))
    }
}

impl Opened {
    /// What this design is best seen beside: the nearest ready-made one and the standard, unless it is that itself.
    #[must_use]
    pub fn companions(&self) -> Vec<Compared> {
        let (product, own) = (&self.product, &self.design);
        let others = product.designs.iter().filter(|ready| ready.design != *own);
        let nearest = others.min_by_key(|ready| product.differences(own, &ready.design));
        let nearest = nearest.map(|ready| Compared::ReadyMade(ready.code.clone()));
        let standard = (own != product.standard()).then_some(Compared::Standard);
        nearest.into_iter().chain(standard).collect()
    }
}

fn ready_made(standard: &Opened, code: &str) -> Option<(Origin, Opened)> {
    let product = &standard.product;
    let ready = product.designs.iter().find(|ready| ready.code == code)?;
    let opened = Opened {
        start: Start::Standard,
        default: StartingDesign::standard(product),
        choices: product.choices_for(&ready.design, product.standard()),
        design: ready.design.clone(),
        ..standard.clone()
    };
    Some((Origin::ReadyMade(ready.label.clone()), opened))
}
