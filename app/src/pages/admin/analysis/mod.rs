//! What is in a draft: designs and prices, what can't be, attributes without a choice, what each rule does.

mod design;
mod parts;
mod rules;

use configurator::source::Source;
use configurator::{Problem, Slug};
use leptos::prelude::*;
use words::{Analysis, Language};

use self::parts::{ITEM, PART};
use super::problems::problem_list;
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths::{self, file};
use crate::ui::form::Post;
use crate::ui::table::{self, Column, table};
use crate::ui::{button, link, notice, progress, text};

pub use design::{Judged, Nearest, WhyPage, why};
pub(super) use parts::spots;
pub use parts::{Change, Spot};
pub use rules::{RuleItem, RuleTold};

/// A figure today and in the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What it is of.
    pub what: String,
    /// Today.
    pub was: String,
    /// In the draft.
    pub now: String,
}

/// Something that can't be, and what is at fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultItem {
    /// What can't be, in a sentence.
    pub told: String,
    /// The options that it is about.
    pub options: Vec<Spot>,
    /// The rules at fault, and the budget.
    pub at_fault: Vec<Spot>,
    /// How sure that is, or why nothing is named.
    pub note: String,
}

/// An attribute without a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoChoice {
    /// The attribute.
    pub attribute: Spot,
    /// Why it has none.
    pub told: String,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct AnalysisPage {
    /// The product's address.
    pub slug: Slug,
    /// The draft's state.
    pub state: DraftState,
    /// The draft's version.
    pub version: i64,
    /// The draft.
    pub source: Source,
    /// What keeps it from being looked into.
    pub problems: Vec<Problem>,
    /// Designs and prices.
    pub figures: Vec<Figure>,
    /// What is good to know of them.
    pub figures_told: Vec<String>,
    /// That no design is valid, where it is so: what is told before everything else.
    pub nothing_valid: Option<FaultItem>,
    /// What else can't be.
    pub faults: Vec<FaultItem>,
    /// Whether that is all of it for certain.
    pub is_certain: bool,
    /// Attributes without a choice.
    pub no_choice: Vec<NoChoice>,
    /// What there is to say beside, in a sentence.
    pub no_choice_told: Option<&'static str>,
    /// The rules, in order.
    pub rules: Vec<RuleItem>,
    /// How many questions are answered, and of how many.
    pub progress: (usize, usize),
    /// Whether there is nothing more to find out.
    pub is_over: bool,
    /// Whether the rules are too large to be looked at one by one.
    pub too_large: bool,
    /// Whether a test design was kept just now.
    pub kept: bool,
    /// What was not done, in a sentence.
    pub refused: Option<&'static str>,
}

/// The page.
#[must_use]
pub fn analysis(frame: Frame, shown: &AnalysisPage) -> String {
    let (language, say) = (frame.language, frame.language.analysis());
    let name = &shown.source.name;
    page(frame, &say.title(name), Rail::Products, || {
        let inside = if shown.problems.is_empty() {
            inside(language, shown)
        } else {
            let editor = paths::admin::product(&shown.slug);
            view! {
                <p class="font-semibold">{say.not_yet()}</p>
                {problem_list(language, &shown.problems, &shown.source, (&shown.slug, &editor))}
            }
            .into_any()
        };
        let refused = shown.refused.map(|told| notice::alert(view! { <p>{told}</p> }.into_any(), "refused"));
        view! {
            {bar(language.admin(), &shown.slug, name, shown.state, Tab::Analysis)}
            <div class=SINGLE>
                {refused}
                {kept(say, shown)}
                <p class=text::LEAD>{say.lead()}</p>
                {inside}
            </div>
        }
        .into_any()
    })
}

/// That a test design was kept, and the way back.
fn kept(say: &'static Analysis, shown: &AnalysisPage) -> Option<AnyView> {
    shown.kept.then(|| {
        let undo = Post::to(paths::admin::undo(&shown.slug)).form(|| {
            view! {
                <input type="hidden" name="version" value=shown.version.to_string() />
                <button type="submit" class=button::PLAIN data-testid="undo">{say.undo()}</button>
            }
            .into_any()
        });
        view! { <div class=notice::GOOD role="status" data-testid="kept"><p>{say.kept()}</p> {undo}</div> }
            .into_any()
    })
}

fn inside(language: Language, shown: &AnalysisPage) -> AnyView {
    let say = language.analysis();
    let going_on = (!shown.is_over).then_some("on");
    let figures = view! {
        <section aria-labelledby="figures-title">
            <h2 class=text::HEADING id="figures-title">{say.at_once()}</h2>
            {figures(say, shown)}
            <p class="mt-3"><a class=link::STANDING href=paths::admin::why(&shown.slug, "")>{say.why_link()}</a></p>
        </section>
    };
    let nothing_valid = shown.nothing_valid.as_ref();
    let (first, after) = if nothing_valid.is_some() { (None, Some(figures)) } else { (Some(figures), None) };
    view! {
        {first}
        <div id="found" data-from=paths::admin::analysis(&shown.slug) data-going-on=going_on>
            {nothing_valid.map(|fault| fault_first(language, fault, None))}
            {far(say, shown)}
            {faults(say, shown)}
            {no_choice(say, shown)}
            {rules::rules(say, shown)}
        </div>
        {after}
        <script r#type="module" src=file::ANALYSIS_SCRIPT></script>
    }
    .into_any()
}

/// That no design is valid: which rules exclude each other, or why none is named; and the way to the analysis, where it is told elsewhere.
pub(super) fn fault_first(language: Language, fault: &FaultItem, analysis: Option<&Slug>) -> AnyView {
    let say = language.editing();
    let lead = match fault.at_fault.len() {
        0 => None,
        1 => Some(say.excludes_all()),
        _ => Some(say.exclude_each_other()),
    };
    let note = (!fault.note.is_empty()).then(|| view! { <p class=text::HINT>{fault.note.clone()}</p> });
    let link = analysis.map(|slug| {
        view! { <p><a href=paths::admin::analysis(slug)>{say.to_analysis()}</a></p> }
    });
    view! {
        <div class=notice::STOP id="nothing-valid" data-testid="nothing-valid">
            <p class="font-semibold">{fault.told.clone()}</p>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            {spots(&fault.at_fault)} {note} {link}
        </div>
    }
    .into_any()
}

fn figures(say: &'static Analysis, shown: &AnalysisPage) -> AnyView {
    let columns = [Column::words(say.figure()), Column::number(say.today()), Column::number(say.draft())];
    let rows = shown.figures.iter().cloned().map(|figure| {
        view! {
            <tr class=table::ROW data-testid="figure">
                <th scope="row" class=table::NAME>{figure.what}</th>
                <td class=table::NUMBER data-label=say.today()>{figure.was}</td>
                <td class=table::NUMBER data-label=say.draft()>{figure.now}</td>
            </tr>
        }
    });
    let told = shown.figures_told.iter().cloned().map(|told| view! { <p class=text::HINT>{told}</p> });
    view! { {table(&columns, rows.collect_view().into_any())} {told.collect_view()} }.into_any()
}

/// How far the questions are answered.
fn far(say: &'static Analysis, shown: &AnalysisPage) -> AnyView {
    let (done, all) = shown.progress;
    if shown.too_large {
        return view! { <p class=text::HINT data-testid="progress">{say.too_large()}</p> }.into_any();
    }
    if shown.is_over {
        let told = (all > 0).then(|| say.done(&all));
        return view! { <p class=text::HINT data-testid="progress">{told}</p> }.into_any();
    }
    let percent = u32::try_from(done * 100 / all.max(1)).ok();
    view! {
        <div class="mt-6" data-testid="progress">
            {progress::progress("far", &say.working(&done, &all), percent)}
            <p><a class=link::STANDING href=paths::admin::analysis(&shown.slug)>{say.look_again()}</a></p>
        </div>
    }
    .into_any()
}

fn faults(say: &'static Analysis, shown: &AnalysisPage) -> AnyView {
    let items = shown.faults.iter().map(|fault| {
        let options = spots(&fault.options);
        let at_fault = (!fault.at_fault.is_empty()).then(|| {
            view! { <p class="mt-2">{say.at_fault()}</p> {spots(&fault.at_fault)} }
        });
        let note = (!fault.note.is_empty()).then(|| view! { <p class=text::HINT>{fault.note.clone()}</p> });
        view! {
            <li class=ITEM data-testid="fault">
                <p class="font-semibold">{fault.told.clone()}</p>
                {options} {at_fault} {note}
            </li>
        }
    });
    let none = (shown.faults.is_empty() && shown.nothing_valid.is_none()).then(|| {
        let words = if shown.is_certain { say.no_contradictions() } else { say.none_found() };
        view! { <p data-testid="no-fault">{words}</p> }
    });
    view! {
        <section class=PART aria-labelledby="faults-title">
            <h2 class=text::HEADING id="faults-title">{say.contradictions()}</h2>
            {none}
            <ul>{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn no_choice(say: &'static Analysis, shown: &AnalysisPage) -> AnyView {
    let items = shown.no_choice.iter().cloned().map(|item| {
        view! {
            <li class=ITEM data-testid="no-choice">
                <a class=link::LINK href=item.attribute.href>{item.attribute.words}</a>
                <p>{item.told}</p>
            </li>
        }
    });
    let told = shown.no_choice_told.map(|told| view! { <p>{told}</p> });
    view! {
        <section class=PART aria-labelledby="no-choice-title">
            <h2 class=text::HEADING id="no-choice-title">{say.no_choice()}</h2>
            <p class=text::HINT>{say.no_choice_hint()}</p>
            {told}
            <ul class="mt-2">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}
