//! What a shopper did before the page came alive: taken note of, and done again once it is.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement};

/// Changes of a page's fields that nothing has answered yet.
pub struct Early(Vec<(HtmlInputElement, Deed)>);

enum Deed {
    /// A radio button or checkbox was clicked.
    Clicked,
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
        let (mut early, mut clicked) = (Vec::new(), Vec::new());
        for field in fields {
            match field.type_().as_str() {
                kind @ ("radio" | "checkbox") => {
                    let (now, sent) = (field.checked(), field.default_checked());
                    // Of a group of radio buttons the one that is on now was clicked.
                    if now && !sent || kind == "checkbox" && now != sent {
                        clicked.push((field, Deed::Clicked));
                    }
                }
                _ => {
                    let now = field.value();
                    if now != field.default_value() {
                        early.push((field, Deed::Wrote(now)));
                    }
                }
            }
        }
        // A click may open a panel, which the next change closes: clicks come last.
        early.append(&mut clicked);
        for (field, deed) in &early {
            match deed {
                Deed::Clicked => field.set_checked(field.default_checked()),
                Deed::Wrote(_) => field.set_value(&field.default_value()),
            }
        }
        Ok(Self(early))
    }

    /// Does it again, as the shopper did: what is blocked opens its panel, what can't be read says why.
    ///
    /// # Errors
    /// The browser refuses an event.
    pub fn repeat(self) -> Result<(), JsValue> {
        let bubbling = EventInit::new();
        bubbling.set_bubbles(true);
        for (field, deed) in self.0 {
            match deed {
                Deed::Clicked => field.click(),
                Deed::Wrote(text) => {
                    field.set_value(&text);
                    for event in ["input", "change"] {
                        field.dispatch_event(&Event::new_with_event_init_dict(event, &bubbling)?)?;
                    }
                }
            }
        }
        Ok(())
    }
}
