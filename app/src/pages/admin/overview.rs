//! Designs and prices of a draft beside its forms, today and then, and what can't be. Where that takes longer than a moment a script puts
//! it in once it is known; without one there is the way to the analysis.

use configurator::Slug;
use leptos::prelude::*;
use words::Language;

use super::analysis::{FaultItem, Figure, spots};
use super::shell::Frame;
use crate::pages::document::render;
use crate::paths;
use crate::ui::{link, text};

/// What stands for a figure of what is not live.
pub const NOT_LIVE: &str = "—";

/// What can be said at once of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewView {
    /// The product's address.
    pub slug: Slug,
    /// Which draft it is of, by which a script tells whether the page shows another one.
    pub of: String,
    /// What there is; nothing while it is being worked out.
    pub known: Option<KnownOverview>,
}

/// Designs and prices, and what can't be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownOverview {
    /// Designs and prices, of what is live and of the draft.
    pub figures: Vec<Figure>,
    /// What is good to know of them.
    pub figures_told: Vec<String>,
    /// What can't be.
    pub faults: Vec<FaultItem>,
    /// Whether what is at fault is being worked out.
    pub is_going_on: bool,
}

/// The overview alone, for the script that waits for it.
#[must_use]
pub fn overview_alone(frame: Frame, shown: Option<&OverviewView>) -> String {
    render(|| view! { <main>{shown.map(|shown| overview(frame.language, shown))}</main> }.into_any())
}

/// The overview.
pub(super) fn overview(language: Language, shown: &OverviewView) -> AnyView {
    let analysis = paths::admin::analysis(&shown.slug);
    let from = paths::admin::overview(&shown.slug);
    let is_going_on = shown.known.as_ref().is_none_or(|known| known.is_going_on);
    let inside = match &shown.known {
        Some(known) => known_overview(language, known),
        None => {
            view! { <p class=text::HINT role="status">{language.editing().overview_later()}</p> }.into_any()
        }
    };
    view! {
        <div class="mt-3" id="overview" data-testid="overview" data-from=from data-of=shown.of.clone() data-going-on=is_going_on.then_some("on")>
            {inside}
            <p><a class=link::STANDING href=analysis>{language.editing().to_analysis()}</a></p>
        </div>
    }
    .into_any()
}

fn known_overview(language: Language, known: &KnownOverview) -> AnyView {
    let figures = known.figures.iter().map(|Figure { what, was, now }| {
        let told = match was == now || was == NOT_LIVE {
            true => now.clone(),
            false => language.editing().from_to(was, now),
        };
        view! {
            <div class="grid grid-cols-[5rem_minmax(0,1fr)] gap-3 py-1" data-testid="overview-figure">
                <dt class="text-muted">{what.clone()}</dt>
                <dd class="tabular wrap-anywhere">{told}</dd>
            </div>
        }
    });
    let told = known.figures_told.iter().map(|told| view! { <p class=text::HINT>{told.clone()}</p> });
    let faults = known.faults.iter().map(|fault| {
        let at_fault = (!fault.at_fault.is_empty()).then(|| {
            view! { <p>{language.analysis().at_fault()}</p> {spots(&fault.at_fault)} }
        });
        let note = (!fault.note.is_empty()).then(|| view! { <p class=text::HINT>{fault.note.clone()}</p> });
        view! {
            <li class="border-t border-rim py-2 wrap-anywhere" data-testid="overview-fault">
                <p class="font-semibold">{fault.told.clone()}</p>
                {spots(&fault.options)} {at_fault} {note}
            </li>
        }
    });
    view! {
        <dl>{figures.collect_view()}</dl>
        {told.collect_view()}
        {(!known.faults.is_empty()).then(|| view! { <ul class="mt-2">{faults.collect_view()}</ul> })}
    }
    .into_any()
}
