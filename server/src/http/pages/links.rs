//! Links of designs as a cookie of this browser holds them: by product, the newest first.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, SameSite};
use configurator::Slug;

use super::query;
use crate::http::cookies;
use crate::http::site::Site;

/// Most letters of a link's token.
const LONGEST_TOKEN: usize = 64;

/// Products' addresses with the tokens of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links(pub Vec<(String, String)>);

impl Links {
    /// What a cookie holds, so many links at most.
    pub(super) fn read(site: &Site, headers: &HeaderMap, cookie: &str, most: usize) -> Self {
        let kept = cookies::kept(site, headers, cookie).unwrap_or_default();
        let pairs = query::pairs(&kept).into_iter().take(most);
        Self(pairs.filter(|(_, token)| token.len() <= LONGEST_TOKEN).collect())
    }

    /// The tokens of a product's designs.
    pub(super) fn of<'s>(&'s self, slug: &'s Slug) -> impl Iterator<Item = &'s String> {
        self.0.iter().filter(|(product, _)| product == slug.as_str()).map(|(_, token)| token)
    }

    /// The same with a link as its newest.
    pub(super) fn with(mut self, slug: &Slug, token: &str) -> Self {
        let newest = (slug.to_string(), token.to_owned());
        self.0.retain(|own| *own != newest);
        self.0.insert(0, newest);
        self
    }

    /// The tokens of all designs.
    pub(super) fn tokens(self) -> Vec<String> {
        self.0.into_iter().map(|(_, token)| token).collect()
    }

    /// The cookie that holds them for as long as the shop keeps designs.
    pub(super) fn cookie(&self, site: &Site, name: &str) -> Cookie<'static> {
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish();
        let mut cookie = cookies::cookie(site, name, text, SameSite::Lax);
        cookie.set_max_age(site.shop.designs_kept());
        cookie
    }
}
