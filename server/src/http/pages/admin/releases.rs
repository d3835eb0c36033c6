//! Releases: the list, one of them, and what they mean for a product.

use app::pages::admin::{
    self, ReleaseItem, ReleaseLine, ReleaseSheet, ReleaseWay, ReleasedItem, ReleasesPage,
};
use app::paths::admin as paths;
use app::ui::text::Tone;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::releases::{ApprovalError, EndOutcome, Obstacle, ReleaseId, ReleaseRow, ReleaseState, ReleasedRow};
use time::Duration;
use words::{Language, Releases};

use super::super::page::Times;
use super::super::query;
use super::approval;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What is published later than this after its time is said to be late.
const PUNCTUAL: Duration = Duration::minutes(1);

/// All releases.
pub(super) async fn list(admin: Admin, State(site): State<Site>) -> Result<Response, Failure> {
    let times = Times::of(&site, admin.language);
    let zone = site.shop.profile().zone().to_owned();
    let mut page = ReleasesPage { zone, ..ReleasesPage::default() };
    for release in site.shop.releases().await? {
        let list = match release.state {
            ReleaseState::Waiting => &mut page.waiting,
            ReleaseState::Planned => &mut page.planned,
            ReleaseState::Live if is_live(&release) => &mut page.live,
            _ => &mut page.past,
        };
        list.push(item(&release, times));
    }
    page.planned.reverse();
    Ok(Html(admin::releases(admin.frame(&site), &page)).into_response())
}

/// Whether shoppers see something of it.
fn is_live(release: &ReleaseRow) -> bool {
    release.state == ReleaseState::Live && release.products.iter().any(|product| product.is_live)
}

/// Whether it ends at a time to come, or something of it is live that could.
fn may_end(release: &ReleaseRow) -> bool {
    release.state == ReleaseState::Live && (is_live(release) || release.ends_at.is_some())
}

fn state(release: &ReleaseRow, say: &'static Releases) -> (Tone, &'static str) {
    match release.state {
        ReleaseState::Waiting => (Tone::Calm, say.state_waiting()),
        ReleaseState::Refused => (Tone::Stop, say.state_refused()),
        ReleaseState::Planned => (Tone::Calm, say.state_planned()),
        ReleaseState::Live if is_live(release) => (Tone::Good, say.state_live()),
        ReleaseState::Live => (Tone::Calm, say.state_replaced()),
        ReleaseState::Ended => (Tone::Calm, say.state_ended()),
        ReleaseState::Cancelled => (Tone::Calm, say.state_cancelled()),
        ReleaseState::Failed => (Tone::Stop, say.state_failed()),
    }
}

fn item(release: &ReleaseRow, times: Times<'_>) -> ReleaseItem {
    let names: Vec<_> = release.products.iter().map(|product| product.name.clone()).collect();
    ReleaseItem {
        number: release.id.get(),
        name: times.language.marked(release.name.clone()),
        products: times.language.marked(names.join(", ")),
        times: happened(release, times),
        state: state(release, times.language.releases()),
    }
}

/// What happened to a release and will, in sentences.
fn happened(release: &ReleaseRow, times: Times<'_>) -> Vec<String> {
    let say = times.language.releases();
    let over = release.over_at.map(|at| times.moment(at)).unwrap_or_default();
    let by = release.over_by.as_deref();
    let mut told = decided(release, times);
    if let Some(at) = release.begun_at {
        let due = times.moment(release.starts_at);
        told.push(match at - release.starts_at > PUNCTUAL {
            true => say.published_late(&times.moment(at), &due),
            false => say.published(&times.moment(at)),
        });
    }
    match release.state {
        ReleaseState::Planned => told.push(say.starts(&times.moment(release.starts_at))),
        ReleaseState::Cancelled => told.push(say.cancelled_by(&over, &by.unwrap_or_default())),
        ReleaseState::Failed => told.push(say.failed(&over)),
        ReleaseState::Ended => told.push(by.map_or_else(|| say.ended(&over), |by| say.ended_by(&over, &by))),
        ReleaseState::Live | ReleaseState::Waiting | ReleaseState::Refused => {}
    }
    if matches!(release.state, ReleaseState::Planned | ReleaseState::Waiting | ReleaseState::Live) {
        told.push(match release.ends_at {
            Some(end) => say.ends(&times.moment(end)),
            None => say.no_end().to_owned(),
        });
    }
    told
}

/// For how long designs can be ordered at the prices of a release that ends, or did.
fn held(site: &Site, release: &ReleaseRow, times: Times<'_>) -> Option<String> {
    let say = times.language.releases();
    let own = release.hold_days.map(|days| Duration::days(days.into()));
    let hold = own.unwrap_or_else(|| site.shop.price_hold());
    let returned = |product: &ReleasedRow| product.outcome == Some(EndOutcome::Returned);
    match release.state {
        ReleaseState::Planned | ReleaseState::Waiting | ReleaseState::Live => {
            let days = u64::try_from(hold.whole_days()).unwrap_or_default();
            // What somebody chose for it is told also where it has no end: another publication may take its place.
            if own.is_some() {
                return Some(if days == 0 { say.held_none().to_owned() } else { say.held_of_own(days) });
            }
            release.ends_at?;
            Some(match days {
                0 => say.not_held().to_owned(),
                days => say.held_after(days),
            })
        }
        ReleaseState::Ended if release.products.iter().any(returned) => {
            let until = release.over_at?.saturating_add(hold);
            (!site.shop.is_past(until)).then(|| say.held_until(&times.moment(until)))
        }
        _ => None,
    }
}

/// What a second person said, or is asked.
fn decided(release: &ReleaseRow, times: Times<'_>) -> Vec<String> {
    let say = times.language.releases();
    let Some(asked) = &release.approval else { return Vec::new() };
    let reason = times.language.marked(asked.reason.clone());
    let said = asked.decided.as_ref().map(|(at, by)| match release.state {
        ReleaseState::Refused => say.refused_by(&times.moment(*at), by, &reason),
        _ => say.approved_by(&times.moment(*at), by),
    });
    let waits = (release.state == ReleaseState::Waiting).then(|| match asked.at_once {
        true => say.waits_now().to_owned(),
        false => say.waits_until(&times.moment(release.starts_at)),
    });
    said.into_iter().chain(waits).collect()
}

/// One release.
pub(super) async fn one(
    admin: Admin,
    State(site): State<Site>,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    show(&site, &admin, found(&site, &number).await?, Said::default()).await
}

async fn found(site: &Site, number: &str) -> Result<ReleaseRow, Failure> {
    let id: ReleaseId = number.parse().map_err(|_| Failure::NoPage)?;
    site.shop.release(id).await?.ok_or(Failure::NoPage)
}

async fn show(site: &Site, admin: &Admin, release: ReleaseRow, said: Said) -> Result<Response, Failure> {
    let language = admin.language;
    let (say, times) = (language.releases(), Times::of(site, language));
    let made_at = times.moment(release.made_at);
    let mut told = vec![match release.approval {
        Some(_) => say.asked_by(&release.made_by, &made_at),
        None => say.made_by(&release.made_by, &made_at),
    }];
    if !release.note.is_empty() {
        told.push(say.noted(&language.marked(release.note.clone())));
    }
    told.extend(happened(&release, times));
    told.extend(held(site, &release, times));
    let mut products = Vec::new();
    for product in &release.products {
        let standing = site.shop.standing(&product.slug).await?;
        let is_first = standing.is_some_and(|row| row.standing.is_unpublished());
        products.push(released(product, is_first, language));
    }
    let way = match release.state {
        ReleaseState::Planned => Some(ReleaseWay::Cancel),
        _ => may_end(&release).then_some(ReleaseWay::End),
    };
    let asked = match release.state {
        ReleaseState::Waiting => Some(approval::asked(site, admin, &release, &said).await?),
        _ => None,
    };
    let status = said.status();
    let page = ReleaseSheet {
        number: release.id.get(),
        state: state(&release, say),
        told,
        obstacle: release.obstacle.map(|found| obstacle(found, say).to_owned()),
        products,
        asked,
        way,
        refused: said.refused,
        name: language.marked(release.name),
    };
    Ok((status, Html(admin::release(admin.frame(site), &page))).into_response())
}

fn released(product: &ReleasedRow, is_first: bool, language: Language) -> ReleasedItem {
    let say = language.releases();
    let told = product.obstacle.map(|found| obstacle(found, say)).or_else(|| {
        product.outcome.map(|outcome| match outcome {
            EndOutcome::Returned => say.outcome_returned(),
            EndOutcome::Newer => say.outcome_newer(),
            EndOutcome::NothingBefore => say.outcome_nothing(),
            EndOutcome::NotSound => say.outcome_not_sound(),
            EndOutcome::NothingLeft => say.outcome_nothing_left(),
        })
    });
    ReleasedItem {
        slug: product.slug.clone(),
        name: language.marked(product.name.clone()),
        revisions: match product.published {
            Some(number) => say.revisions(&product.beside, &number),
            None if is_first => say.first_to_come().to_owned(),
            None => say.revision_to_come(&product.beside),
        },
        told: told.map(str::to_owned),
    }
}

/// What stood against a release, and what to do.
fn obstacle(obstacle: Obstacle, say: &'static Releases) -> &'static str {
    match obstacle {
        Obstacle::AnotherLive => say.obstacle_another(),
        Obstacle::Removed => say.obstacle_removed(),
        Obstacle::Archived => say.obstacle_archived(),
        Obstacle::NotSound => say.obstacle_not_sound(),
        Obstacle::Tests => say.obstacle_tests(),
        Obstacle::Findings => say.obstacle_findings(),
        Obstacle::LargeChange => say.obstacle_large(),
        Obstacle::NothingLeft => say.obstacle_nothing_left(),
        Obstacle::TooLate => say.obstacle_late(),
    }
}

/// Does with a release what the button says.
pub(super) async fn act(
    admin: Admin,
    State(site): State<Site>,
    Path(number): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let id = found(&site, &number).await?.id;
    let reason = query::value(&sent, "reason").unwrap_or_default();
    let is_done = match query::value(&sent, "do") {
        Some("approve") => {
            return decide(&site, &admin, id, site.shop.approve_release(id, &admin.email).await, "").await;
        }
        Some("refuse") => {
            let done = site.shop.refuse_release(id, reason, &admin.email).await;
            return decide(&site, &admin, id, done, reason).await;
        }
        Some("cancel") => site.shop.cancel_release(id, &admin.email).await?,
        Some("end") => site.shop.end_release(id, Some(&admin.email)).await?,
        _ => return Err(Failure::Form),
    };
    if is_done {
        return Ok(Redirect::to(&paths::release(id.get())).into_response());
    }
    let said = Said::refused(admin.language.releases().is_over_already());
    show(&site, &admin, found(&site, &number).await?, said).await
}

/// What was done just now, beside the release.
#[derive(Default)]
pub(super) struct Said {
    /// Why nothing was done.
    pub(super) refused: Option<String>,
    /// A reason as typed, and what is wrong with it.
    pub(super) reason: (String, Option<String>),
}

impl Said {
    fn refused(why: &str) -> Self {
        Self { refused: Some(why.to_owned()), ..Self::default() }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self { reason: (_, Some(_)), .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self { refused: Some(_), .. } => StatusCode::CONFLICT,
            Self { .. } => StatusCode::OK,
        }
    }
}

/// Shows what became of what a second person said.
async fn decide(
    site: &Site,
    admin: &Admin,
    id: ReleaseId,
    done: Result<(), ApprovalError>,
    reason: &str,
) -> Result<Response, Failure> {
    let say = admin.language.releases();
    let said = match done {
        Ok(()) => return Ok(Redirect::to(&paths::release(id.get())).into_response()),
        Err(ApprovalError::NotWaiting) => Said::refused(say.not_waiting()),
        Err(ApprovalError::Oneself) => Said::refused(say.not_oneself()),
        Err(ApprovalError::Hindered) => Said::refused(say.is_hindered()),
        Err(ApprovalError::Reason) => {
            Said { reason: (reason.to_owned(), Some(say.reason_problem().to_owned())), ..Said::default() }
        }
        Err(ApprovalError::Shop(error)) => return Err(error.into()),
    };
    let release = site.shop.release(id).await?.ok_or(Failure::NoPage)?;
    show(site, admin, release, said).await
}

/// What releases mean for a product: those that are planned, those that end, and the last one where it failed and nothing was
/// published since.
pub(super) async fn lines(site: &Site, language: Language, slug: &Slug) -> Result<Vec<ReleaseLine>, Failure> {
    let (say, times) = (language.releases(), Times::of(site, language));
    let releases = site.shop.releases_of(slug).await?;
    let has_failed = releases.first().is_some_and(|newest| newest.state == ReleaseState::Failed);
    let revisions = if has_failed { site.shop.revisions(slug).await? } else { Vec::new() };
    let live = revisions.iter().find(|revision| revision.live).map(|revision| revision.published_at);
    let base = if releases.is_empty() { None } else { site.shop.draft_base(slug).await? };
    let mut lines = Vec::new();
    for (place, release) in releases.iter().enumerate() {
        let name = language.marked(release.name.clone());
        let product = release.products.iter().find(|product| product.slug == *slug);
        let is_live = product.is_some_and(|product| product.is_live);
        let is_base = base.is_some() && product.and_then(|product| product.published) == base;
        let is_since = |at| live.is_none_or(|live| live < at);
        let words = match (release.state, release.ends_at, release.over_at) {
            (ReleaseState::Waiting, ..) => say.holds_waiting(&name),
            (ReleaseState::Refused, ..) if place == 0 => match &release.approval {
                Some(asked) => {
                    let by = asked.decided.as_ref().map(|(_, by)| by.clone()).unwrap_or_default();
                    say.holds_refused(&name, &by, &language.marked(asked.reason.clone()))
                }
                None => continue,
            },
            (ReleaseState::Planned, ..) => say.holds_planned(&name, &times.moment(release.starts_at)),
            (ReleaseState::Live, Some(end), _) if is_live => {
                let holds = say.holds_live(&name, &times.moment(end));
                if is_base { format!("{holds} {}", say.draft_of_live()) } else { holds }
            }
            (ReleaseState::Ended, _, Some(at)) if is_base && !is_live => {
                say.draft_of_ended(&name, &times.moment(at))
            }
            (ReleaseState::Failed, _, Some(at)) if place == 0 && is_since(at) => {
                let why = product.and_then(|product| product.obstacle).or(release.obstacle);
                let why = why.map(|found| obstacle(found, say)).unwrap_or_default();
                format!("{} {why}", say.holds_failed(&name, &times.moment(at))).trim().to_owned()
            }
            _ => continue,
        };
        let is_failed = matches!(release.state, ReleaseState::Failed | ReleaseState::Refused);
        lines.push(ReleaseLine { number: release.id.get(), words, is_failed });
    }
    Ok(lines)
}
