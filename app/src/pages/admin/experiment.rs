//! What an experiment came to so far, and ending it.

use leptos::prelude::*;
use words::{Experiments, Language};

use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::chart::{Bar, chart};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::text::Tone;
use crate::ui::{button, link, notice, text};

/// A group of visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmItem {
    /// What its visitors begin with.
    pub words: String,
    /// For whom that is chosen, in words; empty for those who are in no group.
    pub level: String,
    /// Its share, in words.
    pub share: String,
    /// Visitors who came so far, in words, while it runs.
    pub came: Option<String>,
    /// Visitors whose time to order is over, in words.
    pub visitors: String,
    /// Mean order value in minor units, and in words.
    pub mean: (u32, String),
}

/// Something that must not rise, in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RailItem {
    /// What it is.
    pub what: String,
    /// Its value in the holdout.
    pub holdout: String,
    /// Its value in the group.
    pub here: String,
    /// By how much that is more: the interval.
    pub change: String,
    /// Whether it holds, in words.
    pub state: String,
    /// Whether it is broken.
    pub is_breached: bool,
}

/// An experiment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExperimentPage {
    /// What its address ends with.
    pub code: String,
    /// Its name.
    pub title: String,
    /// The product's name.
    pub product: String,
    /// When it started and ended, and until when it counts: each a sentence.
    pub facts: Vec<String>,
    /// The groups, the holdout first.
    pub arms: Vec<ArmItem>,
    /// How many visitors are seen.
    pub seen: String,
    /// What was found, by group: sentences.
    pub found: Vec<Vec<String>>,
    /// What must not rise, by group of which something can be said: what its visitors begin with, and each.
    pub rails: Vec<(String, Vec<RailItem>)>,
    /// For whom: sentences.
    pub segments: Vec<String>,
    /// What a wrong default costs.
    pub wrong_default: String,
    /// Why there is nothing to tell yet.
    pub nobody_yet: Option<String>,
    /// Whether it runs.
    pub runs: bool,
    /// On which day it is, or how it ended.
    pub state: String,
    /// Whether it is asked whether it should end.
    pub asks_end: bool,
    /// Whom ending leaves out, in a sentence.
    pub left_out: Option<String>,
}

/// The page of an experiment.
#[must_use]
pub fn experiment(frame: Frame, shown: &ExperimentPage) -> String {
    let language = frame.language;
    let say = language.experiments();
    page(frame, &shown.title, Rail::Experiments, || {
        let facts = shown.facts.iter().cloned().map(|fact| view! { <p class=text::META>{fact}</p> });
        view! {
            <div class=SINGLE>
                <p><a class=link::SUBTLE href=route::admin::EXPERIMENTS>{say.title()}</a></p>
                <h1 class=text::TITLE_SMALL>{shown.title.clone()}</h1>
                <p class="mt-1">{shown.product.clone()}</p>
                <p class="mt-1">{text::mark(if shown.runs { Tone::Good } else { Tone::Calm }, &shown.state, Some("state"))}</p>
                {shown.asks_end.then(|| ask(language, shown)).flatten()}
                {facts.collect_view()}
                <section class="mt-6 max-w-[70ch]" aria-labelledby="report-title">
                    <h2 id="report-title" class=text::HEADING>
                        {if shown.runs { say.report() } else { say.was_found() }}
                    </h2>
                    {report(say, shown)}
                </section>
                {rails(say, shown)}
                {groups(say, shown)}
                <p class=text::LEAD>{say.who_counts()}</p>
                {(shown.runs && !shown.asks_end).then(|| end(language, shown)).flatten()}
            </div>
        }
        .into_any()
    })
}

fn report(say: &'static Experiments, shown: &ExperimentPage) -> AnyView {
    if let Some(nobody) = shown.nobody_yet.clone() {
        return view! { <p data-testid="nobody-yet">{nobody}</p> }.into_any();
    }
    let found = shown.found.iter().map(|sentences| {
        let mut sentences = sentences.iter().cloned();
        let first = sentences.next();
        view! {
            <div class="my-3" data-testid="finding">
                <p class="font-semibold">{first}</p>
                {sentences.map(|told| view! { <p>{told}</p> }).collect_view()}
            </div>
        }
    });
    let segments = (!shown.segments.is_empty()).then(|| {
        let each = shown.segments.iter().cloned().map(|told| view! { <li>{told}</li> });
        view! {
            <h3 class=text::HEADING>{say.for_whom()}</h3>
            <ul class="mb-4">{each.collect_view()}</ul>
        }
    });
    view! {
        <p data-testid="seen">{shown.seen.clone()}</p>
        {found.collect_view()}
        {segments}
        <h3 class=text::HEADING>{say.wrong_default()}</h3>
        <p>{shown.wrong_default.clone()}</p>
    }
    .into_any()
}

/// What must not rise, a table for each group; nothing before anybody is seen.
fn rails(say: &'static Experiments, shown: &ExperimentPage) -> Option<AnyView> {
    if shown.rails.is_empty() || shown.nobody_yet.is_some() {
        return None;
    }
    let columns = [
        Column::words(say.rail()),
        Column::number(say.rail_in_holdout()),
        Column::number(say.rail_in_group()),
        Column::number(say.rail_change()),
        Column::words(say.state()),
    ];
    let groups = shown.rails.iter().map(|(group, items)| {
        let rows = items.iter().map(|item| rail(say, item)).collect_view().into_any();
        view! {
            <h3 class=text::HEADING>{group.clone()}</h3>
            {table(&columns, rows)}
        }
    });
    Some(
        view! {
            <section class="mt-6" aria-labelledby="rails-title" data-testid="rails">
                <h2 id="rails-title" class=text::HEADING>{say.rails()}</h2>
                <p class=text::LEAD>{say.rails_hint()}</p>
                {groups.collect_view()}
            </section>
        }
        .into_any(),
    )
}

fn rail(say: &'static Experiments, item: &RailItem) -> AnyView {
    let RailItem { what, holdout, here, change, state, is_breached } = item.clone();
    let state = text::mark(if is_breached { Tone::Stop } else { Tone::Calm }, &state, None);
    view! {
        <tr class=table::ROW>
            <th scope="row" class=table::NAME>{what}</th>
            <td class=table::NUMBER data-label=say.rail_in_holdout()>{holdout}</td>
            <td class=table::NUMBER data-label=say.rail_in_group()>{here}</td>
            <td class=table::NUMBER data-label=say.rail_change()>{change}</td>
            <td class=table::LABELLED data-label=say.state()>{state}</td>
        </tr>
    }
    .into_any()
}

/// The groups with their means, as bars and as a table.
fn groups(say: &'static Experiments, shown: &ExperimentPage) -> AnyView {
    let mut columns = vec![Column::words(say.arm()), Column::number(say.share())];
    columns.extend(shown.runs.then(|| Column::number(say.came())));
    columns.extend([Column::number(say.visitors()), Column::number(say.mean())]);
    let bars: Vec<Bar> = shown
        .arms
        .iter()
        .map(|arm| Bar { label: arm.words.clone(), value: arm.mean.0, told: arm.mean.1.clone() })
        .collect();
    let rows = shown.arms.iter().cloned().map(|arm| {
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>
                    {arm.words}
                    {(!arm.level.is_empty()).then(|| view! { <p class=text::META>{arm.level}</p> })}
                </th>
                <td class=table::NUMBER data-label=say.share()>{arm.share}</td>
                {arm.came.map(|came| view! { <td class=table::NUMBER data-label=say.came() data-testid="came">{came}</td> })}
                <td class=table::NUMBER data-label=say.visitors()>{arm.visitors}</td>
                <td class=table::NUMBER data-label=say.mean()>{arm.mean.1}</td>
            </tr>
        }
    });
    let rows = rows.collect_view().into_any();
    view! {
        <section class="mt-6" aria-labelledby="mean-title">
            <h2 id="mean-title" class=text::HEADING>{say.mean()}</h2>
            {shown.nobody_yet.is_none().then(|| chart(say.mean(), &bars))}
            {table(&columns, rows)}
        </section>
    }
    .into_any()
}

/// The way to end it, which says first what that does.
fn end(language: Language, shown: &ExperimentPage) -> Option<AnyView> {
    let (say, address) = (language.experiments(), paths::admin::experiment(&shown.code));
    act(&address, || {
        view! {
            <p class="mt-6"><a class=button::QUIET href=format!("{address}?ask=end") data-testid="ask-end">{say.end()}</a></p>
            <p class=text::HINT>{say.end_hint()}</p>
        }
        .into_any()
    })
}

/// What ending does, and doing it.
fn ask(language: Language, shown: &ExperimentPage) -> Option<AnyView> {
    let (say, address) = (language.experiments(), paths::admin::experiment(&shown.code));
    let left_out = shown.left_out.clone().map(|told| view! { <p class="mt-1">{told}</p> });
    let form = Post::to(address.clone()).form(|| {
        view! {
            <p>{say.end_asked()}</p>
            {left_out}
            <div class=format!("{} mt-3", button::ROW)>
                <button type="submit" class=button::PRIMARY_SMALL name="do" value="end" data-testid="end">{say.end_now()}</button>
                <a class=button::QUIET_SMALL href=address>{say.keep_running()}</a>
            </div>
        }
        .into_any()
    });
    form.map(|form| view! { <div class=format!("{} mt-3", notice::CAUTION) role="status" data-testid="asked">{form}</div> }.into_any())
}
