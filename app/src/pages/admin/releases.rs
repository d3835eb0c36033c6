//! Releases: the list, one of them, and what they say on the pages of their products.

use configurator::Slug;
use leptos::prelude::*;
use words::{Language, Releases};

use super::approval::{AskedView, asked};
use super::shell::{CRUMB, Frame, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, empty, link, notice};

/// A release in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseItem {
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// The names of its products.
    pub products: String,
    /// From when until when, in sentences.
    pub times: Vec<String>,
    /// How it stands.
    pub state: (Tone, &'static str),
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReleasesPage {
    /// The shop's time zone.
    pub zone: String,
    /// Those that a second person has to agree to.
    pub waiting: Vec<ReleaseItem>,
    /// Those to come.
    pub planned: Vec<ReleaseItem>,
    /// Those of which something is live.
    pub live: Vec<ReleaseItem>,
    /// All others.
    pub past: Vec<ReleaseItem>,
}

/// A product of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedItem {
    /// Its address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// Which revision it replaces by which, in words.
    pub revisions: String,
    /// What stood against it, or became of it at the end, in a sentence or two.
    pub told: Option<String>,
}

/// What can be done with a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseWay {
    /// Calling it off.
    Cancel,
    /// Ending it.
    End,
}

/// One release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseSheet {
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// How it stands.
    pub state: (Tone, &'static str),
    /// What happened to it and will, in sentences.
    pub told: Vec<String>,
    /// What stood against it as a whole.
    pub obstacle: Option<String>,
    /// Its products.
    pub products: Vec<ReleasedItem>,
    /// What a second person is asked, where it waits for one.
    pub asked: Option<AskedView>,
    /// What can be done with it.
    pub way: Option<ReleaseWay>,
    /// Why nothing was done just now.
    pub refused: Option<String>,
}

/// What a release means for a product, on that product's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseLine {
    /// The release's number.
    pub number: i64,
    /// A sentence or two.
    pub words: String,
    /// Whether it failed.
    pub is_failed: bool,
}

/// The list of releases.
#[must_use]
pub fn releases(frame: Frame, shown: &ReleasesPage) -> String {
    let language = frame.language;
    let say = language.releases();
    page(frame, say.title(), Rail::Releases, || {
        let all = [&shown.waiting, &shown.planned, &shown.live, &shown.past];
        let is_empty = all.into_iter().all(Vec::is_empty);
        let plan = act(route::admin::NEW_RELEASE, || {
            view! { <p class="mt-3"><a class=button::PRIMARY_SMALL href=route::admin::NEW_RELEASE data-testid="new-release">{say.new_release()}</a></p> }.into_any()
        });
        let lists = match is_empty {
            true => empty::empty(view! { <p>{say.none_yet()}</p> {plan} }.into_any(), Some("empty")),
            false => {
                let of = [
                    (say.waiting(), "waiting", &shown.waiting),
                    (say.planned(), "planned", &shown.planned),
                    (say.live(), "live", &shown.live),
                    (say.past(), "past", &shown.past),
                ];
                let lists = of.into_iter().filter(|(_, id, items)| *id == "planned" || !items.is_empty());
                let lists = lists.map(|(title, id, items)| list(say, title, id, items)).collect_view();
                view! { {plan} {lists} }.into_any()
            }
        };
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.title()}</h1>
                <p class=text::LEAD>{say.hint(&shown.zone)}</p>
                {lists}
            </div>
        }
        .into_any()
    })
}

fn list(say: &'static Releases, title: &'static str, id: &'static str, items: &[ReleaseItem]) -> AnyView {
    let columns = [
        Column::words(say.release_word()),
        Column::words(say.products()),
        Column::words(say.times()),
        Column::words(say.state()),
    ];
    let rows = items.iter().map(|item| row(say, item)).collect_view().into_any();
    let listed = match items.is_empty() {
        true => view! { <p class="mt-1">{say.nothing_planned()}</p> }.into_any(),
        false => table(&columns, rows),
    };
    view! {
        <section class="mt-6" aria-labelledby=format!("{id}-title") data-testid=id>
            <h2 class=text::HEADING id=format!("{id}-title")>{title}</h2>
            {listed}
        </section>
    }
    .into_any()
}

fn row(say: &'static Releases, item: &ReleaseItem) -> AnyView {
    let ReleaseItem { number, name, products, times, state } = item.clone();
    let times = times.into_iter().map(|time| view! { <p>{time}</p> }).collect_view();
    view! {
        <tr class=table::ROW data-testid="release">
            <th scope="row" class=table::NAME><a class=link::LINK href=paths::admin::release(number)>{name}</a></th>
            <td class=table::LABELLED data-label=say.products()><span>{products}</span></td>
            <td class=table::LABELLED data-label=say.times()><div class="min-w-0">{times}</div></td>
            <td class=table::LABELLED data-label=say.state()><span>{text::mark(state.0, state.1, None)}</span></td>
        </tr>
    }
    .into_any()
}

/// One release.
#[must_use]
pub fn release(frame: Frame, shown: &ReleaseSheet) -> String {
    let language = frame.language;
    let say = language.releases();
    page(frame, &say.of_release(&shown.name), Rail::Releases, || {
        let refused = shown.refused.clone();
        let refused = refused.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "refused"));
        let obstacle = shown.obstacle.clone();
        let obstacle = obstacle.map(|why| view! { <p class=notice::STOP data-testid="obstacle">{why}</p> });
        let told = shown.told.iter().cloned().map(|told| view! { <p class="mt-1">{told}</p> }).collect_view();
        let columns = [Column::words(say.products()), Column::words(language.admin().revision_word())];
        let rows = shown.products.iter().map(|product| released(language, product));
        view! {
            <div class=SINGLE>
                <p><a class=CRUMB href=route::admin::RELEASES>{say.title()}</a></p>
                <h1 class=text::TITLE_SMALL>{shown.name.clone()}</h1>
                <p class="mt-1">{text::mark(shown.state.0, shown.state.1, Some("state"))}</p>
                {refused} {obstacle} {told}
                {table(&columns, rows.collect_view().into_any())}
                {shown.asked.as_ref().map(|view| asked(language, shown.number, view))}
                {shown.way.map(|way| ways(say, shown.number, way))}
            </div>
        }
        .into_any()
    })
}

fn released(language: Language, product: &ReleasedItem) -> AnyView {
    let ReleasedItem { slug, name, revisions, told } = product.clone();
    let told = told.map(|told| view! { <p class=text::META data-testid=format!("told-{slug}")>{told}</p> });
    view! {
        <tr class=table::ROW data-testid="released">
            <th scope="row" class=table::NAME><a class=link::LINK href=paths::admin::publish(&slug)>{name}</a></th>
            <td class=table::LABELLED data-label=language.admin().revision_word()><div class="min-w-0">{revisions} {told}</div></td>
        </tr>
    }
    .into_any()
}

fn ways(say: &'static Releases, number: i64, way: ReleaseWay) -> Option<AnyView> {
    let (code, words, hint) = match way {
        ReleaseWay::Cancel => ("cancel", say.cancel(), say.cancel_hint()),
        ReleaseWay::End => ("end", say.end_now(), say.end_now_hint()),
    };
    Post::to(paths::admin::release(number)).class("mt-6").form(|| {
        view! {
            <button type="submit" class=button::QUIET name="do" value=code data-testid=code>{words}</button>
            <p class=text::HINT>{hint}</p>
        }
        .into_any()
    })
}

/// What releases mean for a product, a line each.
pub(super) fn lines(lines: &[ReleaseLine]) -> AnyView {
    let lines = lines.iter().cloned().map(|line| {
        let class = if line.is_failed { notice::STOP } else { notice::CAUTION };
        let address = paths::admin::release(line.number);
        view! { <p class=class data-testid="in-release"><a class=link::LINK href=address>{line.words}</a></p> }
    });
    lines.collect_view().into_any()
}
