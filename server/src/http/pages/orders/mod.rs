//! The order form, placing an order, and the page of a placed one.

pub(super) mod buyer;
mod placed;

use std::sync::Arc;

use app::pages::{self, FieldMessage, OrderForm, Reader};
use app::terms::Terms;
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use configurator::{Money, Quantity, Quote, Slug, Value};
use shop::drafts::is_preview;
use shop::{Opened, OpenedOrder, OrderError, OrderInHand, OrderNumber, ShopError};
use words::{Language, Locale};

use self::buyer::{Sent, general};
pub(super) use self::placed::{show, show_together, shown, state};
use super::asked;
use super::counting::may_count;
use super::own::Own;
use super::page::PRIVATE;
use super::personal::Personal;
use super::placed_here;
use super::products::tiers;
use super::query;
use crate::http::basket::Basket;
use crate::http::counted::Refusal;
use crate::http::failure::{Failure, of_order};
use crate::http::language::{self, Reads};
use crate::http::limits::{Asking, MayOrder};
use crate::http::site::Site;

/// How an order is counted that is not what the form showed.
pub(super) const CHANGED: &str = "design-changed";
/// The empty order form.
pub(super) async fn form(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    if is_preview(&slug) {
        // The draft's page says why, with the design that is there.
        let design = query.as_deref().map(|query| format!("{query}&")).unwrap_or_default();
        let why = format!("{}={}", address::DONE, address::NOTHING_OF_A_DRAFT);
        return Ok(Redirect::to(&format!("{}?{design}{why}", paths::product(&slug))).into_response());
    }
    let opened = design(&site, &slug, query.as_deref(), &headers, &reader).await?;
    let messages = notices(&opened, &reader);
    // As many as were ordered before, where that is ordered again.
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let pieces =
        query::value(&pairs, address::PIECES).map(|pieces| (pages::QUANTITY.to_owned(), pieces.to_owned()));
    let sent = Sent::of(pieces.into_iter().collect());
    sent.show((&site, &headers), reader, opened, messages, StatusCode::OK).await
}

/// Places an order. Prices and validity come from the choices and the revision alone.
pub(super) async fn place(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(mut reader): Reads,
    Asking(client): Asking,
    body: String,
) -> Result<Response, Failure> {
    let sent = Sent::of(query::form(&body)?);
    let slug = site.shop.slug(&slug).await?;
    // Another language is asked for by the same form, so that nothing typed is lost; nothing is ordered then.
    let other = language::sent(&sent.pairs, &site);
    if let Some((language, _)) = other {
        reader.language = language;
    }
    let wants_total = sent.wants_total();
    // Before anything is thought about.
    let taken = if other.is_none() && !wants_total { Some(site.shop.take_order()?) } else { None };
    let opened = design(&site, &slug, query.as_deref(), &headers, &reader).await?;
    if let Some((_, cookie)) = other {
        let messages = notices(&opened, &reader);
        let shown = sent.show((&site, &headers), reader, opened, messages, StatusCode::OK).await?;
        return Ok((CookieJar::new().add(cookie), shown).into_response());
    }
    // Whoever has to mend something is told all of it at once.
    let faults = sent.faults(&reader);
    if !opened.notices.is_empty() {
        let messages = [notices(&opened, &reader), faults].concat();
        let shown =
            sent.show((&site, &headers), reader, opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await?;
        return Ok(Refusal(CHANGED).as_told_by(shown));
    }
    let Some(quantity) = sent.quantity(&reader.language.words().locale) else {
        let status = if wants_total { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return sent.show((&site, &headers), reader, opened, faults, status).await;
    };
    let Some(taken) = taken else {
        return sent.show((&site, &headers), reader, opened, Vec::new(), StatusCode::OK).await;
    };
    MayOrder::ask(&site, &client)?;
    order_shown(sent, (quantity, taken), &site, &headers, reader, opened).await
}

/// Orders so many pieces of a design, unless the form showed something else.
async fn order_shown(
    sent: Sent,
    (quantity, taken): (Quantity, OrderInHand<'_>),
    site: &Site,
    headers: &HeaderMap,
    reader: Reader,
    opened: Opened,
) -> Result<Response, Failure> {
    let offer = Offer::of(&opened, quantity, site.terms());
    let order = OpenedOrder {
        counted: may_count(headers),
        consent: Personal::asks(site, headers, &opened.revision.slug).await?,
        opened: opened.clone(),
        quantity,
        buyer: sent.buyer(),
        request_id: sent.request_id(),
        another: sent.another(),
    };
    // A form that was sent before may show what is promised no longer, such as yesterday's day of arrival.
    let outcome = if sent.seen().is_none_or(|seen| seen == offer.fingerprint) {
        site.shop.place_opened(order, taken).await.map(Some)
    } else {
        site.shop.placed_opened(&order).await
    };
    match outcome {
        Ok(Some(receipt)) => {
            let number = receipt.order.number;
            if receipt.is_new {
                was_placed(site, headers, &opened, quantity, number).await;
            }
            let placed = CookieJar::new().add(placed_here::cookie(site, number, &receipt.token));
            // The address opens the order.
            Ok((PRIVATE, placed, Redirect::to(&paths::order(&receipt.token))).into_response())
        }
        Ok(None) => unlike_shown(sent, (site, headers), reader, opened, &offer).await,
        Err(error) => refused(sent, error, (site, headers), reader, opened).await,
    }
}

/// The form again, with what differs from what it showed.
async fn unlike_shown(
    sent: Sent,
    (site, headers): (&Site, &HeaderMap),
    reader: Reader,
    opened: Opened,
    offer: &Offer,
) -> Result<Response, Failure> {
    let mut messages = vec![general(sent.what_changed(offer, &reader))];
    if sent.shows(offer.quantity) {
        messages.extend(unlike_seen(&sent, offer.quote.total, &reader).map(general));
    }
    messages.extend(notices(&opened, &reader));
    messages.extend(sent.faults(&reader));
    let shown = sent.show((site, headers), reader, opened, messages, StatusCode::CONFLICT).await?;
    Ok(Refusal(CHANGED).as_told_by(shown))
}

/// The form again, with why nothing was ordered.
async fn refused(
    sent: Sent,
    error: OrderError,
    (site, headers): (&Site, &HeaderMap),
    reader: Reader,
    opened: Opened,
) -> Result<Response, Failure> {
    let code = of_order(&error).code;
    let (mut sent, messages) = sent.refused(error, reader.language.shop())?;
    sent.find_before(site, headers);
    let status = if sent.repeats() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = sent.show((site, headers), reader, opened, messages, status).await?;
    Ok(Refusal(code).as_told_by(shown))
}

/// Counts an order, and keeps the saved design that it was made from.
pub(super) async fn was_placed(
    site: &Site,
    headers: &HeaderMap,
    opened: &Opened,
    quantity: Quantity,
    number: OrderNumber,
) {
    site.metrics.order_placed();
    if may_count(headers) {
        site.shop.count_order(opened);
    }
    let consent = Personal::read(site, headers).consent(&opened.revision.slug);
    let counted = site.shop.count_order_in_experiment(opened, quantity, &consent, number).await;
    if let Err(error) = counted {
        tracing::warn!(%error, "an order is not counted in an experiment");
    }
    let own = Own::read(site, headers).of(&opened.revision.slug);
    if let Err(error) = site.shop.design_ordered(opened, number, &own).await {
        tracing::warn!(%error, "a saved design is not marked as ordered");
    }
}

/// The design that the address of an order form has.
///
/// # Errors
/// It is a draft's; there is no such product or revision; the store failed.
pub(super) async fn design(
    site: &Site,
    slug: &Slug,
    query: Option<&str>,
    headers: &HeaderMap,
    reader: &Reader,
) -> Result<Opened, Failure> {
    if is_preview(slug) {
        return Err(ShopError::OnlyPreviewed.into());
    }
    let pairs = query::pairs(query.unwrap_or_default());
    let consent = asked::agreed(site, headers, slug, &pairs).await?;
    Ok(site.shop.open_design(slug, &query::design(&pairs), &consent, reader.language).await?)
}

/// What is to be told of a design before it is ordered.
pub(super) fn notices(opened: &Opened, reader: &Reader) -> Vec<FieldMessage> {
    told(opened, reader.language).into_iter().map(general).collect()
}

/// The same as sentences.
pub(super) fn told(opened: &Opened, language: Language) -> Vec<String> {
    let say = language.shop();
    opened.notices.iter().map(|notice| notice.sentence(say)).chain(opened.goes_on(say)).collect()
}

/// What a design costs now and what it did when the form was shown.
fn unlike_seen(sent: &Sent, now: Money, reader: &Reader) -> Option<String> {
    let was = Money::new(sent.seen_total()?, now.currency);
    let (say, locale) = (reader.language.shop(), &reader.language.words().locale);
    let difference = Money::new(now.amount.saturating_sub(was.amount), now.currency).signed(locale);
    (was != now).then(|| say.costs_now(&now.written(locale), &was.written(locale), &difference))
}

/// What so many pieces of a design cost, and when they come.
struct Offer {
    quantity: Quantity,
    quote: Quote,
    terms: Terms,
    /// What stands for all of it.
    fingerprint: String,
}

impl Offer {
    fn of(opened: &Opened, quantity: Quantity, terms: Terms) -> Self {
        let quote = opened.product.quote_for(&opened.design, quantity);
        let fingerprint = opened.fingerprint(quantity, terms.calendar.arrival(quote.lead_time_days));
        Self { quantity, quote, terms, fingerprint }
    }
}

impl Sent {
    /// Whether another total is asked for, and nothing is ordered.
    fn wants_total(&self) -> bool {
        !self.field(pages::UPDATE).is_empty()
    }

    /// What is wrong with what was typed, field by field; where a total alone is asked for, with the number of pieces.
    pub(super) fn faults(&self, reader: &Reader) -> Vec<FieldMessage> {
        let quantity = self.pieces_fault(reader);
        let say = reader.language.shop();
        let buyer = if self.wants_total() { Vec::new() } else { self.buyer_faults(say) };
        quantity.into_iter().chain(buyer).collect()
    }

    /// What is wrong with the number of pieces.
    pub(super) fn pieces_fault(&self, reader: &Reader) -> Option<FieldMessage> {
        self.quantity(&reader.language.words().locale).is_none().then(|| FieldMessage {
            field: pages::QUANTITY.to_owned(),
            message: reader.language.shop().enter_quantity(&Quantity::MOST),
        })
    }

    /// How many pieces are wanted, one where nothing is said; nothing for what is no number of pieces.
    pub(super) fn quantity(&self, locale: &Locale) -> Option<Quantity> {
        match self.pairs.iter().find(|(name, _)| name == pages::QUANTITY) {
            None => Some(Quantity::ONE),
            // An emptied field is no one piece.
            Some((_, typed)) => {
                let pieces = locale.read(typed, 0, &[]).ok().and_then(|pieces| u32::try_from(pieces).ok());
                pieces.and_then(Quantity::new)
            }
        }
    }

    /// What to say of an order that is not what was seen: another number of pieces was typed, or something of the shop changed.
    fn what_changed(&self, offer: &Offer, reader: &Reader) -> String {
        let say = reader.language.shop();
        let total = offer.quote.total.written(&reader.language.words().locale);
        if self.shows(offer.quantity) {
            say.has_changed().to_owned()
        } else {
            say.for_pieces(u64::from(offer.quantity.get()), &total)
        }
    }

    /// Whether the form's total was for so many pieces.
    fn shows(&self, quantity: Quantity) -> bool {
        let shown = query::value(&self.pairs, pages::SHOWN).and_then(|shown| shown.parse::<u32>().ok());
        shown.is_none_or(|shown| shown == quantity.get())
    }

    /// The form with what was typed and what is to be said of it.
    pub(super) async fn show(
        self,
        (site, headers): (&Site, &HeaderMap),
        reader: Reader,
        opened: Opened,
        messages: Vec<FieldMessage>,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let (assets, terms) = (Arc::clone(&site.assets), site.terms());
        let replaces = is_being_changed(site, headers, &opened.revision.slug).await?;
        let render = move || {
            let form = self.of_design(&opened, reader.language, terms, messages);
            pages::order_form(&assets, &reader, &OrderForm { replaces, ..form })
        };
        let html = site.shop.executor().run(render).await?;
        Ok((status, [(header::CACHE_CONTROL, "private, no-store")], Html(html)).into_response())
    }

    fn of_design(
        &self,
        opened: &Opened,
        language: Language,
        terms: Terms,
        messages: Vec<FieldMessage>,
    ) -> OrderForm {
        let (revision, product) = (&opened.revision, &opened.product);
        let quantity = self.quantity(&language.words().locale).unwrap_or(Quantity::ONE);
        let offer = Offer::of(opened, quantity, terms);
        let (quote, words) = (&offer.quote, product.words());
        let quote_total = quote.total.amount;
        let locale = &words.locale;
        let no_return = product.no_return(&opened.design);
        let (pairs, start) = ([opened.pairs(), address::typed(&opened.unreadable)].concat(), &opened.start);
        let from = opened.from.as_ref().map(|(number, _)| *number);
        let going_on = |address| address::going_on(address, from);
        OrderForm {
            product: product.name.clone(),
            action: going_on(address::order_form(&revision.slug, revision.number, start, &pairs)),
            back: going_on(address::product(&revision.slug, revision.number, start, &pairs)),
            picture: preview::compose(product, &revision.bundle.drawings, &opened.design),
            design: opened
                .design
                .iter()
                .filter(|(_, value)| **value != Value::Absent)
                .map(|(id, value)| (product.attribute(id).label.clone(), product.describe(id, value)))
                .collect(),
            lines: quote.lines.iter().map(|line| (line.label.clone(), line.amount.written(locale))).collect(),
            total: quote.total.written(locale),
            arrival: offer.terms.arrival(&words.studio, quote.lead_time_days),
            notes: offer.terms.notes(words, quote.total, quote.weight, no_return),
            quantity: offer.quantity.get(),
            tiers: tiers(product, language),
            more_for_less: more_for_less(opened, offer.quantity, language),
            put_in: format!("{}?{}", paths::put_in(&revision.slug), going_on(query_of(opened, &pairs))),
            replaces: false,
            buyer: self.form((offer.fingerprint.clone(), quote_total), &[pages::QUANTITY], messages),
        }
    }
}

/// A design as the query of an address.
fn query_of(opened: &Opened, pairs: &[(String, String)]) -> String {
    address::design_query(opened.revision.number, &opened.start, pairs)
}

/// Whether a design of a product that is in the basket is being changed.
async fn is_being_changed(site: &Site, headers: &HeaderMap, slug: &Slug) -> Result<bool, Failure> {
    let Some(token) = Basket::read(site, headers).changing else { return Ok(false) };
    Ok(site.shop.kept_design(&token).await?.is_some_and(|kept| kept.slug == *slug))
}

/// That more pieces cost less, where that is so.
fn more_for_less(opened: &Opened, quantity: Quantity, language: Language) -> String {
    let product = &opened.product;
    let told = product.more_for_less(&opened.design, quantity).map(|(more, less)| {
        language.shop().more_for_less(&more.get(), &product.price(less), &quantity.get())
    });
    told.unwrap_or_default()
}
