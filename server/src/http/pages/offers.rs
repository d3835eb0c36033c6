//! What others with the same choices have, offered beside a design.

use app::configurator::OfferLine;
use app::pages::{self, OfferShown, OffersPage, Reader};
use app::terms::Terms;
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use personalize::asker::Group;
use personalize::offers::{Change, LikelierValue};
use personalize::{Level, Start};
use shop::Opened;
use shop::learning::Offered;

use super::asked::{Asked, Ways};
use super::beside;
use super::otherwise::otherwise;
use super::page::PRIVATE;
use super::query;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let asked = Asked::read(&site, &slug, query.as_deref(), &headers).await?;
    let opened = asked.open(&site, reader.language).await?;
    if query::value(&asked.pairs, address::PART).is_some() {
        return line(&site, &reader, &opened, &asked).await;
    }
    let several = query::value(&asked.pairs, address::SEVERAL).is_some();
    let offers = site.shop.offers(&opened, &asked.consent, several).await?;
    let campaign = &asked.campaign;
    let shown = Shown { opened: &opened, campaign, say: reader.language.shop(), terms: site.terms() };
    let html = Html(pages::offers(&site.assets, &reader, &shown.page(offers, several)));
    Ok((PRIVATE, html).into_response())
}

/// One value that is offered beside the choices, as a part of the product's page; no content where there is none.
async fn line(site: &Site, reader: &Reader, opened: &Opened, asked: &Asked) -> Result<Response, Failure> {
    let Some(found) = site.shop.likelier_value(opened, &asked.consent).await? else {
        return Ok((StatusCode::NO_CONTENT, PRIVATE).into_response());
    };
    let campaign = &asked.campaign;
    let shown = Shown { opened, campaign, say: reader.language.shop(), terms: site.terms() };
    Ok((PRIVATE, Html(pages::offer_line(reader, &shown.line(&found)))).into_response())
}

/// What the page shows.
struct Shown<'s> {
    opened: &'s Opened,
    /// The code of the campaign link that the shopper came by; empty for none.
    campaign: &'s str,
    say: &'static words::Shop,
    terms: Terms,
}

impl Shown<'_> {
    fn page(&self, offers: Option<Vec<Offered>>, several: bool) -> OffersPage {
        let (say, opened) = (self.say, self.opened);
        let Ways { back, query } = Ways::of(opened, self.campaign);
        let slug = &opened.revision.slug;
        let nothing = match &offers {
            None => say.no_offer_yet(),
            Some(offers) if offers.is_empty() => say.no_offer(),
            Some(_) => "",
        };
        let from = opened.from.as_ref().map(|(number, _)| *number);
        let here = address::going_on(format!("{}?{query}", paths::offers(slug)), from);
        let other = match several {
            true => (here, say.show_one().to_owned()),
            false => (format!("{here}&{}=1", address::SEVERAL), say.show_several().to_owned()),
        };
        let offers = offers.unwrap_or_default();
        let used = self.used(offers.first());
        let notices = opened.notices.iter().map(|notice| notice.sentence(say)).chain(opened.goes_on(say));
        OffersPage {
            back,
            used,
            other: (nothing.is_empty() || !several)
                .then_some(other)
                .filter(|_| nothing != say.no_offer_yet()),
            nothing: nothing.to_owned(),
            offers: offers.iter().enumerate().map(|(place, offered)| self.offer(place, offered)).collect(),
            notices: notices.collect(),
        }
    }

    /// What of the shopper was used.
    fn used(&self, offered: Option<&Offered>) -> String {
        let (say, product) = (self.say, &self.opened.product);
        let stated = offered.and_then(|offered| match &offered.start {
            Start::Personal { stated_use: Some(code), .. } => {
                Some(Level::SameUse { stated_use: code.clone() })
            }
            _ => None,
        });
        let like = offered.map(|offered| offered.like.as_slice()).unwrap_or_default();
        if like.is_empty() {
            return match stated {
                Some(level) => say.uses_choices_and_answer(&level.people(product)),
                None => say.uses_choices().to_owned(),
            };
        }
        let levels = like.iter().map(Group::level).chain(stated);
        let people: Vec<_> = levels.map(|level| level.people(product).into_owned()).collect();
        say.uses_choices_and_known(&people.join(product.words().engine.comma()))
    }

    fn offer(&self, place: usize, offered: &Offered) -> OfferShown {
        let (say, opened, product) = (self.say, self.opened, &self.opened.product);
        let now = product.quote(&opened.design).total.amount;
        let difference = product.price_change(offered.quote.total.amount - now);
        let difference =
            if difference.is_empty() { say.costs_as_now().to_owned() } else { say.beside_now(&difference) };
        let ready = self.terms.arrival(&product.words().studio, offered.quote.lead_time_days);
        // What stays near what was shown was for what was shown.
        let choices = product.write_choices(&opened.choices.clone().keeping([]));
        let chosen = [choices, address::typed(&opened.unreadable)].concat();
        let take = address::product(&opened.revision.slug, opened.revision.number, &offered.start, &chosen);
        let take = address::by_campaign(take, self.campaign);
        OfferShown {
            name: say.offer_of(&(place + 1)),
            picture: offered.picture.clone(),
            total: offered.quote.total.written(&product.words().locale),
            difference: format!("{difference} {ready}"),
            changes: offered.offer.changes.iter().map(|change| self.change(change)).collect(),
            compare: beside::beside_own(opened, &take),
            take,
        }
    }

    /// What a change is, and why it is offered.
    fn change(&self, change: &Change) -> (String, String, String, String) {
        let (say, product) = (self.say, &self.opened.product);
        let attribute = product.attribute(change.attribute);
        let before = self.opened.design.value(change.attribute);
        let value = otherwise(product, say, change.attribute, (before, &change.value));
        let reason = change.reason(product, &self.opened.choices);
        let reason = reason.unwrap_or_else(|| say.goes_with_the_rest().to_owned());
        (attribute.code.clone(), attribute.label.clone(), value, reason)
    }

    fn line(&self, found: &LikelierValue) -> OfferLine {
        let (opened, product) = (self.opened, &self.opened.product);
        let choices = [product.write_choices(&found.choices), address::typed(&opened.unreadable)].concat();
        let (number, from) = (opened.revision.number, opened.from.as_ref().map(|(number, _)| *number));
        let take = address::product(&opened.revision.slug, number, &opened.start, &choices);
        let take = address::by_campaign(address::going_on(take, from), self.campaign);
        OfferLine::of(product, &opened.choices, found, take)
    }
}
