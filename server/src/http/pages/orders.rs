//! The order form, placing an order, and the page of a placed one.

use std::sync::Arc;

use app::pages::{self, FieldMessage, OrderForm, PlacedOrder, Reader};
use app::terms::{self, Terms};
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use configurator::{Currency, Money, Quantity, Quote, Slug, Value};
use personalize::Start;
use shop::drafts::is_preview;
use shop::{
    Buyer, Environment, FieldError, Opened, OpenedOrder, Order, OrderError, OrderInHand, OrderNumber,
    Progress, ShopError,
};
use time::OffsetDateTime;
use words::{Language, Locale, Shop as Texts, Words};

use super::counting::may_count;
use super::own::Own;
use super::page::{PRIVATE, Times, pieces_of};
use super::personal::Personal;
use super::placed_here;
use super::products::tiers;
use super::query;
use crate::after_order::{after_order, contact};
use crate::environment::Machine;
use crate::http::counted::Refusal;
use crate::http::email::as_written;
use crate::http::failure::{Failure, of_order};
use crate::http::language::{self, Reads};
use crate::http::limits::{Asking, MayOrder};
use crate::http::site::Site;
use crate::mail::how_far;

/// Fields of the form, in order.
const FIELDS: [&str; 5] = [pages::QUANTITY, "name", "email", "address", "note"];
/// The field with the form's id.
const REQUEST_ID: &str = "request_id";
/// The field with the total that the form showed.
const SEEN_TOTAL: &str = "seen_total";
/// The field with the order that another one is wanted of.
const ANOTHER: &str = "another";
/// How an order is counted that is not what the form showed.
const CHANGED: &str = "design-changed";
/// Most characters of the form's id that count.
const MOST_ID_CHARACTERS: usize = 64;

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
    let sent = Sent { pairs: pieces.into_iter().collect(), ..Sent::default() };
    sent.show(&site, reader, opened, messages, StatusCode::OK).await
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
    let sent = Sent { pairs: query::form(&body)?, ..Sent::default() };
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
        let shown = sent.show(&site, reader, opened, messages, StatusCode::OK).await?;
        return Ok((CookieJar::new().add(cookie), shown).into_response());
    }
    // Whoever has to mend something is told all of it at once.
    let faults = sent.faults(&reader);
    if !opened.notices.is_empty() {
        let messages = [notices(&opened, &reader), faults].concat();
        let shown = sent.show(&site, reader, opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await?;
        return Ok(Refusal(CHANGED).as_told_by(shown));
    }
    let Some(quantity) = sent.quantity(&reader.language.words().locale) else {
        let status = if wants_total { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return sent.show(&site, reader, opened, faults, status).await;
    };
    let Some(taken) = taken else {
        return sent.show(&site, reader, opened, Vec::new(), StatusCode::OK).await;
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
        another: sent.field(ANOTHER).parse().ok(),
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
        Ok(None) => unlike_shown(sent, site, reader, opened, &offer).await,
        Err(error) => refused(sent, error, (site, headers), reader, opened).await,
    }
}

/// The form again, with what differs from what it showed.
async fn unlike_shown(
    sent: Sent,
    site: &Site,
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
    let shown = sent.show(site, reader, opened, messages, StatusCode::CONFLICT).await?;
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
    // Whoever knows somebody's address is not shown their order: this browser has to have placed it.
    sent.before = sent.number_before.and_then(|number| placed_here::address(site, headers, number));
    let status =
        if sent.ordered_before.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = sent.show(site, reader, opened, messages, status).await?;
    Ok(Refusal(code).as_told_by(shown))
}

/// Counts an order, and keeps the saved design that it was made from.
async fn was_placed(
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

async fn design(
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
    let consent = Personal::asks(site, headers, slug).await?;
    Ok(site.shop.open_design(slug, &query::design(&pairs), &consent, reader.language).await?)
}

fn notices(opened: &Opened, reader: &Reader) -> Vec<FieldMessage> {
    let say = reader.language.shop();
    let told = opened.notices.iter().map(|notice| notice.sentence(say)).chain(opened.goes_on(say));
    told.map(general).collect()
}

/// What a design costs now and what it did when the form was shown.
fn unlike_seen(sent: &Sent, now: Money, reader: &Reader) -> Option<String> {
    let was = Money::new(sent.field(SEEN_TOTAL).parse().ok()?, now.currency);
    let (say, locale) = (reader.language.shop(), &reader.language.words().locale);
    let difference = Money::new(now.amount.saturating_sub(was.amount), now.currency).signed(locale);
    (was != now).then(|| say.costs_now(&now.written(locale), &was.written(locale), &difference))
}

fn general(message: String) -> FieldMessage {
    FieldMessage { field: String::new(), message }
}

fn of_field(error: &FieldError, say: &Texts) -> FieldMessage {
    FieldMessage { field: error.field.to_owned(), message: error.sentence(say) }
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

/// The order form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    pairs: Vec<(String, String)>,
    /// The order of a moment ago, which this one would repeat.
    ordered_before: Option<OrderNumber>,
    /// Whether it placed an order before.
    is_used: bool,
    /// The order that is told of, and where it is found.
    number_before: Option<OrderNumber>,
    before: Option<String>,
}

impl Sent {
    /// What is to be said of an order that was refused, and the form to show it in.
    fn refused(mut self, error: OrderError, say: &Texts) -> Result<(Self, Vec<FieldMessage>), Failure> {
        let messages = match error {
            OrderError::Invalid(reasons) | OrderError::SoldOut(reasons) => {
                reasons.into_iter().map(general).collect()
            }
            OrderError::Buyer(errors) => errors.iter().map(|error| of_field(error, say)).collect(),
            OrderError::OrderedBefore { number } => {
                self.ordered_before = Some(number);
                self.number_before = Some(number);
                vec![general(say.ordered_before(&number))]
            }
            OrderError::KeyUsed { number } => {
                // What is in the form is another order: it needs an id of its own.
                self.pairs.retain(|(name, _)| name != REQUEST_ID);
                self.is_used = true;
                self.number_before = Some(number);
                vec![general(say.form_was_used(&number))]
            }
            error => return Err(error.into()),
        };
        Ok((self, messages))
    }

    /// What was typed, by field.
    fn typed(&self) -> Vec<(String, String)> {
        let typed = self.pairs.iter().filter(|(name, _)| FIELDS.contains(&name.as_str()));
        let shown = typed.map(|(name, text)| match name.as_str() {
            "email" => (name.clone(), as_written(text).into_owned()),
            _ => (name.clone(), text.clone()),
        });
        shown.collect()
    }

    fn field(&self, name: &str) -> String {
        query::value(&self.pairs, name).unwrap_or_default().to_owned()
    }

    /// Whether another total is asked for, and nothing is ordered.
    fn wants_total(&self) -> bool {
        !self.field(pages::UPDATE).is_empty()
    }

    /// What is wrong with what was typed, field by field; where a total alone is asked for, with the number of pieces.
    fn faults(&self, reader: &Reader) -> Vec<FieldMessage> {
        let say = reader.language.shop();
        let quantity = self.quantity(&reader.language.words().locale).is_none().then(|| FieldMessage {
            field: pages::QUANTITY.to_owned(),
            message: say.enter_quantity(&Quantity::MOST),
        });
        let buyer = if self.wants_total() { Vec::new() } else { self.buyer().faults() };
        quantity.into_iter().chain(buyer.iter().map(|error| of_field(error, say))).collect()
    }

    /// The fingerprint of the design that the form showed.
    fn seen(&self) -> Option<&str> {
        query::value(&self.pairs, "seen")
    }

    /// How many pieces are wanted, one where nothing is said; nothing for what is no number of pieces.
    fn quantity(&self, locale: &Locale) -> Option<Quantity> {
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

    fn request_id(&self) -> String {
        query::value(&self.pairs, REQUEST_ID)
            .map_or_else(request_id, |id| id.chars().take(MOST_ID_CHARACTERS).collect())
    }

    fn buyer(&self) -> Buyer {
        Buyer {
            name: self.field("name"),
            email: self.field("email"),
            address: self.field("address"),
            note: self.field("note"),
        }
    }

    /// The form with what was typed and what is to be said of it.
    async fn show(
        self,
        site: &Site,
        reader: Reader,
        opened: Opened,
        messages: Vec<FieldMessage>,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let (assets, terms) = (Arc::clone(&site.assets), site.terms());
        let render = move || {
            pages::order_form(&assets, &reader, &self.form(&opened, reader.language, terms, messages))
        };
        let html = site.shop.executor().run(render).await?;
        Ok((status, [(header::CACHE_CONTROL, "private, no-store")], Html(html)).into_response())
    }

    fn form(
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
            seen: offer.fingerprint.clone(),
            seen_total: quote.total.amount,
            arrival: offer.terms.arrival(&words.studio, quote.lead_time_days),
            notes: offer.terms.notes(words, quote.total, quote.weight, no_return),
            quantity: offer.quantity.get(),
            tiers: tiers(product, language),
            more_for_less: more_for_less(opened, offer.quantity, language),
            request_id: self.request_id(),
            another: self.ordered_before.map(OrderNumber::get),
            is_used: self.is_used,
            before: self.number_before.map(OrderNumber::get).zip(self.before.clone()),
            typed: self.typed(),
            messages,
        }
    }
}

/// That more pieces cost less, where that is so.
fn more_for_less(opened: &Opened, quantity: Quantity, language: Language) -> String {
    let product = &opened.product;
    let told = product.more_for_less(&opened.design, quantity).map(|(more, less)| {
        language.shop().more_for_less(&more.get(), &product.price(less), &quantity.get())
    });
    told.unwrap_or_default()
}

fn request_id() -> String {
    let mut bytes = [0; 16];
    Machine.random(&mut bytes);
    const_hex::encode(bytes)
}

/// A placed order.
pub(super) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let order = site.shop.order(&token).await?.ok_or(Failure::NoOrder)?;
    Ok(shown(&site, &reader, order).await)
}

/// The page of an order, for whoever may see it.
pub(super) async fn shown(site: &Site, reader: &Reader, order: Order) -> Response {
    let (order, no_return) = site.shop.order_in(order, reader.language).await;
    let design = site.shop.ordered_design(&order).await;
    let mut page = placed(&order, &design, no_return.as_deref(), Times::of(site, reader.language));
    let profile = site.shop.profile();
    page.after = after_order(&profile, order.progress.state, reader.language);
    page.contact = contact(&profile, reader.language);
    (PRIVATE, Html(pages::placed_order(&site.assets, reader, &page))).into_response()
}

/// The page of an order, with its design as an address has it.
fn placed(
    order: &Order,
    design: &[(String, String)],
    no_return: Option<&str>,
    times: Times<'_>,
) -> PlacedOrder {
    let language = times.language;
    let (words, say) = (language.words(), language.shop());
    let money = |amount: i64| {
        Currency::new(&order.currency).map_or_else(
            || amount.to_string(),
            |currency| Money::new(amount, currency).written(&words.locale),
        )
    };
    let email = as_written(&order.buyer.email).into_owned();
    let buyer = [
        (say.name(), &order.buyer.name),
        (say.email(), &email),
        (say.address(), &order.buyer.address),
        (say.note(), &order.buyer.note),
    ];
    PlacedOrder {
        number: order.number.get(),
        product: pieces_of(order.quantity, order.product_name.clone()),
        placed: times.date(order.placed_at),
        ready: order.arrival.map_or_else(
            || app::configurator::lead_time(&words.studio, order.lead_time_days),
            |arrival| terms::arrival(&words.studio, arrival, times.day(order.placed_at)),
        ),
        state: state(&order.progress, order.placed_at, times),
        notes: agreed(order, no_return, words),
        picture: order.picture.clone(),
        design: order.design.iter().map(|value| (value.label.clone(), value.words.clone())).collect(),
        lines: order.lines.iter().map(|line| (line.label.clone(), money(line.amount))).collect(),
        total: money(order.total),
        buyer: buyer
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| (label.to_owned(), text.clone()))
            .collect(),
        again: address::of_pieces(
            address::order_form(&order.slug, order.revision, &Start::Standard, design),
            order.quantity,
        ),
        changed: address::of_pieces(
            address::product(&order.slug, order.revision, &Start::Standard, design),
            order.quantity,
        ),
        another: paths::product(&order.slug),
        ..PlacedOrder::default()
    }
}

/// How far an order is, for whoever placed it.
pub(super) fn state(progress: &Progress, placed_at: OffsetDateTime, times: Times<'_>) -> String {
    let say = times.language.shop();
    how_far(say, progress.state, &times.date(progress.since.unwrap_or(placed_at)))
}

/// What was agreed with an order, as far as it was kept.
fn agreed(order: &Order, no_return: Option<&str>, words: &Words) -> Vec<String> {
    let total = Currency::new(&order.currency).map(|currency| Money::new(order.total, currency));
    let vat = order.vat.zip(total).map(|(rate, total)| terms::vat(words, total, rate));
    let returns = order.return_days.map(|days| terms::returns(&words.studio, days, no_return));
    vat.into_iter().chain(returns).collect()
}
