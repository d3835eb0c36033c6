//! The links of the designs that somebody made in this browser: the cookie that holds them, and what is offered to go on with.

use app::pages::LeftDesign;
use app::paths;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, SameSite};
use configurator::{Currency, Money, Slug};
use personalize::Start;
use words::Language;

use super::page::date;
use super::query;
use crate::http::cookies;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The cookie with the links of this browser's designs. It is there only once something was designed.
const COOKIE: &str = "atelier_designs";
/// Most designs that a browser remembers.
const MOST: usize = 8;
/// Most of one product.
const MOST_OF_ONE: usize = 3;
/// Most letters of a link's token.
const LONGEST_TOKEN: usize = 64;

/// The links of the designs that somebody made in this browser, by product, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Own(Vec<(String, String)>);

impl Own {
    pub(super) fn read(site: &Site, headers: &HeaderMap) -> Self {
        let kept = cookies::kept(site, headers, COOKIE).unwrap_or_default();
        let pairs = query::pairs(&kept).into_iter().take(MOST);
        Self(pairs.filter(|(_, token)| token.len() <= LONGEST_TOKEN).collect())
    }

    /// The tokens of a product's designs.
    pub(super) fn of(&self, slug: &Slug) -> Vec<String> {
        let own = self.0.iter().filter(|(product, _)| product == slug.as_str());
        own.map(|(_, token)| token.clone()).collect()
    }

    /// The same with a design as its newest; those that are too many are left out.
    pub(super) fn with(&self, slug: &Slug, token: &str) -> Self {
        let newest = (slug.to_string(), token.to_owned());
        let mut of_one = 0;
        let mut all = vec![newest.clone()];
        all.extend(self.0.iter().filter(|own| **own != newest).cloned());
        all.retain(|(product, _)| {
            of_one += usize::from(product == slug.as_str());
            product != slug.as_str() || of_one <= MOST_OF_ONE
        });
        all.truncate(MOST);
        Self(all)
    }

    /// The tokens of all designs.
    pub(super) fn links(self) -> Vec<String> {
        self.0.into_iter().map(|(_, token)| token).collect()
    }

    pub(super) fn cookie(&self, site: &Site) -> Cookie<'static> {
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish();
        let mut cookie = cookies::cookie(site, COOKIE, text, SameSite::Lax);
        cookie.set_max_age(site.shop.designs_kept());
        cookie
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
        if kept.slug != *slug || is_standard {
            continue;
        }
        left.push(LeftDesign {
            name: String::new(),
            href: paths::kept(&token),
            token,
            date: date(language, kept.kept_at),
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
        assert_eq!((own.0.len(), own.of(&slug("mug")).len()), (MOST, 0));
    }
}
