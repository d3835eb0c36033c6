//! What a request's head must be before anybody looks at what it asks for.
//!
//! What can't be read as a head never comes here: `serve` refuses it and closes the connection. These are a request line, a header or
//! a length of the body that breaks the rules of HTTP/1.1 (400), an address over 64 KiB (414), and a head with more than 100 headers
//! or of more than about 400 KiB (431).

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::Failure;

/// Most bytes of an address: a little less than the 64 KiB at which nothing is known of the request.
const LONGEST_ADDRESS: usize = 62 * 1024;
/// Most bytes of all headers.
const LARGEST_HEADERS: usize = 32 * 1024;

/// Refuses heads that are too large, or that different servers would read differently.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let refused = if address > LONGEST_ADDRESS {
        StatusCode::URI_TOO_LONG
    } else if is_too_large(request.headers()) {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    } else if request.headers().get_all(header::HOST).iter().count() > 1 {
        StatusCode::BAD_REQUEST
    } else {
        return next.run(request).await;
    };
    Failure::Refused(refused).into_response()
}

fn is_too_large(headers: &HeaderMap) -> bool {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    bytes > LARGEST_HEADERS
}
