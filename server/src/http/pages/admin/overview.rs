//! Designs and prices of a draft beside its forms, and what can't be.

use std::time::Duration;

use app::pages::admin::{self, KnownOverview, OverviewView};
use axum::response::{Html, IntoResponse, Response};
use configurator::Slug;
use shop::Draft;
use shop::drafts::Study;
use words::Language;

use super::analysis::{Teller, wait};
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// For how long the editor waits for what can be said of a draft: longer, and a script puts it in when it is known.
pub(super) const MOMENT: Duration = Duration::from_millis(150);
/// For how long an answer to that script waits.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the editor shows of a draft; nothing where it can't be looked into, which its problems tell.
pub(super) async fn overview(
    site: &Site,
    language: Language,
    draft: &Draft,
    study: Option<&Study>,
) -> Result<Option<OverviewView>, Failure> {
    let of = format!("{}.{}", draft.base, draft.version);
    let waiting = OverviewView { slug: draft.slug.clone(), of, known: None };
    let Some(study) = study else { return Ok(Some(waiting)) };
    let Some(inside) = &study.inside else { return Ok(None) };
    if study.has_faults() && !study.is_over() {
        // What is at fault is found out behind, and only then.
        let (_, study) = site.shop.study(draft).await?;
        wait(&study).await;
    }
    let (product, found) = (inside.product.product(), inside.found());
    let teller = Teller { language, slug: &draft.slug, product, source: &draft.bundle.source };
    let known = KnownOverview {
        figures: teller.figures(inside),
        figures_told: teller.figures_told(inside),
        faults: teller.dead(&inside.overview, &found),
        is_going_on: study.has_faults() && !found.is_over,
    };
    Ok(Some(OverviewView { known: Some(known), ..waiting }))
}

/// The same alone, for the script that waits for it.
pub(super) async fn alone(site: &Site, admin: &Admin, slug: &Slug) -> Result<Response, Failure> {
    let draft = site.shop.draft(slug).await?;
    let known = site.shop.study_within(&draft, PATIENCE).await?;
    let study = known.as_ref().map(|(_, study)| study.as_ref());
    let shown = overview(site, admin.language, &draft, study).await?;
    Ok(Html(admin::overview_alone(admin.frame(site), shown.as_ref())).into_response())
}
