//! The editor's page: a draft's sections as forms, and beside them what the shop makes of it.

use configurator::source::Source;
use leptos::prelude::*;

use super::analysis::fault_first;
use super::completion::completion;
use super::dragging::dragging;
use super::editor::{Editor, REDO, UNDO};
use super::gate::{self, Back};
use super::overview::overview;
use super::pictured::pictured;
use super::place::attribute_anchor;
use super::problems::problem_list;
use super::releases::lines;
use super::saving;
use super::sections::{self, SECTION};
use super::shell::{DraftState, Frame, Rail, Tab, bar_with, page};
use super::tree::tree;
use crate::ui::form::{Post, act};
use crate::ui::{button, link, notice, text};

/// The tree, the sections, and what the shop makes of them: as many columns as there is room for.
const COLUMNS: &str = concat!(
    "grid gap-8 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-10 ",
    "min-[84rem]:grid-cols-[150px_minmax(0,1fr)_clamp(240px,18vw,320px)] min-[84rem]:gap-5"
);
/// What the shop makes of the draft, beside it where there is room.
const INSPECTOR: &str = concat!(
    "min-w-0 self-start rounded-l border border-transparent bg-stage p-5 focus:outline-none ",
    "desk:sticky desk:top-[88px] desk:max-h-[calc(100dvh-112px)] desk:overflow-y-auto short:static short:max-h-none"
);
/// Where no script keeps what is typed elsewhere, one section's form is there at a time: that of the field which is asked for.
const ONE_AT_A_TIME: &str = "[data-part]:not(:target,:has(:target),[data-open]) form{display:none}";

/// The editor's page.
#[must_use]
pub fn editor(frame: Frame, editor: &Editor) -> String {
    let say = editor.say();
    let title = say.draft_of(&editor.source.name);
    page(frame, &title, Rail::Products, || {
        let mend_first = editor.mends_first.then(|| {
            view! {
                <p class=notice::STOP role="alert" data-testid="mend-first">
                    {editor.language.assortment().retire_mend_first()} " "
                    <a class=link::LINK href="#analysis">{say.analysis()}</a>
                </p>
            }
        });
        let refused = editor.refused.clone().map(|words| {
            view! { <p class=notice::STOP role="alert" data-testid="refused">{words}</p> }
        });
        let product = (&editor.slug, editor.source.name.as_str());
        let state = view! { {step_buttons(editor)} {saving::state(editor, frame.administrator)} }.into_any();
        view! {
            {bar_with(say, product, editor.state, Tab::Draft, Some(state))}
            {mend_first} {refused} {lines(&editor.releases)}
            {sections::option_look()}
            <div
                id="editor"
                data-page=crate::paths::admin::product(&editor.slug)
                data-at=editor.at()
                data-of=format!("{}.{}", editor.base, editor.version)
                data-changed=editor.changed.clone()
            >
                {nothing_valid(editor)}
                {one_at_a_time(editor)}
                <div class=COLUMNS>
                    {tree(editor)}
                    <div class="min-w-0 desk:max-w-[900px]">{parts(editor)}</div>
                    {inspector(editor)}
                </div>
            </div>
            {saving::told(editor)}
            {completion(editor)}
            {dragging(editor)}
            <script r#type="module" src=crate::paths::file::TREE_SCRIPT></script>
            <script r#type="module" src=crate::paths::file::OVERVIEW_SCRIPT></script>
            <script r#type="module" src=crate::paths::file::PICTURED_SCRIPT></script>
        }
        .into_any()
    })
}

/// The sections that are asked for.
fn parts(editor: &Editor) -> AnyView {
    let say = editor.say();
    let list =
        |id: &'static str, title: &'static str| editor.shows(id).then(|| sections::listed(editor, id, title));
    let attributes = editor.source.attributes.iter().enumerate();
    let attributes = attributes.filter(|(_, attribute)| editor.shows(&attribute_anchor(&attribute.code)));
    let attributes: Vec<AnyView> =
        attributes.map(|(index, attribute)| sections::attribute(editor, index, attribute)).collect();
    let attributes = (editor.alone.is_none() || !attributes.is_empty()).then(|| {
        view! {
            <section id="attributes" class=SECTION aria-labelledby="attributes-title">
                <h2 id="attributes-title" class=text::HEADING>{say.attributes_and_options()}</h2>
                <p class=text::HINT>{say.attributes_hint()}</p>
                <div class="mt-4">{attributes}</div>
            </section>
        }
    });
    view! {
        {editor.shows("basics").then(|| sections::basics(editor))}
        {list("steps", say.place_steps())}
        {attributes}
        {list("new_attribute", say.another_attribute())}
        {editor.shows("rules").then(|| sections::rules(editor))}
        {editor.shows("standard").then(|| sections::standard(editor))}
        {list("layers", say.place_picture())}
        {list("designs", say.place_designs())}
        {list("tests", say.place_tests())}
        {list("prices", say.place_surcharges())}
        {list("tiers", say.place_tiers())}
        {list("no_returns", say.place_no_returns())}
        {list("benefits", say.section_benefits())}
        {list("uses", say.place_uses())}
        {editor.shows("budget").then(|| sections::budget(editor))}
    }
    .into_any()
}

/// For who has no scripts: one section's form at a time, so that none is saved while something is typed in another.
fn one_at_a_time(editor: &Editor) -> Option<AnyView> {
    if editor.alone.is_some() {
        return None;
    }
    editor.act(|| {
        let say = editor.language.editing();
        view! {
            <noscript>
                <style>{ONE_AT_A_TIME}</style>
                <p class=text::HINT>{say.one_at_a_time()}</p>
            </noscript>
        }
        .into_any()
    })
}

/// That no design is valid any more, before everything else: nothing can be sold, whatever else is right.
fn nothing_valid(editor: &Editor) -> Option<AnyView> {
    let fault = editor.nothing_valid.as_ref()?;
    Some(fault_first(editor.language, fault, Some(&editor.slug)))
}

/// What the shop makes of the draft, and the way into the shop.
fn inspector(editor: &Editor) -> AnyView {
    let say = editor.say();
    let facts = facts(editor).into_iter().map(|(term, fact)| {
        view! {
            <div class="grid grid-cols-[5rem_minmax(0,1fr)] gap-3 py-1">
                <dt class="text-muted">{term}</dt>
                <dd class="tabular">{fact}</dd>
            </div>
        }
    });
    let changed =
        (!editor.changed.is_empty()).then(|| view! { <p class=text::HINT>{editor.changed.clone()}</p> });
    // It stands in the window wherever the page is.
    let nothing_valid = editor.nothing_valid.as_ref().map(|fault| {
        view! { <p class="mb-3"><a class=link::LINK href="#nothing-valid">{fault.told.clone()}</a></p> }
    });
    let next = match editor.state {
        DraftState::Unchanged => view! { <p class=text::HINT>{say.equals_live()}</p> }.into_any(),
        _ => act(&crate::paths::admin::publish(&editor.slug), || {
            view! {
                <p class="mt-3">
                    <a class=button::PRIMARY_WIDE href=crate::paths::admin::publish(&editor.slug)>
                        {say.to_publish()}
                    </a>
                </p>
            }
            .into_any()
        })
        .into_any(),
    };
    view! {
        <aside class=INSPECTOR id="analysis" aria-labelledby="analysis-title" tabindex="-1">
            <h2 id="analysis-title" class=text::HEADING>{say.analysis_of_draft()}</h2>
            {nothing_valid}
            {pictured(editor)}
            {nothing_drawn(editor)}
            {editor.overview.as_ref().map(|shown| overview(editor.language, shown))}
            {unsettled(editor)}
            <dl class="mt-3">{facts.collect_view()}</dl>
            {changed}
            {steps(editor)}
            {next}
        </aside>
    }
    .into_any()
}

/// That the product has no picture, and where one begins.
fn nothing_drawn(editor: &Editor) -> Option<AnyView> {
    let (told, way) = (editor.language.editing().nothing_drawn(), editor.language.pictures().to_drawings());
    editor.source.layers.is_empty().then(|| {
        let drawings = crate::paths::admin::drawings(&editor.slug);
        view! { <p class=text::HINT>{told} " " <a class=link::LINK href=drawings>{way}</a></p> }.into_any()
    })
}

/// What stands between the draft and the shop: problems, test designs that fail, and what looks forgotten.
fn unsettled(editor: &Editor) -> AnyView {
    let (language, source, slug) = (editor.language, &editor.source, &editor.slug);
    let page = crate::paths::admin::product(slug);
    let is_settled = editor.failed.is_empty() && editor.findings.is_empty();
    let told = is_settled || !editor.problems.is_empty();
    view! {
        {told.then(|| problem_list(language, &editor.problems, source, (slug, &page)))}
        {gate::failed_tests(language, &editor.failed, source, (slug, &page))}
        {gate::findings(language, &editor.findings, source, (slug, editor.version, Back::Editor(editor.alone.as_deref())))}
    }
    .into_any()
}

/// The ways back and forth through the draft's versions, always in view. What each does is said beside the picture.
fn step_buttons(editor: &Editor) -> Option<AnyView> {
    let say = editor.say();
    let step = |form: &'static str, words: &'static str, does: &Option<String>| {
        let told = does.as_ref().map(|_| told_of(form));
        view! {
            <button type="submit" class=button::PLAIN form=form disabled=does.is_none() title=does.clone() aria-describedby=told data-way=form>
                {words}
            </button>
        }
    };
    editor.act(|| {
        view! {
            <div class="flex">
                {step(UNDO, say.undo(), &editor.undo)}
                {step(REDO, say.redo(), &editor.redo)}
            </div>
        }
        .into_any()
    })
}

/// Id of what a step does.
fn told_of(form: &str) -> String {
    format!("{form}-does")
}

/// The forms of those ways, with what they do.
fn steps(editor: &Editor) -> AnyView {
    let slug = &editor.slug;
    let step = |action: String, form: &'static str, does: &Option<String>| {
        does.as_ref().map(|does| {
            Post::to(action).id(form).class("mt-3").judged_here().form(|| {
                view! {
                    {editor.origin()}
                    <p id=told_of(form) class=text::HINT>{does.clone()}</p>
                }
                .into_any()
            })
        })
    };
    view! {
        {step(crate::paths::admin::undo(slug), UNDO, &editor.undo)}
        {step(crate::paths::admin::redo(slug), REDO, &editor.redo)}
    }
    .into_any()
}

/// Price and size of the draft, as pairs of term and fact.
fn facts(editor: &Editor) -> Vec<(&'static str, String)> {
    let (say, locale) = (editor.say(), &editor.language.words().locale);
    let Source { attributes, rules, budget, .. } = &editor.source;
    let options: usize = attributes.iter().map(|attribute| attribute.options.len()).sum();
    let menu =
        say.menu_of(attributes.len() as u64, &say.options(options as u64, &locale.count(options as u64)));
    let points = |points: u64| say.points(points, &locale.count(points));
    let budget = budget.as_ref().map(|budget| points(budget.ceiling.into()));
    let budget = budget.unwrap_or_else(|| say.no_budget().to_owned());
    let mut facts = Vec::new();
    let is_told = editor.overview.as_ref().is_some_and(|overview| overview.known.is_some());
    match &editor.standard {
        Some(standard) if is_told => facts.push((say.place_lead_time(), standard.ready.clone())),
        Some(standard) => facts.push((say.standard(), format!("{} · {}", standard.price, standard.ready))),
        None => {}
    }
    facts.push((say.menu(), menu));
    facts.push((say.rules(), locale.number(rules.len() as i64)));
    facts.push((say.budget(), budget));
    facts.push((
        say.live(),
        editor.live.map_or_else(|| say.not_live().to_owned(), |live| say.revision(&live)),
    ));
    facts
}
