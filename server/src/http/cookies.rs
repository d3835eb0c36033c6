//! Cookies as the site writes and reads them. Under https their names begin with `__Host-`: no other host, no page without
//! https and no path can then set one in their place (RFC 6265bis, section 4.1.3.2). Browsers refuse such names without https.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::site::Site;

/// A cookie for this site alone, which no script reads.
pub(super) fn cookie(site: &Site, name: &str, value: String, same_site: SameSite) -> Cookie<'static> {
    Cookie::build((full_name(site, name), value))
        .path("/")
        .http_only(true)
        .secure(site.secure)
        .same_site(same_site)
        .build()
}

/// What a browser kept under a name.
pub(super) fn kept(site: &Site, headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(&full_name(site, name)).map(|cookie| cookie.value().to_owned())
}

/// The cookie that ends another.
pub(super) fn over(site: &Site, name: &str, same_site: SameSite) -> Cookie<'static> {
    let mut over = cookie(site, name, String::new(), same_site);
    over.set_max_age(time::Duration::ZERO);
    over
}

fn full_name(site: &Site, name: &str) -> String {
    let prefix = if site.secure { "__Host-" } else { "" };
    format!("{prefix}{name}")
}
