//! Nothing there yet: what will be, and how it comes about.

use leptos::prelude::*;

/// The state.
pub const EMPTY: &str = "grid max-w-[70ch] justify-items-start gap-3 rounded-l border border-dashed border-edge p-6 wrap-anywhere";

/// An empty state around its words and what to do.
#[must_use]
pub fn empty(content: AnyView, test: Option<&'static str>) -> AnyView {
    view! { <div class=EMPTY data-testid=test>{content}</div> }.into_any()
}
