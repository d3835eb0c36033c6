//! Handles by which rows of lists, and entries of the tree, are dragged to another place. They are there where a script is at work; what it
//! does is to say the place, as the field for that does without one.

use leptos::prelude::*;

use super::editor::Editor;
use crate::paths::file::DRAG_SCRIPT;

/// Only where scripts are: the sign, room for it beside a row, and what is seen while something is dragged.
const STYLE: &str = concat!(
    "@media(scripting:enabled){",
    "[data-drag]{display:inline-grid;place-items:center;flex:none;width:24px;min-height:32px;cursor:grab;",
    "touch-action:none;user-select:none;color:var(--color-muted)}",
    "[data-drag][hidden]{display:none}",
    "[data-drag]::before{content:'⠿'/''}",
    "[data-drag]:hover{color:var(--color-accent)}",
    "li:has(>[data-drag]){position:relative}",
    "ol>li:has(>[data-drag]){padding-inline-start:32px}",
    "ol>li>[data-drag]{position:absolute;inset-block-start:8px;inset-inline-start:2px}",
    "div:has(+ol>li>[data-drag]){padding-inline-start:36px}",
    "summary>[data-drag]{margin-inline-start:auto}",
    "@media(pointer:coarse){[data-drag]{width:44px;min-height:44px}",
    "ol>li:has(>[data-drag]){padding-inline-start:48px}",
    "ol>li>[data-drag]{inset-inline-start:0;inset-block-start:2px}}",
    "[data-dragged]{opacity:.45}",
    "#drag-line{position:fixed;z-index:20;height:3px;border-radius:2px;background:var(--color-accent);",
    "pointer-events:none;forced-color-adjust:none}}",
);

/// The handle of a row; its buttons and its field do the same for whoever does not drag.
pub(super) fn handle(editor: &Editor) -> Option<AnyView> {
    editor.act(|| view! { <span data-drag="" aria-hidden="true"></span> }.into_any())
}

/// How handles look, and the script that follows them.
pub(super) fn dragging(editor: &Editor) -> Option<AnyView> {
    editor.act(|| {
        view! {
            <style inner_html=STYLE></style>
            <script r#type="module" src=DRAG_SCRIPT></script>
        }
        .into_any()
    })
}
