//! Publishing and discarding drafts.

use app::pages::admin::{self, PublishPage, Refused};
use app::paths::admin as paths;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Problem, RevisionNumber, Slug};
use shop::{Draft, ShopError, changes};
use words::Language;

use super::super::query;
use super::session::Admin;
use super::words::{moment, shown, unfit};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What changes, and whether it can be published.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    show(&site, &admin, &slug, String::new(), None, StatusCode::OK).await
}

/// Why nothing was done.
enum Refusal {
    /// The note can't be taken: why.
    Note(String),
    /// Nothing was published, with the problems that publishing found.
    NotPublished(&'static str, Vec<Problem>),
    /// The draft is another than the one that was to be discarded.
    NotDiscarded,
}

impl Refusal {
    /// In words, with the draft as it is now.
    fn told(&self, draft: &Draft, language: Language) -> Refused {
        let say = language.admin();
        match (self, draft.changed_at) {
            (Self::Note(_), _) => Refused { words: say.not_published_note().to_owned(), look: false },
            (Self::NotPublished(words, _), _) => Refused { words: (*words).to_owned(), look: false },
            (Self::NotDiscarded, Some(at)) => {
                let words = say.not_discarded(&draft.changed_by, &moment(language, at));
                Refused { words, look: true }
            }
            (Self::NotDiscarded, None) => Refused { words: say.not_discarded_gone().to_owned(), look: false },
        }
    }
}

async fn show(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    note: String,
    refused: Option<Refusal>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let live = site.shop.live(slug).await?;
    let draft = site.shop.draft(slug).await?;
    let analysis = site.shop.analyse(&draft, &live).await?;
    let newest = site.shop.revisions(slug).await?.iter().map(|revision| revision.number).max();
    let mut page = PublishPage {
        note_problem: match &refused {
            Some(Refusal::Note(problem)) => Some(problem.clone()),
            _ => None,
        },
        refused: refused.as_ref().map(|refused| refused.told(&draft, admin.language)),
        state: shown(analysis.state),
        changes: changes(&live.bundle, &draft.bundle, admin.language),
        problems: analysis.problems,
        slug: draft.slug,
        version: draft.version,
        source: draft.bundle.source,
        live: live.number,
        base: draft.base,
        next: newest.map_or(RevisionNumber::FIRST, RevisionNumber::next),
        note,
    };
    // What publishing found is said even if the draft was mended since.
    if let Some(Refusal::NotPublished(_, found)) = refused
        && !found.is_empty()
    {
        page.problems = found;
    }
    Ok((status, Html(admin::publish(admin.frame(site), &page))).into_response())
}

/// Publishes the draft, or says why not.
pub(super) async fn publish(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::whole(&body)?;
    let note = query::value(&sent, "note").unwrap_or_default().trim().to_owned();
    match site.shop.publish(&slug, version(&sent)?, &note, &admin.email).await {
        Ok(number) => {
            Ok(Redirect::to(&format!("{}?published={number}", paths::revisions(&slug))).into_response())
        }
        Err(error) => {
            if let Some(problem) = unfit(&error, admin.language) {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return show(&site, &admin, &slug, note, Some(Refusal::Note(problem)), status).await;
            }
            let say = admin.language.admin();
            let words = match &error {
                ShopError::NotPublishable(_) => say.not_published_problems(),
                ShopError::DraftChanged { .. } => say.not_published_changed(),
                ShopError::NothingToPublish => say.not_published_equal(),
                _ => return Err(error.into()),
            };
            let found = match &error {
                ShopError::NotPublishable(problems) => problems.clone(),
                _ => Vec::new(),
            };
            let status = Failure::from(error).status();
            show(&site, &admin, &slug, note, Some(Refusal::NotPublished(words, found)), status).await
        }
    }
}

/// Forgets the draft that the page showed; one that somebody saved since stays, and is shown.
pub(super) async fn discard(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    match site.shop.discard_draft(&slug, version(&query::form(&body)?)?, &admin.email).await {
        Ok(()) => Ok(Redirect::to(&paths::product(&slug)).into_response()),
        Err(error @ ShopError::DraftChanged { .. }) => {
            let status = Failure::from(error).status();
            show(&site, &admin, &slug, String::new(), Some(Refusal::NotDiscarded), status).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The version of the draft that a form was made from.
fn version(sent: &[(String, String)]) -> Result<i64, Failure> {
    query::value(sent, "version").and_then(|version| version.parse().ok()).ok_or(Failure::Form)
}
