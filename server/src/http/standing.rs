//! What became of a product whose address is asked for: a former address leads to the one that it has now, a product that was never
//! published is not there, one that is archived says so.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use configurator::Slug;
use percent_encoding::percent_decode_str;
use shop::{ShopError, Standing};

use super::failure::Failure;
use super::site::Site;

/// What comes before a product's address.
const BEFORE: [&str; 3] = ["/products/", "/api/v1/products/", "/artifacts/"];
/// What is seen of an archived product where it was ordered or kept.
const PICTURES: [&str; 2] = ["/picture.svg", "/picture.png"];

/// Answers for products that are elsewhere or not sold; everything else goes on.
pub(super) async fn look(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let found = BEFORE.iter().find_map(|before| Some((*before, path.strip_prefix(before)?)));
    let Some((before, rest)) = found else { return next.run(request).await };
    let (address, rest) = rest.find('/').map_or((rest, ""), |end| rest.split_at(end));
    // As the router reads it: `%6Dug` is the mug.
    let slug =
        percent_decode_str(address).decode_utf8().ok().and_then(|address| address.parse::<Slug>().ok());
    let Some(slug) = slug else { return next.run(request).await };
    let standing = match site.shop.standing_lately(&slug).await {
        Ok(row) => row,
        Err(error) => return Failure::from(error).into_response(),
    };
    match standing.map(|row| (row.standing, row.moved_to)) {
        Some((Standing::Moved, Some(to))) => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            moved(&format!("{before}{to}{rest}{query}"))
        }
        Some((Standing::Begun | Standing::Removed | Standing::Archived, _)) if !PICTURES.contains(&rest) => {
            match site.shop.sold(&slug).await {
                Ok(()) => next.run(request).await,
                Err(error) => Failure::from(error).into_response(),
            }
        }
        Some((Standing::Begun | Standing::Removed, _)) => Failure::NoPage.into_response(),
        Some((Standing::Hidden, _)) => {
            let mut response = next.run(request).await;
            // Searching finds what is on the list.
            let name = HeaderName::from_static("x-robots-tag");
            response.headers_mut().insert(name, HeaderValue::from_static("noindex"));
            response
        }
        _ => next.run(request).await,
    }
}

/// For good, and with the same method and body.
fn moved(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Err(_) => Failure::NoPage.into_response(),
    }
}

/// The address of an archived product, whose page names what is like it.
pub(super) fn archived(failure: &Failure) -> Option<&Slug> {
    match failure {
        Failure::Shop(ShopError::Archived { slug, .. }) => Some(slug),
        _ => None,
    }
}
