//! For whoever watches the shop: whether the process is alive, and whether it is ready for shoppers. For pages: whether there are others.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::site::Site;

/// That the process answers.
pub(super) async fn alive() -> Response {
    told(StatusCode::OK, "alive")
}

/// Whether shoppers can be sent here: 503 while it stops, while revisions are being prepared, or while the database does not
/// answer or is not where it was.
pub(super) async fn ready(State(site): State<Site>) -> Response {
    if site.readiness.is_stopping() {
        told(StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else if site.readiness.is_preparing() {
        told(StatusCode::SERVICE_UNAVAILABLE, "preparing")
    } else if let Err(error) = site.shop.can_serve().await {
        tracing::error!(%error, "not ready: the database is not there");
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
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}
