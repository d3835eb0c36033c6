//! What the pages of an analysis have in common.

use leptos::prelude::*;
use words::Analysis;

use crate::ui::link;

/// A part of the page.
pub(super) const PART: &str = "mt-6 border-t border-line pt-5";
/// An entry of a list.
pub(super) const ITEM: &str = "border-t border-rim py-2 wrap-anywhere";

/// A place of the draft in words, and where it is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The words.
    pub words: String,
    /// Its field in the editor.
    pub href: String,
}

/// A value that is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The attribute.
    pub attribute: String,
    /// What it was.
    pub was: String,
    /// What it is.
    pub now: String,
}

/// A list of places, each with a link to its field.
pub(crate) fn spots(spots: &[Spot]) -> Option<AnyView> {
    (!spots.is_empty()).then(|| {
        let items = spots.iter().cloned().map(|spot| {
            view! { <li class="wrap-anywhere"><a class=link::STANDING href=spot.href>{spot.words}</a></li> }
        });
        view! { <ul class="mt-1">{items.collect_view()}</ul> }.into_any()
    })
}

/// Values that are others.
pub(super) fn changes(say: &'static Analysis, changes: &[Change]) -> AnyView {
    let items = changes.iter().map(|change| {
        view! { <li class="wrap-anywhere">{say.change(&change.attribute, &change.was, &change.now)}</li> }
    });
    view! { <ul class="mt-1 tabular">{items.collect_view()}</ul> }.into_any()
}
