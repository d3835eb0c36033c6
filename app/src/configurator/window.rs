//! What a desk does in the browser's window: where the keyboard's focus goes, what keys do, what stays in view, and the address
//! that follows the design.

use configurator::AttributeId;
use leptos::prelude::*;

use super::desk::Desk;
#[cfg(feature = "hydrate")]
use crate::address;

impl Desk {
    /// Closes the panel of a blocked value that was clicked, and goes back to where it was.
    #[cfg(feature = "hydrate")]
    fn close_panel(&self) {
        let Some((attribute, value)) = self.wanted.get_untracked() else { return };
        let option = untrack(|| self.asked_option(attribute, &value));
        self.ask(None);
        self.focus_on(attribute, option);
    }

    /// Leaves what was asked for at an attribute, and goes back to where that was.
    pub fn keep(&self, attribute: AttributeId) {
        let asked = untrack(|| self.asked(attribute));
        let option = asked.and_then(|value| untrack(|| self.asked_option(attribute, &value)));
        self.give_up(attribute);
        self.focus_on(attribute, option);
    }

    /// Puts the keyboard's focus on an attribute, when what had it goes away: on its field where that says what is wrong.
    pub fn focus(&self, attribute: AttributeId) {
        self.focus_on(attribute, None);
    }

    /// The same, on an option where one is named.
    fn focus_on(&self, attribute: AttributeId, option: Option<configurator::OptionId>) {
        #[cfg(feature = "hydrate")]
        {
            use web_sys::wasm_bindgen::JsCast;
            let (code, field) = self.product(|product| {
                let attribute = product.attribute(attribute);
                let option = option.map(|option| &attribute.option(option).code);
                let field =
                    option.map_or("[aria-invalid]".to_owned(), |code| format!("[data-option={code}] input"));
                (attribute.code.clone(), field)
            });
            request_animation_frame(move || {
                let places = format!("#attribute-{code} {field}");
                let find = |place: &str| {
                    web_sys::window().and_then(|window| window.document()?.query_selector(place).ok()?)
                };
                let group = find(&places).or_else(|| find(&format!("#attribute-{code}")));
                if let Some(group) = group.and_then(|group| group.dyn_into::<web_sys::HtmlElement>().ok()) {
                    // In a step that is not shown: what the address names is.
                    if group.offset_parent().is_none() {
                        let to = format!("#attribute-{code}");
                        let _ = web_sys::window().map(|window| window.location().replace(&to));
                    }
                    // Fails only for an element that can't have the focus; then nothing is lost.
                    let _ = group.focus();
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (attribute, option);
    }

    /// Scrolls as far as it takes to see the panel that opened.
    pub fn keep_panel_in_view(&self) {
        #[cfg(feature = "hydrate")]
        {
            use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};
            let wanted = self.wanted;
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
    }

    /// Lets the picture, the tiles and all beside the price follow once the frame is on the screen that answers a click with its mark
    /// and the new price: drawn before it, they would make every click wait for them.
    pub fn draw_after_the_frame(&self) {
        #[cfg(feature = "hydrate")]
        {
            let desk = *self;
            Effect::new(move |_| {
                desk.shown.track();
                // A page in the background has no frames.
                if document().hidden() {
                    desk.draw_now();
                } else {
                    let draw = move || desk.draw_now();
                    request_animation_frame(move || set_timeout(draw, core::time::Duration::ZERO));
                }
            });
        }
    }

    /// Draws what is shown at once: before anything else is done with it.
    pub fn draw_now(&self) {
        let shown = self.shown.get_untracked();
        if shown.as_ref().map(std::sync::Arc::as_ptr)
            != self.drawn.with_untracked(|drawn| drawn.as_ref().map(std::sync::Arc::as_ptr))
        {
            self.drawn.set(shown);
        }
    }

    /// Keeps the browser's address in step with the design, so that a reload or a shared link shows the same; and what can be
    /// undone in the tab's storage, by product and revision.
    pub fn keep_address(&self) {
        #[cfg(feature = "hydrate")]
        {
            use web_sys::wasm_bindgen::JsCast;
            let desk = *self;
            let state = desk.state();
            // Choices over another start would be another design.
            let start = address::design_query(state.revision, &state.start, &[]);
            let place = format!("history {}?{start}", state.slug);
            let stored = || web_sys::window().and_then(|window| window.session_storage().ok().flatten());
            let kept = stored().and_then(|stored| stored.get_item(&place).ok().flatten());
            // Only once the page is alive: until then it is as the server wrote it.
            Effect::new(move |_| {
                if let Some(kept) = &kept {
                    let product = &desk.fixed().product;
                    desk.history.maybe_update(|history| history.take(product, kept));
                }
            });
            let pending = StoredValue::new(None::<String>);
            let write = move || {
                let Some(address) = pending.try_update_value(Option::take).flatten() else { return };
                if let Some(window) = web_sys::window() {
                    // The part of the page that is shown stays named.
                    let part = window.location().hash().unwrap_or_default();
                    let null = web_sys::wasm_bindgen::JsValue::NULL;
                    // Refused only where a page may not touch its history; the design then lives until the reload.
                    let _ = window.history().and_then(|history| {
                        history.replace_state_with_url(&null, "", Some(&format!("{address}{part}")))
                    });
                }
                if let Some(stored) = stored() {
                    let text = desk.history.with_untracked(|history| history.to_text(&desk.fixed().product));
                    // Refused where there is no room; then a reload forgets what could be undone.
                    let _ = stored.set_item(&place, &text);
                }
            };
            let write = StoredValue::new_local(write);
            let write = move || write.with_value(|write| write());
            // Browsers allow only so many changes of the address in a while, so a quick series makes one. Whoever follows a link
            // before comes back to the design they left.
            let mut write_soon = debounce(core::time::Duration::from_millis(150), move |()| write());
            let followed = window_event_listener(leptos::ev::click, move |event| {
                let at = event.target().and_then(|at| at.dyn_into::<web_sys::Element>().ok());
                if at.is_some_and(|at| at.closest("a, [type=submit]").is_ok_and(|link| link.is_some())) {
                    write();
                    // What is sent says what is drawn.
                    desk.draw_now();
                }
            });
            on_cleanup(move || followed.remove());
            let page = crate::paths::product(&desk.state().slug);
            // An entry that the browser goes back to has the address of its time. Where more than the part of the page is another,
            // browsers tell of no change of that part.
            let moved = RwSignal::new(());
            let parts = window_event_listener(leptos::ev::popstate, move |_| moved.set(()));
            on_cleanup(move || parts.remove());
            Effect::new(move |_| {
                moved.track();
                pending.set_value(Some(format!("{page}?{}", desk.query())));
                write_soon(());
            });
        }
    }

    /// Undoes on Ctrl+Z and brings back on Shift+Ctrl+Z or Ctrl+Y (with Cmd on a Mac), but for a field whose own writing is meant.
    pub fn listen_to_keys(&self) {
        #[cfg(feature = "hydrate")]
        {
            use web_sys::wasm_bindgen::JsCast;
            let desk = *self;
            let keys = window_event_listener(leptos::ev::keydown, move |event| {
                let is_meant = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
                let field = event.target().and_then(|at| at.dyn_into::<web_sys::HtmlInputElement>().ok());
                let writes = field.is_some_and(|field| matches!(&*field.type_(), "text" | "search"));
                // What lies behind a dialog stays as it is.
                if document().query_selector("dialog[open]").is_ok_and(|open| open.is_some()) {
                    return;
                }
                let is = |key: &str| event.key().eq_ignore_ascii_case(key);
                if is_meant && !writes && (is("z") || is("y") && !event.shift_key()) {
                    event.prevent_default();
                    desk.step(is("z") && !event.shift_key());
                } else if is("Escape") {
                    desk.close_panel();
                }
            });
            on_cleanup(move || keys.remove());
        }
    }
}
