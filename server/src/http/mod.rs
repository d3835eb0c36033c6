//! Routes, and what all answers have in common.

mod admin;
mod assets;
mod error;
mod orders;
mod personal;
mod products;
mod query;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::pages::Assets;
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Request, header};
use axum::response::Html;
use axum::routing::{get, post};
use shop::Shop;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

pub use error::PageError;

/// Most bytes of a form.
const LARGEST_FORM: usize = 256 * 1024;

/// What every handler can reach.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub shop: Arc<Shop>,
    /// Addresses of built files.
    pub assets: Arc<Assets>,
    /// Whether cookies may travel over https only.
    pub secure: bool,
    /// Pages that may be thought about at the same time.
    thinking: Arc<Semaphore>,
}

/// How many pages are thought about at the same time, and how long another one waits for its turn.
const THINKERS: usize = 4;
const PATIENCE: Duration = Duration::from_secs(10);

impl Site {
    /// Runs the engine outside the threads that serve requests.
    ///
    /// # Errors
    /// Too many pages are being thought about.
    pub(crate) async fn think<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PageError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.thinking).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(PageError::Busy) };
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(turn);
            answer
        });
        done.await.map_err(|_| PageError::Failed)
    }
}

/// An answer: a page, or a problem shown as one.
pub type Page = Result<Html<String>, PageError>;

/// The whole site.
///
/// # Errors
/// The folder of built files can't be read.
pub fn router(shop: Arc<Shop>, site_root: &Path, secure: bool) -> std::io::Result<Router> {
    let assets = Arc::new(assets::find(site_root)?);
    let site = Site { shop, assets, secure, thinking: Arc::new(Semaphore::new(THINKERS)) };
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let common = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        // Paths and queries hold tokens and what shoppers typed; the log has the request's id instead.
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request<Body>| {
            let id =
                request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
            tracing::info_span!("request", method = %request.method(), id)
        }))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data:; frame-ancestors 'self'; form-action 'self'; base-uri 'none'",
        ))
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(site.clone(), error::show_errors))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_FORM));
    let files = assets::files(site_root, Arc::clone(&site.assets));
    Ok(Router::new()
        .route("/", get(products::list))
        .route("/products/{slug}", get(products::show))
        .route("/products/{slug}/choose", get(products::choose))
        .route("/products/{slug}/picture.svg", get(products::picture))
        .route("/products/{slug}/start", post(personal::start))
        .route("/products/{slug}/order", get(orders::form).post(orders::place))
        .route("/orders/{token}", get(orders::show))
        .route("/artifacts/{slug}/{revision}/{file}", get(products::artifact))
        .merge(admin::routes())
        .with_state(site)
        .fallback_service(files)
        .layer(common))
}

/// A day as people write it: `22 November 2026`.
fn date(at: time::OffsetDateTime) -> String {
    let date = at.date();
    format!("{} {} {}", date.day(), date.month(), date.year())
}
