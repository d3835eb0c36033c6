//! The admin: pages and forms for the people who run the shop. Everything but log-in and invitations needs a session.

mod changes;
mod edit;
mod orders;
mod origin;
mod products;
mod publish;
mod session;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use super::{PageError, Site};

/// Routes under /admin.
pub(super) fn routes() -> Router<Site> {
    // What a session may see is in no cache, the browser's "back" after log-out included.
    let private = HeaderValue::from_static("private, no-store");
    Router::new()
        .route("/admin", get(products::list))
        .route("/admin/login", get(session::form).post(session::log_in))
        .route("/admin/logout", post(session::log_out))
        .route("/admin/invite/{token}", get(session::invitation).post(session::accept))
        .route("/admin/products/{slug}", get(products::editor))
        .route("/admin/products/{slug}/basics", get(products::back).post(products::basics))
        .route(
            "/admin/products/{slug}/attributes/{code}",
            get(products::back_to_attribute).post(products::attribute),
        )
        .route("/admin/products/{slug}/rules", get(products::back).post(products::rules))
        .route("/admin/products/{slug}/standard", get(products::back).post(products::standard))
        .route("/admin/products/{slug}/budget", get(products::back).post(products::budget))
        .route("/admin/products/{slug}/publish", get(publish::form).post(publish::publish))
        .route("/admin/products/{slug}/discard", post(publish::discard))
        .route("/admin/products/{slug}/revisions", get(publish::revisions))
        .route("/admin/products/{slug}/revisions/{number}/live", post(publish::roll_back))
        .route("/admin/orders", get(orders::list))
        .route("/admin/orders/{number}", get(orders::show))
        .route("/admin/orders/{number}/picture.svg", get(orders::picture))
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, private))
}

/// Day and time as people write them: `22 November 2026, 16:04 UTC`.
fn moment(at: time::OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{}, {:02}:{:02} UTC", super::date(at), at.hour(), at.minute())
}

/// A lead time as people write it.
fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// Work that takes long enough to hold up other requests, on a thread of its own.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| PageError::Shop(shop::ShopError::Failed(error.to_string())))
}
