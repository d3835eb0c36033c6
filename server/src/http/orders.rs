//! The order form, placing an order, and the page of a placed one.

use app::address;
use app::pages::{self, FieldMessage, OrderForm, PlacedOrder};
use app::state::Start;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Currency, Money};
use shop::{Buyer, Environment, Order, OrderError, OrderRequest};

use super::personal::Personal;
use super::products::{Opened, open};
use super::query::{self, DesignQuery};
use super::{Page, PageError, Site};
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
    let opened = design(&site, &slug, query.as_deref(), &headers).await?;
    let messages = notices(&opened);
    Ok(show_form(&site, &opened, Vec::new(), messages, request_id(), StatusCode::OK))
}

async fn design(
    site: &Site,
    slug: &str,
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

fn show_form(
    site: &Site,
    opened: &Opened,
    typed: Vec<(String, String)>,
    messages: Vec<FieldMessage>,
    request_id: String,
    status: StatusCode,
) -> Response {
    let (revision, product) = (&opened.revision, &opened.revision.product);
    let design = product.complete(&opened.choices, &opened.default.design);
    let design = design.unwrap_or_else(|_| product.standard().clone());
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
        seen_total: quote.total.amount,
        ready: app::configurator::lead_time(quote.lead_time_days),
        request_id,
        typed,
        messages,
    };
    let html = Html(pages::order_form(&site.assets, &form));
    (status, [(header::CACHE_CONTROL, "private, no-store")], html).into_response()
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
    let sent = query::pairs(&body);
    let typed: Vec<(String, String)> =
        sent.iter().filter(|(name, _)| FIELDS.contains(&name.as_str())).cloned().collect();
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().to_owned();
    let id = query::value(&sent, "request_id").map_or_else(request_id, |id| id.chars().take(64).collect());
    let opened = design(&site, &slug, query.as_deref(), &headers).await?;
    let refused = |messages: Vec<FieldMessage>, status: StatusCode| {
        show_form(&site, &opened, typed.clone(), messages, id.clone(), status)
    };
    if !opened.notices.is_empty() {
        return Ok(refused(notices(&opened), StatusCode::UNPROCESSABLE_ENTITY));
    }
    let product = &opened.revision.product;
    let total =
        product.complete(&opened.choices, &opened.default.design).map(|design| product.quote(&design).total);
    let seen = query::value(&sent, "seen_total").and_then(|seen| seen.parse::<i64>().ok());
    if let (Ok(total), Some(seen)) = (&total, seen)
        && total.amount != seen
    {
        let message = format!(
            "The total is {total}, not what this page showed before. Please check it and send the order again."
        );
        return Ok(refused(vec![FieldMessage { field: String::new(), message }], StatusCode::CONFLICT));
    }
    let request = OrderRequest {
        slug: slug.clone(),
        revision: opened.revision.number,
        choices: opened.pairs(),
        start: match &opened.start {
            Start::Standard => shop::Start::Standard,
            Start::Personal { stated_use } => shop::Start::Personal { stated_use: stated_use.clone() },
        },
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
            Ok(refused(reasons.into_iter().map(general).collect(), StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(OrderError::Buyer(errors)) => {
            let messages = errors
                .into_iter()
                .map(|error| FieldMessage { field: error.field.to_owned(), message: error.message });
            Ok(refused(messages.collect(), StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(OrderError::Choice(error)) => Err(PageError::Choice { slug, error }),
        Err(OrderError::Shop(error)) => Err(error.into()),
    }
}

/// A placed order.
pub(super) async fn show(State(site): State<Site>, Path(token): Path<String>) -> Page {
    let order = site.shop.order(&token).await?.ok_or(PageError::NoOrder)?;
    Ok(Html(pages::placed_order(&site.assets, &placed(&order))))
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
        number: order.number,
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
