//! A row of links to the parts of a page or the pages of a thing. On wide screens it takes as many lines as it needs; else it
//! scrolls sideways within itself and fades where more follows.

use leptos::prelude::*;

/// The row: a list or a `nav`.
pub const ROW: &str = "fading flex overflow-x-auto [scrollbar-width:none] desk:flex-wrap";
/// The row where it is one line on wide screens, too.
pub const LINE: &str = "fading flex overflow-x-auto [scrollbar-width:none]";
/// One link. `aria-current`, or the browser's knowledge of which part is on the screen, underlines it.
pub const TAB: &str = concat!(
    "flex min-h-13 max-w-72 items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-ink ",
    "eased hover:text-accent focus-visible:rounded-s focus-visible:-outline-offset-4 ",
    "aria-[current]:border-accent aria-[current]:font-semibold [&:target-current]:border-accent ",
    "forced-colors:border-[Canvas] forced-colors:aria-[current]:border-[Highlight] ",
    "forced-colors:[&:target-current]:border-[Highlight]"
);
/// Its words.
pub const NAME: &str = "truncate";
/// How much of a part is done.
pub const COUNT: &str = "text-xs text-muted tabular";

/// A link of the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub words: String,
    /// How much of it is done; empty for nothing.
    pub count: String,
    /// Whether it is what is shown.
    pub here: bool,
}

/// The row under a name that a screen reader says.
#[must_use]
pub fn tabs(label: &str, tabs: Vec<Tab>) -> AnyView {
    let tabs = tabs.into_iter().map(|tab| {
        let count = (!tab.count.is_empty()).then(|| view! { <span class=COUNT>{tab.count}</span> });
        view! {
            <li>
                <a class=TAB href=tab.href aria-current=tab.here.then_some("page")>
                    <span class=NAME>{tab.words}</span>
                    {count}
                </a>
            </li>
        }
    });
    view! {
        <nav aria-label=label.to_owned()>
            <ul class=ROW>{tabs.collect_view()}</ul>
        </nav>
    }
    .into_any()
}
