//! What waits today, for whoever looks: production sees what it works on.

use std::collections::{BTreeMap, BTreeSet};

use app::pages::admin::{self, WaitingItem, WaitingPart};
use app::paths::admin as paths;
use app::paths::route::admin as route;
use axum::extract::State;
use axum::response::Html;
use configurator::Slug;
use configurator::source::Source;
use shop::ShopError;
use shop::access::{Capability, Role};
use shop::experiments::EndedBecause;
use shop::orders::{DeskQuery, Filter, OrderState, States};
use shop::releases::ReleaseState;
use time::{Duration, OffsetDateTime};

use super::super::page::{Page, Times, day_in_words};
use super::session::Admin;
use super::words::shown;
use crate::http::desk_query;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// How far it is looked ahead, and back.
const WEEK: Duration = Duration::days(7);
/// Most drafts that are told of.
const MOST_DRAFTS: usize = 24;
/// Most lines of a part.
const MOST_LINES: usize = 24;

/// The page.
pub(super) async fn show(admin: Admin, State(site): State<Site>) -> Page {
    let today = admin.language.today();
    let mut parts = vec![part(&admin, today.orders(), orders(&site, &admin).await)?];
    if admin.role != Role::Production {
        parts.push(part(&admin, today.drafts(), drafts(&site, &admin).await)?);
        parts.push(part(&admin, today.releases(), releases(&site, &admin).await)?);
        if admin.role.may(Capability::RunExperiments) {
            parts.push(part(&admin, today.experiments(), experiments(&site, &admin).await)?);
        }
        parts.push(part(&admin, today.shop(), in_the_shop(&site, &admin).await)?);
    }
    parts.iter_mut().for_each(|part| part.items.truncate(MOST_LINES));
    Ok(Html(admin::start(admin.frame(&site), &parts)))
}

/// A part with what was found; where the shop is too busy to say, it says so, and the others are told all the same.
fn part(
    admin: &Admin,
    title: &'static str,
    found: Result<Vec<WaitingItem>, Failure>,
) -> Result<WaitingPart, Failure> {
    let items = match found {
        Err(Failure::Shop(ShopError::Busy)) => {
            vec![item("busy", admin.language.today().not_told().to_owned(), route::START.to_owned())]
        }
        found => found?,
    };
    Ok(WaitingPart { title, items })
}

fn item(kind: &'static str, words: String, href: String) -> WaitingItem {
    WaitingItem { kind, words, href, is_urgent: false }
}

fn urgent(kind: &'static str, words: String, href: String) -> WaitingItem {
    WaitingItem { is_urgent: true, ..item(kind, words, href) }
}

/// Orders to confirm, late ones, and those that are due within a week, late ones among them as behind the link. Tests are nobody's.
async fn orders(site: &Site, admin: &Admin) -> Result<Vec<WaitingItem>, Failure> {
    let (say, today) = (admin.language.today(), site.shop.calendar().today());
    let in_a_week = today.checked_add(WEEK).unwrap_or(today);
    let plain = Filter { is_test: Some(false), ..Filter::default() };
    let open = Filter { states: Some(States::Open), ..plain.clone() };
    let to_confirm = Filter { states: Some(States::One(OrderState::Placed)), ..plain };
    let late = Filter { due_before: Some(today), ..open.clone() };
    let soon = Filter { due_before: in_a_week.next_day(), ..open };
    let mut counts = [0; 3];
    for (count, filter) in counts.iter_mut().zip([&late, &to_confirm, &soon]) {
        *count = site.shop.desk_sums(filter.clone()).await?.iter().map(|sum| sum.orders).sum::<u64>();
    }
    let [is_late, unconfirmed, due] = counts;
    let at = |filter| paths::orders(&desk_query::written(&DeskQuery { filter, ..DeskQuery::default() }));
    let mut items = Vec::new();
    items.extend((is_late > 0).then(|| urgent("late", say.late(is_late), at(late))));
    items.extend((unconfirmed > 0).then(|| item("to-confirm", say.to_confirm(unconfirmed), at(to_confirm))));
    items.extend((due > is_late).then(|| item("due", say.due_this_week(due), at(soon))));
    Ok(items)
}

/// Drafts that something keeps from being published, and those that nobody looked at since they were saved. None is looked into here.
async fn drafts(site: &Site, admin: &Admin) -> Result<Vec<WaitingItem>, Failure> {
    let (say, words) = (admin.language.today(), admin.language.admin());
    let mut drafted = site.shop.drafted().await?;
    let unseen = drafted.len().saturating_sub(MOST_DRAFTS) as u64;
    drafted.truncate(MOST_DRAFTS);
    let names = site.shop.names_of(&drafted).await?;
    let mut items = Vec::new();
    for slug in drafted {
        let name = name_in(&names, &slug).filter(|name| !name.trim().is_empty());
        let name = admin.language.marked(name.unwrap_or_else(|| slug.to_string()));
        let Some(state) = site.shop.known_draft_state(&slug).await?.map(shown) else {
            items.push(item("draft-unknown", say.draft_unknown(&name), paths::product(&slug)));
            continue;
        };
        let told = state.words(words);
        match state {
            admin::DraftState::Problems(_) => {
                let words = say.draft_problems(&name, &told);
                items.push(urgent("draft-problems", words, paths::product(&slug)));
            }
            admin::DraftState::Unsettled(_) => {
                items.push(item("draft-held", say.draft_held(&name, &told), paths::publish(&slug)));
            }
            admin::DraftState::Unchanged | admin::DraftState::Ready => {}
        }
    }
    // What is in the way comes first.
    items.sort_by_key(|item| !item.is_urgent);
    items.truncate(MOST_LINES.saturating_sub(1));
    items.extend(
        (unseen > 0).then(|| item("more-drafts", say.more_drafts(unseen), route::PRODUCTS.to_owned())),
    );
    Ok(items)
}

/// What a product among these is called.
fn name_in(names: &[(Slug, String)], slug: &Slug) -> Option<String> {
    names.iter().find(|(known, _)| known == slug).map(|(_, name)| name.clone())
}

/// Releases that wait for a second person, begin or end within a week, or failed within the last one.
async fn releases(site: &Site, admin: &Admin) -> Result<Vec<WaitingItem>, Failure> {
    let (say, times) = (admin.language.today(), Times::of(site, admin.language));
    let is_near = |at: OffsetDateTime| site.shop.is_past(at - WEEK);
    let is_lately = |at: OffsetDateTime| !site.shop.is_past(at + WEEK);
    let mut items = Vec::new();
    for release in site.shop.releases().await? {
        let (name, href) = (admin.language.marked(release.name), paths::release(release.id.get()));
        let found = match release.state {
            ReleaseState::Waiting => {
                Some(urgent("release-waits", say.release_waits(&name, &release.made_by), href))
            }
            ReleaseState::Planned if is_near(release.starts_at) => {
                let words = say.release_starts(&name, &times.moment(release.starts_at));
                Some(item("release-starts", words, href))
            }
            ReleaseState::Live => release
                .ends_at
                .filter(|end| is_near(*end))
                .map(|end| item("release-ends", say.release_ends(&name, &times.moment(end)), href)),
            ReleaseState::Failed => release
                .over_at
                .filter(|at| is_lately(*at))
                .map(|at| urgent("release-failed", say.release_failed(&name, &times.moment(at)), href)),
            _ => None,
        };
        items.extend(found);
    }
    Ok(items)
}

/// Experiments that the shop ended within a week, and running ones that showed nothing when they were looked after last.
async fn experiments(site: &Site, admin: &Admin) -> Result<Vec<WaitingItem>, Failure> {
    let (say, times) = (admin.language.today(), Times::of(site, admin.language));
    let mut items = Vec::new();
    for experiment in site.shop.experiments().await? {
        let (name, href) =
            (admin.language.marked(experiment.title.clone()), paths::experiment(&experiment.code));
        match experiment.ended {
            Some((at, EndedBecause::Harm)) if !site.shop.is_past(at + WEEK) => {
                let words = say.experiment_harmed(&name, &times.moment(at));
                items.push(urgent("experiment-harmed", words, href));
            }
            Some(_) => {}
            None => {
                let is_alarming = site.shop.was_alarming(&experiment.code);
                items.extend(
                    is_alarming.then(|| urgent("experiment-alarm", say.experiment_alarm(&name), href)),
                );
            }
        }
    }
    Ok(items)
}

/// What is on sale again, prices that end, and mails that do not go out.
async fn in_the_shop(site: &Site, admin: &Admin) -> Result<Vec<WaitingItem>, Failure> {
    let (say, times) = (admin.language.today(), Times::of(site, admin.language));
    let today = site.shop.calendar().today();
    let in_a_week = today.checked_add(WEEK).unwrap_or(today);
    let mut items = Vec::new();
    let trouble = site.shop.mail_trouble(WEEK).await?;
    let (waiting, given_up, desk) = (trouble.waiting, trouble.given_up, || paths::orders(""));
    items.extend((waiting > 0).then(|| urgent("mails", say.mails_wait(waiting), desk())));
    items.extend((given_up > 0).then(|| urgent("mails-given-up", say.mails_given_up(given_up), desk())));
    let mut again = site.shop.on_sale_again(today, in_a_week).await?;
    again.truncate(MOST_LINES);
    let mut ending = site.shop.prices_ending(WEEK).await?;
    ending.truncate(MOST_LINES);
    let slugs = again.iter().map(|(slug, _)| slug).chain(ending.iter().map(|ending| &ending.slug));
    let slugs: BTreeSet<Slug> = slugs.cloned().collect();
    let names = site.shop.names_of(&slugs.into_iter().collect::<Vec<_>>()).await?;
    let name_of = |slug: &Slug| name_in(&names, slug).map(|name| admin.language.marked(name));
    let mut sources: BTreeMap<Slug, Source> = BTreeMap::new();
    for (slug, sold_out) in again {
        let Some(name) = name_of(&slug) else { continue };
        if !sources.contains_key(&slug) {
            sources.insert(slug.clone(), site.shop.draft(&slug).await?.bundle.source);
        }
        let option = option_name(sources.get(&slug), &sold_out.attribute, &sold_out.option);
        let option = admin.language.marked(option);
        let words = match sold_out.until {
            Some(day) if day > today => say.on_sale_on(&option, &name, &day_in_words(admin.language, day)),
            _ => say.on_sale_today(&option, &name),
        };
        items.push(item("on-sale", words, paths::sold_out(&slug)));
    }
    for ending in ending {
        let Some(name) = name_of(&ending.slug) else { continue };
        let words = say.prices_end(&name, &ending.number, &times.moment(ending.ends));
        items.push(item("prices-end", words, paths::revisions(&ending.slug)));
    }
    Ok(items)
}

/// What an option is called in the editor, which compiles nothing; its code where it is not there.
fn option_name(source: Option<&Source>, attribute: &str, option: &str) -> String {
    let attributes = source.map(|source| source.attributes.as_slice()).unwrap_or_default();
    let found = attributes.iter().find(|known| known.code == attribute);
    let found = found.and_then(|found| found.options.iter().find(|known| known.code == option));
    found.map_or(option, |found| &found.label).to_owned()
}
