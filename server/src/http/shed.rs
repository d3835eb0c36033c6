//! Orders of programs that could not be placed within a moment are refused before anything is read of them: a crowd of them costs those
//! little who are served.

use std::sync::Arc;
use std::time::Duration;

use app::paths::route;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shop::ShopError;
use tokio::sync::OnceCell;
use tower::ServiceExt;

use super::failure::Failure;
use super::site::Site;
use crate::metrics::Answered;

/// Most bytes of the answer.
const LARGEST: usize = 16 * 1024;

/// What refuses orders.
#[derive(Clone)]
pub(super) struct Shed(Arc<Inner>);

struct Inner {
    site: Site,
    /// What says that the shop is busy, whatever is asked, without counting it.
    busy: Router,
    /// What it says to an order.
    said: OnceCell<(HeaderMap, Bytes)>,
}

impl Shed {
    pub(super) fn new(site: Site, busy: Router) -> Self {
        Self(Arc::new(Inner { site, busy, said: OnceCell::new() }))
    }
}

impl Inner {
    /// The answer to an order, but for what is of each.
    async fn said(&self) -> &(HeaderMap, Bytes) {
        let made = self.said.get_or_init(|| async {
            let mut asked = Request::new(Body::empty());
            *asked.method_mut() = Method::POST;
            *asked.uri_mut() = axum::http::Uri::from_static(route::api::ORDERS);
            let answer = self.busy.clone().oneshot(asked).await.into_response();
            let (mut head, body) = answer.into_parts();
            for of_one in [header::RETRY_AFTER, header::CONTENT_LENGTH, header::DATE] {
                head.headers.remove(of_one);
            }
            head.headers.remove("x-request-id");
            (head.headers, axum::body::to_bytes(body, LARGEST).await.unwrap_or_default())
        });
        made.await
    }
}

/// Answers an order for which there is no room as a connection is answered for which there is none.
pub(super) async fn refuse(State(shed): State<Shed>, request: Request, next: Next) -> Response {
    let Shed(shed) = shed;
    let is_order = request.method() == Method::POST && request.uri().path() == route::api::ORDERS;
    if !is_order || shed.site.shop.has_room_for_orders() {
        return next.run(request).await;
    }
    let id = request.headers().get("x-request-id").cloned();
    let (headers, said) = shed.said().await;
    let failure = Failure::from(ShopError::Busy);
    failure.log();
    let status = StatusCode::SERVICE_UNAVAILABLE;
    shed.site.metrics.order_refused(failure.kind().code);
    let answered =
        Answered { route: route::api::ORDERS.to_owned(), method: "POST", status: "5xx".to_owned() };
    shed.site.metrics.answered(answered, Duration::ZERO);
    let mut headers = headers.clone();
    if let Some(wait) = failure.retry_after() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    if let Some(id) = id {
        headers.insert("x-request-id", id);
    }
    (status, headers, said.clone()).into_response()
}
