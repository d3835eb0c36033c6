//! Counts what is answered, and tells it at an address of its own.

use std::sync::Arc;
use std::time::Instant;

use app::paths::route;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use shop::Executor;

use super::site::Site;
use crate::metrics::{Answered, Metrics};

/// The route of built files and of addresses that lead nowhere.
const NO_ROUTE: &str = "files";
/// Methods that are told apart.
const METHODS: [Method; 3] = [Method::GET, Method::HEAD, Method::POST];
/// What came of a log-in that let somebody in.
const SUCCEEDED: &str = "succeeded";
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// On an answer that is a refusal: the code of the failure, also where it is shown within a form.
#[derive(Clone, Copy)]
pub(super) struct Refusal(pub(super) &'static str);

impl Refusal {
    /// The answer, as a refusal.
    pub(super) fn as_told_by(self, mut answer: Response) -> Response {
        answer.extensions_mut().insert(self);
        answer
    }
}

/// Counts a request by its route, and what came of an order or a log-in.
pub(super) async fn count(State(site): State<Site>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let response = next.run(request).await;

    let refusal = response.extensions().get::<Refusal>().map(|Refusal(code)| *code);
    if method == Method::POST {
        match (route.as_str(), refusal) {
            (route::ORDER_FORM | route::BASKET | route::api::ORDERS, Some(code)) => {
                site.metrics.order_refused(code)
            }
            (route::admin::LOG_IN, refusal) => site.metrics.log_in(refusal.unwrap_or(SUCCEEDED)),
            _ => {}
        }
    }
    let method = METHODS.iter().find(|known| **known == method).map_or("OTHER", Method::as_str);
    let status = format!("{}xx", response.status().as_u16() / 100);
    site.metrics.answered(Answered { route, method, status }, begun.elapsed());
    response
}

/// `/metrics`, and nothing else.
pub fn metrics(metrics: Arc<Metrics>, executor: Executor) -> Router {
    let told = move || async move {
        match metrics.text(executor.load()) {
            Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
            Err(error) => {
                tracing::error!(%error, "what was counted can't be told");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    };
    Router::new().route("/metrics", get(told))
}
