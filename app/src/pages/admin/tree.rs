//! The sections of a draft as a tree: steps of work, the attributes by their steps, and how many problems each has. Each leads to its
//! section alone, which is a page of its own; where a script is at work, to its place on this page.

use configurator::source::Source;
use leptos::prelude::*;
use words::Admin;

use super::editor::Editor;
use super::place::{attribute_anchor, section_of};
use crate::paths;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::text;

/// Beside the sections, where there is room for three columns.
const SIDE: &str = concat!(
    "min-w-0 self-start max-[90rem]:hidden ",
    "desk:sticky desk:top-[88px] desk:max-h-[calc(100dvh-112px)] desk:overflow-y-auto short:static short:max-h-none"
);
/// Over the sections otherwise.
const TOP: &str = "desk:col-span-full min-[90rem]:hidden";
/// As tall as a finger needs over the sections, closer beside them.
const ENTRY: &str = concat!(
    "flex items-center gap-x-3 py-1 max-desk:min-h-11 wrap-anywhere text-soft hover:text-accent ",
    "aria-[current]:font-semibold aria-[current]:text-ink"
);

/// An entry of the tree.
struct Branch {
    /// The section, as its address names it.
    section: String,
    words: String,
    /// Whether it belongs to the one above.
    is_within: bool,
}

/// The sections before and behind the attributes, by their names, which are also those of their forms.
fn before(say: &Admin) -> [(&'static str, &'static str); 2] {
    [("basics", say.product()), ("steps", say.place_steps())]
}

fn behind(say: &Admin) -> [(&'static str, &'static str); 12] {
    [
        ("new_attribute", say.another_attribute()),
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
    ]
}

/// Whether a draft has a section of this name.
#[must_use]
pub fn is_section(source: &Source, name: &str) -> bool {
    let say = words::Language::ENGLISH.admin();
    let named = before(say).into_iter().chain(behind(say)).any(|(known, _)| known == name);
    named || source.attributes.iter().any(|attribute| attribute_anchor(&attribute.code) == name)
}

fn branches(editor: &Editor) -> Vec<Branch> {
    let (say, source) = (editor.say(), &editor.source);
    let branch = |(section, words): (&str, &str)| Branch {
        section: section.to_owned(),
        words: words.to_owned(),
        is_within: false,
    };
    let mut branches: Vec<Branch> = before(say).map(branch).into();
    let steps = source.steps.iter().map(|step| step.code.as_str());
    let strays = |code: &&str| !source.steps.iter().any(|step| step.code == **code);
    let stray = source.attributes.iter().map(|attribute| attribute.step.as_str()).find(strays);
    for step in steps.chain(stray) {
        let is_here = |known: &str| match stray {
            Some(stray) if step == stray => !source.steps.iter().any(|step| step.code == known),
            _ => known == step,
        };
        let here = source.attributes.iter().filter(|attribute| is_here(&attribute.step));
        branches.extend(here.map(|attribute| Branch {
            section: attribute_anchor(&attribute.code),
            words: attribute.label.clone(),
            is_within: true,
        }));
    }
    branches.extend(behind(say).map(branch));
    branches
}

/// The tree over the sections, closed, and beside them.
pub(super) fn tree(editor: &Editor) -> AnyView {
    let say = editor.language.editing();
    view! {
        <details id="tree-top" class=format!("{MORE} {TOP}")>
            <summary class=SUMMARY>{say.sections()}</summary>
            <nav aria-label=say.sections()>{list(editor)}</nav>
        </details>
        <nav id="tree" class=SIDE aria-label=say.sections() data-testid="tree">{list(editor)}</nav>
    }
    .into_any()
}

fn list(editor: &Editor) -> AnyView {
    let page = paths::admin::product(&editor.slug);
    let places: Vec<String> =
        editor.problems.iter().filter_map(|problem| section_of(&problem.place, &editor.source)).collect();
    let entries = branches(editor).into_iter().map(|Branch { section, words, is_within }| {
        let problems = places.iter().filter(|place| **place == section).count();
        let problems = (problems > 0).then(|| {
            let spoken = editor.say().problems(problems as u64);
            view! {
                <span class="text-s font-semibold text-stop" aria-hidden="true" title=spoken.clone()>"▲ "{problems}</span>
                <span class="sr-only">{spoken}</span>
            }
        });
        let here = (editor.alone.as_deref() == Some(section.as_str())).then_some("page");
        let href = paths::admin::section_at(&editor.slug, &section);
        let class = if is_within { "ps-5" } else { "" };
        view! {
            <li class=class>
                <a class=ENTRY href=href aria-current=here><span>{words}</span> {problems}</a>
            </li>
        }
    });
    let all = editor.alone.is_some().then(|| {
        view! { <li><a class=ENTRY href=page.clone()>{editor.language.editing().all_sections()}</a></li> }
    });
    view! { <ul class=text::META>{entries.collect_view()} {all}</ul> }.into_any()
}
