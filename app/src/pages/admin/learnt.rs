//! What was learnt of a product's orders: how shoppers start, on what evidence, and which models say so.

use configurator::Slug;
use leptos::prelude::*;
use words::{Insight, Language};

use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::empty::empty;
use crate::ui::table::{self, Column, table};
use crate::ui::values::values;
use crate::ui::{disclosure, link, text};

/// A part of the page.
const PART: &str = "mt-6 border-t border-line pt-5";

/// What is done with an attribute, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntDefault {
    /// The attribute's name.
    pub label: String,
    /// What shoppers begin with.
    pub value: String,
    /// What is done, as data: `preselected`, `suggested` or `standard`.
    pub done: &'static str,
    /// The same in words, with whose orders say so.
    pub told: String,
    /// How it went on orders that were kept aside.
    pub tried: String,
}

/// What is done for shoppers of one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntUse {
    /// What they answered.
    pub label: String,
    /// Their orders, in a sentence.
    pub orders: String,
    /// By attribute.
    pub defaults: Vec<LearntDefault>,
}

/// How a model did, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntModel {
    /// What it is called.
    pub name: String,
    /// How often its most probable value was what was ordered.
    pub right: String,
    /// The probability that it gave to what was ordered.
    pub probability: String,
    /// What it weighs in the blend.
    pub weight: String,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// Terms and values: how shoppers start, what it rests on.
    pub facts: Vec<(String, String)>,
    /// Why nothing was found, where that is so.
    pub nothing: Option<String>,
    /// What cases it takes, in a sentence.
    pub hint: String,
    /// By use, first who stated none.
    pub uses: Vec<LearntUse>,
    /// The models, those that weigh most first.
    pub models: Vec<LearntModel>,
}

/// The page of what was learnt of a product's orders.
#[must_use]
pub fn learnt(frame: Frame, shown: &LearntPage) -> String {
    let language = frame.language;
    let (say, texts) = (language.admin(), language.insight());
    page(frame, &texts.learnt_title(&shown.name), Rail::Products, || {
        let content = match &shown.nothing {
            Some(why) => empty(view! { <p>{why.clone()}</p> }.into_any(), Some("nothing")),
            None => found(language, shown),
        };
        let change = paths::admin::section_alone(&paths::admin::product(&shown.slug), "uses", (1, ""));
        view! {
            {bar(say, &shown.slug, &shown.name, shown.state, Tab::Learnt)}
            <div class=SINGLE>
                <p class=text::LEAD>{texts.learnt_hint()}</p>
                <div data-testid="facts">{values(&shown.facts)}</div>
                <p class=text::META><a class=link::LINK href=change>{texts.learnt_change()}</a></p>
                {content}
            </div>
        }
        .into_any()
    })
}

fn found(language: Language, shown: &LearntPage) -> AnyView {
    let texts = language.insight();
    let uses = shown.uses.iter().enumerate().map(|(at, of_use)| defaults(texts, of_use, at == 0));
    view! {
        <section class=PART>
            <h2 class=text::HEADING>{texts.learnt_defaults()}</h2>
            <p class=text::HINT>{shown.hint.clone()}</p>
            {uses.collect_view()}
        </section>
        <section class=PART>
            <h2 class=text::HEADING>{texts.learnt_models()}</h2>
            {models(texts, &shown.models)}
        </section>
    }
    .into_any()
}

fn defaults(texts: &'static Insight, shown: &LearntUse, is_open: bool) -> AnyView {
    let columns = [
        Column::words(texts.attribute()),
        Column::words(texts.begins_with()),
        Column::words(texts.what_is_done()),
        Column::words(texts.kept_aside()),
    ];
    let row = |default: &LearntDefault| {
        let LearntDefault { label, value, done, told, tried } = default.clone();
        view! {
            <tr class=table::ROW data-done=done>
                <th scope="row" class=table::NAME>{label}</th>
                <td class=table::LABELLED data-label=texts.begins_with()>{value}</td>
                <td class=table::LABELLED data-label=texts.what_is_done()>{told}</td>
                <td class=table::LABELLED data-label=texts.kept_aside()>{tried}</td>
            </tr>
        }
    };
    let rows = shown.defaults.iter().map(row).collect_view();
    view! {
        <details class=disclosure::MORE open=is_open data-testid="use">
            <summary class=disclosure::SUMMARY>{shown.label.clone()}</summary>
            <p class=text::HINT>{shown.orders.clone()}</p>
            {table(&columns, rows.into_any())}
        </details>
    }
    .into_any()
}

fn models(texts: &'static Insight, shown: &[LearntModel]) -> AnyView {
    if shown.is_empty() {
        return view! { <p class=text::HINT>{texts.learnt_no_models()}</p> }.into_any();
    }
    let columns = [
        Column::words(texts.model()),
        Column::number(texts.right_most()),
        Column::number(texts.probability_of_ordered()),
        Column::number(texts.weight_in_blend()),
    ];
    let row = |model: &LearntModel| {
        let LearntModel { name, right, probability, weight } = model.clone();
        view! {
            <tr class=table::ROW data-testid="model">
                <th scope="row" class=table::NAME>{name}</th>
                <td class=table::NUMBER data-label=texts.right_most()>{right}</td>
                <td class=table::NUMBER data-label=texts.probability_of_ordered()>{probability}</td>
                <td class=table::NUMBER data-label=texts.weight_in_blend()>{weight}</td>
            </tr>
        }
    };
    let rows = shown.iter().map(row).collect_view();
    view! {
        <p class=text::HINT>{texts.learnt_models_hint()}</p>
        {table(&columns, rows.into_any())}
    }
    .into_any()
}
