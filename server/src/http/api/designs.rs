//! Questions about a design: its menu, ways to a blocked value, the whole of it, its price.

use axum::extract::{Path, Query, State};
use configurator::{AttributeId, Product, Quantity, State as OptionMenuState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::json::Json;
use super::problem::Problem;
use super::shapes::{
    ChoiceMap, ChoiceValue, DesignRequest, DesignValue, Money, Pinned, Quote, Reason, choice_map,
};
use crate::http::failure::Failure;
use crate::http::site::Site;
use app::paths::route::api as route;

/// Most ways to a value that are looked for.
const MOST_REPAIRS: usize = 10;
/// Ways to a value where the request does not say how many.
const REPAIRS: usize = 3;

/// A design's menu.
#[derive(Serialize, ToSchema)]
pub(super) struct Menu {
    /// What it is about.
    #[serde(flatten)]
    pinned: Pinned,
    /// The attributes, in the product's order.
    attributes: Vec<AttributeMenu>,
    /// The price of the completed design.
    quote: Quote,
    /// Whether no valid design departs less from the start for certain.
    is_nearest: bool,
}

/// One attribute on the menu.
#[derive(Serialize, ToSchema)]
struct AttributeMenu {
    /// Its value in the completed design.
    #[serde(flatten)]
    value: DesignValue,
    /// Where the value comes from.
    origin: Origin,
    /// The options on the menu; none for numbers and texts.
    options: Vec<OptionMenu>,
    /// For a number: what is known to be possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    /// For a text: why it can't be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocked: Option<Reason>,
}

/// The smallest and the largest possible number.
#[derive(Serialize, ToSchema)]
struct Range {
    min: i64,
    max: i64,
}

/// Where a value comes from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Origin {
    /// It was chosen.
    Chosen,
    /// The choices leave nothing else, or the attribute is locked.
    Implied,
    /// It is what the design starts from.
    Default,
    /// It departs from the start because the choices need it to.
    Adjusted,
}

/// One option on the menu.
#[derive(Serialize, ToSchema)]
struct OptionMenu {
    /// Its code.
    option: String,
    /// Its name.
    label: String,
    /// Whether the completed design has it.
    selected: bool,
    /// Whether it can be chosen (of several: added or removed).
    state: OptionState,
    /// What choosing it does to the total; absent where that is not known or not possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_change: Option<Money>,
    /// Why it is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
}

/// Whether an option can be chosen.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OptionState {
    /// It can.
    Available,
    /// It was chosen.
    Chosen,
    /// It is the only one left.
    Implied,
    /// It can't, for a reason.
    Blocked,
    /// It would take too long to find out.
    Undecided,
}

/// The menu of a design: every option's state, price change and reason.
#[utoipa::path(
    post, path = route::MENU, tag = "designs",
    params(("slug" = String, Path, description = "The product")),
    request_body = DesignRequest,
    responses((status = 200, body = Menu), (status = 429, body = Problem, content_type = "application/problem+json", description = "One client asks for too much at once", headers(("Retry-After" = u64, description = "Seconds until it may be sent again"))), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn menu(
    State(site): State<Site>,
    Path(slug): Path<String>,
    Json(request): Json<DesignRequest>,
) -> Result<axum::Json<Menu>, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let (opened, menu) = site.shop.exact_menu(&slug, &request.address()).await?;
    let product = &opened.revision.product;
    let attribute = |((id, _), shown): ((AttributeId, _), &configurator::AttributeMenu)| {
        AttributeMenu::of(product, id, opened.design.value(id), shown)
    };
    Ok(axum::Json(Menu {
        pinned: Pinned::of(&opened),
        attributes: product.ids().zip(&menu.attributes).filter_map(attribute).collect(),
        quote: Quote::of(product, &menu.quote),
        is_nearest: menu.is_nearest,
    }))
}

impl AttributeMenu {
    fn of(
        product: &Product,
        id: AttributeId,
        value: &configurator::Value,
        shown: &configurator::AttributeMenu,
    ) -> Option<Self> {
        let origin = match shown.source {
            configurator::Origin::Chosen => Origin::Chosen,
            configurator::Origin::Implied => Origin::Implied,
            configurator::Origin::Default => Origin::Default,
            configurator::Origin::Adjusted => Origin::Adjusted,
            configurator::Origin::Absent => return None,
        };
        let options = product.attribute(id).options().iter().zip(&shown.options);
        Some(Self {
            value: DesignValue::of(product, id, value),
            origin,
            options: options
                .filter(|(option, _)| option.available)
                .map(|(option, shown)| OptionMenu::of(product, option, shown))
                .collect(),
            range: shown.range.map(|(min, max)| Range { min, max }),
            blocked: shown.blocked.as_ref().map(|reason| Reason::of(product, reason)),
        })
    }
}

impl OptionMenu {
    fn of(product: &Product, option: &configurator::Opt, shown: &configurator::OptionMenu) -> Self {
        let (state, reason) = match &shown.state {
            OptionMenuState::Available => (OptionState::Available, None),
            OptionMenuState::Chosen => (OptionState::Chosen, None),
            OptionMenuState::Implied => (OptionState::Implied, None),
            OptionMenuState::Blocked(reason) => (OptionState::Blocked, Some(Reason::of(product, reason))),
            OptionMenuState::Undecided => (OptionState::Undecided, None),
        };
        Self {
            option: option.code.clone(),
            label: option.label.clone(),
            selected: shown.selected,
            state,
            price_change: shown.price_change.map(|amount| product.money(amount).into()),
            reason,
        }
    }
}

/// A value that is wanted for a design.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RepairRequest {
    /// The design as it is.
    design: DesignRequest,
    /// What is wanted.
    wanted: Wanted,
    /// Most ways to look for, up to 10; 3 when absent.
    #[serde(default)]
    most: Option<usize>,
}

/// A value of an attribute.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// The attribute's code.
    attribute: String,
    /// The value.
    value: ChoiceValue,
}

/// Ways to a value.
#[derive(Serialize, ToSchema)]
pub(super) struct Repairs {
    /// What it is about.
    #[serde(flatten)]
    pinned: Pinned,
    /// Why the value is blocked; absent when it can be chosen as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// Its causes one by one, the sentence of each rule, with the amount by which the choices miss it where that can be told.
    causes: Vec<String>,
    /// The ways, the smallest first, each of which gives up something else; none when no valid design has the value.
    repairs: Vec<Repair>,
}

/// A change of choices that makes a value possible.
#[derive(Serialize, ToSchema)]
struct Repair {
    /// All choices after it, ready to send as a design's.
    choices: ChoiceMap,
    /// The choices that change, with their new values.
    changes: Vec<DesignValue>,
    /// What becomes another though nobody chose it.
    moves: Vec<DesignValue>,
    /// Whether no other way changes less for certain.
    is_nearest: bool,
    /// What it does to the total.
    price_change: Money,
    /// What it does to the lead time.
    lead_time_change_days: i64,
}

/// The smallest and cheapest ways to a blocked value, and why it is blocked.
#[utoipa::path(
    post, path = route::REPAIRS, tag = "designs",
    params(("slug" = String, Path, description = "The product")),
    request_body = RepairRequest,
    responses((status = 200, body = Repairs), (status = 429, body = Problem, content_type = "application/problem+json", description = "One client asks for too much at once", headers(("Retry-After" = u64, description = "Seconds until it may be sent again"))), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn repairs(
    State(site): State<Site>,
    Path(slug): Path<String>,
    Json(request): Json<RepairRequest>,
) -> Result<axum::Json<Repairs>, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let value = request.wanted.value.text();
    let wanted = (request.wanted.attribute.as_str(), value.as_str());
    let most = request.most.unwrap_or(REPAIRS).min(MOST_REPAIRS);
    let found = site.shop.repairs(&slug, &request.design.address(), wanted, most).await?;
    let product = &found.opened.revision.product;
    let values = |values: &[(AttributeId, configurator::Value)]| {
        values.iter().map(|(id, value)| DesignValue::of(product, *id, value)).collect()
    };
    let repair = |repair: &configurator::Repair| Repair {
        choices: choice_map(product, &repair.choices),
        changes: values(&repair.changes),
        moves: values(&repair.moves),
        is_nearest: repair.is_nearest,
        price_change: product.money(repair.price_change).into(),
        lead_time_change_days: repair.lead_time_change,
    };
    Ok(axum::Json(Repairs {
        pinned: Pinned::of(&found.opened),
        reason: found.reason.as_ref().map(|reason| Reason::of(product, reason)),
        causes: found.causes,
        repairs: found.repairs.iter().map(repair).collect(),
    }))
}

/// A complete design.
#[derive(Serialize, ToSchema)]
pub(super) struct Completed {
    /// What it is about.
    #[serde(flatten)]
    pinned: Pinned,
    /// The value of every attribute, ready to send as a design's choices.
    choices: ChoiceMap,
    /// The same in the product's order, for people.
    design: Vec<DesignValue>,
}

/// A design, completed with the fewest departures from what it starts from.
#[utoipa::path(
    post, path = route::COMPLETE, tag = "designs",
    params(("slug" = String, Path, description = "The product")),
    request_body = DesignRequest,
    responses((status = 200, body = Completed), (status = 429, body = Problem, content_type = "application/problem+json", description = "One client asks for too much at once", headers(("Retry-After" = u64, description = "Seconds until it may be sent again"))), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn complete(
    State(site): State<Site>,
    Path(slug): Path<String>,
    Json(request): Json<DesignRequest>,
) -> Result<axum::Json<Completed>, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let opened = site.shop.exact_design(&slug, &request.address()).await?;
    let product = &opened.revision.product;
    Ok(axum::Json(Completed {
        pinned: Pinned::of(&opened),
        choices: choice_map(product, &opened.design.to_choices()),
        design: DesignValue::all(product, &opened.design),
    }))
}

/// What a design costs.
#[derive(Serialize, ToSchema)]
pub(super) struct Quoted {
    /// What it is about.
    #[serde(flatten)]
    pinned: Pinned,
    /// The itemised price of so many pieces of the completed design.
    quote: Quote,
    /// How many pieces.
    quantity: u32,
    /// The day by which an order of today is at the buyer's door, as RFC 3339 writes it.
    arrival: String,
    /// The VAT within the total, where the shop says its rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    vat: Option<Money>,
    /// Why the design can't be returned; absent where it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_return: Option<String>,
}

/// How many pieces a price is asked of.
#[derive(Deserialize)]
pub(super) struct Pieces {
    /// How many pieces, 1 to 999; 1 when absent.
    #[serde(default)]
    quantity: Option<u32>,
}

/// The itemised price of a design, completed, with its lead time.
#[utoipa::path(
    post, path = route::QUOTE, tag = "designs",
    params(("slug" = String, Path, description = "The product"), ("quantity" = Option<u32>, Query, description = "How many pieces, 1 to 999; 1 when absent")),
    request_body = DesignRequest,
    responses((status = 200, body = Quoted), (status = 429, body = Problem, content_type = "application/problem+json", description = "One client asks for too much at once", headers(("Retry-After" = u64, description = "Seconds until it may be sent again"))), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn quote(
    State(site): State<Site>,
    Path(slug): Path<String>,
    Query(Pieces { quantity }): Query<Pieces>,
    Json(request): Json<DesignRequest>,
) -> Result<axum::Json<Quoted>, Failure> {
    let quantity = quantity.map_or(Some(Quantity::ONE), Quantity::new).ok_or(Failure::Quantity)?;
    let slug = site.shop.slug(&slug).await?;
    let opened = site.shop.exact_design(&slug, &request.address()).await?;
    let (product, terms) = (&opened.revision.product, site.terms());
    let quote = product.quote_for(&opened.design, quantity);
    Ok(axum::Json(Quoted {
        pinned: Pinned::of(&opened),
        quantity: quantity.get(),
        arrival: terms.calendar.arrival(quote.lead_time_days).to_string(),
        vat: terms.vat.map(|rate| quote.total.vat(rate).into()),
        no_return: product.no_return(&opened.design).map(str::to_owned),
        quote: Quote::of(product, &quote),
    }))
}
