//! The designs that somebody keeps under names in this browser: the cookie that finds them, and what of them is there.

use app::pages::{LeftDesign, Snapshot};
use app::{address, paths};
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use configurator::{Currency, Money, Slug};
use shop::{Keeping, KeptDesign};
use words::Language;

use super::links::Links;
use super::own::{self, Own};
use super::page::Times;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The cookie with the links of this browser's snapshots. It is there only once something was kept under a name.
const COOKIE: &str = "atelier_snapshots";
/// Most snapshots that a browser remembers.
const MOST: usize = 32;
/// Most of one product.
pub(super) const MOST_OF_ONE: usize = 8;

/// The links of what somebody keeps under names in this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shelf(Links);

impl Shelf {
    pub(super) fn read(site: &Site, headers: &HeaderMap) -> Self {
        Self(Links::read(site, headers, COOKIE, MOST))
    }

    pub(super) fn of<'s>(&'s self, slug: &'s Slug) -> impl Iterator<Item = &'s String> {
        self.0.of(slug)
    }

    /// Nothing is forgotten to make room.
    pub(super) fn has_room(&self, slug: &Slug) -> bool {
        self.0.0.len() < MOST && self.of(slug).count() < MOST_OF_ONE
    }

    pub(super) fn without(mut self, token: &str) -> Self {
        self.0.0.retain(|(_, own)| own != token);
        self
    }

    pub(super) fn with(self, slug: &Slug, token: &str) -> Self {
        Self(self.without(token).0.with(slug, token))
    }

    /// The tokens of all of them.
    pub(super) fn links(self) -> Vec<String> {
        self.0.tokens()
    }

    pub(super) fn cookie(&self, site: &Site) -> Cookie<'static> {
        self.0.cookie(site, COOKIE)
    }
}

/// The designs that this browser may go on with: those that saved themselves, and those that are kept under names.
///
/// # Errors
/// The store failed.
pub(super) async fn left(
    site: &Site,
    headers: &HeaderMap,
    slug: &Slug,
    language: Language,
) -> Result<Vec<LeftDesign>, Failure> {
    let mut left = own::left_here(site, &Own::read(site, headers), slug, language).await?;
    let kept = on_shelf(site, &Shelf::read(site, headers), slug, language).await?;
    left.extend(kept.into_iter().map(|kept| LeftDesign {
        href: paths::kept(&kept.token),
        token: kept.token,
        name: kept.name,
        date: kept.date,
        time: String::new(),
        total: kept.total,
    }));
    Ok(left)
}

/// What is kept of a product, the newest first. What the shop has forgotten is left out.
pub(super) async fn on_shelf(
    site: &Site,
    shelf: &Shelf,
    slug: &Slug,
    language: Language,
) -> Result<Vec<Snapshot>, Failure> {
    let mut kept = Vec::new();
    for token in shelf.of(slug) {
        if let Some(design) = named(site, slug, token).await? {
            kept.extend(snapshot(token, design, Times::of(site, language)));
        }
    }
    Ok(kept)
}

/// The design of a product that is kept under a name behind a link.
pub(super) async fn named(site: &Site, slug: &Slug, token: &str) -> Result<Option<KeptDesign>, Failure> {
    let kept = site.shop.kept_design(token).await?;
    Ok(kept.filter(|kept| kept.slug == *slug && kept.keeping == Keeping::Named))
}

fn snapshot(token: &str, kept: KeptDesign, times: Times<'_>) -> Option<Snapshot> {
    let query = address::design_query(kept.revision, &kept.start, &kept.choices);
    Some(Snapshot {
        token: token.to_owned(),
        date: times.date(kept.kept_at),
        total: Money::new(kept.total, Currency::new(&kept.currency)?).written(&times.language.words().locale),
        picture: format!("{}?{query}", paths::picture(&kept.slug)),
        name: kept.name.unwrap_or_default(),
        refused: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_has_room_for_some_and_forgets_none() {
        let mug: Slug = "mug".parse().unwrap();
        let mut shelf = Shelf::default();
        for token in 0..MOST_OF_ONE {
            assert!(shelf.has_room(&mug));
            shelf = shelf.with(&mug, &token.to_string());
        }
        assert!(!shelf.has_room(&mug) && shelf.has_room(&"lamp".parse().unwrap()));
        let shelf = shelf.without("3").with(&mug, "0");
        assert_eq!(shelf.of(&mug).collect::<Vec<_>>(), ["0", "7", "6", "5", "4", "2", "1"]);
        let full = (0..MOST).fold(Shelf::default(), |shelf, at| {
            shelf.with(&format!("product-{at}").parse().unwrap(), &at.to_string())
        });
        assert!(!full.has_room(&mug));
    }
}
