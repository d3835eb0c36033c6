//! Opens in place, under what it is about: a reason, and the ways on. No dialog, so that nothing covers what it speaks of.

use leptos::prelude::*;

/// The panel.
pub const PANEL: &str =
    "mt-3 max-w-[70ch] rounded-s border border-transparent bg-caution-soft p-4 wrap-anywhere";
/// The ways on.
pub const ACTIONS: &str = "mt-3 flex flex-wrap gap-2";

/// A panel with its buttons or links.
#[must_use]
pub fn panel(title: &str, reason: &str, actions: AnyView) -> AnyView {
    view! {
        <div class=PANEL role="alert">
            <p>
                <strong>{title.to_owned()}</strong>
                " "
                {reason.to_owned()}
            </p>
            <div class=ACTIONS>{actions}</div>
        </div>
    }
    .into_any()
}
