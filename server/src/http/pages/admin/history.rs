//! A product's history: going back in it, withdrawing a revision, and offering it again.

use app::pages::admin::{
    self, GoingBackPage, Hindrance, PricedItem, RefusedWithdrawal, ReplayView, RevisionItem, RevisionsPage,
};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{RevisionNumber, Slug, line_fault};
use shop::catalogue::{LONGEST_REASON, Reasons};
use shop::drafts::{PricedRevision, RepricedLine};
use shop::{Offer, RevisionInfo, ShopError, changes};
use words::Language;

use super::super::page::Times;
use super::super::query;
use super::gate::{self, Amounts};
use super::prices::price_of;
use super::publish::{WAIT, held};
use super::releases::lines;
use super::replay;
use super::session::Admin;
use super::words::{shown, unfit};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The history, with what was done just now.
pub(super) async fn revisions(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let all = site.shop.revisions(&slug).await?;
    let say = admin.language.admin();
    let named = |name: &str, fits: fn(&RevisionInfo) -> bool| {
        let number = query::value(&sent, name)?;
        all.iter()
            .find(|revision| fits(revision) && revision.number.to_string() == number)
            .map(|found| found.number)
    };
    let done = named("published", |revision| revision.live)
        .map(|number| say.now_published(&number))
        .or_else(|| named("live", |revision| revision.live).map(|number| say.live_again(&number)))
        .or_else(|| {
            let withdrawn = named("withdrawn", |revision| revision.offer.withdrawal.is_some());
            withdrawn.map(|number| say.now_withdrawn(&number))
        })
        .or_else(|| {
            let offered = named("offered", |revision| revision.offer.withdrawal.is_none());
            offered.map(|number| say.now_offered_again(&number))
        });
    let prices = match query::value(&sent, "prices") {
        Some("on") => Some(priced(&site, admin.language, &slug).await?),
        _ => None,
    };
    show(&site, &admin, slug, (all, prices), done.map(Outcome::Done)).await
}

/// What came of what was done just now.
enum Outcome {
    /// It was done, in a sentence.
    Done(String),
    /// No other revision became live, and why.
    Held(&'static str),
    /// Nothing was withdrawn.
    NotWithdrawn(RefusedWithdrawal),
}

async fn show(
    site: &Site,
    admin: &Admin,
    slug: Slug,
    (revisions, prices): (Vec<RevisionInfo>, Option<Vec<PricedItem>>),
    outcome: Option<Outcome>,
) -> Result<Response, Failure> {
    let (mut done, mut held, mut refused) = (None, None, None);
    match outcome {
        Some(Outcome::Done(words)) => done = Some(words),
        Some(Outcome::Held(words)) => held = Some(words),
        Some(Outcome::NotWithdrawn(withdrawal)) => refused = Some(withdrawal),
        None => {}
    }
    let draft = site.shop.draft(&slug).await?;
    let resting = site.shop.resting_on(&slug).await?;
    let resting = |revision: &RevisionInfo| {
        let row = resting.iter().find(|row| row.revision == revision.number);
        let (designs, orders) = row.map_or((0, 0), |row| (row.designs, row.open_orders));
        rests(admin.language, revision.live, designs, orders, hold_days(site, Some(&revision.offer)))
    };
    let item = |revision: RevisionInfo| RevisionItem {
        resting: resting(&revision),
        number: revision.number,
        published: Times::of(site, admin.language).moment(revision.published_at),
        by: revision.published_by,
        // Notes are as they were written, by people and by what loads catalogues.
        note: admin.language.marked(revision.note),
        live: revision.live,
        orders: revision.orders,
        withdrawn: revision.offer.withdrawal.is_some(),
        offer: offer(site, admin.language, revision.offer),
    };
    let status =
        if refused.is_some() || held.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = RevisionsPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        done,
        held,
        refused,
        releases: lines(site, admin.language, &slug).await?,
        languages: languages(site),
        revisions: revisions.into_iter().map(item).collect(),
        prices,
        slug,
    };
    Ok((status, Html(admin::revisions(admin.frame(site), &page))).into_response())
}

/// Which revisions changed which prices, in words.
async fn priced(site: &Site, language: Language, slug: &Slug) -> Result<Vec<PricedItem>, Failure> {
    let (say, locale) = (language.assortment(), &language.words().locale);
    let line = |line: RepricedLine| {
        [price_of(line.of, language), line.was.written(locale), line.becomes.written(locale)]
    };
    let item = |priced: PricedRevision| {
        let RevisionInfo { number, published_at, published_by, note, .. } = priced.revision;
        let at = Times::of(site, language).moment(published_at);
        let revision = say.priced_revision(&number, &at, &published_by, &priced.beside);
        let note = language.marked(note);
        PricedItem {
            revision: if note.is_empty() { revision } else { format!("{revision} · {note}") },
            lines: priced.lines.into_iter().map(line).collect(),
        }
    };
    Ok(site.shop.price_history(slug).await?.into_iter().map(item).collect())
}

/// The languages of the shop's pages, by tag.
fn languages(site: &Site) -> Vec<String> {
    let spoken = site.languages.iter().filter(|language| !language.is_pseudo());
    spoken.map(|language| language.tag().to_owned()).collect()
}

/// What becomes of what rests on a revision, in sentences: when another one becomes live, or when it is withdrawn.
fn rests(language: Language, is_live: bool, designs: u64, orders: u64, days: i64) -> Vec<String> {
    let (say, locale) = (language.gate(), &language.words().locale);
    let [kept, open] = [designs, orders].map(|count| locale.count(count));
    let mut told = Vec::new();
    if designs > 0 {
        told.push(if is_live {
            say.roll_back_designs(designs, &kept, &days)
        } else {
            say.withdraw_designs(designs, &kept)
        });
    }
    if orders > 0 {
        told.push(if is_live {
            say.roll_back_orders(orders, &open)
        } else {
            say.withdraw_orders(orders, &open)
        });
    }
    if told.is_empty() {
        told.push(say.nothing_rests().to_owned());
    }
    told
}

/// For how many days a revision's prices hold once something else is live.
fn hold_days(site: &Site, offer: Option<&Offer>) -> i64 {
    let own = offer.and_then(|offer| offer.hold);
    own.unwrap_or_else(|| site.shop.price_hold()).whole_days()
}

/// What became of a revision's offer, in words.
fn offer(site: &Site, language: Language, offer: Offer) -> Option<String> {
    let say = language.admin();
    if let Some(withdrawal) = offer.withdrawal {
        let by = say.withdrawn_by(&withdrawal.by, &Times::of(site, language).moment(withdrawal.at));
        return Some(format!("{by} {}", said(&withdrawal.reasons, language)).trim_end().to_owned());
    }
    let ends = offer.ends(site.shop.price_hold())?;
    let date = Times::of(site, language).moment(ends);
    Some(if site.shop.is_past(ends) { say.prices_ended(&date) } else { say.prices_hold_until(&date) })
}

/// Reasons as they were written: one alone, or each behind its language.
fn said(reasons: &Reasons, language: Language) -> String {
    let told = match reasons.by_language.len() {
        0 | 1 => reasons.otherwise.clone(),
        _ => {
            let each = reasons.by_language.iter();
            each.map(|(tag, reason)| format!("{}: {reason}", words::named(tag)))
                .collect::<Vec<_>>()
                .join(" · ")
        }
    };
    if told.is_empty() { told } else { language.marked(told) }
}

/// What making an earlier revision live again does, and the button that does it.
pub(super) async fn going_back(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let number: RevisionNumber = number.parse()?;
    let all = site.shop.revisions(&slug).await?;
    let is_withdrawn = |one: &RevisionInfo| one.number == number && one.offer.withdrawal.is_some();
    if site.shop.live_lately(&slug).await? == number || all.iter().any(is_withdrawn) {
        return Ok(Redirect::to(&paths::revisions(&slug)).into_response());
    }
    let found = site.shop.going_back(&slug, number, WAIT).await?;
    let (live, earlier) = (&found.live, &found.earlier);
    let hinders = match (found.problems.is_empty(), found.nothing_left) {
        (false, _) => Some(Hindrance::NotSound(found.problems.clone(), Box::new(earlier.source.clone()))),
        (true, true) => Some(Hindrance::NothingLeft),
        (true, false) => None,
    };
    let draft = site.shop.draft(&slug).await?;
    let amounts = Amounts::new(&earlier.source.currency, admin.language);
    let resting = site.shop.resting_on(&slug).await?;
    let resting = resting.iter().find(|row| row.revision == live.number);
    let (designs, orders) = resting.map_or((0, 0), |row| (row.designs, row.open_orders));
    let offer = all.iter().find(|one| one.number == live.number).map(|one| &one.offer);
    let page = GoingBackPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        number,
        live: live.number,
        hinders,
        changes: changes(&live.bundle, earlier, admin.language),
        effect: found.effect.as_ref().map(|effect| gate::effect(effect, true, amounts)),
        replay: found.replay.as_ref().map(|replay| ReplayView {
            hint: admin.language.gate().replay_hint_back(&number),
            ..gate::replay(replay, (&slug, replay::back(number).as_str()), amounts)
        }),
        replaying: found.replaying.map(|far| (far, gate::replaying(far, admin.language))),
        resting: rests(admin.language, true, designs, orders, hold_days(&site, offer)),
        slug,
    };
    Ok(Html(admin::going_back(admin.frame(&site), &page)).into_response())
}

/// Makes an earlier revision live again.
pub(super) async fn roll_back(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    match site.shop.roll_back(&slug, number.parse()?, &admin.email).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?live={number}", paths::revisions(&slug))).into_response()),
        Err(ShopError::Held(hold)) => {
            let all = site.shop.revisions(&slug).await?;
            show(&site, &admin, slug, (all, None), Some(Outcome::Held(held(hold, admin.language)))).await
        }
        // The page that asks says why.
        Err(ShopError::BrokenRevision { number, .. }) => {
            Ok(Redirect::to(&paths::make_live(&slug, number)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Withdraws a revision, or says what is wrong with the reason.
pub(super) async fn withdraw(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let number: RevisionNumber = number.parse()?;
    let sent = query::form(&body)?;
    let typed = |(place, tag): (usize, String)| {
        let reason = query::value(&sent, &admin::reason_name(place, &tag)).unwrap_or_default().to_owned();
        (tag, reason)
    };
    let reasons: Vec<(String, String)> = languages(&site).into_iter().enumerate().map(typed).collect();
    let given: Reasons = reasons.iter().cloned().collect();
    let Err(error) = site.shop.withdraw(&slug, number, given, &admin.email).await else {
        let done = format!("{}?withdrawn={number}", paths::revisions(&slug));
        return Ok(Redirect::to(&done).into_response());
    };
    let Some(problem) = unfit(&error, admin.language) else { return Err(error.into()) };
    let all = site.shop.revisions(&slug).await?;
    let is_wrong = |(_, reason): &&(String, String)| {
        reason.trim().chars().count() > LONGEST_REASON || line_fault(reason.trim()).is_some()
    };
    let wrong = reasons.iter().find(is_wrong).map(|(tag, _)| tag.clone()).unwrap_or_default();
    let refused = RefusedWithdrawal { number, reasons, problem: (wrong, problem) };
    show(&site, &admin, slug, (all, None), Some(Outcome::NotWithdrawn(refused))).await
}

/// Takes a withdrawal back.
pub(super) async fn offer_again(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    let slug = site.shop.slug(&slug).await?;
    site.shop.offer_again(&slug, number.parse()?, &admin.email).await?;
    Ok(Redirect::to(&format!("{}?offered={number}", paths::revisions(&slug))))
}
