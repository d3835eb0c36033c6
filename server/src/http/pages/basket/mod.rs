//! The basket: designs are put in from their order forms, looked at together, and ordered with one form.

mod lines;
mod place;

use std::sync::Arc;

use app::address;
use app::pages::{self, BasketPage, FieldMessage, Reader};
use app::paths::route;
use app::terms::{self, Terms};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use configurator::{Money, Quantity};
use shop::orders::MOST_LINES;
use words::{Language, Locale};

use self::lines::Open;
use super::orders;
use super::orders::buyer::{Sent, general};
use super::page::PRIVATE;
use super::query;
use crate::http::basket::{Basket, Line};
use crate::http::failure::Failure;
use crate::http::language::{self, Reads};
use crate::http::limits::{Asking, MayKeep};
use crate::http::site::Site;

/// What the fields for how many pieces are called, before a token.
const PIECES: &str = "pieces.";
/// What the fields with how many the page showed are called.
const SHOWN: &str = "shown.";
/// What was done, in the page's address.
const PUT: &str = "put";

/// Puts the design of an order form into the basket.
pub(super) async fn put(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
    _: MayKeep,
    body: String,
) -> Result<Response, Failure> {
    let sent = Sent::of(query::form(&body)?);
    let slug = site.shop.slug(&slug).await?;
    let opened = orders::design(&site, &slug, query.as_deref(), &headers, &reader).await?;
    let mut basket = Basket::read(&site, &headers);
    let changing = basket.changing.clone().filter(|_| sent.field(pages::BASKET) == pages::REPLACE);
    let mut messages = orders::notices(&opened, &reader);
    let pieces = sent.quantity(&reader.language.words().locale);
    if changing.is_none() && !basket.has_room() {
        messages.push(general(reader.language.shop().basket_is_full(&MOST_LINES)));
    } else if opened.notices.is_empty()
        && let Some(pieces) = pieces
    {
        let token = site.shop.keep_named_design(&opened, &opened.suggested_name(&[])).await?;
        // The one that is changed gives up its place, the same design is there once.
        let place = changing.as_ref().and_then(|token| basket.remove(token)).map(|(place, _)| place);
        let place = place.unwrap_or(basket.lines.len());
        basket.changing = None;
        let token = match same(&site, &basket, &token).await? {
            Some(known) => {
                add(&mut basket, &known, pieces);
                known
            }
            None => {
                basket.put(place, Line { token: token.clone(), pieces });
                token
            }
        };
        let done = if changing.is_some() { "changed" } else { PUT };
        let to = format!("{}?{}={done}&{}={token}", route::BASKET, address::DONE, address::TOKEN);
        return Ok((CookieJar::new().add(basket.cookie(&site)), PRIVATE, Redirect::to(&to)).into_response());
    }
    if pieces.is_none() {
        messages.extend(sent.pieces_fault(&reader));
    }
    sent.show((&site, &headers), reader, opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The token of a design in the basket that is the same as another one.
async fn same(site: &Site, basket: &Basket, token: &str) -> Result<Option<String>, Failure> {
    let Some(new) = site.shop.kept_design(token).await? else { return Ok(None) };
    for line in &basket.lines {
        let kept = site.shop.kept_design(&line.token).await?;
        let is_same = kept.is_some_and(|kept| {
            (&kept.slug, kept.revision, &kept.start, &kept.choices)
                == (&new.slug, new.revision, &new.start, &new.choices)
        });
        if is_same {
            return Ok(Some(line.token.clone()));
        }
    }
    Ok(None)
}

/// So many pieces more of a design, as many as there may be.
fn add(basket: &mut Basket, token: &str, pieces: Quantity) {
    for line in basket.lines.iter_mut().filter(|line| line.token == token) {
        let sum = line.pieces.get().saturating_add(pieces.get()).min(Quantity::MOST);
        line.pieces = Quantity::new(sum).unwrap_or(line.pieces);
    }
}

/// The basket.
pub(super) async fn show(
    State(site): State<Site>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let token = query::value(&pairs, address::TOKEN);
    let basket = Basket::read(&site, &headers);
    let lines = basket.lines.iter().map(|line| (line.clone(), None)).collect();
    let view = View { site: &site, headers: &headers, reader };
    let open = lines::open((&site, &headers), lines, view.reader.language).await?;
    // Names come from the store, never from an address.
    let named = token.and_then(|token| open.iter().find(|open| open.line.token == token));
    let named = named.map(Open::product);
    let say = view.reader.language.shop();
    let done = match (query::value(&pairs, address::DONE), named) {
        (Some(PUT), Some(product)) => Some((say.is_in_basket(&product), None)),
        (Some("changed"), Some(product)) => Some((say.changed_in_basket(&product), None)),
        _ => None,
    };
    view.page(basket, open, done, (Sent::default(), Vec::new(), StatusCode::OK)).await
}

/// What the basket's form asks for: another number of pieces, a design taken out, put back, changed or taken as it is, another
/// language; or the order.
pub(super) async fn act(
    State(site): State<Site>,
    headers: HeaderMap,
    Reads(mut reader): Reads,
    Asking(client): Asking,
    body: String,
) -> Result<Response, Failure> {
    let sent = Sent::of(query::form(&body)?);
    let mut basket = Basket::read(&site, &headers);
    let refused = take_pieces(&mut basket, &sent, &reader.language.words().locale);
    let other = language::sent(&sent.pairs, &site);
    let does = ["update", "undo", "remove", "change", "take"];
    let does = does.into_iter().find(|name| !sent.field(name).is_empty());
    if other.is_none() && does.is_none() {
        return place::place(View { site: &site, headers: &headers, reader }, sent, &client).await;
    }
    let mut jar = CookieJar::new();
    if let Some((language, cookie)) = other {
        reader.language = language;
        jar = jar.add(cookie);
    }
    let token = does.map(|name| sent.field(name)).unwrap_or_default();
    let mut done = None;
    match does {
        Some("undo") => done = undo(&site, &mut basket, &token, &reader).await?,
        Some("remove") => done = remove(&site, &headers, &mut basket, &token, &reader).await?,
        Some("take") => {
            MayKeep::ask(&site, &client)?;
            take(&site, &headers, &mut basket, &token, reader.language).await?;
        }
        Some("change") if basket.has(&token) => {
            return change(&site, &headers, basket, &token, &reader).await;
        }
        _ => {}
    }
    let refused = |token: &str| refused.iter().find(|(of, _)| of == token).map(|(_, typed)| typed.clone());
    let lines = basket.lines.iter().map(|line| (line.clone(), refused(&line.token))).collect();
    let open = lines::open((&site, &headers), lines, reader.language).await?;
    let view = View { site: &site, headers: &headers, reader };
    let page = view.page(basket, open, done, (sent, Vec::new(), StatusCode::OK)).await?;
    Ok((jar, page).into_response())
}

/// Takes the numbers of pieces over that a form has; returns those that are none, by token.
fn take_pieces(basket: &mut Basket, sent: &Sent, locale: &Locale) -> Vec<(String, String)> {
    let mut refused = Vec::new();
    for line in &mut basket.lines {
        let name = format!("{PIECES}{}", line.token);
        let Some((_, typed)) = sent.pairs.iter().find(|(known, _)| *known == name) else { continue };
        match pieces(typed, locale) {
            Some(pieces) => line.pieces = pieces,
            None => refused.push((line.token.clone(), typed.clone())),
        }
    }
    refused
}

/// How many pieces were typed.
fn pieces(typed: &str, locale: &Locale) -> Option<Quantity> {
    let pieces = locale.read(typed, 0, &[]).ok().and_then(|pieces| u32::try_from(pieces).ok());
    pieces.and_then(Quantity::new)
}

/// Puts a design back, and says so: `place.pieces.token`.
async fn undo(
    site: &Site,
    basket: &mut Basket,
    was: &str,
    reader: &Reader,
) -> Result<Option<(String, Option<String>)>, Failure> {
    let mut parts = was.splitn(3, '.');
    let (place, pieces, token) = (parts.next(), parts.next(), parts.next());
    let place = place.and_then(|place| place.parse().ok()).unwrap_or(MOST_LINES);
    let Some(line) = pieces.zip(token).and_then(|(pieces, token)| Line::read(token, pieces)) else {
        return Ok(None);
    };
    let Some(name) = name(site, &line.token, reader.language).await? else { return Ok(None) };
    Ok(basket.put(place, line).then(|| (reader.language.shop().put_back(&name), None)))
}

/// Takes a design out, and says how it is put back.
async fn remove(
    site: &Site,
    headers: &HeaderMap,
    basket: &mut Basket,
    token: &str,
    reader: &Reader,
) -> Result<Option<(String, Option<String>)>, Failure> {
    let Some((place, line)) = basket.remove(token) else { return Ok(None) };
    let undo = format!("{place}.{}.{token}", line.pieces.get());
    let open = lines::open((site, headers), vec![(line, None)], reader.language).await?;
    let say = reader.language.shop();
    Ok(open.first().map(|open| (say.removed_from_basket(&open.product()), Some(undo))))
}

/// What the product of a design is called; nothing where there is none behind the token.
async fn name(site: &Site, token: &str, language: Language) -> Result<Option<String>, Failure> {
    let none = HeaderMap::new();
    let Some(line) = Line::read(token, "1") else { return Ok(None) };
    let open = lines::open((site, &none), vec![(line, None)], language).await?;
    Ok(open.first().map(|open| open.product().to_owned()))
}

/// Keeps a design that is another one now as it is, in the place of the one that was put in.
async fn take(
    site: &Site,
    headers: &HeaderMap,
    basket: &mut Basket,
    token: &str,
    language: Language,
) -> Result<(), Failure> {
    let line = basket.lines.iter().find(|line| line.token == token).cloned();
    let open = lines::open((site, headers), line.map(|line| (line, None)).into_iter().collect(), language);
    let Some(Open { found: Ok(found), .. }) = open.await?.pop() else { return Ok(()) };
    let opened = found.opened;
    let anew = site.shop.keep_named_design(&opened, &opened.suggested_name(&[])).await?;
    for line in basket.lines.iter_mut().filter(|line| line.token == token) {
        line.token.clone_from(&anew);
    }
    Ok(())
}

/// Opens a design on its product's page, and notes that it is being changed.
async fn change(
    site: &Site,
    headers: &HeaderMap,
    mut basket: Basket,
    token: &str,
    reader: &Reader,
) -> Result<Response, Failure> {
    let line = basket.lines.iter().find(|line| line.token == token).cloned().ok_or(Failure::Form)?;
    let pieces = line.pieces.get();
    let open = lines::open((site, headers), vec![(line, None)], reader.language).await?.pop();
    let Some(Open { found: Ok(found), .. }) = open else {
        return Ok((PRIVATE, Redirect::to(route::BASKET)).into_response());
    };
    let opened = found.opened;
    let (slug, number) = (&opened.revision.slug, opened.revision.number);
    let to = address::product(slug, number, &opened.start, &opened.pairs());
    basket.changing = Some(token.to_owned());
    let jar = CookieJar::new().add(basket.cookie(site));
    Ok((jar, PRIVATE, Redirect::to(&address::of_pieces(to, pieces))).into_response())
}

/// Who looks at the basket, where.
struct View<'v> {
    site: &'v Site,
    headers: &'v HeaderMap,
    reader: Reader,
}

impl View<'_> {
    /// The page, with what was typed and what is to be said of it; designs that the shop has forgotten leave the basket.
    async fn page(
        self,
        mut basket: Basket,
        open: Vec<Open>,
        done: Option<(String, Option<String>)>,
        (mut sent, messages, status): (Sent, Vec<FieldMessage>, StatusCode),
    ) -> Result<Response, Failure> {
        let (site, language) = (self.site, self.reader.language);
        let days = u64::try_from(site.shop.designs_kept().whole_days()).unwrap_or_default();
        let is_open = |line: &Line| open.iter().any(|open| open.line.token == line.token);
        let forgotten = basket.lines.iter().filter(|line| !is_open(line)).count();
        basket.lines.retain(is_open);
        basket.changing.take_if(|token| !open.iter().any(|open| open.line.token == *token));
        let forgot = u64::try_from(forgotten).unwrap_or_default();
        let told = (forgot > 0).then(|| language.shop().basket_forgot(forgot, &days));
        sent.find_before(site, self.headers);
        let mut page = whole(&open, &site.terms(), language);
        page.buyer = sent.form((page.buyer.seen, page.buyer.seen_total), &[], messages);
        let page = BasketPage { done, told: told.into_iter().collect(), days, ..page };
        // What is in it now stands in the page's head, too.
        let reader = Reader { basket: basket.lines.len(), here: route::BASKET.to_owned(), ..self.reader };
        let assets = Arc::clone(&site.assets);
        let html = site.shop.executor().run(move || pages::basket(&assets, &reader, &page)).await?;
        let had = !Basket::read(site, self.headers).lines.is_empty() || !basket.lines.is_empty();
        let jar = if had { CookieJar::new().add(basket.cookie(site)) } else { CookieJar::new() };
        Ok((status, jar, PRIVATE, Html(html)).into_response())
    }
}

/// What the page shows of all designs together.
fn whole(open: &[Open], terms: &Terms, language: Language) -> BasketPage {
    let (words, locale) = (language.words(), &language.words().locale);
    let quotes: Vec<_> = open.iter().filter_map(|open| Some((open, open.quote()?))).collect();
    let sums = sums(quotes.iter().map(|(_, quote)| quote.total));
    let days = quotes.iter().map(|(_, quote)| quote.lead_time_days).max().unwrap_or_default();
    // Of what weighs nothing the weight is not known, and so it is not of all.
    let weighs = quotes.iter().all(|(_, quote)| quote.weight > 0);
    let weight = quotes.iter().fold(0_i64, |sum, (_, quote)| sum.saturating_add(quote.weight));
    let vat = terms.vat.map(|rate| {
        let told = sums.iter().map(|sum| terms::vat(words, *sum, rate));
        told.collect::<Vec<_>>().join("\n")
    });
    let weight = (weighs && weight > 0).then(|| words.studio.weight_of(&locale.weight(weight)));
    let total: Vec<String> = sums.iter().map(|sum| sum.written(locale)).collect();
    let price = |(open, total): (&Open, Money)| {
        let name = super::page::pieces_of(open.line.pieces.get(), open.product().to_owned());
        (name, total.written(locale))
    };
    let mut page = BasketPage {
        lines: open.iter().map(|open| open.shown(terms, language)).collect(),
        prices: quotes.iter().map(|(open, quote)| price((open, quote.total))).collect(),
        total: total.join(" + "),
        arrival: terms.arrival(&words.studio, days),
        notes: vat.into_iter().chain(weight).collect(),
        ..BasketPage::default()
    };
    page.buyer.seen = fingerprint(open, terms);
    page.buyer.seen_total = sums.iter().fold(0, |sum, money| money.amount.saturating_add(sum));
    page
}

/// What stands for all of it.
fn fingerprint(open: &[Open], terms: &Terms) -> String {
    open.iter().map(|open| open.fingerprint(terms)).collect::<Vec<_>>().join(".")
}

/// Amounts added up, currency by currency.
fn sums(amounts: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for money in amounts {
        match sums.iter_mut().find(|sum| sum.currency == money.currency) {
            Some(sum) => sum.amount = sum.amount.saturating_add(money.amount),
            None => sums.push(money),
        }
    }
    sums
}
