//! One order: its sheet, and what becomes of it.

use app::address;
use app::pages::admin::{self, EventItem, OrderSheet, OrderWay, SheetValue, Step};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Currency, Money};
use personalize::Start;
use shop::orders::{Change, OrderEvent, PickedPart, What};
use shop::{DeskError, Order, OrderState, ShopError};
use time::Date;
use words::Language;

use super::super::page::{Times, day_in_words, money, pieces_of};
use super::super::query;
use super::desk_words::{event, reason_example, refused_or_failed, state, step, tone};
use super::origin::origin_in_words;
use super::session::Admin;
use crate::http::email::as_written;
use crate::http::failure::Failure;
use crate::http::site::Site;

async fn find(site: &Site, number: &str) -> Result<Order, Failure> {
    site.shop.order_by_number(number.parse()?).await?.ok_or(Failure::NoPage)
}

/// One order, with what was done just now.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(number): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let order = find(&site, &number).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let say = admin.language.admin();
    let now = state(admin.language, order.progress.state);
    let done = match query::value(&sent, "done") {
        Some("moved") => Some(say.order_is(&order.number, &now)),
        Some(_) => Some(say.order_changed(&order.number)),
        None => None,
    };
    page(&site, &admin, order, done, None).await
}

/// What was sent and not done.
struct Refused {
    error: DeskError,
    /// What was typed with it: the state it was for and the reason, or the note.
    typed: Change,
}

async fn page(
    site: &Site,
    admin: &Admin,
    order: Order,
    done: Option<String>,
    refused: Option<Refused>,
) -> Result<Response, Failure> {
    let events = site.shop.order_events(order.number).await?;
    let today = site.shop.calendar().today();
    let times = Times::of(site, admin.language);
    let mut way = way(&order, &events, today, times);
    way.back = site
        .shop
        .step_to_undo(order.progress.state, &events)
        .map(|to| (to.code(), admin.language.admin().undo_step(&state(admin.language, to))));
    way.done = done;
    let mut status = StatusCode::OK;
    if let Some(Refused { error, typed }) = refused {
        match typed {
            Change::Move { to, reason, .. } if to.needs_reason() => {
                way.typed_reason = Some((to.code().to_owned(), reason));
            }
            Change::Note(text) => way.typed_note = text,
            _ => {}
        }
        let words = refused_or_failed(error, admin.language)?;
        status =
            if way.typed_note.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        way.refused = Some(words);
    }
    let mut sheet = sheet(&order, way, times);
    let together = site.shop.ordered_together(&order).await.map_err(ShopError::from)?;
    let others = together.into_iter().filter(|other| other.number != order.number);
    sheet.together = others.map(|other| in_brief(&other, admin.language)).collect();
    Ok((status, Html(admin::order(admin.frame(site), &sheet))).into_response())
}

/// Changes an order: moves it on, marks it, or notes something.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    Path(number): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let order = find(&site, &number).await?;
    let sent = query::form(&body)?;
    let value = |name| query::value(&sent, name).unwrap_or_default();
    let read = |name| value(name).parse::<OrderState>().map_err(|_| Failure::Form);
    let (change, done) = match value("do") {
        "test" => (Change::Test(true), "marked"),
        "no-test" => (Change::Test(false), "marked"),
        "leave-out" => (Change::LeftOut(true), "marked"),
        "take-in" => (Change::LeftOut(false), "marked"),
        "note" => (Change::Note(value("note").to_owned()), "noted"),
        "back" => (Change::Back { seen: read("seen")?, to: read("to")? }, "moved"),
        _ => {
            let (seen, to) = (read("seen")?, read("to")?);
            (Change::Move { seen, to, reason: value("reason").to_owned() }, "moved")
        }
    };
    match site.shop.change_order(order.number, change.clone(), &admin.email).await {
        Ok(()) => {
            let address = format!("{}?done={done}", paths::order(order.number.get()));
            Ok(Redirect::to(&address).into_response())
        }
        Err(error) => {
            // As it is now, which is not as it was seen where somebody else was first.
            let order = find(&site, &number).await?;
            page(&site, &admin, order, None, Some(Refused { error, typed: change })).await
        }
    }
}

/// Where an order is, what may happen next, and what was done.
fn way(order: &Order, events: &[OrderEvent], today: Date, times: Times<'_>) -> OrderWay {
    let language = times.language;
    let progress = order.progress;
    let now = state(language, progress.state);
    let items = |notes: bool| {
        let events = events.iter().filter(move |event| matches!(event.what, What::Note(_)) == notes);
        events.map(|one| {
            let (what, words, by) = event(times, one);
            EventItem { what, words, by }
        })
    };
    let step = |to: &OrderState| Step {
        to: to.code(),
        words: step(language, *to),
        reason: reason_example(language, *to),
    };
    OrderWay {
        seen: progress.state.code(),
        state: match progress.since {
            Some(since) => language.admin().since(&now, &times.moment(since)),
            None => now.to_owned(),
        },
        tone: tone(progress.state),
        is_test: progress.is_test,
        left_out: progress.left_out,
        is_locked: progress.is_locked,
        is_late: progress.state.is_open() && order.arrival.is_some_and(|day| day < today),
        steps: progress.state.next().iter().map(step).collect(),
        notes: items(true).collect(),
        history: items(false).collect(),
        done: None,
        back: None,
        refused: None,
        typed_reason: None,
        typed_note: String::new(),
    }
}

/// An order's texts are the product's, as they were when it was ordered.
fn sheet(order: &Order, way: OrderWay, times: Times<'_>) -> OrderSheet {
    let language = times.language;
    let (say, locale) = (language.admin(), &language.words().locale);
    let text = |text: &String| language.marked(text.clone());
    let pairs: Vec<(String, String)> =
        order.design.iter().map(|value| (value.code.clone(), value.value.clone())).collect();
    let days = u64::from(order.lead_time_days);
    let mut facts = vec![
        (say.placed(), times.moment(order.placed_at)),
        (say.pieces(), locale.number(order.quantity.into())),
        (say.lead_time(), say.days(days, &locale.count(days))),
        (say.weight(), say.grams(&locale.number(order.weight))),
        (say.points_used(), locale.number(order.points.into())),
    ];
    facts.extend(terms(order, language));
    if let Some(stated) = &order.stated_use {
        facts.push((say.stated_use(), text(stated)));
    }
    let pair = |(label, text): (&str, String)| (label.to_owned(), text);
    let email = as_written(&order.buyer.email).into_owned();
    let buyer = [
        (say.name(), &order.buyer.name),
        (say.e_mail(), &email),
        (say.address(), &order.buyer.address),
        (say.note(), &order.buyer.note),
    ];
    OrderSheet {
        number: order.number.get(),
        product: pieces_of(order.quantity, text(&order.product_name)),
        slug: order.slug.clone(),
        revision: order.revision,
        facts: facts.into_iter().map(pair).collect(),
        picture: order.picture.clone(),
        design: order
            .design
            .iter()
            .map(|value| SheetValue {
                label: text(&value.label),
                words: text(&value.words),
                code: format!("{} = {}", value.code, value.value),
                origin: origin_in_words(&value.origin, language),
            })
            .collect(),
        parts: PickedPart::of(&order.design, order.quantity)
            .into_iter()
            .map(|part| (part.code, locale.count(part.count)))
            .collect(),
        lines: order
            .lines
            .iter()
            .map(|line| (text(&line.label), money(&order.currency, line.amount, language)))
            .collect(),
        total: money(&order.currency, order.total, language),
        buyer: buyer
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| pair((label, text.clone())))
            .collect(),
        together: Vec::new(),
        way,
        design_address: address::product(&order.slug, order.revision, &Start::Standard, &pairs),
    }
}

/// An order's number, and how many pieces it is of which product.
fn in_brief(order: &Order, language: Language) -> (i64, String) {
    (order.number.get(), pieces_of(order.quantity, language.marked(order.product_name.clone())))
}

/// What was promised with an order, as far as it was kept.
fn terms(order: &Order, language: Language) -> Vec<(&'static str, String)> {
    let (say, locale) = (language.admin(), &language.words().locale);
    let currency = Currency::new(&order.currency);
    let vat = order.vat.zip(currency).map(|(rate, currency)| {
        let vat = Money::new(order.total, currency).vat(rate).written(locale);
        (say.vat(), format!("{vat} ({}%)", locale.hundredths(rate)))
    });
    let returns = order.return_days.map(|days| match days {
        0 => (say.returns(), say.not_returnable().to_owned()),
        days => (say.returns(), say.returnable(u64::from(days))),
    });
    let arrival = order.arrival.map(|arrival| (say.promised_for(), day_in_words(language, arrival)));
    arrival.into_iter().chain(vat).chain(returns).collect()
}

/// The picture of an order as an SVG file: on the list each one is a document of its own, so that ids don't clash.
pub(super) async fn picture(
    _: Admin,
    State(site): State<Site>,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let order = find(&site, &number).await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], order.content.picture).into_response())
}
