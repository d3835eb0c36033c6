//! The order form, placing an order, and the page of a placed one.

use std::sync::Arc;

use app::pages::{self, FieldMessage, OrderForm, PlacedOrder};
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Currency, Money, Slug};
use personalize::Start;
use shop::{Buyer, Environment, FieldError, Opened, Order, OrderError};

use super::page::date;
use super::personal::Personal;
use super::query;
use crate::environment::Machine;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Fields of the form, in order.
const FIELDS: [&str; 4] = ["name", "email", "address", "note"];
/// Most characters of the form's id that count.
const MOST_ID_CHARACTERS: usize = 64;

/// The empty order form.
pub(super) async fn form(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let opened = design(&site, &slug, query.as_deref(), &headers).await?;
    let messages = notices(&opened);
    Sent::default().show(&site, opened, messages, StatusCode::OK).await
}

/// Places an order. Prices and validity come from the choices and the revision alone.
pub(super) async fn place(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Failure> {
    let sent = Sent { pairs: query::pairs(&body) };
    let slug = site.shop.slug(&slug).await?;
    let opened = design(&site, &slug, query.as_deref(), &headers).await?;
    if !opened.notices.is_empty() {
        let messages = notices(&opened);
        return sent.show(&site, opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if sent.seen().is_some_and(|seen| seen != opened.fingerprint()) {
        return sent.show(&site, opened, vec![general(CHANGED.to_owned())], StatusCode::CONFLICT).await;
    }
    let messages = match site.shop.place_opened(opened.clone(), &sent.buyer(), &sent.request_id()).await {
        Ok(order) => return Ok(Redirect::to(&paths::order(&order.token)).into_response()),
        Err(OrderError::Invalid(reasons)) => reasons.into_iter().map(general).collect(),
        Err(OrderError::Buyer(errors)) => errors.into_iter().map(of_field).collect(),
        Err(error) => return Err(error.into()),
    };
    sent.show(&site, opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await
}

const CHANGED: &str = "The design or its total is no longer what this page showed before. Please check it and send the order again.";

async fn design(
    site: &Site,
    slug: &Slug,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Opened, Failure> {
    let pairs = query::pairs(query.unwrap_or_default());
    let consent = Personal::read(headers).consent(slug);
    Ok(site.shop.open_design(slug, &query::design(&pairs), &consent).await?)
}

fn notices(opened: &Opened) -> Vec<FieldMessage> {
    opened.notices.iter().cloned().map(general).collect()
}

fn general(message: String) -> FieldMessage {
    FieldMessage { field: String::new(), message }
}

fn of_field(error: FieldError) -> FieldMessage {
    FieldMessage { field: error.field.to_owned(), message: error.message }
}

/// The order form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    pairs: Vec<(String, String)>,
}

impl Sent {
    fn field(&self, name: &str) -> String {
        query::value(&self.pairs, name).unwrap_or_default().to_owned()
    }

    /// The fingerprint of the design that the form showed.
    fn seen(&self) -> Option<&str> {
        query::value(&self.pairs, "seen")
    }

    fn request_id(&self) -> String {
        query::value(&self.pairs, "request_id")
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
        opened: Opened,
        messages: Vec<FieldMessage>,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let assets = Arc::clone(&site.assets);
        let render = move || pages::order_form(&assets, &self.form(&opened, messages));
        let html = site.shop.executor().run(render).await?;
        Ok((status, [(header::CACHE_CONTROL, "private, no-store")], Html(html)).into_response())
    }

    fn form(&self, opened: &Opened, messages: Vec<FieldMessage>) -> OrderForm {
        let (revision, product) = (&opened.revision, &opened.revision.product);
        let quote = product.quote(&opened.design);
        let (pairs, start) = (opened.pairs(), &opened.start);
        OrderForm {
            product: product.name.clone(),
            action: address::order_form(&revision.slug, revision.number, start, &pairs),
            back: address::product(&revision.slug, revision.number, start, &pairs),
            picture: preview::compose(product, &revision.bundle.drawings, &opened.design),
            design: opened
                .design
                .iter()
                .map(|(id, value)| (product.attribute(id).label.clone(), product.describe(id, value)))
                .collect(),
            lines: quote.lines.iter().map(|line| (line.label.clone(), line.amount.to_string())).collect(),
            total: quote.total.to_string(),
            seen: opened.fingerprint(),
            ready: app::configurator::lead_time(quote.lead_time_days),
            request_id: self.request_id(),
            typed: self.pairs.iter().filter(|(name, _)| FIELDS.contains(&name.as_str())).cloned().collect(),
            messages,
        }
    }
}

fn request_id() -> String {
    let mut bytes = [0; 16];
    Machine.random(&mut bytes);
    const_hex::encode(bytes)
}

/// A placed order.
pub(super) async fn show(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, Failure> {
    let order = site.shop.order(&token).await?.ok_or(Failure::NoOrder)?;
    let headers =
        [(header::CACHE_CONTROL, "private, no-store"), (HeaderName::from_static("x-robots-tag"), "noindex")];
    Ok((headers, Html(pages::placed_order(&site.assets, &placed(&order)))).into_response())
}

fn placed(order: &Order) -> PlacedOrder {
    let money = |amount: i64| {
        Currency::new(&order.currency)
            .map_or_else(|| amount.to_string(), |currency| Money::new(amount, currency).to_string())
    };
    let pairs: Vec<(String, String)> =
        order.design.iter().map(|value| (value.code.clone(), value.value.clone())).collect();
    let buyer = [
        ("Name", &order.buyer.name),
        ("E-mail", &order.buyer.email),
        ("Address", &order.buyer.address),
        ("Note", &order.buyer.note),
    ];
    PlacedOrder {
        number: order.number.get(),
        product: order.product_name.clone(),
        placed: date(order.placed_at),
        ready: app::configurator::lead_time(order.lead_time_days),
        picture: order.picture.clone(),
        design: order.design.iter().map(|value| (value.label.clone(), value.words.clone())).collect(),
        lines: order.lines.iter().map(|line| (line.label.clone(), money(line.amount))).collect(),
        total: money(order.total),
        buyer: buyer
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| (label.to_owned(), text.clone()))
            .collect(),
        again: address::product(&order.slug, order.revision, &Start::Standard, &pairs),
    }
}
