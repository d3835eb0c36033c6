//! The order form, placing an order, and the page of a placed one.

use std::sync::Arc;

use app::address;
use app::pages::{self, Assets, FieldMessage, OrderForm, PlacedOrder};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Currency, Design, Money, Slug};
use personalize::Start;
use sha2::{Digest, Sha256};
use shop::{Buyer, Environment, FieldError, Order, OrderError, OrderRequest};

use super::personal::Personal;
use super::products::{Opened, open};
use super::query::{self, DesignQuery};
use super::{PageError, Site};
use crate::environment::Machine;

/// Fields of the form, in order.
const FIELDS: [&str; 4] = ["name", "email", "address", "note"];

/// The empty order form.
pub(super) async fn form(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    let opened = design(&site, &slug, query.as_deref(), &headers).await?;
    let sent = Sent { typed: Vec::new(), messages: notices(&opened), request_id: request_id() };
    show_form(&site, opened, sent, StatusCode::OK).await
}

async fn design(
    site: &Site,
    slug: &Slug,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Opened, PageError> {
    let pairs = query::pairs(query.unwrap_or_default());
    open(site, slug, &DesignQuery::read(&pairs), &Personal::read(headers)).await
}

fn notices(opened: &Opened) -> Vec<FieldMessage> {
    opened
        .notices
        .iter()
        .map(|notice| FieldMessage { field: String::new(), message: notice.clone() })
        .collect()
}

/// What is shown again when a form comes back.
struct Sent {
    typed: Vec<(String, String)>,
    messages: Vec<FieldMessage>,
    request_id: String,
}

async fn show_form(
    site: &Site,
    opened: Opened,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, PageError> {
    let assets = Arc::clone(&site.assets);
    let html = site.think(move || form_page(&assets, &opened, sent)).await??;
    Ok((status, [(header::CACHE_CONTROL, "private, no-store")], Html(html)).into_response())
}

fn form_page(assets: &Assets, opened: &Opened, sent: Sent) -> Result<String, PageError> {
    let (revision, product) = (&opened.revision, &opened.revision.product);
    let design = opened.complete()?;
    let quote = product.quote(&design);
    let pairs = opened.pairs();
    let form = OrderForm {
        product: product.name.clone(),
        action: address::order_form(&revision.slug, revision.number, &opened.start, &pairs),
        back: address::product(&revision.slug, revision.number, &opened.start, &pairs),
        picture: preview::compose(product, &revision.bundle.drawings, &design),
        design: design
            .iter()
            .map(|(id, value)| (product.attribute(id).label.clone(), product.describe(id, value)))
            .collect(),
        lines: quote.lines.iter().map(|line| (line.label.clone(), line.amount.to_string())).collect(),
        total: quote.total.to_string(),
        seen: seen(opened, &design),
        ready: app::configurator::lead_time(quote.lead_time_days),
        request_id: sent.request_id,
        typed: sent.typed,
        messages: sent.messages,
    };
    Ok(pages::order_form(assets, &form))
}

/// What the shopper is looking at, to notice when an order would no longer be that. Never a price to charge.
fn seen(opened: &Opened, design: &Design) -> String {
    let product = &opened.revision.product;
    let total = product.quote(design).total.amount;
    let mut seen = form_urlencoded::Serializer::new(total.to_string());
    seen.extend_pairs(product.write_choices(&design.to_choices()));
    Sha256::digest(seen.finish().as_bytes())[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn request_id() -> String {
    let mut bytes = [0; 16];
    Machine.random(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Places an order. Prices and validity come from the choices and the revision alone.
pub(super) async fn place(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(&body);
    let typed: Vec<(String, String)> =
        sent.iter().filter(|(name, _)| FIELDS.contains(&name.as_str())).cloned().collect();
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().to_owned();
    let id = query::value(&sent, "request_id").map_or_else(request_id, |id| id.chars().take(64).collect());
    let opened = design(&site, &slug, query.as_deref(), &headers).await?;
    let refused = |opened: Opened, messages: Vec<FieldMessage>, status: StatusCode| {
        let sent = Sent { typed: typed.clone(), messages, request_id: id.clone() };
        show_form(&site, opened, sent, status)
    };
    if !opened.notices.is_empty() {
        let messages = notices(&opened);
        return refused(opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if let Some(shown) = query::value(&sent, "seen")
        && seen(&opened, &opened.complete()?) != shown
    {
        let message = "The design or its total is no longer what this page showed before. Please check it and send the order again.";
        let message = FieldMessage { field: String::new(), message: message.to_owned() };
        return refused(opened, vec![message], StatusCode::CONFLICT).await;
    }
    let request = OrderRequest {
        slug: slug.clone(),
        revision: opened.revision.number,
        choices: opened.pairs(),
        start: opened.start.clone(),
        buyer: Buyer {
            name: field("name"),
            email: field("email"),
            address: field("address"),
            note: field("note"),
        },
        request_id: Some(id.clone()),
    };
    let general = |message: String| FieldMessage { field: String::new(), message };
    match site.shop.place_order(request).await {
        Ok(order) => Ok(Redirect::to(&format!("/orders/{}", order.token)).into_response()),
        Err(OrderError::Invalid(reasons)) => {
            refused(opened, reasons.into_iter().map(general).collect(), StatusCode::UNPROCESSABLE_ENTITY)
                .await
        }
        Err(OrderError::Buyer(errors)) => {
            let message =
                |error: FieldError| FieldMessage { field: error.field.to_owned(), message: error.message };
            let messages = errors.into_iter().map(message).collect();
            refused(opened, messages, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(OrderError::Choice(error)) => Err(PageError::Choice { slug, error }),
        Err(OrderError::Shop(error)) => Err(error.into()),
    }
}

/// A placed order.
pub(super) async fn show(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, PageError> {
    let order = site.shop.order(&token).await?.ok_or(PageError::NoOrder)?;
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
        placed: super::date(order.placed_at),
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
