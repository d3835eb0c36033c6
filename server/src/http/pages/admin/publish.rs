//! Publishing and discarding drafts.

use std::time::Duration;

use app::pages::admin::{self, Agreement, PreviewView, PublishPage, Refused};
use app::paths::admin as paths;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::completeness::Gap;
use configurator::{Problem, RevisionNumber, Slug};
use shop::drafts::TakenSide;
use shop::releases::{LONGEST_NAME, NewPlan, PlanError, PlannedProduct};
use shop::{Agreed, Draft, Hold, ShopError, changes};
use words::Language;

use super::super::page::Times;
use super::super::query;
use super::analysis::idle_rules;
use super::gate::{self, Amounts};
use super::option_pages;
use super::products::{self, asked};
use super::releases::lines;
use super::session::Admin;
use super::take_over;
use super::words::{shown, unfit};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What changes, and whether it can be published.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    show(&site, &admin, &slug, Shown::default(), StatusCode::OK).await
}

/// How long the page waits for what becomes of orders and saved designs: most are judged by then.
pub(super) const WAIT: Duration = Duration::from_secs(1);

/// What a page shows beside the draft.
#[derive(Default)]
struct Shown {
    note: String,
    agreement: Agreement,
    /// A link that was made just now.
    link: Option<String>,
    refused: Option<Refusal>,
}

/// Why nothing was done.
enum Refusal {
    /// The note can't be taken: why.
    Note(String),
    /// Nothing was published, with the problems that publishing found.
    NotPublished(String, Vec<Problem>),
    /// The draft is another than the one that was to be discarded.
    NotDiscarded,
}

impl Refusal {
    /// In words, with the draft as it is now.
    fn told(&self, draft: &Draft, times: Times<'_>) -> Refused {
        let say = times.language.admin();
        match (self, draft.changed_at) {
            (Self::Note(_), _) => Refused { words: say.not_published_note().to_owned(), look: false },
            (Self::NotPublished(words, _), _) => Refused { words: words.clone(), look: false },
            (Self::NotDiscarded, Some(at)) => {
                let words = say.not_discarded(&draft.changed_by, &times.moment(at));
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
    beside: Shown,
    status: StatusCode,
) -> Result<Response, Failure> {
    let Shown { note, agreement, link, refused } = beside;
    let live = site.shop.compared_with(slug).await?;
    let draft = site.shop.draft(slug).await?;
    let look = site.shop.look_within(&draft, live.as_ref(), Some(WAIT)).await?;
    let amounts = Amounts::new(&draft.bundle.source.currency, admin.language);
    let made = site.shop.preview_link(slug).await?;
    let times = Times::of(site, admin.language);
    let made = made.map(|made| admin.language.gate().preview_made(&made.by, &times.moment(made.at)));
    // What a draft began as that was never published is in no history, and has its number all the same.
    let newest = site.shop.revisions(slug).await?.iter().map(|revision| revision.number).max();
    let newest = newest.unwrap_or(draft.base);
    let live_number = live.as_ref().map_or(draft.base, |live| live.number);
    let mut page = PublishPage {
        other: take_over::other(site, admin.language, &draft, live_number).await?,
        note_problem: match &refused {
            Some(Refusal::Note(problem)) => Some(problem.clone()),
            _ => None,
        },
        refused: refused.as_ref().map(|refused| refused.told(&draft, times)),
        state: shown(look.analysis.state),
        changes: live
            .as_ref()
            .map(|live| changes(&live.bundle, &draft.bundle, admin.language))
            .unwrap_or_default(),
        problems: look.analysis.problems,
        failed: look.analysis.failed,
        findings: look.analysis.findings,
        asks: site.shop.needs_approval(),
        releases: lines(site, admin.language, slug).await?,
        effect: look.effect.as_ref().map(|effect| gate::effect(effect, live.is_some(), amounts)),
        idle_rules: if look.effect.is_some() { idle_rules(site, &draft).await? } else { Vec::new() },
        replay: look.replay.as_ref().map(|replay| gate::replay(replay, (slug, ""), amounts)),
        replaying: look.replaying.map(|far| (far, gate::replaying(far, admin.language))),
        agreement,
        preview: PreviewView { made, link },
        slug: draft.slug,
        version: draft.version,
        source: draft.bundle.source,
        live: live_number,
        is_first: live.is_none(),
        next: newest.next(),
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
    let is_ticked = |name: &str| query::value(&sent, name) == Some("on");
    let agreement = Agreement { seen: is_ticked("seen"), twice: is_ticked("twice"), is_sent: true };
    let beside = query::value(&sent, "live").and_then(|live| live.parse().ok());
    let agreed = Agreed::Seen { beside: beside.filter(|_| agreement.seen), twice: agreement.twice };
    let version = version(&sent)?;
    if site.shop.needs_approval() {
        let wanted = PlannedProduct {
            slug,
            version,
            beside: beside.filter(|_| agreement.seen),
            twice: agreement.twice,
        };
        return ask(&site, &admin, wanted, note, agreement).await;
    }
    match site.shop.publish(&slug, version, &note, &admin.email, agreed).await {
        Ok(number) => {
            Ok(Redirect::to(&format!("{}?published={number}", paths::revisions(&slug))).into_response())
        }
        Err(error) => refused(&site, &admin, &slug, error, (note, agreement)).await,
    }
}

/// Asks a second person to agree to what the draft says.
async fn ask(
    site: &Site,
    admin: &Admin,
    wanted: PlannedProduct,
    note: String,
    agreement: Agreement,
) -> Result<Response, Failure> {
    let slug = wanted.slug.clone();
    let name = site.shop.draft(&slug).await?.bundle.source.name;
    let name = name.chars().take(LONGEST_NAME).collect();
    let products = vec![wanted];
    let plan = NewPlan { name, products, start: None, end: None, note: note.clone(), hold_days: None };
    let say = admin.language.releases();
    let words = match site.shop.plan_release(plan, &admin.email).await {
        Ok(id) => return Ok(Redirect::to(&paths::release(id.get())).into_response()),
        Err(PlanError::Product { error, .. } | PlanError::Note(error)) => {
            return refused(site, admin, &slug, error, (note, agreement)).await;
        }
        Err(PlanError::Shop(error)) => return Err(error.into()),
        Err(PlanError::InTheWay { slug, name }) => {
            say.in_the_way(&slug, &admin.language.admin().quoted(&name))
        }
        Err(PlanError::NobodyElse) => say.nobody_else().to_owned(),
        Err(error) => error.to_string(),
    };
    let refused = Some(Refusal::NotPublished(words, Vec::new()));
    show(site, admin, &slug, Shown { note, agreement, refused, ..Shown::default() }, StatusCode::CONFLICT)
        .await
}

/// Shows the page again with why nothing was published.
async fn refused(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    error: ShopError,
    (note, agreement): (String, Agreement),
) -> Result<Response, Failure> {
    if let Some(problem) = unfit(&error, admin.language) {
        let refused = Some(Refusal::Note(problem));
        let beside = Shown { note, agreement, refused, ..Shown::default() };
        return show(site, admin, slug, beside, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let say = admin.language.admin();
    let words = match &error {
        ShopError::NotPublishable(_) => say.not_published_problems(),
        ShopError::DraftChanged { .. } => say.not_published_changed(),
        ShopError::NothingToPublish => say.not_published_equal(),
        ShopError::Held(hold) => held(*hold, admin.language),
        _ => return Err(error.into()),
    };
    let found = match &error {
        ShopError::NotPublishable(problems) => problems.clone(),
        _ => Vec::new(),
    };
    // What changed since has to be looked at again.
    let is_another = matches!(error, ShopError::DraftChanged { .. });
    let is_unseen = matches!(error, ShopError::Held(Hold::NotSeen));
    let agreement = match (is_another, is_unseen) {
        (true, _) => Agreement::default(),
        (false, true) => Agreement { is_sent: true, ..Agreement::default() },
        (false, false) => agreement,
    };
    let status = Failure::from(error).status();
    let refused = Some(Refusal::NotPublished(words.to_owned(), found));
    show(site, admin, slug, Shown { note, agreement, refused, ..Shown::default() }, status).await
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
            let beside = Shown { refused: Some(Refusal::NotDiscarded), ..Shown::default() };
            show(&site, &admin, &slug, beside, status).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes another revision over into the draft that the page showed.
pub(super) async fn take_over(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::form(&body)?;
    let number = query::value(&sent, "revision").and_then(|number| number.parse().ok());
    let number: RevisionNumber = number.ok_or(Failure::Form)?;
    let side = match query::value(&sent, "over") {
        Some("on") => TakenSide::Revision,
        _ => TakenSide::Draft,
    };
    match site.shop.take_revision_over(&slug, version(&sent)?, (number, side), &admin.email).await {
        Ok(()) => Ok(Redirect::to(&paths::publish(&slug)).into_response()),
        Err(error @ ShopError::DraftChanged { .. }) => {
            let status = Failure::from(error).status();
            let words = admin.language.releases().not_taken_over().to_owned();
            let refused = Some(Refusal::NotPublished(words, Vec::new()));
            show(&site, &admin, &slug, Shown { refused, ..Shown::default() }, status).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Marks what an option lacks as meant, and leads back to the gate.
pub(super) async fn mark_as_meant(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::whole(&body)?;
    let field = |name: &str| query::value(&sent, name).unwrap_or_default();
    let option = Some((field("attribute"), field("option"))).filter(|(attribute, _)| !attribute.is_empty());
    let version = version(&sent)?;
    let marked = if field("gap") == Gap::Stale.code() {
        site.shop.take_for_right(&slug, version, field("language"), &admin.email).await
    } else {
        let gap = Gap::named(field("gap")).ok_or(Failure::Form)?;
        site.shop.mark_as_meant(&slug, version, (option, gap, field("language")), &admin.email).await
    };
    match marked {
        Ok(()) if field("back") == "editor" => {
            Ok(Redirect::to(&option_pages::address(&slug, &asked(&sent))).into_response())
        }
        Ok(()) => Ok(Redirect::to(&paths::publish(&slug)).into_response()),
        Err(error @ ShopError::DraftChanged { .. }) => {
            let status = Failure::from(error).status();
            let words = admin.language.gate().not_marked().to_owned();
            if field("back") == "editor" {
                return products::refused(&site, &admin, &slug, (&asked(&sent), words), status).await;
            }
            let refused = Some(Refusal::NotPublished(words, Vec::new()));
            show(&site, &admin, &slug, Shown { refused, ..Shown::default() }, status).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes a link that shows the draft, or ends the one there is.
pub(super) async fn preview(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::whole(&body)?;
    if query::value(&sent, "do") == Some("end") {
        site.shop.end_preview(&slug, &admin.email).await?;
        return Ok(Redirect::to(&paths::publish(&slug)).into_response());
    }
    match site.shop.make_preview(&slug, &admin.email).await? {
        Some(token) => {
            let link = Some(format!("{}{}", site.url, app::paths::draft_preview(&token)));
            show(&site, &admin, &slug, Shown { link, ..Shown::default() }, StatusCode::OK).await
        }
        None => Ok(Redirect::to(&paths::publish(&slug)).into_response()),
    }
}

/// Why a sound draft is not published.
pub(super) fn held(hold: Hold, language: Language) -> &'static str {
    let say = language.gate();
    match hold {
        Hold::Tests(_) => say.held_tests(),
        Hold::Findings(_) => say.held_findings(),
        Hold::NotSeen => say.held_seen(),
        Hold::LargeChange => say.held_large(),
        Hold::NothingLeft => say.held_nothing_left(),
    }
}

/// The version of the draft that a form was made from.
fn version(sent: &[(String, String)]) -> Result<i64, Failure> {
    query::value(sent, "version").and_then(|version| version.parse().ok()).ok_or(Failure::Form)
}
