//! What a shopper chose and typed before the page came alive: taken note of, and done again once it is.

use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Document, Event, EventInit, HtmlElement, HtmlInputElement};

/// Changes of a page's fields that nothing has answered yet.
pub struct Early(Vec<(HtmlInputElement, Deed)>);

#[derive(Clone)]
enum Deed {
    /// A radio button or checkbox was clicked: what it was then.
    Clicked(bool),
    /// A number or text was typed, or a slider moved.
    Wrote(String),
}

impl Early {
    /// Finds the fields that differ from how the page was sent, and sets them back to that: the page comes alive as the
    /// server wrote it.
    ///
    /// # Errors
    /// The browser refuses the question.
    pub fn take(root: &HtmlElement) -> Result<Self, JsValue> {
        let fields = root.query_selector_all("input:not([type=hidden])")?;
        let fields =
            (0..fields.length()).filter_map(|index| fields.get(index)?.dyn_into::<HtmlInputElement>().ok());
        let fields: Vec<HtmlInputElement> = fields.collect();
        let (mut early, mut clicked) = (Vec::new(), Vec::new());
        for field in fields.iter().cloned() {
            match field.type_().as_str() {
                kind @ ("radio" | "checkbox") => {
                    let (now, sent) = (field.checked(), field.default_checked());
                    // Of a group of radio buttons the one that is on now was clicked.
                    if now && !sent || kind == "checkbox" && now != sent {
                        clicked.push((field, Deed::Clicked(now)));
                    }
                }
                _ => {
                    let (now, sent) = (field.value(), field.default_value());
                    if now != sent {
                        field.set_value(&sent);
                        early.push((field, Deed::Wrote(now)));
                    }
                }
            }
        }
        // Only now: to check a radio button takes the mark from the others of its group.
        for field in &fields {
            field.set_checked(field.default_checked());
        }
        // A click may open a panel, which the next change closes: clicks come last.
        early.append(&mut clicked);
        Ok(Self(early))
    }

    /// Does it again: what can't be read says why, what is blocked by something that comes later is tried again after it,
    /// and what is blocked then opens its panel.
    ///
    /// # Errors
    /// The browser refuses an event.
    pub async fn repeat(self, document: &Document) -> Result<(), JsValue> {
        // A page writes its fields once more when its effects first run.
        tick().await;
        let mut left = self.0;
        loop {
            let (mut blocked, mut done_after) = (Vec::new(), false);
            for (field, deed) in left {
                again(document, &field, &deed)?;
                // Once for what follows from the change, once for what is shown of it.
                tick().await;
                crate::offers::draw();
                tick().await;
                if document.query_selector("[data-testid=panel]")?.is_some() {
                    blocked.push((field, deed));
                } else {
                    done_after |= !blocked.is_empty();
                }
            }
            // Unless something was done after it, the panel of what is blocked is open, and a click would close it.
            if !done_after {
                return Ok(());
            }
            left = blocked;
        }
    }
}

fn again(document: &Document, field: &HtmlInputElement, deed: &Deed) -> Result<(), JsValue> {
    match deed {
        Deed::Clicked(wanted) => {
            // Something done before may have brought it along.
            if field.checked() != *wanted {
                field.click();
            }
            Ok(())
        }
        Deed::Wrote(text) => {
            field.set_value(text);
            let typed = matches!(field.type_().as_str(), "number" | "text");
            if !typed || document.active_element().as_ref() != Some(field.as_ref()) {
                return tell(field);
            }
            // It is still being typed in: it counts when the shopper leaves it, as ever. What is typed from here on the
            // browser tells of itself.
            let (left, text) = (field.clone(), text.clone());
            let leaving =
                Closure::once_into_js(move || if left.value() == text { tell(&left) } else { Ok(()) });
            let once = AddEventListenerOptions::new();
            once.set_once(true);
            field.add_event_listener_with_callback_and_add_event_listener_options(
                "blur",
                leaving.unchecked_ref(),
                &once,
            )
        }
    }
}

/// Tells the page that a field was written, as the browser does when somebody types.
fn tell(field: &HtmlInputElement) -> Result<(), JsValue> {
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    for event in ["input", "change"] {
        field.dispatch_event(&Event::new_with_event_init_dict(event, &bubbling)?)?;
    }
    Ok(())
}
