//! Placing orders and reading them by their tokens.

use app::paths;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use configurator::{Currency, Quantity, RevisionNumber, Slug};
use serde::{Deserialize, Serialize};
use shop::{OrderNumber, Receipt, ShopError};
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;

use super::json::Json;
use super::problem::Problem;
use super::shapes::{DesignRequest, Line, Money};
use crate::http::failure::Failure;
use crate::http::limits::MayOrder;
use crate::http::site::Site;
use app::paths::route::api as route;

/// The header that keeps a repeated request from placing a second order.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Most characters of it.
const LONGEST_KEY: usize = 200;

/// An order to place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderRequest {
    /// The product's slug.
    product: String,
    /// The design, with the revision it is made for. The shop completes, checks and prices it anew.
    design: DesignRequest,
    /// How many pieces, 1 to 999.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 999, default = 1)]
    quantity: u32,
    /// Who orders.
    buyer: Buyer,
}

fn one() -> u32 {
    Quantity::ONE.get()
}

/// Who orders, and where it goes.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Buyer {
    /// First and last name.
    name: String,
    /// Where the confirmation goes.
    email: String,
    /// Postal address in several lines.
    address: String,
    /// Anything else.
    #[serde(default)]
    note: String,
}

impl Buyer {
    pub(super) fn of(buyer: shop::Buyer) -> Self {
        let shop::Buyer { name, email, address, note } = buyer;
        Self { name, email, address, note }
    }
}

/// A placed order.
#[derive(Serialize, ToSchema)]
pub(super) struct Order {
    /// Counts from 1001.
    #[schema(value_type = i64)]
    number: OrderNumber,
    /// Opens the order: keep it secret.
    token: String,
    /// Path of the order's page in this shop.
    page: String,
    /// When it was placed, as RFC 3339 writes it.
    placed_at: String,
    /// How far it is: placed, confirmed, in_production, shipped, delivered, cancelled or returned.
    state: &'static str,
    /// Since when, as RFC 3339 writes it.
    state_since: String,
    /// The product's slug.
    #[schema(value_type = String)]
    product: Slug,
    /// The product's name then.
    product_name: String,
    /// The revision it was made from.
    #[schema(value_type = i64)]
    revision: RevisionNumber,
    /// Every attribute, in the product's order.
    design: Vec<OrderedValue>,
    /// The itemised price.
    lines: Vec<Line>,
    /// The sum of the lines.
    total: Money,
    /// How many pieces.
    quantity: u32,
    /// Working days from order to dispatch.
    lead_time_days: u32,
    /// The day by which it is promised at the buyer's door, as RFC 3339 writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrival: Option<String>,
    /// The VAT within the total, where the shop says its rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    vat: Option<Money>,
    /// Days within which it can be returned; 0 where it can't be.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_days: Option<u32>,
    /// Numbers of the orders that were placed with the same form, with this one; absent where it was ordered alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<i64>, required = false)]
    ordered_together: Vec<OrderNumber>,
    /// Who ordered.
    buyer: Buyer,
}

/// One attribute of an order.
#[derive(Serialize, ToSchema)]
struct OrderedValue {
    /// The attribute's code.
    attribute: String,
    /// The attribute's name then.
    label: String,
    /// The value as text: a code, codes with commas between them, a number or a text.
    value: String,
    /// The value for people.
    words: String,
}

/// The VAT within an order's total.
pub(super) fn vat(order: &shop::OrderContent, rate: u32) -> Option<Money> {
    let total = configurator::Money::new(order.total, Currency::new(&order.currency)?);
    Some(total.vat(rate).into())
}

impl Order {
    fn of(order: shop::Order, token: String, ordered_together: Vec<OrderNumber>) -> Self {
        let shop::Order { number, progress, content: order, .. } = order;
        let money = |amount| Money { amount, currency: order.currency.clone() };
        let lines = order.lines.iter();
        let lines =
            lines.map(|line| Line { label: line.label.clone(), attribute: None, amount: money(line.amount) });
        Self {
            number,
            page: paths::order(&token),
            placed_at: order.placed_at.format(&Rfc3339).unwrap_or_default(),
            state: progress.state.code(),
            state_since: progress.since.unwrap_or(order.placed_at).format(&Rfc3339).unwrap_or_default(),
            revision: order.revision,
            lines: lines.collect(),
            total: money(order.total),
            quantity: order.quantity,
            lead_time_days: order.lead_time_days,
            arrival: order.arrival.map(|day| day.to_string()),
            vat: order.vat.and_then(|rate| vat(&order, rate)),
            return_days: order.return_days,
            design: order
                .design
                .into_iter()
                .map(|value| OrderedValue {
                    attribute: value.code,
                    label: value.label,
                    value: value.value,
                    words: value.words,
                })
                .collect(),
            buyer: Buyer::of(order.buyer),
            ordered_together,
            token,
            product: order.slug,
            product_name: order.product_name,
        }
    }
}

/// Places an order. The same request with the same key again, also while the first is under way, returns the order that it
/// placed, with a token of its own; another request with that key is refused.
#[utoipa::path(
    post, path = route::ORDERS, tag = "orders",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, up to 200 characters, for this order alone")),
    request_body = OrderRequest,
    responses(
        (status = 201, body = Order, headers(("Location" = String, description = "Where the order can be read"))),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "One client orders too often",
         headers(("Retry-After" = u64, description = "Seconds until it may be sent again"))),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn place(
    State(site): State<Site>,
    headers: HeaderMap,
    _: MayOrder,
    Json(request): Json<OrderRequest>,
) -> Result<Response, Failure> {
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok()).map(str::trim);
    let key = key.filter(|key| (1..=LONGEST_KEY).contains(&key.len())).ok_or(Failure::IdempotencyKey)?;
    let OrderRequest { product, design, quantity, buyer } = request;
    let quantity = Quantity::new(quantity).ok_or(Failure::Quantity)?;
    let revision = design.revision.ok_or(Failure::NoRevision)?;
    let order = shop::OrderRequest {
        slug: site.shop.slug(&product).await?,
        revision,
        choices: design.pairs(),
        start: design.start(),
        quantity,
        buyer: shop::Buyer { name: buyer.name, email: buyer.email, address: buyer.address, note: buyer.note },
        request_id: Some(key.to_owned()),
    };
    let Receipt { order, token, is_new } = site.shop.place_order(order).await?;
    if is_new {
        site.metrics.order_placed();
    }
    let location = [(header::LOCATION, paths::api::order(&token))];
    Ok((StatusCode::CREATED, PRIVATE, location, axum::Json(Order::of(order, token, Vec::new())))
        .into_response())
}

/// The order that a token opens.
#[utoipa::path(
    get, path = route::ORDER, tag = "orders",
    params(("token" = String, Path, description = "The order's token")),
    responses((status = 200, body = Order), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn show(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, Failure> {
    let order = site.shop.order(&token).await?.ok_or(Failure::NoOrder)?;
    let together = together(&site, &order).await?;
    Ok((PRIVATE, axum::Json(Order::of(order, token, together))).into_response())
}

/// The numbers of the orders that were placed with the same form, with this one; none where it was ordered alone.
pub(super) async fn together(site: &Site, order: &shop::Order) -> Result<Vec<OrderNumber>, Failure> {
    let orders = site.shop.ordered_together(order).await.map_err(ShopError::from)?;
    Ok(orders.into_iter().map(|order| order.number).collect())
}

/// Orders are in no cache.
const PRIVATE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "private, no-store")];
