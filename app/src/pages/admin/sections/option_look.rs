//! How the table of options looks: rows of cells as low as a pointer needs, under a head that stays in view; on phones each option is a card of
//! its name and price, which opens.

use leptos::prelude::*;

const STYLE: &str = concat!(
    // How high the bar is that stays in view.
    "#editor{--bar:61px}@media(width<48rem){#editor{--bar:103px}}@media(max-height:30rem){#editor{--bar:0px}}",
    // A row, and what is below its cells.
    "[data-option]{position:relative}",
    "[data-option],[data-option] :is(input,summary){scroll-margin-block-start:48px}",
    "[data-rest]>summary{position:absolute;inset-block-start:1px;inset-inline-end:0;display:grid;place-items:center;",
    "width:36px;height:34px;border-radius:10px;cursor:pointer;list-style:none;color:var(--color-soft)}",
    "[data-rest]>summary::-webkit-details-marker{display:none}",
    "[data-rest]>summary:hover,[data-rest][open]>summary{background:var(--color-hover)}",
    "[data-rest][open]{padding-block-start:8px}",
    "[data-heads]{display:none}",
    // Cells beside each other.
    "@media(min-width:48rem){",
    "[data-options] :is([data-heads],[data-option]){display:grid;grid-template-columns:var(--cells) 36px;column-gap:4px;align-items:start}",
    "[data-options]>[data-heads]{position:sticky;top:var(--bar);z-index:2;background:var(--color-paper);",
    "padding-block:6px;align-items:end;border-block-end:1px solid var(--color-line)}",
    "[data-heads]>span{line-height:1.2;overflow-wrap:anywhere;padding-inline-start:4px}",
    "[data-option]>:not([data-cell],[data-drag]){grid-column:1/-1}",
    "[data-option]{padding-block:1px}",
    "[data-option]>[data-drag]{inset-block-start:2px}",
    "[data-cell] .control{min-height:34px;padding:3px 7px;border-color:transparent;background-color:transparent}",
    "[data-cell] .control:is(:hover,:focus){border-color:var(--color-edge);background-color:var(--color-raised)}",
    "[data-cell] .control[aria-invalid]{border-color:var(--color-stop)}",
    "[data-cell] label{min-height:34px}",
    "[data-cell] input[type=color]{height:30px;width:34px}",
    "[data-cell]>div{margin:0}",
    "[data-cell]>div>:is(label,span),[data-cell] label>span{position:absolute;width:1px;height:1px;min-height:0;overflow:hidden;",
    "clip-path:inset(50%);white-space:nowrap}",
    "[data-cell] p.text-muted:not([data-testid]){display:none}",
    "[data-cell=available]{justify-self:center}}",
    "@media(max-height:30rem){[data-options]>[data-heads]{position:static}}",
    // A finger needs more room.
    "@media(pointer:coarse){[data-cell] :is(.control,label){min-height:44px}[data-rest]>summary{width:44px;height:44px}}",
    // Cards that open.
    "@media(width<48rem){",
    "[data-option]{display:grid;grid-template-columns:minmax(0,1fr) 5.5rem 44px;gap:4px;align-items:center;padding-block:6px}",
    "[data-option]>:not([data-cell=label],[data-cell=price],[data-drag]){grid-column:1/-1}",
    "[data-rest]>summary{width:44px;height:44px;inset-block-start:6px}",
    "[data-option]:not(:has(>[data-rest][open],>[data-cell] :is([aria-invalid],[data-testid=saved-now],:target)))",
    ">[data-cell]:not([data-cell=label],[data-cell=price]){display:none}}",
);

/// The table's look, once on a page.
pub(crate) fn option_look() -> AnyView {
    view! { <style inner_html=STYLE></style> }.into_any()
}
