//! Whether a customer is signed in.

use app::paths::route;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use shop::customers::Customer;

use crate::http::cookies;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The session's cookie; it ends with the browser's.
pub(super) const COOKIE: &str = "atelier_customer";

/// Who is signed in. As an argument of a handler it sends everybody else to where one signs in.
pub(super) struct SignedIn(pub(super) Customer);

impl FromRequestParts<Site> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let known = signed_in(site, &parts.headers).await.map_err(IntoResponse::into_response)?;
        known.map(Self).ok_or_else(|| Redirect::to(route::ACCOUNT).into_response())
    }
}

/// Who is signed in, if anybody is.
///
/// # Errors
/// The store failed.
pub(super) async fn signed_in(site: &Site, headers: &HeaderMap) -> Result<Option<Customer>, Failure> {
    match cookies::kept(site, headers, COOKIE) {
        Some(session) => Ok(site.shop.customer(&session).await?),
        None => Ok(None),
    }
}
