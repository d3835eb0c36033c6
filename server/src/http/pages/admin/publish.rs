//! Publishing and discarding drafts, a product's history, and going back in it.

use app::pages::admin::{self, PublishPage, Refused, RevisionItem, RevisionsPage};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Problem, RevisionNumber, Slug};
use shop::{Draft, RevisionInfo, ShopError, changes};
use words::Language;

use super::super::page::Page;
use super::super::query;
use super::session::Admin;
use super::words::{moment, shown};
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

/// Most characters of a note.
const LONGEST_NOTE: usize = 200;

/// Why nothing was done.
enum Refusal {
    /// The note is longer than there is room for.
    LongNote,
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
            (Self::LongNote, _) => Refused { words: say.not_published_note().to_owned(), look: false },
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
        note_problem: matches!(refused, Some(Refusal::LongNote)).then(|| {
            let now = note.chars().count();
            admin.language.words().engine.at_most_characters(LONGEST_NOTE as u64, &now)
        }),
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
    if note.chars().count() > LONGEST_NOTE {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &admin, &slug, note, Some(Refusal::LongNote), status).await;
    }
    match site.shop.publish(&slug, version(&sent)?, &note, &admin.email).await {
        Ok(number) => {
            Ok(Redirect::to(&format!("{}?published={number}", paths::revisions(&slug))).into_response())
        }
        Err(error) => {
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
    match site.shop.discard_draft(&slug, version(&query::form(&body)?)?).await {
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

/// A product's history.
pub(super) async fn revisions(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Page {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let live = site.shop.live(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    let say = admin.language.admin();
    let number = |name: &str| query::value(&sent, name).filter(|number| *number == live.number.to_string());
    let done = match (number("published"), number("live")) {
        (Some(number), _) => Some(say.now_published(&number)),
        (_, Some(number)) => Some(say.live_again(&number)),
        _ => None,
    };
    let item = |revision: RevisionInfo| RevisionItem {
        number: revision.number,
        published: moment(admin.language, revision.published_at),
        by: revision.published_by,
        // Notes are as they were written, by people and by what loads catalogues.
        note: admin.language.marked(revision.note),
        live: revision.live,
        orders: revision.orders,
    };
    let page = RevisionsPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        done,
        revisions: site.shop.revisions(&slug).await?.into_iter().map(item).collect(),
        slug,
    };
    Ok(Html(admin::revisions(admin.frame(&site), &page)))
}

/// Makes an earlier revision live again.
pub(super) async fn roll_back(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    let slug = site.shop.slug(&slug).await?;
    site.shop.roll_back(&slug, number.parse()?, &admin.email).await?;
    Ok(Redirect::to(&format!("{}?live={number}", paths::revisions(&slug))))
}
