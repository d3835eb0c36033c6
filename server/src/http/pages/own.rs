//! The links of the designs that somebody made in this browser: the cookie that holds them, and what is offered to go on with.

use app::pages::LeftDesign;
use app::paths;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use configurator::{Currency, Money, Slug};
use personalize::Start;
use shop::Keeping;
use words::Language;

use super::links::Links;
use super::page::Times;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The cookie with the links of this browser's designs. It is there only once something was designed.
const COOKIE: &str = "atelier_designs";
/// Most designs that a browser remembers.
const MOST: usize = 8;
/// Most of one product.
const MOST_OF_ONE: usize = 3;

/// The links of the designs that somebody made in this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Own(Links);

impl Own {
    pub(super) fn read(site: &Site, headers: &HeaderMap) -> Self {
        Self(Links::read(site, headers, COOKIE, MOST))
    }

    /// The tokens of a product's designs.
    pub(super) fn of(&self, slug: &Slug) -> Vec<String> {
        self.0.of(slug).cloned().collect()
    }

    /// The same with a design as its newest; those that are too many are left out.
    pub(super) fn with(&self, slug: &Slug, token: &str) -> Self {
        let mut links = self.0.clone().with(slug, token);
        let mut of_one = 0;
        links.0.retain(|(product, _)| {
            of_one += usize::from(product == slug.as_str());
            product != slug.as_str() || of_one <= MOST_OF_ONE
        });
        links.0.truncate(MOST);
        Self(links)
    }

    /// The tokens of all designs.
    pub(super) fn links(self) -> Vec<String> {
        self.0.tokens()
    }

    pub(super) fn cookie(&self, site: &Site) -> Cookie<'static> {
        self.0.cookie(site, COOKIE)
    }
}

/// The designs that this browser may go on with, the newest first.
///
/// # Errors
/// The store failed.
pub(super) async fn left_here(
    site: &Site,
    own: &Own,
    slug: &Slug,
    language: Language,
) -> Result<Vec<LeftDesign>, Failure> {
    let mut left = Vec::new();
    for token in own.of(slug) {
        let Some(kept) = site.shop.kept_design(&token).await? else { continue };
        let Some(currency) = Currency::new(&kept.currency) else { continue };
        let is_standard = kept.choices.is_empty() && kept.start == Start::Standard;
        // What was ordered is not unfinished.
        if kept.slug != *slug || is_standard || kept.keeping == Keeping::Ordered {
            continue;
        }
        left.push(LeftDesign {
            name: String::new(),
            href: paths::kept(&token),
            token,
            date: Times::of(site, language).date(kept.kept_at),
            time: Times::of(site, language).time(kept.kept_at),
            total: Money::new(kept.total, currency).written(&language.words().locale),
        });
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_remembers_the_newest_designs() {
        let slug = |text: &str| -> Slug { text.parse().unwrap() };
        let mut own = Own::default();
        for (product, token) in
            [("mug", "a"), ("mug", "b"), ("lamp", "c"), ("mug", "a"), ("mug", "d"), ("mug", "e")]
        {
            own = own.with(&slug(product), token);
        }
        assert_eq!(own.of(&slug("mug")), ["e", "d", "a"]);
        assert_eq!(own.of(&slug("lamp")), ["c"]);
        for index in 0..20 {
            own = own.with(&slug(&format!("product-{index}")), "t");
        }
        assert_eq!((own.0.0.len(), own.of(&slug("mug")).len()), (MOST, 0));
    }
}
