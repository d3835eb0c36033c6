//! The page of a placed order, and of those that were ordered with it.

use app::pages::{self, PlacedOrder, Reader, TogetherOrder};
use app::{address, paths, terms};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use configurator::{Currency, Money};
use shop::{Order, OrderNumber, Progress, ShopError, Start};
use time::OffsetDateTime;
use words::{Language, Words};

use super::super::page::{PRIVATE, Times, money, pieces_of};
use crate::after_order::{after_order, contact};
use crate::http::email::as_written;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;
use crate::mail::how_far;

/// A placed order.
pub async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let order = site.shop.order(&token).await?.ok_or(Failure::NoOrder)?;
    let first = order.number;
    shown(&site, &reader, order, |number| behind(&token, first, number)).await
}

/// An order of the same basket as that which a token opens.
pub async fn show_together(
    State(site): State<Site>,
    Path((token, number)): Path<(String, String)>,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let first = site.shop.order(&token).await?.ok_or(Failure::NoOrder)?;
    let number: OrderNumber = number.parse().map_err(|_| Failure::NoOrder)?;
    let together = site.shop.ordered_together(&first).await.map_err(ShopError::from)?;
    let order = together.into_iter().find(|order| order.number == number).ok_or(Failure::NoOrder)?;
    let first = first.number;
    shown(&site, &reader, order, |number| behind(&token, first, number)).await
}

/// The page of an order that was ordered together with the one that a token opens.
fn behind(token: &str, first: OrderNumber, number: OrderNumber) -> String {
    if number == first { paths::order(token) } else { paths::order_together(token, number.get()) }
}

/// The page of an order, for whoever may see it, with links to those of the same basket.
pub async fn shown(
    site: &Site,
    reader: &Reader,
    order: Order,
    link: impl Fn(OrderNumber) -> String,
) -> Result<Response, Failure> {
    let together = site.shop.ordered_together(&order).await.map_err(ShopError::from)?;
    let (order, no_return) = site.shop.order_in(order, reader.language).await;
    let design = site.shop.ordered_design(&order).await;
    let mut page = placed(&order, &design, no_return.as_deref(), Times::of(site, reader.language));
    let profile = site.shop.profile();
    page.after = after_order(&profile, order.progress.state, reader.language);
    page.contact = contact(&profile, reader.language);
    page.together_total = sum(&together, reader.language);
    for other in together {
        let href = (other.number != order.number).then(|| link(other.number));
        let (other, _) = site.shop.order_in(other, reader.language).await;
        page.together.push(TogetherOrder {
            number: other.number.get(),
            product: pieces_of(other.quantity, other.product_name.clone()),
            total: money(&other.currency, other.total, reader.language),
            href,
        });
    }
    Ok((PRIVATE, Html(pages::placed_order(&site.assets, reader, &page))).into_response())
}

/// What orders cost together, in words; nothing where their currencies differ.
fn sum(orders: &[Order], language: Language) -> String {
    let Some(first) = orders.first() else { return String::new() };
    if orders.iter().any(|order| order.currency != first.currency) {
        return String::new();
    }
    let total = orders.iter().fold(0_i64, |sum, order| sum.saturating_add(order.total));
    language.shop().together(&money(&first.currency, total, language))
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
    let money = |amount: i64| money(&order.currency, amount, language);
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
pub fn state(progress: &Progress, placed_at: OffsetDateTime, times: Times<'_>) -> String {
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
