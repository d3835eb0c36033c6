//! Orders for those who build them.

use app::address;
use app::pages::admin::{self, OrderItem, OrderList, OrderSheet, SheetValue};
use app::paths::{admin as paths, route::admin as route};
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use configurator::{Currency, Money};
use personalize::Start;
use shop::{Order, OrderNumber};
use time::Date;
use words::Language;

use super::super::page::{Page, pieces_of};
use super::super::query;
use super::origin::origin_in_words;
use super::session::Admin;
use super::words::moment;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Orders on a page.
const PAGE: u32 = 25;

/// The orders, newest first.
pub(super) async fn list(admin: Admin, State(site): State<Site>, RawQuery(sent): RawQuery) -> Page {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let before = query::value(&sent, "before").and_then(|before| before.parse::<OrderNumber>().ok());
    let mut orders = site.shop.orders(before, PAGE + 1).await?;
    let more = orders.len() > PAGE as usize;
    orders.truncate(PAGE as usize);
    let address = paths::orders_before;
    // Numbers count without gaps, so the page of newer ones begins this many higher.
    let first = orders.first().map(|first| first.number.get() + 1);
    let above = first.or(before.map(OrderNumber::get)).unwrap_or(i64::MAX);
    let newest = site.shop.orders(None, 1).await?.first().map_or(0, |newest| newest.number.get());
    let newer = (newest >= above).then(|| match above.saturating_add(i64::from(PAGE)) {
        before if before > newest => route::ORDERS.to_owned(),
        before => address(before),
    });
    let list = OrderList {
        newer,
        older: orders.last().filter(|_| more).map(|last| address(last.number.get())),
        items: orders.into_iter().map(|order| item(order, admin.language)).collect(),
    };
    Ok(Html(admin::orders(admin.frame(&site), &list)))
}

fn money(order: &Order, amount: i64, language: Language) -> String {
    let locale = &language.words().locale;
    Currency::new(&order.currency)
        .map_or_else(|| locale.number(amount), |currency| Money::new(amount, currency).written(locale))
}

fn item(order: Order, language: Language) -> OrderItem {
    OrderItem {
        total: money(&order, order.total, language),
        number: order.number.get(),
        revision: order.revision,
        placed: moment(language, order.placed_at),
        product: pieces_of(order.quantity, language.marked(order.content.product_name)),
        buyer: order.content.buyer.name,
    }
}

async fn find(site: &Site, number: &str) -> Result<Order, Failure> {
    site.shop.order_by_number(number.parse()?).await?.ok_or(Failure::NoPage)
}

/// One order.
pub(super) async fn show(admin: Admin, State(site): State<Site>, Path(number): Path<String>) -> Page {
    let order = find(&site, &number).await?;
    Ok(Html(admin::order(admin.frame(&site), &sheet(&order, admin.language))))
}

/// An order's texts are the product's, as they were when it was ordered.
fn sheet(order: &Order, language: Language) -> OrderSheet {
    let (say, locale) = (language.admin(), &language.words().locale);
    let text = |text: &String| language.marked(text.clone());
    let pairs: Vec<(String, String)> =
        order.design.iter().map(|value| (value.code.clone(), value.value.clone())).collect();
    let mut facts = vec![
        (say.placed(), moment(language, order.placed_at)),
        (say.pieces(), locale.number(order.quantity.into())),
        (say.lead_time(), say.days(u64::from(order.lead_time_days))),
        (say.weight(), say.grams(&locale.number(order.weight))),
        (say.points_used(), locale.number(order.points.into())),
    ];
    facts.extend(terms(order, language));
    if let Some(stated) = &order.stated_use {
        facts.push((say.stated_use(), text(stated)));
    }
    let pair = |(label, text): (&str, String)| (label.to_owned(), text);
    let buyer = [
        (say.name(), &order.buyer.name),
        (say.e_mail(), &order.buyer.email),
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
        lines: order
            .lines
            .iter()
            .map(|line| (text(&line.label), money(order, line.amount, language)))
            .collect(),
        total: money(order, order.total, language),
        buyer: buyer
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| pair((label, text.clone())))
            .collect(),
        design_address: address::product(&order.slug, order.revision, &Start::Standard, &pairs),
    }
}

/// What was promised with an order, as far as it was kept.
fn terms(order: &Order, language: Language) -> Vec<(&'static str, String)> {
    let (say, locale) = (language.admin(), &language.words().locale);
    let day = |day: Date| language.date(day.day(), day.month().into(), day.year());
    let currency = Currency::new(&order.currency);
    let vat = order.vat.zip(currency).map(|(rate, currency)| {
        let vat = Money::new(order.total, currency).vat(rate).written(locale);
        (say.vat(), format!("{vat} ({}%)", locale.hundredths(rate)))
    });
    let returns = order.return_days.map(|days| match days {
        0 => (say.returns(), say.not_returnable().to_owned()),
        days => (say.returns(), say.returnable(u64::from(days))),
    });
    let arrival = order.arrival.map(|arrival| (say.promised_for(), day(arrival)));
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
