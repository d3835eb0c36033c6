//! What the configurator does with the browser's window: it keeps in view what opens, and listens to keys.

use super::desk::Desk;

/// Scrolls as far as it takes to see the panel that opened.
pub fn keep_panel_in_view(desk: Desk) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::prelude::{Effect, With, request_animation_frame};
        use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};
        let wanted = desk.wanted;
        Effect::new(move |_| {
            if wanted.with(Option::is_none) {
                return;
            }
            request_animation_frame(|| {
                let document = web_sys::window().and_then(|window| window.document());
                let panel = document
                    .and_then(|document| document.query_selector("[data-testid=panel]").ok().flatten());
                if let Some(panel) = panel {
                    let nearest = ScrollIntoViewOptions::new();
                    nearest.set_block(ScrollLogicalPosition::Nearest);
                    panel.scroll_into_view_with_scroll_into_view_options(&nearest);
                }
            });
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = desk;
}

/// Undoes on Ctrl+Z and brings back on Shift+Ctrl+Z (with Cmd on a Mac), but for a field whose own writing is meant.
pub fn listen_to_keys(desk: Desk) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::prelude::{on_cleanup, window_event_listener};
        use web_sys::wasm_bindgen::JsCast;
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            let is_meant = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
            let field = event.target().and_then(|at| at.dyn_into::<web_sys::HtmlInputElement>().ok());
            let writes = field.is_some_and(|field| matches!(&*field.type_(), "text" | "search"));
            if is_meant && !writes && event.key().eq_ignore_ascii_case("z") {
                event.prevent_default();
                desk.step(!event.shift_key());
            }
        });
        on_cleanup(move || keys.remove());
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = desk;
}
