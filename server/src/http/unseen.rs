//! Pages of previewed drafts, which only those see who have their link.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use configurator::Slug;
use percent_encoding::percent_decode_str;
use shop::drafts::is_preview;

/// Whether an address is of a previewed draft.
pub(super) fn is_of_draft(uri: &Uri) -> bool {
    let is_its = |part: &str| {
        let decoded = percent_decode_str(part).decode_utf8_lossy();
        decoded.parse::<Slug>().is_ok_and(|slug| is_preview(&slug))
    };
    uri.path().split('/').any(is_its)
}

/// Keeps pages of previewed drafts out of caches and searches, and their address out of other websites.
pub(super) async fn keep_secret(request: Request, next: Next) -> Response {
    let is_secret = is_of_draft(request.uri());
    let response = next.run(request).await;
    if is_secret { unseen(response) } else { response }
}

/// An answer that no cache keeps, no search finds, and no link tells the address of.
pub(super) fn unseen(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "private, no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
