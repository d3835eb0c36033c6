//! The sections of a draft as a tree: steps of work, the attributes by their steps, and how much of each stands in the way. Each leads to its
//! section alone, which is a page of its own; where a script is at work, to its place on this page.

use configurator::source::Source;
use leptos::prelude::*;
use words::Admin;

use super::dragging::handle;
use super::editor::Editor;
use super::gate::place_of_test;
use super::place::{attribute_anchor, located, section_of};
use super::tree_found::{form, found, is_in, nothing, others};
use crate::paths;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::text;

/// Beside the sections, where there is room for three columns.
const SIDE: &str = concat!(
    "min-w-0 self-start max-[84rem]:hidden ",
    "desk:sticky desk:top-[88px] desk:max-h-[calc(100dvh-112px)] desk:overflow-y-auto short:static short:max-h-none"
);
/// Over the sections otherwise.
const TOP: &str = "desk:col-span-full min-[84rem]:hidden";
/// As tall as a finger needs over the sections, closer beside them.
const ENTRY: &str = concat!(
    "flex items-center gap-x-3 py-1 max-desk:min-h-11 wrap-anywhere text-soft hover:text-accent ",
    "aria-[current]:font-semibold aria-[current]:text-ink"
);

/// An entry of the tree.
struct Branch {
    /// The section, as its address names it.
    section: String,
    /// Its own address, where it is within a section.
    href: Option<String>,
    words: String,
    of: Of,
}

/// What an entry is of, by its code.
enum Of {
    Section,
    Step(String),
    Attribute(String),
}

impl Branch {
    /// Whether it is what is searched for.
    fn has(&self, wanted: &str) -> bool {
        let code = match &self.of {
            Of::Section => "",
            Of::Step(code) | Of::Attribute(code) => code,
        };
        is_in(wanted, &[&self.words, code])
    }
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
        href: None,
        words: words.to_owned(),
        of: Of::Section,
    };
    let mut branches: Vec<Branch> = before(say).map(branch).into();
    let steps = source.steps.iter().map(|step| step.code.as_str());
    let strays = |code: &&str| !source.steps.iter().any(|step| step.code == **code);
    let stray = source.attributes.iter().map(|attribute| attribute.step.as_str()).find(strays);
    let page = paths::admin::product(&editor.slug);
    for (at, code) in steps.chain(stray).enumerate() {
        let is_here = |known: &str| match stray {
            Some(stray) if code == stray => !source.steps.iter().any(|step| step.code == known),
            _ => known == code,
        };
        let step = source.steps.get(at).map(|step| &step.label).filter(|label| !label.is_empty());
        let place = format!("steps.{at}.label");
        branches.push(Branch {
            section: String::new(),
            href: located(say, &place, source, (&editor.slug, &page)).1,
            words: step.map_or_else(|| code.to_owned(), String::clone),
            of: Of::Step(code.to_owned()),
        });
        let here = source.attributes.iter().filter(|attribute| is_here(&attribute.step));
        branches.extend(here.map(|attribute| Branch {
            section: attribute_anchor(&attribute.code),
            href: None,
            words: attribute.label.clone(),
            of: Of::Attribute(attribute.code.clone()),
        }));
    }
    branches.extend(behind(say).map(branch));
    branches
}

/// The sections of everything that stands between the draft and the shop.
struct Counts {
    problems: Vec<String>,
    failed: Vec<String>,
    forgotten: Vec<String>,
}

impl Counts {
    fn of(editor: &Editor) -> Self {
        let section = |place: &str| section_of(place, &editor.source);
        Self {
            problems: editor.problems.iter().filter_map(|problem| section(&problem.place)).collect(),
            failed: editor.failed.iter().filter_map(|test| section(&place_of_test(test))).collect(),
            forgotten: editor.findings.iter().filter_map(|finding| section(&finding.place())).collect(),
        }
    }

    /// How much of it is in a section, and what, in words; nothing where there is none.
    fn told(&self, editor: &Editor, section: &str) -> Option<(usize, String)> {
        let gate = editor.language.gate();
        let count = |places: &[String]| places.iter().filter(|place| *place == section).count();
        let told: [(usize, &dyn Fn(u64) -> String); 3] = [
            (count(&self.problems), &|count| editor.say().problems(count)),
            (count(&self.failed), &|count| gate.tests_fail(count)),
            (count(&self.forgotten), &|count| gate.look_forgotten(count)),
        ];
        let all: usize = told.iter().map(|(count, _)| count).sum();
        let words = told.iter().filter(|(count, _)| *count > 0).map(|(count, tell)| tell(*count as u64));
        (all > 0).then(|| (all, words.collect::<Vec<_>>().join(", ")))
    }
}

/// The tree over the sections, closed, and beside them.
pub(super) fn tree(editor: &Editor) -> AnyView {
    let say = editor.language.editing();
    view! {
        <details id="tree-top" class=format!("{MORE} {TOP}") open=!editor.search.is_empty()>
            <summary class=SUMMARY>{say.sections()}</summary>
            <nav aria-label=say.sections()>{list(editor, "tree-top-search")}</nav>
        </details>
        <nav id="tree" class=SIDE aria-label=say.sections() data-testid="tree">{list(editor, "tree-search")}</nav>
    }
    .into_any()
}

fn list(editor: &Editor, search: &'static str) -> AnyView {
    let page = paths::admin::product(&editor.slug);
    let counts = Counts::of(editor);
    let entries = branches(editor).into_iter().filter(|branch| branch.has(&editor.search));
    let entries: Vec<AnyView> = entries.map(|branch| entry(editor, &counts, branch)).collect();
    let all = (editor.alone.is_some() || !editor.search.is_empty()).then(|| {
        view! { <li><a class=ENTRY href=page.clone()>{editor.language.editing().all_sections()}</a></li> }
    });
    let others = others(editor);
    let is_none = !editor.search.is_empty() && entries.is_empty() && others.is_empty();
    view! {
        {form(editor, search)}
        {nothing(editor, is_none)}
        <ul class=text::META data-branches="">{entries} {all}</ul>
        <ul class=text::META data-found="">{found(editor, others)}</ul>
    }
    .into_any()
}

/// How much a section holds, and of what, in words: the options of an attribute, the entries of a list. Nothing where there is none.
fn held(editor: &Editor, section: &str, of: &Of) -> Option<(String, String)> {
    let (say, locale) = (editor.say(), &editor.language.words().locale);
    let source = &editor.source;
    let entries = || {
        let keys = editor.keys(section).len();
        (keys > 0).then(|| (locale.count(keys as u64), editor.language.editing().entries(keys as u64)))
    };
    match of {
        Of::Step(_) => None,
        Of::Attribute(code) => {
            let attribute = source.attributes.iter().find(|attribute| attribute.code == *code)?;
            let many = attribute.options.len() as u64;
            (many > 0).then(|| (locale.count(many), say.options(many, &locale.count(many))))
        }
        Of::Section if section == "rules" => {
            let many = source.rules.len() as u64;
            (many > 0).then(|| (locale.count(many), editor.language.editing().entries(many)))
        }
        Of::Section => entries(),
    }
}

/// An entry; steps and attributes with what they are dragged by, where all of them are on the page.
fn entry(editor: &Editor, counts: &Counts, branch: Branch) -> AnyView {
    let Branch { section, href, words, of } = branch;
    let problems = counts.told(editor, &section).map(|(count, spoken)| {
        view! {
            <span class="text-s font-semibold text-stop" aria-hidden="true" title=spoken.clone()>"▲ "{count}</span>
            <span class="sr-only">{spoken}</span>
        }
    });
    let here = (editor.alone.as_deref() == Some(section.as_str())).then_some("page");
    let href = href.unwrap_or_else(|| paths::admin::section_at(&editor.slug, &section));
    let held = held(editor, &section, &of).map(|(count, spoken)| {
        view! {
            <span class="ms-auto ps-2 text-s text-muted" title=spoken.clone()>
                <span aria-hidden="true">{count}</span>
                <span class="sr-only">{spoken.clone()}</span>
            </span>
        }
    });
    let (class, step, attribute) = match of {
        Of::Section => ("flex items-center", None, None),
        Of::Step(code) => ("flex items-center", Some(code), None),
        Of::Attribute(code) => ("flex items-center ps-5", None, Some(code)),
    };
    let is_known = |code: &String| editor.source.steps.iter().any(|step| step.code == *code);
    let drags = editor.alone.is_none() && (attribute.is_some() || step.as_ref().is_some_and(is_known));
    view! {
        <li class=class data-step=step data-attribute=attribute>
            {drags.then(|| handle(editor))}
            <a class=ENTRY href=href aria-current=here><span>{words}</span> {problems}</a>
            {held}
        </li>
    }
    .into_any()
}
