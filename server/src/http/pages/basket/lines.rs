//! The designs of a basket as they stand now, and what the page shows of them.

use app::pages::BasketLine;
use app::terms::Terms;
use app::{address, paths};
use axum::http::{HeaderMap, StatusCode};
use configurator::{Money, Quantity, Quote};
use shop::{Consent, KeptDesign, Opened};
use words::Language;

use super::super::kept::unlike_seen;
use super::super::orders;
use super::super::personal::Personal;
use crate::http::basket::Line;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// A design of the basket.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its line in the basket.
    pub line: Line,
    /// What was typed for how many, where that is no number of pieces.
    pub refused: Option<String>,
    /// The design as it is now, or why there is none.
    pub found: Result<Found, Gone>,
}

/// A design that is there.
#[derive(Clone, Debug)]
pub struct Found {
    pub opened: Opened,
    pub consent: Consent,
    /// What the shop has to tell of it.
    told: Vec<String>,
}

/// A design that can't be had.
#[derive(Clone, Debug)]
pub struct Gone {
    product: String,
    reason: String,
}

/// Designs of a basket, opened; those that the shop has forgotten are left out.
///
/// # Errors
/// The shop is busy, or the store failed.
pub async fn open(
    (site, headers): (&Site, &HeaderMap),
    lines: Vec<(Line, Option<String>)>,
    language: Language,
) -> Result<Vec<Open>, Failure> {
    let mut open = Vec::with_capacity(lines.len());
    for (line, refused) in lines {
        let Some(kept) = site.shop.kept_design(&line.token).await? else { continue };
        let found = match find((site, headers), &kept, language).await {
            Ok(found) => Ok(found),
            Err(failure) if is_gone(&failure) => {
                Err(Gone { product: name_of(site, &kept).await, reason: failure.sentence(language) })
            }
            Err(failure) => return Err(failure),
        };
        open.push(Open { line, refused, found });
    }
    Ok(open)
}

async fn find(
    (site, headers): (&Site, &HeaderMap),
    kept: &KeptDesign,
    language: Language,
) -> Result<Found, Failure> {
    site.shop.sold(&kept.slug).await?;
    let consent = Personal::asks(site, headers, &kept.slug).await?;
    let opened = site.shop.open_design(&kept.slug, &kept.address(), &consent, language).await?;
    let told = orders::told(&opened, language).into_iter().chain(unlike_seen(kept, &opened, language));
    Ok(Found { told: told.collect(), opened, consent })
}

/// Whether a failure says that a design can't be had, rather than that the shop failed.
fn is_gone(failure: &Failure) -> bool {
    [StatusCode::NOT_FOUND, StatusCode::GONE, StatusCode::CONFLICT].contains(&failure.status())
}

/// What the product of a design that is gone was called, as far as that is known.
async fn name_of(site: &Site, kept: &KeptDesign) -> String {
    let bundle = site.shop.bundle(&kept.slug, kept.revision).await;
    bundle.map_or_else(|_| kept.slug.to_string(), |bundle| bundle.source.name)
}

impl Open {
    /// What the product is called.
    pub fn product(&self) -> &str {
        match &self.found {
            Ok(found) => &found.opened.product.name,
            Err(gone) => &gone.product,
        }
    }

    /// What stands in the way of ordering it, in words.
    pub fn obstacle(&self, language: Language) -> Option<String> {
        let say = language.shop();
        match &self.found {
            Ok(found) if found.opened.notices.is_empty() => None,
            Ok(_) => Some(say.settle_first(&self.product())),
            Err(_) => Some(say.cant_be_had(&self.product())),
        }
    }

    /// What so many pieces cost, where they can be had.
    pub fn quote(&self) -> Option<Quote> {
        let found = self.found.as_ref().ok()?;
        Some(found.opened.product.quote_for(&found.opened.design, self.line.pieces))
    }

    /// What stands for it, as the page shows it.
    pub fn fingerprint(&self, terms: &Terms) -> String {
        let (Ok(found), Some(quote)) = (&self.found, self.quote()) else { return String::new() };
        found.opened.fingerprint(self.line.pieces, terms.calendar.arrival(quote.lead_time_days))
    }

    /// The line of the page.
    pub fn shown(&self, terms: &Terms, language: Language) -> BasketLine {
        let say = language.shop();
        let line = BasketLine {
            token: self.line.token.clone(),
            product: self.product().to_owned(),
            pieces: self.refused.clone().unwrap_or_else(|| self.line.pieces.get().to_string()),
            shown: self.line.pieces.get(),
            refused: self.refused.is_some().then(|| say.enter_quantity(&Quantity::MOST)),
            ..BasketLine::default()
        };
        let found = match &self.found {
            Err(gone) => return BasketLine { told: vec![gone.reason.clone()], ..line },
            Ok(found) => found,
        };
        let opened = &found.opened;
        let (product, words) = (&opened.product, opened.product.words());
        let quote = product.quote_for(&opened.design, self.line.pieces);
        let query = address::design_query(opened.revision.number, &opened.start, &opened.pairs());
        let mut facts = vec![terms.arrival(&words.studio, quote.lead_time_days)];
        // The VAT is told once, of all.
        let without_vat = Terms { vat: None, ..terms.clone() };
        facts.extend(without_vat.notes(words, quote.total, quote.weight, product.no_return(&opened.design)));
        BasketLine {
            picture: format!("{}?{query}", paths::picture(&opened.revision.slug)),
            design: departures(opened),
            each: self.each(&quote, product.quote(&opened.design).total, language),
            total: quote.total.written(&words.locale),
            facts,
            told: found.told.clone(),
            is_unsettled: !opened.notices.is_empty(),
            ..line
        }
    }

    /// What one of several costs; where that is no round amount, what one alone would.
    fn each(&self, quote: &Quote, alone: Money, language: Language) -> String {
        let (pieces, locale) = (i64::from(self.line.pieces.get()), &language.words().locale);
        if pieces == 1 {
            return String::new();
        }
        let each = Money::new(quote.total.amount / pieces, alone.currency);
        if each.amount.saturating_mul(pieces) == quote.total.amount {
            language.shop().a_piece(&each.written(locale))
        } else {
            language.shop().one_alone(&alone.written(locale))
        }
    }
}

/// How a design differs from the standard, in words.
fn departures(opened: &Opened) -> String {
    let product = &opened.product;
    let values: Vec<String> = product
        .differing(&opened.design, product.standard())
        .map(|(id, value)| format!("{}: {}", product.attribute(id).label, product.describe(id, value)))
        .collect();
    match values.is_empty() {
        true => product.words().studio.our_standard().to_owned(),
        false => values.join(" · "),
    }
}
