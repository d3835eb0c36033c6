//! The saves of a draft, and going back to one.

use app::pages::admin::{self, SaveItem, SavesPage};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::ShopError;
use shop::drafts::{DraftSave, HistoryError, folded};

use super::super::page::Times;
use super::super::query;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Saves of a page.
const AT_ONCE: u32 = 50;
/// Lines that are shown of each.
const MOST_LINES: usize = 12;

/// What the page shows beside the saves.
#[derive(Default)]
struct Said {
    before: Option<i64>,
    went_back: Option<i64>,
    refused: Option<&'static str>,
}

/// The saves, with what was done just now.
pub(super) async fn list(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let number = |name| query::value(&sent, name).and_then(|text| text.parse::<i64>().ok());
    // An address alone is believed nothing: the draft is the save that going back made.
    let draft = site.shop.draft(&slug).await?;
    let is_just_now = draft.version > 0 && number("now") == Some(draft.version);
    let said =
        Said { before: number("before"), went_back: number("to").filter(|_| is_just_now), refused: None };
    show(&site, &admin, &slug, said).await
}

/// Goes back to a save, as its button says.
pub(super) async fn go_back(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::form(&body)?;
    let number = |name| query::value(&sent, name).and_then(|text| text.parse::<i64>().ok());
    let (version, to) = (number("version").ok_or(Failure::Form)?, number("to").ok_or(Failure::Form)?);
    let texts = admin.language.audit();
    let refused = match site.shop.go_back_to(&slug, version, to, &admin.email).await {
        Ok(()) => {
            let now = site.shop.draft(&slug).await?.version;
            return Ok(Redirect::to(&format!("{}?to={to}&now={now}", paths::saves(&slug))).into_response());
        }
        Err(HistoryError::Forgotten) => texts.save_forgotten(),
        Err(HistoryError::Shop(ShopError::DraftChanged { .. })) => texts.draft_changed(),
        Err(HistoryError::Shop(error)) => return Err(error.into()),
    };
    show(&site, &admin, &slug, Said { refused: Some(refused), ..Said::default() }).await
}

async fn show(site: &Site, admin: &Admin, slug: &Slug, said: Said) -> Result<Response, Failure> {
    let draft = site.shop.draft(slug).await?;
    let (texts, times) = (admin.language.audit(), Times::of(site, admin.language));
    // One more tells whether there are older ones.
    let mut found = site.shop.draft_saves(slug, said.before.unwrap_or(i64::MAX), AT_ONCE + 1).await?;
    let has_older = found.len() > AT_ONCE as usize;
    found.truncate(AT_ONCE as usize);
    let last = found.last().map(|save| save.version).filter(|_| has_older);
    let newest = found.first().map(|save| save.version).filter(|_| said.before.is_none());
    let item = |save: DraftSave| {
        let more = save.what.more + save.what.lines.len().saturating_sub(MOST_LINES) as u64;
        // Where there is no draft, what was discarded last is how it is.
        let is_discarded_last = draft.version == 0 && save.is_discarded && newest == Some(save.version);
        SaveItem {
            is_now: save.version == draft.version || is_discarded_last,
            version: save.version,
            at: times.moment(save.at),
            by: save.by,
            lines: save
                .what
                .lines
                .into_iter()
                .take(MOST_LINES)
                .map(|line| admin.language.marked(line))
                .collect(),
            more: (more > 0).then(|| texts.more_changes(more)),
            otherwise: if save.is_discarded { texts.save_discarded() } else { texts.save_untold() },
        }
    };
    let page = SavesPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        version: draft.version,
        items: folded(found).into_iter().map(item).collect(),
        older: last.map(|version| paths::saves_before(slug, version)),
        went_back: said.went_back,
        refused: said.refused,
        slug: slug.clone(),
    };
    let status = if page.refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, Html(admin::saves(admin.frame(site), &page))).into_response())
}
