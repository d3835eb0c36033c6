//! The order that was placed last in this browser: the cookie that finds it, so that whoever would order the same once more can look
//! at it first.

use app::paths;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, SameSite};
use shop::OrderNumber;
use time::Duration;

use crate::http::cookies;
use crate::http::site::Site;

/// The cookie: the order's number and the token of its page.
const COOKIE: &str = "atelier_placed";
/// For how long it is there: a little longer than the same order is asked about.
const KEPT: Duration = Duration::minutes(40);
/// Most letters of a token.
const LONGEST_TOKEN: usize = 64;

/// The cookie for an order that was placed.
pub(super) fn cookie(site: &Site, number: OrderNumber, token: &str) -> Cookie<'static> {
    let mut cookie = cookies::cookie(site, COOKIE, format!("{}.{token}", number.get()), SameSite::Lax);
    cookie.set_max_age(KEPT);
    cookie
}

/// Ends the cookie.
pub(super) fn over(site: &Site) -> Cookie<'static> {
    cookies::over(site, COOKIE, SameSite::Lax)
}

/// Where the order of this number is found, if it was placed in this browser a moment ago.
pub(super) fn address(site: &Site, headers: &HeaderMap, number: OrderNumber) -> Option<String> {
    let kept = cookies::kept(site, headers, COOKIE)?;
    let (placed, token) = kept.split_once('.')?;
    let is_token = token.len() <= LONGEST_TOKEN && token.chars().all(|sign| sign.is_ascii_hexdigit());
    (is_token && placed.parse::<i64>() == Ok(number.get())).then(|| paths::order(token))
}
