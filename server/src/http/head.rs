//! What a request's head must be before anybody looks at what it asks for.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::Failure;

/// Most bytes of an address: a little less than the 64 KiB at which a refusal has no words.
const LONGEST_ADDRESS: usize = 62 * 1024;
/// Most bytes of all headers.
const LARGEST_HEADERS: usize = 32 * 1024;

/// Refuses heads that are too large, or that different servers would read differently.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let refused = if address > LONGEST_ADDRESS {
        StatusCode::URI_TOO_LONG
    } else if size(request.headers()) > LARGEST_HEADERS {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    } else if request.headers().get_all(header::HOST).iter().count() > 1 {
        StatusCode::BAD_REQUEST
    } else {
        return next.run(request).await;
    };
    Failure::Refused(refused).into_response()
}

fn size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}
