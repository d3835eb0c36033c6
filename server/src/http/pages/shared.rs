//! The links of the designs that others shared and somebody opened in this browser: the cookie that holds them until the browser is
//! closed, so that one's own can be put beside them.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use configurator::Slug;
use shop::Keeping;
use words::Language;

use super::beside;
use super::links::Links;
use super::page::Times;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The cookie. It is there only once a shared design was opened.
const COOKIE: &str = "atelier_shared";
/// Most designs that a browser remembers.
const MOST: usize = 6;

/// The links of the shared designs that were opened in this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared(Links);

impl Shared {
    pub(super) fn read(site: &Site, headers: &HeaderMap) -> Self {
        Self(Links::read(site, headers, COOKIE, MOST))
    }

    /// The same with a design as its newest; those that are too many are left out.
    pub(super) fn with(self, slug: &Slug, token: &str) -> Self {
        let mut links = self.0.with(slug, token);
        links.0.truncate(MOST);
        Self(links)
    }

    pub(super) fn cookie(&self, site: &Site) -> Cookie<'static> {
        let mut cookie = self.0.cookie(site, COOKIE);
        cookie.set_max_age(None);
        cookie
    }

    /// Those of a product, as a comparison writes them, and what they are called.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn beside(
        &self,
        site: &Site,
        slug: &Slug,
        language: Language,
    ) -> Result<Vec<(String, String)>, Failure> {
        let mut found = Vec::new();
        for token in self.0.of(slug) {
            let kept = site.shop.kept_design(token).await?;
            let Some(kept) = kept.filter(|kept| kept.slug == *slug && kept.keeping == Keeping::Shared) else {
                continue;
            };
            let times = Times::of(site, language);
            let name = language.shop().shared_of(&times.time(kept.kept_at), &times.date(kept.kept_at));
            found.push((beside::link(token), name));
        }
        Ok(found)
    }
}
