//! Failures as people and programs see them: pages as HTML, the API as `application/problem+json`.

use std::sync::{Arc, Mutex};

use app::pages::{self, Reader};
use app::paths::{self, route};
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use shop::ShopError;

use super::api::problem::answer;
use super::counted::Refusal;
use super::failure::Failure;
use super::language::reader;
use super::pages::Admin;
use super::site::Site;
use super::standing;

/// What failed may succeed a moment later.
const NO_STORE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Turns failures into answers: those of handlers, and refusals that nobody gave words yet.
pub(super) async fn show(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let reader = reader(request.uri(), request.headers(), &site);
    let cookies = is_admin(&path).then(|| request.headers().clone());
    let mut response = next.run(request).await;
    let carried = response.extensions_mut().remove::<Arc<Mutex<Option<Failure>>>>();
    let failure = carried.and_then(|carried| carried.lock().ok().and_then(|mut failure| failure.take()));
    let Some(failure) = failure.or_else(|| refused(&response)) else {
        if response.status().is_client_error() || response.status().is_server_error() {
            response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
        }
        return response;
    };
    failure.log();
    let status = response.status();
    // What else the answer says, such as the methods an address takes, stays.
    let mut headers = response.headers().clone();
    headers.remove(header::CONTENT_TYPE);
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    let response = if path.starts_with(route::api::PREFIX) {
        answer(&failure, status, headers)
    } else {
        let within = match cookies {
            Some(cookies) => Admin::of_failed(&site, &cookies, reader.language).await,
            None => None,
        };
        (status, headers, page(&failure, &site, &reader, &path, within).await).into_response()
    };
    Refusal(failure.kind().code).as_told_by(response)
}

/// What is said to who sent a head that can't be read: a page in the shop's first language.
pub(super) async fn unreadable(
    State(site): State<Site>,
    Extension(status): Extension<StatusCode>,
    request: Request,
) -> (StatusCode, Html<String>) {
    let (reader, failure) = (reader(request.uri(), request.headers(), &site), Failure::Refused(status));
    let say = reader.language.shop();
    let links = [(say.all_products().to_owned(), route::LIST.to_owned())];
    let said = failure.sentence(reader.language);
    (status, Html(pages::problem(&site.assets, &reader, failure.title(say), &said, &links)))
}

/// Whether an address is one of the admin's.
fn is_admin(path: &str) -> bool {
    path.strip_prefix(route::admin::START).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A refusal by a layer, which is plain text at most.
fn refused(response: &Response) -> Option<Failure> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain")) {
        return None;
    }
    match response.status() {
        StatusCode::INTERNAL_SERVER_ERROR => Some(Failure::BrokenOff),
        status if status.is_client_error() || status.is_server_error() => Some(Failure::Refused(status)),
        _ => None,
    }
}

/// The page that says what happened and where to go from here.
async fn page(
    failure: &Failure,
    site: &Site,
    reader: &Reader,
    path: &str,
    within: Option<Admin>,
) -> Html<String> {
    let say = reader.language.shop();
    let message = match failure {
        Failure::NoPage => say.no_page_at(&path),
        other => other.sentence(reader.language),
    };
    // Whoever is logged in stays in the admin.
    if let Some(admin) = within {
        return Html(admin.failed(site, failure.title(say), &message));
    }
    let mut links = Vec::new();
    if matches!(failure, Failure::Shop(ShopError::OnlyPreviewed)) {
        let product: Vec<&str> = path.split('/').take(3).collect();
        links.push((say.back().to_owned(), product.join("/")));
        return Html(pages::problem(&site.assets, reader, failure.title(say), &message, &links));
    }
    // The list of products helps; where even that fails, the way home does.
    let listed = match standing::archived(failure) {
        Some(slug) => site.shop.like(slug, reader.language).await.unwrap_or_default(),
        // A refusal shall cost little.
        None if matches!(failure, Failure::Shop(ShopError::Busy)) => Vec::new(),
        None => site.shop.list("", 1, reader.language).await.map(|list| list.items).unwrap_or_default(),
    };
    for listing in listed {
        links.push((listing.name, paths::product(&listing.slug)));
    }
    links.push((say.all_products().to_owned(), route::LIST.to_owned()));
    Html(pages::problem(&site.assets, reader, failure.title(say), &message, &links))
}
