//! Pages for people: the shop, and the admin below /admin.

mod admin;
pub(super) mod assets;
mod beside;
mod compare;
mod information;
mod kept;
mod needs;
mod orders;
mod own;
mod page;
mod personal;
mod products;
mod query;
mod shelf;
mod snapshots;
#[cfg(debug_assertions)]
mod ui;

use app::paths::route;
use axum::Router;
use axum::routing::{get, post};

use shop::Topic;

use super::site::Site;

/// The routes of all pages.
pub(super) fn routes() -> Router<Site> {
    let routes = Router::new();
    #[cfg(debug_assertions)]
    let routes = routes.route(route::UI, get(ui::show));
    routes
        .route(route::LIST, get(products::list))
        .route(route::PRODUCT, get(products::show))
        .route(route::CHOOSE, get(products::choose))
        .route(route::PICTURE, get(products::picture))
        .route(route::NEEDS, get(needs::show))
        .route(route::COMPARE, get(compare::show))
        .route(route::POSTER, get(products::poster))
        .route(route::START, post(personal::start))
        .route(route::SAVE, post(kept::save))
        .route(route::SHARE, post(kept::share))
        .route(route::SNAPSHOTS, get(snapshots::show).post(snapshots::act))
        .route(route::KEPT, get(kept::open))
        .route(route::LINK, get(kept::link))
        .route(route::ORDER_FORM, get(orders::form).post(orders::place))
        .route(route::ORDER, get(orders::show))
        .route(route::ARTIFACT, get(products::artifact))
        .merge(about())
        .merge(admin::routes())
}

/// The routes of the pages about the shop.
fn about() -> Router<Site> {
    Topic::ALL.into_iter().fold(Router::new(), |routes, topic| {
        let path = match topic {
            Topic::Company => route::COMPANY,
            Topic::Contact => route::CONTACT,
            Topic::Delivery => route::DELIVERY,
            Topic::Payment => route::PAYMENT,
            Topic::Returns => route::RETURNS,
            Topic::Privacy => route::PRIVACY,
        };
        routes.route(path, get(move |site, reads| information::show(topic, site, reads)))
    })
}
