//! The JSON API: the same use cases as the pages, answers as JSON, failures as `application/problem+json`. Its routes and
//! its OpenAPI document are made from the same handlers, so neither can lack what the other has.

mod designs;
mod json;
mod orders;
pub(super) mod problem;
mod products;
mod shapes;

use app::paths::route::api as route;
use axum::Router;
use axum::http::{HeaderMap, header};
use axum::routing::{any, get};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

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
    components(schemas(problem::Problem))
)]
struct Document;

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
        .split_for_parts();
    let document = document.to_json().map(Packed::of).map(Result::unwrap_or_default).unwrap_or_default();
    let show = move |asked: HeaderMap| async move {
        document.answer(&asked, [(header::CONTENT_TYPE, "application/json")])
    };
    routes.route(route::DOCUMENT, get(show)).route(route::OTHERWISE, any(|| async { Failure::NoPage }))
}
