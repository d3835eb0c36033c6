//! The admin: pages and forms for the people who run the shop. Everything but log-in and invitations needs a session.

mod archive;
mod begin;
mod campaigns;
mod customers;
mod desk_words;
mod fields;
mod gate;
mod history;
mod order;
mod orders;
mod orders_csv;
mod orders_query;
mod origin;
mod people;
mod prices;
mod products;
mod publish;
mod session;
mod sold_out;
mod standing;
mod words;

use app::paths::route::admin as route;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::http::site::Site;

/// Most bytes of an editor's form. A choice with 2 000 options, the most there may be, takes less than one megabyte with names and
/// codes of 40 letters.
const LARGEST_FORM: usize = 8 * 1024 * 1024;

/// Routes under /admin.
pub(super) fn routes() -> Router<Site> {
    // What a session may see is in no cache, the browser's "back" after log-out included.
    let private = HeaderValue::from_static("private, no-store");
    let largest = DefaultBodyLimit::max(LARGEST_FORM);
    Router::new()
        .route(route::PRODUCTS, get(products::list))
        .route(route::PRICES, get(prices::form).post(prices::save))
        .route(route::OPTIONS_CSV, get(prices::options_csv))
        .route(route::NEW, get(begin::form).post(begin::begin))
        .route(route::NEW_FILE, get(begin::back).post(begin::from_file).layer(largest))
        .route(route::STANDING, get(standing::show).post(standing::change))
        .route(route::LOG_IN, get(session::form).post(session::log_in))
        .route(route::LOG_OUT, post(session::log_out))
        .route(route::INVITE, get(session::invitation).post(session::accept))
        .route(route::CUSTOMERS, get(customers::list).post(customers::change))
        .route(route::CAMPAIGNS, get(campaigns::list).post(campaigns::change))
        .route(route::CUSTOMER, get(customers::one))
        .route(route::PEOPLE, get(people::list).post(people::change))
        .route(route::PRODUCT, get(products::editor))
        .route(route::SECTION, get(products::back).post(products::section).layer(largest))
        .route(route::ATTRIBUTE, get(products::back_to_attribute).post(products::attribute).layer(largest))
        .route(route::PUBLISH, get(publish::form).post(publish::publish))
        .route(route::MEANT, post(publish::mark_as_meant))
        .route(route::PREVIEW, post(publish::preview))
        .route(route::DISCARD, post(publish::discard))
        .route(route::UNDO, post(products::undo))
        .route(route::REDO, post(products::redo))
        .route(route::ARCHIVE, get(archive::write))
        .route(route::IMPORT, get(archive::form).post(archive::import).layer(largest))
        .route(route::REVISIONS, get(history::revisions))
        .route(route::MAKE_LIVE, post(history::roll_back))
        .route(route::WITHDRAW, post(history::withdraw))
        .route(route::OFFER_AGAIN, post(history::offer_again))
        .route(route::ORDERS, get(orders::list).post(orders::act))
        .route(route::ORDERS_CSV, get(orders::csv))
        .route(route::ORDER_VIEWS, post(orders::views))
        .route(route::ORDER, get(order::show).post(order::change))
        .route(route::ORDER_PICTURE, get(order::picture))
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, private))
}
