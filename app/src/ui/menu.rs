//! Actions that are seldom needed, behind one button: a native `details`.

use leptos::prelude::*;

/// The `details`.
pub const MENU: &str = "group/menu relative inline-block";
/// Its `summary`, a button by its looks.
pub const SUMMARY: &str = "inline-flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-s border border-line bg-raised px-5 font-medium hover:border-ink after:text-muted after:content-['▾'_/_''] group-open/menu:after:content-['▴'_/_''] [&::-webkit-details-marker]:hidden";
/// The list.
pub const LIST: &str = "absolute start-0 top-full z-20 mt-1 grid w-max max-w-[min(20rem,calc(100vw-40px))] min-w-48 rounded-s border border-line bg-raised p-1 floating";
/// One action, a link or a button.
pub const ITEM: &str = "flex min-h-11 w-full cursor-pointer items-center rounded-[6px] px-3 text-start wrap-anywhere hover:bg-hover disabled:cursor-default disabled:opacity-40 aria-[current]:font-semibold";

/// A menu of links and buttons with the class [`ITEM`], each in an `li`.
#[must_use]
pub fn menu(words: &str, items: AnyView) -> AnyView {
    view! {
        <details class=MENU>
            <summary class=SUMMARY>{words.to_owned()}</summary>
            <ul class=LIST>{items}</ul>
        </details>
    }
    .into_any()
}
