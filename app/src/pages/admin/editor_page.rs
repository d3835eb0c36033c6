//! The editor's page: a draft's sections as forms, and beside them what the shop makes of it.

use configurator::source::Source;
use leptos::prelude::*;
use words::Admin;

use super::completion::completion;
use super::editor::Editor;
use super::problems::problem_list;
use super::releases::lines;
use super::sections::{self, SECTION};
use super::shell::{DraftState, Frame, Rail, Tab, bar, page};
use crate::ui::form::{Post, act};
use crate::ui::{button, link, notice, text};

/// A list of what is on the page.
const JUMPS: &str = "mb-3 flex flex-wrap gap-x-5";
/// What the shop makes of the draft, beside it where there is room.
const INSPECTOR: &str = concat!(
    "min-w-0 self-start rounded-l border border-transparent bg-stage p-5 focus:outline-none ",
    "desk:sticky desk:top-[88px] desk:max-h-[calc(100dvh-112px)] desk:overflow-y-auto short:static short:max-h-none"
);

/// The editor's page.
#[must_use]
pub fn editor(frame: Frame, editor: &Editor) -> String {
    let say = editor.say();
    let title = say.draft_of(&editor.source.name);
    page(frame, &title, Rail::Products, || {
        let attributes = editor.source.attributes.iter().enumerate();
        let attributes = attributes.map(|(index, attribute)| sections::attribute(editor, index, attribute));
        let mend_first = editor.mends_first.then(|| {
            view! {
                <p class=notice::STOP role="alert" data-testid="mend-first">
                    {editor.language.assortment().retire_mend_first()} " "
                    <a class=link::LINK href="#analysis">{say.analysis()}</a>
                </p>
            }
        });
        view! {
            {bar(say, &editor.slug, &editor.source.name, editor.state, Tab::Draft)}
            {mend_first} {lines(&editor.releases)}
            <div class="grid gap-8 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-10">
                <div class="min-w-0 desk:max-w-[900px]">
                    <nav aria-label=say.on_this_page()>
                        <ul class=JUMPS>
                            {jumps(say)}
                            <li class="desk:hidden"><a class=link::STANDING href="#analysis">{say.analysis()}</a></li>
                        </ul>
                    </nav>
                    {sections::basics(editor)}
                    {sections::listed(editor, "steps", say.place_steps())}
                    <section id="attributes" class=SECTION aria-labelledby="attributes-title">
                        <h2 id="attributes-title" class=text::HEADING>{say.attributes_and_options()}</h2>
                        <p class=text::HINT>{say.attributes_hint()}</p>
                        <div class="mt-4">{attributes.collect_view()}</div>
                    </section>
                    {sections::listed(editor, "new_attribute", say.another_attribute())}
                    {sections::rules(editor)}
                    {sections::standard(editor)}
                    {sections::listed(editor, "layers", say.place_picture())}
                    {sections::listed(editor, "designs", say.place_designs())}
                    {sections::listed(editor, "tests", say.place_tests())}
                    {sections::listed(editor, "prices", say.place_surcharges())}
                    {sections::listed(editor, "tiers", say.place_tiers())}
                    {sections::listed(editor, "no_returns", say.place_no_returns())}
                    {sections::listed(editor, "benefits", say.section_benefits())}
                    {sections::listed(editor, "uses", say.place_uses())}
                    {sections::budget(editor)}
                </div>
                {inspector(editor)}
            </div>
            {completion(editor)}
        }
        .into_any()
    })
}

/// Links to the sections of the page.
fn jumps(say: &Admin) -> AnyView {
    let sections = [
        ("basics", say.product()),
        ("steps", say.place_steps()),
        ("attributes", say.attributes()),
        ("rules", say.rules()),
        ("standard", say.standard_design()),
        ("layers", say.place_picture()),
        ("designs", say.place_designs()),
        ("tests", say.place_tests()),
        ("prices", say.place_surcharges()),
        ("tiers", say.place_tiers()),
        ("no_returns", say.place_no_returns()),
        ("benefits", say.section_benefits()),
        ("uses", say.place_uses()),
        ("budget", say.budget()),
    ];
    let jump = |(anchor, words)| {
        view! { <li><a class=link::STANDING href=format!("#{anchor}")>{words}</a></li> }
    };
    sections.into_iter().map(jump).collect_view().into_any()
}

/// What the shop makes of the draft, and the way into the shop.
fn inspector(editor: &Editor) -> AnyView {
    let say = editor.say();
    let picture = match &editor.standard {
        Some(standard) => {
            view! { <div class="mb-3 rounded-l bg-lit"><div class=text::PICTURE data-testid="draft-picture" inner_html=standard.picture.clone()></div></div> }
                .into_any()
        }
        None => view! {
            <p class=text::HINT>{say.no_picture_yet()}</p>
        }
        .into_any(),
    };
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
            {picture}
            {problem_list(editor.language, &editor.problems, &editor.source, (&editor.slug, ""))}
            <dl class="mt-3">{facts.collect_view()}</dl>
            {changed}
            {steps(editor)}
            {next}
        </aside>
    }
    .into_any()
}

/// The ways back and forth through the draft's versions, with what they do.
fn steps(editor: &Editor) -> AnyView {
    let (say, slug) = (editor.say(), &editor.slug);
    let step = |action: String, words: &'static str, does: &Option<String>| {
        does.as_ref().map(|does| {
            let id = format!("{action}-does");
            view! {
                {Post::to(action).class("mt-3").judged_here().form(|| view! {
                    {editor.origin()}
                    <button type="submit" class=button::PLAIN aria-describedby=id.clone()>{words}</button>
                    <p id=id class=text::HINT>{does.clone()}</p>
                }.into_any())}
            }
        })
    };
    view! {
        {step(crate::paths::admin::undo(slug), say.undo(), &editor.undo)}
        {step(crate::paths::admin::redo(slug), say.redo(), &editor.redo)}
    }
    .into_any()
}

/// Price and size of the draft, as pairs of term and fact.
fn facts(editor: &Editor) -> Vec<(&'static str, String)> {
    let (say, locale) = (editor.say(), &editor.language.words().locale);
    let Source { attributes, rules, budget, .. } = &editor.source;
    let options: usize = attributes.iter().map(|attribute| attribute.options.len()).sum();
    let menu = say.menu_of(attributes.len() as u64, &say.options(options as u64));
    let budget = budget.as_ref().map(|budget| say.points(u64::from(budget.ceiling)));
    let budget = budget.unwrap_or_else(|| say.no_budget().to_owned());
    let mut facts = Vec::new();
    if let Some(standard) = &editor.standard {
        facts.push((say.standard(), format!("{} · {}", standard.price, standard.ready)));
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
