//! A release that waits for a second person, as its page shows it.

use app::pages::admin::{AskedProduct, AskedView};
use shop::changes;
use shop::releases::{ReleaseLook, ReleaseRow};
use words::Language;

use super::gate::{self, Amounts};
use super::releases::Said;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What is asked, with everything that the publish gate shows.
pub(super) async fn asked(
    site: &Site,
    admin: &Admin,
    release: &ReleaseRow,
    said: &Said,
) -> Result<AskedView, Failure> {
    let looks = site.shop.look_at_release(release.id).await?;
    let of_release = format!("release={}", release.id);
    let told = |look: ReleaseLook| (look.draft.slug.clone(), product(look, &of_release, admin.language));
    let products = looks.into_iter().map(told);
    let (reason, reason_problem) = said.reason.clone();
    Ok(AskedView {
        is_own: release.made_by == admin.email,
        products: products.collect(),
        reason,
        reason_problem,
    })
}

fn product(seen: ReleaseLook, of_release: &str, language: Language) -> AskedProduct {
    let ReleaseLook { draft, live, look } = seen;
    let amounts = Amounts::new(&draft.bundle.source.currency, language);
    let changes = live.as_ref().map(|live| changes(&live.bundle, &draft.bundle, language));
    AskedProduct {
        name: language.marked(draft.bundle.source.name.clone()),
        changes: changes.unwrap_or_default(),
        effect: look.effect.as_ref().map(|effect| gate::effect(effect, live.is_some(), amounts)),
        replay: look.replay.as_ref().map(|replay| gate::replay(replay, (&draft.slug, of_release), amounts)),
        is_outdated: live.is_some_and(|live| live.number != draft.base),
    }
}
