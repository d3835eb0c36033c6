//! The JSON API: the same use cases as the pages, answers as JSON, failures as `application/problem+json`. Its routes and
//! its OpenAPI document are made from the same handlers, so neither can lack what the other has.

mod designs;
mod desk;
mod desk_shapes;
mod json;
mod key;
mod orders;
pub(super) mod problem;
mod products;
mod shapes;

use app::paths::route::api as route;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::routing::{any, get};
use axum::{Extension, Router};
use shop::access::Capability::{SeeOrders, WorkOnOrders};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::access::Access;
use super::failure::Failure;
use super::packed::Packed;
use super::site::Site;

/// What the document says beside the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Atelier",
        version = "1",
        description = "Products that are made to order: menus, prices, reasons, and orders. Amounts are whole minor units (cents) of a \
                       currency, VAT included. Failures are RFC 9457 problems with a stable `code`."
    ),
    components(schemas(problem::Problem)),
    modifiers(&Keys)
)]
struct Document;

/// How whoever has a key shows it.
struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let about = "An API key, which an administrator makes in the admin under People. Each has a role: viewers and merchandisers read \
                     orders, production changes them, too.";
        let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about)).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("key", SecurityScheme::Http(key));
    }
}

/// What the desk takes, the same as its pages.
const DESK: Access = Access::Needs { see: SeeOrders, act: WorkOnOrders };

/// Every address of the API that takes a key, as routes write them, with what its role has to allow.
#[must_use]
pub fn desk_access() -> Vec<(&'static str, Access)> {
    let paths = [
        route::DESK_ORDERS,
        route::DESK_ORDER,
        route::DESK_ORDER_STATE,
        route::DESK_ORDER_NOTES,
        route::DESK_ORDER_MARKS,
    ];
    paths.map(|path| (path, DESK)).to_vec()
}

/// The routes of the desk, in no cache.
fn desk() -> OpenApiRouter<Site> {
    let private = HeaderValue::from_static("private, no-store");
    OpenApiRouter::new()
        .routes(routes!(desk::desk_orders))
        .routes(routes!(desk::desk_order))
        .routes(routes!(desk::change_state))
        .routes(routes!(desk::add_note))
        .routes(routes!(desk::mark))
        .layer(Extension(DESK))
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, private))
}

/// The routes of the API, and its document.
pub(super) fn routes() -> Router<Site> {
    let (routes, document) = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(products::list))
        .routes(routes!(products::live))
        .routes(routes!(products::revision))
        .routes(routes!(products::artifact))
        .routes(routes!(designs::menu))
        .routes(routes!(designs::repairs))
        .routes(routes!(designs::complete))
        .routes(routes!(designs::quote))
        .routes(routes!(orders::place))
        .routes(routes!(orders::show))
        .merge(desk())
        .split_for_parts();
    let document = document.to_json().map(Packed::of).map(Result::unwrap_or_default).unwrap_or_default();
    let show = move |asked: HeaderMap| async move {
        document.answer(&asked, [(header::CONTENT_TYPE, "application/json")])
    };
    routes.route(route::DOCUMENT, get(show)).route(route::OTHERWISE, any(|| async { Failure::NoPage }))
}
