//! Routes, and what all answers have in common.

mod access;
mod api;
mod basket;
mod client;
mod cookies;
mod counted;
mod desk_query;
mod email;
mod failure;
mod head;
mod health;
mod kept_pages;
mod language;
mod limits;
mod packed;
mod pages;
mod posters;
mod serve;
mod shed;
mod shown;
mod site;
mod standing;
mod unseen;

use std::path::Path;
use std::sync::Arc;

use app::pages::Assets;
use app::paths::route;
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Request, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use shop::{Shop, ShopError};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

pub use access::Access;
use access::Addresses;
pub use api::desk_access;
pub use counted::metrics;
pub use failure::{Failure, Kind};
use kept_pages::KeptPages;
use limits::Counts;
pub use pages::admin_access;
use posters::{Pictures, Posters};
pub use serve::{Answering, handles_of, serve};
use shed::Shed;
use site::AtHand;
pub use site::{Settings, Site};

/// Most bytes of a form.
const LARGEST_FORM: usize = 256 * 1024;

/// The whole site.
///
/// # Errors
/// The folder of built files can't be read.
pub fn router(shop: Arc<Shop>, site_root: &Path, settings: Settings) -> std::io::Result<Router> {
    Ok(answering(shop, site_root, settings)?.router)
}

/// The same, with what connections are told that find no place: that the shop is busy, but for whoever watches it.
///
/// # Errors
/// The folder of built files can't be read.
pub fn answering(shop: Arc<Shop>, site_root: &Path, settings: Settings) -> std::io::Result<Answering> {
    // Where it leads now: what a later release puts in its place belongs to other pages. Where nothing is, what looks for it says so.
    let site_root = &site_root.canonicalize().unwrap_or_else(|_| site_root.to_owned());
    let (secure, former_sites) = (settings.secure, settings.former_sites.clone());
    let site = at_hand(shop, Arc::new(pages::assets::find(site_root)?), settings);
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let uncounted = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(from_fn_with_state(site.clone(), client::know))
        // Paths and queries hold tokens and what shoppers typed; the log has the request's id instead.
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request<Body>| {
            let id =
                request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
            let client = request.extensions().get::<client::Neighbourhood>();
            let client = client.map(|client| client.0.as_str()).unwrap_or_default();
            tracing::info_span!("request", method = %request.method(), id, client)
        }))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        // Only of this host: others of its domain may have no https.
        .option_layer(secure.then(|| header(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000")))
        .layer(header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data:; frame-ancestors 'self'; form-action 'self'; base-uri 'none'",
        ))
        .layer(CompressionLayer::new())
        .layer(from_fn(unseen::keep_secret))
        .layer(from_fn_with_state(site.clone(), language::keep))
        .layer(from_fn_with_state(site.clone(), shown::show))
        .layer(from_fn_with_state(site.clone(), standing::look))
        .layer(from_fn(head::check))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_FORM));
    let common = ServiceBuilder::new()
        .layer(from_fn_with_state(site.clone(), counted::count))
        .layer(uncounted.clone());
    let files = pages::assets::files(site_root, Assets::clone(&site.assets), &former_sites);
    let health =
        Router::new().route(route::ALIVE, get(health::alive)).route(route::READY, get(health::ready));
    // By their routes it is counted that orders are refused.
    let orders = [route::ORDER_FORM, route::BASKET, route::api::ORDERS];
    let surplus = orders.into_iter().fold(health.clone(), |routes, order| routes.route(order, any(busy)));
    let surplus = surplus.with_state(site.clone()).fallback(busy).layer(common.clone());
    let serves = Router::new().route(route::SERVES, get(health::serves));
    let router = pages::routes().merge(api::routes()).merge(health).merge(serves).with_state(site.clone());
    let router = router.fallback_service(files).layer(common);
    let said = Router::new().fallback(busy).with_state(site.clone()).layer(uncounted.clone());
    let unreadable = Router::new().fallback(shown::unreadable).with_state(site.clone()).layer(uncounted);
    let shed = Shed::new(site, said);
    Ok(Answering { router: router.layer(from_fn_with_state(shed, shed::refuse)), surplus, unreadable })
}

/// That the shop is busy, whatever was asked.
async fn busy() -> Failure {
    ShopError::Busy.into()
}

/// What every request has at hand.
fn at_hand(shop: Arc<Shop>, assets: Arc<Assets>, settings: Settings) -> Site {
    let Settings { secure, languages, proxies, orders, designs, url, readiness, metrics, former_sites: _ } =
        settings;
    Site(Arc::new(AtHand {
        shop,
        assets,
        secure,
        languages: languages.into(),
        proxies: Arc::new(proxies),
        orders: Arc::new(orders.into()),
        designs: Arc::new(designs.into()),
        wrong_keys: Arc::new(Counts::of_wrong_keys()),
        campaigns: Arc::new(Counts::of_campaigns()),
        visits: Arc::new(Counts::of_visits()),
        url: url.into(),
        readiness,
        pages: KeptPages::default(),
        posters: Posters::default(),
        pictures: Pictures::default(),
        metrics,
        access: Arc::new(Addresses::of(admin_access())),
    }))
}
