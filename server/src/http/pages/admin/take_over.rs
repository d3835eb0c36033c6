//! What another revision means for a draft than the one that it was begun from: one that is live by now, or returns when a release ends.

use app::pages::admin::{TakeOverOffer, TakeOverView};
use configurator::RevisionNumber;
use shop::drafts::TakeOver;
use shop::releases::ReleaseState;
use shop::{Draft, changes};
use words::Language;

use super::super::page::Times;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What is told above a draft's changes; nothing where it was begun from what is live, and that stays.
pub(super) async fn other(
    site: &Site,
    language: Language,
    draft: &Draft,
    live: RevisionNumber,
) -> Result<Option<TakeOverView>, Failure> {
    if draft.version == 0 {
        return Ok(None);
    }
    let (say, times) = (language.releases(), Times::of(site, language));
    for release in site.shop.releases_of(&draft.slug).await? {
        let Some(end) = release.ends_at.filter(|_| release.state == ReleaseState::Live) else { continue };
        let is_live = |product: &shop::releases::ReleasedRow| product.slug == draft.slug && product.is_live;
        if !release.products.iter().any(is_live) {
            continue;
        }
        let Some(to) = site.shop.returns_to(release.id, &draft.slug).await? else { continue };
        let (name, end) = (language.marked(release.name.clone()), times.moment(end));
        if draft.base == to {
            return Ok(Some(TakeOverView { words: say.has_returning(&name, &end), offer: None }));
        }
        if draft.base == live {
            let words = say.returns_later(&name, &end, &to);
            return Ok(Some(TakeOverView { words, offer: offer(site, language, draft, to).await? }));
        }
    }
    if draft.base == live {
        return Ok(None);
    }
    let words = language.admin().begun_from(&draft.base, &live);
    Ok(Some(TakeOverView { words, offer: offer(site, language, draft, live).await? }))
}

async fn offer(
    site: &Site,
    language: Language,
    draft: &Draft,
    number: RevisionNumber,
) -> Result<Option<TakeOverOffer>, Failure> {
    let Some(TakeOver { kept, over, .. }) = site.shop.take_over(draft, number).await? else {
        return Ok(None);
    };
    let both = over.map(|over| changes(&kept, &over, language)).unwrap_or_default();
    Ok(Some(TakeOverOffer { number, changes: changes(&draft.bundle, &kept, language), both }))
}
