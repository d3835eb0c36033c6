//! What is there when it is asked for: a native `details`. `MORE` for the rest of a list, `ROW` for one of several parts of
//! which mostly one is open.

use leptos::prelude::*;

/// The `details`, whose state the parts below follow.
pub const MORE: &str = "group/more";
/// Its `summary`.
pub const SUMMARY: &str = "inline-flex min-h-11 cursor-pointer items-center font-medium text-accent hover:underline hover:underline-offset-3";
/// Words of the summary while it is closed.
pub const CLOSED: &str = "group-open/more:hidden";
/// Words of the summary while it is open.
pub const OPENED: &str = "not-group-open/more:hidden";
/// The `details` of a row.
pub const ROW: &str = "group/more border-t border-line";
/// Its `summary`, with a sign that turns.
pub const ROW_SUMMARY: &str = concat!(
    "flex min-h-12 cursor-pointer list-none flex-wrap items-baseline gap-x-3 px-2 py-3 hover:bg-hover ",
    "before:w-3 before:text-muted rtl:before:mirrored before:content-['▸'_/_''] group-open/more:before:content-['▾'_/_''] ",
    "[&::-webkit-details-marker]:hidden"
);
/// How many problems what it opens has.
pub const PROBLEMS: &str = "text-s font-semibold text-stop before:text-[0.75em] before:content-['▲_'_/_'']";
/// What a row opens.
pub const ROW_CONTENT: &str = "px-2 pt-2 pb-6";

/// Words that open more.
#[must_use]
pub fn disclosure(closed: &str, opened: &str, content: AnyView) -> AnyView {
    view! {
        <details class=MORE>
            <summary class=SUMMARY>
                <span class=CLOSED>{closed.to_owned()}</span>
                <span class=OPENED>{opened.to_owned()}</span>
            </summary>
            {content}
        </details>
    }
    .into_any()
}

/// A row that opens its part.
#[must_use]
pub fn row(title: &str, about: &str, open: bool, content: AnyView) -> AnyView {
    view! {
        <details class=ROW open=open>
            <summary class=ROW_SUMMARY>
                <span class="font-semibold wrap-anywhere">{title.to_owned()}</span>
                <span class=super::text::META>{about.to_owned()}</span>
            </summary>
            <div class=ROW_CONTENT>{content}</div>
        </details>
    }
    .into_any()
}
