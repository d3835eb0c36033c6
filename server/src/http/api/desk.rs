//! The orders desk for programs that have a key: the same use cases as the desk's pages.

use axum::extract::{Path, RawQuery, State};
use serde::Deserialize;
use shop::orders::{Change, DeskPage, DeskQuery};
use shop::{DeskError, Order, OrderNumber, OrderState};
use utoipa::ToSchema;

use super::desk_shapes::{DeskOrder, DeskOrderDetails, DeskOrders};
use super::json::Json;
use super::key::Key;
use super::orders::together;
use super::problem::Problem;
use super::shapes::StateCode;
use crate::http::desk_query;
use crate::http::failure::Failure;
use crate::http::site::Site;
use app::paths::route::api as route;

/// Orders on a page where the request does not say how many.
const ORDERS: u32 = 50;
/// Most orders of a page.
const MOST_ORDERS: u32 = 200;

/// What a list takes, each by its name here and in the addresses of the desk's pages.
const NAMES: [(&str, &str); 11] = [
    ("search", "q"),
    ("page", "at"),
    ("state", "state"),
    ("sort", "sort"),
    ("product", "product"),
    ("has", "has"),
    ("from", "from"),
    ("to", "to"),
    ("due", "due"),
    ("test", "test"),
    ("learning", "learning"),
];

/// What is asked for. Unlike on pages, what can't be read is refused: a program that asks for some orders shall not get all.
fn asked(query: &str) -> Result<DeskQuery, Failure> {
    let unreadable = |name: &str| Failure::Parameter { name: name.to_owned() };
    let (mut pairs, mut limit): (Vec<(String, String)>, u32) = (Vec::new(), ORDERS);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == "limit" {
            let most = value.parse::<u32>().ok().filter(|limit| (1..=MOST_ORDERS).contains(limit));
            limit = most.ok_or_else(|| unreadable(&name))?;
            continue;
        }
        let (_, own) = NAMES.iter().find(|(known, _)| name == *known).ok_or_else(|| unreadable(&name))?;
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        if pairs.iter().any(|(there, _)| there == own) {
            return Err(unreadable(&name));
        }
        pairs.push(((*own).to_owned(), value.to_owned()));
    }
    let asked = desk_query::read(&pairs, limit);
    let written = desk_query::written(&asked);
    let is_read = |(name, value): &(String, String)| match (name.as_str(), value.as_str()) {
        ("at", _) => asked.from.is_some(),
        ("sort", "newest") => true,
        (name, _) => form_urlencoded::parse(written.as_bytes()).any(|(read, _)| read == name),
    };
    match pairs.iter().find(|pair| !is_read(pair)) {
        Some((own, _)) => {
            let name = NAMES.iter().find(|(_, known)| known == own).map_or("", |(name, _)| *name);
            Err(unreadable(name))
        }
        None => Ok(asked),
    }
}

/// Orders as the desk finds them.
///
/// Everything that is asked for has to hold. The list is walked from order to order: `next` of one page is `page` of the one after it.
#[utoipa::path(
    get, path = route::DESK_ORDERS, tag = "desk", security(("key" = [])),
    params(
        ("search" = Option<String>, Query, description = "Beginnings of words of the buyer's name, e-mail address and product, or whole numbers of orders"),
        ("state" = Option<String>, Query, description = "A state, or `open`: all for which somebody still waits"),
        ("product" = Option<String>, Query, description = "A product's slug"),
        ("has" = Option<String>, Query, description = "An option that they have, as `attribute:option`"),
        ("from" = Option<String>, Query, description = "Placed on this day of the shop or later, such as `2026-11-01`"),
        ("to" = Option<String>, Query, description = "Placed on this day of the shop or before"),
        ("due" = Option<String>, Query, description = "Promised for a day before this one"),
        ("test" = Option<String>, Query, description = "`none`: without test orders; `only`: nothing but them"),
        ("learning" = Option<String>, Query, description = "`in`: without those left out of learning; `left-out`: nothing but them"),
        ("sort" = Option<String>, Query, description = "`newest` (when absent), `oldest`, `due` (promised soonest first), `due-last`, `largest` or `smallest` (by total)"),
        ("limit" = Option<u32>, Query, description = "Most orders of a page, up to 200; 50 when absent"),
        ("page" = Option<String>, Query, description = "Where the page begins: `next` or `previous` of another one")
    ),
    responses(
        (status = 200, body = DeskOrders),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "There is no key, or it does not hold", headers(("WWW-Authenticate" = String, description = "Which way to authenticate there is"))),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The key's role does not allow it"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn desk_orders(
    _: Key,
    State(site): State<Site>,
    RawQuery(query): RawQuery,
) -> Result<axum::Json<DeskOrders>, Failure> {
    let asked = asked(query.as_deref().unwrap_or_default())?;
    let DeskPage { orders, before, after } = site.shop.desk_orders(asked).await?;
    Ok(axum::Json(DeskOrders {
        orders: orders.into_iter().map(DeskOrder::of).collect(),
        next: after.map(|place| place.written()),
        previous: before.map(|place| place.written()),
    }))
}

async fn find(site: &Site, number: &str) -> Result<Order, Failure> {
    let number: OrderNumber = number.parse()?;
    let order = site.shop.order_by_number(number).await?;
    order.ok_or_else(|| DeskError::UnknownOrder { number }.into())
}

/// An order with what was done with it.
async fn details(site: &Site, order: Order) -> Result<axum::Json<DeskOrderDetails>, Failure> {
    let events = site.shop.order_events(order.number).await?;
    let together = together(site, &order).await?;
    Ok(axum::Json(DeskOrderDetails::of(order, &events, together)))
}

/// Changes an order; how it is then.
async fn changed(
    site: &Site,
    number: OrderNumber,
    changes: Vec<Change>,
    by: &str,
) -> Result<axum::Json<DeskOrderDetails>, Failure> {
    let changes = changes.into_iter().map(|change| (number, change)).collect();
    for (_, outcome) in site.shop.change_orders(changes, by).await? {
        outcome?;
    }
    details(site, find(site, &number.to_string()).await?).await
}

/// An order with its design, its buyer, its history and its notes.
#[utoipa::path(
    get, path = route::DESK_ORDER, tag = "desk", security(("key" = [])),
    params(("number" = i64, Path, description = "The order's number")),
    responses(
        (status = 200, body = DeskOrderDetails),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "There is no key, or it does not hold", headers(("WWW-Authenticate" = String, description = "Which way to authenticate there is"))),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The key's role does not allow it"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn desk_order(
    _: Key,
    State(site): State<Site>,
    Path(number): Path<String>,
) -> Result<axum::Json<DeskOrderDetails>, Failure> {
    details(&site, find(&site, &number).await?).await
}

/// Where an order is to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StateRequest {
    /// The state it gets into.
    state: StateCode,
    /// Why, up to 300 characters; needed where it is cancelled or returned. The buyer never sees it.
    #[serde(default)]
    reason: String,
    /// The state in which it was seen. Where it is in another one, somebody else was first, and nothing is done; without it the order is
    /// moved on from wherever it is.
    #[serde(default)]
    from: Option<StateCode>,
}

/// Gets an order into another state.
///
/// What may follow a state is told by each order's `next_states`; everything else is refused with 409, and `state` says where the order is.
#[utoipa::path(
    post, path = route::DESK_ORDER_STATE, tag = "desk", security(("key" = [])),
    params(("number" = i64, Path, description = "The order's number")),
    request_body = StateRequest,
    responses(
        (status = 200, body = DeskOrderDetails),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "There is no key, or it does not hold", headers(("WWW-Authenticate" = String, description = "Which way to authenticate there is"))),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The key's role does not allow it"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Its state does not lead there, or somebody else was first"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn change_state(
    key: Key,
    State(site): State<Site>,
    Path(number): Path<String>,
    Json(request): Json<StateRequest>,
) -> Result<axum::Json<DeskOrderDetails>, Failure> {
    let order = find(&site, &number).await?;
    let (number, now) = (order.number, order.progress.state);
    let seen = request.from.map_or(now, OrderState::from);
    if seen != now {
        return Err(DeskError::ChangedMeanwhile { number, seen, now }.into());
    }
    let change = Change::Move { seen, to: request.state.into(), reason: request.reason };
    changed(&site, number, vec![change], &key.actor).await
}

/// Something to note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteRequest {
    /// The note, up to 2 000 characters in as many lines as wanted. The buyer never sees it.
    text: String,
}

/// Notes something about an order.
#[utoipa::path(
    post, path = route::DESK_ORDER_NOTES, tag = "desk", security(("key" = [])),
    params(("number" = i64, Path, description = "The order's number")),
    request_body = NoteRequest,
    responses(
        (status = 200, body = DeskOrderDetails),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "There is no key, or it does not hold", headers(("WWW-Authenticate" = String, description = "Which way to authenticate there is"))),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The key's role does not allow it"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn add_note(
    key: Key,
    State(site): State<Site>,
    Path(number): Path<String>,
    Json(request): Json<NoteRequest>,
) -> Result<axum::Json<DeskOrderDetails>, Failure> {
    let number = find(&site, &number).await?.number;
    changed(&site, number, vec![Change::Note(request.text)], &key.actor).await
}

/// Marks to set or to take away. What is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarksRequest {
    /// Whether it is a test order, for which nobody waits.
    #[serde(default)]
    test: Option<bool>,
    /// Whether it is left out of learning.
    #[serde(default)]
    left_out: Option<bool>,
}

/// Marks an order as a test or as left out of learning, or not any more.
#[utoipa::path(
    post, path = route::DESK_ORDER_MARKS, tag = "desk", security(("key" = [])),
    params(("number" = i64, Path, description = "The order's number")),
    request_body = MarksRequest,
    responses(
        (status = 200, body = DeskOrderDetails),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "There is no key, or it does not hold", headers(("WWW-Authenticate" = String, description = "Which way to authenticate there is"))),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The key's role does not allow it"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn mark(
    key: Key,
    State(site): State<Site>,
    Path(number): Path<String>,
    Json(request): Json<MarksRequest>,
) -> Result<axum::Json<DeskOrderDetails>, Failure> {
    let number = find(&site, &number).await?.number;
    let changes = [request.test.map(Change::Test), request.left_out.map(Change::LeftOut)];
    changed(&site, number, changes.into_iter().flatten().collect(), &key.actor).await
}

#[cfg(test)]
mod tests {
    use shop::orders::{Sort, States};

    use super::*;

    #[test]
    fn a_list_is_asked_for_as_the_desk_asks() {
        let read =
            asked("search=%C3%A9mile&state=open&sort=due&page=7.1007&limit=5&product=&test=none").unwrap();
        assert_eq!((read.filter.text.as_str(), read.filter.states), ("émile", Some(States::Open)));
        assert_eq!((read.sort, read.limit, read.filter.is_test), (Sort::Due, 5, Some(false)));
        assert_eq!(read.from.map(|place| place.written()).as_deref(), Some("7.1007"));
        assert_eq!(asked("sort=newest").unwrap(), DeskQuery { limit: ORDERS, ..DeskQuery::default() });
    }

    #[test]
    fn what_can_not_be_read_is_refused_by_its_name() {
        for (query, refused) in [
            ("state=lost", "state"),
            ("sort=dearest", "sort"),
            ("page=2", "page"),
            ("from=2026-13-01", "from"),
            ("has=colour", "has"),
            ("limit=201", "limit"),
            ("limit=0", "limit"),
            ("q=bo", "q"),
            ("state=placed&state=shipped", "state"),
        ] {
            let failure = asked(query).unwrap_err();
            assert!(matches!(&failure, Failure::Parameter { name } if name == refused), "{query}: {failure}");
        }
    }
}
