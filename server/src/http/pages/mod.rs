//! Pages for people: the shop, and the admin below /admin.

mod account;
mod account_data;
mod admin;
mod asked;
pub(super) mod assets;
mod basket;
mod beside;
mod campaigns;
mod compare;
mod counting;
mod defaults;
mod draft_preview;
mod first_options;
mod information;
mod insight;
mod kept;
mod links;
mod moved;
mod needs;
mod needs_ways;
mod offers;
mod orders;
mod otherwise;
mod own;
mod page;
mod personal;
mod placed_here;
mod products;
mod query;
mod replace;
mod shared;
mod shelf;
mod signed_in;
mod snapshots;
#[cfg(debug_assertions)]
mod ui;

pub(super) use admin::Admin;
pub use admin::admin_access;
use app::paths::route;
use axum::Router;
use axum::extract::DefaultBodyLimit;
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
        .route(route::NEEDS, get(needs::show).post(needs::answer))
        .route(route::COMPARE, get(compare::show))
        .route(route::OFFERS, get(offers::show))
        .route(route::REPLACE, get(replace::show))
        .route(route::DEFAULTS, get(defaults::show))
        .route(route::POSTER, get(products::poster))
        .route(route::START, post(personal::start))
        .route(route::COUNTS, post(insight::count).layer(DefaultBodyLimit::max(insight::LARGEST)))
        .route(route::SAVE, post(kept::save))
        .route(route::SHARE, post(kept::share))
        .route(route::SNAPSHOTS, get(snapshots::show).post(snapshots::act))
        .route(route::DRAFT_PREVIEW, get(draft_preview::show))
        .route(route::KEPT, get(kept::open))
        .route(route::LINK, get(kept::link))
        .route(route::ORDER_FORM, get(orders::form).post(orders::place))
        .route(route::ORDER, get(orders::show))
        .route(route::ORDER_TOGETHER, get(orders::show_together))
        .route(route::BASKET, get(basket::show).post(basket::act))
        .route(route::PUT_IN, post(basket::put))
        .route(route::CAMPAIGN, get(campaigns::open))
        .merge(accounts())
        .route(route::ARTIFACT, get(products::artifact))
        .route(route::HABITS, get(products::habits))
        .merge(about())
        .merge(admin::routes())
}

/// The routes of customers' pages.
fn accounts() -> Router<Site> {
    Router::new()
        .route(route::ACCOUNT, get(account::show).post(account::ask))
        .route(route::ACCOUNT_LINK, get(account::link).post(account::sign_in))
        .route(route::ACCOUNT_SIGN_OUT, post(account::sign_out))
        .route(route::ACCOUNT_ORDER, get(account::order))
        .route(route::ACCOUNT_CONSENT, post(account::say_consent))
        .route(route::ACCOUNT_REMEMBER, post(account::remember))
        .route(route::ACCOUNT_FORGET, post(account::forget))
        .route(route::ACCOUNT_DATA, get(account_data::show))
        .route(route::ACCOUNT_EXPORT, get(account_data::export))
        .route(route::ACCOUNT_ERASE, get(account_data::ask).post(account_data::erase))
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
        routes.route(path, get(move |site, headers, reads| information::show(topic, site, headers, reads)))
    })
}
