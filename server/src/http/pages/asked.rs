//! The design that an address asks for, opened for whoever asks.

use app::address;
use axum::http::HeaderMap;
use configurator::Slug;
use shop::{Changed, Consent, Opened};
use words::Language;

use super::personal::Personal;
use super::{first_options, query};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// A product, by what an address says of it.
pub(super) struct Asked {
    pub slug: Slug,
    /// The address's pairs.
    pub pairs: Vec<(String, String)>,
    pub consent: Consent,
    /// The code of the campaign link that somebody came by; empty for none.
    pub campaign: String,
}

impl Asked {
    /// Reads an address.
    ///
    /// # Errors
    /// The store failed; an address that is none of a product's.
    pub(super) async fn read(
        site: &Site,
        slug: &str,
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<Self, Failure> {
        let slug = site.shop.slug(slug).await?;
        let pairs = query::pairs(query.unwrap_or_default());
        let consent = agreed(site, headers, &slug, &pairs).await?;
        let campaign = first_options::campaign(&pairs).unwrap_or_default();
        Ok(Self { slug, pairs, consent, campaign })
    }

    /// Opens the design.
    ///
    /// # Errors
    /// There is no such product or revision; the store failed.
    pub(super) async fn open(&self, site: &Site, language: Language) -> Result<Opened, Failure> {
        let address = query::design(&self.pairs);
        Ok(site.shop.open_design(&self.slug, &address, &self.consent, language).await?)
    }
}

/// What whoever asks agreed to about a product, and the use stated by the campaign link that the address has them come by.
///
/// # Errors
/// The store failed.
pub(super) async fn agreed(
    site: &Site,
    headers: &HeaderMap,
    slug: &Slug,
    pairs: &[(String, String)],
) -> Result<Consent, Failure> {
    let consent = Personal::asks(site, headers, slug).await?;
    let by_campaign = match first_options::campaign(pairs) {
        Some(code) => site.shop.campaign_use(slug, &code).await?,
        None => None,
    };
    Ok(Consent { by_campaign, ..consent })
}

/// The design that the configurator's form was rendered with, changed as the form says; nothing for a form of others.
pub(super) async fn sent_design(
    site: &Site,
    slug: &Slug,
    sent: &[(String, String)],
    consent: &Consent,
    language: Language,
) -> Result<Option<Changed>, Failure> {
    let Some(was) = query::value(sent, address::WAS) else { return Ok(None) };
    let was = query::design(&query::pairs(was));
    let mut form = query::design(sent).choices;
    form.extend(sent.iter().filter(|(key, _)| key == address::RELEASED).cloned());
    Ok(Some(site.shop.change_design(slug, &was, form, consent, language).await?))
}

/// What a page beside a design leads to: its address as the product's page, and as the query that other pages take.
pub(super) struct Ways {
    pub back: String,
    pub query: String,
}

impl Ways {
    /// Those of a design, for somebody who came by this campaign link.
    pub(super) fn of(opened: &Opened, campaign: &str) -> Self {
        let now = [opened.pairs(), address::typed(&opened.unreadable)].concat();
        let (number, from) = (opened.revision.number, opened.from.as_ref().map(|(number, _)| *number));
        let back = address::product(&opened.revision.slug, number, &opened.start, &now);
        Self {
            back: address::by_campaign(address::going_on(back, from), campaign),
            query: address::by_campaign(address::design_query(number, &opened.start, &now), campaign),
        }
    }
}
