//! Another revision than the one that a draft was begun from: what it means for publishing, and how the draft takes it over.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::Releases;

use super::form::tick;
use crate::paths;
use crate::ui::form::Post;
use crate::ui::{button, disclosure, notice, text};

/// More lines than this are folded away.
const FEW: usize = 6;

/// What another revision means for a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOverView {
    /// What it is about, in sentences.
    pub words: String,
    /// What can be taken over; nothing where the draft has it.
    pub offer: Option<TakeOverOffer>,
}

/// A revision that a draft can take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOverOffer {
    /// Which.
    pub number: RevisionNumber,
    /// What changes in the draft then, in words.
    pub changes: Vec<String>,
    /// What changes beside that where the revision's is taken of what both changed.
    pub both: Vec<String>,
}

/// The notice, with the form that takes it over.
pub(super) fn told(say: &'static Releases, (slug, version): (&Slug, i64), shown: &TakeOverView) -> AnyView {
    let offer = shown.offer.as_ref().and_then(|offer| take(say, (slug, version), offer));
    view! {
        <div class=notice::CAUTION data-testid="other-base">
            <p>{shown.words.clone()}</p>
            {offer}
        </div>
    }
    .into_any()
}

fn take(say: &'static Releases, (slug, version): (&Slug, i64), offer: &TakeOverOffer) -> Option<AnyView> {
    let number = offer.number;
    let listed = (!offer.changes.is_empty()).then(|| {
        let many = offer.changes.len();
        let is_open = many <= FEW;
        view! {
            <details class=disclosure::MORE open=is_open>
                <summary class=disclosure::SUMMARY>{say.would_change(many as u64)}</summary>
                {list(&offer.changes)}
            </details>
        }
    });
    let both = (!offer.both.is_empty()).then(|| {
        view! {
            <p class="mt-3">{say.both_changed(&number)}</p>
            {list(&offer.both)}
            {tick("over", &say.take_both(&number), false, None)}
        }
    });
    Post::to(paths::admin::take_over(slug)).form(|| {
        view! {
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="revision" value=number.to_string() />
            {listed}
            {both}
            <p class="mt-3"><button type="submit" class=button::QUIET data-testid="take-over">{say.take_over(&number)}</button></p>
            <p class=text::HINT>{say.take_over_hint()}</p>
        }
        .into_any()
    })
}

fn list(lines: &[String]) -> AnyView {
    let lines = lines.iter().cloned();
    let lines = lines.map(|line| view! { <li class="border-b border-line py-1.5 wrap-anywhere">{line}</li> });
    view! { <ul>{lines.collect_view()}</ul> }.into_any()
}
