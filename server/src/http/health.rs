//! For whoever watches the shop: whether the process is alive, and whether it is ready for shoppers. For pages: whether there are others.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::site::Site;

/// After how many seconds it may be asked again: pages begin so, too.
const AGAIN: HeaderValue = HeaderValue::from_static("1");

/// That the process answers.
pub(super) async fn alive() -> Response {
    told(StatusCode::OK, "alive")
}

/// Whether shoppers can be sent here: 503 while it stops, while revisions are being prepared, or while the database does not
/// answer, is not where it was, or can only be read.
pub(super) async fn ready(State(site): State<Site>) -> Response {
    if site.readiness.is_stopping() {
        told(StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else if site.readiness.is_preparing() {
        told(StatusCode::SERVICE_UNAVAILABLE, "preparing")
    } else if let Err(error) = site.shop.can_take_orders().await {
        tracing::error!(%error, "not ready: the database is not there, or takes nothing");
        told(StatusCode::SERVICE_UNAVAILABLE, "no database")
    } else {
        told(StatusCode::OK, "ready")
    }
}

/// Whether pages are answered, also while the shop stops or prepares: 503 while the database does not answer or is not where it was,
/// and for who finds no place.
pub(super) async fn serves(State(site): State<Site>) -> Response {
    match site.shop.can_serve().await {
        Ok(()) => told(StatusCode::OK, "serving"),
        Err(_) => told(StatusCode::SERVICE_UNAVAILABLE, "no database"),
    }
}

fn told(status: StatusCode, state: &str) -> Response {
    let body = Json(std::collections::BTreeMap::from([("state", state)]));
    let wait = (status == StatusCode::SERVICE_UNAVAILABLE).then_some([(header::RETRY_AFTER, AGAIN)]);
    (status, [(header::CACHE_CONTROL, "no-store")], wait, body).into_response()
}
